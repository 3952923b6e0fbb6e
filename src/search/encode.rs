//! Posting lists, and what is known of the characters that follow a bigram, as bits.

use super::alphabet::{Alphabet, Letter};
use super::bits::{Bits, parameter};
use super::document::Field;
use super::ids::{DocId, FieldCode, PostingId};
use super::limits::LIMITS;
use super::postings::PostingLayout;
use super::trigrams::Trigram;

/// Posting lists in chunks, each with its length, so that a reader of one list skips the
/// chunks before its own. A slow phone takes longer to read a whole file than to load it.
#[derive(Debug, Default)]
pub(super) struct Chunks {
    pub(super) lists: Bits,
    count: usize,
    /// Where each chunk ends, in bits.
    ends: Vec<usize>,
}

impl Chunks {
    /// Ends a list: what was written to `lists` since the last one.
    pub(super) fn end_list(&mut self) {
        let end = self.lists.position();
        match self.ends.last_mut() {
            Some(last) if !self.count.is_multiple_of(LIMITS.lists_in_chunk) => *last = end,
            _ => self.ends.push(end),
        }
        self.count += 1;
    }

    /// Writes the lengths of the chunks, each in as many bits as the longest needs, and the
    /// lists. The reader knows the number of lists from elsewhere.
    pub(super) fn write(&self, bits: &mut Bits) {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let lengths: Vec<u32> =
            starts.zip(&self.ends).map(|(start, end)| saturating_u32((end - start) as u64)).collect();
        let width = 32 - lengths.iter().max().map_or(32, |length| length.leading_zeros());
        bits.bits(width, 6);
        lengths.iter().for_each(|length| bits.bits(*length, width));
        bits.append(&self.lists);
    }
}

/// Writes posting lists.
pub(super) struct Encoder<'a> {
    layout: &'a PostingLayout,
    /// Room for the parts of a list, kept from one to the next: passages by their number among
    /// those of all chapters, chapters by their titles and by headings.
    passages: Vec<u32>,
    titles: Vec<u32>,
    /// Of each title: bit 0 says that an entry begins with the token, bit 1 that one ends with it.
    flags: Vec<u32>,
    heads: Vec<u32>,
    /// Chapters that have a unigram in their text, with the first of their passages that does.
    firsts: Vec<FirstPassage>,
}

/// A chapter and one of its passages.
#[derive(Debug, Clone, Copy)]
struct FirstPassage {
    doc: DocId,
    passage: u32,
}

impl<'a> Encoder<'a> {
    pub(super) const fn new(layout: &'a PostingLayout) -> Self {
        Self {
            layout,
            passages: Vec::new(),
            titles: Vec::new(),
            flags: Vec::new(),
            heads: Vec::new(),
            firsts: Vec::new(),
        }
    }

    /// Writes the posting list of a bigram or a word: whether it is in titles or headings, the
    /// passages of text, titles and headings. Returns how many passages and chapters it names.
    pub(super) fn list(&mut self, bits: &mut Bits, list: &[PostingId]) -> usize {
        self.split(list);
        let has_heads = self.write_count(bits, self.passages.len());
        bits.rising(&self.passages, self.layout.total_passages());
        if has_heads {
            self.write_heads(bits);
        }
        self.passages.len() + self.titles.len() + self.heads.len()
    }

    /// The same of a unigram: of the text each chapter, with the first passage that has it.
    pub(super) fn unigram(&mut self, bits: &mut Bits, list: &[PostingId]) {
        self.split(list);
        self.find_firsts(list);
        let all = self.layout.doc_count();
        let has_heads = self.write_count(bits, self.firsts.len());
        let docs: Vec<u32> = self.firsts.iter().map(|first| first.doc.0).collect();
        bits.rising(&docs, all);
        // What many chapters have stands at the beginning of most.
        let is_common = docs.len() as u64 * 2 > u64::from(all);
        for FirstPassage { doc, passage } in &self.firsts {
            match is_common {
                true => bits.gamma(passage + 1),
                false => bits.below(*passage, self.layout.passage_count(*doc)),
            }
        }
        if has_heads {
            self.write_heads(bits);
        }
    }

    /// Writes whether there are titles or headings, and how many passages or chapters of text:
    /// at least one where there are none.
    fn write_count(&self, bits: &mut Bits, count: usize) -> bool {
        let has_heads = !self.titles.is_empty() || !self.heads.is_empty();
        bits.bit(has_heads);
        bits.gamma(saturating_u32(count as u64) + u32::from(has_heads));
        has_heads
    }

    fn write_heads(&self, bits: &mut Bits) {
        let all = self.layout.doc_count();
        bits.gamma(saturating_u32(self.titles.len() as u64) + 1);
        bits.rising(&self.titles, all);
        self.flags.iter().for_each(|flags| bits.bits(*flags, 2));
        bits.gamma(saturating_u32(self.heads.len() as u64) + 1);
        bits.rising(&self.heads, all);
    }

    /// Splits a list by field.
    fn split(&mut self, list: &[PostingId]) {
        self.passages.clear();
        self.titles.clear();
        self.flags.clear();
        self.heads.clear();
        let mut rest = list;
        while let Some(id) = rest.first() {
            let doc = self.layout.doc(*id);
            let (own, texts) = (self.layout.ids(doc), self.layout.passage_ids(doc).start);
            while let Some((head, behind)) = rest.split_first().filter(|(id, _)| **id < texts) {
                self.add_head(doc, FieldCode((head.0 - own.start.0) as u16));
                rest = behind;
            }
            let count = rest.iter().take_while(|id| **id < own.end).count();
            let (passages, behind) = rest.split_at(count);
            let before = texts.0 - self.layout.first_passage(doc);
            self.passages.extend(passages.iter().map(|id| id.0 - before));
            rest = behind;
        }
    }

    /// The chapters of a list's text, each with its first passage.
    fn find_firsts(&mut self, list: &[PostingId]) {
        self.firsts.clear();
        for id in list {
            let doc = self.layout.doc(*id);
            let texts = self.layout.passage_ids(doc).start;
            if *id >= texts && self.firsts.last().is_none_or(|last| last.doc != doc) {
                self.firsts.push(FirstPassage { doc, passage: id.0 - texts.0 });
            }
        }
    }

    /// A posting of a title or a heading.
    #[cold]
    fn add_head(&mut self, doc: DocId, code: FieldCode) {
        let Field::Title { first, last } = Field::of_code(code) else { return self.heads.push(doc.0) };
        let flags = u32::from(first) | u32::from(last) << 1;
        match (self.titles.last(), self.flags.last_mut()) {
            (Some(title), Some(known)) if *title == doc.0 => *known |= flags,
            _ => {
                self.titles.push(doc.0);
                self.flags.push(flags);
            }
        }
    }
}

/// Writes what is known of the characters that follow a bigram.
pub(super) fn trigrams(bits: &mut Bits, trigrams: &[Trigram], alphabet: &Alphabet) {
    bits.bit(!trigrams.is_empty());
    if trigrams.is_empty() {
        return;
    }
    bits.gamma(saturating_u32(trigrams.len() as u64));
    let lasts = trigrams.iter().filter_map(|trigram| alphabet.letter(trigram.last));
    let lasts: Vec<u32> = lasts.map(|Letter(letter)| letter).collect();
    bits.rising(&lasts, alphabet.len());
    for trigram in trigrams {
        bits.bit(trigram.negated);
        let count = saturating_u32(trigram.marked.len() as u64);
        bits.gamma(count + 1);
        if count > 0 {
            let parameter = parameter(trigram.meeting, count).min(15);
            bits.bits(parameter, 4);
            bits.rising_by(trigram.marked.iter().copied(), parameter);
        }
    }
}

pub(super) fn saturating_u32(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_say_how_long_they_are() {
        let mut chunks = Chunks::default();
        for length in 0..35 {
            (0..length).for_each(|_| chunks.lists.bit(true));
            chunks.end_list();
        }
        let length = |lists: std::ops::Range<usize>| lists.sum::<usize>();
        assert_eq!(chunks.ends, [length(0..16), length(0..32), length(0..35)]);
        let mut written = Bits::default();
        chunks.write(&mut written);
        // Nine bits for 376, the longest: 001001 001111000 101111000 001100011, then the lists.
        assert_eq!(written.position(), 6 + 3 * 9 + length(0..35));
        assert!(written.base64().starts_with("JPF4Mf"), "{}", written.base64());
    }
}
