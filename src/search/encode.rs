//! Posting lists, and what is known of the characters behind them, as bits.

use super::bits::{Bits, parameter};
use super::document::Field;
use super::postings::PostingLayout;
use super::shard::low;
use super::trigrams::Trigram;

/// Characters that an unsegmented script's block spans, for the parameters of gaps.
const ALPHABET: u32 = 0x5200;

/// Posting lists one behind the other, and how long each chunk of some is, so that a
/// reader of one list skips the chunks before its own: reading a whole file took a
/// slow phone longer than loading it.
#[derive(Default)]
pub(super) struct Chunks {
    pub(super) lists: Bits,
    count: usize,
    /// Where each chunk ends, in bits.
    ends: Vec<usize>,
}

/// Lists in a chunk.
const CHUNK: usize = 16;

impl Chunks {
    /// Adds what was written to the lists as one more.
    pub(super) fn close_list(&mut self) {
        let end = self.lists.position();
        match self.ends.last_mut() {
            Some(last) if !self.count.is_multiple_of(CHUNK) => *last = end,
            _ => self.ends.push(end),
        }
        self.count += 1;
    }

    /// The lengths of the chunks, each in as many bits as the longest needs, and the
    /// lists. How many lists these are, the reader knows already.
    pub(super) fn write(&self, bits: &mut Bits) {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let lengths: Vec<u32> =
            starts.zip(&self.ends).map(|(start, end)| low((end - start) as u64)).collect();
        let width = 32 - lengths.iter().max().map_or(32, |length| length.leading_zeros());
        bits.bits(width, 6);
        lengths.iter().for_each(|length| bits.bits(*length, width));
        bits.append(&self.lists);
    }
}

/// Writes posting lists.
pub(super) struct Encoder<'a> {
    layout: &'a PostingLayout,
    /// Parameters for so many chapters.
    parameters: Vec<u32>,
    /// Room for the parts of a list, kept from one to the next: chapters with text,
    /// their passages, titles, headings.
    chapters: Vec<u32>,
    passages: Bits,
    titles: Vec<(u32, u32)>,
    heads: Vec<u32>,
}

/// Parameters that are worked out once.
const PARAMETERS: u32 = 512;

impl<'a> Encoder<'a> {
    pub(super) fn new(layout: &'a PostingLayout) -> Self {
        Self {
            layout,
            parameters: (0..PARAMETERS).map(|count| parameter(layout.chapter_count(), count)).collect(),
            chapters: Vec::new(),
            passages: Bits::default(),
            titles: Vec::new(),
            heads: Vec::new(),
        }
    }

    /// A posting list: chapters with passages of text, then titles and headings if any.
    /// A single character names only the first passage of each chapter.
    pub(super) fn list(&mut self, bits: &mut Bits, list: &[u32], unigram: bool) {
        self.read(list, unigram);
        self.write_chapters(bits, self.chapters.iter().copied());
        bits.append(&self.passages);
        let plain = self.titles.is_empty() && self.heads.is_empty();
        bits.bit(!plain);
        if !plain {
            self.write_chapters(bits, self.titles.iter().map(|title| title.0));
            self.titles.iter().for_each(|title| bits.bits(title.1, 2));
            self.write_chapters(bits, self.heads.iter().copied());
        }
    }

    /// Takes a list apart, chapter by chapter.
    fn read(&mut self, list: &[u32], unigram: bool) {
        self.chapters.clear();
        self.passages.clear();
        self.titles.clear();
        self.heads.clear();
        let mut rest = list;
        while let Some(id) = rest.first() {
            let chapter = self.layout.chapter_of(*id);
            let (own, texts) = (self.layout.ids_of(chapter), self.layout.passage_ids(chapter).start);
            while let Some((head, behind)) = rest.split_first().filter(|(id, _)| **id < texts) {
                self.read_head(chapter, head - own.start);
                rest = behind;
            }
            let next = |rest: &mut &[u32]| {
                let (id, behind) = rest.split_first().filter(|(id, _)| **id < own.end)?;
                *rest = behind;
                Some(*id)
            };
            let Some(first) = next(&mut rest) else { continue };
            self.chapters.push(chapter);
            self.passages.below(first - texts, own.end - texts);
            let mut last = first;
            while let Some(id) = next(&mut rest) {
                if !unigram {
                    self.passages.next(id - last);
                }
                last = id;
            }
            if !unigram && last + 1 < own.end {
                self.passages.bit(false);
            }
        }
    }

    /// A id before those of text.
    #[cold]
    fn read_head(&mut self, chapter: u32, at: u32) {
        let Field::Title { first, last } = PostingLayout::field(at) else { return self.heads.push(chapter) };
        let flags = u32::from(first) | u32::from(last) << 1;
        match self.titles.last_mut() {
            Some((known, all)) if *known == chapter => *all |= flags,
            _ => self.titles.push((chapter, flags)),
        }
    }

    fn write_chapters(&self, bits: &mut Bits, chapters: impl ExactSizeIterator<Item = u32>) {
        let count = low(chapters.len() as u64);
        bits.gamma(count + 1);
        let known = self.parameters.get(count as usize).copied();
        let parameter = known.unwrap_or_else(|| parameter(self.layout.chapter_count(), count));
        bits.rising_by(chapters, parameter);
    }
}

/// Rising characters, the first as it is.
pub(super) fn characters(bits: &mut Bits, characters: &[u32]) {
    let Some(first) = characters.first() else { return };
    bits.bits(*first, 21);
    let parameter = parameter(ALPHABET, low(characters.len() as u64));
    for two in characters.windows(2) {
        if let [one, next] = two {
            bits.rice(next - one - 1, parameter);
        }
    }
}

/// What is known of the characters behind a bigram.
pub(super) fn trigrams(bits: &mut Bits, trigrams: &[Trigram]) {
    bits.bit(!trigrams.is_empty());
    if trigrams.is_empty() {
        return;
    }
    bits.gamma(low(trigrams.len() as u64));
    let lasts: Vec<u32> = trigrams.iter().map(|trigram| trigram.last).collect();
    characters(bits, &lasts);
    for trigram in trigrams {
        bits.bit(trigram.without);
        let count = low(trigram.marked.len() as u64);
        bits.gamma(count + 1);
        if count > 0 {
            let parameter = parameter(trigram.meeting, count).min(15);
            bits.bits(parameter, 4);
            let mut next = 0;
            for at in &trigram.marked {
                bits.rice(at - next, parameter);
                next = at + 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_say_how_long_they_are() {
        let mut chunks = Chunks::default();
        for length in 0..35 {
            (0..length).for_each(|_| chunks.lists.bit(true));
            chunks.close_list();
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
