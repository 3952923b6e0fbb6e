//! Collects the tokens of one chapter after the other.
//!
//! Nearly all characters of a text go into one row of UTF-16 units. Bigrams and trigrams
//! can be read off neighbouring units, so none of them is written down. Two kinds of
//! characters give tokens one by one instead: those of titles and headings, whose
//! fields are finer than passages, and those that do not fit in one unit.

use super::document::{Field, IndexedDocument, normal};
use super::ids::{BigramKey, FieldBigram, TrigramKey};
use super::pinyin;
use super::token::{Preceding, Token, TokenSink, fold, tokenize, tokens};
use super::words::WordCollector;

/// Stands between units that are not neighbours.
const SEPARATOR: u16 = 0;

/// Whether the last token is all of a title as one word: the words before it, joined by marks, or
/// the only word with its signs.
fn is_joined(tokens: &[Token]) -> bool {
    fn word(token: &Token) -> Option<&str> {
        match token {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }
    let Some(words) = tokens.iter().map(word).collect::<Option<Vec<&str>>>() else { return false };
    let Some((last, before)) = words.split_last() else { return false };
    let without_signs = last.trim_matches(|c: char| !c.is_alphanumeric());
    !before.is_empty() && (before.concat() == *last || before == [without_signs])
}

/// What has been collected of a chapter.
#[derive(Default)]
pub(super) struct DocumentBuilder {
    units: Vec<u16>,
    passage_ends: Vec<u32>,
    bigrams: Vec<FieldBigram>,
    trigrams: Vec<TrigramKey>,
    words: WordCollector,
}

impl DocumentBuilder {
    /// A title, an alias or an id.
    pub(super) fn title(&mut self, text: &str) {
        let text = normal(text);
        let tokens = tokens(&text);
        let plain = |token: &Token| matches!(token, Token::Bigram(..) | Token::Word(_));
        let first = tokens.iter().position(plain).unwrap_or(0);
        let last = tokens.iter().rposition(plain).unwrap_or(tokens.len().saturating_sub(1));
        let joined = is_joined(&tokens);
        for (index, token) in tokens.into_iter().enumerate() {
            let whole = joined && index == last;
            self.add(token, Field::Title { first: index == first || whole, last: index == last });
        }
        self.pinyin(&text, Field::Title { first: false, last: false });
    }

    /// A heading.
    pub(super) fn heading(&mut self, text: &str) {
        self.metadata(text);
        let text = normal(text);
        self.pinyin(&text, Field::Head);
    }

    /// A summary, or the name of a department, a role or a topic.
    pub(super) fn metadata(&mut self, text: &str) {
        tokenize(&normal(text), &mut FieldSink { builder: self, field: Field::Head });
    }

    /// Text of a passage, in normal form C.
    pub(super) fn text(&mut self, text: &str, field: Field) {
        tokenize(text, &mut PassageSink(FieldSink { builder: self, field }));
        self.separate();
    }

    /// Ends the current passage.
    pub(super) fn end_passage(&mut self) {
        self.passage_ends.push(u32::try_from(self.units.len()).unwrap_or(u32::MAX));
    }

    fn pinyin(&mut self, text: &str, field: Field) {
        pinyin::keys(&fold(text), &mut |key| self.word(key, field));
    }

    fn add(&mut self, token: Token, field: Field) {
        let mut sink = FieldSink { builder: self, field };
        match token {
            Token::Unigram(c) => sink.unigram(c),
            Token::Bigram(a, b) => sink.bigram(a, b),
            Token::Trigram(a, b, c) => sink.trigram(a, b, c),
            Token::Word(word) => sink.word(&word),
        }
    }

    fn word(&mut self, word: &str, field: Field) {
        self.words.add(word, field.code());
    }

    /// The next unit is not a neighbour of the last one.
    fn separate(&mut self) {
        if self.units.last().is_some_and(|last| *last != SEPARATOR) {
            self.units.push(SEPARATOR);
        }
    }

    /// The tokens collected since the last call. The builder is empty then, but keeps its
    /// memory: to allocate it again would take longer than to fill it.
    pub(super) fn finish(&mut self) -> IndexedDocument {
        self.bigrams.sort_unstable();
        self.bigrams.dedup();
        self.trigrams.sort_unstable();
        self.trigrams.dedup();
        let document = IndexedDocument {
            units: self.units.as_slice().into(),
            passage_ends: self.passage_ends.as_slice().into(),
            spilled_bigrams: self.bigrams.as_slice().into(),
            spilled_trigrams: self.trigrams.as_slice().into(),
            words: self.words.finish(),
            ..IndexedDocument::default()
        };
        self.units.clear();
        self.passage_ends.clear();
        self.bigrams.clear();
        self.trigrams.clear();
        document
    }
}

/// Writes down each token with its field.
struct FieldSink<'a> {
    builder: &'a mut DocumentBuilder,
    field: Field,
}

impl FieldSink<'_> {
    fn push(&mut self, key: BigramKey) {
        self.builder.bigrams.push(key.in_field(self.field.code()));
    }
}

impl TokenSink for FieldSink<'_> {
    fn unigram(&mut self, c: char) {
        self.push(BigramKey::unigram(c));
    }

    fn bigram(&mut self, a: char, b: char) {
        self.push(BigramKey::new(a, b));
    }

    fn trigram(&mut self, a: char, b: char, c: char) {
        self.builder.trigrams.push(TrigramKey::new(a, b, c));
    }

    fn word(&mut self, word: &str) {
        self.builder.word(word, self.field);
    }
}

/// Writes characters of running text into the row of units, and the rest as `FieldSink`.
struct PassageSink<'a>(FieldSink<'a>);

/// A character as one unit of UTF-16.
#[inline]
fn unit(c: char) -> Option<u16> {
    u16::try_from(u32::from(c)).ok()
}

impl PassageSink<'_> {
    /// A character of an unsegmented script, where it or one before it takes two units.
    #[cold]
    fn supplementary(&mut self, c: char, before: Preceding) {
        let Preceding { any, unsegmented, .. } = before;
        match unit(c) {
            // A character before it that fits stays its neighbour in the row.
            Some(own) => {
                if any.is_none_or(|before| unit(before).is_none()) {
                    self.0.builder.separate();
                }
                self.0.builder.units.push(own);
            }
            None => {
                self.0.builder.separate();
                self.0.unigram(c);
            }
        }
        if let Some(before) = any
            && (unit(before).is_none() || unit(c).is_none())
        {
            self.0.bigram(before, c);
        }
        if let [Some(a), Some(b)] = unsegmented {
            self.0.trigram(a, b, c);
        }
    }
}

impl TokenSink for PassageSink<'_> {
    #[inline]
    fn unsegmented(&mut self, c: char, before: Preceding) {
        let code_point = |c: Option<char>| c.map_or(0, u32::from);
        let Preceding { any, unsegmented, lone } = before;
        let (Some(own), true) = (unit(c), (code_point(any) | code_point(unsegmented[0])) < 0x1_0000) else {
            return self.supplementary(c, before);
        };
        let units = &mut self.0.builder.units;
        if unsegmented[1].is_none() && !lone {
            if units.last().is_some_and(|last| *last != SEPARATOR) {
                units.push(SEPARATOR);
            }
            units.extend(any.and_then(unit));
        }
        units.push(own);
    }

    #[inline]
    fn third(&mut self, _: char, _: char, c: char) {
        self.0.builder.units.extend(unit(c));
    }

    fn unigram(&mut self, c: char) {
        self.0.unigram(c);
    }

    /// A letter of a word that follows an unsegmented script.
    fn bigram(&mut self, a: char, b: char) {
        let (before, own) = (unit(a), unit(b));
        if before.is_none() || own.is_none() {
            self.0.bigram(a, b);
            self.0.builder.separate();
        }
        self.0.builder.units.extend(own);
    }

    fn trigram(&mut self, a: char, b: char, c: char) {
        self.0.trigram(a, b, c);
    }

    fn word(&mut self, word: &str) {
        self.0.word(word);
    }
}
