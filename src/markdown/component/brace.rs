//! What MDX has between braces in running text: comments, which nobody sees, and texts in
//! quotation marks, most of them a blank.

use super::Reader;
use super::line::{is_blank_to_end, line_around, near};
use crate::markdown::dialect::Tags;
use std::ops::Range;

impl Reader<'_> {
    /// Reads what is in braces; says where they end.
    pub(super) fn brace(&mut self, at: usize) -> Option<usize> {
        if self.tags != Tags::Mdx || self.text[..at].ends_with('=') {
            return None;
        }
        if self.text[at..].starts_with("{/*") {
            return self.remark(at);
        }
        let line = near(&self.text[at + 1..]).lines().next()?;
        let inner = line.split('}').next().filter(|inner| inner.len() < line.len())?;
        let end = at + 1 + inner.len() + 1;
        let words = ['"', '\'', '`'].into_iter().find_map(|quote| {
            inner.trim().strip_prefix(quote)?.strip_suffix(quote).filter(|words| !words.contains(quote))
        })?;
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | ':' | ';' | '?' | '!');
        if !words.chars().all(is_plain) {
            return None;
        }
        // Two blanks at the end of a line would break it.
        let is_last = words.trim().is_empty() && is_blank_to_end(&self.text[end..]);
        self.put(at..end, if is_last { "" } else { words });
        Some(end)
    }

    /// A comment goes; one behind a heading may be its id: `## Title {/* #id */}`.
    fn remark(&mut self, at: usize) -> Option<usize> {
        let end = (self.last_remark > at).then(|| self.text[at..].find("*/}")).flatten()? + at;
        let (inner, end) = (self.text[at + 3..end].trim(), end + 3);
        let id = inner.strip_prefix('#').filter(|id| !id.is_empty() && !id.contains(char::is_whitespace));
        match id.filter(|_| line_around(self.text, at).starts_with('#') && is_blank_to_end(&self.text[end..]))
        {
            Some(id) => self.put(at..end, format!("{{#{id}}}")),
            None => self.each_line(&(at..end), ""),
        }
        Some(end)
    }

    /// Puts something in the first line of a place, and nothing in its others.
    pub(super) fn each_line(&mut self, place: &Range<usize>, first: &str) {
        let mut at = place.start;
        for (number, line) in self.text[place.clone()].split_inclusive('\n').enumerate() {
            let end = at + line.trim_end_matches(['\n', '\r']).len();
            self.put(at..end, if number == 0 { first } else { "" });
            at += line.len();
        }
    }
}
