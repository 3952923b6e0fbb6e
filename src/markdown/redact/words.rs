//! Whether the words of a link are themselves its address.

use crate::text::fold;
use percent_encoding::percent_decode_str;

/// Whether words tell the destination of their link rather than something about it:
/// they are the destination, or hold it or the name of its file. A title is no
/// address; an author may write it as 《title》 too.
pub(super) fn tell(words: &str, destination: &str) -> bool {
    let words = plain(words);
    let words = words.trim_matches(|c: char| c.is_whitespace() || "《》〈〉<>\"'“”「」".contains(c));
    let path = destination.split(['#', '?']).next().unwrap_or("");
    let path = plain(path);
    let path = path.trim_matches('/');
    if words.is_empty() || path.is_empty() {
        return false;
    }
    if words == path || words == plain(destination) {
        return true;
    }
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rfind('.').map_or(file, |dot| &file[..dot]);
    let is_coded = |name: &str| {
        name.is_ascii() && name.len() > 2 && name.contains(|c: char| c.is_ascii_digit() || "-_".contains(c))
    };
    let is_path = |name: &str| name.contains(['/', '.']) || is_coded(name);
    [path, file].iter().any(|name| is_path(name) && words.contains(name)) || words == stem && is_coded(stem)
}

/// Words or an address as they are compared.
fn plain(text: &str) -> String {
    fold(&percent_decode_str(text).decode_utf8_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_words() {
        for (words, destination) in [
            ("sec/x.md", "sec/x.md"),
            (" X.MD ", "sec/x.md#a"),
            ("见 sec/x.md", "sec/x.md"),
            ("密/甲.md", "%E5%AF%86/%E7%94%B2.md"),
            ("甲.md", "密/甲.md"),
            ("https://a.b/x.html", "https://a.b/x.html"),
            ("SEC-007", "SEC-007#第一条"),
            ("《甲》", "甲"),
            ("pay-2026", "hr/pay-2026.md"),
        ] {
            assert!(tell(words, destination), "{words} {destination}");
        }
        for (words, destination) in [
            ("那个文件", "密/甲.md"),
            ("甲", "密/甲.md"),
            ("见甲", "甲"),
            ("", "x.md"),
            ("pay", "hr/pay.md"),
            ("x", "#x"),
        ] {
            assert!(!tell(words, destination), "{words} {destination}");
        }
    }
}
