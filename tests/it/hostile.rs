//! Hostile and broken input: no panic, no hang, no memory without bound, and a
//! message that says where and what.
//!
//! Sizes are such that a debug build is done in seconds; with `HANDBOOK_HEAVY`
//! set they are ten times those. Each run may take 4 GB of addresses (the threads
//! and the allocator reserve some of it) and is stopped where it hangs.

mod circles;
mod files;
mod script;
mod text;
mod yaml;

use crate::support::{Project, Run};
use std::process::Command;

/// Runs `handbook` with bounds; a run that passes one fails its test.
fn bounded(project: &Project, arguments: &[&str]) -> Run {
    let mut command = Command::new("timeout");
    command.args(["--signal=KILL", "300", "prlimit", "--as=4294967296", "--"]);
    command.args(crate::support::PROGRAM).args(arguments);
    command.current_dir(project.path()).env("SOURCE_DATE_EPOCH", "1790000000");
    let run = Run(command.output().expect("timeout and prlimit of coreutils and util-linux"));
    let said = run.stderr();
    assert!(!said.contains("panicked") && [0, 1].contains(&run.status()), "{}: {said:.4000}", run.status());
    run
}

/// Builds, expects findings that make it fail, and gives what was said.
fn refused(project: &Project) -> String {
    let run = bounded(project, &["build", "--color", "never"]).expect(1);
    assert!(!project.path().join("site/index.html").exists(), "nothing is published");
    run.stderr()
}

/// Builds without a finding.
fn accepted(project: &Project) {
    bounded(project, &["build", "--color", "never", "--deny-warnings"]).expect(0);
}

/// Whether a finding was printed, at its place.
#[track_caller]
fn assert_said(said: &str, finding: &str, place: &str) {
    let at = said.find(finding).unwrap_or_else(|| panic!("not said: {finding}\n{said:.4000}"));
    let next = said[at..].lines().nth(1).unwrap_or("");
    assert!(next.trim_start().starts_with(&format!("--> {place}")), "{finding} at {next}, not {place}");
}

/// How often something is repeated: `count`, or ten times that.
fn times(count: usize) -> usize {
    if std::env::var_os("HANDBOOK_HEAVY").is_some() { count * 10 } else { count }
}
