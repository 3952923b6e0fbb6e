//! A second import: what may be overwritten, and what stays.
//!
//! The first import leaves a manifest of what it wrote. A file that holds just that is
//! ours to bring up to date, and to take away where the book has it no longer, or elsewhere:
//! else what the book holds back by now would stay public. Whatever else stands in the folder
//! is the user's: it is neither overwritten nor removed, and the report says what it kept from
//! arriving.

use super::report::Kind;
use super::tree::SourceTree;
use crate::chapter::{folder, index_rank};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What the last import wrote, by path in the project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Manifest {
    /// The form of the manifest.
    pub version: u32,
    /// The tool that the book was written for.
    pub tool: String,
    /// What was written.
    pub files: BTreeMap<String, Written>,
    /// The folders that were made for it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub folders: BTreeSet<String>,
}

/// A file that an import wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Written {
    /// Digest of what was written.
    pub written: String,
    /// The file of the book it was made from.
    pub source: String,
    /// Where earlier imports wrote it, whose addresses lead here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<String>,
}

impl Manifest {
    /// The form that this version writes.
    pub const VERSION: u32 = 1;
    /// Its name in the project.
    pub const NAME: &'static str = ".handbook-import.json";

    /// Reads a manifest; `None` where it is none, or none of this version.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str::<Self>(text).ok().filter(|manifest| manifest.version == Self::VERSION)
    }

    /// The manifest as a file.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Takes note of a file.
    pub fn insert(&mut self, path: &str, digest: &str, source: &str) {
        let former = self.files.remove(path).map(|known| known.former).unwrap_or_default();
        let written = Written { written: digest.to_owned(), source: source.to_owned(), former };
        self.files.insert(path.to_owned(), written);
    }

    /// Takes note that a chapter lies elsewhere now.
    pub fn move_to(&mut self, from: &str, to: &str) {
        let Some(old) = self.files.remove(from) else { return };
        let Some(new) = self.files.get_mut(to) else { return };
        for path in old.former.into_iter().chain([from.to_owned()]) {
            if path != to && !new.former.contains(&path) {
                new.former.push(path);
            }
        }
    }
}

/// Whether a path of the project is that of a chapter.
fn is_chapter(path: &str) -> bool {
    path.starts_with("content/") && path.ends_with(".md")
}

/// Where earlier imports put the chapters of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Their paths in the project as long as nobody edited them there, by their files in the book.
    places: BTreeMap<String, Vec<String>>,
    /// The files of the book whose chapters were removed.
    removed: BTreeSet<String>,
}

impl Earlier {
    /// What a manifest says, with what stands at its paths by now.
    #[must_use]
    pub fn new(manifest: &Manifest, standing: impl Fn(&str) -> Standing) -> Self {
        let mut own = Self::default();
        let mut kept = BTreeSet::new();
        for (path, file) in
            manifest.files.iter().filter(|(path, file)| is_chapter(path) && !file.source.is_empty())
        {
            let places = own.places.entry(file.source.clone()).or_default();
            places.extend(file.former.iter().cloned());
            match standing(path) {
                Standing::Free => _ = own.removed.insert(file.source.clone()),
                standing => {
                    kept.insert(file.source.as_str());
                    if standing == Standing::File(file.written.clone()) {
                        places.push(path.clone());
                    }
                }
            }
        }
        own.removed.retain(|source| !kept.contains(source.as_str()));
        own
    }

    /// Where the chapter of a file was, below `content/`.
    pub(super) fn places<'a>(&'a self, source: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let all = self.places.get(source).into_iter().flatten();
        all.filter_map(|path| path.strip_prefix("content/"))
    }

    /// Whether somebody removed the chapter of a file, so that it stays away wherever it would lie.
    #[must_use]
    pub fn is_removed(&self, path: &str, source: &str) -> bool {
        is_chapter(path) && self.removed.contains(source)
    }
}

/// What a book has by now of a file that an earlier import made something of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It lies elsewhere in the project; whether it is held back there.
    Moved {
        /// Whether readers do not see it.
        is_held: bool,
    },
    /// Nothing is made of it any more, or it is gone.
    Gone,
    /// That cannot be told: the book was not read whole, or is another one.
    Unsure,
}

/// The book as it is now, beside what an earlier import took from it.
#[derive(Debug)]
pub struct Present<'a> {
    tree: &'a SourceTree,
    unread: HashSet<&'a str>,
    /// Whether it is the book that was imported: most of what was taken from it is there, or in another folder.
    is_same: bool,
}

impl<'a> Present<'a> {
    /// The book of this tool, beside what a manifest says.
    #[must_use]
    pub fn new(manifest: &Manifest, tool: &str, tree: &'a SourceTree) -> Self {
        let sources: BTreeSet<&str> = manifest.files.values().map(|file| file.source.as_str()).collect();
        let sources = sources.into_iter().filter(|source| !source.is_empty());
        // Whoever renames a folder moves all that it holds; names that each folder has say nothing.
        let name = |path: &'a str| path.rsplit('/').next().unwrap_or(path);
        let own = tree.files.keys().filter(|path| index_rank(path).is_none());
        let named: HashSet<&str> = own.map(|path| name(path)).collect();
        let is_there =
            |source: &&str| tree.has(source) || named.contains(source.rsplit('/').next().unwrap_or(source));
        let (there, gone): (Vec<&str>, Vec<&str>) = sources.partition(is_there);
        let unread = tree.unread.iter().map(|(path, _)| path).chain(&tree.undecoded).map(String::as_str);
        Self { tree, unread: unread.collect(), is_same: manifest.tool == tool && there.len() >= gone.len() }
    }

    /// What the book has of a file that this import made nothing of.
    #[must_use]
    pub fn origin_of_unused(&self, source: &str) -> Origin {
        let mut above = std::iter::successors(Some(source), |path| (!path.is_empty()).then(|| folder(path)));
        let is_known =
            self.tree.has(source) || !self.tree.is_partial && !above.any(|path| self.unread.contains(path));
        if self.is_same && is_known { Origin::Gone } else { Origin::Unsure }
    }
}

/// What becomes of a file that an earlier import wrote and this one does not; `None` where it is taken
/// away.
#[must_use]
pub fn decide_leftover(written: &str, standing: &Standing, origin: Origin) -> Option<Kind> {
    match (standing, origin) {
        (Standing::File(now), Origin::Moved { .. } | Origin::Gone) if now == written => None,
        (Standing::File(_), Origin::Moved { is_held: true }) => Some(Kind::EditedAndWithheld),
        (Standing::File(_), Origin::Moved { is_held: false }) => Some(Kind::EditedAndMoved),
        _ => Some(Kind::Gone),
    }
}

/// The digest of a file's bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes))
}

/// What stands at a path of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Free,
    /// A file with this digest.
    File(String),
    /// Something that is no file, such as a folder or a link.
    Other,
}

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is written.
    Write,
    /// It is there already, as it should be.
    Same,
    /// What stands there stays, and this is told.
    Keep(Kind),
    /// What stands there stays: it was edited, and the book has nothing new for it.
    KeepEdited,
}

/// What becomes of a file whose new bytes have the digest `new`.
#[must_use]
pub fn decide(manifest: &Manifest, path: &str, standing: &Standing, new: &str) -> Outcome {
    let last = manifest.files.get(path).map(|file| file.written.as_str());
    match (standing, last) {
        (Standing::File(now), _) if now == new => Outcome::Same,
        (Standing::File(now), Some(last)) if now == last => Outcome::Write,
        (Standing::File(_), Some(last)) if last == new => Outcome::KeepEdited,
        (Standing::File(_), Some(_)) => Outcome::Keep(Kind::EditedAndNew),
        (Standing::File(_) | Standing::Other, _) => Outcome::Keep(Kind::Taken),
        (Standing::Free, Some(_)) => Outcome::Keep(Kind::Removed),
        (Standing::Free, None) => Outcome::Write,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_not_edited_is_taken_away_and_only_where_that_is_sure() {
        let file = |digest: &str| Standing::File(digest.to_owned());
        let (held, moved) = (Origin::Moved { is_held: true }, Origin::Moved { is_held: false });
        for (standing, origin, kept) in [
            (file("1"), held, None),
            (file("1"), moved, None),
            (file("1"), Origin::Gone, None),
            (file("1"), Origin::Unsure, Some(Kind::Gone)),
            (file("9"), held, Some(Kind::EditedAndWithheld)),
            (file("9"), moved, Some(Kind::EditedAndMoved)),
            (file("9"), Origin::Gone, Some(Kind::Gone)),
            (Standing::Other, moved, Some(Kind::Gone)),
        ] {
            assert_eq!(decide_leftover("1", &standing, origin), kept, "{standing:?} {origin:?}");
        }
    }

    #[test]
    fn what_was_not_read_is_not_taken_for_gone() {
        let mut tree = SourceTree::default();
        tree.files.insert("docs/a.md".to_owned(), crate::import::SourceFile::of_text(""));
        let mut manifest = Manifest { tool: "mkdocs".to_owned(), ..Manifest::default() };
        manifest.insert("content/a.md", "1", "docs/a.md");
        manifest.insert("content/b.md", "1", "docs/b.md");
        let of = |tree: &SourceTree, tool: &str, manifest: &Manifest, source: &str| {
            Present::new(manifest, tool, tree).origin_of_unused(source)
        };
        assert_eq!(of(&tree, "mkdocs", &manifest, "docs/b.md"), Origin::Gone);
        assert_eq!(of(&tree, "hugo", &manifest, "docs/a.md"), Origin::Unsure);
        tree.unread.push(("docs/hr".to_owned(), "?".to_owned()));
        assert_eq!(of(&tree, "mkdocs", &manifest, "docs/b.md"), Origin::Gone);
        assert_eq!(of(&tree, "mkdocs", &manifest, "docs/hr/pay/c.md"), Origin::Unsure);
        tree.is_partial = true;
        assert_eq!(of(&tree, "mkdocs", &manifest, "docs/b.md"), Origin::Unsure);
        assert_eq!(of(&tree, "mkdocs", &manifest, "docs/a.md"), Origin::Gone);
        tree.is_partial = false;
        // Of three files that were taken from a book, one says nothing of the others.
        manifest.insert("content/c.md", "1", "docs/c.md");
        assert_eq!(of(&tree, "mkdocs", &manifest, "docs/b.md"), Origin::Unsure);
        // Those of a folder that was renamed are there.
        tree.files.insert("docs/new/b.md".to_owned(), crate::import::SourceFile::of_text(""));
        tree.files.insert("docs/new/index.md".to_owned(), crate::import::SourceFile::of_text(""));
        assert_eq!(of(&tree, "mkdocs", &manifest, "docs/b.md"), Origin::Gone);
        manifest.insert("content/index.md", "1", "docs/index.md");
        manifest.insert("content/d.md", "1", "docs/d.md");
        assert_eq!(of(&tree, "mkdocs", &manifest, "docs/b.md"), Origin::Unsure);
    }

    #[test]
    fn only_what_was_not_edited_is_overwritten() {
        let mut manifest = Manifest::default();
        manifest.insert("a", "1", "");
        let file = |digest: &str| Standing::File(digest.to_owned());
        let cases = [
            ("a", file("1"), "1", Outcome::Same),
            ("a", file("1"), "2", Outcome::Write),
            ("a", file("9"), "1", Outcome::KeepEdited),
            ("a", file("9"), "2", Outcome::Keep(Kind::EditedAndNew)),
            ("a", Standing::Free, "1", Outcome::Keep(Kind::Removed)),
            ("a", Standing::Other, "1", Outcome::Keep(Kind::Taken)),
            ("b", Standing::Free, "1", Outcome::Write),
            ("b", file("9"), "1", Outcome::Keep(Kind::Taken)),
            ("b", file("1"), "1", Outcome::Same),
        ];
        for (path, standing, new, outcome) in cases {
            assert_eq!(decide(&manifest, path, &standing, new), outcome, "{path} {standing:?} {new}");
        }
    }
}
