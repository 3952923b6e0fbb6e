//! What an earlier build wrote and is no part of the site any more.

use super::manifest::{MANIFEST, Manifest};
use super::stage::Staged;
use crate::diagnostic::Diagnostic;
use crate::message;
use crate::rule;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::Path;

/// What is to go, and what is not handbook's to remove.
pub(super) struct Leftovers {
    /// Files that hold what handbook wrote, with their fingerprints.
    pub(super) ours: BTreeMap<String, u128>,
    /// Files that somebody changed, or that cannot be read.
    pub(super) others: Vec<String>,
    /// Says why they stay.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Leftovers {
    pub(super) fn of(old: &Manifest, output: &Path, staged: &[Staged<'_>]) -> Self {
        let new: HashSet<&str> = staged.iter().map(|file| &*file.address).collect();
        let mut left = Self { ours: BTreeMap::new(), others: Vec::new(), diagnostics: Vec::new() };
        for address in old.files.keys().filter(|address| !new.contains(address.as_str())) {
            let path = output.join(address);
            if fs::symlink_metadata(&path).is_err_and(|error| is_gone(&error)) {
                continue;
            }
            match old.own(output, address) {
                Ok(Some(hash)) if old.is_sure(output, address) => {
                    left.ours.insert(address.clone(), hash);
                    continue;
                }
                Ok(_) => left.diagnostics.push(changed(&path)),
                Err(error) => left.diagnostics.push(stays(&path, &error)),
            }
            left.others.push(address.clone());
        }
        left
    }
}

/// Whether nothing stands there.
pub(super) fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn changed(path: &Path) -> Diagnostic {
    Diagnostic::new(&rule::CHANGED_OUTPUT, message!("changed-output-left", place = path))
        .help(message!("changed-output-left.help", manifest = MANIFEST))
}

/// The diagnostic for a file that should be gone.
pub(super) fn stays(path: &Path, error: &io::Error) -> Diagnostic {
    let message = message!("not-removed", path = path, reason = error);
    Diagnostic::new(&rule::NOT_REMOVED, message).help(message!("not-removed.help"))
}
