//! Who refers to a chapter, with the sentence in which it does, and the list of
//! documents outside the handbook.

use super::Site;
use crate::handbook::reference::{Backlink, UnknownTitle};
use crate::handbook::routes::{Page, REFERENCES};
use crate::id::{ChapterId, ExternalId, PageNumber};
use crate::markdown::Sentence;
use crate::page::{ExternalEntry, Quotation, ReferencesPage, Referrer, UnlistedEntry};
use crate::text::{Span, encode_path};
use std::cmp::Reverse;

/// Chapters that a page lists as referring to it at most, and sentences of each.
pub(super) const MAX_REFERRERS: usize = 60;
pub(super) const MAX_QUOTATIONS: usize = 5;
/// How many titles that no document has the page of references lists.
const MAX_UNLISTED: usize = 200;

impl Site {
    /// Who refers to a chapter, grouped by chapter; the number in all.
    pub(super) fn referrers(&self, chapter: ChapterId) -> (Vec<Referrer>, usize) {
        let backlinks = &self.handbook.references.backlinks[chapter];
        let mut groups: Vec<(ChapterId, Vec<&Backlink>)> = Vec::new();
        for backlink in backlinks.iter() {
            match groups.last_mut() {
                Some(group) if group.0 == backlink.from => group.1.push(backlink),
                _ => groups.push((backlink.from, vec![backlink])),
            }
        }
        let total = groups.len();
        let referrer = |(from, links): (ChapterId, Vec<&Backlink>)| Referrer {
            chapter: self.chapter_link(from),
            count: links.len(),
            quotations: self.quotations(from, &links),
        };
        (groups.into_iter().take(MAX_REFERRERS).map(referrer).collect(), total)
    }

    /// The sentences that refer, each once: one may do so several times.
    fn quotations(&self, from: ChapterId, links: &[&Backlink]) -> Vec<Quotation> {
        let document = &self.handbook.chapters[from].document;
        let mut last: Option<Sentence> = None;
        let mut quotations = Vec::new();
        for link in links {
            let Some(sentence) = document.sentence(&link.span) else { continue };
            if last.as_ref().is_none_or(|last| !sentence.is_that_of(last))
                && quotations.len() < MAX_QUOTATIONS
            {
                let (url, anchor) = self.place_in(from, &link.span);
                quotations.push(Quotation {
                    before: sentence.before.trim_start().to_owned(),
                    words: sentence.words.clone(),
                    after: sentence.after.trim_end().to_owned(),
                    place: anchor.to_owned(),
                    url,
                });
            }
            last = Some(sentence);
        }
        quotations
    }

    /// Address and words of the clause or section from which a reference comes.
    pub(super) fn citing_place(&self, backlink: &Backlink) -> (String, String) {
        let (url, anchor) = self.place_in(backlink.from, &backlink.span);
        let chapter = &self.handbook.chapters[backlink.from];
        let heading = chapter.document.headings.iter().find(|heading| heading.anchor == anchor);
        let place = heading.map_or(anchor, |heading| heading.text.as_str());
        let space = if place.is_ascii() && !place.is_empty() { " " } else { "" };
        (
            url,
            self.theme.translate_with(
                "cited_place",
                &[("title", &chapter.title), ("place", &format!("{space}{place}"))],
            ),
        )
    }

    /// The address of the clause or heading in which something stands, and its anchor.
    fn place_in(&self, from: ChapterId, span: &Span) -> (String, &str) {
        let document = &self.handbook.chapters[from].document;
        // A first heading that repeats the title is not shown.
        let hidden = self.handbook.chapters[from].repeats_title;
        let unseen = document.headings.first().filter(|_| hidden).map(|heading| heading.anchor.as_str());
        match document.anchor_before(span.start).filter(|anchor| Some(*anchor) != unseen) {
            Some(anchor) => (format!("{}#{}", self.place_url(from, anchor), encode_path(anchor)), anchor),
            None => (self.chapter_url(from), ""),
        }
    }

    pub(super) fn references_page(&self, number: PageNumber) -> ReferencesPage {
        let handbook = &self.handbook;
        let address = handbook.routes.address(Page::References(number));
        let context = self.index_context(address, self.translate("index_references"));
        let first = number.items(REFERENCES).start;
        let all = handbook.config.external_references.iter().zip(&handbook.references.citations);
        let entries = all.skip(first).take(REFERENCES);
        let entry = |(entry, cited): (&crate::config::ExternalReference, &Vec<ChapterId>)| ExternalEntry {
            title: entry.title.clone(),
            url: entry.url.clone().filter(|url| url.starts_with("http")).unwrap_or_default(),
            note: entry.note.clone().unwrap_or_default(),
            cited: cited.iter().take(MAX_REFERRERS).map(|id| self.chapter_link(*id)).collect(),
            count: cited.len(),
        };
        let mut unknown: Vec<&UnknownTitle> = match number {
            PageNumber::FIRST => handbook.references.unknown.iter().collect(),
            _ => Vec::new(),
        };
        let unlisted_count = unknown.len();
        unknown.sort_by_key(|unknown| Reverse(unknown.times));
        let unlisted = |unknown: &UnknownTitle| UnlistedEntry {
            title: unknown.title.clone(),
            times: unknown.times,
            cited: unknown.chapters.iter().take(MAX_QUOTATIONS).map(|id| self.chapter_link(*id)).collect(),
        };
        let unlisted = unknown.into_iter().take(MAX_UNLISTED).map(unlisted).collect();
        let count = handbook.config.external_references.len();
        ReferencesPage {
            context,
            first,
            entries: entries.map(entry).collect(),
            unlisted,
            unlisted_count,
            pagination: self.pagination(number, count, REFERENCES, Page::References),
        }
    }
}

/// The anchor of an external reference on the page that lists it. Its number counts from 1
/// over all pages, as the list does.
pub(super) fn reference_anchor(external: ExternalId) -> String {
    format!("reference-{}", external.index() + 1)
}

/// The page that lists an external reference.
pub(super) const fn reference_page(external: ExternalId) -> Page {
    Page::References(PageNumber::of_item(external.index(), REFERENCES))
}
