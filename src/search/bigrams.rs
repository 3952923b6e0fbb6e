//! Inverts the bigrams and unigrams: for each, where it occurs.
//!
//! First a counting sort: each symbol of all texts becomes an `Entry` with the two symbols
//! that follow it and its posting id, and goes right to its place among the entries of the
//! same symbol. It takes one pass, since the symbol table knows how many there are of each.
//! Then the entries of each symbol are sorted by the symbol that follows. For that, small
//! tables and lists in the first-level cache suffice, and all cores work at once.

use super::ids::{BigramKey, DocId, ListId, PartitionId, PostingId, SymbolId};
use super::limits::LIMITS;
use super::postings::{ChapterInput, PostingLayout, PostingLists};
use super::symbols::SymbolTable;
use rayon::prelude::*;

/// Partitions that are worked on separately, roughly.
const PARTITIONS: u32 = 16;

/// All bigrams and unigrams, in partitions by first character.
#[derive(Debug, Clone, Default)]
pub(super) struct Bigrams {
    partitions: Vec<PostingLists<BigramKey>>,
}

impl Bigrams {
    /// The postings of a bigram; none if it occurs nowhere.
    pub(super) fn find(&self, key: BigramKey) -> &[PostingId] {
        let begins_before =
            |lists: &PostingLists<BigramKey>| lists.keys.first().is_some_and(|first| *first <= key);
        let partition = self.partitions.partition_point(begins_before).checked_sub(1);
        let lists = partition.and_then(|index| self.partitions.get(index));
        lists.and_then(|lists| Some(lists.list(lists.find(&key)?))).unwrap_or_default()
    }

    /// How many postings each list has of the bigrams and the unigram that begin with a character.
    pub(super) fn lengths(&self, first: char) -> impl Iterator<Item = usize> {
        let keys = BigramKey::unigram(first)..=BigramKey::new(first, char::MAX);
        let own = move |lists: &PostingLists<BigramKey>| {
            let start = lists.keys.partition_point(|key| key < keys.start());
            let end = lists.keys.partition_point(|key| key <= keys.end());
            (start..end).map(|list| lists.list(ListId(list)).len()).collect::<Vec<_>>()
        };
        self.partitions.iter().flat_map(own)
    }

    pub(super) fn partitions(&self) -> impl Iterator<Item = &PostingLists<BigramKey>> {
        self.partitions.iter()
    }

    pub(super) fn par_partitions(
        &self,
    ) -> impl IndexedParallelIterator<Item = (PartitionId, &PostingLists<BigramKey>)> {
        self.partitions.par_iter().enumerate().map(|(index, lists)| (PartitionId(index), lists))
    }

    /// How many postings all lists have.
    pub(super) fn total(&self) -> usize {
        self.partitions.iter().map(PostingLists::total).sum()
    }
}

/// A symbol of the texts: the symbol that follows, the one after that if all three are of
/// unsegmented scripts, and the posting id. Packed, since there is one for each character
/// of the handbook.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry(u64);

impl Entry {
    const fn new(second: SymbolId, third: SymbolId, id: PostingId) -> Self {
        Self((second.0 as u64) << 48 | (third.0 as u64) << 32 | id.0 as u64)
    }

    const fn second(self) -> SymbolId {
        SymbolId((self.0 >> 48) as u16)
    }

    /// The third symbol of a trigram, else the separator.
    pub(super) const fn third(self) -> SymbolId {
        SymbolId((self.0 >> 32) as u16)
    }

    pub(super) const fn id(self) -> PostingId {
        PostingId(self.0 as u32)
    }
}

/// Where the entries of a bigram lie among all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct EntryRange {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// For each list of a partition, the entries of its bigram if it is frequent: if more
/// chapters hold it than a search would open.
pub(super) type FrequentRanges = Vec<Option<EntryRange>>;

/// A posting of a bigram that no entry stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct SpilledPosting {
    key: BigramKey,
    id: PostingId,
}

/// What the lists were made from, sorted by bigram.
#[derive(Debug, Default)]
pub(super) struct SortedEntries {
    pub(super) symbols: SymbolTable,
    pub(super) entries: Vec<Entry>,
    /// For each partition, in the order of `Bigrams`.
    pub(super) frequent: Vec<FrequentRanges>,
}

/// Inverts the bigrams of all chapters.
pub(super) fn invert(chapters: &[ChapterInput<'_>], layout: &PostingLayout) -> (Bigrams, SortedEntries) {
    let symbols = SymbolTable::new(chapters.iter().map(|chapter| chapter.document));
    let mut entries = sort_by_first(chapters, layout, &symbols);
    let spilled = spilled_postings(chapters, layout);
    let mut rest = entries.as_mut_slice();
    let mut partitions = partitions(&symbols);
    for partition in &mut partitions {
        (partition.entries, rest) = std::mem::take(&mut rest).split_at_mut(partition.length);
    }
    let inverted: Vec<(PostingLists<BigramKey>, FrequentRanges)> = partitions
        .into_par_iter()
        .map(|partition| {
            let from = spilled.partition_point(|posting| posting.key.first() < partition.from);
            let to = spilled.partition_point(|posting| posting.key.first() < partition.to);
            let spilled = spilled.get(from..to).unwrap_or_default();
            Inverter::new(&symbols, layout).invert(partition, spilled)
        })
        .collect();
    let (partitions, frequent) = inverted.into_iter().filter(|(lists, _)| !lists.keys.is_empty()).unzip();
    (Bigrams { partitions }, SortedEntries { symbols, entries, frequent })
}

/// The postings that no entry stands for, sorted.
fn spilled_postings(chapters: &[ChapterInput<'_>], layout: &PostingLayout) -> Vec<SpilledPosting> {
    let mut spilled = Vec::new();
    for (chapter, start) in chapters.iter().zip(layout.starts()) {
        let bigrams = chapter.document.spilled_bigrams.iter().chain(&chapter.metadata.spilled_bigrams);
        spilled.extend(
            bigrams.map(|bigram| SpilledPosting { key: bigram.key(), id: start.field(bigram.field()) }),
        );
    }
    spilled.sort_unstable();
    spilled.dedup();
    spilled
}

/// An entry for each symbol of the texts, sorted by symbol and posting id.
fn sort_by_first(chapters: &[ChapterInput<'_>], layout: &PostingLayout, symbols: &SymbolTable) -> Vec<Entry> {
    let mut total = 0;
    let ends = |count: &u32| {
        total += *count as usize;
        total
    };
    // Where the next entry of each symbol goes. Each is filled from its end on.
    let mut next: Vec<usize> = symbols.counts.iter().map(ends).collect();
    let mut entries = vec![Entry::default(); total];
    for (doc, chapter) in DocId::first(layout.doc_count()).zip(chapters).rev() {
        let document = chapter.document;
        for (passage, id) in PostingId::iter(layout.passage_ids(doc)).enumerate().rev() {
            let end = |passage: usize| document.passage_ends.get(passage).map_or(0, |end| *end as usize);
            let start = passage.checked_sub(1).map_or(0, end);
            let units = document.units.get(start..end(passage)).unwrap_or_default();
            // Backwards, so that what follows a symbol is known.
            let (mut second, mut third) = (SymbolId::SEPARATOR, SymbolId::SEPARATOR);
            // Whether the second symbol, and both of them, are of unsegmented scripts.
            let (mut unsegmented, mut both) = (false, false);
            for unit in units.iter().rev() {
                let (first, is_unsegmented) = symbols.symbol(*unit);
                if first != SymbolId::SEPARATOR {
                    let next = &mut next[first.index()];
                    *next -= 1;
                    let follower = if is_unsegmented || unsegmented { second } else { SymbolId::SEPARATOR };
                    let last = if is_unsegmented && both { third } else { SymbolId::SEPARATOR };
                    entries[*next] = Entry::new(follower, last, id);
                }
                (second, third) = (first, second);
                (unsegmented, both) = (is_unsegmented, unsegmented && is_unsegmented);
            }
        }
    }
    entries
}

/// The entries of consecutive symbols.
struct Partition<'a> {
    symbols: std::ops::Range<u16>,
    /// The code points that it covers, also those that are no symbol: first, and one more
    /// than the last.
    from: u32,
    to: u32,
    /// Where its first entry lies among all, and how many there are.
    start: u32,
    length: usize,
    entries: &'a mut [Entry],
}

/// Partitions with about as many entries each. Every code point belongs to one of them.
fn partitions<'a>(symbols: &SymbolTable) -> Vec<Partition<'a>> {
    let limit = symbols.counts.iter().sum::<u32>() / PARTITIONS + 1;
    let mut partitions: Vec<Partition<'_>> = Vec::new();
    let (mut first, mut from, mut start, mut length) = (1, 0, 0, 0);
    let last = u16::try_from(symbols.len() - 1).unwrap_or(u16::MAX);
    for (symbol, count) in (0..=last).zip(&symbols.counts) {
        length += count;
        if length >= limit || symbol == last {
            let to = if symbol == last { u32::MAX } else { symbols.code_point(SymbolId(symbol)) + 1 };
            let entries = &mut [][..];
            let symbols = first..symbol + 1;
            partitions.push(Partition { symbols, from, to, start, length: length as usize, entries });
            (first, from, start, length) = (symbol + 1, to, start + length, 0);
        }
    }
    partitions
}

/// Inverts the bigrams of a partition.
struct Inverter<'a> {
    symbols: &'a SymbolTable,
    layout: &'a PostingLayout,
    lists: PostingLists<BigramKey>,
    frequent: FrequentRanges,
    /// Room for one list; first for that of the unigram.
    list: Vec<PostingId>,
    /// Room for sorting by second symbol: how many entries have it, or where they lie.
    counts: Vec<u32>,
    /// Which symbols follow the current one.
    seconds: Vec<SymbolId>,
    /// The entries of the current symbol before they are sorted.
    unsorted: Vec<Entry>,
}

impl<'a> Inverter<'a> {
    fn new(symbols: &'a SymbolTable, layout: &'a PostingLayout) -> Self {
        Self {
            symbols,
            layout,
            lists: PostingLists::default(),
            frequent: Vec::new(),
            list: Vec::new(),
            counts: vec![0; symbols.len()],
            seconds: Vec::new(),
            unsorted: Vec::new(),
        }
    }

    fn invert(
        mut self,
        partition: Partition<'_>,
        mut spilled: &[SpilledPosting],
    ) -> (PostingLists<BigramKey>, FrequentRanges) {
        let (mut rest, mut start) = (partition.entries, partition.start);
        for symbol in partition.symbols.map(SymbolId) {
            let count = self.symbols.count(symbol);
            let (entries, others) = std::mem::take(&mut rest).split_at_mut(count as usize);
            rest = others;
            let first = self.symbols.code_point(symbol);
            let unigram = BigramKey::of_code_points(first, 0);
            let also = self.push_spilled(&mut spilled, unigram);
            self.count(entries);
            if self.symbols.is_unsegmented(symbol) {
                self.push_merged(unigram, also, None);
            }
            self.sort_by_second(entries);
            let (seconds, mut from) = (std::mem::take(&mut self.seconds), 0);
            for second in &seconds {
                // Sorting has left here where the entries of this one end.
                let to = std::mem::take(&mut self.counts[second.index()]);
                if *second != SymbolId::SEPARATOR {
                    let key = BigramKey::of_code_points(first, self.symbols.code_point(*second));
                    let also = self.push_spilled(&mut spilled, key);
                    let same = entries.get(from as usize..to as usize).unwrap_or_default();
                    let range = EntryRange { start: start + from, end: start + to };
                    self.push(key, same, range, also);
                }
                from = to;
            }
            self.seconds = seconds;
            start += count;
        }
        self.push_spilled(&mut spilled, BigramKey::MAX);
        self.lists.shrink();
        (self.lists, self.frequent)
    }

    /// Counts how often each symbol follows this one. Lists the first passage of each
    /// chapter, which is the posting list of the unigram.
    fn count(&mut self, entries: &[Entry]) {
        self.seconds.clear();
        self.list.clear();
        let mut end = PostingId(0);
        for entry in entries {
            let count = &mut self.counts[entry.second().index()];
            if *count == 0 {
                self.seconds.push(entry.second());
            }
            *count += 1;
            if entry.id() >= end {
                self.list.push(entry.id());
                end = self.layout.ids(self.layout.doc(entry.id())).end;
            }
        }
        self.seconds.sort_unstable();
    }

    /// Sorts the entries of a symbol by the symbol that follows, and keeps their order
    /// otherwise. `counts` says afterwards where the entries of each end.
    fn sort_by_second(&mut self, entries: &mut [Entry]) {
        let mut before = 0;
        for second in &self.seconds {
            let count = &mut self.counts[second.index()];
            before += std::mem::replace(count, before);
        }
        self.unsorted.clear();
        self.unsorted.extend_from_slice(entries);
        for entry in &self.unsorted {
            let next = &mut self.counts[entry.second().index()];
            entries[*next as usize] = *entry;
            *next += 1;
        }
    }

    /// Adds the list of a bigram from its entries and its spilled postings.
    fn push(&mut self, key: BigramKey, entries: &[Entry], range: EntryRange, spilled: &[SpilledPosting]) {
        let ids = entries.iter().map(|entry| entry.id());
        if spilled.is_empty() {
            let list = self.lists.push(key, ids);
            let is_frequent = is_frequent(self.layout, list);
            return self.frequent.push(Some(range).filter(|_| is_frequent));
        }
        self.list.clear();
        self.list.extend(ids);
        self.push_merged(key, spilled, Some(range));
    }

    /// Adds the lists of spilled keys before this one, which have no entries. Returns the
    /// spilled postings of the key itself.
    fn push_spilled<'t>(
        &mut self,
        spilled: &mut &'t [SpilledPosting],
        key: BigramKey,
    ) -> &'t [SpilledPosting] {
        while let Some(next) = spilled.first().map(|posting| posting.key).filter(|next| *next < key) {
            let same = take_key(spilled, next);
            self.list.clear();
            self.push_merged(next, same, Some(EntryRange::default()));
        }
        take_key(spilled, key)
    }

    /// Adds the list of a key: `self.list` and its spilled postings.
    fn push_merged(&mut self, key: BigramKey, spilled: &[SpilledPosting], range: Option<EntryRange>) {
        if !spilled.is_empty() {
            // Both are sorted, which a sort by merging makes use of.
            self.list.extend(spilled.iter().map(|posting| posting.id));
            self.list.sort();
            self.list.dedup();
            if key.is_unigram() {
                self.keep_first_passages();
            }
        }
        self.lists.push(key, self.list.iter().copied());
        let is_frequent = !key.is_unigram() && is_frequent(self.layout, &self.list);
        self.frequent.push(range.filter(|_| is_frequent));
    }

    /// Drops all passages of a chapter but the first, since a character occurs in nearly all
    /// of them.
    fn keep_first_passages(&mut self) {
        let (mut seen, layout) = (None, self.layout);
        self.list.retain(|id| {
            layout.is_head(*id) || {
                let doc = layout.doc(*id);
                seen.replace(doc) != Some(doc)
            }
        });
    }
}

/// Takes the postings of a key off the front.
fn take_key<'t>(spilled: &mut &'t [SpilledPosting], key: BigramKey) -> &'t [SpilledPosting] {
    let (same, rest) = spilled.split_at(spilled.partition_point(|posting| posting.key == key));
    *spilled = rest;
    same
}

/// Whether more chapters hold a list than a search would open.
fn is_frequent(layout: &PostingLayout, list: &[PostingId]) -> bool {
    list.len() > LIMITS.verified && layout.count_docs(list, LIMITS.verified + 1) > LIMITS.verified
}

#[cfg(test)]
mod tests;
