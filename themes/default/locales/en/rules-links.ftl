### Rules about what chapters refer to, and what refers to them.
### A rule has its message, and as attributes what `handbook explain` says of it. Further
### messages of a rule stand below it.

alias-conflict =
    .summary = two chapters answer to one title or alias

broken-anchor =
    .summary = a link names an anchor that its chapter does not have

broken-image =
    .summary = an image's file does not exist

broken-link =
    .summary = a link's file does not exist

case-mismatch =
    .summary = a link differs from its file's name in case or Unicode form

dangling-clause =
    .summary = a reference names a clause that its chapter does not have

dead-link =
    .summary = an outside link leads nowhere (`--external`)

draft-target =
    .summary = a chapter refers to a draft, which is not published

duplicate-term =
    .summary = two entries of the glossary have one name

duplicate-url =
    .summary = two files would be published at one address

embed-cycle =
    .summary = a quotation would hold itself

moved-link =
    .summary = an outside link leads elsewhere for ever (`--external`)

orphan-chapter =
    .summary = nothing refers to a chapter, and no index but the tree lists it

outdated-target =
    .summary = a chapter in force refers to one that is superseded or retired

redirect-conflict =
    .summary = an address under `redirect_from` is already taken

reserved-url =
    .summary = a folder has the name of a generated index, which was moved aside

unknown-document =
    .summary = no chapter has this id or title

unknown-title =
    .summary = a title in 《》 is neither a chapter nor an external reference

withheld-embed =
    .summary = a chapter shows the text of one that the audience may not see

withheld-successor =
    .summary = what superseded a chapter is withheld from the audience

withheld-target =
    .summary = a chapter links to one that the audience may not see

