//! A tree that chapters make by naming the title of the one above them, as those of the
//! theme Just the Docs do: `parent`, and `grand_parent` where several have that title. The
//! plugin of Eleventy has `eleventyNavigation: {key: …, parent: …}`.

use super::Item;
use super::folder::collection;
use crate::handbook::navigation::sort_key;
use crate::import::book::Book;
use crate::import::page::{Page, string};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Chapters inside one another that are looked at.
const DEEPEST: usize = 32;

/// The tree; `None` where no chapter names one above it, nor the settings a collection. Chapters of
/// a collection name each other alone, and stand in a section of its title.
pub(in crate::import) fn by_parents(book: &Book, pages: &BTreeMap<String, Page>) -> Option<Vec<Item>> {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in pages.keys() {
        let group = book.collection_of(file).map_or("", |own| &own.folder);
        groups.entry(group).or_default().push(file);
    }
    let mut is_tree = book.collections.iter().any(|own| own.title.is_some());
    let mut tree = |group: &str| {
        let (items, has_parents) = group_tree(groups.get(group).map_or(&[][..], Vec::as_slice), pages);
        is_tree |= has_parents;
        items
    };
    let mut list = tree("");
    for own in book.collections.iter().filter(|own| own.is_listed) {
        let items = tree(&own.folder);
        if !items.is_empty() {
            list.push(collection(own, items, pages));
        }
    }
    is_tree.then_some(list)
}

/// The tree of some chapters, and whether one of them names one above it.
fn group_tree(files: &[&str], pages: &BTreeMap<String, Page>) -> (Vec<Item>, bool) {
    let own = || files.iter().filter_map(|file| pages.get_key_value(*file));
    let mut titled: HashMap<&str, Vec<&str>> = HashMap::new();
    for (file, page) in own() {
        titled.entry(eleventy(page, "key").unwrap_or(&page.title)).or_default().push(file);
    }
    let mut below: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut top = Vec::new();
    for (file, page) in own().filter(|(_, page)| is_listed(page)) {
        match parent(file, page, pages, &titled) {
            Some(parent) => below.entry(parent).or_default().push(file),
            None => top.push(file.as_str()),
        }
    }
    let mut seen = HashSet::new();
    (items(top, &below, pages, &mut seen, 0), !below.is_empty())
}

/// What a chapter tells the plugin of Eleventy for navigation.
fn eleventy<'a>(page: &'a Page, key: &str) -> Option<&'a str> {
    page.front.get("eleventyNavigation")?.as_mapping()?.get(key)?.as_str()
}

fn is_listed(page: &Page) -> bool {
    page.front.get("nav_exclude").and_then(serde_yaml::Value::as_bool) != Some(true)
}

fn parent<'a>(
    file: &str,
    page: &Page,
    pages: &'a BTreeMap<String, Page>,
    titled: &HashMap<&str, Vec<&'a str>>,
) -> Option<&'a str> {
    let own = || eleventy(page, "parent").map(str::to_owned);
    let name = string(&page.front, "parent").or_else(own)?;
    let named = titled.get(name.as_str())?.iter().copied().filter(|other| *other != file);
    let above = string(&page.front, "grand_parent").or_else(|| string(&page.front, "ancestor"));
    let fits = |other: &&str| {
        above.is_none() || pages.get(*other).is_some_and(|page| string(&page.front, "parent") == above)
    };
    named.clone().find(fits).or_else(|| named.clone().next())
}

/// Chapters in their order: by number, then by title.
fn items<'a>(
    mut files: Vec<&'a str>,
    below: &BTreeMap<&'a str, Vec<&'a str>>,
    pages: &BTreeMap<String, Page>,
    seen: &mut HashSet<&'a str>,
    depth: usize,
) -> Vec<Item> {
    let key = |file: &&str| {
        let page = pages.get(*file);
        let position = page.and_then(|page| page.position).unwrap_or(f64::INFINITY);
        (position, page.map(|page| sort_key(&page.title)))
    };
    files.sort_by(|a, b| {
        let (a, b) = (key(a), key(b));
        a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1))
    });
    let mut list = Vec::new();
    for file in files {
        // Two that name each other would go round.
        if !seen.insert(file) {
            continue;
        }
        let inner = below.get(file).filter(|_| depth < DEEPEST).cloned().unwrap_or_default();
        let own = items(inner, below, pages, seen, depth + 1);
        list.push(match own.is_empty() {
            true => Item::Page { file: file.to_owned(), title: None },
            false => Item::Section { title: None, page: Some(file.to_owned()), folder: None, items: own },
        });
    }
    list
}
