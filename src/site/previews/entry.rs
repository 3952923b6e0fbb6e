//! What a card shows of one chapter and of its places.

use super::super::Site;
use super::super::backlinks::reference_anchor;
use crate::chapter::Chapter;
use crate::handbook::routes::{Page, REFERENCES};
use crate::id::{ChapterId, ExternalId, PageNumber};
use crate::markdown::{Extent, cut};
use crate::page::{Card, Label};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a chapter's first lines, and of a section's, at most.
const FIRST_LINES: usize = 220;
/// Lines of them at most.
const LINES: usize = 6;
/// Characters of a clause at most.
const CLAUSE: usize = 400;
/// Bytes of one chapter's places above which clauses are cut shorter.
const CHAPTER: usize = 48 * 1024;

/// A chapter as `preview-card.js` reads it; short keys, since there are many.
#[derive(Serialize)]
struct Entry<'a> {
    /// Title.
    t: &'a str,
    /// Key and word of its status, and of its being overdue.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    s: Vec<(String, String)>,
    /// Kind, id, version, date.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    f: Vec<String>,
    /// Language, where it is not the handbook's.
    #[serde(skip_serializing_if = "String::is_empty")]
    l: String,
    /// First lines.
    x: String,
    /// Places: anchor to label, text and whether the label is a heading.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    a: BTreeMap<&'a str, Part>,
}

#[derive(Clone, Serialize)]
struct Part(String, String, u8);

impl Site {
    /// A chapter's entry, as JSON.
    pub(super) fn preview(&self, id: ChapterId, anchors: &BTreeSet<String>) -> String {
        let chapter = &self.handbook.chapters[id];
        let card = self.card(id);
        let entry = Entry {
            t: &chapter.title,
            s: self.marks(&card),
            f: self.facts_line(&card),
            l: self.language_of(id),
            x: self.first_lines(chapter),
            a: self.parts(chapter, anchors),
        };
        serde_json::to_string(&entry).unwrap_or_else(|_| "null".to_owned())
    }

    /// The entries of the pages of external references, by address.
    pub(super) fn previews_of_references(&self) -> Vec<(String, String)> {
        let references = &self.handbook.config.external_references;
        let page = |number: PageNumber| {
            let part = |id: ExternalId| {
                let entry = references.get(id)?;
                let note = cut(entry.note.as_deref().unwrap_or(""), FIRST_LINES, true);
                Some((reference_anchor(id), Part(format!("《{}》", entry.title), note, 1)))
            };
            let shown = number.items(REFERENCES).map(ExternalId::new);
            let parts: BTreeMap<String, Part> = shown.map_while(part).collect();
            let entry = Entry {
                t: self.translate("index_references"),
                s: Vec::new(),
                f: Vec::new(),
                l: String::new(),
                x: String::new(),
                a: parts.iter().map(|(anchor, part)| (anchor.as_str(), part.clone())).collect(),
            };
            let address = self.handbook.routes.address(Page::References(number)).to_owned();
            (address, serde_json::to_string(&entry).unwrap_or_else(|_| "null".to_owned()))
        };
        (0..references.len().div_ceil(REFERENCES)).map(PageNumber::new).map(page).collect()
    }

    fn marks(&self, card: &Card) -> Vec<(String, String)> {
        let status = card.status.iter().map(|Label { key, text }| (key.clone(), text.clone()));
        let overdue = card.overdue.then(|| ("overdue".to_owned(), self.translate("overdue").to_owned()));
        status.chain(overdue).collect()
    }

    fn facts_line(&self, card: &Card) -> Vec<String> {
        let named = |key: &str, value: &str| {
            if value.is_empty() { String::new() } else { format!("{} {value}", self.translate(key)) }
        };
        let kind = card.kind.as_ref().map_or_else(String::new, |kind| kind.text.clone());
        let facts =
            [kind, card.id.clone(), named("version", &card.version), named("effective", &card.effective)];
        facts.into_iter().filter(|fact| !fact.is_empty()).collect()
    }

    /// The summary, if there is one, and how the text begins.
    fn first_lines(&self, chapter: &Chapter) -> String {
        let summary = cut(&chapter.front.summary, FIRST_LINES, true);
        let left = FIRST_LINES.saturating_sub(summary.chars().count());
        if !summary.is_empty() && left < FIRST_LINES / 3 {
            return summary;
        }
        let text = &chapter.source.text;
        let lines = chapter.document.excerpt(body_start(chapter)..text.len(), left);
        let gap = if summary.is_empty() || lines.is_empty() { "" } else { "\n" };
        few_lines(format!("{summary}{gap}{lines}"))
    }

    /// The places of a chapter that are wanted. Those of a chapter that is cited
    /// all over are cut shorter, so that no shard grows without bound.
    fn parts<'a>(&self, chapter: &Chapter, anchors: &'a BTreeSet<String>) -> BTreeMap<&'a str, Part> {
        let mut parts: BTreeMap<&str, Part> = anchors
            .iter()
            .filter_map(|anchor| Some((anchor.as_str(), self.part(chapter, anchor)?)))
            .collect();
        let size = |anchor: &str, part: &Part| anchor.len() + part.0.len() + part.1.len() + 12;
        for limit in [CLAUSE / 2, CLAUSE / 4] {
            if parts.iter().map(|(anchor, part)| size(anchor, part)).sum::<usize>() <= CHAPTER {
                return parts;
            }
            for part in parts.values_mut() {
                part.1 = cut(part.1.trim_end_matches('…'), limit, !part.1.ends_with('…'));
            }
        }
        // Beyond that the card of the chapter itself must do.
        let mut bytes = 0;
        parts.retain(|anchor, part| {
            bytes += size(anchor, part);
            bytes <= CHAPTER * 3 / 2
        });
        parts
    }

    fn part(&self, chapter: &Chapter, anchor: &str) -> Option<Part> {
        let (text, document) = (&chapter.source.text, &chapter.document);
        let extent = document.named(anchor)?;
        let span = document.span_of(&extent);
        if let Extent::Part(_) = extent {
            return Some(Part(anchor.to_owned(), document.excerpt(span, CLAUSE), 0));
        }
        let is_clause = matches!(extent, Extent::Clause(_));
        // The page shows the title itself, not this heading.
        let mut headings = document.headings.iter().skip(usize::from(chapter.repeats_title));
        if let Some(heading) = headings.find(|heading| heading.span.start == span.start) {
            let limit = if is_clause { CLAUSE } else { FIRST_LINES };
            let words = document.excerpt(heading.span.end..span.end, limit);
            return Some(Part(heading.text.clone(), if is_clause { words } else { few_lines(words) }, 1));
        }
        let paragraph = text.get(span.clone()).filter(|_| is_clause)?;
        let whole = document.excerpt(span, CLAUSE);
        let label = crate::markdown::parse_clause(paragraph)?;
        let (shown, separator) = (&paragraph[label.shown], &paragraph[label.separator]);
        let rest = whole.strip_prefix(shown).map_or(whole.as_str(), str::trim_start);
        let rest = rest.strip_prefix(separator).map_or(rest, str::trim_start);
        Some(Part(format!("{shown}{separator}"), rest.to_owned(), 0))
    }
}

/// A list of short entries would make a card as tall as the window.
fn few_lines(mut text: String) -> String {
    if let Some((end, _)) = text.match_indices('\n').nth(LINES - 1) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Where a chapter's text begins: behind its title, where the page shows that itself.
fn body_start(chapter: &Chapter) -> usize {
    let title = chapter.document.headings.first().filter(|_| chapter.repeats_title);
    title.map_or(chapter.document.body, |heading| heading.span.end)
}
