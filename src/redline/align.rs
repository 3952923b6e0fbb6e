//! Which section or clause of a text is which of another.
//!
//! Those that say the same are paired first, whatever their numbers; the longest run of
//! them that keeps its order stays in place, and the others have moved. What is left is
//! paired by likeness: the pairs of characters that both hold, found through an index of
//! the rarer ones, so that a law of a thousand new clauses does not cost a million
//! comparisons. A number alone pairs what is at least a little alike.

use super::Unit;
use std::collections::{BTreeMap, HashMap};

/// A unit before and the one that it became; one of them may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) from: Option<usize>,
    pub(super) to: Option<usize>,
    /// Whether it left its place among the others.
    pub(super) moved: bool,
}

/// How alike two units must be, of a thousand, to be one that was changed.
const ALIKE: usize = 450;
/// The same where they have one number, and where nothing else is left between two that
/// are paired.
const ALIKE_NUMBERED: usize = 200;
/// In how many units a pair of characters may stand to be looked up.
const RARE: usize = 40;

/// All units of both texts, in the order of the text after.
pub(super) fn pairs(before: &[Unit], after: &[Unit]) -> Vec<Pair> {
    let mut partner: Vec<Option<usize>> = vec![None; after.len()];
    pair_equal(before, after, &mut partner);
    pair_alike(before, after, &mut partner);
    in_order(before.len(), &partner)
}

/// Pairs units that say the same. Among several of one text the first of the one goes with
/// the first of the other, those of one number first.
fn pair_equal(before: &[Unit], after: &[Unit], partner: &mut [Option<usize>]) {
    let mut known: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, unit) in before.iter().enumerate().rev() {
        known.entry(unit.says()).or_default().push(at);
    }
    for same_label in [true, false] {
        for (at, unit) in
            after.iter().enumerate().filter(|(at, _)| partner[*at].is_none()).collect::<Vec<_>>()
        {
            let Some(places) = known.get_mut(&unit.says()) else { continue };
            let found = places.iter().rposition(|place| !same_label || before[*place].label == unit.label);
            if let Some(found) = found {
                partner[at] = Some(places.remove(found));
            }
        }
    }
}

/// Pairs what is left by likeness, the most alike first.
fn pair_alike(before: &[Unit], after: &[Unit], partner: &mut [Option<usize>]) {
    let taken: std::collections::HashSet<usize> = partner.iter().flatten().copied().collect();
    let old: Vec<(usize, Grams)> =
        (0..before.len()).filter(|at| !taken.contains(at)).map(|at| (at, Grams::of(&before[at]))).collect();
    let new: Vec<(usize, Grams)> =
        (0..after.len()).filter(|at| partner[*at].is_none()).map(|at| (at, Grams::of(&after[at]))).collect();
    let mut index: HashMap<[char; 2], Vec<usize>> = HashMap::new();
    let mut labels: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, (at, grams)) in old.iter().enumerate() {
        for gram in grams.counts.keys() {
            index.entry(*gram).or_default().push(place);
        }
        labels.entry(super::number(&before[*at])).or_default().push(place);
    }
    let mut scored: Vec<(usize, usize, usize)> = Vec::new();
    for (to, grams) in &new {
        let mut near: BTreeMap<usize, usize> = BTreeMap::new();
        let rare =
            grams.counts.keys().filter_map(|gram| index.get(gram)).filter(|places| places.len() <= RARE);
        rare.flatten().for_each(|place| *near.entry(*place).or_default() += 1);
        let number = super::number(&after[*to]);
        let numbered = labels.get(number).filter(|_| !number.is_empty()).into_iter().flatten().take(RARE);
        let mut candidates: Vec<(usize, usize)> = near.into_iter().collect();
        candidates.sort_by_key(|(place, shared)| (std::cmp::Reverse(*shared), *place));
        let best = candidates.iter().take(RARE).map(|(place, _)| place);
        for place in best.chain(numbered) {
            let (from, other) = &old[*place];
            let same = !number.is_empty() && super::number(&before[*from]) == number;
            let alike = grams.likeness(other);
            if alike >= if same { ALIKE_NUMBERED } else { ALIKE } {
                // Of two that are equally alike that of the same number is meant.
                scored.push((alike + usize::from(same) * 50, *from, *to));
            }
        }
    }
    scored.sort_by_key(|(alike, from, to)| (std::cmp::Reverse(*alike), *to, *from));
    let mut used = std::collections::HashSet::new();
    for (_, from, to) in scored {
        if partner[to].is_none() && used.insert(from) {
            partner[to] = Some(from);
        }
    }
}

/// The pairs of characters of a text, and how often each stands there.
struct Grams {
    counts: BTreeMap<[char; 2], usize>,
    total: usize,
}

impl Grams {
    fn of(unit: &Unit) -> Self {
        let says: Vec<char> = unit.says().chars().collect();
        let mut counts: BTreeMap<[char; 2], usize> = BTreeMap::new();
        for pair in says.windows(2) {
            *counts.entry([pair[0], pair[1]]).or_default() += 1;
        }
        Self { total: counts.values().sum(), counts }
    }

    /// How much of both is in both, of a thousand (Dice's coefficient).
    fn likeness(&self, other: &Self) -> usize {
        let shared: usize = self
            .counts
            .iter()
            .map(|(gram, count)| other.counts.get(gram).map_or(0, |more| *count.min(more)))
            .sum();
        (2_000 * shared).checked_div(self.total + other.total).unwrap_or(0)
    }
}

/// All pairs in the order of the text after; what is gone stands behind the unit that it
/// stood behind.
fn in_order(count: usize, partner: &[Option<usize>]) -> Vec<Pair> {
    let stays = longest_rising(partner);
    let mut became: Vec<Option<usize>> = vec![None; count];
    for (to, from) in partner.iter().enumerate() {
        if let Some(from) = from {
            became[*from] = Some(to);
        }
    }
    // What is gone, by the unit in place that it follows.
    let mut gone: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut last = None;
    for (from, to) in became.iter().enumerate() {
        match to {
            Some(to) if stays[*to] => last = Some(*to),
            Some(_) => {}
            None => gone.entry(last).or_default().push(from),
        }
    }
    let deleted = |from: usize| Pair { from: Some(from), to: None, moved: false };
    let mut pairs: Vec<Pair> = gone.remove(&None).unwrap_or_default().into_iter().map(deleted).collect();
    for (to, from) in partner.iter().enumerate() {
        pairs.push(Pair { from: *from, to: Some(to), moved: from.is_some() && !stays[to] });
        pairs.extend(gone.remove(&Some(to)).unwrap_or_default().into_iter().map(deleted));
    }
    pairs
}

/// Which of the paired units keep their order: the longest rising sequence.
fn longest_rising(partner: &[Option<usize>]) -> Vec<bool> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; partner.len()];
    for (at, from) in partner.iter().enumerate() {
        let Some(from) = from else { continue };
        let place = ends.partition_point(|end| partner[*end].is_some_and(|other| other < *from));
        before[at] = place.checked_sub(1).map(|place| ends[place]);
        if place == ends.len() {
            ends.push(at);
        } else {
            ends[place] = at;
        }
    }
    let mut stays = vec![false; partner.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        stays[at] = true;
        next = before[at];
    }
    stays
}
