//! Bare addresses in running text (GFM 0.29, section 6.9, extended autolinks).
//!
//! An address ends at a space or `<`, as GFM says, and also at the first
//! character beyond ASCII: `见https://example.com。` is followed by Chinese.

use super::Document;
use crate::text::floor_boundary;
use std::ops::Range;

/// Bytes of an address at most; a longer run is cut there.
const MAX_LENGTH: usize = 2_000;

/// The first bare address of a text at or behind `from`.
pub(super) fn find(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let start = at + memchr::memchr2(b'h', b'w', bytes.get(at..)?)?;
        at = start + 1;
        if !["https://", "http://", "www."].iter().any(|scheme| bytes[start..].starts_with(scheme.as_bytes()))
        {
            continue;
        }
        let before = text[..start].chars().next_back();
        // `xhttps://` is no address; Chinese may stand right before one.
        let free = before.is_none_or(|c| !c.is_ascii_alphanumeric());
        let end = start + length(&text[start..]);
        let host = text[start..end].trim_start_matches("https://").trim_start_matches("http://");
        let valid = host.starts_with(|c: char| c.is_ascii_alphanumeric())
            && host.contains('.')
            && !host.starts_with("www..");
        if free && valid {
            return Some(start..end);
        }
    }
}

/// How long the address is: punctuation at its end, and a closing bracket
/// without its opening one, do not belong to it.
fn length(text: &str) -> usize {
    let ends = |c: char| c.is_whitespace() || c == '<' || !c.is_ascii();
    let text = &text[..floor_boundary(text, MAX_LENGTH)];
    let mut end = text.find(ends).unwrap_or(text.len());
    let count = |bracket: char| text[..end].matches(bracket).count();
    let (mut closing, opening) = (count(')'), count('('));
    loop {
        match text.as_bytes()[..end].last() {
            Some(b')') if closing > opening => closing -= 1,
            Some(b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'"' | b'\'' | b';') => {}
            _ => return end,
        }
        end -= 1;
    }
}

/// The bare addresses in a chapter's running text that are shown as links, each
/// with its scheme, and their places.
#[must_use]
pub fn bare_addresses(document: &Document) -> Vec<(String, Range<usize>)> {
    let mut found = Vec::new();
    for span in document.running_text() {
        let piece = document.source().get(span.clone()).unwrap_or("");
        let mut done = 0;
        while let Some(place) = find(piece, done) {
            let written = &piece[place.clone()];
            let scheme = if written.starts_with("www.") { "http://" } else { "" };
            let start = span.start;
            found.push((format!("{scheme}{written}"), start + place.start..start + place.end));
            done = place.end.max(done + 1);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_readers_think() {
        let first = |text| find(text, 0).map(|place| &text[place]);
        assert_eq!(first("见https://example.com/a?b=c。后"), Some("https://example.com/a?b=c"));
        assert_eq!(first("(see www.example.com/x_(y))."), Some("www.example.com/x_(y)"));
        assert_eq!(first("http://a.b, c"), Some("http://a.b"));
        for text in ["https://", "xhttps://a.b", "www.", "http://。", "https:// a.b", "http://localhost"] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
