//! GitBook's adaptive content: pages and parts of pages for some visitors only.
//!
//! A condition reads claims about the visitor, which only GitBook knows. What stands under one is
//! not for everybody, so the whole chapter says that its readers have to be named: under a word
//! for them that holds a site back until a person has decided.

use super::code;
use crate::import::withheld::READERS;
use serde_yaml::Mapping;

/// Moves the condition of a page, or of the first part of it that has one, to a key that says
/// who may read the page.
pub(in crate::import) fn tell_readers(text: &str, front: &mut Mapping) {
    let own = front.shift_remove("if");
    let condition = own.or_else(|| of_part(text).map(Into::into));
    if let Some(condition) = condition.filter(|_| !front.contains_key(READERS)) {
        front.insert(READERS.into(), condition);
    }
}

/// The condition of `{% if visitor.claims.isStaff %}`, outside of code.
fn of_part(text: &str) -> Option<&str> {
    let code = code::ranges(text);
    text.match_indices("{% if ").filter(|(at, _)| !code::holds(&code, *at)).find_map(|(at, open)| {
        let rest = &text[at + open.len()..];
        let condition = rest[..rest.find("%}")?].trim();
        condition.contains("visitor.").then_some(condition)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_on_visitors_name_readers() {
        let read = |yaml: &str, text: &str| {
            let mut front: Mapping = serde_yaml::from_str(yaml).expect("front matter");
            tell_readers(text, &mut front);
            serde_yaml::to_string(&front).expect("YAML")
        };
        assert_eq!(read("if: visitor.claims.isBoard", ""), "visibility: visitor.claims.isBoard\n");
        let part = "{% if visitor.claims.isBoard %}\nSecret\n{% endif %}\n";
        assert_eq!(read("a: 1", part), "a: 1\nvisibility: visitor.claims.isBoard\n");
        assert_eq!(read("a: 1", "```\n{% if visitor.x %}\n```\n{% if page.x %}\n"), "a: 1\n");
    }
}
