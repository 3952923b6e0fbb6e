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
            return coverage.passages(ids, rank);
        }
        let of = |item: &ClauseMatches| {
            item.chapters.get(&doc).map(|own| own.passages.clone()).unwrap_or_default()
        };
        let matches: Vec<BTreeSet<PostingId>> = ranking.matches.iter().map(of).collect();
        let mut votes: BTreeMap<PostingId, f64> = BTreeMap::new();
        for (item, passages) in ranking.matches.iter().zip(&matches) {
            // The clause that is asked for is shown before its title.
            let vote = if item.reference.is_some() { weights.reference } else { weights.passage_phrase };
            passages.iter().for_each(|id| *votes.entry(*id).or_default() += vote);
            if passages.is_empty() {
                for list in
                    (Matcher { index: self, weights, preferred: &BTreeSet::new() }).token_lists(&item.clause)
                {
                    let own = list.range(ids.clone());
                    own.for_each(|id| *votes.entry(*id).or_default() += weights.passage_token);
                }
            }
        }
        let shared = matches.iter().cloned().reduce(|a, b| a.intersection(&b).copied().collect());
        let is_named = ranking.matches.iter().any(|item| item.reference.is_some());
        let is_spread = is_named || shared.is_some_and(|shared| shared.is_empty());
        let most = if is_spread && rank < WELL_SHOWN { MAX_PASSAGES } else { 1 };
        if votes.is_empty() {
            return PostingId::iter(ids).take(1).collect();
        }
        let mut ranked: Vec<(Reverse<i64>, PostingId)> =
            votes.into_iter().map(|(id, votes)| (Reverse((votes * 1e6) as i64), id)).collect();
        ranked.sort_unstable();
        ranked.into_iter().take(most).map(|(_, id)| id).collect()
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
