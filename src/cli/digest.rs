//! `digest`: the digest of a chapter's text, as approvals name it.

use super::{Common, Failure, output, targets};
use handbook::chapter::version::EditionHead;
use std::process::ExitCode;

/// The arguments of `digest`.
#[derive(Debug, clap::Args)]
pub(super) struct DigestArgs {
    chapter: String,
}

pub(super) fn run(args: &DigestArgs, common: &Common) -> Result<ExitCode, Failure> {
    let project = common.project()?;
    let sources = project.read();
    let source = targets::find_chapter(&sources, &args.chapter)?;
    if source.damaged {
        return Err(handbook::message!("cli-digest-damaged", path = &source.path));
    }
    output::write_stdout(format!("{}\n", EditionHead::digest(source)).as_bytes())
}
