//! Which section or clause of a text is which of another.
//!
//! Those that say the same are paired first, whatever their numbers; the longest run of
//! them that keeps its order stays in place, and the others have moved. What is left is
//! paired by likeness: the pairs of characters that both hold, found through an index of
//! the rarer ones, so that a law of a thousand new clauses does not cost a million
//! comparisons. A number, or the same neighbours, pair what is at least a little alike.

use super::Unit;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

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
/// The same where they have one number, and where both stand between two that are paired.
const ALIKE_IN_PLACE: usize = 200;
/// What makes no difference between two likenesses.
const ABOUT: usize = 40;
/// Pairs of characters that a unit must have to be found within another one: of a short one
/// all may stand anywhere.
const ENOUGH: usize = 12;
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
    let mut known: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, unit) in before.iter().enumerate().rev() {
        known.entry(&unit.said).or_default().push(at);
    }
    for same_label in [true, false] {
        for (at, unit) in
            after.iter().enumerate().filter(|(at, _)| partner[*at].is_none()).collect::<Vec<_>>()
        {
            let Some(places) = known.get_mut(unit.said.as_str()) else { continue };
            let found = places.iter().rposition(|place| !same_label || before[*place].label == unit.label);
            if let Some(found) = found {
                partner[at] = Some(places.remove(found));
            }
        }
    }
}

/// Two units that are somewhat alike.
struct Candidate {
    alike: usize,
    from: usize,
    to: usize,
    same_number: bool,
}

/// Pairs what is left by likeness, the most alike first; then what is less alike, but stands
/// between the same neighbours.
fn pair_alike(before: &[Unit], after: &[Unit], partner: &mut [Option<usize>]) {
    let mut used: HashSet<usize> = partner.iter().flatten().copied().collect();
    let candidates = candidates(before, after, partner, &used);
    let sure = |candidate: &&Candidate| {
        candidate.alike >= if candidate.same_number { ALIKE_IN_PLACE } else { ALIKE }
    };
    for Candidate { from, to, .. } in candidates.iter().filter(sure) {
        if partner[*to].is_none() && used.insert(*from) {
            partner[*to] = Some(*from);
        }
    }
    let between = gaps(before.len(), partner);
    for Candidate { from, to, .. } in &candidates {
        if partner[*to].is_none() && between[*to].contains(from) && used.insert(*from) {
            partner[*to] = Some(*from);
        }
    }
    pair_alone(before, after, partner, &mut used);
}

/// Pairs a unit with the only one that is left between its neighbours, if both are called
/// the same: all of its words were replaced.
fn pair_alone(before: &[Unit], after: &[Unit], partner: &mut [Option<usize>], used: &mut HashSet<usize>) {
    let left: Vec<usize> = (0..before.len()).filter(|at| !used.contains(at)).collect();
    for (to, gap) in gaps(before.len(), partner).into_iter().enumerate() {
        let inside = left.partition_point(|at| *at < gap.start)..left.partition_point(|at| *at < gap.end);
        if let (None, [from]) = (partner[to], &left[inside])
            && !after[to].label.is_empty()
            && before[*from].label == after[to].label
            && used.insert(*from)
        {
            partner[to] = Some(*from);
        }
    }
}

/// What is alike among the units that have no partner yet, the most alike first.
fn candidates(
    before: &[Unit],
    after: &[Unit],
    partner: &[Option<usize>],
    used: &HashSet<usize>,
) -> Vec<Candidate> {
    let old: Vec<(usize, Grams)> =
        (0..before.len()).filter(|at| !used.contains(at)).map(|at| (at, Grams::of(&before[at]))).collect();
    let new = (0..after.len()).filter(|at| partner[*at].is_none()).map(|at| (at, Grams::of(&after[at])));
    let mut index: HashMap<[char; 2], Vec<usize>> = HashMap::new();
    let mut labels: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, (at, grams)) in old.iter().enumerate() {
        for gram in grams.counts.keys() {
            index.entry(*gram).or_default().push(place);
        }
        labels.entry(before[*at].number()).or_default().push(place);
    }
    let mut found = Vec::new();
    for (to, grams) in new {
        let mut near: BTreeMap<usize, usize> = BTreeMap::new();
        let rare =
            grams.counts.keys().filter_map(|gram| index.get(gram)).filter(|places| places.len() <= RARE);
        rare.flatten().for_each(|place| *near.entry(*place).or_default() += 1);
        let number = after[to].number();
        let numbered = labels.get(number).filter(|_| !number.is_empty()).into_iter().flatten().take(RARE);
        let mut nearest: Vec<(usize, usize)> = near.into_iter().collect();
        nearest.sort_by_key(|(place, shared)| (Reverse(*shared), *place));
        let places: BTreeSet<usize> =
            nearest.iter().take(RARE).map(|(place, _)| place).chain(numbered).copied().collect();
        for (from, other) in places.into_iter().map(|place| &old[place]) {
            let same_number = !number.is_empty() && before[*from].number() == number;
            // Of two that are equally alike that of the same number is meant.
            let alike = grams.likeness(other) + if same_number { 50 } else { 0 };
            if alike >= ALIKE_IN_PLACE {
                found.push(Candidate { alike, from: *from, to, same_number });
            }
        }
    }
    // Of two that were made one, and are about as much of it, the first became it.
    found.sort_by_key(|candidate| (Reverse(candidate.alike / ABOUT), candidate.to, candidate.from));
    found
}

/// Of each unit after, which units before stand between its neighbours that kept their place.
fn gaps(count: usize, partner: &[Option<usize>]) -> Vec<Range<usize>> {
    let stays = longest_rising(partner);
    let mut gaps: Vec<Range<usize>> = vec![0..count; partner.len()];
    let mut begins = 0;
    for (at, from) in partner.iter().enumerate() {
        gaps[at].start = begins;
        if let Some(from) = from.filter(|_| stays[at]) {
            begins = from + 1;
        }
    }
    let mut ends = count;
    for (at, from) in partner.iter().enumerate().rev() {
        gaps[at].end = ends;
        if let Some(from) = from.filter(|_| stays[at]) {
            ends = from;
        }
    }
    gaps
}

/// The pairs of characters of a text, and how often each stands there.
struct Grams {
    counts: BTreeMap<[char; 2], usize>,
    total: usize,
}

impl Grams {
    fn of(unit: &Unit) -> Self {
        // Two texts are alike by their words, not by where their links lead.
        let said: Vec<char> = super::target::without(&unit.said).chars().collect();
        let mut counts: BTreeMap<[char; 2], usize> = BTreeMap::new();
        for pair in said.windows(2) {
            *counts.entry([pair[0], pair[1]]).or_default() += 1;
        }
        Self { total: counts.values().sum(), counts }
    }

    /// How much of both is in both, of a thousand (Dice's coefficient); of one that stands
    /// within a longer one, as where two are made one, half of how much of it does.
    fn likeness(&self, other: &Self) -> usize {
        let shared: usize = self
            .counts
            .iter()
            .map(|(gram, count)| other.counts.get(gram).map_or(0, |more| *count.min(more)))
            .sum();
        let shorter = self.total.min(other.total);
        let within = if shorter < ENOUGH { 0 } else { 500 * shared / shorter };
        (2_000 * shared).checked_div(self.total + other.total).unwrap_or(0).max(within)
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
