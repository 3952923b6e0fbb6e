//! Keys under which Chinese titles and headings are found by their pronunciation.
//!
//! Of 淘宝运营 come `~taobao`, `~baoyun`, `~yunying` and `~ying` (each syllable with
//! its neighbour) and `~tbyy`, `~byy`, `~yy` (initials, at most four). They stand
//! among the words, so that the beginning of a key finds them too; longer input
//! is put together from several. The mark in front keeps them apart from words.

use super::token::{Class, class};
use pinyin::ToPinyin;
use std::collections::BTreeSet;
use std::ops::Range;

/// What stands before every key.
pub(super) const MARK: char = '~';
/// Initials in a key at most.
const INITIALS: usize = 4;

/// Letters of a syllable at most, and ways of reading that are tried.
const LONGEST: usize = 6;
const READINGS: usize = 4;

/// The keys of a folded text.
pub(super) fn keys(folded: &str, give: &mut impl FnMut(&str)) {
    let mut run: Vec<&'static str> = Vec::new();
    for c in folded.chars() {
        if let Some(syllable) = c.to_pinyin().filter(|_| class(c) == Class::Unsegmented) {
            run.push(syllable.plain());
        } else {
            give_run(&run, give);
            run.clear();
        }
    }
    give_run(&run, give);
}

fn give_run(run: &[&'static str], give: &mut impl FnMut(&str)) {
    let mut key = String::with_capacity(2 * LONGEST + 1);
    for (at, syllable) in run.iter().enumerate() {
        key.clear();
        key.push(MARK);
        key.push_str(syllable);
        key.push_str(run.get(at + 1).unwrap_or(&""));
        give(&key);
        key.truncate(1);
        key.extend(run.iter().skip(at).take(INITIALS).filter_map(|syllable| syllable.chars().next()));
        if key.len() > 2 {
            give(&key);
        }
    }
}

/// Every syllable that a character of the basic passage is read with.
pub(super) fn syllables() -> BTreeSet<&'static str> {
    ('\u{4E00}'..='\u{9FFF}').filter_map(|c| c.to_pinyin()).map(|syllable| syllable.plain()).collect()
}

/// Ways to read letters as syllables, the last of which may be a beginning; the
/// places of the syllables of at most four ways.
pub(super) fn readings(word: &str, syllables: &BTreeSet<&str>) -> Vec<Vec<Range<usize>>> {
    let mut found = Vec::new();
    read(word, 0, &mut Vec::new(), syllables, &mut found);
    found
}

fn read(
    word: &str,
    at: usize,
    before: &mut Vec<Range<usize>>,
    syllables: &BTreeSet<&str>,
    found: &mut Vec<Vec<Range<usize>>>,
) {
    if found.len() >= READINGS {
        return;
    }
    if at == word.len() {
        found.push(before.clone());
        return;
    }
    for end in (at + 1..=word.len().min(at + LONGEST)).rev() {
        let Some(part) = word.get(at..end) else { continue };
        let opens = || syllables.range(part..).next().is_some_and(|next| next.starts_with(part));
        if syllables.contains(part) || (end == word.len() && opens()) {
            before.push(at..end);
            read(word, end, before, syllables, found);
            before.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_have_keys() {
        let mut found = Vec::new();
        keys("淘宝 运营a部", &mut |key| found.push(key.to_owned()));
        assert_eq!(found, ["~taobao", "~tb", "~bao", "~yunying", "~yy", "~ying", "~bu"]);
        assert!(syllables().len() > 380);
        let known = syllables();
        let read = readings("taobaoyuny", &known);
        assert_eq!(read.first().map(Vec::as_slice), Some(&[0..3, 3..6, 6..9, 9..10][..]));
        assert!(readings("tbyy", &known).is_empty());
    }
}
