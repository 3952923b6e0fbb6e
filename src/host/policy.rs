//! What every web server is told: headers, what may be kept, what is hidden.

use serde::Serialize;

/// What a page may load: its own site's files and nothing else.
pub(super) const PAGES: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What an attachment may do that a browser could run as a document: nothing.
/// `sandbox` takes it out of the site's origin, too. A picture in a page is
/// not touched by this; browsers run no script in those.
pub(super) const ATTACHMENTS: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// Media types of such attachments, as a regular expression; `media` has their
/// endings. Both are asked: an answer without a body (304) may have no type.
pub(super) const ACTIVE_TYPE: &str = "[/+](xml|xsl) *(;|$)";

/// Folders beginning with a dot whose files a site may hold, behind that dot; all others
/// are hidden. `disk::name` has the same.
pub(super) const SHOWN_FOLDERS: &str =
    "(gitbook/assets|vuepress/public|vitepress/public|attachments|assets|images)";

/// Folders whose files carry a hash of what they hold in their names.
pub(super) const HASHED: &str = "(assets|previews|search)";

/// The end of a name with a hash: `.` and eight digits, or, in the search index,
/// a name of ten and perhaps a number.
pub(super) const HASH: &str = r"[./][0-9a-f]{8}([0-9a-f]{2}(-[0-9]+)?)?(\.[a-z0-9]+)?";

/// An end that looks like it but may be a date, as in an author's own
/// `assets/plan.20261124.pdf`. A hash of digits only is rare and is then
/// asked for anew, which does no harm.
pub(super) const DATE: &str = r"[./][0-9]{8}([0-9]{2}(-[0-9]+)?)?(\.[a-z0-9]+)?";

/// How long browsers may keep what is hashed: a year.
pub(super) const LONG: &str = "max-age=31536000, immutable";

/// What they do with all else: ask each time, which costs an answer of no bytes
/// as long as the file is the same.
pub(super) const BRIEF: &str = "no-cache";

/// Headers of every answer, by name.
#[derive(Debug, Serialize)]
pub(super) struct Header {
    name: &'static str,
    value: &'static str,
}

/// The headers that are the same for every file.
pub(super) const HEADERS: &[Header] = &[
    Header { name: "X-Content-Type-Options", value: "nosniff" },
    Header { name: "X-Frame-Options", value: "DENY" },
    Header { name: "Referrer-Policy", value: "same-origin" },
    // The site's data are scripts, and a foreign page may load a script of any
    // site with its reader's cookies, unless told otherwise.
    Header { name: "Cross-Origin-Resource-Policy", value: "same-origin" },
];
