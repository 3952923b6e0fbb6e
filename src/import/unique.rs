//! What only one chapter may have: ids, and names that lead to it.

use super::Tool;
use super::book::Book;
use super::front::texts;
use super::page::{Page, string};
use crate::chapter::folder;
use crate::text::fold;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What may stand in one chapter only.
pub(super) struct Unique {
    /// The ids that only one chapter has.
    ids: BTreeSet<String>,
    /// Titles and aliases, folded, and the chapter that each is of: a title before an alias.
    names: HashMap<String, String>,
    /// Whether chapters of two folders have one title.
    pub(super) has_equal_titles: bool,
}

impl Unique {
    pub(super) fn new(book: &Book, pages: &BTreeMap<String, Page>) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for page in pages.values() {
            if let Some(id) = string(&page.front, "id").or_else(|| string(&page.front, "acronym")) {
                *counts.entry(id).or_default() += 1;
            }
        }
        let ids = counts.into_iter().filter(|(_, count)| *count == 1).map(|(id, _)| id).collect();
        let mut own = Self { ids, names: HashMap::new(), has_equal_titles: false };
        for (file, page) in pages {
            let other = own.names.entry(fold(&page.title)).or_insert_with(|| file.clone());
            own.has_equal_titles |= other != file && folder(other) != folder(file);
        }
        for (file, page) in pages {
            for key in ALIASES.iter().filter(|key| are_aliases(key, book)) {
                for alias in page.front.get(*key).map(texts).unwrap_or_default() {
                    own.names.entry(fold(alias)).or_insert_with(|| file.clone());
                }
            }
        }
        own
    }

    /// Whether only one chapter has an id.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Whether a chapter may have a name besides its title.
    pub(super) fn is_of(&self, file: &str, alias: &str) -> bool {
        self.names.get(&fold(alias)).is_some_and(|own| own == file)
    }
}

/// Keys under which chapters have other names.
const ALIASES: [&str; 2] = ["aliases", "alias"];

/// Whether what stands under a key are other names of the chapter.
pub(super) fn are_aliases(key: &str, book: &Book) -> bool {
    key == "aliases" || key == "alias" && book.tool == Tool::Obsidian
}
