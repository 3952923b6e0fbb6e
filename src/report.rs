//! Prints diagnostics: for people, for programs, for GitHub.
//!
//! This is the only place that turns diagnostics into text. Columns are aligned by the width of
//! characters on a terminal, so that marks stand under Chinese text too.

mod advice;
mod entry;
mod excerpt;
mod group;
mod human;

pub use advice::advice;
#[doc(hidden)]
pub use excerpt::visible;

pub use entry::{EditEntry, Entry, RelatedEntry, SuggestionEntry, entries};

use crate::diagnostic::{Diagnostic, Level};
use crate::locale::Language;
use crate::message;
use crate::source::Sources;
use serde::Serialize;
use std::io::{self, Write};

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// With the line quoted and marks under it; the same diagnostic at many places once.
    #[default]
    Human,
    /// One JSON object with all diagnostics.
    Json,
    /// Workflow commands of GitHub Actions, one per line.
    Github,
}

/// How many diagnostics of each level there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Diagnostics that stop a site from being published.
    pub errors: usize,
    /// Diagnostics that fail a run only with `--deny-warnings`.
    pub warnings: usize,
    /// Diagnostics that never fail a run.
    pub notes: usize,
}

impl Counts {
    /// Counts diagnostics.
    #[must_use]
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |level| diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count();
        Self { errors: count(Level::Error), warnings: count(Level::Warning), notes: count(Level::Note) }
    }
}

/// Writes all diagnostics of a run to `out` in a format. `sources` are those that they were
/// found in, for the lines that are quoted. Colours are written as ANSI sequences; give an
/// `anstream::AutoStream` where the output may be no terminal.
///
/// # Errors
/// If the output cannot be written.
pub fn print(
    out: &mut dyn Write,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    format: Format,
    language: Language,
) -> io::Result<()> {
    match format {
        Format::Human => human::print(out, diagnostics, sources, language),
        Format::Json => {
            #[derive(Serialize)]
            struct Report<'a> {
                diagnostics: &'a [Entry<'a>],
                summary: Counts,
            }
            let entries = entries(diagnostics, sources, language);
            let report = Report { diagnostics: &entries, summary: Counts::of(diagnostics) };
            serde_json::to_writer_pretty(&mut *out, &report)?;
            writeln!(out)
        }
        Format::Github => {
            let entries = entries(diagnostics, sources, language);
            entries.iter().try_for_each(|entry| print_github(out, entry, language))
        }
    }
}

/// A number as people of a language write it: `4,120`.
#[must_use]
pub fn thousands(language: Language, number: usize) -> String {
    let separator = language.text(&message!("thousands-separator"));
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push_str(&separator);
        }
        shown.push(digit);
    }
    shown
}

fn print_github(out: &mut dyn Write, entry: &Entry<'_>, language: Language) -> io::Result<()> {
    let command = match entry.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Off => "notice",
    };
    let property = |text: &str| {
        text.replace('%', "%25")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
            .replace(':', "%3A")
            .replace(',', "%2C")
    };
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let mut properties = Vec::new();
    if let Some(path) = entry.path {
        properties.push(format!("file={}", property(path)));
    }
    let places = [
        ("line", entry.line),
        ("col", entry.column),
        ("endLine", entry.end_line),
        ("endColumn", entry.end_column),
    ];
    properties.extend(places.iter().filter_map(|(key, value)| value.map(|value| format!("{key}={value}"))));
    properties.push(format!("title={}", property(entry.code)));
    let word = language.text(&message!("report-help"));
    let help = entry.help.as_ref().map_or_else(String::new, |help| format!("\n{word}{help}"));
    writeln!(out, "::{command} {}::{}", properties.join(","), data(&format!("{}{help}", entry.message)))
}
