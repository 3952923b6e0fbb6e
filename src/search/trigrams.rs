//! Which chapters really hold three characters in a row.
//!
//! Where 内容 and 容运 occur in one passage, 内容运 may still occur nowhere. If both bigrams
//! of a trigram meet in more chapters than a search would open to check, the index says
//! which of these chapters hold it. It says so relative to them, which takes hardly one
//! hundredth of the text. A trigram that is not mentioned occurs in none of them. Where
//! fewer chapters hold both bigrams, the search checks their text.

use super::bigrams::Entry;
use super::frequent::{FrequentBigrams, SpilledTrigram};
use super::ids::{DocId, FrequentId, PostingId, SymbolId};
use super::limits::LIMITS;
use super::postings::PostingLayout;
use std::ops::Range;

/// What the index says of a trigram that begins with a given bigram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trigram {
    /// Code point of the last character.
    pub(super) last: u32,
    /// How many chapters hold both bigrams in one place.
    pub(super) meeting: u32,
    /// Some of these chapters, as places in their list, from 0.
    pub(super) marked: Vec<u32>,
    /// Whether `marked` are those that lack the trigram, and not those that hold it.
    pub(super) negated: bool,
}

/// A bigram of a `SuccessorTable`, counted from 1. 0 stands for no bigram, so that tables
/// of them fit in half the memory that an `Option` would take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Successor(u32);

impl Successor {
    const NONE: Self = Self(0);

    const fn of_index(index: usize) -> Self {
        Self(index as u32 + 1)
    }

    /// Its index among the bigrams of the table, from 0.
    const fn index(self) -> Option<usize> {
        (self.0 as usize).checked_sub(1)
    }

    /// Where tables with room for `NONE` keep it.
    const fn slot(self) -> usize {
        self.0 as usize
    }
}

/// Where the successors of a posting id lie among all.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    start: u32,
    end: u32,
}

/// The frequent bigrams that begin with one character, by posting id: what all bigrams that
/// end with this character are compared with.
struct SuccessorTable {
    /// The code point of the character.
    first: u32,
    range: Range<FrequentId>,
    /// For each posting id, where its successors lie, and which ids have some.
    spans: Vec<Span>,
    filled: Vec<PostingId>,
    successors: Vec<Successor>,
    /// For each symbol the bigram that it ends.
    by_symbol: Vec<Successor>,
}

impl SuccessorTable {
    fn new(frequent: &FrequentBigrams<'_>) -> Self {
        Self {
            first: u32::MAX,
            range: FrequentId(0)..FrequentId(0),
            spans: vec![Span::default(); frequent.layout.id_count() as usize],
            filled: Vec::new(),
            successors: Vec::new(),
            by_symbol: vec![Successor::NONE; frequent.neighbours.sorted.symbols.len()],
        }
    }

    /// Fills the table for a character.
    fn set(&mut self, frequent: &FrequentBigrams<'_>, first: u32) {
        if std::mem::replace(&mut self.first, first) == first {
            return;
        }
        self.filled.drain(..).for_each(|id| self.spans[id.index()] = Span::default());
        self.by_symbol.fill(Successor::NONE);
        self.range = frequent.starting_with(first);
        let bigrams = frequent.slice(self.range.clone());
        let symbols = &frequent.neighbours.sorted.symbols;
        for (index, bigram) in bigrams.iter().enumerate() {
            // A character that no text has gives the separator, whose successor stays `NONE`.
            if let Ok(unit) = u16::try_from(bigram.key.second())
                && let symbol = symbols.symbol(unit).0
                && symbol != SymbolId::SEPARATOR
            {
                self.by_symbol[symbol.index()] = Successor::of_index(index);
            }
            // First count what each id holds, in `end`.
            for id in &*bigram.list {
                let span = &mut self.spans[id.index()];
                if span.end == 0 {
                    self.filled.push(*id);
                }
                span.end += 1;
            }
        }
        let mut start = 0;
        for id in &self.filled {
            let span = &mut self.spans[id.index()];
            let count = span.end;
            *span = Span { start, end: start };
            start += count;
        }
        self.successors.resize(start as usize, Successor::NONE);
        for (index, bigram) in bigrams.iter().enumerate() {
            for id in &*bigram.list {
                let end = &mut self.spans[id.index()].end;
                self.successors[*end as usize] = Successor::of_index(index);
                *end += 1;
            }
        }
    }

    /// How many bigrams begin with the character.
    const fn len(&self) -> usize {
        self.range.end.0 - self.range.start.0
    }

    /// The bigrams that have a posting id, in order.
    fn at(&self, id: PostingId) -> &[Successor] {
        let Span { start, end } = self.spans[id.index()];
        &self.successors[start as usize..end as usize]
    }

    /// The bigram that a second character makes.
    fn find(&self, frequent: &FrequentBigrams<'_>, second: u32) -> Successor {
        frequent.find_second(self.range.clone(), second).map_or(Successor::NONE, Successor::of_index)
    }

    /// The second character of a bigram.
    fn second(&self, frequent: &FrequentBigrams<'_>, successor: Successor) -> Option<u32> {
        frequent.second(FrequentId(self.range.start.0 + successor.index()?))
    }
}

/// A row of `Rows`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Row(u32);

impl Row {
    /// Of bigrams that end no trigram: their bits are never read.
    const UNUSED: Self = Self(0);
    /// Of `Successor::NONE`, likewise. It differs from `UNUSED`, so that it is never taken
    /// for a bigram that has no row of its own yet.
    const NONE: Self = Self(1);
    /// The first row that is read.
    const FIRST: Self = Self(2);
}

/// A column of `Rows`: a chapter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Column(u32);

impl From<DocId> for Column {
    fn from(doc: DocId) -> Self {
        Self(doc.0)
    }
}

/// Rows of bits, one bit for each chapter.
#[derive(Default)]
struct Rows {
    /// Words of 64 bits in a row.
    words: usize,
    bits: Vec<u64>,
}

impl Rows {
    /// Makes so many empty rows.
    fn clear(&mut self, rows: usize, columns: usize) {
        self.words = columns / 64 + 1;
        self.bits.clear();
        self.bits.resize(rows * self.words, 0);
    }

    /// Adds an empty row.
    fn push(&mut self) {
        self.bits.resize(self.bits.len() + self.words, 0);
    }

    #[inline]
    fn set(&mut self, row: Row, column: Column) {
        self.bits[row.0 as usize * self.words + column.0 as usize / 64] |= 1 << (column.0 % 64);
    }

    fn row(&self, row: Row) -> &[u64] {
        let start = row.0 as usize * self.words;
        &self.bits[start..start + self.words]
    }
}

/// Finds the trigrams that the index must list. Keeps its memory from one bigram to the
/// next.
pub(super) struct TrigramBuilder<'a> {
    frequent: &'a FrequentBigrams<'a>,
    successors: SuccessorTable,
    /// The second bigrams of the trigrams that begin with the current bigram. Each has a row
    /// of its own, in this order.
    ends: Vec<Successor>,
    /// The row of each successor.
    rows: Vec<Row>,
    /// The column of each posting id of the current bigram, where columns are not `DocId`s.
    columns: Vec<Column>,
    /// For each row the chapters that hold the trigram.
    holding: Rows,
    /// For each row the chapters that have both bigrams in one place.
    meeting: Rows,
}

/// With so many times more bigrams at one posting id than rows, it is faster to search for
/// the rows' bigrams among them than to walk over all.
const SEARCH_FACTOR: usize = 16;

impl<'a> TrigramBuilder<'a> {
    pub(super) fn new(frequent: &'a FrequentBigrams<'a>) -> Self {
        Self {
            frequent,
            successors: SuccessorTable::new(frequent),
            ends: Vec::new(),
            rows: vec![Row::NONE],
            columns: Vec::new(),
            holding: Rows::default(),
            meeting: Rows::default(),
        }
    }

    /// What the index says of the trigrams that begin with a bigram.
    pub(super) fn trigrams(&mut self, id: FrequentId) -> Vec<Trigram> {
        let frequent = self.frequent;
        let Some(bigram) = frequent.get(id) else { return Vec::new() };
        let (neighbours, layout) = (frequent.neighbours, frequent.layout);
        let range = bigram.entries.start as usize..bigram.entries.end as usize;
        let entries = neighbours.sorted.entries.get(range).unwrap_or_default();
        let spilled = neighbours.spilled_after(bigram.key);
        self.successors.set(frequent, bigram.key.second());
        self.ends.clear();
        self.rows.resize(self.rows.len().max(self.successors.len() + 1), Row::UNUSED);
        let docs = layout.doc_count() as usize;
        if docs / 64 <= bigram.list.len() {
            self.mark(entries, spilled, &bigram.list, docs, |id| layout.doc(id).into());
        } else {
            // A book of many chapters, few of which hold the bigram: number only these.
            let mut columns = std::mem::take(&mut self.columns);
            let count = number_docs(layout, &bigram.list, &mut columns);
            self.mark(entries, spilled, &bigram.list, count, |id| columns[id.index()]);
            self.columns = columns;
        }
        self.ends.sort_unstable();
        let mut trigrams = Vec::new();
        for successor in &self.ends {
            let row = std::mem::take(&mut self.rows[successor.slot()]);
            let last = self.successors.second(frequent, *successor);
            trigrams
                .extend(last.and_then(|last| describe(last, self.holding.row(row), self.meeting.row(row))));
        }
        trigrams
    }

    /// Fills the rows for a bigram with this posting list, of which `column` gives the columns.
    #[inline]
    fn mark(
        &mut self,
        entries: &[Entry],
        spilled: &[SpilledTrigram],
        list: &[PostingId],
        columns: usize,
        column: impl Fn(PostingId) -> Column,
    ) {
        self.holding.clear(Row::FIRST.0 as usize, columns);
        self.mark_holding(entries, &column);
        self.mark_spilled(spilled, list, &column);
        if !self.ends.is_empty() {
            self.meeting.clear(self.ends.len() + Row::FIRST.0 as usize, columns);
            self.mark_meeting(list, &column);
        }
    }

    /// Marks the chapters that hold each trigram.
    #[inline]
    fn mark_holding(&mut self, entries: &[Entry], column: &impl Fn(PostingId) -> Column) {
        let Self { successors, ends, rows, holding, .. } = self;
        for entry in entries {
            let successor = successors.by_symbol[entry.third().index()];
            let row = row_of(successor, rows, ends, holding);
            holding.set(row, column(entry.id()));
        }
    }

    /// The same for trigrams that no entry stands for.
    fn mark_spilled(
        &mut self,
        spilled: &[SpilledTrigram],
        list: &[PostingId],
        column: &impl Fn(PostingId) -> Column,
    ) {
        let Self { frequent, successors, ends, rows, holding, .. } = self;
        let layout = frequent.layout;
        for trigram in spilled {
            let successor = successors.find(frequent, trigram.key.last());
            let start = list.partition_point(|id| *id < layout.ids(trigram.doc).start);
            let Some(id) = list.get(start).filter(|id| layout.doc(**id) == trigram.doc) else { continue };
            let row = row_of(successor, rows, ends, holding);
            holding.set(row, column(*id));
        }
    }

    /// Marks the chapters that have both bigrams of each trigram in one place.
    #[inline]
    fn mark_meeting(&mut self, list: &[PostingId], column: &impl Fn(PostingId) -> Column) {
        let Self { successors, ends, rows, meeting, .. } = self;
        for id in list {
            let (bigrams, column) = (successors.at(*id), column(*id));
            if bigrams.len() > ends.len() * SEARCH_FACTOR {
                let rows = (Row::FIRST.0..).map(Row).zip(&*ends);
                let ending = rows.filter(|(_, successor)| bigrams.binary_search(successor).is_ok());
                ending.for_each(|(row, _)| meeting.set(row, column));
            } else {
                bigrams.iter().for_each(|successor| meeting.set(rows[successor.slot()], column));
            }
        }
    }
}

/// The row of a bigram that ends a trigram; it gets one if it has none.
#[inline]
fn row_of(successor: Successor, rows: &mut [Row], ends: &mut Vec<Successor>, holding: &mut Rows) -> Row {
    let row = &mut rows[successor.slot()];
    if *row == Row::UNUSED {
        *row = Row(ends.len() as u32 + Row::FIRST.0);
        ends.push(successor);
        holding.push();
    }
    *row
}

/// Gives each chapter of a list a column of its own. Returns how many there are.
fn number_docs(layout: &PostingLayout, list: &[PostingId], columns: &mut Vec<Column>) -> usize {
    columns.resize(layout.id_count() as usize, Column(0));
    let (mut count, mut end) = (0, PostingId(0));
    for id in list {
        if *id >= end {
            end = layout.ids(layout.doc(*id)).end;
            count += 1;
        }
        columns[id.index()] = Column(count - 1);
    }
    count as usize
}

/// What the index says of a trigram, given the chapters that hold it and those where its
/// bigrams meet; `None` where these are few.
fn describe(last: u32, holding: &[u64], meeting: &[u64]) -> Option<Trigram> {
    let count = |row: &[u64]| row.iter().map(|word| word.count_ones()).sum::<u32>();
    let total = count(meeting);
    if total as usize <= LIMITS.verified {
        return None;
    }
    let negated = count(holding) * 2 > total;
    let (mut before, mut marked) = (0, Vec::new());
    for (meeting, holding) in meeting.iter().zip(holding) {
        let mut rest = if negated { meeting & !holding } else { meeting & holding };
        while rest != 0 {
            let below = (1_u64 << rest.trailing_zeros()) - 1;
            marked.push(before + (meeting & below).count_ones());
            rest &= rest - 1;
        }
        before += meeting.count_ones();
    }
    Some(Trigram { last, meeting: total, marked, negated })
}
