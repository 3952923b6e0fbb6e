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

/// Prints one line for people, unless quiet.
pub(super) fn say(common: &Common, words: &Message) {
    if !common.quiet {
        line(common.language(), words);
    }
}

/// Prints what people must read.
pub(super) fn line(language: Language, words: &Message) {
    let _ = writeln!(anstream::stderr(), "{}", language.text(words));
}

/// Prints why a command ended early.
pub(super) fn failure(language: Language, words: &Failure) {
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

/// A reader that has gone away is no error.
fn written(result: std::io::Result<()>) -> Result<ExitCode, Failure> {
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(message!("cli-output-failed", reason = &error))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Prints all findings of a run.
pub(super) fn findings(common: &Common, found: &[Diagnostic], sources: &Sources) -> Result<(), Failure> {
    let mut text = Vec::new();
    report::print(&mut text, found, sources, common.format(), common.language())
        .map_err(|error| message!("cli-output-failed", reason = &error))?;
    if common.format() == Format::Human {
        let _ = anstream::stderr().write_all(&text);
        Ok(())
    } else {
        write_stdout(&text).map(drop)
    }
}

/// The exit status that findings call for.
pub(super) fn status(common: &Common, found: &[Diagnostic]) -> ExitCode {
    let counts = Counts::of(found);
    let bad = counts.errors > 0 || (common.deny_warnings && counts.warnings > 0);
    ExitCode::from(u8::from(bad))
}

/// `2 errors, 1 warning`, or `no findings`.
pub(super) fn counted(counts: Counts) -> Message {
    let Counts { errors, warnings, notes, .. } = counts;
    let rows = [
        (errors, message!("cli-errors", number = errors)),
        (warnings, message!("cli-warnings", number = warnings)),
        (notes, message!("cli-notes", number = notes)),
    ];
    let words = rows.into_iter().filter(|row| row.0 > 0).map(|row| row.1);
    words.reduce(also).unwrap_or_else(|| message!("cli-no-findings"))
}

/// Both, as a list.
pub(super) fn also(first: Message, next: Message) -> Message {
    message!("cli-also", first = first, next = next)
}

/// Names as a list.
pub(super) fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Message {
    let names = names.into_iter().map(|name| message!("cli-name", name = name));
    names.reduce(also).unwrap_or_else(|| message!("cli-none"))
}

/// A duration in milliseconds or seconds.
pub(super) fn duration(time: Duration) -> Message {
    if time < Duration::from_secs(1) {
        message!("cli-milliseconds", number = format!("{:.1}", time.as_secs_f64() * 1_000.0))
    } else {
        message!("cli-seconds", number = format!("{:.2}", time.as_secs_f64()))
    }
}

/// What a stage of a run does, by the name that the library gives it.
pub(super) fn stage(name: &str) -> Message {
    match name {
        "read" => message!("cli-stage-read"),
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

/// A bar that appears only on a terminal, and only for work over half a second.
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
