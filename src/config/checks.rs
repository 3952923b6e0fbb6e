//! `checks:` of handbook.yaml: the levels of rules, for the whole handbook and for folders.

use super::folder::{Named, above, path_of};
use crate::diagnostic::{Diagnostic, Level, nearest};
use crate::message;
use crate::rule::{self, RULES, Rule};
use crate::yaml::Reader;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Levels by rule.
type Levels = BTreeMap<&'static Rule, Level>;

/// The levels of rules that are not at their defaults.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Checks {
    /// For the whole handbook.
    all: Levels,
    /// For folders and files below the content folder, by path without `/` at its ends.
    folders: BTreeMap<String, FolderChecks>,
}

/// The levels of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct FolderChecks {
    levels: Levels,
    named: Named,
}

impl Checks {
    /// Reads `checks:`; what is wrong is left out.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let Some(mut checks) = reader.mapping("checks") else { return Self::default() };
        let mut read = Self::default();
        for key in checks.keys() {
            if !checks.value(&key).is_some_and(serde_yaml::Value::is_mapping) {
                read_level(&mut checks, &key, &mut read.all);
                continue;
            }
            let Some(mut folder) = checks.mapping(&key) else { continue };
            let mut levels = Levels::new();
            for code in folder.keys() {
                read_level(&mut folder, &code, &mut levels);
            }
            checks.absorb(&mut folder);
            let (path, file, place) = (path_of(&key), Arc::clone(checks.path()), checks.place_of_key(&key));
            let named = Named { path: path.clone(), file, place };
            read.folders.insert(path, FolderChecks { levels, named });
        }
        reader.absorb(&mut checks);
        read
    }

    /// The level that a rule has in the whole handbook, where that is not its default.
    #[must_use]
    pub fn level(&self, rule: &'static Rule) -> Option<Level> {
        self.all.get(rule).copied()
    }

    /// The level that a rule has in a file of the project: that of the nearest folder which
    /// says one.
    #[must_use]
    pub fn level_in(&self, rule: &'static Rule, path: Option<&str>) -> Option<Level> {
        let in_folder = path.filter(|_| !self.folders.is_empty()).and_then(|path| {
            let path = path.strip_prefix("content/").unwrap_or(path);
            above(path).find_map(|path| self.folders.get(path)?.levels.get(rule).copied())
        });
        in_folder.or_else(|| self.level(rule))
    }

    /// The folders that are named.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Named> {
        self.folders.values().map(|checks| &checks.named)
    }
}

/// Reads the level of a rule.
fn read_level(checks: &mut Reader<'_>, code: &str, levels: &mut Levels) {
    let choices = [
        ("error", "错误", Level::Error),
        ("warning", "警告", Level::Warning),
        ("note", "提示", Level::Note),
        ("off", "关闭", Level::Off),
        ("false", "", Level::Off),
    ];
    let rule = Rule::find(code);
    if rule.is_none() {
        let message = message!("invalid-value-check", code = code);
        let diagnostic = Diagnostic::new(&rule::INVALID_VALUE, message)
            .nearest(nearest(code, RULES.iter().map(|rule| rule.code)));
        checks.report_key(code, diagnostic);
    } else if let Some((rule, level)) = rule.zip(checks.choice(code, &choices)) {
        if rule.is_fixed && level != Level::Error {
            let message = message!("invalid-value-fixed", code = code);
            let diagnostic = Diagnostic::new(&rule::INVALID_VALUE, message);
            let steps = checks.steps(code);
            checks.report(&steps, diagnostic.help(message!("invalid-value-fixed.help")));
        } else {
            levels.insert(rule, level);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::folder::unknown;
    use super::*;

    #[test]
    fn the_nearest_folder_decides() {
        let text: Arc<str> =
            "checks:\n  overdue: off\n  /content/a/: {overdue: note, broken-link: off}\n  a/b/: {overdue: error}\n".into();
        let document = crate::yaml::Document::new(&"handbook.yaml".into(), &text, 0..text.len());
        let mapping = document.parse(&rule::YAML).expect("valid");
        let checks = Checks::read(&mut Reader::new(&document, &mapping, Vec::new()));
        let level = |path: &str| checks.level_in(&rule::OVERDUE, Some(path));
        assert_eq!(level("content/x.md"), Some(Level::Off));
        assert_eq!(level("content/a/x.md"), Some(Level::Note));
        assert_eq!(level("content/a/b/c/x.md"), Some(Level::Error));
        assert_eq!(level("content/ab/x.md"), Some(Level::Off));
        assert_eq!(checks.level_in(&rule::BROKEN_LINK, Some("a/b/x.md")), Some(Level::Off));
        assert_eq!(checks.level_in(&rule::BROKEN_LINK, None), None);
        let wrong = unknown(&checks.folders().collect::<Vec<_>>(), ["a/x.md"].into_iter());
        assert_eq!(wrong.len(), 1, "{wrong:?}");
    }
}
