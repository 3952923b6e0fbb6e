//! Everything the commands print goes through here.

use super::{Common, Failure};
use handbook::diagnostic::Diagnostic;
use handbook::message;
use handbook::report::{self, Counts, Format};
use handbook::source::Sources;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Prints one line for people, unless quiet.
pub(super) fn say(common: &Common, line: &str) {
    if !common.quiet {
        let _ = writeln!(anstream::stderr(), "{line}");
    }
}

/// Prints why a command ended early.
pub(super) fn failure(common: &Common, words: &Failure) {
    let language = common.language();
    let red = anstyle::AnsiColor::Red.on_default().bold();
    let _ = writeln!(
        anstream::stderr(),
        "{red}{}{red:#}: {}",
        language.text(&message!("level-error")),
        language.text(words)
    );
}

/// Writes to standard output; a reader that has gone away is no error.
pub(super) fn write_stdout(bytes: &[u8]) -> Result<ExitCode, Failure> {
    match std::io::stdout().write_all(bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.to_string().into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Prints all findings of a run.
pub(super) fn findings(common: &Common, found: &[Diagnostic], sources: &Sources) -> Result<(), Failure> {
    let mut text = Vec::new();
    report::print(&mut text, found, sources, common.format(), common.language())
        .map_err(|error| error.to_string())?;
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
pub(super) fn counted(counts: Counts) -> String {
    let rows = [(counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")];
    let words: Vec<String> = rows
        .iter()
        .filter(|row| row.0 > 0)
        .map(|(number, word)| format!("{number} {word}{}", if *number == 1 { "" } else { "s" }))
        .collect();
    if words.is_empty() { "no findings".to_owned() } else { words.join(", ") }
}

/// A duration in milliseconds or seconds.
pub(super) fn duration(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{:.1} ms", time.as_secs_f64() * 1_000.0)
    } else {
        format!("{:.2} s", time.as_secs_f64())
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
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} pages {eta}") {
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
