//! What the index stores of a chapter besides its text.

use super::document::{IndexedDocument, index_metadata};
use super::weights::Weights;
use crate::chapter::field::{Field, FieldContent};
use crate::chapter::front_matter::{Kind, Status};
use crate::chapter::vocabulary::Choice;
use crate::handbook::Handbook;
use crate::id::ChapterId;
use std::collections::BTreeSet;

/// The stored fields of a chapter: what results and facets need besides its text.
#[derive(Debug, Clone, Default)]
pub(super) struct StoredFields {
    title: String,
    url: String,
    /// Aliases and id.
    others: Vec<String>,
    /// Names of departments, roles and topics.
    names: Vec<String>,
    summary: String,
    status: Option<Status>,
    /// Keys of status and kind, or the author's own words.
    shown: [String; 2],
    listed: bool,
    guide: bool,
    /// How many times the number of other chapters that refer to it doubles, from one.
    cited: u32,
    /// Its id and its version, as results show them.
    facts: Vec<String>,
    /// What says that it is replaced, and title and URL of each chapter that does.
    successors: Vec<String>,
}

impl StoredFields {
    /// `label` gives the interface's word for a key.
    pub(super) fn new(handbook: &Handbook, id: ChapterId, label: &dyn Fn(&str) -> String) -> Self {
        let (chapter, metadata) = (&handbook.chapters[id], &handbook.metadata[id]);
        let (front, organization) = (&chapter.front, &handbook.organization);
        let topics = front.topics.iter().map(|topic| topic.text.clone());
        let departments = metadata.departments.iter().map(|id| &organization.departments[*id]);
        let roles = metadata.roles.iter().map(|id| &organization.roles[*id]);
        let names = departments.map(|item| item.name.clone()).chain(roles.map(|item| item.name.clone()));
        let version = Some(&front.version).filter(|version| !version.is_empty());
        let version = version.map(|version| format!("{} {version}", label("control_version")));
        let link = |id: &ChapterId| {
            let newer = &handbook.chapters[*id];
            [newer.title.clone(), newer.url.to_string()]
        };
        let lifecycle = &handbook.lifecycles[id];
        let newer = lifecycle.superseded_by.iter().filter(|_| lifecycle.status == Some(Status::Superseded));
        let successors: Vec<String> = newer.flat_map(link).collect();
        let heading = (!successors.is_empty()).then(|| label("control_superseded_by"));
        Self {
            facts: front.id.iter().map(|id| id.text.clone()).chain(version).collect(),
            successors: heading.into_iter().chain(successors).collect(),
            title: chapter.title.clone(),
            url: chapter.url.to_string(),
            others: front.aliases.iter().chain(&front.id).map(|other| other.text.clone()).collect(),
            names: names.chain(topics).collect(),
            summary: front.summary.clone(),
            status: handbook.lifecycles[id].status,
            shown: [Field::Status, Field::Kind].map(|field| match handbook.field_content(id, field) {
                FieldContent::Choice(key) => key.to_owned(),
                FieldContent::Word(word) => word.to_owned(),
                _ => String::new(),
            }),
            listed: handbook.is_listed(id),
            guide: matches!(front.kind, Choice::Known(Kind::Guide)),
            cited: {
                let from = handbook.references.backlinks[id].iter().map(|link| link.from);
                let from: BTreeSet<ChapterId> = from.filter(|from| *from != id).collect();
                usize::BITS - from.len().leading_zeros()
            },
        }
    }

    /// The tokens of its metadata.
    pub(super) fn index(&self) -> IndexedDocument {
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        index_metadata(&names)
    }

    /// Title, aliases and id.
    pub(super) fn titles(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.title).chain(&self.others).map(String::as_str)
    }

    /// Summary, and the names of departments, roles and topics.
    pub(super) fn metadata(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.summary).chain(&self.names).map(String::as_str)
    }

    pub(super) fn title(&self) -> &str {
        &self.title
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn summary(&self) -> Option<&str> {
        Some(self.summary.as_str()).filter(|summary| !summary.is_empty())
    }

    /// What the files of text hold of it: title, URL, status, kind, aliases and id, names of
    /// departments, roles and topics, summary, id and version, successors.
    pub(super) fn shown(&self) -> [String; 9] {
        let [status, kind] = self.shown.clone();
        let (others, names) = (self.others.join("\n"), self.names.join("\n"));
        let (facts, successors) = (self.facts.join("\n"), self.successors.join("\n"));
        let summary = self.summary.clone();
        [self.title.clone(), self.url.clone(), status, kind, others, names, summary, facts, successors]
    }

    /// Whether index pages and empty queries list it.
    pub(super) const fn is_listed(&self) -> bool {
        self.listed
    }

    /// Whether it explains what rules say.
    pub(super) const fn is_guide(&self) -> bool {
        self.guide
    }

    /// How often others refer to it, as a logarithm. Guides refer to one another, and what lists others
    /// is no rule.
    pub(super) fn cited(&self) -> u32 {
        if self.guide || !self.listed { 0 } else { self.cited }
    }

    /// The factor of its score by what it is, and by who refers to it.
    pub(super) fn standing(&self, weights: &Weights) -> f64 {
        let kind = if self.guide { weights.guide } else { 1.0 };
        kind * (1.0 + weights.cited * f64::from(self.cited()))
    }

    /// Whether it is not in force: no more, or not yet. Results put it after what is.
    pub(super) fn is_past(&self) -> bool {
        let is_over = matches!(self.status, Some(Status::Superseded | Status::Retired));
        is_over || matches!(self.status, Some(Status::Draft | Status::Consultation | Status::Approved))
    }
}
