//! Docusaurus: `docusaurus.config.*`, `sidebars.*`, `_category_.json`.

use super::{DOCUSAURUS, find, new_book, string, yaml};
use crate::chapter::{folder, is_index, without_suffix};
use crate::import::Tool;
use crate::import::book::{Addresses, Book, FolderInfo};
use crate::import::literal::{self, Literal};
use crate::import::navigation::Item;
use crate::import::pattern::Patterns;
use crate::import::report::{Kind, Report};
use crate::import::tree::{SourceTree, from_folder, within};
use crate::text::LineIndex;
use std::collections::BTreeMap;

pub(super) fn read(tree: &SourceTree, report: &mut Report) -> Book {
    let names: Vec<&str> = DOCUSAURUS.iter().copied().filter(|name| !name.starts_with("sidebars")).collect();
    let path = find(tree, &names);
    let settings = find(tree, DOCUSAURUS).unwrap_or_default();
    let home = folder(&settings).to_owned();
    let config = path.as_deref().and_then(|path| tree.text(path)).and_then(|text| literal::parse(text));
    let config = config.unwrap_or(Literal::Null);
    let docs = docs_options(&config);
    let own = |key: &str| docs.and_then(|docs| docs.string(key));
    let root = within(&home, own("path").as_deref().unwrap_or("docs").trim_start_matches("./"));
    let root = if tree.has_folder(&root) { root } else { home.clone() };
    let mut book = new_book(Tool::Docusaurus, &root, Addresses::Folders);
    book.mount = own("routeBasePath").unwrap_or_else(|| "docs".to_owned()).trim_matches('/').to_owned();
    book.title = config.string("title");
    book.description = config.string("tagline");
    book.language = config.at(&["i18n", "defaultLocale"]).and_then(Literal::text).map(str::to_owned);
    book.base = config.string("baseUrl").unwrap_or_default().trim_matches('/').to_owned();
    if let Some(url) = config.string("url") {
        book.hosts.push(within(url.trim_end_matches('/'), &book.base));
    }
    book.public = vec![within(&home, "static")];
    redirects(&config, &mut book);
    categories(tree, &mut book, report);
    // Files that begin with `_` are parts of others.
    let is_part = |path: &&str| {
        from_folder(&book.root, path)
            .is_some_and(|inside| inside.split('/').any(|part| part.starts_with('_')))
    };
    book.ignored = tree.below(&book.root).filter(is_part).map(str::to_owned).collect();
    let left_out = docs.and_then(|docs| docs.get("exclude")).map_or(&[][..], Literal::items);
    let left_out = Patterns::anchored(left_out.iter().filter_map(Literal::text));
    book.leave_out(tree, "exclude", &left_out);
    read_sidebars(tree, &home, own("sidebarPath").as_deref(), &mut book, report);
    book
}

/// The options of the documents, in whichever of the usual places.
fn docs_options(config: &Literal) -> Option<&Literal> {
    let presets = config.get("presets").map_or(&[][..], Literal::items);
    let of_preset = presets.iter().find_map(|preset| preset.items().get(1)?.get("docs"));
    let plugins = config.get("plugins").map_or(&[][..], Literal::items);
    let is_docs = |name: &Literal| name.text().is_some_and(|name| name.contains("content-docs"));
    let of_plugin = plugins.iter().find_map(|plugin| match plugin.items() {
        [name, options, ..] if is_docs(name) => Some(options),
        _ => None,
    });
    of_preset.filter(|docs| matches!(docs, Literal::Map(_))).or(of_plugin)
}

fn redirects(config: &Literal, book: &mut Book) {
    let plugins = config.get("plugins").map_or(&[][..], Literal::items);
    for options in plugins.iter().filter_map(|plugin| plugin.items().get(1)) {
        for entry in options.get("redirects").map_or(&[][..], Literal::items) {
            let Some(to) = entry.string("to") else { continue };
            let from = entry.get("from");
            let many = from.map_or(&[][..], Literal::items).iter().filter_map(Literal::text);
            let one = from.and_then(Literal::text);
            book.redirects.extend(many.chain(one).map(|from| (from.to_owned(), to.clone())));
        }
    }
}

fn categories(tree: &SourceTree, book: &mut Book, report: &mut Report) {
    let root = book.root.clone();
    for path in tree.below(&root) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let info = match name {
            "_category_.json" => {
                let Some(own) = tree.text(path).and_then(|text| literal::parse(text)) else {
                    report.add(Kind::Settings, path, None, "JSON");
                    continue;
                };
                let position = match own.get("position") {
                    Some(Literal::Number(number)) => Some(*number),
                    _ => None,
                };
                let page = own.at(&["link", "id"]).and_then(Literal::text).map(str::to_owned);
                FolderInfo { title: own.string("label"), position, page, ..FolderInfo::default() }
            }
            "_category_.yml" | "_category_.yaml" => {
                let own = yaml(tree, path, report);
                let position = own.get("position").and_then(serde_yaml::Value::as_f64);
                FolderInfo { title: string(&own, "label"), position, ..FolderInfo::default() }
            }
            _ => continue,
        };
        let inner = from_folder(&root, folder(path)).unwrap_or("").to_owned();
        let page = info.page.as_ref().and_then(|id| {
            let names = [within(&root, id), within(folder(path), id)];
            names
                .iter()
                .flat_map(|stem| [format!("{stem}.md"), format!("{stem}.mdx")])
                .find(|name| tree.has(name))
        });
        book.folders.insert(inner, FolderInfo { page, ..info });
    }
}

fn read_sidebars(tree: &SourceTree, home: &str, named: Option<&str>, book: &mut Book, report: &mut Report) {
    let named = named.and_then(|path| crate::handbook::link::join(home, path));
    let usual = ["sidebars.js", "sidebars.ts", "sidebars.mjs", "sidebars.cjs", "sidebars.json"];
    let usual = usual.map(|name| within(home, name));
    let Some(path) = named.into_iter().chain(usual).find(|path| tree.has(path)) else { return };
    let text = tree.text(&path).map_or("", |text| text);
    let Some(sidebars) = literal::parse(text) else {
        report.add(Kind::Settings, &path, None, "module.exports");
        return;
    };
    let mut code = Vec::new();
    sidebars.code(&mut code);
    let index = LineIndex::new(text);
    for at in code {
        let line = index.line_of(at);
        report.add(Kind::Settings, &path, Some(line), index.line(line).trim());
    }
    let ids = ids(tree, &book.root);
    let Literal::Map(all) = &sidebars else { return };
    let mut reader = Sidebars { root: book.root.clone(), ids, path: &path, report };
    let items: Vec<Item> = all.iter().flat_map(|(_, list)| reader.items(list, 0)).collect();
    book.navigation = Some(items).filter(|items| !items.is_empty());
}

/// The chapters by their ids: the path, or what `id` in the front matter says.
fn ids(tree: &SourceTree, root: &str) -> BTreeMap<String, String> {
    let mut ids = BTreeMap::new();
    for path in tree.below(root) {
        let Some(stem) = without_suffix(path).and_then(|stem| from_folder(root, stem)) else { continue };
        let bare = stem.split('/').map(without_number).collect::<Vec<_>>().join("/");
        if is_index(path) {
            ids.entry(folder(&bare).to_owned()).or_insert_with(|| path.to_owned());
        }
        if let Some(own) = tree.text(path).and_then(|text| own_id(text)) {
            ids.insert(within(folder(&bare), &own), path.to_owned());
        }
        ids.entry(stem.to_owned()).or_insert_with(|| path.to_owned());
        ids.entry(bare).or_insert_with(|| path.to_owned());
    }
    ids
}

/// A name without the number that orders it: `01-intro` is `intro`.
pub(in crate::import) fn without_number(name: &str) -> &str {
    let digits = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = digits.trim_start_matches([' ', '-', '_', '.']);
    if digits.len() < name.len()
        && rest.len() < digits.len()
        && !rest.is_empty()
        && !rest.starts_with(|c: char| c.is_ascii_digit())
    {
        rest
    } else {
        name
    }
}

fn own_id(text: &str) -> Option<String> {
    let head = text.strip_prefix("---")?;
    let head = &head[..head.find("\n---")?];
    let line = head.lines().find_map(|line| line.strip_prefix("id:"))?;
    Some(line.trim().trim_matches(['"', '\'']).to_owned()).filter(|id| !id.is_empty())
}

struct Sidebars<'a> {
    root: String,
    ids: BTreeMap<String, String>,
    path: &'a str,
    report: &'a mut Report,
}

/// Lists inside one another that are looked at.
const DEEPEST: usize = 16;

impl Sidebars<'_> {
    fn items(&mut self, list: &Literal, depth: usize) -> Vec<Item> {
        if depth > DEEPEST {
            return Vec::new();
        }
        match list {
            Literal::List(items) => items.iter().flat_map(|item| self.item(item, depth)).collect(),
            Literal::Map(entries) if list.get("type").is_none() => {
                let mut sections = Vec::new();
                for (title, inner) in entries {
                    let items = self.items(inner, depth + 1);
                    sections.push(Item::Section {
                        title: Some(title.clone()),
                        page: None,
                        folder: None,
                        items,
                    });
                }
                sections
            }
            item => self.item(item, depth),
        }
    }

    fn item(&mut self, item: &Literal, depth: usize) -> Vec<Item> {
        if let Some(id) = item.text() {
            return self.page(id, None).into_iter().collect();
        }
        let label = item.string("label");
        match item.string("type").as_deref() {
            Some("autogenerated") => {
                let folder = item.string("dirName").unwrap_or_default();
                let folder = if folder == "." { "" } else { folder.trim_matches('/') };
                vec![Item::Folder(within(&self.root, folder))]
            }
            Some("doc" | "ref") => {
                item.string("id").and_then(|id| self.page(&id, label)).into_iter().collect()
            }
            Some("category") => {
                let items = item.get("items").map(|items| self.items(items, depth + 1)).unwrap_or_default();
                let page = item.at(&["link", "id"]).and_then(Literal::text);
                let page = page.and_then(|id| self.ids.get(id).cloned());
                vec![Item::Section { title: label, page, folder: None, items }]
            }
            Some("link" | "html") => {
                self.report.add(Kind::Navigation, self.path, None, item.string("href").unwrap_or_default());
                Vec::new()
            }
            Some(_) => Vec::new(),
            None if matches!(item, Literal::Map(_)) => self.items(item, depth + 1),
            None => Vec::new(),
        }
    }

    fn page(&mut self, id: &str, title: Option<String>) -> Option<Item> {
        let file = self.ids.get(id).cloned();
        if file.is_none() {
            self.report.add(Kind::Navigation, self.path, None, id);
        }
        file.map(|file| Item::Page { file, title })
    }
}
