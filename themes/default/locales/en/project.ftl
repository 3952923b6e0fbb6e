### The files of a project and its chapters taken together. What the rules mean that these
### messages come from stands in `rules-values.ftl`.

## Files

unreadable-file = { $path } was not read: { $reason }
unreadable-settings-file =
    .help = make it readable, or remove it if it is not wanted
unread-too-large = it is larger than { $megabytes } MB
unread-not-a-file = it is a folder, a pipe or a device, not a file
unread-not-a-folder = it is not a folder
unread-device = it is a pipe or a device, not a file
unread-leads-out = it is a link that leads out of the folder
unread-leads-to-hidden = it is a link to a hidden file or folder, or to one that an editor left behind
unread-leads-nowhere = it is a link that leads nowhere
unread-leads-in-a-circle = it is a link in a circle
unread-name = its name is not valid Unicode
unread-content = { $path }: content cannot be read: { $reason }
bidi-control-file = the name of { $path } holds characters that turn the direction of writing
    .help = rename it without them
limit-depth = { $path } lies more than { $most } folders deep and was not read
    .help = move it up
limit-file = { $path } is larger than { $megabytes } MB
    .help = split it into several chapters
encoding-utf-16 = the text is UTF-16, not UTF-8 (first wrong byte in line { $line })
encoding-utf-16-nul = the text is UTF-16, not UTF-8 (line { $line })
encoding-gbk = the text is probably GBK (GB 18030), not UTF-8 (first wrong byte in line { $line })
encoding-other = the text is in another encoding, not UTF-8 (first wrong byte in line { $line })
    .help = save the file as UTF-8 (in Notepad: Save as, Encoding: UTF-8)
encoding-nul = the text holds a NUL character (line { $line })
    .help = remove it; a file with NUL is mostly no text at all
misnamed-settings-file = { $path } is not read
    .help = rename it to { $right }
theme-folder = there is no folder { $path }
    .help = make it, or take `theme` out of handbook.yaml
watch-limit = the system's limit of watched folders is reached (fs.inotify.max_user_watches); looking at the folder twice a second instead
watch-failed = the system does not watch the folder: { $reason }; looking at it twice a second instead

## Chapters

duplicate-id-chapter = the id `{ $id }` is already that of { $path }
    .help = give one of the two another id
duplicate-id-chapter-other = this chapter has `{ $id }` as its id
cycle-supersedes = `supersedes` leads from this chapter over { $path } in a circle
    .help = remove one link of the circle
cycle-supersedes-other = from here it leads back
overdue-since = the review was due on { $due }
    .help = review the chapter and add what was found to `reviews`, or set a new `review_by`
review-due-by = the review is due on { $due }, in { $days ->
        [0] 0 days: today
        [one] 1 day
       *[other] { $days } days
    }
review-due-late = the review was due on { $due }
future-revision-review = this review is dated { $date }, after { $today }
future-revision-dated = this revision is dated { $date }, after { $today }
invalid-value-redirect = `{ $address }` is not an address of this site
    .help = write a path from the site's root, e.g. /old/page.html
limit-address = the address is { $bytes } bytes long, and { $most } are allowed
    .help = give it a shorter name; a Chinese character takes 3 bytes
limit-address-name = the address has a name of { $bytes } bytes, and a disk holds { $most }
limit-embeds = a chapter has at most { $most } quotations
    .label = from here on they are left out
    .help = quote a whole section instead of its clauses, or write links `[[…]]`
