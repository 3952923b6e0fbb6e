//! The words of one chapter and of all chapters, sorted.
//!
//! A chapter has thousands of words and pinyin keys, most of a few letters. They stand
//! in one string, since an allocation for each would take more memory than the words.
//! They are compared by their first eight bytes as one number, which nearly always
//! decides.

use super::document::IndexedDocument;
use super::ids::{FieldCode, PostingId};
use super::postings::{PostingLayout, PostingLists, PostingListsInPlace};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
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

/// What is left of a chapter's words once each has a number: that and how many fields it has, and
/// all fields one behind the other.
struct NumberedWords {
    numbers: Box<[u32]>,
    lengths: Box<[WordLength]>,
    fields: Box<[FieldCode]>,
}

/// Gives numbers to the words of all chapters as they are met.
#[derive(Default)]
struct Numbers {
    numbers: HashMap<Box<str>, u32>,
    /// How many postings each word has.
    counts: Vec<u32>,
}

impl Numbers {
    fn of(&mut self, words: Cow<'_, Words>) -> NumberedWords {
        let number = |(word, fields): (&str, &[FieldCode])| {
            let number = self.number(word);
            self.counts[number as usize] += fields.len() as u32;
            number
        };
        let numbers = words.iter().map(number).collect();
        let Words { lengths, fields, .. } = words.into_owned();
        NumberedWords { numbers, lengths, fields }
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.into(), number);
        self.counts.push(0);
        number
    }

    /// The words in order, each with its number; and how many postings each number has.
    fn sorted(self) -> (Vec<(Box<str>, u32)>, Vec<u32>) {
        let mut words: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        words.par_sort_unstable();
        (words, self.counts)
    }
}

/// The words of all chapters with their posting lists.
///
/// Words get numbers as they are met; with the number of postings of each, every posting
/// can be put right into its place. To sort all postings would take several times their
/// memory. A chapter's words are freed as soon as they have their numbers, and these as soon as
/// its postings are in their places, since this is when a build holds most.
pub(super) fn invert<'c>(
    chapters: impl Iterator<Item = ChapterWords<'c>>,
    layout: &PostingLayout,
) -> PostingLists<Box<str>> {
    let mut numbers = Numbers::default();
    let numbered: Vec<[NumberedWords; 2]> =
        chapters.map(|words| words.map(|words| numbers.of(words))).collect();
    let (words, mut next) = numbers.sorted();
    // Where the next posting of each word goes, in place of how many it has.
    let mut total = 0;
    let counts: Vec<u32> = words
        .iter()
        .map(|(_, number)| {
            let next = &mut next[*number as usize];
            let count = std::mem::replace(next, total);
            total += count;
            count
        })
        .collect();
    let mut postings = vec![PostingId(0); total as usize];
    for (chapter, start) in numbered.into_iter().zip(layout.starts()) {
        for NumberedWords { numbers, lengths, fields } in chapter {
            let mut fields = fields.iter();
            for (number, length) in numbers.iter().zip(&lengths) {
                let next = &mut next[*number as usize];
                for field in fields.by_ref().take(length.fields.into()) {
                    postings[*next as usize] = start.field(*field);
                    *next += 1;
                }
            }
        }
    }
    drop(next);
    let mut lists = PostingListsInPlace::new(postings, words.len());
    for ((word, _), count) in words.into_iter().zip(counts) {
        lists.push(word, count as usize);
    }
    lists.finish()
}

/// The words of a chapter's text, then those of its metadata; its own where nobody needs them again.
pub(super) type ChapterWords<'c> = [Cow<'c, Words>; 2];

/// The words of what was indexed: taken from it where nobody else has it.
pub(super) fn take(document: &mut Arc<IndexedDocument>) -> Cow<'_, Words> {
    if Arc::get_mut(document).is_some() {
        return Cow::Owned(
            Arc::get_mut(document).map(|own| std::mem::take(&mut own.words)).unwrap_or_default(),
        );
    }
    Cow::Borrowed(&document.words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(words: &[(&str, u16)]) -> IndexedDocument {
        let mut collector = WordCollector::default();
        words.iter().for_each(|(word, field)| collector.add(word, FieldCode(*field)));
        IndexedDocument { words: collector.finish(), passage_count: 4, ..IndexedDocument::default() }
    }

    #[test]
    fn words_are_taken_from_what_nobody_else_has_and_the_lists_are_the_same() {
        let inverted = |is_shared: bool| {
            let texts = [document(&[("b", 5), ("a", 4), ("a", 5)]), document(&[("a", 0), ("c", 6)])];
            let mut documents: Vec<Arc<IndexedDocument>> = texts.into_iter().map(Arc::new).collect();
            let others = if is_shared { documents.clone() } else { Vec::new() };
            let metadata = [document(&[("c", 4)]), document(&[])];
            let layout = PostingLayout::new(documents.iter().map(|document| &**document));
            let words = documents.iter_mut().zip(&metadata);
            let words = words.map(|(own, metadata)| [take(own), Cow::Borrowed(&metadata.words)]);
            let lists = invert(words, &layout);
            let lists: Vec<(String, Vec<u32>)> = lists
                .iter()
                .map(|(word, list)| (word.to_string(), list.iter().map(|id| id.0).collect()))
                .collect();
            drop(others);
            (lists, documents.iter().map(|document| document.words.iter().count()).sum::<usize>())
        };
        let list = |word: &str, ids: &[u32]| (word.to_owned(), ids.to_vec());
        let expected = vec![list("a", &[4, 5, 9]), list("b", &[5]), list("c", &[4, 15])];
        assert_eq!(inverted(false), (expected.clone(), 0));
        assert_eq!(inverted(true), (expected, 4));
    }
}
