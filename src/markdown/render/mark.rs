//! Marks: links that the handbook puts on running text by itself, besides
//! mentions. The first use of a term in a section leads to its entry, a bare id
//! to its chapter.

use super::super::escape;
use super::Writer;
use pulldown_cmark::Event;
use std::ops::Range;

/// A piece of running text that is to be a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Place in the file.
    pub span: Range<usize>,
    /// What it leads to.
    pub kind: MarkKind,
}

/// What a mark leads to; numbers are places in the handbook's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// A term of the glossary.
    Term(usize),
    /// A chapter, named by its id.
    Chapter(usize),
}

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Writer<'a, '_, I> {
    /// Text between mentions, with its marks as links. `start` is where it
    /// stands in the file.
    pub(super) fn marked(&mut self, text: &str, start: usize) {
        let resolve = self.resolve;
        let marks = resolve.marks();
        while marks.get(self.marks).is_some_and(|mark| mark.span.start < start) {
            self.marks += 1;
        }
        let mut done = 0;
        while let Some(mark) = marks.get(self.marks).filter(|mark| mark.span.end <= start + text.len()) {
            self.marks += 1;
            let place = mark.span.start - start..mark.span.end - start;
            let Some(address) = resolve.mark(mark) else { continue };
            let (Some(before), Some(words)) = (text.get(done..place.start), text.get(place.clone())) else {
                continue;
            };
            self.addresses(before);
            self.flush_break(words.chars().next().unwrap_or(' '));
            let class = match mark.kind {
                MarkKind::Term(_) => "term",
                MarkKind::Chapter(_) => "mention",
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
        self.addresses(text.get(done..).unwrap_or(text));
    }
}
