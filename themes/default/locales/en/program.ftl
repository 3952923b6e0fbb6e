### What the program says of itself, whatever it is doing.

# How texts are listed: each in its marks, with this between them.
list-item = `{ $item }`
list-separator = {", "}
lines = { $lines }
colon = {": "}

not-for-audiences = not for { $audiences }
did-you-mean = did you mean `{ $name }`?

## Findings as they are printed

level-error = error
level-warning = warning
level-note = note
level-off = off
level-error-fixed = error, always
report-help = {"help: "}
report-related = {"see also: "}
report-also = {"also at: "}
report-more = … and { $number } more of `{ $code }`; `--format json` lists all
report-more-in-file = … and { $number } more of `{ $code }` in { $path }; `--format json` lists all
report-more-in-files = … and { $number } more of `{ $code }` in { $files } files; `--format json` lists all
report-times = {" "}({ $shown } times)
report-times-in-files = {" "}({ $shown } times in { $files } files)
report-places = {" "}({ $places })
report-places-separator = {", "}
report-places-more = { $places } and { $number } more
thousands-separator = ,

# A name that nothing knows, and where: one line each.
report-name = `{ $name }` in { $number ->
    [one] { $shown } chapter
   *[other] { $shown } chapters
}
report-name-in-file = `{ $name }`, { $shown } times
report-name-meant = { $words }; { $meant }
report-meant = here it is called `{ $name }`
report-meant-perhaps = did you mean `{ $name }`?
report-meant-nothing = nothing reads it

## What to do first

advice-title = What to do first:
advice-step = {"  "}{ $number }. { $step }
advice-errors = { $number ->
    [one] mend the error: without that no site is written ({ $codes })
   *[other] mend the { $shown } errors: without that no site is written ({ $codes })
}
advice-fix = run `handbook check --fix`: { $number ->
    [one] it mends { $shown } finding by itself
   *[other] it mends { $shown } findings by itself
}; `handbook check --fix --dry-run` shows the changes before
advice-rule = { $number ->
    [one] look at `{ $code }`, { $shown } finding
   *[other] look at `{ $code }`, { $shown } findings
}; `handbook explain { $code }` says what to do
advice-rule-in-folder = { $number ->
    [one] look at `{ $code }`, { $shown } finding
   *[other] look at `{ $code }`, { $shown } findings
}, { $inside } of them in { $folder }/; if that folder may stay as it is, write in handbook.yaml `checks: {"{"}{ $folder }/: {"{"}{ $code }: off{"}"}{"}"}`

## What a system says of its files and connections

io-not-found = it is not there
io-permission-denied = permission denied
io-already-exists = it exists already
io-not-a-directory = something in the path is not a folder
io-is-a-directory = it is a folder
io-storage-full = the disk is full
io-quota-exceeded = a quota is reached
io-file-too-large = the file would be too large
io-read-only = it can only be read
io-invalid-name = the name is not allowed there
io-loop = links lead in a circle
io-address-in-use = the address is in use
io-address-not-available = this machine does not have this address
io-timed-out = there was no answer in time
io-connection-refused = the connection was refused
io-other = the system says: { $detail }
disk-failed = { $path }: { $reason }
