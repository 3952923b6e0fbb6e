//! VitePress and VuePress: settings in JavaScript, with `sidebar` and `navbar`.

use super::mdbook::chapter;
use super::{DEEPEST, find, folder_named, new_book, rewrites};
use crate::chapter::folder;
use crate::import::Tool;
use crate::import::book::{Addresses, Book};
use crate::import::literal::{self, Literal};
use crate::import::modules;
use crate::import::navigation::Item;
use crate::import::report::{Kind, Report};
use crate::import::tree::{SourceTree, from_folder, within};
use crate::text::LineIndex;
use crate::text::Patterns;
use std::collections::BTreeMap;

pub(super) fn read(tool: Tool, tree: &SourceTree, report: &mut Report) -> Book {
    let hidden = if tool == Tool::Vitepress { ".vitepress" } else { ".vuepress" };
    let root = folder_named(tree, hidden).unwrap_or_else(|| fallback(tree));
    let mut book = new_book(tool, &root, Addresses::Pages);
    let settings = within(&root, hidden);
    book.public = vec![within(&root, "public"), within(&settings, "public")];
    let endings = ["js", "ts", "mjs", "mts", "cjs"];
    let names = |name: &str| endings.map(|ending| within(&settings, &format!("{name}.{ending}")));
    let all: Vec<String> = names("config").into_iter().chain(names("config/index")).collect();
    let Some(path) = all.into_iter().find(|path| tree.has(path)) else { return book };
    let own = tree.text(&path).map_or("", |text| text);
    let Some(config) = literal::parse(&modules::joined(tree, &path)) else {
        report.add(Kind::Settings, &path, None, "export default");
        return book;
    };
    book.title = config.string("title");
    book.description = config.string("description");
    book.language = config.string("lang");
    book.base = config.string("base").unwrap_or_default().trim_matches('/').to_owned();
    if let Some(source) = config.string("srcDir") {
        book.root = crate::handbook::link::join(&root, &source).unwrap_or(root);
        book.public.push(within(&book.root, "public"));
    }
    let rewritten = rewrites(tree, &config, &mut book);
    let left_out = config.get("srcExclude").map_or(&[][..], Literal::items);
    let left_out = Patterns::anchored(left_out.iter().filter_map(Literal::text));
    book.leave_out(tree, "srcExclude", &left_out);
    let patterns = config.get("pagePatterns").map_or(&[][..], Literal::items);
    let patterns: Vec<&str> = patterns.iter().filter_map(Literal::text).collect();
    if !patterns.is_empty() {
        book.leave_out_others(tree, "pagePatterns", &Patterns::anchored(patterns));
    }
    let mut reader = Sidebar { tree, root: &book.root, path: &path, rewritten: &rewritten, report };
    let themes = themes(&config);
    // Where no sidebar can be read, the bar at the top says something of the order.
    let navigation = ["sidebar", "navbar", "nav"].map(|key| {
        let lists = themes.iter().filter_map(|theme| Some((theme, theme.theme.get(key)?)));
        let lists: Vec<(&Theme<'_>, &Literal)> = lists.collect();
        reader.tell_code(own, lists.iter().map(|(_, list)| *list));
        let mut sections = Sections { items: Vec::new(), root: reader.root };
        for (theme, list) in lists {
            reader.list(theme, list, &mut sections);
        }
        sections.items.into_iter().map(joined).collect::<Vec<_>>()
    });
    book.navigation = navigation.into_iter().find(|items| has_page(items));
    book
}

/// What the theme is told for one language.
struct Theme<'a> {
    theme: &'a Literal,
    /// The folder of the language; empty for the first one.
    folder: String,
    title: Option<String>,
}

/// The settings of the theme, and those for each language: `themeConfig.locales['/zh/']` of
/// VuePress, `locales.zh.themeConfig` of VitePress.
fn themes(config: &Literal) -> Vec<Theme<'_>> {
    let theme = config.get("themeConfig").or_else(|| config.get("theme"));
    let mut found: Vec<Theme<'_>> = Vec::new();
    found.extend(theme.map(|theme| Theme { theme, folder: String::new(), title: None }));
    for locales in [theme.and_then(|theme| theme.get("locales")), config.get("locales")].into_iter().flatten()
    {
        let Literal::Map(entries) = locales else { continue };
        for (key, own) in entries {
            let theme = own.get("themeConfig").unwrap_or(own);
            let folder = if key == "root" { String::new() } else { key.trim_matches('/').to_owned() };
            let title = ["selectLanguageName", "label"].iter().find_map(|key| own.string(key));
            found.push(Theme { theme, folder, title });
        }
    }
    found
}

/// Sections by their folders, so that the lists of several folders and languages do not mix.
struct Sections<'a> {
    items: Vec<Item>,
    root: &'a str,
}

impl Sections<'_> {
    /// Adds what is in a folder, which lies below the root.
    fn add(&mut self, folder: &str, theme: &Theme<'_>, items: Vec<Item>) {
        let mut list = &mut self.items;
        let mut path = String::new();
        let parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).take(DEEPEST).collect();
        for part in parts {
            path = within(&path, part);
            let whole = within(self.root, &path);
            let is_it =
                |item: &Item| matches!(item, Item::Section { folder: Some(own), .. } if *own == whole);
            let at = list.iter().position(is_it).unwrap_or_else(|| {
                let is_language = path == theme.folder;
                let title = theme.title.clone().filter(|_| is_language);
                list.push(Item::Section {
                    title,
                    page: None,
                    folder: Some(whole.clone()),
                    items: Vec::new(),
                });
                list.len() - 1
            });
            let Some(Item::Section { items, .. }) = list.get_mut(at) else { return };
            list = items;
        }
        list.extend(items);
    }
}

/// A folder whose list is one section is that section.
fn joined(item: Item) -> Item {
    let Item::Section { title, page, folder, items } = item else { return item };
    let mut items: Vec<Item> = items.into_iter().map(joined).collect();
    if title.is_none()
        && folder.is_some()
        && let [Item::Section { title: own, page: own_page, folder: None, items: inner }] =
            items.as_mut_slice()
    {
        let (title, page) = (own.take(), own_page.take().or(page));
        return Item::Section { title, page, folder, items: std::mem::take(inner) };
    }
    Item::Section { title, page, folder, items }
}

fn has_page(items: &[Item]) -> bool {
    let mut files = Vec::new();
    items.iter().for_each(|item| item.files(&mut files));
    !files.is_empty()
}

/// Where the chapters lie of a book without settings: the folder of `package.json`, or the only
/// folder beside it.
fn fallback(tree: &SourceTree) -> String {
    let home = find(tree, &["package.json"]).map(|path| folder(&path).to_owned()).unwrap_or_default();
    let docs = within(&home, "docs");
    if tree.has_folder(&docs) {
        return docs;
    }
    let start = if home.is_empty() { String::new() } else { format!("{home}/") };
    let pages = || tree.below(&home).filter(|path| path.ends_with(".md"));
    let first = pages().next().and_then(|path| path[start.len()..].split_once('/')).map(|(top, _)| top);
    match first {
        Some(top) if pages().all(|path| path[start.len()..].starts_with(&format!("{top}/"))) => {
            within(&home, top)
        }
        _ => home,
    }
}

/// `rewrites: { 'a.md': 'b.md', 'packages/:pkg/src/:page*': ':pkg/:page*' }`: the address of a
/// chapter is another's. Gives the chapters by the paths that they are published under.
fn rewrites(tree: &SourceTree, config: &Literal, book: &mut Book) -> BTreeMap<String, String> {
    let Some(Literal::Map(entries)) = config.get("rewrites") else { return BTreeMap::new() };
    let entries: Vec<(&str, &str)> =
        entries.iter().filter_map(|(from, place)| Some((from.as_str(), place.text()?))).collect();
    let mut found = BTreeMap::new();
    for file in tree.below(&book.root).filter(|file| file.ends_with(".md")) {
        let inside = from_folder(&book.root, file).unwrap_or(file);
        let place = entries.iter().find_map(|(from, place)| rewrites::rewritten(inside, from, place));
        if let Some(place) = place.filter(|place| place != inside) {
            let stem = place.strip_suffix(".md").unwrap_or(&place);
            let address = stem.strip_suffix("index").unwrap_or(stem);
            book.redirects.push((format!("/{address}"), format!("/{inside}")));
            found.insert(address.trim_end_matches('/').to_owned(), file.to_owned());
        }
    }
    found
}

struct Sidebar<'a> {
    tree: &'a SourceTree,
    root: &'a str,
    path: &'a str,
    /// Chapters by the paths that settings give them.
    rewritten: &'a BTreeMap<String, String>,
    report: &'a mut Report,
}

impl Sidebar<'_> {
    /// Tells what of the lists is code; that of other files has no place here.
    fn tell_code<'l>(&mut self, own: &str, lists: impl Iterator<Item = &'l Literal>) {
        let mut code = Vec::new();
        lists.for_each(|list| list.code(&mut code));
        let index = LineIndex::new(own);
        for at in code.into_iter().filter(|at| *at < own.len()) {
            let line = index.line_of(at);
            self.report.add(Kind::Settings, self.path, Some(line), index.line(line).trim());
        }
    }

    /// A list for all chapters of a language, or one for each of its folders.
    fn list(&mut self, theme: &Theme<'_>, list: &Literal, sections: &mut Sections<'_>) {
        let by_folder = match list {
            Literal::Map(entries) if list.get("items").is_none() => entries.as_slice(),
            _ => {
                let items = self.items(list, &theme.folder, 0);
                return sections.add(&theme.folder, theme, items);
            }
        };
        for (key, inner) in by_folder {
            let items = self.items(inner, key, 1);
            let place = key.trim_matches('/');
            let is_folder = self.tree.has_folder(&within(self.root, place));
            let folder = if is_folder { place } else { theme.folder.as_str() };
            if has_page(&items) {
                sections.add(folder, theme, items);
            }
        }
    }

    fn items(&mut self, list: &Literal, base: &str, depth: usize) -> Vec<Item> {
        if depth > DEEPEST {
            return Vec::new();
        }
        match list {
            Literal::List(items) => {
                let mut found = Vec::new();
                for item in items {
                    match item {
                        // What a call was given that makes a section of it.
                        Literal::List(inner) if !self.is_titled_page(inner, base) => {
                            found.extend(self.items(item, base, depth + 1));
                        }
                        _ => found.extend(self.item(item, base, depth)),
                    }
                }
                found
            }
            // A list for each folder; `{ base, items }` in VitePress.
            Literal::Map(entries) => match list.get("items") {
                Some(items) => {
                    let base = list.string("base").unwrap_or_else(|| base.to_owned());
                    self.items(items, &base, depth + 1)
                }
                None => {
                    entries.iter().flat_map(|(folder, list)| self.items(list, folder, depth + 1)).collect()
                }
            },
            _ => Vec::new(),
        }
    }

    fn item(&mut self, item: &Literal, base: &str, depth: usize) -> Option<Item> {
        if let Some(target) = item.text() {
            return self.page(None, target, base);
        }
        let title = item.string("text").or_else(|| item.string("title"));
        // VuePress 1 writes `['/page', 'Title']`.
        if let Literal::List(pair) = item {
            let title = pair.get(1).and_then(Literal::text).map(str::to_owned);
            return self.page(title, pair.first()?.text()?, base);
        }
        let target = item.string("link").or_else(|| item.string("path"));
        let inner = item.get("items").or_else(|| item.get("children"));
        // A prefix counts from the list around it, a base from the top.
        let prefix = item.string("prefix").map(|prefix| match prefix.starts_with('/') {
            true => prefix,
            false => format!("/{}", within(base.trim_matches('/'), prefix.trim_start_matches("./"))),
        });
        let base = prefix.or_else(|| item.string("base")).unwrap_or_else(|| base.to_owned());
        let Some(inner) = inner else { return self.page(title, target.as_deref()?, &base) };
        let mut items = self.items(inner, &base, depth + 1);
        // What only running code would tell is at least in the folder of that name.
        let named = title.as_deref().map(|title| within(base.trim_matches('/'), &title.to_lowercase()));
        let named = named.map(|path| within(self.root, &path)).filter(|path| self.tree.has_folder(path));
        if let Some(folder) = named.filter(|_| items.is_empty() && matches!(inner, Literal::Code(_))) {
            items = vec![Item::Folder(folder.clone())];
            return Some(Item::Section { title, page: None, folder: Some(folder), items });
        }
        let page = target.as_deref().and_then(|target| match self.page(None, target, &base) {
            Some(Item::Page { file, .. }) => Some(file),
            _ => None,
        });
        Some(Item::Section { title, page, folder: None, items })
    }

    /// Whether a list is a page with its title, `['/page', 'Title']`, rather than several pages.
    fn is_titled_page(&self, list: &[Literal], base: &str) -> bool {
        let [page, title] = list else { return false };
        let titled = page.text().zip(title.text());
        titled.is_some_and(|(_, title)| title.is_empty() || self.file(title, base).is_none())
    }

    fn file(&self, target: &str, base: &str) -> Option<String> {
        let whole = if target.starts_with('/') {
            target.to_owned()
        } else {
            format!("/{}", within(base.trim_matches('/'), target))
        };
        let bare = whole.split(['#', '?']).next().unwrap_or("").trim_matches('/');
        let bare = bare.trim_end_matches(".html").trim_end_matches(".md").trim_end_matches("/index");
        (self.rewritten.get(bare).cloned())
            .or_else(|| chapter(self.tree, self.root, self.root, &whole))
            .or_else(|| chapter(self.tree, self.root, self.root, &format!("/{}", target.trim_matches('/'))))
    }

    fn page(&mut self, title: Option<String>, target: &str, base: &str) -> Option<Item> {
        match self.file(target, base) {
            Some(file) => Some(Item::Page { file, title }),
            None => {
                self.report.add(Kind::Navigation, self.path, None, target);
                None
            }
        }
    }
}
