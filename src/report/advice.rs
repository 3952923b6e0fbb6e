//! What to do first, where there is much to mend.
//!
//! What stops the site comes first, then what the program can do by itself, then the rules
//! that find most, with the folder in which they do: one change of its front matter, or a
//! level for that folder, often ends thousands of findings.

use super::thousands;
use crate::diagnostic::{Diagnostic, Level};
use crate::locale::{Language, Message};
use crate::message;
use crate::rule::Rule;
use crate::source::Sources;
use std::collections::{BTreeMap, HashMap};

/// Rules that are named at most.
const MOST_RULES: usize = 3;

/// Findings of a rule from which on their folder is looked for.
const MANY: usize = 20;

/// What a rule finds.
#[derive(Default)]
struct Found<'a> {
    count: usize,
    level: Option<Level>,
    /// By the first folder below content/; what lies in none is not counted.
    folders: BTreeMap<&'a str, usize>,
}

/// What to do first about diagnostics, the most useful first; empty where there is nothing
/// to choose from.
#[must_use]
pub fn advice(diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> Vec<Message> {
    let certain = diagnostics.iter().filter(|diagnostic| diagnostic.fix().is_some()).count();
    if diagnostics.len() < 2 && certain == 0 {
        return Vec::new();
    }
    let mut rules: BTreeMap<&'static Rule, Found<'_>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let found = rules.entry(diagnostic.rule).or_default();
        found.count += 1;
        found.level = found.level.max(Some(diagnostic.level));
        let path = diagnostic.path.as_deref().unwrap_or_default();
        let below = path.strip_prefix("content/").unwrap_or(path);
        if let Some((folder, _)) = below.split_once('/') {
            *found.folders.entry(folder).or_default() += 1;
        }
    }
    let own = Share::of(sources);
    let mut steps = Vec::new();
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Error).count();
    if errors > 0 {
        let codes = rules.iter().filter(|(_, found)| found.level == Some(Level::Error));
        let codes = codes.map(|(rule, _)| rule.code).collect::<crate::locale::Value>();
        let shown = thousands(language, errors);
        steps.push(message!("advice-errors", number = errors, shown = shown, codes = codes));
    }
    if certain > 0 {
        let shown = thousands(language, certain);
        steps.push(message!("advice-fix", number = certain, shown = shown));
    }
    let mut others: Vec<_> = rules.iter().filter(|(_, found)| found.level < Some(Level::Error)).collect();
    others.sort_by_key(|(_, found)| (std::cmp::Reverse(found.level), std::cmp::Reverse(found.count)));
    steps.extend(others.iter().take(MOST_RULES).map(|(rule, found)| of_rule(rule, found, &own, language)));
    steps
}

/// How many chapters each first folder has, and how many there are.
struct Share<'a> {
    folders: HashMap<&'a str, usize>,
    all: usize,
}

impl<'a> Share<'a> {
    fn of(sources: &'a Sources) -> Self {
        let mut folders = HashMap::new();
        for (folder, _) in sources.chapters.iter().filter_map(|chapter| chapter.name.split_once('/')) {
            *folders.entry(folder).or_default() += 1;
        }
        Self { folders, all: sources.chapters.len() }
    }

    /// Whether a folder is a part of the book that may have rules of its own.
    fn is_part(&self, folder: &str) -> bool {
        self.folders.get(folder).is_some_and(|chapters| chapters * 2 <= self.all)
    }
}

fn of_rule(rule: &Rule, found: &Found<'_>, own: &Share<'_>, language: Language) -> Message {
    let shown = thousands(language, found.count);
    let number = found.count;
    // Most of them in one folder.
    let folder = found.folders.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(*name)));
    let is_most = |(name, count): &(&&str, &usize)| {
        found.count >= MANY && **count * 10 >= found.count * 8 && own.is_part(name)
    };
    match folder.filter(is_most) {
        Some((folder, count)) => message!(
            "advice-rule-in-folder",
            number = number,
            shown = shown,
            code = rule.code,
            folder = *folder,
            inside = thousands(language, *count),
        ),
        None => message!("advice-rule", number = number, shown = shown, code = rule.code),
    }
}
