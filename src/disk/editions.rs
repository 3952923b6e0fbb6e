//! Where editions are read from: `editions/<ID>/<version>.md` of the project, or the
//! history of its repository.

use super::{Project, git, read_bytes, read_text, walk};
use crate::cache::Cache;
use crate::config::{Config, EditionsFrom};
use crate::diagnostic::Diagnostic;
use crate::media::is_picture;
use crate::message;
use crate::rule;
use crate::source::{Above, EditionOf, EditionSource, KeptPicture, Sources};
use crate::yaml::Document;
use std::path::Path;
use std::sync::Arc;

/// The folder of editions that lie in the project as files.
pub(crate) const FOLDER: &str = "editions";

/// Editions of a history as they were read, and what they were read from.
#[derive(Debug, Clone, Default)]
pub struct Editions {
    /// The commit that history was read at; empty where it was not.
    head: String,
    history: Vec<EditionSource>,
    diagnostics: Vec<Diagnostic>,
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
    pub fn read_history(&self, sources: &Sources) -> Editions {
        match self.editions_from(sources) {
            EditionsFrom::Git => self.history_since(None).as_ref().clone(),
            _ => Editions::default(),
        }
    }

    /// Adds the editions that the settings ask for: those of the history, and those of `editions/`.
    pub fn add_editions(&self, sources: &mut Sources, history: &Editions) {
        if self.editions_from(sources) == EditionsFrom::Nowhere {
            return;
        }
        sources.diagnostics.extend(history.diagnostics.iter().cloned());
        sources.editions.extend(history.history.iter().cloned());
        self.read_edition_files(sources);
        sources.has_editions = true;
    }

    /// Adds the editions that the settings ask for. History is taken from `last` while the same
    /// commit is checked out.
    pub(super) fn read_editions(&self, sources: &mut Sources, last: Option<&Arc<Editions>>) -> Arc<Editions> {
        let history = match self.editions_from(sources) {
            EditionsFrom::Git => self.history_since(last),
            _ => Arc::default(),
        };
        self.add_editions(sources, &history);
        history
    }

    /// Where the settings say that editions come from.
    fn editions_from(&self, sources: &Sources) -> EditionsFrom {
        match settings(sources) {
            Some(from) => from,
            None if self.root.join(FOLDER).is_dir() => EditionsFrom::Folder,
            None => EditionsFrom::Nowhere,
        }
    }

    fn history_since(&self, last: Option<&Arc<Editions>>) -> Arc<Editions> {
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
            let history = git::read(root, self.prefix, &head, &self.cache)?;
            let shallow = head.is_shallow.then(|| told(message!("no-history-shallow")));
            Ok(Arc::new(Editions { head: head.id, history, diagnostics: shallow.into_iter().collect() }))
        });
        read.unwrap_or_else(|message| {
            Arc::new(Editions { diagnostics: vec![told(message)], ..Editions::default() })
        })
    }

    /// The pictures that a release has kept and that are no longer what they were.
    fn read_pictures(&self, folder: &Path, below: &str, names: &[String]) -> Arc<[KeptPicture]> {
        let from = names.partition_point(|name| name.as_str() < below);
        let own = names[from..].iter().map_while(|name| Some((name, name.strip_prefix(below)?)));
        let kept = own.filter(|(_, picture)| is_picture(picture)).filter_map(|(name, picture)| {
            let bytes = read_bytes(&folder.join(name)).ok()?;
            let now = read_bytes(&self.content.join(picture)).ok();
            (now.as_ref() != Some(&bytes)).then(|| KeptPicture { name: picture.into(), bytes: bytes.into() })
        });
        kept.collect()
    }

    fn read_edition_files(&self, sources: &mut Sources) {
        let folder = self.root.join(FOLDER);
        if !folder.is_dir() {
            return;
        }
        let prefix = format!("{FOLDER}/");
        let walked = walk(&folder, &prefix, &[], false, &mut sources.diagnostics, super::unreadable);
        for name in walked.names.iter().filter(|name| super::is_chapter(name)) {
            let Some((id, _)) = name.rsplit_once('/') else { continue };
            let shown: Arc<str> = format!("{prefix}{name}").into();
            let read = read_text(&folder.join(name), &shown, &mut sources.diagnostics);
            // A damaged text may hide who may see it.
            let Some((text, false)) = read else { continue };
            let stem = crate::chapter::without_suffix(name).unwrap_or(name);
            let pictures = self.read_pictures(&folder, &format!("{stem}/"), &walked.names);
            sources.editions.push(EditionSource {
                of: EditionOf::Id(id.into()),
                path: shown,
                text: text.into(),
                above: Above::Present,
                commit: None,
                first: None,
                returned: None,
                pictures,
                removed: None,
            });
        }
    }
}

/// Where handbook.yaml says that editions come from.
fn settings(sources: &Sources) -> Option<EditionsFrom> {
    let source = sources.config.as_ref()?;
    let document = Document::new(&source.path, &source.text, 0..source.text.len());
    Config::parse(&document).value.editions.from
}
