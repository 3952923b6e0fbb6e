### Rules about writing and publishing a site.
### A rule has its message, and as attributes what `handbook explain` says of it. Further
### messages of a rule stand below it.

changed-output = { $place } was changed since handbook wrote it, and would be overwritten
    .help = remove it, or move it away, and run this again
    .summary = a file of the published site was changed by somebody else, and stays so
    .explanation =
        The program remembers what it wrote into a folder or store. A file there holds something
        else now, so somebody changed it or put another in its place. What the program did not
        write it neither overwrites nor removes. It is always an error.

        Look at the file. If nobody needs it, remove it and run again; else keep it in another
        place.
    .example =
        Found:
            site/index.html holds a line that somebody added by hand.
        Instead:
            Write the line into content/index.md, remove site/index.html, and run
            `handbook build` again.
changed-output-left = { $place } is no part of the site any more, but was changed since handbook wrote it, so it was left
    .help = remove it, or move it away; to keep it there, take its entry out of { $manifest }

not-removed = { $path } is no part of the site any more and could not be removed: { $reason }
    .help = it can still be read there: remove it, or mend the right to write and run this again
    .summary = a page that is no part of the site any more could not be removed
    .explanation =
        A chapter was taken out of the handbook, or is withheld now, but its page still lies in
        the published folder, since the system did not let the program remove it. Readers can
        still open it. It is always an error.

        Remove the file yourself, or ask for the right to write in its folder, and run again.
    .example =
        Found:
            site/old.html belongs to another user.
        Instead:
            sudo rm site/old.html

restricted-chapter = this site holds { $number ->
        [one] { $number } chapter that is
       *[other] { $number } chapters that are
    } for certain audiences only, such as { $path }
    .help = build with --audience NAME or --all-audiences; if all who reach this site may read everything, write `restricted-chapter: off` under `checks:`
    .summary = a site for everyone holds chapters that are for an audience only
    .explanation =
        Some chapters say under `audience` that they are for some readers only, but the site was
        built without saying for whom, so it holds them all. A site has no locks of its own: who
        reaches it can read all of it. For `publish` this is an error.

        Build a site for each audience and put it where only its readers can reach it. If all
        who reach the site may read everything, turn this off.
    .example =
        Found:
            handbook build
        Instead:
            handbook build --all-audiences

site-audience = the site in { $place } was made for { $before }, and this run would put one for { $now } in its place
    .help = build with --audience { $audience }; if others may read the site too, run again with --replace
    .summary = a site for more readers would take the place of one for fewer
    .explanation =
        The folder or store holds a site for some readers, and this run would put one there that
        is for more or others. Those who can reach it today would see chapters that they must
        not. Mostly `--audience` was forgotten. It is always an error, and nothing was written.

        Build for the same audience. If the wider site is meant to stand there, say so with
        `--replace`.
    .example =
        Found:
            handbook build -o /srv/staff
        Instead:
            handbook build --audience staff -o /srv/staff
site-audience-inside = the site in { $place } was made for { $before }, and this run would put one for { $now } inside it
site-audience-includes =
    .help = this audience includes others than before; if that is meant, run again with --replace
site-audience-undeclared =
    .help = declare that audience again; if others may read the site too, run again with --replace
site-audience-unknown = it is not known for whom the site in { $place } was made
    .help = if it was for these readers or for more of them, run again with --replace, once
site-readers-all = everyone who reaches it
site-readers-audience = the audience `{ $audience }`
site-readers-undeclared = an audience that handbook.yaml does not declare

site-content = the site in { $place } was made from content/, which is gone: this run would publish the whole folder
    .help = bring content/ back; if the chapters now lie in the folder itself, run again with --replace
    .summary = a whole folder would take the place of a site made from content/
    .explanation =
        A project that has a folder content/ publishes what lies in it. The site that stands
        there was made so, but content/ is gone, and the program would take the whole folder for
        chapters, with whatever else lies there. It is always an error, and nothing was written.

        Look where content/ has gone. If the chapters were moved into the folder itself on
        purpose, say so with `--replace`.
    .example =
        Found:
            content/ was renamed to texts/.
        Instead:
            mv texts content

site-handbook = { $place } holds the site of another handbook: { $foreign } of its { $all } chapters are none of this one's
    .help = choose another folder or prefix; to put this handbook in its place, run again with --replace
    .summary = a site would take the place of another handbook's
    .explanation =
        The folder or store holds a site with another title, and most of its chapters are none
        of this handbook's. Mostly a target was copied from another project. It is always an
        error, and nothing was written.

        Choose a place of its own for each handbook. If this one is to take the place of the
        other, say so with `--replace`.
    .example =
        Found in the handbook of the Berlin office:
            publish: {"{"}target: "s3://docs/paris"{"}"}
        Instead:
            publish: {"{"}target: "s3://docs/berlin"{"}"}

site-shrinks = { $gone } of { $all } chapters would go from { $place } at once
    .help = look whether content/ is whole; if they are meant to go, run again with --shrink
    .summary = most chapters, or the last, would go from a site at once
    .explanation =
        This run would remove more than half of the published chapters, and at least twenty, or
        the last one. Mostly the folder was not copied as a whole, a drive is not connected, or
        all chapters became drafts. It is always an error, and nothing was written.

        Look whether all files are there. If the chapters are meant to go, say so with
        `--shrink`. A chapter whose file was renamed counts as gone, unless its `redirect_from`
        names the old address.
    .example =
        Found:
            Only 3 of 80 files were copied to the server.
        Instead:
            Copy all of content/, and run again.
