//! The moment in which a folder becomes the new site.
//!
//! Every step can be undone until the last file is in its place: what is
//! replaced or moved away is kept in the staging folder meanwhile. So an error
//! leaves the old site, byte for byte. A process that is killed cannot undo;
//! then the order of the steps keeps every page whole, and the manifest, which
//! lists old and new names and fingerprints together, lets the next run finish.

use super::leftovers::{Leftovers, is_gone, stays};
use super::manifest::{Listed, MANIFEST, Manifest};
use super::order::removal_order;
use super::ownership::PathState;
use super::rights;
use super::stage::Staged;
use super::{Publication, PublishError};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const FINAL: &str = "manifest";
const DURING: &str = "manifest-during";

/// A step that can be undone.
enum Done {
    /// This file was put where nothing was.
    Placed(PathBuf),
    /// What stood at the second path lies at the first.
    Replaced(PathBuf, PathBuf),
}

pub(super) struct Commit<'a> {
    output: &'a Path,
    staging: &'a Path,
    old: &'a Manifest,
    left: &'a Leftovers,
    new: Manifest,
    done: Vec<Done>,
}

impl<'a> Commit<'a> {
    pub(super) fn new(
        output: &'a Path,
        staging: &'a Path,
        old: &'a Manifest,
        left: &'a Leftovers,
        new: Manifest,
    ) -> Self {
        Self { output, staging, old, left, new, done: Vec::new() }
    }

    /// Moves the files to their places and takes away what is left over.
    pub(super) fn run(mut self, staged: &[Staged<'_>]) -> Result<Publication, PublishError> {
        let written = staged.iter().filter(|page| page.file.is_some()).count();
        let mut publication = Publication {
            written: written as u64,
            unchanged: (staged.len() - written) as u64,
            diagnostics: self.left.diagnostics.clone(),
            ..Publication::default()
        };
        for address in &self.left.others {
            self.keep(address);
        }
        // Both are written before anything moves: a full disk shows here.
        let differs = self.new != *self.old;
        if differs {
            self.write_list(DURING, &self.during(staged))?;
            self.write_list(FINAL, &self.new)?;
        }
        let moved = match self.place_all(staged, differs) {
            Ok(moved) => moved,
            Err((path, error)) => return Err(self.undo(path, error)),
        };
        let leftovers = self.left.ours.keys().filter(|address| !moved.contains(address.as_str()));
        let mut leftovers: Vec<&String> = leftovers.collect();
        leftovers.sort_by_cached_key(|address| removal_order(address));
        publication.removed = moved.len() as u64;
        let mut kept = false;
        for address in leftovers {
            match self.remove(address) {
                Ok(()) => publication.removed += 1,
                Err(error) if is_gone(&error) => {}
                Err(error) => {
                    publication.diagnostics.push(stays(&self.output.join(address), &error));
                    self.keep(address);
                    kept = true;
                }
            }
        }
        if kept {
            self.write_list(FINAL, &self.new)?;
        }
        if differs {
            let (path, list) = (self.output.join(MANIFEST), self.staging.join(FINAL));
            let placed = rights::keep(&path, &list).and_then(|()| fs::rename(list, &path));
            placed.map_err(|error| PublishError::Disk(path, error))?;
        }
        Ok(publication)
    }

    /// A leftover stays listed, or a later build would take it for another's.
    fn keep(&mut self, address: &str) {
        let hashes = match self.left.ours.get(address) {
            Some(hash) => vec![*hash],
            None => self.old.files.get(address).and_then(|listed| listed.hashes.clone()).unwrap_or_default(),
        };
        // Nobody counts it as a chapter that a later build takes away.
        self.new.files.insert(address.to_owned(), Listed::new(hashes, false));
    }

    /// The list that holds until all are in their places: old and new names, and
    /// the fingerprints that each may have meanwhile.
    fn during(&self, staged: &[Staged<'_>]) -> Cow<'_, Manifest> {
        let mut during = Cow::Borrowed(&self.new);
        for page in staged {
            let Some(old) = page.replaced else { continue };
            if let Some(listed) = during.to_mut().files.get_mut(&*page.address) {
                listed.hashes.get_or_insert_default().push(old);
            }
        }
        for (name, hash) in &self.left.ours {
            during.to_mut().files.insert(name.clone(), Listed::new(vec![*hash], false));
        }
        during
    }

    fn write_list(&self, name: &str, list: &Manifest) -> Result<(), PublishError> {
        let path = self.staging.join(name);
        fs::File::create(path)
            .and_then(|file| list.write(file))
            .map_err(|error| PublishError::Disk(self.output.join(MANIFEST), error))
    }

    /// Gives the old files that had to make room.
    fn place_all<'b>(
        &mut self,
        staged: &'b [Staged<'_>],
        differs: bool,
    ) -> Result<BTreeSet<&'b str>, (PathBuf, io::Error)> {
        if differs {
            let list = self.output.join(MANIFEST);
            self.place(&self.staging.join(DURING), &list, list.exists())?;
        }
        self.done.reserve_exact(staged.len() + 1);
        let mut moved = BTreeSet::new();
        for page in staged {
            let PathState::Blocked(names) = &page.state else { continue };
            for name in names {
                if self.move_away(&self.output.join(name))? {
                    moved.insert(name.as_str());
                }
            }
        }
        let mut folder = PathBuf::new();
        for page in staged {
            let Some(file) = page.file else { continue };
            let target = self.output.join(&*page.address);
            if let Some(parent) = target.parent().filter(|parent| *parent != folder) {
                fs::create_dir_all(parent).map_err(|error| (parent.to_owned(), error))?;
                folder = parent.to_owned();
            }
            self.place(&file.path(self.staging), &target, page.state == PathState::Ours)?;
        }
        Ok(moved)
    }

    fn place(&mut self, file: &Path, target: &Path, replaces: bool) -> Result<(), (PathBuf, io::Error)> {
        let failed = |error| (target.to_owned(), error);
        let backup = self.backup();
        if replaces {
            rights::keep(target, file).map_err(failed)?;
            // Not every file system has links.
            fs::hard_link(target, &backup)
                .or_else(|_| fs::copy(target, &backup).map(drop))
                .map_err(failed)?;
        }
        fs::rename(file, target).map_err(failed)?;
        self.done.push(match replaces {
            true => Done::Replaced(backup, target.to_owned()),
            false => Done::Placed(target.to_owned()),
        });
        Ok(())
    }

    /// False where it is gone already.
    fn move_away(&mut self, path: &Path) -> Result<bool, (PathBuf, io::Error)> {
        let backup = self.backup();
        match fs::rename(path, &backup) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err((path.to_owned(), error)),
            Ok(()) => {}
        }
        self.done.push(Done::Replaced(backup, path.to_owned()));
        self.remove_empty_folders(path);
        Ok(true)
    }

    fn backup(&self) -> PathBuf {
        self.staging.join(format!("old-{}", self.done.len()))
    }

    /// Puts everything back; gives the error that made it necessary.
    fn undo(&mut self, path: PathBuf, error: io::Error) -> PublishError {
        let mut failed = false;
        for step in std::mem::take(&mut self.done).into_iter().rev() {
            let undone = match step {
                Done::Placed(target) => {
                    let gone = fs::remove_file(&target);
                    self.remove_empty_folders(&target);
                    gone
                }
                Done::Replaced(backup, target) => {
                    if let Some(parent) = target.parent() {
                        let _ = fs::create_dir_all(parent);
                    }
                    fs::rename(backup, target)
                }
            };
            failed |= undone.is_err();
        }
        // The folder that could not be filled may have been made for it.
        self.remove_empty_folders(&path.join("x"));
        if failed { PublishError::HalfDone(path, error) } else { PublishError::Disk(path, error) }
    }

    fn remove(&self, address: &str) -> io::Result<()> {
        let path = self.output.join(address);
        fs::remove_file(&path)?;
        self.remove_empty_folders(&path);
        Ok(())
    }

    fn remove_empty_folders(&self, path: &Path) {
        let mut folder = path.parent();
        while let Some(empty) = folder.filter(|folder| {
            folder.starts_with(self.output) && *folder != self.output && fs::remove_dir(folder).is_ok()
        }) {
            folder = empty.parent();
        }
    }
}
