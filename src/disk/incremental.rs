//! Incremental reading of a project: only files whose size, time or identity changed are
//! opened; the rest is taken from the last reading.
//!
//! The whole tree is still walked, so that nothing depends on which events the watcher
//! delivered. Only `read_named` trusts them, for the moment in which an author waits.

use super::beside::Beside;
use super::editions::Editions;
use super::listing::Listing;
use super::name::Zone;
use super::{Content, Project, Walked, unreadable, walk};
use crate::diagnostic::Diagnostic;
use crate::source::{SETTINGS, Source, Sources};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// A file that was written this shortly before it was read may be written again without a
/// change of its time, since file systems have timestamps of limited resolution.
const RESOLUTION: Duration = Duration::from_millis(100);

/// A project as it was read, and what it takes to see which files changed since.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Reading {
    /// What was read.
    pub sources: Arc<Sources>,
    /// By name, sorted.
    files: Vec<NamedFile>,
    /// The folders, where the content folder is a plain tree.
    listing: Option<Arc<Listing>>,
    /// The folders beside it, where they are plain trees.
    beside: Option<Arc<Beside>>,
    editions: Arc<Editions>,
}

/// A file with its name below the content folder.
type NamedFile = (Arc<str>, Arc<File>);

#[derive(Debug)]
struct File {
    stamp: Option<Stamp>,
    diagnostics: Vec<Diagnostic>,
    content: Option<Content>,
}

/// What the file system says of a file without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    length: u64,
    modified: SystemTime,
    identity: (u64, i64, i64),
    /// Whether the file was old enough for its next change to change its time.
    reliable: bool,
}

/// What differs between two readings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// Whether anything differs at all.
    pub any: bool,
    /// Names of chapters that are new or have a different text.
    pub chapters: Vec<Arc<str>>,
    /// Names of other files that were written since.
    pub attachments: Vec<Arc<str>>,
    /// Whether a chapter is gone or has become empty. An editor that truncates or replaces the
    /// file may be saving it just now.
    pub shrunk: bool,
}

impl Project {
    /// Reads everything, but opens only files that changed since `last`.
    #[must_use]
    pub fn read_incrementally(&self, last: Option<&Reading>) -> Reading {
        let mut sources = Sources { bare: self.is_bare(), ..Sources::default() };
        let known = last.and_then(|last| last.listing.as_deref());
        let listing = Listing::new(&self.content, &self.skipped, known);
        let known_beside = last.and_then(|last| last.beside.as_deref());
        let beside = Beside::new(self, known_beside);
        let same = known.zip(listing.as_ref()).is_some_and(|(old, new)| new.is_unchanged_since(old))
            && known_beside.zip(beside.as_ref()).is_some_and(|(old, new)| new.is_unchanged_since(old));
        let mut unread = Vec::new();
        let files: Vec<NamedFile> = match last.filter(|_| same) {
            Some(last) => {
                let read = |(name, file): &NamedFile| (Arc::clone(name), self.read_file(name, Some(file)));
                last.files.par_iter().map(read).collect()
            }
            None => {
                let mut walked = self.names(listing.as_ref(), &mut sources.diagnostics);
                walked.names.extend(self.names_beside(beside.as_ref(), &mut sources.diagnostics));
                walked.names.sort_unstable();
                sources.links = Arc::new(walked.links);
                unread = walked.unread;
                let read = |name: String| {
                    let known = last.and_then(|last| last.file(&name));
                    let file = self.read_file(&name, known);
                    (Arc::from(name), file)
                };
                walked.names.into_par_iter().map(read).collect()
            }
        };
        for (name, file) in &files {
            sources.diagnostics.extend(file.diagnostics.iter().cloned());
            sources.add(name, file.content.clone());
        }
        sources.add_unread(unread);
        self.read_rest(&mut sources);
        let editions = self.read_editions(&mut sources, last.map(|last| &last.editions));
        let (listing, beside) = (listing.map(Arc::new), beside.map(Arc::new));
        Reading { editions, sources: Arc::new(sources), files, listing, beside }
    }

    /// Reads only these files of the content folder and takes all else from `last`, without a look
    /// at it: as much as a save of a chapter needs. `None` where more may have changed than the texts
    /// of files that were there. Events may be lost, and the history is not looked at, so
    /// [`Self::read_incrementally`] must follow.
    #[must_use]
    pub fn read_named(&self, last: &Reading, paths: &BTreeSet<PathBuf>) -> Option<Reading> {
        let listing = last.listing.as_ref()?;
        let mut files = last.files.clone();
        let mut sources = Sources::clone(&last.sources);
        for path in paths {
            let below = path.strip_prefix(&self.content).ok()?;
            if Zone::of(below, false).or(Zone::of(below, true)).is_none() {
                continue;
            }
            if self.skipped.iter().any(|skipped| path.starts_with(skipped)) {
                return None;
            }
            let name = below.to_str()?.replace(MAIN_SEPARATOR, "/");
            if !listing.still_has(&self.content, &self.skipped, &name)? {
                continue;
            }
            let at = files.binary_search_by(|(known, _)| (**known).cmp(&name)).ok()?;
            let known = Arc::clone(&files[at].1);
            let file = self.read_file(&name, Some(&known));
            if !known.diagnostics.is_empty() || !file.diagnostics.is_empty() {
                return None;
            }
            match (&known.content, &file.content) {
                (Some(Content::Chapter(_)), Some(Content::Chapter(new))) => {
                    let at = sources.chapters.binary_search_by(|source| (*source.name).cmp(&name)).ok()?;
                    sources.chapters[at] = new.clone();
                }
                (Some(Content::Attachment(_)), Some(Content::Attachment(new))) => {
                    let at = sources.attachments.binary_search_by(|file| (*file.name).cmp(&name)).ok()?;
                    sources.attachments[at] = new.clone();
                }
                _ => return None,
            }
            files[at].1 = file;
        }
        let (listing, beside) = (Some(Arc::clone(listing)), last.beside.clone());
        let editions = Arc::clone(&last.editions);
        Some(Reading { editions, sources: Arc::new(sources), files, listing, beside })
    }

    /// The names of all files but the settings of a bare project.
    fn names(&self, listing: Option<&Listing>, diagnostics: &mut Vec<Diagnostic>) -> Walked {
        let walk =
            || walk(&self.content, self.prefix, &self.skipped, self.is_bare(), diagnostics, unreadable);
        let listed = |listing: &Listing| Walked { names: listing.names(), ..Walked::default() };
        let mut walked = listing.map_or_else(walk, listed);
        let settings = |name: &String| SETTINGS.contains(&name.as_str());
        walked.names.retain(|name| !(self.is_bare() && settings(name)));
        walked
    }

    fn read_file(&self, name: &str, known: Option<&Arc<File>>) -> Arc<File> {
        let now = SystemTime::now();
        let stamp = Stamp::of(&self.path_of(name), now);
        if let (Some(known), Some(stamp)) = (known, &stamp)
            && known.stamp.as_ref().is_some_and(|old| old.is_unchanged(stamp))
        {
            return Arc::clone(known);
        }
        let (diagnostics, content) = self.read_content(name);
        Arc::new(File { stamp, diagnostics, content })
    }
}

impl Stamp {
    pub(super) fn of(path: &Path, now: SystemTime) -> Option<Self> {
        let data = fs::metadata(path).ok()?;
        let modified = data.modified().ok()?;
        // A time in the future says nothing about whether the next write will change it.
        let reliable = now.duration_since(modified).is_ok_and(|age| age > RESOLUTION);
        Some(Self { length: data.len(), modified, identity: identity(&data), reliable })
    }

    /// Whether nothing has changed since, `now` being the stamp of the file now.
    pub(super) fn is_unchanged(&self, now: &Self) -> bool {
        self.reliable && self.is_same(now)
    }

    fn is_same(&self, other: &Self) -> bool {
        self.length == other.length && self.modified == other.modified && self.identity == other.identity
    }
}

/// Inode, and time of the last change of content or metadata (ctime).
#[cfg(unix)]
fn identity(data: &fs::Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (data.ino(), data.ctime(), data.ctime_nsec())
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

impl Reading {
    fn file(&self, name: &str) -> Option<&Arc<File>> {
        let at = self.files.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
        Some(&self.files[at].1)
    }

    /// What differs from the reading before.
    #[must_use]
    pub fn change_since(&self, last: &Self) -> Change {
        let mut change = Change::default();
        // A file that was not read again is the same `Arc`, and most are at the same index.
        let aligned = self.files.len() == last.files.len();
        for (at, (name, file)) in self.files.iter().enumerate() {
            let same_index = last.files.get(at).filter(|(known, _)| aligned && known == name);
            let known = same_index.map_or_else(|| last.file(name), |(_, file)| Some(file));
            if known.is_some_and(|known| Arc::ptr_eq(known, file)) {
                continue;
            }
            match (&file.content, known.and_then(|known| known.content.as_ref())) {
                (Some(Content::Chapter(new)), Some(Content::Chapter(old))) => {
                    if new.fingerprint != old.fingerprint {
                        change.chapters.push(Arc::clone(&new.name));
                        change.shrunk |= new.text.is_empty();
                    }
                }
                (Some(Content::Chapter(new)), _) => change.chapters.push(Arc::clone(&new.name)),
                (Some(Content::Attachment(new)), _) => {
                    let same = known.and_then(|known| known.stamp.as_ref()).zip(file.stamp.as_ref());
                    if !same.is_some_and(|(old, new)| old.is_same(new)) {
                        change.attachments.push(Arc::clone(&new.name));
                    }
                }
                (Some(Content::Unread) | None, _) => {}
            }
        }
        let gone = |(at, (name, file)): (usize, &NamedFile)| {
            let is_unchanged = self.files.get(at).is_some_and(|(_, now)| Arc::ptr_eq(now, file));
            !is_unchanged
                && matches!(file.content, Some(Content::Chapter(_)))
                && self.file(name).is_none_or(|now| !matches!(now.content, Some(Content::Chapter(_))))
        };
        change.shrunk |= last.files.iter().enumerate().any(gone);
        change.any = change.shrunk
            || !change.chapters.is_empty()
            || !change.attachments.is_empty()
            || !same_rest(&self.sources, &last.sources);
        change
    }
}

/// Whether all but the texts of chapters and the bytes of attachments is equal.
fn same_rest(new: &Sources, old: &Sources) -> bool {
    let settings = |a: &Option<Source>, b: &Option<Source>| {
        a.as_ref().map(|source| source.fingerprint) == b.as_ref().map(|source| source.fingerprint)
    };
    let theme = new.theme.len() == old.theme.len()
        && new.theme.iter().zip(&old.theme).all(|(new, old)| new.path == old.path && new.bytes == old.bytes);
    new.bare == old.bare
        && settings(&new.config, &old.config)
        && settings(&new.organization, &old.organization)
        && settings(&new.synonyms, &old.synonyms)
        && new.tools.iter().map(|tool| tool.fingerprint).eq(old.tools.iter().map(|tool| tool.fingerprint))
        && new
            .folder_data
            .iter()
            .map(|file| file.fingerprint)
            .eq(old.folder_data.iter().map(|file| file.fingerprint))
        && theme
        && new.editions == old.editions
        && new.has_editions == old.has_editions
        && new.attachments == old.attachments
        && new.unread == old.unread
        && new.links == old.links
        && new.diagnostics == old.diagnostics
}
