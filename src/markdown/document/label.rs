//! The first line of an alert, `> [!NOTE] Title`.
//!
//! To the parser it is the beginning of a paragraph. What stands before the title is
//! left out of the tree; the title becomes a node of its own, so that whatever looks
//! at the text of a chapter looks at it too; and the paragraph goes on behind it.

use super::super::alert;
use super::builder::Builder;
use super::tree::{AlertBox, Kind, short};
use std::ops::Range;

/// Where the label of the last alert stands, and what becomes of its line.
#[derive(Debug, Default)]
pub(super) struct Label {
    /// What begins before this place is no text.
    pub(super) end: usize,
    /// Where a title ends that is still to come.
    title_end: Option<usize>,
    /// Where the paragraph ends whose first line is the open title.
    paragraph_end: Option<usize>,
}

impl Builder {
    /// The kind of a quote that the parser took for a plain one.
    pub(super) fn labelled(&mut self, start: usize) -> Kind {
        let Some(alert) = alert::read(&self.tree.source, start) else { return Kind::Quote(None) };
        let alert::Alert { class, word, fold, title, line_end } = alert;
        // Behind the brackets, not within them.
        let is_written = self.tree.source[title.end..line_end].trim().is_empty() && !title.is_empty();
        self.label = match is_written {
            true => Label { end: title.start, title_end: Some(title.end), paragraph_end: None },
            // The line break behind the label goes too.
            false => Label { end: line_end + 1, ..Label::default() },
        };
        self.tree.rare.alerts.push(AlertBox { class, word, fold });
        self.own_label = (!is_written && !title.is_empty()).then_some(title);
        Kind::Alert(short(self.tree.rare.alerts.len() - 1))
    }

    /// Adds the title of an alert that was opened just now, where that is its label.
    pub(super) fn add_own_label(&mut self) {
        if let Some(label) = self.own_label.take() {
            self.open(Kind::AlertTitle, &label);
            self.push(Kind::Text, &label);
            self.leave();
        }
    }

    /// Opens the title in the place of the paragraph that it begins.
    pub(super) fn begin_title(&mut self, kind: Kind, paragraph: &Range<usize>) -> bool {
        if matches!(kind, Kind::Alert(_)) {
            return false;
        }
        let Some(end) = self.label.title_end.take().filter(|_| kind == Kind::Paragraph) else { return false };
        self.label.paragraph_end = Some(paragraph.end);
        self.open(Kind::AlertTitle, &(self.label.end..end));
        true
    }

    /// Ends the open title, if one is, at the end of its line, and goes on with its
    /// paragraph. Emphasis that reaches over the line break is in both.
    pub(super) fn end_title(&mut self, line_break: &Range<usize>) -> bool {
        let Some(end) = self.label.paragraph_end.take() else { return false };
        let kinds = self.open.iter().rev().map(|open| self.nodes[*open as usize].kind);
        let inside: Vec<Kind> = kinds.take_while(|kind| *kind != Kind::AlertTitle).collect();
        for _ in 0..=inside.len() {
            self.leave();
        }
        let rest = line_break.end..end.max(line_break.end);
        self.open(Kind::Paragraph, &rest);
        for kind in inside.into_iter().rev() {
            self.open(kind, &rest);
        }
        true
    }

    /// The title's paragraph has no further line.
    pub(super) const fn title_was_all(&mut self) {
        self.label.paragraph_end = None;
    }
}
