//! Ownership of the output folder: which files may be written, overwritten and removed.
//!
//! Everything here runs before anything is written, so that a refusal leaves
//! the folder as it was.

use super::manifest::Manifest;
use super::{PublishError, STAGING};
use crate::disk::{Project, absolute};
use crate::message;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Refuses an output folder that would endanger the sources.
///
/// # Errors
/// Why not.
pub fn check_output(project: &Project, output: &Path) -> Result<PathBuf, PublishError> {
    let output = absolute(output).map_err(|error| PublishError::Disk(output.to_owned(), error))?;
    let refuse = |message| Err(PublishError::Refused(message));
    let folder = output.as_path();
    if project.content.starts_with(&output) {
        return refuse(message!("publish-output-above-chapters", folder = folder));
    }
    if output.starts_with(&project.content) && !project.is_bare() {
        return refuse(message!("publish-output-in-content", folder = folder));
    }
    if ["themes", "src", "editions", ".git"].iter().any(|name| output.starts_with(project.root.join(name))) {
        return refuse(message!("publish-output-in-own-files", folder = folder));
    }
    if output.exists() && !output.is_dir() {
        return refuse(message!("publish-output-is-a-file", folder = folder));
    }
    Ok(output)
}

/// The manifest of the earlier build that wrote the folder, if one did. Refuses a folder that
/// holds other files.
pub(super) fn check_ownership(output: &Path) -> Result<Option<Manifest>, PublishError> {
    check_staging(&output.join(STAGING))?;
    if let Some(manifest) = Manifest::read(output)? {
        return Ok(Some(manifest));
    }
    let Ok(mut entries) = fs::read_dir(output) else { return Ok(None) };
    match entries.find_map(|entry| entry.ok().map(|entry| entry.file_name()).filter(|name| name != STAGING)) {
        None => Ok(None),
        Some(name) => {
            let is_site = Manifest::read(&output.join(&name)).is_ok_and(|manifest| manifest.is_some());
            let file = name.to_string_lossy();
            Err(PublishError::Refused(match is_site {
                true => message!("publish-holds-sites", folder = output, file = file),
                false => message!("publish-holds-others", folder = output, file = file),
            }))
        }
    }
}

/// Refuses to clear away a staging folder that is not a build's leftover.
fn check_staging(staging: &Path) -> Result<(), PublishError> {
    let Ok(data) = fs::symlink_metadata(staging) else { return Ok(()) };
    let foreign = if data.is_dir() {
        let entries = fs::read_dir(staging).map_err(|error| PublishError::Disk(staging.to_owned(), error))?;
        let is_ours = |entry: &fs::DirEntry| {
            let name = entry.file_name();
            let name = name.to_str().unwrap_or("");
            let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
            let number = stem.strip_prefix("old-").unwrap_or(stem);
            let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            numbered || matches!(name, "manifest" | "manifest-during")
        };
        entries.filter_map(Result::ok).find(|entry| !is_ours(entry)).map(|entry| entry.path())
    } else {
        Some(staging.to_owned())
    };
    foreign.map_or(Ok(()), |path| {
        Err(PublishError::Refused(message!("publish-staging-taken", path = path.as_path())))
    })
}

/// Refuses folders of these addresses that are links: they lead to what is not
/// the site's.
pub(super) fn refuse_links<'a>(
    output: &Path,
    addresses: impl Iterator<Item = &'a str>,
) -> Result<(), PublishError> {
    let above = |address: &'a str| address.match_indices('/').map(move |(at, _)| &address[..at]);
    let folders: BTreeSet<&str> = addresses.flat_map(above).collect();
    let is_link =
        |folder: &&&str| fs::symlink_metadata(output.join(folder)).is_ok_and(|data| data.is_symlink());
    folders.iter().find(is_link).map_or(Ok(()), |folder| Err(link(&output.join(folder))))
}

fn link(path: &Path) -> PublishError {
    PublishError::Refused(message!("publish-link", path = path))
}

/// Keeps a second build out of the same folder until the first is done.
pub(super) fn lock(output: &Path) -> Result<Option<fs::File>, PublishError> {
    let Ok(folder) = fs::File::open(output) else { return Ok(None) };
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(fs::TryLockError::WouldBlock) => {
            Err(PublishError::Refused(message!("publish-locked", folder = output)))
        }
        // Some file systems know no locks on folders; a build works without.
        Err(fs::TryLockError::Error(_)) => Ok(None),
    }
}

/// What is at a path of the output folder before the build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PathState {
    /// Nothing.
    Free,
    /// A file that an earlier build wrote.
    Ours,
    /// Such files are where this one needs a folder, or in a folder of its name. They must be
    /// moved away first.
    Blocked(Vec<String>),
}

impl Manifest {
    /// Looks at a path; refuses to touch what handbook did not write.
    pub(super) fn path_state(&self, output: &Path, address: &str) -> Result<PathState, PublishError> {
        let target = output.join(address);
        match fs::symlink_metadata(&target) {
            Ok(data) if data.is_dir() => return self.folder_in_the_way(output, address, &target),
            Ok(data) if data.is_symlink() => return Err(link(&target)),
            Ok(_) if self.files.contains_key(address) => return Ok(PathState::Ours),
            Ok(_) => return Err(foreign(&target)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(PathState::Free),
            Err(_) => {}
        }
        // Something above it is no folder.
        let above = address.match_indices('/').map(|(at, _)| &address[..at]);
        for name in above {
            let path = output.join(name);
            if fs::metadata(&path).is_ok_and(|data| data.is_dir()) {
                continue;
            }
            if fs::symlink_metadata(&path).is_ok() {
                return self.movable(output, name).map(|name| PathState::Blocked(vec![name]));
            }
        }
        Ok(PathState::Free)
    }

    fn folder_in_the_way(
        &self,
        output: &Path,
        address: &str,
        folder: &Path,
    ) -> Result<PathState, PublishError> {
        let mut ours = Vec::new();
        for entry in walkdir::WalkDir::new(folder).into_iter() {
            let entry = entry.map_err(|error| PublishError::Disk(folder.to_owned(), error.into()))?;
            if entry.file_type().is_dir() {
                continue;
            }
            let name = entry.path().strip_prefix(output).ok().and_then(Path::to_str);
            let name = name.map(|name| name.replace(std::path::MAIN_SEPARATOR, "/"));
            ours.push(self.movable(output, &name.ok_or_else(|| foreign(entry.path()))?)?);
        }
        if ours.is_empty() {
            return Err(foreign(&output.join(address)));
        }
        Ok(PathState::Blocked(ours))
    }

    /// The name of a file that stands in the way, if handbook wrote it.
    fn movable(&self, output: &Path, name: &str) -> Result<String, PublishError> {
        let path = output.join(name);
        match self.own(output, name) {
            Ok(Some(_)) => Ok(name.to_owned()),
            Ok(None) => Err(foreign(&path)),
            Err(error) => Err(PublishError::Disk(path, error)),
        }
    }
}

fn foreign(path: &Path) -> PublishError {
    PublishError::Refused(message!("publish-foreign", path = path))
}
