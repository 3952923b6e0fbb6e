//! The name of a site on a server: in paths of its folders, in names of its service and container, in
//! variables of its web server.
//!
//! Two handbooks, or two audiences of one, must have different names, and the same site must get the
//! same name each time.

use pinyin::ToPinyin;
use xxhash_rust::xxh3::xxh3_64;

/// Letters of a readable part at most.
const MAX_LETTERS: usize = 40;

/// A name made of what distinguishes a site: title, address and audience. The first part is readable;
/// the hash distinguishes what that does not.
pub(super) fn site_name(title: &str, address: Option<&str>, audience: Option<&str>) -> String {
    let mut readable = ascii_slug(title);
    readable.truncate(MAX_LETTERS);
    let mut parts = vec![readable.trim_end_matches('-').to_owned()];
    if let Some(audience) = audience {
        let mut readable = ascii_slug(audience);
        readable.truncate(MAX_LETTERS);
        parts.push(readable.trim_end_matches('-').to_owned());
    }
    // A site is the same with and without TLS.
    let address = address.map(|address| address.split_once("://").map_or(address, |(_, rest)| rest));
    let key = format!("{title}\n{}\n{}", address.unwrap_or(""), audience.unwrap_or(""));
    parts.push(format!("{:06x}", xxh3_64(key.as_bytes()) & 0xFF_FFFF));
    parts.retain(|part| !part.is_empty());
    parts.join("-")
}

/// Whether a text may be such a name, which stands unquoted in every configuration.
pub(super) fn is_name(name: &str) -> bool {
    name.len() <= 100
        && name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && !name.ends_with('-')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// ASCII letters and digits, Chinese as pinyin, `-` for everything else.
fn ascii_slug(text: &str) -> String {
    let mut name = String::new();
    let part = |name: &mut String| {
        if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    };
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if let Some(syllable) = c.to_pinyin() {
            part(&mut name);
            name.extend(syllable.plain().chars().filter(char::is_ascii_lowercase));
            part(&mut name);
        } else {
            part(&mut name);
        }
    }
    name.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_can_be_read_and_stand_everywhere() {
        assert!(
            site_name("员工手册 2026", None, Some("管理层"))
                .starts_with("yuan-gong-shou-ce-2026-guan-li-ceng-")
        );
        assert!(site_name("Staff  Handbook!", None, None).starts_with("staff-handbook-"));
        for title in ["", "《》", "-", "手册", "a\nb", "Ünïcode", "𠀀", &"长".repeat(500)] {
            for audience in [None, Some("董事会"), Some("a.b_c")] {
                assert!(is_name(&site_name(title, None, audience)), "{title} {audience:?}");
            }
        }
        for bad in ["", "-a", "a-", "A", "a_b", "a.b", "手册", "a b", "a/b"] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn different_sites_have_different_names_and_the_same_one_the_same() {
        let all = [
            site_name("手册", None, None),
            site_name("守册", None, None),
            site_name("手册", Some("https://a/"), None),
            site_name("手册", Some("https://b/"), None),
            site_name("手册", Some("https://a/hr/"), None),
            site_name("手册", None, Some("staff")),
            site_name("手册", None, Some("managers")),
            site_name("手册 staff", None, None),
        ];
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len(), "{all:?}");
        assert_eq!(site_name("手册", Some("https://a/"), None), site_name("手册", Some("http://a/"), None));
    }
}
