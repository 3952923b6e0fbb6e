//! Which chapters truly hold three characters in a row.
//!
//! Where 内容 and 容运 stand in one passage, 内容运 may still be nowhere. Of three
//! characters whose two bigrams meet in more chapters than a search would open to
//! look, the index says in which of them they do stand in a row; it says so
//! relative to those chapters, which takes hardly one hundredth of the text. What
//! it does not mention stands in none. Fewer chapters are verified in their text.

use super::VERIFIED;
use super::bigrams::{CHARACTER, CHARACTER_MASK, Entry, Spilled};
use super::frequent::FrequentBigrams;
use super::postings::PostingLayout;
use std::ops::Range;

/// Three characters, by the last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trigram {
    pub(super) last: u32,
    /// Whether `marked` are those that do not hold it.
    pub(super) without: bool,
    /// Places in the list of chapters where both bigrams meet.
    pub(super) marked: Vec<u32>,
    /// How many chapters that list has.
    pub(super) meeting: u32,
}

/// Bigrams that begin with one character, by id: all that the bigrams which end with
/// it are compared with.
struct SuccessorTable {
    first: u32,
    /// Their places among all.
    range: Range<usize>,
    /// Of each id, where its bigrams begin and end, and the ids that have some.
    spans: Vec<(u32, u32)>,
    filled: Vec<u32>,
    /// Bigrams by their numbers, which count from 1 within the range.
    bigrams: Vec<u32>,
    /// The number of the bigram with each letter, else 0.
    numbers: Vec<u32>,
}

impl SuccessorTable {
    fn new(frequent: &FrequentBigrams<'_>) -> Self {
        Self {
            first: u32::MAX,
            range: 0..0,
            spans: vec![(0, 0); frequent.layout.id_count() as usize],
            filled: Vec::new(),
            bigrams: Vec::new(),
            numbers: vec![0; frequent.neighbours.sorted.symbols.len()],
        }
    }

    /// Makes them those of this character.
    fn set(&mut self, frequent: &FrequentBigrams<'_>, first: u32) {
        if std::mem::replace(&mut self.first, first) == first {
            return;
        }
        self.filled.drain(..).for_each(|id| self.spans[id as usize] = (0, 0));
        self.numbers.fill(0);
        self.range = frequent.beginning(first);
        let bigrams = frequent.bigrams.get(self.range.clone()).unwrap_or_default();
        let symbols = &frequent.neighbours.sorted.symbols;
        for (number, bigram) in (1..).zip(bigrams) {
            if let Ok(code) = u16::try_from(bigram.key & CHARACTER_MASK)
                && let letter @ 1.. = symbols.symbol(code).0
            {
                self.numbers[usize::from(letter)] = number;
            }
            for id in &*bigram.ids {
                let span = &mut self.spans[*id as usize];
                if span.1 == 0 {
                    self.filled.push(*id);
                }
                span.1 += 1;
            }
        }
        let mut place = 0;
        for id in &self.filled {
            let span = &mut self.spans[*id as usize];
            let count = span.1;
            *span = (place, place);
            place += count;
        }
        self.bigrams.resize(place as usize, 0);
        for (number, bigram) in (1..).zip(bigrams) {
            for id in &*bigram.ids {
                let end = &mut self.spans[*id as usize].1;
                self.bigrams[*end as usize] = number;
                *end += 1;
            }
        }
    }

    /// The numbers of the bigrams in a id, in order.
    fn of(&self, id: u32) -> &[u32] {
        let (from, to) = self.spans[id as usize];
        &self.bigrams[from as usize..to as usize]
    }

    /// The number of the bigram with a character, else 0.
    fn number(&self, frequent: &FrequentBigrams<'_>, second: u32) -> u32 {
        frequent.find(self.range.clone(), second).map_or(0, |at| (at - self.range.start) as u32 + 1)
    }

    /// The second character of a bigram.
    fn second(&self, frequent: &FrequentBigrams<'_>, number: u32) -> Option<u32> {
        frequent.seconds.get(self.range.start + (number as usize).checked_sub(1)?).copied()
    }
}

/// For each group a row of bits, one for each chapter.
#[derive(Default)]
struct Rows {
    words: usize,
    bits: Vec<u64>,
}

impl Rows {
    /// Makes them empty rows.
    fn clear(&mut self, rows: usize, columns: usize) {
        self.words = columns / 64 + 1;
        self.bits.clear();
        self.bits.resize(rows * self.words, 0);
    }

    /// Adds an empty row.
    fn add(&mut self) {
        self.bits.resize(self.bits.len() + self.words, 0);
    }

    #[inline]
    fn set(&mut self, row: u32, column: u32) {
        self.bits[row as usize * self.words + column as usize / 64] |= 1 << (column % 64);
    }

    fn row(&self, row: u32) -> &[u64] {
        let from = row as usize * self.words;
        &self.bits[from..from + self.words]
    }
}

/// Finds the trigrams that the index must tell. Has room that is kept from one bigram to
/// the next.
pub(super) struct TrigramBuilder<'a> {
    frequent: &'a FrequentBigrams<'a>,
    successors: SuccessorTable,
    /// The second bigrams of trigrams that begin with the bigram, by their numbers.
    groups: Vec<u32>,
    /// The row of each bigram, by its number: 0 of those that are no groups, 1 where
    /// there is no bigram.
    rows: Vec<u32>,
    /// The column of each id, where they are not those of all chapters.
    columns: Vec<u32>,
    /// For each group the chapters that hold the trigram.
    holding: Rows,
    /// And those where both bigrams stand in one place.
    meeting: Rows,
}

/// Rows before those of groups.
const IDLE: u32 = 2;
/// So many times more bigrams in one id than groups: it is better to look for these.
const MANY: usize = 16;

impl<'a> TrigramBuilder<'a> {
    pub(super) fn new(frequent: &'a FrequentBigrams<'a>) -> Self {
        Self {
            frequent,
            successors: SuccessorTable::new(frequent),
            groups: Vec::new(),
            rows: vec![1],
            columns: Vec::new(),
            holding: Rows::default(),
            meeting: Rows::default(),
        }
    }

    /// What there is to tell of the trigrams that begin with a bigram, by its place.
    pub(super) fn trigrams(&mut self, at: usize) -> Vec<Trigram> {
        let frequent = self.frequent;
        let Some(first) = frequent.bigrams.get(at) else { return Vec::new() };
        let neighbours = frequent.neighbours;
        let (from, to) = (first.entries.0 as usize, first.entries.1 as usize);
        let entries = neighbours.sorted.entries.get(from..to).unwrap_or_default();
        let mine = |bound: u64| neighbours.spilled.partition_point(|entry| entry.0 >> CHARACTER < bound);
        let spilled = neighbours.spilled.get(mine(first.key)..mine(first.key + 1)).unwrap_or_default();
        self.successors.set(frequent, (first.key & CHARACTER_MASK) as u32);
        self.groups.clear();
        self.rows.resize(self.rows.len().max(self.successors.range.len() + 1), 0);
        let mut own = std::mem::take(&mut self.columns);
        let (columns, count) = columns(frequent.layout, &first.ids, &mut own);
        self.mark_holding(entries, columns, count);
        self.mark_spilled(spilled, &first.ids, columns);
        if !self.groups.is_empty() {
            self.mark_meeting(&first.ids, columns, count);
        }
        self.columns = own;
        self.groups.sort_unstable();
        let mut trigrams = Vec::new();
        for number in &self.groups {
            let row = std::mem::take(&mut self.rows[*number as usize]);
            let last = self.successors.second(frequent, *number);
            trigrams.extend(last.and_then(|last| tell(last, self.holding.row(row), self.meeting.row(row))));
        }
        trigrams
    }

    /// Marks for each group the chapters that hold the trigram.
    fn mark_holding(&mut self, entries: &[Entry], columns: &[u32], count: usize) {
        let Self { successors, groups, rows, holding, .. } = self;
        holding.clear(IDLE as usize, count);
        for entry in entries {
            let number = successors.numbers[usize::from(entry.third())];
            let row = row_of(number, rows, groups, holding);
            holding.set(row, columns[entry.id() as usize]);
        }
    }

    /// The same for trigrams that no entry tells.
    fn mark_spilled(&mut self, spilled: &[Spilled], list: &[u32], columns: &[u32]) {
        let Self { frequent, successors, groups, rows, holding, .. } = self;
        let layout = frequent.layout;
        for (trigram, chapter) in spilled {
            let number = successors.number(frequent, (trigram & CHARACTER_MASK) as u32);
            let at = list.partition_point(|id| *id < layout.ids_of(*chapter).start);
            let Some(id) = list.get(at).filter(|id| layout.chapter_of(**id) == *chapter) else { continue };
            let row = row_of(number, rows, groups, holding);
            holding.set(row, columns[*id as usize]);
        }
    }

    /// Marks for each group the chapters that have both bigrams in one place.
    fn mark_meeting(&mut self, list: &[u32], columns: &[u32], count: usize) {
        let Self { successors, groups, rows, meeting, .. } = self;
        meeting.clear(groups.len() + IDLE as usize, count);
        for id in list {
            let (bigrams, column) = (successors.of(*id), columns[*id as usize]);
            if bigrams.len() > groups.len() * MANY {
                let found =
                    (IDLE..).zip(&*groups).filter(|(_, number)| bigrams.binary_search(number).is_ok());
                found.for_each(|(row, _)| meeting.set(row, column));
            } else {
                bigrams.iter().for_each(|number| meeting.set(rows[*number as usize], column));
            }
        }
    }
}

/// The row of a bigram that ends a trigram, which makes it a group if it was none.
#[inline]
fn row_of(number: u32, rows: &mut [u32], groups: &mut Vec<u32>, holding: &mut Rows) -> u32 {
    let row = &mut rows[number as usize];
    if *row == 0 {
        *row = groups.len() as u32 + IDLE;
        groups.push(number);
        holding.add();
    }
    *row
}

/// A column for each id of a list, and how many there are: one for each chapter, of
/// all chapters unless these are many more than there are ids.
fn columns<'t>(layout: &'t PostingLayout, list: &[u32], own: &'t mut Vec<u32>) -> (&'t [u32], usize) {
    let all = layout.chapter_count() as usize;
    if all / 64 <= list.len() {
        return (layout.chapters_by_id(), all);
    }
    own.resize(layout.id_count() as usize, 0);
    let (mut columns, mut end) = (0, 0);
    for id in list {
        if *id >= end {
            end = layout.ids_of(layout.chapter_of(*id)).end;
            columns += 1;
        }
        own[*id as usize] = columns - 1;
    }
    (own, columns as usize)
}

/// A trigram with the chapters that hold it, among those where its bigrams meet; `None`
/// where these are few.
fn tell(last: u32, holding: &[u64], meeting: &[u64]) -> Option<Trigram> {
    let count = |row: &[u64]| row.iter().map(|word| word.count_ones()).sum::<u32>();
    let total = count(meeting);
    if total as usize <= VERIFIED {
        return None;
    }
    let without = count(holding) * 2 > total;
    let (mut before, mut marked) = (0, Vec::new());
    for (meeting, holding) in meeting.iter().zip(holding) {
        let mut rest = if without { meeting & !holding } else { meeting & holding };
        while rest != 0 {
            let below = (1_u64 << rest.trailing_zeros()) - 1;
            marked.push(before + (meeting & below).count_ones());
            rest &= rest - 1;
        }
        before += meeting.count_ones();
    }
    Some(Trigram { last, without, marked, meeting: total })
}
