//! `build` and `check`: the same run, with and without writing.

use super::cache;
use super::output::{self, Progress};
use super::targets::{self, BuildTarget};
use super::{Common, Failure};
use handbook::builder::{Build, Builder};
use handbook::diagnostic::{Diagnostic, Level};
use handbook::disk::Project;
use handbook::disk::publish::{Options, Publication, PublishError, look, publish};
use handbook::handbook::has_errors;
use handbook::locale::Message;
use handbook::message;
use handbook::report::{Counts, Format};
use handbook::source::Sources;
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use unicode_width::UnicodeWidthStr;

/// What a run does with the site.
#[derive(Debug, Clone, Copy)]
pub(super) enum Run {
    /// Writes it, with these options.
    Build(Options),
    /// Prints its diagnostics.
    Check {
        /// Whether external links are checked too.
        #[cfg_attr(not(feature = "external"), expect(dead_code, reason = "nothing asks"))]
        external: bool,
        /// Within how many days a review must be due to be told.
        due: Option<i32>,
    },
}

/// The exit status where reviews are due and nothing is wrong.
const DUE: u8 = 3;

pub(super) fn run(common: &Common, run: Run, all_audiences: bool) -> Result<ExitCode, Failure> {
    let start = Instant::now();
    let (write, options) = match run {
        Run::Build(options) => (true, options),
        Run::Check { .. } => (false, Options::default()),
    };
    let project = common.project()?;
    let mut sources = project.read_present();
    let read = start.elapsed();
    if sources.chapters.is_empty() {
        return without_chapters(common, &project, &sources);
    }
    let targets = targets::build_targets(common, &project, &sources, write, all_audiences)?;
    let outputs = targets.iter().map(|target| target.output.as_path());
    let cache = cache::open(common, &project, outputs, write);
    let project = project.with_cache(cache.handle());
    let mut builder = Builder::new().with_cache(cache.handle());
    if targets.len() == 1 {
        builder = builder.for_one_site();
    }
    let history = std::thread::scope(|scope| {
        let history = scope.spawn(|| project.read_history(&sources));
        builder.parse(&sources);
        history.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    project.add_editions(&mut sources, &history);
    drop(history);
    let parsed = start.elapsed().saturating_sub(read);
    let mut builds: Vec<Build> =
        targets.iter().map(|target| builder.build(&sources, &target.request)).collect();
    builds[0].timings.splice(0..0, [("read", read), ("parse and history", parsed)]);
    common.use_language_of(&builds[0].site.handbook);
    let mut due = BTreeSet::new();
    for (build, target) in builds.iter_mut().zip(&targets) {
        if let Run::Check { due: Some(days), .. } = run {
            let handbook = Arc::clone(&build.site.handbook);
            due.extend(
                handbook.due(days).map(|review| Arc::clone(&handbook.chapters[review.chapter].source.path)),
            );
            add_diagnostics(build, handbook.due_diagnostics(days));
        }
        if write && target.request.audience.is_none() {
            let diagnostics = build.site.handbook.restricted().into_iter().collect();
            add_diagnostics(build, diagnostics);
        }
        if write
            && let Err(PublishError::Diagnostics(diagnostics)) =
                look(&build.site, &project, &target.output, options)
        {
            add_diagnostics(build, diagnostics);
        }
        #[cfg(feature = "external")]
        if matches!(run, Run::Check { external: true, .. }) {
            let begun = Instant::now();
            let diagnostics = handbook::external::check(&build.site.handbook);
            add_diagnostics(build, diagnostics);
            build.timings.push(("outside links", begun.elapsed()));
        }
    }
    let handbook = Arc::clone(&builds[0].site.handbook);
    let all = |diagnostics: &[&[Diagnostic]]| targets::merge_diagnostics(&handbook, diagnostics);
    let diagnostics_before: Vec<&[Diagnostic]> =
        builds.iter().map(|build| build.diagnostics.as_slice()).collect();
    // Errors of one audience stop all targets: the sites of a handbook must be of one day.
    let write_now = write && !fails(common, &all(&diagnostics_before));
    let mut done = Vec::with_capacity(builds.len());
    // Each site is dropped once it is written, so that not all indexes are in memory at once.
    for (mut build, target) in builds.into_iter().zip(&targets) {
        let publication = match write_now {
            true => write_target(common, &project, &sources, &mut build, target, options)?,
            false => None,
        };
        done.push(SiteSummary::new(build, publication));
    }
    cache.save(common);
    let after: Vec<&[Diagnostic]> = done.iter().map(|done| done.diagnostics.as_slice()).collect();
    let diagnostics = all(&after);
    output::print_diagnostics(common, &printed(common, write, &diagnostics), &sources)?;
    for (done, target) in done.iter().zip(&targets) {
        let audience = target.request.audience.as_deref();
        let place = target.output.display().to_string();
        summarize(common, done, &sources, &place, audience, start.elapsed());
    }
    if write && done.iter().any(|done| done.publication.is_none()) {
        let words = match targets.as_slice() {
            [target] => message!("cli-nothing-written", place = target.output.as_path()),
            _ => message!("cli-others-not-written"),
        };
        output::print_line(common, &words);
    }
    if write && all_audiences {
        for left in targets::left_sites(&common.output(&project), &targets) {
            output::print_line(common, &message!("cli-audience-left", folder = left.as_path()));
        }
    }
    if !write && common.format() == Format::Human {
        output::print_advice(common, &diagnostics, &sources);
    }
    if let Run::Check { due: Some(days), .. } = run {
        output::print_line(common, &message!("cli-due", number = due.len(), days = days.unsigned_abs()));
    }
    let status = match fails(common, &diagnostics) {
        false if !due.is_empty() => ExitCode::from(DUE),
        _ => output::status(common, &diagnostics),
    };
    // The process ends here: the system takes its memory back at once, and to free a book piece
    // by piece would take a thirtieth of the build.
    std::mem::forget((builder, sources, handbook, done, diagnostics));
    Ok(status)
}

/// What is printed about a site at the end.
pub(super) struct SiteSummary {
    pub(super) diagnostics: Vec<Diagnostic>,
    timings: Vec<(&'static str, Duration)>,
    /// Chapters, departments and roles.
    counts: [usize; 3],
    /// Drafts that were left out.
    drafts: usize,
    publication: Option<Publication>,
}

impl SiteSummary {
    pub(super) fn new(build: Build, publication: Option<Publication>) -> Self {
        let handbook = &build.site.handbook;
        let organization = &handbook.organization;
        Self {
            counts: [handbook.chapters.len(), organization.departments.len(), organization.roles.len()],
            drafts: handbook.draft_count(),
            diagnostics: build.diagnostics,
            timings: build.timings,
            publication,
        }
    }
}

pub(super) fn fails(common: &Common, diagnostics: &[Diagnostic]) -> bool {
    has_errors(diagnostics) || (common.deny_warnings && Counts::of(diagnostics).warnings > 0)
}

/// Writes one site; `None` if a template fails or the site there must stay, which its diagnostics
/// then say.
fn write_target(
    common: &Common,
    project: &Project,
    sources: &Sources,
    build: &mut Build,
    target: &BuildTarget,
    options: Options,
) -> Result<Option<Publication>, Failure> {
    let begun = Instant::now();
    build.site.index();
    build.timings.push(("index", begun.elapsed()));
    let begun = Instant::now();
    let publication = match write_site(common, project, build, &target.output, options) {
        Ok(mut done) => {
            add_diagnostics(build, std::mem::take(&mut done.diagnostics));
            Some(done)
        }
        Err(PublishError::Diagnostics(diagnostics)) => {
            add_diagnostics(build, diagnostics);
            None
        }
        Err(error) => {
            output::print_diagnostics(common, &build.diagnostics, sources)?;
            return Err(error.message());
        }
    };
    build.timings.push(("render and write", begun.elapsed()));
    Ok(publication)
}

/// The diagnostics that are printed: `build` leaves notes to `check`, unless it is verbose or its
/// output is for programs.
pub(super) fn printed(common: &Common, write: bool, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let brief = write && common.verbose == 0 && common.format() == Format::Human;
    diagnostics.iter().filter(|diagnostic| !brief || diagnostic.level != Level::Note).cloned().collect()
}

pub(super) fn nothing_to_build(project: &Project) -> Failure {
    match project.is_bare() {
        true => message!("cli-no-chapter-bare", folder = project.root.as_path()),
        false => message!("cli-no-chapter", folder = project.content.as_path()),
    }
}

/// Without a chapter nothing is built: a content folder that was emptied, or cannot be read, must not
/// empty the site.
pub(super) fn without_chapters(
    common: &Common,
    project: &Project,
    sources: &Sources,
) -> Result<ExitCode, Failure> {
    let config = targets::config(sources);
    let diagnostics: Vec<Diagnostic> = sources
        .diagnostics
        .iter()
        .cloned()
        .filter_map(|diagnostic| config.apply_severity(diagnostic))
        .collect();
    output::print_diagnostics(common, &diagnostics, sources)?;
    Err(nothing_to_build(project))
}

pub(super) fn add_diagnostics(build: &mut Build, diagnostics: Vec<Diagnostic>) {
    let mut all = std::mem::take(&mut build.diagnostics);
    all.extend(diagnostics);
    build.diagnostics = build.site.handbook.apply_severities(all);
}

fn write_site(
    common: &Common,
    project: &Project,
    build: &Build,
    output: &std::path::Path,
    options: Options,
) -> Result<Publication, PublishError> {
    let progress = Progress::new(common, build.site.addresses().len() as u64);
    let result = publish(&build.site, project, output, options, &|done| progress.set(done));
    progress.finish();
    result
}

/// Prints the last line of a run: counts of diagnostics and files, and the folder.
pub(super) fn summarize(
    common: &Common,
    done: &SiteSummary,
    sources: &Sources,
    place: &str,
    audience: Option<&str>,
    total: Duration,
) {
    if common.timings {
        for (stage, time) in &done.timings {
            output::print_line(common, &timing(common, stage, *time));
        }
    }
    if common.verbose > 0 {
        let bytes: usize = sources.chapters.iter().map(|source| source.text.len()).sum();
        let words = [
            message!("cli-bytes", number = bytes),
            message!("cli-attachments", number = sources.attachments.len()),
            message!("cli-departments", number = done.counts[1]),
            message!("cli-roles", number = done.counts[2]),
        ];
        if let Some(words) = words.into_iter().reduce(output::join_messages) {
            output::print_line(common, &words);
        }
    }
    let chapters = message!("cli-chapters", number = done.counts[0]);
    let chapters = match done.drafts {
        0 => chapters,
        drafts => message!("cli-and-drafts", chapters = chapters, number = drafts),
    };
    let findings = output::describe_counts(Counts::of(&done.diagnostics));
    let time = output::describe_duration(total);
    let mut words = match &done.publication {
        None => message!("cli-summary", chapters = chapters, findings = findings, time = time),
        Some(done) => message!(
            "cli-summary-written",
            chapters = chapters,
            findings = findings,
            written = done.written,
            unchanged = done.unchanged,
            removed = done.removed,
            place = place,
            time = time,
        ),
    };
    if let Some(name) = audience {
        words = message!("cli-of-audience", audience = name, words = words);
    }
    output::print_line(common, &words);
}

/// A stage and its time, each right-aligned; Chinese takes two cells a character.
fn timing(common: &Common, stage: &str, time: Duration) -> Message {
    let language = common.language();
    let aligned = |message: &Message, width: usize| {
        let text = language.text(message);
        " ".repeat(width.saturating_sub(text.width())) + &text
    };
    let (stage, time) =
        (aligned(&output::describe_stage(stage), 18), aligned(&output::describe_duration(time), 10));
    message!("cli-timing", stage = stage, time = time)
}
