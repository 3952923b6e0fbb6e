//! At which addresses a tool published the chapters of a book.

use super::Tool;
use super::book::{Addresses, Book};
use super::document;
use super::page::{Page, string};
use super::permalink;
use super::tool::{slugged, without_number};
use super::tree::{from_folder, within};
use crate::chapter::{folder, is_index, without_suffix};
use crate::handbook::link::join;

/// The address that a redirect of the settings leads away from.
pub(super) fn redirect_source(book: &Book, old: &str) -> String {
    match without_suffix(old) {
        Some(_) => {
            let file = within(&book.root, old.trim_start_matches('/'));
            of_path(book, &file)
        }
        None => old.to_owned(),
    }
}

/// An address as it is compared: without what tools and servers add to it.
pub(super) fn bare(address: &str) -> String {
    let address = address.trim_matches('/');
    let address = address.strip_suffix(".html").unwrap_or(address);
    let address = address.strip_suffix("/index").unwrap_or(if address == "index" { "" } else { address });
    address.to_lowercase()
}

/// The file that stands at an address.
pub(super) fn on_disk(address: &str) -> String {
    match [".html", ".htm"].iter().any(|end| address.ends_with(end)) {
        true => address.to_owned(),
        false => within(address.trim_end_matches('/'), "index.html"),
    }
}

/// A path with the days in its names as folders: `2024-05-06-a` is `2024/05/06/a`.
fn with_days(stem: &str) -> Option<String> {
    let parts = stem.split('/').map(|part| {
        let (day, words) =
            part.split_at_checked(10).and_then(|(day, rest)| Some((day, rest.strip_prefix('-')?)))?;
        day.parse::<jiff::civil::Date>().ok()?;
        Some(format!("{}/{words}", day.replace('-', "/")))
    });
    let new: Vec<Option<String>> = parts.collect();
    let whole = || new.iter().zip(stem.split('/')).map(|(new, old)| new.as_deref().unwrap_or(old));
    new.iter().any(Option::is_some).then(|| whole().collect::<Vec<_>>().join("/"))
}

/// The address of a chapter whose front matter says nothing of it.
fn of_path(book: &Book, file: &str) -> String {
    let part = book.part_of(file);
    let inside = from_folder(&part.folder, file).unwrap_or(file);
    let stem = document::stem(inside);
    let dated = part.has_days.then(|| with_days(stem)).flatten();
    let stem = dated.as_deref().unwrap_or(stem);
    let stem = match book.tool {
        Tool::Docusaurus => {
            let parts: Vec<&str> = stem.split('/').map(without_number).collect();
            let whole = parts.join("/");
            // `a/a.md` is the page of `a/`.
            match parts.as_slice() {
                [.., above, name] if above == name => folder(&whole).to_owned() + "/index",
                _ => whole,
            }
        }
        Tool::Hugo => permalink::urlized(stem),
        Tool::Starlight => slugged(stem),
        // Folders in brackets put chapters in order only.
        Tool::Fumadocs => {
            let parts = stem.split('/').filter(|part| !(part.starts_with('(') && part.ends_with(')')));
            parts.collect::<Vec<_>>().join("/")
        }
        _ => stem.to_owned(),
    };
    let own = match is_index(file) || stem.ends_with("/index") {
        true => within(&part.mount, folder(&stem)),
        false => within(&part.mount, &stem),
    };
    let is_folder =
        is_index(file) || stem.ends_with("/index") || matches!(book.addresses, Addresses::Folders);
    match (is_folder, own.as_str()) {
        (true, "") => "index.html".to_owned(),
        (true, own) => format!("{own}/"),
        (false, own) => format!("{own}.html"),
    }
}

/// The address at which the tool publishes a chapter, from the top, without `/` before it.
pub(super) fn address(book: &Book, file: &str, page: &Page) -> String {
    let usual = of_path(book, file);
    let own = |key: &str| string(&page.front, key);
    let whole = own("permalink").or_else(|| own("url")).filter(|address| !address.contains([':', '{']));
    if let Some(address) = whole.filter(|_| !matches!(book.addresses, Addresses::None)) {
        return address.trim_start_matches('/').to_owned();
    }
    if let Some(address) = permalink::of_folder(book, file, page) {
        return address;
    }
    match own("slug").filter(|_| !matches!(book.addresses, Addresses::None)) {
        Some(slug) if slug.starts_with('/') || book.part_of(file).has_days => {
            within(&book.part_of(file).mount, slug.trim_matches('/')) + "/"
        }
        Some(slug) if book.tool == Tool::Starlight => slug.trim_matches('/').to_owned() + "/",
        Some(slug) => within(folder(usual.trim_end_matches('/')), slug.trim_matches('/')) + "/",
        None => match own("id").filter(|_| takes_id(book, file)) {
            Some(id) => within(folder(usual.trim_end_matches('/')), &id) + "/",
            None => usual,
        },
    }
}

/// Whether the last part of a chapter's address is its id, where it has one: Docusaurus publishes
/// documents so that are not the pages of their folders.
fn takes_id(book: &Book, file: &str) -> bool {
    let part = book.part_of(file);
    let stem = document::stem(file);
    let name = |path: &str| without_number(path.rsplit('/').next().unwrap_or(path)).to_lowercase();
    let is_page_of_folder = is_index(file) || name(stem) == name(folder(stem));
    book.tool == Tool::Docusaurus && !part.has_days && !is_page_of_folder
}

/// Keys under which chapters have old addresses.
pub(super) const OLD: [&str; 5] = ["aliases", "redirect_from", "redirects", "redirectFrom", "old_paths"];

/// All addresses of a chapter: the tool's, and what its front matter adds.
pub(super) fn own_addresses(book: &Book, file: &str, page: &Page) -> Vec<String> {
    let mut all = Vec::new();
    if !matches!(book.addresses, Addresses::None) {
        all.push(address(book, file, page));
    }
    for key in OLD {
        let items: Vec<&str> = match page.front.get(key) {
            Some(serde_yaml::Value::Sequence(list)) => list.iter().filter_map(|item| item.as_str()).collect(),
            Some(serde_yaml::Value::String(one)) => vec![one],
            _ => Vec::new(),
        };
        for item in items.into_iter().filter(|item| key != "aliases" || is_address(book, item)) {
            let from_here = || join(folder(of_path(book, file).trim_end_matches('/')), item);
            all.extend(if item.starts_with('/') { Some(item.to_owned()) } else { from_here() });
        }
    }
    all
}

/// Whether what stands under `aliases` is an address rather than another name.
pub(super) fn is_address(book: &Book, alias: &str) -> bool {
    alias.contains('/') || book.tool == Tool::Hugo
}
