//! `publish`: writes the site to a folder or an object store.

use super::build::{SiteSummary, add_diagnostics, fails, printed, summarize, without_chapters};
use super::output::{self, Progress};
use super::{Common, ConsentArgs, Failure, cache, targets};
use clap::Args;
use handbook::builder::{Build, Builder};
use handbook::config::Config;
use handbook::diagnostic::{Diagnostic, Level};
use handbook::disk::Project;
use handbook::disk::publish::{self as folder, Differences, Publication, PublishError, Target};
use handbook::locale::Message;
use handbook::message;
use handbook::report::Format;
#[cfg(feature = "publish")]
use handbook::upload::{self, Store, UploadError};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use unicode_width::UnicodeWidthStr;

/// The target, and how it is written.
#[derive(Debug, Args)]
pub(super) struct PublishArgs {
    target: Option<String>,
    #[arg(long)]
    dry_run: bool,
    #[cfg(feature = "publish")]
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    #[arg(long)]
    precompress: bool,
    #[command(flatten)]
    consent: ConsentArgs,
}

/// A target that has been opened.
enum OpenTarget {
    Folder(PathBuf),
    #[cfg(feature = "publish")]
    Store(Store),
}

/// The result.
enum Outcome {
    Done(Publication),
    DryRun(Differences),
}

impl Outcome {
    fn take_diagnostics(&mut self) -> Vec<Diagnostic> {
        std::mem::take(match self {
            Self::Done(publication) => &mut publication.diagnostics,
            Self::DryRun(differences) => &mut differences.diagnostics,
        })
    }
}

/// Why nothing was published.
enum PublishFailure {
    Diagnostics(Vec<Diagnostic>),
    Message(Failure),
}

pub(super) fn run(args: &PublishArgs, common: &Common) -> Result<ExitCode, Failure> {
    let begun = Instant::now();
    if common.output.is_some() {
        return Err(message!("cli-publish-output"));
    }
    let mut project = common.project()?;
    let config = Common::config(&project)?;
    let place = open_target(args, &project, &config)?;
    project.skipped.extend(place.folder().cloned());
    let mut request = common.request()?;
    if request.audience.is_none() {
        request.audience.clone_from(&config.publish.audience);
    }
    if let Some(name) = &request.audience {
        targets::check_audience(&config, name)?;
    }
    let writes = !args.dry_run;
    let cache = cache::open(common, &project, place.folder().map(PathBuf::as_path), writes);
    let project = project.with_cache(cache.handle());
    let sources = project.read();
    let read = begun.elapsed();
    if sources.chapters.is_empty() {
        return without_chapters(common, &project, &sources);
    }
    let mut build = Builder::new().with_cache(cache.handle()).for_one_site().build(&sources, &request);
    build.timings.insert(0, ("read", read));
    common.use_language_of(&build.site.handbook);
    if request.audience.is_none() {
        refuse_restricted(&mut build);
    }
    let mut outcome = None;
    if !fails(common, &build.diagnostics) {
        let begun = Instant::now();
        match publish_to(args, common, &project, &build, &place) {
            Ok(mut done) => {
                add_diagnostics(&mut build, done.take_diagnostics());
                outcome = Some(done);
            }
            Err(PublishFailure::Diagnostics(diagnostics)) => add_diagnostics(&mut build, diagnostics),
            Err(PublishFailure::Message(words)) => {
                output::print_diagnostics(common, &build.diagnostics, &sources)?;
                return Err(words);
            }
        }
        build.timings.push(("publish", begun.elapsed()));
        cache.save(common);
    }
    output::print_diagnostics(common, &printed(common, true, &build.diagnostics), &sources)?;
    if let Some(Outcome::DryRun(differences)) = &outcome {
        print_differences(common, differences)?;
    }
    let publication = match &outcome {
        Some(Outcome::Done(publication)) => Some(publication.clone()),
        _ => None,
    };
    let done = SiteSummary::new(build, publication);
    summarize(common, &done, &sources, &place.shown(), request.audience.as_deref(), begun.elapsed());
    match outcome {
        None => output::print_line(common, &message!("cli-nothing-written", place = place.shown())),
        Some(Outcome::DryRun(differences)) => {
            output::print_line(common, &dry_run_summary(&differences, &place))
        }
        Some(Outcome::Done(_)) => {}
    }
    Ok(output::status(common, &done.diagnostics))
}

/// A published site goes to readers, so a forgotten audience is an error here, unless the settings
/// say that everyone may read everything.
fn refuse_restricted(build: &mut Build) {
    let handbook = &build.site.handbook;
    let is_off = handbook.config.checks.level(&handbook::rule::RESTRICTED_CHAPTER) == Some(Level::Off);
    if let Some(mut diagnostic) = handbook.restricted().filter(|_| !is_off) {
        diagnostic.level = Level::Error;
        build.diagnostics.insert(0, diagnostic);
    }
}

impl OpenTarget {
    fn folder(&self) -> Option<&PathBuf> {
        match self {
            Self::Folder(folder) => Some(folder),
            #[cfg(feature = "publish")]
            Self::Store(_) => None,
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Folder(folder) => folder.display().to_string(),
            #[cfg(feature = "publish")]
            Self::Store(store) => store.shown().to_owned(),
        }
    }
}

fn open_target(args: &PublishArgs, project: &Project, config: &Config) -> Result<OpenTarget, Failure> {
    let (written, base) = match (&args.target, &config.publish.target) {
        (Some(written), _) => (written, Path::new("")),
        (None, Some(written)) => (written, project.root.as_path()),
        (None, None) => {
            return Err(message!("cli-publish-no-target"));
        }
    };
    match Target::parse(written)? {
        Target::Folder(folder) => folder::check_output(project, &base.join(folder))
            .map(OpenTarget::Folder)
            .map_err(|error| error.message()),
        #[cfg(not(feature = "publish"))]
        Target::Bucket { .. } => Err(message!("publish-without-stores")),
        #[cfg(feature = "publish")]
        Target::Bucket { bucket, prefix } => {
            let endpoint = args.endpoint.as_ref().or(config.publish.endpoint.as_ref());
            let store = Store::s3(&bucket, &prefix, endpoint.map(String::as_str));
            store.map(OpenTarget::Store).map_err(|error| error.message())
        }
    }
}

fn publish_to(
    args: &PublishArgs,
    common: &Common,
    project: &Project,
    build: &Build,
    place: &OpenTarget,
) -> Result<Outcome, PublishFailure> {
    let site = &build.site;
    let bar = Progress::new(common, site.addresses().len() as u64);
    let progress = |done| bar.set(done);
    let result = match place {
        OpenTarget::Folder(output) => {
            let mut options = folder::Options::default();
            options.precompress = args.precompress;
            options.consent = args.consent.read();
            let result = if args.dry_run {
                folder::compare(site, project, output, options, &progress).map(Outcome::DryRun)
            } else {
                folder::publish(site, project, output, options, &progress).map(Outcome::Done)
            };
            result.map_err(|error| match error {
                PublishError::Diagnostics(diagnostics) => PublishFailure::Diagnostics(diagnostics),
                error => PublishFailure::Message(error.message()),
            })
        }
        #[cfg(feature = "publish")]
        OpenTarget::Store(store) => {
            let mut options = upload::Options::default();
            options.precompress = args.precompress;
            options.consent = args.consent.read();
            let result = if args.dry_run {
                upload::compare(site, project, store, options, &progress).map(Outcome::DryRun)
            } else {
                upload::publish(site, project, store, options, &progress).map(Outcome::Done)
            };
            result.map_err(|error| match error {
                UploadError::Diagnostics(diagnostics) => PublishFailure::Diagnostics(diagnostics),
                error => PublishFailure::Message(error.message()),
            })
        }
    };
    bar.finish();
    result
}

/// Prints one line for each file, to standard output unless diagnostics are printed there.
fn print_differences(common: &Common, differences: &Differences) -> Result<(), Failure> {
    let kinds = [
        (message!("cli-dry-added"), &differences.added),
        (message!("cli-dry-changed"), &differences.changed),
        (message!("cli-dry-removed"), &differences.removed),
    ];
    let mut text = String::new();
    for (kind, names) in kinds {
        let kind = common.language().text(&kind);
        let space = " ".repeat(8_usize.saturating_sub(kind.width()));
        for name in names {
            let _ = writeln!(text, "{kind}{space} {name}");
        }
    }
    if common.format() == Format::Human {
        return output::write_stdout(text.as_bytes()).map(drop);
    }
    for line in text.lines() {
        output::print_line(common, &message!("cli-dry-line", line = line));
    }
    Ok(())
}

fn dry_run_summary(differences: &Differences, place: &OpenTarget) -> Message {
    message!(
        "cli-dry-run",
        added = differences.added.len(),
        changed = differences.changed.len(),
        removed = differences.removed.len(),
        unchanged = differences.unchanged,
        place = place.shown(),
    )
}
