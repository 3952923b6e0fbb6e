//! Makes a veil: looks at every link, address and tag of a text.

use super::super::raw::{Tag, Token, Tokens, decode};
use super::super::{MarkdownOptions, escape, stream};
use super::{Change, Instead, RAW_WITHHELD, Veil, words};
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
    /// What is shown instead of such words.
    fn word(&self) -> &str;
}

/// What must be changed of a text for those who may not see what `sight` hides.
#[must_use]
pub fn veil(text: &str, options: &MarkdownOptions, sight: &dyn Sight) -> Veil {
    let mut lifter = Lifter {
        sight,
        changed: BTreeMap::new(),
        links: Vec::new(),
        idle: 0,
        run: Vec::new(),
        in_front: false,
        opaque: 0,
        tokens: Tokens::default(),
        raw: None,
        fragments: BTreeMap::new(),
    };
    for (at, (event, span)) in (0..).zip(stream(text, options)) {
        lifter.event(at, event, span);
    }
    lifter.finish()
}

/// A link that is open.
struct Link {
    /// The event that began it.
    at: u32,
    span: Range<usize>,
    hidden: bool,
    /// Whether its words go whatever they are.
    bare: bool,
    destination: String,
    words: String,
}

/// A link of raw HTML that is open and leads to something withheld.
struct RawLink {
    destination: String,
    words: String,
    /// The fragment that began it, and the place behind its tag.
    begin: (u32, usize),
    /// Where its words stand: events, and places of fragments.
    events: Vec<u32>,
    places: Vec<(u32, Range<usize>)>,
}

/// A fragment of raw HTML, and what is to stand where in it.
struct Fragment {
    html: String,
    inline: bool,
    span: Range<usize>,
    edits: Vec<(Range<usize>, String)>,
}

/// A text between two other events: its event, itself and its place.
type Run<'a> = (u32, pulldown_cmark::CowStr<'a>, Range<usize>);

struct Lifter<'a, 's> {
    sight: &'s dyn Sight,
    changed: BTreeMap<u32, Change>,
    links: Vec<Link>,
    /// Open links of which all that is inside goes.
    idle: usize,
    run: Vec<Run<'a>>,
    /// Whether front matter is open.
    in_front: bool,
    /// Blocks of code that are open.
    opaque: usize,
    tokens: Tokens,
    raw: Option<RawLink>,
    fragments: BTreeMap<u32, Fragment>,
}

impl<'a> Lifter<'a, '_> {
    fn event(&mut self, at: u32, event: Event<'a>, span: Range<usize>) {
        if let Event::Text(text) = event {
            if self.opaque == 0 {
                self.words(at, &text);
            }
            if !self.in_front {
                self.run.push((at, text, span));
            }
            return;
        }
        self.end_run();
        match event {
            Event::Start(Block::MetadataBlock(_)) => self.in_front = true,
            Event::End(TagEnd::MetadataBlock(_)) => self.in_front = false,
            Event::Start(Block::CodeBlock(kind)) => {
                self.opaque += 1;
                if let CodeBlockKind::Fenced(info) = kind {
                    self.title(at, &info, &span);
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
    fn without_addresses(&self, text: &str) -> Option<String> {
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
        let found = self.sight.addresses(&whole);
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

    fn html(&mut self, at: u32, html: &str, inline: bool, span: Range<usize>) {
        let mut tokens = std::mem::take(&mut self.tokens);
        let fragment = Fragment { html: html.to_owned(), inline, span, edits: Vec::new() };
        self.fragments.insert(at, fragment);
        tokens.read(html, |token| match token {
            Token::Open(tag) => self.open_tag(at, html, &tag),
            Token::Close(name, _) if name == "a" => self.end_raw(),
            Token::Text(place) => self.raw_text(at, html, place),
            Token::Hidden(place) if html[place.clone()].starts_with("<!--") => self.edit(at, place, ""),
            Token::Close(..) | Token::Hidden(_) => {}
        });
        tokens.settle(html);
        self.tokens = tokens;
    }

    fn edit(&mut self, at: u32, place: Range<usize>, text: &str) {
        if let Some(fragment) = self.fragments.get_mut(&at) {
            fragment.edits.push((place, text.to_owned()));
        }
    }

    fn open_tag(&mut self, at: u32, html: &str, tag: &Tag) {
        let hidden = |name: &str| tag.value(html, name).filter(|value| self.sight.hides(value, false));
        match tag.name.as_str() {
            "a" => {
                if let Some(destination) = hidden("href") {
                    let destination = destination.into_owned();
                    self.end_raw();
                    self.edit(at, tag.place.clone(), &format!("<a {RAW_WITHHELD}>"));
                    self.raw = Some(RawLink {
                        destination,
                        words: String::new(),
                        begin: (at, tag.place.end),
                        events: Vec::new(),
                        places: Vec::new(),
                    });
                    return;
                }
            }
            "area" if hidden("href").is_some() => return self.edit(at, tag.place.clone(), ""),
            "img" if hidden("src").is_some() => {
                let mut word = String::new();
                escape::text(&mut word, self.sight.word());
                let linked = self.links.is_empty() && self.raw.is_none();
                let mark = if linked { format!("<a {RAW_WITHHELD}>{word}</a>") } else { word };
                return self.edit(at, tag.place.clone(), &mark);
            }
            _ => {}
        }
        for attribute in &tag.attributes {
            if matches!(
                attribute.name.as_str(),
                "class" | "id" | "role" | "lang" | "dir" | "width" | "height"
            ) {
                continue;
            }
            let value = decode(&html[attribute.value.clone()]);
            let each = || value.split(',').filter_map(|one| one.split_whitespace().next());
            let leads = self.sight.names(value.trim())
                || is_address(&attribute.name) && self.sight.hides(&value, false)
                || attribute.name == "srcset" && each().any(|one| self.sight.hides(one, false))
                || !self.sight.addresses(&value).is_empty();
            if leads {
                self.edit(at, attribute.whole.clone(), "");
            }
        }
    }

    fn raw_text(&mut self, at: u32, html: &str, place: Range<usize>) {
        let text = decode(&html[place.clone()]);
        if let Some(raw) = &mut self.raw {
            raw.words.push_str(&text);
            raw.places.push((at, place.clone()));
        }
        if let Some(text) = self.without_addresses(&text) {
            let mut kept = String::new();
            escape::text(&mut kept, &text);
            self.edit(at, place, &kept);
        }
    }

    /// Ends the open link of raw HTML.
    fn end_raw(&mut self) {
        let Some(raw) = self.raw.take() else { return };
        if !words::tell(&raw.words, &raw.destination) && !self.sight.names(raw.words.trim()) {
            return;
        }
        for at in raw.events {
            self.changed.insert(at, Vec::new());
        }
        for (at, place) in raw.places {
            if let Some(fragment) = self.fragments.get_mut(&at) {
                fragment.edits.retain(|(known, _)| *known != place);
                fragment.edits.push((place, String::new()));
            }
        }
        let mut word = String::new();
        escape::text(&mut word, self.sight.word());
        self.edit(raw.begin.0, raw.begin.1..raw.begin.1, &word);
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

/// Attributes that name a file or page.
fn is_address(name: &str) -> bool {
    matches!(
        name,
        "href"
            | "src"
            | "poster"
            | "data"
            | "cite"
            | "action"
            | "formaction"
            | "longdesc"
            | "background"
            | "xlink:href"
            | "ping"
            | "usemap"
            | "manifest"
            | "srcdoc"
            | "content"
            | "value"
    )
}

/// A text with other words in some places; of two that overlap the longer counts.
fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
    let (mut out, mut done) = (String::with_capacity(text.len()), 0);
    for (place, words) in edits {
        if place.start < done {
            continue;
        }
        out.push_str(&text[done..place.start]);
        out.push_str(&words);
        done = place.end;
    }
    out.push_str(&text[done..]);
    out
}
