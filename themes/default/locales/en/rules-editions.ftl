### Findings about what is in force on which day.

successor-gap = “{ $title }” replaces this chapter and is in force only from { $date }
    .help = until then nothing applies; leave this chapter in force, or write “retired: { $date }”
    .summary = a chapter is no longer in force, and its successor not yet
    .explanation =
        A rule was marked as superseded or retired before the one that replaces it begins. In between nothing applies, which is seldom meant.

        Leave `status: in_force` where it is: a chapter that another one supersedes is shown as superseded by itself, from the day on which its successor is in force.
    .example =
        status: superseded

        while the successor has effective: 2026-12-15, is written as:

        status: in_force
successor-gap-other = it begins here

no-history-repository = “editions: git”, but the handbook is in no git repository with a commit
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

silent-change = the text differs from that with which version { $version } was published
    .help = give it a new version and a line under revisions; or mark the revision “kind: editorial”
    .summary = the text of a version was changed after it had been published
    .explanation =
        A version that was approved is a promise: who cites it must find the same text. This text differs from the one that was published under the same version, in the repository's history or in `editions/`.

        Raise `version`, and say under `revisions` what changed. A correction that changes no meaning is marked `kind: editorial` in its revision.
    .example =
        version: "1.0"

        after a change of the text becomes:

        version: "1.1"
silent-change-released = the text that was released

invalid-value-version = no file can be called by the version “{ $version }”
    .help = use letters, digits, dots and hyphens, e.g. 1.2; no dot at either end, and no two in a row
