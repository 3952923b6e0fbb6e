//! Media types of files, by the endings of their names.
//!
//! [`TEXTS`] is the table of texts. From it come the answers of the preview and of
//! an object store, the configurations of web servers (`host`), and which files get
//! compressed copies (`compress`). All other types are those of `mime_guess`. What a
//! browser may open as a document and run stands in `active`.

mod active;

pub use active::{expression, is_active_type};

use regex_lite::Regex;
use std::sync::LazyLock;

/// What is sent as a type that nobody knows: browsers save it and do not guess.
pub const UNKNOWN: &str = "application/octet-stream";

/// A type of texts.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Text {
    /// Endings of names in lower case, without their dots.
    pub endings: &'static [&'static str],
    /// The header `Content-Type`.
    pub kind: &'static str,
    /// Whether web servers do not know the type by themselves, and would send the
    /// file as something that browsers only save.
    pub rare: bool,
    /// Whether web servers are to compress it on the way where it has no compressed copy.
    pub packed: bool,
}

const fn known(endings: &'static [&'static str], kind: &'static str) -> Text {
    Text { endings, kind, rare: false, packed: true }
}

const fn rare(endings: &'static [&'static str], kind: &'static str) -> Text {
    Text { endings, kind, rare: true, packed: false }
}

/// All texts. A server must be told their types where it takes them from the name of
/// a compressed copy.
pub const TEXTS: &[Text] = &[
    known(&["html", "htm"], "text/html; charset=utf-8"),
    known(&["css"], "text/css; charset=utf-8"),
    known(&["js", "mjs"], "text/javascript; charset=utf-8"),
    known(&["json"], "application/json"),
    rare(&["map"], "application/json"),
    rare(&["webmanifest"], "application/manifest+json"),
    known(&["xml"], "text/xml; charset=utf-8"),
    Text { packed: false, ..known(&["xhtml"], "application/xhtml+xml") },
    known(&["svg"], "image/svg+xml"),
    known(&["txt"], "text/plain; charset=utf-8"),
    rare(&["yaml", "yml"], "text/plain; charset=utf-8"),
    rare(&["md", "markdown"], "text/markdown; charset=utf-8"),
    Text { packed: true, ..rare(&["csv"], "text/csv; charset=utf-8") },
    rare(&["tsv"], "text/tab-separated-values; charset=utf-8"),
    rare(&["ics"], "text/calendar; charset=utf-8"),
];

impl Text {
    /// The type without its parameters.
    #[must_use]
    pub fn bare(&self) -> &'static str {
        self.kind.split(';').next().unwrap_or_default()
    }

    /// Its endings as a regular expression that begins behind the dot.
    #[must_use]
    pub fn expression(&self) -> String {
        match self.endings {
            [ending] => (*ending).to_owned(),
            endings => format!("({})", endings.join("|")),
        }
    }

    /// Whether its type names the encoding.
    #[must_use]
    pub fn has_charset(&self) -> bool {
        self.kind != self.bare()
    }
}

static RUNS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"(?i)\.{}$", active::expression())).ok());

/// The row of a text, by its name; `None` for all else.
#[must_use]
pub fn text(name: &str) -> Option<&'static Text> {
    let (_, ending) = name.rsplit_once('.')?;
    let fits = |text: &&Text| text.endings.iter().any(|known| known.eq_ignore_ascii_case(ending));
    TEXTS.iter().find(fits)
}

/// The header `Content-Type` for a name.
#[must_use]
pub fn media_type(name: &str) -> &'static str {
    match text(name) {
        Some(text) => text.kind,
        None => mime_guess::from_path(name).first_raw().unwrap_or(UNKNOWN),
    }
}

/// Whether a browser that opens this file by itself might run what it holds.
#[must_use]
pub fn is_active(name: &str) -> bool {
    let kind = media_type(name);
    let runs = RUNS.as_ref().is_some_and(|endings| endings.is_match(name));
    runs || is_active_type(kind) || kind.starts_with("text/html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_ending_has_two_types() {
        let endings: Vec<_> = TEXTS.iter().flat_map(|text| text.endings).collect();
        assert_eq!(endings.iter().collect::<std::collections::BTreeSet<_>>().len(), endings.len());
        assert!(endings.iter().all(|ending| text(&format!("a.{}", ending.to_uppercase())).is_some()));
        assert!(RUNS.is_some());
    }

    #[test]
    fn texts_say_their_encoding() {
        assert_eq!(media_type("制度/a.HTML"), "text/html; charset=utf-8");
        assert_eq!(media_type("assets/a.0a1b2c3d.js"), "text/javascript; charset=utf-8");
        assert_eq!(media_type("表.csv"), "text/csv; charset=utf-8");
        assert_eq!(media_type("图.png"), "image/png");
        assert_eq!(media_type("a.pdf"), "application/pdf");
        assert_eq!(
            media_type("a.docx"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        );
        assert_eq!([media_type("LICENSE"), media_type("html")], [UNKNOWN, UNKNOWN]);
    }

    #[test]
    fn what_may_run_is_known() {
        assert!(is_active("a.svg") && is_active("a.XHTML") && is_active("a.html"));
        assert!(["a.kml", "b.rss", "c.XSLT", "d.mml", "e.atom", "f.mhtml"].into_iter().all(is_active));
        assert!(!is_active("a.png") && !is_active("svg"));
    }
}
