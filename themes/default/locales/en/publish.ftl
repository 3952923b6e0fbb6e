### Writing a site into a folder or an object store.

publish-disk =
    { $path }: { $reason }
    {"  "}{ $advice }
publish-half-done =
    { $path }: { $reason }
    {"  "}some pages are new and some are old; mend the disk and run this again
publish-disk-full = the disk is full: the site is as it was; make room and run this again
publish-disk-quota =
    a quota or limit is reached: the site is as it was; raise it or make room, and run this again
publish-disk-denied =
    nothing may be written there: the site is as it was; ask for the right to write, or choose another folder
publish-disk-in-the-way =
    something is in the way: the site is as it was; move it away, or choose another folder
publish-disk-as-it-was = the site is as it was

## A folder that must not be written into

publish-output-above-chapters =
    { $folder } cannot be the output folder: the chapters lie in it
    {"  "}choose another folder, e.g. site
publish-output-in-content =
    { $folder } cannot be the output folder: it lies inside the content folder
    {"  "}choose another folder, e.g. site
publish-output-in-own-files =
    { $folder } cannot be the output folder: it lies inside a folder of the project's own files
    {"  "}choose another folder, e.g. site
publish-output-is-a-file =
    { $folder } cannot be the output folder: a file stands in its place
    {"  "}choose another folder, e.g. site
publish-holds-others =
    { $folder } holds files that handbook did not write (e.g. { $file }), so nothing was touched
    {"  "}choose an empty or new folder, or empty this one yourself
publish-holds-sites =
    { $folder } holds a site for each audience (e.g. { $file }), so nothing was touched
    {"  "}build with --all-audiences again, or choose another folder with --output
publish-staging-taken =
    { $path } was not written by handbook, which needs its place; nothing was touched
    {"  "}move it away
publish-link =
    { $path } is a link, and handbook writes and removes nothing through links; nothing was touched
    {"  "}remove the link, or choose another folder
publish-locked = another handbook is just writing to { $folder }; run this one again when it is done
publish-foreign =
    { $path } was not written by handbook and would be overwritten; nothing was touched
    {"  "}move it away, or choose another folder
publish-other-version =
    { $path } was not written by this version of handbook, so nothing was touched
    {"  "}choose another folder, or empty this one yourself

## Targets

target-empty = a target is a folder, or s3://BUCKET/PREFIX
target-credentials = a target holds no credentials: give them in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
target-folder = a folder is written as file:///path, or as the path alone
target-bucket = a bucket is written as s3://BUCKET/PREFIX, its name with letters, digits, `.`, `-` and `_`
target-remote =
    a target is a folder of this machine, or s3://BUCKET/PREFIX; to bring a site to another machine, publish it to a folder and copy that: `rsync -a --delete FOLDER/ USER@HOST:FOLDER/` (write `./a:b` for a folder whose name has a colon)
target-scheme = `{ $scheme }://` is no kind of target that is known; write a folder, or s3://BUCKET/PREFIX

## Settings of a store, looked at before it is asked; their values may be secrets and are not repeated

upload-bucket-name = `{ $bucket }` cannot be the name of a bucket
upload-endpoint =
    the endpoint `{ $endpoint }` is not the address of a store
    {"  "}write it with its scheme, e.g. https://minio.example.com
upload-endpoint-credentials = an endpoint holds no credentials: give them in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
upload-variable-unicode = { $name } is not valid Unicode
upload-variable-address = { $name } is not an address that can be asked for credentials
upload-variable-path = { $name } is not a path that begins with `/`
upload-variable-character = { $name } holds a line end, a space or another character that cannot stand in it; set it anew
upload-token-character = the file of { $name } holds a line end, a space or another character that cannot stand in a token
upload-unreachable = { $store } cannot be reached: { $detail }
upload-prefix = `{ $prefix }` cannot begin the names of objects; nothing was touched
upload-object-name =
    `{ $address }` cannot be the name of an object; nothing was touched
    {"  "}rename the file
upload-no-threads = no connections can be made: { $reason }

## What a store holds and answers

upload-holds-others =
    { $store } holds objects that handbook did not put there, so nothing was touched
    {"  "}choose an empty prefix, e.g. { $store }/handbook
upload-foreign =
    { $object } was not put there by handbook and would be overwritten; nothing was touched
    {"  "}move it away, or choose another prefix
upload-other-version =
    { $object } was not written by `handbook publish` of this version; nothing was touched
    {"  "}publish to another place, or empty this one yourself
upload-overtaken = another handbook is publishing there; let one run at a time
upload-absurd = the store's answer makes no sense: { $what }
upload-absurd-endless = the list of its objects has no end
upload-absurd-twice = it lists an object twice
upload-absurd-many = it lists more objects than a site can have
upload-absurd-manifest = its list of what handbook put there is too large to be one
store-told = { $what } ({ $told })
store-told-both = { $what } ({ $status }, { $code })
store-not-found = the store has no such bucket or object
store-not-allowed = the store does not allow this with these credentials
store-credentials = the store does not accept the credentials
store-overtaken = another has just written there
store-cannot = the store cannot do this
store-elsewhere = the store sends elsewhere: check the endpoint and AWS_REGION
store-failed = the store failed
store-no-sense = the store's answer makes no sense: check the endpoint
store-not-secure = no secure connection could be made: check the endpoint and the store's certificate
store-no-host = there is no such host: check the endpoint and AWS_REGION
store-no-connection = no connection could be made: check the endpoint
store-cut = the connection was cut
store-unreachable = the network does not reach the store

upload-store-failed =
    { $object }: { $reason }
    {"  "}every page there is whole, new or old; run this again and it finishes
upload-store-untouched = { $object }: { $reason }; nothing was touched

publish-without-stores = this handbook was built without object stores; name a folder, or take a build with the feature `publish`
