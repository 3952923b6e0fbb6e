//! Lines that say something to another tool alone: tables of contents, ids and attributes
//! behind headings.

use super::super::fence;
use super::super::line::Line;
use super::Scan;

/// What a line of a table of contents is elsewhere.
const CONTENTS: [&str; 5] = ["[toc]", "[[toc]]", "[[_toc_]]", "@[toc]", "[toc]()"];

impl Scan<'_> {
    pub(super) fn is_contents(&self, line: &Line<'_>) -> bool {
        let word = line.bare.trim();
        let next = self.prepared.source[self.at + line.whole.len()..].lines().next();
        CONTENTS.iter().any(|known| known.eq_ignore_ascii_case(word))
            && next.is_none_or(|next| next.trim_matches(['>', ' ', '\t', '\r']).is_empty())
    }

    /// `## Title {: #id }` is what the parser knows without the colon.
    pub(super) fn heading(&mut self, line: &Line<'_>) {
        let text = line.bare.trim_end();
        self.above_is_empty = text.starts_with('#');
        if self.above_is_empty && self.docsify_id(line, text) {
            return;
        }
        let Some(at) = text.rfind("{:").filter(|_| self.above_is_empty) else { return };
        if fence::attributes(&text[at..]).is_some() {
            let start = self.at + line.before + at;
            self.prepared.copy_to(start);
            self.prepared.mask_to(start + 2, "{");
        }
    }

    /// `## Title :id=name` of docsify is `## Title {#name}`.
    fn docsify_id(&mut self, line: &Line<'_>, text: &str) -> bool {
        let Some(at) = text.rfind(" :id=") else { return false };
        let id = &text[at + 5..];
        let is_id = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if id.is_empty() || !id.chars().all(is_id) {
            return false;
        }
        let start = self.at + line.before + at + 1;
        self.prepared.copy_to(start);
        self.prepared.mask_to(start + 4, "{#");
        self.prepared.copy_to(start + 4 + id.len());
        self.prepared.mask_to(start + 4 + id.len(), "}");
        true
    }
}
