//! Numbers that name parts of the index, each with a type of its own.
//!
//! The index numbers chapters, passages, postings, symbols and lists, and works on all of
//! them in the same loops. As bare integers they are easily mixed up, and no test
//! notices where two happen to be equal. All of them count from 0.

use std::ops::Range;

/// An indexed chapter: its position in reading order, as a `Rank` of the handbook. It is
/// not its `ChapterId`, which follows the order of file names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct DocId(pub(super) u32);

/// One place where a token can occur: a passage of text, or one of the fixed places that
/// each chapter has for its title and its headings. `PostingLayout` says which chapter
/// and field an id belongs to. Chapters own consecutive ids, in the order of `DocId`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct PostingId(pub(super) u32);

/// A passage, counted from the first one of its chapter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct PassageId(pub(super) u16);

/// A posting id, counted from the first one of its chapter: a `Field` as a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FieldCode(pub(super) u16);

/// A character in the symbol table of all texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SymbolId(pub(super) u16);

/// A posting list among `PostingLists`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ListId(pub(super) usize);

/// A partition of the bigrams.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct PartitionId(pub(super) usize);

/// A bigram among `FrequentBigrams`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FrequentId(pub(super) usize);

impl DocId {
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }

    /// All ids, without an end: for zipping with a list of chapters.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..).map(Self)
    }

    /// The ids of so many chapters.
    pub(super) fn first(count: u32) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator {
        (0..count).map(Self)
    }
}

impl PostingId {
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }

    /// The id of a field of the chapter whose first id this is.
    #[inline]
    pub(super) const fn field(self, code: FieldCode) -> Self {
        Self(self.0 + code.0 as u32)
    }

    pub(super) fn iter(range: Range<Self>) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator {
        (range.start.0..range.end.0).map(Self)
    }
}

impl PassageId {
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

impl SymbolId {
    /// Separates characters that are not neighbours; stands for no character.
    pub(super) const SEPARATOR: Self = Self(0);

    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Bits of a code point.
const CODE_POINT: u32 = 21;
const CODE_POINT_MASK: u64 = (1 << CODE_POINT) - 1;

/// A bigram as one number that sorts by its characters. A unigram is a bigram without a
/// second character, so it comes before all bigrams with the same first one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct BigramKey(u64);

impl BigramKey {
    /// Greater than any key of characters.
    pub(super) const MAX: Self = Self(u64::MAX);

    pub(super) const fn new(first: char, second: char) -> Self {
        Self::of_code_points(first as u32, second as u32)
    }

    pub(super) const fn unigram(c: char) -> Self {
        Self::of_code_points(c as u32, 0)
    }

    /// The same of code points; a second one of 0 makes a unigram.
    #[inline]
    pub(super) const fn of_code_points(first: u32, second: u32) -> Self {
        Self((first as u64) << CODE_POINT | second as u64)
    }

    /// The code point of the first character.
    #[inline]
    pub(super) const fn first(self) -> u32 {
        (self.0 >> CODE_POINT) as u32
    }

    /// The code point of the second character; 0 for a unigram.
    #[inline]
    pub(super) const fn second(self) -> u32 {
        (self.0 & CODE_POINT_MASK) as u32
    }

    #[inline]
    pub(super) const fn is_unigram(self) -> bool {
        self.second() == 0
    }
}

/// A trigram as one number that sorts by its characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TrigramKey(u64);

impl TrigramKey {
    pub(super) const fn new(a: char, b: char, c: char) -> Self {
        BigramKey::new(a, b).followed_by(c as u32)
    }

    /// Its first two characters.
    #[inline]
    pub(super) const fn prefix(self) -> BigramKey {
        BigramKey(self.0 >> CODE_POINT)
    }

    /// The code point of its last character.
    #[inline]
    pub(super) const fn last(self) -> u32 {
        (self.0 & CODE_POINT_MASK) as u32
    }

    /// Its last two characters.
    #[cfg(test)]
    pub(super) const fn suffix(self) -> BigramKey {
        BigramKey(self.0 & ((1 << (2 * CODE_POINT)) - 1))
    }

    /// Its characters as units of UTF-16, if each is one.
    pub(super) fn units(self) -> Option<[u16; 3]> {
        let unit = |code: u32| u16::try_from(code).ok();
        let prefix = self.prefix();
        Some([unit(prefix.first())?, unit(prefix.second())?, unit(self.last())?])
    }
}

impl BigramKey {
    /// The trigram that a third code point makes of it.
    pub(super) const fn followed_by(self, last: u32) -> TrigramKey {
        TrigramKey(self.0 << CODE_POINT | last as u64)
    }

    /// A bigram of a chapter with the field it stands in, as one number.
    pub(super) const fn in_field(self, field: FieldCode) -> FieldBigram {
        FieldBigram(self.0 << 16 | field.0 as u64)
    }
}

/// A bigram and a field of one chapter, as one number that sorts by both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FieldBigram(u64);

impl FieldBigram {
    pub(super) const fn key(self) -> BigramKey {
        BigramKey(self.0 >> 16)
    }

    pub(super) const fn field(self) -> FieldCode {
        FieldCode(self.0 as u16)
    }
}
