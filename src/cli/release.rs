//! `release`: keeps the present text of a chapter as an edition, for those without git.

use super::{Common, Failure, output, targets, usage};
use handbook::builder::Builder;
use handbook::diagnostic::Diagnostic;
use handbook::disk::release::{Entry, prepare};
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
    let release = prepare(&project, &sources, source, &entry)?;
    let after = release.applied(&sources);
    let mut request = common.request()?;
    // What it lacks may be asked for only once it is in force.
    request.today = request.today.max(release.begins);
    request.audience = None;
    let build = Builder::new().build(&after, &request);
    common.use_language_of(&build.site.handbook);
    let refused = release.refused(&build.diagnostics);
    if !refused.is_empty() {
        output::print_diagnostics_aside(common, &refused, &after)?;
        return Err(message!("cli-release-refused", path = &source.path));
    }
    let release = release.seen_by(&build.site)?;
    release.write(&project)?;
    let message =
        message!("cli-released", path = release.path, version = release.version, digest = release.digest);
    output::print_line(common, &message);
    // What is released cannot be mended, so whatever is said of it is worth reading now.
    let told: Vec<Diagnostic> =
        build.diagnostics.into_iter().filter(|told| told.path.as_ref() == Some(&source.path)).collect();
    if !told.is_empty() {
        output::print_diagnostics_aside(common, &told, &after)?;
    }
    Ok(ExitCode::SUCCESS)
}
