//! Answers for the command line and for programs: the chapters that match, ranked,
//! each with its best clauses. The same order as `search.js` gives.

use super::Index;
use super::document::Unit;
use super::matching::{ClauseMatches, Hit, Level, Matcher};
use super::query::{QueryClause, parse, runs, sampled};
use super::token::{Class, class, fold, fold_char};
use crate::text::encode_path;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Clauses shown of a chapter at most.
const CLAUSES: usize = 3;
/// Characters of an excerpt, of Chinese; twice as many of other text.
const WINDOW: usize = 90;
/// Chapters that a query asked in part may match before all of it is asked.
const FEW: usize = 2 * super::VERIFIED;

/// What a search found.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct SearchResponse {
    /// Chapters that match.
    pub count: usize,
    /// How many of them hold what was typed as it was typed.
    pub exact: usize,
    /// The best ones.
    pub results: Vec<SearchResult>,
}

/// A chapter that was found.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct SearchResult {
    /// Address from the site's root, encoded.
    pub url: String,
    /// Title.
    pub title: String,
    /// Its best place.
    pub excerpt: String,
    /// Its best sections and clauses.
    pub clauses: Vec<SubResult>,
}

/// A section or clause that was found.
#[derive(Debug, Clone, Default, Serialize)]
#[non_exhaustive]
pub struct SubResult {
    /// Address with its anchor, encoded.
    pub url: String,
    /// Heading or label.
    pub title: String,
    /// Words around what was found.
    pub excerpt: String,
}

impl Index {
    /// Searches; `limit` 0 gives all results.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> SearchResponse {
        let clauses = parse(query);
        let sampled = sampled(&clauses).map(|clauses| self.rank(&clauses));
        let ranked = match sampled {
            Some(ranked) if ranked.candidates <= FEW && !ranked.order.is_empty() => ranked,
            _ => self.rank(&clauses),
        };
        let limit = if limit == 0 { usize::MAX } else { limit };
        SearchResponse {
            count: ranked.order.len(),
            exact: ranked.exact,
            results: ranked.order.iter().take(limit).map(|chapter| self.hits(*chapter, &ranked)).collect(),
        }
    }

    fn rank(&self, clauses: &[QueryClause]) -> Ranked {
        let matcher = Matcher { index: self };
        let (negated, wanted): (Vec<&QueryClause>, Vec<&QueryClause>) =
            clauses.iter().partition(|clause| clause.negated);
        let found: Vec<ClauseMatches> = wanted.iter().map(|clause| matcher.find(clause)).collect();
        let banned: BTreeSet<u32> =
            negated.iter().flat_map(|clause| matcher.find(clause).hits.into_keys()).collect();
        let mut order: Vec<u32> = match found.first() {
            Some(first) => first.hits.keys().copied().collect(),
            None => (0..self.postings.layout.chapter_count())
                .filter(|at| self.stored.get(*at as usize).is_some_and(super::files::StoredFields::is_listed))
                .collect(),
        };
        order.retain(|chapter| {
            found.iter().all(|one| one.hits.contains_key(chapter)) && !banned.contains(chapter)
        });
        let average = f64::from(self.postings.layout.total_passages()) / order_of(self.stored.len());
        let mut keys: BTreeMap<u32, (u32, bool, i64)> = BTreeMap::new();
        let mut exact = 0;
        for chapter in &order {
            let hits: Vec<&Hit> = found.iter().filter_map(|one| one.hits.get(chapter)).collect();
            let level = hits.iter().map(|hit| hit.level).min().unwrap_or(Level::Phrase);
            exact += usize::from(level == Level::Phrase);
            let past = self.stored.get(*chapter as usize).is_some_and(super::files::StoredFields::is_past);
            keys.insert(*chapter, (tier(&hits, level), past, -self.score(*chapter, &found, &hits, average)));
        }
        order.sort_by_key(|chapter| (keys.get(chapter).copied(), *chapter));
        let candidates = candidates(&found);
        Ranked { order, exact, candidates, found }
    }

    /// The score in millionths.
    fn score(&self, chapter: u32, found: &[ClauseMatches], hits: &[&Hit], average: f64) -> i64 {
        let passages = f64::from(self.postings.layout.passage_count(chapter));
        let size = 0.25 + 0.75 * passages / average.max(1.0);
        let all = self.stored.len() as f64;
        let mut score = 0.0;
        for (one, hit) in found.iter().zip(hits) {
            let count = one.hits.len() as f64;
            let rarity = (1.0 + (all - count + 0.5) / (count + 0.5)).ln();
            let times = f64::from(hit.times.max(1));
            let frequency = times * 2.2 / (times + 1.2 * size);
            let head = if hit.head { 2.0 } else { 0.0 };
            score += hit.weight * (rarity * frequency + head) + 12.0 * hit.title;
        }
        if hits.len() > 1 && !together(hits).is_empty() {
            score *= 1.3;
        }
        (score * 1e6).round() as i64
    }

    /// The units of a passage of text.
    pub(super) fn units(&self, id: u32) -> Option<&[Unit]> {
        let (chapter, field) = self.postings.layout.locate(id);
        let super::document::Field::Text(passage) = field else { return None };
        self.documents.get(chapter as usize)?.passages.get(passage as usize).map(Vec::as_slice)
    }

    fn hits(&self, chapter: u32, ranked: &Ranked) -> SearchResult {
        let Some(stored) = self.stored.get(chapter as usize) else { return SearchResult::default() };
        let url = encode_path(stored.url());
        let terms: Vec<&(String, bool)> = ranked.found.iter().flat_map(|one| &one.terms).collect();
        let units = self.documents.get(chapter as usize).map_or(&[][..], |one| one.passages.as_slice());
        let mut places: Vec<(usize, usize, &Unit)> = Vec::new();
        for (at, unit) in units.iter().flatten().enumerate() {
            let weight = weight(&unit.text, &terms);
            if weight > 0 {
                places.push((weight, at, unit));
            }
        }
        places.sort_by_key(|(weight, at, _)| (std::cmp::Reverse(*weight), *at));
        let mut seen = BTreeSet::new();
        places.retain(|(.., unit)| seen.insert(&unit.anchor));
        let clauses: Vec<SubResult> = places
            .iter()
            .take(CLAUSES)
            .map(|(.., unit)| {
                let anchor = if unit.anchor.is_empty() {
                    String::new()
                } else {
                    format!("#{}", encode_path(&unit.anchor))
                };
                SubResult {
                    url: format!("{url}{anchor}"),
                    title: unit.label.clone(),
                    excerpt: excerpt(&unit.text, &terms),
                }
            })
            .collect();
        let opening = || {
            let first = units.iter().flatten().next().map_or("", |unit| unit.text.as_str());
            excerpt(stored.summary().unwrap_or(first), &terms)
        };
        let shown = clauses.first().map_or_else(opening, |place| place.excerpt.clone());
        SearchResult { url, title: stored.title().to_owned(), excerpt: shown, clauses }
    }
}

fn order_of(count: usize) -> f64 {
    count.max(1) as f64
}

/// The most chapters that any clause asked in part left to be verified.
fn candidates(found: &[ClauseMatches]) -> usize {
    let of =
        |one: &ClauseMatches| one.unverified.clone().unwrap_or_else(|| one.hits.keys().copied().collect());
    let all = found.iter().map(of).reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default();
    let counts = found.iter().filter_map(|one| one.unverified.as_ref());
    counts.map(|unverified| unverified.intersection(&all).count()).max().unwrap_or(0)
}

struct Ranked {
    order: Vec<u32>,
    exact: usize,
    /// Chapters that had to be opened to verify a clause asked in part.
    candidates: usize,
    found: Vec<ClauseMatches>,
}

/// What comes first: the title itself, phrases, near words, parts by their number.
fn tier(hits: &[&Hit], level: Level) -> u32 {
    let is_title = level == Level::Phrase
        && hits.iter().all(|hit| hit.title > 0.0)
        && hits.first().is_some_and(|hit| hit.first)
        && hits.last().is_some_and(|hit| hit.last);
    match level {
        _ if is_title => 0,
        Level::Phrase => 1,
        Level::Loose => 2,
        Level::Parts => 3 + hits.iter().map(|hit| hit.pieces).sum::<u32>(),
    }
}

/// Passages in which every clause stands.
fn together(hits: &[&Hit]) -> BTreeSet<u32> {
    let sets = hits.iter().map(|hit| hit.passages.clone());
    sets.reduce(|a, b| a.intersection(&b).copied().collect()).unwrap_or_default()
}

/// Whether a text holds a phrase: its runs with nothing but gaps between them.
pub(super) fn holds(text: &str, phrase: &[String], prefix: bool) -> bool {
    let folded = fold(text);
    if let [run] = phrase {
        return place(&folded, run, prefix).is_some();
    }
    let wanted = phrase.join(" ");
    folded.lines().any(|line| {
        let spaced = runs(line).iter().map(super::query::Run::text).collect::<Vec<_>>().join(" ");
        place(&spaced, &wanted, prefix).is_some()
    })
}

/// Where a run first stands in a folded text; a word must not go on before it,
/// nor behind it unless it is a beginning.
fn place(folded: &str, run: &str, prefix: bool) -> Option<usize> {
    let is_word = |c: Option<char>| c.is_some_and(|c| class(c) == Class::Word);
    let (opens, ends) = (is_word(run.chars().next()), is_word(run.chars().next_back()));
    folded.match_indices(run).map(|(at, _)| at).find(|at| {
        let before = folded[..*at].chars().next_back();
        let behind = folded[at + run.len()..].chars().next();
        !(opens && is_word(before) || ends && !prefix && is_word(behind))
    })
}

/// How much of what was typed a text holds: whole terms count most.
fn weight(text: &str, terms: &[&(String, bool)]) -> usize {
    let folded = fold(text);
    let of = |term: &&(String, bool)| {
        if place(&folded, &term.0, term.1).is_some() {
            return 100 + term.0.chars().count();
        }
        let characters: Vec<char> = term.0.chars().collect();
        let bigrams = characters.windows(2).filter(|two| two.iter().all(|c| class(*c) == Class::Unsegmented));
        bigrams.filter(|two| folded.contains(&two.iter().collect::<String>())).count()
    };
    terms.iter().map(of).sum()
}

/// A window of a text around the first term it holds.
fn excerpt(text: &str, terms: &[&(String, bool)]) -> String {
    let mut folded = String::new();
    let mut places = Vec::new();
    for (at, c) in text.char_indices() {
        fold_char(c, |c| folded.push(c));
        places.resize(folded.len(), at);
    }
    let first = |term: &&(String, bool)| {
        let bigram: String = term.0.chars().take(2).collect();
        place(&folded, &term.0, term.1).or_else(|| folded.find(&bigram))
    };
    let first = terms.iter().filter_map(first).min().and_then(|at| places.get(at).copied()).unwrap_or(0);
    let before = text[..first].chars().count().saturating_sub(WINDOW / 3);
    let long = if text.chars().any(crate::text::is_cjk) { WINDOW } else { 2 * WINDOW };
    let shown: String =
        text.chars().skip(before).take(long).map(|c| if c == '\n' { ' ' } else { c }).collect();
    let more = text.chars().count() > before + long;
    format!("{}{}{}", if before > 0 { "…" } else { "" }, shown.trim(), if more { "…" } else { "" })
}
