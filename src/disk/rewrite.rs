//! Puts a mended text in the place of the file that it was made from.
//!
//! The file is replaced whole, by a rename, and only if it holds what was read; its byte
//! order mark, permissions and owner stay. A link is followed to the file that it leads to,
//! but not out of the project.

use super::Project;
use super::encoding::without_mark;
use super::publish::rights;
use crate::locale::{Message, Value};
use crate::message;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a file stays as it is.
#[derive(Debug)]
#[non_exhaustive]
pub enum RewriteError {
    /// Somebody has changed it since it was read.
    Changed,
    /// It lies outside the project.
    Outside,
    /// It cannot be read or written.
    Failed(io::Error),
}

impl RewriteError {
    /// What to tell about a file.
    #[must_use]
    pub fn message(&self, path: &str) -> Message {
        match self {
            Self::Changed => message!("fix-changed", path = path),
            Self::Outside => message!("fix-outside", path = path),
            Self::Failed(error) => message!("disk-failed", path = path, reason = Value::from(error)),
        }
    }
}

impl From<io::Error> for RewriteError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            // It was removed or replaced by something else.
            io::ErrorKind::NotFound => Self::Changed,
            _ => Self::Failed(error),
        }
    }
}

impl Project {
    /// Replaces the text of a file, given by its path from the project folder, if it is still
    /// the one that was read.
    ///
    /// # Errors
    /// Where the file has changed meanwhile, lies outside, or the disk fails. Then it is as it
    /// was.
    pub fn rewrite(&self, path: &str, before: &str, after: &str) -> Result<(), RewriteError> {
        let place = self.root.join(path).canonicalize()?;
        if !place.starts_with(&self.root) && !place.starts_with(&self.content) {
            return Err(RewriteError::Outside);
        }
        let held = read(&place)?;
        let text = without_mark(&held);
        let mark = &held[..held.len() - text.len()];
        if text == after.as_bytes() {
            // By another name of the same file.
            return Ok(());
        }
        if text != before.as_bytes() {
            return Err(RewriteError::Changed);
        }
        // What nobody may write is not replaced either.
        drop(OpenOptions::new().write(true).open(&place)?);
        let staged = Staged::new(&place)?;
        staged.fill(&[mark, after.as_bytes()], &place)?;
        if read(&place)? != held {
            return Err(RewriteError::Changed);
        }
        staged.publish(&place)?;
        Ok(())
    }
}

/// The bytes of a plain file.
fn read(place: &Path) -> Result<Vec<u8>, RewriteError> {
    match fs::symlink_metadata(place)?.is_file() {
        true => Ok(fs::read(place)?),
        false => Err(RewriteError::Changed),
    }
}

/// A file beside the one that it will replace; removed unless it does.
struct Staged {
    path: PathBuf,
    is_published: std::cell::Cell<bool>,
}

impl Staged {
    fn new(place: &Path) -> io::Result<Self> {
        let folder = place.parent().unwrap_or(Path::new("."));
        let process = std::process::id();
        for number in 0..1_000 {
            // Hidden, so that neither a preview nor a build takes it for a chapter.
            let path = folder.join(format!(".handbook-fix-{process}-{number}"));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(_) => return Ok(Self { path, is_published: false.into() }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::from(io::ErrorKind::AlreadyExists))
    }

    /// Writes the parts, with the owner and permissions of another file.
    fn fill(&self, parts: &[&[u8]], like: &Path) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).open(&self.path)?;
        for part in parts {
            file.write_all(part)?;
        }
        rights::keep(like, &self.path)?;
        file.sync_all()
    }

    fn publish(&self, place: &Path) -> io::Result<()> {
        fs::rename(&self.path, place)?;
        self.is_published.set(true);
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.is_published.get() {
            let _ = fs::remove_file(&self.path);
        }
    }
}
