//! The folders' own pages at each commit: they say who may see a text that does not say it itself.

use super::changes::Changes;
use crate::chapter::{folder, index_rank, without_suffix};
use crate::source::{Above, FolderPage};
use crate::text::fold_path;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// A blob that stands for what is no file, such as a symbolic link: where it leads is not looked up.
const UNREAD: &str = "";

/// The folders' own pages through the history, and the chapters `x.md` beside folders `x/`.
#[derive(Debug, Default)]
pub(super) struct FolderPages {
    /// By folder, as names are compared, and by name.
    changes: HashMap<String, HashMap<String, Changes>>,
    /// Folders that have held a chapter, as names are compared.
    folders: HashSet<String>,
    /// Folders that hold no chapter any more, by their names, with the age of the commit that took
    /// the last away.
    gone: HashMap<String, usize>,
    /// By blob, those that could be read.
    texts: HashMap<String, Arc<str>>,
}

/// What a file is after a commit.
#[derive(Debug, Clone, Copy)]
pub(super) enum Entry<'a> {
    /// A file with this content.
    File(&'a str),
    /// Something else of that name.
    Other,
    /// Nothing.
    Gone,
}

impl FolderPages {
    /// Notes a change of the file with this name, if it may say who sees a folder.
    pub(super) fn add(&mut self, name: Option<&str>, age: usize, entry: Entry<'_>) {
        let Some((name, stem)) = name.and_then(|name| Some((name, without_suffix(name)?))) else { return };
        let blob = match entry {
            Entry::File(blob) => Some(blob),
            Entry::Other => Some(UNREAD),
            Entry::Gone => None,
        };
        let of = if index_rank(name).is_some() { folder(name) } else { stem };
        self.folders.insert(fold_path(folder(name)));
        let pages = self.changes.entry(fold_path(of)).or_default();
        pages.entry(name.to_owned()).or_default().add(age, blob);
    }

    /// Leaves out chapters beside which there was no folder, once all is noted.
    pub(super) fn finish(&mut self) {
        self.gone = self.gone_folders();
        let mut folders: HashSet<&str> = HashSet::new();
        for mut at in self.folders.iter().map(String::as_str) {
            while folders.insert(at)
                && let Some((above, _)) = at.rsplit_once('/')
            {
                at = above;
            }
        }
        self.changes.retain(|folder, _| folders.contains(folder.as_str()));
    }

    fn gone_folders(&self) -> HashMap<String, usize> {
        // 0 where one of its chapters is there.
        let mut ends: HashMap<&str, usize> = HashMap::new();
        for (name, changes) in self.changes.values().flatten() {
            let end = changes.gone().unwrap_or(0);
            let mut at = folder(name);
            while !at.is_empty() {
                ends.entry(at).and_modify(|known| *known = end.min(*known)).or_insert(end);
                at = folder(at);
            }
        }
        ends.into_iter().filter(|(_, end)| *end > 0).map(|(at, end)| (at.to_owned(), end)).collect()
    }

    /// The ages of the commits with which folders above a file went, as far as they are gone.
    pub(super) fn ends_above(&self, name: &str) -> impl Iterator<Item = usize> {
        let above = name.match_indices('/').map(|(at, _)| &name[..at]);
        above.filter_map(|folder| self.gone.get(folder).copied())
    }

    /// The blobs of all of them.
    pub(super) fn blobs(&self) -> impl Iterator<Item = &str> {
        let all = self.changes.values().flat_map(HashMap::values).flat_map(Changes::blobs);
        all.filter(|blob| *blob != UNREAD)
    }

    /// Keeps the text of a blob that is one of theirs.
    pub(super) fn read(&mut self, blob: &str, text: &Arc<str>) {
        self.texts.insert(blob.to_owned(), Arc::clone(text));
    }

    /// The pages of the folders above a file at a commit, the nearest first.
    pub(super) fn above(&self, name: &str, age: usize) -> Above {
        let mut found = Vec::new();
        let mut at = folder(name);
        loop {
            let pages = self.changes.get(&fold_path(at)).into_iter().flatten();
            let then = pages.filter_map(|(page, changes)| {
                let text = self.texts.get(changes.at(age)??).map(Arc::clone);
                let is_beside = index_rank(page).is_none() || folder(page) != at;
                Some((page, FolderPage { folder: at.into(), text, is_beside }))
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
    use std::collections::BTreeSet;

    #[test]
    fn pages_are_those_of_the_commit() {
        let mut pages = FolderPages::default();
        pages.add(Some("a/index.md"), 1, Entry::File("open"));
        pages.add(Some("a/b/README.md"), 2, Entry::Gone);
        pages.add(Some("a/b/x.md"), 2, Entry::File("own"));
        pages.add(Some("a/index.md"), 3, Entry::File("board"));
        pages.add(Some("a/b/README.md"), 4, Entry::File("staff"));
        pages.add(Some("a/x.md"), 4, Entry::File("no page"));
        pages.finish();
        assert_eq!(pages.blobs().collect::<BTreeSet<_>>(), ["board", "open", "staff"].into());
        for text in ["open", "board", "staff"] {
            pages.read(text, &text.into());
        }
        let above = |age| match pages.above("a/b/x.md", age) {
            Above::Then(pages) => pages.iter().filter_map(|page| page.text.clone()).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(above(1), ["open".into()]);
        assert_eq!(above(2), ["board".into()]);
        assert_eq!(above(3), ["staff".into(), "board".into()]);
        assert_eq!(above(4), ["staff".into()]);
    }

    #[test]
    fn chapters_beside_folders_and_what_is_no_file_are_among_them() {
        let mut pages = FolderPages::default();
        pages.add(Some("a/b/x.md"), 1, Entry::File("own"));
        pages.add(Some("a/b.md"), 1, Entry::File("beside"));
        pages.add(Some("a/c.md"), 1, Entry::File("no page"));
        pages.add(Some("index.md"), 1, Entry::Other);
        pages.finish();
        assert_eq!(pages.blobs().collect::<Vec<_>>(), ["beside"]);
        pages.read("beside", &"text".into());
        let page = |folder: &str, text: Option<&str>, is_beside| FolderPage {
            folder: folder.into(),
            text: text.map(Arc::from),
            is_beside,
        };
        let wanted = [page("a/b", Some("text"), true), page("", None, false)];
        assert_eq!(pages.above("a/b/x.md", 1), Above::Then(wanted.into()));
    }
}
