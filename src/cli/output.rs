//! Everything the commands print goes through here.

use super::{Common, Failure};
use handbook::diagnostic::Diagnostic;
use handbook::locale::{Language, Message};
use handbook::message;
use handbook::report::{self, Counts, Format};
use handbook::source::Sources;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Prints a line for people, unless `--quiet` is given.
pub(super) fn print_line(common: &Common, words: &Message) {
    if !common.quiet {
        print_message(common.language(), words);
    }
}

/// Prints a line that people must see.
pub(super) fn print_message(language: Language, words: &Message) {
    let _ = writeln!(anstream::stderr(), "{}", language.text(words));
}

/// Prints why a command ended early.
pub(super) fn print_failure(language: Language, words: &Failure) {
    let red = anstyle::AnsiColor::Red.on_default().bold();
    let level = language.text(&message!("level-error"));
    let words = language.text(words);
    let colon = language.text(&message!("colon"));
    let _ = writeln!(anstream::stderr(), "{red}{level}{red:#}{colon}{words}");
}

/// Prints text that may be coloured to standard output.
pub(super) fn print(text: &str) -> Result<ExitCode, Failure> {
    written(anstream::stdout().write_all(text.as_bytes()))
}

/// Writes to standard output.
pub(super) fn write_stdout(bytes: &[u8]) -> Result<ExitCode, Failure> {
    written(std::io::stdout().write_all(bytes))
}

/// A closed pipe is not an error.
fn written(result: std::io::Result<()>) -> Result<ExitCode, Failure> {
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(message!("cli-output-failed", reason = &error))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Prints all diagnostics of a run.
pub(super) fn print_diagnostics(
    common: &Common,
    diagnostics: &[Diagnostic],
    sources: &Sources,
) -> Result<(), Failure> {
    if common.format() == Format::Human {
        return print_diagnostics_aside(common, diagnostics, sources);
    }
    write_stdout(&reported(common, diagnostics, sources, common.format())?).map(drop)
}

/// Prints all diagnostics for people, whatever `--format` says.
pub(super) fn print_diagnostics_aside(
    common: &Common,
    diagnostics: &[Diagnostic],
    sources: &Sources,
) -> Result<(), Failure> {
    let _ = anstream::stderr().write_all(&reported(common, diagnostics, sources, Format::Human)?);
    Ok(())
}

fn reported(
    common: &Common,
    diagnostics: &[Diagnostic],
    sources: &Sources,
    format: Format,
) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    report::print(&mut text, diagnostics, sources, format, common.language())
        .map_err(|error| message!("cli-output-failed", reason = &error))?;
    Ok(text)
}

/// Prints what to do first about diagnostics.
pub(super) fn print_advice(common: &Common, diagnostics: &[Diagnostic], sources: &Sources) {
    let steps = report::advice(diagnostics, sources, common.language());
    if steps.is_empty() {
        return;
    }
    print_line(common, &message!("advice-title"));
    for (at, step) in steps.into_iter().enumerate() {
        print_line(common, &message!("advice-step", number = at + 1, step = step));
    }
}

/// The exit status for these diagnostics.
pub(super) fn status(common: &Common, diagnostics: &[Diagnostic]) -> ExitCode {
    let counts = Counts::of(diagnostics);
    let bad = counts.errors > 0 || (common.deny_warnings && counts.warnings > 0);
    ExitCode::from(u8::from(bad))
}

/// `2 errors, 1 warning`, or `no findings`.
pub(super) fn describe_counts(counts: Counts) -> Message {
    let Counts { errors, warnings, notes, .. } = counts;
    let rows = [
        (errors, message!("cli-errors", number = errors)),
        (warnings, message!("cli-warnings", number = warnings)),
        (notes, message!("cli-notes", number = notes)),
    ];
    let words = rows.into_iter().filter(|row| row.0 > 0).map(|row| row.1);
    words.reduce(join_messages).unwrap_or_else(|| message!("cli-no-findings"))
}

/// Both, as a list.
pub(super) fn join_messages(first: Message, next: Message) -> Message {
    message!("cli-also", first = first, next = next)
}

/// Names as a list.
pub(super) fn name_list<'a>(names: impl IntoIterator<Item = &'a str>) -> Message {
    let names = names.into_iter().map(|name| message!("cli-name", name = name));
    names.reduce(join_messages).unwrap_or_else(|| message!("cli-none"))
}

/// A duration in milliseconds or seconds.
pub(super) fn describe_duration(time: Duration) -> Message {
    if time < Duration::from_secs(1) {
        message!("cli-milliseconds", number = format!("{:.1}", time.as_secs_f64() * 1_000.0))
    } else {
        message!("cli-seconds", number = format!("{:.2}", time.as_secs_f64()))
    }
}

/// The name of a stage of a run, for people.
pub(super) fn describe_stage(name: &str) -> Message {
    match name {
        "read" => message!("cli-stage-read"),
        "parse and history" => message!("cli-stage-history"),
        "parse" => message!("cli-stage-parse"),
        "mentions" => message!("cli-stage-mentions"),
        "assemble" => message!("cli-stage-assemble"),
        "links" => message!("cli-stage-links"),
        "audience" => message!("cli-stage-audience"),
        "theme" => message!("cli-stage-theme"),
        "index" => message!("cli-stage-index"),
        "render and write" => message!("cli-stage-write"),
        "publish" => message!("cli-stage-publish"),
        "outside links" => message!("cli-stage-external"),
        other => message!("cli-stage-other", name = other),
    }
}

/// A progress bar that appears only on a terminal, and only if the work takes over half a second.
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    shown: bool,
}

impl Progress {
    pub(super) fn new(common: &Common, total: u64) -> Self {
        let shown = !common.quiet && std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let words = common.language().text(&message!("cli-progress", done = "{pos}", all = "{len}"));
        if let Ok(style) = ProgressStyle::with_template(&format!("{{bar:30}} {words} {{eta}}")) {
            bar.set_style(style);
        }
        Self { bar, begun: Instant::now(), shown }
    }

    pub(super) fn set(&self, done: u64) {
        if !self.shown {
            return;
        }
        if self.bar.is_hidden() && self.begun.elapsed() > Duration::from_millis(500) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(done);
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
