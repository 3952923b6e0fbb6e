//! `release`: keeps the present text of a chapter as an edition, for those without git.

use super::{Common, Failure, output, targets, usage};
use handbook::disk::release::{Entry, release};
use handbook::message;
use jiff::civil::Date;
use std::process::ExitCode;

/// The arguments of `release`.
#[derive(Debug, clap::Args)]
pub(super) struct ReleaseArgs {
    chapter: String,
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = usage::date)]
    effective: Option<Date>,
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

pub(super) fn run(args: &ReleaseArgs, common: &Common) -> Result<ExitCode, Failure> {
    let project = common.project()?;
    let sources = project.read();
    let source = targets::find_chapter(&sources, &args.chapter)?;
    let entry = Entry {
        version: args.version.clone(),
        effective: args.effective,
        note: args.note.clone(),
        by: args.by.clone(),
        today: common.today()?,
    };
    let done = release(&project, source, &entry)?;
    let message = message!("cli-released", path = done.path, version = done.version, digest = done.digest);
    output::print_line(common, &message);
    Ok(ExitCode::SUCCESS)
}
