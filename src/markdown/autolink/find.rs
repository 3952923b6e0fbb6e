//! Where an address begins and ends in running text (GFM 0.29, section 6.9).
//!
//! Web addresses begin with `http://`, `https://`, `ftp://` or `www.`, mail addresses
//! stand as they are or behind `mailto:` or `xmpp:`. Chinese has no spaces, so an
//! address may directly follow a Han character, and it ends before Han characters and
//! full-width signs.

use crate::text::{floor_boundary, is_cjk};
use std::ops::Range;

/// Bytes of an address at most; a longer run is cut there.
const LONGEST: usize = 8_192;

/// Bytes of a host or of a mailbox's name at most (RFC 1035, section 2.3.4).
const LONGEST_NAME: usize = 255;

/// A bare address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::markdown) struct Address {
    pub(in crate::markdown) place: Range<usize>,
    /// What a link needs before what is written.
    pub(in crate::markdown) scheme: &'static str,
}

/// The first bare address of a text that begins at `from` or behind it.
pub(in crate::markdown) fn find(text: &str, from: usize) -> Option<Address> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let sign = at + memchr::memchr3(b':', b'w', b'@', bytes.get(at..)?)?;
        at = sign + 1;
        let found = match bytes[sign] {
            b':' => web(text, from, sign),
            b'w' => www(text, from, sign),
            _ => mail(text, from, sign),
        };
        if found.is_some() {
            return found;
        }
    }
}

/// An address whose scheme ends at `colon`.
fn web(text: &str, from: usize, colon: usize) -> Option<Address> {
    let rest = text[colon..].strip_prefix("://")?;
    let letters = text[from..colon].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let scheme = &text[colon - letters..colon];
    ["http", "https", "ftp"].iter().find(|known| scheme.eq_ignore_ascii_case(known))?;
    rest.chars().next().filter(|first| first.is_alphanumeric() && !is_cjk(*first))?;
    domain(rest)?;
    let start = colon - letters;
    Some(Address { place: start..start + length(&text[start..]), scheme: "" })
}

fn www(text: &str, from: usize, start: usize) -> Option<Address> {
    let rest = text[start..].strip_prefix("www.")?;
    let before = text[from..start].chars().next_back();
    let free = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(' | '[') || is_sign(c);
    if !before.is_none_or(free) || !rest.starts_with(|c: char| c.is_alphanumeric() && !is_cjk(c)) {
        return None;
    }
    domain(rest).filter(|dots| *dots > 0)?;
    let place = start..start + length(&text[start..]);
    (place.len() > "www.".len()).then_some(Address { place, scheme: "http://" })
}

/// How many dots the host has that a text begins with; `None` where it is no host.
fn domain(text: &str) -> Option<usize> {
    let (mut dots, mut scores, mut scores_before) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        match c {
            _ if at > LONGEST_NAME => return None,
            '_' => scores += 1,
            '.' => {
                (scores_before, scores) = (scores, 0);
                dots += 1;
            }
            '-' => {}
            c if c.is_alphanumeric() && !is_cjk(c) => {}
            _ => break,
        }
    }
    // No underscores in the last two parts.
    (scores + scores_before == 0 || dots > 10).then_some(dots)
}

/// Whether a character ends an address, and may stand right before one: Han, kana and
/// signs that are wide in Chinese.
fn is_sign(c: char) -> bool {
    is_cjk(c) || matches!(c, '\u{2010}'..='\u{205E}' | '\u{2066}'..='\u{2069}')
}

/// How long the address is: punctuation at its end, and a closing bracket without its
/// opening one, do not belong to it.
fn length(text: &str) -> usize {
    let text = &text[..floor_boundary(text, LONGEST)];
    let mut end = text.find(|c: char| c.is_whitespace() || c == '<' || is_sign(c)).unwrap_or(text.len());
    let count = |bracket: char| text[..end].matches(bracket).count();
    let mut round = count(')').saturating_sub(count('('));
    let mut square = count(']').saturating_sub(count('['));
    let bytes = text.as_bytes();
    while let Some(last) = end.checked_sub(1) {
        match bytes[last] {
            b')' if round > 0 => round -= 1,
            b']' if square > 0 => square -= 1,
            b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'"' | b'\'' => {}
            b';' => {
                // What looks like an entity goes as a whole.
                let name = bytes[..last].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
                let and = (last - name).checked_sub(1).filter(|and| name > 0 && bytes[*and] == b'&');
                end = and.unwrap_or(last);
                continue;
            }
            _ => break,
        }
        end = last;
    }
    end
}

/// A mail address around an `@`.
fn mail(text: &str, from: usize, at: usize) -> Option<Address> {
    let bytes = text.as_bytes();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-' | b'_');
    let name = bytes[from..at].iter().rev().take(LONGEST_NAME).take_while(|byte| is_name(byte)).count();
    if name == 0 {
        return None;
    }
    let before = &text[from..at - name];
    let behind = |scheme: &str| {
        let letters = before.strip_suffix(scheme)?;
        (!letters.ends_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme.len())
    };
    let (written, is_chat) = match (behind("mailto:"), behind("xmpp:")) {
        (Some(length), _) => (length, false),
        (None, Some(length)) => (length, true),
        (None, None) => (0, false),
    };
    let rest = &bytes[at + 1..];
    let (mut end, mut dots) = (0, 0);
    while let Some(byte) = rest.get(end).filter(|_| end < LONGEST_NAME) {
        match byte {
            b'@' => return None,
            b'.' if rest.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) => dots += 1,
            b'/' if is_chat => {}
            b'-' | b'_' => {}
            byte if byte.is_ascii_alphanumeric() => {}
            _ => break,
        }
        end += 1;
    }
    if dots == 0 || !end.checked_sub(1).is_some_and(|last| rest[last].is_ascii_alphabetic()) {
        return None;
    }
    let scheme = if written == 0 { "mailto:" } else { "" };
    Some(Address { place: at - name - written..at + 1 + end, scheme })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (mut found, mut from) = (Vec::new(), 0);
        while let Some(Address { place, .. }) = find(text, from) {
            from = place.end;
            found.push(&text[place]);
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn addresses_end_where_readers_think() {
        check("见https://example.com/a?b=c。后", &["https://example.com/a?b=c"]);
        check("(see www.example.com/x_(y)).", &["www.example.com/x_(y)"]);
        check("http://a.b, c", &["http://a.b"]);
        check("[https://a.b/c], [x]", &["https://a.b/c"]);
        check("https://fr.wikipedia.org/wiki/Café_crème!", &["https://fr.wikipedia.org/wiki/Café_crème"]);
        check("“https://a.b/c”—https://d.e/f…", &["https://a.b/c", "https://d.e/f"]);
        check("请看www.a.com，或ftp://b.c/d（旧）", &["www.a.com", "ftp://b.c/d"]);
        check("https://a.b/c&copy; https://a.b/?c&d;", &["https://a.b/c", "https://a.b/?c"]);
        for text in ["https://", "xhttps://a.b", "www.", "http://。", "https:// a.b", "xwww.a.b", "www.a_b"]
        {
            check(text, &[]);
        }
    }

    #[test]
    fn mail_addresses_are_found() {
        check("写信给hr@example.com。", &["hr@example.com"]);
        check("a.b-c_d+e@f-g.com, h", &["a.b-c_d+e@f-g.com"]);
        check("mailto:a@b.co xmpp:a@b.co/c ", &["mailto:a@b.co", "xmpp:a@b.co/c"]);
        for text in ["a@b", "@b.co", "a@b.co-", "a@b.co_", "a@b@"] {
            check(text, &[]);
        }
        check("a@b.co.", &["a@b.co"]);
    }
}
