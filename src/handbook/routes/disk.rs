//! What a disk can hold: no file where a folder must be, no name that is too
//! long, no two names that only case or Unicode form tells apart.

use super::super::Handbook;
use super::super::registry::prefix;
use super::{OWN_FOLDERS, Routes};
use crate::diagnostic::{Diagnostic, Level};
use crate::locale::Message;
use crate::message;
use crate::rule;
use crate::text::fold_path;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Bytes that the name of a file or folder may have on the disks in use.
pub(crate) const LONGEST_NAME: usize = 255;
/// Bytes of a name that becomes part of one: numbers and an ending must still fit.
pub(super) const LONGEST_SLUG: usize = LONGEST_NAME - 15;
/// Bytes of an address, so that there is room for the path of the output folder.
const LONGEST_ADDRESS: usize = 3_800;
/// All addresses so far, as a disk that forgives case and Unicode form has them.
#[derive(Debug, Default)]
pub(super) struct Disk {
    files: HashMap<String, Arc<str>>,
    /// Each folder, with an address in it.
    folders: HashMap<String, Arc<str>>,
}

/// Why an address cannot stand beside the others.
pub(super) enum Obstacle {
    /// Another differs in case or Unicode form only.
    Like(Arc<str>),
    /// This one is a file where the other needs a folder.
    FileAbove(Arc<str>),
    /// The other lies in a folder of this name.
    FolderThere(Arc<str>),
}

impl Disk {
    /// What stands in the way of an address.
    pub(super) fn obstacle(&self, address: &str) -> Option<Obstacle> {
        let folded = fold_path(address);
        if let Some(like) = self.files.get(&folded).filter(|like| ***like != *address) {
            return Some(Obstacle::Like(Arc::clone(like)));
        }
        if let Some(inside) = self.folders.get(&folded) {
            return Some(Obstacle::FolderThere(Arc::clone(inside)));
        }
        let above = above(&folded).find_map(|folder| self.files.get(folder));
        above.map(|file| Obstacle::FileAbove(Arc::clone(file)))
    }

    /// Inserts an address; of several that are alike the last is remembered.
    pub(super) fn insert(&mut self, address: &Arc<str>) {
        let folded = fold_path(address);
        for folder in above(&folded) {
            if !self.folders.contains_key(folder) {
                self.folders.insert(folder.to_owned(), Arc::clone(address));
            }
        }
        self.files.insert(folded, Arc::clone(address));
    }
}

/// Every folder that an address lies in.
fn above(address: &str) -> impl Iterator<Item = &str> {
    address.match_indices('/').map(|(at, _)| &address[..at])
}

/// The diagnostic for an address that is too long for a disk.
pub(super) fn too_long(address: &str) -> Option<Diagnostic> {
    let message = if address.len() > LONGEST_ADDRESS {
        message!("limit-address", bytes = address.len(), most = LONGEST_ADDRESS)
    } else {
        let name = address.split('/').find(|name| name.len() > LONGEST_NAME)?;
        message!("limit-address-name", bytes = name.len(), most = LONGEST_NAME)
    };
    Some(Diagnostic::new(&rule::LIMIT, message).help(message!("limit-address.help")))
}

impl Routes {
    /// Inserts all addresses but redirects; what does not fit on a disk gives a
    /// diagnostic.
    pub(super) fn fill_disk(&mut self, handbook: &Handbook) -> Disk {
        let mut disk = Disk::default();
        let chapters = handbook
            .chapters
            .iter()
            .map(|chapter| (Arc::clone(&chapter.url), Arc::clone(&chapter.source.path)));
        let files = handbook.attachments.iter();
        let prefix = prefix(&handbook.chapters);
        let files = files.map(|file| (Arc::clone(&file.name), format!("{prefix}{}", file.name).into()));
        let authors: HashMap<Arc<str>, Arc<str>> = chapters.chain(files).collect();
        // Generated ones last, so that an author's that is like one finds it there.
        let generated = self.pages.keys().filter(|address| !authors.contains_key(*address));
        let own: BTreeSet<&Arc<str>> = authors.keys().collect();
        own.into_iter().chain(generated).for_each(|address| disk.insert(address));
        for (folder, _) in OWN_FOLDERS {
            disk.folders.entry(folder.to_owned()).or_insert_with(|| format!("{folder}/").into());
        }
        let mut sorted: Vec<_> = authors.iter().collect();
        sorted.sort_unstable();
        for (address, path) in sorted {
            self.diagnostics.extend(too_long(address).map(|diagnostic| diagnostic.at(path, None)));
            self.diagnostics.extend(self.author_obstacle(&disk, address, path, &authors));
        }
        disk
    }

    /// What is wrong with the place of an author's file.
    fn author_obstacle(
        &self,
        disk: &Disk,
        address: &Arc<str>,
        path: &Arc<str>,
        authors: &HashMap<Arc<str>, Arc<str>>,
    ) -> Option<Diagnostic> {
        let new = |message: Message| Diagnostic::new(&rule::DUPLICATE_URL, message).at(path, None);
        match disk.obstacle(address)? {
            Obstacle::FolderThere(inside) => {
                let other = authors.get(&inside).unwrap_or(&inside);
                let message = message!("duplicate-url-folder", path = path, address = address, other = other);
                let diagnostic = new(message).help(message!("duplicate-url-folder.help"));
                let of_author = authors.contains_key(&inside);
                let related = || message!("duplicate-url-folder-other", address = address);
                Some(if of_author { diagnostic.related(other, None, related()) } else { diagnostic })
            }
            // Of two files of the author's, the one above is reported.
            Obstacle::FileAbove(file) if authors.contains_key(&file) => None,
            Obstacle::FileAbove(file) => {
                let message = message!("duplicate-url-page", path = path, address = address, page = &file);
                Some(new(message).help(message!("duplicate-url-page.help")))
            }
            Obstacle::Like(other) => {
                // `Registry` reports two files of the author's, once.
                let other = [&other, address].into_iter().find(|address| !authors.contains_key(*address))?;
                let message = message!("duplicate-url-like", path = path, page = other);
                let mut diagnostic = new(message).help(message!("duplicate-url-like.help"));
                diagnostic.level = Level::Warning;
                Some(diagnostic)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_forgives_case_and_unicode_form_and_no_more() {
        let mut disk = Disk::default();
        for address in ["a.html", "b/c.html/index.html", "é/x.html"] {
            disk.insert(&address.into());
        }
        assert!(disk.obstacle("a.html").is_none() && disk.obstacle("a.html.br").is_none());
        assert!(matches!(disk.obstacle("A.html"), Some(Obstacle::Like(_))));
        assert!(matches!(disk.obstacle("e\u{301}/X.html"), Some(Obstacle::Like(_))));
        assert!(matches!(disk.obstacle("A.html/b/c"), Some(Obstacle::FileAbove(_))));
        assert!(matches!(disk.obstacle("B"), Some(Obstacle::FolderThere(_))));
        assert!(matches!(disk.obstacle("b/C.html"), Some(Obstacle::FolderThere(_))));
        assert!(disk.obstacle("a.html／b").is_none() && disk.obstacle("b/c").is_none());
    }

    #[test]
    fn names_are_as_long_as_a_disk_holds_them() {
        assert_eq!(too_long(&format!("a/{}.html", "x".repeat(250))), None);
        assert!(too_long(&format!("a/{}.html", "x".repeat(251))).is_some());
        assert!(too_long(&format!("{}/a.html", "制".repeat(86))).is_some());
        assert!(too_long(&"x/".repeat(2_000)).is_some());
    }
}
