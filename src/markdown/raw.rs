//! Authors' raw HTML: its attributes, read and rewritten without a parser of
//! the whole, since the stream gives it in fragments.

use super::anchor::is_own;
use crate::text::floor_boundary;
use std::ops::Range;

/// Whether an attribute's value, written in HTML, is an id of the page's own
/// parts. Of the references, only those by number give one of the characters that
/// such an id begins with.
pub(super) fn is_own_id(value: &str) -> bool {
    let (mut id, mut rest) = (String::new(), value);
    while id.len() < 3 && !rest.is_empty() {
        let (c, length) = first_char(rest);
        id.push(c);
        rest = &rest[length..];
    }
    is_own(&id)
}

/// The first character of a value, and how many bytes it is written in.
fn first_char(value: &str) -> (char, usize) {
    if let Some(number) = value.strip_prefix("&#") {
        let hex = number.starts_with(['x', 'X']);
        let digits = &number[usize::from(hex)..];
        let end = digits.find(|c: char| !c.is_digit(if hex { 16 } else { 10 })).unwrap_or(digits.len());
        let code = u32::from_str_radix(&digits[..end], if hex { 16 } else { 10 });
        if let Some(c) = code.ok().and_then(char::from_u32) {
            let length = 2 + usize::from(hex) + end;
            return (c, length + usize::from(value[length..].starts_with(';')));
        }
    }
    value.chars().next().map_or(('\0', 0), |c| (c, c.len_utf8()))
}

/// Calls `found` with tag, attribute, value and the value's place for each
/// attribute of each opening tag; names come in lower case.
pub(super) fn attributes(html: &str, mut found: impl FnMut(&str, &str, &str, Range<usize>)) {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|offset| at + offset) {
        if html[open..].starts_with("<!--") {
            at = html[open..].find("-->").map_or(html.len(), |offset| open + offset + 3);
            continue;
        }
        let name_end = end_of(bytes, open + 1, |byte| !byte.is_ascii_alphanumeric());
        if name_end == open + 1 {
            at = open + 1;
            continue;
        }
        let tag = html[open + 1..name_end].to_ascii_lowercase();
        at = tag_attributes(html, &tag, name_end, &mut found);
    }
}

/// Reads the attributes of one tag; gives the place behind it.
fn tag_attributes(
    html: &str,
    tag: &str,
    start: usize,
    found: &mut impl FnMut(&str, &str, &str, Range<usize>),
) -> usize {
    let bytes = html.as_bytes();
    let mut at = start;
    loop {
        at = end_of(bytes, at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        if at >= bytes.len() || bytes[at] == b'>' {
            return (at + 1).min(bytes.len());
        }
        let name_end =
            end_of(bytes, at + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/'));
        let name = html[at..name_end].to_ascii_lowercase();
        at = end_of(bytes, name_end, |byte| !byte.is_ascii_whitespace());
        if bytes.get(at) != Some(&b'=') {
            continue;
        }
        at = end_of(bytes, at + 1, |byte| !byte.is_ascii_whitespace());
        let value = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => at + 1..end_of(bytes, at + 1, |byte| byte == *quote),
            _ => at..end_of(bytes, at, |byte| byte.is_ascii_whitespace() || byte == b'>'),
        };
        at = if value.start > at { (value.end + 1).min(bytes.len()) } else { value.end };
        found(tag, &name, &html[value.clone()], value);
    }
}

fn end_of(bytes: &[u8], from: usize, stop: impl Fn(u8) -> bool) -> usize {
    let from = from.min(bytes.len());
    bytes[from..].iter().position(|byte| stop(*byte)).map_or(bytes.len(), |offset| from + offset)
}

/// Where places of a fragment lie in the file. A tag of several lines comes
/// without what marks its block at the beginning of each: indentation, `>`.
pub(super) struct Places<'a> {
    text: &'a str,
    span: Range<usize>,
    /// From which place of the fragment on how much was left out.
    left_out: Vec<(usize, usize)>,
}

impl<'a> Places<'a> {
    pub(super) fn new(html: &str, text: &'a str, span: &Range<usize>) -> Self {
        let source = text.get(span.clone()).unwrap_or_default();
        let mut left_out = Vec::new();
        if source != html {
            let (mut rest, mut skipped) = (source.chars(), 0);
            for (at, wanted) in html.char_indices() {
                let before = skipped;
                skipped += rest.by_ref().take_while(|c| *c != wanted).map(char::len_utf8).sum::<usize>();
                if skipped > before {
                    left_out.push((at, skipped));
                }
            }
        }
        Self { text, span: span.clone(), left_out }
    }

    pub(super) fn of(&self, at: Range<usize>) -> Range<usize> {
        let place = |at: usize, known: usize| {
            let skipped = known.checked_sub(1).map_or(0, |last| self.left_out[last].1);
            floor_boundary(self.text, (self.span.start + at + skipped).min(self.span.end))
        };
        let start = place(at.start, self.left_out.partition_point(|known| known.0 <= at.start));
        let end = place(at.end, self.left_out.partition_point(|known| known.0 < at.end));
        start..end.max(start)
    }
}

/// Where the name of the attribute begins whose value begins at `value`.
pub(super) fn name_of(html: &str, value: usize) -> usize {
    let before = html[..value].trim_end_matches(['"', '\'']).trim_end();
    let name = before.strip_suffix('=').unwrap_or(before).trim_end();
    name.rfind(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '"' | '\'')).map_or(0, |at| at + 1)
}

/// The place behind an attribute whose value ends at `end`.
pub(super) fn behind(html: &str, end: usize) -> usize {
    end + usize::from(matches!(html.as_bytes().get(end), Some(b'"' | b'\'')))
}

/// Whether a fragment is one comment and nothing else: it needs no sanitiser,
/// since it is simply not written.
pub(super) fn is_comment(html: &str) -> bool {
    let Some(inside) = html.trim().strip_prefix("<!--") else { return false };
    // `<!-->` and `<!--->` end at once (HTML 13.2.5.43): what follows is no comment.
    if inside.starts_with('>') || inside.starts_with("->") || inside.contains("--!>") {
        return false;
    }
    inside.find("-->").is_some_and(|end| end + 3 == inside.len())
}

/// Whether a fragment holds what a sanitiser takes away because it could run.
pub(super) fn is_unsafe(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    let tags = [
        "<script", "<iframe", "<object", "<embed", "<form", "<base", "<meta", "<link", "<style", "<svg",
        "<math",
    ];
    if tags.iter().any(|tag| lower.contains(tag)) {
        return true;
    }
    let mut bad = false;
    attributes(html, |_, name, value, _| {
        bad |= name.starts_with("on")
            || name == "style"
            || (matches!(name, "href" | "src" | "action" | "formaction") && !super::escape::is_safe(value));
    });
    bad
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_with_their_places() {
        let html = "<A HREF='x y' disabled class=b><!-- <a href=no> --><img src=\"p.png\"/></a";
        let mut all = Vec::new();
        attributes(html, |tag, name, value, at| {
            assert_eq!(&html[at], value);
            all.push(format!("{tag}.{name}={value}"));
        });
        assert_eq!(all, ["a.href=x y", "a.class=b", "img.src=p.png"]);
    }

    #[test]
    fn ids_of_the_page_are_known_however_they_are_written() {
        for value in ["Hb-search", "Hb-", "H&#98;-x", "&#x48;&#X62&#45x", "Hb&#45x", "Hb&#00045;"] {
            assert!(is_own_id(value), "{value}");
        }
        for value in
            ["", "H", "Hb", "hb-x", "HB-x", "Hb&hy", "H&#;b-", "&#99999999999;", " Hb-x", "&amp;Hb-", "字"]
        {
            assert!(!is_own_id(value), "{value}");
        }
    }

    #[test]
    fn an_attribute_is_taken_out_whole() {
        for html in [
            "<a class=b href='x y' id=c>",
            "<a href = \"x\">",
            "<a href=x>",
            "<a b='1'href=\"x\">",
            "<a href='x",
        ] {
            let mut left = String::new();
            attributes(html, |_, name, _, at| {
                if name == "href" {
                    left = format!("{}{}", &html[..name_of(html, at.start)], &html[behind(html, at.end)..]);
                }
            });
            assert!(
                !left.contains(['x', '=', '"']) || left.contains("class=b") || left.contains("b='1'"),
                "{left}"
            );
            assert!(!left.contains("href"), "{left}");
        }
    }

    #[test]
    fn comments_are_told_from_what_only_looks_like_one() {
        assert!(is_comment("<!-- INFO END -->\n"));
        for html in
            ["<!--><script>x</script>-->", "<!-- a --><b>-->", "<!---><b>-->", "<!-- a --!><b>-->", "<!-- a"]
        {
            assert!(!is_comment(html), "{html}");
        }
    }

    #[test]
    fn places_are_found_behind_what_the_parser_leaves_out() {
        let text = "é- <a\n  href=字 > ";
        let places = Places::new("<a\nhref=字 >", text, &(4..text.len()));
        assert_eq!(places.of(8..11), 14..17);
        assert_eq!(&text[14..17], "字");
        assert_eq!(places.of(0..2), 4..6);
        // What is not in the file has no place in it, but none that breaks a character.
        let places = Places::new("    <b>", "字\t<b>字", &(3..7));
        assert_eq!(places.of(4..7), 7..7);
    }

    #[test]
    fn broken_tags_do_not_hang() {
        for html in ["<", "<a", "<a =", "<a b='", "<a b=", "<a <b>", "<é x=1>", "<a é='ü"] {
            attributes(html, |_, _, _, _| {});
        }
    }
}
