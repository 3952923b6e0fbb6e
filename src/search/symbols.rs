//! The symbols that all chapters use, numbered.
//!
//! Numbers follow the order of the characters, so that bigrams that are sorted by
//! numbers are sorted by characters; and they are small, so that tables by number
//! lie in the nearest cache.

use super::document::IndexedDocument;
use super::token::{Class, class};

/// The symbols of a handbook's texts.
#[derive(Debug, Default)]
pub(super) struct SymbolTable {
    /// The character of each number; 0 is what lies between symbols.
    pub(super) characters: Vec<u32>,
    /// Whether it is unsegmented.
    pub(super) unsegmented: Vec<bool>,
    /// How often each stands in the texts.
    pub(super) counts: Vec<u32>,
    /// The number of each unit of UTF-16, and whether it is unsegmented.
    numbers: Vec<(u16, bool)>,
}

impl SymbolTable {
    pub(super) fn new<'a>(documents: impl Iterator<Item = &'a IndexedDocument>) -> Self {
        let mut counts = vec![0_u32; 1 << 16];
        for code in documents.flat_map(|document| &*document.symbols) {
            counts[usize::from(*code)] += 1;
        }
        let mut symbols = Self {
            characters: vec![0],
            unsegmented: vec![false],
            counts: vec![0],
            numbers: vec![(0, false); 1 << 16],
        };
        for (code, count) in (0..=u16::MAX).zip(&counts).skip(1).filter(|(_, count)| **count > 0) {
            let unsegmented = char::from_u32(code.into()).is_some_and(|c| class(c) == Class::Unsegmented);
            symbols.numbers[usize::from(code)] =
                (u16::try_from(symbols.characters.len()).unwrap_or(0), unsegmented);
            symbols.characters.push(code.into());
            symbols.unsegmented.push(unsegmented);
            symbols.counts.push(*count);
        }
        symbols
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.characters.len()
    }

    pub(super) fn character(&self, number: u16) -> u32 {
        self.characters.get(usize::from(number)).copied().unwrap_or(0)
    }

    #[inline]
    pub(super) fn is_unsegmented(&self, number: u16) -> bool {
        self.unsegmented[usize::from(number)]
    }

    /// The number of a unit of UTF-16 that some chapter has, and whether it is unsegmented.
    #[inline]
    pub(super) fn symbol(&self, code: u16) -> (u16, bool) {
        self.numbers[usize::from(code)]
    }
}
