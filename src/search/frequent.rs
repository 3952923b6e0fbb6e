//! The frequent bigrams: those that more chapters hold than a search would open.
//!
//! Only for these the index says which characters follow them (see `trigrams`), so they
//! are gathered here with what that needs.

use super::bigrams::{Bigrams, EntryRange, SortedEntries};
use super::document::Field;
use super::ids::{BigramKey, DocId, FrequentId, PartitionId, PostingId, TrigramKey};
use super::postings::{ChapterInput, PostingLayout};
use std::borrow::Cow;
use std::ops::Range;

/// What says which characters follow a bigram.
#[derive(Debug)]
pub(super) struct Neighbours {
    pub(super) sorted: SortedEntries,
    /// Trigrams that no entry stands for, sorted.
    pub(super) spilled: Vec<SpilledTrigram>,
}

/// A trigram that no entry stands for, and a chapter that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SpilledTrigram {
    pub(super) key: TrigramKey,
    pub(super) doc: DocId,
}

impl Neighbours {
    pub(super) fn new(chapters: &[ChapterInput<'_>], sorted: SortedEntries) -> Self {
        let mut spilled = Vec::new();
        for (doc, chapter) in DocId::all().zip(chapters) {
            let keys = chapter.document.spilled_trigrams.iter().chain(&chapter.metadata.spilled_trigrams);
            spilled.extend(keys.map(|key| SpilledTrigram { key: *key, doc }));
        }
        spilled.sort_unstable();
        spilled.dedup();
        Self { sorted, spilled }
    }

    /// The spilled trigrams that begin with a bigram.
    pub(super) fn spilled_after(&self, key: BigramKey) -> &[SpilledTrigram] {
        let from = self.spilled.partition_point(|trigram| trigram.key.prefix() < key);
        let to = self.spilled.partition_point(|trigram| trigram.key.prefix() <= key);
        self.spilled.get(from..to).unwrap_or_default()
    }
}

/// A frequent bigram.
pub(super) struct FrequentBigram<'a> {
    pub(super) key: BigramKey,
    pub(super) entries: EntryRange,
    /// Its posting list, with one id for all of a title.
    pub(super) list: Cow<'a, [PostingId]>,
}

/// All frequent bigrams.
pub(super) struct FrequentBigrams<'a> {
    /// In the order of their keys.
    bigrams: Vec<FrequentBigram<'a>>,
    /// The code points of their second characters. Apart from the bigrams, so that a search
    /// touches little memory.
    seconds: Vec<u32>,
    /// For each first character where its bigrams begin.
    starts: Vec<u32>,
    /// For each partition how many there are before it.
    before: Vec<usize>,
    pub(super) layout: &'a PostingLayout,
    pub(super) neighbours: &'a Neighbours,
}

impl<'a> FrequentBigrams<'a> {
    pub(super) fn new(layout: &'a PostingLayout, bigrams: &'a Bigrams, neighbours: &'a Neighbours) -> Self {
        let mut all = Self {
            bigrams: Vec::new(),
            seconds: Vec::new(),
            starts: Vec::new(),
            before: Vec::new(),
            layout,
            neighbours,
        };
        for (lists, ranges) in bigrams.partitions().zip(&neighbours.sorted.frequent) {
            all.before.push(all.bigrams.len());
            for ((key, list), range) in lists.iter().zip(ranges) {
                let Some(entries) = *range else { continue };
                let count = u32::try_from(all.bigrams.len()).unwrap_or(u32::MAX);
                all.starts.resize(key.first() as usize + 1, count);
                all.seconds.push(key.second());
                all.bigrams.push(FrequentBigram { key: *key, entries, list: merge_titles(layout, list) });
            }
        }
        all
    }

    pub(super) fn len(&self) -> usize {
        self.bigrams.len()
    }

    pub(super) fn get(&self, id: FrequentId) -> Option<&FrequentBigram<'a>> {
        self.bigrams.get(id.0)
    }

    /// For each list of a partition the frequent bigram that it is, if it is one.
    pub(super) fn of_partition(&self, partition: PartitionId) -> impl Iterator<Item = Option<FrequentId>> {
        let mut next = self.before.get(partition.0).copied().unwrap_or(0);
        let ranges = self.neighbours.sorted.frequent.get(partition.0).map_or(&[][..], Vec::as_slice);
        ranges.iter().map(move |range| {
            range.map(|_| {
                next += 1;
                FrequentId(next - 1)
            })
        })
    }

    /// All, sorted by second character: what each is compared with, the bigrams that begin
    /// with that character, is then at hand from the one before.
    pub(super) fn by_second(&self) -> Vec<FrequentId> {
        let mut order: Vec<FrequentId> = (0..self.bigrams.len()).map(FrequentId).collect();
        order.sort_by_key(|id| self.seconds.get(id.0));
        order
    }

    /// The bigrams that begin with a character.
    pub(super) fn starting_with(&self, first: u32) -> Range<FrequentId> {
        let start =
            |first: usize| FrequentId(self.starts.get(first).map_or(self.bigrams.len(), |at| *at as usize));
        start(first as usize)..start(first as usize + 1)
    }

    pub(super) fn slice(&self, range: Range<FrequentId>) -> &[FrequentBigram<'a>] {
        self.bigrams.get(range.start.0..range.end.0).unwrap_or_default()
    }

    /// The bigram with this second character among some with the same first one, counted
    /// from the first of these.
    pub(super) fn find_second(&self, among: Range<FrequentId>, second: u32) -> Option<usize> {
        self.seconds.get(among.start.0..among.end.0)?.binary_search(&second).ok()
    }

    /// The second character of a bigram.
    pub(super) fn second(&self, id: FrequentId) -> Option<u32> {
        self.seconds.get(id.0).copied()
    }
}

/// A list with one id for all of a title.
fn merge_titles<'a>(layout: &PostingLayout, list: &'a [PostingId]) -> Cow<'a, [PostingId]> {
    let mut end = PostingId(0);
    let has_title = list.iter().any(|id| {
        // A title's ids are the first ones of a chapter, so the others need no look.
        *id >= end && {
            end = layout.ids(layout.doc(*id)).end;
            matches!(layout.locate(*id).1, Field::Title { .. })
        }
    });
    if has_title { list.iter().map(|id| layout.merge_title(*id)).collect() } else { list.into() }
}
