//! From a file's bytes to its text, and what is wrong with them.
//!
//! Files come from many editors. What is not UTF-8 is named as what it most
//! likely is, and read as far as it can be, so that the preview shows something.

use crate::diagnostic::Diagnostic;
use crate::message;
use crate::rule::Rule;
use std::sync::Arc;

/// Bytes without the byte order mark that they may begin with.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// The text of a file, without a byte order mark, and whether it is damaged:
/// characters that cannot be read, and NUL, which no text holds, become U+FFFD. A diagnostic
/// of `rule` says so.
pub(super) fn decode(
    bytes: Vec<u8>,
    shown: &Arc<str>,
    rule: &'static Rule,
    diagnostics: &mut Vec<Diagnostic>,
) -> (String, bool) {
    let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    match String::from_utf8(bytes) {
        Ok(text) => match memchr::memchr(0, text.as_bytes()) {
            Some(at) => {
                let line = line_of(text.as_bytes(), at);
                let (message, help) = match guess_encoding(text.as_bytes()) {
                    Encoding::Utf16 => {
                        (message!("encoding-utf-16-nul", line = line), message!("encoding-other.help"))
                    }
                    _ => (message!("encoding-nul", line = line), message!("encoding-nul.help")),
                };
                diagnostics.push(Diagnostic::new(rule, message).at(shown, at..at).help(help));
                (text.replace('\0', "\u{FFFD}"), true)
            }
            None => (text, false),
        },
        Err(error) => {
            let bytes = error.as_bytes();
            let at = error.utf8_error().valid_up_to();
            let line = line_of(bytes, at);
            let message = match guess_encoding(bytes) {
                Encoding::Utf16 => message!("encoding-utf-16", line = line),
                Encoding::Gbk => message!("encoding-gbk", line = line),
                Encoding::Other => message!("encoding-other", line = line),
            };
            let lossy = String::from_utf8_lossy(bytes).replace('\0', "\u{FFFD}");
            diagnostics
                .push(Diagnostic::new(rule, message).at(shown, at..at).help(message!("encoding-other.help")));
            (lossy, true)
        }
    }
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// What a text that is not UTF-8 most likely is.
#[derive(Debug, PartialEq, Eq)]
enum Encoding {
    Utf16,
    Gbk,
    Other,
}

fn guess_encoding(bytes: &[u8]) -> Encoding {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Encoding::Utf16;
    }
    let nul = bytes.iter().take(4096).filter(|byte| **byte == 0).count();
    if nul * 4 > bytes.len().min(4096) {
        return Encoding::Utf16;
    }
    if looks_like_gbk(bytes) { Encoding::Gbk } else { Encoding::Other }
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
        assert_eq!(guess_encoding(b"\xFF\xFEa\0"), Encoding::Utf16);
        assert_eq!(guess_encoding(b"\xd6\xc6\xb6\xc8 ok"), Encoding::Gbk);
        assert_eq!(guess_encoding(b"caf\xe9"), Encoding::Other);
    }
}
