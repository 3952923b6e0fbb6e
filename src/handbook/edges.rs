//! References as edges between chapters, counted, from both ends.

use super::Handbook;
use crate::id::{ChapterId, IdVec, Rank};
use std::collections::BTreeMap;

/// Who refers to whom, and how many times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edges {
    /// What each chapter refers to, in reading order.
    pub out: IdVec<ChapterId, Vec<CountedReference>>,
    /// Who refers to each chapter, in reading order.
    pub into: IdVec<ChapterId, Vec<CountedReference>>,
}

/// The other end of the references of a chapter, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CountedReference {
    /// The chapter at the other end.
    pub chapter: ChapterId,
    /// How many references there are.
    pub times: usize,
}

/// What a chapter refers to and who refers to it, each in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Neighbours {
    /// What it refers to.
    pub out: Vec<CountedReference>,
    /// Who refers to it.
    pub into: Vec<CountedReference>,
}

impl Handbook {
    /// What a chapter refers to and who refers to it: one row of [`Self::edges`].
    #[must_use]
    pub fn edges_of(&self, chapter: ChapterId) -> Neighbours {
        let mut out: Vec<CountedReference> =
            self.references.cites(chapter).filter(|cited| cited.chapter != chapter).collect();
        out.sort_by_key(|cited| self.tree.rank[cited.chapter]);
        let backlinks = self.references.backlinks[chapter].iter();
        let mut into: Vec<CountedReference> = Vec::new();
        for link in backlinks.filter(|link| link.from != chapter) {
            match into.last_mut() {
                Some(last) if last.chapter == link.from => last.times += 1,
                _ => into.push(CountedReference { chapter: link.from, times: 1 }),
            }
        }
        Neighbours { out, into }
    }

    /// All references between chapters that count. A chapter's references to
    /// itself are left out.
    #[must_use]
    pub fn edges(&self, counts: impl Fn(ChapterId) -> bool) -> Edges {
        let none = || IdVec::for_each_of(&self.chapters, Vec::new());
        let mut edges = Edges { out: none(), into: none() };
        for (to, backlinks) in self.references.backlinks.iter_enumerated().filter(|(to, _)| counts(*to)) {
            let mut times: BTreeMap<(Rank, ChapterId), usize> = BTreeMap::new();
            for link in backlinks.iter().filter(|link| link.from != to && counts(link.from)) {
                *times.entry((self.tree.rank[link.from], link.from)).or_default() += 1;
            }
            let counted = |((_, from), times)| CountedReference { chapter: from, times };
            edges.into[to] = times.into_iter().map(counted).collect();
        }
        for to in &self.tree.order {
            for from in &edges.into[*to] {
                edges.out[from.chapter].push(CountedReference { chapter: *to, times: from.times });
            }
        }
        edges
    }
}
