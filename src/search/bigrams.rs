//! All bigrams of neighbours turned round: for each, where it stands.
//!
//! First every letter of all texts goes to its place among those of its kind, with the
//! two letters behind it and its id: a sort in one pass, since it is known how many
//! there are of each. Then the letters of each kind are sorted by the one behind,
//! which tables and lists in the nearest cache will do, on all cores.

use super::VERIFIED;
use super::document::IndexedDocument;
use super::postings::{Lists, PostingLayout};
use super::symbols::SymbolTable;
use rayon::prelude::*;

/// Partitions of letters that are worked on by themselves, roughly.
const PARTITIONS: u32 = 16;
/// Bits of a character.
pub(super) const CHARACTER: u32 = 21;
pub(super) const CHARACTER_MASK: u64 = (1 << CHARACTER) - 1;

/// All bigrams and unigrams, by partitions of first characters.
#[derive(Debug, Clone, Default)]
pub(super) struct Bigrams {
    pub(super) partitions: Vec<Lists<u64>>,
}

impl Bigrams {
    /// The ids of a bigram; none if nothing holds it.
    pub(super) fn find(&self, key: u64) -> &[u32] {
        let begun = |lists: &Lists<u64>| lists.keys.first().is_some_and(|first| *first <= key);
        let partition = self.partitions.partition_point(begun).checked_sub(1);
        let lists = partition.and_then(|at| self.partitions.get(at));
        lists.and_then(|lists| Some(lists.ids(lists.find(&key)?))).unwrap_or_default()
    }

    /// How many ids all lists have.
    pub(super) fn total(&self) -> usize {
        self.partitions.iter().map(Lists::total).sum()
    }
}

/// A letter of the texts, by the numbers of its symbols: the letter behind it, the one
/// behind that if all three are unsegmented, and the id.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry(u64);

impl Entry {
    const fn new(second: u16, third: u16, id: u32) -> Self {
        Self((second as u64) << 48 | (third as u64) << 32 | id as u64)
    }

    const fn second(self) -> u16 {
        (self.0 >> 48) as u16
    }

    /// The third letter of a trigram, else 0.
    pub(super) const fn third(self) -> u16 {
        (self.0 >> 32) as u16
    }

    pub(super) const fn id(self) -> u32 {
        self.0 as u32
    }
}

/// Of each bigram of a partition that more chapters hold than a search would open, where
/// its entries begin and end.
pub(super) type Places = Vec<Option<(u32, u32)>>;

/// A token that no entry tells: its key, and its id or chapter.
pub(super) type Spilled = (u64, u32);

/// What the bigrams were made from, sorted by bigram.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub(super) symbols: SymbolTable,
    pub(super) entries: Vec<Entry>,
    /// For each partition of bigrams.
    pub(super) places: Vec<Places>,
}

/// Turns all bigrams round.
pub(super) fn bigrams(
    chapters: &[(&IndexedDocument, &IndexedDocument)],
    layout: &PostingLayout,
) -> (Bigrams, Sorted) {
    let symbols = SymbolTable::new(chapters.iter().map(|(document, _)| *document));
    let mut entries = entries(chapters, layout, &symbols);
    let mut spilled: Vec<Spilled> = Vec::new();
    for ((document, head), base) in chapters.iter().zip(&layout.base) {
        let tokens = document.bigrams.iter().chain(&head.bigrams);
        spilled.extend(tokens.map(|entry| (entry >> 16, base + (*entry & 0xFFFF) as u32)));
    }
    spilled.sort_unstable();
    spilled.dedup();
    let mut rest = entries.as_mut_slice();
    let mut partitions = partitions(&symbols);
    for partition in &mut partitions {
        (partition.entries, rest) = std::mem::take(&mut rest).split_at_mut(partition.length);
    }
    let inverted: Vec<(Lists<u64>, Places)> = partitions
        .into_par_iter()
        .map(|partition| {
            let first = |entry: &Spilled| (entry.0 >> CHARACTER) as u32;
            let from = spilled.partition_point(|entry| first(entry) < partition.begins);
            let to = spilled.partition_point(|entry| first(entry) < partition.ends);
            Inverter::new(&symbols, layout).invert(partition, spilled.get(from..to).unwrap_or_default())
        })
        .collect();
    let (partitions, places) = inverted.into_iter().filter(|(lists, _)| !lists.keys.is_empty()).unzip();
    (Bigrams { partitions }, Sorted { symbols, entries, places })
}

/// An entry for each letter, sorted by letter and id.
fn entries(
    chapters: &[(&IndexedDocument, &IndexedDocument)],
    layout: &PostingLayout,
    symbols: &SymbolTable,
) -> Vec<Entry> {
    let mut total = 0;
    let ends = |count: &u32| {
        total += *count as usize;
        total
    };
    let mut next: Vec<usize> = symbols.counts.iter().map(ends).collect();
    let mut entries = vec![Entry::default(); total];
    for (chapter, (document, _)) in (0..layout.chapter_count()).zip(chapters).rev() {
        for (passage, id) in layout.passage_ids(chapter).enumerate().rev() {
            let end = |passage: usize| document.ends.get(passage).map_or(0, |end| *end as usize);
            let from = passage.checked_sub(1).map_or(0, end);
            let codes = document.symbols.get(from..end(passage)).unwrap_or_default();
            // From the end on, so that what stands behind is known.
            let (mut second, mut third, mut unsegmented, mut both) = (0, 0, false, false);
            for code in codes.iter().rev() {
                let (first, is_unsegmented) = symbols.symbol(*code);
                if first != 0 {
                    let next = &mut next[usize::from(first)];
                    *next -= 1;
                    let behind = if is_unsegmented || unsegmented { second } else { 0 };
                    entries[*next] = Entry::new(behind, if is_unsegmented && both { third } else { 0 }, id);
                }
                (second, third, both, unsegmented) =
                    (first, second, unsegmented && is_unsegmented, is_unsegmented);
            }
        }
    }
    entries
}

/// Letters whose numbers and characters follow one another, and their entries.
struct Partition<'a> {
    numbers: std::ops::Range<u16>,
    begins: u32,
    ends: u32,
    /// The place of its first entry among all, and how many there are.
    place: u32,
    length: usize,
    entries: &'a mut [Entry],
}

/// Partitions of about as many entries each, which leave no character out.
fn partitions<'a>(symbols: &SymbolTable) -> Vec<Partition<'a>> {
    let limit = symbols.counts.iter().sum::<u32>() / PARTITIONS + 1;
    let mut partitions: Vec<Partition<'_>> = Vec::new();
    let (mut from, mut begins, mut place, mut length) = (1, 0, 0, 0);
    let last = u16::try_from(symbols.len() - 1).unwrap_or(u16::MAX);
    for (number, count) in (0..=last).zip(&symbols.counts) {
        length += count;
        if length >= limit || number == last {
            let ends = if number == last { u32::MAX } else { symbols.character(number) + 1 };
            let numbers = from..number + 1;
            let entries = &mut [][..];
            partitions.push(Partition { numbers, begins, ends, place, length: length as usize, entries });
            (from, begins, place, length) = (number + 1, ends, place + length, 0);
        }
    }
    partitions
}

/// Turns the bigrams of a partition round.
struct Inverter<'a> {
    symbols: &'a SymbolTable,
    layout: &'a PostingLayout,
    lists: Lists<u64>,
    places: Places,
    /// Room for one list, at first that of a character by itself.
    list: Vec<u32>,
    /// Room for sorting: how often each letter stands behind, which do, the entries.
    counts: Vec<u32>,
    seconds: Vec<u16>,
    sorted: Vec<Entry>,
}

impl<'a> Inverter<'a> {
    fn new(symbols: &'a SymbolTable, layout: &'a PostingLayout) -> Self {
        Self {
            symbols,
            layout,
            lists: Lists::default(),
            places: Vec::new(),
            list: Vec::new(),
            counts: vec![0; symbols.len()],
            seconds: Vec::new(),
            sorted: Vec::new(),
        }
    }

    fn invert(mut self, partition: Partition<'_>, mut spilled: &[Spilled]) -> (Lists<u64>, Places) {
        let (mut rest, mut place) = (partition.entries, partition.place);
        for number in partition.numbers {
            let count = self.symbols.counts.get(usize::from(number)).copied().unwrap_or(0);
            let (entries, others) = std::mem::take(&mut rest).split_at_mut(count as usize);
            rest = others;
            let key = u64::from(self.symbols.character(number)) << CHARACTER;
            let with = self.insert_spilled(&mut spilled, key);
            self.count(entries);
            if self.symbols.is_unsegmented(number) {
                self.close(key, with, None);
            }
            self.sort(entries);
            let (seconds, mut from) = (std::mem::take(&mut self.seconds), 0);
            for second in &seconds {
                // Counts have become places.
                let to = std::mem::take(&mut self.counts[usize::from(*second)]);
                if *second != 0 {
                    let key = key | u64::from(self.symbols.character(*second));
                    let with = self.insert_spilled(&mut spilled, key);
                    let same = entries.get(from as usize..to as usize).unwrap_or_default();
                    self.enter(key, same, place + from, with);
                }
                from = to;
            }
            self.seconds = seconds;
            place += count;
        }
        self.insert_spilled(&mut spilled, u64::MAX);
        self.lists.shrink();
        (self.lists, self.places)
    }

    /// Counts how often each letter stands behind this one, and lists the first passage
    /// of text of each chapter: all that a character by itself enters.
    fn count(&mut self, entries: &[Entry]) {
        self.seconds.clear();
        self.list.clear();
        let mut end = 0;
        for entry in entries {
            let count = &mut self.counts[usize::from(entry.second())];
            if *count == 0 {
                self.seconds.push(entry.second());
            }
            *count += 1;
            if entry.id() >= end {
                self.list.push(entry.id());
                end = self.layout.ids_of(self.layout.chapter_of(entry.id())).end;
            }
        }
        self.seconds.sort_unstable();
    }

    /// Sorts the entries of a letter by the letter behind; else they stay in order. The
    /// counts become the places where each letter's entries end.
    fn sort(&mut self, entries: &mut [Entry]) {
        let mut before = 0;
        for second in &self.seconds {
            let count = &mut self.counts[usize::from(*second)];
            before += std::mem::replace(count, before);
        }
        self.sorted.clear();
        self.sorted.extend_from_slice(entries);
        for entry in &self.sorted {
            let next = &mut self.counts[usize::from(entry.second())];
            entries[*next as usize] = *entry;
            *next += 1;
        }
    }

    /// Enters a bigram that stands in the texts, with what is spilled of it besides.
    fn enter(&mut self, key: u64, entries: &[Entry], place: u32, spilled: &[Spilled]) {
        let place = Some((place, place + entries.len() as u32));
        let ids = entries.iter().map(|entry| entry.id());
        if spilled.is_empty() {
            let list = self.lists.enter(key, ids);
            let common = list.len() > VERIFIED && is_frequent(self.layout, list);
            return self.places.push(place.filter(|_| common));
        }
        self.list.clear();
        self.list.extend(ids);
        self.close(key, spilled, place);
    }

    /// Enters what is spilled of keys before this one; gives what is spilled of this one.
    fn insert_spilled<'t>(&mut self, spilled: &mut &'t [Spilled], key: u64) -> &'t [Spilled] {
        while let Some(next) = spilled.first().map(|entry| entry.0).filter(|next| *next < key) {
            let (same, rest) = spilled.split_at(spilled.partition_point(|entry| entry.0 == next));
            *spilled = rest;
            self.list.clear();
            self.close(next, same, Some((0, 0)));
        }
        let (same, rest) = spilled.split_at(spilled.partition_point(|entry| entry.0 == key));
        *spilled = rest;
        same
    }

    /// Adds the list with what is spilled, in order and with each id once.
    fn close(&mut self, key: u64, spilled: &[Spilled], place: Option<(u32, u32)>) {
        let unigram = key & CHARACTER_MASK == 0;
        if !spilled.is_empty() {
            // Both are in order, which sorting by merging makes use of.
            self.list.extend(spilled.iter().map(|entry| entry.1));
            self.list.sort();
            self.list.dedup();
            if unigram {
                // It stands in nearly all passages of a chapter.
                let (mut seen, layout) = (None, self.layout);
                self.list.retain(|id| {
                    layout.is_head(*id) || {
                        let chapter = layout.chapter_of(*id);
                        seen.replace(chapter) != Some(chapter)
                    }
                });
            }
        }
        self.lists.enter(key, self.list.iter().copied());
        self.places.push(
            place.filter(|_| !unigram && self.list.len() > VERIFIED && is_frequent(self.layout, &self.list)),
        );
    }
}

/// Whether more chapters hold a list than a search would open.
fn is_frequent(layout: &PostingLayout, list: &[u32]) -> bool {
    let (mut chapters, mut end) = (0, 0);
    for id in list {
        if *id >= end {
            chapters += 1;
            if chapters > VERIFIED {
                return true;
            }
            end = layout.ids_of(layout.chapter_of(*id)).end;
        }
    }
    false
}

#[cfg(test)]
mod tests;
