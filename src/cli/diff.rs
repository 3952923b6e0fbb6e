//! `diff`: what differs between two editions of a chapter.

use super::{Common, Failure, FormatArg, output, targets};
use handbook::locale::Language;
use handbook::message;
use handbook::redline::{Change, Kind, Run};
use handbook::site::Comparison;
use std::fmt::Write as _;
use std::process::ExitCode;

/// The arguments of `diff`.
#[derive(Debug, clap::Args)]
pub(super) struct DiffArgs {
    chapter: String,
    from: String,
    to: String,
}

pub(super) fn run(args: &DiffArgs, common: &Common) -> Result<ExitCode, Failure> {
    let (_, sources) = targets::read(common)?;
    if !sources.has_editions {
        return Err(message!("cli-diff-no-editions"));
    }
    let build = targets::build_aside(common, &sources)?;
    let comparison = build.site.compare_versions(&args.chapter, &args.from, &args.to)?;
    let text = match common.format {
        FormatArg::Json => comparison.to_json(),
        FormatArg::Html => build.site.redline_document(&comparison).map_err(|wrong| wrong.message)?,
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
    for row in comparison.redline.changes() {
        let label = |unit: &Option<handbook::redline::Unit>| {
            unit.as_ref().map_or_else(String::new, |unit| unit.label.clone())
        };
        let (from, to) = (label(&row.from), label(&row.to));
        let place = if from == to || to.is_empty() {
            from
        } else if from.is_empty() {
            to
        } else {
            format!("{from} → {to}")
        };
        let _ = writeln!(text, "\n{} {place}", language.text(&kind_word(row.kind)));
        for part in &row.parts {
            let line: String = part.runs.iter().map(shown_run).collect();
            let _ = writeln!(text, "    {line}");
        }
    }
    text.trim_start().to_owned()
}

fn shown_run(run: &Run) -> String {
    match run.change {
        Change::Same => run.text.clone(),
        Change::Deleted => format!("[-{}-]", run.text),
        Change::Added => format!("{{+{}+}}", run.text),
    }
}

fn kind_word(kind: Kind) -> handbook::locale::Message {
    match kind {
        Kind::Same => message!("cli-diff-same"),
        Kind::Added => message!("cli-diff-added"),
        Kind::Deleted => message!("cli-diff-deleted"),
        Kind::Changed => message!("cli-diff-changed"),
        Kind::Moved => message!("cli-diff-moved"),
        Kind::Renumbered => message!("cli-diff-renumbered"),
    }
}
