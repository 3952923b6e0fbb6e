//! The sites of one run: one, or one for each audience.

use super::{Common, Failure};
use handbook::builder::Request;
use handbook::config::Config;
use handbook::diagnostic::Diagnostic;
use handbook::disk::Project;
use handbook::disk::publish::{MANIFEST, check_output};
use handbook::handbook::Handbook;
use handbook::locale::Value;
use handbook::message;
use handbook::source::Sources;
use handbook::text::encode_path;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// A site that is asked for, and where it goes.
pub(super) struct Edition {
    pub(super) request: Request,
    pub(super) output: PathBuf,
}

/// The sites that the command line asks for.
pub(super) fn of(
    common: &Common,
    project: &Project,
    sources: &Sources,
    write: bool,
    all_audiences: bool,
) -> Result<Vec<Edition>, Failure> {
    let request = common.request()?;
    let output = common.output(project);
    let checked = |output: PathBuf| match write {
        true => check_output(project, &output).map_err(|error| error.message()),
        false => Ok(output),
    };
    if !all_audiences {
        if let Some(name) = &request.audience {
            known(&config(sources), name)?;
        }
        return Ok(vec![Edition { request, output: checked(output)? }]);
    }
    let config = config(sources);
    if config.audiences.list.is_empty() {
        return Err(message!("cli-no-audiences"));
    }
    if write && output.join(MANIFEST).exists() {
        return Err(message!("cli-site-in-the-way", folder = output.as_path()));
    }
    let edition = |id: &String, own: bool| {
        let mut request = request.clone();
        request.audience = Some(id.clone());
        let base = request.base_url.take();
        let above = base.or_else(|| config.base_url.clone().filter(|_| !own));
        request.base_url = above.map(|base| format!("{base}{}/", encode_path(id)));
        Ok(Edition { request, output: checked(output.join(id))? })
    };
    config.audiences.list.iter().map(|one| edition(&one.id, one.base_url.is_some())).collect()
}

/// Refuses an audience that is not declared, before anything is read for it.
pub(super) fn known(config: &Config, name: &str) -> Result<(), Failure> {
    if config.audiences.find(name).is_some() {
        return Ok(());
    }
    let found = config.audiences.unknown(name);
    let ids: Value = config.audiences.list.iter().map(|one| one.id.as_str()).collect();
    let help = found.help.unwrap_or_else(|| message!("unknown-audience.help"));
    Err(match config.audiences.list.is_empty() {
        true => message!("cli-unknown-audience", wrong = found.message, help = help),
        false => message!("cli-unknown-audience-of", wrong = found.message, known = ids, help = help),
    })
}

/// The settings alone; what is wrong with them is found again by the build.
pub(super) fn config(sources: &Sources) -> Config {
    handbook::builder::config(sources).value
}

/// The findings of all sites, each once; what is wrong with several audiences at
/// one place is one finding.
pub(super) fn findings(handbook: &Handbook, sites: &[&[Diagnostic]]) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = Vec::new();
    let mut places = HashMap::new();
    for found in sites.iter().copied().flatten() {
        let place = (found.rule, found.path.clone(), found.span.clone(), found.message.clone());
        let at = *places.entry(place).or_insert(all.len());
        let Some(known) = all.get_mut(at) else {
            all.push(found.clone());
            continue;
        };
        for audience in &found.audiences {
            if !known.audiences.contains(audience) {
                known.audiences.push(Arc::clone(audience));
            }
        }
    }
    handbook.judge(all)
}
