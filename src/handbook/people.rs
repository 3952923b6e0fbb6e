//! Departments and roles: what front matter says of them, resolved, and inverted into
//! which chapters concern whom.

use super::audience::Readers;
use super::registry::Registry;
use super::taxonomy::Subject;
use super::{Duty, ResolvedMetadata};
use crate::chapter::Chapter;
use crate::chapter::field::{Field, FieldContent, FieldType};
use crate::diagnostic::{Diagnostic, Level};
use crate::id::{ChapterId, DepartmentId, Id, IdVec, Rank, RoleId};
use crate::message;
use crate::organization::Organization;
use crate::rule;
use crate::text::{fold, listed, sound};
use crate::yaml::{Spanned, Step};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Someone named as owner, approver and so on: a role, or a person by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// A role.
    Role(RoleId),
    /// A department.
    Department(DepartmentId),
    /// A person's name, as written.
    Person(String),
}

impl Party {
    /// What it is as a term, with the word where only that names it.
    #[must_use]
    pub fn subject(&self) -> (Subject, &str) {
        match self {
            Self::Department(at) => (Subject::Department(*at), ""),
            Self::Role(at) => (Subject::Role(*at), ""),
            Self::Person(name) => (Subject::Word(fold(name)), name),
        }
    }
}

/// Which chapters apply to a department or a role.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct OrgIndex {
    /// Chapters that name the department, by department.
    pub departments: IdVec<DepartmentId, Vec<ChapterId>>,
    /// Chapters that name the role, by role.
    pub roles: IdVec<RoleId, Vec<ChapterId>>,
    /// Chapters that name neither: they apply to everyone.
    pub everyone: Vec<ChapterId>,
    /// Departments directly below each.
    pub children: IdVec<DepartmentId, Vec<DepartmentId>>,
    /// Roles in each department.
    pub members: IdVec<DepartmentId, Vec<RoleId>>,
    /// Roles that report to each.
    pub reports: IdVec<RoleId, Vec<RoleId>>,
    /// Chapters that the role owns, reviews or approves, each with the field that says so; a
    /// chapter's fields follow each other.
    pub charges: IdVec<RoleId, Vec<(ChapterId, Field)>>,
}

/// What a role may have to do with a chapter as such.
const CHARGES: [Field; 3] = [Field::Owner, Field::Reviewer, Field::Approver];

impl OrgIndex {
    /// Inverts what chapters say; lists follow the reading order.
    pub(super) fn new(
        organization: &Organization,
        metadata: &IdVec<ChapterId, ResolvedMetadata>,
        order: &IdVec<Rank, ChapterId>,
    ) -> Self {
        let (departments, roles) = (&organization.departments, &organization.roles);
        let mut org_index = Self {
            departments: IdVec::for_each_of(departments, Vec::new()),
            roles: IdVec::for_each_of(roles, Vec::new()),
            children: IdVec::for_each_of(departments, Vec::new()),
            members: IdVec::for_each_of(departments, Vec::new()),
            reports: IdVec::for_each_of(roles, Vec::new()),
            charges: IdVec::for_each_of(roles, Vec::new()),
            everyone: Vec::new(),
        };
        for chapter in order {
            let metadata = &metadata[*chapter];
            for at in &metadata.departments {
                org_index.departments[*at].push(*chapter);
            }
            for at in &metadata.roles {
                org_index.roles[*at].push(*chapter);
            }
            for field in CHARGES {
                for party in metadata.parties(field) {
                    if let Party::Role(at) = party {
                        org_index.charges[*at].push((*chapter, field));
                    }
                }
            }
            if metadata.departments.is_empty() && metadata.roles.is_empty() {
                org_index.everyone.push(*chapter);
            }
        }
        for (id, department) in departments.iter_enumerated() {
            if let Some(parent) = department.parent {
                org_index.children[parent].push(id);
            }
        }
        for (id, role) in roles.iter_enumerated() {
            if let Some(department) = role.department {
                org_index.members[department].push(id);
            }
            if let Some(superior) = role.reports_to {
                org_index.reports[superior].push(id);
            }
        }
        org_index
    }
}

/// Resolves the names in every chapter's front matter.
pub(super) fn resolve(
    chapters: &IdVec<ChapterId, Arc<Chapter>>,
    organization: &mut Organization,
    registry: &Registry,
    diagnostics: &mut Vec<Diagnostic>,
) -> IdVec<ChapterId, ResolvedMetadata> {
    if !organization.declared {
        imply(chapters, organization);
    }
    chapters
        .iter()
        .map(|chapter| Resolver { chapter, organization, registry, diagnostics }.metadata())
        .collect()
}

/// Without an organization.yaml the names that chapters use are the organization.
fn imply(chapters: &IdVec<ChapterId, Arc<Chapter>>, organization: &mut Organization) {
    for chapter in chapters {
        for name in &chapter.front.departments {
            organization.imply_department(&name.text);
        }
        for name in &chapter.front.roles {
            organization.imply_role(&name.text);
        }
    }
}

struct Resolver<'a> {
    chapter: &'a Chapter,
    organization: &'a Organization,
    registry: &'a Registry,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn metadata(mut self) -> ResolvedMetadata {
        let front = &self.chapter.front;
        let departments = front.departments.iter().filter_map(|name| self.department(name)).collect();
        let roles = front.roles.iter().filter_map(|name| self.role(name)).collect();
        front.topics.iter().for_each(|topic| self.topic(topic));
        let (mut parties, mut documents) = (BTreeMap::new(), BTreeMap::new());
        for field in Field::ALL {
            let FieldContent::Words(names) = front.content(*field) else { continue };
            match field.row().field_type {
                FieldType::Parties => drop(parties.insert(*field, self.parties(names))),
                FieldType::Documents => drop(documents.insert(*field, self.documents(names))),
                _ => {}
            }
        }
        let raci = front.raci.iter().map(|row| Duty {
            activity: row.activity.clone(),
            parties: row.parts.map(|names| self.parties(names)),
        });
        let raci = raci.collect();
        let reading = front.required_reading.as_ref();
        ResolvedMetadata {
            departments: unique(departments),
            roles: unique(roles),
            parties,
            documents,
            raci,
            required: reading.map_or_else(Vec::new, |reading| {
                unique(reading.roles.iter().filter_map(|name| self.role(name)).collect())
            }),
            required_all: reading.is_some_and(|reading| reading.all),
            readers: Readers::Everyone,
        }
    }

    fn department(&mut self, name: &Spanned) -> Option<DepartmentId> {
        let id = self.organization.department(&name.text);
        if id.is_none() && !self.organization.is_partial {
            let diagnostic = self.organization.unknown_department(&name.text);
            self.diagnostics.push(self.chapter.front_diagnostic(&name.steps, diagnostic));
        }
        id
    }

    fn role(&mut self, name: &Spanned) -> Option<RoleId> {
        let id = self.organization.role(&name.text);
        if id.is_none() && self.organization.declared && !self.organization.is_partial {
            let diagnostic = self.organization.unknown_role(&name.text);
            self.diagnostics.push(self.chapter.front_diagnostic(&name.steps, diagnostic));
        }
        id
    }

    fn parties(&mut self, names: &[Spanned]) -> Vec<Party> {
        names.iter().map(|name| self.party(name)).collect()
    }

    /// A role, else a department, else a person; a name that is nearly a role's is
    /// reported, since a mere person's name would not be so near, and so are several
    /// names that are written as one.
    fn party(&mut self, name: &Spanned) -> Party {
        if let Some(at) = self.organization.role(&name.text) {
            return Party::Role(at);
        }
        if let Some(at) = self.organization.department(&name.text) {
            return Party::Department(at);
        }
        let organization = self.organization;
        let certain = organization.declared && !organization.is_partial;
        let near = || {
            // A short name that sounds like another is no person's: 总经里.
            let is_meant = |role: &str| name.text.chars().count() > 3 || sound(role) == sound(&name.text);
            organization.nearest_role(&name.text).is_some_and(is_meant)
        };
        if certain && (organization.is_list(&name.text) || near()) {
            let diagnostic = organization.unknown_role(&name.text).at_level(Level::Warning);
            self.diagnostics.push(self.chapter.front_diagnostic(&name.steps, diagnostic));
        }
        Party::Person(name.text.clone())
    }

    /// A topic may be any text, so only marks tell that one is several. An ASCII comma separates the
    /// items of a list; where there is no list it is part of the text, too.
    fn topic(&mut self, topic: &Spanned) {
        let in_list = topic.steps.iter().any(|step| matches!(step, Step::Item(_)));
        let marks: &[char] = if in_list { &['、', '，', '；'] } else { &['、', '，', '；', ','] };
        let Some(names) = listed(&topic.text).filter(|_| topic.text.contains(marks)) else { return };
        let message = message!("joined-values", written = &topic.text, number = names.len());
        let diagnostic = Diagnostic::new(&rule::JOINED_VALUES, message)
            .help(message!("listed-names.help", names = names.join(", ")));
        self.diagnostics.push(self.chapter.front_diagnostic(&topic.steps, diagnostic));
    }

    fn documents(&mut self, names: &[Spanned]) -> Vec<ChapterId> {
        let mut all = Vec::new();
        for name in names {
            match self.registry.document(&name.text) {
                Some(at) => all.push(at),
                None => {
                    let message = message!("unknown-document", name = &name.text);
                    let known =
                        |names: &Vec<&str>| names.iter().any(|name| self.registry.document(name).is_some());
                    let help = match listed(&name.text).filter(known) {
                        Some(names) => message!("listed-names.help", names = names.join(", ")),
                        None => message!("unknown-document.help"),
                    };
                    let diagnostic = Diagnostic::new(&rule::UNKNOWN_DOCUMENT, message).help(help);
                    self.diagnostics.push(self.chapter.front_diagnostic(&name.steps, diagnostic));
                }
            }
        }
        unique(all)
    }
}

fn unique<I: Id>(mut list: Vec<I>) -> Vec<I> {
    let mut seen = std::collections::HashSet::new();
    list.retain(|item| seen.insert(*item));
    list
}
