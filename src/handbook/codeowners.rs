//! CODEOWNERS: who is asked when somebody proposes to change a chapter, from its owners and
//! approvers.
//!
//! The last line that fits a file counts, for GitHub as for GitLab and Gitea. Sorted by path,
//! a folder stands before what is in it, so that a chapter's own line outweighs that of its
//! folder's page, and a chapter that names nobody goes with its folder.

use super::Handbook;
use super::people::Party;
use crate::chapter::field::Field;
use crate::id::ChapterId;
use crate::locale::{Language, Message};
use crate::message;
use std::collections::BTreeMap;

/// What is said of a path.
#[derive(Debug, Default)]
struct Line {
    accounts: Vec<String>,
    /// Who is named and has no account.
    without: Vec<String>,
}

impl Handbook {
    /// The text of CODEOWNERS. `folder` is where the project lies in its repository and
    /// `content` where the chapters lie in the project: each empty, or with `/` at its end.
    #[must_use]
    pub fn codeowners(&self, folder: &str, content: &str, language: Language) -> String {
        let mut text = String::new();
        comment(&mut text, language, &message!("codeowners-what"));
        for (path, line) in self.code_owners(content) {
            let path = format!("/{folder}{path}");
            if !line.without.is_empty() {
                let names = line.without.join(", ");
                let message = message!("codeowners-without", path = &path, names = names);
                comment(&mut text, language, &message);
            }
            if path.contains(char::is_control) {
                comment(&mut text, language, &message!("codeowners-unwritable", path = &path));
            } else if !line.accounts.is_empty() {
                text.push_str(&escaped(&path));
                for account in &line.accounts {
                    text.push(' ');
                    text.push_str(account);
                }
                text.push('\n');
            }
        }
        text
    }

    /// What is said of each path of the project, by path.
    fn code_owners(&self, content: &str) -> BTreeMap<String, Line> {
        let mut lines = BTreeMap::new();
        for (id, chapter) in self.chapters.iter_enumerated() {
            lines.insert(format!("{content}{}", chapter.source.name), self.code_owners_of(id));
            // What was released is theirs, too.
            if let Some(name) = &chapter.front.id {
                lines.insert(format!("editions/{}/", name.text), self.code_owners_of(id));
            }
        }
        for section in &self.tree.sections {
            if let Some(page) = section.page() {
                let path = if section.path.is_empty() { String::new() } else { format!("{}/", section.path) };
                let path = format!("{content}{path}");
                // The page of a bare project's top would own everything there is.
                if !path.is_empty() {
                    lines.insert(path, self.code_owners_of(page));
                }
            }
        }
        lines.retain(|_, line| !line.accounts.is_empty() || !line.without.is_empty());
        lines
    }

    fn code_owners_of(&self, chapter: ChapterId) -> Line {
        let mut line = Line::default();
        let metadata = &self.metadata[chapter];
        for party in [Field::Owner, Field::Approver].into_iter().flat_map(|field| metadata.parties(field)) {
            let organization = &self.organization;
            let (name, accounts) = match party {
                Party::Role(at) => {
                    let role = &organization.roles[*at];
                    (role.name.as_str(), organization.accounts_of_role(role))
                }
                Party::Department(at) => {
                    let department = &organization.departments[*at];
                    (department.name.as_str(), organization.accounts_of_department(department))
                }
                Party::Person(name) => (name.as_str(), organization.accounts_of_person(name)),
            };
            let (known, more) = match accounts {
                [] => (&mut line.without, std::slice::from_ref(&name)),
                _ => (&mut line.accounts, [].as_slice()),
            };
            for text in more.iter().copied().chain(accounts.iter().map(String::as_str)) {
                if !known.iter().any(|known| known == text) {
                    known.push(text.to_owned());
                }
            }
        }
        line
    }
}

/// Writes a comment; nothing in it can end its line.
fn comment(text: &mut String, language: Language, message: &Message) {
    let said = language.text(message);
    let line: String = said.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.push_str("# ");
    text.push_str(line.trim());
    text.push('\n');
}

/// A path as a pattern that fits it alone.
fn escaped(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for c in path.chars() {
        if matches!(c, ' ' | '\\' | '*' | '?' | '[' | ']' | '!' | '#') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_pattern_of_itself() {
        assert_eq!(escaped("/content/a b/[草案]#1*.md"), "/content/a\\ b/\\[草案\\]\\#1\\*.md");
    }

    #[test]
    fn a_comment_stays_one_line() {
        let mut text = String::new();
        let message = message!("codeowners-unwritable", path = "a\n* @evil");
        comment(&mut text, Language::ENGLISH, &message);
        assert_eq!(text.matches('\n').count(), 1, "{text}");
    }
}
