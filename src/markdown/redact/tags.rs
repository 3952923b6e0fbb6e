//! What must be changed in a text's raw HTML: links to what is withheld become a
//! mark, attributes that name it go, and so do comments.

use super::super::escape;
use super::super::raw::{Tag, Token, Tokens, decode};
use super::find::Finder;
use super::{RAW_WITHHELD, words};
use std::ops::Range;

/// A link of raw HTML that is open and leads to something withheld.
pub(super) struct RawLink {
    pub(super) destination: String,
    pub(super) words: String,
    /// The fragment that began it, and the place behind its tag.
    pub(super) begin: (u32, usize),
    /// Where its words stand: steps, and places of fragments.
    pub(super) steps: Vec<u32>,
    pub(super) places: Vec<(u32, Range<usize>)>,
}

/// A fragment of raw HTML, and what is to stand where in it.
pub(super) struct Fragment {
    pub(super) html: String,
    pub(super) inline: bool,
    pub(super) span: Range<usize>,
    pub(super) edits: Vec<(Range<usize>, String)>,
}

impl Finder<'_, '_> {
    pub(super) fn html(&mut self, at: u32, html: &str, inline: bool, span: Range<usize>) {
        let fragment = Fragment { html: html.to_owned(), inline, span, edits: Vec::new() };
        self.fragments.insert(at, fragment);
        // Each fragment by itself: what another leaves open must not hide a link.
        let mut tokens = Tokens::default();
        let mut comment = None;
        tokens.read(html, |token| match token {
            Token::Open(tag) => self.open_tag(at, html, &tag),
            Token::Close(name, _) if name == "a" => self.end_raw(),
            Token::Text(place) => self.raw_text(at, html, place),
            Token::Hidden(place) if html[place.clone()].starts_with("<!--") => {
                self.edit(at, place.clone(), "");
                comment = Some(place);
            }
            Token::Close(..) | Token::Hidden(_) => {}
        });
        // What it leaves open goes on being hidden.
        if let Some(place) = comment.filter(|_| tokens.is_in_comment())
            && let Some(fragment) = self.fragments.get_mut(&at)
        {
            fragment.edits.retain(|(known, _)| *known != place);
            fragment.edits.push((place, "<!--".to_owned()));
        }
    }

    fn edit(&mut self, at: u32, place: Range<usize>, text: &str) {
        if let Some(fragment) = self.fragments.get_mut(&at) {
            fragment.edits.push((place, text.to_owned()));
        }
    }

    fn open_tag(&mut self, at: u32, html: &str, tag: &Tag) {
        let hidden = |name: &str| tag.value(html, name).filter(|value| self.visibility.hides(value, false));
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
                        steps: Vec::new(),
                        places: Vec::new(),
                    });
                    return;
                }
            }
            "area" if hidden("href").is_some() => return self.edit(at, tag.place.clone(), ""),
            "img" if hidden("src").is_some() => {
                let mut word = String::new();
                escape::text(&mut word, self.visibility.word());
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
            let leads = self.visibility.names(value.trim())
                || is_address(&attribute.name) && self.visibility.hides(&value, false)
                || attribute.name == "srcset" && each().any(|one| self.visibility.hides(one, false))
                || !self.visibility.addresses(&value).is_empty();
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
    pub(super) fn end_raw(&mut self) {
        let Some(raw) = self.raw.take() else { return };
        if !words::tell(&raw.words, &raw.destination) && !self.visibility.names(raw.words.trim()) {
            return;
        }
        for at in raw.steps {
            self.changes.insert(at, Vec::new());
        }
        for (at, place) in raw.places {
            if let Some(fragment) = self.fragments.get_mut(&at) {
                fragment.edits.retain(|(known, _)| *known != place);
                fragment.edits.push((place, String::new()));
            }
        }
        let mut word = String::new();
        escape::text(&mut word, self.visibility.word());
        self.edit(raw.begin.0, raw.begin.1..raw.begin.1, &word);
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
pub(super) fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
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
