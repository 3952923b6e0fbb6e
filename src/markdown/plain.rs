//! The text of a chapter as its page shows it, without marks, and where each part
//! of it stands in the file.
//!
//! Whatever shows words of a chapter elsewhere takes them from here: what search
//! finds, the cards beside links, the sentences that refer to a chapter, the
//! description of a page, what a tooltip says of a term. So none of them can show
//! what the page does not: addresses, tooltips, comments, the definitions of
//! links, scripts and hidden elements, or what
//! is withheld from the audience (see `redact`). Nothing is cut from the source.
//!
//! A [`PlainText`] is made when it is asked for, of the blocks that are asked for:
//! kept for every chapter, it would hold the whole handbook a second time.

mod excerpt;
mod pieces;
mod reader;
mod sentence;

pub use excerpt::cut;
pub use pieces::{Piece, TARGET, pieces, pieces_with_targets};
pub use sentence::Sentence;

use super::document::{Document, Kind as NodeKind, NodeId, Tree};
use crate::text::is_cjk;
use std::ops::Range;

/// What a part is, and so where it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nothing; what stands behind it begins a line.
    Line,
    /// The same at the beginning of a paragraph.
    Paragraph,
    /// Nothing; what stands behind it is another cell of the row.
    Cell,
    /// What marks an entry of a list: its number or a bullet.
    Mark,
    /// Running text.
    Text,
    /// A line break that is a space.
    Space,
    /// A block of code.
    Code,
    /// A heading.
    Heading,
    /// Text in a block of raw HTML.
    Html,
    /// A footnote.
    Note,
    /// What stands for the pictures of the block before it: their alternative texts and
    /// captions.
    Picture,
}

impl Kind {
    const fn is_border(self) -> bool {
        matches!(self, Self::Line | Self::Paragraph | Self::Cell | Self::Mark)
    }
}

/// A part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Part {
    kind: Kind,
    /// Where it stands in the file.
    start: u32,
    end: u32,
    /// Where its text begins; it ends where the next one's does.
    at: u32,
}

/// What a reader sees of a text or of some of its blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct PlainText {
    text: String,
    /// In the order of the file.
    parts: Vec<Part>,
}

impl PlainText {
    /// The words of a part.
    fn words(&self, at: usize) -> &str {
        let end = self.parts.get(at + 1).map_or(self.text.len(), |next| next.at as usize);
        self.parts.get(at).and_then(|part| self.text.get(part.at as usize..end)).unwrap_or("")
    }

    /// The parts that begin in a stretch of the file, or reach into it.
    fn parts_in(&self, span: &Range<usize>) -> Range<usize> {
        let from = self
            .parts
            .partition_point(|part| (part.end as usize) <= span.start && (part.start as usize) < span.start);
        let to = self.parts.partition_point(|part| (part.start as usize) < span.end);
        from..to.max(from)
    }

    /// The words of a part that stand in a stretch of the file: all of them, unless
    /// the part stands in the file as it is shown and reaches out of the stretch.
    fn words_in(&self, at: usize, span: &Range<usize>) -> &str {
        let (part, words) = (&self.parts[at], self.words(at));
        let place = part.start as usize..part.end as usize;
        if words.len() != place.len() {
            return words;
        }
        let from = span.start.clamp(place.start, place.end) - place.start;
        let to = span.end.clamp(place.start, place.end) - place.start;
        words.get(from..to.max(from)).unwrap_or(words)
    }

    /// The running text that stands in a stretch of the file, in one line.
    fn running(&self, span: &Range<usize>) -> String {
        let (mut line, mut broken) = (String::new(), false);
        for at in self.parts_in(span) {
            let words = match self.parts[at].kind {
                Kind::Text | Kind::Space => self.words_in(at, span),
                kind => {
                    broken |= kind.is_border();
                    continue;
                }
            };
            let gap = std::mem::take(&mut broken) && !(line.ends_with(is_cjk) && words.starts_with(is_cjk));
            if gap && !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
            line.push_str(words);
        }
        line.trim().to_owned()
    }

    /// Its first paragraph; empty where it has none that shows something.
    fn first_paragraph(&self) -> &str {
        let begins = |at: &usize| self.parts[*at].kind == Kind::Paragraph;
        let mut paragraphs = (0..self.parts.len()).filter(begins).map(|at| {
            let behind = at + 1;
            let rest = self.parts[behind..].iter();
            let end = rest.take_while(|part| matches!(part.kind, Kind::Text | Kind::Space)).count() + behind;
            let place = |at: usize| self.parts.get(at).map_or(self.text.len(), |part| part.at as usize);
            self.text.get(place(behind)..place(end)).unwrap_or("").trim()
        });
        paragraphs.find(|words| !words.is_empty()).unwrap_or("")
    }

    /// The first paragraph of a stretch of the file, or the rest of one that it begins
    /// in; all its running text where it has none.
    fn opening(&self, span: &Range<usize>) -> String {
        let parts = self.parts_in(span);
        let mut open =
            parts.clone().next().is_some_and(|at| matches!(self.parts[at].kind, Kind::Text | Kind::Space));
        let mut words = String::new();
        for at in parts {
            match self.parts[at].kind {
                Kind::Text | Kind::Space if open => words.push_str(self.words_in(at, span)),
                kind if kind.is_border() && !words.trim().is_empty() => break,
                kind => open = kind == Kind::Paragraph || open && !kind.is_border(),
            }
        }
        if words.trim().is_empty() { self.running(span) } else { words.trim().to_owned() }
    }

    /// Whether something of a stretch of the file is shown.
    fn shows(&self, span: &Range<usize>) -> bool {
        self.parts_in(span).any(|at| !self.parts[at].kind.is_border())
    }
}

impl Document {
    /// The running text that stands in a stretch of the file, in one line.
    #[must_use]
    pub fn running(&self, span: Range<usize>) -> String {
        PlainText::of(&self.tree, self.tree.blocks_in(&span)).running(&span)
    }

    /// The first paragraph that shows something.
    #[must_use]
    pub fn first_paragraph(&self) -> String {
        let blocks = self.tree.blocks_in(&(0..self.source().len()));
        let mut paragraphs = blocks
            .map(|block| PlainText::of(&self.tree, std::iter::once(block)).first_paragraph().to_owned());
        paragraphs.find(|words| !words.is_empty()).unwrap_or_default()
    }

    /// The first paragraph of a stretch of the file, or the rest of one that it begins
    /// in; all its running text where it has none.
    #[must_use]
    pub fn opening(&self, span: Range<usize>) -> String {
        PlainText::of(&self.tree, self.tree.blocks_in(&span)).opening(&span)
    }

    /// Whether something of a stretch of the file is shown where readers come to it.
    #[must_use]
    pub fn shows(&self, span: &Range<usize>) -> bool {
        let tree = &self.tree;
        let first = tree.first_at(span.start);
        let first = tree.before(first).filter(|before| tree.span(*before).end > span.start).unwrap_or(first);
        let in_span = tree.from(first).take_while(|id| tree.span(*id).start < span.end);
        if tree.is_idle(first) {
            return false;
        }
        let is_text = |id: &NodeId| matches!(tree.kind(*id), NodeKind::Text) && !tree.is_hidden(*id);
        // Nearly all that is asked for is text, perhaps in a link; the rest is looked at closely.
        let mut nodes =
            in_span.take_while(|id| tree.kind(*id) == NodeKind::Text || tree.kind(*id).is_container());
        nodes.any(|id| is_text(&id)) || PlainText::of(tree, tree.blocks_in(span)).shows(span)
    }
}
