//! Blocks of raw HTML, which the parser gives line by line, cut into tags.

use super::super::raw::{Places, Token, Tokens};
use super::mask::last_close;
use super::{Reader, is_aside};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::HashMap;
use std::ops::Range;

impl Reader<'_, '_> {
    /// Ends the open block of raw HTML, whose lines are complete now.
    pub(super) fn end_block(&mut self) {
        let Some((html, span)) = self.block.take() else { return };
        let places = Places::new(&html, self.text, &span);
        let mut tokens = Tokens::default();
        let mut ends: HashMap<String, Option<usize>> = HashMap::new();
        let mut at = 0;
        while at < html.len() {
            let mut found = None;
            let in_text = tokens.is_at_start();
            at = tokens.step(&html, at, &mut |token| found = Some(token));
            match found {
                Some(Token::Text(place)) => self.html(&html[place.clone()], places.of(place)),
                Some(Token::Open(tag)) => {
                    let is_raw = !tokens.is_at_start();
                    let last = || last_close(&html, &tag.name);
                    if is_raw && ends.entry(tag.name.clone()).or_insert_with(last).is_none_or(|end| end < at)
                    {
                        // Nothing closes it: it is text, and tags may follow.
                        tokens.stay_in_text();
                        self.written(&html[tag.place.clone()], places.of(tag.place));
                    } else {
                        self.block_tag(&html[tag.place.clone()], places.of(tag.place), &tag.name, false);
                    }
                }
                Some(Token::Close(name, place)) => {
                    self.block_tag(&html[place.clone()], places.of(place), &name, true);
                }
                Some(Token::Hidden(place)) => {
                    let (piece, span) = (&html[place.clone()], places.of(place));
                    if !in_text {
                        // The inside of a script.
                        self.html(piece, span);
                    } else if piece.starts_with("<!--") {
                        self.comment(piece, span, tokens.is_in_comment());
                    } else if is_aside(piece) {
                        self.apart(piece.to_owned(), span);
                    } else {
                        // A tag without an end, or none at all: `</ x>`.
                        tokens.stay_in_text();
                        self.written(piece, span);
                    }
                }
                None => {}
            }
        }
        self.run += 1;
    }

    fn block_tag(&mut self, html: &str, span: Range<usize>, name: &str, closes: bool) {
        self.tag(Event::Html(html.to_owned().into()), span, name, closes, true);
    }

    fn html(&mut self, html: &str, span: Range<usize>) {
        self.push(Event::Html(html.to_owned().into()), span);
    }

    fn written(&mut self, text: &str, span: Range<usize>) {
        self.push(Event::Text(text.to_owned().into()), span);
    }

    /// A comment that nothing closes goes on to the end of its container.
    fn comment(&mut self, html: &str, span: Range<usize>, is_open: bool) {
        match is_open {
            true => self.apart(format!("{html}-->"), span),
            false => self.html(html, span),
        }
    }

    /// Adds raw HTML as a block of its own.
    fn apart(&mut self, html: String, span: Range<usize>) {
        let (start, end) = (span.start, span.end);
        self.push(Event::End(TagEnd::HtmlBlock), start..start);
        self.push(Event::Start(Tag::HtmlBlock), span.clone());
        self.push(Event::Html(html.into()), span);
        self.push(Event::End(TagEnd::HtmlBlock), end..end);
        self.push(Event::Start(Tag::HtmlBlock), end..end);
    }
}
