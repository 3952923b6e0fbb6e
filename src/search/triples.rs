//! Which chapters truly hold three characters in a row.
//!
//! Where 内容 and 容运 stand in one block, 内容运 may still be nowhere. Of three
//! characters whose two pairs meet in more chapters than a search would open to
//! look, the index says in which of them they do stand in a row; it says so
//! relative to those chapters, which takes hardly one hundredth of the text. What
//! it does not mention stands in none. Fewer chapters are verified in their text.

use super::extract::Extract;
use super::postings::{Lists, Postings, Slots, spread};
use super::radix;
use rayon::prelude::*;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Chapters that a search may open to verify.
pub(super) const VERIFIED: usize = 10;

/// Three characters: a pair by its place among the keys, and the character behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Triple {
    pub(super) pair: u32,
    pub(super) last: u32,
    /// Whether `marked` are those that do not hold it.
    pub(super) without: bool,
    /// Places in the list of chapters where both pairs meet.
    pub(super) marked: Vec<u32>,
    /// How many chapters that list has.
    pub(super) meeting: u32,
}

/// A hasher for numbers that are well spread already but for their order.
#[derive(Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }
    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }
    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
    }
}

type Places = HashMap<u64, u32, BuildHasherDefault<Spread>>;

/// The triples that the index must tell, sorted.
pub(super) fn triples(chapters: &[(&Extract, &Extract)], postings: &Postings) -> Vec<Triple> {
    let Postings { slots, pairs, .. } = postings;
    let places: Places = pairs
        .keys
        .par_iter()
        .enumerate()
        .filter(|(at, _)| pairs.slots(*at).len() > VERIFIED && spread(slots, pairs.slots(*at)) > VERIFIED)
        .map(|(at, key)| (*key, u32::try_from(at).unwrap_or(u32::MAX)))
        .collect();
    let found = found(chapters, &places, pairs.keys.len());
    let commons = Commons::new(slots, pairs);
    let groups: Vec<&[(u64, u32)]> = found.chunk_by(|a, b| a.0 == b.0).collect();
    groups.par_iter().filter_map(|group| relate(group, slots, &commons, &places)).collect()
}

/// The triples of all chapters whose pairs have places: the place of the first pair
/// and the last character, with the chapter. Sorted, each once.
fn found(chapters: &[(&Extract, &Extract)], places: &Places, keys: usize) -> Vec<(u64, u32)> {
    let count = chapters.iter().map(|(extract, head)| extract.triples.len() + head.triples.len()).sum();
    let mut found: Vec<(u64, u32)> = Vec::with_capacity(count);
    for (chapter, (extract, head)) in (0..).zip(chapters) {
        let mut before = (u64::MAX, None);
        for triple in extract.triples.iter().chain(&head.triples) {
            let pair = triple >> 21;
            if before.0 != pair {
                before = (pair, places.get(&pair).copied());
            }
            if let Some(place) = before.1
                && places.contains_key(&(triple & 0x3FF_FFFF_FFFF))
            {
                found.push((u64::from(place) << 21 | triple & 0x1F_FFFF, chapter));
            }
        }
    }
    // A place has at most 32 bits, of which few are used.
    let bits = 21 + (64 - (keys as u64).leading_zeros());
    radix::sort(&mut found, bits, |entry| entry.0);
    found.dedup();
    found
}

/// The pairs' lists with one slot for all of a title.
struct Commons<'a> {
    pairs: &'a Lists<u64>,
    slots: Vec<u32>,
    /// Of long lists, a bit for each slot: no more memory than the list takes.
    marks: HashMap<u32, Vec<u64>, BuildHasherDefault<Spread>>,
}

impl<'a> Commons<'a> {
    fn new(slots: &Slots, pairs: &'a Lists<u64>) -> Self {
        let common: Vec<u32> = (0..slots.count()).map(|slot| slots.common(slot)).collect();
        let of = |slot: &u32| common.get(*slot as usize).copied().unwrap_or(*slot);
        let all: Vec<u32> = pairs.all().iter().map(of).collect();
        let words = slots.count() as usize / 64 + 1;
        let mut marks = HashMap::default();
        for at in 0..pairs.keys.len() {
            let list = all.get(pairs.range(at)).unwrap_or(&[]);
            if list.len() >= words * 2 {
                let mut bits = vec![0_u64; words];
                for slot in list {
                    if let Some(word) = bits.get_mut(*slot as usize / 64) {
                        *word |= 1 << (slot % 64);
                    }
                }
                marks.insert(u32::try_from(at).unwrap_or(u32::MAX), bits);
            }
        }
        Self { pairs, slots: all, marks }
    }

    fn of(&self, at: u32) -> &[u32] {
        self.slots.get(self.pairs.range(at as usize)).unwrap_or(&[])
    }

    /// Chapters in which two pairs share a place.
    fn meet(&self, slots: &Slots, a: u32, b: u32) -> Vec<u32> {
        let (short, long) = if self.of(a).len() <= self.of(b).len() { (a, b) } else { (b, a) };
        let Some(marks) = self.marks.get(&long) else { return meet(slots, self.of(a), self.of(b)) };
        let mut chapters: Vec<u32> = Vec::new();
        for slot in self.of(short) {
            if marks.get(*slot as usize / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1) {
                push(&mut chapters, slots.chapter(*slot));
            }
        }
        chapters
    }
}

fn push(chapters: &mut Vec<u32>, chapter: u32) {
    if chapters.last() != Some(&chapter) {
        chapters.push(chapter);
    }
}

fn relate(group: &[(u64, u32)], slots: &Slots, commons: &Commons<'_>, places: &Places) -> Option<Triple> {
    let (code, _) = *group.first()?;
    let pair = u32::try_from(code >> 21).ok()?;
    let last = u32::try_from(code & 0x1F_FFFF).ok()?;
    let middle = commons.pairs.keys.get(pair as usize)? & 0x1F_FFFF;
    let second = *places.get(&(middle << 21 | u64::from(last)))?;
    let meeting = commons.meet(slots, pair, second);
    if meeting.len() <= VERIFIED {
        return None;
    }
    let without = group.len() * 2 > meeting.len();
    let mut holding = group.iter().map(|(_, chapter)| *chapter).peekable();
    let mut marked = Vec::new();
    for (at, chapter) in (0..).zip(&meeting) {
        if (holding.next_if_eq(chapter).is_some()) != without {
            marked.push(at);
        }
    }
    Some(Triple { pair, last, without, marked, meeting: u32::try_from(meeting.len()).unwrap_or(u32::MAX) })
}

/// Chapters in which two lists share a place; titles have one slot in both.
fn meet(slots: &Slots, a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut chapters: Vec<u32> = Vec::new();
    let mut take = |slot: u32| push(&mut chapters, slots.chapter(slot));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() / short.len().max(1) < LEAP {
        walk(short, long, &mut take);
    } else {
        leap(short, long, &mut take);
    }
    chapters
}

/// How many times longer a list is that is leapt through.
const LEAP: usize = 12;

fn walk(a: &[u32], b: &[u32], take: &mut impl FnMut(u32)) {
    let (mut i, mut j) = (0, 0);
    while let (Some(one), Some(other)) = (a.get(i), b.get(j)) {
        if one == other {
            take(*one);
        }
        i += usize::from(one <= other);
        j += usize::from(other <= one);
    }
}

fn leap(short: &[u32], mut long: &[u32], take: &mut impl FnMut(u32)) {
    for slot in short {
        let mut leap = LEAP;
        while long.get(leap).is_some_and(|other| other < slot) {
            leap *= 2;
        }
        let from = if leap == LEAP { 0 } else { leap / 2 };
        let within = long.get(from..long.len().min(leap + 1)).unwrap_or(&[]);
        long = long.get(from + within.partition_point(|other| other < slot)..).unwrap_or(&[]);
        if long.first() == Some(slot) {
            take(*slot);
        }
    }
}
