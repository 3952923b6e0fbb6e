//! Latin letters that are no word of the texts as they stand: beginnings, pinyin,
//! and words with one typing error.

use super::field_postings::FieldPostings;
use super::matching::{ClauseMatches, Level, Matcher};
use super::pinyin;
use super::query::QueryClause;
use std::collections::BTreeSet;

/// Words with a common beginning that are taken.
const PREFIX_WORDS: usize = 400;
/// Letters of a beginning at least, and of a word whose typing error is forgiven.
const PREFIX_LETTERS: usize = 2;
const TYPO_LETTERS: usize = 5;

impl Matcher<'_> {
    /// Pinyin, and words one typing error away.
    pub(super) fn fuzzy(&self, found: &mut ClauseMatches, clause: &QueryClause) {
        let [run] = clause.runs.as_slice() else { return };
        let word = run.text();
        if clause.exact || word.len() < 2 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return;
        }
        if word.len() > 3 || found.hits.is_empty() {
            self.add_matches(found, clause, self.pinyin(&word), 0.5, Level::Loose);
        }
        if word.len() >= TYPO_LETTERS && found.hits.is_empty() {
            let near = self.fuzzy_words(&word);
            if !near.is_empty() {
                let mut list = FieldPostings::default();
                near.iter().for_each(|other| list.union(self.word(other)));
                self.add_matches(found, clause, list, 0.5, Level::Loose);
                found.terms = near.into_iter().map(|word| (word, false)).collect();
            }
        }
    }

    /// Words with a beginning, in order.
    fn words_from<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = (usize, &'s str)> {
        let words = &self.index.postings.words;
        let from = words.keys.partition_point(|word| &**word < prefix);
        let all = words.keys.iter().enumerate().skip(from).map(|(at, word)| (at, &**word));
        all.take_while(move |(_, word)| word.starts_with(prefix))
    }

    pub(super) fn prefix(&self, word: &str) -> FieldPostings {
        let mut list = FieldPostings::default();
        if word.chars().count() >= PREFIX_LETTERS {
            for (at, _) in self.words_from(word).filter(|(_, other)| *other != word).take(PREFIX_WORDS) {
                list.union(self.list(self.index.postings.words.ids(at)));
            }
        }
        list
    }

    /// Titles and headings by pinyin: a key's beginning, else initials or
    /// syllables put together.
    fn pinyin(&self, word: &str) -> FieldPostings {
        let marked = |key: &str| format!("{}{key}", pinyin::MARK);
        let union = |key: &str| {
            let mut list = FieldPostings::default();
            for (at, _) in self.words_from(&marked(key)) {
                list.union(self.list(self.index.postings.words.ids(at)));
            }
            list
        };
        let whole = union(word);
        if !whole.is_empty() {
            return whole;
        }
        let all = |keys: &[&str]| {
            let (last, firsts) = keys.split_last()?;
            let mut list = union(last);
            for key in firsts {
                list = self.word(&marked(key)).intersect(&list);
            }
            list.text.clear();
            list.title.values_mut().for_each(|ends| *ends = (false, false));
            (!list.is_empty()).then_some(list)
        };
        let windows = word.len().saturating_sub(3);
        let initials: Vec<&str> = (0..windows).filter_map(|at| word.get(at..at + 4)).collect();
        if word.len() > 4
            && let Some(list) = all(&initials)
        {
            return list;
        }
        let syllables = pinyin::syllables();
        for read in pinyin::readings(word, &syllables) {
            let keys: Vec<&str> =
                read.windows(2).filter_map(|two| word.get(two[0].start..two[1].end)).collect();
            if keys.len() > 1
                && let Some(list) = all(&keys)
            {
                return list;
            }
        }
        FieldPostings::default()
    }

    /// Words that are one typing error away.
    fn fuzzy_words(&self, word: &str) -> Vec<String> {
        let Some((head, _)) = word.char_indices().nth(2).map(|(at, _)| word.split_at(at)) else {
            return Vec::new();
        };
        let swapped: String =
            word.chars().skip(1).take(1).chain(word.chars().take(1)).chain(word.chars().skip(2)).collect();
        let skipped: String = word.chars().take(1).chain(word.chars().skip(2).take(1)).collect();
        let mut found: BTreeSet<String> = BTreeSet::new();
        for start in [head, &skipped] {
            found.extend(self.words_from(start).map(|(_, other)| other.to_owned()));
        }
        found.extend(
            [swapped, word.chars().skip(1).collect()]
                .into_iter()
                .filter(|other| !self.word(other).is_empty()),
        );
        found.into_iter().filter(|other| one_error(word, other)).collect()
    }
}

/// Whether two words differ by one letter more, less, other or swapped.
fn one_error(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (rest, other) = (&a[same..], &b[same..]);
    match (rest, other) {
        ([], [_]) | ([_], []) => true,
        ([x, y, rest @ ..], [z, w, other @ ..]) if x == w && y == z && rest == other => true,
        ([_, rest @ ..], [_, other @ ..]) if rest == other => true,
        ([_, rest @ ..], other) if rest == other => true,
        (rest, [_, other @ ..]) => rest == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_error_is_one() {
        for (a, b) in
            [("manager", "manger"), ("manger", "manager"), ("amnager", "manager"), ("menager", "manager")]
        {
            assert!(one_error(a, b), "{a} {b}");
        }
        for (a, b) in [("manager", "manager"), ("manager", "mangre"), ("abc", "abcde")] {
            assert!(!one_error(a, b), "{a} {b}");
        }
    }
}
