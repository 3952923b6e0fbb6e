//! All chapters' tokens turned round: for each bigram and word, where it stands.
//!
//! Places are ids: each chapter has some for its title (one for each way an
//! entry can begin or end with a token), one for headings and metadata, and one
//! for each passage of text. So a posting list is a sorted list of numbers.

use super::bigrams::{self, Bigrams};
use super::document::{Field, IndexedDocument};
use super::frequent::Neighbours;
use super::words;
use std::ops::Range;

/// PostingLayout of a chapter before those of its text.
const HEAD_IDS: u32 = 5;

/// The chapters' ids.
#[derive(Debug, Clone, Default)]
pub(super) struct PostingLayout {
    /// First id of each chapter, and the number of all.
    pub(super) base: Vec<u32>,
    chapter_of: Vec<u32>,
}

impl PostingLayout {
    pub(super) fn new<'a>(documents: impl Iterator<Item = &'a IndexedDocument>) -> Self {
        let mut ids = Self { base: vec![0], chapter_of: Vec::new() };
        for (at, document) in (0..).zip(documents) {
            let count = HEAD_IDS as usize + document.passages.len();
            ids.chapter_of.resize(ids.chapter_of.len() + count, at);
            ids.base.push(u32::try_from(ids.chapter_of.len()).unwrap_or(u32::MAX));
        }
        ids
    }

    pub(super) fn chapter_count(&self) -> u32 {
        u32::try_from(self.base.len() - 1).unwrap_or(u32::MAX)
    }

    /// Passages of text that a chapter has.
    #[inline]
    pub(super) fn passage_count(&self, chapter: u32) -> u32 {
        let at = chapter as usize;
        match (self.base.get(at), self.base.get(at + 1)) {
            (Some(from), Some(to)) => to - from - HEAD_IDS,
            _ => 0,
        }
    }

    /// Passages of text that all chapters have.
    pub(super) fn total_passages(&self) -> u32 {
        self.id_count().saturating_sub(self.chapter_count() * HEAD_IDS)
    }

    /// How many ids there are.
    pub(super) fn id_count(&self) -> u32 {
        self.base.last().copied().unwrap_or(0)
    }

    #[inline]
    pub(super) fn chapter_of(&self, id: u32) -> u32 {
        self.chapter_of.get(id as usize).copied().unwrap_or(0)
    }

    /// The chapter of each id.
    #[inline]
    pub(super) fn chapters_by_id(&self) -> &[u32] {
        &self.chapter_of
    }

    /// The ids of a chapter.
    #[inline]
    pub(super) fn ids_of(&self, chapter: u32) -> Range<u32> {
        let base = |at: usize| self.base.get(at).copied().unwrap_or(0);
        base(chapter as usize)..base(chapter as usize + 1)
    }

    pub(super) fn locate(&self, id: u32) -> (u32, Field) {
        let chapter = self.chapter_of(id);
        (chapter, Self::field(id - self.ids_of(chapter).start))
    }

    /// The field of a id, counted from the first of its chapter.
    pub(super) fn field(at: u32) -> Field {
        Field::of_code(u16::try_from(at).unwrap_or(u16::MAX))
    }

    /// Whether it is that of a title, a heading or what front matter says.
    pub(super) fn is_head(&self, id: u32) -> bool {
        id - self.ids_of(self.chapter_of(id)).start < HEAD_IDS
    }

    /// The ids of a chapter's text.
    #[inline]
    pub(super) fn passage_ids(&self, chapter: u32) -> Range<u32> {
        let Range { start, end } = self.ids_of(chapter);
        start + HEAD_IDS..end
    }

    /// The id by which neighbours in one place are known: titles have one.
    pub(super) fn merge_title(&self, id: u32) -> u32 {
        match self.locate(id) {
            (chapter, Field::Title { .. }) => self.base.get(chapter as usize).copied().unwrap_or(0),
            _ => id,
        }
    }
}

/// Keys in order, each with its ids in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists<K> {
    pub(super) keys: Vec<K>,
    starts: Vec<u32>,
    ids: Vec<u32>,
}

impl<K: Ord + PartialEq> Lists<K> {
    /// The ids of a key, by its place.
    #[inline]
    pub(super) fn ids(&self, at: usize) -> &[u32] {
        self.ids.get(self.range(at)).unwrap_or(&[])
    }

    /// Where the ids of a key lie among all.
    #[inline]
    fn range(&self, at: usize) -> Range<usize> {
        let from = self.starts.get(at).map_or(self.ids.len(), |at| *at as usize);
        let to = self.starts.get(at + 1).map_or(self.ids.len(), |at| *at as usize);
        from..to
    }

    /// Adds a key behind the others, its ids in order, each once; gives these.
    pub(super) fn enter(&mut self, key: K, ids: impl ExactSizeIterator<Item = u32>) -> &[u32] {
        let start = self.ids.len();
        self.keys.push(key);
        self.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
        self.ids.resize(start + ids.len(), 0);
        // A id that comes again is overwritten: there is no telling which ones will.
        let (mut end, mut last) = (0, None);
        let room = &mut self.ids[start..];
        for id in ids {
            end += usize::from(last.is_some_and(|last| last != id));
            room[end] = id;
            last = Some(id);
        }
        let length = if last.is_some() { end + 1 } else { 0 };
        self.ids.truncate(start + length);
        self.ids.get(start..).unwrap_or_default()
    }

    /// Gives back memory that was taken while they grew.
    pub(super) fn shrink(&mut self) {
        self.keys.shrink_to_fit();
        self.starts.shrink_to_fit();
        self.ids.shrink_to_fit();
    }

    /// How many ids all lists have.
    pub(super) const fn total(&self) -> usize {
        self.ids.len()
    }

    /// The place of a key.
    pub(super) fn find(&self, key: &K) -> Option<usize> {
        self.keys.binary_search(key).ok()
    }
}

/// Everything that the index knows of tokens.
#[derive(Debug, Clone)]
pub(super) struct Postings {
    pub(super) layout: PostingLayout,
    pub(super) bigrams: Bigrams,
    pub(super) words: Lists<Box<str>>,
}

impl Postings {
    /// Of each chapter, the words of its file and of what the handbook says of it. Gives
    /// with them what tells the trigrams.
    pub(super) fn new(chapters: &[(&IndexedDocument, &IndexedDocument)]) -> (Self, Neighbours) {
        let layout = PostingLayout::new(chapters.iter().map(|(document, _)| *document));
        let (bigrams, sorted) = bigrams::bigrams(chapters, &layout);
        let words = words::invert(chapters, &layout);
        (Self { bigrams, words, layout }, Neighbours::new(chapters, sorted))
    }
}
