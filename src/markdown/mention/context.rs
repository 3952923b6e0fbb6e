//! What a number may continue: the document or clause that was named last.
//!
//! Text comes in pieces between marks, so that in `**《采购办法》**第二条` the title is in
//! another piece than the number. What was named goes on into the next piece where nothing
//! but marks that readers do not see stands between.

use super::super::clause::{ClauseNumber, spaces};
use super::MentionedDocument;
use super::document::{joins, leads};
use std::borrow::Cow;

/// What was referred to last, which a number close behind may continue.
#[derive(Debug, Clone)]
pub(super) struct Context {
    pub(super) document: MentionedDocument,
    /// Where it ends in the piece.
    pub(super) end: usize,
    /// Its clause and paragraph, if it named one.
    pub(super) clause: Option<(ClauseNumber, u32)>,
    /// The chapter (章) that it named in front of a section (节), else 0.
    pub(super) within: u32,
    /// Whether that clause was named, not taken from where the text stands.
    pub(super) certain: bool,
    /// Whether it is an appendix, which has clauses of its own.
    pub(super) is_appendix: bool,
    /// What stands behind it in the pieces before, where it was named in one of them.
    pub(super) lead: String,
}

impl Context {
    pub(super) const fn new(
        document: MentionedDocument,
        end: usize,
        clause: Option<(ClauseNumber, u32)>,
    ) -> Self {
        Self { document, end, clause, within: 0, certain: true, is_appendix: false, lead: String::new() }
    }

    /// The same in the next piece; `piece` is the one that ends.
    pub(super) fn carried(mut self, piece: &str) -> Self {
        let behind = &piece[self.end.min(piece.len())..];
        if self.lead.len() + behind.len() > LONGEST {
            return Self::new(MentionedDocument::Own, 0, None);
        }
        self.lead.push_str(behind);
        self.end = 0;
        self
    }

    /// Whether what stands at `start` of a piece continues it.
    pub(super) fn is_continued(&self, piece: &str, start: usize) -> bool {
        let between = &piece[self.end.min(start)..start];
        let between: Cow<'_, str> =
            if self.lead.is_empty() { between.into() } else { format!("{}{between}", self.lead).into() };
        let is_name_alone = self.clause.is_none() && self.document != MentionedDocument::Own;
        joins(&between) || is_name_alone && leads(&between)
    }
}

/// Bytes of the pieces before that are looked at.
const LONGEST: usize = 120;

/// The end of the text before a piece.
#[derive(Debug, Default)]
pub(super) struct Before(String);

impl Before {
    /// The end of what stands before a place of a piece.
    pub(super) fn at<'a>(&self, piece: &'a str, start: usize) -> Cow<'a, str> {
        let here = &piece[..start];
        if self.0.is_empty() || start > LONGEST { here.into() } else { format!("{}{here}", self.0).into() }
    }

    /// The piece ends, and another goes on with it.
    pub(super) fn push(&mut self, piece: &str) {
        self.0.push_str(piece);
        let cut = self.0.len().saturating_sub(LONGEST);
        let cut = (cut..self.0.len()).find(|at| self.0.is_char_boundary(*at)).unwrap_or(self.0.len());
        self.0.drain(..cut);
    }

    /// Nothing stands before.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// Whether what stands between two pieces of text are marks that readers do not see:
/// signs of emphasis, tags, references to footnotes, the end of a line.
pub(super) fn is_unseen(gap: &str) -> bool {
    let line_end = gap.find('\n').filter(|_| gap.len() <= LONGEST);
    if let Some((before, behind)) = line_end.map(|at| (&gap[..at], &gap[at + 1..])) {
        let behind = behind.trim_start_matches([' ', '\t']);
        return !behind.contains('\n')
            && is_unseen(before.trim_end_matches(['\r', ' ']))
            && is_unseen(behind);
    }
    let mut rest = gap.get(..).filter(|gap| gap.len() <= LONGEST);
    while let Some(marks) = rest.map(|rest| rest.trim_start_matches(['*', '_', '=', '~'])) {
        let space = spaces(marks);
        if space > 0 {
            rest = Some(&marks[space..]);
            continue;
        }
        if marks.is_empty() {
            return true;
        }
        let end = match marks.as_bytes() {
            [b'[', b'^', ..] => ']',
            [b'<', ..] => '>',
            _ => return false,
        };
        rest = marks.find(end).map(|at| &marks[at + 1..]);
    }
    false
}
