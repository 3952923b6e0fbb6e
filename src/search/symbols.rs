//! The symbol table: the characters of all texts, numbered.
//!
//! Numbers follow the order of the code points, so bigrams sorted by number are sorted
//! by character. And they are small: tables indexed by symbol stay in the first-level
//! cache.

use super::document::IndexedDocument;
use super::ids::SymbolId;
use super::token::{Class, class};

/// The symbols of a handbook's texts.
#[derive(Debug, Default)]
pub(super) struct SymbolTable {
    /// The code point of each symbol; that of the separator is 0.
    pub(super) code_points: Vec<u32>,
    /// Whether each belongs to an unsegmented script.
    unsegmented: Vec<bool>,
    /// How often each occurs in the texts.
    pub(super) counts: Vec<u32>,
    /// The symbol of each UTF-16 unit, and whether it belongs to an unsegmented script.
    by_unit: Vec<(SymbolId, bool)>,
}

impl SymbolTable {
    pub(super) fn new<'a>(documents: impl Iterator<Item = &'a IndexedDocument>) -> Self {
        let mut counts = vec![0_u32; 1 << 16];
        for unit in documents.flat_map(|document| &*document.units) {
            counts[usize::from(*unit)] += 1;
        }
        let mut table = Self {
            code_points: vec![0],
            unsegmented: vec![false],
            counts: vec![0],
            by_unit: vec![(SymbolId::SEPARATOR, false); 1 << 16],
        };
        for (unit, count) in (0..=u16::MAX).zip(&counts).skip(1).filter(|(_, count)| **count > 0) {
            let unsegmented = char::from_u32(unit.into()).is_some_and(|c| class(c) == Class::Unsegmented);
            table.by_unit[usize::from(unit)] =
                (SymbolId(u16::try_from(table.code_points.len()).unwrap_or(0)), unsegmented);
            table.code_points.push(unit.into());
            table.unsegmented.push(unsegmented);
            table.counts.push(*count);
        }
        table
    }

    /// How many symbols there are, the separator among them.
    pub(super) fn len(&self) -> usize {
        self.code_points.len()
    }

    pub(super) fn code_point(&self, symbol: SymbolId) -> u32 {
        self.code_points.get(symbol.index()).copied().unwrap_or(0)
    }

    /// How often a symbol occurs in the texts.
    pub(super) fn count(&self, symbol: SymbolId) -> u32 {
        self.counts.get(symbol.index()).copied().unwrap_or(0)
    }

    #[inline]
    pub(super) fn is_unsegmented(&self, symbol: SymbolId) -> bool {
        self.unsegmented[symbol.index()]
    }

    /// The symbol of a UTF-16 unit, and whether it belongs to an unsegmented script. A unit
    /// that no chapter has gives the separator.
    #[inline]
    pub(super) fn symbol(&self, unit: u16) -> (SymbolId, bool) {
        self.by_unit[usize::from(unit)]
    }
}
