//! The passages of a chapter that a result shows excerpts of. A browser opens as few as it can, and
//! `search-response.js` chooses them in the same way.

use super::Index;
use super::coverage::{MAX_PASSAGES, WELL_SHOWN};
use super::ids::{BigramKey, DocId, PostingId};
use super::matching::{ClauseMatches, Matcher};
use super::query::QueryClause;
use super::ranking::Ranking;
use super::token::Token;
use super::weights::Weights;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

impl Index {
    /// The passages that are opened, best first; `rank` counts the results from 0.
    pub(super) fn opened(
        &self,
        doc: DocId,
        rank: usize,
        ranking: &Ranking,
        weights: &Weights,
    ) -> Vec<PostingId> {
        let ids = self.postings.layout.passage_ids(doc);
        if let Some(coverage) = &ranking.coverage {
            return coverage.passages(self, doc, rank);
        }
        let of = |item: &ClauseMatches| {
            item.chapters.get(&doc).map(|own| own.passages.clone()).unwrap_or_default()
        };
        let matches: Vec<BTreeMap<PostingId, f64>> = ranking.matches.iter().map(of).collect();
        let mut votes: BTreeMap<PostingId, f64> = BTreeMap::new();
        for (item, passages) in ranking.matches.iter().zip(&matches) {
            // The clause that is asked for is shown before its title.
            let vote = if item.reference.is_some() { weights.reference } else { weights.passage_phrase };
            // What was typed before other words for it.
            passages.iter().for_each(|(id, fit)| *votes.entry(*id).or_default() += vote * fit);
            if passages.is_empty() {
                for list in
                    (Matcher { index: self, weights, preferred: &BTreeSet::new() }).token_lists(&item.clause)
                {
                    let own = list.range(ids.clone());
                    own.for_each(|id| *votes.entry(*id).or_default() += weights.passage_token);
                }
            }
        }
        let shared = matches
            .iter()
            .map(|own| own.keys().copied().collect::<BTreeSet<_>>())
            .reduce(|a, b| a.intersection(&b).copied().collect());
        let is_named = ranking.matches.iter().any(|item| item.reference.is_some());
        let is_spread = is_named || shared.is_some_and(|shared| shared.is_empty());
        let most = if is_spread && rank < WELL_SHOWN { MAX_PASSAGES } else { 1 };
        if votes.is_empty() {
            return PostingId::iter(ids).take(1).collect();
        }
        let mut ranked: Vec<(Reverse<i64>, PostingId)> =
            votes.into_iter().map(|(id, votes)| (Reverse((votes * 1e6).round() as i64), id)).collect();
        ranked.sort_unstable();
        self.in_files(doc, ranked.into_iter().map(|(_, id)| id).collect(), most)
    }
}

impl Index {
    /// The first passages, so many, and those of the others that are in their files, which a browser has
    /// then.
    pub(super) fn in_files(&self, doc: DocId, passages: Vec<PostingId>, most: usize) -> Vec<PostingId> {
        let first = self.postings.layout.passage_ids(doc).start.0;
        let in_file = self.documents.get(doc.index()).map_or(1, |item| item.passages_in_file.max(1));
        let file = |id: PostingId| (id.0 - first) as usize / in_file;
        let files: BTreeSet<usize> = passages.iter().take(most).map(|id| file(*id)).collect();
        passages.into_iter().filter(|id| files.contains(&file(*id))).collect()
    }
}

impl Matcher<'_> {
    /// The passages of each list that is looked up for a clause.
    fn token_lists(&self, clause: &QueryClause) -> Vec<BTreeSet<PostingId>> {
        let mut tokens = clause.tokens();
        let is_looked_up = |token: &Token| !matches!(token, Token::Trigram(..));
        tokens.retain(is_looked_up);
        let mut words: Vec<&String> = Vec::new();
        let mut lists = Vec::new();
        let mut seen = Vec::new();
        for token in &tokens {
            if seen.contains(&token) {
                continue;
            }
            seen.push(token);
            lists.push(match token {
                Token::Unigram(c) => self.postings(self.index.postings.bigrams.find(BigramKey::unigram(*c))),
                Token::Bigram(a, b) => {
                    self.postings(self.index.postings.bigrams.find(BigramKey::new(*a, *b)))
                }
                Token::Word(word) => self.word(word),
                Token::Trigram(..) => continue,
            });
        }
        if let Some(Token::Word(word)) = tokens.last().filter(|_| clause.prefix) {
            words.push(word);
        }
        if let Some(joined) = &clause.joined {
            lists.push(self.word(joined));
            words.extend(clause.prefix.then_some(joined));
        }
        lists.extend(words.into_iter().map(|word| self.prefix(word)));
        lists.into_iter().map(|list| list.text).collect()
    }
}
