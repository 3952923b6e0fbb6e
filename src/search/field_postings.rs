//! A posting list split by field, as a query looks at it.

use super::document::Field;
use super::ids::{DocId, PostingId};
use super::postings::PostingLayout;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a title begins, and whether it ends, with what was looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct TitleEnds {
    pub(super) first: bool,
    pub(super) last: bool,
}

/// A posting list by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FieldPostings {
    /// Passages of text.
    pub(super) text: BTreeSet<PostingId>,
    /// Chapters by title, alias or id.
    pub(super) title: BTreeMap<DocId, TitleEnds>,
    /// Chapters by heading or metadata.
    pub(super) head: BTreeSet<DocId>,
}

impl FieldPostings {
    pub(super) fn new(list: &[PostingId], layout: &PostingLayout) -> Self {
        let mut postings = Self::default();
        for id in list {
            match layout.locate(*id) {
                (doc, Field::Title { first, last }) => {
                    let ends = postings.title.entry(doc).or_default();
                    *ends = TitleEnds { first: ends.first || first, last: ends.last || last };
                }
                (doc, Field::Head) => {
                    postings.head.insert(doc);
                }
                (_, Field::Text(_)) => {
                    postings.text.insert(*id);
                }
            }
        }
        postings
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.title.is_empty() && self.head.is_empty()
    }

    /// All chapters that it names.
    pub(super) fn docs(&self, layout: &PostingLayout) -> BTreeSet<DocId> {
        let in_text = self.text.iter().map(|id| layout.doc(*id));
        in_text.chain(self.title.keys().copied()).chain(self.head.iter().copied()).collect()
    }

    /// Adds the postings of another list.
    pub(super) fn union(&mut self, other: Self) {
        self.text.extend(other.text);
        self.head.extend(other.head);
        for (doc, TitleEnds { first, last }) in other.title {
            let ends = self.title.entry(doc).or_default();
            *ends = TitleEnds { first: ends.first || first, last: ends.last || last };
        }
    }

    /// The postings that both have, `other` being of a later token: the first token decides
    /// whether a title begins with both, the last one whether it ends with them.
    pub(super) fn intersect(&self, other: &Self) -> Self {
        let both = |(doc, ends): (&DocId, &TitleEnds)| {
            let later = other.title.get(doc)?;
            Some((*doc, TitleEnds { first: ends.first, last: later.last }))
        };
        Self {
            text: self.text.intersection(&other.text).copied().collect(),
            title: self.title.iter().filter_map(both).collect(),
            head: self.head.intersection(&other.head).copied().collect(),
        }
    }
}
