//! Searches the index and ranks the chapters that match: the same order as `search.js`
//! gives. What the numbers mean stands in `weights`.

use super::Index;
use super::coverage::Coverage;
use super::ids::{DocId, PostingId};
use super::limits::LIMITS;
use super::matching::{ChapterMatch, ClauseMatches, Level, Matcher};
use super::query::{self, QueryClause};
use super::question::Question;
use super::question_words::QUESTION_WORDS;
use super::response::{MatchStep, SearchResponse};
use super::stored::StoredFields;
use super::weights::Weights;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The chapters that match a query, best first.
pub(super) struct Ranking {
    pub(super) order: Vec<DocId>,
    /// How many of them hold the query as typed.
    pub(super) exact: usize,
    /// What each clause matched.
    pub(super) matches: Vec<ClauseMatches>,
    /// For a sampled query, chapters whose texts had to be looked at.
    unverified: usize,
    /// The tier of the first one.
    tier: u32,
    /// Whether it has all of the query in one place: a passage, or its titles and headings.
    is_together: bool,
    /// How well the chapters cover the query, where they are ordered by that.
    pub(super) coverage: Option<Coverage>,
}

impl Ranking {
    /// How the query was understood.
    const fn step(&self) -> MatchStep {
        match &self.coverage {
            Some(coverage) if coverage.has_all => MatchStep::Words,
            Some(_) => MatchStep::Closest,
            None if self.exact > 0 => MatchStep::Exact,
            None if self.order.is_empty() => MatchStep::Closest,
            None => MatchStep::Words,
        }
    }

    /// Whether the first one has all of the query, but not in one place.
    const fn is_scattered(&self) -> bool {
        self.tier < PARTS_TIER && !self.is_together
    }
}

/// The tier of a chapter whose title the query is.
const TITLE_TIER: u32 = 0;
/// The tier of chapters that match in another form, and of guides that quote what was typed.
const LOOSE_TIER: u32 = 2;
/// The tier of chapters that match as typed only in parts; those in more parts come later.
const PARTS_TIER: u32 = 3;

/// What chapters are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct SortKey {
    tier: u32,
    is_past: bool,
    /// In millionths, so that rounding errors do not decide.
    score: Reverse<i64>,
    doc: DocId,
}

impl Index {
    /// Searches for a query as it is typed.
    pub(super) fn answer(
        &self,
        query: &str,
        limit: usize,
        weights: &Weights,
        preferred: &BTreeSet<DocId>,
    ) -> SearchResponse {
        let clauses = query::parse(query);
        let sampled = query::sampled(&clauses).map(|clauses| self.rank(&clauses, weights, preferred));
        let mut ranking = match sampled {
            Some(ranking) if ranking.unverified <= LIMITS.verified_for_count && !ranking.order.is_empty() => {
                ranking
            }
            _ => self.rank(&clauses, weights, preferred),
        };
        self.cover(query, &clauses, &mut ranking, weights, preferred);
        let limit = if limit == 0 { usize::MAX } else { limit };
        let shown = ranking.order.iter().enumerate().take(limit);
        SearchResponse {
            step: ranking.step(),
            count: ranking.order.len(),
            exact: ranking.exact,
            complete: ranking.coverage.as_ref().and_then(|coverage| coverage.complete),
            results: shown.map(|(rank, doc)| self.result(*doc, rank, &ranking, weights)).collect(),
            ..SearchResponse::default()
        }
    }

    /// Orders the chapters by coverage where that answers better: if the query is a question that
    /// no chapter holds as typed, or if none holds all of it but in parts. So are many words that the best one has,
    /// but far apart.
    fn cover(
        &self,
        query: &str,
        clauses: &[QueryClause],
        ranking: &mut Ranking,
        weights: &Weights,
        preferred: &BTreeSet<DocId>,
    ) {
        let loose: Vec<QueryClause> =
            clauses.iter().filter(|clause| !clause.exact && !clause.title).cloned().collect();
        let mut question = Question::new(query, &loose);
        question.asks |= loose.len() >= QUESTION_WORDS.scattered && ranking.is_scattered();
        // A guide that quotes a question does not answer it.
        let first = ranking.order.first().and_then(|doc| self.stored.get(doc.index()));
        let is_quoted = ranking.tier == LOOSE_TIER && first.is_some_and(StoredFields::is_guide);
        let is_answered = match question.asks {
            true if loose.len() > 1 => ranking.tier == TITLE_TIER,
            true if is_quoted => false,
            _ => ranking.exact > 0 || ranking.tier < PARTS_TIER,
        };
        if loose.is_empty() || is_answered {
            return;
        }
        let matcher = Matcher { index: self, weights, preferred };
        let may_be_fixed = !question.asks && !ranking.order.is_empty();
        let strict: Vec<ClauseMatches> = clauses
            .iter()
            .filter(|clause| clause.exact || clause.title)
            .map(|clause| matcher.find(clause))
            .collect();
        let negated: Vec<bool> = clauses
            .iter()
            .filter(|clause| clause.exact || clause.title)
            .map(|clause| clause.negated)
            .collect();
        let found: BTreeSet<DocId> = ranking.order.iter().copied().collect();
        let mut coverage = matcher.coverage(&loose, question, may_be_fixed, &|doc, is_fixed| {
            let is_kept =
                |(item, negated): (&ClauseMatches, &bool)| item.chapters.contains_key(&doc) != *negated;
            (!is_fixed || found.contains(&doc)) && strict.iter().zip(&negated).all(is_kept)
        });
        coverage.rescore(self, weights);
        ranking.order.clone_from(&coverage.order);
        ranking.exact = 0;
        ranking.coverage = Some(coverage);
    }

    fn rank(&self, clauses: &[QueryClause], weights: &Weights, preferred: &BTreeSet<DocId>) -> Ranking {
        let matcher = Matcher { index: self, weights, preferred };
        let (negated, wanted): (Vec<&QueryClause>, Vec<&QueryClause>) =
            clauses.iter().partition(|clause| clause.negated);
        let matches: Vec<ClauseMatches> = wanted.iter().map(|clause| matcher.find(clause)).collect();
        let banned: BTreeSet<DocId> =
            negated.iter().flat_map(|clause| matcher.find(clause).chapters.into_keys()).collect();
        let candidates: Vec<DocId> = match matches.first() {
            Some(first) => first.chapters.keys().copied().collect(),
            None => DocId::first(self.postings.layout.doc_count())
                .filter(|doc| self.stored.get(doc.index()).is_some_and(StoredFields::is_listed))
                .collect(),
        };
        let average = f64::from(self.postings.layout.total_passages()) / self.stored.len().max(1) as f64;
        let scorer = Scorer { index: self, weights, preferred, matches: &matches, average: average.max(1.0) };
        let mut exact = 0;
        let mut keys = Vec::new();
        for doc in candidates {
            let own: Vec<&ChapterMatch> = matches.iter().filter_map(|item| item.chapters.get(&doc)).collect();
            if own.len() < matches.len() || banned.contains(&doc) {
                continue;
            }
            let level = own.iter().map(|own| own.level).min().unwrap_or(Level::Phrase);
            exact += usize::from(level == Level::Phrase);
            let is_past = self.stored.get(doc.index()).is_some_and(StoredFields::is_past);
            let score = Reverse(scorer.score(doc, &own));
            // A guide quotes what it explains.
            let is_quoted = !own.is_empty()
                && own.iter().all(|own| own.title == 0.0)
                && self.stored.get(doc.index()).is_some_and(StoredFields::is_guide);
            let level = if is_quoted { level.min(Level::Loose) } else { level };
            keys.push(SortKey { tier: tier(&matches, &own, level), is_past, score, doc });
        }
        keys.sort_unstable();
        let order = keys.iter().map(|key| key.doc).collect();
        let unverified = most_unverified(&matches);
        let tier = keys.first().map_or(u32::MAX, |key| key.tier);
        let is_together = keys.first().is_some_and(|key| is_together(&matches, key.doc));
        Ranking { order, exact, matches, unverified, tier, is_together, coverage: None }
    }
}

/// Scores the chapters that match a query.
struct Scorer<'a> {
    index: &'a Index,
    weights: &'a Weights,
    preferred: &'a BTreeSet<DocId>,
    matches: &'a [ClauseMatches],
    /// Passages of an average chapter.
    average: f64,
}

impl Scorer<'_> {
    /// The score in millionths. See `weights` for the formula.
    fn score(&self, doc: DocId, own: &[&ChapterMatch]) -> i64 {
        let weights = self.weights;
        let length = f64::from(self.index.postings.layout.passage_count(doc)) / self.average;
        let mut score = 0.0;
        for (matches, own) in self.matches.iter().zip(own) {
            let frequency = weights.frequency(own.times.max(1.0), length);
            let rarity = weights.rarity(self.index.stored.len(), matches.chapters.len());
            let heading = if own.head { weights.heading } else { 0.0 };
            score += own.weight * (rarity * frequency + heading) + weights.title * own.title;
        }
        if own.len() > 1 && !shared_passages(own).is_empty() {
            score *= weights.same_passage;
        }
        if self.preferred.contains(&doc) {
            score *= weights.preferred;
        }
        let standing = self.index.stored.get(doc.index()).map_or(1.0, |stored| stored.standing(weights));
        (score * standing * 1e6).round() as i64
    }
}

/// What comes first: the title itself, phrases, loose matches, matches in parts by the number
/// of parts.
fn tier(matches: &[ClauseMatches], own: &[&ChapterMatch], level: Level) -> u32 {
    // The number of a clause behind a title is no part of the title.
    let named = matches.iter().zip(own).filter(|(item, _)| item.reference.is_none()).map(|(_, own)| *own);
    let named: Vec<&ChapterMatch> = named.collect();
    let is_title = level >= Level::Synonym
        && named.iter().all(|own| own.title > 0.0)
        && named.first().is_some_and(|own| own.title_ends.first)
        && named.last().is_some_and(|own| own.title_ends.last);
    match level {
        _ if is_title => TITLE_TIER,
        Level::Phrase | Level::Synonym => 1,
        Level::Loose => LOOSE_TIER,
        Level::Parts => PARTS_TIER + own.iter().map(|own| own.parts).sum::<u32>(),
    }
}

/// Whether a chapter has all clauses in one passage, or in its titles and headings.
fn is_together(matches: &[ClauseMatches], doc: DocId) -> bool {
    let own: Vec<&ChapterMatch> = matches.iter().filter_map(|item| item.chapters.get(&doc)).collect();
    own.iter().all(|own| own.head || own.title > 0.0) || !shared_passages(&own).is_empty()
}

/// Passages in which every clause occurs.
fn shared_passages(own: &[&ChapterMatch]) -> BTreeSet<PostingId> {
    let sets = own.iter().map(|own| own.passages.keys().copied().collect::<BTreeSet<_>>());
    sets.reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default()
}

/// The largest number of chapters that a sampled clause left to be verified.
fn most_unverified(matches: &[ClauseMatches]) -> usize {
    let docs = |item: &ClauseMatches| {
        item.unverified.clone().unwrap_or_else(|| item.chapters.keys().copied().collect())
    };
    let all =
        matches.iter().map(docs).reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default();
    let sampled = matches.iter().filter_map(|item| item.unverified.as_ref());
    sampled.map(|unverified| unverified.intersection(&all).count()).max().unwrap_or(0)
}
