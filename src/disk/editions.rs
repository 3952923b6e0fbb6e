//! Where editions are read from: `editions/<ID>/<version>.md` of the project, or the
//! history of its repository. What has not changed since the last reading is not read again.

use super::incremental::Stamp;
use super::{Project, git, read_bytes, read_text, walk};
use crate::cache::Cache;
use crate::config::{Config, EditionsFrom};
use crate::diagnostic::Diagnostic;
use crate::media::is_picture;
use crate::message;
use crate::rule;
use crate::source::{Above, EditionOf, EditionSource, KeptPicture, Sources};
use crate::yaml::Document;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

/// The folder of editions that lie in the project as files.
pub(crate) const FOLDER: &str = "editions";

/// Editions as they were read, and what they were read from.
#[derive(Debug, Default)]
pub(super) struct Editions {
    history: Arc<GitHistory>,
    /// Files of the folder of editions, by name.
    texts: HashMap<String, Arc<Text>>,
    pictures: HashMap<String, Arc<Picture>>,
}

/// The editions that the history of a repository has.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct GitHistory {
    /// The commit that it was read at; empty where it was not.
    head: String,
    editions: Vec<EditionSource>,
    diagnostics: Vec<Diagnostic>,
}

/// A file of the folder of editions.
#[derive(Debug)]
struct Text {
    stamp: Option<Stamp>,
    diagnostics: Vec<Diagnostic>,
    /// `None` where it cannot be read, or is damaged: then it may hide who may see it.
    text: Option<Arc<str>>,
}

/// A picture that a release has kept.
#[derive(Debug)]
struct Picture {
    /// The picture of the content folder that it is compared with.
    name: Arc<str>,
    /// Its own, and that of the picture of the content folder.
    stamps: [Option<Stamp>; 2],
    /// Itself, if it is no longer the one of the content folder.
    kept: Option<KeptPicture>,
}

impl Project {
    /// Keeps what is read of the history in a cache.
    #[must_use]
    pub fn with_cache(self, cache: Cache) -> Self {
        Self { cache, ..self }
    }

    /// The editions that the history of the project's repository has, where the settings ask for
    /// them.
    #[must_use]
    pub fn read_history(&self, sources: &Sources) -> Arc<GitHistory> {
        self.history_since(self.editions_from(sources), None)
    }

    /// Adds the editions that the settings ask for: those of the history, and those of `editions/`.
    pub fn add_editions(&self, sources: &mut Sources, history: &Arc<GitHistory>) {
        self.add_editions_since(sources, self.editions_from(sources), history, None);
    }

    /// Adds the editions that the settings ask for. History is taken from `last` while the same
    /// commit is checked out, and so are files that have not changed.
    pub(super) fn read_editions(&self, sources: &mut Sources, last: Option<&Arc<Editions>>) -> Arc<Editions> {
        let from = self.editions_from(sources);
        let history = self.history_since(from, last.map(|last| &last.history));
        self.add_editions_since(sources, from, &history, last.map(|last| &**last))
    }

    fn add_editions_since(
        &self,
        sources: &mut Sources,
        from: EditionsFrom,
        history: &Arc<GitHistory>,
        last: Option<&Editions>,
    ) -> Arc<Editions> {
        if from == EditionsFrom::Nowhere {
            return Arc::default();
        }
        sources.diagnostics.extend(history.diagnostics.iter().cloned());
        sources.editions.extend(history.editions.iter().cloned());
        let mut read = Editions { history: Arc::clone(history), ..Editions::default() };
        self.read_edition_files(sources, last, &mut read);
        sources.has_editions = true;
        Arc::new(read)
    }

    /// Where the settings say that editions come from.
    fn editions_from(&self, sources: &Sources) -> EditionsFrom {
        match settings(sources) {
            Some(from) => from,
            None if self.root.join(FOLDER).is_dir() => EditionsFrom::Folder,
            None => EditionsFrom::Nowhere,
        }
    }

    fn history_since(&self, from: EditionsFrom, last: Option<&Arc<GitHistory>>) -> Arc<GitHistory> {
        if from != EditionsFrom::Git {
            return Arc::default();
        }
        let told = |message| {
            let diagnostic = Diagnostic::new(&rule::NO_HISTORY, message).at(&"handbook.yaml".into(), None);
            diagnostic.help(message!("no-history.help"))
        };
        let own = (self.root.clone(), "HEAD".to_owned());
        let (root, at) = self.repository.as_ref().unwrap_or(&own);
        let read = git::head(root, at).and_then(|head| {
            if let Some(last) = last.filter(|last| last.head == head.id) {
                return Ok(Arc::clone(last));
            }
            let editions = git::read(root, self.prefix, &head, &self.cache)?;
            let shallow = head.is_shallow.then(|| told(message!("no-history-shallow")));
            Ok(Arc::new(GitHistory { head: head.id, editions, diagnostics: shallow.into_iter().collect() }))
        });
        read.unwrap_or_else(|message| {
            Arc::new(GitHistory { diagnostics: vec![told(message)], ..GitHistory::default() })
        })
    }

    /// The pictures that a release has kept and that are no longer what they were.
    fn read_pictures(
        &self,
        folder: &Path,
        below: &str,
        names: &[String],
        last: Option<&Editions>,
        read: &mut Editions,
    ) -> Arc<[KeptPicture]> {
        let from = names.partition_point(|name| name.as_str() < below);
        let own = names[from..].iter().map_while(|name| Some((name, name.strip_prefix(below)?)));
        let kept = own.filter(|(_, picture)| is_picture(picture)).filter_map(|(name, picture)| {
            let known = last.and_then(|last| last.pictures.get(name));
            let picture = Picture::read(&folder.join(name), &self.content, picture, known);
            let kept = picture.kept.clone();
            read.pictures.insert(name.clone(), picture);
            kept
        });
        kept.collect()
    }

    fn read_edition_files(&self, sources: &mut Sources, last: Option<&Editions>, read: &mut Editions) {
        let folder = self.root.join(FOLDER);
        if !folder.is_dir() {
            return;
        }
        let prefix = format!("{FOLDER}/");
        let walked = walk(&folder, &prefix, &[], false, &mut sources.diagnostics, super::unreadable);
        for name in walked.names.iter().filter(|name| super::is_chapter(name)) {
            let Some((id, _)) = name.rsplit_once('/') else { continue };
            let shown: Arc<str> = format!("{prefix}{name}").into();
            let file = Text::read(&folder.join(name), &shown, last.and_then(|last| last.texts.get(name)));
            read.texts.insert(name.clone(), Arc::clone(&file));
            sources.diagnostics.extend(file.diagnostics.iter().cloned());
            let Some(text) = &file.text else { continue };
            let stem = crate::chapter::without_suffix(name).unwrap_or(name);
            let pictures = self.read_pictures(&folder, &format!("{stem}/"), &walked.names, last, read);
            sources.editions.push(EditionSource {
                of: EditionOf::Id(id.into()),
                path: shown,
                text: Arc::clone(text),
                above: Above::Present,
                commit: None,
                first: None,
                returned: None,
                pictures,
                removed: None,
                end: None,
            });
        }
    }
}

impl Text {
    fn read(path: &Path, shown: &Arc<str>, known: Option<&Arc<Self>>) -> Arc<Self> {
        let stamp = Stamp::of(path, SystemTime::now());
        if let Some(known) = known.filter(|known| is_unchanged(&known.stamp, &stamp)) {
            return Arc::clone(known);
        }
        let mut diagnostics = Vec::new();
        let text = match read_text(path, shown, &mut diagnostics) {
            Some((text, false)) => Some(text.into()),
            _ => None,
        };
        Arc::new(Self { stamp, diagnostics, text })
    }
}

impl Picture {
    fn read(path: &Path, content: &Path, name: &str, known: Option<&Arc<Self>>) -> Arc<Self> {
        let present = content.join(name);
        let stamps = [path, &present].map(|path| Stamp::of(path, SystemTime::now()));
        let same = |known: &&Arc<Self>| {
            let mut pairs = known.stamps.iter().zip(&stamps);
            *known.name == *name && pairs.all(|(known, now)| is_unchanged(known, now))
        };
        if let Some(known) = known.filter(same) {
            return Arc::clone(known);
        }
        let name: Arc<str> = name.into();
        let kept = read_bytes(path).ok().and_then(|bytes| {
            let is_other = read_bytes(&present).ok().as_ref() != Some(&bytes);
            is_other.then(|| KeptPicture { name: Arc::clone(&name), bytes: bytes.into() })
        });
        Arc::new(Self { name, stamps, kept })
    }
}

/// Whether a file is as it was, or still not there.
fn is_unchanged(known: &Option<Stamp>, now: &Option<Stamp>) -> bool {
    match (known, now) {
        (Some(known), Some(now)) => known.is_unchanged(now),
        (known, now) => known.is_none() && now.is_none(),
    }
}

/// Where handbook.yaml says that editions come from.
fn settings(sources: &Sources) -> Option<EditionsFrom> {
    let source = sources.config.as_ref()?;
    let document = Document::new(&source.path, &source.text, 0..source.text.len());
    Config::parse(&document).value.editions.from
}
