//! `build` and `check`: the same run, with and without writing.

use super::output::{self, Progress};
use super::{Common, Failure};
use handbook::builder::{Build, Builder};
use handbook::diagnostic::{Diagnostic, Level};
use handbook::disk::Project;
use handbook::disk::publish::{Options, Publication, PublishError, check_output, publish};
use handbook::handbook::has_errors;
use handbook::report::{Counts, Format};
use handbook::source::Sources;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What is to be done with the site.
#[derive(Debug, Clone, Copy)]
pub(super) enum Run {
    /// It is written, in this way.
    Build(Options),
    /// Its findings are printed; outside links are asked too.
    Check { external: bool },
}

pub(super) fn run(common: &Common, run: Run) -> Result<ExitCode, Failure> {
    let begun = Instant::now();
    let (write, options) = match run {
        Run::Build(options) => (true, options),
        Run::Check { .. } => (false, Options::default()),
    };
    let project = common.project()?;
    let output = common.output(&project);
    let output =
        if write { check_output(&project, &output).map_err(|error| error.to_string())? } else { output };
    let request = common.request()?;
    let sources = project.read();
    let read = begun.elapsed();
    if sources.chapters.is_empty() && sources.diagnostics.is_empty() {
        return Err(nothing_to_build(&project));
    }
    let mut build = Builder::new().build(&sources, &request);
    build.timings.insert(0, ("read", read));
    if matches!(run, Run::Check { external: true }) {
        let begun = Instant::now();
        let found = handbook::external::check(&build.site.handbook);
        add(&mut build, found);
        build.timings.push(("outside links", begun.elapsed()));
    }
    let bad = has_errors(&build.diagnostics)
        || (common.deny_warnings && Counts::of(&build.diagnostics).warnings > 0);
    let mut publication = None;
    if write && !bad {
        let begun = Instant::now();
        build.site.index();
        build.timings.push(("index", begun.elapsed()));
        let begun = Instant::now();
        match write_site(common, &project, &build, &output, options) {
            Ok(done) => publication = Some(done),
            Err(PublishError::Theme(found)) => add(&mut build, found),
            Err(error) => {
                output::findings(common, &build.diagnostics, &sources)?;
                return Err(error.to_string());
            }
        }
        build.timings.push(("render and write", begun.elapsed()));
    }
    let shown = shown(common, write, &build.diagnostics);
    output::findings(common, &shown, &sources)?;
    summarize(common, &build, &sources, publication, output.display(), begun.elapsed());
    if write && publication.is_none() {
        output::say(common, &format!("nothing was written; {} is as it was", output.display()));
    }
    Ok(output::status(common, &build.diagnostics))
}

/// What is printed: `build` leaves notes to `check`, unless asked to say more
/// or read by a program.
pub(super) fn shown(common: &Common, write: bool, found: &[Diagnostic]) -> Vec<Diagnostic> {
    let brief = write && common.verbose == 0 && common.format() == Format::Human;
    found.iter().filter(|one| !brief || one.level != Level::Note).cloned().collect()
}

pub(super) fn nothing_to_build(project: &Project) -> Failure {
    format!(
        "there is no Markdown file in {}\n  run `handbook init DIR` for a new handbook, or name its folder with -C",
        project.content.display()
    )
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

pub(super) fn summarize(
    common: &Common,
    build: &Build,
    sources: &Sources,
    publication: Option<Publication>,
    place: impl std::fmt::Display,
    total: Duration,
) {
    if common.timings {
        for (stage, time) in &build.timings {
            output::say(common, &format!("{stage:>18} {:>10}", output::duration(*time)));
        }
    }
    if common.verbose > 0 {
        let bytes: usize = sources.chapters.iter().map(|source| source.text.len()).sum();
        let handbook = &build.site.handbook;
        output::say(
            common,
            &format!(
                "{bytes} bytes of chapters, {} attachments, {} departments, {} roles",
                sources.attachments.len(),
                handbook.organization.departments.len(),
                handbook.organization.roles.len(),
            ),
        );
    }
    let chapters = build.site.handbook.chapters.len();
    let plural = if chapters == 1 { "chapter" } else { "chapters" };
    let findings = output::counted(Counts::of(&build.diagnostics));
    let written = publication.map_or_else(String::new, |done| {
        format!(
            "; {} written, {} unchanged, {} removed in {}",
            done.written, done.unchanged, done.removed, place
        )
    });
    output::say(common, &format!("{chapters} {plural}: {findings}{written} ({})", output::duration(total)));
}
