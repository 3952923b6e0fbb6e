//! All chapters' tokens turned round: for each bigram and word, where it stands.
//!
//! Places are slots: each chapter has some for its title (one for each way an
//! entry can begin or end with a token), one for headings and metadata, and one
//! for each block of text. So a posting list is a sorted list of numbers.

use super::bigrams::{self, Bigrams};
use super::commons::Neighbours;
use super::document::{Field, IndexedDocument};
use super::words;
use std::ops::Range;

/// Slots of a chapter before those of its text.
const HEAD_SLOTS: u32 = 5;

/// The chapters' slots.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots {
    /// First slot of each chapter, and the number of all.
    pub(super) base: Vec<u32>,
    chapter_of: Vec<u32>,
}

impl Slots {
    pub(super) fn new<'a>(documents: impl Iterator<Item = &'a IndexedDocument>) -> Self {
        let mut slots = Self { base: vec![0], chapter_of: Vec::new() };
        for (at, document) in (0..).zip(documents) {
            let count = HEAD_SLOTS as usize + document.blocks.len();
            slots.chapter_of.resize(slots.chapter_of.len() + count, at);
            slots.base.push(u32::try_from(slots.chapter_of.len()).unwrap_or(u32::MAX));
        }
        slots
    }

    pub(super) fn chapters(&self) -> u32 {
        u32::try_from(self.base.len() - 1).unwrap_or(u32::MAX)
    }

    /// Blocks of text that a chapter has.
    #[inline]
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

    #[inline]
    pub(super) fn chapter(&self, slot: u32) -> u32 {
        self.chapter_of.get(slot as usize).copied().unwrap_or(0)
    }

    /// The chapter of each slot.
    #[inline]
    pub(super) fn by_slot(&self) -> &[u32] {
        &self.chapter_of
    }

    /// The slots of a chapter.
    #[inline]
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

    /// Whether it is that of a title, a heading or what front matter says.
    pub(super) fn is_head(&self, slot: u32) -> bool {
        slot - self.of(self.chapter(slot)).start < HEAD_SLOTS
    }

    /// The slots of a chapter's text.
    #[inline]
    pub(super) fn text(&self, chapter: u32) -> Range<u32> {
        let Range { start, end } = self.of(chapter);
        start + HEAD_SLOTS..end
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
#[derive(Debug, Clone, Default)]
pub(super) struct Lists<K> {
    pub(super) keys: Vec<K>,
    starts: Vec<u32>,
    slots: Vec<u32>,
}

impl<K: Ord + PartialEq> Lists<K> {
    /// The slots of a key, by its place.
    #[inline]
    pub(super) fn slots(&self, at: usize) -> &[u32] {
        self.slots.get(self.range(at)).unwrap_or(&[])
    }

    /// Where the slots of a key lie among all.
    #[inline]
    fn range(&self, at: usize) -> Range<usize> {
        let from = self.starts.get(at).map_or(self.slots.len(), |at| *at as usize);
        let to = self.starts.get(at + 1).map_or(self.slots.len(), |at| *at as usize);
        from..to
    }

    /// Adds a key behind the others, its slots in order, each once; gives these.
    pub(super) fn enter(&mut self, key: K, slots: impl ExactSizeIterator<Item = u32>) -> &[u32] {
        let start = self.slots.len();
        self.keys.push(key);
        self.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
        self.slots.resize(start + slots.len(), 0);
        // A slot that comes again is overwritten: there is no telling which ones will.
        let (mut end, mut last) = (0, None);
        let room = &mut self.slots[start..];
        for slot in slots {
            end += usize::from(last.is_some_and(|last| last != slot));
            room[end] = slot;
            last = Some(slot);
        }
        let length = if last.is_some() { end + 1 } else { 0 };
        self.slots.truncate(start + length);
        self.slots.get(start..).unwrap_or_default()
    }

    /// Gives back memory that was taken while they grew.
    pub(super) fn shrink(&mut self) {
        self.keys.shrink_to_fit();
        self.starts.shrink_to_fit();
        self.slots.shrink_to_fit();
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
    pub(super) bigrams: Bigrams,
    pub(super) words: Lists<Box<str>>,
}

impl Postings {
    /// Of each chapter, the words of its file and of what the handbook says of it. Gives
    /// with them what tells the trigrams.
    pub(super) fn new(chapters: &[(&IndexedDocument, &IndexedDocument)]) -> (Self, Neighbours) {
        let slots = Slots::new(chapters.iter().map(|(document, _)| *document));
        let (bigrams, sorted) = bigrams::bigrams(chapters, &slots);
        let words = words::turned(chapters, &slots);
        (Self { bigrams, words, slots }, Neighbours::new(chapters, sorted))
    }
}
