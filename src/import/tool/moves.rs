//! Files that a tool publishes as if they lay elsewhere.
//!
//! Hugo, Starlight and a plugin of MkDocs have a site for each language, and Docusaurus several
//! folders of documents. Their files are read as if they lay below the one folder of the chapters, at the place at which
//! they are published; the report names them as they lie.

use super::{Tool, docusaurus, hugo, mkdocs, starlight};
use crate::import::tree::SourceTree;
use std::collections::BTreeMap;

/// Where files are read, and where they lie.
#[derive(Debug, Default)]
pub(in crate::import) struct Moves(BTreeMap<String, String>);

impl Moves {
    /// What the settings of a book say.
    pub(in crate::import) fn of(tool: Tool, tree: &SourceTree) -> Self {
        match tool {
            Tool::Hugo => hugo::moves(tree),
            Tool::Docusaurus => docusaurus::moves(tree),
            Tool::Starlight => starlight::moves(tree),
            Tool::Mkdocs => mkdocs::moves(tree),
            _ => Self::default(),
        }
    }

    pub(super) fn add(&mut self, file: &str, place: String) {
        if file != place {
            self.0.entry(place).or_insert_with(|| file.to_owned());
        }
    }

    /// The book with its files at these places; `None` where none has another.
    pub(in crate::import) fn applied(&mut self, tree: &SourceTree) -> Option<SourceTree> {
        // What lies there already stays.
        self.0.retain(|place, file| tree.has(file) && !tree.has(place));
        if self.0.is_empty() {
            return None;
        }
        let mut moved = tree.clone();
        for (place, file) in &self.0 {
            if let Some(content) = moved.files.remove(file) {
                moved.files.insert(place.clone(), content);
            }
        }
        Some(moved)
    }

    /// Whether a folder holds files that lie elsewhere.
    pub(super) fn fill(&self, folder: &str) -> bool {
        let start = format!("{folder}/");
        self.0.range(start.clone()..).next().is_some_and(|(place, _)| place.starts_with(&start))
    }

    /// Where files are read, and where they lie.
    pub(in crate::import) fn all(&self) -> BTreeMap<String, String> {
        self.0.clone()
    }

    /// Where a file lies in the book.
    pub(in crate::import) fn origin<'a>(&'a self, path: &'a str) -> &'a str {
        self.0.get(path).map_or(path, String::as_str)
    }
}
