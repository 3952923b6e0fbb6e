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
