//! Taxonomies: the fields that chapters are indexed and filtered by, one row each.
//!
//! From this table come the index pages with a page for each term, the links to
//! them in the control block, and the filters of search (facets). A further row
//! needs nothing but its words in the theme's locales.

use super::Handbook;
use super::people::Party;
use crate::chapter::field::{Field, FieldContent, FieldType};
use crate::id::{ChapterId, ChoiceId, DepartmentId, IdVec, RoleId, TaxonomyTermId};
use crate::text::fold;
use std::collections::{BTreeMap, HashSet};

/// What the table says of a taxonomy.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Row {
    /// The field whose values are its terms.
    pub field: Field,
    /// The theme's word for it.
    pub label: &'static str,
    /// Its pages, if it has any.
    pub pages: Option<IndexPages>,
    /// Its name as a facet: in the search page's address and for scripts.
    pub facet: &'static str,
    /// Its place among the facets, smallest first.
    pub rank: u8,
    /// Whether folders' own pages count too, which other indexes leave out.
    pub folders: bool,
}

/// The pages of a taxonomy.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct IndexPages {
    /// Their folder, unless an author has one of that name.
    pub folder: &'static str,
    /// Template of the list of terms.
    pub index: &'static str,
    /// Template of a term's chapters.
    pub term: &'static str,
}

const fn cards(folder: &'static str) -> Option<IndexPages> {
    Some(IndexPages { folder, index: "terms.html", term: "term.html" })
}

const TABLE: &[Row] = &[
    Row {
        field: Field::Departments,
        label: "index_departments",
        pages: Some(IndexPages { folder: "departments", index: "departments.html", term: "department.html" }),
        facet: "department",
        rank: 10,
        folders: false,
    },
    Row {
        field: Field::Roles,
        label: "index_roles",
        pages: Some(IndexPages { folder: "roles", index: "roles.html", term: "role.html" }),
        facet: "role",
        rank: 20,
        folders: false,
    },
    Row {
        field: Field::Owner,
        label: "index_owners",
        pages: cards("owners"),
        facet: "owner",
        rank: 30,
        folders: false,
    },
    Row {
        field: Field::Topics,
        label: "index_topics",
        pages: cards("topics"),
        facet: "topic",
        rank: 60,
        folders: true,
    },
    Row {
        field: Field::Kind,
        label: "index_kinds",
        pages: cards("kinds"),
        facet: "kind",
        rank: 40,
        folders: false,
    },
    Row {
        field: Field::Status,
        label: "index_status",
        pages: cards("status"),
        facet: "status",
        rank: 50,
        folders: false,
    },
    Row {
        field: Field::Confidentiality,
        label: "control_confidentiality",
        pages: None,
        facet: "confidentiality",
        rank: 55,
        folders: false,
    },
];

/// A taxonomy: a row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Taxonomy(u8);

impl Taxonomy {
    /// The departments of the organization, which have pages of their own kind.
    pub const DEPARTMENTS: Self = Self::of(Field::Departments).expect("a row");
    /// Its roles, likewise.
    pub const ROLES: Self = Self::of(Field::Roles).expect("a row");
    /// What chapters are about.
    pub const TOPICS: Self = Self::of(Field::Topics).expect("a row");

    /// The taxonomy of a field, if it has one.
    #[must_use]
    pub const fn of(field: Field) -> Option<Self> {
        let mut at = 0;
        while at < TABLE.len() {
            if TABLE[at].field as usize == field as usize {
                return Some(Self(at as u8));
            }
            at += 1;
        }
        None
    }

    /// All of them, in the order in which indexes are listed.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..TABLE.len()).filter_map(|at| Some(Self(u8::try_from(at).ok()?)))
    }

    /// All of them, in the order of the facets.
    #[must_use]
    pub fn facets() -> Vec<Self> {
        let mut facets: Vec<Self> = Self::all().collect();
        facets.sort_by_key(|taxonomy| taxonomy.row().rank);
        facets
    }

    /// Its row.
    #[must_use]
    pub fn row(self) -> &'static Row {
        &TABLE[usize::from(self.0)]
    }

    /// Whether its terms have an order of their own, as those of a vocabulary have.
    #[must_use]
    pub fn is_ordered(self) -> bool {
        matches!(self.row().field.row().field_type, FieldType::Choice(_))
    }
}

/// What a term is, whatever it is called.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A value of a vocabulary.
    Choice(ChoiceId),
    /// A department.
    Department(DepartmentId),
    /// A role.
    Role(RoleId),
    /// A word or a person's name, as names are compared.
    Word(String),
}

/// A term of a taxonomy with its chapters.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Term {
    /// What it is.
    pub subject: Subject,
    /// Unique among the terms of its taxonomy: id of a department or role, key of a
    /// value, else the word as names are compared.
    pub id: String,
    /// What it is called; empty where the theme has the word.
    pub name: String,
    /// Chapters, in reading order.
    pub chapters: Vec<ChapterId>,
}

/// The terms of all taxonomies.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Taxonomies {
    /// One list for each taxonomy, in the order of the table.
    terms: Vec<IdVec<TaxonomyTermId, Term>>,
}

impl Taxonomies {
    pub(super) fn collect(handbook: &Handbook) -> Self {
        Self { terms: Taxonomy::all().map(|taxonomy| terms_of(handbook, taxonomy)).collect() }
    }

    /// The terms of a taxonomy, in order. Departments and roles are all there, at
    /// their places in the organization; other terms have chapters.
    #[must_use]
    pub fn terms(&self, taxonomy: Taxonomy) -> &IdVec<TaxonomyTermId, Term> {
        static NONE: IdVec<TaxonomyTermId, Term> = IdVec::new();
        self.terms.get(usize::from(taxonomy.0)).unwrap_or(&NONE)
    }

    /// The term of a subject.
    #[must_use]
    pub fn find(&self, taxonomy: Taxonomy, subject: &Subject) -> Option<TaxonomyTermId> {
        self.terms(taxonomy).binary_search_by(|term| term.subject.cmp(subject))
    }
}

fn terms_of(handbook: &Handbook, taxonomy: Taxonomy) -> IdVec<TaxonomyTermId, Term> {
    let row = taxonomy.row();
    let mut terms: BTreeMap<Subject, (String, Vec<ChapterId>)> = BTreeMap::new();
    let organization = &handbook.organization;
    let whole = match row.field.row().field_type {
        FieldType::Departments => organization.departments.ids().map(Subject::Department).collect(),
        FieldType::Roles => organization.roles.ids().map(Subject::Role).collect(),
        _ => Vec::new(),
    };
    terms.extend(whole.into_iter().map(|subject| (subject, Default::default())));
    for chapter in handbook.tree.order.iter().copied() {
        if !row.folders && !handbook.is_listed(chapter) {
            continue;
        }
        for (subject, word) in handbook.subjects(chapter, row.field) {
            let (_, chapters) = terms.entry(subject).or_insert_with(|| (word.to_owned(), Vec::new()));
            if chapters.last() != Some(&chapter) {
                chapters.push(chapter);
            }
        }
    }
    let mut taken = HashSet::new();
    let term = |(subject, (word, chapters)): (Subject, (String, Vec<ChapterId>))| {
        let (id, name) = match &subject {
            Subject::Choice(id) => {
                (row.field.choices().get(id.index()).copied().unwrap_or("").to_owned(), word)
            }
            Subject::Department(id) => {
                let department = &organization.departments[*id];
                (department.id.clone(), department.name.clone())
            }
            Subject::Role(id) => (organization.roles[*id].id.clone(), organization.roles[*id].name.clone()),
            Subject::Word(key) => (key.clone(), word),
        };
        // A department and a role may have one id.
        let id = unique(id, &mut taken);
        Term { subject, id, name, chapters }
    };
    terms.into_iter().map(term).collect()
}

fn unique(id: String, taken: &mut HashSet<String>) -> String {
    let mut free = id.clone();
    let mut number = 2;
    while !taken.insert(free.clone()) {
        free = format!("{id}-{number}");
        number += 1;
    }
    free
}

impl Handbook {
    /// What a field of a chapter says, as it is on the day: of the status that is
    /// what dates and successors make of it.
    #[must_use]
    pub fn field_content(&self, chapter: ChapterId, field: Field) -> FieldContent<'_> {
        match field {
            Field::Status => match (&self.lifecycles[chapter].status, &self.lifecycles[chapter].word) {
                (Some(status), _) => FieldContent::Choice(status.key()),
                (None, Some(word)) => FieldContent::Word(word),
                (None, None) => FieldContent::Nothing,
            },
            Field::Kind => match self.chapters[chapter].front.content(field) {
                FieldContent::Word(word) => FieldContent::Word(self.kind_label(word)),
                content => content,
            },
            Field::ReviewBy => {
                self.lifecycles[chapter].review_by.map_or(FieldContent::Nothing, FieldContent::Date)
            }
            _ => self.chapters[chapter].front.content(field),
        }
    }

    /// The terms that a field of a chapter names, each with its word where only that
    /// names it.
    #[must_use]
    pub fn subjects(&self, chapter: ChapterId, field: Field) -> Vec<(Subject, &str)> {
        let metadata = &self.metadata[chapter];
        match (field.row().field_type, self.field_content(chapter, field)) {
            (FieldType::Departments, _) => {
                metadata.departments.iter().map(|id| (Subject::Department(*id), "")).collect()
            }
            (FieldType::Roles, _) => metadata.roles.iter().map(|id| (Subject::Role(*id), "")).collect(),
            (FieldType::Parties, _) => metadata.parties(field).iter().map(Party::subject).collect(),
            (FieldType::Choice(keys), FieldContent::Choice(key)) => keys
                .iter()
                .position(|known| *known == key)
                .map(|index| (Subject::Choice(ChoiceId::new(index)), ""))
                .into_iter()
                .collect(),
            (FieldType::Choice(_), FieldContent::Word(word)) => vec![(Subject::Word(fold(word)), word)],
            (FieldType::Words, FieldContent::Words(words)) => {
                words.iter().map(|word| (Subject::Word(fold(&word.text)), word.text.as_str())).collect()
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_can_be_told_from_the_others() {
        for taxonomy in Taxonomy::all() {
            let row = taxonomy.row();
            assert_eq!(Taxonomy::of(row.field), Some(taxonomy));
            let same = |other: &&Row| other.facet == row.facet || other.rank == row.rank;
            assert_eq!(TABLE.iter().filter(same).count(), 1, "{}", row.facet);
            let folder = row.pages.map(|pages| pages.folder);
            let same = |other: &&Row| folder.is_some() && other.pages.map(|pages| pages.folder) == folder;
            assert!(TABLE.iter().filter(same).count() <= 1, "{folder:?}");
            // Only of these is it known which terms there are.
            let field_type = row.field.row().field_type;
            let known = matches!(
                field_type,
                FieldType::Departments
                    | FieldType::Roles
                    | FieldType::Parties
                    | FieldType::Choice(_)
                    | FieldType::Words
            );
            assert!(known, "{:?} is {field_type:?}", row.field);
        }
    }
}
