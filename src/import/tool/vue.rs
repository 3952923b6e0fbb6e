//! VitePress and VuePress: settings in JavaScript, with `sidebar` and `navbar`.

use super::mdbook::chapter;
use super::{find, folder_named, new_book};
use crate::chapter::folder;
use crate::import::Tool;
use crate::import::book::{Addresses, Book};
use crate::import::literal::{self, Literal};
use crate::import::navigation::Item;
use crate::import::pattern::Patterns;
use crate::import::report::{Kind, Report};
use crate::import::tree::{SourceTree, within};
use crate::text::LineIndex;

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
    let text = tree.text(&path).map_or("", |text| text);
    let Some(config) = literal::parse(text) else {
        report.add(Kind::Settings, &path, None, "export default");
        return book;
    };
    book.title = config.string("title");
    book.description = config.string("description");
    book.language = config.string("lang");
    book.base = config.string("base").unwrap_or_default().trim_matches('/').to_owned();
    if config.get("cleanUrls") == Some(&Literal::Bool(true)) {
        book.addresses = Addresses::Pages;
    }
    if let Some(source) = config.string("srcDir") {
        book.root = crate::handbook::link::join(&root, &source).unwrap_or(root);
        book.public.push(within(&book.root, "public"));
    }
    rewrites(&config, &mut book);
    let left_out = config.get("srcExclude").map_or(&[][..], Literal::items);
    let left_out = Patterns::anchored(left_out.iter().filter_map(Literal::text));
    book.leave_out(tree, "srcExclude", &left_out);
    let mut reader = Sidebar { tree, root: &book.root, path: &path, report };
    let theme = config.get("themeConfig").or_else(|| config.get("theme"));
    let lists = ["sidebar", "navbar", "nav"].map(|key| theme.and_then(|theme| theme.get(key)));
    let mut code = Vec::new();
    lists.iter().flatten().for_each(|list| list.code(&mut code));
    let index = LineIndex::new(text);
    for at in code {
        let line = index.line_of(at);
        reader.report.add(Kind::Settings, &path, Some(line), index.line(line).trim());
    }
    let mut navigation = lists.iter().flatten().map(|list| reader.items(list, "", 0));
    book.navigation = navigation.find(|items| has_page(items));
    book
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

/// `rewrites: { 'a.md': 'b.md' }`: the address of a chapter is another's.
fn rewrites(config: &Literal, book: &mut Book) {
    let Some(Literal::Map(entries)) = config.get("rewrites") else { return };
    for (file, place) in entries {
        if let Some(place) = place.text().filter(|_| !file.contains([':', '*', '('])) {
            book.redirects.push((format!("/{}", place.trim_end_matches(".md")), format!("/{file}")));
        }
    }
}

struct Sidebar<'a> {
    tree: &'a SourceTree,
    root: &'a str,
    path: &'a str,
    report: &'a mut Report,
}

/// Lists inside one another that are looked at.
const DEEPEST: usize = 16;

impl Sidebar<'_> {
    fn items(&mut self, list: &Literal, base: &str, depth: usize) -> Vec<Item> {
        if depth > DEEPEST {
            return Vec::new();
        }
        match list {
            Literal::List(items) => items.iter().filter_map(|item| self.item(item, base, depth)).collect(),
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
        let base = item.string("prefix").or_else(|| item.string("base")).unwrap_or_else(|| base.to_owned());
        let Some(inner) = inner else { return self.page(title, target.as_deref()?, &base) };
        let items = self.items(inner, &base, depth + 1);
        let page = target.as_deref().and_then(|target| match self.page(None, target, &base) {
            Some(Item::Page { file, .. }) => Some(file),
            _ => None,
        });
        Some(Item::Section { title, page, folder: None, items })
    }

    fn page(&mut self, title: Option<String>, target: &str, base: &str) -> Option<Item> {
        let whole = if target.starts_with('/') {
            target.to_owned()
        } else {
            format!("/{}", within(base.trim_matches('/'), target))
        };
        let found = chapter(self.tree, self.root, self.root, &whole)
            .or_else(|| chapter(self.tree, self.root, self.root, &format!("/{}", target.trim_matches('/'))));
        match found {
            Some(file) => Some(Item::Page { file, title }),
            None => {
                self.report.add(Kind::Navigation, self.path, None, target);
                None
            }
        }
    }
}
