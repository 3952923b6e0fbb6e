//! Bare addresses in running text become links.
//!
//! The parser gives a run of text in pieces, where a character might have begun some
//! other syntax; the step reads the pieces of a run as one text.

mod find;

pub(super) use find::find;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};
use std::collections::VecDeque;
use std::iter::Peekable;
use std::ops::Range;

type Spanned<'a> = (Event<'a>, Range<usize>);

/// The step.
pub(super) struct Autolinks<'a, I: Iterator<Item = Spanned<'a>>> {
    text: &'a str,
    active: bool,
    inner: Peekable<I>,
    ready: VecDeque<Spanned<'a>>,
    /// Links, images and blocks of code that are open.
    closed: usize,
    /// Whether a link of raw HTML is open.
    raw: bool,
}

/// A piece of a run: where it stands in the run, and the event.
struct Piece<'a> {
    place: Range<usize>,
    text: CowStr<'a>,
    span: Range<usize>,
}

impl<'a, I: Iterator<Item = Spanned<'a>>> Autolinks<'a, I> {
    pub(super) fn new(text: &'a str, active: bool, inner: I) -> Self {
        Self { text, active, inner: inner.peekable(), ready: VecDeque::new(), closed: 0, raw: false }
    }
}

impl<'a, I: Iterator<Item = Spanned<'a>>> Iterator for Autolinks<'a, I> {
    type Item = Spanned<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(event) = self.ready.pop_front() {
            return Some(event);
        }
        let (event, span) = self.inner.next()?;
        if !self.active {
            return Some((event, span));
        }
        let Event::Text(text) = event else {
            self.note(&event);
            return Some((event, span));
        };
        let is_alone = !matches!(self.inner.peek(), Some((Event::Text(_), _)));
        if self.closed > 0 || self.raw || is_alone && find(&text, 0).is_none() {
            return Some((Event::Text(text), span));
        }
        self.run(text, span);
        self.ready.pop_front()
    }
}

impl<'a, I: Iterator<Item = Spanned<'a>>> Autolinks<'a, I> {
    /// Notes what begins and ends at an event.
    fn note(&mut self, event: &Event<'a>) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => self.closed += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => {
                self.closed = self.closed.saturating_sub(1);
            }
            Event::InlineHtml(html) => {
                let name = html.trim_start_matches(['<', '/']);
                let is_link = name.starts_with(['a', 'A'])
                    && !name[1..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
                if is_link {
                    self.raw = !html.starts_with("</");
                }
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            Event::Start(_) | Event::End(_) => self.raw = false,
            _ => {}
        }
    }

    /// Reads the run that begins with a text.
    fn run(&mut self, text: CowStr<'a>, span: Range<usize>) {
        let mut length = text.len();
        let mut pieces = vec![Piece { place: 0..length, text, span }];
        while let Some((Event::Text(_), _)) = self.inner.peek() {
            let Some((Event::Text(text), span)) = self.inner.next() else { break };
            let start = length;
            length += text.len();
            pieces.push(Piece { place: start..length, text, span });
        }
        let whole = if let [only] = &pieces[..] {
            only.text.clone()
        } else {
            pieces.iter().map(|piece| &*piece.text).collect::<String>().into()
        };
        let (mut done, mut first) = (0, 0);
        while let Some(address) = find(&whole, done) {
            self.write(&pieces, &mut first, done..address.place.start);
            let from = self.ready.len();
            let dest = format!("{}{}", address.scheme, &whole[address.place.clone()]);
            self.write(&pieces, &mut first, address.place.clone());
            self.wrap(from, dest);
            done = address.place.end;
        }
        self.write(&pieces, &mut first, done..length);
    }

    /// Puts a link around the events that are ready from one on.
    fn wrap(&mut self, from: usize, dest: String) {
        let inside: Vec<Spanned<'a>> = self.ready.drain(from..).collect();
        let start = inside.first().map_or(0, |(_, span)| span.start);
        let end = inside.last().map_or(start, |(_, span)| span.end);
        let link = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: dest.into(),
            title: "".into(),
            id: "".into(),
        };
        self.ready.push_back((Event::Start(link), start..end));
        // Written as it is read, the address is one text.
        let words: String = inside.iter().filter_map(|(event, _)| words(event)).collect();
        match self.text.get(start..end).filter(|written| *written == words) {
            Some(written) => self.ready.push_back((Event::Text(written.into()), start..end)),
            None => self.ready.extend(inside),
        }
        self.ready.push_back((Event::End(TagEnd::Link), start..end));
    }

    /// Writes a stretch of the run; `first` is the first piece that reaches into it.
    fn write(&mut self, pieces: &[Piece<'a>], first: &mut usize, stretch: Range<usize>) {
        while let Some(piece) = pieces.get(*first) {
            let from = stretch.start.max(piece.place.start);
            let to = stretch.end.min(piece.place.end);
            if from < to {
                let own = from - piece.place.start..to - piece.place.start;
                self.ready.push_back(self.part(piece, own));
            }
            if piece.place.end > stretch.end {
                break;
            }
            *first += 1;
        }
    }

    fn part(&self, piece: &Piece<'a>, own: Range<usize>) -> Spanned<'a> {
        if own == (0..piece.text.len()) {
            return (Event::Text(piece.text.clone()), piece.span.clone());
        }
        let span = piece.span.start + own.start..piece.span.start + own.end;
        let part = &piece.text[own];
        match self.text.get(span.clone()).filter(|_| piece.span.len() == piece.text.len()) {
            Some(written) if written == part => (Event::Text(written.into()), span),
            _ => (Event::Text(part.to_owned().into()), piece.span.clone()),
        }
    }
}

fn words<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    if let Event::Text(text) = event { Some(text) } else { None }
}
