//! Gathers the tokens of one chapter after the other.
//!
//! Nearly all characters of a text go into one row of symbols, two bytes each: which
//! bigrams and trigrams there are can be read off their neighbours, so that none is
//! written down. Only titles and headings, whose places are told apart more finely,
//! and characters that do not fit into two bytes give tokens one by one.

use super::document::{Field, IndexedDocument, bigram_key, normal, trigram_key};
use super::pinyin;
use super::token::{Preceding, Token, TokenSink, fold, tokenize, tokens};
use super::words::WordCollector;

/// What is gathered of a chapter.
#[derive(Default)]
pub(super) struct DocumentBuilder {
    symbols: Vec<u16>,
    ends: Vec<u32>,
    bigrams: Vec<u64>,
    trigrams: Vec<u64>,
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
        let words_only = tokens.len() > 2 && tokens.iter().all(|token| matches!(token, Token::Word(_)));
        for (at, token) in tokens.into_iter().enumerate() {
            let whole = words_only && at == last;
            self.take(token, Field::Title { first: at == first || whole, last: at == last });
        }
        self.pinyin(&text, Field::Title { first: false, last: false });
    }

    /// A heading.
    pub(super) fn heading(&mut self, text: &str) {
        self.head(text);
        let text = normal(text);
        self.pinyin(&text, Field::Head);
    }

    /// What front matter says.
    pub(super) fn head(&mut self, text: &str) {
        tokenize(&normal(text), &mut FieldSink { builder: self, field: Field::Head });
    }

    /// Text of a passage, in normal form C.
    pub(super) fn text(&mut self, text: &str, field: Field) {
        tokenize(text, &mut PassageSink(FieldSink { builder: self, field }));
        self.separate();
    }

    /// The passage ends here.
    pub(super) fn end_passage(&mut self) {
        self.ends.push(u32::try_from(self.symbols.len()).unwrap_or(u32::MAX));
    }

    fn pinyin(&mut self, text: &str, field: Field) {
        pinyin::keys(&fold(text), &mut |key| self.word(key, field));
    }

    fn take(&mut self, token: Token, field: Field) {
        let mut at = FieldSink { builder: self, field };
        match token {
            Token::Unigram(c) => at.unigram(c),
            Token::Bigram(a, b) => at.bigram(a, b),
            Token::Trigram(a, b, c) => at.trigram(a, b, c),
            Token::Word(word) => at.word(&word),
        }
    }

    fn word(&mut self, word: &str, field: Field) {
        self.words.add(word, field.code());
    }

    fn separate(&mut self) {
        if self.symbols.last().is_some_and(|last| *last != 0) {
            self.symbols.push(0);
        }
    }

    /// What was gathered since the last time. The builder's memory is kept: asking for
    /// it anew takes longer than filling it.
    pub(super) fn finish(&mut self) -> IndexedDocument {
        for tokens in [&mut self.bigrams, &mut self.trigrams] {
            tokens.sort_unstable();
            tokens.dedup();
        }
        let document = IndexedDocument {
            symbols: self.symbols.as_slice().into(),
            ends: self.ends.as_slice().into(),
            bigrams: self.bigrams.as_slice().into(),
            trigrams: self.trigrams.as_slice().into(),
            words: self.words.finish(),
            ..IndexedDocument::default()
        };
        self.symbols.clear();
        self.ends.clear();
        self.bigrams.clear();
        self.trigrams.clear();
        document
    }
}

/// A builder, and where the tokens stand that it is given.
struct FieldSink<'a> {
    builder: &'a mut DocumentBuilder,
    field: Field,
}

impl TokenSink for FieldSink<'_> {
    fn unigram(&mut self, c: char) {
        self.bigram(c, '\0');
    }

    fn bigram(&mut self, a: char, b: char) {
        self.builder.bigrams.push(bigram_key(a, b) << 16 | u64::from(self.field.code()));
    }

    fn trigram(&mut self, a: char, b: char, c: char) {
        self.builder.trigrams.push(trigram_key(a, b, c));
    }

    fn word(&mut self, word: &str) {
        self.builder.word(word, self.field);
    }
}

/// The same for running text.
struct PassageSink<'a>(FieldSink<'a>);

/// A character as one unit of UTF-16.
#[inline]
fn basic(c: char) -> Option<u16> {
    u16::try_from(u32::from(c)).ok()
}

impl PassageSink<'_> {
    /// An unsegmented character where one beyond the basic plane is near.
    #[cold]
    fn rare(&mut self, c: char, before: Preceding) {
        let Preceding { any, unsegmented, .. } = before;
        match basic(c) {
            // What stands before and fits stays its neighbour.
            Some(code) => {
                if any.is_none_or(|before| basic(before).is_none()) {
                    self.0.builder.separate();
                }
                self.0.builder.symbols.push(code);
            }
            None => {
                self.0.builder.separate();
                self.0.unigram(c);
            }
        }
        if let Some(before) = any
            && (basic(before).is_none() || basic(c).is_none())
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
        let code = |c: Option<char>| c.map_or(0, u32::from);
        let Preceding { any, unsegmented, lone } = before;
        let (Some(unit), true) = (basic(c), (code(any) | code(unsegmented[0])) < 0x1_0000) else {
            return self.rare(c, before);
        };
        let symbols = &mut self.0.builder.symbols;
        if unsegmented[1].is_none() && !lone {
            if symbols.last().is_some_and(|last| *last != 0) {
                symbols.push(0);
            }
            symbols.extend(any.and_then(basic));
        }
        symbols.push(unit);
    }

    #[inline]
    fn third(&mut self, _: char, _: char, c: char) {
        self.0.builder.symbols.extend(basic(c));
    }

    fn unigram(&mut self, c: char) {
        self.0.unigram(c);
    }

    /// A letter behind an unsegmented character.
    fn bigram(&mut self, a: char, b: char) {
        let (known, letter) = (basic(a).is_some(), basic(b));
        if !known || letter.is_none() {
            self.0.bigram(a, b);
            self.0.builder.separate();
        }
        self.0.builder.symbols.extend(letter);
    }

    fn trigram(&mut self, a: char, b: char, c: char) {
        self.0.trigram(a, b, c);
    }

    fn word(&mut self, word: &str) {
        self.0.word(word);
    }
}
