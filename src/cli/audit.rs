//! `audit`: the bundle for an auditor, and whether a bundle is what the repository holds.

use super::{Common, Failure, output, targets};
use handbook::builder::{Build, Builder, Request};
use handbook::disk::Project;
use handbook::disk::audit::{self, Bundle, Files, Manifest, Written};
use handbook::disk::snapshot::Snapshot;
use handbook::handbook::has_errors;
use handbook::message;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The arguments of `audit`.
#[derive(Debug, clap::Args)]
pub(super) struct AuditArgs {
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    verify: Option<PathBuf>,
    #[arg(long)]
    replace: bool,
}

pub(super) fn run(args: &AuditArgs, common: &Common) -> Result<ExitCode, Failure> {
    match &args.verify {
        Some(file) => verify(file, common),
        None => make(args, common),
    }
}

fn make(args: &AuditArgs, common: &Common) -> Result<ExitCode, Failure> {
    let Some(path) = &common.output else { return Err(message!("cli-audit-output")) };
    let project = common.project()?;
    let held = match project.commit() {
        Some((commit, is_changed)) => {
            if is_changed {
                output::print_message(common.language(), &message!("cli-audit-uncommitted"));
            }
            Some(project.at(&commit)?)
        }
        None => None,
    };
    let mut request = common.request()?;
    (request.base_url, request.drafts) = (None, false);
    let made = Made::new(held.as_ref().map_or(&project, |held| &held.project), &request, common)?;
    if has_errors(&made.build.diagnostics) {
        return Ok(ExitCode::FAILURE);
    }
    let commit = held.as_ref().map_or("", |held| held.commit.as_str());
    let manifest =
        Manifest::new(&made.build.site.title(), request.today, request.audience.as_deref(), commit);
    let bytes = audit::pack(manifest, &made.files)?;
    let written = audit::write(path, &bytes, args.replace)?;
    let message = match (written, commit) {
        (Written::Same, _) => message!("cli-audit-same", path = path.as_path()),
        (Written::New, "") => {
            message!("cli-audit-made-folder", path = path.as_path(), number = made.files.len())
        }
        (Written::New, commit) => {
            message!("cli-audit-made", path = path.as_path(), number = made.files.len(), commit = commit)
        }
    };
    output::print_line(common, &message);
    Ok(ExitCode::SUCCESS)
}

/// What a project gives for a day.
struct Made {
    build: Build,
    files: Files,
}

impl Made {
    fn new(project: &Project, request: &Request, common: &Common) -> Result<Self, Failure> {
        let sources = project.read();
        if let Some(name) = &request.audience {
            targets::check_audience(&targets::config(&sources), name)?;
        }
        let build = Builder::new().build(&sources, request);
        common.use_language_of(&build.site.handbook);
        if has_errors(&build.diagnostics) {
            output::print_diagnostics_aside(common, &build.diagnostics, &sources)?;
        }
        let audit =
            build.site.audit_files(request.audience.is_none()).map_err(|wrong| wrong.message.clone())?;
        let mut files = audit.made;
        for (path, name) in audit.pictures {
            if let Ok(bytes) = project.read_attachment(&name) {
                files.insert(path, bytes);
            }
        }
        Ok(Self { build, files })
    }
}

fn verify(file: &Path, common: &Common) -> Result<ExitCode, Failure> {
    let bundle = audit::read(file)?;
    let project = common.project()?;
    let manifest = &bundle.manifest;
    let held: Option<Snapshot> = match manifest.commit.as_str() {
        "" => None,
        commit => Some(project.at(commit)?),
    };
    let day = manifest.date.parse().map_err(|_| message!("audit-no-bundle", path = file))?;
    let mut request = Request::new(day);
    request.audience = Some(manifest.audience.clone()).filter(|audience| !audience.is_empty());
    let made = Made::new(held.as_ref().map_or(&project, |held| &held.project), &request, common)?;
    let say = |message| output::print_message(common.language(), &message);
    if held.is_none() {
        say(message!("cli-audit-no-commit"));
    }
    if !manifest.is_of_this_program() {
        say(message!("cli-audit-program", made = &manifest.program, own = audit::program()));
    }
    let wrong = differences(&bundle, &made.files);
    for path in &wrong {
        say(message!("cli-audit-differs", path = path));
    }
    let own = made.build.site.title();
    let has_other_title = own != manifest.title;
    if has_other_title {
        say(message!("cli-audit-title", made = &manifest.title, own = own));
    }
    if !wrong.is_empty() || has_other_title {
        say(message!("cli-audit-wrong", path = file));
        return Ok(ExitCode::FAILURE);
    }
    let holds = match manifest.commit.as_str() {
        "" => message!("cli-audit-holds-folder", path = file, date = &manifest.date),
        commit => message!("cli-audit-holds", path = file, date = &manifest.date, commit = commit),
    };
    output::print_line(common, &holds);
    Ok(ExitCode::SUCCESS)
}

/// The paths at which a bundle is not what the project gives, or not what it says itself.
/// HTML is compared only where the same version of the program made it.
fn differences(bundle: &Bundle, files: &Files) -> Vec<String> {
    let is_compared = |path: &str| bundle.manifest.is_of_this_program() || !path.ends_with(".html");
    let mut paths: std::collections::BTreeSet<&String> = bundle.files.keys().chain(files.keys()).collect();
    paths.retain(|path| is_compared(path) && bundle.files.get(*path) != files.get(*path));
    let mut wrong: std::collections::BTreeSet<String> = paths.into_iter().cloned().collect();
    wrong.extend(bundle.damaged.iter().cloned());
    wrong.into_iter().collect()
}
