//! Search: an index made with the site, cut into small files that a browser
//! loads a few of, and the same search for the command line.
//!
//! `extract` takes from each chapter its text and its tokens, alone; `postings`
//! turns them round, `triples` adds what keeps accidents from passing for
//! phrases, `shard` and `files` write the files. `query` reads what is typed,
//! `matching` and `answer` ask the index in memory as the theme's scripts
//! (`search-*.js`) ask the files.

mod alphabet;
mod answer;
mod bits;
mod commons;
mod encode;
mod extract;
mod files;
mod letters;
mod list;
mod matching;
mod pairs;
mod pinyin;
mod postings;
mod query;
mod shard;
mod taker;
pub mod token;
mod triples;
mod words;

pub use answer::{Answer, Hits, Place};
pub use extract::{Extract, Unit};

use crate::chapter::Chapter;
use crate::handbook::Handbook;
use crate::markdown::{MarkdownOptions, Words, plain};
use postings::Postings;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Chapters that a search may open to verify a phrase in their text.
const VERIFIED: usize = 10;

/// Extracts of chapters, kept between runs: each with the chapter it was made of.
#[derive(Debug, Default)]
pub struct Memo {
    known: Kept<Arc<Extract>>,
    /// Words that were taken when chapters were read, for the next index.
    words: Kept<Words>,
}

/// By the address of a chapter, that chapter and what was taken from it. No other
/// chapter can have its address, since it is held.
type Kept<T> = Mutex<HashMap<usize, (Arc<Chapter>, T)>>;

impl Memo {
    /// Keeps the words of chapters until the next index is made.
    pub(crate) fn expect<'a>(&self, chapters: impl Iterator<Item = (&'a Arc<Chapter>, Words)>) {
        let kept =
            chapters.map(|(chapter, words)| (Arc::as_ptr(chapter) as usize, (Arc::clone(chapter), words)));
        self.words.lock().unwrap_or_else(PoisonError::into_inner).extend(kept);
    }

    /// The extracts of these chapters, those that are known not made again. Others
    /// are forgotten.
    fn extracts(&self, handbook: &Handbook, options: &MarkdownOptions) -> Vec<Arc<Extract>> {
        let known = std::mem::take(&mut *self.known.lock().unwrap_or_else(PoisonError::into_inner));
        let mut words = std::mem::take(&mut *self.words.lock().unwrap_or_else(PoisonError::into_inner));
        let address = |chapter: &Arc<Chapter>| Arc::as_ptr(chapter) as usize;
        let order = handbook.tree.order.iter().map(|at| &handbook.chapters[*at]);
        let wanted: Vec<_> = order.map(|chapter| (chapter, words.remove(&address(chapter)))).collect();
        let extracts: Vec<Arc<Extract>> = wanted
            .into_par_iter()
            .map_init(taker::Taker::default, |taker, (chapter, words)| {
                if let Some((_, known)) = known.get(&address(chapter)) {
                    return Arc::clone(known);
                }
                let pieces = match words {
                    Some((_, words)) => words.pieces(chapter.repeats_title),
                    None => plain(&chapter.source.text, &chapter.scan, options, chapter.repeats_title),
                };
                Arc::new(extract::extract(taker, chapter, pieces))
            })
            .collect();
        let chapters = handbook.tree.order.iter().map(|at| &handbook.chapters[*at]);
        let kept = chapters
            .zip(&extracts)
            .map(|(chapter, extract)| (address(chapter), (Arc::clone(chapter), Arc::clone(extract))));
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = kept.collect();
        extracts
    }
}

/// The index of a handbook.
#[derive(Debug)]
#[non_exhaustive]
pub struct Index {
    /// Chapters, in reading order, by their place in the handbook.
    pub chapters: Vec<usize>,
    cards: Vec<files::Card>,
    extracts: Vec<Arc<Extract>>,
    heads: Vec<Extract>,
    synonyms: Vec<Vec<String>>,
    postings: Postings,
    files: shard::Files,
    /// Address of each block of text, with its chapter and block.
    texts: HashMap<String, (u32, u32)>,
}

impl Index {
    /// Makes the index. `label` gives the interface's word for a key such as
    /// `status_in_force`; each group of `synonyms` means one thing.
    #[must_use]
    pub fn new(
        handbook: &Handbook,
        options: &MarkdownOptions,
        memo: &Memo,
        synonyms: &[Vec<String>],
        label: &dyn Fn(&str) -> String,
    ) -> Self {
        let extracts = memo.extracts(handbook, options);

        let cards: Vec<files::Card> =
            handbook.tree.order.iter().map(|at| files::Card::new(handbook, *at)).collect();
        let heads: Vec<Extract> = cards.par_iter().map(files::Card::head).collect();
        let both: Vec<(&Extract, &Extract)> = extracts.iter().map(|extract| &**extract).zip(&heads).collect();
        let (postings, neighbours) = Postings::new(&both);
        let writer =
            files::Writer { handbook, extracts: &extracts, cards: &cards, postings: &postings, label };
        let synonyms = files::folded(synonyms);
        let files = writer.write(&neighbours, &synonyms);
        let texts = files::texts(&extracts);
        Self {
            chapters: handbook.tree.order.clone(),
            cards,
            extracts,
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
        let (chapter, block) = *self.texts.get(address)?;
        let extract = self.extracts.get(chapter as usize)?;
        Some(files::text(extract, block))
    }
}
