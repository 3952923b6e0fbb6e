//! Makes a veil: looks at every link, address and tag of a text.

use super::super::{MarkdownOptions, stream};
use super::tags::{Fragment, RawLink, edited};
use super::{Change, Instead, Veil, words};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag as Block, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// What is withheld, as far as a text needs to know.
pub trait Sight {
    /// Whether a link leads to something withheld; `wiki` for `[[destination]]`.
    fn hides(&self, destination: &str, wiki: bool) -> bool;
    /// Whether words are an address or id of something withheld.
    fn names(&self, words: &str) -> bool;
    /// Places in a text of addresses of something withheld, in order.
    fn addresses(&self, text: &str) -> Vec<Range<usize>>;
    /// Places of `[[title|` that lead to something withheld, in running text where
    /// something else ended the link: the `|` of a table's cell, the end of a line.
    fn bracketed(&self, text: &str) -> Vec<Range<usize>>;
    /// What is shown instead of such words.
    fn word(&self) -> &str;
}

/// What must be changed of a text for those who may not see what `sight` hides.
#[must_use]
pub fn veil(text: &str, body: usize, options: &MarkdownOptions, sight: &dyn Sight) -> Veil {
    let mut lifter = Lifter {
        sight,
        changed: BTreeMap::new(),
        links: Vec::new(),
        idle: 0,
        run: Vec::new(),
        opaque: 0,
        raw: None,
        fragments: BTreeMap::new(),
    };
    for (at, (event, span)) in (0..).zip(stream(text, body, options)) {
        lifter.event(at, event, span);
    }
    lifter.finish()
}

/// A link that is open.
pub(super) struct Link {
    /// The event that began it.
    at: u32,
    span: Range<usize>,
    hidden: bool,
    /// Whether its words go whatever they are.
    bare: bool,
    destination: String,
    words: String,
}

/// A text between two other events: its event, itself and its place.
type Run<'a> = (u32, pulldown_cmark::CowStr<'a>, Range<usize>);

pub(super) struct Lifter<'a, 's> {
    pub(super) sight: &'s dyn Sight,
    pub(super) changed: BTreeMap<u32, Change>,
    pub(super) links: Vec<Link>,
    /// Open links of which all that is inside goes.
    idle: usize,
    run: Vec<Run<'a>>,
    /// Blocks of code that are open.
    opaque: usize,
    pub(super) raw: Option<RawLink>,
    pub(super) fragments: BTreeMap<u32, Fragment>,
}

impl<'a> Lifter<'a, '_> {
    fn event(&mut self, at: u32, event: Event<'a>, span: Range<usize>) {
        if let Event::Text(text) = event {
            if self.opaque == 0 {
                self.words(at, &text);
            }
            self.run.push((at, text, span));
            return;
        }
        self.end_run();
        match event {
            Event::Start(Block::CodeBlock(kind)) => {
                self.opaque += 1;
                if let CodeBlockKind::Fenced(info) = kind {
                    match info.split_whitespace().any(|word| self.sight.names(word)) {
                        true => drop(self.changed.insert(at, vec![(Instead::Titled(String::new()), span)])),
                        false => self.title(at, &info, &span),
                    }
                }
            }
            Event::End(TagEnd::CodeBlock) => self.opaque = self.opaque.saturating_sub(1),
            Event::Start(Block::Link { link_type, dest_url, title, .. }) => {
                self.title(at, &title, &span);
                let bare =
                    matches!(link_type, LinkType::Autolink | LinkType::WikiLink { has_pothole: false });
                self.begin(at, span, link_type, dest_url.into_string(), bare);
            }
            Event::Start(Block::Image { link_type, dest_url, title, .. }) => {
                self.title(at, &title, &span);
                self.begin(at, span, link_type, dest_url.into_string(), true);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.end(at),
            Event::Code(text) => {
                self.words(at, &text);
                if let Some(kept) = self.without_addresses(&text) {
                    self.changed.insert(at, vec![(Instead::Code(kept), span)]);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.words(at, " "),
            Event::InlineHtml(html) => self.html(at, &html, true, span),
            Event::Html(html) => self.html(at, &html, false, span),
            _ => {}
        }
    }

    fn words(&mut self, at: u32, text: &str) {
        if let Some(link) = self.links.last_mut() {
            link.words.push_str(text);
        }
        if let Some(raw) = &mut self.raw {
            raw.words.push_str(text);
            raw.events.push(at);
        }
    }

    fn begin(&mut self, at: u32, span: Range<usize>, kind: LinkType, destination: String, bare: bool) {
        let wiki = matches!(kind, LinkType::WikiLink { .. });
        let hidden = self.idle == 0 && kind != LinkType::Email && self.sight.hides(&destination, wiki);
        self.idle += usize::from(hidden && bare);
        self.links.push(Link { at, span, hidden, bare, destination, words: String::new() });
    }

    fn end(&mut self, at: u32) {
        let Some(link) = self.links.pop() else { return };
        if !link.hidden {
            // What an inner image says is among the words of the link around it.
            if let Some(outer) = self.links.last_mut() {
                outer.words.push_str(&link.words);
            }
            return;
        }
        self.idle -= usize::from(link.bare);
        let mut opening = vec![(Instead::Open, link.span.clone())];
        if link.bare || words::tell(&link.words, &link.destination) || self.sight.names(link.words.trim()) {
            for inside in link.at + 1..at {
                self.changed.insert(inside, Vec::new());
                self.fragments.remove(&inside);
            }
            opening.push((Instead::Text(self.sight.word().to_owned()), link.span.clone()));
        }
        self.changed.insert(link.at, opening);
        self.changed.insert(at, vec![(Instead::Close, link.span)]);
    }

    /// Takes the addresses out of a tooltip, or of what is said of a block of code.
    fn title(&mut self, at: u32, title: &str, span: &Range<usize>) {
        if let Some(kept) = self.without_addresses(title) {
            self.changed.insert(at, vec![(Instead::Titled(kept), span.clone())]);
        }
    }

    /// A text with the word for them instead of addresses; `None` where it has none.
    pub(super) fn without_addresses(&self, text: &str) -> Option<String> {
        let found = self.sight.addresses(text);
        let (mut kept, mut done) = (String::new(), 0);
        for address in &found {
            kept.push_str(&text[done..address.start]);
            kept.push_str(self.sight.word());
            done = address.end;
        }
        kept.push_str(&text[done..]);
        (!found.is_empty()).then_some(kept)
    }

    /// Takes the addresses out of a text that has come to its end.
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.is_empty() {
            return;
        }
        let whole: String = run.iter().map(|(_, text, _)| text.as_ref()).collect();
        let mut found = self.sight.addresses(&whole);
        if self.opaque == 0 {
            found.extend(self.sight.bracketed(&whole));
            found.sort_unstable_by_key(|place| (place.start, place.end));
            found.dedup_by(|next, place| next.start < place.end);
        }
        if found.is_empty() {
            return;
        }
        let linked = self.links.is_empty() && self.raw.is_none() && self.opaque == 0;
        let mut begin = 0;
        for (at, text, span) in &run {
            let place = begin..begin + text.len();
            begin = place.end;
            let mut instead = Vec::new();
            let mut done = place.start;
            let verbatim = text.len() == span.len();
            let keep = |from: usize, to: usize, instead: &mut Vec<_>| {
                if from < to {
                    let own = span.start + from - place.start..span.start + to - place.start;
                    let own = if verbatim { own } else { span.clone() };
                    instead.push((Instead::Text(whole[from..to].to_owned()), own));
                }
            };
            for address in found.iter().filter(|found| found.start < place.end && found.end > place.start) {
                keep(done, address.start.max(place.start), &mut instead);
                done = address.end.min(place.end);
                if place.contains(&address.start) {
                    let word = (Instead::Text(self.sight.word().to_owned()), span.clone());
                    let marks =
                        linked.then(|| [Instead::Open, Instead::Close].map(|mark| (mark, span.clone())));
                    match marks {
                        Some([open, close]) => instead.extend([open, word, close]),
                        None => instead.push(word),
                    }
                }
            }
            if done > place.start {
                keep(done, place.end, &mut instead);
                self.changed.insert(*at, instead);
            }
        }
    }

    fn finish(mut self) -> Veil {
        self.end_run();
        self.end_raw();
        for (at, fragment) in std::mem::take(&mut self.fragments) {
            if fragment.edits.is_empty() {
                continue;
            }
            let html = edited(&fragment.html, fragment.edits);
            let instead = if fragment.inline { Instead::InlineHtml(html) } else { Instead::Html(html) };
            self.changed.insert(at, vec![(instead, fragment.span)]);
        }
        Veil { changed: self.changed.into_iter().collect() }
    }
}
