//! Diagnostics for people: the same one once, with its first places; the line quoted, with
//! marks under it.

use super::entry::{Entry, SourceIndex};
use super::excerpt::{excerpt, visible};
use super::group::{Group, groups};
use super::thousands;
use crate::diagnostic::{Applicability, Diagnostic, Level};
use crate::locale::{Language, Message};
use crate::message;
use crate::rule::Rule;
use crate::source::Sources;
use anstyle::{AnsiColor, Style};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Entries of one rule that are printed; programs get all. Ten thousand different dead links
/// would hide everything else.
const MAX_PER_RULE: usize = 30;

/// Places of an entry that are named besides the first.
const MORE_PLACES: usize = 3;

/// What is left out of a rule's entries.
#[derive(Default)]
struct Rest<'a> {
    shown: usize,
    left: usize,
    files: std::collections::BTreeSet<&'a str>,
}

pub(super) fn print(
    out: &mut dyn Write,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    language: Language,
) -> io::Result<()> {
    let mut printer = Printer { out, texts: SourceIndex::new(sources, language), language };
    let mut rules: BTreeMap<&Rule, Rest<'_>> = BTreeMap::new();
    let mut last_is_line = false;
    for group in groups(diagnostics) {
        let first = group.first();
        let rest = rules.entry(first.rule).or_default();
        if rest.shown == MAX_PER_RULE {
            rest.left += group.all.len();
            rest.files.extend(group.all.iter().filter_map(|diagnostic| diagnostic.path.as_deref()));
            continue;
        }
        rest.shown += 1;
        let is_line = first.rule.is_line && group.all.len() > 1;
        if last_is_line && !is_line {
            writeln!(printer.out)?;
        }
        last_is_line = is_line;
        if is_line { printer.line(&group)? } else { printer.entry(&group)? }
    }
    if last_is_line {
        writeln!(printer.out)?;
    }
    for (rule, rest) in rules.iter().filter(|(_, rest)| rest.left > 0) {
        printer.more(rule, rest)?;
    }
    Ok(())
}

struct Printer<'a, 'o> {
    out: &'o mut dyn Write,
    texts: SourceIndex<'a>,
    language: Language,
}

impl<'a> Printer<'a, '_> {
    /// How many more there are of a rule.
    fn more(&mut self, rule: &Rule, rest: &Rest<'_>) -> io::Result<()> {
        let left = thousands(self.language, rest.left);
        let mut files = rest.files.iter();
        let more = match (files.next(), files.next()) {
            (Some(path), None) => {
                message!("report-more-in-file", number = left, code = rule.code, path = visible(path))
            }
            (Some(_), Some(_)) => {
                let files = thousands(self.language, rest.files.len());
                message!("report-more-in-files", number = left, code = rule.code, files = files)
            }
            _ => message!("report-more", number = left, code = rule.code),
        };
        writeln!(self.out, "{}\n", self.language.text(&more))
    }

    /// A group as a line: what is written at its places, how many there are and the first.
    fn line(&mut self, group: &Group<'a>) -> io::Result<()> {
        let first = group.first();
        let name = self.texts.written(first).unwrap_or_default();
        let shown = thousands(self.language, group.files);
        let number = group.files;
        let words = match group.files {
            1 => message!(
                "report-name-in-file",
                name = visible(name),
                shown = thousands(self.language, group.all.len())
            ),
            _ => message!("report-name", name = visible(name), number = number, shown = shown),
        };
        let words = message!("report-name-meant", words = words, meant = meant(first));
        let places = self.places(&group.all);
        self.head(
            first.level,
            first.rule.code,
            &self.language.text(&words),
            &self.language.text(&message!("report-places", places = places)),
        )
    }

    /// A group with the line of its first place quoted.
    fn entry(&mut self, group: &Group<'a>) -> io::Result<()> {
        let entry = self.texts.entry(group.first());
        let count = match group.all.len() {
            1 => String::new(),
            times => self.times(times, group.files),
        };
        self.head(entry.level, entry.code, &visible(&entry.message), &count)?;
        self.quoted(&entry)?;
        if group.all.len() > 1 {
            let places = self.places(&group.all[1..]);
            self.note(&entry, &message!("report-also"), &places)?;
        }
        for related in &entry.related {
            let line = related.line.map_or_else(String::new, |line| format!(":{line}"));
            let words = format!("{}{line} {}", visible(related.path), visible(&related.message));
            self.note(&entry, &message!("report-related"), &words)?;
        }
        if let Some(help) = &entry.help {
            self.note(&entry, &message!("report-help"), &visible(help))?;
        }
        writeln!(self.out)
    }

    fn times(&self, times: usize, files: usize) -> String {
        let shown = thousands(self.language, times);
        let words = match files {
            0 | 1 => message!("report-times", shown = shown),
            _ => {
                let files = thousands(self.language, files);
                message!("report-times-in-files", shown = shown, files = files)
            }
        };
        self.language.text(&words)
    }

    /// The first places of several, and how many more there are.
    fn places(&mut self, all: &[&'a Diagnostic]) -> String {
        let named: Vec<String> =
            all.iter().take(MORE_PLACES).map(|diagnostic| visible(&self.texts.place(diagnostic))).collect();
        let named = named.join(&self.language.text(&message!("report-places-separator")));
        match all.len().saturating_sub(MORE_PLACES) {
            0 => named,
            more => {
                let more = thousands(self.language, more);
                self.language.text(&message!("report-places-more", places = named, number = more))
            }
        }
    }

    fn head(&mut self, level: Level, code: &str, message: &str, count: &str) -> io::Result<()> {
        let (color, bold) = (style(level), Style::new().bold());
        let colon = self.language.text(&message!("colon"));
        let level = name(level, self.language);
        writeln!(self.out, "{color}{level}[{code}]{color:#}{bold}{colon}{message}{bold:#}{count}")
    }

    fn quoted(&mut self, entry: &Entry<'_>) -> io::Result<()> {
        let (color, rule) = (style(entry.level), rule_style());
        let number = entry.line.map_or_else(String::new, |line| line.to_string());
        let margin = margin(entry);
        if let Some(path) = entry.path {
            write!(self.out, "{margin}{rule}-->{rule:#} {}", visible(path))?;
            if let (Some(line), Some(column)) = (entry.line, entry.column) {
                write!(self.out, ":{line}:{column}")?;
            }
            writeln!(self.out)?;
        }
        let Some(quote) = &entry.quote else { return Ok(()) };
        let (shown, before, width) = excerpt(entry, quote);
        writeln!(self.out, "{margin} {rule}|{rule:#}")?;
        writeln!(self.out, "{rule}{number} |{rule:#} {shown}")?;
        let label = entry.label.as_ref().map_or_else(String::new, |label| format!(" {}", visible(label)));
        writeln!(
            self.out,
            "{margin} {rule}|{rule:#} {}{color}{}{label}{color:#}",
            " ".repeat(before),
            "^".repeat(width.max(1))
        )
    }

    /// A line below the quoted one.
    fn note(&mut self, entry: &Entry<'_>, word: &Message, text: &str) -> io::Result<()> {
        let (bold, rule, margin) = (Style::new().bold(), rule_style(), margin(entry));
        let sign = if entry.quote.is_some() { format!("{rule}={rule:#} ") } else { String::new() };
        writeln!(self.out, "{margin} {sign}{bold}{}{bold:#}{text}", self.language.text(word))
    }
}

/// What was meant by a name that means nothing here, behind a sentence about it.
fn meant(diagnostic: &Diagnostic) -> Message {
    match &diagnostic.suggestion {
        None => message!("report-meant-nothing"),
        Some(suggestion) if suggestion.applicability == Applicability::Guess => {
            message!("report-meant-perhaps", name = &suggestion.text)
        }
        Some(suggestion) => message!("report-meant", name = &suggestion.text),
    }
}

const fn style(level: Level) -> Style {
    let color = match level {
        Level::Error => AnsiColor::Red,
        Level::Warning => AnsiColor::Yellow,
        Level::Note | Level::Off => AnsiColor::Cyan,
    };
    color.on_default().bold()
}

const fn rule_style() -> Style {
    AnsiColor::Blue.on_default().bold()
}

/// Room for the number of the quoted line.
fn margin(entry: &Entry<'_>) -> String {
    " ".repeat(entry.line.map_or(1, |line| line.to_string().len()))
}

fn name(level: Level, language: Language) -> String {
    language.text(&match level {
        Level::Error => message!("level-error"),
        Level::Warning => message!("level-warning"),
        Level::Note | Level::Off => message!("level-note"),
    })
}
