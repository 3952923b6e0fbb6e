//! What stands around a tag in its line, as far as a tag may go: a long line costs no more than
//! its length.

use super::LONGEST;
use crate::text::floor_boundary;

/// The beginning of a text, as far as a tag may go.
pub(super) fn near(text: &str) -> &str {
    &text[..floor_boundary(text, LONGEST)]
}

/// How many characters of a kind stand between a place and the beginning of its line, where
/// nothing else does.
pub(super) fn begins_line(text: &str, at: usize, is_one: impl Fn(char) -> bool) -> Option<usize> {
    let before = text[..at].chars().rev().take(LONGEST).take_while(|c| *c != '\n');
    let mut count = 0;
    for c in before {
        if !is_one(c) {
            return None;
        }
        count += 1;
    }
    (count < LONGEST).then_some(count)
}

/// What marks blocks, and may stand before a tag in its line.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+' | '.' | ')') || c.is_ascii_digit()
}

/// The line around a place, as far as a tag may go.
pub(super) fn line_around(text: &str, at: usize) -> &str {
    let before = &text[floor_boundary(text, at.saturating_sub(LONGEST))..at];
    let start = at - before.rsplit('\n').next().unwrap_or("").len();
    near(&text[start..]).lines().next().unwrap_or("").trim()
}

/// Whether nothing but blanks stands between the beginning of a text and the end of its line.
pub(super) fn is_blank_to_end(text: &str) -> bool {
    let other = text.chars().take(LONGEST).find(|c| !matches!(c, ' ' | '\t' | '\r'));
    other.is_none_or(|c| c == '\n')
}
