//! The documents in other languages, `i18n/<locale>/docusaurus-plugin-content-docs/current`: they are
//! read as if they lay in folders of the documents.

use super::Site;
use crate::import::book::{Book, FolderInfo, Part};
use crate::import::literal::Literal;
use crate::import::navigation::Item;
use crate::import::tool::moves::Moves;
use crate::import::tree::{SourceTree, within};

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
    /// Takes note of the folder of this language.
    pub(super) fn add(self, moves: &Moves, book: &mut Book) {
        let folder = within(&book.root, &self.tag);
        if !moves.fill(&folder) {
            return;
        }
        let at = f64::from(u32::try_from(book.languages.len()).unwrap_or(u32::MAX));
        let info = FolderInfo { title: self.title.clone(), position: Some(at), ..FolderInfo::default() };
        book.folders.entry(self.tag.clone()).or_insert(info);
        let mount = within(&self.tag, &book.mount);
        book.parts.push(Part { folder: folder.clone(), mount, has_days: false });
        book.languages.push(self.tag);
        if let Some(items) = &mut book.navigation {
            let inner = vec![Item::Folder(folder.clone())];
            items.push(Item::Section { title: self.title, page: None, folder: Some(folder), items: inner });
        }
    }
}
