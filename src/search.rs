//! Search: an index made with the site, cut into small files that a browser
//! loads a few of, and the same search for the command line.
//!
//! `document` takes from each chapter its text and its tokens, alone; `postings`
//! turns them round, `trigrams` adds what keeps accidents from passing for
//! phrases, `shard` and `files` write the files. `query` reads what is typed,
//! `matching` and `answer` ask the index in memory as the theme's scripts
//! (`search-*.js`) ask the files.

mod bigrams;
mod bits;
mod document;
mod document_builder;
mod encode;
mod field_postings;
mod files;
mod frequent;
mod fuzzy;
mod matching;
mod pinyin;
mod postings;
mod query;
mod response;
mod shard;
mod symbols;
pub mod token;
mod trigrams;
mod words;

pub use document::{IndexedDocument, Unit};
pub use response::{SearchResponse, SearchResult, SubResult};

use crate::chapter::Chapter;
use crate::handbook::Handbook;
use crate::markdown::pieces;
use postings::Postings;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Chapters that a search may open to verify a phrase in their text.
const VERIFIED: usize = 10;

/// Extracts of chapters, kept between runs: each with the chapter it was made of.
/// They are known by the address of the chapter; no other can have it, since the
/// chapter is held.
#[derive(Debug, Default)]
pub struct DocumentCache {
    known: Mutex<HashMap<usize, Known>>,
}

/// A chapter and what was taken from it.
type Known = (Arc<Chapter>, Arc<IndexedDocument>);

impl DocumentCache {
    /// The documents of these chapters, those that are known not made again. Others
    /// are forgotten.
    fn documents(&self, handbook: &Handbook) -> Vec<Arc<IndexedDocument>> {
        let known = std::mem::take(&mut *self.known.lock().unwrap_or_else(PoisonError::into_inner));
        let address = |chapter: &Arc<Chapter>| Arc::as_ptr(chapter) as usize;
        let chapters: Vec<&Arc<Chapter>> =
            handbook.tree.order.iter().map(|at| &handbook.chapters[*at]).collect();
        let documents: Vec<Arc<IndexedDocument>> = chapters
            .par_iter()
            .map_init(document_builder::DocumentBuilder::default, |builder, chapter| {
                if let Some((_, known)) = known.get(&address(chapter)) {
                    return Arc::clone(known);
                }
                let pieces = pieces(&chapter.source.text, &chapter.scan, chapter.repeats_title);
                Arc::new(document::index_chapter(builder, chapter, pieces))
            })
            .collect();
        let kept = chapters
            .iter()
            .zip(&documents)
            .map(|(chapter, document)| (address(chapter), (Arc::clone(chapter), Arc::clone(document))));
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = kept.collect();
        documents
    }
}

/// The index of a handbook.
#[derive(Debug)]
#[non_exhaustive]
pub struct Index {
    /// Chapters, in reading order, by their place in the handbook.
    pub chapters: Vec<usize>,
    stored: Vec<files::StoredFields>,
    documents: Vec<Arc<IndexedDocument>>,
    heads: Vec<IndexedDocument>,
    synonyms: Vec<Vec<String>>,
    postings: Postings,
    files: shard::Files,
    /// Address of each passage of text, with its chapter and block.
    texts: HashMap<String, (u32, u32)>,
}

impl Index {
    /// Makes the index. `label` gives the interface's word for a key such as
    /// `status_in_force`; each group of `synonyms` means one thing.
    #[must_use]
    pub fn new(
        handbook: &Handbook,
        memo: &DocumentCache,
        synonyms: &[Vec<String>],
        label: &dyn Fn(&str) -> String,
    ) -> Self {
        let documents = memo.documents(handbook);

        let stored: Vec<files::StoredFields> =
            handbook.tree.order.iter().map(|at| files::StoredFields::new(handbook, *at)).collect();
        let heads: Vec<IndexedDocument> = stored.par_iter().map(files::StoredFields::head).collect();
        let both: Vec<(&IndexedDocument, &IndexedDocument)> =
            documents.iter().map(|document| &**document).zip(&heads).collect();
        let (postings, neighbours) = Postings::new(&both);
        let writer =
            files::Writer { handbook, documents: &documents, stored: &stored, postings: &postings, label };
        let synonyms = files::folded(synonyms);
        let files = writer.write(&neighbours, &synonyms);
        let texts = files::texts(&documents);
        Self {
            chapters: handbook.tree.order.clone(),
            stored,
            documents,
            heads,
            synonyms,
            postings,
            files,
            texts,
        }
    }

    /// The addresses of all files.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.files.keys().chain(self.texts.keys()).map(String::as_str)
    }

    /// What a file holds.
    #[must_use]
    pub fn render(&self, address: &str) -> Option<Vec<u8>> {
        if let Some(bytes) = self.files.get(address) {
            return Some(bytes.clone());
        }
        let (chapter, passage) = *self.texts.get(address)?;
        let document = self.documents.get(chapter as usize)?;
        Some(files::text(document, passage))
    }
}
