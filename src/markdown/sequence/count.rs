//! One count of numbers, compared as it goes.

use super::super::ClauseNumber;
use super::DisorderKind;
use std::collections::HashMap;

/// A clause or heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbered {
    pub(super) number: ClauseNumber,
    /// Where it begins in the file.
    pub(super) start: usize,
}

/// What is wrong with a number, by its place in the count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: DisorderKind,
    pub(super) at: usize,
    pub(super) other: usize,
}

/// How many numbers to each gap make an extract of a count that begins with 1, and of
/// one that does not.
const EXTRACT: (usize, usize) = (3, 6);

/// What is wrong with a count. Of a number that is out of its row only that one is
/// told, not all that follow it: where the next one goes on from before, it was a slip.
pub(super) fn faults(count: &[Numbered]) -> Vec<Fault> {
    let follows = |one: &Numbered, next: &Numbered| {
        let (one, next) = (one.number, next.number);
        next.number == one.number + 1 && next.sub == 0 || next.number == one.number && next.sub > one.sub
    };
    // As in nearly every text.
    if count.is_sorted_by(follows) {
        return Vec::new();
    }
    let mut first: HashMap<(u32, u32), usize> = HashMap::new();
    let (mut faults, mut last): (Vec<Fault>, Option<(u32, u32, usize)>) = (Vec::new(), None);
    for (at, one) in count.iter().enumerate() {
        let key = (one.number.number, one.number.sub);
        let Some((number, sub, before)) = last else {
            first.insert(key, at);
            last = Some((key.0, key.1, at));
            continue;
        };
        let next = count.get(at + 1).map(|next| next.number.number);
        let fault = match first.get(&key) {
            Some(other) => Some((DisorderKind::Twice, *other)),
            None if key < (number, sub) => Some((DisorderKind::Back, before)),
            None if key.0 > number + 1 => Some((DisorderKind::Gap(number + 1, key.0 - 1), before)),
            None => None,
        };
        first.entry(key).or_insert(at);
        faults.extend(fault.map(|(kind, other)| Fault { kind, at, other }));
        // 1, 2, 30, 4: the slip stands for 3. Otherwise the count goes on from here.
        let slip = fault.is_some() && key.0 != number && next == Some(number + 2) && next != Some(key.0 + 1);
        last = if slip { Some((number + 1, 0, at)) } else { Some((key.0, key.1, at)) };
    }
    without_extracts(count, faults, &first)
}

/// Without gaps that are filled later, and without those of an extract.
fn without_extracts(
    count: &[Numbered],
    mut faults: Vec<Fault>,
    first: &HashMap<(u32, u32), usize>,
) -> Vec<Fault> {
    let filled =
        |from: u32, to: u32| to - from < 100 && (from..=to).all(|number| first.contains_key(&(number, 0)));
    faults.retain(|fault| !matches!(fault.kind, DisorderKind::Gap(from, to) if filled(from, to)));
    let gaps = || faults.iter().filter(|fault| matches!(fault.kind, DisorderKind::Gap(..)));
    let whole = count.first().is_some_and(|first| first.number.number == 1);
    let least = if whole { EXTRACT.0 } else { EXTRACT.1 };
    let single = whole
        && gaps().count() == 1
        && gaps().all(|gap| matches!(gap.kind, DisorderKind::Gap(from, to) if from == to));
    if gaps().count() * least > count.len() && !single {
        faults.retain(|fault| fault.kind == DisorderKind::Twice);
    }
    faults
}
