//! Files beside the chapters: `static/` of Hugo and Zola, `public/` of Nextra and Nuxt, which
//! these publish at the top of a site. Chapters name them from there (`/images/a.png`).
//!
//! Such a folder lies next to `content/`, and its files have the names that they would have in
//! there. Nobody put them there for us, so that only what a page shows is published.

use super::listing::Listing;
use super::name::Zone;
use super::{Project, is_chapter, unreadable, walk};
use crate::diagnostic::Diagnostic;
use crate::source::Attachment;
use std::path::{Path, PathBuf};

/// Folders whose files tools publish at the top of a site.
const FOLDERS: [&str; 3] = ["assets", "public", "static"];

/// Those of the folders that lie beside the content folder. What has the same name in there
/// comes first.
pub(super) fn folders(root: &Path, content: &Path) -> Vec<&'static str> {
    let is_own = |name: &str| root.join(name).symlink_metadata().is_ok_and(|data| data.is_dir());
    let is_free = |name: &str| content.join(name).symlink_metadata().is_err();
    FOLDERS.into_iter().filter(|name| is_own(name) && is_free(name)).collect()
}

/// The attachment that a file of a project is, by its path from the project's folder.
pub(super) fn attachment(path: &str) -> Option<Attachment> {
    let (folder, _) = path.split_once('/')?;
    let is_file = Zone::of(Path::new(path), false).is_some() && !is_chapter(path);
    (FOLDERS.contains(&folder) && is_file)
        .then(|| Attachment { is_beside: true, ..Attachment::new(path, None) })
}

/// The names of what lies in the folders beside the chapters, as far as it can be told whether
/// they have changed.
#[derive(Debug, Clone)]
pub(super) struct Beside(Vec<(&'static str, Listing)>);

impl Beside {
    /// Lists the folders; `None` where `walk` must do it.
    pub(super) fn new(project: &Project, last: Option<&Self>) -> Option<Self> {
        let list = |name: &&'static str| {
            let known = last.and_then(|last| last.0.iter().find(|(known, _)| known == name));
            let known = known.map(|(_, listing)| listing);
            Some((*name, Listing::new(&project.root.join(name), &project.skipped, known)?))
        };
        project.beside.iter().map(list).collect::<Option<_>>().map(Self)
    }

    /// Whether the names are the same as in `last`.
    pub(super) fn is_unchanged_since(&self, last: &Self) -> bool {
        let pairs = self.0.iter().zip(&last.0);
        self.0.len() == last.0.len()
            && pairs.into_iter().all(|(new, old)| new.0 == old.0 && new.1.is_unchanged_since(&old.1))
    }

    fn names(&self) -> Vec<String> {
        let below = |(folder, listing): &(&str, Listing)| {
            listing.names().into_iter().map(|name| format!("{folder}/{name}")).collect::<Vec<_>>()
        };
        self.0.iter().flat_map(below).filter(|name| !is_chapter(name)).collect()
    }
}

impl Project {
    /// Whether a file of this name lies beside the content folder.
    pub(super) fn is_beside(&self, name: &str) -> bool {
        let below = |folder: &str| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        self.beside.iter().any(|folder| below(folder))
    }

    /// The folders beside `content/` whose files chapters may show.
    pub(crate) fn beside(&self) -> impl Iterator<Item = PathBuf> + '_ {
        self.beside.iter().map(|name| self.root.join(name))
    }

    /// Where a chapter or an attachment of this name lies.
    #[must_use]
    pub fn path_of(&self, name: &str) -> PathBuf {
        if self.is_beside(name) { self.root.join(name) } else { self.content.join(name) }
    }

    /// The names of the files beside the chapters, sorted.
    pub(super) fn names_beside(
        &self,
        listed: Option<&Beside>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<String> {
        if let Some(listed) = listed {
            return listed.names();
        }
        let mut names = Vec::new();
        for folder in &self.beside {
            let prefix = format!("{folder}/");
            let walked =
                walk(&self.root.join(folder), &prefix, &self.skipped, false, diagnostics, unreadable);
            let files = walked.names.into_iter().filter(|name| !is_chapter(name));
            names.extend(files.map(|name| format!("{prefix}{name}")));
        }
        names
    }
}
