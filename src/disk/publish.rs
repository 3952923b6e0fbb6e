//! Writing a site into its folder, so that the folder is always a whole site.
//!
//! Pages are rendered into a staging folder inside the output folder; only when
//! all are there does each move to its place by a rename. A page whose bytes
//! are there already is not written. A manifest lists what handbook wrote, and
//! nothing that it does not list is ever overwritten or removed.
//!
//! With [`Options::precompress`], texts get compressed copies beside them.

mod copies;

use super::Project;
use crate::diagnostic::Diagnostic;
use crate::site::{Output, Site};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// File that lists what handbook wrote.
pub const MANIFEST: &str = ".handbook-manifest.json";
const STAGING: &str = ".handbook-staging";

/// What publishing did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Publication {
    /// Files written.
    pub written: u64,
    /// Files that were there already, byte for byte.
    pub unchanged: u64,
    /// Files of an earlier build that were removed.
    pub removed: u64,
}

/// What is written besides the site itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Compressed copies beside texts, for servers that send them as they lie.
    pub precompress: bool,
}

/// Why nothing was published.
#[derive(Debug)]
pub enum PublishError {
    /// The folder must not be used; the words say why and what to do.
    Refused(String),
    /// The disk failed at this path.
    Disk(PathBuf, io::Error),
    /// Templates failed.
    Theme(Vec<Diagnostic>),
}

impl std::fmt::Display for PublishError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(words) => f.write_str(words),
            Self::Disk(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Theme(found) => write!(f, "{} templates failed", found.len()),
        }
    }
}

impl std::error::Error for PublishError {}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Manifest {
    generator: String,
    files: BTreeSet<String>,
}

impl Manifest {
    fn read(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(folder.join(MANIFEST)).ok()?;
        let mut manifest: Self = serde_json::from_str(&text).ok()?;
        manifest.files.retain(|name| is_plain(name));
        Some(manifest)
    }

    fn text(files: &BTreeSet<String>) -> String {
        let manifest = Self { generator: "handbook".to_owned(), files: files.clone() };
        let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// A relative path without `..`: a manifest is a file that anyone may edit.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Refuses an output folder that would endanger the sources.
///
/// # Errors
/// Words that say why.
pub fn check_output(project: &Project, output: &Path) -> Result<PathBuf, PublishError> {
    let output = absolute(output).map_err(|error| PublishError::Disk(output.to_owned(), error))?;
    let refuse = |why: &str| {
        let help = "choose another folder with --output, e.g. --output site";
        Err(PublishError::Refused(format!(
            "{} cannot be the output folder: {why}\n  {help}",
            output.display()
        )))
    };
    if project.content.starts_with(&output) {
        return refuse("the chapters lie in it");
    }
    if output.starts_with(&project.content) && !project.is_bare() {
        return refuse("it lies inside the content folder");
    }
    if ["themes", "src", ".git"].iter().any(|name| output.starts_with(project.root.join(name))) {
        return refuse("it lies inside a folder of the project's own files");
    }
    if output.exists() && !output.is_dir() {
        return refuse("a file stands in its place");
    }
    Ok(output)
}

/// An absolute path with its existing part freed of links.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let full = std::path::absolute(path)?;
    let mut clean = PathBuf::new();
    for part in full.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            part => clean.push(part),
        }
        if let Ok(real) = clean.canonicalize() {
            clean = real;
        }
    }
    Ok(clean)
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
    let old = claim(output)?;
    let staging = output.join(STAGING);
    let _ = fs::remove_dir_all(&staging);
    fs::create_dir(&staging).map_err(disk(&staging))?;
    let addresses = site.addresses();
    let count = AtomicU64::new(0);
    let run =
        Run { site, project, output, options, addresses, staging: &staging, old: &old, count, progress };
    let result = run.stage().and_then(|staged| run.commit(staged));
    let cleaned = fs::remove_dir_all(&staging).map_err(disk(&staging));
    let publication = result?;
    cleaned?;
    Ok(publication)
}

/// What an earlier build wrote there; refuses a folder that holds other things.
fn claim(output: &Path) -> Result<Manifest, PublishError> {
    if let Some(manifest) = Manifest::read(output) {
        return Ok(manifest);
    }
    let Ok(mut entries) = fs::read_dir(output) else { return Ok(Manifest::default()) };
    match entries.find_map(|entry| entry.ok().map(|entry| entry.file_name()).filter(|name| name != STAGING)) {
        None => Ok(Manifest::default()),
        Some(name) => Err(PublishError::Refused(format!(
            "{} holds files that handbook did not write (e.g. {}), so nothing was touched\n  \
             choose an empty or new folder with --output, or empty this one yourself",
            output.display(),
            name.to_string_lossy()
        ))),
    }
}

/// Keeps a second build out of the same folder until the first is done.
fn lock(output: &Path) -> Result<Option<fs::File>, PublishError> {
    let Ok(folder) = fs::File::open(output) else { return Ok(None) };
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(fs::TryLockError::WouldBlock) => Err(PublishError::Refused(format!(
            "another handbook is just writing to {}; run this one again when it is done",
            output.display()
        ))),
        // Some file systems know no locks on folders; a build works without.
        Err(fs::TryLockError::Error(_)) => Ok(None),
    }
}

struct Run<'a> {
    site: &'a Site,
    project: &'a Project,
    output: &'a Path,
    options: Options,
    /// All addresses of the site, sorted.
    addresses: Vec<&'a str>,
    staging: &'a Path,
    old: &'a Manifest,
    count: AtomicU64,
    progress: &'a (dyn Fn(u64) + Sync),
}

/// A file of the new site.
struct Staged {
    address: String,
    /// Where it waits; `None` where it stands in its place already.
    file: Option<PathBuf>,
}

impl Run<'_> {
    /// Renders every page; gives all files in order, each after its copies: so
    /// a run that is cut off never leaves a page with a copy of another text.
    fn stage(&self) -> Result<Vec<Staged>, PublishError> {
        let theme: Mutex<Vec<Diagnostic>> = Mutex::new(Vec::new());
        let staged: Result<Vec<Vec<Staged>>, PublishError> = self
            .addresses
            .par_iter()
            .enumerate()
            .map(|(at, address)| {
                let done = self.stage_one(at, address, &theme);
                (self.progress)(self.count.fetch_add(1, Ordering::Relaxed) + 1);
                done
            })
            .collect();
        let mut failed = theme.into_inner().unwrap_or_default();
        if !failed.is_empty() {
            failed.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
            failed.dedup();
            return Err(PublishError::Theme(failed));
        }
        Ok(staged?.into_iter().flatten().collect())
    }

    fn stage_one(
        &self,
        at: usize,
        address: &str,
        theme: &Mutex<Vec<Diagnostic>>,
    ) -> Result<Vec<Staged>, PublishError> {
        let target = self.output.join(address);
        let exists = self.is_ours(address, &target)?;
        let mut waiting = Some(self.staging.join(at.to_string()));
        let disk = |error| PublishError::Disk(target.clone(), error);
        let copies = match self.site.render(address) {
            None => return Ok(Vec::new()),
            Some(Err(found)) => {
                if let Ok(mut failed) = theme.lock() {
                    failed.push(found);
                }
                return Ok(Vec::new());
            }
            Some(Ok(Output::Bytes(bytes))) => {
                if exists && same_bytes(&target, &bytes) {
                    waiting = None;
                }
                if let Some(file) = &waiting {
                    fs::write(file, &bytes).map_err(disk)?;
                }
                self.copies(at, address, &bytes)?
            }
            Some(Ok(Output::File(name))) => {
                let source = self.project.content.join(&*name);
                let failed = |error| PublishError::Disk(source.clone(), error);
                if exists && same_file(&source, &target) {
                    waiting = None;
                }
                if let Some(file) = &waiting {
                    copy(&source, file).map_err(failed)?;
                }
                self.copies_of_file(at, address, &source)?
            }
        };
        let page = Staged { address: address.to_owned(), file: waiting };
        Ok(copies.into_iter().chain([page]).collect())
    }

    /// Whether an earlier build wrote what stands there; false for nothing.
    fn is_ours(&self, address: &str, target: &Path) -> Result<bool, PublishError> {
        let exists = fs::symlink_metadata(target).is_ok();
        if exists && !self.old.files.contains(address) {
            return Err(PublishError::Refused(format!(
                "{} was not written by handbook and would be overwritten; nothing was touched\n  \
                 move it away, or choose another folder with --output",
                target.display()
            )));
        }
        Ok(exists)
    }

    /// Moves the files to their places and takes away what is left over.
    fn commit(&self, staged: Vec<Staged>) -> Result<Publication, PublishError> {
        let new: BTreeSet<String> = staged.iter().map(|one| one.address.clone()).collect();
        let written = staged.iter().filter(|one| one.file.is_some()).count();
        let mut publication =
            Publication { written: written as u64, unchanged: (new.len() - written) as u64, removed: 0 };
        if new != self.old.files {
            // Until all is done, both lists together: a run that is cut off
            // must not leave files that the next one takes for another's.
            self.write_manifest(&self.old.files.union(&new).cloned().collect())?;
        }
        let mut folder = PathBuf::new();
        for page in staged {
            let Some(file) = page.file else { continue };
            let target = self.output.join(&page.address);
            if let Some(parent) = target.parent().filter(|parent| *parent != folder) {
                fs::create_dir_all(parent).map_err(|error| PublishError::Disk(parent.to_owned(), error))?;
                folder = parent.to_owned();
            }
            fs::rename(&file, &target).map_err(|error| PublishError::Disk(target, error))?;
        }
        for leftover in self.old.files.difference(&new) {
            publication.removed += u64::from(self.remove(leftover));
        }
        if new != self.old.files {
            self.write_manifest(&new)?;
        }
        Ok(publication)
    }

    fn remove(&self, address: &str) -> bool {
        let path = self.output.join(address);
        let removed = fs::remove_file(&path).is_ok();
        let mut folder = path.parent();
        while let Some(empty) =
            folder.filter(|folder| *folder != self.output && fs::remove_dir(folder).is_ok())
        {
            folder = empty.parent();
        }
        removed
    }

    fn write_manifest(&self, files: &BTreeSet<String>) -> Result<(), PublishError> {
        let path = self.output.join(MANIFEST);
        let waiting = self.staging.join("manifest");
        fs::write(&waiting, Manifest::text(files))
            .and_then(|()| fs::rename(&waiting, &path))
            .map_err(|error| PublishError::Disk(path, error))
    }
}

fn same_bytes(path: &Path, bytes: &[u8]) -> bool {
    let same_size = fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() == bytes.len() as u64);
    same_size && fs::read(path).is_ok_and(|there| there == bytes)
}

fn same_file(source: &Path, target: &Path) -> bool {
    let size = |path: &Path| fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|data| data.len());
    match (size(source), size(target)) {
        (Some(a), Some(b)) if a == b => equal_contents(source, target).unwrap_or(false),
        _ => false,
    }
}

fn equal_contents(a: &Path, b: &Path) -> io::Result<bool> {
    use std::io::BufRead;
    let mut a = io::BufReader::with_capacity(1 << 16, fs::File::open(a)?);
    let mut b = io::BufReader::with_capacity(1 << 16, fs::File::open(b)?);
    loop {
        let (left, right) = (a.fill_buf()?, b.fill_buf()?);
        let length = left.len().min(right.len());
        if length == 0 {
            return Ok(left.len() == right.len());
        }
        if left[..length] != right[..length] {
            return Ok(false);
        }
        a.consume(length);
        b.consume(length);
    }
}

/// Copies the contents only: a read-only source must not make a page that the
/// next build cannot replace.
fn copy(source: &Path, target: &Path) -> io::Result<()> {
    let mut reader = fs::File::open(source)?;
    let mut writer = fs::File::create(target)?;
    io::copy(&mut reader, &mut writer).map(drop)
}
