//! Finds what must be changed: looks at every link, address and tag of a text.

use super::super::document::{Destination, Kind, LinkForm, Step, Tree};
use super::tags::{Fragment, RawLink, edited};
use super::{Changes, Instead, diagram, words, written};
use crate::figure::is_diagram;
use std::collections::BTreeMap;
use std::ops::Range;

/// What is withheld, as far as a text needs to know.
pub trait Visibility {
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

/// What must be changed of a text for those who may not see what `visibility` hides.
pub(super) fn changes(tree: &Tree, visibility: &dyn Visibility) -> Changes {
    let mut finder = Finder {
        tree,
        visibility,
        changes: Changes::new(),
        links: Vec::new(),
        idle: 0,
        run: Vec::new(),
        bare: Vec::new(),
        length: 0,
        opaque: 0,
        in_diagram: false,
        raw: None,
        fragments: BTreeMap::new(),
    };
    for (index, step) in (0..).zip(tree.walk()) {
        finder.step(index, step);
    }
    finder.finish()
}

/// A link that is open.
pub(super) struct Link {
    /// The step that began it.
    at: u32,
    span: Range<usize>,
    hidden: bool,
    /// Whether its words go whatever they are.
    bare: bool,
    destination: String,
    words: String,
}

/// A bare address in a run: its steps, its place in the run, and where it leads.
struct BareLink<'t> {
    begin: u32,
    end: u32,
    place: Range<usize>,
    destination: &'t str,
}

/// A text between two other steps: its step, itself and its place.
type Run<'t> = (u32, &'t str, Range<usize>);

pub(super) struct Finder<'t, 'v> {
    tree: &'t Tree,
    pub(super) visibility: &'v dyn Visibility,
    pub(super) changes: Changes,
    pub(super) links: Vec<Link>,
    /// Open links of which all that is inside goes.
    idle: usize,
    run: Vec<Run<'t>>,
    /// The bare addresses in it: what leads to something withheld may begin with one and
    /// end behind it.
    bare: Vec<BareLink<'t>>,
    /// Bytes of the run.
    length: usize,
    /// Blocks of code that are open.
    opaque: usize,
    /// Whether the open one is a diagram.
    in_diagram: bool,
    pub(super) raw: Option<RawLink>,
    pub(super) fragments: BTreeMap<u32, Fragment>,
}

impl<'t> Finder<'t, '_> {
    fn step(&mut self, at: u32, step: Step) {
        let tree = self.tree;
        if let Some(destination) = bare_address(tree, step) {
            self.bare_link(at, step, destination);
            return;
        }
        let id = match step {
            Step::Enter(id) => id,
            Step::Leave(id) => {
                self.end_run();
                match tree.kind(id) {
                    Kind::CodeBlock(_) => {
                        self.opaque = self.opaque.saturating_sub(1);
                        self.in_diagram = false;
                    }
                    Kind::Link(_) | Kind::Image(_) => self.end(at),
                    _ => {}
                }
                return;
            }
        };
        let (kind, span) = (tree.kind(id), tree.span(id));
        if let (Kind::Text | Kind::Words(_), Some(text)) = (kind, tree.words(id)) {
            if self.opaque == 0 {
                self.words(at, text);
            }
            self.length += text.len();
            self.run.push((at, text, span));
            return;
        }
        self.end_run();
        match kind {
            Kind::CodeBlock(info) => {
                self.opaque += 1;
                let info = tree.string(info);
                self.in_diagram = is_diagram(info);
                if info.split_whitespace().any(|word| self.visibility.names(word)) {
                    self.changes.insert(at, vec![(Instead::Titled(String::new()), span)]);
                } else {
                    self.title(at, info, &span);
                }
            }
            Kind::Link(index) => {
                let link = tree.destination(index);
                let bare = matches!(link.form, LinkForm::Address | LinkForm::Wiki(false));
                self.title(at, &link.title, &span);
                self.begin(at, span, link, bare);
            }
            Kind::Image(index) => {
                let image = tree.destination(index);
                self.title(at, &image.title, &span);
                self.begin(at, span, image, true);
            }
            Kind::Code(code) | Kind::Formula(code, _) => {
                let code = tree.string(code);
                self.words(at, code);
                if let Some(kept) = self.without_addresses(code) {
                    self.changes.insert(at, vec![(Instead::Code(kept), span)]);
                }
            }
            Kind::SoftBreak | Kind::HardBreak => self.words(at, " "),
            Kind::InlineHtml(index) => self.html(at, tree.html(id, index).0, true, span),
            Kind::Html(index) => self.html(at, tree.html(id, index).0, false, span),
            _ => {}
        }
    }

    fn bare_link(&mut self, at: u32, step: Step, destination: &'t str) {
        let length = self.length;
        match (step, self.bare.last_mut()) {
            (Step::Leave(_), Some(link)) => (link.end, link.place.end) = (at, length),
            _ => self.bare.push(BareLink { begin: at, end: at, place: length..length, destination }),
        }
    }

    fn words(&mut self, at: u32, text: &str) {
        if let Some(link) = self.links.last_mut() {
            link.words.push_str(text);
        }
        if let Some(raw) = &mut self.raw {
            raw.words.push_str(text);
            raw.steps.push(at);
        }
    }

    fn begin(&mut self, at: u32, span: Range<usize>, link: &Destination, bare: bool) {
        let is_hidden = || self.visibility.hides(&link.url, link.is_wiki());
        let hidden = self.idle == 0 && link.form != LinkForm::Mail && is_hidden();
        self.idle += usize::from(hidden && bare);
        let destination = link.url.to_string();
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
        if link.bare
            || words::tell(&link.words, &link.destination)
            || self.visibility.names(link.words.trim())
        {
            for inside in link.at + 1..at {
                self.changes.insert(inside, Vec::new());
                self.fragments.remove(&inside);
            }
            opening.push((Instead::Text(self.visibility.word().to_owned()), link.span.clone()));
        }
        self.changes.insert(link.at, opening);
        self.changes.insert(at, vec![(Instead::Close, link.span)]);
    }

    /// Takes the addresses out of a tooltip, or of what is said of a block of code.
    fn title(&mut self, at: u32, title: &str, span: &Range<usize>) {
        if let Some(kept) = self.without_addresses(title) {
            self.changes.insert(at, vec![(Instead::Titled(kept), span.clone())]);
        }
    }

    /// A text with the word for them instead of addresses; `None` where it has none.
    pub(super) fn without_addresses(&self, text: &str) -> Option<String> {
        let found = self.visibility.addresses(text);
        let (mut kept, mut done) = (String::new(), 0);
        for address in &found {
            kept.push_str(&text[done..address.start]);
            kept.push_str(self.visibility.word());
            done = address.end;
        }
        kept.push_str(&text[done..]);
        (!found.is_empty()).then_some(kept)
    }

    /// Takes the addresses out of a text that has come to its end.
    fn end_run(&mut self) {
        self.length = 0;
        let (run, bare) = (std::mem::take(&mut self.run), std::mem::take(&mut self.bare));
        if run.is_empty() {
            return;
        }
        let whole: String = run.iter().map(|(_, text, _)| *text).collect();
        if self.in_diagram
            && let Some(kept) = diagram::without_links(&whole, self.visibility)
        {
            let mut kept = Some(self.without_addresses(&kept).unwrap_or(kept));
            for (at, _, span) in &run {
                let instead = kept.take().map(|kept| (Instead::Text(kept), span.clone()));
                self.changes.insert(*at, instead.into_iter().collect());
            }
            return;
        }
        let mut found = self.visibility.addresses(&whole);
        if self.opaque == 0 {
            found.extend(self.visibility.bracketed(&whole));
            found.extend(written::addresses(&whole, self.visibility));
        }
        let hidden = bare.iter().filter(|link| self.visibility.hides(link.destination, false));
        found.extend(hidden.map(|link| link.place.clone()));
        if found.is_empty() {
            return;
        }
        found.sort_unstable_by_key(|place| (place.start, place.end));
        found.dedup_by(|next, place| {
            let meets = next.start < place.end;
            place.end = if meets { place.end.max(next.end) } else { place.end };
            meets
        });
        for link in bare {
            let first = found.partition_point(|found| found.end <= link.place.start);
            if found.get(first).is_some_and(|found| found.start < link.place.end) {
                self.changes.insert(link.begin, Vec::new());
                self.changes.insert(link.end, Vec::new());
            }
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
                    let word = (Instead::Text(self.visibility.word().to_owned()), span.clone());
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
                self.changes.insert(*at, instead);
            }
        }
    }

    fn finish(mut self) -> Changes {
        self.end_run();
        self.end_raw();
        for (at, fragment) in std::mem::take(&mut self.fragments) {
            if fragment.edits.is_empty() {
                continue;
            }
            let html = edited(&fragment.html, fragment.edits);
            let instead = if fragment.inline { Instead::InlineHtml(html) } else { Instead::Html(html) };
            self.changes.insert(at, vec![(instead, fragment.span)]);
        }
        self.changes
    }
}

/// Where a bare address leads that begins or ends at a step.
fn bare_address(tree: &Tree, step: Step) -> Option<&str> {
    let (Step::Enter(id) | Step::Leave(id)) = step;
    let Kind::Link(index) = tree.kind(id) else { return None };
    let link = tree.destination(index);
    (link.form == LinkForm::Bare).then_some(&*link.url)
}
