### What `import` says, and the words of its report.

import-inside =
    the project cannot be written into { $folder }: one of it and { $source } lies in the other
    {"  "}choose a folder outside of the book; import never writes into it
import-holds-others =
    { $folder } holds files that no import wrote, such as { $file }; nothing was written
    {"  "}choose an empty or a new folder
import-in-handbook =
    { $folder } lies among the chapters of the handbook { $project }; an import writes a whole handbook
    {"  "}import into a new folder, and move its chapter from there, with the pictures beside it
import-old-format =
    { $source } is in a format from before Word 2007, which is not read
    {"  "}save it as .docx in Word or WPS, and import that
import-encrypted =
    { $source } needs a password and cannot be read
    {"  "}save it in Word as a .docx without a password, then import that
import-no-chapter-file =
    { $source } cannot be read as a chapter
    {"  "}save it as .docx, or as .md in UTF-8, then import that
import-no-chapter = there is no chapter in { $source }; say with --from which tool it was written for
import-archive =
    { $path } cannot be read: { $kind ->
        [encrypted] it needs a password
        [too-large] it holds too much
       *[damaged] it is no zip file, or not whole
    }
import-done =
    { $chapters ->
        [one] 1 chapter
       *[other] { $chapters } chapters
    } from { $tool } in { $folder }: { $written } { $written ->
        [one] file
       *[other] files
    } written, { $same } unchanged
import-kept =
    { $number ->
        [one] 1 file was edited or removed since the last import and stays as it is
       *[other] { $number } files were edited or removed since the last import and stay as they are
    }
import-withdrawn =
    { $number ->
        [one] 1 file of an earlier import was removed, since the book has it elsewhere or no longer
       *[other] { $number } files of earlier imports were removed, since the book has them elsewhere or no longer
    }
import-left =
    { $number ->
        [one] 1 thing is left to look at
       *[other] { $number } things are left to look at
    }: see { $report }
import-nothing-left = nothing is left to look at; what was done is in { $report }
import-still-shown =
    { $number ->
        [one] 1 chapter is held back in the book by now, but was edited here, and so readers still see it: the report names it
       *[other] { $number } chapters are held back in the book by now, but were edited here, and so readers still see them: the report names them
    }
import-as-before = the book was read as one of { $tool }, as by the last import; by its files it is one of { $now }, and `--from { $name }` reads it so
import-next = next: handbook build -C { $folder }

import-report-title = Import report
import-report-tool = The book was read as one of { $tool }. What was written can be changed at will: a later import keeps every file that was edited.
import-report-left = What is left
import-report-done = What was done
import-report-nothing = Nothing.
import-report-count = {" "}({ $number })
import-report-more = and { $number } more, in import-report.json

import-kind-restricted = Chapters that may not be for everybody: name an audience, or take the key out
import-kind-held-back = Chapters that the tool does not publish, which are drafts here
import-kind-for-some = Parts for some visitors only, which were left out: give them a chapter with an audience
import-kind-never = Parts that no reader of the tool's pages saw, which were left out
import-kind-unlisted = Chapters that the navigation of the tool hides, though their addresses work: they are listed here
import-kind-outside = Leads out of the book and was not followed
import-kind-dead-link = Links that lead nowhere, as in the book
import-kind-page-link = Links to pages that are no Markdown, which were not taken over
import-kind-missing-file = Pictures and files that are not there
import-kind-markup = Markup of the old tool, left as it is written
import-kind-dropped = Markup that only the old tool could run, taken out of the texts; each kind of it with its first place
import-kind-settings = Settings that are code or could not be read
import-kind-navigation = Entries of the navigation that are no chapter
import-kind-not-listed = Chapters that the navigation does not name
import-kind-outside-book = Chapters of the source outside of the book, which were not taken over
import-kind-redirect = Old addresses that could not be kept
import-kind-front-matter = Front matter that could not be taken as it is written
import-kind-kept-key = Keys of the front matter that are kept under extra
import-kind-decoded = Chapters that were not in UTF-8: see whether the words are right
import-kind-encoding = Chapters in an unknown character encoding, not read: save them as UTF-8
import-kind-unread = Files that were not read
import-kind-edited = Files that were edited and stay as they are
import-kind-edited-and-new = Files that were edited and stay, though the book has something new for them
import-kind-edited-and-withheld = Files that were edited and stay, though the book holds them back by now: readers see them until you hold them back (draft: true) or delete them
import-kind-edited-and-moved = Files that were edited and stay, though the book has them elsewhere by now: keep one of the two
import-kind-removed = Files that were removed and stay away
import-kind-gone = Files that stay, though their source is no longer in the book: readers see them until you delete them or hold them back
import-kind-taken = Files of others, in the place of what was to be written
import-kind-withdrawn = Files of an earlier import that nobody edited and the book has elsewhere or no longer: removed
import-kind-not-copied = Files that no chapter uses, which were not copied
import-kind-chapter = Chapters
import-kind-section = Pages made for sections
import-kind-asset = Pictures and files that were copied
import-kind-moved = Chapters that lie in another folder, as the navigation has it
import-kind-included = Texts that were inserted where they were included
import-kind-rewritten = Markup that was rewritten
import-kind-renamed-key = Keys of the front matter that have another name here
import-kind-link = Links that were rewritten
import-kind-old-address = Old addresses that lead on
import-kind-not-word = Files that are no Word documents
import-kind-old-format = Documents of an old format: save them as .docx
import-kind-encrypted = Documents with a password: save them without
import-kind-damaged = Damaged documents
import-kind-too-large = Documents that unpack to too much
import-kind-entities = Documents that declare XML entities, which Word never does
import-kind-empty = Documents without words, which became empty chapters
import-kind-document = Documents that became no chapter and that no chapter uses (PDF, spreadsheets, slides, plain text), which were not copied
import-kind-page = Pages of the tool that are no Markdown, which were not taken over
import-kind-word-inserted = Tracked insertions, taken as accepted
import-kind-word-deleted = Tracked deletions, taken as accepted
import-kind-word-comment = Comments, left out
import-kind-word-text-box = Text boxes, whose text follows the paragraph
import-kind-word-formula = Formulas, to be compared with the document
import-kind-word-header = Words in headers and footers, left out
import-kind-word-hidden = Hidden text, left out
import-kind-word-picture = Pictures that browsers do not show, or that are not in the file
import-kind-word-object = Charts, diagrams and objects, left out
import-kind-word-symbol = Signs of unknown fonts
import-kind-word-field = Lines of the control table or the revisions that no field takes
import-kind-word-contents = Tables of contents, left out: each page has its own
