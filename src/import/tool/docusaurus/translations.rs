//! The documents in other languages, `i18n/<locale>/docusaurus-plugin-content-docs/current`: they are
//! read as if they lay in folders of the documents.

use super::Site;
use crate::import::book::{Book, FolderInfo, Part};
use crate::import::literal::{self, Literal};
use crate::import::navigation::Item;
use crate::import::tool::moves::Moves;
use crate::import::tree::{SourceTree, from_folder, within};
use std::collections::HashMap;

/// Documents in another language.
pub(super) struct Translation {
    pub(super) tag: String,
    title: Option<String>,
    /// Where they lie.
    pub(super) source: String,
}

/// The translations that the settings name and that are there. The book with its files moved has
/// them no more where they lay, so their folders are not asked for once they are `moved`.
pub(super) fn of(tree: &SourceTree, site: &Site) -> Vec<Translation> {
    let Some(i18n) = site.config.get("i18n") else { return Vec::new() };
    let first = i18n.string("defaultLocale");
    let tags = i18n.get("locales").map_or(&[][..], Literal::items).iter().filter_map(Literal::text);
    let is_name = |tag: &str| {
        !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    let others = tags.filter(|tag| is_name(tag) && first.as_deref() != Some(*tag));
    let version = site.version.as_ref().map_or("current".to_owned(), |version| format!("version-{version}"));
    let found = others.map(|tag| Translation {
        tag: tag.to_owned(),
        title: i18n.at(&["localeConfigs", tag]).and_then(|own| own.string("label")),
        source: within(&site.home, &format!("i18n/{tag}/docusaurus-plugin-content-docs/{version}")),
    });
    let has = |folder: &str| tree.has_folder(folder);
    found.filter(|one| has(&one.source) || has(&within(&site.root, &one.tag))).collect()
}

impl Translation {
    /// Takes note of the folder of this language, and gives its section of the navigation: what
    /// `first` lists is listed in each language that has it, with the labels of that language.
    pub(super) fn section(
        self,
        tree: &SourceTree,
        first: Option<&[Item]>,
        moves: &Moves,
        book: &mut Book,
    ) -> Option<Item> {
        let folder = within(&book.root, &self.tag);
        if !moves.fill(&folder) {
            return None;
        }
        let labels = labels(tree, &format!("{}.json", self.source));
        let own = Own { tree, root: &book.root, folder: &folder, labels: &labels };
        let is_first = |inner: &str| !book.languages.iter().any(|tag| from_folder(tag, inner).is_some());
        let infos = book.folders.iter().filter(|(inner, _)| !inner.is_empty() && is_first(inner));
        let infos: Vec<(String, FolderInfo)> =
            infos.map(|(inner, info)| (within(&self.tag, inner), own.info(info))).collect();
        let items = first.map(|items| own.items(items));
        for (inner, info) in infos {
            book.folders.entry(inner).or_insert(info);
        }
        let at = f64::from(u32::try_from(book.languages.len()).unwrap_or(u32::MAX));
        let info = FolderInfo { title: self.title.clone(), position: Some(at), ..FolderInfo::default() };
        book.folders.entry(self.tag.clone()).or_insert(info);
        let mount = within(&self.tag, &book.mount);
        book.parts.push(Part { folder: folder.clone(), mount, has_days: false });
        book.languages.push(self.tag);
        Some(Item::Section { title: self.title, page: None, folder: Some(folder), items: items? })
    }
}

/// What a file of labels says of the sidebars: by the words of the first language those of its own.
fn labels(tree: &SourceTree, path: &str) -> HashMap<String, String> {
    let Some(Literal::Map(entries)) = tree.text(path).and_then(|text| literal::parse(text)) else {
        return HashMap::new();
    };
    let own = entries.iter().filter_map(|(key, about)| {
        let rest = key.strip_prefix("sidebar.")?;
        let (_, label) = rest.split_once(".category.").or_else(|| rest.split_once(".doc."))?;
        Some((label.to_owned(), about.string("message")?))
    });
    own.collect()
}

/// The documents of a language, by those of the first one.
struct Own<'a> {
    tree: &'a SourceTree,
    root: &'a str,
    folder: &'a str,
    labels: &'a HashMap<String, String>,
}

impl Own<'_> {
    fn place(&self, path: &str) -> Option<String> {
        Some(within(self.folder, from_folder(self.root, path)?))
    }

    fn file(&self, path: &str) -> Option<String> {
        self.place(path).filter(|path| self.tree.has(path))
    }

    fn label(&self, label: Option<&String>) -> Option<String> {
        label.map(|label| self.labels.get(label).unwrap_or(label).clone())
    }

    fn info(&self, info: &FolderInfo) -> FolderInfo {
        let page = info.page.as_ref().and_then(|page| self.file(page));
        FolderInfo { title: self.label(info.title.as_ref()), page, ..info.clone() }
    }

    fn items(&self, items: &[Item]) -> Vec<Item> {
        items.iter().filter_map(|item| self.item(item)).collect()
    }

    fn item(&self, item: &Item) -> Option<Item> {
        match item {
            Item::Page { file, title } => {
                Some(Item::Page { file: self.file(file)?, title: self.label(title.as_ref()) })
            }
            Item::Section { title, page, folder, items } => {
                let page = page.as_ref().and_then(|page| self.file(page));
                let items = self.items(items);
                let folder = folder.as_ref().and_then(|folder| self.place(folder));
                let title = self.label(title.as_ref());
                let is_there = page.is_some() || !items.is_empty();
                is_there.then_some(Item::Section { title, page, folder, items })
            }
            Item::Folder(path) => {
                self.place(path).filter(|path| self.tree.has_folder(path)).map(Item::Folder)
            }
        }
    }
}
