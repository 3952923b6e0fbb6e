//! Applies the caching policy to a URL path, where no web server does it.

use super::policy::{BRIEF, DATE, HASH, HASHED, LONG};
use regex_lite::Regex;
use std::sync::LazyLock;

static IMMUTABLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("^{HASHED}(/.+)?{HASH}$")).ok());
static DATED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("{DATE}$")).ok());

/// Whether a URL path lies below one of the folders of names with a hash: most do not, and
/// the expression takes a hundred times as long to say so.
fn may_be_hashed(address: &str) -> bool {
    HASHED
        .trim_matches(['(', ')'])
        .split('|')
        .any(|folder| address.strip_prefix(folder).is_some_and(|rest| rest.starts_with(['/', '.'])))
}

fn matches(expression: &Option<Regex>, address: &str) -> bool {
    expression.as_ref().is_some_and(|expression| expression.is_match(address))
}

/// Whether the content of a URL path never changes, because its name contains a hash of it.
#[must_use]
pub fn is_immutable(address: &str) -> bool {
    may_be_hashed(address) && matches(&IMMUTABLE, address) && !matches(&DATED, address)
}

/// The header `Cache-Control` for a URL path; `private` for a site that not everyone may read, which
/// shared caches must not store.
#[must_use]
pub fn cache_control(address: &str, private: bool) -> String {
    match (is_immutable(address), private) {
        (true, true) => format!("private, {LONG}"),
        (true, false) => format!("public, {LONG}"),
        (false, true) => format!("private, {BRIEF}"),
        (false, false) => BRIEF.to_owned(),
    }
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
            assert!(is_immutable(kept), "{kept}");
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
            assert!(!is_immutable(asked), "{asked}");
            assert_eq!(cache_control(asked, false), "no-cache");
            assert_eq!(cache_control(asked, true), "private, no-cache");
        }
    }

    #[test]
    fn every_expression_of_the_policy_is_one() {
        assert!(IMMUTABLE.is_some() && DATED.is_some());
    }
}
