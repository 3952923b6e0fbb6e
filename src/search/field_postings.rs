//! A posting list taken apart by field, as questions are asked of it.

use std::collections::{BTreeMap, BTreeSet};

/// A posting list by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FieldPostings {
    pub(super) text: BTreeSet<u32>,
    pub(super) title: BTreeMap<u32, (bool, bool)>,
    pub(super) head: BTreeSet<u32>,
}

impl FieldPostings {
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.title.is_empty() && self.head.is_empty()
    }

    pub(super) fn union(&mut self, other: Self) {
        self.text.extend(other.text);
        self.head.extend(other.head);
        for (chapter, (first, last)) in other.title {
            let known = self.title.entry(chapter).or_default();
            *known = (known.0 || first, known.1 || last);
        }
    }

    pub(super) fn intersect(&self, other: &Self) -> Self {
        let both = |(chapter, ends): (&u32, &(bool, bool))| {
            let others = other.title.get(chapter)?;
            // The beginning is that of the first list, the end that of the last.
            Some((*chapter, (ends.0, others.1)))
        };
        Self {
            text: self.text.intersection(&other.text).copied().collect(),
            title: self.title.iter().filter_map(both).collect(),
            head: self.head.intersection(&other.head).copied().collect(),
        }
    }
}
