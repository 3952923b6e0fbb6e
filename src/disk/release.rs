//! Keeps a chapter's text as an edition: `editions/<ID>/<version>.md`.
//!
//! The edition is the file as it is, with what was asked for written into its front matter;
//! the chapter gets the same lines. An edition that is there is never overwritten: what was
//! released stays as it was. So what a check would not let pass is told before it is written.

mod front;

use super::encoding::without_mark;
use super::rewrite::RewriteError;
use super::{Project, editions};
use crate::chapter::audience::Audience;
use crate::chapter::version::EditionHead;
use crate::diagnostic::{Diagnostic, Level};
use crate::locale::Message;
use crate::message;
use crate::rule::{self, Rule};
use crate::site::Site;
use crate::source::{Above, EditionOf, EditionSource, Source, Sources};
use crate::text::fold;
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

/// A release as it would be written, so that it can be looked at before it is.
#[derive(Debug, Clone)]
pub struct Release {
    /// The edition's file, from the project folder.
    pub path: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its text.
    pub digest: String,
    /// The day from which it is in force.
    pub begins: Date,
    /// The chapter's id, or its file's path without suffix.
    id: String,
    /// The chapter as it lies in `content/`.
    chapter: Source,
    /// What the chapter becomes.
    text: Arc<str>,
    /// The text of the edition: the same, with whom its folder lets see it.
    edition: Arc<str>,
    /// Whether the chapter leaves it to its folders who may see it.
    is_by_folder: bool,
    /// The pictures that it shows, by their names below the content folder.
    pictures: Vec<Arc<str>>,
}

/// Prepares the release of a chapter's text. Nothing is written yet.
///
/// # Errors
/// A message where the chapter has no version, no day on which it begins, is a draft, or cannot
/// be read whole, where its edition is there already, or where the version that is in force until
/// then would be lost.
pub fn prepare(
    project: &Project,
    sources: &Sources,
    chapter: &Source,
    entry: &Entry,
) -> Result<Release, Message> {
    let text: Arc<str> = front::updated(&chapter.text, entry)?.into();
    let whole = Source::new(Arc::clone(&chapter.path), Arc::clone(&chapter.name), Arc::clone(&text));
    let head = EditionHead::read(&whole);
    let version = head.front.version.clone();
    if version.is_empty() {
        return Err(message!("cli-release-version", path = &chapter.path));
    }
    if !crate::handbook::edition::is_file_name(&version) {
        return Err(message!("invalid-value-version", version = &version));
    }
    if !head.is_published || chapter.damaged {
        return Err(message!("cli-release-draft", path = &chapter.path));
    }
    let Some(begins) = head.front.stated_beginning() else {
        return Err(message!("cli-release-date", path = &chapter.path, version = &version));
    };
    let id = head.front.id.as_ref().map_or_else(
        || crate::chapter::without_suffix(&chapter.name).unwrap_or(&chapter.name).to_owned(),
        |id| id.text.clone(),
    );
    let path = format!("{}/{id}/{version}.md", editions::FOLDER);
    if project.root.join(&path).symlink_metadata().is_ok() {
        return Err(message!("cli-release-exists", path = &path));
    }
    let present = EditionHead::read(chapter);
    let is_kept = || sources.editions.iter().any(|edition| is_of(&edition.of, &id, &chapter.name));
    let replaces = present.is_edition() && present.front.version != version;
    if replaces && begins > entry.today && !is_kept() {
        let (path, present) = (&chapter.path, &present.front.version);
        return Err(message!("cli-release-first", path = path, version = present, date = begins, id = &id));
    }
    let is_by_folder = head.front.audience == Audience::Inherited;
    let (digest, chapter, edition) = (EditionHead::digest(&whole), chapter.clone(), Arc::clone(&text));
    Ok(Release {
        path,
        version,
        digest,
        begins,
        id,
        chapter,
        text,
        edition,
        is_by_folder,
        pictures: Vec::new(),
    })
}

/// Whether an edition is one of the chapter with this id, or in a file of this name.
fn is_of(of: &EditionOf, id: &str, name: &str) -> bool {
    match of {
        EditionOf::Id(other) => fold(other) == fold(id),
        EditionOf::File(other) => **other == *name,
    }
}

/// What says of a chapter that it should not be released as it is, besides errors.
const REFUSED: [&Rule; 8] = [
    &rule::APPROVAL_STALE,
    &rule::MISSING_APPROVER,
    &rule::MISSING_EFFECTIVE,
    &rule::REVISION_ORDER,
    &rule::SILENT_CHANGE,
    &rule::SILENT_FIELD,
    &rule::SUCCESSOR_GAP,
    &rule::SUCCESSOR_OVERLAP,
];

impl Release {
    /// The project as it is once this is written.
    #[must_use]
    pub fn applied(&self, sources: &Sources) -> Sources {
        let mut sources = sources.clone();
        for chapter in &mut sources.chapters {
            if chapter.name == self.chapter.name {
                let Source { path, name, .. } = chapter;
                *chapter = Source::new(Arc::clone(path), Arc::clone(name), Arc::clone(&self.text));
            }
        }
        sources.editions.push(EditionSource {
            of: EditionOf::Id(self.id.as_str().into()),
            path: self.path.as_str().into(),
            text: Arc::clone(&self.edition),
            above: Above::Present,
            commit: None,
            first: None,
            returned: None,
            pictures: Arc::from([]),
            removed: None,
            end: None,
        });
        // What was released can never be mended, so it is looked at even where the handbook shows
        // no editions.
        sources.has_editions = true;
        sources
    }

    /// The same with its pictures, and with whom the chapter's folders let see it, in the site of
    /// [`Self::applied`] that is for no audience: an edition outlives both.
    ///
    /// # Errors
    /// A message where the front matter is written in a way that cannot be added to.
    pub fn seen_by(self, site: &Site) -> Result<Self, Message> {
        let pictures = site.handbook.pictures_of(&self.chapter.name);
        match site.handbook.readers_by_name(&self.chapter.name).filter(|_| self.is_by_folder) {
            Some(names) => {
                let edition = front::for_readers(&self.text, &names)?.into();
                Ok(Self { edition, pictures, ..self })
            }
            None => Ok(Self { pictures, ..self }),
        }
    }

    /// Of what is told of [`Self::applied`], that for which nothing should be written: an
    /// edition that is there stays as it is, so nobody could mend it.
    #[must_use]
    pub fn refused(&self, diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
        let is_refused = |diagnostic: &Diagnostic| {
            diagnostic.path.as_ref() == Some(&self.chapter.path)
                && (diagnostic.level == Level::Error
                    || diagnostic.level == Level::Warning && REFUSED.contains(&diagnostic.rule))
        };
        diagnostics.iter().filter(|told| is_refused(told)).cloned().collect()
    }

    /// Writes the edition, and into the chapter what it says more.
    ///
    /// # Errors
    /// A message where the edition is there already, where the chapter's file has changed
    /// meanwhile, or where the disk fails.
    pub fn write(&self, project: &Project) -> Result<(), Message> {
        let (source, path) = (&self.chapter, &self.path);
        let failed = |error: &std::io::Error| message!("cli-release-failed", path = path, reason = error);
        let changed = || message!("cli-release-changed", path = &source.path);
        // Before anything is written: an edition must be of the text that lies there.
        let held = fs::read(project.content.join(&*source.name)).map_err(|error| failed(&error))?;
        if without_mark(&held) != source.text.as_bytes() {
            return Err(changed());
        }
        // First, so that the edition is never without them; what an earlier attempt left is the same.
        let beside = path.trim_end_matches(".md");
        for picture in &self.pictures {
            let bytes = fs::read(project.path_of(picture)).map_err(|error| failed(&error))?;
            let file = project.root.join(beside).join(&**picture);
            match write_new(&project.root, &file, &bytes) {
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                done => done.map_err(|error| failed(&error))?,
            }
        }
        write_new(&project.root, &project.root.join(path), self.edition.as_bytes()).map_err(|error| {
            match error.kind() {
                std::io::ErrorKind::AlreadyExists => message!("cli-release-exists", path = path),
                _ => failed(&error),
            }
        })?;
        if self.text != source.text {
            project.rewrite(&source.path, &source.text, &self.text).map_err(|error| match &error {
                RewriteError::Failed(error) => failed(error),
                RewriteError::Changed => changed(),
                RewriteError::Outside => error.message(&source.path),
            })?;
        }
        Ok(())
    }
}

/// Writes a file that is not there yet, into folders below the project that are none of a
/// link's.
fn write_new(root: &Path, file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let Some(folder) = file.parent() else { return Err(std::io::Error::from(std::io::ErrorKind::NotFound)) };
    let editions = root.join(editions::FOLDER);
    for made in [&*editions, folder] {
        fs::create_dir_all(made)?;
        if !made.canonicalize()?.starts_with(&editions) {
            return Err(std::io::Error::from(std::io::ErrorKind::PermissionDenied));
        }
    }
    let mut made = OpenOptions::new().write(true).create_new(true).open(file)?;
    made.write_all(bytes)?;
    made.sync_all()
}
