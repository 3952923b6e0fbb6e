//! What of a chapter's text an audience may not see.

use super::super::Handbook;
use super::super::link::LinkTarget;
use super::Withheld;
use crate::chapter::Chapter;
use crate::locale::Language;
use crate::markdown::{MarkdownOptions, Visibility};
use crate::message;
use crate::text::fold;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// A chapter as the readers of a handbook see it.
struct Seen<'a> {
    handbook: &'a Handbook,
    chapter: &'a Chapter,
    /// What is shown instead of words that are themselves the address of something
    /// withheld, in the language of the chapter.
    word: String,
}

impl<'a> Seen<'a> {
    fn new(handbook: &'a Handbook, chapter: &'a Chapter) -> Self {
        let tag = chapter.front.language.as_ref().unwrap_or(&handbook.language);
        let language = Language::from_tag(tag).unwrap_or_default();
        Self { handbook, chapter, word: language.text(&message!("withheld-word")) }
    }
}

impl Visibility for Seen<'_> {
    fn hides(&self, destination: &str, wiki: bool) -> bool {
        let resolved = match wiki {
            true => self.handbook.resolve_wiki(self.chapter, destination),
            false => self.handbook.resolve(self.chapter, destination),
        };
        let tells = || self.handbook.withheld.is_told_by(self.chapter.folder(), destination);
        match resolved.target {
            LinkTarget::Withheld => true,
            LinkTarget::External => tells() || !self.addresses(destination).is_empty(),
            LinkTarget::Broken => tells(),
            LinkTarget::Here(_) | LinkTarget::Inside(..) | LinkTarget::Generated(_) => {
                self.handbook.withheld.is_told_behind(destination)
            }
        }
    }

    fn names(&self, words: &str) -> bool {
        self.handbook.withheld.ids.contains(&fold(words))
            || words.contains(['/', '.', '\\']) && self.hides(words, false)
    }

    fn addresses(&self, text: &str) -> Vec<Range<usize>> {
        self.handbook.withheld.addresses(&self.chapter.url, text)
    }

    fn bracketed(&self, text: &str) -> Vec<Range<usize>> {
        let link = |place: Range<usize>| {
            let bare = text[place.clone()].trim_end_matches('\\').trim();
            let hidden = !bare.is_empty() && (self.names(bare) || self.hides(bare, true));
            hidden.then(|| place.start - 2..place.end + usize::from(text[place.end..].starts_with('|')))
        };
        bracketed_names(text).filter_map(link).collect()
    }

    fn word(&self) -> &str {
        &self.word
    }
}

/// The places of the names behind each `[[` of a text. A name ends where another begins: so each part
/// of a line is looked at once.
fn bracketed_names(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let begins = || text.match_indices("[[").map(|(at, _)| at);
    begins().zip(begins().skip(1).chain([text.len()])).map(move |(at, next)| {
        let name = &text[at + 2..next];
        at + 2..at + 2 + name.find(['|', ']', '\n']).unwrap_or(name.len())
    })
}

impl Withheld {
    /// Places in a text of addresses of something withheld. An address may be followed
    /// by Chinese without a space, so the longest that leads to something counts.
    fn addresses(&self, page: &str, text: &str) -> Vec<Range<usize>> {
        let mut addresses: Vec<Range<usize>> = Vec::new();
        if self.paths.is_empty() || !self.sites.may_stand_in(text) {
            return addresses;
        }
        for (begin, host) in self.sites.written(text) {
            if addresses.last().is_some_and(|last| begin < last.end) {
                continue;
            }
            let rest = &text[host.clone()];
            let ends = rest.char_indices().rev().map(|(at, c)| at + c.len_utf8());
            let leads = |end: &usize| self.leads(page, &format!("https://{}", &rest[..*end]));
            if let Some(end) = ends.take_while(|end| *end > 0).find(leads) {
                addresses.push(begin..host.start + end);
            }
        }
        addresses
    }
}

impl Handbook {
    /// The chapters of this handbook, which is an audience's, without what of their
    /// texts its readers may not see.
    pub(super) fn veiled(&self, chapters: &[Arc<Chapter>], options: &MarkdownOptions) -> Vec<Arc<Chapter>> {
        let veiled = |chapter: &Arc<Chapter>| {
            let sight = Seen::new(self, chapter);
            let behind = self.may_tell(chapter, options).then(|| chapter.behind(&sight, options)).flatten();
            behind.map_or_else(|| Arc::clone(chapter), Arc::new)
        };
        chapters.par_iter().map(veiled).collect()
    }

    /// A text of another day as the readers of this handbook see it.
    #[must_use]
    pub fn as_readers_see(&self, chapter: &Arc<Chapter>, options: &MarkdownOptions) -> Arc<Chapter> {
        if self.shows_all() {
            return Arc::clone(chapter);
        }
        let veiled = self.veiled(std::slice::from_ref(chapter), options);
        veiled.into_iter().next().unwrap_or_else(|| Arc::clone(chapter))
    }

    /// Whether it is for no audience, so that texts are shown as they are.
    #[must_use]
    pub fn shows_all(&self) -> bool {
        self.withheld.groups.is_none()
    }

    /// Whether a chapter may hold something that must not be seen, so that it must be
    /// looked at closely.
    fn may_tell(&self, chapter: &Chapter, options: &MarkdownOptions) -> bool {
        let shown = || chapter.document.images.iter().chain(&chapter.document.files);
        let sight = Seen::new(self, chapter);
        let withheld = |dest: &str, wiki: bool| sight.hides(dest, wiki);
        chapter.document.links.iter().any(|link| withheld(&link.dest, link.wiki))
            || shown().any(|image| withheld(&image.dest, image.wiki))
            || chapter.terms.iter().any(|term| !term.is_of_text())
            // Raw HTML, or what is shown of it as text; that of another tool's marks too.
            || chapter.document.has_raw_html
            || chapter.source.text.contains('<')
            || ["[[", "{%", "{{"].iter().any(|mark| chapter.source.text.contains(mark))
            || chapter.source.text.contains("```")
            || chapter.source.text.contains("~~~")
            || options.raw_html == crate::markdown::RawHtml::Trust
            || self.withheld.sites.may_stand_in(&chapter.source.text)
            // What it records is told of the text that is shown.
            || self
                .latest
                .get(&chapter.source.name)
                .is_some_and(|latest| self.withheld.sites.may_stand_in(&latest.source.text))
    }
}

#[cfg(test)]
mod tests {
    use super::bracketed_names;

    #[test]
    fn a_line_of_brackets_is_looked_at_once() {
        let names =
            |text: &str| bracketed_names(text).map(|place| text[place].to_owned()).collect::<Vec<_>>();
        assert_eq!(names("见[[甲|乙]]和 [[丙\\| 丁 [[戊\n己"), ["甲", "丙\\", "戊"]);
        assert_eq!(names("[[a [[b|"), ["a ", "b"]);
        for begin in ["[", "[[", "[[a ", "[[a\n"] {
            let text = begin.repeat(10_000);
            assert!(names(&text).iter().map(String::len).sum::<usize>() <= text.len(), "{begin}");
        }
    }
}
