//! What a search returns: the chapters that match, each with an excerpt and its best
//! clauses.

use super::Index;
use super::clause_number;
use super::document::Field;
use super::excerpt::MarkedText;
use super::ids::{DocId, PostingId};
use super::limits::LIMITS;
use super::matching::ClauseMatches;
use super::passages::PassagePart;
use super::phrase::Term;
use super::ranking::Ranking;
use super::weights::Weights;
use crate::text::encode_path;
use serde::Serialize;
use std::collections::BTreeSet;

/// How a query was understood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum MatchStep {
    /// Some chapter holds the query as typed.
    Exact,
    /// Chapters hold all words of the query, apart or in another form. Words that only ask do not
    /// count. Others may follow these: see [`SearchResponse::complete`].
    Words,
    /// The chapters found hold some of the query.
    #[default]
    Closest,
}

/// What a search found.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct SearchResponse {
    /// How the query was understood.
    #[serde(rename = "match")]
    pub step: MatchStep,
    /// How many chapters match in that way.
    pub count: usize,
    /// How many of them hold the query as typed, and not only in parts, by a prefix, by pinyin
    /// or with a typing error.
    pub exact: usize,
    /// How many of them hold all words, where few do, and others that hold most of them follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complete: Option<usize>,
    /// The best of them, best first.
    pub results: Vec<SearchResult>,
    /// What may have been meant where not all of the query was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// Whether the results are those of the suggestion, since nothing holds what was typed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub corrected: bool,
    /// Where nothing was found, the parts of the query that stand somewhere.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<QueryPart>,
}

/// A part of a query, and how many chapters a search for it finds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct QueryPart {
    /// The part.
    pub text: String,
    /// Chapters.
    pub count: usize,
}

/// A chapter that was found.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct SearchResult {
    /// URL from the site's root, percent-encoded.
    pub url: String,
    /// Title of the chapter, as its page shows it.
    pub title: String,
    /// Text around the best match; the summary or the beginning where only the title matches.
    pub excerpt: String,
    /// Its best sections and clauses, best first, three at most.
    pub clauses: Vec<SubResult>,
}

/// A section or clause that was found.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct SubResult {
    /// URL from the site's root with the anchor, percent-encoded.
    pub url: String,
    /// Its heading or label, such as 第三条; empty for text before the first heading.
    pub title: String,
    /// Text around the match.
    pub excerpt: String,
}

/// A part of a chapter's text that holds some of what was searched for.
struct Candidate {
    weight: f64,
    part: PassagePart,
}

/// What a folded text counts for the terms that it holds as a whole; another word that a clause was found
/// by counts less, and only where none of its terms stands.
fn whole_terms(folded: &str, ranking: &Ranking, weights: &Weights) -> f64 {
    let holds = |term: &&Term| term.find(folded).is_some();
    let count = |item: &ClauseMatches| match item.terms.iter().filter(holds).count() {
        0 if item.others.iter().any(|term| holds(&term)) => weights.synonym,
        own => own as f64,
    };
    weights.whole_term * ranking.matches.iter().map(count).sum::<f64>()
}

impl Index {
    /// The parts of a passage.
    pub(super) fn passage(&self, id: PostingId) -> Option<Vec<PassagePart>> {
        let (doc, field) = self.postings.layout.locate(id);
        let Field::Text(passage) = field else { return None };
        self.chapters.of(doc)?.get(passage.index()).cloned()
    }

    /// A chapter as a result; `rank` counts the results from 0.
    pub(super) fn result(
        &self,
        doc: DocId,
        rank: usize,
        ranking: &Ranking,
        weights: &Weights,
    ) -> SearchResult {
        let Some(stored) = self.stored.get(doc.index()) else { return SearchResult::default() };
        let url = encode_path(stored.url());
        let terms: Vec<&Term> = match &ranking.coverage {
            Some(coverage) => coverage.terms.iter().collect(),
            None => ranking.matches.iter().flat_map(|item| item.terms.iter().chain(&item.others)).collect(),
        };
        let mut seen = BTreeSet::new();
        let mut candidates = self.candidates(doc, rank, ranking, &terms, weights);
        candidates.retain(|candidate| seen.insert(candidate.part.anchor.clone()));
        let excerpt = |text: &str| {
            let text = MarkedText::new(text);
            text.excerpt(&text.marks(&terms))
        };
        let clause = |Candidate { part, .. }: &Candidate| SubResult {
            url: match part.anchor.as_str() {
                "" => url.clone(),
                anchor => format!("{url}#{}", encode_path(anchor)),
            },
            title: part.label.clone(),
            excerpt: excerpt(&part.text),
        };
        let clauses: Vec<SubResult> = candidates.iter().take(LIMITS.clauses).map(clause).collect();
        let opening = || {
            let first = self.opened(doc, rank, ranking, weights).first().and_then(|id| self.passage(*id));
            let first = first.and_then(|parts| parts.into_iter().next()).unwrap_or_default();
            excerpt(stored.summary().unwrap_or(&first.text))
        };
        let shown = clauses.first().map_or_else(opening, |clause| clause.excerpt.clone());
        SearchResult { url, title: stored.title().to_owned(), excerpt: shown, clauses }
    }

    /// Parts of a chapter that hold some of what was searched for, best first.
    fn candidates(
        &self,
        doc: DocId,
        rank: usize,
        ranking: &Ranking,
        terms: &[&Term],
        weights: &Weights,
    ) -> Vec<Candidate> {
        let asked = ranking.matches.iter().filter_map(|item| item.reference.clone());
        let references: Vec<String> = asked
            .flat_map(|reference| {
                let other = clause_number::other_numerals(&reference);
                [Some(reference), other].into_iter().flatten()
            })
            .collect();
        let is_named = |part: &PassagePart| {
            references.iter().any(|reference| clause_number::is_label(&part.label, reference))
        };
        let weigh = |part: PassagePart, weight: f64| Candidate {
            weight: weight + if is_named(&part) { weights.reference } else { 0.0 },
            part,
        };
        // However much is marked, another word for a term comes behind the term.
        let least_whole = weights.whole_term * weights.synonym;
        let ids = self.postings.layout.passage_ids(doc);
        let shares = ranking.coverage.as_ref().map(|coverage| coverage.shares(doc, ids));
        let weight = |part: &PassagePart| match &ranking.coverage {
            Some(coverage) => coverage.weight(doc, part, shares.as_deref()) as f64 / 1e6,
            None => {
                let text = MarkedText::new(&part.text);
                let marked: usize = text.marks(terms).into_iter().map(|range| range.len()).sum();
                whole_terms(&text.folded(), ranking, weights)
                    + (weights.whole_term - least_whole) * marked as f64 / (marked + 1) as f64
            }
        };
        let opened = self.opened(doc, rank, ranking, weights);
        let parts = opened.into_iter().filter_map(|id| self.passage(id)).flatten();
        let mut candidates: Vec<Candidate> = parts
            .map(|part| {
                let weight = weight(&part);
                weigh(part, weight)
            })
            .collect();
        candidates.retain(|candidate| candidate.weight > 0.0);
        // The sort is stable, so equal ones stay in the order of the text.
        candidates.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let best = candidates.first().map_or(0.0, |best| best.weight);
        let least = match ranking.coverage {
            Some(_) => best * weights.closest_share,
            // Without a whole term, parts of one do.
            None if best < least_whole => 0.0,
            None => least_whole,
        };
        candidates.retain(|candidate| candidate.weight >= least);
        candidates
    }
}
