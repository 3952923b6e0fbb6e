### What `--help` says. `help-VERB` is a verb, `help-VERB-NAME` its option or argument,
### `help-program-…` what all verbs take, `help-value-…` what stands for a value.

help-heading-usage = Usage:{" "}
help-heading-commands = Commands:
help-heading-arguments = Arguments:
help-heading-options = Options:
help-usage-options = [OPTIONS]
help-usage-command = <COMMAND>
help-default = [default: { $value }]
help-possible-values = [possible values: { $values }]

help-value-dir = DIR
help-value-source = SOURCE
help-value-tool = TOOL
help-value-url = URL
help-value-name = NAME
help-value-yyyy-mm-dd = YYYY-MM-DD
help-value-lang = LANG
help-value-editor = EDITOR
help-value-path = PATH
help-value-address-port = [ADDRESS:]PORT
help-value-issuer = ISSUER
help-value-port = PORT
help-value-zone = ZONE
help-value-format = FORMAT
help-value-color = COLOR
help-value-limit = LIMIT
help-value-prefer = PREFER
help-value-days = DAYS
help-value-status = STATUS
help-value-chapter = CHAPTER
help-value-from = FROM
help-value-to = TO
help-value-version = VERSION
help-value-text = TEXT
help-value-title = TITLE
help-value-host = HOST
help-value-target = TARGET
help-value-query = QUERY
help-value-code = CODE
help-value-shell = SHELL
help-value-command = COMMAND

help-program = Turns a company's policy chapters into a searchable, cross-linked handbook
help-program-root = Folder of the handbook
help-program-output = Folder to write the site into [default: site, in the handbook's folder]
help-program-base-url = Absolute address of the published site; outweighs handbook.yaml
help-program-drafts = Publishes drafts too
help-program-audience = Only what this audience of handbook.yaml may see
help-program-date = Day the site is built for [default: today, or SOURCE_DATE_EPOCH]
help-program-format = How findings are printed
help-program-deny-warnings = Warnings count as errors
help-program-quiet = Prints findings only
help-program-verbose = Prints more: notes, sizes, what was reused
help-program-color = Colour
help-program-timings = Prints how long each stage took
help-program-cache = Folder in which colours of code, formulas and diagrams are kept for later runs; empty for none [default: HANDBOOK_CACHE, or handbook in the user's cache folder]
help-program-lang = Language of what is printed: zh or en [default: the handbook's]
help-program-help = Prints this help
help-program-version = Prints the version

help-init = Makes a new handbook in a folder
help-init-dir = Folder to make; must be empty or not exist

help-new = Makes a new chapter
help-new-path = File below content/, e.g. operations/travel.md
help-new-title = Title; default: made from the file's name

help-import = Makes a project of a book that was written for another tool
help-import-source = Folder of the book; never written to
help-import-dir = Folder to write the project into: new, empty, or of an earlier import
help-import-from = Tool that the book was written for [default: told by its files]

help-build = Writes the site
help-build-precompress = Writes .gz and .br beside texts over 1 KB, for servers that send them as they lie
help-build-all-audiences = Writes a site for each audience of handbook.yaml, each into a folder of its name in the output folder
help-build-replace = Puts the site in the place of one for fewer readers, of another handbook, or made from content/ where there is none any more
help-build-shrink = Lets more than half of the chapters go at once, or the last

help-publish = Writes the site into a folder or an object store; only what differs
help-publish-target = A folder, or s3://BUCKET/PREFIX; credentials come from the environment, e.g. AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY [default: publish.target of handbook.yaml]
help-publish-dry-run = Lists what would change, and writes nothing
help-publish-endpoint = Address of a store that speaks the protocol of S3, e.g. https://minio.example.com
help-publish-precompress = Stores texts compressed; in a folder, writes .gz and .br beside texts over 1 KB
help-publish-replace = { help-build-replace }
help-publish-shrink = { help-build-shrink }

help-check = Says what is wrong, and writes nothing
help-check-external = Asks the network whether links that lead outside still lead somewhere
help-check-all-audiences = Checks what each audience sees
help-check-due = Tells the reviews that are due within so many days, e.g. 30d, and those that are late; the exit status is 3 if there are any
help-check-fix = Mends what has only one reading: case and ending of links, moved files, full-width colons, forms of dates
help-check-dry-run = Shows what --fix would change, as a diff, and writes nothing

help-serve = Shows the site at an address of this machine and follows every change
help-serve-host = Address to listen at
help-serve-port = Port; the next free one is taken if it is in use
help-serve-open = Opens a browser
help-serve-follow = The browser goes to the chapter that is saved
help-serve-editor = Opens places in the editor: a name (code, cursor, zed, idea, vim ...), a command such as "code -g {"{"}file{"}"}:{"{"}line{"}"}", or a link such as vscode://file{"{"}file{"}"}:{"{"}line{"}"}
help-serve-allow-host = Another name that the preview answers to, e.g. of this machine in the network; may be given several times
help-serve-poll = Looks at the folder twice a second, for file systems that tell of no changes (network drives, some containers)

help-search = Searches the handbook
help-search-query = Words; in quotes also: '"exact phrase" -without title:word'
help-search-json = Prints the answer as JSON
help-search-prefer = put chapters of a department or role first among about equal ones: department=finance, role=…; may be written several times
help-search-limit = Chapters shown at most; 0 for all

help-list = Lists the controlled documents as a table, as csv or as json (--format)
help-list-status = Only those of this status, e.g. in_force; may be given several times
help-list-owner = Only those of this owner: a role, a department or a person
help-list-due = Only those to be reviewed within so many days, e.g. 60d, and those that are late

help-diff = Says what differs between two versions of a chapter, or between two commits (REV1..REV2) and what that touches, as text, html, github or json (--format)
help-diff-chapter = Its id, title or file; or two commits, as REV1..REV2
help-diff-from = The version before
help-diff-to = The version after; “working” or “draft” is the text in content/

help-digest = Prints the digest (SHA-256) of a chapter's text, as approvals name it
help-digest-chapter = Its id, title or file
help-value-file = FILE
help-audit = Makes the bundle for an auditor: register, texts in force, evidence (-o FILE.zip, --date)
help-audit-verify = Says whether a bundle is what the repository holds at the commit that it names
help-audit-replace = Replaces an earlier bundle of that name
help-release = Keeps the present text of a chapter as an edition in editions/, and tells of it in its revisions
help-release-chapter = Its id, title or file
help-release-version = The version that it becomes [default: that of the chapter]
help-release-effective = In force from [default: the chapter's date]
help-release-note = What changed
help-release-by = Who made the change

help-explain = Says what a finding means and what to do about it
help-explain-code = Code of the finding, e.g. unknown-role [default: lists all]

help-host = Prints or writes a configuration for a web server, a timer or CI
help-host-target = What the configuration is for
help-host-write = Writes the files into the handbook's folder, instead of printing them
help-host-into = Folder to write into [default: the handbook's folder]
help-host-name = What the site is called on the server: names its folders, service and container [default: made of title, base_url and audience]
help-host-site = Folder of the site on the server [default: /srv/handbook/NAME]
help-host-checkout = Folder of the handbook's sources on the server [default: /srv/handbook-source/NAME]
help-host-domain = Name of the server [default: that in base_url]
help-host-base = Path of the site on the server, e.g. /handbook/ [default: that in base_url, else /]
help-host-listen = Port, or address and port, to listen at [default: 80, or 443 with a certificate]
help-host-certificate = File of the server's certificate, on the server
help-host-key = File of the certificate's key, on the server
help-host-oidc = Lets only people in who have signed in with OpenID Connect, at this provider
help-host-oidc-port = Port of the server at which oauth2-proxy answers; a second site there needs another one
help-host-timezone = Time zone in which days begin, e.g. Asia/Shanghai; without a value that of the handbook's language [default: that of the machine that builds]
help-host-brotli = nginx has the module for .br files (Debian: libnginx-mod-http-brotli-static)
help-host-branch = Branch that is published
help-host-source = Git address of the program handbook, for targets that install it

help-completions = Prints a script that completes commands in a shell
help-completions-shell = The shell

help-help = Prints this help, or that of a command
help-help-command = The command
