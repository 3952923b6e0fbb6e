//! Keys under which Chinese titles and headings are found by their pronunciation.
//!
//! 淘宝运营 gives `~taobao`, `~baoyun`, `~yunying` and `~ying` (each syllable with the next
//! one) and `~tbyy`, `~byy`, `~yy` (initials, four at most). The keys are indexed like
//! words, so the prefix of a key finds them too. A character with several readings gives keys
//! for each that `pinyin_readings` allows. In keys ü is u. Longer input is looked up as several keys.
//! The mark in front keeps keys and words apart.

use super::limits::LIMITS;
use super::pinyin_readings::{plain, syllables_of};
use super::token::{Class, class};
use pinyin::ToPinyin;
use std::collections::BTreeSet;
use std::ops::Range;

/// What every key begins with.
const MARK: char = '~';

/// The key with these letters.
pub(super) fn marked(letters: &str) -> String {
    format!("{MARK}{letters}")
}

/// Letters as keys have them: v, typed for ü, is u.
pub(super) fn typed(letters: &str) -> String {
    letters.replace('v', "u")
}

/// The keys of a folded text.
pub(super) fn keys(folded: &str, emit: &mut impl FnMut(&str)) {
    let mut run: Vec<char> = Vec::new();
    for c in folded.chars() {
        if class(c) == Class::Unsegmented && c.to_pinyin().is_some() {
            run.push(c);
        } else {
            emit_run(&run, emit);
            run.clear();
        }
    }
    emit_run(&run, emit);
}

fn emit_run(run: &[char], emit: &mut impl FnMut(&str)) {
    let syllables = syllables_of(run);
    let mut key = String::with_capacity(2 * LIMITS.pinyin_syllable + 1);
    for (index, first) in syllables.iter().enumerate() {
        let next = syllables.get(index + 1).map_or(&[""][..], Vec::as_slice);
        for (syllable, next) in first.iter().flat_map(|first| next.iter().map(move |next| (first, next))) {
            key.clear();
            key.push(MARK);
            key.push_str(syllable);
            key.push_str(next);
            emit(&key);
        }
        let window = syllables.iter().skip(index).take(LIMITS.pinyin_initials);
        initials(window).into_iter().filter(|key| key.len() > 2).for_each(|key| emit(&key));
    }
}

/// The keys of the initials of some characters, for each way of reading them.
fn initials<'a>(window: impl Iterator<Item = &'a Vec<&'static str>>) -> BTreeSet<String> {
    window.fold(BTreeSet::from([MARK.to_string()]), |keys, readings| {
        let letters: BTreeSet<char> = readings.iter().filter_map(|reading| reading.chars().next()).collect();
        keys.iter().flat_map(|key| letters.iter().map(move |letter| format!("{key}{letter}"))).collect()
    })
}

/// All syllables by which characters of the basic Han block are pronounced.
pub(super) fn syllables() -> BTreeSet<&'static str> {
    ('\u{4E00}'..='\u{9FFF}').filter_map(|c| c.to_pinyin()).map(|syllable| plain(syllable.plain())).collect()
}

/// Ways to read letters as syllables, of which the last may be incomplete: four at most, each
/// as the byte ranges of its syllables.
pub(super) fn readings(word: &str, syllables: &BTreeSet<&str>) -> Vec<Vec<Range<usize>>> {
    let mut readings = Vec::new();
    read(word, 0, &mut Vec::new(), syllables, &mut readings);
    readings
}

fn read(
    word: &str,
    start: usize,
    before: &mut Vec<Range<usize>>,
    syllables: &BTreeSet<&str>,
    readings: &mut Vec<Vec<Range<usize>>>,
) {
    if readings.len() >= LIMITS.pinyin_readings {
        return;
    }
    if start == word.len() {
        readings.push(before.clone());
        return;
    }
    for end in (start + 1..=word.len().min(start + LIMITS.pinyin_syllable)).rev() {
        let Some(part) = word.get(start..end) else { continue };
        let is_prefix = || syllables.range(part..).next().is_some_and(|next| next.starts_with(part));
        if syllables.contains(part) || (end == word.len() && is_prefix()) {
            before.push(start..end);
            read(word, end, before, syllables, readings);
            before.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_have_keys() {
        let mut titled = Vec::new();
        keys("淘宝 运营a部", &mut |key| titled.push(key.to_owned()));
        assert_eq!(titled, ["~taobao", "~tb", "~bao", "~yunying", "~yy", "~ying", "~bu"]);
        titled.clear();
        keys("差别", &mut |key| titled.push(key.to_owned()));
        assert_eq!(titled, ["~chabie", "~chaibie", "~cb", "~bie"]);
        titled.clear();
        keys("重庆", &mut |key| titled.push(key.to_owned()));
        assert_eq!(titled, ["~chongqing", "~cq", "~qing"]);
        assert!(syllables().len() > 380);
        let known = syllables();
        let read = readings("taobaoyuny", &known);
        assert_eq!(read.first().map(Vec::as_slice), Some(&[0..3, 3..6, 6..9, 9..10][..]));
        assert!(readings("tbyy", &known).is_empty());
    }
}
