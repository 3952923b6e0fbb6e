//! Escaping of text and addresses, in bulk.

/// Appends text with `&`, `<`, `>` and `"` escaped.
pub(super) fn text(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escaped);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Appends an address: characters that may not stand in one are
/// percent-encoded, what is encoded already stays.
pub(super) fn address(out: &mut String, address: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in address.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => out.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'?' | b'#' | b'@' | b'!' | b'$' | b'(' | b')'
            | b'*' | b'+' | b',' | b';' | b'=' | b'%' => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

/// Whether an address may be written: `javascript:`, `vbscript:`, `data:` and `file:` may
/// not, and `C:` is no scheme but a disk. Everything else may, `msteams:` too.
pub(super) fn is_safe(address: &str) -> bool {
    let scheme = scheme(address);
    scheme.is_none_or(|scheme| {
        scheme.len() > 1 && !matches!(scheme.as_str(), "javascript" | "vbscript" | "data" | "file")
    })
}

/// The scheme of an address, in lower case, however it is disguised by spaces and
/// control characters, which browsers skip in it (WHATWG URL, 4.4).
pub(super) fn scheme(address: &str) -> Option<String> {
    const LONGEST: usize = 40;
    let mut scheme = String::new();
    for c in address.chars() {
        match c {
            ':' => return (!scheme.is_empty()).then_some(scheme),
            c if c.is_whitespace() || c.is_control() => {}
            c if c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.') => {
                scheme.push(c.to_ascii_lowercase());
                if scheme.len() > LONGEST {
                    return None;
                }
            }
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disguised_schemes_are_found() {
        for bad in [
            "javascript:alert(1)",
            " JaVa\tScript:x",
            "\u{1}vbscript:x",
            "data:text/html,x",
            "C:\\x",
            "file:///x",
        ] {
            assert!(!is_safe(bad), "{bad}");
        }
        for good in ["https://a", "mailto:a@b", "a/javascript:b", "#javascript:x", "第一章.md", "msteams:/l"]
        {
            assert!(is_safe(good), "{good}");
        }
    }
}
