//! Words of front matter, compared however they are written.
//!
//! Keys and values that decide who sees a chapter must be known in every spelling:
//! with other case, full-width letters, letters of another script that look the same,
//! traditional characters, or characters that nobody sees.

use super::head::is_unseen;
use crate::text::fold_han;
use unicode_normalization::UnicodeNormalization;

/// A word in the form in which it is compared.
pub(super) fn fold_key(key: &str) -> String {
    key.nfkc().filter(|c| !is_unseen(*c)).flat_map(char::to_lowercase).map(|c| latin(fold_han(c))).collect()
}

/// The same without anything but letters and digits: `is-draft` is `isdraft`.
pub(super) fn letters(key: &str) -> String {
    fold_key(key).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The Latin letter that a Cyrillic or Greek one looks like, as far as they stand in words
/// for readers (Unicode Technical Standard 39).
const fn latin(c: char) -> char {
    match c {
        'а' | 'α' => 'a',
        'с' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'і' | 'ι' => 'i',
        'ո' | 'п' => 'n',
        'υ' | 'ս' => 'u',
        'ѕ' => 's',
        c => c,
    }
}

/// The words of a key or value, in lower case: `accessLevel` and `access_level` have two.
pub(super) fn words(key: &str) -> impl Iterator<Item = String> {
    let mut parted = String::with_capacity(key.len() + 4);
    let mut last = ' ';
    for c in key.nfkc().filter(|c| *c == ' ' || !is_unseen(*c)) {
        if c.is_uppercase() && last.is_lowercase() {
            parted.push(' ');
        }
        parted.push(if c.is_alphanumeric() { c } else { ' ' });
        last = c;
    }
    let words: Vec<String> = parted.split(' ').filter(|word| !word.is_empty()).map(fold_key).collect();
    words.into_iter()
}
