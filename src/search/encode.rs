//! Posting lists, and what is known of the characters that follow a bigram, as bits.

use super::bits::{Bits, parameter};
use super::document::Field;
use super::ids::{DocId, FieldCode, PostingId};
use super::limits::LIMITS;
use super::postings::PostingLayout;
use super::shard::saturating_u32;
use super::trigrams::Trigram;

/// Posting lists in chunks, each with its length, so that a reader of one list skips the
/// chunks before its own. A slow phone takes longer to read a whole file than to load it.
#[derive(Default)]
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
    /// The Rice parameter for lists of so many chapters.
    parameters: Vec<u32>,
    /// Room for the parts of a list, kept from one to the next: chapters that have it in their
    /// text, and their passages.
    docs: Vec<DocId>,
    passages: Bits,
    /// Chapters that have it in a title, and in a heading.
    titles: Vec<TitleFlags>,
    heads: Vec<DocId>,
}

/// A chapter that has a token in its title.
#[derive(Debug, Clone, Copy)]
struct TitleFlags {
    doc: DocId,
    /// Bit 0: an entry begins with the token. Bit 1: an entry ends with it.
    flags: u32,
}

/// Parameters that are worked out once.
const PARAMETERS: u32 = 512;

impl<'a> Encoder<'a> {
    pub(super) fn new(layout: &'a PostingLayout) -> Self {
        Self {
            layout,
            parameters: (0..PARAMETERS).map(|count| parameter(layout.doc_count(), count)).collect(),
            docs: Vec::new(),
            passages: Bits::default(),
            titles: Vec::new(),
            heads: Vec::new(),
        }
    }

    /// Writes a posting list: chapters with the passages of their text, then titles and
    /// headings, if any. A unigram's list has only the first passage of each chapter.
    pub(super) fn list(&mut self, bits: &mut Bits, list: &[PostingId], is_unigram: bool) {
        self.split(list, is_unigram);
        self.write_docs(bits, self.docs.iter().copied());
        bits.append(&self.passages);
        let only_text = self.titles.is_empty() && self.heads.is_empty();
        bits.bit(!only_text);
        if !only_text {
            self.write_docs(bits, self.titles.iter().map(|title| title.doc));
            self.titles.iter().for_each(|title| bits.bits(title.flags, 2));
            self.write_docs(bits, self.heads.iter().copied());
        }
    }

    /// Splits a list by field, chapter by chapter.
    fn split(&mut self, list: &[PostingId], is_unigram: bool) {
        self.docs.clear();
        self.passages.clear();
        self.titles.clear();
        self.heads.clear();
        let mut rest = list;
        while let Some(id) = rest.first() {
            let doc = self.layout.doc(*id);
            let (own, texts) = (self.layout.ids(doc), self.layout.passage_ids(doc).start);
            while let Some((head, behind)) = rest.split_first().filter(|(id, _)| **id < texts) {
                self.add_head(doc, FieldCode((head.0 - own.start.0) as u16));
                rest = behind;
            }
            let next = |rest: &mut &[PostingId]| {
                let (id, behind) = rest.split_first().filter(|(id, _)| **id < own.end)?;
                *rest = behind;
                Some(*id)
            };
            let Some(first) = next(&mut rest) else { continue };
            self.docs.push(doc);
            self.passages.below(first.0 - texts.0, own.end.0 - texts.0);
            let mut last = first;
            while let Some(id) = next(&mut rest) {
                if !is_unigram {
                    self.passages.next(id.0 - last.0);
                }
                last = id;
            }
            if !is_unigram && last.0 + 1 < own.end.0 {
                self.passages.bit(false);
            }
        }
    }

    /// A posting of a title or a heading.
    #[cold]
    fn add_head(&mut self, doc: DocId, code: FieldCode) {
        let Field::Title { first, last } = Field::of_code(code) else { return self.heads.push(doc) };
        let flags = u32::from(first) | u32::from(last) << 1;
        match self.titles.last_mut() {
            Some(title) if title.doc == doc => title.flags |= flags,
            _ => self.titles.push(TitleFlags { doc, flags }),
        }
    }

    fn write_docs(&self, bits: &mut Bits, docs: impl ExactSizeIterator<Item = DocId>) {
        let count = saturating_u32(docs.len() as u64);
        bits.gamma(count + 1);
        let known = self.parameters.get(count as usize).copied();
        let parameter = known.unwrap_or_else(|| parameter(self.layout.doc_count(), count));
        bits.rising_by(docs.map(|doc| doc.0), parameter);
    }
}

/// Writes rising code points, the first one in full.
pub(super) fn code_points(bits: &mut Bits, code_points: &[u32]) {
    let Some(first) = code_points.first() else { return };
    bits.bits(*first, 21);
    let parameter = parameter(LIMITS.code_points, saturating_u32(code_points.len() as u64));
    for two in code_points.windows(2) {
        if let [code_point, next] = two {
            bits.rice(next - code_point - 1, parameter);
        }
    }
}

/// Writes what is known of the characters that follow a bigram.
pub(super) fn trigrams(bits: &mut Bits, trigrams: &[Trigram]) {
    bits.bit(!trigrams.is_empty());
    if trigrams.is_empty() {
        return;
    }
    bits.gamma(saturating_u32(trigrams.len() as u64));
    let lasts: Vec<u32> = trigrams.iter().map(|trigram| trigram.last).collect();
    code_points(bits, &lasts);
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
