### Rules about what chapters refer to, and what refers to them.
### A rule has its message, and as attributes what `handbook explain` says of it. Further
### messages of a rule stand below it.

alias-conflict = `{ $alias }` is already a title or alias of { $path }
    .help = remove it from one of the two
    .summary = two chapters answer to one title or alias
    .explanation =
        A chapter is found by its title and by the other names under `aliases`: in links, in
        titles between `《` and `》`, and in the search. Where two chapters have one name, all of
        these lead to the one that is in force, or else to the first of the two, and readers who
        want the other get the wrong text.

        Take the name out of one of them, or make it longer, for instance by the department or
        the year.
    .example =
        Found, in a chapter beside another that is called 报销制度:
            title: 差旅报销制度
            aliases: [报销制度]
        Instead:
            title: 差旅报销制度
            aliases: [差旅报销]
alias-conflict-other = this chapter has `{ $alias }` as its title or alias
alias-conflict-title = this chapter has the title `{ $title }`, as { $path } does
    .help = make one of the titles longer; if this chapter takes the place of the other, name it under `supersedes`

broken-anchor = `{ $link }`: { $file } has no heading or clause `#{ $anchor }`
    .help = link to a heading or clause that is there, or without `#`
    .summary = a link names an anchor that its chapter does not have
    .explanation =
        What stands behind `#` in a link is a place in the chapter: a heading or a clause. The
        chapter is there, but it has no such place, mostly because a heading was written anew.
        The link then opens the chapter at its beginning, and the reader has to search.

        Write the heading as it is now, or the clause as one cites it (`#第15条`), or leave
        `#` and all behind it out.
    .example =
        Found:
            See [the limits](travel.md#limts).
        Instead:
            See [the limits](travel.md#limits).

broken-image = there is no image `{ $file }` below content/
    .help = put the picture there, or mend its name
    .summary = an image's file does not exist
    .explanation =
        The page would show an empty frame where a picture belongs. The file may have another
        name or ending, may lie in another folder, or may never have been copied into content/.

        Put the file below content/ and write its path from the chapter's own folder, or from
        the top with `/` in front.
    .example =
        Found:
            ![The process](img/proces.png)
        Instead:
            ![The process](img/process.png)

refused-address = an address that begins with `{ $scheme }:` is left out of the page
    .help = link to a page or a file; save a picture as a file below content/
    .summary = an address is left out, since it could run a script or leads to one computer only
    .explanation =
        `javascript:`, `vbscript:` and `data:` can run a script on the page, so no page has
        links or pictures with them; the words of the link stay. `C:\...` and `file:` name a
        place on the computer of whoever wrote it, and browsers follow no such link of a site.

        Put what it leads to below content/ and link to that file.
    .example =
        Found:
            ![The process](data:image/png;base64,iVBORw0KGgo...)
        Instead:
            ![The process](img/process.png)
refused-address-disk = `{ $path }` is a place on one computer: readers cannot follow it
    .help = put the file below content/ and link to it

heading-space = this heading has no space behind its # signs, so that readers see the signs
    .summary = a line that looks like a heading has no space behind its # signs
    .explanation =
        A heading needs a space between its # signs and its words. Without it readers see
        the signs as they are written, and the contents lack the section.

        handbook check --fix writes the space. A line with one # may be a hashtag and is
        not told.
    .example =
        Found:
            ##Booking
        Instead:
            ## Booking
heading-space-wide = this heading has # signs of full width, so that readers see the signs
heading-space-write =
    .help = write: { $right }

full-width-link = a link needs brackets of half width
    .help = write `{ $right }`
    .summary = a link is written with full-width brackets, so it is none
    .explanation =
        A link is `[words](address)`. With the full-width brackets that a Chinese input method
        types it is shown as it stands, and nobody can follow it.
    .example =
        Found:
            ［travel］（travel.md）
        Instead:
        {"    ["}travel](travel.md)

broken-link = there is no file `{ $file }` below content/
    .help = create the file, or link to another
    .summary = a link's file does not exist
    .explanation =
        A link leads to a chapter or file that is not there, so readers would come to an error
        page. Mostly the file was renamed or moved, or its name was mistyped.

        Write the path from the chapter's own folder, or from the top of content/ with `/` in
        front. A chapter can also be named by its title or id, which stays right when its file
        moves: `[[title]]`.
    .example =
        Found:
            See [travel](../finance/travle.md).
        Instead:
            See [travel](../finance/travel.md), or [[Travel expenses]].
broken-link-backslash =
    .help = folders are parted by /, not by \: write `{ $right }`
broken-link-share =
    .help = readers cannot open a shared folder from a page; put the file below content/ and link it there
broken-link-colon =
    .help = the colon of an address has half width; write `{ $right }`
broken-link-mail =
    .help = this is a mail address; write `{ $right }`
broken-link-host =
    .help = this is an address on the web; write `{ $right }`
broken-link-title =
    .help = between ( and ) stands the path of a file, `{ $right }`; by its title a chapter is {"[["}{ $name }{"]]"}
broken-link-name = no chapter has the title, alias or id `{ $name }`
    .help = write the exact title or id
broken-link-form =
    .help = write [words](address)
broken-link-nowhere = this link has no address
broken-link-outside = `{ $link }` leads out of the content folder
    .help = link to a file below content/, or copy the file there
broken-link-wordless = the link to `{ $link }` has no words, so that nobody sees it

case-mismatch = `{ $link }` is spelt otherwise than its file
    .help = the file is called `{ $right }`; on most servers case matters
    .summary = a link differs from its file's name in case or Unicode form
    .explanation =
        The link and the file differ in capital letters, or in how an accented letter is stored.
        Windows and macOS open the file all the same, so nobody notices; most web servers do
        not, and readers get an error page.

        Write the name exactly as the file has it.
    .example =
        Found, where the file is called travel.md:
            See [travel](Travel.md).
        Instead:
            See [travel](travel.md).
case-mismatch-anchor = the anchor `#{ $anchor }` is spelt otherwise
    .help = write `#{ $right }`

clause-order =
    .summary = the number of a clause or chapter comes twice, is left out or steps back
    .explanation =
        Clauses and chapters are cited by their numbers. A number that two clauses have cannot
        be cited, and a reader who misses a number does not know whether a clause is missing.
        Mostly a clause was put in, taken out or copied, and the rest was not numbered anew.

        Number the clauses one after the other; what is put in between may be
        `第七条之一`. If a clause was repealed, keep its number and say so: `第八条（删除）`.
        Appendices, quotations, extracts (`节选`, `……`, `（略）`) and amendments are not looked at.
    .example =
        Found:
            第七条 审批。
            第七条 付款。
        Instead:
            第七条 审批。
            第八条 付款。
clause-order-twice = { $number } comes twice
    .help = number one of the two anew
clause-order-first = it comes here first
clause-order-back = { $number } stands behind { $other }
    .help = put the two in the order of their numbers, or mend a number
clause-order-before = this one stands before it
clause-order-gap = { $number } follows { $other }: { $first } is missing
    .help = mend the number, or say that the clause is repealed
clause-order-gap-several = { $number } follows { $other }: { $first } to { $last } are missing
    .help = mend the number, or say that the clauses are repealed

dangling-clause = `{ $reference }`: { $title } has no such clause
    .summary = a reference names a clause that its chapter does not have
    .explanation =
        The text cites a clause, a paragraph or an item, and the document that it names has none
        with that number. Either the number is wrong, or the document was revised and its
        clauses were numbered anew.

        Look the clause up in the document as it is now and mend the number.
    .example =
        Found, where 采购制度 ends with 第二十条:
            依照《采购制度》第二十三条执行。
        Instead:
            依照《采购制度》第十三条执行。
dangling-clause-own = `{ $reference }`: this chapter has no such clause
dangling-clause-last =
    .help = its last clause is { $clause }
dangling-clause-paragraph =
    .help = { $clause } has fewer paragraphs
dangling-clause-item =
    .help = { $clause } has no such item
dangling-clause-heading =
    .help = its headings have no such number
dangling-clause-section =
    .help = no heading of this chapter has that number

dead-link = { $address }: { $reason }
    .help = mend the address, or take the link out
    .summary = an outside link leads nowhere (`--external`)
    .explanation =
        With `--external` the program asks each address outside the handbook whether it still
        shows something. This one gave an error or no answer. Pages that ask for a login, or
        that do not want to be asked by a program, are not reported.

        Open the address in a browser. If the page has moved, write its new address; if it is
        gone, take the link out or link to another source.
    .example =
        Found:
            See [the law](https://example.org/old/law.html)
        Instead:
            See [the law](https://example.org/laws/2024/law.html)
dead-link-status = the server answers { $status }
dead-link-endless = it leads from address to address without end
dead-link-host = there is no such host
dead-link-time = no answer within { $seconds } s
dead-link-failed = it could not be asked: { $detail }

draft-target = 《{ $title }》 is a draft and not part of this site
    .help = publish the draft, or build with --drafts
    .summary = a chapter refers to a draft, which is not published
    .explanation =
        Chapters with `status: draft` are left out of the site. This chapter is published and
        refers to one of them, so its readers cannot follow the reference.

        Give the draft the status that it has by now, or take the reference out until the draft
        is in force. To look at drafts yourself, build with `--drafts`.
    .example =
        Found in the chapter that is referred to:
            status: draft
        Instead, once it is in force:
            status: in_force
draft-target-link = `{ $link }` is a draft and not part of this site

duplicate-term = `{ $name }` is already a term or other name in { $path }
    .help = leave the name to one of the two, or make one entry of both
    .summary = two entries of the glossary have one name
    .explanation =
        A term of the glossary is marked wherever a text uses it, and shows its definition.
        Two entries have this name, so only the first is shown, whichever was meant.

        Keep the name in one of the two. If both define the same thing, make one entry of them;
        if they mean different things, give them different names.
    .example =
        Found, in two chapters:
            terms:
              - {"{"}term: SLA, definition: "Service level agreement."{"}"}
        Instead, in one of them:
            terms:
              - {"{"}term: SLA, definition: "Service level agreement."{"}"}
duplicate-term-other = `{ $name }` is defined here

duplicate-url = { $path } and { $other } would both be published as { $address }
    .help = rename one of the two; names must differ in more than case or Unicode form
    .summary = two files would be published at one address
    .explanation =
        A chapter's address is made from its file's name: `a/b.md` becomes `a/b.html`. Two files
        lead to one address, or to two that many disks take for one, since they do not tell
        `Rules.html` from `rules.html`. Only one of the two could be published.

        Rename one of the files. Links that name the chapter by its title or id stay right.
    .example =
        Found:
            content/Rules.md
            content/rules.md
        Instead:
            content/rules.md
            content/rules-of-procedure.md
duplicate-url-parted = { $path } and { $other } would be published at one address, so this one is published as { $address }
    .help = rename one of the two; names must differ in more than case, Unicode form or ending
duplicate-url-other = this would be published as { $address } too
duplicate-url-folder = { $path } would be published as { $address }, where a folder must be for { $other }
    .help = rename one of the two
duplicate-url-folder-other = this lies in a folder { $address }
duplicate-url-page = { $path } would be published as { $address }, but { $page } is a page of the site
    .help = rename the folder
duplicate-url-like = { $path } and the generated page { $page } differ in case or Unicode form only
    .help = rename it: some disks hold only one of the two

embed-cycle = the quotation from 《{ $title }》 would hold itself
    .help = quote a clause that does not quote this one, or write a link `[[…]]` instead
    .summary = a quotation would hold itself
    .explanation =
        `![[…]]` shows the text of another place. Here the quoted text quotes, directly or over
        others, the very place that quotes it, and so would never end. The page shows a link in
        its stead.

        Let one of the chapters hold the text, and write a plain link `[[…]]` in the other.
    .example =
        Found in 甲.md, where 乙.md quotes 甲.md in turn:
            ![[乙]]
        Instead:
            See [[乙]].
embed-cycle-other = this is what it quotes

moved-link = { $address } has moved for ever
    .help = write { $right }
    .summary = an outside link leads elsewhere for ever (`--external`)
    .explanation =
        With `--external` the program asks each address outside the handbook. The server of this
        one says that the page has a new address for good. The link still works, but often not
        for ever.

        Write the new address.
    .example =
        Found:
            See [the law](http://example.org/law)
        Instead:
            See [the law](https://www.example.org/law/)

orphan-chapter = nothing refers to 《{ $title }》
    .help = refer to it from another chapter, or give it `departments:`, `roles:` or `topics:`
    .summary = nothing refers to a chapter, and no index but the tree lists it
    .explanation =
        No chapter links to this one or names it, it concerns no department or role, has no
        topic and is nobody's required reading. Readers will find it only by the search, or by
        going through the whole tree.

        Say whom it concerns or what it is about, or name it in the chapter that leads to it.
    .example =
        Found:
            title: Visitors
        Instead:
            title: Visitors
            departments: [Reception]
            topics: [Safety]
orphan-chapter-many = nothing refers to { $number } chapters, such as { $path }

outdated-target = 《{ $title }》 is no longer in force
    .help = refer to a chapter that is in force, or take the reference out
    .summary = a chapter in force refers to one that is superseded or retired
    .explanation =
        This chapter is in force and sends its readers to one that is not any more. They would
        act by rules that have ended.

        Refer to the chapter that took its place. If the old one is named on purpose, as in a
        history, `checks: {"{"}outdated-target: off{"}"}` in handbook.yaml turns this off.
    .example =
        Found:
            See 《Travel 2019》.
        Instead:
            See 《Travel 2024》.
outdated-target-superseded = 《{ $title }》 has been superseded
    .help = refer to its successor, 《{ $title }》
outdated-target-successor = 《{ $title }》 took its place

redirect-conflict = another page stands at `{ $address }`
    .help = remove the line, or the other page
    .summary = an address under `redirect_from` is already taken
    .explanation =
        `redirect_from` lists addresses that a chapter had before, so that old links and
        bookmarks still lead to it. No page can stand there to lead on, since another page or
        file has this address, or since a disk or server cannot hold both.

        Remove the line if the old address belongs to the other page now; else rename the other.
    .example =
        Found, where content/travel.md exists again:
            redirect_from: [/travel.html]
        Instead:
            redirect_from: []
redirect-conflict-other = this stands at { $address }
redirect-conflict-dot = no page can lead here from `{ $address }`: no server shows what begins with `.`
    .help = remove the line, or write the dot otherwise
redirect-conflict-like = no page can lead here from `{ $address }`: `{ $other }` differs from it in case or Unicode form only
redirect-conflict-file = no page can lead here from `{ $address }`: `{ $other }` is a file, and would have to be a folder
redirect-conflict-folder = no page can lead here from `{ $address }`: a folder must be there for `{ $other }`
redirect-conflict-disk =
    .help = remove the line, or rename the other

reserved-url = content/ has a `{ $name }` of its own; the generated index is published as `{ $address }`
    .summary = a folder has the name of a generated index, which was moved aside
    .explanation =
        The site makes indexes of its own, such as `topics/`, `roles/` or `search.html`. A folder
        or chapter in content/ has one of these names. It keeps its address, and the index is
        published beside it under a name with `all-` in front. Nothing is lost.

        If the index is to have the plain name, rename the folder. Else there is nothing to do.
    .example =
        Found:
            content/topics/holidays.md
        The index of topics is then at:
            all-topics/index.html

unknown-document = no chapter has the id or title `{ $name }`
    .help = write the id or the exact title of a chapter
    .summary = no chapter has this id or title
    .explanation =
        `supersedes` and `related` name other chapters by their id or their exact title. No
        chapter has this one, so the reference is left out: a chapter that was to be superseded
        still shows as in force.

        Write the id or title as it stands in the other chapter's front matter.
    .example =
        Found, where the other chapter has `id: HR-7`:
            supersedes: [HR-07]
        Instead:
            supersedes: [HR-7]

unknown-title = no chapter or external reference is called 《{ $title }》 (mentioned { $times } times)
    .help = declare it under `external_references:` in handbook.yaml, or mend the title
    .summary = a title in 《》 is neither a chapter nor an external reference
    .explanation =
        A title between `《` and `》` becomes a link to the chapter of that name. This one is the
        title or alias of no chapter, so it stays plain text. It may be mistyped, or name a law
        or a standard outside the handbook.

        Mend the title, or give the chapter this name under `aliases`. A document outside the
        handbook is declared under `external_references` in handbook.yaml, with its address.
    .example =
        Found:
            依照《劳动和同法》第八十二条。
        Instead:
            依照《劳动合同法》第八十二条。
        and in handbook.yaml:
            external_references:
              - {"{"}title: 劳动合同法, url: "https://flk.npc.gov.cn/"{"}"}

# Shown on a page instead of words that are the address of something withheld.
withheld-word = another document

withheld-embed = `{ $name }` is withheld from an audience, but would be shown here
    .help = write a link `[[…]]` instead, or widen the audience of the quoted chapter
    .summary = a chapter shows the text of one that the audience may not see
    .explanation =
        This chapter quotes, with `![[…]]`, a text that some of its readers may not see. For
        them the quotation is left out, and their site is not published until this is settled,
        since a quotation is mostly there because the reader needs it. It is always an error.

        Write a link instead, quote a chapter that these readers may see, or widen the audience
        of the quoted one.
    .example =
        Found in a chapter for everyone:
            ![[Salary bands#Level 3]]
        Instead:
            See [[Salary bands]].

withheld-successor = 《{ $title }》 shows as in force, since its successor is withheld
    .help = write `status: superseded` in it, or widen the audience of its successor
    .summary = what superseded a chapter is withheld from the audience
    .explanation =
        Another chapter supersedes this one, but some readers may not see that other. In their
        site nothing says that this chapter has ended, and they would go on acting by it.

        Write the status into the old chapter itself, or let its readers see the new one.
    .example =
        Found in the old chapter:
            status: in_force
        Instead:
            status: superseded
withheld-successor-other = this supersedes it

withheld-target = `{ $name }` is withheld from an audience
    .help = take the reference out, or widen its audience
    .summary = a chapter links to one that the audience may not see
    .explanation =
        A chapter refers to one that some of its readers may not see. In their site the words
        stay, without a link and without the title or address of what is withheld. That is
        often meant, so this is off unless `checks: {"{"}withheld-target: warning{"}"}` in
        handbook.yaml asks for it.

        Take the reference out, or widen the audience of the chapter that it leads to.
    .example =
        Found in a chapter for everyone:
            Details are in [[Salary bands]].
        Instead:
            Ask the personnel department for details.

idle-footnote =
    .summary = nothing refers to a footnote
    .explanation =
        A footnote is shown where `[^name]` stands in the text. One that nothing refers to, and
        the second of two with one name, is shown behind the others, where no reader comes to it.

        Write `[^name]` where the note belongs, or give the second note a name of its own.
    .example =
        A note that nothing refers to:

            Travel is paid.

            {"["}^1]: From the second day on.

        Write `Travel is paid.{"["}^1]`.
idle-footnote-unused = nothing refers to this footnote
    .help = write its name, such as `[^1]`, where the note belongs; until then it stands behind the others
idle-footnote-again = an earlier footnote has the same name
    .help = give it another name, here and where it is referred to; until then it stands behind the others

table-shape =
    .summary = a table loses its form
    .explanation =
        A table has a head, a line of `---` below it with as many columns, and rows with as many
        cells. Without that line, or with another number of columns in it, the page shows the
        bars as they are written. Cells that a row has too many stand in its last column. A `|`
        within a cell, also in code, is written `\|`. Full-width bars ｜ part no cells.
    .example =
        The line below the head is missing:

            | Grade | Hotel |
            | Director | 800 |

        Add it:

            | Grade | Hotel |
            | --- | --- |
            | Director | 800 |
table-shape-surplus =
    { $rows ->
        [one] this row has more cells than the head of its table
       *[other] { $rows } rows have more cells than the head of their table; this is the first
    }
    .help = add a column to the head, or write a bar within a cell as `\|`; the cells that are too many stand in the last column
table-shape-line = no line of `---` stands below the head of this table
    .help = write a line such as `| --- | --- |` below it, with as many columns
table-shape-columns = this line has another number of columns than the head of its table
    .help = give both the same number of columns
table-shape-bars = the bars of this table are full-width, which part no cells
    .help = write `|` instead, and a line such as `| --- | --- |` below the head
