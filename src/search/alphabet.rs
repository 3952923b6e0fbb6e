//! The alphabet: the characters of which bigrams are made, numbered.
//!
//! The manifest has it. So the files name a character by a small number, and the browser knows
//! without any file which characters stand nowhere.

use super::bigrams::Bigrams;
use super::bits::Bits;

/// A character of the alphabet. Numbers follow the order of the code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Letter(pub(super) u32);

impl Letter {
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The characters of all bigrams and unigrams.
#[derive(Debug)]
pub(super) struct Alphabet {
    /// In ascending order.
    code_points: Vec<u32>,
    /// For each code point its letter, counted from 1.
    letters: Vec<u32>,
}

impl Alphabet {
    pub(super) fn new(bigrams: &Bigrams) -> Self {
        let mut letters: Vec<u32> = Vec::new();
        for key in bigrams.partitions().flat_map(|lists| &lists.keys) {
            for code in [key.first(), key.second()].map(|code| code as usize) {
                if letters.len() <= code {
                    letters.resize(code + 1, 0);
                }
                // The second character of a unigram is none.
                letters[code] = u32::from(code > 0);
            }
        }
        let mut code_points = Vec::new();
        for (code, letter) in (0_u32..).zip(&mut letters).filter(|(_, letter)| **letter > 0) {
            code_points.push(code);
            *letter = code_points.len() as u32;
        }
        Self { code_points, letters }
    }

    /// How many letters there are.
    pub(super) fn len(&self) -> u32 {
        self.code_points.len() as u32
    }

    /// The letter with this code point.
    pub(super) fn letter(&self, code_point: u32) -> Option<Letter> {
        self.letters.get(code_point as usize)?.checked_sub(1).map(Letter)
    }

    /// Whether some text has a character.
    pub(super) fn has(&self, c: char) -> bool {
        self.letter(u32::from(c)).is_some()
    }

    /// How many there are, and the code points.
    pub(super) fn write(&self, bits: &mut Bits) {
        bits.gamma(self.len() + 1);
        bits.rising(&self.code_points, CODE_POINTS);
    }
}

/// Code points that Unicode has.
const CODE_POINTS: u32 = 0x11_0000;
