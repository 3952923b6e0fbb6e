//! The anchors of a chapter as other tools make them.
//!
//! Every tool makes an anchor of the words of a heading, and each in its own way: with or
//! without signs, `_1` or `-1` for the second of a name, `and` for `&`, without the number
//! at the beginning, without letters beyond ASCII. An index is made when a link first asks
//! for an anchor that the chapter does not have as it is written.

use super::super::document::Document;
use crate::text::fold;
use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// A chapter's anchors, by what other tools make of them. A name that two places have is
/// none.
#[derive(Debug, Clone, Default)]
pub struct LooseAnchors {
    /// In folded form; the first of a form.
    folded: HashMap<String, String>,
    /// As Python-Markdown makes them, MkDocs's parser.
    python: HashMap<String, String>,
    /// By their letters and digits alone.
    letters: HashMap<String, Option<String>>,
    /// By further forms of the words of headings.
    words: HashMap<String, Option<String>>,
}

impl LooseAnchors {
    /// The index of a text.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        let mut index = Self::default();
        for anchor in document.anchors() {
            index.folded.entry(fold(&anchor)).or_insert_with(|| anchor.clone().into_owned());
        }
        let mut taken = HashSet::new();
        for heading in &document.headings {
            let anchor = &heading.anchor;
            index.python.insert(python_id(&heading.text, &mut taken), anchor.clone());
            for name in std::iter::once(anchor).chain(&heading.aliases) {
                add(&mut index.letters, letters(name), anchor);
            }
            let text = &heading.text;
            let unnumbered = text.trim_start_matches(|c: char| !c.is_alphabetic());
            let spelled = text.replace('&', " and ");
            for form in [text, &spelled, unnumbered, &ascii(text)] {
                add(&mut index.words, letters(form), anchor);
            }
        }
        for anchor in &document.html_anchors {
            add(&mut index.letters, letters(anchor), anchor);
        }
        for clause in &document.clauses {
            add(&mut index.letters, letters(&clause.anchor), &clause.anchor);
        }
        index
    }

    /// The anchor that differs from `fragment` by case or Unicode form only.
    #[must_use]
    pub fn folded(&self, fragment: &str) -> Option<&str> {
        self.folded.get(&fold(fragment)).map(String::as_str)
    }

    /// The only anchor that some tool would write so.
    #[must_use]
    pub fn other(&self, fragment: &str) -> Option<&str> {
        if let Some(anchor) = self.python.get(fragment) {
            return Some(anchor);
        }
        const PREFIXES: [&str; 4] = ["user-content-", "id-", "h-", "_"];
        let bare = PREFIXES.iter().find_map(|prefix| fragment.strip_prefix(prefix));
        let names = || std::iter::once(fragment).chain(bare).map(letters).filter(|name| !name.is_empty());
        let mut maps = [&self.letters, &self.words].into_iter();
        let found = maps.find_map(|map| names().find_map(|name| map.get(&name)));
        found?.as_deref()
    }
}

fn add(map: &mut HashMap<String, Option<String>>, name: String, anchor: &str) {
    if name.is_empty() {
        return;
    }
    let known = map.entry(name).or_insert_with(|| Some(anchor.to_owned()));
    if known.as_deref() != Some(anchor) {
        *known = None;
    }
}

/// The letters and digits of a name.
fn letters(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A text without what is not ASCII, accents apart from their letters.
fn ascii(text: &str) -> String {
    text.nfkd().filter(char::is_ascii).collect()
}

/// The id of a heading by `slugify` and `unique` of Python-Markdown's `toc`.
fn python_id(text: &str, taken: &mut HashSet<String>) -> String {
    let kept: String = ascii(text)
        .chars()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '_'))
        .collect();
    let lower = kept.trim().to_lowercase();
    let parts: Vec<&str> =
        lower.split(|c: char| c.is_whitespace() || c == '-').filter(|part| !part.is_empty()).collect();
    let edge = |dash: bool| if dash { "-" } else { "" };
    let whole = match lower.is_empty() {
        true => String::new(),
        false => format!("{}{}{}", edge(lower.starts_with('-')), parts.join("-"), edge(lower.ends_with('-'))),
    };
    let mut id = whole;
    while id.is_empty() || taken.contains(&id) {
        let number = id.rsplit_once('_').and_then(|(stem, number)| Some((stem, number.parse::<u32>().ok()?)));
        id = match number {
            Some((stem, number)) => format!("{stem}_{}", number.saturating_add(1)),
            None => format!("{id}_1"),
        };
    }
    taken.insert(id.clone());
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::MarkdownOptions;

    fn anchor(text: &str, fragment: &str) -> Option<String> {
        let document = Document::new(text, &MarkdownOptions::default());
        LooseAnchors::new(&document).other(fragment).map(str::to_owned)
    }

    #[test]
    fn python_markdown_numbers_what_it_cannot_write() {
        let text = "# 总则\n\n## 范围\n\n## Scope\n\n## Scope\n\n## Über uns\n";
        for (fragment, right) in
            [("_1", "总则"), ("_2", "范围"), ("scope_1", "scope-1"), ("uber-uns", "über-uns")]
        {
            assert_eq!(anchor(text, fragment).as_deref(), Some(right), "{fragment}");
        }
    }

    #[test]
    fn every_tool_finds_its_own() {
        let text =
            "# Meals & Expenses\n\n## 1. Other people's money\n\n## cloud.gov\n\n## Caret, Mark & Tilde\n";
        for (fragment, right) in [
            ("meals-and-expenses", "meals--expenses"),
            ("other-people-s-money", "1-other-peoples-money"),
            ("_1-other-people-s-money", "1-other-peoples-money"),
            ("id-1.-other-peoples-money", "1-other-peoples-money"),
            ("cloud-gov", "cloudgov"),
            ("caret-mark-tilde", "caret-mark--tilde"),
            ("Other people's money", "1-other-peoples-money"),
        ] {
            assert_eq!(anchor(text, fragment).as_deref(), Some(right), "{fragment}");
        }
    }

    #[test]
    fn two_that_fit_are_none() {
        assert_eq!(anchor("# A.B\n\n## A B\n", "a_b"), None);
        assert_eq!(anchor("# A\n", "b"), None);
    }
}
