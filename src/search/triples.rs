//! Which chapters truly hold three characters in a row.
//!
//! Where 内容 and 容运 stand in one block, 内容运 may still be nowhere. Of three
//! characters whose two pairs meet in more chapters than a search would open to
//! look, the index says in which of them they do stand in a row; it says so
//! relative to those chapters, which takes hardly one hundredth of the text. What
//! it does not mention stands in none. Fewer chapters are verified in their text.

use super::extract::{Extract, Field};
use super::pairs::{CHARACTER, CHARACTER_MASK, Entry, Pairs, Sorted, Told};
use super::postings::Slots;
use std::borrow::Cow;
use std::ops::Range;

/// Chapters that a search may open to verify.
pub(super) const VERIFIED: usize = 10;

/// Three characters, by the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Triple {
    pub(super) last: u32,
    /// Whether `marked` are those that do not hold it.
    pub(super) without: bool,
    /// Places in the list of chapters where both pairs meet.
    pub(super) marked: Vec<u32>,
    /// How many chapters that list has.
    pub(super) meeting: u32,
}

/// What tells which characters stand behind a pair.
#[derive(Debug)]
pub(super) struct Neighbours {
    sorted: Sorted,
    /// Triples that no entry tells, with their chapters, sorted.
    told: Vec<Told>,
}

impl Neighbours {
    pub(super) fn new(chapters: &[(&Extract, &Extract)], sorted: Sorted) -> Self {
        let mut told: Vec<Told> = Vec::new();
        for (chapter, (extract, head)) in (0..).zip(chapters) {
            told.extend(extract.triples.iter().chain(&head.triples).map(|key| (*key, chapter)));
        }
        told.sort_unstable();
        told.dedup();
        Self { sorted, told }
    }
}

/// A pair that more chapters hold than a search would open.
struct Common<'a> {
    key: u64,
    /// Where its entries begin and end.
    entries: (u32, u32),
    /// Its list with one slot for all of a title.
    slots: Cow<'a, [u32]>,
    /// Of a long list, a bit for each slot: no more memory than the list takes.
    marks: Option<Marks>,
}

/// All such pairs.
pub(super) struct Commons<'a> {
    /// In the order of their keys.
    pairs: Vec<Common<'a>>,
    /// Their second characters.
    seconds: Vec<u32>,
    /// For each first character, where its pairs begin, and where the last one's end:
    /// so what is sought lies close together, whichever pairs a text has.
    begins: Vec<u32>,
    /// For each stretch, how many there are before it.
    stretches: Vec<usize>,
    slots: &'a Slots,
    neighbours: &'a Neighbours,
}

impl<'a> Commons<'a> {
    pub(super) fn new(slots: &'a Slots, pairs: &'a Pairs, neighbours: &'a Neighbours) -> Self {
        let words = slots.count() as usize / 64 + 1;
        let mut commons = Self {
            pairs: Vec::new(),
            seconds: Vec::new(),
            begins: Vec::new(),
            stretches: Vec::new(),
            slots,
            neighbours,
        };
        for (lists, places) in pairs.stretches.iter().zip(&neighbours.sorted.places) {
            commons.stretches.push(commons.pairs.len());
            for (at, key) in lists.keys.iter().enumerate() {
                let Some(entries) = places.get(at).copied().flatten() else { continue };
                let list = common(slots, lists.slots(at));
                let marks = (list.len() >= words * 2).then(|| {
                    let mut marks = Marks::new(slots);
                    marks.set(&list);
                    marks
                });
                let first = (key >> CHARACTER) as usize;
                let place = u32::try_from(commons.pairs.len()).unwrap_or(u32::MAX);
                commons.begins.resize(first + 1, place);
                commons.seconds.push((key & CHARACTER_MASK) as u32);
                commons.pairs.push(Common { key: *key, entries, slots: list, marks });
            }
        }
        commons
    }

    /// For each pair of a stretch its place among these, if it is one of them.
    pub(super) fn of_stretch(&self, stretch: usize) -> impl Iterator<Item = Option<usize>> {
        let mut next = self.stretches.get(stretch).copied().unwrap_or(0);
        let places = self.neighbours.sorted.places.get(stretch).map_or(&[][..], Vec::as_slice);
        places.iter().map(move |place| {
            place.map(|_| {
                next += 1;
                next - 1
            })
        })
    }

    /// The places of all, by their second characters: then what each is compared with,
    /// the pairs that begin with that character, is at hand from the one before.
    pub(super) fn by_second(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.pairs.len()).collect();
        order.sort_by_key(|at| self.seconds.get(*at));
        order
    }

    /// The pairs that begin with a character: by their places among all.
    fn beginning(&self, first: u32) -> Range<usize> {
        let begin = |at: usize| self.begins.get(at).map_or(self.pairs.len(), |place| *place as usize);
        let first = first as usize;
        begin(first)..begin(first + 1)
    }

    /// The place of a pair among these, if it is one of them.
    fn find(&self, among: Range<usize>, second: u32) -> Option<usize> {
        let from = among.start;
        Some(from + self.seconds.get(among)?.binary_search(&second).ok()?)
    }

    /// Chapters in which two pairs share a place; the first one's places are marked.
    fn meet(&self, first: &Common<'_>, second: &Common<'_>, marked: &Marks, chapters: &mut Vec<u32>) {
        chapters.clear();
        let mut take = |slot: u32| push(chapters, self.slots.chapter(slot));
        if second.slots.len() <= first.slots.len() * LEAP {
            second.slots.iter().filter(|slot| marked.has(**slot)).for_each(|slot| take(*slot));
        } else if let Some(marks) = &second.marks {
            first.slots.iter().filter(|slot| marks.has(**slot)).for_each(|slot| take(*slot));
        } else {
            leap(&first.slots, &second.slots, &mut take);
        }
    }
}

/// A list with one slot for all of a title.
fn common<'a>(slots: &Slots, list: &'a [u32]) -> Cow<'a, [u32]> {
    let mut end = 0;
    let has_title = list.iter().any(|slot| {
        // A title's slots are the first ones of a chapter.
        *slot >= end && {
            end = slots.of(slots.chapter(*slot)).end;
            matches!(slots.place(*slot).1, Field::Title { .. })
        }
    });
    if has_title { list.iter().map(|slot| slots.common(*slot)).collect() } else { list.into() }
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

    fn has(&self, slot: u32) -> bool {
        self.0.get(slot as usize / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }
}

fn push(chapters: &mut Vec<u32>, chapter: u32) {
    if chapters.last() != Some(&chapter) {
        chapters.push(chapter);
    }
}

/// Finds the triples that the index must tell. Has room that is kept from one pair to
/// the next.
pub(super) struct Relater<'a> {
    commons: &'a Commons<'a>,
    marks: Marks,
    /// How often each letter stands behind the pair; then where its next chapter goes.
    counts: Vec<u32>,
    letters: Vec<u16>,
    /// Chapters by letter: a letter's are preceded by one that is none.
    chapters: Vec<u32>,
    groups: Vec<Group>,
    meeting: Vec<u32>,
    holding: Vec<u32>,
}

/// A letter behind a pair.
struct Group {
    last: u32,
    /// Where the chapters that hold it stand.
    chapters: Range<usize>,
    /// The place of the second pair.
    place: usize,
}

/// In place of a count: nothing is to be told of this letter.
const UNTOLD: u32 = u32::MAX;

impl<'a> Relater<'a> {
    pub(super) fn new(commons: &'a Commons<'a>) -> Self {
        Self {
            commons,
            marks: Marks::new(commons.slots),
            counts: vec![0; commons.neighbours.sorted.alphabet.len()],
            letters: Vec::new(),
            chapters: Vec::new(),
            groups: Vec::new(),
            meeting: Vec::new(),
            holding: Vec::new(),
        }
    }

    /// What there is to tell of the triples that begin with a pair, by its place.
    pub(super) fn triples(&mut self, at: usize) -> Vec<Triple> {
        let commons = self.commons;
        let Some(first) = commons.pairs.get(at) else { return Vec::new() };
        let (key, neighbours) = (first.key, commons.neighbours);
        let seconds = commons.beginning((key & CHARACTER_MASK) as u32);
        let (from, to) = (first.entries.0 as usize, first.entries.1 as usize);
        self.group(key, neighbours.sorted.entries.get(from..to).unwrap_or_default());
        let told = &neighbours.told;
        let mine = |bound: u64| told.partition_point(|entry| entry.0 >> CHARACTER < bound);
        let mut told = told.get(mine(key)..mine(key + 1)).unwrap_or_default();
        let mut triples = Vec::new();
        self.marks.set(&first.slots);
        let groups = std::mem::take(&mut self.groups);
        let mut rest = groups.iter().peekable();
        loop {
            let next = told.first().map(|entry| (entry.0 & CHARACTER_MASK) as u32);
            let Some(last) = rest.peek().map(|group| group.last).into_iter().chain(next).min() else { break };
            let group = rest.next_if(|group| group.last == last);
            let with = told.partition_point(|entry| (entry.0 & CHARACTER_MASK) as u32 == last);
            let (others, behind) = told.split_at(with);
            told = behind;
            self.holding.clear();
            if let Some(Group { chapters, .. }) = group {
                self.holding.extend_from_slice(self.chapters.get(chapters.clone()).unwrap_or_default());
            }
            if !others.is_empty() {
                self.holding.extend(others.iter().map(|entry| entry.1));
                self.holding.sort_unstable();
                self.holding.dedup();
            }
            let known = group.map(|group| group.place).or_else(|| commons.find(seconds.clone(), last));
            let Some(second) = known.and_then(|at| commons.pairs.get(at)) else { continue };
            commons.meet(first, second, &self.marks, &mut self.meeting);
            if self.meeting.len() > VERIFIED {
                triples.push(tell(last, &self.holding, &self.meeting));
            }
        }
        self.groups = groups;
        self.marks.clear(&first.slots);
        triples
    }

    /// The chapters in which each letter stands behind a pair with these entries.
    fn group(&mut self, key: u64, entries: &[Entry]) {
        self.groups.clear();
        self.letters.clear();
        let alphabet = &self.commons.neighbours.sorted.alphabet;
        for entry in entries {
            let count = &mut self.counts[usize::from(entry.third())];
            if *count == 0 {
                self.letters.push(entry.third());
            }
            *count += 1;
        }
        self.letters.sort_unstable();
        let mut room = 0;
        let mut seconds = self.commons.beginning((key & CHARACTER_MASK) as u32);
        for letter in &self.letters {
            let last = alphabet.character(*letter);
            let count = &mut self.counts[usize::from(*letter)];
            let needed = *count + 1;
            *count = UNTOLD;
            if let Some(place) = self.commons.find(seconds.clone(), last).filter(|_| *letter != 0) {
                seconds.start = place + 1;
                *count = room + 1;
                self.groups.push(Group { last, chapters: room as usize + 1..0, place });
                room += needed;
            }
        }
        self.chapters.clear();
        self.chapters.resize(room as usize, u32::MAX);
        self.place(entries);
        let mut groups = self.groups.iter_mut();
        for letter in &self.letters {
            let end = std::mem::take(&mut self.counts[usize::from(*letter)]);
            if end != UNTOLD
                && let Some(group) = groups.next()
            {
                group.chapters.end = end as usize;
            }
        }
    }

    /// Enters the chapters of all entries with the letters behind.
    fn place(&mut self, entries: &[Entry]) {
        let slots = self.commons.slots;
        let (mut chapter, mut end) = (0, 0);
        for entry in entries {
            let next = &mut self.counts[usize::from(entry.third())];
            if *next == UNTOLD {
                continue;
            }
            if entry.slot() >= end {
                chapter = slots.chapter(entry.slot());
                end = slots.of(chapter).end;
            }
            if self.chapters[*next as usize - 1] != chapter {
                self.chapters[*next as usize] = chapter;
                *next += 1;
            }
        }
    }
}

/// A triple with the chapters that hold it, among those where its pairs meet.
fn tell(last: u32, holding: &[u32], meeting: &[u32]) -> Triple {
    let without = holding.len() * 2 > meeting.len();
    let mut holding = holding.iter().peekable();
    let mut marked = Vec::new();
    for (at, chapter) in (0..).zip(meeting) {
        if (holding.next_if_eq(&chapter).is_some()) != without {
            marked.push(at);
        }
    }
    Triple { last, without, marked, meeting: u32::try_from(meeting.len()).unwrap_or(u32::MAX) }
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
