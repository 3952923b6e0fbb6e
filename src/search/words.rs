//! The words of one chapter and of all chapters, sorted.
//!
//! A chapter has thousands of words and pinyin keys, most of a few letters. They stand
//! in one string, since an allocation for each would take more memory than the words.
//! They are compared by their first eight bytes as one number, which nearly always
//! decides.

use super::ids::{FieldCode, PostingId};
use super::postings::{ChapterInput, PostingLayout, PostingLists, PostingListsInPlace};
use rayon::prelude::*;
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

/// The first eight bytes of a word as a number; numbers sort as the words do.
fn prefix(word: &[u8]) -> u64 {
    let mut prefix = [0; 8];
    let length = word.len().min(8);
    prefix[..length].copy_from_slice(&word[..length]);
    u64::from_be_bytes(prefix)
}

/// A word of a chapter: its hash, its first bytes, where it lies in the collector's text.
#[derive(Debug, Clone, Copy)]
struct Word {
    hash: u64,
    prefix: u64,
    start: u32,
    end: u32,
    /// Its place in the table.
    slot: u32,
    /// How often it was written down, and the field where it was last.
    count: u32,
    last: FieldCode,
}

impl Word {
    fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Collects the words of a chapter.
///
/// A word comes many times. It is looked up in a table, so that only different words are
/// sorted in the end.
#[derive(Debug, Default)]
pub(super) struct WordCollector {
    /// Each word once.
    text: String,
    words: Vec<Word>,
    /// Numbers of words, counted from 1, at places that their hashes say; 0 where there is none.
    table: Vec<u32>,
    /// Words by number, and the fields they occur in.
    occurrences: Vec<(u32, FieldCode)>,
}

impl WordCollector {
    pub(super) fn add(&mut self, word: &str, field: FieldCode) {
        let number = self.number(word);
        let known = &mut self.words[number as usize];
        if known.count == 0 || known.last != field {
            known.last = field;
            known.count += 1;
            self.occurrences.push((number, field));
        }
    }

    /// The number of a word.
    fn number(&mut self, word: &str) -> u32 {
        if self.words.len() * 2 >= self.table.len() {
            self.grow();
        }
        let hash = xxh3_64(word.as_bytes());
        let mut slot = self.first_slot(hash);
        while let Some(number) = self.table[slot].checked_sub(1) {
            let known = &self.words[number as usize];
            if known.hash == hash && known.text(&self.text) == word {
                return number;
            }
            slot = (slot + 1) % self.table.len();
        }
        let offset = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let (number, start) = (offset(self.words.len()), offset(self.text.len()));
        self.text.push_str(word);
        self.table[slot] = number + 1;
        self.words.push(Word {
            hash,
            prefix: prefix(word.as_bytes()),
            start,
            end: offset(self.text.len()),
            slot: offset(slot),
            count: 0,
            last: FieldCode::default(),
        });
        number
    }

    /// Where the search for a hash begins. The length of the table is a power of two.
    const fn first_slot(&self, hash: u64) -> usize {
        hash as usize & (self.table.len() - 1)
    }

    fn grow(&mut self) {
        let length = (self.table.len() * 2).max(1 << 10);
        self.table.clear();
        self.table.resize(length, 0);
        for number in 0..self.words.len() {
            let mut slot = self.first_slot(self.words[number].hash);
            while self.table[slot] != 0 {
                slot = (slot + 1) % length;
            }
            self.table[slot] = number as u32 + 1;
            self.words[number].slot = slot as u32;
        }
    }

    /// The collected words, sorted. The collector is empty then, but keeps its memory.
    pub(super) fn finish(&mut self) -> Words {
        let text = self.text.as_str();
        let mut order: Vec<u32> = (0..).take(self.words.len()).collect();
        order.sort_unstable_by(|a, b| {
            let (a, b) = (&self.words[*a as usize], &self.words[*b as usize]);
            a.prefix.cmp(&b.prefix).then_with(|| a.text(text).cmp(b.text(text)))
        });
        // Where the next field of each word goes.
        let (mut next, mut total) = (vec![0; self.words.len()], 0);
        for number in &order {
            next[*number as usize] = total;
            total += self.words[*number as usize].count as usize;
        }
        let mut by_word = vec![FieldCode::default(); total];
        for (number, field) in &self.occurrences {
            let next = &mut next[*number as usize];
            by_word[*next] = *field;
            *next += 1;
        }
        let mut all = String::with_capacity(text.len());
        let (mut lengths, mut fields) = (Vec::with_capacity(order.len()), Vec::with_capacity(total));
        let mut rest = by_word.as_mut_slice();
        for number in &order {
            let word = &self.words[*number as usize];
            all.push_str(word.text(text));
            let (own, others) = std::mem::take(&mut rest).split_at_mut(word.count as usize);
            rest = others;
            if !own.is_sorted() {
                own.sort_unstable();
            }
            let (mut last, before) = (None, fields.len());
            fields.extend(own.iter().copied().filter(|field| last.replace(*field) != Some(*field)));
            let length = |length: usize| u16::try_from(length).unwrap_or(u16::MAX);
            lengths.push(WordLength {
                text: length(word.text(text).len()),
                fields: length(fields.len() - before),
            });
        }
        self.words.iter().for_each(|word| self.table[word.slot as usize] = 0);
        self.words.clear();
        self.occurrences.clear();
        self.text.clear();
        Words { text: all.into(), lengths: lengths.into(), fields: fields.into() }
    }
}

/// How long a word is, in bytes, and how many fields it has. Both are bounded, by
/// `LIMITS.word_length` and by the passages that a chapter may have, and there is one for each
/// word of each chapter.
#[derive(Debug, Clone, Copy)]
struct WordLength {
    text: u16,
    fields: u16,
}

/// The words of a chapter, sorted, each with its fields, sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    text: Box<str>,
    lengths: Box<[WordLength]>,
    fields: Box<[FieldCode]>,
}

impl Words {
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[FieldCode])> {
        let (mut start, mut from) = (0, 0);
        self.lengths.iter().map(move |length| {
            let word = start..start + usize::from(length.text);
            let fields = from..from + usize::from(length.fields);
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
    drop(met);
    let mut lists = PostingListsInPlace::new(postings, words.len());
    for number in order {
        let (word, count) = words[number];
        lists.push(word.into(), count);
    }
    lists.finish()
}

/// The words of a chapter's text, then those of its metadata.
fn words_of<'c>(chapter: &ChapterInput<'c>) -> impl Iterator<Item = (&'c str, &'c [FieldCode])> {
    chapter.document.words.iter().chain(chapter.metadata.words.iter())
}
