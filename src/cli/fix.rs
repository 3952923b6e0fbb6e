//! `check --fix`: mends what has only one reading, and says what is left.

use super::build::{self, Run};
use super::{Common, Failure, output};
use handbook::builder::Builder;
use handbook::disk::{Project, RewriteError};
use handbook::fix::{FixedFile, diff, fix};
use handbook::message;
use handbook::report::{Format, thousands, visible};
use serde::Serialize;
use std::process::ExitCode;

/// Files that are named, where more are mended.
const MOST_NAMED: usize = 20;

pub(super) fn run(common: &Common, dry_run: bool, external: bool) -> Result<ExitCode, Failure> {
    let project = common.project()?;
    let sources = project.read();
    if sources.chapters.is_empty() {
        return build::without_chapters(common, &project, &sources);
    }
    let fixed = fix(&mut Builder::new(), &sources, &common.request()?);
    if dry_run {
        return show(common, &fixed);
    }
    let left = write(common, &project, &fixed);
    let status = build::run(common, Run::Check { external, due: None }, false)?;
    Ok(if left { ExitCode::from(2) } else { status })
}

/// Prints what would change.
fn show(common: &Common, fixed: &[FixedFile]) -> Result<ExitCode, Failure> {
    #[derive(Serialize)]
    struct Change<'a> {
        path: &'a str,
        count: usize,
        diff: String,
    }
    let change = |file: &FixedFile| diff(&file.path, &file.before, &file.after);
    if common.format() == Format::Json {
        let files: Vec<Change<'_>> = fixed
            .iter()
            .map(|file| Change { path: &file.path, count: file.count, diff: change(file) })
            .collect();
        let json = serde_json::to_string_pretty(&serde_json::json!({ "fixes": files })).unwrap_or_default();
        return output::write_stdout(format!("{json}\n").as_bytes());
    }
    let done = output::write_stdout(fixed.iter().map(change).collect::<String>().as_bytes())?;
    let language = common.language();
    let (number, files) = (count(fixed), fixed.len());
    let words = message!("fix-dry-run", number = number, shown = thousands(language, number), files = files);
    output::print_line(common, &words);
    Ok(done)
}

/// Writes the mended files, each if it is still as it was read; whether one could not be
/// written.
fn write(common: &Common, project: &Project, fixed: &[FixedFile]) -> bool {
    let language = common.language();
    let mut written: Vec<&FixedFile> = Vec::new();
    let mut failed = false;
    for file in fixed {
        match project.rewrite(&file.path, &file.before, &file.after) {
            Ok(()) => written.push(file),
            Err(why) => {
                failed |= matches!(why, RewriteError::Failed(_));
                output::print_message(language, &why.message(&visible(&file.path)));
            }
        }
    }
    let number = written.iter().map(|file| file.count).sum::<usize>();
    let words =
        message!("fix-done", number = number, shown = thousands(language, number), files = written.len());
    output::print_line(common, &words);
    for file in written.iter().take(MOST_NAMED) {
        output::print_line(common, &message!("fix-file", path = visible(&file.path), number = file.count));
    }
    if let Some(more) = written.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        output::print_line(common, &message!("fix-more", number = thousands(language, more)));
    }
    failed
}

fn count(fixed: &[FixedFile]) -> usize {
    fixed.iter().map(|file| file.count).sum()
}
