### Rules about files, front matter and settings.
### A rule has its message, and as attributes what `handbook explain` says of it. Further
### messages of a rule stand below it.

bidi-control =
    .summary = a title or file name holds characters that turn the writing round

cycle =
    .summary = departments, roles or chapters refer to each other in a circle

date-order =
    .summary = two dates are in the wrong order

duplicate-id =
    .summary = two chapters, departments or roles have one id

empty-definition =
    .summary = a term of the glossary has no definition

encoding =
    .summary = a file is not UTF-8

front-matter =
    .summary = front matter is not valid YAML, or not in its place

future-revision =
    .summary = a revision is dated after the day the site is built for

invalid-date =
    .summary = a date does not exist or is not written as year-month-day

invalid-value =
    .summary = a value is of the wrong type or not one of those allowed

limit =
    .summary = an input passes one of the stated limits

misnamed-settings =
    .summary = a file that is nearly called handbook.yaml or organization.yaml

overdue =
    .summary = a chapter's review date has passed

raw-html =
    .summary = raw HTML that could run a script was removed

reserved-id =
    .summary = an id begins as those of the page's own parts do, and is left out

short-term =
    .summary = a term of one character, which is not marked in the text

theme =
    .summary = a template, asset or locale of the theme is wrong

unknown-audience =
    .summary = no audience has this key or name

unknown-department =
    .summary = no department has this id or name

unknown-key =
    .summary = a key that nothing reads

unknown-role =
    .summary = no role has this id or name

unreadable =
    .summary = a file was not read: a link out of the tree, a device, no permission

unreadable-settings =
    .summary = handbook.yaml, organization.yaml or a file of the theme is there and was not read

yaml =
    .summary = handbook.yaml or organization.yaml is not valid YAML

