//! Starlight: `starlight({…})` among the integrations of `astro.config.*`, chapters below
//! `src/content/docs`.

use super::moves::Moves;
use super::{DEEPEST, new_book};
use crate::chapter::{folder, is_index, without_suffix};
use crate::handbook::link::is_external;
use crate::import::Tool;
use crate::import::book::{Addresses, Book, FolderInfo, Part};
use crate::import::head;
use crate::import::literal::{self, Literal};
use crate::import::modules;
use crate::import::navigation::Item;
use crate::import::page::string;
use crate::import::report::{Kind, Report};
use crate::import::tree::{SourceTree, from_folder, within};
use crate::markdown::slug;
use crate::text::LineIndex;
use serde_yaml::{Mapping, Value};
use std::collections::BTreeMap;

/// Where the chapters lie, from the folder of the settings.
const CHAPTERS: &str = "src/content/docs";

/// The settings of a site of Starlight, as high as there are any.
pub(super) fn settings(tree: &SourceTree) -> Option<String> {
    let is_it = |path: &&String| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.starts_with("astro.config.")
            && path.matches('/').count() <= 3
            && tree.has_folder(&within(folder(path), CHAPTERS))
            && tree.text(path).is_some_and(|text| text.contains("starlight"))
    };
    tree.files.keys().filter(is_it).min_by_key(|path| path.matches('/').count()).cloned()
}

/// A language of the site.
struct Locale {
    /// The folder of its chapters; empty for the one that has none.
    folder: String,
    title: Option<String>,
    tag: Option<String>,
}

/// What the settings of a site say.
struct Site {
    path: String,
    home: String,
    /// All settings of Astro, and those of Starlight among them.
    astro: Literal,
    own: Literal,
}

impl Site {
    fn read(tree: &SourceTree) -> Option<Self> {
        let path = settings(tree)?;
        let astro = literal::parse(&modules::joined(tree, &path)).unwrap_or(Literal::Null);
        let integrations = astro.get("integrations").map_or(&[][..], Literal::items);
        let is_own =
            |one: &&Literal| ["title", "sidebar", "locales"].iter().any(|key| one.get(key).is_some());
        let own = integrations.iter().find(is_own).cloned().unwrap_or(Literal::Null);
        Some(Self { home: folder(&path).to_owned(), path, astro, own })
    }

    /// The languages, that of the book first.
    fn locales(&self) -> Vec<Locale> {
        let Some(Literal::Map(entries)) = self.own.get("locales") else { return Vec::new() };
        let first = self.own.string("defaultLocale");
        let is_first = |key: &str| first.as_deref().unwrap_or("root") == key;
        let has_root = entries.iter().any(|(key, _)| key == "root");
        let mut found: Vec<(bool, Locale)> = entries
            .iter()
            .map(|(key, about)| {
                let is_root = key == "root";
                let tag = about.string("lang").or_else(|| (!is_root).then(|| key.clone()));
                let folder = if is_root { String::new() } else { key.trim_matches('/').to_owned() };
                let is_other = if has_root { !is_root } else { !is_first(key) };
                (is_other, Locale { folder, title: about.string("label"), tag })
            })
            .collect();
        found.sort_by_key(|(is_other, _)| *is_other);
        found.into_iter().map(|(_, locale)| locale).collect()
    }

    /// The folder of the chapters: that of the first language.
    fn root(&self) -> String {
        let all = within(&self.home, CHAPTERS);
        self.locales().first().map_or_else(|| all.clone(), |first| within(&all, &first.folder))
    }

    /// The name of the site, which may be one for each language.
    fn title(&self) -> Option<String> {
        match self.own.get("title")? {
            Literal::Map(entries) => {
                let tag = self.locales().into_iter().next().and_then(|locale| locale.tag);
                let own = entries.iter().find(|(key, _)| Some(key) == tag.as_ref());
                own.or_else(|| entries.first())?.1.text().map(str::to_owned)
            }
            title => title.text().map(str::to_owned),
        }
    }
}

/// The other languages as if they lay in folders of the first, where that has one itself.
pub(super) fn moves(tree: &SourceTree) -> Moves {
    let mut moves = Moves::default();
    let Some(site) = Site::read(tree) else { return moves };
    let (all, root) = (within(&site.home, CHAPTERS), site.root());
    for locale in site.locales().into_iter().skip(1).filter(|_| root != all) {
        let folder = within(&all, &locale.folder);
        for file in tree.below(&folder) {
            let inside = from_folder(&folder, file).unwrap_or(file);
            moves.add(file, within(&within(&root, &locale.folder), inside));
        }
    }
    moves
}

pub(super) fn read(tree: &SourceTree, report: &mut Report) -> Book {
    let Some(site) = Site::read(tree) else {
        return new_book(Tool::Starlight, CHAPTERS, Addresses::Folders);
    };
    let mut book = new_book(Tool::Starlight, &site.root(), Addresses::Folders);
    book.title = site.title();
    book.description = site.own.string("description");
    book.base = site.astro.string("base").unwrap_or_default().trim_matches('/').to_owned();
    if let Some(url) = site.astro.string("site") {
        let base = book.base.clone();
        book.set_site(&within(url.trim_end_matches('/'), &base));
    }
    book.public = vec![within(&site.home, "public")];
    let mut locales = site.locales().into_iter();
    if let Some(first) = locales.next() {
        (book.language, book.mount) = (first.tag, first.folder);
    }
    for (locale, at) in locales.zip(1_i32..) {
        let info = FolderInfo { title: locale.title, position: Some(f64::from(at)), ..FolderInfo::default() };
        book.folders.entry(locale.folder.clone()).or_insert(info);
        let place = within(&book.root, &locale.folder);
        book.parts.push(Part { folder: place, mount: locale.folder.clone(), has_days: false });
        book.languages.push(locale.folder);
    }
    redirects(&site.astro, &mut book);
    // Astro makes no page of these.
    let is_part = |path: &&str| {
        let inside = from_folder(&book.root, path).unwrap_or(path);
        inside.split('/').any(|part| part.starts_with('_'))
    };
    book.ignored = tree.below(&book.root).filter(is_part).map(str::to_owned).collect();
    sidebar(tree, &site, &mut book, report);
    book
}

fn redirects(astro: &Literal, book: &mut Book) {
    let Some(Literal::Map(entries)) = astro.get("redirects") else { return };
    for (from, to) in entries {
        let to = to.text().map(str::to_owned).or_else(|| to.string("destination"));
        book.redirects.extend(to.map(|to| (from.clone(), to)));
    }
}

fn sidebar(tree: &SourceTree, site: &Site, book: &mut Book, report: &mut Report) {
    let Some(list) = site.own.get("sidebar") else { return };
    let own = tree.text(&site.path).map_or("", |text| text);
    let mut code = Vec::new();
    list.code(&mut code);
    let index = LineIndex::new(own);
    for at in code.into_iter().filter(|at| *at < own.len()) {
        let line = index.line_of(at);
        report.add(Kind::Settings, &site.path, Some(line), index.line(line).trim());
    }
    let slugs = slugs(tree, &book.root);
    let mut reader = Sidebar { tree, root: &book.root, slugs, path: &site.path, report };
    let mut items = reader.items(list, 0);
    if items.is_empty() {
        return;
    }
    // The first page need not be listed, and each language has the same list.
    items.extend(book.languages.iter().map(|language| {
        let folder = within(&book.root, language);
        let title = book.folders.get(language).and_then(|info| info.title.clone());
        Item::Section { title, page: None, folder: Some(folder.clone()), items: vec![Item::Folder(folder)] }
    }));
    book.navigation = Some(items);
}

/// A path as Astro makes an address of it.
pub(in crate::import) fn slugged(stem: &str) -> String {
    stem.split('/').map(slug).collect::<Vec<_>>().join("/")
}

/// The chapters by their addresses.
fn slugs(tree: &SourceTree, root: &str) -> BTreeMap<String, String> {
    let mut slugs = BTreeMap::new();
    for path in tree.below(root) {
        let Some(stem) = without_suffix(path).and_then(|stem| from_folder(root, stem)) else { continue };
        let stem = if is_index(path) { folder(stem) } else { stem };
        let own = tree.text(path).filter(|text| text.contains("slug:"));
        let own = own.and_then(|text| string(&head::mapping(path, text), "slug"));
        let slug = own.map_or_else(|| slugged(stem), |own| own.trim_matches('/').to_owned());
        slugs.entry(slug).or_insert_with(|| path.to_owned());
    }
    slugs
}

struct Sidebar<'a> {
    tree: &'a SourceTree,
    root: &'a str,
    slugs: BTreeMap<String, String>,
    path: &'a str,
    report: &'a mut Report,
}

impl Sidebar<'_> {
    fn items(&mut self, list: &Literal, depth: usize) -> Vec<Item> {
        let items = if depth > DEEPEST { &[][..] } else { list.items() };
        items.iter().filter_map(|item| self.item(item, depth)).collect()
    }

    fn item(&mut self, item: &Literal, depth: usize) -> Option<Item> {
        if let Some(slug) = item.text() {
            return self.page(slug, None);
        }
        let title = item.string("label");
        if let Some(inner) = item.get("items") {
            let items = self.items(inner, depth + 1);
            return Some(Item::Section { title, page: None, folder: None, items });
        }
        if let Some(directory) = item.get("autogenerate").and_then(|own| own.string("directory")) {
            let folder = within(self.root, directory.trim_matches('/'));
            if !self.tree.has_folder(&folder) {
                self.report.add(Kind::Navigation, self.path, None, directory);
                return None;
            }
            let items = vec![Item::Folder(folder.clone())];
            let folder = (folder != self.root).then_some(folder);
            return Some(Item::Section { title, page: None, folder, items });
        }
        let target = item.string("slug").or_else(|| item.string("link"))?;
        self.page(&target, title)
    }

    fn page(&mut self, target: &str, title: Option<String>) -> Option<Item> {
        let path = target.split(['#', '?']).next().unwrap_or("").trim_matches('/');
        let path = path.strip_suffix("/index").unwrap_or(if path == "index" { "" } else { path });
        let file = self.slugs.get(path).or_else(|| self.slugs.get(&slugged(path)));
        match file.filter(|_| !is_external(target)) {
            Some(file) => Some(Item::Page { file: file.clone(), title }),
            None => {
                self.report.add(Kind::Navigation, self.path, None, target);
                None
            }
        }
    }
}

/// Keys that say how a page looks, or what browsers and search engines are told of it.
const LOOKS: [&str; 9] =
    ["template", "editUrl", "lastUpdated", "tableOfContents", "head", "prev", "next", "pagefind", "topic"];

/// Makes front matter such as other tools have of what is Starlight's own: `sidebar: {order, label}`.
pub(in crate::import) fn settled(front: &mut Mapping) {
    for key in LOOKS {
        front.remove(key);
    }
    let Some(Value::Mapping(mut sidebar)) = front.remove("sidebar") else { return };
    for (theirs, ours) in [("order", "sidebar_position"), ("label", "sidebar_label")] {
        if let Some(value) = sidebar.remove(theirs).filter(|_| !front.contains_key(ours)) {
            front.insert(ours.into(), value);
        }
    }
    sidebar.retain(|key, _| key.as_str() == Some("hidden"));
    if !sidebar.is_empty() {
        front.insert("sidebar".into(), sidebar.into());
    }
}
