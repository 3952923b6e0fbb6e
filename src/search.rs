//! Search: an index made with the site, cut into small files that a browser
//! loads a few of, and the same search for the command line.
//!
//! `extract` takes from each chapter its text and its tokens, alone; `postings`
//! turns them round, `trigrams` adds what keeps accidents from passing for
//! phrases, `shard` and `files` write the files. `query` reads what is typed,
//! `matching` and `answer` ask the index in memory as the theme's scripts
//! (`search-*.js`) ask the files.

mod alphabet;
mod answer;
mod bigrams;
mod bits;
mod commons;
mod encode;
mod extract;
mod files;
mod letters;
mod list;
mod matching;
mod pinyin;
mod postings;
mod query;
mod shard;
mod taker;
pub mod token;
mod trigrams;
mod words;

pub use answer::{Answer, Hits, Place};
pub use extract::{Extract, Unit};

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
pub struct Memo {
    known: Mutex<HashMap<usize, Known>>,
}

/// A chapter and what was taken from it.
type Known = (Arc<Chapter>, Arc<Extract>);

impl Memo {
    /// The extracts of these chapters, those that are known not made again. Others
    /// are forgotten.
    fn extracts(&self, handbook: &Handbook) -> Vec<Arc<Extract>> {
        let known = std::mem::take(&mut *self.known.lock().unwrap_or_else(PoisonError::into_inner));
        let address = |chapter: &Arc<Chapter>| Arc::as_ptr(chapter) as usize;
        let chapters: Vec<&Arc<Chapter>> =
            handbook.tree.order.iter().map(|at| &handbook.chapters[*at]).collect();
        let extracts: Vec<Arc<Extract>> = chapters
            .par_iter()
            .map_init(taker::Taker::default, |taker, chapter| {
                if let Some((_, known)) = known.get(&address(chapter)) {
                    return Arc::clone(known);
                }
                let pieces = pieces(&chapter.source.text, &chapter.scan, chapter.repeats_title);
                Arc::new(extract::extract(taker, chapter, pieces))
            })
            .collect();
        let kept = chapters
            .iter()
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
        memo: &Memo,
        synonyms: &[Vec<String>],
        label: &dyn Fn(&str) -> String,
    ) -> Self {
        let extracts = memo.extracts(handbook);

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
