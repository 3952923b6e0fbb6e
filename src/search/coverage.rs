//! Ranks chapters by how much of a query they hold, and how close together: for questions, and
//! for queries of which no chapter holds all. `search-coverage.js` does the same in the browser.
//!
//! A query falls into units, mostly pairs of characters and words (see `coverage_units`). A unit
//! weighs its rarity, so rare ones come first. What only asks weighs nothing. A chapter scores
//!
//! ```text
//! closest_passage × the best of its passages + closest_body × BM25 + closest_title × title
//!   + closest_heading × headings and metadata
//! ```
//!
//! where each part is a sum over the units that stand there; in a passage, units that overlap
//! count more together. What is superseded, retired or a draft scores less by `closest_past`.
//!
//! The index knows in which passage a unit stands, but not in which clause of it. So the texts of
//! the first chapters, which are opened for their excerpts anyway, are looked at: `closest_clause`
//! times the best clause is added. Where a number is asked for, clauses that have one count more.

use super::Index;
use super::coverage_units::{Unit, Units, weight_of};
use super::ids::{DocId, PostingId};
use super::limits::LIMITS;
use super::matching::Matcher;
use super::numbers::has_number;
use super::phrase::Term;
use super::query::QueryClause;
use super::question::Question;
use super::stored::StoredFields;
use super::token::fold;
use super::weights::Weights;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Passages that are opened for the excerpts of a result, for so many of the first results;
/// else one.
pub(super) const MAX_PASSAGES: usize = 2;
pub(super) const WELL_SHOWN: usize = 4;

/// The chapters that hold most of a query.
#[derive(Debug)]
pub(super) struct Coverage {
    /// Best first.
    pub(super) order: Vec<DocId>,
    /// The scores of the first ones.
    totals: Vec<i64>,
    /// Whether a number is asked for.
    asks_number: bool,
    /// Whether each of them holds all of the query's words.
    pub(super) has_all: bool,
    /// What to mark in texts.
    pub(super) terms: Vec<Term>,
    units: Vec<Unit>,
    /// In millionths, of each passage that holds something.
    passages: BTreeMap<PostingId, i64>,
    neighbours: f64,
    number: f64,
}

impl Coverage {
    /// Orders the first chapters anew by the best clause of their best passages.
    pub(super) fn rescore(&mut self, index: &Index, weights: &Weights) {
        let first = self.order.iter().zip(&self.totals).enumerate();
        let rescored = |(rank, (doc, total)): (usize, (&DocId, &i64))| {
            let passages = self.passages(index.postings.layout.passage_ids(*doc), rank);
            let parts = passages.into_iter().filter_map(|id| index.passage(id)).flatten();
            let best = parts.map(|part| self.weight(&fold(&part.text))).max().unwrap_or(0) as f64 / 1e6;
            let is_past = index.stored.get(doc.index()).is_some_and(StoredFields::is_past);
            let best = if is_past { best * weights.closest_past } else { best };
            (Reverse(total + millionths(weights.closest_clause * best)), *doc)
        };
        let mut keys: Vec<(Reverse<i64>, DocId)> = first.take(LIMITS.rescored).map(rescored).collect();
        keys.sort_unstable();
        for (place, (_, doc)) in self.order.iter_mut().zip(keys) {
            *place = doc;
        }
    }

    /// The passages of a chapter that are opened for its excerpts, best first.
    pub(super) fn passages(&self, ids: std::ops::Range<PostingId>, rank: usize) -> Vec<PostingId> {
        let mut own: Vec<(Reverse<i64>, PostingId)> =
            self.passages.range(ids).map(|(id, score)| (Reverse(*score), *id)).collect();
        own.sort_unstable();
        let most = if rank < WELL_SHOWN { MAX_PASSAGES } else { 1 };
        own.into_iter().take(most).map(|(_, id)| id).collect()
    }

    /// How much of the query a folded text holds, in millionths.
    pub(super) fn weight(&self, folded: &str) -> i64 {
        let weight = weight_of(&self.units, self.neighbours, |unit| unit.value_in(folded));
        let has_number = self.asks_number && weight > 0.0 && has_number(folded);
        millionths(if has_number { weight * (1.0 + self.number) } else { weight })
    }
}

/// Whole millionths, so that rounding errors do not decide.
fn millionths(score: f64) -> i64 {
    (score * 1e6).round() as i64
}

/// What is summed up of a chapter.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    passage: f64,
    body: f64,
    title: f64,
    head: f64,
    /// Of the units that stand anywhere in it.
    all: f64,
    /// How many whole units these are.
    whole: usize,
}

impl Matcher<'_> {
    /// Ranks the chapters that `is_wanted` lets pass; it is told whether only those that were found
    /// already may. These are all shown; of others only those that hold much. `may_be_fixed` says
    /// that nothing but another word adds a chapter.
    pub(super) fn coverage(
        &self,
        clauses: &[QueryClause],
        question: &Question,
        may_be_fixed: bool,
        is_wanted: &dyn Fn(DocId, bool) -> bool,
    ) -> Coverage {
        let Units { mut units, all_stand, terms, has_expansions } = self.units(clauses, question);
        let is_fixed = may_be_fixed && !has_expansions;
        let sums = self.sums(&mut units);
        let whole = units.iter().filter(|unit| unit.whole).count();
        let mut sums_by_doc: Vec<(DocId, Sums)> = DocId::all()
            .zip(sums.docs)
            .filter(|(doc, sums)| {
                (is_fixed || sums.all > 0.0 && (whole == 0 || sums.whole > 0)) && is_wanted(*doc, is_fixed)
            })
            .collect();
        let most = sums_by_doc.iter().map(|(_, sums)| sums.all).fold(0.0, f64::max);
        if !is_fixed {
            let least = millionths(most * self.weights.closest_share);
            sums_by_doc.retain(|(_, sums)| millionths(sums.all) >= least);
        }
        let mut keys: Vec<(Reverse<i64>, DocId, usize)> = sums_by_doc
            .iter()
            .map(|(doc, sums)| (Reverse(self.total(*doc, sums)), *doc, sums.whole))
            .collect();
        keys.sort_unstable();
        let has_all = is_fixed || all_stand && whole > 0 && keys.first().is_some_and(|key| key.2 == whole);
        if has_all && !is_fixed {
            keys.retain(|key| key.2 == whole);
        }
        let (totals, order) = keys.into_iter().map(|(Reverse(total), doc, _)| (total, doc)).unzip();
        Coverage {
            order,
            totals,
            asks_number: question.asks_number,
            has_all,
            terms,
            units,
            passages: sums.passages,
            neighbours: self.weights.closest_neighbours,
            number: self.weights.closest_number,
        }
    }

    /// The score of a chapter, in millionths.
    fn total(&self, doc: DocId, sums: &Sums) -> i64 {
        let weights = self.weights;
        let score = weights.closest_passage * sums.passage
            + weights.closest_body * sums.body
            + weights.closest_title * sums.title
            + weights.closest_heading * sums.head;
        let score = if self.preferred.contains(&doc) { score * weights.preferred } else { score };
        let is_past = self.index.stored.get(doc.index()).is_some_and(StoredFields::is_past);
        millionths(if is_past { score * weights.closest_past } else { score })
    }

    /// Multiplies the units' weights by their rarity, and sums them up by chapter and passage.
    fn sums(&self, units: &mut [Unit]) -> AllSums {
        let layout = &self.index.postings.layout;
        let count = self.index.stored.len();
        let average = (f64::from(layout.total_passages()) / count.max(1) as f64).max(1.0);
        let mut docs = vec![Sums::default(); count];
        let mut passages: BTreeMap<PostingId, (f64, usize, f64)> = BTreeMap::new();
        for (number, unit) in units.iter_mut().enumerate() {
            let own = self.unit_docs(unit);
            unit.weight *= self.weights.rarity(count, own.len());
            for (doc, held) in own {
                let Some(sums) = docs.get_mut(doc.index()) else { continue };
                let length = f64::from(layout.passage_count(doc)) / average;
                sums.body += unit.weight * held.text * self.weights.frequency(held.times.max(1), length);
                sums.title += unit.weight * held.title;
                sums.head += unit.weight * held.head;
                sums.all += unit.weight * held.text.max(held.title).max(held.head);
                sums.whole += usize::from(unit.whole);
            }
            for (id, value) in &unit.text {
                let own = unit.weight * value;
                let (sum, before, last) = passages.entry(*id).or_default();
                *sum += own;
                if unit.follows && *before + 1 == number + 1 {
                    *sum += self.weights.closest_neighbours * f64::min(*last, own);
                }
                (*before, *last) = (number + 1, own);
            }
        }
        for (id, (sum, ..)) in &passages {
            if let Some(sums) = docs.get_mut(layout.doc(*id).index()) {
                sums.passage = sums.passage.max(*sum);
            }
        }
        let passages = passages.into_iter().map(|(id, (sum, ..))| (id, millionths(sum))).collect();
        AllSums { docs, passages }
    }

    /// The chapters that hold a unit, and where.
    fn unit_docs(&self, unit: &Unit) -> BTreeMap<DocId, Held> {
        let mut docs: BTreeMap<DocId, Held> = BTreeMap::new();
        for (id, value) in &unit.text {
            let held = docs.entry(self.index.postings.layout.doc(*id)).or_default();
            held.times += 1;
            held.text = held.text.max(*value);
        }
        for (doc, value) in &unit.title {
            docs.entry(*doc).or_default().title = *value;
        }
        for (doc, value) in &unit.head {
            docs.entry(*doc).or_default().head = *value;
        }
        docs
    }
}

/// What `sums` returns.
struct AllSums {
    docs: Vec<Sums>,
    passages: BTreeMap<PostingId, i64>,
}

/// How well a chapter holds a unit, by field, and in how many passages.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    times: u32,
    text: f64,
    title: f64,
    head: f64,
}
