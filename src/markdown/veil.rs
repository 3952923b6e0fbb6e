//! What an audience may not see of a text that it may read.
//!
//! A chapter may link to another that is withheld from some of its readers. For
//! them its events are changed before anything looks at them: the link becomes
//! its words and a mark; its address, its tooltip and words that are themselves
//! the address are gone. So page, anchors, search, cards and quotations are all
//! made from a text that never held them.
//!
//! A [`Veil`] says what takes the place of which events. It belongs to one text
//! and its options, since it counts them.

mod lift;
mod tags;
mod words;

pub use lift::{Sight, veil};

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use std::collections::VecDeque;
use std::ops::Range;

/// The destination of a link to what is withheld. No author can write it, since
/// Markdown knows no NUL.
pub(super) const WITHHELD: &str = "\0";

/// What a link of raw HTML has instead of its destination; its role and state are
/// what a link that leads nowhere is called.
pub(super) const RAW_WITHHELD: &str = "class=\"withheld\" role=\"link\" aria-disabled=\"true\"";

/// Events and their places.
type Spanned<'a> = (Event<'a>, Range<usize>);

/// What stands in the place of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Instead {
    /// A link to something withheld begins.
    Open,
    /// It ends.
    Close,
    Text(String),
    Code(String),
    /// The same link or image with another tooltip, or code of another language.
    Titled(String),
    InlineHtml(String),
    Html(String),
}

/// All that stands in the place of one event, and where it does.
type Change = Vec<(Instead, Range<usize>)>;

/// What is changed in a text for an audience, event by event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Veil {
    /// In order: which event, and what stands in its place.
    changed: Vec<(u32, Change)>,
}

impl Veil {
    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty()
    }

    /// The events as the audience gets them.
    pub(super) fn over<'a, I: Iterator<Item = Spanned<'a>>>(&self, events: I) -> Veiled<'a, '_, I> {
        Veiled { events, veil: self, next: 0, count: 0, ready: VecDeque::new() }
    }
}

/// Events behind a veil.
pub(super) struct Veiled<'a, 'v, I> {
    events: I,
    veil: &'v Veil,
    /// The next change, by its place in the list.
    next: usize,
    /// Events so far.
    count: u32,
    ready: VecDeque<Spanned<'a>>,
}

impl<'a, I: Iterator<Item = Spanned<'a>>> Iterator for Veiled<'a, '_, I> {
    type Item = Spanned<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let event = self.events.next()?;
            let count = self.count;
            self.count += 1;
            match self.veil.changed.get(self.next) {
                Some((at, instead)) if *at == count => {
                    self.next += 1;
                    let changed = instead.iter().map(|(one, span)| (one.event(&event.0), span.clone()));
                    self.ready.extend(changed);
                }
                _ => return Some(event),
            }
        }
    }
}

impl Instead {
    /// The event that stands in the place of another.
    fn event<'a>(&self, other: &Event<'a>) -> Event<'a> {
        let owned = |text: &str| CowStr::from(text.to_owned());
        match self {
            Self::Open => Event::Start(Tag::Link {
                link_type: LinkType::Inline,
                dest_url: CowStr::from(WITHHELD),
                title: CowStr::from(""),
                id: CowStr::from(""),
            }),
            Self::Close => Event::End(TagEnd::Link),
            Self::Text(text) => Event::Text(owned(text)),
            Self::Code(text) => Event::Code(owned(text)),
            Self::Titled(text) => {
                let mut event = other.clone();
                match &mut event {
                    Event::Start(Tag::Link { title, .. } | Tag::Image { title, .. }) => *title = owned(text),
                    Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => *info = owned(text),
                    _ => {}
                }
                event
            }
            Self::InlineHtml(html) => Event::InlineHtml(owned(html)),
            Self::Html(html) => Event::Html(owned(html)),
        }
    }
}

/// Raw HTML in one piece: the parser gives a block of it line by line, and a tag may
/// stand on several.
pub(super) struct Joined<I: Iterator> {
    inner: std::iter::Peekable<I>,
}

impl<'a, I: Iterator<Item = Spanned<'a>>> Joined<I> {
    pub(super) fn new(inner: I) -> Self {
        Self { inner: inner.peekable() }
    }
}

impl<'a, I: Iterator<Item = Spanned<'a>>> Iterator for Joined<I> {
    type Item = Spanned<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let (event, mut span) = self.inner.next()?;
        let Event::Html(first) = &event else { return Some((event, span)) };
        let is_html = |next: &Spanned<'a>| matches!(next.0, Event::Html(_));
        let Some((Event::Html(second), place)) = self.inner.next_if(is_html) else {
            return Some((event, span));
        };
        let mut whole = format!("{first}{second}");
        span.end = place.end.max(span.end);
        while let Some((Event::Html(line), place)) = self.inner.next_if(is_html) {
            whole.push_str(&line);
            span.end = place.end.max(span.end);
        }
        Some((Event::Html(whole.into()), span))
    }
}
