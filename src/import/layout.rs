//! Where each chapter lies in the project, and what it is called there.
//!
//! Our sections are folders. A chapter stays in its folder wherever the navigation
//! allows it; it moves only where a section of the navigation is no folder of the book.
//! The navigation gives the order and the titles, and a section that has no page of its
//! own gets one that says just these.

mod section;

use super::Tool;
use super::address::{address, on_disk};
use super::book::Book;
use super::document;
use super::navigation::{Item, by_parents, expand, whole};
use super::page::Page;
use super::report::{Kind, Report};
use super::tree::within;
use super::withheld;
use crate::chapter::{folder, index_rank, is_index, without_suffix};
use crate::text::fold;
use section::About;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The place of a chapter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Its file below `content/`.
    pub(super) target: String,
    /// The title that the navigation gives it.
    pub(super) title: Option<String>,
    pub(super) order: Option<usize>,
}

/// A page for a section that has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stub {
    pub(super) title: String,
    /// What the navigation calls it, where that is not its title.
    pub(super) nav_title: Option<String>,
    pub(super) summary: Option<String>,
    /// The address at which the tool published it.
    pub(super) address: Option<String>,
    pub(super) order: Option<usize>,
}

/// The places of all chapters.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// By their files in the book.
    pub(super) places: BTreeMap<String, Place>,
    /// By their files below `content/`.
    pub(super) stubs: BTreeMap<String, Stub>,
}

impl Layout {
    pub(super) fn new(book: &Book, pages: &BTreeMap<String, Page>, report: &mut Report) -> Self {
        let all = whole(book, pages);
        let names_parents = matches!(book.tool, Tool::Jekyll | Tool::Eleventy);
        let parents = if book.navigation.is_none() && names_parents { by_parents(book, pages) } else { None };
        let given = book.navigation.as_ref().or(parents.as_ref());
        let items = expand(given.unwrap_or(&all), book, pages);
        let listed = listed(&items);
        let is_chapter = |file: &String| pages.contains_key(file) || book.ignored.contains(file);
        for file in listed.iter().filter(|file| !is_chapter(file)) {
            report.add(Kind::Navigation, file, None, "");
        }
        let mut planner = Planner {
            book,
            pages,
            layout: Self::default(),
            taken: BTreeSet::new(),
            numbers: HashMap::new(),
            folders: BTreeMap::new(),
            groups: BTreeSet::new(),
            is_ordered: given.is_some() || has_positions(book, pages),
            listed,
            withheld: pages
                .iter()
                .filter(|(file, page)| is_withheld(book, file, page))
                .map(|(file, _)| &**file)
                .collect(),
            addresses: pages
                .iter()
                .map(|(file, page)| on_disk(&address(book, file, page)).to_lowercase())
                .collect(),
        };
        // A page that its folder's other index hides would lose its address.
        planner.place_home(&items);
        planner.place(&items, "");
        let is_told = book.navigation.is_some();
        for file in pages.keys() {
            if !planner.layout.places.contains_key(file) {
                // Where the tool publishes what is listed alone, it is told as held back.
                if is_told && !book.unpublished.contains_key(file) {
                    report.add(Kind::NotListed, file, None, "");
                }
                planner.place_rest(file);
            }
        }
        for group in book.groups.iter().filter(|group| !planner.groups.contains(&*group.address)) {
            let said = [("title", &group.title), ("description", &group.description)];
            for (key, said) in said.into_iter().filter_map(|(key, said)| Some((key, said.as_ref()?))) {
                report.add(Kind::Settings, &group.file, None, format!("link.{key}: {said}"));
            }
        }
        for (file, place) in &planner.layout.places {
            let natural = planner.natural(file);
            if folder(&natural) != folder(&place.target) {
                report.add(Kind::Moved, file, None, format!("content/{}", place.target));
            }
        }
        planner.layout
    }
}

impl Layout {
    /// Whether the page of a section is called as another page is.
    pub(super) fn has_equal_titles(&self, pages: &BTreeMap<String, Page>) -> bool {
        let mut titles: BTreeSet<String> = pages.values().map(|page| fold(&page.title)).collect();
        self.stubs.values().any(|stub| !titles.insert(fold(&stub.title)))
    }
}

fn listed(items: &[Item]) -> BTreeSet<String> {
    let mut files = Vec::new();
    items.iter().for_each(|item| item.files(&mut files));
    files.into_iter().map(str::to_owned).collect()
}

fn is_withheld(book: &Book, file: &str, page: &Page) -> bool {
    book.unpublished.contains_key(file) || withheld::holds(file, &page.front)
}

fn has_positions(book: &Book, pages: &BTreeMap<String, Page>) -> bool {
    // Hugo never sorts by the names of files.
    book.tool == Tool::Hugo
        || pages.values().any(|page| page.position.is_some())
        || book.collections.iter().any(|own| own.title.is_some())
        || book.folders.values().any(|folder| folder.position.is_some() || !folder.order.is_empty())
}

struct Planner<'a> {
    book: &'a Book,
    pages: &'a BTreeMap<String, Page>,
    layout: Layout,
    /// Targets, and folders of sections, without regard to case.
    taken: BTreeSet<String>,
    /// The last number that was put behind a target.
    numbers: HashMap<String, usize>,
    /// Folders of the book and where what is in them lies now.
    folders: BTreeMap<String, String>,
    /// The addresses of the groups whose pages are made.
    groups: BTreeSet<&'a str>,
    is_ordered: bool,
    /// The files at which chapters were published, in lower case.
    addresses: BTreeSet<String>,
    /// The chapters that the navigation names.
    listed: BTreeSet<String>,
    /// The chapters that are held back. What they are called must not name a section.
    withheld: BTreeSet<&'a str>,
}

impl Planner<'_> {
    /// Where a chapter lies if nothing moves it.
    fn natural(&self, file: &str) -> String {
        if self.book.home.as_deref() == Some(file) {
            return "index.md".to_owned();
        }
        let inside = self.book.inside(file).unwrap_or_else(|| file.to_owned());
        let inside = inside.as_str();
        let stem = document::stem(inside);
        // Exports name pages by numbers.
        let named =
            || self.pages.get(file).map(|page| file_name(&page.title)).filter(|name| !name.is_empty());
        if self.book.tool == Tool::Confluence
            && let Some(name) = named()
        {
            return format!("{}.md", within(folder(inside), &name));
        }
        if !is_index(file) {
            return format!("{stem}.md");
        }
        let beside = |other: &&String| folder(other) == folder(file) && is_index(other);
        let start = if folder(file).is_empty() { String::new() } else { format!("{}/", folder(file)) };
        let siblings = self.pages.range(start.clone()..).map(|(other, _)| other);
        let siblings = siblings.take_while(|other| other.starts_with(&start)).take(SIBLINGS);
        let first = siblings.filter(beside).min_by_key(|other| index_rank(other));
        let has_other_home = folder(inside).is_empty() && self.book.home.is_some();
        match first {
            Some(first) if first != file => format!("{stem}.md"),
            // Another chapter is the first page.
            _ if has_other_home => format!("{stem}.md"),
            _ => within(folder(inside), "index.md"),
        }
    }

    fn is_placed(&self, file: &str) -> bool {
        self.layout.places.contains_key(file)
    }

    /// The book's own index stays the first page, wherever it is listed.
    fn place_home(&mut self, items: &[Item]) {
        let Some(file) = self.pages.keys().find(|file| self.natural(file) == "index.md").cloned() else {
            return;
        };
        let title = items.iter().find_map(|item| match item {
            Item::Page { file: own, title } if *own == file => title.clone(),
            Item::Section { title, page: Some(own), .. } if *own == file => title.clone(),
            _ => None,
        });
        self.put(&file, "index.md", title, None);
    }

    fn put(&mut self, file: &str, target: &str, title: Option<String>, order: Option<usize>) {
        self.taken.insert(target.to_lowercase());
        let order = order.filter(|_| self.is_ordered);
        self.folders.entry(folder(file).to_owned()).or_insert_with(|| folder(target).to_owned());
        self.layout.places.insert(file.to_owned(), Place { target: target.to_owned(), title, order });
    }

    /// Gives what is in a section its place below its folder.
    fn place(&mut self, items: &[Item], target: &str) {
        let mut order = 0;
        for item in items {
            order += 1;
            match item {
                Item::Page { file, title } if !self.is_placed(file) && self.pages.contains_key(file) => {
                    let place = self.leaf(file, target);
                    self.put(file, &place, title.clone(), Some(order));
                }
                Item::Section { title, page, folder, items } => {
                    let about =
                        About { title: title.as_ref(), page: page.as_deref(), folder: folder.as_deref() };
                    self.section(&about, items, target, order);
                }
                Item::Page { .. } | Item::Folder(_) => {}
            }
        }
    }

    /// The place of a chapter that stands in a section by itself.
    fn leaf(&mut self, file: &str, target: &str) -> String {
        let natural = self.natural(file);
        let home = folder(&natural);
        let keeps = home == target || is_index(file) && !home.is_empty() && folder(home) == target;
        if keeps && !self.taken.contains(&natural.to_lowercase()) {
            return natural;
        }
        let name = match is_index(file) {
            true => home.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("overview"),
            false => without_suffix(natural.rsplit('/').next().unwrap_or("")).unwrap_or("chapter"),
        };
        self.free(target, name, ".md")
    }

    /// A name in a folder that nothing has yet.
    fn free(&mut self, target: &str, name: &str, suffix: &str) -> String {
        let wanted = within(target, &format!("{name}{suffix}"));
        if !self.taken.contains(&wanted.to_lowercase()) {
            return wanted;
        }
        // Many of one name go on counting where the last one stopped.
        let number = self.numbers.entry(wanted.to_lowercase()).or_insert(1);
        loop {
            *number += 1;
            let path = within(target, &format!("{name}-{number}{suffix}"));
            if !self.taken.contains(&path.to_lowercase()) {
                return path;
            }
        }
    }

    /// A chapter that the navigation does not name goes where its folder went.
    fn place_rest(&mut self, file: &str) {
        let natural = self.natural(file);
        let mut above = folder(file);
        let home = loop {
            if let Some(home) = self.folders.get(above) {
                let rest = folder(file)[above.len()..].trim_matches('/');
                break within(home, rest);
            }
            if above.is_empty() {
                break folder(&natural).to_owned();
            }
            above = folder(above);
        };
        let name = natural.rsplit('/').next().unwrap_or("");
        let stem = without_suffix(name).unwrap_or(name);
        let place = self.free(&home, stem, ".md");
        self.put(file, &place, None, None);
    }
}

/// Files of a folder among which its index is looked for.
const SIBLINGS: usize = 5_000;

/// A title as the name of a folder.
pub(super) fn file_name(title: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let name: String = title.chars().take(60).map(plain).collect();
    let parts: Vec<&str> = name.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-")
}
