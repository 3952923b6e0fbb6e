//! Terms that a chapter defines: under headings of `content/glossary.md`, and
//! under `terms:` in the front matter of any chapter.
//!
//! In glossary.md every heading that has no heading below it is a term, with
//! other names in brackets behind it (服务级别协议（SLA）) or on a first line 别名：….
//! What follows is the definition, in Markdown.

use super::front_matter::FrontMatter;
use crate::diagnostic::Diagnostic;
use crate::markdown::{Document, MarkdownOptions, Visibility};
use crate::message;
use crate::rule;
use crate::source::Source;
use crate::text::fold;
use crate::yaml::{Reader, Step};
use std::ops::Range;

/// Characters of a definition that a tooltip shows at most.
const SUMMARY: usize = 160;

/// Words that a line of other names begins with.
const ALIAS_WORDS: [&str; 7] = ["别名", "又称", "也称", "简称", "Aliases", "Alias", "Also called"];

/// An entry under `terms:` as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct TermEntry {
    /// The term, perhaps with other names in brackets.
    pub term: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// What it means, in Markdown.
    pub definition: String,
    /// The way to the entry.
    pub steps: Vec<Step>,
}

/// Where a definition stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Below a heading.
    Heading {
        /// The heading, by its index.
        index: usize,
        /// The line of other names, which is no part of the definition; may be empty.
        names: Range<usize>,
    },
    /// In the front matter.
    Front {
        /// The definition.
        document: Box<Document>,
        /// The way to the entry.
        steps: Vec<Step>,
    },
}

/// A term and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Definition {
    /// The term.
    pub term: String,
    /// Other names, none of them twice.
    pub aliases: Vec<String>,
    /// The beginning of the definition as plain text.
    pub summary: String,
    /// How long the definition is, in bytes.
    pub length: usize,
    /// Where it stands.
    pub origin: Origin,
}

impl Definition {
    /// The definition as an audience gets it that may not see what `sight` hides. One
    /// below a heading is part of the chapter's text.
    pub(super) fn behind(&self, sight: &dyn Visibility, options: &MarkdownOptions) -> Self {
        let mut term = self.clone();
        if let Origin::Front { document, .. } = &mut term.origin
            && let Some(mut redacted) = document.redacted(options, sight)
        {
            redacted.find_mentions();
            term.summary = summary(&redacted);
            **document = redacted;
        }
        term
    }

    /// Whether the chapter's text holds it.
    #[must_use]
    pub const fn is_of_text(&self) -> bool {
        matches!(self.origin, Origin::Heading { .. })
    }

    /// The term and its other names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.term.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// Whether a file is the glossary: `content/glossary.md`.
#[must_use]
pub fn is_glossary(name: &str) -> bool {
    super::without_suffix(name).is_some_and(|stem| stem.eq_ignore_ascii_case("glossary"))
}

/// Whether a name may be marked where it is used: a single character would be
/// found in every sentence.
#[must_use]
pub fn is_usable(name: &str) -> bool {
    name.chars().nth(1).is_some() && name.chars().any(char::is_alphanumeric)
}

/// Reads `terms:`.
pub(super) fn read(reader: &mut Reader<'_>) -> Vec<TermEntry> {
    let mut entries = Vec::new();
    for mut entry in reader.mappings("terms") {
        entry.unknown_keys(&["term", "aliases", "definition"]);
        let steps = entry.base().to_vec();
        let term = entry.string("term").unwrap_or_default();
        let aliases = entry.strings("aliases").into_iter().map(|alias| alias.text).collect();
        let definition = entry.string("definition").unwrap_or_default();
        if term.is_empty() {
            let diagnostic = Diagnostic::new(&rule::INVALID_VALUE, message!("invalid-value-term"))
                .help(message!("invalid-value-term.help"));
            entry.report(&steps, diagnostic);
        }
        reader.absorb(&mut entry);
        if !term.is_empty() {
            entries.push(TermEntry { term, aliases, definition, steps });
        }
    }
    entries
}

/// The terms of a chapter, those of its headings first; diagnostics are definitions
/// that are missing and terms too short to be marked.
pub(super) fn collect(
    source: &Source,
    front: &FrontMatter,
    document: &Document,
    options: &MarkdownOptions,
) -> (Vec<Definition>, Vec<(Diagnostic, usize)>) {
    let mut terms = Vec::new();
    if is_glossary(&source.name) {
        let leaf = |index: &usize| {
            let next = document.headings.get(index + 1).map_or(0, |next| next.level);
            next <= document.headings[*index].level
        };
        let headings = (0..document.headings.len()).filter(leaf);
        terms.extend(headings.filter_map(|index| of_heading(&source.text, document, index)));
    }
    terms.extend(front.terms.iter().map(|entry| of_entry(entry, options)));
    let mut diagnostics = Vec::new();
    for (index, term) in terms.iter().enumerate() {
        if term.length == 0 {
            let message = message!("empty-definition", term = &term.term);
            let help = message!("empty-definition.help");
            diagnostics.push((Diagnostic::new(&rule::EMPTY_DEFINITION, message).help(help), index));
        }
        if let Some(short) = term.names().find(|name| !is_usable(name)) {
            let message = message!("short-term", term = short);
            let help = message!("short-term.help");
            diagnostics.push((Diagnostic::new(&rule::SHORT_TERM, message).help(help), index));
        }
    }
    (terms, diagnostics)
}

fn of_heading(text: &str, document: &Document, index: usize) -> Option<Definition> {
    let heading = document.headings.get(index)?;
    let (term, mut aliases) = names(&heading.text);
    if term.is_empty() {
        return None;
    }
    let end = document.headings.get(index + 1).map_or(text.len(), |next| next.span.start);
    let body = text.get(heading.span.end..end)?;
    let first = body.len() - body.trim_start().len();
    let line = body[first..].split_inclusive('\n').next().unwrap_or("");
    let start = heading.span.end + first;
    let mut skip = start..start;
    let shown = document.running(start..start + line.len());
    if let Some(listed) = alias_line(&shown).filter(|_| alias_line(line).is_some()) {
        aliases.extend(listed);
        skip.end += line.len();
    }
    let rest = text.get(skip.end..end).unwrap_or("").trim();
    let opening = document.opening(skip.end..end);
    let origin = Origin::Heading { index, names: skip };
    Some(Definition {
        summary: shortened(&opening),
        length: rest.len(),
        aliases: unique(&term, aliases),
        term,
        origin,
    })
}

fn of_entry(entry: &TermEntry, options: &MarkdownOptions) -> Definition {
    let (term, mut aliases) = names(&entry.term);
    aliases.extend(entry.aliases.iter().flat_map(|alias| list(alias)));
    let document = Document::new(entry.definition.as_str(), options);
    Definition {
        summary: summary(&document),
        length: entry.definition.len(),
        aliases: unique(&term, aliases),
        term,
        origin: Origin::Front { document: Box::new(document), steps: entry.steps.clone() },
    }
}

/// A term and the other names in brackets behind it.
fn names(written: &str) -> (String, Vec<String>) {
    let written = written.trim();
    let open = written
        .strip_suffix(['）', ')'])
        .and_then(|inside| inside.rfind(['（', '(']))
        .filter(|open| !written[..*open].trim().is_empty());
    let Some(open) = open else { return (written.to_owned(), Vec::new()) };
    let inside = written[open..].trim_matches(['（', '(', '）', ')']);
    (written[..open].trim().to_owned(), list(inside))
}

/// The names of a line such as `别名：甲、乙`.
fn alias_line(line: &str) -> Option<Vec<String>> {
    let bare = line.trim().trim_start_matches('*');
    let rest = ALIAS_WORDS.iter().find_map(|word| bare.strip_prefix(word))?;
    let rest = rest.trim_start_matches(['*', ' ']).strip_prefix(['：', ':'])?;
    Some(list(rest.trim_matches(['*', ' '])))
}

fn list(names: &str) -> Vec<String> {
    names
        .split(['、', '，', ',', '；', ';'])
        .map(|name| name.trim().trim_end_matches(['。', '.']).to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

fn unique(term: &str, aliases: Vec<String>) -> Vec<String> {
    let mut seen = vec![fold(term)];
    let mut kept = Vec::new();
    for alias in aliases {
        let key = fold(&alias);
        if !seen.contains(&key) {
            seen.push(key);
            kept.push(alias);
        }
    }
    kept
}

/// The first paragraph of a definition as plain text, no longer than a tooltip may be;
/// the text of a list where there is no paragraph.
fn summary(definition: &Document) -> String {
    shortened(&definition.opening(0..definition.source().len()))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SUMMARY) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Vec<Definition> {
        let options = MarkdownOptions::default();
        let document = Document::new(text, &options);
        (0..document.headings.len()).filter_map(|index| of_heading(text, &document, index)).collect()
    }

    #[test]
    fn a_heading_is_a_term_with_names_in_brackets_and_on_a_line() {
        let terms =
            read_all("## 服务级别协议（SLA、sla）\n别名：服务水平协议，SLA\n约定**可用**的\n程度。\n");
        assert_eq!(terms[0].term, "服务级别协议");
        assert_eq!(terms[0].aliases, ["SLA", "服务水平协议"]);
        assert_eq!(terms[0].summary, "约定可用的程度。");
        let terms =
            read_all("## On call (duty)\n\n**Aliases:** on-call, stand-by.\n\nBeing there.\n\nMore.\n");
        assert_eq!(terms[0].aliases, ["duty", "on-call", "stand-by"]);
        assert_eq!(terms[0].summary, "Being there.");
    }

    #[test]
    fn a_bracket_that_is_all_there_is_belongs_to_the_term() {
        assert_eq!(names("（空）"), ("（空）".to_owned(), Vec::new()));
        assert_eq!(names("转化率"), ("转化率".to_owned(), Vec::new()));
        assert_eq!(alias_line("别名由部门决定"), None);
    }

    #[test]
    fn a_tooltip_shows_the_beginning_only() {
        let long = "长".repeat(400);
        let summary = |text: &str| summary(&Document::new(text, &MarkdownOptions::default()));
        assert_eq!(summary(&long).chars().count(), SUMMARY + 1);
        assert_eq!(summary("- 甲\n- 乙\n"), "甲乙");
    }

    #[test]
    fn single_characters_are_not_marked() {
        assert!(!is_usable("条") && !is_usable("——") && is_usable("值班") && is_usable("7S"));
    }
}
