//! A quoted line as a terminal shows it: the part around the marks, without control characters that
//! could overwrite the message, measured in cells, since a Chinese character takes two.

use super::Entry;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many characters of the quoted line are marked.
fn marked_columns(entry: &Entry<'_>, quote: &str) -> usize {
    match (entry.end_line, entry.column, entry.end_column) {
        (line, Some(start), Some(end)) if line == entry.line => end.saturating_sub(start),
        _ => quote.chars().count().saturating_sub(entry.quoted_before),
    }
}

/// The part of a line around the marks, of about 100 cells at most; how many cells come before the
/// marks, and how many the marks take.
pub(super) fn excerpt(entry: &Entry<'_>, quote: &str) -> (String, usize, usize) {
    const BEFORE: usize = 60;
    const WIDTH: usize = 110;
    let marked = marked_columns(entry, quote);
    let characters: Vec<char> = quote.chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
    let start = entry.quoted_before.min(characters.len());
    let begins_late = entry.column.is_some_and(|column| column > start + 1);
    let mut from = start;
    let mut cells = 0;
    while from > 0 && cells < BEFORE {
        from -= 1;
        cells += cell_width(characters[from]);
    }
    let mut shown = if from > 0 || begins_late { "…".to_owned() } else { String::new() };
    shown.extend(characters[from..start].iter().map(|c| visible_char(*c)));
    let before = shown.width();
    let mut width = 0;
    let mut to = start;
    while to < characters.len() && shown.width() < WIDTH {
        shown.push(visible_char(characters[to]));
        if to < start + marked {
            width += cell_width(characters[to]);
        }
        to += 1;
    }
    if to < characters.len() {
        shown.push('…');
    }
    (shown, before, width)
}

fn cell_width(c: char) -> usize {
    c.width().unwrap_or(1)
}

/// Control characters and those that turn the direction of writing would let a
/// file's text write over the message; they are shown as what they are not.
pub(super) fn visible_char(c: char) -> char {
    let turns = crate::text::turns_writing(c) || matches!(c, '\u{200E}' | '\u{200F}');
    if c.is_control() || turns { '\u{FFFD}' } else { c }
}

/// A text without control characters, so that it cannot write over what stands around it.
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}
