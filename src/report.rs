//! Printing findings: for people, for programs, for GitHub.
//!
//! The only place that turns findings into text. Columns are aligned by the
//! width that characters take on a terminal, so marks stand under Chinese too.

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

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// With the line quoted and marks under it.
    #[default]
    Human,
    /// One JSON object with all findings.
    Json,
    /// Workflow commands of GitHub Actions, one a line.
    Github,
}

/// How many findings of each level there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Counts {
    /// Counts findings.
    #[must_use]
    pub fn of(found: &[Diagnostic]) -> Self {
        let count = |level| found.iter().filter(|one| one.level == level).count();
        Self { errors: count(Level::Error), warnings: count(Level::Warning), notes: count(Level::Note) }
    }
}

/// A finding with its place worked out.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Entry<'a> {
    /// Code, e.g. `unknown-role`.
    pub code: &'a str,
    /// Level.
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
    /// Words beside the marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What to do instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Other places that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<RelatedEntry<'a>>,
    /// The line it begins in, as far as it stands near the place.
    #[serde(skip)]
    pub quote: Option<String>,
    /// Characters of `quote` before the place; fewer than `column` says where
    /// the quote does not begin with its line.
    #[serde(skip)]
    pub quoted_before: usize,
}

/// Another place that a finding is about, worked out.
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

/// Bytes of a line that are quoted before and behind a place at most. Lines may
/// be as long as files, and hold as many findings.
const QUOTED: (usize, usize) = (200, 500);

/// A file whose places are asked for in order, so that a long line is counted
/// through once and not for each of its findings.
struct Places<'a> {
    text: &'a str,
    index: LineIndex<'a>,
    last: (usize, Position),
}

impl<'a> Places<'a> {
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

    /// The place where a span begins, from which its end and later spans are counted.
    fn begin(&mut self, offset: usize) -> Position {
        let position = self.position(offset);
        self.last = (floor_boundary(self.text, offset), position);
        position
    }

    /// The line around an offset, and how many of its characters come before it.
    fn quote(&self, offset: usize) -> (String, usize) {
        let offset = floor_boundary(self.text, offset);
        let line = self.index.line_span(self.index.line_of(offset));
        let from = floor_boundary(self.text, offset.saturating_sub(QUOTED.0)).max(line.start);
        let to = floor_boundary(self.text, (offset + QUOTED.1).min(line.end)).max(offset);
        let before = &self.text[from..offset];
        let quote = self.text[from..to].trim_end_matches(['\r', '\n']);
        (hide_passwords(quote).into_owned(), before.chars().count())
    }
}

/// The files that findings are in, each indexed once.
struct Texts<'a> {
    sources: &'a Sources,
    places: HashMap<&'a str, Option<Places<'a>>>,
}

impl<'a> Texts<'a> {
    fn places<'p>(&mut self, path: &'p str) -> Option<&mut Places<'a>>
    where
        'p: 'a,
    {
        let sources = self.sources;
        self.places.entry(path).or_insert_with(|| sources.text(path).map(Places::new)).as_mut()
    }

    fn related<'p>(&mut self, related: &'p Related, language: Language) -> RelatedEntry<'p>
    where
        'p: 'a,
    {
        let place = related.span.clone().zip(self.places(&related.path));
        let place = place.map(|(span, places)| places.position(span.start));
        RelatedEntry {
            message: language.text(&related.message),
            path: &related.path,
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
        }
    }
}

/// Works out lines and columns; each file is indexed once.
#[must_use]
pub fn entries<'a>(found: &'a [Diagnostic], sources: &Sources, language: Language) -> Vec<Entry<'a>> {
    let mut texts = Texts { sources, places: HashMap::new() };
    let mut entries = Vec::with_capacity(found.len());
    for one in found {
        let path = one.path.as_deref();
        let places = path.and_then(|path| texts.places(path));
        let place = one.span.clone().zip(places).map(|(span, places)| {
            let start = places.begin(span.start);
            (start, places.position(span.end), places.quote(span.start))
        });
        let start = place.as_ref().map(|place| place.0);
        let end = place.as_ref().map(|place| place.1);
        let quoted_before = place.as_ref().map_or(0, |place| place.2.1);
        entries.push(Entry {
            code: one.rule.code,
            level: one.level,
            message: language.text(&one.message),
            path,
            line: start.map(|place| place.line),
            column: start.map(|place| place.column),
            end_line: end.map(|place| place.line),
            end_column: end.map(|place| place.column),
            label: one.shown_label().map(|label| language.text(&label)),
            help: one.help.as_ref().map(|help| language.text(help)),
            related: one.related.iter().map(|related| texts.related(related, language)).collect(),
            quote: place.map(|place| place.2.0),
            quoted_before,
        });
    }
    entries
}

/// Prints all findings of a run, once.
///
/// # Errors
/// Where the output cannot be written to.
pub fn print(
    out: &mut dyn Write,
    found: &[Diagnostic],
    sources: &Sources,
    format: Format,
    language: Language,
) -> io::Result<()> {
    let entries = entries(found, sources, language);
    match format {
        Format::Human => people(out, &entries, language),
        Format::Json => {
            #[derive(Serialize)]
            struct Report<'a> {
                diagnostics: &'a [Entry<'a>],
                summary: Counts,
            }
            let report = Report { diagnostics: &entries, summary: Counts::of(found) };
            serde_json::to_writer_pretty(&mut *out, &report)?;
            writeln!(out)
        }
        Format::Github => entries.iter().try_for_each(|entry| github(out, entry, language)),
    }
}

/// Findings of one code in one file that are printed for people; a program gets
/// all. One flaw in a template of a thousand rows would bury all else.
const SHOWN: usize = 50;

fn people(out: &mut dyn Write, entries: &[Entry<'_>], language: Language) -> io::Result<()> {
    let mut counts: HashMap<(Option<&str>, &str), usize> = HashMap::new();
    let mut rest: BTreeMap<(Option<&str>, &str), usize> = BTreeMap::new();
    for entry in entries {
        let key = (entry.path, entry.code);
        let count = counts.entry(key).or_default();
        *count += 1;
        if *count <= SHOWN {
            human(out, entry, language)?;
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

fn human(out: &mut dyn Write, entry: &Entry<'_>, language: Language) -> io::Result<()> {
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

fn github(out: &mut dyn Write, entry: &Entry<'_>, language: Language) -> io::Result<()> {
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
