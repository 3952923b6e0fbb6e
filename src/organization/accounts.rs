//! Accounts of roles, departments and people where the repository is kept: what
//! `handbook host codeowners` writes. No page shows them.

use super::{Department, Organization, Role};
use crate::diagnostic::Diagnostic;
use crate::message;
use crate::rule;
use crate::text::fold;
use crate::yaml::Reader;
use std::collections::HashMap;

/// Accounts by the folded names and ids of those who have them.
#[derive(Debug, Clone, Default)]
pub(super) struct Accounts(HashMap<String, Vec<String>>);

impl Accounts {
    /// Reads `accounts:`, which gives accounts by name.
    pub(super) fn read_all(&mut self, reader: &mut Reader<'_>) {
        let Some(mut accounts) = reader.mapping("accounts") else { return };
        for name in accounts.keys() {
            let read = read(&mut accounts, &name);
            self.add(&name, read);
        }
        reader.absorb(&mut accounts);
    }

    /// Reads `account:` of a department or role with this id.
    pub(super) fn read_own(&mut self, entry: &mut Reader<'_>, id: &str) {
        let read = read(entry, "account");
        self.add(id, read);
    }

    fn add(&mut self, name: &str, accounts: Vec<String>) {
        if !accounts.is_empty() {
            self.0.entry(fold(name)).or_default().extend(accounts);
        }
    }

    fn of<'a>(&self, names: impl Iterator<Item = &'a str>) -> &[String] {
        let mut found = names.filter_map(|name| self.0.get(&fold(name)));
        found.next().map_or(&[], Vec::as_slice)
    }
}

/// The accounts of a key; what is none is told.
fn read(reader: &mut Reader<'_>, key: &str) -> Vec<String> {
    let mut accounts = Vec::new();
    for account in reader.strings(key) {
        if is_account(&account.text) {
            accounts.push(account.text);
        } else {
            let message = message!("invalid-value-account", written = &account.text);
            let wrong = Diagnostic::new(&rule::INVALID_VALUE, message);
            reader.report(&account.steps, wrong.help(message!("invalid-value-account.help")));
        }
    }
    accounts
}

/// Whether a text is `@name`, `@company/team` or an e-mail address.
fn is_account(text: &str) -> bool {
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '#' || c == '\\');
    match text.split_once('@') {
        Some(("", name)) => plain && !name.is_empty() && !name.contains('@'),
        Some((_, domain)) => plain && domain.contains('.') && !domain.contains('@'),
        None => false,
    }
}

impl Organization {
    /// The accounts of a role.
    #[must_use]
    pub fn accounts_of_role(&self, role: &Role) -> &[String] {
        self.accounts.of(names(&role.id, &role.name, &role.aliases))
    }

    /// The accounts of a department.
    #[must_use]
    pub fn accounts_of_department(&self, department: &Department) -> &[String] {
        self.accounts.of(names(&department.id, &department.name, &department.aliases))
    }

    /// The accounts of a person.
    #[must_use]
    pub fn accounts_of_person(&self, name: &str) -> &[String] {
        self.accounts.of(std::iter::once(name))
    }
}

fn names<'a>(id: &'a str, name: &'a str, aliases: &'a [String]) -> impl Iterator<Item = &'a str> {
    [id, name].into_iter().chain(aliases.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_a_name_a_team_or_an_address() {
        for good in ["@zhangsan", "@acme/hr-team", "hr@example.com"] {
            assert!(is_account(good), "{good}");
        }
        for bad in ["zhangsan", "@", "@a b", "a@b", "@a@b", "a@b.c\n* @evil", "@a#b", ""] {
            assert!(!is_account(bad), "{bad}");
        }
    }
}
