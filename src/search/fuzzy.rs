//! What Latin letters may mean that are no word of the texts: prefixes of words, pinyin,
//! and words with one typing error.

use super::field_postings::{FieldPostings, TitleEnds};
use super::ids::ListId;
use super::limits::LIMITS;
use super::matching::{ClauseMatches, Level, Matcher};
use super::phrase::Term;
use super::pinyin;
use super::query::QueryClause;
use std::collections::BTreeSet;

impl Matcher<'_> {
    /// Adds matches by pinyin, and by words that are one typing error away.
    pub(super) fn fuzzy(&self, matches: &mut ClauseMatches, clause: &QueryClause) {
        let [run] = clause.runs.as_slice() else { return };
        let word = run.text();
        if clause.exact || word.len() < 2 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return;
        }
        if word.len() > 3 || matches.chapters.is_empty() {
            self.add_matches(matches, clause, self.pinyin(&word), self.weights.pinyin, Level::Loose);
        }
        if word.len() >= LIMITS.typo_letters && matches.chapters.is_empty() {
            let similar = self.similar_words(&word);
            if !similar.is_empty() {
                let mut postings = FieldPostings::default();
                similar.iter().for_each(|other| postings.union(self.word(other)));
                self.add_matches(matches, clause, postings, self.weights.typo, Level::Loose);
                matches.terms =
                    similar.iter().map(|text| Term { text: text.clone(), prefix: false }).collect();
                matches.corrected = similar;
            }
        }
    }

    /// Words that begin with a prefix, in order.
    fn words_from<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = (ListId, &'s str)> {
        let words = &self.index.postings.words;
        let from = words.keys.partition_point(|word| &**word < prefix);
        let all = words.keys.iter().enumerate().skip(from).map(|(index, word)| (ListId(index), &**word));
        all.take_while(move |(_, word)| word.starts_with(prefix))
    }

    /// The postings of all longer words that begin with this one.
    pub(super) fn prefix(&self, word: &str) -> FieldPostings {
        let mut postings = FieldPostings::default();
        if word.chars().count() >= LIMITS.prefix_letters {
            let longer = self.words_from(word).filter(|(_, other)| *other != word);
            for (list, _) in longer.take(LIMITS.prefix_words) {
                postings.union(self.postings(self.index.postings.words.list(list)));
            }
        }
        postings
    }

    /// Titles and headings by pinyin: by the prefix of a key, else by initials or syllables
    /// put together.
    fn pinyin(&self, word: &str) -> FieldPostings {
        let word = pinyin::typed(word);
        let word = word.as_str();
        let whole = self.pinyin_prefix(word);
        if !whole.is_empty() {
            return whole;
        }
        let length = LIMITS.pinyin_initials;
        let windows = (word.len() + 1).saturating_sub(length);
        let initials: Vec<&str> = (0..windows).filter_map(|start| word.get(start..start + length)).collect();
        if word.len() > length
            && let Some(postings) = self.pinyin_keys(&initials)
        {
            return postings;
        }
        let syllables = pinyin::syllables();
        for reading in pinyin::readings(word, &syllables) {
            let keys: Vec<&str> =
                reading.windows(2).filter_map(|two| word.get(two[0].start..two[1].end)).collect();
            if keys.len() > 1
                && let Some(postings) = self.pinyin_keys(&keys)
            {
                return postings;
            }
        }
        FieldPostings::default()
    }

    /// The postings of all pinyin keys that begin with some letters.
    fn pinyin_prefix(&self, letters: &str) -> FieldPostings {
        let mut postings = FieldPostings::default();
        for (list, _) in self.words_from(&pinyin::marked(letters)) {
            postings.union(self.postings(self.index.postings.words.list(list)));
        }
        postings
    }

    /// Where all of these pinyin keys occur, the last one as a prefix.
    fn pinyin_keys(&self, keys: &[&str]) -> Option<FieldPostings> {
        let (last, firsts) = keys.split_last()?;
        let mut postings = self.pinyin_prefix(last);
        for key in firsts {
            postings = self.word(&pinyin::marked(key)).intersect(&postings);
        }
        postings.text.clear();
        postings.title.values_mut().for_each(|ends| *ends = TitleEnds::default());
        (!postings.is_empty()).then_some(postings)
    }

    /// Words of the texts that are one typing error away.
    fn similar_words(&self, word: &str) -> Vec<String> {
        let Some((head, _)) = word.char_indices().nth(2).map(|(third, _)| word.split_at(third)) else {
            return Vec::new();
        };
        // An error in the first two letters changes the prefix by which words are listed.
        let swapped: String =
            word.chars().skip(1).take(1).chain(word.chars().take(1)).chain(word.chars().skip(2)).collect();
        let skipped: String = word.chars().take(1).chain(word.chars().skip(2).take(1)).collect();
        let mut candidates: BTreeSet<String> = BTreeSet::new();
        for prefix in [head, &skipped] {
            candidates.extend(self.words_from(prefix).map(|(_, other)| other.to_owned()));
        }
        let without_first: String = word.chars().skip(1).collect();
        candidates.extend([swapped, without_first].into_iter().filter(|other| !self.word(other).is_empty()));
        candidates.into_iter().filter(|other| one_error(word, other)).collect()
    }
}

/// Whether two words differ by one letter that is added, missing, replaced or swapped with
/// its neighbour.
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
