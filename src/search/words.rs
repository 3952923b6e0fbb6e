//! Words of a chapter and of all chapters, in order.
//!
//! A chapter has thousands of words and keys, most of a few letters, so they stand in
//! one text and not in memory of their own each. They are compared by their first
//! eight bytes as one number, which nearly always settles it.

use super::document::IndexedDocument;
use super::postings::{Lists, PostingLayout};
use rayon::prelude::*;

/// A word by its first eight bytes, which sort as it does.
fn opening(word: &[u8]) -> u64 {
    let mut opening = [0; 8];
    let length = word.len().min(8);
    opening[..length].copy_from_slice(&word[..length]);
    u64::from_be_bytes(opening)
}

/// Words as they are met.
#[derive(Debug, Default)]
pub(super) struct WordCollector {
    text: String,
    /// Opening, place in the text, the code of the field.
    met: Vec<(u64, u32, u32, u16)>,
}

impl WordCollector {
    pub(super) fn add(&mut self, word: &str, field: u16) {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let start = place(self.text.len());
        self.text.push_str(word);
        self.met.push((opening(word.as_bytes()), start, place(self.text.len()), field));
    }

    /// What was gathered, in order; the memory is kept.
    pub(super) fn finish(&mut self) -> Words {
        let text = self.text.as_str();
        let word = |(_, start, end, _): &(u64, u32, u32, u16)| {
            text.get(*start as usize..*end as usize).unwrap_or_default()
        };
        self.met.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| word(a).cmp(word(b))).then_with(|| a.3.cmp(&b.3))
        });
        let (mut all, mut ends, mut fields) = (String::new(), Vec::new(), Vec::new());
        for same in self.met.chunk_by(|a, b| a.0 == b.0 && word(a) == word(b)) {
            let Some(first) = same.first() else { continue };
            all.push_str(word(first));
            let mut last = None;
            fields.extend(same.iter().map(|one| one.3).filter(|field| last.replace(*field) != Some(*field)));
            ends.push((all.len() as u32, fields.len() as u32));
        }
        self.met.clear();
        self.text.clear();
        Words { text: all.into(), ends: ends.into(), fields: fields.into() }
    }
}

/// The words of a chapter, in order, each with the codes of its fields, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    text: Box<str>,
    /// Where each word ends in the text, and where its fields end.
    ends: Box<[(u32, u32)]>,
    fields: Box<[u16]>,
}

impl Words {
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &[u16])> {
        let (mut start, mut from) = (0, 0);
        self.ends.iter().map(move |(end, to)| {
            let (word, fields) = (start..*end as usize, from..*to as usize);
            (start, from) = (word.end, fields.end);
            (self.text.get(word).unwrap_or_default(), self.fields.get(fields).unwrap_or_default())
        })
    }
}

/// The words of all chapters, each with its ids.
pub(super) fn invert(
    chapters: &[(&IndexedDocument, &IndexedDocument)],
    layout: &PostingLayout,
) -> Lists<Box<str>> {
    let mut words: Vec<(u64, &str, u32)> = Vec::new();
    for ((document, head), base) in chapters.iter().zip(&layout.base) {
        for (word, fields) in document.words.iter().chain(head.words.iter()) {
            let opening = opening(word.as_bytes());
            words.extend(fields.iter().map(|field| (opening, word, base + u32::from(*field))));
        }
    }
    words.par_sort_unstable();
    let mut lists = Lists::default();
    for same in words.chunk_by(|a, b| a.0 == b.0 && a.1 == b.1) {
        let Some((_, word, _)) = same.first() else { continue };
        lists.enter((*word).into(), same.iter().map(|one| one.2));
    }
    lists.shrink();
    lists
}
