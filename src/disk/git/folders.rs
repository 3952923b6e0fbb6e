//! The folders' own pages at each commit: they say who may see a text that does not say it itself.

use super::changes::Changes;
use crate::chapter::{folder, index_rank};
use crate::source::{Above, FolderPage};
use std::collections::HashMap;
use std::sync::Arc;

/// The folders' own pages through the history.
#[derive(Debug, Default)]
pub(super) struct FolderPages {
    /// By folder and name.
    changes: HashMap<String, HashMap<String, Changes>>,
    /// By blob, once they have been read; empty until then.
    texts: HashMap<String, Arc<str>>,
}

impl FolderPages {
    /// Notes a change of the file with this name, if it is a folder's own page.
    pub(super) fn add(&mut self, name: Option<&str>, age: usize, blob: Option<&str>) {
        let Some(name) = name.filter(|name| index_rank(name).is_some()) else { return };
        if let Some(blob) = blob {
            self.texts.entry(blob.to_owned()).or_default();
        }
        let pages = self.changes.entry(folder(name).to_owned()).or_default();
        pages.entry(name.to_owned()).or_default().add(age, blob);
    }

    /// The blobs of all of them.
    pub(super) fn blobs(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// Keeps the text of a blob that is one of theirs.
    pub(super) fn read(&mut self, blob: &str, text: &Arc<str>) {
        if let Some(known) = self.texts.get_mut(blob) {
            *known = Arc::clone(text);
        }
    }

    /// The pages of the folders above a file at a commit, the nearest first.
    pub(super) fn above(&self, name: &str, age: usize) -> Above {
        let mut found = Vec::new();
        let mut at = folder(name);
        loop {
            let pages = self.changes.get(at).into_iter().flatten();
            let then = pages.filter_map(|(page, changes)| {
                let blob = changes.at(age)??;
                Some((page, FolderPage { folder: at.into(), text: Arc::clone(self.texts.get(blob)?) }))
            });
            let mut then: Vec<(&String, FolderPage)> = then.filter(|(page, _)| *page != name).collect();
            then.sort_by_key(|(page, _)| *page);
            found.extend(then.into_iter().map(|(_, page)| page));
            if at.is_empty() {
                return Above::Then(found.into());
            }
            at = at.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_those_of_the_commit() {
        let mut pages = FolderPages::default();
        pages.add(Some("a/index.md"), 1, Some("open"));
        pages.add(Some("a/b/README.md"), 2, None);
        pages.add(Some("a/index.md"), 3, Some("board"));
        pages.add(Some("a/b/README.md"), 4, Some("staff"));
        pages.add(Some("a/x.md"), 4, Some("no page"));
        for text in ["open", "board", "staff", "no page"] {
            pages.read(text, &text.into());
        }
        let above = |age| match pages.above("a/b/x.md", age) {
            Above::Then(pages) => pages.iter().map(|page| page.text.to_string()).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(above(1), ["open"]);
        assert_eq!(above(2), ["board"]);
        assert_eq!(above(3), ["staff", "board"]);
        assert_eq!(above(4), ["staff"]);
    }
}
