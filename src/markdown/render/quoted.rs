//! Quotations of other chapters: `![[title#clause]]`.
//!
//! The text quoted is written by the same writer over the whole of its chapter,
//! so that its links and references mean what they mean there; blocks outside
//! the part are passed over. Nothing in it has an anchor, since the page may
//! have the same one.

use super::super::escape;
use super::Writer;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::ops::Range;

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Writer<'a, '_, I> {
    pub(super) const fn is_quoted(&self) -> bool {
        self.part.is_some()
    }

    /// Counts what stands before the part, as if it had been written.
    pub(super) fn begin_at(&mut self, start: usize) {
        let scan = self.scan;
        self.headings = scan.headings.partition_point(|heading| heading.span.start < start);
        self.clauses = scan.clauses.partition_point(|clause| clause.span().start < start);
        self.mentions = scan.mentions.partition_point(|mention| mention.span.start < start);
    }

    /// Whether an event at the top belongs to no block of the part; passes over
    /// the whole block.
    pub(super) fn is_outside(&mut self, event: &Event<'a>, span: &Range<usize>) -> bool {
        let outside = self.part.as_ref().is_some_and(|part| !part.contains(&span.start));
        let Event::Start(_) = event else { return outside };
        if !outside {
            return false;
        }
        let mut open = 1;
        while open > 0 {
            match self.stream.next() {
                Some((Event::Start(_), _)) => open += 1,
                Some((Event::End(_), _)) => open -= 1,
                Some(_) => {}
                None => break,
            }
        }
        true
    }

    /// A paragraph of nothing but `![[title#clause]]` becomes the text it names.
    pub(super) fn embed(&mut self, span: &Range<usize>) -> bool {
        let end = span.start + self.text.get(span.clone()).unwrap_or("").trim_end().len();
        let alone = match self.stream.peek() {
            Some((
                Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, dest_url, .. }),
                place,
            )) if place.start == span.start && place.end == end => Some((dest_url.clone(), place.start)),
            _ => None,
        };
        let Some((destination, start)) = alone else { return false };
        let Some(embed) = self.resolve.embed(&destination, start) else { return false };
        while let Some((event, _)) = self.stream.next() {
            if matches!(event, Event::End(TagEnd::Paragraph)) {
                break;
            }
        }
        self.line();
        self.out.push_str("<blockquote class=\"embed\">\n");
        self.out.push_str(&embed.html);
        self.line();
        self.out.push_str("<footer>");
        self.embed_link(&embed.address, &embed.words);
        self.out.push_str("</footer>\n</blockquote>\n");
        true
    }

    fn embed_link(&mut self, address: &str, words: &str) {
        self.out.push_str("<a href=\"");
        escape::address(&mut self.out, address);
        self.out.push_str("\">");
        escape::text(&mut self.out, words);
        self.out.push_str("</a>");
    }

    /// `![[title]]` in running text, where no block can stand: a link.
    pub(super) fn inline_embed(&mut self, destination: &str, start: usize) -> bool {
        let Some(embed) = self.resolve.embed(destination, start) else { return false };
        let words = self.alternative();
        let words = if words.is_empty() || words == destination { embed.words.clone() } else { words };
        self.flush_break(words.chars().next().unwrap_or(' '));
        self.embed_link(&embed.address, &words);
        self.last = words.chars().next_back().unwrap_or(' ');
        true
    }
}
