//! The tokenizer: how a text is folded and split into tokens for search.
//!
//! `themes/default/assets/search-text.js` does the same to what a reader types.
//! `tests/it/search.rs` compares the two over random strings, so a rule is never
//! changed here alone. Folding works character by character, so that an offset in the
//! folded text can be traced back to an offset in the displayed text.
//!
//! Han, kana, Hangul and other scripts that are written without spaces (unsegmented
//! scripts) give every character, every pair of neighbours and every three in a row:
//! unigrams, bigrams and trigrams. Everything else gives words. A bigram is also taken
//! where the two kinds meet (第3, 3条). Words joined by a mark such as `-` give their
//! parts, and the whole without the marks: `OPS-001` is `ops`, `001` and `ops001`.
//! Numbers alone are not joined: 1.2 is not 12.
//!
//! Names that only a sign tells from a plain word give that too: `C++` is `c` and `c++`, `.NET`
//! is `net` and `.net`. A number behind `v` is found without it: `v14` is `14` and `v14`.

use super::limits::LIMITS;
use crate::text::fold_han;
use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;

/// What a text is split into.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Token {
    /// A character of an unsegmented script.
    Unigram(char),
    /// Two neighbours, at least one of them of an unsegmented script.
    Bigram(char, char),
    /// Three neighbours of unsegmented scripts.
    Trigram(char, char, char),
    /// A word, or several joined by marks.
    Word(String),
}

/// What stands right before a character of an unsegmented script.
#[derive(Debug, Clone, Copy, Default)]
#[non_exhaustive]
pub struct Preceding {
    /// The character before, unless a separator stands between.
    pub any: Option<char>,
    /// The two characters before, the nearest last, as far as they are of unsegmented
    /// scripts.
    pub unsegmented: [Option<char>; 2],
    /// Whether the character before is a word of one letter right after an unsegmented
    /// script, and so already the neighbour of what stands before it.
    pub lone: bool,
}

/// Receives the tokens of a text.
pub trait TokenSink {
    /// A character of an unsegmented script. What stands before it tells the tokens that
    /// end with it.
    fn unsegmented(&mut self, c: char, before: Preceding) {
        self.unigram(c);
        if let Some(before) = before.any {
            self.bigram(before, c);
        }
        if let [Some(a), Some(b)] = before.unsegmented {
            self.trigram(a, b, c);
        }
    }
    /// The same for `c` where `a` and `b` stand before it and each of the three fits in one
    /// unit of UTF-16: the usual case, which a sink may handle faster.
    fn third(&mut self, a: char, b: char, c: char) {
        self.unsegmented(c, Preceding { any: Some(b), unsegmented: [Some(a), Some(b)], lone: false });
    }
    /// A character of an unsegmented script.
    fn unigram(&mut self, c: char);
    /// Two neighbours, at least one of them of an unsegmented script.
    fn bigram(&mut self, a: char, b: char);
    /// Three neighbours of unsegmented scripts.
    fn trigram(&mut self, a: char, b: char, c: char);
    /// A word, or several joined by marks.
    fn word(&mut self, word: &str);
}

impl TokenSink for Vec<Token> {
    fn unigram(&mut self, c: char) {
        self.push(Token::Unigram(c));
    }
    fn bigram(&mut self, a: char, b: char) {
        self.push(Token::Bigram(a, b));
    }
    fn trigram(&mut self, a: char, b: char, c: char) {
        self.push(Token::Trigram(a, b, c));
    }
    fn word(&mut self, word: &str) {
        self.push(Token::Word(word.to_owned()));
    }
}

/// What a folded character is to the tokenizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Part of a script without spaces between words.
    Unsegmented,
    /// Part of a word.
    Word,
    /// Neither. It ends the token before it.
    Separator,
}

/// The class of a folded character.
#[must_use]
pub fn class(c: char) -> Class {
    match c {
        '0'..='9' | 'a'..='z' => Class::Word,
        '\0'..='\u{7F}' => Class::Separator,
        '\u{4E00}'..='\u{9FFF}' => Class::Unsegmented,
        // The next rule would say the same, but takes longer.
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => Class::Separator,
        _ if !c.is_alphanumeric() => Class::Separator,
        '\u{E00}'..='\u{EFF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30FF}'
        | '\u{3105}'..='\u{312F}'
        | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => Class::Unsegmented,
        _ => Class::Word,
    }
}

/// Folds one character: width and compatibility forms, accents, letters such as ß and ł, case,
/// traditional to simplified. Combining marks and invisible characters give nothing.
pub fn fold_char(c: char, mut emit: impl FnMut(char)) {
    match c {
        '\0'..='\u{7F}' => emit(c.to_ascii_lowercase()),
        '\u{3400}'..='\u{9FFF}' => emit(fold_han(c)),
        // A shortcut for the most common marks, which the rules below leave as they are.
        '、' | '。' | '《' | '》' | '「' | '」' | '“' | '”' => emit(c),
        '\u{FF01}'..='\u{FF5E}' => {
            let narrow = char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c);
            emit(narrow.to_ascii_lowercase());
        }
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{AC00}'..='\u{D7A3}' => emit(c),
        _ => {
            for part in std::iter::once(c).nfkd() {
                let dropped = matches!(
                    get_general_category(part),
                    GeneralCategory::NonspacingMark
                        | GeneralCategory::EnclosingMark
                        | GeneralCategory::Format
                );
                if !dropped {
                    for lower in part.to_lowercase().map(fold_han) {
                        match spelled(lower) {
                            Some(letters) => letters.chars().for_each(&mut emit),
                            None => emit(lower),
                        }
                    }
                }
            }
        }
    }
}

/// How a letter is spelled by those who have no key for it, where Unicode takes no accent off it.
const fn spelled(lower: char) -> Option<&'static str> {
    Some(match lower {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ŋ' => "ng",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ĸ' => "k",
        _ => return None,
    })
}

/// The folded form of a text that is in normal form C.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|c| fold_char(c, |c| folded.push(c)));
    folded
}

/// Whether a mark joins two words when no space stands beside it.
pub(super) const fn joins(c: char) -> bool {
    matches!(c, '-' | '.' | '_' | '/' | '\'' | '’' | '@' | '&' | '+' | '#' | ':')
}

/// Whether a sign behind a word makes another name of it, such as `C++` and `C#`.
pub(super) const fn is_sign(c: char) -> bool {
    matches!(c, '+' | '#')
}

/// Signs behind a word at most.
pub(super) const MAX_SIGNS: usize = 2;

/// The number of a word such as `v14`.
pub(super) fn version_number(word: &str) -> Option<&str> {
    // Asked of each word: a look at one byte is quicker than to strip a prefix.
    let number = word.get(1..).filter(|_| word.as_bytes().first() == Some(&b'v'))?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

/// Splits a text in normal form C into tokens, in the order in which they end.
pub fn tokenize(text: &str, sink: &mut impl TokenSink) {
    let mut tokenizer = Tokenizer::default();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        // By far the most characters: skip the general folding.
        if is_han(c) {
            tokenizer.unsegmented(fold_han(c), sink);
            tokenizer.han_run(&mut chars, sink);
        } else {
            fold_char(c, |c| tokenizer.push(c, sink));
        }
    }
    tokenizer.end_word(sink);
    tokenizer.end_chain(sink);
    tokenizer.end_signs(sink);
}

#[inline]
const fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// All tokens of a text in normal form C.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(text, &mut tokens);
    tokens
}

#[derive(Debug, Default)]
struct Tokenizer {
    before: Preceding,
    word: String,
    /// Length of the word, with what is dropped of it.
    letters: usize,
    /// Whether the word follows an unsegmented script without a space.
    follows_unsegmented: bool,
    /// The words joined so far.
    chain: String,
    /// How many they are.
    parts: usize,
    /// Whether a joining mark stands right before.
    joined: bool,
    /// The word right before with the signs behind it, and how many these are.
    signed: String,
    signs: usize,
    /// Whether a dot stands right before that follows no word, or stood before the word.
    dot: bool,
}

impl Tokenizer {
    fn push(&mut self, c: char, sink: &mut impl TokenSink) {
        match class(c) {
            Class::Unsegmented => self.unsegmented(c, sink),
            Class::Word => {
                if let [_, Some(before)] = self.before.unsegmented {
                    sink.bigram(before, c);
                }
                if self.letters == 0 {
                    self.signs = 0;
                    self.dot &= c.is_alphabetic();
                    self.follows_unsegmented = self.before.unsegmented[1].is_some();
                }
                self.letters += 1;
                if self.letters <= LIMITS.word_length {
                    self.word.push(c);
                }
                self.before = Preceding {
                    any: Some(c),
                    unsegmented: [None; 2],
                    lone: self.follows_unsegmented && self.letters == 1,
                };
            }
            Class::Separator => {
                let word = self.letters > 0;
                if word && is_sign(c) {
                    self.signed.clone_from(&self.word);
                    self.signed.push(c);
                    self.signs = 1;
                } else if self.signs > 0 && is_sign(c) {
                    self.signed.push(c);
                    self.signs += 1;
                } else {
                    self.end_signs(sink);
                }
                self.end_word(sink);
                self.dot = !word && c == '.';
                if word && joins(c) {
                    self.joined = true;
                } else {
                    self.end_chain(sink);
                }
                self.before = Preceding::default();
            }
        }
    }

    #[inline]
    fn unsegmented(&mut self, c: char, sink: &mut impl TokenSink) {
        if self.letters + self.parts + self.signs > 0 {
            self.end_word(sink);
            self.end_chain(sink);
            self.end_signs(sink);
        }
        self.dot = false;
        sink.unsegmented(c, self.before);
        self.before =
            Preceding { any: Some(c), unsegmented: [self.before.unsegmented[1], Some(c)], lone: false };
    }

    /// Takes the Han characters that follow two others, up to the first other character.
    fn han_run(&mut self, chars: &mut std::str::Chars<'_>, sink: &mut impl TokenSink) {
        let [Some(mut a), Some(mut b)] = self.before.unsegmented else { return };
        if u32::from(a) | u32::from(b) > 0xFFFF {
            return;
        }
        let mut rest = chars.clone();
        while let Some(c) = rest.next().filter(|c| is_han(*c)) {
            let c = fold_han(c);
            sink.third(a, b, c);
            (a, b) = (b, c);
            *chars = rest.clone();
        }
        self.before = Preceding { any: Some(b), unsegmented: [Some(a), Some(b)], lone: false };
    }

    fn end_word(&mut self, sink: &mut impl TokenSink) {
        if self.letters == 0 {
            return;
        }
        if !self.joined {
            self.end_chain(sink);
        }
        self.joined = false;
        self.parts += 1;
        if self.parts <= LIMITS.joined_words {
            self.chain.push_str(&self.word);
        }
        if let Some(number) = version_number(&self.word) {
            sink.word(number);
        }
        sink.word(&self.word);
        if std::mem::take(&mut self.dot) {
            self.word.insert(0, '.');
            sink.word(&self.word);
        }
        self.word.clear();
        self.letters = 0;
    }

    /// Ends the signs behind a word.
    fn end_signs(&mut self, sink: &mut impl TokenSink) {
        if (1..=MAX_SIGNS).contains(&self.signs) {
            sink.word(&self.signed);
        }
        self.signs = 0;
    }

    fn end_chain(&mut self, sink: &mut impl TokenSink) {
        if self.parts == 0 {
            return;
        }
        let lettered = self.chain.chars().any(|c| !c.is_ascii_digit());
        if lettered && (2..=LIMITS.joined_words).contains(&self.parts) {
            let end =
                self.chain.char_indices().nth(LIMITS.word_length).map_or(self.chain.len(), |(end, _)| end);
            sink.word(self.chain.get(..end).unwrap_or_default());
        }
        self.chain.clear();
        self.parts = 0;
        self.joined = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let show = |token: Token| match token {
            Token::Unigram(c) => c.to_string(),
            Token::Bigram(a, b) => format!("{a}{b}"),
            Token::Trigram(a, b, c) => format!("{a}{b}{c}"),
            Token::Word(word) => format!("<{word}>"),
        };
        tokens(text).into_iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn texts_are_tokenized() {
        assert_eq!(shown("運營部，甲"), "运 营 运营 部 营部 运营部 甲");
        assert_eq!(shown("ＳＬＡ Café"), "<sla> <cafe>");
        assert_eq!(shown("Straße ŁÓDŹ Ærø ẞ"), "<strasse> <lodz> <aero> <ss>");
        assert_eq!(shown("OPS-001 v1.2。1.2"), "<ops> <001> <ops001> <1> <v1> <2> <v12> <1> <2>");
        assert_eq!(shown("C++, C# a+b .NET"), "<c> <c++> <c> <c#> <a> <b> <ab> <net> <.net>");
        assert_eq!(shown("A+++ 的.a1x中"), "<a> 的 <a1x> <.a1x> 中 x中");
        assert_eq!(shown("end. Next .5 va1"), "<end> <next> <5> <va1>");
        assert_eq!(shown("第3条"), "第 第3 <3> 条 3条");
        assert_eq!(shown("a- b"), "<a> <b>");
        assert_eq!(shown("カが한국"), "カ が カが 한 が한 カが한 국 한국 が한국");
        assert_eq!(shown("𠮷野家"), "𠮷 野 𠮷野 家 野家 𠮷野家");
        assert_eq!(shown("葛\u{E0100}城"), "葛 城 葛城");
    }
}
