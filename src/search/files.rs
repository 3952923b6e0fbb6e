//! The files beside the postings: the manifest, the directory of chapters, the
//! facets, the table for folding, synonyms, and the text that results show.

use super::VERIFIED;
use super::bits::Bits;
use super::commons::Neighbours;
use super::extract::{Extract, extract_head};
use super::pinyin;
use super::postings::Postings;
use super::shard::{self, Files, Parts, add, script};
use super::token::fold;
use crate::chapter::front_matter::{Kind, Status};
use crate::handbook::Handbook;
use crate::handbook::taxonomy::Taxonomy;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// Chapters in a file of the directory.
const DIRECTORY: usize = 64;

/// What results and facets need of a chapter besides its text.
#[derive(Debug, Clone, Default)]
pub(super) struct Card {
    title: String,
    url: String,
    /// Aliases and id.
    others: Vec<String>,
    /// Names of departments, roles and topics.
    names: Vec<String>,
    summary: String,
    status: Option<Status>,
    kind: Option<Kind>,
    listed: bool,
}

impl Card {
    pub(super) fn new(handbook: &Handbook, at: usize) -> Self {
        let (chapter, facts) = (&handbook.chapters[at], &handbook.facts[at]);
        let (front, organization) = (&chapter.front, &handbook.organization);
        let topics = front.topics.iter().map(|topic| topic.text.clone());
        let departments = facts.departments.iter().filter_map(|at| organization.departments.get(*at));
        let roles = facts.roles.iter().filter_map(|at| organization.roles.get(*at));
        let names = departments.map(|one| one.name.clone()).chain(roles.map(|one| one.name.clone()));
        Self {
            title: chapter.title.clone(),
            url: chapter.url.to_string(),
            others: front.aliases.iter().chain(&front.id).map(|other| other.text.clone()).collect(),
            names: names.chain(topics).collect(),
            summary: front.summary.clone(),
            status: handbook.lifecycles[at].status,
            kind: front.kind,
            listed: handbook.is_listed(at),
        }
    }

    /// The tokens of what is said of the chapter.
    pub(super) fn head(&self) -> Extract {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        extract_head(&names)
    }

    /// Title, aliases and id.
    pub(super) fn titles(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.title).chain(&self.others).map(String::as_str)
    }

    /// What is said of it besides: summary, departments, roles, topics.
    pub(super) fn said(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.summary).chain(&self.names).map(String::as_str)
    }

    pub(super) fn title(&self) -> &str {
        &self.title
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn summary(&self) -> Option<&str> {
        Some(self.summary.as_str()).filter(|summary| !summary.is_empty())
    }

    /// Whether indexes list it.
    pub(super) const fn is_listed(&self) -> bool {
        self.listed
    }

    /// Whether it is behind those in force.
    pub(super) fn is_past(&self) -> bool {
        matches!(self.status, Some(Status::Superseded | Status::Retired | Status::Draft))
    }
}

/// The manifest.
#[derive(Debug, Serialize)]
struct Manifest {
    version: u32,
    chapters: u32,
    /// Chapters that a search opens at most to verify.
    verified: usize,
    /// Blocks, letters of the title and flags of each chapter.
    table: String,
    pairs: Parts,
    words: Parts,
    directory: Named,
    /// In the order in which they are shown.
    facets: Vec<Facet>,
    fold: String,
    synonyms: String,
}

#[derive(Debug, Serialize)]
struct Named {
    size: usize,
    names: String,
}

/// A facet: its name in addresses and for scripts, and what readers call it.
#[derive(Debug, Serialize)]
struct Facet {
    name: &'static str,
    label: String,
    /// Whether its values keep the order they have; else those with most chapters come
    /// first.
    ordered: bool,
    /// The file of its values.
    file: String,
}

/// The values of a facet that some chapter has.
#[derive(Debug, Default, Serialize)]
struct Values {
    /// Key and label of each value.
    values: Vec<(String, String)>,
    /// The chapters of each, as bits.
    chapters: String,
}

/// Writes all files but those of text.
pub(super) struct Writer<'a> {
    pub(super) handbook: &'a Handbook,
    pub(super) extracts: &'a [Arc<Extract>],
    pub(super) cards: &'a [Card],
    pub(super) postings: &'a Postings,
    pub(super) label: &'a dyn Fn(&str) -> String,
}

impl Writer<'_> {
    pub(super) fn write(&self, neighbours: &Neighbours, synonyms: &[Vec<String>]) -> Files {
        let mut files = Files::new();
        let pairs = shard::pairs(self.postings, neighbours, &mut files);
        let words = shard::words(self.postings, &mut files);
        let manifest = Manifest {
            version: 1,
            chapters: self.postings.slots.chapters(),
            verified: VERIFIED,
            table: self.table(),
            pairs,
            words,
            directory: self.directory(&mut files),
            facets: self.facets(&mut files),
            fold: add(
                &mut files,
                &(folding(), pinyin::syllables().into_iter().collect::<Vec<_>>().join(" ")),
            ),
            synonyms: if synonyms.is_empty() { String::new() } else { add(&mut files, &synonyms) },
        };
        files.insert("search/index.js".to_owned(), script("index", &manifest));
        files
    }

    fn table(&self) -> String {
        let mut bits = Bits::default();
        for (extract, card) in self.extracts.iter().zip(self.cards) {
            bits.gamma(count(extract.blocks.len()) + 1);
            bits.gamma(extract.title_letters + 1);
            bits.bit(card.is_past());
            bits.bit(card.listed);
        }
        bits.base64()
    }

    fn directory(&self, files: &mut Files) -> Named {
        let mut names = String::new();
        for (cards, extracts) in self.cards.chunks(DIRECTORY).zip(self.extracts.chunks(DIRECTORY)) {
            let entry = |(card, extract): (&Card, &Arc<Extract>)| {
                let status = card.status.map_or("", Status::key);
                let kind = card.kind.map_or("", Kind::key);
                let (others, names) = (card.others.join("\n"), card.names.join("\n"));
                let text = extract.name.clone();
                (
                    card.title.clone(),
                    card.url.clone(),
                    text,
                    status,
                    kind,
                    others,
                    names,
                    card.summary.clone(),
                )
            };
            let entries: Vec<_> = cards.iter().zip(extracts).map(entry).collect();
            names.push_str(&add(files, &entries));
        }
        Named { size: DIRECTORY, names }
    }

    fn facets(&self, files: &mut Files) -> Vec<Facet> {
        let facet = |taxonomy: Taxonomy| {
            let (row, ordered) = (taxonomy.row(), taxonomy.is_ordered());
            let file = add(files, &self.values(taxonomy)?);
            Some(Facet { name: row.facet, label: (self.label)(row.label), ordered, file })
        };
        Taxonomy::facets().into_iter().filter_map(facet).collect()
    }

    /// The terms of a taxonomy that listed chapters have; `None` if there are none.
    fn values(&self, taxonomy: Taxonomy) -> Option<Values> {
        let field = taxonomy.row().field.row().key;
        let (mut values, mut bits) = (Values::default(), Bits::default());
        for term in self.handbook.taxonomies.terms(taxonomy) {
            let listed = term.chapters.iter().filter(|at| self.handbook.is_listed(**at));
            // The index has the chapters in reading order.
            let chapters: Vec<u32> = listed.map(|at| count(self.handbook.tree.rank[*at])).collect();
            if chapters.is_empty() {
                continue;
            }
            let label = || (self.label)(&format!("{field}_{}", term.id));
            let name = if term.name.is_empty() { label() } else { term.name.clone() };
            values.values.push((term.id.clone(), name));
            bits.gamma(count(chapters.len()));
            bits.rising(chapters.into_iter(), self.postings.slots.chapters());
        }
        values.chapters = bits.base64();
        (!values.values.is_empty()).then_some(values)
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The table of traditional characters as gaps, to fold what is typed alike.
fn folding() -> String {
    let mut bits = Bits::default();
    let pairs: Vec<(u32, u32)> =
        crate::text::traditional().map(|(from, to)| (u32::from(from), u32::from(to))).collect();
    bits.gamma(count(pairs.len()) + 1);
    let (mut last, mut before) = (0, 0_u32);
    for (from, to) in pairs {
        bits.gamma(from - last);
        bits.bit(to < before);
        bits.gamma(to.abs_diff(before) + 1);
        (last, before) = (from, to);
    }
    bits.base64()
}

/// Groups of terms, folded.
pub(super) fn folded(synonyms: &[Vec<String>]) -> Vec<Vec<String>> {
    synonyms
        .iter()
        .map(|group| group.iter().map(|term| fold(&super::extract::normal(term))).collect())
        .collect()
}

/// The address of each block of text.
pub(super) fn texts(extracts: &[Arc<Extract>]) -> HashMap<String, (u32, u32)> {
    let mut texts = HashMap::new();
    for (chapter, extract) in (0..).zip(extracts) {
        for block in 0..count(extract.blocks.len()) {
            texts.entry(format!("search/text/{}-{block}.js", extract.name)).or_insert((chapter, block));
        }
    }
    texts
}

/// A block of text as a script.
pub(super) fn text(extract: &Extract, block: u32) -> Vec<u8> {
    let units = extract.blocks.get(block as usize).map_or(&[][..], Vec::as_slice);
    let shown: Vec<(&str, &str, &str)> =
        units.iter().map(|unit| (unit.anchor.as_str(), unit.label.as_str(), unit.text.as_str())).collect();
    script(&format!("text/{}-{block}", extract.name), &shown)
}
