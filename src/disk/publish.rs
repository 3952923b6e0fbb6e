//! Writing a site into its folder, so that the folder is always a whole site.
//!
//! Pages are rendered into a staging folder inside the output folder; only when
//! all are there does each move to its place by a rename. A page whose bytes
//! are there already is not written. A manifest lists what handbook wrote, for
//! whom, and the fingerprint of each file. What it does not list, or lists with
//! another fingerprint, is neither overwritten nor removed.
//!
//! With [`Options::precompress`], texts get compressed copies beside them.

mod commit;
mod contents;
mod copies;
mod leftovers;
mod manifest;
pub(crate) mod order;
pub(crate) mod origin;
mod outcome;
mod ownership;
pub(super) mod rights;
mod stage;
mod target;

pub use manifest::MANIFEST;
#[cfg(feature = "publish")]
pub(crate) use manifest::{VERSION, is_plain};
pub use origin::Consent;
pub use outcome::{Differences, Publication, PublishError};
pub use ownership::check_output;
pub use target::Target;

use super::Project;
use crate::site::Site;
use commit::Commit;
use leftovers::Leftovers;
use manifest::Manifest;
use origin::{Origin, Standing};
use ownership::{PathState, check_ownership, lock};
use stage::Run;
use std::fs;
use std::path::Path;

const STAGING: &str = ".handbook-staging";

/// What is written besides the site itself, and over what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Compressed copies beside texts, for servers that send them as they lie.
    pub precompress: bool,
    /// What is no slip.
    pub consent: Consent,
}

/// Writes a site into `output`, as [`check_output`] gave it back.
/// `progress` is called after each page with the number done.
///
/// # Errors
/// See [`PublishError`]; the folder then holds what it held before.
pub fn publish(
    site: &Site,
    project: &Project,
    output: &Path,
    options: Options,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Publication, PublishError> {
    let disk = |path: &Path| {
        let path = path.to_owned();
        move |error| PublishError::Disk(path, error)
    };
    fs::create_dir_all(output).map_err(disk(output))?;
    let _lock = lock(output)?;
    let (old, origin) = standing(site, project, output, options)?;
    let staging = output.join(STAGING);
    let _ = fs::remove_dir_all(&staging);
    fs::create_dir(&staging).map_err(disk(&staging))?;
    let run = Run::new(site, project, output, options, Some(&staging), &old, progress);
    let result = run.stage().and_then(|staged| {
        let left = Leftovers::of(&old, output, &staged);
        Commit::new(output, &staging, &old, &left, Manifest::of(origin, &staged, site)).run(&staged)
    });
    let cleaned = fs::remove_dir_all(&staging).map_err(disk(&staging));
    let publication = result?;
    cleaned?;
    Ok(publication)
}

/// What [`publish`] would do; writes nothing.
///
/// # Errors
/// As [`publish`].
pub fn compare(
    site: &Site,
    project: &Project,
    output: &Path,
    options: Options,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Differences, PublishError> {
    let (old, _) = standing(site, project, output, options)?;
    let staged = Run::new(site, project, output, options, None, &old, progress).stage()?;
    let mut differences = Differences::default();
    for page in &staged {
        match (&page.file, &page.state) {
            (None, _) => differences.unchanged += 1,
            (Some(_), PathState::Ours) => differences.changed.push(page.address.to_string()),
            (Some(_), _) => differences.added.push(page.address.to_string()),
        }
    }
    differences.added.sort_unstable();
    differences.changed.sort_unstable();
    let left = Leftovers::of(&old, output, &staged);
    differences.removed = left.ours.into_keys().collect();
    differences.diagnostics = left.diagnostics;
    Ok(differences)
}

/// Whether [`publish`] would begin: what it refuses before it makes a page.
///
/// # Errors
/// As [`publish`].
pub fn look(site: &Site, project: &Project, output: &Path, options: Options) -> Result<(), PublishError> {
    standing(site, project, output, options).map(drop)
}

/// What stands in a folder, and what is to stand there.
fn standing(
    site: &Site,
    project: &Project,
    output: &Path,
    options: Options,
) -> Result<(Manifest, Origin), PublishError> {
    let origin = Origin::of(site, project);
    for folder in output.ancestors().skip(1) {
        let Ok(Some(outer)) = Manifest::read(folder) else { continue };
        let standing = Standing::new(outer.origin.as_ref(), std::iter::empty(), &site.handbook);
        let place = folder.display().to_string();
        if let Some(stop) = standing.encloses(&origin, &site.handbook, options.consent, &place) {
            return Err(PublishError::Diagnostics(vec![stop]));
        }
    }
    let Some(old) = check_ownership(output)? else { return Ok((Manifest::default(), origin)) };
    let files = old.files.iter().map(|(name, listed)| (name.as_str(), listed.chapter));
    let standing = Standing::new(old.origin.as_ref(), files, &site.handbook);
    let place = output.display().to_string();
    let stops = standing.stops(&origin, &site.handbook, options.consent, &place);
    if stops.is_empty() { Ok((old, origin)) } else { Err(PublishError::Diagnostics(stops)) }
}
