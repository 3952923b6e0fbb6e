//! Searches the index and ranks the chapters that match: the same order as `search.js`
//! gives. What the numbers mean stands in `weights`.

use super::Index;
use super::files::StoredFields;
use super::ids::{DocId, PostingId};
use super::limits::LIMITS;
use super::matching::{ChapterMatch, ClauseMatches, Level, Matcher};
use super::query::{self, QueryClause};
use super::response::SearchResponse;
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
}

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
    /// Searches for a query; `limit` 0 gives all results. The response has the results that
    /// `handbook search --json` prints.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> SearchResponse {
        self.search_weighted(query, limit, &Weights::default())
    }

    /// Searches with other ranking weights than those of the site: to try them out.
    #[must_use]
    pub fn search_weighted(&self, query: &str, limit: usize, weights: &Weights) -> SearchResponse {
        let clauses = query::parse(query);
        let sampled = query::sampled(&clauses).map(|clauses| self.rank(&clauses, weights));
        let ranking = match sampled {
            Some(ranking) if ranking.unverified <= LIMITS.verified_for_count && !ranking.order.is_empty() => {
                ranking
            }
            _ => self.rank(&clauses, weights),
        };
        let limit = if limit == 0 { usize::MAX } else { limit };
        let shown = ranking.order.iter().take(limit);
        SearchResponse {
            count: ranking.order.len(),
            exact: ranking.exact,
            results: shown.map(|doc| self.result(*doc, &ranking, weights)).collect(),
        }
    }

    fn rank(&self, clauses: &[QueryClause], weights: &Weights) -> Ranking {
        let matcher = Matcher { index: self, weights };
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
        let scorer = Scorer { index: self, weights, matches: &matches, average: average.max(1.0) };
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
            keys.push(SortKey { tier: tier(&own, level), is_past, score, doc });
        }
        keys.sort_unstable();
        let order = keys.iter().map(|key| key.doc).collect();
        let unverified = most_unverified(&matches);
        Ranking { order, exact, matches, unverified }
    }
}

/// Scores the chapters that match a query.
struct Scorer<'a> {
    index: &'a Index,
    weights: &'a Weights,
    matches: &'a [ClauseMatches],
    /// Passages of an average chapter.
    average: f64,
}

impl Scorer<'_> {
    /// The score in millionths. See `weights` for the formula.
    fn score(&self, doc: DocId, own: &[&ChapterMatch]) -> i64 {
        let weights = self.weights;
        let passages = f64::from(self.index.postings.layout.passage_count(doc));
        let length = 1.0 - weights.length + weights.length * passages / self.average;
        let mut score = 0.0;
        for (matches, own) in self.matches.iter().zip(own) {
            let times = f64::from(own.times.max(1));
            let frequency = times * (weights.saturation + 1.0) / (times + weights.saturation * length);
            let heading = if own.head { weights.heading } else { 0.0 };
            score += own.weight * (self.rarity(matches) * frequency + heading) + weights.title * own.title;
        }
        if own.len() > 1 && !shared_passages(own).is_empty() {
            score *= weights.same_passage;
        }
        (score * 1e6).round() as i64
    }

    /// The inverse document frequency of a clause, as BM25 has it.
    fn rarity(&self, matches: &ClauseMatches) -> f64 {
        let (all, with) = (self.index.stored.len() as f64, matches.chapters.len() as f64);
        let smoothing = self.weights.rarity_smoothing;
        (1.0 + (all - with + smoothing) / (with + smoothing)).ln()
    }
}

/// What comes first: the title itself, phrases, loose matches, matches in parts by the number
/// of parts.
fn tier(own: &[&ChapterMatch], level: Level) -> u32 {
    let is_title = level == Level::Phrase
        && own.iter().all(|own| own.title > 0.0)
        && own.first().is_some_and(|own| own.title_ends.first)
        && own.last().is_some_and(|own| own.title_ends.last);
    match level {
        _ if is_title => 0,
        Level::Phrase => 1,
        Level::Loose => 2,
        Level::Parts => 3 + own.iter().map(|own| own.parts).sum::<u32>(),
    }
}

/// Passages in which every clause occurs.
fn shared_passages(own: &[&ChapterMatch]) -> BTreeSet<PostingId> {
    let sets = own.iter().map(|own| own.passages.clone());
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
