//! Chapters of a source that are no part of the book: its tool publishes them nowhere, or in
//! a way that is not read. None of them goes without a word.

use super::book::Book;
use super::page::Page;
use super::report::{Kind, Report};
use super::tree::{SourceTree, from_folder};
use crate::chapter::without_suffix;
use std::collections::{BTreeMap, BTreeSet};

/// Tells the folders that hold such chapters, each with their number, and files beside the
/// folder of the book by themselves.
pub(super) fn tell(tree: &SourceTree, book: &Book, pages: &BTreeMap<String, Page>, report: &mut Report) {
    let ignored: BTreeSet<&str> = book.ignored.iter().map(String::as_str).collect();
    let is_parts = |path: &str| {
        let hidden = path.split('/').any(|part| part.starts_with('.') || part == "node_modules");
        hidden || book.snippets.iter().any(|own| !own.is_empty() && from_folder(own, path).is_some())
    };
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for path in tree.files.keys().filter(|path| without_suffix(path).is_some()) {
        if pages.contains_key(path) || ignored.contains(path.as_str()) || is_parts(path) {
            continue;
        }
        *found.entry(highest(path, &book.root)).or_default() += 1;
    }
    for (place, number) in found {
        let what = if without_suffix(place).is_some() { String::new() } else { number.to_string() };
        report.add(Kind::OutsideBook, place, None, what);
    }
}

/// The highest folder above a file that does not hold the book; the file where there is none.
fn highest<'a>(path: &'a str, root: &str) -> &'a str {
    let above = path.match_indices('/').map(|(at, _)| &path[..at]);
    let holds_book = |place: &str| place == root || from_folder(place, root).is_some();
    above.into_iter().find(|place| !holds_book(place)).unwrap_or(path)
}
