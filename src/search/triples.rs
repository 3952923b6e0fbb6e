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
    let groups: Vec<&[(u64, u32)]> = found.chunk_by(|a, b| a.0 >> 21 == b.0 >> 21).collect();
    let related: Vec<Vec<Triple>> = groups
        .par_iter()
        .map_init(|| Marks::new(slots), |marks, group| relate(group, slots, &commons, &places, marks))
        .collect();
    related.into_iter().flatten().collect()
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
                let mut bits = Marks::new(slots);
                bits.set(list);
                marks.insert(u32::try_from(at).unwrap_or(u32::MAX), bits.0);
            }
        }
        Self { pairs, slots: all, marks }
    }

    fn of(&self, at: u32) -> &[u32] {
        self.slots.get(self.pairs.range(at as usize)).unwrap_or(&[])
    }

    /// Chapters in which two pairs share a place; the first one's places are marked.
    fn meet(&self, slots: &Slots, a: u32, b: u32, marked: &Marks, chapters: &mut Vec<u32>) {
        chapters.clear();
        let mut take = |slot: u32| push(chapters, slots.chapter(slot));
        let (first, second) = (self.of(a), self.of(b));
        if second.len() <= first.len() * LEAP {
            second.iter().filter(|slot| is_marked(&marked.0, **slot)).for_each(|slot| take(*slot));
        } else if let Some(marks) = self.marks.get(&b) {
            first.iter().filter(|slot| is_marked(marks, **slot)).for_each(|slot| take(*slot));
        } else {
            leap(first, second, &mut take);
        }
    }
}

/// A bit for each slot, set for those of one list.
struct Marks(Vec<u64>);

impl Marks {
    fn new(slots: &Slots) -> Self {
        Self(vec![0; slots.count() as usize / 64 + 1])
    }

    fn set(&mut self, list: &[u32]) {
        for slot in list {
            if let Some(word) = self.0.get_mut(*slot as usize / 64) {
                *word |= 1 << (slot % 64);
            }
        }
    }

    fn clear(&mut self, list: &[u32]) {
        for slot in list {
            if let Some(word) = self.0.get_mut(*slot as usize / 64) {
                *word = 0;
            }
        }
    }
}

fn is_marked(marks: &[u64], slot: u32) -> bool {
    marks.get(slot as usize / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
}

fn push(chapters: &mut Vec<u32>, chapter: u32) {
    if chapters.last() != Some(&chapter) {
        chapters.push(chapter);
    }
}

/// What there is to tell of the triples that begin with one pair.
fn relate(
    group: &[(u64, u32)],
    slots: &Slots,
    commons: &Commons<'_>,
    places: &Places,
    marks: &mut Marks,
) -> Vec<Triple> {
    let Some(pair) = group.first().and_then(|entry| u32::try_from(entry.0 >> 21).ok()) else {
        return Vec::new();
    };
    let middle = commons.pairs.keys.get(pair as usize).map_or(0, |key| key & 0x1F_FFFF);
    let mut triples = Vec::new();
    let mut meeting = Vec::new();
    marks.set(commons.of(pair));
    for same in group.chunk_by(|a, b| a.0 == b.0) {
        let last = same.first().map_or(0, |entry| entry.0 & 0x1F_FFFF);
        let Some(second) = places.get(&(middle << 21 | last)) else { continue };
        commons.meet(slots, pair, *second, marks, &mut meeting);
        if meeting.len() > VERIFIED {
            triples.push(told(pair, u32::try_from(last).unwrap_or(0), same, &meeting));
        }
    }
    marks.clear(commons.of(pair));
    triples
}

/// A triple with the chapters that hold it, among those where its pairs meet.
fn told(pair: u32, last: u32, holding: &[(u64, u32)], meeting: &[u32]) -> Triple {
    let without = holding.len() * 2 > meeting.len();
    let mut holding = holding.iter().map(|(_, chapter)| *chapter).peekable();
    let mut marked = Vec::new();
    for (at, chapter) in (0..).zip(meeting) {
        if (holding.next_if_eq(chapter).is_some()) != without {
            marked.push(at);
        }
    }
    Triple { pair, last, without, marked, meeting: u32::try_from(meeting.len()).unwrap_or(u32::MAX) }
}

/// How many times longer a list is that is leapt through.
const LEAP: usize = 12;

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
