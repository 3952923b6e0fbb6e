//! Names that no department and no role has: what was meant instead.
//!
//! Several names in the place of one are the commonest slip; a near name is a typing error.

use super::Organization;
use crate::diagnostic::{Diagnostic, NearNames};
use crate::locale::Message;
use crate::message;
use crate::rule::{self, Rule};
use crate::text::listed;
use std::sync::OnceLock;

impl Organization {
    /// The diagnostic for a name that no department has.
    #[must_use]
    pub fn unknown_department(&self, name: &str) -> Diagnostic {
        let known = || self.departments.iter().flat_map(|entry| [entry.name.as_str(), entry.id.as_str()]);
        let near = self.near_departments.get_or_init(|| NearNames::new(known())).nearest(name);
        let message = message!("unknown-department", name = name);
        self.unknown(&rule::UNKNOWN_DEPARTMENT, message, name, near)
            .label(message!("unknown-department.label"))
    }

    /// The diagnostic for a name that no role has.
    #[must_use]
    pub fn unknown_role(&self, name: &str) -> Diagnostic {
        let message = message!("unknown-role", name = name);
        self.unknown(&rule::UNKNOWN_ROLE, message, name, self.nearest_role(name))
            .label(message!("unknown-role.label"))
    }

    /// The name or id of a role that is nearly this one, as a slip of the pen is.
    #[must_use]
    pub fn nearest_role(&self, name: &str) -> Option<&str> {
        let known = || self.roles.iter().flat_map(|entry| [entry.name.as_str(), entry.id.as_str()]);
        self.near_roles.get_or_init(|| NearNames::new(known())).nearest(name)
    }

    /// What looking for near names has cost.
    #[must_use]
    pub fn near_work(&self) -> usize {
        [&self.near_departments, &self.near_roles]
            .into_iter()
            .filter_map(OnceLock::get)
            .map(NearNames::work)
            .sum()
    }

    fn unknown(&self, rule: &'static Rule, message: Message, name: &str, near: Option<&str>) -> Diagnostic {
        let diagnostic = Diagnostic::new(rule, message);
        let list = |names: Vec<&str>| message!("listed-names.help", names = names.join(", "));
        match listed(name) {
            Some(names) if near.is_none() || self.has_any(&names) => diagnostic.help(list(names)),
            _ => match self.joined(name) {
                Some(names) => diagnostic.help(list(names)),
                None => diagnostic.nearest(near),
            },
        }
    }

    /// Whether a text that should be one name lists several, and one of them is known.
    #[must_use]
    pub fn is_list(&self, name: &str) -> bool {
        listed(name).is_some_and(|names| self.has_any(&names)) || self.joined(name).is_some()
    }

    /// The names of which a text is made, where it joins known ones by what may also stand within
    /// a name: 采购部/财务部, 采购部 财务部, 会计及采购经理.
    fn joined<'a>(&self, name: &'a str) -> Option<Vec<&'a str>> {
        let joints =
            |c: char| c.is_whitespace() || matches!(c, '/' | '／' | '|' | '&' | '+' | '和' | '及' | '与');
        let parts = name.split(joints).filter(|part| !part.is_empty() && *part != "and");
        let names: Vec<&str> = parts.collect();
        (names.len() > 1 && names.iter().all(|name| self.is_known(name))).then_some(names)
    }

    fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is_known(name))
    }

    fn is_known(&self, name: &str) -> bool {
        self.department(name).is_some() || self.role(name).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Document;
    use std::sync::Arc;

    #[test]
    fn known_names_that_are_joined_are_a_list() {
        let text: Arc<str> = "roles:\n- {id: a, name: 会计}\n- {id: b, name: 采购经理}\n".into();
        let document = Document::new(&"organization.yaml".into(), &text, 0..text.len());
        let organization = Organization::parse(&document).value;
        for joined in
            ["会计/采购经理", "会计 采购经理", "会计及采购经理", "会计和采购经理", "会计 and 采购经理"]
        {
            assert!(organization.is_list(joined), "{joined}");
            let help = organization.unknown_role(joined).help.clone().expect("a help");
            assert_eq!(help, message!("listed-names.help", names = "会计, 采购经理"), "{joined}");
        }
        assert!(!organization.is_list("会计/出纳") && !organization.is_list("会计"));
    }
}
