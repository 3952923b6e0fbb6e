//! Pages of a tool that are no chapters: HTML with front matter and the like, and the home page.
//!
//! A link to one of them led somewhere in the book, so it is none that leads nowhere. There is
//! always a home page here, whatever the tool made its own of.

use super::{Links, Meaning};
use crate::import::address::{bare, redirect_source};
use crate::import::book::Book;
use crate::import::document::is_page;
use crate::import::head;
use crate::import::page::{Page, string};
use crate::import::tree::{SourceTree, from_folder};
use std::collections::{BTreeMap, HashSet};

/// The files and the addresses of such pages, these in their bare form.
pub(super) fn unread(tree: &SourceTree, book: &Book, pages: &BTreeMap<String, Page>) -> HashSet<String> {
    let is_unread = |path: &&str| !pages.contains_key(*path) && is_page(path, book.tool, tree);
    let mut found = HashSet::new();
    for path in tree.below(&book.root).filter(is_unread) {
        let inside = from_folder(&book.root, path).unwrap_or(path);
        let stem = inside.rsplit_once('.').map_or(inside, |(stem, _)| stem);
        let front = tree.text(path).map(|text| head::mapping(path, text)).unwrap_or_default();
        let own = ["permalink", "url"].iter().find_map(|key| string(&front, key));
        found.insert(bare(&own.unwrap_or_else(|| redirect_source(book, &format!("{stem}.md")))));
        found.insert(path.to_owned());
    }
    found
}

impl Links<'_> {
    /// What is shown first: the chapter that is, where the tool publishes it and no other page is.
    pub(super) fn home(&self) -> Meaning {
        let own = self.book.home.as_ref().filter(|home| self.pages.contains_key(*home));
        let file = own.or_else(|| self.addresses.get("")).cloned();
        let file = file.or_else(|| match self.at(&self.book.root) {
            Meaning::Chapter(file) => Some(file),
            _ => None,
        });
        let is_other = self.unread.contains("");
        match file {
            Some(file) if !is_other && !self.book.unpublished.contains_key(&file) => Meaning::Chapter(file),
            _ => Meaning::Home,
        }
    }
}
