//! The line that each block is written in, for the preview: from a paragraph in
//! the browser to its place in the editor. A build never asks for it.

use super::Writer;

const MARK: &str = " data-source-line=\"";

/// Counts lines on the way through a text, so that none is counted twice.
#[derive(Debug, Default)]
pub(super) struct Lines {
    at: usize,
    passed: usize,
}

impl Lines {
    /// The line of a place, from 1.
    fn of(&mut self, text: &str, place: usize) -> usize {
        if place < self.at {
            *self = Self::default();
        }
        let between = text.as_bytes().get(self.at..place).unwrap_or_default();
        self.passed += between.iter().filter(|byte| **byte == b'\n').count();
        self.at = place;
        self.passed + 1
    }
}

impl Writer<'_, '_> {
    /// Gives the first tag written since `before` the line of the block that
    /// begins at `start`. What is quoted stands in another file.
    pub(super) fn mark_line(&mut self, start: usize, before: usize) {
        if !self.options.source_lines || self.is_quoted() {
            return;
        }
        let written = self.out.get(before..).unwrap_or_default();
        let Some(tag) = written.find('<').filter(|at| !written[*at..].starts_with("</")) else { return };
        let name = tag + 1;
        let end = written[name..].find(|c: char| !c.is_ascii_alphanumeric()).map(|end| before + name + end);
        if let Some(end) = end {
            let line = self.lines.of(self.document.source(), start);
            self.out.insert_str(end, &format!("{MARK}{line}\""));
        }
    }
}
