//! `organization.yaml`: the departments and roles that chapters apply to.
//!
//! Both form trees (`parent`, `reports_to`). After reading, every index is
//! valid and no chain has a circle, so that later stages may walk them freely.

mod levels;

use crate::diagnostic::{Checked, Diagnostic, nearest};
use crate::rule;
use crate::text::{fold, show_turns, turns_writing};
use crate::yaml::{Document, Reader, Spanned};
use levels::Fault;
use std::collections::HashMap;

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
    /// Department above, as an index.
    pub parent: Option<usize>,
    /// Role that leads it, as an index.
    pub head: Option<usize>,
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
    /// Its department, as an index.
    pub department: Option<usize>,
    /// Role it reports to, as an index.
    pub reports_to: Option<usize>,
}

/// All departments and roles, in the order written.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Organization {
    /// Departments.
    pub departments: Vec<Department>,
    /// Roles.
    pub roles: Vec<Role>,
    /// Whether there is an organization.yaml; without it every name is accepted.
    pub declared: bool,
    department_names: HashMap<String, usize>,
    role_names: HashMap<String, usize>,
}

impl Organization {
    /// Reads the file; entries that cannot be used are left out.
    #[must_use]
    pub fn parse(document: &Document) -> Checked<Self> {
        let mut organization = Self { declared: true, ..Self::default() };
        let mapping = match document.parse(&crate::rule::YAML) {
            Ok(mapping) => mapping,
            Err(found) => return Checked::new(organization, vec![*found]),
        };
        let mut reader = Reader::new(document, &mapping, Vec::new());
        reader.unknown_keys(&["departments", "roles", "extra"]);
        let mut links = Links::default();
        for mut entry in reader.mappings("departments") {
            organization.read_department(&mut entry, &mut links);
            reader.diagnostics.append(&mut entry.diagnostics);
        }
        for mut entry in reader.mappings("roles") {
            organization.read_role(&mut entry, &mut links);
            reader.diagnostics.append(&mut entry.diagnostics);
        }
        organization.connect(&links, &mut reader);
        Checked::new(organization, reader.diagnostics)
    }

    fn read_department(&mut self, entry: &mut Reader<'_>, links: &mut Links) {
        entry.unknown_keys(&["id", "name", "parent", "head", "summary", "aliases"]);
        let Some((id, name)) = read_names(entry) else { return };
        let at = self.departments.len();
        let aliases = texts(entry.strings("aliases"));
        register(&mut self.department_names, &id, &name, &aliases, at, entry);
        links.parents.extend(spanned(entry, "parent").map(|to| (at, to)));
        links.heads.extend(spanned(entry, "head").map(|to| (at, to)));
        let summary = entry.string("summary").unwrap_or_default();
        self.departments.push(Department { id, name, aliases, summary, parent: None, head: None });
    }

    fn read_role(&mut self, entry: &mut Reader<'_>, links: &mut Links) {
        entry.unknown_keys(&["id", "name", "department", "reports_to", "summary", "aliases"]);
        let Some((id, name)) = read_names(entry) else { return };
        let at = self.roles.len();
        let aliases = texts(entry.strings("aliases"));
        register(&mut self.role_names, &id, &name, &aliases, at, entry);
        links.departments.extend(spanned(entry, "department").map(|to| (at, to)));
        links.superiors.extend(spanned(entry, "reports_to").map(|to| (at, to)));
        let summary = entry.string("summary").unwrap_or_default();
        self.roles.push(Role { id, name, aliases, summary, department: None, reports_to: None });
    }

    fn connect(&mut self, links: &Links, reader: &mut Reader<'_>) {
        for (at, to) in &links.parents {
            self.departments[*at].parent = self.find_department(to, reader);
        }
        for (at, to) in &links.heads {
            self.departments[*at].head = self.find_role(to, reader);
        }
        for (at, to) in &links.departments {
            self.roles[*at].department = self.find_department(to, reader);
        }
        for (at, to) in &links.superiors {
            self.roles[*at].reports_to = self.find_role(to, reader);
        }
        let mut parents: Vec<Option<usize>> = self.departments.iter().map(|entry| entry.parent).collect();
        for (at, fault) in levels::mend(&mut parents) {
            self.departments[at].parent = None;
            report_fault(reader, &links.parents, ("parent", &self.departments[at].name), at, fault);
        }
        let mut superiors: Vec<Option<usize>> = self.roles.iter().map(|entry| entry.reports_to).collect();
        for (at, fault) in levels::mend(&mut superiors) {
            self.roles[at].reports_to = None;
            report_fault(reader, &links.superiors, ("reports_to", &self.roles[at].name), at, fault);
        }
    }

    fn find_department(&self, to: &Spanned, reader: &mut Reader<'_>) -> Option<usize> {
        let found = self.department(&to.text);
        if found.is_none() {
            reader.report(&to.steps, self.unknown_department(&to.text));
        }
        found
    }

    fn find_role(&self, to: &Spanned, reader: &mut Reader<'_>) -> Option<usize> {
        let found = self.role(&to.text);
        if found.is_none() {
            reader.report(&to.steps, self.unknown_role(&to.text));
        }
        found
    }

    /// The department of this id, name or alias.
    #[must_use]
    pub fn department(&self, name: &str) -> Option<usize> {
        self.department_names.get(&fold(name)).copied()
    }

    /// The role of this id, name or alias.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<usize> {
        self.role_names.get(&fold(name)).copied()
    }

    /// The finding for a name that no department has.
    #[must_use]
    pub fn unknown_department(&self, name: &str) -> Diagnostic {
        let known = self.departments.iter().flat_map(|entry| [entry.name.as_str(), entry.id.as_str()]);
        Diagnostic::new(&rule::UNKNOWN_DEPARTMENT, format!("no department is called `{name}`"))
            .label("not in organization.yaml")
            .nearest(nearest(name, known))
    }

    /// The finding for a name that no role has.
    #[must_use]
    pub fn unknown_role(&self, name: &str) -> Diagnostic {
        let known = self.roles.iter().flat_map(|entry| [entry.name.as_str(), entry.id.as_str()]);
        Diagnostic::new(&rule::UNKNOWN_ROLE, format!("no role is called `{name}`"))
            .label("not in organization.yaml")
            .nearest(nearest(name, known))
    }

    /// Adds a department that only a chapter names, where no file declares any.
    pub fn imply_department(&mut self, name: &str) -> usize {
        let at = self.departments.len();
        *self.department_names.entry(fold(name)).or_insert_with(|| {
            let name = name.to_owned();
            self.departments.push(Department { id: name.clone(), name, ..Department::default() });
            at
        })
    }

    /// Adds a role that only a chapter names, where no file declares any.
    pub fn imply_role(&mut self, name: &str) -> usize {
        let at = self.roles.len();
        *self.role_names.entry(fold(name)).or_insert_with(|| {
            let name = name.to_owned();
            self.roles.push(Role { id: name.clone(), name, ..Role::default() });
            at
        })
    }

    /// A department and those above it, nearest first.
    pub fn ancestry(&self, department: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(department), |at| self.departments[*at].parent)
    }
}

#[derive(Default)]
struct Links {
    parents: Vec<(usize, Spanned)>,
    heads: Vec<(usize, Spanned)>,
    departments: Vec<(usize, Spanned)>,
    superiors: Vec<(usize, Spanned)>,
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
        entry.report(&base, Diagnostic::new(&rule::INVALID_VALUE, "this entry needs an `id` and a `name`"));
        return None;
    };
    let key = if name.is_some() { "name" } else { "id" };
    let (id, name) = (id.unwrap_or_else(|| any.clone()), name.unwrap_or(any));
    if name.contains(turns_writing) {
        let shown = show_turns(&name);
        let message = format!("the name holds characters that turn the direction of writing: {shown}");
        let found = Diagnostic::new(&rule::BIDI_CONTROL, message).help("write it again without them");
        entry.report(&entry.steps(key), found);
    }
    Some((id, show_turns(&name).into_owned()))
}

fn register(
    names: &mut HashMap<String, usize>,
    id: &str,
    name: &str,
    aliases: &[String],
    at: usize,
    entry: &mut Reader<'_>,
) {
    for (key, text) in
        [("id", id), ("name", name)].into_iter().chain(aliases.iter().map(|text| ("aliases", text.as_str())))
    {
        let taken = *names.entry(fold(text)).or_insert(at);
        if taken != at {
            let steps = entry.steps(key);
            entry.report(
                &steps,
                Diagnostic::new(&rule::DUPLICATE_ID, format!("`{text}` is already taken by another entry")),
            );
        }
    }
}

fn report_fault(
    reader: &mut Reader<'_>,
    links: &[(usize, Spanned)],
    (key, name): (&str, &str),
    at: usize,
    fault: Fault,
) {
    let found = match fault {
        Fault::Circle => {
            Diagnostic::new(&rule::CYCLE, format!("`{key}` leads from `{name}` in a circle back to itself"))
                .help("remove one link of the circle")
        }
        Fault::TooDeep => Diagnostic::new(
            &rule::LIMIT,
            format!("`{name}` lies more than {} levels deep", levels::MAX_LEVELS),
        )
        .help(format!("its `{key}` is left out; let it lead further up")),
    };
    // Links are in the order of their entries.
    if let Ok(place) = links.binary_search_by_key(&at, |link| link.0) {
        reader.report(&links[place].1.steps, found);
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
        assert_eq!(checked.diagnostics.iter().filter(|found| found.rule.code == "cycle").count(), 1);
        let roles = &checked.value.roles;
        assert_eq!(roles.iter().filter(|role| role.reports_to.is_some()).count(), 2);
    }

    #[test]
    fn names_are_folded_and_nearest_is_proposed() {
        let checked = parse(
            "roles:\n- {id: ops, name: 运营经理}\n- {id: seo, name: ＳＥＯ优化, reports_to: 运营经里}\n",
        );
        assert_eq!(checked.value.role("seo优化"), Some(1));
        let found = &checked.diagnostics[0];
        let near = found.suggestion.as_ref().map(|near| near.text.as_str());
        assert_eq!((found.rule.code, near), ("unknown-role", Some("运营经理")));
    }
}
