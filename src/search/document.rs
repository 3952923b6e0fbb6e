//! What search keeps of one chapter: its tokens, and where they occur. Its passages are read again
//! when they are asked for (see `texts`).
//!
//! A pure function of the chapter, so that a preview may keep the result for as long as
//! the chapter stays the same.

use super::document_builder::DocumentBuilder;
use super::ids::{FieldBigram, FieldCode, PassageId, TrigramKey};
use super::passages;
use super::token::{Class, class, fold};
use super::words::Words;
use crate::chapter::Chapter;
use crate::markdown::pieces;
use crate::text::fold_han;
use std::borrow::Cow;
use std::collections::BTreeSet;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Where in a chapter a token occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    /// In title, alias or id: whether at the beginning of one, and whether at the end.
    Title { first: bool, last: bool },
    /// In a heading or in metadata.
    Head,
    /// In this passage of the text.
    Text(PassageId),
}

impl Field {
    const HEAD: FieldCode = FieldCode(4);
    /// The code of a chapter's first passage; those of the others follow.
    pub(super) const FIRST_PASSAGE: FieldCode = FieldCode(5);

    /// The posting id of the field, counted from the first one of its chapter.
    pub(super) const fn code(self) -> FieldCode {
        match self {
            Self::Title { first, last } => FieldCode(first as u16 | (last as u16) << 1),
            Self::Head => Self::HEAD,
            Self::Text(passage) => FieldCode(Self::FIRST_PASSAGE.0 + passage.0),
        }
    }

    #[inline]
    pub(super) const fn of_code(code: FieldCode) -> Self {
        if code.0 >= Self::FIRST_PASSAGE.0 {
            Self::Text(PassageId(code.0 - Self::FIRST_PASSAGE.0))
        } else if code.0 == Self::HEAD.0 {
            Self::Head
        } else {
            Self::Title { first: code.0 & 1 == 1, last: code.0 & 2 == 2 }
        }
    }
}

/// What search keeps of a chapter.
#[derive(Debug, Clone, Default)]
pub(super) struct IndexedDocument {
    /// How many passages its text has.
    pub(super) passage_count: usize,
    /// A hash of its text.
    pub(super) hash: u64,
    /// How many passages each file of its text holds.
    pub(super) passages_in_file: usize,
    /// The traditional characters that it shows, sorted.
    pub(super) traditional: Box<[char]>,
    /// Characters of its title, without separators.
    pub(super) title_length: u32,
    /// The folded characters of its text that belong to an unsegmented script or stand next
    /// to one that does, in UTF-16. A zero separates those that are not neighbours.
    pub(super) units: Box<[u16]>,
    /// Where in `units` each passage ends.
    pub(super) passage_ends: Box<[u32]>,
    /// Bigrams and unigrams that cannot be read off `units`, sorted: those of titles and
    /// headings, and those with a character that takes two units.
    pub(super) spilled_bigrams: Box<[FieldBigram]>,
    /// Trigrams likewise, sorted.
    pub(super) spilled_trigrams: Box<[TrigramKey]>,
    /// Words and pinyin keys with their fields.
    pub(super) words: Words,
}

/// Indexes a chapter. The builder may have served other chapters before.
pub(super) fn index_chapter(builder: &mut DocumentBuilder, chapter: &Chapter) -> IndexedDocument {
    let pieces = pieces(&chapter.document, chapter.repeats_title);
    builder.title(&chapter.title);
    let front = &chapter.front;
    for other in front.aliases.iter().chain(&front.id) {
        builder.title(&other.text);
    }
    for piece in pieces.iter().filter(|piece| piece.heading) {
        builder.heading(&piece.label);
    }
    builder.metadata(&front.summary);
    let title_length =
        fold(&normal(&chapter.title)).chars().filter(|c| class(*c) != Class::Separator).count();
    let passages = passages::split(pieces);
    for (passage, parts) in (0..).map(PassageId).zip(&passages) {
        for part in parts {
            builder.text(&part.text, Field::Text(passage));
        }
        builder.end_passage();
    }
    let title_length = u32::try_from(title_length).unwrap_or(u32::MAX);
    let passages_in_file = passages::in_file(&passages);
    let hash = passages::hash(&passages, passages_in_file);
    let shown = passages.iter().flatten().flat_map(|part| [&*part.label, &*part.text]);
    let traditional = traditional(shown).into_iter().collect();
    let passage_count = passages.len();
    IndexedDocument { hash, passages_in_file, traditional, passage_count, title_length, ..builder.finish() }
}

/// Indexes what the handbook says of a chapter: departments, roles, topics.
pub(super) fn index_metadata(texts: &[&str]) -> IndexedDocument {
    let mut builder = DocumentBuilder::default();
    texts.iter().for_each(|text| builder.metadata(text));
    builder.finish()
}

impl IndexedDocument {
    /// Whether it holds three characters in a row.
    pub(super) fn has_trigram(&self, key: TrigramKey) -> bool {
        let in_units = |units: [u16; 3]| self.units.windows(3).any(|window| window == units);
        self.spilled_trigrams.binary_search(&key).is_ok() || key.units().is_some_and(in_units)
    }
}

/// The traditional characters of some texts, as the tokenizer meets them.
pub(super) fn traditional<'t>(texts: impl Iterator<Item = &'t str>) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    // ASCII is by far the quickest to tell, and has none.
    for c in texts.filter(|text| !text.is_ascii()).flat_map(str::chars) {
        match c {
            '\0'..='\u{2E7F}' | '\u{3000}'..='\u{30FF}' => {}
            '\u{3400}'..='\u{9FFF}' => {
                if fold_han(c) != c {
                    found.insert(c);
                }
            }
            _ => found.extend(std::iter::once(c).nfkd().filter(|part| fold_han(*part) != *part)),
        }
    }
    found
}

/// A text in normal form C.
pub(super) fn normal(text: &str) -> Cow<'_, str> {
    if is_plain(text.as_bytes()) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.into()
    } else {
        text.nfc().collect::<String>().into()
    }
}

/// Whether all characters of a text belong to ranges that normal form C never changes: up
/// to U+02FF, U+2000 to 206F, 3000 to 3029, 3400 to 9FFF, FF00 to FFEF. True of most
/// texts, and much faster to check than the general rule.
fn is_plain(mut text: &[u8]) -> bool {
    loop {
        text = match text {
            [] => return true,
            [0..0x80, rest @ ..] | [0xC2..=0xCB, _, rest @ ..] | [0xE4..=0xE9, _, _, rest @ ..] => rest,
            [0xE3, 0x90..=0xBF, _, rest @ ..]
            | [0xE3, 0x80, 0x80..=0xA9, rest @ ..]
            | [0xE2, 0x80, _, rest @ ..]
            | [0xE2, 0x81, 0x80..=0xAF, rest @ ..]
            | [0xEF, 0xBC..=0xBE, _, rest @ ..]
            | [0xEF, 0xBF, 0x80..=0xAF, rest @ ..] => rest,
            _ => return false,
        };
    }
}
