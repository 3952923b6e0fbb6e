//! From a file's bytes to its text, and what is wrong with them.
//!
//! Files come from many editors. What is not UTF-8 is named as what it most
//! likely is, and read as far as it can be, so that the preview shows something.

use crate::diagnostic::Diagnostic;
use crate::rule;
use std::sync::Arc;

/// The text of a file, without a byte order mark, and whether it is damaged:
/// characters that cannot be read, and NUL, which no text holds, become U+FFFD.
pub(super) fn decode(bytes: Vec<u8>, shown: &Arc<str>, found: &mut Vec<Diagnostic>) -> (String, bool) {
    let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    let help = "save the file as UTF-8 (in Notepad: Save as, Encoding: UTF-8)";
    match String::from_utf8(bytes) {
        Ok(text) => match memchr::memchr(0, text.as_bytes()) {
            Some(at) => {
                let utf16 = guess_encoding(text.as_bytes()) == "UTF-16";
                let words = if utf16 { "is UTF-16, not UTF-8" } else { "holds a NUL character" };
                let line = line_of(text.as_bytes(), at);
                let wrong = Diagnostic::new(&rule::ENCODING, format!("the text {words} (line {line})"))
                    .at(shown, at..at)
                    .help(if utf16 { help } else { "remove it; a file with NUL is mostly no text at all" });
                found.push(wrong);
                (text.replace('\0', "\u{FFFD}"), true)
            }
            None => (text, false),
        },
        Err(error) => {
            let bytes = error.as_bytes();
            let at = error.utf8_error().valid_up_to();
            let (name, line) = (guess_encoding(bytes), line_of(bytes, at));
            let message = format!("the text is {name}, not UTF-8 (first wrong byte in line {line})");
            let lossy = String::from_utf8_lossy(bytes).replace('\0', "\u{FFFD}");
            found.push(Diagnostic::new(&rule::ENCODING, message).at(shown, at..at).help(help));
            (lossy, true)
        }
    }
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// A name for an encoding that is not UTF-8.
fn guess_encoding(bytes: &[u8]) -> &'static str {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return "UTF-16";
    }
    let nul = bytes.iter().take(4096).filter(|byte| **byte == 0).count();
    if nul * 4 > bytes.len().min(4096) {
        return "UTF-16";
    }
    if looks_like_gbk(bytes) { "probably GBK (GB 18030)" } else { "in another encoding" }
}

/// Whether all bytes above ASCII come in the pairs of GBK.
fn looks_like_gbk(bytes: &[u8]) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] < 0x80 {
            at += 1;
            continue;
        }
        let second = bytes.get(at + 1).copied().unwrap_or(0);
        if !(0x81..=0xFE).contains(&bytes[at]) || !(0x30..=0xFE).contains(&second) || second == 0x7F {
            return false;
        }
        at += 2;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_named() {
        assert_eq!(guess_encoding(b"\xFF\xFEa\0"), "UTF-16");
        assert_eq!(guess_encoding(b"\xd6\xc6\xb6\xc8 ok"), "probably GBK (GB 18030)");
    }
}
