//! What the answer for one address says: the policy applied, where no web
//! server does it.

use super::active::{self, is_active_type};
use super::policy::{BRIEF, DATE, HASH, HASHED, LONG, TEXTS};
use regex_lite::Regex;
use std::sync::LazyLock;

/// Words for what no list knows: browsers save it and do not guess.
const UNKNOWN: &str = "application/octet-stream";

static KEPT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("^{HASHED}(/.+)?{HASH}$")).ok());
static DATED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("{DATE}$")).ok());
static RUNS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"(?i)\.{}$", active::expression())).ok());
static KINDS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let kinds = TEXTS.iter().map(|text| (Regex::new(&format!(r"(?i)\.{}$", text.ending)), text.kind));
    kinds.filter_map(|(ending, kind)| Some((ending.ok()?, kind))).collect()
});

fn fits(expression: &Option<Regex>, address: &str) -> bool {
    expression.as_ref().is_some_and(|expression| expression.is_match(address))
}

/// Whether what stands at this address never changes: its name holds a hash of it.
#[must_use]
pub fn is_kept(address: &str) -> bool {
    fits(&KEPT, address) && !fits(&DATED, address)
}

/// The header `Cache-Control` for an address; `private` for a site that not
/// everyone may read, which no cache of several people's must keep.
#[must_use]
pub fn cache_control(address: &str, private: bool) -> String {
    match (is_kept(address), private) {
        (true, true) => format!("private, {LONG}"),
        (true, false) => format!("public, {LONG}"),
        (false, true) => format!("private, {BRIEF}"),
        (false, false) => BRIEF.to_owned(),
    }
}

/// The header `Content-Type` for an address, by its ending.
#[must_use]
pub fn media_type(address: &str) -> String {
    if let Some((_, kind)) = KINDS.iter().find(|(ending, _)| ending.is_match(address)) {
        return (*kind).to_owned();
    }
    mime_guess::from_path(address).first_raw().unwrap_or(UNKNOWN).to_owned()
}

/// Whether a browser that opens this file by itself might run what it holds.
#[must_use]
pub fn is_active(address: &str) -> bool {
    let kind = media_type(address);
    fits(&RUNS, address) || is_active_type(&kind) || kind.starts_with("text/html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_are_kept_and_dates_are_none() {
        for kept in [
            "assets/style.0a1b2c3d.css",
            "previews/03.0a1b2c3d.js",
            "search/05987b1899.js",
            "search/text/8904ee13cb-0.js",
        ] {
            assert!(is_kept(kept), "{kept}");
            assert_eq!(cache_control(kept, false), "public, max-age=31536000, immutable");
            assert_eq!(cache_control(kept, true), "private, max-age=31536000, immutable");
        }
        for asked in [
            "a/style.0a1b2c3d.css",
            "assets/plan.20261124.pdf",
            "assets/2026112401.pdf",
            "previews/manifest.js",
            "search/index.js",
            "index.html",
        ] {
            assert!(!is_kept(asked), "{asked}");
            assert_eq!(cache_control(asked, false), "no-cache");
            assert_eq!(cache_control(asked, true), "private, no-cache");
        }
    }

    #[test]
    fn every_expression_of_the_policy_is_one() {
        assert!(KEPT.is_some() && DATED.is_some() && RUNS.is_some());
        assert_eq!(KINDS.len(), TEXTS.len());
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
