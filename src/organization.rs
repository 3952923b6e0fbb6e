//! `organization.yaml`: the departments and roles that chapters apply to.
//!
//! Both form trees (`parent`, `reports_to`). After reading, every id is
//! valid and no chain has a circle, so that later stages may walk them freely.

mod accounts;
mod levels;
mod unknown;

use crate::diagnostic::{Checked, Diagnostic, NearNames};
use crate::id::{DepartmentId, Id, IdVec, RoleId};
use crate::message;
use crate::rule;
use crate::text::{fold, show_turns, turns_writing};
use crate::yaml::{Document, Reader, Spanned, Step};
use accounts::Accounts;
use levels::Fault;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A department.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Department {
    /// Stable id, part of its page's address.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// Other names that front matter may use.
    pub aliases: Vec<String>,
    /// One line about it.
    pub summary: String,
    /// Department above.
    pub parent: Option<DepartmentId>,
    /// Role that leads it.
    pub head: Option<RoleId>,
}

/// A role, that is a post that people hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Role {
    /// Stable id, part of its page's address.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// Other names that front matter may use.
    pub aliases: Vec<String>,
    /// One line about it.
    pub summary: String,
    /// Its department.
    pub department: Option<DepartmentId>,
    /// Role it reports to.
    pub reports_to: Option<RoleId>,
}

/// All departments and roles, in the order written.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Organization {
    /// Departments.
    pub departments: IdVec<DepartmentId, Department>,
    /// Roles.
    pub roles: IdVec<RoleId, Role>,
    /// Whether there is an organization.yaml; without it every name is accepted.
    pub declared: bool,
    /// Whether part of the file could not be read. That is told once; of a name that is
    /// not found nobody knows then whether it is wrong.
    pub is_partial: bool,
    /// Names and ids, indexed when one that resembles another is first looked for.
    near_departments: OnceLock<NearNames>,
    near_roles: OnceLock<NearNames>,
    department_names: HashMap<String, DepartmentId>,
    role_names: HashMap<String, RoleId>,
    accounts: Accounts,
}

/// What authors write in Chinese for the keys of the file, and of an entry.
const LIST_WORDS: &[(&str, &str)] =
    &[("部门", "departments"), ("岗位", "roles"), ("角色", "roles"), ("职位", "roles")];
const ENTRY_WORDS: &[(&str, &str)] = &[
    ("编号", "id"),
    ("代号", "id"),
    ("名称", "name"),
    ("名字", "name"),
    ("简介", "summary"),
    ("说明", "summary"),
    ("别名", "aliases"),
    ("简称", "aliases"),
];

impl Organization {
    /// Reads the file; entries that cannot be used are left out.
    #[must_use]
    pub fn parse(document: &Document) -> Checked<Self> {
        let mut organization = Self { declared: true, ..Self::default() };
        let mapping = match document.parse(&crate::rule::YAML) {
            Ok(mapping) => mapping,
            Err(diagnostic) => {
                organization.is_partial = true;
                return Checked::new(organization, vec![*diagnostic]);
            }
        };
        let mut reader = Reader::new(document, &mapping, Vec::new());
        reader.diagnostics.extend(document.cut_values());
        reader.unknown_keys_or(&["departments", "roles", "accounts", "extra"], LIST_WORDS);
        organization.accounts.read_all(&mut reader);
        let mut links = Links::default();
        for mut entry in organization.entries(&mut reader, "departments") {
            organization.read_department(&mut entry, &mut links);
            reader.absorb(&mut entry);
        }
        for mut entry in organization.entries(&mut reader, "roles") {
            organization.read_role(&mut entry, &mut links);
            reader.absorb(&mut entry);
        }
        organization.resolve_links(&links, &mut reader);
        Checked::new(organization, reader.diagnostics)
    }

    /// The entries of a list, as far as they can be read.
    fn entries<'a>(&mut self, reader: &mut Reader<'a>, key: &str) -> Vec<Reader<'a>> {
        let before = reader.faults();
        let entries = reader.mappings(key);
        self.is_partial |= reader.faults() > before;
        entries
    }

    fn read_department(&mut self, entry: &mut Reader<'_>, links: &mut Links) {
        let words = [
            ENTRY_WORDS,
            &[("上级", "parent"), ("上级部门", "parent"), ("负责人", "head"), ("主管", "head")],
        ]
        .concat();
        entry.unknown_keys_or(&["id", "name", "parent", "head", "summary", "aliases", "account"], &words);
        let Some((id, name)) = read_names(entry) else {
            self.is_partial = true;
            return;
        };
        let own = self.departments.next_id();
        let aliases = texts(entry.strings("aliases"));
        links.department_places.push(entry.base().to_vec());
        let names = Names { id: &id, name: &name, aliases: &aliases };
        names.register(own, &mut self.department_names, &links.department_places, entry);
        links.parents.extend(spanned(entry, "parent").map(|to| (own, to)));
        links.heads.extend(spanned(entry, "head").map(|to| (own, to)));
        self.accounts.read_own(entry, &id);
        let summary = entry.string("summary").unwrap_or_default();
        self.departments.push(Department { id, name, aliases, summary, parent: None, head: None });
    }

    fn read_role(&mut self, entry: &mut Reader<'_>, links: &mut Links) {
        let words = [
            ENTRY_WORDS,
            &[
                ("部门", "department"),
                ("所属部门", "department"),
                ("上级", "reports_to"),
                ("汇报对象", "reports_to"),
            ],
        ]
        .concat();
        let known = ["id", "name", "department", "reports_to", "summary", "aliases", "account"];
        entry.unknown_keys_or(&known, &words);
        let Some((id, name)) = read_names(entry) else {
            self.is_partial = true;
            return;
        };
        let own = self.roles.next_id();
        let aliases = texts(entry.strings("aliases"));
        links.role_places.push(entry.base().to_vec());
        let names = Names { id: &id, name: &name, aliases: &aliases };
        names.register(own, &mut self.role_names, &links.role_places, entry);
        links.departments.extend(spanned(entry, "department").map(|to| (own, to)));
        links.superiors.extend(spanned(entry, "reports_to").map(|to| (own, to)));
        self.accounts.read_own(entry, &id);
        let summary = entry.string("summary").unwrap_or_default();
        self.roles.push(Role { id, name, aliases, summary, department: None, reports_to: None });
    }

    fn resolve_links(&mut self, links: &Links, reader: &mut Reader<'_>) {
        for (from, to) in &links.parents {
            self.departments[*from].parent = self.find_department(to, reader);
        }
        for (from, to) in &links.heads {
            self.departments[*from].head = self.find_role(to, reader);
        }
        for (from, to) in &links.departments {
            self.roles[*from].department = self.find_department(to, reader);
        }
        for (from, to) in &links.superiors {
            self.roles[*from].reports_to = self.find_role(to, reader);
        }
        let mut parents = self.departments.iter().map(|entry| entry.parent).collect();
        for (id, fault) in levels::repair(&mut parents) {
            self.departments[id].parent = None;
            report_fault(reader, &links.parents, ("parent", &self.departments[id].name), id, fault);
        }
        let mut superiors = self.roles.iter().map(|entry| entry.reports_to).collect();
        for (id, fault) in levels::repair(&mut superiors) {
            self.roles[id].reports_to = None;
            report_fault(reader, &links.superiors, ("reports_to", &self.roles[id].name), id, fault);
        }
    }

    fn find_department(&self, to: &Spanned, reader: &mut Reader<'_>) -> Option<DepartmentId> {
        let id = self.department(&to.text);
        if id.is_none() && !self.is_partial {
            reader.report(&to.steps, self.unknown_department(&to.text));
        }
        id
    }

    fn find_role(&self, to: &Spanned, reader: &mut Reader<'_>) -> Option<RoleId> {
        let id = self.role(&to.text);
        if id.is_none() && !self.is_partial {
            reader.report(&to.steps, self.unknown_role(&to.text));
        }
        id
    }

    /// The department of this id, name or alias.
    #[must_use]
    pub fn department(&self, name: &str) -> Option<DepartmentId> {
        self.department_names.get(&fold(name)).copied()
    }

    /// The role of this id, name or alias.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<RoleId> {
        self.role_names.get(&fold(name)).copied()
    }

    /// Adds a department that only a chapter names, where no file declares any.
    pub fn imply_department(&mut self, name: &str) -> DepartmentId {
        *self.department_names.entry(fold(name)).or_insert_with(|| {
            let name = name.to_owned();
            self.departments.push(Department { id: name.clone(), name, ..Department::default() })
        })
    }

    /// Adds a role that only a chapter names, where no file declares any.
    pub fn imply_role(&mut self, name: &str) -> RoleId {
        *self.role_names.entry(fold(name)).or_insert_with(|| {
            let name = name.to_owned();
            self.roles.push(Role { id: name.clone(), name, ..Role::default() })
        })
    }

    /// A department and those above it, nearest first.
    pub fn ancestry(&self, department: DepartmentId) -> impl Iterator<Item = DepartmentId> + '_ {
        std::iter::successors(Some(department), |id| self.departments[*id].parent)
    }
}

#[derive(Default)]
struct Links {
    /// The way to each department.
    department_places: IdVec<DepartmentId, Vec<Step>>,
    /// The way to each role.
    role_places: IdVec<RoleId, Vec<Step>>,
    parents: Vec<(DepartmentId, Spanned)>,
    heads: Vec<(DepartmentId, Spanned)>,
    departments: Vec<(RoleId, Spanned)>,
    superiors: Vec<(RoleId, Spanned)>,
}

fn spanned(entry: &mut Reader<'_>, key: &str) -> Option<Spanned> {
    let text = entry.string(key)?;
    Some(Spanned { text, steps: entry.steps(key) })
}

fn texts(list: Vec<Spanned>) -> Vec<String> {
    list.into_iter().map(|entry| entry.text).collect()
}

fn read_names(entry: &mut Reader<'_>) -> Option<(String, String)> {
    let (id, name) = (entry.string("id"), entry.string("name"));
    let Some(any) = id.clone().or_else(|| name.clone()) else {
        let base = entry.base().to_vec();
        let message = message!("invalid-value-unnamed");
        entry.report(&base, Diagnostic::new(&rule::INVALID_VALUE, message));
        return None;
    };
    let key = if name.is_some() { "name" } else { "id" };
    let (id, name) = (id.unwrap_or_else(|| any.clone()), name.unwrap_or(any));
    if name.contains(turns_writing) {
        let message = message!("bidi-control-name", shown = show_turns(&name));
        let diagnostic =
            Diagnostic::new(&rule::BIDI_CONTROL, message).help(message!("bidi-control-name.help"));
        entry.report(&entry.steps(key), diagnostic);
    }
    Some((id, show_turns(&name).into_owned()))
}

/// What an entry is called.
struct Names<'a> {
    id: &'a str,
    name: &'a str,
    aliases: &'a [String],
}

impl Names<'_> {
    /// Adds the names of an entry; `places` are the ways to all of its kind.
    fn register<I: Id>(
        &self,
        id: I,
        known: &mut HashMap<String, I>,
        places: &IdVec<I, Vec<Step>>,
        entry: &mut Reader<'_>,
    ) {
        let aliases = self.aliases.iter().map(|text| ("aliases", text.as_str()));
        for (key, text) in [("id", self.id), ("name", self.name)].into_iter().chain(aliases) {
            let first = *known.entry(fold(text)).or_insert(id);
            if first == id {
                continue;
            }
            let message = message!("duplicate-id-organization", name = text);
            let mut diagnostic = Diagnostic::new(&rule::DUPLICATE_ID, message);
            if let Some(other) = places.get(first) {
                diagnostic =
                    diagnostic.related(entry.path(), entry.place(other), message!("duplicate-id-other"));
            }
            entry.report(&entry.steps(key), diagnostic);
        }
    }
}

fn report_fault<I: Id>(
    reader: &mut Reader<'_>,
    links: &[(I, Spanned)],
    (key, name): (&str, &str),
    id: I,
    fault: Fault,
) {
    let diagnostic = match fault {
        Fault::Circle => {
            Diagnostic::new(&rule::CYCLE, message!("cycle-organization", key = key, name = name))
                .help(message!("cycle-organization.help"))
        }
        Fault::TooDeep => {
            let message = message!("limit-levels", name = name, most = levels::MAX_LEVELS);
            Diagnostic::new(&rule::LIMIT, message).help(message!("limit-levels.help", key = key))
        }
    };
    // Links are in the order of their entries.
    if let Ok(place) = links.binary_search_by_key(&id, |link| link.0) {
        reader.report(&links[place].1.steps, diagnostic);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn parse(text: &str) -> Checked<Organization> {
        let text: Arc<str> = text.into();
        let span = 0..text.len();
        Organization::parse(&Document::new(&"organization.yaml".into(), &text, span))
    }

    #[test]
    fn circles_are_found_and_broken() {
        let checked =
            parse("roles:\n- {id: a, reports_to: b}\n- {id: b, reports_to: c}\n- {id: c, reports_to: b}\n");
        assert_eq!(
            checked.diagnostics.iter().filter(|diagnostic| diagnostic.rule.code == "cycle").count(),
            1
        );
        let roles = &checked.value.roles;
        assert_eq!(roles.iter().filter(|role| role.reports_to.is_some()).count(), 2);
    }

    #[test]
    fn names_are_folded_and_nearest_is_proposed() {
        let checked = parse(
            "roles:\n- {id: ops, name: 运营经理}\n- {id: seo, name: ＳＥＯ优化, reports_to: 运营经里}\n",
        );
        assert_eq!(checked.value.role("seo优化"), Some(RoleId::new(1)));
        let diagnostic = &checked.diagnostics[0];
        let near = diagnostic.suggestion.as_ref().map(|near| near.text.as_str());
        assert_eq!((diagnostic.rule.code, near), ("unknown-role", Some("运营经理")));
    }
}
