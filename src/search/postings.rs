//! The inverted index: for each bigram and word, where it occurs.
//!
//! A posting is a `PostingId`. Each chapter has some ids for its title (one for each way
//! in which an entry of it can begin or end with a token), one for headings and metadata,
//! and one for each passage of text. So a posting list is a sorted list of numbers.

use super::bigrams::{self, Bigrams};
use super::document::{Field, IndexedDocument};
use super::frequent::Neighbours;
use super::ids::{DocId, FieldCode, ListId, PostingId};
use super::words;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Ids of a chapter before those of its passages.
const HEAD_IDS: u32 = Field::FIRST_PASSAGE.0 as u32;

/// What is indexed of a chapter.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChapterInput<'a> {
    /// The tokens of its file.
    pub(super) document: &'a IndexedDocument,
    /// The tokens of what the handbook says of it: departments, roles, topics.
    pub(super) metadata: &'a IndexedDocument,
}

/// Which posting ids belong to which chapter and field.
#[derive(Debug, Clone, Default)]
pub(super) struct PostingLayout {
    /// First id of each chapter, and behind them the number of all ids.
    starts: Vec<PostingId>,
    docs: Vec<DocId>,
}

impl PostingLayout {
    pub(super) fn new<'a>(documents: impl Iterator<Item = &'a IndexedDocument>) -> Self {
        let mut layout = Self { starts: vec![PostingId(0)], docs: Vec::new() };
        for (doc, document) in DocId::all().zip(documents) {
            let count = HEAD_IDS as usize + document.passage_count;
            layout.docs.resize(layout.docs.len() + count, doc);
            layout.starts.push(PostingId(u32::try_from(layout.docs.len()).unwrap_or(u32::MAX)));
        }
        layout
    }

    pub(super) fn doc_count(&self) -> u32 {
        u32::try_from(self.starts.len() - 1).unwrap_or(u32::MAX)
    }

    /// How many ids there are.
    pub(super) fn id_count(&self) -> u32 {
        self.starts.last().map_or(0, |end| end.0)
    }

    /// The first id of each chapter, in order.
    pub(super) fn starts(&self) -> impl Iterator<Item = PostingId> {
        self.starts.iter().copied().take(self.starts.len() - 1)
    }

    /// Passages that a chapter has.
    #[inline]
    pub(super) fn passage_count(&self, doc: DocId) -> u32 {
        match (self.starts.get(doc.index()), self.starts.get(doc.index() + 1)) {
            (Some(from), Some(to)) => to.0 - from.0 - HEAD_IDS,
            _ => 0,
        }
    }

    /// Passages that all chapters have.
    pub(super) fn total_passages(&self) -> u32 {
        self.id_count().saturating_sub(self.doc_count() * HEAD_IDS)
    }

    /// The number of a chapter's first passage among those of all chapters.
    #[inline]
    pub(super) fn first_passage(&self, doc: DocId) -> u32 {
        self.ids(doc).start.0 - doc.0 * HEAD_IDS
    }

    #[inline]
    pub(super) fn doc(&self, id: PostingId) -> DocId {
        self.docs.get(id.index()).copied().unwrap_or_default()
    }

    /// The ids of a chapter.
    #[inline]
    pub(super) fn ids(&self, doc: DocId) -> Range<PostingId> {
        let start = |index: usize| self.starts.get(index).copied().unwrap_or_default();
        start(doc.index())..start(doc.index() + 1)
    }

    /// The ids of a chapter's passages.
    #[inline]
    pub(super) fn passage_ids(&self, doc: DocId) -> Range<PostingId> {
        let Range { start, end } = self.ids(doc);
        start.field(Field::FIRST_PASSAGE)..end
    }

    pub(super) fn locate(&self, id: PostingId) -> (DocId, Field) {
        let doc = self.doc(id);
        let code = id.0 - self.ids(doc).start.0;
        (doc, Field::of_code(FieldCode(u16::try_from(code).unwrap_or(u16::MAX))))
    }

    /// Whether it is that of a title, a heading or metadata.
    pub(super) fn is_head(&self, id: PostingId) -> bool {
        id.0 - self.ids(self.doc(id)).start.0 < HEAD_IDS
    }

    /// The same id, but one for all of a title. Where two tokens share it, they occur in one
    /// place.
    pub(super) fn merge_title(&self, id: PostingId) -> PostingId {
        match self.locate(id) {
            (doc, Field::Title { .. }) => self.ids(doc).start,
            _ => id,
        }
    }

    /// How many chapters a posting list has, as far as `enough`: then it stops to count.
    pub(super) fn count_docs(&self, list: &[PostingId], enough: usize) -> usize {
        let (mut docs, mut end) = (0, PostingId(0));
        for id in list {
            if *id >= end {
                docs += 1;
                if docs >= enough {
                    break;
                }
                end = self.ids(self.doc(*id)).end;
            }
        }
        docs
    }
}

/// Keys in order, each with its posting list, sorted.
#[derive(Debug, Clone)]
pub(super) struct PostingLists<K> {
    pub(super) keys: Vec<K>,
    /// Where in `postings` each list begins.
    starts: Vec<u32>,
    postings: Vec<PostingId>,
}

impl<K> Default for PostingLists<K> {
    fn default() -> Self {
        Self { keys: Vec::new(), starts: Vec::new(), postings: Vec::new() }
    }
}

impl<K: Ord + PartialEq> PostingLists<K> {
    /// The postings of a list.
    #[inline]
    pub(super) fn list(&self, list: ListId) -> &[PostingId] {
        let start = |index: usize| self.starts.get(index).map_or(self.postings.len(), |at| *at as usize);
        self.postings.get(start(list.0)..start(list.0 + 1)).unwrap_or(&[])
    }

    /// Keys and lists, in order.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (&K, &[PostingId])> {
        self.keys.iter().enumerate().map(|(index, key)| (key, self.list(ListId(index))))
    }

    /// Adds a key behind the others. Its postings are sorted and may repeat; each is kept
    /// once. Returns the list.
    pub(super) fn push(
        &mut self,
        key: K,
        postings: impl ExactSizeIterator<Item = PostingId>,
    ) -> &[PostingId] {
        let start = self.postings.len();
        self.keys.push(key);
        self.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
        self.postings.resize(start + postings.len(), PostingId(0));
        // A repeated posting overwrites itself. To branch on it would be slower, since
        // repetitions follow no pattern that a processor could predict.
        let (mut end, mut last) = (0, None);
        let room = &mut self.postings[start..];
        for posting in postings {
            end += usize::from(last.is_some_and(|last| last != posting));
            room[end] = posting;
            last = Some(posting);
        }
        let length = if last.is_some() { end + 1 } else { 0 };
        self.postings.truncate(start + length);
        self.postings.get(start..).unwrap_or_default()
    }

    /// Gives back memory that was reserved while the lists grew.
    pub(super) fn shrink(&mut self) {
        self.keys.shrink_to_fit();
        self.starts.shrink_to_fit();
        self.postings.shrink_to_fit();
    }

    /// How many postings all lists have.
    pub(super) const fn total(&self) -> usize {
        self.postings.len()
    }

    /// The list of a key.
    pub(super) fn find(&self, key: &K) -> Option<ListId> {
        self.keys.binary_search(key).ok().map(ListId)
    }
}

/// Posting lists that are made of postings which lie in the order of the lists already, one list
/// behind the other. What repeats is taken out where it lies: a second copy of all postings would
/// be the most that a build ever holds at once.
pub(super) struct PostingListsInPlace<K> {
    lists: PostingLists<K>,
    /// How many postings have been read, and how many of them stay.
    read: usize,
    kept: usize,
}

impl<K: Ord + PartialEq> PostingListsInPlace<K> {
    /// Begins with the postings of so many lists.
    pub(super) fn new(postings: Vec<PostingId>, lists: usize) -> Self {
        let (keys, starts) = (Vec::with_capacity(lists), Vec::with_capacity(lists));
        Self { lists: PostingLists { keys, starts, postings }, read: 0, kept: 0 }
    }

    /// Adds a key behind the others. Its list are the next `count` postings, in whatever order.
    pub(super) fn push(&mut self, key: K, count: usize) {
        let PostingLists { keys, starts, postings } = &mut self.lists;
        keys.push(key);
        starts.push(u32::try_from(self.kept).unwrap_or(u32::MAX));
        let own = self.read..self.read + count;
        // Metadata comes behind the text.
        if !postings[own.clone()].is_sorted() {
            postings[own.clone()].sort_unstable();
        }
        let mut last = None;
        for at in own {
            let posting = postings[at];
            if last.replace(posting) != Some(posting) {
                postings[self.kept] = posting;
                self.kept += 1;
            }
        }
        self.read += count;
    }

    /// All lists.
    pub(super) fn finish(self) -> PostingLists<K> {
        let Self { mut lists, kept, .. } = self;
        lists.postings.truncate(kept);
        lists.shrink();
        lists
    }
}

/// All posting lists of a handbook.
#[derive(Debug, Clone, Default)]
pub(super) struct Postings {
    pub(super) layout: PostingLayout,
    pub(super) bigrams: Bigrams,
    pub(super) words: PostingLists<Box<str>>,
}

impl Postings {
    /// Inverts the tokens of all chapters. The second value is what trigrams are found from.
    /// The words are taken out of what nobody else has.
    pub(super) fn new(
        documents: &mut [Arc<IndexedDocument>],
        metadata: &mut [IndexedDocument],
    ) -> (Self, Neighbours) {
        let layout = PostingLayout::new(documents.iter().map(|document| &**document));
        let words = documents
            .iter_mut()
            .zip(&mut *metadata)
            .map(|(own, metadata)| [words::take(own), Cow::Owned(std::mem::take(&mut metadata.words))]);
        let words = words::invert(words, &layout);
        let input = |(document, metadata)| ChapterInput { document, metadata };
        let inputs: Vec<ChapterInput<'_>> =
            documents.iter().map(|document| &**document).zip(&*metadata).map(input).collect();
        let (bigrams, sorted) = bigrams::invert(&inputs, &layout);
        let neighbours = Neighbours::new(&inputs, sorted);
        (Self { bigrams, words, layout }, neighbours)
    }
}
