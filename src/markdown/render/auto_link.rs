//! Automatic links: those that the handbook puts on running text by itself, besides
//! mentions. The first use of a term in a section leads to its entry, a bare id
//! to its chapter.

use super::super::escape;
use super::Writer;
use crate::id::{ChapterId, GlossaryTermId};
use std::ops::Range;

/// A piece of running text that is to be a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AutoLink {
    /// Place in the file.
    pub span: Range<usize>,
    /// What it leads to.
    pub kind: AutoLinkKind,
}

/// What an automatic link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AutoLinkKind {
    /// A term of the glossary.
    Term(GlossaryTermId),
    /// A chapter, named by its id.
    Chapter(ChapterId),
}

impl Writer<'_, '_> {
    /// Writes text between mentions, with its automatic links. `start` is where it
    /// stands in the file.
    pub(super) fn auto_linked(&mut self, text: &str, start: usize) {
        let resolve = self.resolve;
        let links = resolve.auto_links();
        while links.get(self.auto_links).is_some_and(|link| link.span.start < start) {
            self.auto_links += 1;
        }
        let mut done = 0;
        while let Some(link) = links.get(self.auto_links).filter(|link| link.span.end <= start + text.len()) {
            self.auto_links += 1;
            let place = link.span.start - start..link.span.end - start;
            let Some(address) = resolve.auto_link(link) else { continue };
            let (Some(before), Some(words)) = (text.get(done..place.start), text.get(place.clone())) else {
                continue;
            };
            self.plain(before);
            self.flush_break(words.chars().next().unwrap_or(' '));
            let class = match link.kind {
                AutoLinkKind::Term(_) => "term",
                AutoLinkKind::Chapter(_) => "mention",
            };
            self.out.push_str("<a class=\"");
            self.out.push_str(class);
            self.out.push_str("\" href=\"");
            escape::address(&mut self.out, &address);
            self.out.push_str("\">");
            self.plain(words);
            self.out.push_str("</a>");
            done = place.end;
        }
        self.plain(text.get(done..).unwrap_or(text));
    }
}
