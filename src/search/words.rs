//! The words of one chapter and of all chapters, sorted.
//!
//! A chapter has thousands of words and pinyin keys, most of a few letters. They stand
//! in one string, since an allocation for each would take more memory than the words.
//! They are compared by their first eight bytes as one number, which nearly always
//! decides.

use super::ids::{FieldCode, PostingId};
use super::postings::{ChapterInput, PostingLayout, PostingLists};
use rayon::prelude::*;

/// The first eight bytes of a word as a number; numbers sort as the words do.
fn prefix(word: &[u8]) -> u64 {
    let mut prefix = [0; 8];
    let length = word.len().min(8);
    prefix[..length].copy_from_slice(&word[..length]);
    u64::from_be_bytes(prefix)
}

/// A word in a chapter: its first bytes, where it lies in the collector's text, its field.
#[derive(Debug, Clone, Copy)]
struct Occurrence {
    prefix: u64,
    start: u32,
    end: u32,
    field: FieldCode,
}

impl Occurrence {
    fn word<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Collects the words of a chapter.
#[derive(Debug, Default)]
pub(super) struct WordCollector {
    text: String,
    occurrences: Vec<Occurrence>,
}

impl WordCollector {
    pub(super) fn add(&mut self, word: &str, field: FieldCode) {
        let offset = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let start = offset(self.text.len());
        self.text.push_str(word);
        let end = offset(self.text.len());
        self.occurrences.push(Occurrence { prefix: prefix(word.as_bytes()), start, end, field });
    }

    /// The collected words, sorted. The collector is empty then, but keeps its memory.
    pub(super) fn finish(&mut self) -> Words {
        let text = self.text.as_str();
        self.occurrences.sort_unstable_by(|a, b| {
            let by_word = a.prefix.cmp(&b.prefix).then_with(|| a.word(text).cmp(b.word(text)));
            by_word.then_with(|| a.field.cmp(&b.field))
        });
        let (mut all, mut ends, mut fields) = (String::new(), Vec::new(), Vec::new());
        let is_same = |a: &Occurrence, b: &Occurrence| a.prefix == b.prefix && a.word(text) == b.word(text);
        for same in self.occurrences.chunk_by(is_same) {
            let Some(first) = same.first() else { continue };
            all.push_str(first.word(text));
            let mut last = None;
            let own = same.iter().map(|occurrence| occurrence.field);
            fields.extend(own.filter(|field| last.replace(*field) != Some(*field)));
            ends.push(WordEnd { text: all.len() as u32, fields: fields.len() as u32 });
        }
        self.occurrences.clear();
        self.text.clear();
        Words { text: all.into(), ends: ends.into(), fields: fields.into() }
    }
}

/// Where a word ends in the text, and where its fields end.
#[derive(Debug, Clone, Copy)]
struct WordEnd {
    text: u32,
    fields: u32,
}

/// The words of a chapter, sorted, each with its fields, sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    text: Box<str>,
    ends: Box<[WordEnd]>,
    fields: Box<[FieldCode]>,
}

impl Words {
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[FieldCode])> {
        let (mut start, mut from) = (0, 0);
        self.ends.iter().map(move |end| {
            let (word, fields) = (start..end.text as usize, from..end.fields as usize);
            (start, from) = (word.end, fields.end);
            (self.text.get(word).unwrap_or_default(), self.fields.get(fields).unwrap_or_default())
        })
    }
}

/// A word of the handbook and a place where it occurs. Sorts by word, then by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct WordPosting<'a> {
    prefix: u64,
    word: &'a str,
    id: PostingId,
}

/// The words of all chapters with their posting lists.
pub(super) fn invert(chapters: &[ChapterInput<'_>], layout: &PostingLayout) -> PostingLists<Box<str>> {
    let mut postings: Vec<WordPosting<'_>> = Vec::new();
    for (chapter, start) in chapters.iter().zip(layout.starts()) {
        for (word, fields) in chapter.document.words.iter().chain(chapter.metadata.words.iter()) {
            let prefix = prefix(word.as_bytes());
            let posting = |field: &FieldCode| WordPosting { prefix, word, id: start.field(*field) };
            postings.extend(fields.iter().map(posting));
        }
    }
    postings.par_sort_unstable();
    let mut lists = PostingLists::default();
    for same in postings.chunk_by(|a, b| a.prefix == b.prefix && a.word == b.word) {
        let Some(first) = same.first() else { continue };
        lists.push(first.word.into(), same.iter().map(|posting| posting.id));
    }
    lists.shrink();
    lists
}
