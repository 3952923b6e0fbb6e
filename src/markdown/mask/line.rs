//! What stands at the beginning of a line, and at the end of a heading.

use crate::text::{floor_boundary, is_cjk};
use std::collections::HashMap;

/// Colons that begin a line and define nothing, since no space follows them.
pub(super) fn colons(text: &str, places: &mut Vec<usize>) {
    let bytes = text.as_bytes();
    for colon in memchr::memchr_iter(b':', bytes) {
        if matches!(bytes.get(colon + 1), Some(b' ' | b'\t')) {
            continue;
        }
        let start = text[..colon].bytes().rev().take(MARGIN).take_while(|byte| is_margin(*byte)).count();
        let begins = colon == start || bytes[colon - start - 1] == b'\n';
        if begins && content(&text[colon - start..]).starts_with(':') && !is_delimiter(line_at(text, colon)) {
            places.push(colon);
        }
    }
}

/// Colons that make a note the definition of a link: in `[重要]: 请先提交申请`, `[税率]: 3.5%` and
/// `[官网]: www.example.com` nothing refers to the words. A parser would drop the whole line. What
/// names a file, or has a label in Latin letters and leads somewhere, is left over from links and
/// stays unseen: the file may be withheld.
pub(super) fn definitions(text: &str, places: &mut Vec<usize>) {
    let mut labels: Option<HashMap<String, usize>> = None;
    for end in memchr::memmem::find_iter(text.as_bytes(), b"]:") {
        let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
        let Some(label) = content(&text[start..end]).strip_prefix('[') else { continue };
        // What stands behind a space may be the title of a link.
        let words = line_at(text, end + 2).split_whitespace().next().unwrap_or("");
        let is_number = words.bytes().all(|byte| byte.is_ascii_digit() || b"-.,/%".contains(&byte));
        let leads = || words.contains(|c: char| "/.#?%=<>&:\\".contains(c));
        let is_note = !label.starts_with('^')
            && !label.contains('\\')
            && !words.is_empty()
            && (is_number || label.chars().any(is_cjk) && !names_file(words) || !leads());
        let mut uses = || *labels.get_or_insert_with(|| bracketed(text)).get(&folded(label)).unwrap_or(&0);
        if is_note && uses() < 2 {
            places.push(end + 1);
        }
    }
}

/// Whether a destination is a path rather than an address on the web or a word.
fn names_file(words: &str) -> bool {
    let is_address = words.contains("://") || words.starts_with("www.") || words.contains('@');
    let suffix =
        words.split(['#', '?']).next().and_then(|path| path.rsplit_once('.')).map(|(_, suffix)| suffix);
    let is_suffix = |suffix: &str| {
        (2..=8).contains(&suffix.len()) && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    !is_address && (words.contains(['/', '\\', '<', '%']) || suffix.is_some_and(is_suffix))
}

/// How often each short text stands between brackets.
fn bracketed(text: &str) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    for open in memchr::memchr_iter(b'[', text.as_bytes()) {
        let inside = &text[open + 1..];
        let longest = floor_boundary(inside, LABEL);
        if let Some(end) = inside[..longest].find([']', '[']).filter(|end| inside[*end..].starts_with(']')) {
            *found.entry(folded(&inside[..end])).or_default() += 1;
        }
    }
    found
}

/// Bytes of a label that are looked at: CommonMark has at most 999 characters.
const LABEL: usize = 999;

/// A label as labels are compared: case and blanks tell none apart.
fn folded(label: &str) -> String {
    label.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// What stands before the content of a line is looked at up to here.
const MARGIN: usize = 200;

const fn is_margin(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b'0'..=b'9')
}

/// A line behind the marks of the quotes and lists that it stands in.
pub(in crate::markdown) fn content(line: &str) -> &str {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '>']);
        let digits = rest.bytes().take(9).take_while(u8::is_ascii_digit).count();
        let mark = match rest.as_bytes().get(digits) {
            Some(b'.' | b')') if digits > 0 => digits + 1,
            Some(b'-' | b'*' | b'+') if digits == 0 => 1,
            _ => return rest,
        };
        match rest.as_bytes().get(mark) {
            Some(b' ' | b'\t') => rest = &rest[mark..],
            _ => return rest,
        }
    }
}

/// The rest of the line from a place on.
fn line_at(text: &str, from: usize) -> &str {
    let rest = &text[from..];
    rest.lines().next().unwrap_or("")
}

/// Whether a line has nothing but what parts the head of a table from its rows.
pub(in crate::markdown) fn is_delimiter(line: &str) -> bool {
    let line = line.trim();
    line.contains('-') && line.bytes().all(|byte| matches!(byte, b'|' | b':' | b'-' | b' ' | b'\t'))
}

/// Braces that end a heading and hold no attributes.
pub(super) fn braces(text: &str, places: &mut Vec<usize>) {
    if memchr::memchr(b'}', text.as_bytes()).is_none() {
        return;
    }
    let mut start = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let begin = start;
        start += line.len();
        let bare = content(line).trim_end();
        let is_heading = bare.starts_with('#') || lines.peek().is_some_and(|next| is_underline(next));
        // A heading may end in further `#`.
        let inner = line.trim_end().trim_end_matches('#').trim_end();
        if !is_heading || !inner.ends_with('}') {
            continue;
        }
        let held = inner.rfind('{').map(|open| &inner[open + 1..inner.len() - 1]);
        if !held.is_some_and(has_attributes) {
            places.push(begin + inner.len() - 1);
        }
    }
}

/// The sign of less in a call of Hugo without a space, `{{<button href="a">}}`: the parser would take the rest
/// for an element.
pub(super) fn shortcodes(text: &str, places: &mut Vec<usize>) {
    if memchr::memmem::find(text.as_bytes(), b"{{<").is_none() {
        return;
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // What is before the last end, so that a line of beginnings costs its length.
        let last = line.rfind(">}}").unwrap_or(0);
        for (call, open) in line.match_indices("{{<") {
            let inner = &line[call + open.len()..];
            let begins = inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
            let is_destination = line[..call].ends_with(['(', '<', '"', '\'', '=']);
            if begins && !is_destination && call < last {
                places.push(at + call + open.len() - 1);
            }
        }
        at += line.len();
    }
}

fn is_underline(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    !line.is_empty() && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// Whether braces hold `#id`, `.class` or `key=value`, and nothing else.
fn has_attributes(held: &str) -> bool {
    let mut rest = held.trim();
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let Some(length) = attribute(rest) else { return false };
        let behind = &rest[length..];
        rest = behind.trim_start();
        if rest.len() == behind.len() && !rest.is_empty() {
            return false;
        }
    }
    true
}

/// The length of the attribute that a text begins with.
fn attribute(text: &str) -> Option<usize> {
    let word = text.find(char::is_whitespace).unwrap_or(text.len());
    let is_name = |name: &str| !name.is_empty() && !name.contains(['"', '\'', '=', '{', '}', ':', ',']);
    if let Some(name) = text[..word].strip_prefix(['#', '.']) {
        return (!name.is_empty() && !name.contains(['{', '}', '='])).then_some(word);
    }
    let equals = text[..word].find('=')?;
    let key = &text[..equals];
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':'));
    let value = &text[equals + 1..];
    let length = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].find(quote)? + 2,
        _ => Some(word - equals - 1).filter(|length| is_name(&value[..*length]))?,
    };
    is_key.then_some(equals + 1 + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_told_from_text() {
        for held in ["#id", ".class", " #a .b key=value ", "id=\"a b\"", "id='x'", "data-x=1", "#标题"] {
            assert!(has_attributes(held), "{held}");
        }
        for held in
            ["", " ", "service", "#", ".", "\"a\": 1", "名称", "=x", "a=", "a=\"b", "#a b", "-", "a:b"]
        {
            assert!(!has_attributes(held), "{held}");
        }
    }

    #[test]
    fn notes_in_brackets_define_no_link() {
        let covered = |text| {
            let mut places = Vec::new();
            definitions(text, &mut places);
            places.len()
        };
        for note in [
            "[重要]: 请先提交申请",
            "> [注意]:先申请。",
            "- [提示]: 见附件一",
            "[电话]: 12345",
            "[截止]: 2026-01-01",
            "[注意]: 周五前 (含当日)",
            "[税率]: 3.5%",
            "[比例]: 1/2",
            "[邮箱]: a@b.c",
            "[等级]: #重要",
            "[官网]: https://www.example.com",
            "[Deadline]: Friday",
            "[Rate]: 3.5%",
        ] {
            assert_eq!(covered(note), 1, "{note}");
        }
        for definition in [
            "[差旅]: travel.md\n见[报销][差旅]",
            "[差旅]: 差旅.md\n\n![差旅]",
            "[A  b]: 制度/差旅\n\n[x][a B]",
            "[docs]: https://example.com",
            "[差旅]: travel.md",
            "[差旅]: 制度/差旅 \"差旅\"",
            "[附件]: 附件.docx",
            "[a]: b.md",
            "[Foo*bar\\]]:my_(url)\n\n[Foo*bar\\]]",
            "见[差旅]。\n\n[差旅]: 差旅报销制度",
            "[^1]: 脚注文字",
            "[a]: <差旅 制度>",
            "见 [重要]: 请先提交",
        ] {
            assert_eq!(covered(definition), 0, "{definition}");
        }
    }

    #[test]
    fn colons_are_covered_that_begin_a_line() {
        let covered = |text| {
            let mut places = Vec::new();
            colons(text, &mut places);
            places
        };
        assert_eq!(covered(":a\n> - :b\n12: c\n  :::\n"), [0, 7, 18]);
        assert_eq!(covered("a\n: b\n:\tc\n:---|:-:\nx:y"), Vec::<usize>::new());
    }
}
