//! What search takes from one chapter: its words, where they stand, and its text
//! in the portions that results are shown from.
//!
//! A pure function of the chapter, so that a preview may keep it for as long as
//! the chapter stays the same. A text is cut into passages of about a thousand
//! characters, at the borders of sections, clauses and lines; a posting names a
//! passage, and one file of text holds one.

use super::document_builder::DocumentBuilder;
use super::token::{Class, class, fold};
use super::words::Words;
use crate::chapter::Chapter;
use crate::markdown::Piece;
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use xxhash_rust::xxh3::Xxh3Default;

/// Characters after which a passage ends at the next border.
const PASSAGE: usize = 900;
/// Characters of a line at most; a longer one is cut at a gap.
const LINE: usize = 2_400;

/// Part of a section or clause.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unit {
    /// Anchor of its section or clause.
    pub anchor: String,
    /// Label of its section or clause.
    pub label: String,
    /// Text as shown, in normal form C.
    pub text: String,
}

/// Where in a chapter a token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Field {
    /// In title, alias or id; at the beginning or end of one.
    Title { first: bool, last: bool },
    /// In a heading, or in what front matter says.
    Head,
    /// In this passage of text.
    Text(u16),
}

impl Field {
    /// Its place among the ids of a chapter.
    pub(super) const fn code(self) -> u16 {
        match self {
            Self::Title { first, last } => first as u16 | (last as u16) << 1,
            Self::Head => 4,
            Self::Text(passage) => 5 + passage,
        }
    }

    #[inline]
    pub(super) const fn of_code(code: u16) -> Self {
        match code {
            5.. => Self::Text(code - 5),
            4 => Self::Head,
            _ => Self::Title { first: code & 1 == 1, last: code & 2 == 2 },
        }
    }
}

/// Most passages that a chapter can have.
const MAX_PASSAGES: usize = 65_000;

/// A bigram as one number that sorts by its characters; a single character is a
/// bigram with nothing.
pub(super) const fn bigram_key(a: char, b: char) -> u64 {
    (a as u64) << 21 | b as u64
}

/// Three characters as one number that sorts by them.
pub(super) const fn trigram_key(a: char, b: char, c: char) -> u64 {
    (a as u64) << 42 | (b as u64) << 21 | c as u64
}

/// What search takes from a chapter.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct IndexedDocument {
    /// Its text by block.
    pub passages: Vec<Vec<Unit>>,
    /// A name for its text: a hash in hexadecimal.
    pub name: String,
    /// Letters and digits of its title.
    pub title_length: u32,
    /// The folded letters of its text that are unsegmented or next to an unsegmented one, in
    /// UTF-16. Zero stands between what are no neighbours.
    pub(super) symbols: Box<[u16]>,
    /// Where in them each passage ends.
    pub(super) ends: Box<[u32]>,
    /// Bigrams and unigrams that these do not tell, with the code of their field, as
    /// `key << 16 | code`: those of titles and headings, and those with a character
    /// beyond the basic plane. Sorted.
    pub(super) bigrams: Box<[u64]>,
    /// Trigrams, likewise.
    pub(super) trigrams: Box<[u64]>,
    /// Words and pinyin keys with the codes of their fields.
    pub(super) words: Words,
}

/// Reads a chapter for search, from its words. The builder may have served other
/// chapters: its memory is large, and asking for it anew each time takes longer than
/// filling it.
pub(super) fn index_chapter(
    builder: &mut DocumentBuilder,
    chapter: &Chapter,
    pieces: Vec<Piece>,
) -> IndexedDocument {
    builder.title(&chapter.title);
    let front = &chapter.front;
    for other in front.aliases.iter().chain(&front.id) {
        builder.title(&other.text);
    }
    for piece in pieces.iter().filter(|piece| piece.heading) {
        builder.heading(&piece.label);
    }
    builder.head(&front.summary);
    let title_length =
        fold(&normal(&chapter.title)).chars().filter(|c| class(*c) != Class::Separator).count();
    let passages = passages(pieces);
    for (at, units) in passages.iter().enumerate() {
        let passage = Field::Text(u16::try_from(at).unwrap_or(u16::MAX - 5));
        for unit in units {
            builder.text(&unit.text, passage);
        }
        builder.end_passage();
    }
    let title_length = u32::try_from(title_length).unwrap_or(u32::MAX);
    IndexedDocument { name: name(&passages), passages, title_length, ..builder.finish() }
}

impl IndexedDocument {
    /// Whether it holds three characters in a row.
    pub(super) fn has_trigram(&self, key: u64) -> bool {
        let part = |shift: u32| u16::try_from(key >> shift & 0x1F_FFFF).ok();
        let basic = [part(42), part(21), part(0)];
        self.trigrams.binary_search(&key).is_ok()
            || matches!(basic, [Some(a), Some(b), Some(c)]
                if self.symbols.windows(3).any(|three| three == [a, b, c]))
    }
}

/// The words of what the handbook says of a chapter: departments, roles, topics.
pub(super) fn index_metadata(texts: &[&str]) -> IndexedDocument {
    let mut builder = DocumentBuilder::default();
    texts.iter().for_each(|text| builder.head(text));
    builder.finish()
}

/// A text in normal form C.
pub(super) fn normal(text: &str) -> Cow<'_, str> {
    if is_plain(text.as_bytes()) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.into()
    } else {
        text.nfc().collect::<String>().into()
    }
}

/// Whether a text is plainly in normal form C: up to U+02FF, U+2000 to 206F, 3000 to
/// 3029, 3400 to 9FFF, FF00 to FFEF. Its bytes tell, and most texts are.
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

fn name(passages: &[Vec<Unit>]) -> String {
    let mut hasher = Xxh3Default::new();
    for unit in passages.iter().flatten() {
        for part in [&unit.anchor, &unit.label, &unit.text] {
            hasher.update(part.as_bytes());
            hasher.update(b"\0");
        }
    }
    super::shard::named(hasher.digest())
}

/// Puts pieces into passages.
fn passages(pieces: Vec<Piece>) -> Vec<Vec<Unit>> {
    let mut passages: Vec<Vec<Unit>> = Vec::new();
    let mut open = Vec::new();
    let mut characters = 0;
    for mut piece in pieces {
        if let Cow::Owned(normal) = normal(&piece.text) {
            piece.text = normal;
        }
        // A piece that fits into a passage of its own stays whole.
        let length = piece.text.chars().count();
        if characters > PASSAGE / 3 && characters + length > PASSAGE + PASSAGE / 3 {
            close(&mut passages, &mut open, &mut characters);
        }
        let Piece { anchor, label, mut text, .. } = piece;
        // Most are a clause that nothing need be done to.
        if characters + length < PASSAGE && text.len() <= LINE && !text.contains('\r') && !text.is_empty() {
            text.shrink_to_fit();
            characters += length + 1;
            open.push(Unit { anchor, label, text });
            continue;
        }
        let mut unit = Unit { anchor, label, text: String::new() };
        for line in text.lines().flat_map(lines) {
            if characters >= PASSAGE {
                close_unit(&mut open, &mut unit);
                close(&mut passages, &mut open, &mut characters);
            }
            if !unit.text.is_empty() {
                unit.text.push('\n');
            }
            unit.text.push_str(line);
            characters += line.chars().count() + 1;
        }
        if !unit.text.is_empty() {
            open.push(unit);
        }
    }
    close(&mut passages, &mut open, &mut characters);
    // What lies beyond is not told apart.
    while passages.len() > MAX_PASSAGES {
        let last = passages.pop().unwrap_or_default();
        if let Some(before) = passages.last_mut() {
            before.extend(last);
        }
    }
    passages
}

fn close_unit(open: &mut Vec<Unit>, unit: &mut Unit) {
    if !unit.text.is_empty() {
        let rest = Unit { text: String::new(), ..unit.clone() };
        open.push(std::mem::replace(unit, rest));
    }
}

fn close(passages: &mut Vec<Vec<Unit>>, open: &mut Vec<Unit>, characters: &mut usize) {
    if !open.is_empty() {
        passages.push(std::mem::take(open));
    }
    *characters = 0;
}

/// A line, in parts if it is very long. It is cut where a word ends, so that
/// nothing that can be searched for is cut through.
fn lines(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = line;
    while rest.len() > LINE {
        let gap = |(_, c): &(usize, char)| c.is_whitespace() || matches!(c, '，' | '。' | '；' | '、' | '：');
        let Some((at, c)) = rest.char_indices().skip_while(|(at, _)| *at < LINE * 2 / 3).find(gap) else {
            break;
        };
        let (part, behind) = rest.split_at(at + c.len_utf8());
        parts.push(part);
        rest = behind;
    }
    parts.push(rest);
    parts
}
