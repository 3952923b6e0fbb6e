//! What lies in a folder of a book, in the order in which its tool shows it.

use super::Item;
use crate::chapter::{folder, is_index, without_suffix};
use crate::handbook::navigation::sort_key;
use crate::import::Tool;
use crate::import::book::{Book, Collection, FolderInfo};
use crate::import::page::Page;
use crate::import::tree::{from_folder, within};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Folders inside one another that are sections; what lies deeper stands in the last one.
const DEEPEST: usize = 100;

/// A chapter or folder among its siblings.
struct Sibling {
    item: Item,
    name: String,
    position: Option<f64>,
    /// The day by which the tool sorts: the latest one comes first.
    day: Option<Date>,
    key: String,
    /// Whether it comes after all others: chapters in another language do.
    is_last: bool,
}

impl Sibling {
    /// The page of a section.
    fn page(&self) -> Option<&str> {
        match &self.item {
            Item::Section { page, .. } => page.as_deref(),
            _ => None,
        }
    }
}

/// All chapters of a book: those of its folder, then those of its collections.
pub(in crate::import) fn whole(book: &Book, pages: &BTreeMap<String, Page>) -> Vec<Item> {
    let mut items = vec![Item::Folder(book.root.clone())];
    items.extend(book.collections.iter().map(|own| {
        let inside = vec![Item::Folder(own.folder.clone())];
        collection(own, inside, pages)
    }));
    items
}

/// A collection as a section, with the page of its folder.
pub(super) fn collection(own: &Collection, items: Vec<Item>, pages: &BTreeMap<String, Page>) -> Item {
    let below = pages.range(format!("{}/", own.folder)..).map(|(file, _)| file);
    let mut below = below.take_while(|file| from_folder(&own.folder, file).is_some());
    let page = below.find(|file| folder(file) == own.folder && is_index(file)).cloned();
    Item::Section { title: own.title.clone(), page, folder: Some(own.folder.clone()), items }
}

/// Puts what lies in a folder in place of each [`Item::Folder`]. Chapters that stand
/// elsewhere in the navigation are not listed again.
pub(in crate::import) fn expand(items: &[Item], book: &Book, pages: &BTreeMap<String, Page>) -> Vec<Item> {
    let mut listed = Listed::default();
    items.iter().for_each(|item| listed.add(item));
    let mut list = Vec::new();
    for item in items {
        replace(item, book, pages, &listed, &mut list);
    }
    list
}

/// What a navigation names, and so is not listed again with the rest of its folder.
#[derive(Default)]
struct Listed<'a> {
    files: BTreeSet<&'a str>,
    /// Folders that have a section of their own.
    folders: BTreeSet<&'a str>,
}

impl<'a> Listed<'a> {
    fn add(&mut self, item: &'a Item) {
        match item {
            Item::Page { file, .. } => _ = self.files.insert(file),
            Item::Section { page, folder, items, .. } => {
                self.files.extend(page.as_deref());
                self.folders.extend(folder.as_deref());
                items.iter().for_each(|item| self.add(item));
            }
            Item::Folder(_) => {}
        }
    }
}

fn replace(
    item: &Item,
    book: &Book,
    pages: &BTreeMap<String, Page>,
    listed: &Listed<'_>,
    out: &mut Vec<Item>,
) {
    match item {
        Item::Folder(path) => {
            let (_, items) = contents(path, book, pages, listed, 0);
            out.extend(items);
        }
        Item::Section { title, page, folder, items } => {
            let mut inner = Vec::new();
            items.iter().for_each(|item| replace(item, book, pages, listed, &mut inner));
            let (title, page, folder) = (title.clone(), page.clone(), folder.clone());
            out.push(Item::Section { title, page, folder, items: inner });
        }
        page @ Item::Page { .. } => out.push(page.clone()),
    }
}

/// The folder's own page, and what else is in it.
fn contents(
    path: &str,
    book: &Book,
    pages: &BTreeMap<String, Page>,
    listed: &Listed<'_>,
    depth: usize,
) -> (Option<String>, Vec<Item>) {
    let nothing = FolderInfo::default();
    let info = from_folder(&book.root, path).and_then(|path| book.folders.get(path)).unwrap_or(&nothing);
    let start = if path.is_empty() { String::new() } else { format!("{path}/") };
    let below = || pages.range(start.clone()..).take_while(|(file, _)| file.starts_with(&start));
    let own = |file: &str| match &info.page {
        Some(page) => file == page.as_str(),
        None => folder(file) == path && is_index(file),
    };
    let page = below().map(|(file, _)| file.as_str()).find(|file| own(file)).map(str::to_owned);
    // One that has a title of its own in the list stands there by itself.
    let is_listed = |file: &String| {
        let is_it = |(name, title): &(String, Option<String>)| title.is_some() && within(path, name) == *file;
        info.order.iter().any(is_it)
    };
    let page = page.filter(|page| path == book.root || !is_listed(page));
    let mut folders: BTreeSet<&str> = BTreeSet::new();
    let mut siblings: Vec<Sibling> = Vec::new();
    let own = book.collection_of(path);
    for (file, chapter) in below().filter(|(file, _)| !listed.files.contains(file.as_str())) {
        if page.as_deref() == Some(file.as_str()) || book.collection_of(file) != own {
            continue;
        }
        let rest = &file[start.len()..];
        match rest.split_once('/') {
            Some((name, _)) if depth < DEEPEST => {
                if !listed.folders.contains(within(path, name).as_str()) {
                    folders.insert(name);
                }
            }
            _ => siblings.push(Sibling {
                item: Item::Page { file: file.clone(), title: None },
                name: rest.to_owned(),
                position: chapter.position,
                day: chapter.sort_day(book),
                key: chapter.sort_title(book, file),
                is_last: false,
            }),
        }
    }
    let beside = by_stem(book, &siblings);
    let mut sections = Vec::new();
    for name in folders {
        let inner = within(path, name);
        let (page, items) = contents(&inner, book, pages, listed, depth + 1);
        let page = page.or_else(|| beside.get(name).map(|file| (*file).to_owned()));
        let about = from_folder(&book.root, &inner).and_then(|path| book.folders.get(path));
        let chapter = page.as_ref().and_then(|page| pages.get(page));
        let position =
            about.and_then(|about| about.position).or(chapter.and_then(|chapter| chapter.position));
        let title = about.and_then(|about| about.title.clone());
        let key = chapter.map_or_else(|| name.to_owned(), |chapter| chapter.sort_name(book, name));
        sections.push(Sibling {
            item: Item::Section { title, page, folder: Some(inner), items },
            name: name.to_owned(),
            position,
            day: chapter.and_then(|chapter| chapter.sort_day(book)),
            key,
            is_last: path == book.root && book.languages.iter().any(|language| language == name),
        });
    }
    let pages_of_sections: BTreeSet<&str> = sections.iter().filter_map(Sibling::page).collect();
    let is_free = |sibling: &Sibling| !matches!(&sibling.item, Item::Page { file, .. } if pages_of_sections.contains(file.as_str()));
    siblings.retain(is_free);
    siblings.extend(sections);
    (page, sort(siblings, info))
}

/// Chapters by their names without a suffix, where `x.md` beside the folder `x/` without a page is
/// that page, as it is in our projects.
fn by_stem<'a>(book: &Book, siblings: &'a [Sibling]) -> HashMap<&'a str, &'a str> {
    // The tools that are none of these show a page and a section.
    let is_one = matches!(
        book.tool,
        Tool::Hugo
            | Tool::Jekyll
            | Tool::Eleventy
            | Tool::Middleman
            | Tool::Nextra
            | Tool::Obsidian
            | Tool::Folder
    );
    let named = siblings.iter().filter(|_| is_one).filter_map(|sibling| match &sibling.item {
        Item::Page { file, .. } => Some((without_suffix(&sibling.name)?, file.as_str())),
        _ => None,
    });
    named.collect()
}

fn sort(mut siblings: Vec<Sibling>, info: &FolderInfo) -> Vec<Item> {
    siblings.sort_by(|a, b| {
        let position = |sibling: &Sibling| sibling.position.unwrap_or(f64::INFINITY);
        let by_position = || position(a).total_cmp(&position(b));
        let by_key = || sort_key(&a.key).cmp(&sort_key(&b.key));
        let order = a.is_last.cmp(&b.is_last).then_with(by_position).then_with(|| b.day.cmp(&a.day));
        order.then_with(by_key)
    });
    if info.order.is_empty() {
        return siblings.into_iter().map(|sibling| sibling.item).collect();
    }
    let places: HashMap<String, usize> =
        siblings.iter().enumerate().map(|(at, sibling)| (sibling.name.clone(), at)).collect();
    let mut rest: Vec<Option<Sibling>> = siblings.into_iter().map(Some).collect();
    let mut sorted: Vec<Item> = Vec::new();
    let mut rest_at = None;
    for (name, title) in &info.order {
        if name == "..." {
            rest_at = rest_at.or(Some(sorted.len()));
            continue;
        }
        let found = places.get(name).and_then(|at| rest.get_mut(*at));
        if let Some(sibling) = found.and_then(Option::take) {
            sorted.push(titled(sibling.item, title.as_ref()));
        }
    }
    let at = rest_at.unwrap_or(sorted.len());
    sorted.splice(at..at, rest.into_iter().flatten().map(|sibling| sibling.item));
    sorted
}

fn titled(item: Item, new: Option<&String>) -> Item {
    let Some(new) = new.cloned() else { return item };
    match item {
        Item::Page { file, .. } => Item::Page { file, title: Some(new) },
        Item::Section { page, folder, items, .. } => Item::Section { title: Some(new), page, folder, items },
        folder @ Item::Folder(_) => folder,
    }
}
