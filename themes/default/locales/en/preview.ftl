### The preview: what its server says.

preview-change-failed = this change cannot be shown; please report the error above
preview-narrowed = who may see what has changed: others than this machine can reach this preview, so it shows only what everyone may see; start it again with --audience NAME
preview-theme-failed = theme error
preview-foreign-name = this preview does not answer to that name
preview-foreign-page = this preview answers only to its own pages
preview-editor-failed = the editor does not start: { $reason }

## --editor

preview-editor-unknown = give a command or link with {"{"}file{"}"} and {"{"}line{"}"}, e.g. "code -g {"{"}file{"}"}:{"{"}line{"}"}", or one of { $known }
preview-editor-link = a link to an editor begins with the editor's own scheme, e.g. vscode://
preview-editor-command = the command begins with the editor's program
preview-editor-quote = a quote is not closed
