//! Places in a text: byte spans, and the lines and columns people count.
//!
//! Everything inside the program speaks of byte offsets into the file as it
//! lies on the disk; only the printer turns them into lines and columns, with
//! a [`LineIndex`] made when a diagnostic is to be shown.

mod han;
mod pattern;

pub use han::{fold_han, traditional};
pub use pattern::Patterns;

use pinyin::ToPinyin as _;
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A half-open range of byte offsets into a source file.
pub type Span = Range<usize>;

/// A line and a column, both counted from one; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
}

/// Where each line of a text begins.
#[derive(Debug, Clone)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Reads through `text` once. A lone CR ends a line too, as in CommonMark and YAML.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        let starts = std::iter::once(0).chain(ends.map(|at| at + 1)).collect();
        Self { text, starts }
    }

    /// The line and column of a byte offset; offsets past the end, or inside
    /// a character, give the nearest place before them.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor_boundary(self.text, offset);
        let line = self.line_of(offset) - 1;
        let column = self.text[self.starts[line]..offset].chars().count();
        Position { line: line + 1, column: column + 1 }
    }

    /// The line of a byte offset, from one.
    #[must_use]
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).max(1)
    }

    /// The text of a line counted from one, without its line break.
    #[must_use]
    pub fn line(&self, line: usize) -> &'a str {
        let span = self.line_span(line);
        self.text[span].trim_end_matches(['\r', '\n'])
    }

    /// The byte span of a line counted from one, its line break included.
    #[must_use]
    pub fn line_span(&self, line: usize) -> Span {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        start..end
    }

    /// The byte offset of a line and column as parsers report them, both from one.
    #[must_use]
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let span = self.line_span(line);
        let start = span.start;
        self.text[span]
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or_else(|| start + self.line(line).len(), |(at, _)| start + at)
    }
}

/// The greatest character boundary of `text` not after `offset`.
#[must_use]
pub fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Whether a character is written without spaces between words in Chinese or
/// Japanese text: Han, kana, and the punctuation that goes with them.
#[must_use]
pub fn is_cjk(character: char) -> bool {
    matches!(character,
        '\u{2E80}'..='\u{2FFF}' | '\u{3000}'..='\u{303F}' | '\u{3040}'..='\u{30FF}'
        | '\u{3100}'..='\u{312F}' | '\u{31A0}'..='\u{31FF}' | '\u{3200}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The names that a text lists with marks between them that YAML takes for letters
/// (采购部、财务部), perhaps in brackets of an input method; `None` where it is one name.
#[must_use]
pub fn listed(text: &str) -> Option<Vec<&str>> {
    let pairs = [('【', '】'), ('［', '］')];
    let inner =
        pairs.into_iter().find_map(|(open, close)| text.trim().strip_prefix(open)?.strip_suffix(close));
    let parts = inner.unwrap_or(text).split(['、', '，', '；', ',', ';']).map(str::trim);
    let names: Vec<&str> = parts.filter(|name| !name.is_empty()).collect();
    (names.len() > 1).then_some(names)
}

/// How Chinese words are pronounced, which is how most people type them.
#[must_use]
pub fn sound(word: &str) -> Vec<Option<&'static str>> {
    word.chars().map(|c| c.to_pinyin().map(pinyin::Pinyin::plain)).collect()
}

/// Whether a character turns the direction of writing for what follows it, so
/// that a name may be read as another: embeddings, overrides and isolates (UAX 9).
/// The marks U+200E and U+200F, which stand in honest texts, are not among them.
#[must_use]
pub const fn turns_writing(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A text whose addresses show a `*` for each character of a user name or password.
#[must_use]
pub fn hide_passwords(text: &str) -> Cow<'_, str> {
    if !text.contains("://") || !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        shown.push_str(before);
        shown.push_str("://");
        let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '<' | '>' | '?' | '#');
        let authority = &after[..after.find(ends).unwrap_or(after.len())];
        let secret = authority.rfind('@').unwrap_or(0);
        shown.extend(authority[..secret].chars().map(|_| '*'));
        rest = &after[secret..];
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

/// A name with such characters shown as what they are: `[U+202E]`.
#[must_use]
pub fn show_turns(name: &str) -> Cow<'_, str> {
    if !name.contains(turns_writing) {
        return Cow::Borrowed(name);
    }
    let shown = name
        .chars()
        .map(|c| if turns_writing(c) { format!("[U+{:04X}]", u32::from(c)) } else { c.to_string() });
    Cow::Owned(shown.collect())
}

/// The form under which names are compared: compatibility forms unified
/// (full-width letters, Unicode normal forms), lower case, no outer spaces.
#[must_use]
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.trim().to_ascii_lowercase();
    }
    let name = name.trim();
    let mut folded = String::with_capacity(name.len());
    for character in name.chars() {
        match fold_alone(character) {
            Some(one) => folded.push(one),
            None => return name.nfkc().flat_map(char::to_lowercase).collect(),
        }
    }
    folded
}

/// The form under which paths are compared, as disks do that forgive case and Unicode form: part by
/// part, since what folds to a slash is none.
#[must_use]
pub fn fold_path(path: &str) -> String {
    // In ASCII nothing but a slash folds to one; only a space at an end of a part needs more.
    if path.is_ascii() && !path.bytes().any(|byte| byte <= b' ') {
        return path.to_ascii_lowercase();
    }
    let parts: Vec<String> = path.split('/').map(|part| fold(part).replace('/', "／")).collect();
    parts.join("/")
}

/// The folded form of a character that neither joins with its neighbours nor
/// falls into several: those that Chinese titles are made of, but for few.
const fn fold_alone(character: char) -> Option<char> {
    match character {
        '\u{4E00}'..='\u{9FFF}' | '、' | '。' | '〈'..='》' => Some(character),
        '\0'..='\x7F' => Some(character.to_ascii_lowercase()),
        // Full-width forms lie at one distance from ASCII.
        '！'..='～' => match char::from_u32(character as u32 - 0xFEE0) {
            Some(ascii) => Some(ascii.to_ascii_lowercase()),
            None => None,
        },
        _ => None,
    }
}

/// Percent-encodes a path for use in an address: everything but letters,
/// digits, `-._~` and `/` of ASCII is escaped (RFC 3986, section 2).
#[must_use]
pub fn encode_path(path: &str) -> String {
    const KEEP: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    percent_encoding::utf8_percent_encode(path, KEEP).to_string()
}

/// Percent-encodes what stands behind `#` in the address of a file: parameters for its
/// viewer, such as `page=2&zoom=100` of a PDF (RFC 8118, section 3), keep their signs.
#[must_use]
pub fn encode_parameters(fragment: &str) -> String {
    let encoded = encode_path(fragment);
    encoded.replace("%3D", "=").replace("%26", "&").replace("%2C", ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_listed_with_the_marks_of_an_input_method() {
        assert_eq!(listed("采购部、财务部"), Some(vec!["采购部", "财务部"]));
        assert_eq!(listed("【考勤，休假】"), Some(vec!["考勤", "休假"]));
        assert_eq!(listed("【考勤】"), None);
    }

    #[test]
    fn folding_one_by_one_is_folding() {
        for character in ('\0'..=char::MAX).filter(|character| fold_alone(*character).is_some()) {
            let name = format!("甲{character}A");
            let whole: String = name.nfkc().flat_map(char::to_lowercase).collect();
            assert_eq!(fold(&name), whole, "{character:?}");
        }
        assert_eq!(fold("ＩＴ（Á）e\u{301} "), "it(á)é");
    }

    #[test]
    fn positions_count_characters() {
        let index = LineIndex::new("标题\n第二行 x\r\n");
        assert_eq!(index.position(0), Position { line: 1, column: 1 });
        assert_eq!(index.position("标题\n第二".len()), Position { line: 2, column: 3 });
        assert_eq!(index.line(2), "第二行 x");
        assert_eq!(index.offset(2, 3), "标题\n第二".len());
        assert_eq!(index.position(9_999).line, 3);
        let old = LineIndex::new("一\r二\r\n三");
        assert_eq!([old.line(1), old.line(2), old.line(3)], ["一", "二", "三"]);
    }

    #[test]
    fn passwords_in_addresses_are_hidden() {
        assert_eq!(
            hide_passwords("a: https://u:密@b.c/x@y, \"s3://k@b\" http://plain me@b.c"),
            "a: https://***@b.c/x@y, \"s3://*@b\" http://plain me@b.c"
        );
    }
}
