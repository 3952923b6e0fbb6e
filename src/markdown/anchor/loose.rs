//! The anchors of a chapter as other tools make them.
//!
//! Every tool makes an anchor of the words of a heading, and each in its own way: with or
//! without signs, `_1` or `-1` for the second of a name, `and` for `&`, without the number
//! at the beginning, without letters beyond ASCII, without the calls and components that the
//! tool puts there. Obsidian names a paragraph by `^id` at its end; a link to one leads to the
//! heading above it. An index is made when a link first asks for an anchor that the chapter
//! does not have as it is written.

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
    /// Blocks that Obsidian names, and the anchor of the heading above; empty at the top.
    blocks: HashMap<String, String>,
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
            let text = heading.text.as_str();
            let unnumbered = text.trim_start_matches(|c: char| !c.is_alphabetic());
            let spelled = text.replace('&', " and ");
            for form in [text, &spelled, unnumbered, &ascii(text)] {
                add(&mut index.words, letters(form), anchor);
            }
            // Of a tag that is not shown as such, such as a badge, its words are no part either.
            let written = document.source().get(heading.span.clone()).unwrap_or("");
            let written = written.lines().next().unwrap_or("").trim_start_matches('#');
            for text in [text, written].into_iter().filter(|text| text.contains(['{', '<'])) {
                add(&mut index.words, letters(&without_markup(text)), anchor);
                if let Some(id) = written_id(text) {
                    add(&mut index.letters, letters(id), anchor);
                }
            }
        }
        index.note_blocks(document);
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
        if let Some(block) = fragment.strip_prefix('^') {
            return self.blocks.get(block).map(String::as_str);
        }
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

impl LooseAnchors {
    fn note_blocks(&mut self, document: &Document) {
        let text = document.source().get(document.body..).unwrap_or("");
        if !text.contains('^') {
            return;
        }
        let mut headings = document.headings.iter().peekable();
        let (mut at, mut above) = (document.body, "");
        for line in text.split_inclusive('\n') {
            while let Some(heading) = headings.next_if(|heading| heading.span.start <= at) {
                above = &heading.anchor;
            }
            at += line.len();
            if let Some(block) = block_id(line) {
                self.blocks.entry(block.to_owned()).or_insert_with(|| above.to_owned());
            }
        }
    }
}

/// The name that Obsidian reads at the end of a block: `^`, letters, digits and `-`, with
/// nothing or a blank before it.
fn block_id(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let (before, id) = line.rsplit_once('^')?;
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (is_id && (before.is_empty() || before.ends_with([' ', '\t', '>']))).then_some(id)
}

/// A heading without what its tool would have replaced: `{% … %}`, `{{ … }}`, `{: … }`,
/// `{/* … */}`, components.
fn without_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '<']) {
        let call = &rest[at..];
        let ends = [("{%", "%}"), ("{{", "}}"), ("{:", "}"), ("{/*", "*/}"), ("{#", "}")];
        let end = ends.iter().find(|(open, _)| call.starts_with(open)).map(|(_, close)| *close);
        let is_tag = call[1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_uppercase());
        let end = end.or_else(|| (call.starts_with('<') && is_tag).then_some(">"));
        let length = end.and_then(|end| Some(call.find(end)? + end.len()));
        let length = length.unwrap_or(1);
        out.push_str(&rest[..at]);
        if length == 1 {
            out.push_str(&call[..1]);
        }
        rest = &call[length..];
    }
    out.push_str(rest);
    out
}

/// The id that a heading gives itself in a comment of MDX: `## Words {/* #id */}`.
fn written_id(text: &str) -> Option<&str> {
    let inside = text.trim_end().strip_suffix("*/}")?;
    let (_, comment) = inside.rsplit_once("{/*")?;
    comment.trim().strip_prefix('#').filter(|id| !id.is_empty() && !id.contains(char::is_whitespace))
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
    fn what_a_tool_would_replace_is_no_part_of_an_anchor() {
        let text = "# A <Badge text=\"v1\"/>\n\n## Events {% addedin \"2.0\" %}\n\n## Two {/* #two-id */}\n\n## a < b {c\n";
        for (fragment, right) in [
            ("a", "a-v1"),
            ("events", "events--addedin-20-"),
            ("two-id", "two--two-id-"),
            ("two", "two--two-id-"),
        ] {
            assert_eq!(anchor(text, fragment).as_deref(), Some(right), "{fragment}");
        }
        assert_eq!(without_markup("a < b {c {} {{ d"), "a < b {c {} {{ d");
    }

    #[test]
    fn a_block_is_found_by_the_heading_above_it() {
        let text =
            "Above. ^top\n\n# A\n\nWords. ^one-1\n\n- item ^two\n\n> quote\n\n^three\n\n# B\n\n2 ^ 3^four\n";
        for (fragment, right) in [
            ("^top", Some("")),
            ("^one-1", Some("a")),
            ("^two", Some("a")),
            ("^three", Some("a")),
            ("^four", None),
            ("^", None),
        ] {
            assert_eq!(anchor(text, fragment).as_deref(), right, "{fragment}");
        }
    }

    #[test]
    fn two_that_fit_are_none() {
        assert_eq!(anchor("# A.B\n\n## A B\n", "a_b"), None);
        assert_eq!(anchor("# A\n", "b"), None);
    }
}
