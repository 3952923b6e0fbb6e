//! Paths that count from a folder above their chapter.
//!
//! Where a book's site begins is what its tool's settings say. They may not be part of the
//! book, or those of a program that is not known here; a path that leads nowhere by all that is
//! known is then read from each folder above, and means the one thing that it leads to.

use super::{Links, Meaning};
use crate::chapter::folder;
use crate::handbook::link::join;
use crate::import::tree::{from_folder, within};

/// Folders above a chapter that are looked at.
const MOST: usize = 16;

impl Links<'_> {
    /// What a path means from a folder above its chapter; nothing where that is several things.
    pub(super) fn counted_from_above(&self, from: &str, path: &str) -> Meaning {
        let path = path.trim_start_matches('/');
        let above =
            std::iter::successors(Some(folder(from)), |path| (!path.is_empty()).then(|| folder(path)));
        let mut only = Meaning::Nothing;
        for top in above.take(MOST) {
            let found = join(top, path).map_or(Meaning::Nothing, |path| self.at(&path));
            if !matches!(found, Meaning::Chapter(_) | Meaning::File(_)) || found == only {
                continue;
            }
            if only != Meaning::Nothing {
                return Meaning::Nothing;
            }
            only = found;
        }
        only
    }

    /// The file that a path with `..` means to a browser, which stays at the top of a site where more
    /// folders are to be left than there are.
    pub(super) fn counted_from_top_at_most(&self, from: &str, path: &str) -> Meaning {
        let root = &self.book.root;
        let Some(inside) = from_folder(root, folder(from)) else { return Meaning::Nothing };
        let mut parts: Vec<&str> = inside.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => _ = parts.pop(),
                part => parts.push(part),
            }
        }
        match self.at(&within(root, &parts.join("/"))) {
            found @ Meaning::File(_) => found,
            _ => Meaning::Nothing,
        }
    }
}
