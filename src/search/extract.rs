//! What search takes from one chapter: its words, where they stand, and its text
//! in the portions that results are shown from.
//!
//! A pure function of the chapter, so that a preview may keep it for as long as
//! the chapter stays the same. A text is cut into blocks of about a thousand
//! characters, at the borders of sections, clauses and lines; a posting names a
//! block, and one file of text holds one.

use super::pinyin;
use super::token::{Class, Sink, Token, class, cut, fold, tokens};
use crate::chapter::Chapter;
use crate::markdown::{self, MarkdownOptions, Piece};
use std::collections::BTreeMap;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use xxhash_rust::xxh3::Xxh3Default;

/// Characters after which a block ends at the next border.
const BLOCK: usize = 900;
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
    /// In this block of text.
    Text(u16),
}

impl Field {
    /// Its place among the slots of a chapter.
    pub(super) const fn code(self) -> u16 {
        match self {
            Self::Title { first, last } => first as u16 | (last as u16) << 1,
            Self::Head => 4,
            Self::Text(block) => 5 + block,
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

/// Most blocks that a chapter can have.
const MOST_BLOCKS: usize = 65_000;

/// A pair as one number that sorts by its characters; a single character is a
/// pair with nothing.
pub(super) const fn pair_key(a: char, b: char) -> u64 {
    (a as u64) << 21 | b as u64
}

/// Three characters as one number that sorts by them.
pub(super) const fn triple_key(a: char, b: char, c: char) -> u64 {
    (a as u64) << 42 | (b as u64) << 21 | c as u64
}

/// What search takes from a chapter.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Extract {
    /// Its text by block.
    pub blocks: Vec<Vec<Unit>>,
    /// A name for its text: a hash in hexadecimal.
    pub name: String,
    /// Letters and digits of its title.
    pub title_letters: u32,
    /// Pairs and singles with the code of their field, `key << 16 | code`: as they
    /// come, and some more than once.
    pub(super) pairs: Box<[u64]>,
    /// Triples, likewise.
    pub(super) triples: Box<[u64]>,
    /// Words and pinyin keys with their fields, both sorted.
    pub(super) words: Vec<(String, Vec<Field>)>,
}

/// Reads a chapter for search. The taker may have served other chapters: its memory
/// is large, and asking for it anew each time takes longer than filling it.
pub(super) fn extract(taker: &mut Taker, chapter: &Chapter, options: &MarkdownOptions) -> Extract {
    let pieces = markdown::plain(&chapter.source.text, &chapter.scan, options, chapter.repeats_title);
    taker.title(&chapter.title);
    let front = &chapter.front;
    for other in front.aliases.iter().chain(&front.id) {
        taker.title(&other.text);
    }
    for piece in pieces.iter().filter(|piece| piece.heading) {
        taker.heading(&piece.label);
    }
    taker.head(&front.summary);
    let title_letters = fold(&normal(&chapter.title)).chars().filter(|c| class(*c) != Class::Gap).count();
    let blocks = blocks(pieces);
    for (at, units) in blocks.iter().enumerate() {
        let block = Field::Text(u16::try_from(at).unwrap_or(u16::MAX - 5));
        for unit in units {
            taker.cut(&unit.text, block);
        }
    }
    let title_letters = u32::try_from(title_letters).unwrap_or(u32::MAX);
    Extract { name: name(&blocks), blocks, title_letters, ..taker.finish() }
}

/// The words of what the handbook says of a chapter: departments, roles, topics.
pub(super) fn extract_head(texts: &[&str]) -> Extract {
    let mut taker = Taker::default();
    texts.iter().for_each(|text| taker.head(text));
    taker.finish()
}

/// A text in normal form C.
pub(super) fn normal(text: &str) -> std::borrow::Cow<'_, str> {
    let plain = |c: char| {
        c < '\u{300}'
            || matches!(c, '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3029}' | '\u{3400}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}')
    };
    if text.chars().all(plain) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.into()
    } else {
        text.nfc().collect::<String>().into()
    }
}

fn name(blocks: &[Vec<Unit>]) -> String {
    let mut hasher = Xxh3Default::new();
    for unit in blocks.iter().flatten() {
        for part in [&unit.anchor, &unit.label, &unit.text] {
            hasher.update(part.as_bytes());
            hasher.update(b"\0");
        }
    }
    super::shard::named(hasher.digest())
}

/// Gathers the tokens of one chapter after the other.
#[derive(Default)]
pub(super) struct Taker {
    pairs: Vec<u64>,
    triples: Vec<u64>,
    words: BTreeMap<String, Vec<Field>>,
    /// What was lately taken: most tokens come again at once, and need no sorting.
    lately: Lately,
    singles: Singles,
}

/// The single characters that the text had already: of each, the index keeps the
/// first block only. Those beyond the basic plane are left to it.
struct Singles(Box<[u64; 1 << 10]>);

impl Singles {
    fn is_new(&mut self, c: char) -> bool {
        let Ok(code) = u16::try_from(u32::from(c)) else { return true };
        let word = &mut self.0[usize::from(code >> 6)];
        let bit = 1 << (code & 63);
        let new = *word & bit == 0;
        *word |= bit;
        new
    }
}

impl Default for Singles {
    fn default() -> Self {
        Self(Box::new([0; 1 << 10]))
    }
}

/// A sieve that lets a number through unless it was the last one at its place.
struct Lately(Box<[u64; Self::PLACES]>);

impl Lately {
    const PLACES: usize = 1 << 13;

    fn is_new(&mut self, number: u64) -> bool {
        let at = (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 51) as usize % Self::PLACES;
        std::mem::replace(&mut self.0[at], number) != number
    }
}

impl Default for Lately {
    fn default() -> Self {
        Self(Box::new([u64::MAX; Self::PLACES]))
    }
}

impl Taker {
    fn title(&mut self, text: &str) {
        let text = normal(text);
        let tokens = tokens(&text);
        let plain = |token: &Token| matches!(token, Token::Pair(..) | Token::Word(_));
        let first = tokens.iter().position(plain).unwrap_or(0);
        let last = tokens.iter().rposition(plain).unwrap_or(tokens.len().saturating_sub(1));
        let words_only = tokens.len() > 2 && tokens.iter().all(|token| matches!(token, Token::Word(_)));
        for (at, token) in tokens.into_iter().enumerate() {
            let whole = words_only && at == last;
            self.take(token, Field::Title { first: at == first || whole, last: at == last });
        }
        self.pinyin(&text, Field::Title { first: false, last: false });
    }

    fn heading(&mut self, text: &str) {
        self.head(text);
        let text = normal(text);
        self.pinyin(&text, Field::Head);
    }

    fn head(&mut self, text: &str) {
        self.cut(&normal(text), Field::Head);
    }

    fn pinyin(&mut self, text: &str, field: Field) {
        pinyin::keys(&fold(text), &mut |key| self.word(&key, field));
    }

    fn cut(&mut self, text: &str, field: Field) {
        cut(text, &mut At { taker: self, field });
    }

    fn take(&mut self, token: Token, field: Field) {
        let mut at = At { taker: self, field };
        match token {
            Token::Single(c) => at.single(c),
            Token::Pair(a, b) => at.pair(a, b),
            Token::Triple(a, b, c) => at.triple(a, b, c),
            Token::Word(word) => at.word(&word),
        }
    }

    fn pair(&mut self, a: char, b: char, field: Field) {
        let entry = pair_key(a, b) << 16 | u64::from(field.code());
        // A triple has its highest bit clear, so that the two are never taken for each other.
        if self.lately.is_new(entry | 1 << 63) {
            self.pairs.push(entry);
        }
    }

    fn word(&mut self, word: &str, field: Field) {
        let Some(fields) = self.words.get_mut(word) else {
            self.words.insert(word.to_owned(), vec![field]);
            return;
        };
        if fields.last() != Some(&field) {
            fields.push(field);
        }
    }

    /// What was gathered since the last time.
    fn finish(&mut self) -> Extract {
        self.lately.0.fill(u64::MAX);
        self.singles.0.fill(0);
        let sorted = |(word, mut fields): (String, Vec<Field>)| {
            fields.sort_unstable();
            fields.dedup();
            (word, fields)
        };
        let extract = Extract {
            pairs: self.pairs.as_slice().into(),
            triples: self.triples.as_slice().into(),
            words: std::mem::take(&mut self.words).into_iter().map(sorted).collect(),
            ..Extract::default()
        };
        self.pairs.clear();
        self.triples.clear();
        extract
    }
}

/// A taker, and where the tokens stand that it is given.
struct At<'a> {
    taker: &'a mut Taker,
    field: Field,
}

impl Sink for At<'_> {
    fn single(&mut self, c: char) {
        if !matches!(self.field, Field::Text(_)) || self.taker.singles.is_new(c) {
            self.taker.pair(c, '\0', self.field);
        }
    }

    fn pair(&mut self, a: char, b: char) {
        self.taker.pair(a, b, self.field);
    }

    fn triple(&mut self, a: char, b: char, c: char) {
        let key = triple_key(a, b, c);
        if self.taker.lately.is_new(key) {
            self.taker.triples.push(key);
        }
    }

    fn word(&mut self, word: &str) {
        self.taker.word(word, self.field);
    }
}

/// Puts pieces into blocks.
fn blocks(pieces: Vec<Piece>) -> Vec<Vec<Unit>> {
    let mut blocks: Vec<Vec<Unit>> = Vec::new();
    let mut open = Vec::new();
    let mut letters = 0;
    for piece in pieces {
        let text = normal(&piece.text);
        let mut unit = Unit { anchor: piece.anchor, label: piece.label, text: String::new() };
        // A piece that fits into a block of its own stays whole.
        let length = text.chars().count();
        if letters > BLOCK / 3 && letters + length > BLOCK + BLOCK / 3 {
            close(&mut blocks, &mut open, &mut letters);
        }
        for line in text.lines().flat_map(lines) {
            if letters >= BLOCK {
                close_unit(&mut open, &mut unit);
                close(&mut blocks, &mut open, &mut letters);
            }
            if !unit.text.is_empty() {
                unit.text.push('\n');
            }
            unit.text.push_str(line);
            letters += line.chars().count() + 1;
        }
        if !unit.text.is_empty() {
            open.push(unit);
        }
    }
    close(&mut blocks, &mut open, &mut letters);
    // What lies beyond is not told apart.
    while blocks.len() > MOST_BLOCKS {
        let last = blocks.pop().unwrap_or_default();
        if let Some(before) = blocks.last_mut() {
            before.extend(last);
        }
    }
    blocks
}

fn close_unit(open: &mut Vec<Unit>, unit: &mut Unit) {
    if !unit.text.is_empty() {
        let rest = Unit { text: String::new(), ..unit.clone() };
        open.push(std::mem::replace(unit, rest));
    }
}

fn close(blocks: &mut Vec<Vec<Unit>>, open: &mut Vec<Unit>, letters: &mut usize) {
    if !open.is_empty() {
        blocks.push(std::mem::take(open));
    }
    *letters = 0;
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
