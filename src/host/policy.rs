//! What every web server is told: headers, what may be kept, what is hidden.

use serde::Serialize;

/// What a page may load: its own site's files and nothing else.
pub(super) const PAGES: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What an attachment may do that a browser could run as a document: nothing.
/// `sandbox` takes it out of the site's origin, too. A picture in a page is
/// not touched by this; browsers run no script in those.
pub(super) const ATTACHMENTS: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// Endings of such attachments, as a regular expression.
pub(super) const ACTIVE: &str = "(svgz?|xml|xht|xhtml|xsl|mht|mhtml)";

/// Files that carry a hash of what they hold in their names, as a regular
/// expression from the site's root; those of search are named by it alone.
pub(super) const HASHED: &str = concat!(
    r"((assets|previews)/.+\.[0-9a-f]{8}(\.[a-z0-9]+)?",
    r"|search/(text/)?[0-9a-f]{10}(-[0-9]+)?\.js)"
);

/// An end that looks like it but may be a date or a number, as in an author's own
/// `assets/plan.20261124.pdf`. A hash of digits only is rare and is then
/// asked for anew, which does no harm.
pub(super) const DATE: &str = r"(\.[0-9]{8}(\.[a-z0-9]+)?|/[0-9]{10}(-[0-9]+)?\.js)";

/// How long browsers may keep what is hashed: a year.
pub(super) const LONG: &str = "max-age=31536000, immutable";

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

/// Ending and type of texts that may have compressed copies.
#[derive(Debug, Serialize)]
pub(super) struct Text {
    ending: &'static str,
    kind: &'static str,
}

/// The types that a server must be told where it takes them from the copy's name.
pub(super) const TEXTS: &[Text] = &[
    Text { ending: "html?", kind: "text/html; charset=utf-8" },
    Text { ending: "css", kind: "text/css; charset=utf-8" },
    Text { ending: "m?js", kind: "text/javascript; charset=utf-8" },
    Text { ending: "(json|map)", kind: "application/json" },
    Text { ending: "webmanifest", kind: "application/manifest+json" },
    Text { ending: "xml", kind: "text/xml; charset=utf-8" },
    Text { ending: "xhtml", kind: "application/xhtml+xml" },
    Text { ending: "svg", kind: "image/svg+xml" },
    Text { ending: "(txt|ya?ml)", kind: "text/plain; charset=utf-8" },
    Text { ending: "(md|markdown)", kind: "text/markdown; charset=utf-8" },
    Text { ending: "csv", kind: "text/csv; charset=utf-8" },
    Text { ending: "tsv", kind: "text/tab-separated-values; charset=utf-8" },
    Text { ending: "ics", kind: "text/calendar; charset=utf-8" },
];
