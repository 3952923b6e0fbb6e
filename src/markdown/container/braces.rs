//! Attributes in braces, as kramdown and Python-Markdown have them: `{: .class #id }`, `{ #id }`.

use super::fence::is_name;
use std::ops::Range;

/// Longer ones than these are text.
const LONGEST: usize = 300;

/// Where the id stands in a line of attributes; `Some(None)` where it has none. Such a
/// line is `{: .class #id key="value" }`, or `{ #id .class }` with a sign before each word.
pub(super) fn attributes(line: &str) -> Option<Option<Range<usize>>> {
    let inside = line.strip_prefix('{')?.strip_suffix('}')?;
    let (free, words) = match inside.strip_prefix(':') {
        Some(words) => (true, words),
        None => (false, inside),
    };
    let mut at = line.len() - 1 - words.len();
    let (mut id, mut any) = (None, false);
    while at < line.len() - 1 {
        let rest = &line[at..line.len() - 1];
        let skipped = rest.len() - rest.trim_start().len();
        if skipped > 0 {
            at += skipped;
            continue;
        }
        let word = end_of_word(rest)?;
        let written = &rest[..word];
        // An id may be in any script; of a class or a bare name kramdown takes ASCII alone.
        let has_sign =
            written.len() > 1 && (written.starts_with('#') || written.starts_with('.') && written.is_ascii());
        let is_value = written.split_once('=').is_some_and(|(key, value)| {
            !value.is_empty()
                && key.starts_with(|c: char| c.is_ascii_alphabetic())
                && key.chars().all(is_name)
        });
        if !(has_sign || is_value || free && written.is_ascii() && written.chars().all(is_name)) {
            return None;
        }
        if written.starts_with('#') {
            id = id.or(Some(at + 1..at + word));
        }
        any = true;
        at += word;
    }
    any.then_some(id)
}

/// Where the first word of attributes ends; a value may stand in quotes.
fn end_of_word(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c.is_whitespace() => return Some(at),
            None if matches!(c, '{' | '}' | '<' | '`') => return None,
            None => {}
        }
    }
    quote.is_none().then_some(text.len())
}

/// Whether a text is attributes in braces.
pub(in crate::markdown) fn is_attributes(text: &str) -> bool {
    attributes(text).is_some()
}

/// How long the attributes in braces are that a text begins with.
pub(crate) fn attributes_at(text: &str) -> usize {
    let end = text.bytes().take(LONGEST).position(|byte| matches!(byte, b'}' | b'\n'));
    let written = end.filter(|_| text.starts_with('{')).and_then(|end| text.get(..=end));
    written.filter(|written| is_attributes(written)).map_or(0, str::len)
}

/// The id in a line of attributes.
pub(in crate::markdown) fn anchor(line: &str) -> Option<&str> {
    attributes(line.trim_end())?.and_then(|place| line.get(place))
}

/// Where the bracket is closed that a text begins with.
pub(super) fn bracket(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' if depth <= 1 => return Some(at),
            b']' => depth -= 1,
            _ => {}
        }
    }
    None
}
