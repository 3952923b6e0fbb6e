//! The words of one chapter and of all chapters, sorted.
//!
//! A chapter has thousands of words and pinyin keys, most of a few letters. They stand
//! in one string, since an allocation for each would take more memory than the words.
//! They are compared by their first eight bytes as one number, which nearly always
//! decides.

use super::ids::{FieldCode, PostingId};
use super::postings::{ChapterInput, PostingLayout, PostingLists};
use rayon::prelude::*;
use std::collections::HashMap;

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

/// The words of all chapters with their posting lists.
///
/// Words get numbers as they are met; with the number of postings of each, every posting
/// can be put right into its place. To sort all postings would take several times their
/// memory.
pub(super) fn invert(chapters: &[ChapterInput<'_>], layout: &PostingLayout) -> PostingLists<Box<str>> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    // By number: the word, and how many postings it has.
    let mut words: Vec<(&str, usize)> = Vec::new();
    let mut met: Vec<u32> = Vec::new();
    for (word, fields) in chapters.iter().flat_map(words_of) {
        let number = *numbers.entry(word).or_insert(words.len());
        if number == words.len() {
            words.push((word, 0));
        }
        words[number].1 += fields.len();
        met.push(number as u32);
    }
    drop(numbers);
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.par_sort_unstable_by_key(|number| words[*number].0);
    // Where the next posting of each word goes.
    let (mut next, mut total) = (vec![0; words.len()], 0);
    for number in &order {
        next[*number] = total;
        total += words[*number].1;
    }
    let mut postings = vec![PostingId(0); total];
    let mut met = met.into_iter();
    for (chapter, start) in chapters.iter().zip(layout.starts()) {
        for ((_, fields), number) in words_of(chapter).zip(&mut met) {
            let next = &mut next[number as usize];
            for field in fields {
                postings[*next] = start.field(*field);
                *next += 1;
            }
        }
    }
    let (mut lists, mut rest) = (PostingLists::default(), postings.as_mut_slice());
    for number in order {
        let (word, count) = words[number];
        let (own, others) = std::mem::take(&mut rest).split_at_mut(count);
        // Metadata comes behind the text.
        if !own.is_sorted() {
            own.sort_unstable();
        }
        lists.push(word.into(), own.iter().copied());
        rest = others;
    }
    lists.shrink();
    lists
}

/// The words of a chapter's text, then those of its metadata.
fn words_of<'c>(chapter: &ChapterInput<'c>) -> impl Iterator<Item = (&'c str, &'c [FieldCode])> {
    chapter.document.words.iter().chain(chapter.metadata.words.iter())
}
