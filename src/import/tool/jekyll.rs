//! Jekyll: `_config.yml`, addresses from `permalink`, order from `nav_order`.

use super::mdbook::chapter;
use super::{DEEPEST, find, new_book, string, yaml};
use crate::chapter::{folder, given, is_index, without_suffix};
use crate::import::Tool;
use crate::import::address::bare;
use crate::import::book::{self, Addresses, Book, Future};
use crate::import::defaults::{Defaults, Only};
use crate::import::front::texts_under;
use crate::import::head;
use crate::import::markup::expression::scalar;
use crate::import::navigation::Item;
use crate::import::report::{Kind, Report};
use crate::import::tree::{SourceTree, from_folder, placed, within};
use crate::text::Patterns;
use serde_yaml::{Mapping, Value};
use std::collections::{BTreeSet, HashMap};

pub(super) fn read(tree: &SourceTree, report: &mut Report) -> Book {
    let path = find(tree, &["_config.yml", "_config.yaml"]).unwrap_or_default();
    let settings = yaml(tree, &path, report);
    let home = folder(&path);
    let root = placed(home, string(&settings, "source").as_deref().unwrap_or(""));
    let is_pretty =
        string(&settings, "permalink").is_some_and(|style| style == "pretty" || style.ends_with('/'));
    let addresses = if is_pretty { Addresses::Folders } else { Addresses::Pages };
    let mut book = new_book(Tool::Jekyll, &root, addresses);
    book.title = string(&settings, "title");
    book.description = string(&settings, "description");
    book.language = string(&settings, "lang");
    let url = string(&settings, "url").unwrap_or_default();
    let base = string(&settings, "baseurl").unwrap_or_default();
    book.base = base.trim_matches('/').to_owned();
    if !url.is_empty() {
        book.hosts.push(within(url.trim_end_matches('/'), &book.base));
    }
    for (key, value) in &settings {
        if let (Some(key), Value::String(value)) = (key.as_str(), value) {
            book.values.insert(format!("site.{key}"), value.clone());
        }
    }
    book.values.insert("site.baseurl".to_owned(), base);
    book.snippets = vec![within(&book.root, "_includes")];
    let above = string(&settings, "collections_dir").unwrap_or_default();
    let above = &*placed("", &above);
    let collections = collections(&settings, above);
    let taken_in = Patterns::anchored(texts_under(&settings, "include"));
    let is_hidden = |path: &str| {
        let inside = from_folder(&book.root, path).unwrap_or(path);
        !taken_in.fit(inside) && is_hidden(inside, &collections)
    };
    book.ignored = tree.below(&book.root).filter(|path| is_hidden(path)).map(str::to_owned).collect();
    let is_part = |path: &str| {
        let inside = from_folder(&book.root, path).unwrap_or(path);
        PARTS.iter().any(|folder| from_folder(folder, inside).is_some())
    };
    for path in book.ignored.iter().filter(|path| without_suffix(path).is_some() && !is_part(path)) {
        report.add(Kind::OutsideBook, path, None, "");
    }
    book.collections = listed(&settings, &collections, &book.root);
    for own in collections.iter().filter(|own| !own.is_output) {
        book.leave_out(tree, "output: false", &Patterns::anchored([own.folder.as_str()]));
    }
    if settings.get("future").and_then(Value::as_bool) != Some(true) {
        let posts =
            tree.below(&book.root).filter_map(|path| Some(&path[..path.find("_posts/")? + "_posts".len()]));
        let own = collections.iter().map(|own| within(&book.root, &own.folder));
        let folders: BTreeSet<String> = posts.map(str::to_owned).chain(own).collect();
        book.future = Future::Posts(folders.into_iter().collect());
    }
    patterns(&settings, &collections, tree, &mut book);
    // Jupyter Book has settings of this name too.
    for key in ["exclude", "exclude_patterns"] {
        book.leave_out(tree, key, &Patterns::anchored(texts_under(&settings, key)));
    }
    book.leave_out(tree, "_drafts", &Patterns::anchored(["**/_drafts"]));
    defaults(&settings, &mut book);
    navigation(tree, &mut book, report);
    data(tree, &mut book);
    let authors = within(&book.root, "_data/authors.yml");
    if tree.has(&authors) {
        book.add_authors(&yaml(tree, &authors, report));
    }
    book
}

/// Values that chapters name as `site.data.people.hr`: those of `_data/people.yml`, as far as they
/// are single ones.
fn data(tree: &SourceTree, book: &mut Book) {
    let folder = within(&book.root, "_data");
    let mut values = Vec::new();
    for path in tree.below(&folder) {
        let inside = from_folder(&folder, path).and_then(|inside| inside.rsplit_once('.'));
        let Some((stem, "yml" | "yaml" | "json")) = inside else { continue };
        let value = tree.text(path).and_then(|text| serde_yaml::from_str::<Value>(text).ok());
        let name = format!("site.data.{}", stem.replace('/', "."));
        add_values(&name, &value.unwrap_or_default(), 0, &mut values);
    }
    book.values.extend(values);
}

fn add_values(name: &str, value: &Value, depth: usize, out: &mut Vec<(String, String)>) {
    match value {
        Value::Mapping(all) if depth < DEEPEST => {
            for (key, value) in all {
                let Some(key) = key.as_str() else { continue };
                add_values(&format!("{name}.{key}"), value, depth + 1, out);
            }
        }
        value => out.extend(scalar(value).map(|value| (name.to_owned(), value))),
    }
}

/// Folders of what is no page but makes pages.
const PARTS: [&str; 6] = ["_includes", "_layouts", "_data", "_sass", "_plugins", "_site"];

/// Whether a path begins with `_` or the like somewhere, so that the tool makes no page of it:
/// anywhere but for collections, of which only the first and the last part count.
fn is_hidden(path: &str, collections: &[Collection]) -> bool {
    let is_special = |name: &str| name.starts_with(['_', '#', '~']);
    let last = path.rsplit('/').next().unwrap_or("");
    if is_special(last) && (last.starts_with(['#', '~']) || !is_index(last)) {
        return true;
    }
    match collections.iter().find_map(|own| from_folder(&own.folder, path)) {
        Some(inside) => inside.contains('/') && is_special(inside),
        None => folder(path).split('/').any(|name| is_special(name) && !matches!(name, "_posts" | "_drafts")),
    }
}

/// The collections as the navigation has them. The theme Just the Docs lists those that it is told
/// of, by other titles and in another order.
fn listed(settings: &Mapping, collections: &[Collection], root: &str) -> Vec<book::Collection> {
    let theme = settings.get("just_the_docs").and_then(|theme| theme.get("collections"));
    let theme = theme.and_then(Value::as_mapping);
    let rank = |name: &str| theme.and_then(|all| all.keys().position(|key| key.as_str() == Some(name)));
    let mut all: Vec<&Collection> = collections.iter().collect();
    all.sort_by_key(|own| rank(&own.name).unwrap_or(usize::MAX));
    let one = |own: &Collection| {
        let about = theme.and_then(|all| all.get(own.name.as_str())).and_then(Value::as_mapping);
        book::Collection {
            folder: within(root, &own.folder),
            name: own.name.clone(),
            title: about.and_then(|about| string(about, "name")),
            is_listed: about.and_then(|about| about.get("nav_exclude")).and_then(Value::as_bool)
                != Some(true),
        }
    };
    let mut listed: Vec<book::Collection> = all.into_iter().map(one).collect();
    let posts = within(root, "_posts");
    if !listed.iter().any(|own| own.folder == posts) {
        listed.push(book::Collection {
            folder: posts,
            name: "posts".to_owned(),
            title: None,
            is_listed: true,
        });
    }
    listed
}

/// A collection: a folder `_name` of chapters.
struct Collection {
    name: String,
    /// Its folder below the root.
    folder: String,
    is_output: bool,
    permalink: Option<String>,
}

fn collections(settings: &Mapping, above: &str) -> Vec<Collection> {
    let folder = |name: &str| within(above, &format!("_{name}"));
    match settings.get("collections") {
        Some(Value::Mapping(all)) => {
            let one = |(name, about): (&Value, &Value)| {
                let about = about.as_mapping();
                let is_output =
                    about.and_then(|about| about.get("output")).and_then(Value::as_bool) == Some(true);
                let permalink = about.and_then(|about| string(about, "permalink"));
                let name = name.as_str()?.to_owned();
                Some(Collection { folder: folder(&name), name, is_output, permalink })
            };
            all.iter().filter_map(one).collect()
        }
        Some(Value::Sequence(names)) => {
            let names = names.iter().filter_map(Value::as_str).map(str::to_owned);
            names
                .map(|name| Collection { folder: folder(&name), name, is_output: false, permalink: None })
                .collect()
        }
        _ => Vec::new(),
    }
}

/// At which addresses posts and chapters of collections are published.
fn patterns(settings: &Mapping, collections: &[Collection], tree: &SourceTree, book: &mut Book) {
    let style = string(settings, "permalink");
    let of_posts = match style.as_deref().unwrap_or("date") {
        "date" => "/:categories/:year/:month/:day/:title.html",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "none" => "/:categories/:title.html",
        "ordinal" => "/:categories/:year/:y_day/:title.html",
        own => own,
    };
    let is_plain = style.as_deref().is_none_or(|style| matches!(style, "date" | "none" | "ordinal"));
    let of_collection = if is_plain { "/:collection/:path.html" } else { "/:collection/:path/" };
    for own in collections {
        let pattern = own.permalink.as_deref().unwrap_or(of_collection).replace(":collection", &own.name);
        book.permalinks.push((within(&book.root, &own.folder), pattern));
    }
    let posts =
        tree.below(&book.root).filter_map(|path| Some(&path[..path.find("_posts/")? + "_posts".len()]));
    let folders: BTreeSet<&str> = posts.collect();
    let all: Vec<(String, String)> = folders
        .into_iter()
        .map(|folder| {
            // Folders above `_posts` are categories.
            let above = from_folder(&book.root, crate::chapter::folder(folder)).unwrap_or("");
            (folder.to_owned(), of_posts.replace(":categories", &within(above, ":categories")))
        })
        .collect();
    book.permalinks.extend(all);
}

/// Data files in which themes keep their navigation, as their names begin.
const LISTS: [&str; 5] = ["navigation", "sidebar", "nav", "toc", "docs"];

/// Lists of `_data/navigation.yml` and `_data/sidebars/*.yml`: those with the most chapters
/// first, since a bar at the top names only the first of each section.
fn navigation(tree: &SourceTree, book: &mut Book, report: &mut Report) {
    let data = within(&book.root, "_data");
    let is_list = |path: &&str| {
        let inside = from_folder(&data, path).unwrap_or(path);
        let is_yaml = inside.ends_with(".yml") || inside.ends_with(".yaml");
        is_yaml && LISTS.iter().any(|name| inside.starts_with(name))
    };
    let files: Vec<&str> = tree.below(&data).filter(is_list).collect();
    if files.is_empty() {
        return;
    }
    let mut addresses: HashMap<String, String> = HashMap::new();
    for path in tree.below(&book.root).filter(|path| without_suffix(path).is_some()) {
        let Some(text) = tree.text(path).filter(|text| text.contains("permalink")) else { continue };
        if let Some(own) = string(&head::mapping(path, text), "permalink") {
            addresses.insert(bare(&own), path.to_owned());
        }
    }
    let mut lists: Vec<Vec<Item>> = Vec::new();
    for path in files {
        let shown: std::sync::Arc<str> = path.into();
        let Some(text) = tree.text(path) else { continue };
        let Ok(value) = serde_yaml::from_str::<Value>(text) else {
            report.add(Kind::Settings, &shown, None, "YAML");
            continue;
        };
        let mut reader = DataList { tree, root: &book.root, addresses: &addresses, path, report };
        match &value {
            Value::Mapping(all) if !all.contains_key("entries") => {
                lists.extend(all.values().map(|list| reader.items(list, 0)));
            }
            list => lists.push(reader.items(list, 0)),
        }
    }
    let count = |items: &Vec<Item>| {
        let mut files = Vec::new();
        items.iter().for_each(|item| item.files(&mut files));
        files.len()
    };
    lists.sort_by_key(|items| std::cmp::Reverse(count(items)));
    let items: Vec<Item> = lists.into_iter().flatten().collect();
    book.navigation = Some(items).filter(|items| count(items) > 0);
}

/// A list of links in a data file: every theme has its own names for the same few keys.
struct DataList<'a> {
    tree: &'a SourceTree,
    root: &'a str,
    /// Chapters by the addresses that they give themselves.
    addresses: &'a HashMap<String, String>,
    path: &'a str,
    report: &'a mut Report,
}

impl DataList<'_> {
    fn items(&mut self, list: &Value, depth: usize) -> Vec<Item> {
        if depth > DEEPEST {
            return Vec::new();
        }
        match list {
            Value::Sequence(all) => all.iter().flat_map(|entry| self.item(entry, depth)).collect(),
            entry @ Value::Mapping(_) => self.item(entry, depth),
            _ => Vec::new(),
        }
    }

    fn item(&mut self, entry: &Value, depth: usize) -> Vec<Item> {
        let Some(entry) = entry.as_mapping() else {
            return entry.as_str().and_then(|target| self.page(None, target)).into_iter().collect();
        };
        const TITLES: [&str; 4] = ["title", "name", "text", "label"];
        const TARGETS: [&str; 6] = ["url", "link", "href", "page", "file", "path"];
        let title = TITLES.iter().find_map(|key| string(entry, key));
        let target = TARGETS.iter().find_map(|key| string(entry, key));
        let is_list = |value: &&Value| {
            value
                .as_sequence()
                .is_some_and(|list| list.iter().any(|item| item.is_mapping() || item.is_string()))
        };
        let lists = entry.iter().filter(|(key, value)| is_list(value) && !is_word(key));
        let inner: Vec<Item> = lists.flat_map(|(_, list)| self.items(list, depth + 1)).collect();
        let page = target.as_deref().and_then(|target| self.page(title.clone(), target));
        match (page, inner.is_empty()) {
            (page, true) => page.into_iter().collect(),
            (None, false) if title.is_none() => inner,
            (page, false) => {
                let page = match page {
                    Some(Item::Page { file, .. }) => Some(file),
                    _ => None,
                };
                vec![Item::Section { title, page, folder: None, items: inner }]
            }
        }
    }

    fn page(&mut self, title: Option<String>, target: &str) -> Option<Item> {
        let own = self.addresses.get(&bare(target.split(['#', '?']).next().unwrap_or(""))).cloned();
        let found = own.or_else(|| chapter(self.tree, self.root, self.root, target));
        if found.is_none() {
            self.report.add(Kind::Navigation, self.path, None, target);
        }
        found.map(|file| Item::Page { file, title })
    }
}

/// Keys of entries whose lists are no links: `output: [web, pdf]`.
fn is_word(key: &Value) -> bool {
    matches!(key.as_str(), Some("output" | "type" | "audience" | "tags" | "product" | "version" | "platform"))
}

/// `defaults: [{scope: {path: …, type: …}, values: {…}}]`.
fn defaults(settings: &Mapping, book: &mut Book) {
    let root = book.root.clone();
    for (scope, values) in given::jekyll::defaults(settings) {
        book.defaults.add(&root, Defaults { only: Only::Scope(scope), values });
    }
}
