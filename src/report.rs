//! Prints diagnostics: for people, for programs, for GitHub.
//!
//! This is the only place that turns diagnostics into text. Columns are aligned by the width of
//! characters on a terminal, so that marks stand under Chinese text too.

mod excerpt;

use crate::diagnostic::{Diagnostic, Level, Related};
use crate::locale::Language;
use crate::message;
use crate::source::Sources;
use crate::text::{LineIndex, Position, floor_boundary, hide_passwords};
use anstyle::{AnsiColor, Style};
use excerpt::{excerpt, visible};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// With the line quoted and marks under it.
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
struct SourceIndex<'a> {
    sources: &'a Sources,
    positions: HashMap<&'a str, Option<FilePositions<'a>>>,
}

impl<'a> SourceIndex<'a> {
    fn positions<'p>(&mut self, path: &'p str) -> Option<&mut FilePositions<'a>>
    where
        'p: 'a,
    {
        let sources = self.sources;
        self.positions.entry(path).or_insert_with(|| sources.text(path).map(FilePositions::new)).as_mut()
    }

    fn related<'p>(&mut self, related: &'p Related, language: Language) -> RelatedEntry<'p>
    where
        'p: 'a,
    {
        let place = related.span.clone().zip(self.positions(&related.path));
        let place = place.map(|(span, places)| places.position(span.start));
        RelatedEntry {
            message: language.text(&related.message),
            path: &related.path,
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
        }
    }
}

/// The diagnostics as texts of a language, with lines and columns worked out from the
/// sources that they were found in.
#[must_use]
pub fn entries<'a>(diagnostics: &'a [Diagnostic], sources: &Sources, language: Language) -> Vec<Entry<'a>> {
    let mut texts = SourceIndex { sources, positions: HashMap::new() };
    let mut entries = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let path = diagnostic.path.as_deref();
        let places = path.and_then(|path| texts.positions(path));
        let place = diagnostic.span.clone().zip(places).map(|(span, places)| {
            let start = places.start_at(span.start);
            (start, places.position(span.end), places.quote(span.start))
        });
        let start = place.as_ref().map(|place| place.0);
        let end = place.as_ref().map(|place| place.1);
        let quoted_before = place.as_ref().map_or(0, |place| place.2.1);
        entries.push(Entry {
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
            related: diagnostic.related.iter().map(|related| texts.related(related, language)).collect(),
            quote: place.map(|place| place.2.0),
            quoted_before,
        });
    }
    entries
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
    let entries = entries(diagnostics, sources, language);
    match format {
        Format::Human => print_human(out, &entries, language),
        Format::Json => {
            #[derive(Serialize)]
            struct Report<'a> {
                diagnostics: &'a [Entry<'a>],
                summary: Counts,
            }
            let report = Report { diagnostics: &entries, summary: Counts::of(diagnostics) };
            serde_json::to_writer_pretty(&mut *out, &report)?;
            writeln!(out)
        }
        Format::Github => entries.iter().try_for_each(|entry| print_github(out, entry, language)),
    }
}

/// Diagnostics of one rule in one file that are printed for people; programs get all of them. A
/// mistake that is repeated in a thousand rows would hide everything else.
const MAX_PER_FILE: usize = 50;

fn print_human(out: &mut dyn Write, entries: &[Entry<'_>], language: Language) -> io::Result<()> {
    let mut counts: HashMap<(Option<&str>, &str), usize> = HashMap::new();
    let mut rest: BTreeMap<(Option<&str>, &str), usize> = BTreeMap::new();
    for entry in entries {
        let key = (entry.path, entry.code);
        let count = counts.entry(key).or_default();
        *count += 1;
        if *count <= MAX_PER_FILE {
            print_entry(out, entry, language)?;
        } else {
            *rest.entry(key).or_default() += 1;
        }
    }
    for ((path, code), more) in rest {
        let more = match path {
            Some(path) => message!("report-more-in-file", number = more, code = code, path = visible(path)),
            None => message!("report-more", number = more, code = code),
        };
        writeln!(out, "{}\n", language.text(&more))?;
    }
    Ok(())
}

const fn style(level: Level) -> Style {
    let color = match level {
        Level::Error => AnsiColor::Red,
        Level::Warning => AnsiColor::Yellow,
        Level::Note | Level::Off => AnsiColor::Cyan,
    };
    color.on_default().bold()
}

fn name(level: Level, language: Language) -> String {
    language.text(&match level {
        Level::Error => message!("level-error"),
        Level::Warning => message!("level-warning"),
        Level::Note | Level::Off => message!("level-note"),
    })
}

fn print_entry(out: &mut dyn Write, entry: &Entry<'_>, language: Language) -> io::Result<()> {
    let (color, bold, rule) = (style(entry.level), Style::new().bold(), AnsiColor::Blue.on_default().bold());
    writeln!(
        out,
        "{color}{}[{}]{color:#}{bold}{}{}{bold:#}",
        name(entry.level, language),
        entry.code,
        language.text(&message!("colon")),
        visible(&entry.message)
    )?;
    let number = entry.line.map_or_else(String::new, |line| line.to_string());
    let margin = " ".repeat(number.len().max(1));
    if let Some(path) = entry.path {
        write!(out, "{margin}{rule}-->{rule:#} {}", visible(path))?;
        if let (Some(line), Some(column)) = (entry.line, entry.column) {
            write!(out, ":{line}:{column}")?;
        }
        writeln!(out)?;
    }
    if let Some(quote) = &entry.quote {
        let (shown, before, width) = excerpt(entry, quote);
        writeln!(out, "{margin} {rule}|{rule:#}")?;
        writeln!(out, "{rule}{number} |{rule:#} {shown}")?;
        let label = entry.label.as_ref().map_or_else(String::new, |label| format!(" {}", visible(label)));
        writeln!(
            out,
            "{margin} {rule}|{rule:#} {}{color}{}{label}{color:#}",
            " ".repeat(before),
            "^".repeat(width.max(1))
        )?;
    }
    let eq = if entry.quote.is_some() { format!("{margin} {rule}={rule:#} ") } else { format!("{margin} ") };
    for related in &entry.related {
        let word = language.text(&message!("report-related"));
        let line = related.line.map_or_else(String::new, |line| format!(":{line}"));
        writeln!(
            out,
            "{eq}{bold}{word}{bold:#}{}{line} {}",
            visible(related.path),
            visible(&related.message)
        )?;
    }
    if let Some(help) = &entry.help {
        let word = language.text(&message!("report-help"));
        writeln!(out, "{eq}{bold}{word}{bold:#}{}", visible(help))?;
    }
    writeln!(out)
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
