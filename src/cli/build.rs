//! `build` and `check`: the same run, with and without writing.

use super::editions::{self, Edition};
use super::output::{self, Progress};
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
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use unicode_width::UnicodeWidthStr;

/// What is to be done with the site.
#[derive(Debug, Clone, Copy)]
pub(super) enum Run {
    /// It is written, in this way.
    Build(Options),
    /// Its findings are printed; outside links are asked too.
    Check {
        #[cfg_attr(not(feature = "external"), expect(dead_code, reason = "nothing asks"))]
        external: bool,
    },
}

pub(super) fn run(common: &Common, run: Run, all_audiences: bool) -> Result<ExitCode, Failure> {
    let begun = Instant::now();
    let (write, options) = match run {
        Run::Build(options) => (true, options),
        Run::Check { .. } => (false, Options::default()),
    };
    let project = common.project()?;
    let sources = project.read();
    let read = begun.elapsed();
    if sources.chapters.is_empty() {
        return without_chapters(common, &project, &sources);
    }
    let editions = editions::of(common, &project, &sources, write, all_audiences)?;
    let mut builder = Builder::new();
    let mut builds: Vec<Build> =
        editions.iter().map(|edition| builder.build(&sources, &edition.request)).collect();
    builds[0].timings.insert(0, ("read", read));
    common.speak_as(&builds[0].site.handbook);
    for (build, edition) in builds.iter_mut().zip(&editions) {
        if write && edition.request.audience.is_none() {
            let found = build.site.handbook.restricted().into_iter().collect();
            add(build, found);
        }
        if write
            && let Err(PublishError::Findings(found)) = look(&build.site, &project, &edition.output, options)
        {
            add(build, found);
        }
        #[cfg(feature = "external")]
        if matches!(run, Run::Check { external: true }) {
            let begun = Instant::now();
            let found = handbook::external::check(&build.site.handbook);
            add(build, found);
            build.timings.push(("outside links", begun.elapsed()));
        }
    }
    let handbook = Arc::clone(&builds[0].site.handbook);
    let all = |found: &[&[Diagnostic]]| editions::findings(&handbook, found);
    let before: Vec<&[Diagnostic]> = builds.iter().map(|build| build.diagnostics.as_slice()).collect();
    // One audience's errors keep back all: sites of different days are no edition.
    let write_now = write && !is_bad(common, &all(&before));
    let mut done = Vec::with_capacity(builds.len());
    // Each site goes when it is written, so that not all their indexes are held at once.
    for (mut build, edition) in builds.into_iter().zip(&editions) {
        let publication = match write_now {
            true => write_edition(common, &project, &sources, &mut build, edition, options)?,
            false => None,
        };
        done.push(Done::new(build, publication));
    }
    let after: Vec<&[Diagnostic]> = done.iter().map(|done| done.diagnostics.as_slice()).collect();
    let found = all(&after);
    output::findings(common, &shown(common, write, &found), &sources)?;
    for (done, edition) in done.iter().zip(&editions) {
        let audience = edition.request.audience.as_deref();
        let place = edition.output.display().to_string();
        summarize(common, done, &sources, &place, audience, begun.elapsed());
    }
    if write && done.iter().any(|done| done.publication.is_none()) {
        let words = match editions.as_slice() {
            [edition] => message!("cli-nothing-written", place = edition.output.as_path()),
            _ => message!("cli-others-not-written"),
        };
        output::say(common, &words);
    }
    Ok(output::status(common, &found))
}

/// What is said of a site at the end.
pub(super) struct Done {
    pub(super) diagnostics: Vec<Diagnostic>,
    timings: Vec<(&'static str, Duration)>,
    /// Chapters, departments and roles.
    counts: [usize; 3],
    publication: Option<Publication>,
}

impl Done {
    pub(super) fn new(build: Build, publication: Option<Publication>) -> Self {
        let handbook = &build.site.handbook;
        let organization = &handbook.organization;
        Self {
            counts: [handbook.chapters.len(), organization.departments.len(), organization.roles.len()],
            diagnostics: build.diagnostics,
            timings: build.timings,
            publication,
        }
    }
}

pub(super) fn is_bad(common: &Common, found: &[Diagnostic]) -> bool {
    has_errors(found) || (common.deny_warnings && Counts::of(found).warnings > 0)
}

/// Writes one site; `None` where a template fails or the site there must stay,
/// which is then among its findings.
fn write_edition(
    common: &Common,
    project: &Project,
    sources: &Sources,
    build: &mut Build,
    edition: &Edition,
    options: Options,
) -> Result<Option<Publication>, Failure> {
    let begun = Instant::now();
    build.site.index();
    build.timings.push(("index", begun.elapsed()));
    let begun = Instant::now();
    let publication = match write_site(common, project, build, &edition.output, options) {
        Ok(mut done) => {
            add(build, std::mem::take(&mut done.diagnostics));
            Some(done)
        }
        Err(PublishError::Findings(found)) => {
            add(build, found);
            None
        }
        Err(error) => {
            output::findings(common, &build.diagnostics, sources)?;
            return Err(error.message());
        }
    };
    build.timings.push(("render and write", begun.elapsed()));
    Ok(publication)
}

/// What is printed: `build` leaves notes to `check`, unless asked to say more
/// or read by a program.
pub(super) fn shown(common: &Common, write: bool, found: &[Diagnostic]) -> Vec<Diagnostic> {
    let brief = write && common.verbose == 0 && common.format() == Format::Human;
    found.iter().filter(|one| !brief || one.level != Level::Note).cloned().collect()
}

pub(super) fn nothing_to_build(project: &Project) -> Failure {
    match project.is_bare() {
        true => message!("cli-no-chapter-bare", folder = project.root.as_path()),
        false => message!("cli-no-chapter", folder = project.content.as_path()),
    }
}

/// Without a chapter nothing is made, whatever else there is: a content folder that
/// was emptied, or cannot be read, must not empty the site.
pub(super) fn without_chapters(
    common: &Common,
    project: &Project,
    sources: &Sources,
) -> Result<ExitCode, Failure> {
    let config = editions::config(sources);
    let found: Vec<Diagnostic> =
        sources.diagnostics.iter().cloned().filter_map(|found| config.judge(found)).collect();
    output::findings(common, &found, sources)?;
    Err(nothing_to_build(project))
}

pub(super) fn add(build: &mut Build, found: Vec<Diagnostic>) {
    let mut all = std::mem::take(&mut build.diagnostics);
    all.extend(found);
    build.diagnostics = build.site.handbook.judge(all);
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

/// The last line of a run: what was found and what was written, and where.
pub(super) fn summarize(
    common: &Common,
    done: &Done,
    sources: &Sources,
    place: &str,
    audience: Option<&str>,
    total: Duration,
) {
    if common.timings {
        for (stage, time) in &done.timings {
            output::say(common, &timing(common, stage, *time));
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
        if let Some(words) = words.into_iter().reduce(output::also) {
            output::say(common, &words);
        }
    }
    let chapters = message!("cli-chapters", number = done.counts[0]);
    let findings = output::counted(Counts::of(&done.diagnostics));
    let time = output::duration(total);
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
    output::say(common, &words);
}

/// A stage and its time, each right-aligned; Chinese takes two cells a character.
fn timing(common: &Common, stage: &str, time: Duration) -> Message {
    let language = common.language();
    let aligned = |message: &Message, width: usize| {
        let text = language.text(message);
        " ".repeat(width.saturating_sub(text.width())) + &text
    };
    let (stage, time) = (aligned(&output::stage(stage), 18), aligned(&output::duration(time), 10));
    message!("cli-timing", stage = stage, time = time)
}
