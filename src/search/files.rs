//! The manifest, and the other files that it leads to: facets, the folding table, syllables of
//! pinyin.

use super::alphabet::Alphabet;
use super::bits::{Bits, parameter};
use super::document::{IndexedDocument, normal, traditional};
use super::frequent::Neighbours;
use super::limits::{LIMITS, Limits};
use super::logarithm::LOGARITHMS;
use super::pinyin;
use super::postings::Postings;
use super::question_words::{QUESTION_WORDS, QuestionWords};
use super::shard::{self, Files, Shards, add, script};
use super::sounds::{SoundFiles, Sounds};
use super::stored::StoredFields;
use super::synonym_files::{self, SynonymFiles, SynonymLists};
use super::texts::Volumes;
use super::token::fold;
use super::weights::Weights;
use crate::handbook::Handbook;
use crate::handbook::taxonomy::Taxonomy;
use serde::Serialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The manifest: what the browser loads first. The names of its fields are those of the JSON.
#[derive(Debug, Serialize)]
struct Manifest {
    version: u32,
    chapters: u32,
    weights: Weights,
    limits: Limits,
    /// Those of `logarithm`.
    logarithms: &'static [u32],
    /// For each chapter: number of passages, length of the title; then those of which a file holds several
    /// passages, those that are past, those that are not listed.
    table: String,
    shards: Shards,
    texts: Volumes,
    /// In the order in which they are shown.
    facets: Vec<Facet>,
    fold: Folding,
    /// The file of the syllables of pinyin; empty if no text has characters of an unsegmented script.
    pinyin: String,
    question: &'static QuestionWords,
    sounds: SoundFiles,
    synonyms: SynonymFiles,
}

/// How traditional characters are folded.
#[derive(Debug, Serialize)]
struct Folding {
    /// Those that stand in some text.
    shown: String,
    /// The file of all.
    file: String,
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
pub(super) struct FileWriter<'a> {
    pub(super) handbook: &'a Handbook,
    pub(super) documents: &'a [Arc<IndexedDocument>],
    pub(super) stored: &'a [StoredFields],
    pub(super) postings: &'a Postings,
    pub(super) label: &'a dyn Fn(&str) -> String,
}

impl FileWriter<'_> {
    pub(super) fn write(
        &self,
        neighbours: &Neighbours,
        volumes: Volumes,
        synonyms: &SynonymLists<'_>,
        sounds: &Sounds,
    ) -> Files {
        let mut files = Files::new();
        let alphabet = Alphabet::new(&self.postings.bigrams);
        let (synonyms, keys) = synonym_files::write(&mut files, synonyms, self.postings, &alphabet);
        let manifest = Manifest {
            version: 2,
            chapters: self.postings.layout.doc_count(),
            weights: Weights::default(),
            limits: LIMITS,
            logarithms: &LOGARITHMS,
            table: self.table(),
            shards: shard::write(self.postings, neighbours, &alphabet, &keys, &mut files),
            texts: volumes,
            facets: self.facets(&mut files),
            fold: self.folding(&alphabet, &mut files),
            pinyin: syllables(&alphabet, &mut files),
            question: &QUESTION_WORDS,
            sounds: sounds.write(&mut files),
            synonyms,
        };
        files.insert("search/index.js".to_owned(), script("index", &manifest));
        files
    }

    fn table(&self) -> String {
        let mut bits = Bits::default();
        let mut numbers = |of: &dyn Fn(usize) -> u32| {
            let all: Vec<u32> = (0..self.documents.len()).map(of).collect();
            let sum = all.iter().fold(0, |sum: u32, number| sum.saturating_add(*number));
            let parameter = parameter(sum, count(all.len())).min(15);
            bits.bits(parameter, 4);
            all.into_iter().for_each(|number| bits.rice(number, parameter));
        };
        numbers(&|place| count(self.documents[place].passage_count));
        numbers(&|place| self.documents[place].title_length);
        numbers(&|place| self.stored[place].cited());
        // Chapters of which only some, or nearly all, are so.
        let mut kind = |is_one: &dyn Fn(usize) -> bool| {
            let own: Vec<u32> = (0..self.documents.len()).filter(|place| is_one(*place)).map(count).collect();
            bits.gamma(count(own.len()) + 1);
            bits.rising(&own, count(self.documents.len()));
        };
        let in_file = |place: usize| self.documents[place].passages_in_file;
        kind(&|place| in_file(place) > 1);
        kind(&|place| self.stored[place].is_past());
        kind(&|place| !self.stored[place].is_listed());
        kind(&|place| self.stored[place].is_guide());
        for several in (0..self.documents.len()).map(in_file).filter(|passages| *passages > 1) {
            bits.gamma(count(several) - 1);
        }
        bits.base64()
    }

    fn folding(&self, alphabet: &Alphabet, files: &mut Files) -> Folding {
        let fields: Vec<[String; 9]> = self.stored.iter().map(StoredFields::shown).collect();
        let mut shown: BTreeSet<char> = traditional(fields.iter().flatten().map(String::as_str));
        shown.extend(self.documents.iter().flat_map(|document| &document.traditional).copied());
        let all = || crate::text::traditional();
        let is_shown = |pair: &(char, char)| shown.contains(&pair.0) || alphabet.has(pair.0);
        Folding { shown: folding(all().filter(is_shown)), file: add(files, &folding(all())) }
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
            let listed = term.chapters.iter().filter(|chapter| self.handbook.is_listed(**chapter));
            // The index has the chapters in reading order.
            let chapters: Vec<u32> =
                listed.map(|chapter| count(self.handbook.tree.rank[*chapter].index())).collect();
            if chapters.is_empty() {
                continue;
            }
            let label = || (self.label)(&format!("{field}_{}", term.id));
            let name = if term.name.is_empty() { label() } else { term.name.clone() };
            values.values.push((term.id.clone(), name));
            bits.gamma(count(chapters.len()));
            bits.rising(&chapters, self.postings.layout.doc_count());
        }
        values.chapters = bits.base64();
        (!values.values.is_empty()).then_some(values)
    }
}

/// The file of the syllables of pinyin, where some text has characters that are read so.
fn syllables(alphabet: &Alphabet, files: &mut Files) -> String {
    match alphabet.len() {
        0 => String::new(),
        _ => add(files, &pinyin::syllables().into_iter().collect::<Vec<_>>().join(" ")),
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Traditional characters with the simplified form of each, so that the browser folds queries as
/// the index was folded.
fn folding(pairs: impl Iterator<Item = (char, char)>) -> String {
    let mut bits = Bits::default();
    let pairs: Vec<(u32, u32)> = pairs.map(|(from, to)| (u32::from(from), u32::from(to))).collect();
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

/// Groups of synonyms, folded.
pub(super) fn folded(synonyms: &[Vec<String>]) -> Vec<Vec<String>> {
    synonyms.iter().map(|group| group.iter().map(|term| fold(&normal(term))).collect()).collect()
}
