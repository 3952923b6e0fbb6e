### What the commands print.

cli-also = { $first }, { $next }
cli-name = { $name }
cli-none = none
cli-with-help =
    { $wrong }
    {"  "}{ $help }
cli-output-failed = the output cannot be written to: { $reason }
cli-threads-failed = the system lets no more work be begun: { $reason }

## Wrong usage

cli-unknown-language = there is no such language here (there are: { $known })
cli-usage-see =
    {""}
    Usage: { $usage }

    More: { $help }
cli-usage-unknown-command = there is no command `{ $written }`
cli-usage-unknown-option = there is no option `{ $written }` here
cli-usage-one-too-many = `{ $written }` is one too many
cli-usage-no-value = `{ $option }` needs a value
cli-usage-unknown-value = `{ $option }` cannot be `{ $written }`
cli-usage-wrong-value = `{ $option }` cannot be `{ $written }`: { $reason }
cli-usage-too-many-values = `{ $option }` takes one value, and `{ $written }` is one too many
cli-usage-no-equals = the value of `{ $option }` is written behind `=`
cli-usage-possible = there are: { $values }
cli-usage-twice = `{ $option }` is given twice
cli-usage-conflict = `{ $option }` cannot be given together with { $others }
cli-usage-missing = { $arguments } is missing
cli-usage-no-command = name a command
cli-usage-not-utf8 = an argument is not UTF-8
cli-usage-unclear = these arguments cannot be understood
cli-usage-count = write a number
cli-usage-port = write a number from 0 to 65535
cli-usage-address = write an address in numbers, e.g. 127.0.0.1, or 0.0.0.0 for all of this machine
cli-usage-base = write a path such as /handbook/
cli-base-url-credentials =
    --base-url holds a user name or a password
      take them out: this address stands on every page
cli-base-url-malformed =
    --base-url `{ $written }` is not the address of a site
      write it with its scheme, e.g. https://intranet.example.com/handbook/
cli-epoch-unknown = SOURCE_DATE_EPOCH is not a number of seconds of a day before the year 10000: `{ $written }`
cli-clock-unknown = this machine's clock is not at a day before the year 10000: set it, or give the day with --date

## Audiences

cli-unknown-audience =
    { $wrong }
    {"  "}{ $help }
cli-unknown-audience-of =
    { $wrong } (there are: { $known })
    {"  "}{ $help }
cli-no-audiences = handbook.yaml declares no `audiences:`
cli-audience-left =
    { $folder } is the site of an audience that handbook.yaml no longer has; it was not touched
    {"  "}whoever could read it still can: delete the folder, also where it was published
cli-site-in-the-way =
    { $folder } holds a site itself, so the sites of audiences cannot stand in it
    {"  "}choose another folder with --output, or remove this one

## Counts, as they stand in a summary

cli-errors = { $number ->
    [one] { $number } error
   *[other] { $number } errors
}
cli-warnings = { $number ->
    [one] { $number } warning
   *[other] { $number } warnings
}
cli-notes = { $number ->
    [one] { $number } note
   *[other] { $number } notes
}
cli-no-findings = no findings
cli-chapters = { $number ->
    [one] { $number } chapter
   *[other] { $number } chapters
}
cli-and-drafts = { $number ->
    [one] { $chapters } (and a draft, which only --drafts looks at)
   *[other] { $chapters } (and { $number } drafts, which only --drafts looks at)
}
cli-bytes = { $number } bytes of chapters
cli-attachments = { $number ->
    [one] { $number } attachment
   *[other] { $number } attachments
}
cli-departments = { $number ->
    [one] { $number } department
   *[other] { $number } departments
}
cli-roles = { $number ->
    [one] { $number } role
   *[other] { $number } roles
}
cli-milliseconds = { $number } ms
cli-seconds = { $number } s

## build and check

cli-summary = { $chapters }: { $findings } ({ $time })
cli-summary-written = { $chapters }: { $findings }; { $written } written, { $unchanged } unchanged, { $removed } removed in { $place } ({ $time })
cli-of-audience = { $audience }: { $words }
cli-nothing-written = nothing was written; { $place } is as it was
cli-others-not-written = what is not listed as written is as it was
cli-no-chapter =
    there is no chapter in { $folder } or in a folder below it
      a chapter is a file whose name ends in `.md` or `.markdown` (or `.mdx`, `.html.md`, `.md.erb`, `.md.tmpl`); what begins with `.` is passed over
      run `handbook init DIR` for a new handbook, or name its folder with -C
cli-no-chapter-bare =
    there is no folder `content` in { $folder }, and no chapter in it or in a folder below it
      a chapter is a file whose name ends in `.md` or `.markdown` (or `.mdx`, `.html.md`, `.md.erb`, `.md.tmpl`); what begins with `.`, and the folders `themes`, `target` and `node_modules`, are passed over
      run `handbook init DIR` for a new handbook, or name its folder with -C
cli-progress = { $done }/{ $all } pages
cli-timing = { $stage } { $time }
cli-stage-took = { $stage } { $time }
cli-stage-read = read
cli-stage-parse = parse
cli-stage-history = parse, and read the history
cli-stage-mentions = mentions
cli-stage-assemble = assemble
cli-stage-links = links
cli-stage-audience = audience
cli-stage-theme = theme
cli-stage-index = index
cli-stage-write = render and write
cli-stage-publish = publish
cli-stage-external = outside links
cli-stage-other = { $name }

## check --fix

fix-done = { $number ->
    [0] nothing to mend that is certain
    [one] mended { $shown } finding in { $files ->
        [1] one file
       *[other] { $files } files
    }
   *[other] mended { $shown } findings in { $files ->
        [1] one file
       *[other] { $files } files
    }
}
fix-file = {"  "}{ $path } ({ $number })
fix-more = {"  "}and { $number } more files
fix-dry-run = { $number ->
    [0] dry run: there is nothing to mend that is certain
    [one] dry run: { $shown } finding would be mended in { $files } file; nothing was written
   *[other] dry run: { $shown } findings would be mended in { $files ->
        [1] one file
       *[other] { $files } files
    }; nothing was written
}
fix-changed = { $path } has changed since it was read and stays as it is; run the command again
fix-outside = { $path } lies outside the project and stays as it is

## publish

cli-publish-output = publish writes to its TARGET, and build to --output: leave one of them out
cli-publish-no-target =
    name a TARGET: a folder, or s3://BUCKET/PREFIX
      or set it in handbook.yaml: `publish: {"{"}target: s3://BUCKET/PREFIX{"}"}`
cli-dry-added = added
cli-dry-changed = changed
cli-dry-removed = removed
cli-dry-line = { $line }
cli-dry-run = dry run: { $added } to add, { $changed } to change, { $removed } to remove, { $unchanged } unchanged in { $place }; nothing was written

## cache

cli-cache-in-project = no cache: { $folder } lies in { $outer }, whose files are the handbook's or its site's; choose a folder outside
cli-cache-in-checkout = no cache: { $folder } lies in the checkout { $outer }, and might be committed; choose a folder outside
cli-cache-not-private = no cache: { $folder } is no folder, or others can look into it; make it yours alone (`chmod 700`), or choose another
cli-cache-unwritten = the cache in { $folder } was not written, which makes later runs slower and changes nothing else: { $reason }

## search

cli-found-clause = { $title }:{" "}
cli-found-suggestion = Did you mean: { $query }
cli-found-corrected = Searched for { $query }
cli-found-part = { $text } ({ $number })
cli-found-parts = These parts of it are in the handbook: { $parts }
cli-found-words = { $number ->
    [one] One chapter with all words
   *[other] { $number } chapters with all words
}
cli-found-complete = { $number } chapters, { $complete } of them with all words
cli-found-closest = { $number ->
    [one] Nothing matches all of it. This is the closest: one chapter
   *[other] Nothing matches all of it. These are the closest: { $number } chapters
}
cli-found-exact = { $number ->
    [one] { $number } chapter, { $exact } as typed
   *[other] { $number } chapters, { $exact } as typed
}

## init and new

cli-init-not-empty =
    { $folder } is not empty; nothing was touched
    {"  "}choose a new folder
cli-init-done =
    a new handbook is in { $folder }; now run:
      cd { $folder } && handbook serve
cli-new-outside = { $path }: name a file below { $folder }
cli-new-exists = { $path } exists already; nothing was touched
cli-new-alike = { $other } is there already: on macOS and Windows { $path } would be the same. Take that name, or another
cli-new-done = { $path } is ready to be written in

## serve

cli-preview-at = preview at { $address }
cli-preview-shared = anyone who reaches this machine can read this preview, drafts included
cli-preview-shared-audience = anyone who reaches this machine can read what `{ $audience }` may see, drafts included
cli-preview-reading = reading the chapters ...
cli-preview-watch-ended = the folder is not watched any more
cli-preview-cannot-listen = cannot listen: { $reason }
cli-preview-audiences =
    handbook.yaml declares audiences, and with this --host others than you can read the preview
      name those who may with --audience NAME (there are: { $known }), or leave out --host
cli-preview-updated = updated: { $findings } ({ $time })
cli-preview-reused = {"  "}{ $chapters } chapters and the references of { $references } as before; { $stages }

## host

cli-host-timezone-unknown =
    --timezone: the language of handbook.yaml does not say where its readers are
      write e.g. --timezone=Asia/Shanghai
cli-host-no-zone =
    --timezone: no time zone is called `{ $name }`
      write e.g. --timezone=Asia/Shanghai
cli-host-settings-wrong =
    { $path }: { $wrong }
    {"  "}mend it first: `handbook check` shows the place
cli-host-no-audience =
    handbook.yaml declares audiences, and this builds a site with nobody there to look: say for whom
      name one with --audience (there are: { $known }), or in handbook.yaml: `publish: {"{"}audience: { $first }{"}"}`
      if all who reach this site may read everything, write there: `checks: {"{"}restricted-chapter: off{"}"}`
cli-host-bare =
    this handbook has no content/ folder, so the files would be published with it
      name another folder with --into
cli-host-foreign =
    { $files } was not written by handbook, or was changed since; nothing was touched
    {"  "}move it away, or print the configuration without --write
cli-host-one-pages =
    { $path } publishes another site to this repository's Pages already, and a repository has one; nothing was touched
    {"  "}remove that file, or publish each audience from a repository or a server of its own
cli-host-written = { $path } written

## explain

cli-explain-unknown = no finding has the code `{ $written }`
cli-explain-all = `handbook explain` lists all
cli-explain-off = off
cli-explain-example = Example:
cli-explain-fixed = `checks:` of handbook.yaml cannot change it.
cli-explain-changes = To change it, write in handbook.yaml `checks: {"{"}{ $code }: LEVEL{"}"}`, where LEVEL is off, note, warning or error.

cli-format-of-list = only “handbook list” prints “table” and “csv”
cli-list-status = no document has the status “{ $name }”
cli-list-owner = nobody who owns a document is called “{ $name }”
cli-usage-days = write a number of days, weeks or months of 30 days, e.g. 60d, 8w or 3m
cli-due = { $number ->
        [0] no review is due within { $days } days
        [one] 1 review is due within { $days } days, or late
       *[other] { $number } reviews are due within { $days } days, or late
    }
cli-format-of-diff = only “handbook diff” prints “text” and “html”
cli-diff-no-editions = this handbook keeps no editions; “editions: git” in handbook.yaml takes them from the repository, and “handbook release” writes them into editions/
cli-diff-chapter = no chapter is called “{ $name }”
cli-diff-version = there is no version “{ $version }” of it; there are { $known }
cli-diff-working = “{ $name }” has no text in content/ that could be compared here
cli-diff-same = As before
cli-diff-added = Added
cli-diff-deleted = Deleted
cli-diff-changed = Changed
cli-diff-moved = Moved
cli-diff-renumbered = Renumbered
cli-diff-alone = “handbook diff” takes a chapter and two of its versions, or two commits of the repository as REV1..REV2
cli-format-of-range = only “handbook diff REV1..REV2” prints “github”
cli-range-format = two commits are compared as “text”, “github” or “json”
cli-range-nothing = No chapter differs.
cli-range-touches = What this touches
cli-range-cites = { $path }:{ $line }: “{ $title }” cites { $clause }
cli-range-quotes = { $path }:{ $line }: “{ $title }” quotes { $clause }
cli-range-stale = { $path }:{ $line }: “{ $words }” in “{ $title }” meant what is now { $now }
cli-range-moved = { $path }:{ $line }: “{ $words }” in “{ $title }” means a file that is now { $now }
cli-range-stale-gone = { $path }:{ $line }: “{ $words }” in “{ $title }” meant what is no longer there
cli-range-read = To be read again by: { $roles }
cli-range-read-all = To be read again by everyone
cli-released = { $path }: version { $version }, SHA-256 { $digest }
cli-release-several = several chapters are called “{ $name }”; give the path of the file
cli-digest-damaged = { $path } cannot be read whole, so its text has no digest
cli-release-version = { $path } has no version; give one by --version
cli-release-draft = { $path } is a draft, under consultation, or cannot be read whole; approve it first
cli-release-date = { $path } does not say from when version { $version } is in force; give the day by --effective
cli-release-refused = { $path } was not released, since what was released cannot be mended; see above
cli-release-exists = { $path } is there already, and what was released is not overwritten; raise the version
cli-release-changed = { $path } has changed meanwhile; try again
cli-release-first = version { $version } of { $path } is in force until { $date } and was never released, so the new version would take it off the site. Undo the changes to the text, run “handbook release { $id }”, then change the text and release the new version
cli-release-failed = { $path } could not be written: { $reason }
cli-release-front-matter = the chapter has no front matter; add “version” and “title” between two lines of ---
cli-release-by-hand = the front matter is written in a way that cannot be added to; change version, effective and revisions by hand

cli-audit-output = say where the bundle goes: -o FILE.zip
cli-audit-uncommitted = what is not committed is not in the bundle
cli-audit-made = { $path }: { $number } files of commit { $commit }
cli-audit-made-folder = { $path }: { $number } files; without a repository it names no commit
cli-audit-same = { $path } is there already and is the same
cli-audit-no-commit = the bundle names no commit; it is held against the project as it lies
cli-audit-program = { $made } made the bundle and this is { $own }, so HTML is not compared
cli-audit-differs = differs: { $path }
cli-audit-title = the bundle is called “{ $made }”, and the handbook “{ $own }”
cli-audit-wrong = { $path } is not what the repository holds
cli-audit-holds = { $path } is what commit { $commit } gives for { $date }
cli-audit-holds-folder = { $path } is what the project gives for { $date }
audit-not-made = the bundle could not be made: { $reason }
audit-no-bundle = { $path } is no bundle of handbook audit, or is damaged
audit-too-large = { $path } holds more than a bundle may
audit-hostile = { $path } has an entry that no bundle has: { $name }
audit-in-the-way = { $path } is something else than a bundle, and stays
audit-exists = { $path } is another bundle; choose another name, or replace it by --replace
snapshot-no-commit = the repository has no commit “{ $commit }”
snapshot-failed = the commit could not be read into a temporary folder: { $reason }
