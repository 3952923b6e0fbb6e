//! References as edges between chapters, counted, from both ends.

use super::Handbook;
use std::collections::BTreeMap;

/// Who refers to whom, and how many times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edges {
    /// What each chapter refers to, by chapter, in reading order.
    pub out: Vec<Vec<(usize, usize)>>,
    /// Who refers to each chapter, by chapter, in reading order.
    pub into: Vec<Vec<(usize, usize)>>,
}

impl Handbook {
    /// What a chapter refers to and who refers to it, each in reading order and with
    /// how many times: one row of [`Self::edges`].
    #[must_use]
    pub fn edges_of(&self, at: usize) -> (Vec<(usize, usize)>, Vec<(usize, usize)>) {
        let mut out: Vec<(usize, usize)> = self.references.cites(at).filter(|(to, _)| *to != at).collect();
        out.sort_by_key(|(to, _)| self.tree.rank[*to]);
        let backlinks = self.references.backlinks[at].iter();
        let mut into: Vec<(usize, usize)> = Vec::new();
        for link in backlinks.filter(|link| link.from != at) {
            match into.last_mut() {
                Some((from, times)) if *from == link.from => *times += 1,
                _ => into.push((link.from, 1)),
            }
        }
        (out, into)
    }

    /// All references between chapters that count. A chapter's references to
    /// itself are left out.
    #[must_use]
    pub fn edges(&self, counts: impl Fn(usize) -> bool) -> Edges {
        let count = self.chapters.len();
        let mut edges = Edges { out: vec![Vec::new(); count], into: vec![Vec::new(); count] };
        for (to, backlinks) in self.references.backlinks.iter().enumerate().filter(|(to, _)| counts(*to)) {
            let mut times: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            for link in backlinks.iter().filter(|link| link.from != to && counts(link.from)) {
                *times.entry((self.tree.rank[link.from], link.from)).or_default() += 1;
            }
            edges.into[to] = times.iter().map(|((_, from), times)| (*from, *times)).collect();
        }
        for to in &self.tree.order {
            for (from, times) in &edges.into[*to] {
                edges.out[*from].push((*to, *times));
            }
        }
        edges
    }
}
