//! Names that resemble a mistyped one.
//!
//! [`nearest`] compares with every name of a short list. Lists that grow with the book are
//! indexed by two and three letters in a row ([`NearNames`]), so that a mistake costs the same
//! however many chapters there are: names are compared only if they share rare ones with it.

use crate::text::is_cjk;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Characters of a name that is compared with others; longer ones are no
/// mistyped names, and comparing takes the product of both lengths.
const MAX_NAME: usize = 100;

/// Names of an index that are compared without looking for letters that they share.
const FEW: usize = 16;

/// Entries of an index that a look-up reads, and names that it then compares. Names of which
/// more share letters are alike in all but one or two, such as `rule-0001`.
const MAX_ENTRIES: usize = 256;
const MAX_COMPARED: usize = 16;

/// The name nearest to `name`, if one is near enough to be worth proposing.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.trim().to_lowercase();
    let length = wanted.chars().count();
    if length > MAX_NAME {
        return None;
    }
    let letters = Letters::of(&wanted);
    let near = |candidate: &'a str| {
        let other = candidate.chars().count();
        let allowed = (length.max(other) / 3).max(1);
        // The distance is never less than the difference of the lengths.
        if length.abs_diff(other) > allowed {
            return None;
        }
        let candidate_folded = candidate.to_lowercase();
        // Nor less than the number of letters that the other does not have.
        if letters.differing(&Letters::of(&candidate_folded)) > allowed {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&wanted, &candidate_folded);
        (distance <= allowed && distance < length.max(2)).then_some((distance, candidate))
    };
    let known: Vec<&str> = known.into_iter().collect();
    let nearest =
        known.iter().filter_map(|name| near(name)).min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)));
    let mut longer = known.iter().filter(|candidate| is_short_for(&wanted, candidate));
    nearest
        .map(|(_, candidate)| candidate)
        .or_else(|| longer.next().copied().filter(|_| longer.next().is_none()))
}

/// Whether a Chinese name is short for another, as 人力部 is for 人力资源部.
fn is_short_for(short: &str, name: &str) -> bool {
    let mut rest = name.chars();
    short.chars().nth(1).is_some()
        && short.chars().all(is_cjk)
        && short.chars().next() == name.chars().next()
        && short.chars().all(|c| rest.any(|other| other == c))
}

/// Two or three letters in a row; of two the third is a blank.
type Gram = [char; 3];

/// Names of a list that grows with the book.
#[derive(Debug, Default)]
pub struct NearNames {
    names: Vec<Box<str>>,
    /// The names that have each two or three letters in a row, by their places in the list.
    grams: HashMap<Gram, Vec<u32>>,
    /// How many entries were read and names compared so far.
    work: AtomicUsize,
}

impl Clone for NearNames {
    fn clone(&self) -> Self {
        Self::new(self.names.iter().map(|name| &**name))
    }
}

impl NearNames {
    /// Indexes names.
    #[must_use]
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: Vec<Box<str>> = names.into_iter().map(Box::from).collect();
        let mut grams: HashMap<Gram, Vec<u32>> = HashMap::new();
        for (at, name) in names.iter().enumerate().filter(|_| names.len() > FEW) {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            for gram in grams_of(name) {
                let having = grams.entry(gram).or_default();
                if having.last() != Some(&at) {
                    having.push(at);
                }
            }
        }
        Self { names, grams, work: AtomicUsize::new(0) }
    }

    /// The name nearest to `name`, if one is near enough to be worth proposing.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&str> {
        if self.names.len() <= FEW {
            self.work.fetch_add(self.names.len(), Ordering::Relaxed);
            return nearest(name, self.names.iter().map(|name| &**name));
        }
        let mut lists: Vec<&Vec<u32>> = grams_of(name).filter_map(|gram| self.grams.get(&gram)).collect();
        lists.sort_by_key(|list| list.len());
        let mut shared: Vec<u32> = Vec::new();
        for list in lists {
            if shared.len() + list.len() > MAX_ENTRIES {
                break;
            }
            shared.extend(list);
        }
        let read = shared.len();
        shared.sort_unstable();
        let runs = shared.chunk_by(|one, next| one == next);
        let mut candidates: Vec<(usize, u32)> = runs.map(|run| (run.len(), run[0])).collect();
        candidates.sort_unstable_by_key(|(count, at)| (std::cmp::Reverse(*count), *at));
        candidates.truncate(MAX_COMPARED);
        self.work.fetch_add(read + candidates.len(), Ordering::Relaxed);
        nearest(
            name,
            candidates.iter().filter_map(|(_, at)| self.names.get(*at as usize)).map(|name| &**name),
        )
    }

    /// How many entries of the index were read and names compared since it was made: what
    /// looking names up has cost, as a test counts it.
    #[must_use]
    pub fn work(&self) -> usize {
        self.work.load(Ordering::Relaxed)
    }
}

/// The letters in a row of a name as it is compared, with a blank at its ends. Only as much of
/// a long name counts as is ever compared.
fn grams_of(name: &str) -> impl Iterator<Item = Gram> {
    let letters = name.trim().chars().take(MAX_NAME + 1).flat_map(char::to_lowercase);
    let row: Vec<char> = std::iter::once(' ').chain(letters).chain([' ']).collect();
    let of_two = |at: usize| [row[at], row[at + 1], ' '];
    let of_three = |at: usize| [row[at], row[at + 1], row[at + 2]];
    let pairs = (0..row.len() - 1).map(of_two);
    pairs.chain((0..row.len().saturating_sub(2)).map(of_three)).collect::<Vec<_>>().into_iter()
}

/// How many of each letter a word has; letters that are alike in their last six bits are
/// counted as one.
struct Letters([u8; 64]);

impl Letters {
    fn of(word: &str) -> Self {
        let mut counts = [0_u8; 64];
        for c in word.chars() {
            let count = &mut counts[(u32::from(c) % 64) as usize];
            *count = count.saturating_add(1);
        }
        Self(counts)
    }

    /// How many letters of one the other lacks, whichever are more: each takes an edit.
    fn differing(&self, other: &Self) -> usize {
        let (mut here, mut there) = (0, 0);
        for (one, two) in self.0.iter().zip(other.0) {
            here += usize::from(one.saturating_sub(two));
            there += usize::from(two.saturating_sub(*one));
        }
        here.max(there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_a_distance_that_is_never_too_great() {
        let words =
            ["title", "titel", "topics", "运营经理", "运营经里", "经理", "", "aab", "aba", "请假制度2024"];
        for one in words {
            for two in words {
                let least = Letters::of(one).differing(&Letters::of(two));
                assert!(least <= strsim::damerau_levenshtein(one, two), "{one} {two}");
            }
        }
        assert_eq!(Letters::of("title").differing(&Letters::of("topics")), 4);
    }

    #[test]
    fn nearest_proposes_only_what_is_near() {
        assert_eq!(nearest("运营经里", ["运营总监", "运营经理", "客服"]), Some("运营经理"));
        assert_eq!(nearest("titel", ["title", "topics"]), Some("title"));
        assert_eq!(nearest("财务", ["客服", "美工"]), None);
        assert_eq!(nearest("人力部", ["财务部", "人力资源部"]), Some("人力资源部"));
        assert_eq!(nearest("运部", ["运维技术部", "运营管理部"]), None);
    }

    #[test]
    fn an_index_proposes_what_a_walk_would() {
        let kinds = ["管理制度", "操作流程", "技术标准", "实施细则", "handling", "guide"];
        let works = ["采购", "销售", "客服", "财务", "差旅报销", "travel-", "expense-"];
        let matters = ["审批", "考勤", "投诉处理", "合同", "印章", "claims-"];
        let names: Vec<String> = works
            .iter()
            .flat_map(|work| matters.iter().map(move |matter| format!("{work}{matter}")))
            .flat_map(|name| kinds.iter().map(move |kind| format!("{name}{kind}")))
            .collect();
        let index = NearNames::new(names.iter().map(String::as_str));
        for name in &names {
            let mut letters: Vec<char> = name.chars().collect();
            letters.swap(1, 2);
            let swapped: String = letters.iter().collect();
            letters.remove(2);
            let shorter: String = letters.iter().collect();
            for wrong in [swapped, shorter, format!("{name}s")] {
                let walked = nearest(&wrong, names.iter().map(String::as_str));
                let distance =
                    |found: Option<&str>| found.map(|found| strsim::damerau_levenshtein(&wrong, found));
                assert!(walked.is_some());
                assert_eq!(distance(index.nearest(&wrong)), distance(walked), "{wrong}");
            }
        }
        assert_eq!(index.nearest("something quite different"), None);
    }

    #[test]
    fn a_mistake_costs_the_same_however_many_names_there_are() {
        let work = |count: usize| {
            let names: Vec<String> = (0..count).map(|at| format!("制度{at:06}管理办法")).collect();
            let index = NearNames::new(names.iter().map(String::as_str));
            for at in 0..100 {
                let _ = index.nearest(&format!("制渡{:06}管理办法", at * 37 % count));
            }
            index.work() / 100
        };
        let most = MAX_ENTRIES + MAX_COMPARED;
        assert!(work(1_000) <= most && work(10_000) <= most && work(100_000) <= most);
    }
}
