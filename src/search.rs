//! Search: an index that is built with the site, split into small files of which a browser
//! loads a few, and the same search for the command line.
//!
//! `document` indexes each chapter by itself, with `token` as its tokenizer. `postings`
//! inverts the tokens of all chapters, `trigrams` adds which bigrams really form a trigram,
//! `shard`, `texts` and `files` write the files, of which `docs/search-format.md` tells. `query` parses a query, and `matching`, `ranking` and
//! `response` search the index in memory as the theme's scripts (`search-*.js`) search the
//! files. `suggest` looks for what a query that finds
//! nothing was meant for, by `sounds`. `coverage` answers questions, and queries of which no chapter holds all words;
//! `question` tells what in a query only asks. `weights` has the numbers by which both rank, `limits`
//! those that both must know.

mod alphabet;
mod bigrams;
mod bits;
mod clause_number;
mod coverage;
mod coverage_characters;
mod coverage_layout;
mod coverage_units;
mod document;
mod document_builder;
#[cfg(test)]
mod documented;
mod encode;
mod excerpt;
mod expressions;
mod field_postings;
mod files;
mod frequent;
mod fuzzy;
mod ids;
mod inflection;
mod limits;
mod logarithm;
mod matching;
mod numbers;
mod opened;
mod passages;
mod phrase;
mod pinyin;
mod pinyin_readings;
mod postings;
mod preference;
mod query;
mod question;
mod question_words;
mod ranking;
mod response;
mod shard;
mod sounds;
mod stored;
mod suggest;
mod symbols;
mod synonym_files;
mod synonyms;
mod texts;
pub mod token;
mod trigrams;
mod weights;
mod words;

use limits::LIMITS;
pub use limits::Limits;
pub use preference::SearchOptions;
pub use response::{MatchStep, QueryPart, SearchResponse, SearchResult, SubResult};
pub use weights::Weights;

use crate::chapter::Chapter;
use crate::handbook::Handbook;
use document::IndexedDocument;
use document_builder::DocumentBuilder;
use files::FileWriter;
use postings::Postings;
use preference::Preferences;
use rayon::prelude::*;
use sounds::Sounds;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use stored::StoredFields;
use synonym_files::SynonymLists;
use synonyms::SynonymGroup;
use texts::{Chapters, TextFile};

/// The initials by which a Chinese title is found; `None` where it begins with no such character.
#[must_use]
pub(crate) fn initials(title: &str) -> Option<String> {
    let characters: Vec<char> = title.chars().take(LIMITS.pinyin_initials).collect();
    let syllables = pinyin_readings::syllables_of(&characters);
    let first = |readings: &Vec<&'static str>| readings.first().and_then(|reading| reading.chars().next());
    let initials: Option<String> = syllables.iter().map(first).collect();
    initials.filter(|initials| initials.len() == characters.len() && initials.len() > 1)
}

/// Indexed chapters of earlier runs.
///
/// Keys are addresses of chapters in memory. An entry holds its chapter, so no other
/// chapter can have the same address.
#[derive(Debug, Default)]
pub struct DocumentCache {
    entries: Mutex<HashMap<usize, Entry>>,
    /// Whether nothing is kept, since no other run follows and nobody asks.
    is_idle: bool,
}

/// A chapter and what was indexed of it.
#[derive(Debug)]
struct Entry {
    _chapter: Arc<Chapter>,
    document: Arc<IndexedDocument>,
}

impl DocumentCache {
    /// One that keeps nothing: what is indexed may then be freed as soon as it is in the lists, and
    /// these as soon as they are in the files.
    pub(crate) fn idle() -> Self {
        Self { is_idle: true, ..Self::default() }
    }

    /// Indexes the chapters of a handbook, in reading order, or takes them from the cache.
    /// Entries of other chapters are dropped.
    fn documents(&self, handbook: &Handbook) -> Vec<Arc<IndexedDocument>> {
        let entries = std::mem::take(&mut *self.entries.lock().unwrap_or_else(PoisonError::into_inner));
        let key = |chapter: &Arc<Chapter>| Arc::as_ptr(chapter) as usize;
        let chapters: Vec<&Arc<Chapter>> =
            handbook.tree.order.iter().map(|index| &handbook.chapters[*index]).collect();
        let documents: Vec<Arc<IndexedDocument>> = chapters
            .par_iter()
            .map_init(DocumentBuilder::default, |builder, chapter| {
                if let Some(entry) = entries.get(&key(chapter)) {
                    return Arc::clone(&entry.document);
                }
                Arc::new(document::index_chapter(builder, chapter))
            })
            .collect();
        if self.is_idle {
            return documents;
        }
        let entry = |(chapter, document): (&&Arc<Chapter>, &Arc<IndexedDocument>)| {
            (key(chapter), Entry { _chapter: Arc::clone(chapter), document: Arc::clone(document) })
        };
        let entries = chapters.iter().zip(&documents).map(entry).collect();
        *self.entries.lock().unwrap_or_else(PoisonError::into_inner) = entries;
        documents
    }
}

/// The search index of a handbook: its files for the browser, and the same index in memory.
#[derive(Debug)]
#[non_exhaustive]
pub struct Index {
    /// By chapter, as `DocId` counts them: itself, the stored fields, the tokens of the file, the
    /// tokens of the metadata.
    chapters: Chapters,
    stored: Vec<StoredFields>,
    documents: Vec<Arc<IndexedDocument>>,
    metadata: Vec<IndexedDocument>,
    synonyms: Vec<SynonymGroup>,
    sounds: Sounds,
    preferences: Preferences,
    postings: Postings,
    files: shard::Files,
    /// The files of text by URL path. They are written when they are asked for.
    texts: HashMap<String, TextFile>,
}

impl Index {
    /// Builds the index. `label` gives the interface's word for a key such as
    /// `status_in_force`; the terms of each group of `glossary` mean the same, and
    /// so do the words of each of `synonyms`, of which only those are carried of which a text has one.
    #[must_use]
    pub fn new(
        handbook: &Handbook,
        cache: &DocumentCache,
        glossary: &[Vec<String>],
        synonyms: &[Vec<String>],
        label: &dyn Fn(&str) -> String,
    ) -> Self {
        let mut documents = cache.documents(handbook);
        let stored: Vec<StoredFields> =
            handbook.tree.order.iter().map(|index| StoredFields::new(handbook, *index, label)).collect();
        let mut metadata: Vec<IndexedDocument> = stored.par_iter().map(StoredFields::index).collect();
        let (postings, neighbours) = Postings::new(&mut documents, &mut metadata);
        let writer =
            FileWriter { handbook, documents: &documents, stored: &stored, postings: &postings, label };
        let glossary = files::folded(glossary);
        let own = synonyms::standing(synonyms, &postings);
        let built_in = synonyms::built_in(&postings);
        let lists = SynonymLists { glossary: &glossary, own: &own, built_in: &built_in };
        let sounds = Sounds::new(&postings, documents.iter().map(|document| &**document).chain(&metadata));
        let (texts, volumes) = texts::texts(&documents, &stored);
        let files = writer.write(&neighbours, volumes, &lists, &sounds);
        let terms = glossary.iter().map(|terms| SynonymGroup::of_terms(terms));
        let synonyms = terms.chain(own).chain(built_in).collect();
        let chapters = handbook.tree.order.iter().map(|index| Arc::clone(&handbook.chapters[*index]));
        let index = Self {
            chapters: Chapters::new(chapters.collect()),
            stored,
            documents,
            metadata,
            synonyms,
            sounds,
            preferences: Preferences::new(handbook),
            postings,
            files,
            texts,
        };
        if cache.is_idle { index.without_lists() } else { index }
    }

    /// The same files; all that answers a query is freed, and none finds anything any more.
    fn without_lists(self) -> Self {
        let Self { chapters, stored, preferences, files, texts, .. } = self;
        let postings = Postings { layout: self.postings.layout, ..Postings::default() };
        let (documents, metadata, synonyms, sounds) = Default::default();
        Self { chapters, stored, documents, metadata, synonyms, sounds, preferences, postings, files, texts }
    }

    /// The URL paths of all files, from the site's root.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.files.keys().chain(self.texts.keys()).map(String::as_str)
    }

    /// The content of a file; `None` if the index has no file at this URL path.
    #[must_use]
    pub fn render(&self, address: &str) -> Option<Vec<u8>> {
        if let Some(bytes) = self.files.get(address) {
            return Some(bytes.clone());
        }
        texts::text(address, &self.chapters, &self.stored, *self.texts.get(address)?)
    }
}
