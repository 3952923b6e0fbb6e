//! `diff`: what differs between two editions of a chapter, or between two commits.

use super::{Common, Failure, FormatArg, output, range, targets};
use handbook::locale::Language;
use handbook::message;
use handbook::redline::{Change, Kind, Redline, Row, Run, Unit};
use handbook::site::Comparison;
use std::fmt::Write as _;
use std::process::ExitCode;

/// The arguments of `diff`.
#[derive(Debug, clap::Args)]
pub(super) struct DiffArgs {
    chapter: String,
    #[arg(requires = "to")]
    from: Option<String>,
    to: Option<String>,
}

pub(super) fn run(args: &DiffArgs, common: &Common) -> Result<ExitCode, Failure> {
    let (Some(from), Some(to)) = (&args.from, &args.to) else {
        let is_range = args.chapter.contains("..");
        return if is_range { range::run(&args.chapter, common) } else { Err(message!("cli-diff-alone")) };
    };
    if matches!(common.format, FormatArg::Github) {
        return Err(message!("cli-format-of-range"));
    }
    let (_, sources) = targets::read(common)?;
    if !sources.has_editions {
        return Err(message!("cli-diff-no-editions"));
    }
    let build = targets::build_aside(common, &sources)?;
    let comparison = build.site.compare_versions(&args.chapter, from, to)?;
    let text = match common.format {
        FormatArg::Json => comparison.to_json(),
        FormatArg::Html => build.site.redline_document(&comparison).map_err(|wrong| wrong.message.clone())?,
        _ => shown(&comparison, common.language()),
    };
    output::write_stdout(text.as_bytes())
}

/// The redline for a terminal: `[-deleted-]` and `{+added+}`, as `git diff --word-diff` has it.
fn shown(comparison: &Comparison, language: Language) -> String {
    let mut text = String::new();
    for field in &comparison.fields {
        let _ = writeln!(text, "{}: [-{}-]{{+{}+}}", field.label, field.from, field.to);
    }
    text.push_str(&rows_text(&comparison.redline, language));
    text.trim_start().to_owned()
}

/// The rows that differ, each below its kind and place.
pub(super) fn rows_text(redline: &Redline, language: Language) -> String {
    let mut text = String::new();
    for row in redline.changes() {
        let _ = writeln!(text, "\n{} {}", language.text(&kind_word(row.kind)), place_of(row));
        for part in &row.parts {
            let line: String = part.runs.iter().map(shown_run).collect();
            let _ = writeln!(text, "    {line}");
        }
    }
    text
}

/// What a row is called: its label, and both where they differ.
pub(super) fn place_of(row: &Row) -> String {
    let label = |unit: &Option<Unit>| unit.as_ref().map_or_else(String::new, |unit| unit.label.clone());
    let (from, to) = (label(&row.from), label(&row.to));
    if from == to || to.is_empty() {
        from
    } else if from.is_empty() {
        to
    } else {
        format!("{from} → {to}")
    }
}

fn shown_run(run: &Run) -> String {
    match run.change {
        Change::Same => run.text.clone(),
        Change::Deleted => format!("[-{}-]", run.text),
        Change::Added => format!("{{+{}+}}", run.text),
    }
}

pub(super) fn kind_word(kind: Kind) -> handbook::locale::Message {
    match kind {
        Kind::Same => message!("cli-diff-same"),
        Kind::Added => message!("cli-diff-added"),
        Kind::Deleted => message!("cli-diff-deleted"),
        Kind::Changed => message!("cli-diff-changed"),
        Kind::Moved => message!("cli-diff-moved"),
        Kind::Renumbered => message!("cli-diff-renumbered"),
    }
}
