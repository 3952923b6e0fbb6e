//! The policy of all web servers: headers, caching, hidden files.

use serde::Serialize;

/// Content security policy of pages: they load files of their own site and nothing else.
pub(super) const PAGES: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Content security policy of attachments that a browser could run as a document: they may do
/// nothing. `sandbox` also takes them out of the site's origin. Images in a page are not affected,
/// since browsers run no scripts in those.
pub(super) const ATTACHMENTS: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// Media types of such attachments, as a regular expression; `media` has their endings. Both are
/// checked, since a response without a body (304) may have no type.
pub(super) const ACTIVE_TYPE: &str = "[/+](xml|xsl) *(;|$)";

/// Folders beginning with a dot whose files a site may hold, behind that dot; all others
/// are hidden. `disk::name` has the same.
pub(super) const SHOWN_FOLDERS: &str =
    "(gitbook/assets|vuepress/public|vitepress/public|attachments|assets|images)";

/// Folders whose files have a hash of their content in their names.
pub(super) const HASHED: &str = "(assets|previews|search)";

/// The end of a name with a hash: `.` and eight digits, or, in the search index, ten digits and
/// perhaps a number.
pub(super) const HASH: &str = r"[./][0-9a-f]{8}([0-9a-f]{2}(-[0-9]+)?)?(\.[a-z0-9]+)?";

/// An end that looks like a hash but may be a date, as in an author's own
/// `assets/plan.20261124.pdf`. A hash of decimal digits only is rare; such a file is revalidated each
/// time, which does no harm.
pub(super) const DATE: &str = r"[./][0-9]{8}([0-9]{2}(-[0-9]+)?)?(\.[a-z0-9]+)?";

/// Caching of names with a hash: a year.
pub(super) const LONG: &str = "max-age=31536000, immutable";

/// Caching of all other names: browsers revalidate each time, which costs an empty response while the
/// file is the same.
pub(super) const BRIEF: &str = "no-cache";

/// A header.
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
    // The site's data are scripts, and by default a foreign page may load scripts of any site with
    // its reader's cookies.
    Header { name: "Cross-Origin-Resource-Policy", value: "same-origin" },
];
