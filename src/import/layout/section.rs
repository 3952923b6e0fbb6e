//! Where a section of the navigation lies, and which chapter is its page.
//!
//! The page of a section has the title and the place of the section. So a chapter is it only where
//! the tool has no entry of its own for that chapter, or one that says the same: else the section
//! gets a page that says just its title, and the chapter stands in it as the navigation has it.

use super::{Planner, SIBLINGS, Stub, file_name};
use crate::chapter::{folder, is_index, without_suffix};
use crate::import::navigation::Item;
use crate::import::tree::{from_folder, within};
use crate::text::fold;

/// What the navigation says of a section.
pub(super) struct About<'a> {
    pub(super) title: Option<&'a String>,
    pub(super) page: Option<&'a str>,
    pub(super) folder: Option<&'a str>,
}

/// A page of a folder, as a list has it.
#[derive(Clone, Copy)]
struct Listed<'a> {
    file: &'a str,
    title: Option<&'a String>,
    is_first: bool,
}

impl Listed<'_> {
    /// Whether nothing of the navigation is lost where it is the page of its section.
    fn is_page_of(&self, about: &About<'_>) -> bool {
        let is_same = |(own, section): (&String, &String)| fold(own) == fold(section);
        self.is_first && self.title.zip(about.title).is_none_or(is_same)
    }
}

impl Planner<'_> {
    pub(super) fn section(&mut self, about: &About<'_>, items: &[Item], target: &str, order: usize) {
        let is_free = |page: &&str| !self.is_placed(page) && self.pages.contains_key(*page);
        let page = about.page.filter(is_free).filter(|page| !self.withheld.contains(page));
        let first = self.index_of(items);
        let folder = self.folder_of(about, page.or(first.map(|first| first.file)), items, target);
        self.taken.insert(folder.to_lowercase());
        let index = within(&folder, "index.md");
        let title = about.title.cloned();
        let unlisted = self.unlisted_index(&folder, &index);
        let first = first.filter(|first| first.is_page_of(about) && self.may_own(first.file, &folder));
        let first = first.or_else(|| self.deep_index(about, items, &index));
        let own = match (page, first) {
            (Some(page), _) => Some((page, title)),
            (None, Some(first)) => Some((first.file, title.or_else(|| first.title.cloned()))),
            (None, None) => unlisted.as_deref().map(|file| (file, title)),
        };
        match own {
            Some((file, title)) => {
                let beside = format!("{folder}.md");
                let is_beside = about.folder.is_some() && self.natural(file) == beside;
                let target = if is_beside { &beside } else { &index };
                self.put(file, target, title, Some(order));
            }
            None => self.put_stub(about, items, &folder, order),
        }
        self.place(items, &folder);
    }

    /// Gives a section a page that only names it, unless it needs none, or nothing in it is published
    /// there. The address of a folder may be that of a chapter, which then lies in the folder by another
    /// name: the page stands beside.
    fn put_stub(&mut self, about: &About<'_>, items: &[Item], folder: &str, order: usize) {
        let needs = about.title.is_some() || self.is_ordered;
        let mut inside = Vec::new();
        items.iter().for_each(|item| item.files(&mut inside));
        // A chapter that stands elsewhere already is not listed again.
        let is_shown = |file: &&str| {
            self.pages.contains_key(*file) && !self.withheld.contains(file) && !self.is_placed(file)
        };
        let files = items.iter().any(|item| !matches!(item, Item::Folder(_))) && inside.iter().any(is_shown);
        let index = within(folder, "index.md");
        if !needs || !files || !self.taken.insert(index.to_lowercase()) {
            return;
        }
        let beside = format!("{folder}.md");
        let has_address = |place: &str| self.addresses.contains(&place.to_lowercase());
        let is_beside = has_address(&within(folder, "index.html"))
            && !has_address(&format!("{folder}.html"))
            && !self.pages.contains_key(&within(&self.book.root, &beside))
            && self.taken.insert(beside.to_lowercase());
        let name = folder.rsplit('/').next().unwrap_or("");
        let named = about.title.cloned().unwrap_or_else(|| crate::chapter::readable(name));
        let order = Some(order).filter(|_| self.is_ordered);
        let group = self.book.group_page(about.folder, about.title.map(String::as_str));
        self.groups.extend(group.map(|group| group.address.as_str()));
        let title = group.and_then(|group| group.title.clone());
        let stub = Stub {
            nav_title: title.as_ref().filter(|title| **title != named).map(|_| named.clone()),
            title: title.unwrap_or(named),
            summary: group.and_then(|group| group.description.clone()),
            address: group.map(|group| group.address.clone()),
            order,
        };
        self.layout.stubs.insert(if is_beside { beside } else { index }, stub);
    }

    /// The page of its folder that a list begins with, or that all the others lie below: the list
    /// lies in that folder.
    fn index_of<'a>(&self, items: &'a [Item]) -> Option<Listed<'a>> {
        let is_index = |(at, item): (usize, &'a Item)| match item {
            Item::Page { file, title } if is_index(file) && !self.is_placed(file) => {
                Some(Listed { file, title: title.as_ref(), is_first: at == 0 })
            }
            _ => None,
        };
        let own = items.iter().enumerate().find_map(is_index)?;
        let mut files = Vec::new();
        items.iter().for_each(|item| item.files(&mut files));
        let are_below = || files.iter().all(|file| from_folder(folder(own.file), file).is_some());
        (own.is_first || are_below()).then_some(own)
    }

    /// The page of a folder without a title that the first of the lists in it begins with: the tool
    /// has those lists in no section.
    fn deep_index<'a>(&self, about: &About<'_>, items: &'a [Item], index: &str) -> Option<Listed<'a>> {
        about.folder.filter(|_| about.title.is_none())?;
        let mut first = items.first()?;
        loop {
            match first {
                Item::Section { page: None, items, .. } => first = items.first()?,
                Item::Page { file, title } => {
                    let is_it = is_index(file) && !self.is_placed(file) && self.natural(file) == index;
                    return is_it.then_some(Listed { file, title: title.as_ref(), is_first: true });
                }
                _ => return None,
            }
        }
    }

    /// The page of a folder that became a section, where the navigation does not name it.
    fn unlisted_index(&self, folder_of_section: &str, index: &str) -> Option<String> {
        let start = format!("{}/", within(&self.book.root, folder_of_section));
        let pages = self.pages.range(start.clone()..).map(|(file, _)| file);
        let mut pages = pages.take_while(|file| file.starts_with(&start)).take(SIBLINGS);
        let is_it = |file: &&String| {
            is_index(file)
                && !self.listed.contains(*file)
                // A draft would take the title and the place of its section along.
                && !self.book.unpublished.contains_key(*file)
                && !self.is_placed(file)
                && self.natural(file) == index
        };
        pages.find(is_it).cloned()
    }

    /// Whether an index that is listed in a section without a page is that page: it lies in the
    /// folder that the section has got.
    fn may_own(&self, file: &str, folder_of_section: &str) -> bool {
        let natural = self.natural(file);
        let name = |path: &str| path.rsplit('/').next().unwrap_or("").to_lowercase();
        name(folder(&natural)) == name(folder_of_section)
    }

    /// The folder of a section: the one in which its chapters lie, else one named after it.
    fn folder_of(&mut self, about: &About<'_>, page: Option<&str>, items: &[Item], target: &str) -> String {
        let exact = about.folder.and_then(|folder| self.book.inside(folder));
        let own = || {
            page.map(|page| {
                let natural = self.natural(page);
                match natural.strip_suffix("/index.md") {
                    Some(folder) => folder.to_owned(),
                    None => without_suffix(&natural).unwrap_or(&natural).to_owned(),
                }
            })
        };
        let own = exact.or_else(own).filter(|own| own != "index").or_else(|| self.common_folder(items));
        if let Some(own) = &own
            && !own.is_empty()
            && folder(own) == target
            && !self.taken.contains(&own.to_lowercase())
        {
            // A chapter beside the folder, which comes later, may have its address.
            let has_other = page.is_none() && about.folder.is_none() && self.is_of_other(own);
            return if has_other { self.free(target, &format!("{own}-section"), "") } else { own.clone() };
        }
        let deeper = own.as_deref().filter(|own| {
            let is_below = target.is_empty() || own.starts_with(&format!("{target}/"));
            !own.is_empty() && *own != target && (is_below || page.is_some() || about.folder.is_some())
        });
        let name = match deeper {
            Some(own) => own.rsplit('/').next().unwrap_or("").to_owned(),
            None => about.title.map(|title| file_name(title)).unwrap_or_default(),
        };
        let name = if name.is_empty() { "section".to_owned() } else { name };
        let free = self.free(target, &name, "");
        // The page of a section must not take the address that a chapter had.
        let has_address = |end: &str| self.addresses.contains(&format!("{}{end}", free.to_lowercase()));
        if deeper.is_none() && page.is_none() && (has_address(".html") || has_address("/index.html")) {
            return self.free(target, &format!("{name}-section"), "");
        }
        free
    }

    /// Whether the address of a folder is that of the chapter beside it.
    fn is_of_other(&self, folder: &str) -> bool {
        let index = within(folder, "index.html").to_lowercase();
        let beside = within(&self.book.root, folder);
        let is_there = |end: &str| self.pages.contains_key(&format!("{beside}{end}"));
        self.addresses.contains(&index)
            && [".md", ".mdx", ".markdown"].iter().any(|end| is_there(end))
            && !is_there("/index.md")
            && !is_there("/README.md")
    }

    /// The folder that all chapters of a section lie in.
    fn common_folder(&self, items: &[Item]) -> Option<String> {
        let mut files = Vec::new();
        items.iter().for_each(|item| item.files(&mut files));
        let mut folders = files.iter().filter(|file| !self.is_placed(file)).map(|file| {
            let natural = self.natural(file);
            folder(&natural).to_owned()
        });
        let first = folders.next()?;
        Some(folders.fold(first, |common, other| {
            let parts = common.split('/').zip(other.split('/')).take_while(|(a, b)| a == b);
            parts.map(|(part, _)| part).collect::<Vec<_>>().join("/")
        }))
    }
}
