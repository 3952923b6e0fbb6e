//! The build targets of a run: one site, or one for each audience.

use super::{Common, Failure, cache, output};
use handbook::builder::{Build, Builder, Request};
use handbook::chapter::version::EditionHead;
use handbook::config::Config;
use handbook::diagnostic::{Diagnostic, Level};
use handbook::disk::Project;
use handbook::disk::publish::{MANIFEST, check_output};
use handbook::handbook::Handbook;
use handbook::locale::Value;
use handbook::message;
use handbook::source::{Source, Sources};
use handbook::text::{encode_path, fold};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A site to build, and the folder that it is written to.
pub(super) struct BuildTarget {
    pub(super) request: Request,
    pub(super) output: PathBuf,
}

/// The build targets that the command line asks for.
pub(super) fn build_targets(
    common: &Common,
    project: &Project,
    sources: &Sources,
    write: bool,
    all_audiences: bool,
) -> Result<Vec<BuildTarget>, Failure> {
    let request = common.request()?;
    let output = common.output(project);
    let checked = |output: PathBuf| match write {
        true => check_output(project, &output).map_err(|error| error.message()),
        false => Ok(output),
    };
    if !all_audiences {
        if let Some(name) = &request.audience {
            check_audience(&config(sources), name)?;
        }
        return Ok(vec![BuildTarget { request, output: checked(output)? }]);
    }
    let config = config(sources);
    if config.audiences.list.is_empty() {
        return Err(message!("cli-no-audiences"));
    }
    if write && output.join(MANIFEST).exists() {
        return Err(message!("cli-site-in-the-way", folder = output.as_path()));
    }
    let target = |id: &String, own: bool| {
        let mut request = request.clone();
        request.audience = Some(id.clone());
        let base = request.base_url.take();
        let above = base.or_else(|| config.base_url.clone().filter(|_| !own));
        request.base_url = above.map(|base| format!("{base}{}/", encode_path(id)));
        Ok(BuildTarget { request, output: checked(output.join(id))? })
    };
    config.audiences.list.iter().map(|item| target(&item.id, item.base_url.is_some())).collect()
}

/// The sites in a folder of the sites of audiences that are none of these targets: those of
/// audiences that are no more.
pub(super) fn left_sites(folder: &Path, targets: &[BuildTarget]) -> Vec<PathBuf> {
    let inside = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let sites = inside.map(|entry| entry.path()).filter(|path| path.join(MANIFEST).is_file());
    // The target's folder may have links in its path.
    let is_target =
        |path: &PathBuf| targets.iter().any(|target| target.output.file_name() == path.file_name());
    let mut left: Vec<PathBuf> = sites.filter(|path| !is_target(path)).collect();
    left.sort();
    left
}

/// Fails if an audience is not declared, before anything is built for it.
pub(super) fn check_audience(config: &Config, name: &str) -> Result<(), Failure> {
    if config.audiences.find(name).is_some() {
        return Ok(());
    }
    let diagnostic = config.audiences.unknown(name);
    let ids: Value = config.audiences.list.iter().map(|item| item.id.as_str()).collect();
    let help = diagnostic.help.clone().unwrap_or_else(|| message!("unknown-audience.help"));
    Err(match config.audiences.list.is_empty() {
        true => message!("cli-unknown-audience", wrong = diagnostic.message.clone(), help = help),
        false => {
            message!("cli-unknown-audience-of", wrong = diagnostic.message.clone(), known = ids, help = help)
        }
    })
}

/// The project and its sources, for a command that builds one site in memory.
pub(super) fn read(common: &Common) -> Result<(Project, Sources), Failure> {
    let project = common.project()?;
    let cache = cache::open(common, &project, [], false);
    let project = project.with_cache(cache.handle());
    let sources = project.read();
    if let Some(name) = &common.audience {
        check_audience(&config(&sources), name)?;
    }
    Ok((project, sources))
}

/// The site of a command that prints rows of its own. Errors and warnings go to standard
/// error, in the handbook's language; for an audience, only those about what it may see.
pub(super) fn build_aside(common: &Common, sources: &Sources) -> Result<Build, Failure> {
    let build = Builder::new().build(sources, &common.request()?);
    common.use_language_of(&build.site.handbook);
    let seen: HashSet<&str> =
        build.site.handbook.chapters.iter().map(|chapter| &*chapter.source.path).collect();
    let paths = sources.chapters.iter().map(|source| &*source.path);
    let withheld: HashSet<&str> =
        paths.filter(|path| common.audience.is_some() && !seen.contains(path)).collect();
    let is_withheld =
        |diagnostic: &Diagnostic| diagnostic.path.as_deref().is_some_and(|path| withheld.contains(path));
    let told = build.diagnostics.iter();
    let told = told.filter(|diagnostic| matches!(diagnostic.level, Level::Error | Level::Warning));
    let told: Vec<Diagnostic> = told.filter(|diagnostic| !is_withheld(diagnostic)).cloned().collect();
    output::print_diagnostics_aside(common, &told, sources)?;
    Ok(build)
}

/// The settings alone; the build reports their diagnostics.
pub(super) fn config(sources: &Sources) -> Config {
    handbook::builder::config(sources).value
}

/// The diagnostics of all sites, each once. The same diagnostic of several audiences becomes one that
/// names them.
pub(super) fn merge_diagnostics(handbook: &Handbook, sites: &[&[Diagnostic]]) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = Vec::new();
    let mut places = HashMap::new();
    for diagnostic in sites.iter().copied().flatten() {
        let place =
            (diagnostic.rule, diagnostic.path.clone(), diagnostic.span.clone(), diagnostic.message.clone());
        let at = *places.entry(place).or_insert(all.len());
        let Some(known) = all.get_mut(at) else {
            all.push(diagnostic.clone());
            continue;
        };
        for audience in &diagnostic.audiences {
            if !known.audiences.contains(audience) {
                known.audiences.push(Arc::clone(audience));
            }
        }
    }
    handbook.apply_severities(all)
}

/// The chapter with an id, a title or a file name.
pub(super) fn find_chapter<'a>(sources: &'a Sources, name: &str) -> Result<&'a Source, Failure> {
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
