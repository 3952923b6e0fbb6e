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
//! count more together. What is not in force scores less by `closest_past`.
//!
//! The index knows in which passage a unit stands, but not in which clause of it. So the texts of
//! the first chapters, which are opened for their excerpts anyway, are looked at: `closest_clause`
//! times the best clause is added. There characters count too where no unit stands that they are
//! part of. Where a number is asked for, or a person, or a time, clauses with words of an answer
//! count more. The page of a folder counts less than what it lists.
//!
//! Which passages of a chapter are opened, and which clauses are shown, is decided by what tells
//! them apart: what each of them holds says nothing there.

use super::Index;
use super::coverage_characters::Character;
use super::coverage_units::{Unit, Units, weight_of};
use super::ids::{DocId, PostingId};
use super::limits::LIMITS;
use super::matching::Matcher;
use super::numbers::has_number;
use super::passages::PassagePart;
use super::phrase::Term;
use super::query::QueryClause;
use super::question::Question;
use super::stored::StoredFields;
use super::token::fold;
use super::weights::Weights;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Passages that are opened for the excerpts of a result, for so many of the first results;
/// else one.
pub(super) const MAX_PASSAGES: usize = 3;
pub(super) const WELL_SHOWN: usize = 4;
/// Chapters that must hold all of a question in one place for no others to be shown.
pub(super) const ENOUGH: usize = 3;

/// The chapters that hold most of a query.
#[derive(Debug)]
pub(super) struct Coverage {
    /// Best first.
    pub(super) order: Vec<DocId>,
    /// The scores of the first ones.
    totals: Vec<i64>,
    question: Question,
    /// Whether one of the first holds all of the query's words.
    pub(super) has_all: bool,
    /// How many of them do, if others are shown too.
    pub(super) complete: Option<usize>,
    /// What to mark in texts.
    pub(super) terms: Vec<Term>,
    units: Vec<Unit>,
    characters: Vec<WeighedCharacter>,
    /// Each passage that holds something.
    passages: BTreeSet<PostingId>,
    weights: Weights,
}

/// A character, its weight where no unit stands that it is part of, and these units.
#[derive(Debug)]
struct WeighedCharacter {
    character: char,
    weight: f64,
    units: Vec<usize>,
}

impl Coverage {
    /// Orders the first chapters anew by the best clause of their best passages.
    pub(super) fn rescore(&mut self, index: &Index, weights: &Weights) {
        let first = self.order.iter().zip(&self.totals).enumerate();
        let rescored = |(rank, (doc, total)): (usize, (&DocId, &i64))| {
            let passages = self.passages(index, *doc, rank);
            let parts = passages.into_iter().filter_map(|id| index.passage(id)).flatten();
            let best = parts.map(|part| self.weight(*doc, &part, None)).max().unwrap_or(0) as f64 / 1e6;
            let stored = index.stored.get(doc.index());
            let best =
                if stored.is_some_and(StoredFields::is_past) { best * weights.closest_past } else { best };
            let best = best * stored.map_or(1.0, |stored| stored.standing(weights));
            let sum = total + millionths(weights.closest_clause * best);
            let is_folder = stored.is_some_and(|stored| !stored.is_listed());
            (
                Reverse(if is_folder { (sum as f64 * weights.closest_folder).round() as i64 } else { sum }),
                *doc,
            )
        };
        let mut keys: Vec<(Reverse<i64>, DocId)> = first.take(LIMITS.rescored).map(rescored).collect();
        keys.sort_unstable();
        for (place, (_, doc)) in self.order.iter_mut().zip(keys) {
            *place = doc;
        }
    }

    /// The passages of a chapter that are opened for its excerpts, best first: the best ones, and those in
    /// their files, which a browser has then.
    pub(super) fn passages(&self, index: &Index, doc: DocId, rank: usize) -> Vec<PostingId> {
        let ids = index.postings.layout.passage_ids(doc);
        let shares = self.shares(doc, ids.clone());
        let score = |id: &PostingId| {
            let value = |unit: &Unit| unit.text.get(id).copied().unwrap_or(0.0);
            let values = self.units.iter().zip(&shares).map(|(unit, share)| value(unit) * share);
            millionths(self.weigh(values))
        };
        let mut own: Vec<(Reverse<i64>, PostingId)> =
            self.passages.range(ids).map(|id| (Reverse(score(id)), *id)).collect();
        own.sort_unstable();
        let most = if rank < WELL_SHOWN { MAX_PASSAGES } else { 1 };
        index.in_files(doc, own.into_iter().map(|(_, id)| id).collect(), most)
    }

    /// How much each unit tells one passage of a chapter from another, from 0 to 1: what all of them
    /// hold tells nothing, and what the title says little.
    pub(super) fn shares(&self, doc: DocId, ids: Range<PostingId>) -> Vec<f64> {
        let Weights { closest_local, closest_titled, .. } = self.weights;
        let all = (ids.end.0 - ids.start.0) as usize;
        let local = |unit: &Unit| match unit.text.range(ids.clone()).count() {
            0 | 1 => 1.0,
            held => {
                let rarity = self.weights.rarity(all, held) / self.weights.rarity(all, 1);
                1.0 - closest_local + closest_local * rarity
            }
        };
        let titled = |unit: &Unit| if unit.title.contains_key(&doc) { closest_titled } else { 1.0 };
        self.units.iter().map(|unit| titled(unit) * local(unit)).collect()
    }

    /// How much of the query a part of a chapter's text holds, in millionths; with shares of the units where it is
    /// compared with other parts.
    pub(super) fn weight(&self, doc: DocId, part: &PassagePart, shares: Option<&[f64]>) -> i64 {
        let folded = &fold(&part.text);
        let values: Vec<f64> = self.units.iter().map(|unit| unit.value_in(folded)).collect();
        let share = |at: usize| shares.and_then(|shares| shares.get(at)).copied().unwrap_or(1.0);
        let shared = |(at, value): (usize, &f64)| value * share(at);
        let mut weight = self.weigh(values.iter().enumerate().map(shared));
        if weight == 0.0 {
            return 0;
        }
        let heading = self.in_heading(doc, part);
        weight += self.weights.closest_section * self.weigh(heading.iter().enumerate().map(shared));
        for WeighedCharacter { character, weight: own, units } in &self.characters {
            let is_held = units.iter().any(|at| values.get(*at).is_some_and(|value| *value > 0.0));
            if !is_held && folded.contains(*character) {
                weight += own;
            }
        }
        if self.question.asks_number && has_number(folded) {
            weight *= 1.0 + self.weights.closest_number;
        }
        for words in &self.question.answers {
            if words.iter().any(|word| word.find(folded).is_some()) {
                weight *= 1.0 + self.weights.closest_cue;
            }
        }
        if self.question.formal.iter().any(|sign| folded.contains(sign)) {
            weight *= self.weights.closest_formal;
        }
        millionths(weight)
    }

    /// The weight of the units that are held; neighbours count more together.
    fn weigh(&self, values: impl Iterator<Item = f64>) -> f64 {
        weight_of(&self.units, self.weights.closest_neighbours, values)
    }

    /// How well a heading of a chapter holds each unit.
    fn in_heading(&self, doc: DocId, part: &PassagePart) -> Vec<f64> {
        // A heading that nothing stands under answers nothing.
        let folded = if part.text == part.label { String::new() } else { fold(&part.label) };
        let value =
            |unit: &Unit| unit.head.get(&doc).map_or(0.0, |known| f64::min(*known, unit.value_in(&folded)));
        self.units.iter().map(value).collect()
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
    /// How many whole units these are, and how many of them it holds by more than what an everyday word stands for.
    whole: usize,
    firm: usize,
}

impl Matcher<'_> {
    /// Ranks the chapters that `is_wanted` lets pass; it is told whether only those that were found
    /// already may. These are all shown; of others only those that hold much. `may_be_fixed` says
    /// that nothing but another word adds a chapter.
    pub(super) fn coverage(
        &self,
        clauses: &[QueryClause],
        question: Question,
        may_be_fixed: bool,
        is_wanted: &dyn Fn(DocId, bool) -> bool,
    ) -> Coverage {
        let Units { mut units, characters, all_stand, beside, terms, has_expansions } =
            self.units(clauses, &question);
        let is_fixed = may_be_fixed && !has_expansions;
        let mut sums = self.sums(&mut units);
        let characters =
            characters.into_iter().map(|character| self.weigh(character, &units, &mut sums.docs));
        let characters: Vec<WeighedCharacter> = characters.collect();
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
            .map(|(doc, sums)| (Reverse(self.total(*doc, sums)), *doc, sums.firm))
            .collect();
        keys.sort_unstable();
        let holds_all =
            |key: &(Reverse<i64>, DocId, usize)| key.2 == whole && self.meet(&units, &beside, key.1);
        let has_all = is_fixed || all_stand && whole > 0 && keys.first().is_some_and(holds_all);
        // Few chapters that happen to have each word of a question do not hide those that answer it in others.
        let holds_together =
            |key: &&(Reverse<i64>, DocId, usize)| holds_all(key) && self.is_in_one_place(&units, key.1);
        let are_enough = !question.asks || keys.iter().filter(holds_together).count() >= ENOUGH;
        let may_hide = has_all && !is_fixed;
        if may_hide && are_enough {
            keys.retain(holds_all);
        }
        let complete = (may_hide && !are_enough).then(|| keys.iter().filter(|key| holds_all(key)).count());
        let complete = complete.filter(|complete| *complete < keys.len());
        let (totals, order) = keys.into_iter().map(|(Reverse(total), doc, _)| (total, doc)).unzip();
        Coverage {
            order,
            totals,
            question,
            has_all,
            complete,
            terms,
            units,
            characters,
            passages: sums.passages,
            weights: self.weights.clone(),
        }
    }

    /// Whether pairs of the query that overlap stand in one place of a chapter, and each character beside a
    /// known word with its neighbour: 换 and 一次 in two words are no 换一次.
    fn meet(&self, units: &[Unit], beside: &[Vec<usize>], doc: DocId) -> bool {
        let ids = self.index.postings.layout.passage_ids(doc);
        let meet = |a: &Unit, b: &Unit| {
            a.title.contains_key(&doc) && b.title.contains_key(&doc)
                || a.head.contains_key(&doc) && b.head.contains_key(&doc)
                || a.text.range(ids.clone()).any(|(id, _)| b.text.contains_key(id))
        };
        let has = |number: &usize| units.get(*number).is_some_and(|unit| meet(unit, unit));
        units.windows(2).all(|two| match two {
            [a, b] if b.follows && a.whole && b.whole => meet(a, b),
            _ => true,
        }) && beside.iter().all(|pairs| pairs.iter().any(has))
    }

    /// Whether one passage of a chapter, with its titles, holds all that is wholly asked for.
    fn is_in_one_place(&self, units: &[Unit], doc: DocId) -> bool {
        let ids = self.index.postings.layout.passage_ids(doc);
        let wanted = || units.iter().filter(|unit| unit.whole && !unit.title.contains_key(&doc));
        wanted().all(|unit| unit.head.contains_key(&doc))
            || PostingId::iter(ids).any(|id| wanted().all(|unit| unit.text.contains_key(&id)))
    }

    /// The score of a chapter, in millionths.
    fn total(&self, doc: DocId, sums: &Sums) -> i64 {
        let weights = self.weights;
        let score = weights.closest_passage * sums.passage
            + weights.closest_body * sums.body
            + weights.closest_title * sums.title
            + weights.closest_heading * sums.head;
        let score = if self.preferred.contains(&doc) { score * weights.preferred } else { score };
        let score = score * self.index.stored.get(doc.index()).map_or(1.0, |stored| stored.standing(weights));
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
                sums.body +=
                    unit.weight * held.text * self.weights.frequency(f64::from(held.times.max(1)), length);
                sums.title += unit.weight * held.title;
                sums.head += unit.weight * held.head;
                sums.all += unit.weight * held.text.max(held.title).max(held.head);
                let is_firm = unit.firm.as_ref().is_none_or(|firm| firm.contains(&doc));
                sums.whole += usize::from(unit.whole);
                sums.firm += usize::from(unit.whole && is_firm);
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
        let held = passages.into_iter().filter(|(_, (sum, ..))| *sum > 0.0);
        AllSums { docs, passages: held.map(|(id, _)| id).collect() }
    }

    /// Adds up the titles that hold a character, but none of the units that it is part of, and weighs
    /// it in texts.
    fn weigh(&self, own: Character, units: &[Unit], sums: &mut [Sums]) -> WeighedCharacter {
        let Character { character, units: numbers, postings } = own;
        let rarity = |chapters| self.weights.rarity(self.index.stored.len(), chapters);
        let in_title = self.weights.closest_title_character * rarity(postings.title.len());
        for doc in postings.title.keys() {
            let is_held =
                numbers.iter().filter_map(|at| units.get(*at)).any(|unit| unit.title.contains_key(doc));
            if let Some(sums) = sums.get_mut(doc.index()).filter(|_| !is_held) {
                sums.title += in_title;
            }
        }
        // Of a character the index knows one passage of each chapter.
        let weight = match postings.text.len() {
            0 => 0.0,
            chapters => self.weights.closest_character * rarity(chapters),
        };
        WeighedCharacter { character, weight, units: numbers }
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
    passages: BTreeSet<PostingId>,
}

/// How well a chapter holds a unit, by field, and in how many passages.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    times: u32,
    text: f64,
    title: f64,
    head: f64,
}
