//! `release`: keeps the present text of a chapter as an edition, for those without git.

use super::{Common, Failure, output, usage};
use handbook::chapter::version::EditionHead;
use handbook::disk::release::{Entry, release};
use handbook::locale::Message;
use handbook::message;
use handbook::source::{Source, Sources};
use handbook::text::fold;
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
    let source = find(&sources, &args.chapter)?;
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

/// The chapter with an id, a title or a file name.
fn find<'a>(sources: &'a Sources, name: &str) -> Result<&'a Source, Message> {
    let wanted = fold(name);
    let is_named = |source: &&Source| {
        let stem = handbook::chapter::without_suffix(&source.name);
        if [Some(&*source.name), Some(&*source.path), stem].contains(&Some(name)) {
            return true;
        }
        let front = EditionHead::read(source).front;
        front.id.is_some_and(|id| fold(&id.text) == wanted) || front.title.is_some_and(|title| title == name)
    };
    let mut found = sources.chapters.iter().filter(is_named);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(_), Some(_)) => Err(message!("cli-release-several", name = name)),
        _ => Err(message!("cli-diff-chapter", name = name)),
    }
}
