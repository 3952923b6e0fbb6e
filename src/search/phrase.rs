//! Whether, and where, a text holds what was looked for.

use super::query::{Run, runs};
use super::token::{Class, class, fold};

/// What is looked for in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// Folded characters without separators.
    pub(super) text: String,
    /// Whether a longer word that begins with its last word counts too.
    pub(super) prefix: bool,
}

impl Term {
    /// Its first byte in a folded text. A word must not go on before the term, nor after it
    /// unless it is a prefix.
    pub(super) fn find(&self, folded: &str) -> Option<usize> {
        find(folded, &self.text, self.prefix)
    }
}

/// Whether a text holds a phrase: its runs with only separators between them.
pub(super) fn holds(text: &str, phrase: &[String], prefix: bool) -> bool {
    let folded = fold(text);
    if let [run] = phrase {
        return find(&folded, run, prefix).is_some();
    }
    let wanted = phrase.join(" ");
    folded.lines().any(|line| {
        let spaced = runs(line).iter().map(Run::text).collect::<Vec<_>>().join(" ");
        find(&spaced, &wanted, prefix).is_some()
    })
}

fn find(folded: &str, run: &str, prefix: bool) -> Option<usize> {
    let is_word = |c: Option<char>| c.is_some_and(|c| class(c) == Class::Word);
    let (begins, ends) = (is_word(run.chars().next()), is_word(run.chars().next_back()));
    folded.match_indices(run).map(|(start, _)| start).find(|start| {
        let before = word_before(&folded[..*start], run);
        let after = folded[start + run.len()..].chars().next();
        !(begins && is_word(before) || ends && !prefix && is_word(after))
    })
}

/// The character before a run. The `v` of a version stands apart from its number.
fn word_before(before: &str, run: &str) -> Option<char> {
    match before.strip_suffix('v') {
        Some(rest) if run.starts_with(|c: char| c.is_ascii_digit()) => rest.chars().next_back(),
        _ => before.chars().next_back(),
    }
}
