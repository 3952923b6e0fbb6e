### Rules about writing and publishing a site.
### A rule has its message, and as attributes what `handbook explain` says of it. Further
### messages of a rule stand below it.

changed-output =
    .summary = a file of the published site was changed by somebody else, and stays so

not-removed =
    .summary = a page that is no part of the site any more could not be removed

restricted-chapter =
    .summary = a site for everyone holds chapters that are for an audience only

site-audience =
    .summary = a site for more readers would take the place of one for fewer

site-content =
    .summary = a whole folder would take the place of a site made from content/

site-handbook =
    .summary = a site would take the place of another handbook's

site-shrinks =
    .summary = most chapters, or the last, would go from a site at once

