//! The files below a folder, folder by folder. To look again costs one `stat` for each
//! folder, and a listing of those that changed.
//!
//! Only plain trees are listed so. A link, a device, a name that is not Unicode or that
//! changes the direction of writing, or any error: then the whole is left to `walk`, which
//! reports it.

use super::incremental::Stamp;
use super::name::Zone;
use super::{MAX_DEPTH, is_chapter};
use crate::text::turns_writing;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// A folder with all files and folders below it.
#[derive(Debug, Clone)]
pub(super) struct Listing {
    stamp: Stamp,
    files: Arc<[String]>,
    folders: Vec<(String, Self)>,
}

impl Listing {
    /// Lists a folder; what has not changed since `last` is taken from there. `None`
    /// where `walk` must do it.
    pub(super) fn new(folder: &Path, skipped: &[PathBuf], last: Option<&Self>) -> Option<Self> {
        Self::below(folder, Zone::Content, skipped, last, 1)
    }

    fn below(
        folder: &Path,
        zone: Zone,
        skipped: &[PathBuf],
        last: Option<&Self>,
        depth: usize,
    ) -> Option<Self> {
        let stamp = Stamp::of(folder, SystemTime::now())?;
        let known = last.filter(|last| last.stamp.is_unchanged(&stamp));
        let (files, names) = match known {
            Some(known) => {
                (Arc::clone(&known.files), known.folders.iter().map(|(name, _)| name.clone()).collect())
            }
            None => list(folder, zone, skipped).map(|(files, folders)| (files.into(), folders))?,
        };
        if depth > MAX_DEPTH && !(files.is_empty() && names.is_empty()) {
            return None;
        }
        let mut folders = Vec::with_capacity(names.len());
        for name in names {
            let last = last.and_then(|last| last.folders.iter().find(|(known, _)| *known == name));
            let inner = zone.enter(name.as_ref(), true)?;
            let last = last.map(|(_, last)| last);
            let below = Self::below(&folder.join(&name), inner, skipped, last, depth + 1)?;
            folders.push((name, below));
        }
        Some(Self { stamp, files, folders })
    }

    /// Whether no folder has changed since `last`, so that the names are the same.
    pub(super) fn is_unchanged_since(&self, last: &Self) -> bool {
        last.stamp.is_unchanged(&self.stamp)
            && self.folders.len() == last.folders.len()
            && self.folders.iter().zip(&last.folders).all(|((_, new), (_, old))| new.is_unchanged_since(old))
    }

    /// Whether there is a file of this name, as there was when this was listed; `None` where it
    /// names a folder, or the names beside it are no longer the same.
    pub(super) fn still_has(&self, root: &Path, skipped: &[PathBuf], name: &str) -> Option<bool> {
        let (mut here, mut folder, mut zone) = (self, root.to_owned(), Zone::Content);
        let (parents, file) = name.rsplit_once('/').unwrap_or(("", name));
        for part in parents.split('/').filter(|part| !part.is_empty()) {
            here = &here.folders.iter().find(|(known, _)| known == part)?.1;
            zone = zone.enter(part.as_ref(), true)?;
            folder.push(part);
        }
        if here.folders.iter().any(|(known, _)| known == file) {
            return None;
        }
        let stamp = Stamp::of(&folder, SystemTime::now())?;
        // Many editors write a file beside the old one and put it in its place.
        if !here.stamp.is_unchanged(&stamp) {
            let (files, folders) = list(&folder, zone, skipped)?;
            let known_files = here.files.iter().map(String::as_str).collect::<HashSet<_>>();
            let known_folders = here.folders.iter().map(|(name, _)| name.as_str()).collect::<HashSet<_>>();
            let same = files.len() == known_files.len()
                && folders.len() == known_folders.len()
                && files.iter().all(|name| known_files.contains(name.as_str()))
                && folders.iter().all(|name| known_folders.contains(name.as_str()));
            if !same {
                return None;
            }
        }
        Some(here.files.iter().any(|known| known == file))
    }

    /// The names of all files, with `/`, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        self.collect_names("", &mut names);
        names.sort_unstable();
        names
    }

    fn collect_names(&self, prefix: &str, names: &mut Vec<String>) {
        names.extend(self.files.iter().map(|name| format!("{prefix}{name}")));
        for (name, folder) in &self.folders {
            folder.collect_names(&format!("{prefix}{name}/"), names);
        }
    }
}

/// Names of the files and folders directly in a folder.
fn list(folder: &Path, zone: Zone, skipped: &[PathBuf]) -> Option<(Vec<String>, Vec<String>)> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).ok()? {
        let entry = entry.ok()?;
        let (name, kind) = (entry.file_name(), entry.file_type().ok()?);
        // Of a link it is not known whether it is a folder.
        let read = |is_folder| zone.enter(&name, is_folder).is_some();
        let read = if kind.is_symlink() { read(true) || read(false) } else { read(kind.is_dir()) };
        if !read || skipped.contains(&entry.path()) {
            continue;
        }
        let name = name.into_string().ok()?;
        let odd = name.contains(turns_writing) || kind.is_dir() && is_chapter(&name);
        if odd || name.contains(std::path::MAIN_SEPARATOR) || name.contains('/') {
            return None;
        }
        match (kind.is_file(), kind.is_dir()) {
            (true, _) => files.push(name),
            (_, true) => folders.push(name),
            _ => return None,
        }
    }
    Some((files, folders))
}
