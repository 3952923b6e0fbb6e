### Rules about files, front matter and settings.
### A rule has its message, and as attributes what `handbook explain` says of it. Further
### messages of a rule stand below it.

## Texts and files

bidi-control =
    .summary = a title or file name holds characters that turn the direction of writing
    .explanation =
        Some characters are not seen and turn the direction of the writing behind them, so that a name is read as another one: a file that ends with `exe` may look as if it ended with `pdf`. They usually come along with text that was copied from a web page or an office program.

        Type the name again instead of copying it. Until then, pages show the code of each such character, e.g. [U+202E].
    .example =
        title: Travel[U+202E]rules

        is typed again:

        title: Travel rules
bidi-control-title = the title holds characters that turn the direction of writing: { $shown }
    .help = write it again without them; they are shown by their codes
bidi-control-name = the name holds characters that turn the direction of writing: { $shown }
    .help = write it again without them

encoding =
    .summary = a file is not UTF-8
    .explanation =
        Chapters and settings are read as UTF-8, which holds every script. A file that was saved in another encoding (GBK, UTF-16) would show wrong characters, so the site is not published.

        Open the file in your editor, choose “Save with encoding” or “Save as”, and take UTF-8.
    .example =
        In Windows Notepad: File, Save as, Encoding: UTF-8.

        On a command line: iconv -f GB18030 -t UTF-8 old.md > new.md

misnamed-settings =
    .summary = a file that is nearly called handbook.yaml, organization.yaml or synonyms.yaml
    .explanation =
        The settings are read from `handbook.yaml`, `organization.yaml` and `synonyms.yaml` at the top of the project. A file with nearly such a name is not read, and what stands in it has no effect: audiences, for example, would not be kept apart.

        Rename the file, or remove it where it is a copy.
    .example =
        handbook.yml

        is renamed to:

        handbook.yaml

foreign-markup = `{ $written }` is meant for another tool, and is shown as it is written
    .summary = a text holds markup of another tool, which is shown as it is written
    .explanation =
        Texts that come from another tool often hold what only that tool understands: shortcodes, tags of templates, directives that include files, components. None of them is run here. Readers see them as they are written, so that nothing is lost. Each kind is told once in a chapter.

        Write it in Markdown, or leave it out. Put what is only an example in code, between backticks.
    .example =
        {"{{<"} youtube w7Ft2ymGmfc {">}}"}

        is written as:

        Watch the [recording of the training](https://www.youtube.com/watch?v=w7Ft2ymGmfc)
    .help = write it in Markdown; put an example between backticks
foreign-markup-box = `{ $written }` begins a box of a type that is not known; it is shown as a plain one
    .help = write tip, note, important, warning or caution
foreign-markup-hidden = { $file } keeps `{ $path }` out of the navigation of its tool; here it is listed
    .help = write `draft: true` into its front matter if readers are not to see it
foreign-markup-ignored = { $file } keeps `{ $path }` and perhaps others from being published, so they are drafts here
foreign-markup-include = `{ $written }` brings in another file in its tool; that file is not shown here
    .help = write the text here, or a link to the file
foreign-markup-left-out = `{ $key }` in { $file } keeps `{ $path }` and perhaps others from being published, so they are drafts here
    .help = take that line out, or rename the file, to publish them
foreign-markup-visitors = what stands below `{ $written }` is for some visitors only in its tool; nobody sees it here
    .help = take the tags out to show it, or move it to a chapter with an `audience`
foreign-markup-never = what stands under `{ $written }` is never shown by its tool, so nobody sees it here
    .help = take the condition out to show it, or take out both
foreign-markup-toc = { $file } does not name `{ $path }` and perhaps others, so they are no part of the book and drafts here
    .help = name them there to publish them
foreign-markup-logic = `{ $written }` is run by another tool alone; the tag is not shown, and what stands around it is shown in any case
    .help = write here what readers shall see
foreign-markup-module = `{ $written }` is code of MDX, and is left out
    .help = delete it if no other tool reads this file
foreign-markup-note = `{ $written }` is a note that another tool hides; readers see it here
    .help = delete it, or write it as a comment: <!-- … -->
foreign-markup-tag = `{ $written }` is a component of another tool; what it holds is shown, the tag is not
    .help = write in Markdown what it does for readers, or delete it
foreign-markup-underscore = the tool of this book makes no page of a name that begins with `_` and the like, as `{ $path }` and perhaps others, so they are drafts here
foreign-markup-unlisted = { $file } does not name `{ $path }` and perhaps others, so the other tool publishes them nowhere; here they are
    .help = move them away or write `draft: true` into their front matter; `handbook import` publishes only what is listed

diagram = this diagram cannot be drawn
    .summary = a diagram cannot be drawn, and is shown as it is written
    .explanation =
        A block of code that is called `mermaid` is drawn as a diagram when the site is built. Where it cannot be read, or is too large, readers see the text of the block instead.

        Correct the line that is named. Flowcharts, sequences, states, classes, entities, plans (`gantt`), pies, mind maps, timelines, journeys, branches (`gitGraph`) and some others are drawn.
    .example =
        ```mermaid
        flowchart TD
          A[Apply --> B[Approve]
        ```

        is written as:

        ```mermaid
        flowchart TD
          A[Apply] --> B[Approve]
        ```
    .help = write it as Mermaid's documentation shows
diagram-empty = this diagram is empty
diagram-kind = `{ $kind }` is not a kind of diagram
    .help = begin with flowchart, sequenceDiagram, stateDiagram-v2, classDiagram, erDiagram, gantt, pie, mindmap, timeline, journey or gitGraph
diagram-line = this line of the diagram cannot be read
diagram-size = this diagram is too large to be drawn
    .help = divide it: at most 500 lines, 500 arrows and 20,000 bytes are drawn
diagram-circle = the group `{ $name }` of the diagram contains itself
    .help = draw the arrow to the group outside of it
diagram-failed = this diagram cannot be drawn

formula = `{ $formula }` cannot be read as a formula
    .summary = a formula cannot be read, and is shown as it is written
    .explanation =
        What stands between dollar signs is a formula in the language of TeX. Where it cannot be read, readers see what was written.

        Correct the formula. A dollar sign that is money may be written `\$`.
    .example =
        $\frc{"{"}a{"}"}{"{"}b{"}"}$

        is written as:

        $\frac{"{"}a{"}"}{"{"}b{"}"}$
    .help = correct the formula, or write `\$` if the sign is money

raw-html = raw HTML that could run a script or restyle the page is removed
    .summary = raw HTML that could run a script was removed
    .explanation =
        Markdown may hold HTML. What could run a script, change the look of the page or send data elsewhere is left out of the page; harmless elements stay. The rest of the chapter is published as usual.

        Write the same in Markdown. Where every author is trusted, `markdown: {"{"}raw_html: trust{"}"}` in `handbook.yaml` passes HTML on as it is.
    .example =
        <a href="rules.html" onclick="track()">Rules</a>

        is written as:

        {"["}Rules](rules.md)
    .help = write it in Markdown, or set `markdown: {"{"}raw_html: trust{"}"}` in handbook.yaml
    .label =
        { $count ->
            [one] and in one more place of this chapter
           *[other] and in { $count } more places of this chapter
        }

raw-html-script = raw HTML that would run a script is removed
raw-html-style = styles in raw HTML are removed: the theme says how pages look
    .help = use Markdown or a class of the theme, or set `markdown: {"{"}raw_html: trust{"}"}` in handbook.yaml
raw-html-inside = an element that pages cannot have is removed, and what is in it
    .help = write it in Markdown, or save a drawing as a file and show it as an image
raw-html-attribute = an attribute that pages cannot have is removed from raw HTML
raw-html-instruction = a declaration, processing instruction or CDATA section is left out
    .help = write `&lt;` for `<` where it is to be shown
raw-html-comment = nothing ends this comment: all behind it is left out
    .help = write `-->` where the comment ends
raw-html-frame = a frame of raw HTML is removed; a link to what it shows stays where readers can follow it
    .help = write a link or a picture, or set `markdown: {"{"}raw_html: trust{"}"}` in handbook.yaml

reserved-id = ids that begin with `Hb-` are those of the page's own parts
    .summary = an id begins as those of the page's own parts do, and is left out
    .explanation =
        The menu, the search box and other parts of a page have ids that begin with `Hb-`. A heading, term or piece of HTML with such an id would get in their way, so its id is left out, and links to it lead nowhere.

        Choose an id that begins otherwise.
    .example =
        ## Approval {"{"}#Hb-approval{"}"}

        is written as:

        ## Approval {"{"}#approval{"}"}
    .label = left out
    .help = choose an id that begins otherwise

unreadable =
    .summary = a file was not read: a link out of the tree, a device, no permission
    .explanation =
        Only ordinary files within the project are read. A link that leads out of it, a device, or a file that you have no permission to read is left out, and the site is made without it.

        Put a copy of the file into the project, or ask for permission to read it.
    .example =
        content/rules.md -> /home/li/rules.md

        The link is replaced by the file itself: cp /home/li/rules.md content/rules.md

unreadable-settings =
    .summary = handbook.yaml, organization.yaml, synonyms.yaml or a file of the theme is there and was not read
    .explanation =
        The file is there, but the system did not let it be read. Without it nobody knows which audiences there are, or what they may see. So nothing is published.

        Ask for permission to read the file, or copy it anew.
    .example =
        ls -l handbook.yaml shows: -rw------- 1 root root

        Allow others to read it: sudo chmod a+r handbook.yaml

synonyms =
    .summary = a group of synonyms.yaml cannot be used
    .explanation =
        synonyms.yaml has groups of words that mean the same, for search: each group is a list of two words or more. A group without words or with one says nothing; a word that stands twice in its group, or a group that stands twice, is one too many. Such words and groups are left out.

        Write all words of one meaning in one list, each once.
    .example =
        - [报账]
        - [报销, 报账, 报销]

        is written as:

        - [报销, 报账]
    .help = write each group as a list of two words or more: `- [报账, 报销]`
synonyms-not-groups = this is no list of groups
synonyms-not-list = this group is no list of words
synonyms-not-word = this is no word
synonyms-no-word = this has no letter and no digit
synonyms-empty = this group has no words
synonyms-one = this group has one word: { $word }
synonyms-twice = `{ $word }` is already a word of this group, as `{ $other }`
synonyms-again = a group of these words stands above already: { $words }

theme =
    .summary = a template, asset or locale of the theme is wrong
    .explanation =
        A file of the project's own theme cannot be used: a template that does not compile or fails while a page is made, a style sheet that imports itself, a file of words that is no YAML. Where possible, the file of the built-in theme is used instead, so that all other findings are seen too.

        What stands in the message after the template's name is what the template engine (Tera) says. Its manual is at https://keats.github.io/tera/.
    .example =
        {"{%"} if page.title {"%}"} … {"{%"} endfi {"%}"}

        is written as:

        {"{%"} if page.title {"%}"} … {"{%"} endif {"%}"}
theme-template = template `{ $name }`: { $reason }
    .help = the embedded template is used instead
theme-template-encoding = this template is not UTF-8
theme-locale = this locale is not a map of words
theme-locale-encoding = this locale is not UTF-8
theme-word = the word for `{ $key }` is not text
theme-import = `{ $name }` imports itself
theme-import-depth = `{ $name }` is imported too deep
theme-import-circle = `{ $name }` is imported in a circle
theme-script = script `{ $name }`: { $reason }
theme-script-lost = there is no script `{ $name }` to import
theme-script-form = this form of import or export cannot be bundled
theme-script-outside = `{ $path }` is no script of the theme
theme-script-export = `{ $name }` exports no `{ $missing }`

joined-values = `{ $written }` lists { $number } topics as one
    .summary = one topic lists several, with marks between them that do not separate
    .explanation =
        The items of a list are separated by commas. The Chinese marks 、 and ， are text, and so is a comma where there are no brackets: several topics with such a mark between them become one. Its page and its filter are those of “a、b”, not of “a” and “b”.

        Write a list with commas. If it really is one topic, give it a name without these marks, or turn this rule off under `checks:` in handbook.yaml.
    .example =
        topics: purchasing, contracts

        is rewritten as:

        topics: [purchasing, contracts]

limit =
    .summary = an input passes one of the stated limits
    .explanation =
        Some things are so large or so deeply nested that no page could show them, or that they would slow down every page: a title of a thousand characters, a file of hundreds of megabytes, departments below departments without end. Each such limit is far above what a handbook needs, so it is usually a slip, e.g. text that was pasted into the wrong field.

        The message names the limit. Shorten the text, or divide it.
    .example =
        title: (the whole first paragraph of the chapter)

        is divided:

        title: Travel rules
        summary: Who may travel, and what is paid.
limit-aliases = aliases repeat more than { $megabytes } MB of this text
    .help = write the values out, or leave them out
limit-nested = values lie more than { $levels } levels deep
    .help = no setting needs more than a few levels
limit-characters = `{ $key }` has more than { $most } characters
    .help = shorten it; long texts belong into chapters
limit-entries = `{ $key }` lists more than { $most } entries
    .help = the rest is left out
limit-levels = `{ $name }` lies more than { $most } levels deep
    .help = its `{ $key }` is left out; let it lead further up
limit-title = the title has more than { $most } characters
    .help = shorten it; what is to be said of the chapter can stand in `summary`
limit-html = the raw HTML of this chapter lies too deep or is left open too often
    .label = begins here
    .help = it is shown as text; close its tags, or write it in Markdown

## How YAML is written

front-matter =
    .summary = front matter is not valid YAML, or not in its place
    .explanation =
        Front matter is the block between two `---` lines at the very beginning of a chapter's file. It says title, status, departments and more, one `key: value` a line. Here the block cannot be read, or something stands above it, or one of its `---` lines is missing or not quite `---`.

        What can be read of it is used. But since it may say who may read the chapter, the chapter is kept from every audience until it is put right.
    .example =
        title：Travel rules

        is written with a half-width colon and a space, between two lines of three hyphens:

        ---
        title: Travel rules
        status: in_force
        ---
front-matter-begins = begins here
front-matter-heading = in front matter this is a comment, which is not shown
    .help = if it is a heading, write a line `---` above it, where the front matter ends
front-matter-above = front matter begins with the first character of the file, but { $what } stands above it
    .help = move it below the front matter
front-matter-above-blank = an empty line or a space
    .help = remove the space above its first `---`
front-matter-above-comment = a comment
front-matter-above-conflict = a mark that a merge left behind
front-matter-above-heading = a heading
front-matter-above-html = HTML
front-matter-above-signs = a rule or other signs
front-matter-above-text = a line of text
front-matter-above-unseen = a character that is not seen
    .help = remove everything above its first `---`, also what is not seen
front-matter-opening = this is not the line that front matter begins with
    .help = write three hyphens, `---`
front-matter-closing = this is not the line that front matter ends with
    .help = write three hyphens, `---`
front-matter-no-opening = front matter lacks its first line
    .help = write a line `---` above it
front-matter-no-end = the front matter has no end
    .help = write a line `---` after its last `key: value` line
front-matter-no-fences = the front matter has no lines `---` around it
    .help = write a line `---` above these lines and one below
front-matter-toml = this front matter is TOML, and handbook reads YAML
    .help = write `---` instead of `+++`, and `key: value` instead of `key = value`
front-matter-fenced = the front matter stands in a block of code
    .help = take away the lines with backquotes, and write `---` above and below it
front-matter-conflict = a merge left its marks in the front matter
    .help = keep one of the two versions, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`
front-matter-line-ends = lines of the front matter end with a character that not every program takes for a line break
    .help = save the file with the usual line ends, LF or CRLF
front-matter-merge-key = front matter with a merge key `<<` is not read
    .help = write the keys and values themselves
front-matter-key-form = the key `{ $key }` has full-width letters, or characters that are not seen
    .help = write it again with an input method for English
front-matter-elsewhere = this seems to say who may read the chapter, but it is not read here
    .help = write `audience: …` in the front matter, between `---` lines at the very beginning of the file; if it means something else, word it otherwise

yaml =
    .summary = handbook.yaml, organization.yaml or synonyms.yaml is not valid YAML
    .explanation =
        The settings are written in YAML: one `key: value` a line, with a colon and a space; what belongs below a key is indented by spaces; the items of a list begin with `- `. Here something does not follow these rules, so nothing of the file can be read, and the site is not published.

        The usual causes are a full-width colon, a tab, a quotation mark that is not closed, and a value that contains `: ` without quotation marks.
    .example =
        departments:
          - id: finance
           name：Finance

        is written as:

        departments:
          - id: finance
            name: Finance
yaml-not-keys = this is not a list of `key: value` lines
    .help = write one `key: value` per line, e.g. `title: 采购制度`
yaml-wide-colon = not valid YAML: the full-width colon `：` does not end a key
    .help = write the half-width colon followed by a space (`: `), not the full-width `：`
yaml-tight-colon = not valid YAML: a space is missing behind the colon of a key
    .help = put a space between the colon and the value, for example `title: Travel`
yaml-repeated = not valid YAML: the key `{ $key }` stands twice
    .help = keep one of the two
yaml-repeated-other = it stands here first
yaml-opened = opened here
yaml-invalid = not valid YAML: { $problem }
yaml-problem-list = did not find expected `,` or `]`
yaml-problem-map = did not find expected `,` or {"`}`"}
yaml-problem-key = did not find expected key
yaml-problem-behind = something stands behind the value that is no part of it
yaml-problem-value-here = mapping values are not allowed in this context
yaml-problem-key-here = mapping keys are not allowed in this context
yaml-problem-item-here = a list cannot begin in the line of its key
yaml-problem-dash = did not find expected `-`
yaml-problem-no-value = a value is missing
yaml-problem-colon = could not find expected `:`
yaml-problem-stray-colon = found unexpected `:`
yaml-problem-control = control characters are not allowed
yaml-problem-start = a value cannot begin with this character
yaml-problem-alias = no value was named with `&` as this `*` says
yaml-problem-anchor = `*` and `&` at the beginning of a value need a name behind them
yaml-problem-documents = a second document begins here
yaml-problem-tab = a tab stands where spaces are expected
yaml-problem-quote = a quotation mark is not closed
yaml-problem-escape = in double quotation marks `\` has a meaning, and not before this character
yaml-problem-block = nothing may stand behind `|` or `>`
yaml-problem-tag = a value that begins with `!` names a type, and this is none
yaml-problem-directive = lines that begin with `%` are not read here
yaml-problem-long = the text is too long
yaml-problem-empty = the text ends before there is a value
yaml-problem-typed = the value is not of the type that is written before it
yaml-problem-other = it cannot be read from here on
yaml-tab =
    .help = YAML is indented with spaces, not with tabs
yaml-quote-colon =
    .help = put a value that contains `: ` in quotes
yaml-quote-whole =
    .help = put the whole value in quotes, and within it use the other kind of quotation marks
yaml-quote-sign =
    .help = put a value that begins with this character in quotes
yaml-quote-end =
    .help = write the same quotation mark at the end of the value
yaml-close =
    .help = part the entries with `,` and close the bracket

comment-in-value = from `#` on this is a comment, and no part of the value
    .summary = a value is cut by a `#` that may be part of it
    .explanation =
        In YAML, a `#` behind a space begins a comment: of `title: Rule #1` only `Rule` is read. Where no space stands behind the `#`, it is probably part of the value.

        Put the value in quotation marks. If it is a comment, write a space behind the `#`.
    .example =
        title: Rule #1 for all

        is written as:

        title: "Rule #1 for all"
    .help = put the value in quotes: `{ $quoted }`; if it is a comment, write a space behind `#`

## Keys and values

unused-file = no chapter shows or links `{ $path }`
    .summary = a file that no chapter uses
    .explanation =
        All files of `content/` are published, but for those that only drafts use. This one is linked and shown by no chapter, so readers will not find it. Perhaps it is left over from an earlier text, or lies there by mistake, and then it is better not on the site.

        Link to it, or move it out of `content/`. Where there are many, one note tells them all.
    .example =
        content/attachments/old-price-list.xlsx
    .help = link to it, or move it out of the content folder
unused-file-rename =
    .help = if it is a chapter, rename the file to { $name }; Windows shows the ending only where “File name extensions” is on
unused-file-many = { $number } files are shown or linked by no chapter, e.g. { $path }

unknown-key = nothing reads the key `{ $name }`
    .summary = a key that nothing reads
    .explanation =
        Each key of front matter and settings has a fixed name. This one is none of them, so its value has no effect. Usually it is a misspelling, or a key of another program.

        Correct it. What only the templates of your own theme read stands under `extra:`, or has a name that begins with `x-`.
    .example =
        titel: Travel rules

        is written as:

        title: Travel rules
    .help = remove it, or put it under `extra:` or begin it with `x-`
unknown-key-order = the key `{ $name }` of another program is read; here it is called `{ $key }`
    .help = write `{ $key }`
unknown-key-meant =
    .help = write `{ $key }`, the key that this word means
unknown-key-again =
    .help = this means `{ $key }`, which is there already; keep one of the two lines

foreign-value =
    .summary = a word or key of another program says where a chapter stands, or what kind it is
    .explanation =
        Other programs and other offices have words of their own under `status` and `kind`. They are shown to readers as they are.

        A word for “not yet”, such as `wip`, `pending`, `private` or `草稿`, holds the chapter back as a draft. A word for “no more”, such as `deprecated` or `作废`, counts as retired. Any other word decides nothing: the chapter is shown, and is not counted as in force.

        Keys that other programs have for this hold a chapter back too: `draft: true`, `published: false`, `unlisted: true`, `publish: false`. What is neither yes nor no holds it back as well, since a slip must not publish a draft.

        Write one of the words that handbook knows, or declare your own kinds under `kinds:` in handbook.yaml.
    .example =
        status: active
        kind: runbook

        is written as:

        status: in_force
        kind: procedure
foreign-value-status = `{ $word }` is not a status of handbook's; it is shown as it is, and the chapter is not counted as in force
    .help = write one of { $all }
foreign-value-not-yet = `{ $word }` holds this chapter back as a draft
    .help = write `status: draft`, or the status that it has
foreign-value-no-more = `{ $word }` counts as retired
    .help = write `status: retired`, or the status that it has
foreign-value-kind = `{ $word }` is not a kind of document that handbook knows; it is shown as it is
    .help = write one of { $all }, or declare it under `kinds:` in handbook.yaml
foreign-value-template = `{ $word }` is a template that the theme does not have; the page is that of any chapter
    .help = put it into the templates of a theme, or remove the line
foreign-value-more = { $number } more chapters have `{ $word }` under `{ $key }`
foreign-value-bundle = Hugo takes this text for a file of the `index.md` beside it, so it is held back as a draft
    .help = rename that file to `_index.md` if this is a page
foreign-value-held = `{ $key }` holds this chapter back as a draft
    .help = `status: draft` says the same
foreign-value-day = `{ $key }`: this chapter is published from { $day } on, and not before
    .help = write `effective` for the day from which a rule holds
foreign-value-unclear = `{ $key }` says neither yes nor no, so this chapter is held back as a draft
    .help = write `true` or `false`, or remove the line

invalid-date = `{ $written }` is not a date
    .summary = a date does not exist or is not written as year-month-day
    .explanation =
        Dates are written as year, month and day with hyphens between them, e.g. 2025-01-31. What is in force, overdue or retired is reckoned from them, so a date that cannot be read stops the build.

        The message says what to write, or how many days the month has.
    .example =
        effective: 2024年2月30日

        is written as:

        effective: 2024-02-29
invalid-date-form = write year-month-day, e.g. 2025-01-31
invalid-date-write = write { $date }
invalid-date-month = there is no month { $month }; write year-month-day, e.g. 2025-01-31
invalid-date-days = { $month } has { $days } days

invalid-value =
    .summary = a value is of the wrong type or not one of those allowed
    .explanation =
        Each key expects values of one kind: a line of text, a list, a number, `true` or `false`, or one of a fixed list such as the statuses. Here stands something else, so the value is not used.

        The message says what is expected; where there is a fixed list, it names all of them.
    .example =
        toc: sometimes

        is written as:

        toc: false
invalid-value-not-text = `{ $key }` must be one line of text
invalid-value-not-boolean = `{ $key }` must be `true` or `false`
invalid-value-not-number = `{ $key }` must be a whole number
invalid-value-not-keys = `{ $key }` must be a list of `key: value` lines
invalid-value-not-list = `{ $key }` must be a list, each item beginning with `- `
invalid-value-not-groups = `{ $key }` must be a list of `key: value` groups
invalid-value-example =
    .help = write it like this: { $example }
invalid-value-choice = `{ $written }` is not a value of `{ $key }`
    .help = write one of { $all }
invalid-value-choice-near =
    .help = did you mean `{ $near }`? (one of { $all })
invalid-value-id = `{ $id }` cannot be an id
    .help = use letters, digits, `-`, `_` and `.`, e.g. OPS-001: the id becomes part of an address
invalid-value-required-reading = `required_reading` says of no role that it must read
    .help = write `all`, a list of roles, or `{"{"}roles: [...], within: 14d{"}"}`
invalid-value-days = `{ $written }` is not a term
    .help = write e.g. `14d`
invalid-value-account = `{ $written }` is no account
    .help = write `"@name"`, `"@company/team"` or an e-mail address
invalid-value-approval = an approval does not say by whom
    .help = write `{"{"}by: …, date: 2026-05-20, version: "1.1", record: …, digest: …{"}"}`
invalid-value-digest = this is no digest
    .help = write the 64 digits that `handbook digest CHAPTER` prints
invalid-value-review-date = a review has no `date`
    .help = write `{"{"}date: 2026-05-20, by: …, outcome: unchanged{"}"}`
invalid-value-review-outcome = a review has no `outcome`
    .help = write `unchanged` if the text holds, `revise` or `retire` if it does not
invalid-value-review-next = the next review, { $next }, is not after this one of { $date }
invalid-value-term = an entry of `terms` has no `term`
    .help = write `term: 服务级别协议`, `aliases: [SLA]` and `definition: …`
invalid-value-audience = `audience` names nobody
    .help = name an audience of handbook.yaml, or remove the line
invalid-value-unnamed = this entry needs an `id` and a `name`
invalid-value-external-reference = an external reference needs a `title`
invalid-value-theme = `theme` is the name of a folder below `themes/`
invalid-value-endpoint = the endpoint `{ $written }` is not the address of a store
    .help = write it with its scheme, e.g. https://minio.example.com
invalid-value-address = `{ $written }` is not the address of a site
    .help = write it with its scheme, e.g. https://intranet.example.com/handbook/
invalid-value-credentials = `{ $key }` holds credentials: a user name or a password
invalid-value-credentials-environment =
    .help = take them out, and give them in the environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY
invalid-value-credentials-page =
    .help = take them out: this address stands on every page
invalid-value-check = no finding has the code `{ $code }`
invalid-value-check-folder = no file below content/ lies in `{ $folder }`
    .help = write the folder's path from content/, e.g. `archive/2019/`
invalid-value-fixed = `{ $code }` is always an error
    .help = it keeps a site from showing more, or less, than it should
invalid-value-audience-key = `{ $id }` cannot be an audience's key
    .help = use letters, digits, `-`, `_` and `.`: the key becomes a folder's name

date-order = `{ $late }` ({ $second }) is before `{ $early }` ({ $first })
    .summary = two dates are in the wrong order
    .explanation =
        A chapter is in force from `effective` on, is to be reviewed by `review_by` and ends with `retired`. Here a later step is dated before an earlier one, so one of the two dates is a slip.

        Compare them with the signed document, and correct the one that is wrong.
    .example =
        effective: 2025-05-01
        review_by: 2024-05-01

        is written as:

        effective: 2025-05-01
        review_by: 2026-05-01
    .help = set the later date, or swap the two
date-order-other = `{ $key }` stands here

future-revision =
    .summary = a revision is dated after the day the site is built for
    .explanation =
        The revision history lists what has been changed. An entry with a date that is still to come is either a slip of the year, or a change that is not yet in force and stands in the text too early.

        Correct the date, or publish the chapter when the day has come.
    .example =
        revisions:
          - {"{"}version: "1.1", date: 2052-03-01, note: New limits{"}"}

        is written as:

        revisions:
          - {"{"}version: "1.1", date: 2025-03-01, note: New limits{"}"}

overdue =
    .summary = a chapter's review date has passed
    .explanation =
        `review_by` says by when a chapter is to be looked at again. That day has passed, so nobody can be sure that the text still holds. The page shows this to its readers.

        Ask the chapter's owner to review it, and record it under `reviews`, even if nothing changes. A review with `outcome: unchanged` moves the date without a new version.
    .example =
        review_by: 2024-12-31

        has after the review:

        review_by: 2024-12-31
        reviews:
          - {"{"}date: 2025-01-10, by: 人事经理, outcome: unchanged{"}"}

review-due =
    .summary = a review is due within the days that `check --due` gives
    .explanation =
        `handbook check --due 30d` lists the reviews that are due within 30 days, besides those that are late, and ends with status 3 where there is one. So a weekly job can remind the owners.

        Ask the chapter's owner to review it, and record it under `reviews`.
    .example =
        review_by: 2026-12-20

        has after the review:

        review_by: 2026-12-20
        reviews:
          - {"{"}date: 2026-12-10, by: 人事经理, outcome: unchanged{"}"}

## Names

unknown-audience = no audience is called `{ $name }`
    .summary = no audience has this key or name
    .explanation =
        `audience` says who may read a chapter. The audiences are declared under `audiences:` in `handbook.yaml`, each with a key and a name. This name is none of them, so the chapter is shown to nobody.

        Correct the name, or declare the audience.
    .example =
        audience: managment

        is written as:

        audience: management
    .label = not under `audiences:` of handbook.yaml
    .help = declare it under `audiences:` in handbook.yaml
unknown-audience-key = `{ $key }` does not say who may read this
    .help = write `audience`

unknown-department = no department is called `{ $name }`
    .summary = no department has this id or name
    .explanation =
        The departments are listed in `organization.yaml`, each with an id, a name and perhaps aliases. This name is none of them, so the chapter would be missing from its department's page.

        Correct the name, or add the department. Several names stand in a list, with commas between them.
    .example =
        departments: [Purchasing; Finance]

        is written as:

        departments: [Purchasing, Finance]
    .label = not in organization.yaml

unknown-role = no role is called `{ $name }`
    .summary = no role has this id or name
    .explanation =
        The roles are listed in `organization.yaml`, each with an id, a name and perhaps aliases. This name is none of them, so those who hold the role would not find the chapter among theirs.

        Correct the name, or add the role. Several names stand in a list, with commas between them.
    .example =
        roles: [Acountant]

        is written as:

        roles: [Accountant]
    .label = not in organization.yaml

listed-names =
    .help = part several names with commas: `[{ $names }]`

duplicate-id =
    .summary = two chapters, departments or roles have one id
    .explanation =
        An id belongs to one chapter, department, role or audience only, since addresses and references are made from it. Capitals make no difference, and a name or alias counts like an id. Here a second one has the same.

        Give one of the two another id, or remove the entry that stands there twice. An id that people already refer to should stay where it is.
    .example =
        id: FIN-001     in travel.md
        id: FIN-001     in expenses.md

        becomes:

        id: FIN-001     in travel.md
        id: FIN-002     in expenses.md
duplicate-id-organization = `{ $name }` is already taken by another entry
duplicate-id-audience = `{ $name }` is already taken by another audience
duplicate-id-other = the other stands here

cycle =
    .summary = departments, roles or chapters refer to each other in a circle
    .explanation =
        A department lies below another, a role reports to another, an audience includes another, a chapter supersedes another. Followed step by step, one of these leads back to where it began, so that nothing is on top. One link of the circle is left out, so that the rest can be shown.

        Find out which link is wrong, and remove or correct it.
    .example =
        - {"{"}id: sales, parent: online{"}"}
        - {"{"}id: online, parent: sales{"}"}

        becomes:

        - {"{"}id: sales{"}"}
        - {"{"}id: online, parent: sales{"}"}
cycle-organization = `{ $key }` leads from `{ $name }` in a circle back to itself
    .help = remove one link of the circle
cycle-audience = the audience `{ $id }` includes itself over others
    .help = remove one link of the circle under `includes`

## Terms

empty-definition = `{ $term }` has no definition
    .summary = a term of the glossary has no definition
    .explanation =
        Where a term of the glossary is used, its definition is shown beside it. This term has none, so there is nothing to show.

        Write a sentence below its heading, or under `definition:`. Remove the term if it needs no definition.
    .example =
        ## Service level

        becomes:

        ## Service level

        The share of calls that are answered within 20 seconds.
    .help = say what it means

short-term = `{ $term }` is too short a term to be marked in the text
    .summary = a term of one character, which is not marked in the text
    .explanation =
        Terms are marked wherever they are used. A term of a single character would be found in every sentence, as part of other words. So it stands in the glossary, but is not marked.

        Write the term in full, or give it a longer alias.
    .example =
        ## Q

        is written as:

        ## Quality rate (QR)
    .help = write a longer one; a single character would be found in every sentence

confidential-for-all = this chapter is marked { $mark }, and everyone may see it
    .help = name those who may see it under `audience`; `confidentiality` keeps nobody out
    .summary = a chapter marked confidential or secret that everyone may see
    .explanation =
        `confidentiality` is a label on the page: it says how far a chapter may be told, and
        keeps nobody out. Who may see the chapter is what `audience` says. A chapter that is
        marked confidential or secret and names no audience is on every site, and in every search.

        Write those who may see it under `audience`. If all who can open the site may read it
        anyway, write `confidential-for-all: off` under `checks:` in handbook.yaml.
    .example =
        Found:
            title: Pay bands
            confidentiality: secret
        Instead:
            title: Pay bands
            confidentiality: secret
            audience: managers
confidential-for-all-undeclared =
    .help = declare `audiences:` in handbook.yaml and name one under `audience`; if all who reach the site may read it, write `confidential-for-all: off` under `checks:`
confidentiality-confidential = confidential
confidentiality-secret = secret
