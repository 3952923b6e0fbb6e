//! Writing a site into its folder, so that the folder is always a whole site.
//!
//! Pages are rendered into a staging folder inside the output folder; only when
//! all are there does each move to its place by a rename. A page whose bytes
//! are there already is not written. A manifest lists what handbook wrote, and
//! nothing that it does not list is ever overwritten or removed.
//!
//! With [`Options::precompress`], texts get compressed copies beside them.

mod claim;
mod commit;
mod copies;
pub(crate) mod order;

pub(crate) use claim::is_plain;
pub use claim::{MANIFEST, check_output};

use super::Project;
use crate::diagnostic::Diagnostic;
use crate::site::{Output, Site};
use claim::{Manifest, Place, claim, lock};
use commit::Commit;
use order::turn;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

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

/// In what a site differs from what stands in a folder or a store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Differences {
    /// Addresses at which nothing stands yet, sorted.
    pub added: Vec<String>,
    /// Addresses at which something else stands, sorted.
    pub changed: Vec<String>,
    /// What an earlier build wrote and is no part of the site, sorted.
    pub removed: Vec<String>,
    /// Files that are there already, byte for byte.
    pub unchanged: u64,
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
    /// The disk failed at this path; the folder is as it was.
    Disk(PathBuf, io::Error),
    /// The disk failed at this path, and then again when the old site was put
    /// back. Both are whole page by page; the next run finishes.
    HalfDone(PathBuf, io::Error),
    /// Templates failed.
    Theme(Vec<Diagnostic>),
}

impl std::fmt::Display for PublishError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(words) => f.write_str(words),
            Self::Disk(path, error) => {
                write!(f, "{}: {error}\n  {}", path.display(), advice(error))
            }
            Self::HalfDone(path, error) => write!(
                f,
                "{}: {error}\n  some pages are new and some are old; mend the disk and run this again",
                path.display()
            ),
            Self::Theme(found) => write!(f, "{} templates failed", found.len()),
        }
    }
}

impl std::error::Error for PublishError {}

/// What a person can do about a failing disk.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full: the site is as it was; make room and run this again",
        io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "a quota or limit is reached: the site is as it was; raise it or make room, and run this again"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "nothing may be written there: the site is as it was; ask for the right to write, or choose another folder"
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory => {
            "something is in the way: the site is as it was; move it away, or choose another folder"
        }
        _ => "the site is as it was",
    }
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
    let run = Run::new(site, project, output, options, Some(&staging), &old, progress);
    let result = run.stage().and_then(|staged| Commit::new(output, &staging, &old).run(&staged));
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
    let old = claim(output)?;
    let staged = Run::new(site, project, output, options, None, &old, progress).stage()?;
    let mut found = Differences::default();
    for one in &staged {
        match (&one.file, &one.place) {
            (None, _) => found.unchanged += 1,
            (Some(_), Place::Ours) => found.changed.push(one.address.clone()),
            (Some(_), _) => found.added.push(one.address.clone()),
        }
    }
    found.added.sort_unstable();
    found.changed.sort_unstable();
    let new: BTreeSet<&str> = staged.iter().map(|one| one.address.as_str()).collect();
    let left = old.files.iter().filter(|name| !new.contains(name.as_str()) && output.join(name).exists());
    found.removed = left.cloned().collect();
    Ok(found)
}

struct Run<'a> {
    site: &'a Site,
    project: &'a Project,
    output: &'a Path,
    options: Options,
    /// All addresses of the site, sorted.
    addresses: Vec<&'a str>,
    /// `None` where nothing is written.
    staging: Option<&'a Path>,
    old: &'a Manifest,
    count: AtomicU64,
    progress: &'a (dyn Fn(u64) + Sync),
}

/// A file of the new site.
struct Staged {
    address: String,
    /// Where it waits; `None` where it stands in its place already.
    file: Option<PathBuf>,
    place: Place,
}

impl<'a> Run<'a> {
    fn new(
        site: &'a Site,
        project: &'a Project,
        output: &'a Path,
        options: Options,
        staging: Option<&'a Path>,
        old: &'a Manifest,
        progress: &'a (dyn Fn(u64) + Sync),
    ) -> Self {
        let addresses = site.addresses();
        Self { site, project, output, options, addresses, staging, old, count: AtomicU64::new(0), progress }
    }

    /// Renders every page; gives all files in the order in which they move,
    /// each after its copies: so a run that is cut off never leaves a page with
    /// a copy of another text.
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
        let mut groups = staged?;
        groups.sort_by_cached_key(|group| {
            group.last().map(|page| turn(&page.address, page.place != Place::Ours))
        });
        Ok(groups.into_iter().flatten().collect())
    }

    fn stage_one(
        &self,
        at: usize,
        address: &str,
        theme: &Mutex<Vec<Diagnostic>>,
    ) -> Result<Vec<Staged>, PublishError> {
        let target = self.output.join(address);
        let place = self.old.place(self.output, address)?;
        let exists = place == Place::Ours;
        let mut waiting = Some(self.waiting(at, ""));
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
                    self.write(file, &bytes, &target)?;
                }
                self.copies(at, address, &bytes)?
            }
            Some(Ok(Output::File(name))) => {
                let source = self.project.content.join(&*name);
                if exists && same_file(&source, &target) {
                    waiting = None;
                }
                if let Some(file) = &waiting {
                    self.copy(&source, file, &target)?;
                }
                self.copies_of_file(at, address, &source)?
            }
        };
        let page = Staged { address: address.to_owned(), file: waiting, place };
        Ok(copies.into_iter().chain([page]).collect())
    }

    /// Where the file of an address waits.
    fn waiting(&self, at: usize, ending: &str) -> PathBuf {
        self.staging.unwrap_or(Path::new("")).join(format!("{at}{ending}"))
    }

    fn write(&self, file: &Path, bytes: &[u8], target: &Path) -> Result<(), PublishError> {
        if self.staging.is_none() {
            return Ok(());
        }
        fs::write(file, bytes).map_err(|error| PublishError::Disk(target.to_owned(), error))
    }

    /// Copies the contents only: a read-only source must not make a page that
    /// the next build cannot replace.
    fn copy(&self, source: &Path, file: &Path, target: &Path) -> Result<(), PublishError> {
        if self.staging.is_none() {
            return Ok(());
        }
        let mut reader =
            fs::File::open(source).map_err(|error| PublishError::Disk(source.to_owned(), error))?;
        let copied = fs::File::create(file).and_then(|mut writer| io::copy(&mut reader, &mut writer));
        copied.map(drop).map_err(|error| PublishError::Disk(target.to_owned(), error))
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
