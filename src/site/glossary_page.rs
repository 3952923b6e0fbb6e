//! The glossary's page, and what tooltips say of the terms on a page.

use super::Site;
use super::links::{DetachedResolver, Links};
use super::list_pages::initial;
use crate::chapter::term::Origin;
use crate::handbook::glossary::{Entry, MAX_USES, Use};
use crate::handbook::routes::Page;
use crate::id::{ChapterId, GlossaryTermId, HeadingId, PageNumber};
use crate::markdown::{self, Sections};
use crate::page::{ChapterPage, GlossaryPage, Link, TermGroup, TermNote, TermView};
use crate::text::encode_path;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Terms that a page explains at most; further ones are links to their entries.
const MAX_NOTES: usize = 100;

impl Site {
    /// What tooltips say of terms, in the order of the glossary.
    pub(super) fn term_notes(&self, terms: BTreeSet<GlossaryTermId>) -> Vec<TermNote> {
        let handbook = &self.handbook;
        let note = |term: GlossaryTermId| {
            let entry = handbook.glossary.entries.get(term)?;
            let definition = handbook.definition(entry);
            Some(TermNote {
                name: definition.term.clone(),
                anchor: entry.anchor.clone(),
                aliases: definition.aliases.clone(),
                summary: definition.summary.clone(),
            })
        };
        terms.into_iter().take(MAX_NOTES).filter_map(note).collect()
    }

    /// The address of an entry of the glossary, encoded.
    pub(super) fn term_url(&self, term: GlossaryTermId) -> Option<String> {
        let glossary = &self.handbook.glossary;
        let anchor = encode_path(&glossary.entries.get(term)?.anchor);
        Some(format!("{}#{anchor}", self.url(Page::Glossary(glossary.page_of(term)))))
    }

    /// The address of the page on which an anchor of a chapter stands: terms of
    /// a long glossary stand on further pages.
    pub(super) fn place_url(&self, chapter: ChapterId, anchor: &str) -> String {
        let glossary = &self.handbook.glossary;
        match glossary.at_anchor(anchor).filter(|_| glossary.chapter == Some(chapter)) {
            Some(term) => self.url(Page::Glossary(glossary.page_of(term))),
            None => self.chapter_url(chapter),
        }
    }

    pub(super) fn glossary_page(&self, number: PageNumber) -> GlossaryPage {
        let handbook = &self.handbook;
        let glossary = &handbook.glossary;
        let address = handbook.routes.address(Page::Glossary(number));
        let sections = self.definitions();
        let own = glossary.chapter;
        let is_first = number == PageNumber::FIRST;
        let mut chapter = match own {
            Some(id) if is_first => self.chapter_page(id),
            _ => ChapterPage::default(),
        };
        if own.is_none() || !is_first {
            let title =
                own.map_or_else(|| self.translate("index_glossary"), |id| &handbook.chapters[id].title);
            chapter.context = self.index_context(address, title);
        }
        chapter.body = if is_first { self.introduction(&sections) } else { String::new() };
        chapter.outline.clear();
        chapter.context.term_notes.clear();
        GlossaryPage {
            chapter,
            authored: own.is_some() && is_first,
            letters: self.term_letters(),
            groups: self.term_groups(number, address, &sections),
            foot: sections.foot.clone(),
            pagination: self.pagination(number, glossary.pages.len(), 1, Page::Glossary),
        }
    }

    /// The sections of content/glossary.md, written once for all pages.
    fn definitions(&self) -> Arc<Sections> {
        let make = || {
            let Some(id) = self.handbook.glossary.chapter else { return Arc::default() };
            let chapter = &self.handbook.chapters[id];
            let names = chapter.terms.iter().filter_map(|term| match &term.origin {
                Origin::Heading { names, .. } if !names.is_empty() => Some(names.clone()),
                _ => None,
            });
            let names: Vec<Range<usize>> = names.collect();
            let links = Links::new(self, id, &chapter.url);
            Arc::new(markdown::render_sections(&chapter.document, &self.markdown, &links, &names))
        };
        Arc::clone(self.definitions.get_or_init(make))
    }

    /// What the author says before the terms, and below headings that only
    /// gather terms; those headings' anchors stay.
    fn introduction(&self, sections: &Sections) -> String {
        let Some(id) = self.handbook.glossary.chapter else { return String::new() };
        let chapter = &self.handbook.chapters[id];
        let mut html = sections.opening.clone();
        for (place, heading) in chapter.document.headings.iter().enumerate() {
            let below = sections.below.get(&place).map_or("", String::as_str);
            if self.handbook.glossary.at_heading(HeadingId::new(place)).is_some() {
                continue;
            }
            let anchor = markdown::escape_text(&heading.anchor);
            if below.trim().is_empty() || (place == 0 && chapter.repeats_title) {
                html.push_str(&format!("<span id=\"{anchor}\"></span>{below}"));
            } else {
                let text = markdown::escape_text(&heading.text);
                html.push_str(&format!("<h2 id=\"{anchor}\">{text}</h2>\n{below}"));
            }
        }
        html
    }

    fn term_letters(&self) -> Vec<Link> {
        let glossary = &self.handbook.glossary;
        let mut letters: Vec<Link> = Vec::new();
        for (number, page) in glossary.pages.iter_enumerated() {
            for (_, entry) in glossary.entries.range_enumerated(page.clone()) {
                let letter = initial(&self.handbook.definition(entry).term);
                if letters.iter().all(|known| known.title != letter) {
                    let url = format!("{}#{}", self.url(Page::Glossary(number)), letter_anchor(&letter));
                    letters.push(Link { title: letter, url });
                }
            }
        }
        letters
    }

    fn term_groups(&self, number: PageNumber, address: &str, sections: &Sections) -> Vec<TermGroup> {
        let glossary = &self.handbook.glossary;
        let Some(page) = glossary.pages.get(number) else { return Vec::new() };
        let mut groups: Vec<TermGroup> = Vec::new();
        for (id, entry) in glossary.entries.range_enumerated(page.clone()) {
            let letter = initial(&self.handbook.definition(entry).term);
            if groups.last().is_none_or(|group| group.letter != letter) {
                let anchor = letter_anchor(&letter);
                groups.push(TermGroup { letter, anchor, entries: Vec::new() });
            }
            if let Some(group) = groups.last_mut() {
                group.entries.push(self.term_view(id, entry, address, sections));
            }
        }
        groups
    }

    fn term_view(&self, id: GlossaryTermId, entry: &Entry, address: &str, sections: &Sections) -> TermView {
        let handbook = &self.handbook;
        let chapter = &handbook.chapters[entry.chapter];
        let definition = handbook.definition(entry);
        let uses = handbook.references.uses.get(id).map_or(&[][..], Vec::as_slice);
        let (html, anchors) = match &definition.origin {
            Origin::Heading { index, .. } => {
                let anchors = chapter.document.headings[*index].aliases.clone();
                (sections.below.get(index).cloned().unwrap_or_default(), anchors)
            }
            Origin::Front { document, .. } => {
                let links = DetachedResolver::new(self, entry.chapter, address, document);
                let html = markdown::render(document, &self.markdown, &links, false).html;
                (html, Vec::new())
            }
        };
        let own = handbook.glossary.chapter == Some(entry.chapter);
        TermView {
            name: definition.term.clone(),
            anchor: entry.anchor.clone(),
            anchors,
            aliases: definition.aliases.clone(),
            definition: html,
            source: (!own).then(|| self.chapter_link(entry.chapter)),
            uses: uses.iter().take(MAX_USES).map(|place| self.use_link(place)).collect(),
            more: uses.len().saturating_sub(MAX_USES),
        }
    }

    fn use_link(&self, place: &Use) -> Link {
        let mut link = self.chapter_link(place.chapter);
        let chapter = &self.handbook.chapters[place.chapter];
        let shown = place.heading.filter(|id| id.index() > 0 || !chapter.repeats_title);
        if let Some(heading) = shown.and_then(|id| chapter.document.headings.get(id.index())) {
            link.url = format!("{}#{}", link.url, encode_path(&heading.anchor));
        }
        link
    }
}

/// The anchor of a letter, which no heading has.
fn letter_anchor(letter: &str) -> String {
    format!("Hb-letter-{}", if letter == "#" { "other" } else { letter })
}
