//! What the answer for one address says: the policy applied, where no web
//! server does it.

use super::policy::{BRIEF, DATE, HASH, HASHED, LONG};
use regex_lite::Regex;
use std::sync::LazyLock;

static KEPT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("^{HASHED}(/.+)?{HASH}$")).ok());
static DATED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("{DATE}$")).ok());

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
        assert!(KEPT.is_some() && DATED.is_some());
    }
}
