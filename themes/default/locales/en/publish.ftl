### Writing a site into a folder or an object store.

publish-disk =
    { $path }: { $reason }
      { $advice }
publish-half-done =
    { $path }: { $reason }
      some pages are new and some are old; mend the disk and run this again
publish-disk-full = the disk is full: the site is as it was; make room and run this again
publish-disk-quota =
    a quota or limit is reached: the site is as it was; raise it or make room, and run this again
publish-disk-denied =
    nothing may be written there: the site is as it was; ask for the right to write, or choose another folder
publish-disk-in-the-way =
    something is in the way: the site is as it was; move it away, or choose another folder
publish-disk-as-it-was = the site is as it was

upload-store-failed =
    { $object }: { $reason }
      every page there is whole, new or old; run this again and it finishes
upload-store-untouched = { $object }: { $reason }; nothing was touched

publish-without-stores = this handbook was built without object stores; name a folder, or take a build with the feature `publish`
