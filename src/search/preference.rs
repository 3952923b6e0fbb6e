//! Chapters of a department or a role that somebody would rather see: they come first among
//! those that fit about as well.

use super::ids::DocId;
use super::weights::Weights;
use crate::handbook::Handbook;
use crate::handbook::taxonomy::Taxonomy;
use std::collections::BTreeSet;

/// What a search may be asked besides its query.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct SearchOptions {
    /// How many results; 0 gives all.
    pub limit: usize,
    /// The ranking weights.
    pub weights: Weights,
    /// Departments and roles whose chapters are preferred: `department` or `role`, and an id or a name.
    pub prefer: Vec<(String, String)>,
}

/// A value of a facet that can be preferred, with its chapters.
#[derive(Debug)]
struct Preferable {
    facet: &'static str,
    id: String,
    name: String,
    docs: Vec<DocId>,
}

/// The departments and roles of a handbook.
#[derive(Debug, Default)]
pub(super) struct Preferences(Vec<Preferable>);

impl Preferences {
    pub(super) fn new(handbook: &Handbook) -> Self {
        let mut all = Vec::new();
        for taxonomy in [Taxonomy::DEPARTMENTS, Taxonomy::ROLES] {
            for term in handbook.taxonomies.terms(taxonomy) {
                let rank = |chapter: &crate::id::ChapterId| handbook.tree.rank[*chapter].index();
                let docs = term.chapters.iter().filter(|chapter| handbook.is_listed(**chapter)).map(rank);
                let docs = docs.filter_map(|rank| u32::try_from(rank).ok().map(DocId)).collect();
                let (id, name) = (term.id.clone(), term.name.clone());
                all.push(Preferable { facet: taxonomy.row().facet, id, name, docs });
            }
        }
        Self(all)
    }

    /// The chapters of these.
    pub(super) fn docs(&self, preferred: &[(String, String)]) -> BTreeSet<DocId> {
        let is_wanted = |value: &&Preferable| {
            preferred
                .iter()
                .any(|(facet, wanted)| facet == value.facet && (*wanted == value.id || *wanted == value.name))
        };
        self.0.iter().filter(is_wanted).flat_map(|value| &value.docs).copied().collect()
    }
}
