//! Keeps a chapter's text as an edition: `editions/<ID>/<version>.md`.
//!
//! The edition is the file as it is, with what was asked for written into its front matter;
//! the chapter gets the same lines. An edition that is there is never overwritten: what was
//! released stays as it was.

mod front;

use super::encoding::without_mark;
use super::rewrite::RewriteError;
use super::{Project, editions};
use crate::chapter::version::EditionHead;
use crate::locale::Message;
use crate::message;
use crate::source::Source;
use jiff::civil::Date;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// What is said of an edition when it is released.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its version, if it is not that of the chapter.
    pub version: Option<String>,
    /// In force from, if it is not the chapter's date.
    pub effective: Option<Date>,
    /// What changed.
    pub note: Option<String>,
    /// Who made it.
    pub by: Option<String>,
    /// The day of the release.
    pub today: Date,
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Release {
    /// The edition's file, from the project folder.
    pub path: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its text.
    pub digest: String,
}

/// Releases a chapter's text.
///
/// # Errors
/// A message where the chapter has no version, no id, is a draft or cannot be read whole,
/// where its edition is there already, where the file has changed meanwhile, or where the
/// disk fails.
pub fn release(project: &Project, source: &Source, entry: &Entry) -> Result<Release, Message> {
    let text = front::updated(&source.text, entry)?;
    let whole = Source::new(Arc::clone(&source.path), Arc::clone(&source.name), text.clone());
    let head = EditionHead::read(&whole);
    let version = head.front.version.clone();
    if version.is_empty() {
        return Err(message!("cli-release-version", path = &source.path));
    }
    if !crate::handbook::edition::is_file_name(&version) {
        return Err(message!("invalid-value-version", version = &version));
    }
    if !head.is_published || source.damaged {
        return Err(message!("cli-release-draft", path = &source.path));
    }
    let id = head.front.id.as_ref().map_or_else(
        || crate::chapter::without_suffix(&source.name).unwrap_or(&source.name).to_owned(),
        |id| id.text.clone(),
    );
    let path = format!("{}/{id}/{version}.md", editions::FOLDER);
    let file = project.root.join(&path);
    let failed = |error: &std::io::Error| message!("cli-release-failed", path = &path, reason = error);
    let changed = || message!("cli-release-changed", path = &source.path);
    // Before anything is written: an edition must be of the text that lies there.
    let held = fs::read(project.content.join(&*source.name)).map_err(|error| failed(&error))?;
    if without_mark(&held) != source.text.as_bytes() {
        return Err(changed());
    }
    write_new(&project.root, &file, &text).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => message!("cli-release-exists", path = &path),
        _ => failed(&error),
    })?;
    if text != *source.text {
        project.rewrite(&source.path, &source.text, &text).map_err(|error| match &error {
            RewriteError::Failed(error) => failed(error),
            RewriteError::Changed => changed(),
            RewriteError::Outside => error.message(&source.path),
        })?;
    }
    Ok(Release { path, version, digest: EditionHead::digest(&whole) })
}

/// Writes a file that is not there yet, into folders below the project that are none of a
/// link's.
fn write_new(root: &Path, file: &Path, text: &str) -> std::io::Result<()> {
    let Some(folder) = file.parent() else { return Err(std::io::Error::from(std::io::ErrorKind::NotFound)) };
    let editions = root.join(editions::FOLDER);
    for made in [&*editions, folder] {
        fs::create_dir_all(made)?;
        if !made.canonicalize()?.starts_with(&editions) {
            return Err(std::io::Error::from(std::io::ErrorKind::PermissionDenied));
        }
    }
    let mut made = OpenOptions::new().write(true).create_new(true).open(file)?;
    made.write_all(text.as_bytes())?;
    made.sync_all()
}
