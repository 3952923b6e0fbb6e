### Findings about what is in force on which day.

successor-gap = “{ $title }” replaces this chapter and is in force only from { $date }
    .help = until then nothing applies; leave this chapter in force, or write “retired: { $date }”
    .summary = between a rule or version and the next there are days on which none is in force
    .explanation =
        A rule was marked as superseded or retired before the one that replaces it begins, or a version was retired before the next begins. In between nothing applies, which is seldom meant. Past days are looked at too, since auditors ask about them.

        Leave `status: in_force` where it is: a chapter that another one supersedes is shown as superseded by itself, from the day on which its successor is in force.
    .example =
        status: superseded

        while the successor has effective: 2026-12-15, is written as:

        status: in_force
successor-gap-edition = version { $version } is retired from { $ends }, and { $next } is in force only from { $begins }
    .help = let one day be both, or leave “retired” out of version { $version }: it ends when the next begins
successor-begins = it begins here

successor-overlap = “{ $title }” replaces this chapter from { $date }, but the chapter is retired only from { $ends }
    .help = write “retired: { $date }”, or leave it out: the chapter ends when the other begins
    .summary = two rules or two versions are in force on one day
    .explanation =
        A rule says that it is retired on a day after the one that replaces it has begun, or it begins later than that, or two versions say that they begin on one day. Readers cannot know which applies. The site shows the later one.

        Let the dates meet: `retired` of the one is `effective` of the next. Or leave `retired` out.
    .example =
        retired: 2026-12-31

        while the successor has effective: 2026-07-01, is written as:

        retired: 2026-07-01
successor-overlap-never = this chapter is in force from { $begins }, but “{ $title }” replaces it from { $date }
    .help = correct one of the dates; as they are, the chapter is in force on no day
successor-overlap-edition = versions { $version } and { $next } are both in force from { $date }
    .help = write the day of version { $next } under “effective”; or mark its revision “kind: editorial”

no-history-repository = “editions: git”, but the handbook is in no git repository with a commit
no-commit = the repository has no commit “{ $name }”
no-common-commit = the two commits have no common one
no-history-git = the history could not be read: { $reason }
no-history-failed = git could not tell the history
no-history-shallow = the repository holds only its latest commits, so older editions are missing
no-history =
    .help = “git fetch --unshallow” gets the whole history; “editions: folder” keeps editions as files in editions/
    .summary = the editions cannot be read from git, or not all of them
    .explanation =
        `editions: git` takes the earlier texts of chapters from the repository. Where there is none, or only its latest commits, as in many builds of CI, pages of earlier editions are missing.

        Have CI fetch all of it (`fetch-depth: 0` in GitHub Actions, `GIT_DEPTH: 0` in GitLab), or keep editions as files: `handbook release` writes them into `editions/`.
    .example =
        - uses: actions/checkout@v4

        is written as:

        - uses: actions/checkout@v4
          with: {"{"}fetch-depth: 0{"}"}

unread-edition = { $path } is no edition that can be shown
    .help = give it a version, take draft and consultation away, and mend front matter that cannot be read
    .summary = a file of editions/ is shown nowhere
    .explanation =
        Each file of editions/ is a version of a chapter, and is called by it. What has no version, is a draft or under consultation, or has front matter that cannot be read is no edition, and stands nowhere on the site. Where the version is not that of the name, the version counts.

        Editions are written by handbook release, and need no change by hand as a rule.
    .example =
        editions/HR-001/1.0.md says:

        status: draft
unread-edition-version = the file is called `{ $name }`, and says version { $version }
    .help = let the name and the version agree
unread-edition-records = nothing of a draft is published, nor are its { $key }, which the version in force does not have
    .help = record them with the version in force (below editions/{ $slug }/); once the new version is out, here is the place
unread-edition-stray = there is no chapter “{ $slug }” in content/ any more, and “{ $title }”, which is now `{ $id }`, has none of these editions
    .help = if it is the same chapter under another id or file name, rename the folder editions/{ $slug } to editions/{ $id }; else all is well

unknown-edition = there is no edition `{ $name }`
    .help = write ID@VERSION, such as HR-001@1.1; the pages below versions/ list them all
    .summary = an edition that handbook.yaml takes back does not exist
    .explanation =
        withhold: below editions: says which versions of which chapters are taken back. With a wrong id or version nothing is taken back, and that edition stays on the site.

        Correct the id or the version.
    .example =
        editions: {"{"}source: folder, withhold: [HR-01@1.1]{"}"}

        Write:

        editions: {"{"}source: folder, withhold: [HR-001@1.1]{"}"}

silent-change = the text differs from that with which version { $version } was published
    .help = give it a new version and a line under revisions; if only words were mended, another line for version { $version } with “kind: editorial” will do
    .summary = the text of a version was changed after it had been published
    .explanation =
        A version that was approved is a promise: who cites it must find the same text. This text differs from the one that was published under the same version, in the repository's history or in `editions/`.

        Raise `version`, and say under `revisions` what changed. A correction that changes no meaning gets another line for the same version, with `kind: editorial`. The page of a version that `handbook release` has kept goes on to show what was released.
    .example =
        version: "1.0"

        after a change of the text becomes:

        version: "1.1"
silent-change-released = what was released
silent-change-picture = the picture `{ $name }` is not that with which version { $version } was published

silent-field = `{ $key }` was changed after version { $version } had been published: from “{ $before }” to “{ $after }”
    .help = give it a new version and a line under revisions; for a mere correction, another line for version { $version } with “kind: editorial” will do
    .summary = the date, approver, scope or the like of a version was changed after it had been published
    .explanation =
        With a version, its title, dates, approver, owner, departments and roles are approved too. What stands there now differs from what was published under the same version, in the repository's history or in `editions/`, so who asks by it gets another answer.

        Raise `version`, and say under `revisions` what changed. A mere correction is marked `kind: editorial` in its revision. What was only added later, and status, reviews and approvals, are not looked at.
    .example =
        version: "1.0"
        effective: 2026-01-01

        with another date becomes:

        version: "1.1"
        effective: 2026-03-01
silent-field-gone = `{ $key }` of version { $version } was “{ $before }” when it was published, and is gone

invalid-value-version = no file can be called by the version “{ $version }”
    .help = use letters, digits, dots and hyphens, e.g. 1.2; no dot at either end, and no two in a row

approval-stale = version { $version } was approved with another text
    .help = have the text approved and note what `handbook digest` prints, or go back to the text that was approved
    .summary = a text is no longer the one that was approved
    .explanation =
        An approval notes the digest of the text that was approved. The text has another digest now, so it says something that nobody has approved. Spaces at the ends of lines and front matter do not count.

        Have the new text approved under a new version and add the approval, or go back to the text that was approved.
    .example =
        version: "1.0"
        approvals:
          - {"{"}by: 总经理, date: 2026-01-05, version: "1.0", digest: 9f86…{"}"}

        after a change of the text:

        version: "1.1"
        approvals:
          - {"{"}by: 总经理, date: 2026-01-05, version: "1.0", digest: 9f86…{"}"}
          - {"{"}by: 总经理, date: 2026-11-20, version: "1.1", digest: 60fa…{"}"}
approval-stale-unversioned = another text was approved

revision-order = version { $version } is dated { $date }, but { $other }, which stands before it, { $before }
    .help = correct the date or the version; the oldest may stand first or last
    .summary = versions and dates contradict each other
    .explanation =
        The revision history is evidence of what was in force when. Here a higher version has an earlier date, or the dates go up and down, so one of them is wrong. The same goes for the days on which versions come into force: on a day the one that began last applies, so a new version that begins before an old one is no longer shown once the old one begins.

        Correct the date or the version. The list may begin with the oldest or with the newest, but not mix both.
    .example =
        revisions:
          - {"{"}version: "1.0", date: 2025-06-01{"}"}
          - {"{"}version: "1.1", date: 2025-01-01{"}"}

        is written as:

        revisions:
          - {"{"}version: "1.0", date: 2025-01-01{"}"}
          - {"{"}version: "1.1", date: 2025-06-01{"}"}
revision-order-other = the other one
revision-order-lower = version { $version } comes into force after { $other }, which is higher
    .help = give the text a version above { $other }, even if it says what an earlier one said
revision-order-earlier = version { $version } is in force from { $date }, before the older { $other } ({ $later }), and is not shown from then on
    .help = correct “effective”; to take the place of version { $other }, it must begin later
revision-order-back = the version is { $version } again, although { $other } was published after it; { $version } is shown now
    .help = give the text a version above { $other } and a date, even if it says what an earlier one said; only then is it clear what was in force when
revision-order-missing = the revision history says nothing of version { $version }; its last is { $last }
    .help = add a line for it under revisions, or correct the version

missing-version =
    a chapter in force has no `version`
    .summary = a controlled chapter in force has no version
    .explanation =
        With `controlled: true` in handbook.yaml, chapters in force must say their version: without it nobody can say which text applied, and no edition is kept.

        `controlled:` may name folders instead, and a chapter may say `controlled: false` of itself.
    .example =
        status: in_force

        is written as:

        status: in_force
        version: "1.0"

missing-approver =
    a chapter in force has no `approver`
    .summary = a controlled chapter in force names nobody who approved it
    .explanation =
        With `controlled: true` in handbook.yaml, chapters in force must say who approved them: `approver`, or an entry of their version in `approvals`.

        `controlled:` may name folders instead, and a chapter may say `controlled: false` of itself.
    .example =
        status: in_force

        is written as:

        status: in_force
        approver: 总经理

missing-effective =
    a chapter in force has no `effective`
    .summary = a controlled chapter in force does not say since when
    .explanation =
        With `controlled: true` in handbook.yaml, chapters in force must say since when they are: what applied on a day is reckoned from this date.

        `controlled:` may name folders instead, and a chapter may say `controlled: false` of itself.
    .example =
        status: in_force

        is written as:

        status: in_force
        effective: 2026-01-01
missing-control =
    .help = add `{ $key }`, or write `controlled: false` if the chapter is no controlled document

missing-procedure = no record of { $steps }
    .help = add the dates and records under `procedure`, or `procedure: none` if the rule does not touch staff
    .summary = a rule that touches staff has no record of a step that the law prescribes
    .explanation =
        Article 4 of China's Labour Contract Law wants rules that touch staff to be discussed, commented on, agreed in negotiation, and published. In a dispute the employer has to prove it. This is looked at where a chapter has `procedure:`, or `procedure:` of handbook.yaml names its folder.

        Add the day and the record of each step. `procedure: none` says of a chapter that it does not touch staff.
    .example =
        procedure: required

        has after the steps:

        procedure:
          discussion: {"{"}date: 2026-01-05, record: 职代会纪要 2026-1{"}"}
          comments: {"{"}date: 2026-01-12, record: 意见汇总表{"}"}
          negotiation: {"{"}date: 2026-01-20, record: 工会会议纪要{"}"}
          publication: 2026-02-01
missing-procedure-also = { $first }, { $next }
procedure-discussion = discussion
procedure-comments = comments
procedure-negotiation = negotiation
procedure-publication = publication
