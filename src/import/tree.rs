//! The files of a book, as they were read.

use crate::chapter::{folder, is_index, without_suffix};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

/// Chapters of one name that are looked at: of more none is meant.
const MANY: usize = 100;

/// A file of a book.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct SourceFile {
    /// Its text; `None` for pictures and the like, which are copied and never looked at.
    pub text: Option<Arc<str>>,
    /// Its bytes, where a reader of documents needs them, or nothing can copy it from where it lies.
    pub bytes: Option<Arc<[u8]>>,
}

impl SourceFile {
    /// A file of this text.
    #[must_use]
    pub fn of_text(text: impl Into<Arc<str>>) -> Self {
        Self { text: Some(text.into()), bytes: None }
    }
}

/// All files of a book by their paths, with `/`.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct SourceTree {
    /// The files.
    pub files: BTreeMap<String, SourceFile>,
    /// What is there and was not read, and why.
    pub unread: Vec<(String, String)>,
    /// Whether other files of the book were not even looked at.
    pub is_partial: bool,
    /// Files that symbolic links led to: where each is read, and where it lies.
    pub links: BTreeMap<String, String>,
    /// Chapters that are not in UTF-8, and how they were read.
    pub decoded: Vec<(String, &'static str)>,
    /// Chapters whose characters could not be told.
    pub undecoded: Vec<String>,
    /// Chapters by the last part of their paths, made when a reference first asks for one.
    names: OnceLock<HashMap<String, Vec<String>>>,
}

impl SourceTree {
    /// Whether there is such a file.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The text of a file.
    pub(super) fn text(&self, path: &str) -> Option<&Arc<str>> {
        self.files.get(path)?.text.as_ref()
    }

    /// The paths below a folder; all of them for an empty one.
    pub(super) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let from = self.files.range(start.clone()..);
        from.map(|(path, _)| path.as_str()).take_while(move |path| path.starts_with(&start))
    }

    /// The only chapter below a folder whose path, without suffix, ends in this one; a folder's
    /// own page has the path of its folder.
    pub(super) fn only_chapter(&self, below: &str, path: &str) -> Option<&str> {
        let stem = |file: &str| -> Option<String> {
            let stem = without_suffix(file)?;
            Some(if is_index(file) { folder(file) } else { stem }.to_owned())
        };
        let names = self.names.get_or_init(|| {
            let mut names: HashMap<String, Vec<String>> = HashMap::new();
            for file in self.files.keys() {
                let Some(stem) = stem(file) else { continue };
                let name = stem.rsplit('/').next().unwrap_or(&stem).to_owned();
                let same = names.entry(name).or_default();
                if same.len() <= MANY {
                    same.push(file.clone());
                }
            }
            names
        });
        let path = path.trim_matches('/');
        let same = names.get(path.rsplit('/').next()?).filter(|same| same.len() <= MANY)?;
        let end = format!("/{path}");
        let is_it = |file: &&String| {
            let own = from_folder(below, file).and_then(stem);
            own.is_some_and(|own| own == path || own.ends_with(&end))
        };
        let mut found = same.iter().filter(is_it);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// Whether a folder holds any file.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        self.below(folder).next().is_some()
    }
}

/// `folder/name`, or the name alone at the top.
pub(super) fn within(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

/// A path as settings write it, from the folder in which they lie: `./src/`, `.`, `../docs`. One
/// that leads out of the book means that folder.
pub(super) fn placed(home: &str, written: &str) -> String {
    let path = crate::handbook::link::join(home, written.trim().trim_start_matches('/'));
    path.unwrap_or_else(|| home.to_owned())
}

/// A path below a folder, from there; `None` for one elsewhere.
pub(super) fn from_folder<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    if folder.is_empty() {
        return Some(path);
    }
    let rest = path.strip_prefix(folder)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}
