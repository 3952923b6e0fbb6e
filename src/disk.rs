//! The edge to the file system: reading a project, writing a site.
//!
//! Reading never fails as a whole: what cannot be read becomes a diagnostic, and
//! the rest is read. Links out of the tree, pipes and devices are not opened.

pub mod audit;
mod beside;
pub mod cache;
mod dimensions;
mod editions;
mod encoding;
mod git;
pub mod import;
mod incremental;
mod listing;
mod name;
pub mod publish;
pub mod release;
mod revision;
mod rewrite;
mod sample;
mod settings;
pub mod snapshot;
mod unread;
mod walk;

pub use editions::GitHistory;
pub use incremental::{Change, Reading};
pub use rewrite::RewriteError;
pub use unread::OpenError;

use crate::cache::Cache;
use crate::diagnostic::Diagnostic;
use crate::message;
use crate::rule;
use crate::source::{Attachment, SETTINGS, Source, Sources};
use dimensions::dimensions;
use name::Zone;
use rayon::prelude::*;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use unread::{Unread, unreadable};
use walk::{Walked, walk};

/// Bytes that a chapter may have at most.
pub const MAX_CHAPTER: u64 = 64 * 1024 * 1024;
/// Folders that may lie inside one another at most.
pub const MAX_DEPTH: usize = 64;

/// A project folder.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Project {
    /// The folder that holds handbook.yaml and content/.
    pub root: PathBuf,
    /// The folder of the chapters: `content`, or the root itself where there is none.
    pub content: PathBuf,
    /// What messages put before a chapter's name: `content/` or nothing.
    pub prefix: &'static str,
    /// Folders of a bare project that are not read, e.g. the output folder.
    pub skipped: Vec<PathBuf>,
    /// Folders beside `content/` whose files chapters may show.
    beside: Vec<&'static str>,
    /// The folder in whose repository history is, and the commit that it is read at; the
    /// project's own and what is checked out, where nothing else is said.
    pub(crate) repository: Option<(PathBuf, String)>,
    /// Where what was read of the history is kept for later runs.
    pub cache: Cache,
}

impl Project {
    /// Opens a folder. One without `content/` is itself the content folder, so
    /// that a bare folder of Markdown builds.
    ///
    /// # Errors
    /// Where the folder does not exist or cannot be entered, or has a `content`
    /// that cannot: then it is no bare folder of Markdown.
    pub fn open(root: &Path) -> Result<Self, OpenError> {
        let given = root;
        let root = given.canonicalize().map_err(|error| OpenError::folder(given, &Unread::Failed(error)))?;
        if !root.is_dir() {
            return Err(OpenError::folder(given, &Unread::NotAFolder));
        }
        if let Some(content) = content_folder(&root).map_err(|why| OpenError::content(given, &why))? {
            let beside = beside::folders(&root, &content);
            let (prefix, skipped, cache) = ("content/", Vec::new(), Cache::default());
            return Ok(Self { content, root, prefix, skipped, beside, repository: None, cache });
        }
        let mut skipped = vec![root.join("themes"), root.join("target"), root.join("node_modules")];
        // Where there are no settings, nobody has meant it for us.
        if root.join("handbook.yaml").is_file() {
            skipped.push(root.join(editions::FOLDER));
        }
        let (content, beside, cache) = (root.clone(), Vec::new(), Cache::default());
        Ok(Self { content, root, prefix: "", skipped, beside, repository: None, cache })
    }

    /// Where the project lies in its repository: empty, or with `/` at its end.
    #[must_use]
    pub fn place_in_repository(&self) -> String {
        git::place(&self.root)
    }

    /// Whether the root itself is the content folder.
    #[must_use]
    pub const fn is_bare(&self) -> bool {
        self.prefix.is_empty()
    }

    /// Reads chapters, settings, theme and editions. What cannot be read becomes a diagnostic of
    /// the [`Sources`]; attachments are only listed.
    #[must_use]
    pub fn read(&self) -> Sources {
        let mut sources = self.read_present();
        self.read_editions(&mut sources, None);
        sources
    }

    /// Reads what [`Self::read`] does but for editions.
    #[must_use]
    pub fn read_present(&self) -> Sources {
        let mut sources = Sources { bare: self.is_bare(), ..Sources::default() };
        let diagnostics = &mut sources.diagnostics;
        let mut walked =
            walk(&self.content, self.prefix, &self.skipped, self.is_bare(), diagnostics, unreadable);
        walked.names.extend(self.names_beside(None, diagnostics));
        walked.names.sort_unstable();
        let read: Vec<(Vec<Diagnostic>, Option<Content>)> =
            walked.names.par_iter().map(|file| self.read_content(file)).collect();
        for (name, (diagnostics, content)) in walked.names.iter().zip(read) {
            sources.diagnostics.extend(diagnostics);
            sources.add(name, content);
        }
        sources.links = Arc::new(walked.links);
        sources.add_unread(walked.unread);
        self.read_rest(&mut sources);
        sources
    }

    /// The bytes of an attachment, unless it has become a link out of the folder.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read_attachment(&self, name: &str) -> io::Result<Vec<u8>> {
        let path = self.path_of(name).canonicalize()?;
        let top = if self.is_beside(name) { &self.root } else { &self.content };
        let inside = path.strip_prefix(top).is_ok_and(|inside| Zone::of(inside, false).is_some());
        if inside && path.is_file() {
            return fs::read(path);
        }
        Err(io::Error::from(io::ErrorKind::NotFound))
    }

    fn read_content(&self, name: &str) -> (Vec<Diagnostic>, Option<Content>) {
        let mut diagnostics = Vec::new();
        let path = self.path_of(name);
        if !is_chapter(name) {
            // What cannot be opened cannot be published either.
            match fs::File::open(&path) {
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => return (diagnostics, None),
                Err(error) => {
                    diagnostics.push(unreadable(&format!("{}{name}", self.prefix), (&error).into()));
                    return (diagnostics, None);
                }
            }
            let dimensions = dimensions(&path, name);
            let file = Attachment { is_beside: self.is_beside(name), ..Attachment::new(name, dimensions) };
            return (diagnostics, Some(Content::Attachment(file)));
        }
        if self.is_bare() && SETTINGS.contains(&name) {
            return (diagnostics, None);
        }
        let shown: Arc<str> = format!("{}{name}", self.prefix).into();
        let content = match read_text(&path, &shown, &mut diagnostics) {
            Some((text, false)) => Content::Chapter(Source::new(shown, name, text)),
            Some((text, true)) => Content::Chapter(Source::new(shown, name, text).damaged()),
            None => Content::Unread,
        };
        (diagnostics, Some(content))
    }
}

/// An absolute path with its existing part freed of links.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let mut clean = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => _ = clean.pop(),
            Component::CurDir => {}
            part => clean.push(part),
        }
        if let Ok(real) = clean.canonicalize() {
            clean = real;
        }
    }
    Ok(clean)
}

/// The folder `content` below a project's; `None` where nothing has this name.
fn content_folder(root: &Path) -> Result<Option<PathBuf>, Unread> {
    let content = root.join("content");
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Unread::LeadsNowhere,
        _ => Unread::Failed(error),
    };
    match fs::symlink_metadata(&content) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        metadata => metadata.map_err(failed)?,
    };
    if !fs::metadata(&content).map_err(failed)?.is_dir() {
        return Err(Unread::NotAFolder);
    }
    fs::read_dir(&content).map_err(failed)?;
    content.canonicalize().map(Some).map_err(failed)
}

#[derive(Debug, Clone)]
enum Content {
    Chapter(Source),
    Attachment(Attachment),
    /// A chapter that could not be read.
    Unread,
}

impl Sources {
    /// Puts what a file of the content folder holds in its place.
    fn add(&mut self, name: &str, content: Option<Content>) {
        match content {
            Some(Content::Chapter(source)) => self.chapters.push(source),
            Some(Content::Attachment(attachment)) => self.attachments.push(attachment),
            Some(Content::Unread) => self.unread.push(name.into()),
            None => {}
        }
    }

    fn add_unread(&mut self, names: Vec<String>) {
        self.unread.extend(names.iter().filter(|name| is_chapter(name)).map(|name| name.as_str().into()));
        self.unread.sort_unstable();
        self.unread.dedup();
    }
}

fn is_chapter(name: &str) -> bool {
    crate::chapter::without_suffix(name).is_some()
}

/// The text of a file, and whether it is damaged.
fn read_text(path: &Path, shown: &Arc<str>, diagnostics: &mut Vec<Diagnostic>) -> Option<(String, bool)> {
    let bytes = match read_bytes(path) {
        Ok(bytes) => bytes,
        Err(Unread::TooLarge) => {
            let message = message!("limit-file", path = shown, megabytes = MAX_CHAPTER / 1024 / 1024);
            let large = Diagnostic::new(&rule::LIMIT, message).at(shown, None);
            diagnostics.push(large.help(message!("limit-file.help")));
            return None;
        }
        // It was removed after the folder was listed, so it does not count.
        Err(why) if why.is_missing() => return None,
        Err(why) => {
            diagnostics.push(unreadable(shown, why.reason()));
            return None;
        }
    };
    Some(encoding::decode(bytes, shown, &rule::ENCODING, diagnostics))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Unread> {
    // Opening a pipe would wait for someone to write into it.
    if !fs::metadata(path)?.is_file() {
        return Err(Unread::NotAFile);
    }
    let file = fs::File::open(path)?;
    let size = file.metadata()?.len();
    if size > MAX_CHAPTER {
        return Err(Unread::TooLarge);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(MAX_CHAPTER + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
