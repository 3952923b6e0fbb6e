//! The sentence around a place of a chapter, as the page shows it.

use super::{Kind, Visible};
use crate::text::floor_boundary;
use std::ops::Range;

/// Bytes of a sentence on each side of a place at most.
const REACH: usize = 180;

/// A sentence and the place in it that it is cut for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sentence<'a> {
    /// What stands before the place.
    pub before: &'a str,
    /// What is shown of the place itself; empty where the file holds more there
    /// than is shown, such as a tag.
    pub words: &'a str,
    /// What stands behind it.
    pub after: &'a str,
}

impl Sentence<'_> {
    /// Whether another sentence begins where this one does.
    #[must_use]
    pub fn is_that_of(&self, other: &Self) -> bool {
        self.before.as_ptr() == other.before.as_ptr()
    }
}

impl Visible {
    /// The sentence around a place of the file: to the stops or the ends of the line,
    /// of the cell or of the entry on both sides. `None` where the place is not shown.
    #[must_use]
    pub fn sentence(&self, span: &Range<usize>) -> Option<Sentence<'_>> {
        let (words, first, last) = self.place(span)?;
        let is_border = |at: &usize| self.parts[*at].kind.is_border();
        let begins = |at: usize| self.parts.get(at).map_or(self.text.len(), |part| part.at as usize);
        // The mark of an entry is no part of its sentence.
        let low = (0..first).rev().find(is_border).map_or(0, |at| begins(at + 1));
        let high = begins((last + 1..self.parts.len()).find(is_border).unwrap_or(self.parts.len()));
        let (start, end) = self.stops(low..high, &words);
        Some(Sentence {
            before: &self.text[start..words.start],
            words: &self.text[words.clone()],
            after: &self.text[words.end..end],
        })
    }

    /// Where a place of the file is shown, and the first and the last part of it.
    fn place(&self, span: &Range<usize>) -> Option<(Range<usize>, usize, usize)> {
        let shown = |at: &usize| !self.parts[*at].kind.is_border() && self.parts[*at].kind != Kind::Space;
        let first = self.parts_in(span).find(shown)?;
        let last = self.parts_in(span).rev().find(shown)?;
        let verbatim =
            |at: usize| self.words(at).len() == (self.parts[at].end - self.parts[at].start) as usize;
        let offset = |at: usize, place: usize| {
            let (part, words) = (&self.parts[at], self.words(at));
            let within = place.saturating_sub(part.start as usize).min(words.len());
            part.at as usize + floor_boundary(words, within)
        };
        let reaches_out = |at: usize| {
            let place = self.parts[at].start as usize..self.parts[at].end as usize;
            !verbatim(at) && (place.start < span.start || place.end > span.end)
        };
        if reaches_out(first) || reaches_out(last) {
            let begin = self.parts[first].at as usize;
            return Some((begin..begin, first, last));
        }
        let start = if verbatim(first) { offset(first, span.start) } else { self.parts[first].at as usize };
        let end = match verbatim(last) {
            true => offset(last, span.end),
            false => self.parts[last].at as usize + self.words(last).len(),
        };
        Some((start..end.max(start), first, last))
    }

    /// Cuts a line at the stops nearest to a place in it.
    fn stops(&self, line: Range<usize>, words: &Range<usize>) -> (usize, usize) {
        let text = &self.text;
        let ends = |c: char| matches!(c, '。' | '！' | '？' | '；' | '\n');
        let low = floor_boundary(text, words.start.saturating_sub(REACH)).max(line.start);
        let start = text[low..words.start].rfind(ends).map_or(low, |at| {
            let end = low + at;
            end + text[end..].chars().next().map_or(1, char::len_utf8)
        });
        let high = floor_boundary(text, words.end + REACH).clamp(words.end, line.end);
        let end = text[words.end..high].char_indices().find(|(_, c)| ends(*c)).map_or(high, |(at, c)| {
            let keep = if c == '\n' { 0 } else { c.len_utf8() };
            words.end + at + keep
        });
        (start, end)
    }
}
