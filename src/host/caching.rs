//! Applies the caching policy to a URL path, where no web server does it.

use super::policy::{BRIEF, HASHED, LONG};

/// Whether the content of a URL path never changes, because its name contains a hash of it.
///
/// It is asked of every file of a site. That it agrees with the expressions that web servers
/// get (`HASHED`, `HASH` and `DATE` of the policy) is tested.
#[must_use]
pub fn is_immutable(address: &str) -> bool {
    let below = |folder: &str| {
        let rest = address.strip_prefix(folder)?;
        let named = |code: &Code| {
            let within = &rest[..code.separator];
            within.is_empty() || within.len() > 1 && within.starts_with('/')
        };
        let codes = codes(rest);
        let dated = codes.iter().flatten().any(|code| code.is_number);
        Some(!dated && codes.iter().flatten().any(named))
    };
    HASHED.trim_matches(['(', ')']).split('|').any(|folder| below(folder) == Some(true))
}

/// The end of a name that may be a hash.
struct Code {
    /// Where the `.` or `/` before it stands.
    separator: usize,
    /// Whether it holds decimal digits only, as a date does.
    is_number: bool,
}

/// The codes at the end of a name, and in front of its suffix.
fn codes(name: &str) -> [Option<Code>; 2] {
    let stem = name.rsplit_once('.').filter(|(_, suffix)| {
        !suffix.is_empty() && suffix.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9'))
    });
    [last_part(name), stem.and_then(|(stem, _)| last_part(stem))]
}

/// `.0a1b2c3d`, or ten digits and perhaps a number behind `-`.
fn last_part(name: &str) -> Option<Code> {
    let separator = name.rfind(['.', '/'])?;
    let part = &name[separator + 1..];
    let (digits, number) =
        part.split_once('-').map_or((part, None), |(digits, number)| (digits, Some(number)));
    let is_decimal = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_shaped = match number {
        Some(number) => digits.len() == 10 && !number.is_empty() && is_decimal(number),
        None => matches!(digits.len(), 8 | 10),
    };
    let is_hash = digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_shaped && is_hash).then(|| Code { separator, is_number: is_decimal(digits) })
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
    use super::super::policy::{DATE, HASH};
    use super::*;
    use regex_lite::Regex;

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
    fn what_the_builder_knows_is_what_servers_are_told() {
        let hashed = Regex::new(&format!("^{HASHED}(/.+)?{HASH}$")).expect("an expression");
        let dated = Regex::new(&format!("{DATE}$")).expect("an expression");
        let folders = [
            "assets",
            "previews",
            "search",
            "a",
            "",
            "assets/",
            "assets/x",
            "assetsx",
            "/assets",
            "search/文",
        ];
        let codes = [
            "0a1b2c3d",
            "20261124",
            "2026112401",
            "05987b1899",
            "0a1b2c3",
            "0A1B2C3D",
            "05987b1899-0",
            "2026112401-3",
            "0a1b2c3d-0",
            "05987b1899-",
            "05987b1899-x",
            "index",
            "",
            "0a1b2c3d.0a1b2c3d",
        ];
        let mut immutable = 0;
        for folder in folders {
            for name in ["", "/", "/x", "/x.", ".", "x.", "/x/"] {
                for code in codes {
                    for suffix in ["", ".js", ".JS", ".", ".js.gz", ".0a1b2c3d", ".20261124"] {
                        let address = format!("{folder}{name}{code}{suffix}");
                        let told = hashed.is_match(&address) && !dated.is_match(&address);
                        assert_eq!(is_immutable(&address), told, "{address}");
                        immutable += usize::from(told);
                    }
                }
            }
        }
        assert!(immutable > 100, "{immutable}");
    }
}
