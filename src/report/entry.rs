//! Diagnostics as texts of a language, with lines and columns.

use crate::diagnostic::{Applicability, Diagnostic, Level, Related, Suggestion};
use crate::locale::Language;
use crate::source::Sources;
use crate::text::{LineIndex, Position, Span, floor_boundary, hide_passwords};
use serde::Serialize;
use std::collections::HashMap;

/// A diagnostic with line and column.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// Code, e.g. `unknown-role`.
    pub code: &'a str,
    /// Its level, after `checks:` in handbook.yaml.
    pub level: Level,
    /// What is wrong.
    pub message: String,
    /// File, relative to the project folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<&'a str>,
    /// Line from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column from 1, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Line of the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<usize>,
    /// Column just after the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<usize>,
    /// Text beside the marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What to do instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Other places that it refers to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<RelatedEntry<'a>>,
    /// What can be written instead, and how sure that is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<SuggestionEntry<'a>>,
    /// The line in which it starts; of a long line, the part around the start.
    #[serde(skip)]
    pub quote: Option<String>,
    /// Characters of `quote` before the start; fewer than `column` if the quote does not begin with
    /// its line.
    #[serde(skip)]
    pub quoted_before: usize,
}

/// Another place that a diagnostic refers to, with line and column.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct RelatedEntry<'a> {
    /// What is there.
    pub message: String,
    /// File, relative to the project folder.
    pub path: &'a str,
    /// Line from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Column from 1, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

/// What can be written instead.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct SuggestionEntry<'a> {
    /// The name, value or address that is proposed.
    pub text: &'a str,
    /// How sure it is that this is meant.
    pub applicability: Applicability,
    /// The changes to the file that write it; `check --fix` makes those of suggestions
    /// that are certain.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<EditEntry<'a>>,
}

/// A change of a file, with lines and columns.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct EditEntry<'a> {
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in characters.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column just after the end.
    pub end_column: usize,
    /// What is written there instead.
    pub text: &'a str,
}

/// Bytes of a line that are quoted before and after a place at most. A line may be as long as a file
/// and have as many diagnostics.
const QUOTED_BYTES: (usize, usize) = (200, 500);

/// Lines and columns of a file. Offsets come in order, so the columns of a long line are counted once
/// and not for each of its diagnostics.
struct FilePositions<'a> {
    text: &'a str,
    index: LineIndex<'a>,
    last: (usize, Position),
}

impl<'a> FilePositions<'a> {
    fn new(text: &'a str) -> Self {
        let index = LineIndex::new(text);
        let last = (0, index.position(0));
        Self { text, index, last }
    }

    fn position(&self, offset: usize) -> Position {
        let offset = floor_boundary(self.text, offset);
        let line = self.index.line_of(offset);
        let (known, place) = self.last;
        if line == place.line && offset >= known {
            Position { line, column: place.column + self.text[known..offset].chars().count() }
        } else {
            self.index.position(offset)
        }
    }

    /// The position where a span starts, from which its end and later spans are counted.
    fn start_at(&mut self, offset: usize) -> Position {
        let position = self.position(offset);
        self.last = (floor_boundary(self.text, offset), position);
        position
    }

    /// The line around an offset, and how many of its characters come before the offset.
    fn quote(&self, offset: usize) -> (String, usize) {
        let offset = floor_boundary(self.text, offset);
        let line = self.index.line_span(self.index.line_of(offset));
        let from = floor_boundary(self.text, offset.saturating_sub(QUOTED_BYTES.0)).max(line.start);
        let to = floor_boundary(self.text, (offset + QUOTED_BYTES.1).min(line.end)).max(offset);
        let before = &self.text[from..offset];
        let quote = self.text[from..to].trim_end_matches(['\r', '\n']);
        (hide_passwords(quote).into_owned(), before.chars().count())
    }
}

/// The files that have diagnostics, each indexed once.
pub(super) struct SourceIndex<'a> {
    sources: &'a Sources,
    language: Language,
    positions: HashMap<&'a str, Option<FilePositions<'a>>>,
}

impl<'a> SourceIndex<'a> {
    pub(super) fn new(sources: &'a Sources, language: Language) -> Self {
        Self { sources, language, positions: HashMap::new() }
    }

    fn positions(&mut self, path: &'a str) -> Option<&mut FilePositions<'a>> {
        let sources = self.sources;
        self.positions.entry(path).or_insert_with(|| sources.text(path).map(FilePositions::new)).as_mut()
    }

    /// Where a diagnostic stands: `path:line:column`, or its path alone.
    pub(super) fn place(&mut self, diagnostic: &'a Diagnostic) -> String {
        let Some(path) = diagnostic.path.as_deref() else { return String::new() };
        let place = diagnostic.span.as_ref().zip(self.positions(path));
        match place.map(|(span, places)| places.start_at(span.start)) {
            Some(place) => format!("{path}:{}:{}", place.line, place.column),
            None => path.to_owned(),
        }
    }

    /// What is written at the place of a diagnostic.
    pub(super) fn written(&self, diagnostic: &Diagnostic) -> Option<&'a str> {
        self.sources.text(diagnostic.path.as_deref()?)?.get(diagnostic.span.clone()?)
    }

    fn related(&mut self, related: &'a Related) -> RelatedEntry<'a> {
        let place = related.span.clone().zip(self.positions(&related.path));
        let place = place.map(|(span, places)| places.position(span.start));
        RelatedEntry {
            message: self.language.text(&related.message),
            path: &related.path,
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
        }
    }

    fn suggestion(&mut self, path: Option<&'a str>, suggestion: &'a Suggestion) -> SuggestionEntry<'a> {
        let mut places = path.and_then(|path| self.positions(path));
        let edit = |(span, text): (&Span, &'a str)| {
            let places = places.as_mut()?;
            let (start, end) = (places.position(span.start), places.position(span.end));
            Some(EditEntry {
                line: start.line,
                column: start.column,
                end_line: end.line,
                end_column: end.column,
                text,
            })
        };
        SuggestionEntry {
            text: &suggestion.text,
            applicability: suggestion.applicability,
            edits: suggestion
                .edits
                .iter()
                .map(|edit| (&edit.span, edit.text.as_str()))
                .filter_map(edit)
                .collect(),
        }
    }

    pub(super) fn entry(&mut self, diagnostic: &'a Diagnostic) -> Entry<'a> {
        let language = self.language;
        let path = diagnostic.path.as_deref();
        let places = path.and_then(|path| self.positions(path));
        let place = diagnostic.span.clone().zip(places).map(|(span, places)| {
            let start = places.start_at(span.start);
            (start, places.position(span.end), places.quote(span.start))
        });
        let start = place.as_ref().map(|place| place.0);
        let end = place.as_ref().map(|place| place.1);
        let quoted_before = place.as_ref().map_or(0, |place| place.2.1);
        Entry {
            code: diagnostic.rule.code,
            level: diagnostic.level,
            message: language.text(&diagnostic.message),
            path,
            line: start.map(|place| place.line),
            column: start.map(|place| place.column),
            end_line: end.map(|place| place.line),
            end_column: end.map(|place| place.column),
            label: diagnostic.shown_label().map(|label| language.text(&label)),
            help: diagnostic.help.as_ref().map(|help| language.text(help)),
            related: diagnostic.related.iter().map(|related| self.related(related)).collect(),
            suggestion: diagnostic.suggestion.as_ref().map(|suggestion| self.suggestion(path, suggestion)),
            quote: place.map(|place| place.2.0),
            quoted_before,
        }
    }
}

/// The diagnostics as texts of a language, with lines and columns worked out from the
/// sources that they were found in.
#[must_use]
pub fn entries<'a>(
    diagnostics: &'a [Diagnostic],
    sources: &'a Sources,
    language: Language,
) -> Vec<Entry<'a>> {
    let mut texts = SourceIndex::new(sources, language);
    diagnostics.iter().map(|diagnostic| texts.entry(diagnostic)).collect()
}
