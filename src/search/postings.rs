//! All chapters' tokens turned round: for each pair and word, where it stands.
//!
//! Places are slots: each chapter has some for its title (one for each way an
//! entry can begin or end with a token), one for headings and metadata, and one
//! for each block of text. So a posting list is a sorted list of numbers.

use super::extract::{Extract, Field};
use super::radix;
use rayon::prelude::*;
use std::ops::Range;

/// Slots of a chapter before those of its text.
const HEAD_SLOTS: u32 = 5;
/// Bits of a slot in a sort key; a pair takes the other 42.
const SLOT_BITS: u32 = 22;

/// The chapters' slots.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots {
    /// First slot of each chapter, and the number of all.
    pub(super) base: Vec<u32>,
    chapter_of: Vec<u32>,
}

impl Slots {
    fn new<'a>(extracts: impl Iterator<Item = &'a Extract>) -> Self {
        let mut slots = Self { base: vec![0], chapter_of: Vec::new() };
        for (at, extract) in (0..).zip(extracts) {
            let count = HEAD_SLOTS as usize + extract.blocks.len();
            slots.chapter_of.resize(slots.chapter_of.len() + count, at);
            slots.base.push(u32::try_from(slots.chapter_of.len()).unwrap_or(u32::MAX));
        }
        slots
    }

    pub(super) fn chapters(&self) -> u32 {
        u32::try_from(self.base.len() - 1).unwrap_or(u32::MAX)
    }

    /// Blocks of text that a chapter has.
    pub(super) fn blocks(&self, chapter: u32) -> u32 {
        let at = chapter as usize;
        match (self.base.get(at), self.base.get(at + 1)) {
            (Some(from), Some(to)) => to - from - HEAD_SLOTS,
            _ => 0,
        }
    }

    /// Blocks of text that all chapters have.
    pub(super) fn texts(&self) -> u32 {
        self.count().saturating_sub(self.chapters() * HEAD_SLOTS)
    }

    /// How many slots there are.
    pub(super) fn count(&self) -> u32 {
        self.base.last().copied().unwrap_or(0)
    }

    pub(super) fn chapter(&self, slot: u32) -> u32 {
        self.chapter_of.get(slot as usize).copied().unwrap_or(0)
    }

    /// The slots of a chapter.
    pub(super) fn of(&self, chapter: u32) -> Range<u32> {
        let base = |at: usize| self.base.get(at).copied().unwrap_or(0);
        base(chapter as usize)..base(chapter as usize + 1)
    }

    pub(super) fn place(&self, slot: u32) -> (u32, Field) {
        let chapter = self.chapter(slot);
        (chapter, Self::field(slot - self.of(chapter).start))
    }

    /// The field of a slot, counted from the first of its chapter.
    pub(super) fn field(at: u32) -> Field {
        Field::of_code(u16::try_from(at).unwrap_or(u16::MAX))
    }

    /// The slot by which neighbours in one place are known: titles have one.
    pub(super) fn common(&self, slot: u32) -> u32 {
        match self.place(slot) {
            (chapter, Field::Title { .. }) => self.base.get(chapter as usize).copied().unwrap_or(0),
            _ => slot,
        }
    }
}

/// Keys in order, each with its slots in order.
#[derive(Debug, Clone)]
pub(super) struct Lists<K> {
    pub(super) keys: Vec<K>,
    starts: Vec<u32>,
    slots: Vec<u32>,
}

impl<K: Ord + PartialEq> Lists<K> {
    fn of(sorted: impl Iterator<Item = (K, u32)>) -> Self {
        let mut lists = Self { keys: Vec::new(), starts: Vec::new(), slots: Vec::new() };
        for (key, slot) in sorted {
            if lists.keys.last() != Some(&key) {
                lists.keys.push(key);
                lists.starts.push(u32::try_from(lists.slots.len()).unwrap_or(u32::MAX));
            }
            lists.slots.push(slot);
        }
        lists
    }

    /// The slots of a key, by its place.
    pub(super) fn slots(&self, at: usize) -> &[u32] {
        self.slots.get(self.range(at)).unwrap_or(&[])
    }

    /// Where the slots of a key lie among all.
    pub(super) fn range(&self, at: usize) -> Range<usize> {
        let from = self.starts.get(at).map_or(self.slots.len(), |at| *at as usize);
        let to = self.starts.get(at + 1).map_or(self.slots.len(), |at| *at as usize);
        from..to
    }

    /// The slots of all keys, one list behind the other.
    pub(super) fn all(&self) -> &[u32] {
        &self.slots
    }

    /// How many slots all lists have.
    pub(super) const fn total(&self) -> usize {
        self.slots.len()
    }

    /// The place of a key.
    pub(super) fn find(&self, key: &K) -> Option<usize> {
        self.keys.binary_search(key).ok()
    }
}

/// Everything that the index knows of tokens.
#[derive(Debug, Clone)]
pub(super) struct Postings {
    pub(super) slots: Slots,
    pub(super) pairs: Lists<u64>,
    pub(super) words: Lists<Box<str>>,
}

impl Postings {
    /// Of each chapter, the words of its file and of what the handbook says of it.
    pub(super) fn new(chapters: &[(&Extract, &Extract)]) -> Self {
        let slots = Slots::new(chapters.iter().map(|(extract, _)| *extract));
        let base = &slots.base;
        // Room for all at once: a vector that grows by parts is copied as often.
        let count = chapters.iter().map(|(extract, head)| extract.pairs.len() + head.pairs.len()).sum();
        let mut pairs: Vec<u64> = Vec::with_capacity(count);
        for ((extract, head), base) in chapters.iter().zip(base) {
            let entries = extract.pairs.iter().chain(&head.pairs);
            pairs.extend(
                entries.map(|entry| (entry >> 16) << SLOT_BITS | (u64::from(*base) + (entry & 0xFFFF))),
            );
        }
        radix::sort(&mut pairs, 64 - SLOT_BITS, |entry| entry >> SLOT_BITS);
        let pairs = tidied(&pairs, &slots);
        let mut words: Vec<(&str, u32)> = chapters
            .par_iter()
            .zip(base)
            .flat_map_iter(|((extract, head), base)| {
                extract.words.iter().chain(&head.words).flat_map(move |(word, fields)| {
                    fields.iter().map(move |field| (word.as_str(), base + u32::from(field.code())))
                })
            })
            .collect();
        words.par_sort_unstable();
        words.dedup();
        Self { pairs, words: Lists::of(words.into_iter().map(|(word, slot)| (word.into(), slot))), slots }
    }
}

/// Lists of entries that are sorted by key: the slots of each sorted too, each
/// once. A single character keeps only the first block of text of each chapter,
/// since it stands in nearly all.
fn tidied(entries: &[u64], slots: &Slots) -> Lists<u64> {
    let slot_of = |entry: &u64| u32::try_from(entry & ((1 << SLOT_BITS) - 1)).unwrap_or(0);
    let mut lists = Lists { keys: Vec::new(), starts: Vec::new(), slots: Vec::with_capacity(entries.len()) };
    let mut list: Vec<u32> = Vec::new();
    for same in entries.chunk_by(|a, b| a >> SLOT_BITS == b >> SLOT_BITS) {
        let Some(key) = same.first().map(|entry| entry >> SLOT_BITS) else { continue };
        list.clear();
        list.extend(same.iter().map(slot_of));
        if !list.is_sorted() {
            list.sort_unstable();
        }
        list.dedup();
        if key & 0x1F_FFFF == 0 {
            let mut seen = None;
            list.retain(|slot| match slots.place(*slot) {
                (chapter, Field::Text(_)) => seen.replace(chapter) != Some(chapter),
                _ => true,
            });
        }
        lists.keys.push(key);
        lists.starts.push(u32::try_from(lists.slots.len()).unwrap_or(u32::MAX));
        lists.slots.extend_from_slice(&list);
    }
    lists
}

/// How many chapters a list of slots names.
pub(super) fn spread(slots: &Slots, list: &[u32]) -> usize {
    let mut last = None;
    let chapters = list.iter().map(|slot| slots.chapter(*slot));
    chapters.filter(|chapter| last.replace(*chapter) != Some(*chapter)).count()
}
