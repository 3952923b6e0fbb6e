//! Bigrams of characters that more chapters hold than a search would open.
//!
//! Only of these the index tells which characters stand behind them (see `trigrams`);
//! so they are gathered with all that it takes to find out.

use super::bigrams::{Bigrams, CHARACTER, CHARACTER_MASK, Sorted, Spilled};
use super::document::{Field, IndexedDocument};
use super::postings::PostingLayout;
use std::borrow::Cow;
use std::ops::Range;

/// What tells which characters stand behind a bigram.
#[derive(Debug)]
pub(super) struct Neighbours {
    pub(super) sorted: Sorted,
    /// Trigrams that no entry tells, with their chapters, sorted.
    pub(super) spilled: Vec<Spilled>,
}

impl Neighbours {
    pub(super) fn new(chapters: &[(&IndexedDocument, &IndexedDocument)], sorted: Sorted) -> Self {
        let mut spilled: Vec<Spilled> = Vec::new();
        for (chapter, (document, head)) in (0..).zip(chapters) {
            spilled.extend(document.trigrams.iter().chain(&head.trigrams).map(|key| (*key, chapter)));
        }
        spilled.sort_unstable();
        spilled.dedup();
        Self { sorted, spilled }
    }
}

/// A bigram that more chapters hold than a search would open.
pub(super) struct FrequentBigram<'a> {
    pub(super) key: u64,
    /// Where its entries begin and end.
    pub(super) entries: (u32, u32),
    /// Its list with one id for all of a title.
    pub(super) ids: Cow<'a, [u32]>,
}

/// All such bigrams.
pub(super) struct FrequentBigrams<'a> {
    /// In the order of their keys.
    pub(super) bigrams: Vec<FrequentBigram<'a>>,
    /// Their second characters.
    pub(super) seconds: Vec<u32>,
    /// For each first character, where its bigrams begin, and where the last one's end:
    /// so what is sought lies close together, whichever bigrams a text has.
    begins: Vec<u32>,
    /// For each partition, how many there are before it.
    partitions: Vec<usize>,
    pub(super) layout: &'a PostingLayout,
    pub(super) neighbours: &'a Neighbours,
}

impl<'a> FrequentBigrams<'a> {
    pub(super) fn new(layout: &'a PostingLayout, bigrams: &'a Bigrams, neighbours: &'a Neighbours) -> Self {
        let mut frequent = Self {
            bigrams: Vec::new(),
            seconds: Vec::new(),
            begins: Vec::new(),
            partitions: Vec::new(),
            layout,
            neighbours,
        };
        for (lists, places) in bigrams.partitions.iter().zip(&neighbours.sorted.places) {
            frequent.partitions.push(frequent.bigrams.len());
            for (at, key) in lists.keys.iter().enumerate() {
                let Some(entries) = places.get(at).copied().flatten() else { continue };
                let first = (key >> CHARACTER) as usize;
                let place = u32::try_from(frequent.bigrams.len()).unwrap_or(u32::MAX);
                frequent.begins.resize(first + 1, place);
                frequent.seconds.push((key & CHARACTER_MASK) as u32);
                frequent.bigrams.push(FrequentBigram {
                    key: *key,
                    entries,
                    ids: common(layout, lists.ids(at)),
                });
            }
        }
        frequent
    }

    /// For each bigram of a partition its place among these, if it is one of them.
    pub(super) fn of_partition(&self, partition: usize) -> impl Iterator<Item = Option<usize>> {
        let mut next = self.partitions.get(partition).copied().unwrap_or(0);
        let places = self.neighbours.sorted.places.get(partition).map_or(&[][..], Vec::as_slice);
        places.iter().map(move |place| {
            place.map(|_| {
                next += 1;
                next - 1
            })
        })
    }

    /// The places of all, by their second characters: then what each is compared with,
    /// the bigrams that begin with that character, is known from the one before.
    pub(super) fn by_second(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.bigrams.len()).collect();
        order.sort_by_key(|at| self.seconds.get(*at));
        order
    }

    /// The bigrams that begin with a character: by their places among all.
    pub(super) fn beginning(&self, first: u32) -> Range<usize> {
        let begin = |at: usize| self.begins.get(at).map_or(self.bigrams.len(), |place| *place as usize);
        let first = first as usize;
        begin(first)..begin(first + 1)
    }

    /// The place of a bigram among these, if it is one of them.
    pub(super) fn find(&self, among: Range<usize>, second: u32) -> Option<usize> {
        let from = among.start;
        Some(from + self.seconds.get(among)?.binary_search(&second).ok()?)
    }
}

/// A list with one id for all of a title.
fn common<'a>(layout: &PostingLayout, list: &'a [u32]) -> Cow<'a, [u32]> {
    let mut end = 0;
    let has_title = list.iter().any(|id| {
        // A title's ids are the first ones of a chapter.
        *id >= end && {
            end = layout.ids_of(layout.chapter_of(*id)).end;
            matches!(layout.locate(*id).1, Field::Title { .. })
        }
    });
    if has_title { list.iter().map(|id| layout.merge_title(*id)).collect() } else { list.into() }
}
