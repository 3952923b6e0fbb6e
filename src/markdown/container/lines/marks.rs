//! Lines that say something to another tool alone: tables of contents, ids and attributes
//! behind headings, the ends of calls and blocks.

use super::super::fence::Form;
use super::super::line::{Line, last_line};
use super::super::{admonish, block, braces, call};
use super::{DEPTH, Scan};

/// What a line of a table of contents is elsewhere.
const CONTENTS: [&str; 5] = ["[toc]", "[[toc]]", "[[_toc_]]", "@[toc]", "[toc]()"];

impl Scan<'_> {
    pub(super) fn is_contents(&self, line: &Line<'_>) -> bool {
        let word = line.bare.trim();
        let next = self.prepared.source[self.at + line.whole.len()..].lines().next();
        CONTENTS.iter().any(|known| known.eq_ignore_ascii_case(word))
            && next.is_none_or(|next| next.trim_matches(['>', ' ', '\t', '\r']).is_empty())
    }

    /// The call that a line ends, where it is open.
    pub(super) fn closing_call(&mut self, line: &Line<'_>) -> Option<&'static str> {
        let name = call::closing(line.bare).filter(|_| !self.calls.is_empty())?;
        let at = self.calls.iter().rposition(|open| *open == name)?;
        self.calls.truncate(at);
        Some(name)
    }

    /// Whether a line begins a block of code that is a box, which a later line ends.
    pub(super) fn begins_admonish(&self, line: &Line<'_>) -> bool {
        if !line.bare.starts_with(['`', '~']) || self.admonish.len() >= DEPTH {
            return false;
        }
        let last = self.last_fences[usize::from(line.bare.starts_with('~'))];
        self.at < last && admonish::opening(line.bare.trim_end()).is_some()
    }

    /// The block of code that is a box, and that a line ends.
    pub(super) fn closing_admonish(&mut self, line: &Line<'_>) -> Option<Form> {
        let (sign, count) = *self.admonish.last()?;
        admonish::closing(line.bare).filter(|(own, length)| *own == sign && *length >= count)?;
        self.admonish.pop();
        Some(Form::Admonish(sign, count))
    }

    /// How many slashes end a block that is open.
    pub(super) fn closing_block(&mut self, line: &Line<'_>) -> Option<usize> {
        let count = block::closing(line.bare).filter(|_| !self.blocks.is_empty())?;
        let at = self.blocks.iter().rposition(|open| *open == count)?;
        self.blocks.truncate(at);
        Some(count)
    }

    /// Whether a line says how a block looks; it is not shown.
    pub(super) fn is_option(&mut self, line: &Line<'_>, indent: usize) -> bool {
        let Some(least) = self.options else { return false };
        let is_option = match self.is_directive {
            true => indent >= least && admonish::is_option(line.bare),
            false => indent >= least && block::is_option(line.whole),
        };
        match is_option {
            true => {
                let start = self.at + line.before;
                self.prepared.copy_to(start);
                self.prepared.mask_to(start + line.bare.trim_end().len(), "");
                self.above_is_empty = true;
            }
            false => self.options = None,
        }
        is_option
    }

    /// `## Title {: #id }` is what the parser knows without the colon.
    pub(super) fn heading(&mut self, line: &Line<'_>) {
        let text = line.bare.trim_end();
        self.above_is_empty = text.starts_with('#');
        if self.above_is_empty && (self.docsify_id(line, text) || self.docsify_word(line, text)) {
            return;
        }
        let Some(at) = text.rfind("{:").filter(|_| self.above_is_empty) else { return };
        if braces::attributes(&text[at..]).is_some() {
            let start = self.at + line.before + at;
            self.prepared.copy_to(start);
            self.prepared.mask_to(start + 2, "{");
        }
    }

    /// `## Title {docsify-ignore}`: the sidebar of docsify does not have it.
    fn docsify_word(&mut self, line: &Line<'_>, text: &str) -> bool {
        let words = ["{docsify-ignore}", "{docsify-ignore-all}"];
        let Some(title) = words.iter().find_map(|word| text.strip_suffix(word)) else { return false };
        let start = self.at + line.before;
        self.prepared.copy_to(start + title.trim_end().len());
        self.prepared.mask_to(start + text.len(), "");
        true
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

/// Whether a line ends a paragraph of docsify and begins something else.
pub(super) fn begins_another(line: &str) -> bool {
    ["!> ", "?> ", "#", "```", "~~~"].iter().any(|sign| line.starts_with(sign))
}

/// Where the last line stands in a text that may end a block of code of a sign; 0 where none does.
pub(super) fn last_fence(text: &str, sign: u8) -> usize {
    last_line(text, |line| admonish::closing(line).is_some_and(|(own, _)| own == sign))
}
