//! A text made ready for the parser, and where in the file each place of it is.

use std::collections::VecDeque;
use std::ops::Range;

/// What the parser is given for something within a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Instead {
    /// What it stands for.
    pub(crate) place: Range<usize>,
    pub(crate) new: String,
    /// Whether that is words, to be shown as such, and not markup.
    pub(crate) is_words: bool,
}

impl Instead {
    /// What stands for something, in order; of two for one place the first.
    pub(crate) fn in_order(mut found: Vec<Self>) -> Vec<Self> {
        found.sort_by_key(|instead| (instead.place.start, instead.place.end));
        let mut end = 0;
        found.retain(|instead| {
            let is_free = instead.place.start >= end;
            end = end.max(instead.place.end);
            is_free
        });
        found
    }
}

/// A stretch of a prepared text. It goes to where the next begins.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it begins.
    at: usize,
    /// Where what it stands for begins in the file.
    source: usize,
    kind: PieceKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PieceKind {
    /// As it stands in the file.
    Copied,
    /// An indent that was taken away or changed.
    Indent,
    /// What stands for a line that the parser is not to see.
    Mask,
    /// Words that are shown instead of those in the file.
    Words,
}

/// The text that is being made, and its pieces.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    pub(super) source: &'a str,
    pub(super) text: String,
    pieces: Vec<Piece>,
    /// How far the file has been read.
    done: usize,
    /// What stands in lines that are taken over, in order.
    instead: VecDeque<Instead>,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(source: &'a str, instead: Vec<Instead>) -> Self {
        let text = String::with_capacity(source.len() + source.len() / 16);
        Self { source, text, pieces: Vec::new(), done: 0, instead: instead.into() }
    }

    /// Where the text ends so far.
    pub(super) const fn end(&self) -> usize {
        self.text.len()
    }

    /// Whether it is not the file itself.
    pub(super) fn is_changed(&self) -> bool {
        self.pieces.iter().any(|piece| piece.kind != PieceKind::Copied)
    }

    /// Takes the file over to a place of it, but for what something else is given for.
    pub(super) fn copy_to(&mut self, end: usize) {
        let is_reached = |next: &&Instead| match next.place.end == end && next.place.is_empty() {
            // What is put before a line comes behind all that ends above it.
            true => end > 0 && !self.source[..end].ends_with('\n'),
            false => next.place.end <= end,
        };
        while self.instead.front().is_some_and(|next| is_reached(&next))
            && let Some(next) = self.instead.pop_front()
        {
            // Of a line that goes whole the indent may have gone before.
            let is_begun = next.place.end > self.done
                && self.pieces.last().is_some_and(|last| last.kind == PieceKind::Indent)
                && !self.source[self.done..next.place.end].trim().is_empty();
            if next.place.start >= self.done || is_begun {
                self.copy_plain_to(next.place.start);
                let kind = if next.is_words { PieceKind::Words } else { PieceKind::Mask };
                self.write_to(next.place.end, &next.new, kind);
            }
        }
        self.copy_plain_to(end);
    }

    /// Whether something else is given for just this place, which has not been read yet.
    pub(super) fn replaces(&self, place: &Range<usize>) -> bool {
        self.instead.front().is_some_and(|next| next.place == *place)
    }

    fn copy_plain_to(&mut self, end: usize) {
        if end <= self.done {
            return;
        }
        if self.pieces.last().is_none_or(|last| last.kind != PieceKind::Copied) {
            self.push(PieceKind::Copied);
        }
        self.text.push_str(&self.source[self.done..end]);
        self.done = end;
    }

    /// Writes an indent instead of the one in the file.
    pub(super) fn indent_to(&mut self, end: usize, spaces: usize) {
        if end > self.done || spaces > 0 {
            self.push(PieceKind::Indent);
            self.text.extend(std::iter::repeat_n(' ', spaces));
            self.done = end.max(self.done);
        }
    }

    /// Writes something else for what stands in the file before a place.
    pub(super) fn mask_to(&mut self, end: usize, instead: &str) {
        self.write_to(end, instead, PieceKind::Mask);
    }

    fn write_to(&mut self, end: usize, instead: &str, kind: PieceKind) {
        self.push(kind);
        self.text.push_str(instead);
        self.done = end.max(self.done);
    }

    fn push(&mut self, kind: PieceKind) {
        self.pieces.push(Piece { at: self.text.len(), source: self.done, kind });
    }

    /// A place as the end of something: before an indent that was taken away there.
    pub(super) fn end_in_file(&self, place: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.at < place);
        let Some(piece) = next.checked_sub(1).and_then(|at| self.pieces.get(at)) else { return 0 };
        if piece.kind == PieceKind::Copied {
            return piece.source + (place - piece.at);
        }
        let (at, source) =
            self.pieces.get(next).map_or((self.text.len(), self.done), |next| (next.at, next.source));
        if place >= at { source } else { piece.source }
    }

    /// A place as the beginning of something: behind an indent that was taken away there.
    pub(super) fn start_in_file(&self, place: usize) -> usize {
        let next = self.pieces.partition_point(|piece| piece.at <= place);
        let Some(piece) = next.checked_sub(1).and_then(|at| self.pieces.get(at)) else { return 0 };
        match piece.kind {
            PieceKind::Copied => piece.source + (place - piece.at),
            // At the end of the text nothing comes behind it.
            _ if place >= self.text.len() => self.done,
            _ => piece.source,
        }
    }

    /// Takes over what is left of the file.
    pub(super) fn finish(&mut self) {
        self.copy_to(self.source.len());
        // What stands at the very end, in an empty line.
        while let Some(last) = self.instead.pop_front() {
            self.write_to(last.place.end, &last.new, PieceKind::Mask);
        }
    }

    /// The place in the file of a place in the text.
    pub(super) fn in_file(&self, place: &Range<usize>) -> Range<usize> {
        let start = self.start_in_file(place.start);
        start..self.end_in_file(place.end).max(start)
    }

    /// What stands in the file where the parser read text, if that is something else. An
    /// indent is no part of the text where a box that was opened took it away.
    pub(super) fn written(&self, place: &Range<usize>, is_in_box: bool) -> Option<Range<usize>> {
        let next = self.pieces.partition_point(|piece| piece.at < place.start);
        let begins = self.pieces.get(next).is_some_and(|piece| piece.at == place.start);
        let mut from = if begins { next } else { next.saturating_sub(1) };
        if self.pieces.get(from).is_some_and(|piece| piece.kind == PieceKind::Copied) {
            from += 1;
        }
        let mut within = self.pieces[from.min(self.pieces.len())..]
            .iter()
            .take_while(|piece| piece.at < place.end || piece.at == place.start)
            .filter(|piece| !matches!(piece.kind, PieceKind::Copied | PieceKind::Words));
        let differs = within.any(|piece| piece.kind == PieceKind::Mask || !is_in_box);
        let start = if is_in_box { self.start_in_file(place.start) } else { self.end_in_file(place.start) };
        differs.then(|| start..self.end_in_file(place.end).max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_file() {
        let source = "甲\n    乙\n!!! x\n丙";
        let mut prepared = Prepared::new(source, Vec::new());
        let line = "甲\n".len();
        prepared.copy_to(line);
        prepared.indent_to(line + 4, 0);
        let mask = source.find("!!!").unwrap();
        prepared.copy_to(mask);
        prepared.mask_to(mask + 5, "***");
        prepared.copy_to(source.len());
        assert_eq!(prepared.text, "甲\n乙\n***\n丙");
        let second = prepared.text.find('乙').unwrap();
        assert_eq!(&source[prepared.in_file(&(second..second + 3))], "乙");
        assert_eq!(&source[prepared.written(&(second..second + 4), false).unwrap()], "    乙\n");
        assert_eq!(prepared.written(&(second..second + 4), true), None);
        let stars = prepared.text.find("***").unwrap();
        assert_eq!(&source[prepared.written(&(stars..stars + 4), true).unwrap()], "!!! x\n");
        let all = 0..prepared.text.len();
        assert_eq!(&source[prepared.written(&all, false).unwrap()], source);
    }
}
