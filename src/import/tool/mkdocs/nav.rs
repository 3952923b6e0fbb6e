//! The order of chapters: `nav:`, and `.pages` of the plugin awesome-pages.

use super::string;
use crate::chapter::is_index;
use crate::import::book::FolderInfo;
use crate::import::navigation::Item;
use crate::import::tree::{SourceTree, within};
use serde_yaml::{Mapping, Value};

/// Sections whose page is the first of their folders' own pages, as the theme Material has them with
/// `navigation.indexes`.
pub(super) fn with_indexes(items: Vec<Item>) -> Vec<Item> {
    let owned = |item| match item {
        Item::Section { title, page: None, folder, items } => {
            let mut items = with_indexes(items);
            let is_own = |item: &Item| matches!(item, Item::Page { file, .. } if is_index(file));
            let page = items.iter().position(is_own).map(|at| items.remove(at));
            let page = page.and_then(|page| match page {
                Item::Page { file, .. } => Some(file),
                _ => None,
            });
            Item::Section { title, page, folder, items }
        }
        item => item,
    };
    items.into_iter().map(owned).collect()
}

/// Sections inside one another that are looked at.
const DEEPEST: usize = 32;

/// What an entry of `nav:` makes.
pub(super) fn items(
    tree: &SourceTree,
    root: &str,
    entry: &Value,
    depth: usize,
    left: &mut Vec<String>,
) -> Vec<Item> {
    if depth > DEEPEST {
        return Vec::new();
    }
    match entry {
        Value::String(target) => page(tree, root, None, target, left).into_iter().collect(),
        Value::Mapping(entries) => {
            let mut list = Vec::new();
            for (title, value) in entries {
                let title = match title {
                    Value::String(title) => Some(title.trim().to_owned()),
                    Value::Number(number) => Some(number.to_string()),
                    _ => None,
                };
                match value {
                    Value::String(target) => list.extend(page(tree, root, title, target, left)),
                    Value::Sequence(inner) => {
                        let inner = inner
                            .iter()
                            .flat_map(|entry| items(tree, root, entry, depth + 1, left))
                            .collect();
                        list.push(Item::Section { title, page: None, folder: None, items: inner });
                    }
                    _ => {}
                }
            }
            list
        }
        _ => Vec::new(),
    }
}

fn page(
    tree: &SourceTree,
    root: &str,
    title: Option<String>,
    target: &str,
    left: &mut Vec<String>,
) -> Option<Item> {
    let file = within(root, target.trim().trim_start_matches("./").trim_start_matches('/'));
    if tree.has(&file) && !target.contains("://") {
        return Some(Item::Page { file, title });
    }
    let folder = file.trim_end_matches(['*', '/']).to_owned();
    if tree.has_folder(&folder) && !target.contains("://") {
        let items = vec![Item::Folder(folder.clone())];
        return Some(Item::Section { title, page: None, folder: Some(folder), items });
    }
    left.push(target.to_owned());
    None
}

/// What `.pages` says of its folder.
pub(super) fn pages(settings: &Mapping) -> FolderInfo {
    let list = settings.get("nav").or_else(|| settings.get("arrange")).and_then(Value::as_sequence);
    let mut order = Vec::new();
    for entry in list.into_iter().flatten() {
        match entry {
            // The rest, however it is to be chosen.
            Value::String(name) if name.starts_with("...") || name.contains('*') => {
                order.push(("...".to_owned(), None))
            }
            Value::String(name) => order.push((name.trim_end_matches('/').to_owned(), None)),
            Value::Mapping(pairs) => {
                let named = pairs.iter().filter_map(|(title, name)| {
                    Some((name.as_str()?.to_owned(), title.as_str().map(str::to_owned)))
                });
                order.extend(named);
            }
            _ => {}
        }
    }
    FolderInfo { title: string(settings, "title"), order, ..FolderInfo::default() }
}

/// What a `.pages` says that nothing is made of.
pub(super) fn left_of_pages(settings: &Mapping) -> Vec<String> {
    let keys = ["order", "sort_type", "order_by", "hide", "collapse", "collapse_single_pages"];
    let said = keys.iter().filter_map(|key| {
        let value = serde_yaml::to_string(settings.get(*key)?).ok()?;
        Some(format!("{key}: {}", value.trim()))
    });
    let list = settings.get("nav").and_then(Value::as_sequence).into_iter().flatten();
    let targets = list.filter_map(Value::as_mapping).flatten().filter_map(|(_, target)| target.as_str());
    let links = targets.filter(|target| crate::handbook::link::is_external(target)).map(str::to_owned);
    said.chain(links).collect()
}
