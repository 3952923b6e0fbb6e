//! MkDocs: `mkdocs.yml`, its `nav:`, and `.pages` of the plugin awesome-pages.

mod nav;

use super::mdbook::read_summary;
use super::moves::Moves;
use super::{DEEPEST, MKDOCS, find, new_book, string, yaml};
use crate::chapter::{folder, given, without_suffix};
use crate::import::Tool;
use crate::import::book::{Addresses, Book, FolderInfo, Future};
use crate::import::front::texts_under;
use crate::import::markup::{blocks, emoji, pymdownx};
use crate::import::report::{Kind, Report};
use crate::import::tree::{SourceTree, from_folder, within};
use crate::import::withheld::READERS;
use crate::source::Source;
use crate::text::Patterns;
use serde_yaml::{Mapping, Value};
use std::sync::Arc;

/// The folder of the chapters unless the settings say another.
const DOCS: &str = "docs";

pub(super) fn read(tree: &SourceTree, report: &mut Report) -> Book {
    let Some(path) = find(tree, MKDOCS) else {
        // Its settings went astray, or `--from` says so.
        let root = if tree.has_folder(DOCS) { DOCS } else { "" };
        return new_book(Tool::Mkdocs, root, Addresses::Folders);
    };
    let settings = inherited(tree, yaml(tree, &path, report), &path, 0, report);
    let home = folder(&path);
    let root = root(&settings, home);
    let is_plain = settings.get("use_directory_urls").and_then(Value::as_bool) == Some(false);
    let addresses = if is_plain { Addresses::Pages } else { Addresses::Folders };
    let mut book = new_book(Tool::Mkdocs, &root, addresses);
    book.title = string(&settings, "site_name");
    book.description = string(&settings, "site_description");
    let theme = settings.get("theme").and_then(Value::as_mapping);
    book.language = theme.and_then(|theme| string(theme, "language"));
    if let Some(url) = string(&settings, "site_url") {
        book.set_site(&url);
    }
    for key in ["site_name", "site_url"] {
        if let Some(value) = string(&settings, key) {
            book.values.insert(format!("config.{key}"), value);
        }
    }
    snippets(&settings, home, &mut book);
    if let Some(redirects) =
        option(&settings, "plugins", "redirects").and_then(|own| own.get("redirect_maps"))
    {
        let entries = redirects.as_mapping().into_iter().flatten();
        let pairs =
            entries.filter_map(|(old, new)| Some((old.as_str()?.to_owned(), new.as_str()?.to_owned())));
        book.redirects.extend(pairs);
    }
    let is_order = |path: &&str| matches!(path.rsplit('/').next(), Some(".pages" | ".nav.yml" | ".nav.yaml"));
    for own in tree.below(&book.root).filter(is_order) {
        let inner = from_folder(&book.root, folder(own)).unwrap_or("").to_owned();
        let settings = yaml(tree, own, report);
        // What leads out of the book, and an order that is not that of names, has no place here.
        for what in nav::left_of_pages(&settings) {
            report.add(Kind::Settings, own, None, what);
        }
        book.folders.insert(inner, nav::pages(&settings));
    }
    if has_plugin(&settings, "macros") {
        book.values.insert("macros".to_owned(), String::new());
        if let Some(extra) = settings.get("extra").and_then(Value::as_mapping) {
            add_values(extra, "", 0, &mut book);
        }
    }
    for name in pymdownx::EXTENSIONS {
        if has_extension(&settings, name) {
            book.values.insert(name.to_owned(), String::new());
        }
    }
    if has_extension_where(&settings, |name| name.starts_with(blocks::SETTING)) {
        book.values.insert(blocks::SETTING.to_owned(), String::new());
    }
    if has_extension(&settings, "pymdownx.emoji") {
        book.values.insert(emoji::SETTING.to_owned(), String::new());
    }
    languages(&settings, &mut book);
    // What it leaves out whatever the settings say, unless they take it in again.
    let always = ".*\n/templates/\n";
    let excluded = always.to_owned() + &string(&settings, "exclude_docs").unwrap_or_default();
    book.leave_out(tree, "exclude_docs", &Patterns::of_gitignore(&excluded));
    if let Some(patterns) = string(&settings, "draft_docs") {
        book.leave_out(tree, "draft_docs", &Patterns::of_gitignore(&patterns));
    }
    book.future = later_posts(&settings, &book.root);
    posts(&settings, &mut book);
    plugins_that_keep_back(tree, &settings, &path, &mut book, report);
    let own: Vec<String> =
        tree.below(&book.root).filter(|path| path.ends_with("/.meta.yml")).map(str::to_owned).collect();
    for own in own.iter().filter(|_| has_plugin(&settings, "meta")) {
        let mut values = yaml(tree, own, report);
        if let Some(text) = tree.text(own).filter(|_| values.is_empty()) {
            values = given::values(&Source::new(own.as_str(), own.as_str(), Arc::clone(text)));
        }
        book.defaults.add_all(folder(own), values);
    }
    let authors = tree.below(&book.root).find(|path| path.ends_with("/.authors.yml")).map(str::to_owned);
    if let Some(path) = authors {
        book.add_authors(&yaml(tree, &path, report));
    }
    literate(tree, &settings, &mut book, report);
    let list = settings.get("nav").and_then(Value::as_sequence).filter(|_| book.navigation.is_none());
    if let Some(list) = list {
        let mut left = Vec::new();
        let items = list.iter().flat_map(|entry| nav::items(tree, &book.root, entry, 0, &mut left)).collect();
        book.navigation = Some(items);
        for what in left {
            report.add(Kind::Navigation, &path, None, what);
        }
    }
    let features = theme.map(|theme| texts_under(theme, "features")).unwrap_or_default();
    if features.contains(&"navigation.indexes") {
        book.navigation = book.navigation.map(nav::with_indexes);
    }
    book
}

/// The navigation that the plugin literate-nav takes from a list of links. Files of its name are no
/// chapters.
fn literate(tree: &SourceTree, settings: &Mapping, book: &mut Book, report: &mut Report) {
    if !has_plugin(settings, "literate-nav") {
        return;
    }
    let name = option(settings, "plugins", "literate-nav").and_then(|own| string(own, "nav_file"));
    let name = name.unwrap_or_else(|| "SUMMARY.md".to_owned());
    read_summary(tree, book, &name, report);
    let others = tree.below(&book.root).filter(|path| path.rsplit('/').next() == Some(name.as_str()));
    book.ignored.extend(others.map(str::to_owned).collect::<Vec<_>>());
}

/// The values that chapters may name by their paths, `a.b`, and by `config.extra.a.b`.
fn add_values(values: &Mapping, path: &str, depth: usize, book: &mut Book) {
    for (key, value) in values {
        let Some(key) = key.as_str() else { continue };
        let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match (value, string(values, key)) {
            (Value::Mapping(inner), _) if depth < DEEPEST => add_values(inner, &path, depth + 1, book),
            (_, Some(text)) => {
                book.values.insert(format!("config.extra.{path}"), text.clone());
                book.values.insert(path, text);
            }
            _ => {}
        }
    }
}

/// Settings with those that they inherit; what they say themselves counts more.
fn inherited(tree: &SourceTree, own: Mapping, path: &str, depth: usize, report: &mut Report) -> Mapping {
    let Some(base) = string(&own, "INHERIT").filter(|_| depth < 8) else { return own };
    let Some(base) = crate::handbook::link::join(folder(path), &base).filter(|base| tree.has(base)) else {
        return own;
    };
    let mut all = inherited(tree, yaml(tree, &base, report), &base, depth + 1, report);
    all.extend(own);
    all
}

/// The languages of the plugin i18n, the first one first: key, name, and whether their chapters
/// end in it (`a.zh.md`) rather than lie in a folder of it.
fn i18n(settings: &Mapping) -> (bool, Vec<(String, Option<String>)>) {
    let Some(own) = option(settings, "plugins", "i18n") else { return (false, Vec::new()) };
    let is_suffix = string(own, "docs_structure").as_deref() != Some("folder");
    let list = own.get("languages").and_then(Value::as_sequence);
    let mut found: Vec<(bool, String, Option<String>)> = list
        .into_iter()
        .flatten()
        .filter_map(|language| {
            let language = language.as_mapping()?;
            let key = string(language, "locale")?;
            let is_first = language.get("default").and_then(Value::as_bool) == Some(true);
            let is_name =
                !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
            is_name.then(|| (!is_first, key, string(language, "name")))
        })
        .collect();
    found.sort_by_key(|(is_other, ..)| *is_other);
    (is_suffix, found.into_iter().map(|(_, key, name)| (key, name)).collect())
}

/// Chapters of other languages as if they lay in folders of their languages.
pub(super) fn moves(tree: &SourceTree) -> Moves {
    let mut moves = Moves::default();
    let Some(path) = find(tree, MKDOCS) else { return moves };
    let settings = yaml(tree, &path, &mut Report::new(Tool::Mkdocs));
    let (is_suffix, languages) = i18n(&settings);
    let Some((first, others)) = languages.split_first().filter(|_| is_suffix) else { return moves };
    let root = root(&settings, folder(&path));
    for file in tree.below(&root) {
        let Some((stem, tag)) = without_suffix(file).and_then(|stem| stem.rsplit_once('.')) else { continue };
        let ending = &file[stem.len() + 1 + tag.len()..];
        let inside = from_folder(&root, stem).unwrap_or(stem);
        if tag == first.0 {
            moves.add(file, format!("{stem}{ending}"));
        } else if let Some((key, _)) = others.iter().find(|(key, _)| key == tag) {
            moves.add(file, within(&root, &format!("{}{ending}", within(key, inside))));
        }
    }
    moves
}

/// The folders of the other languages come last, with their names.
fn languages(settings: &Mapping, book: &mut Book) {
    let (_, languages) = i18n(settings);
    for ((key, name), at) in languages.into_iter().skip(1).zip(1_i32..) {
        let info = FolderInfo { title: name, position: Some(f64::from(at)), ..FolderInfo::default() };
        book.folders.entry(key.clone()).or_insert(info);
        book.languages.push(key);
    }
}

/// The folder of the chapters.
fn root(settings: &Mapping, home: &str) -> String {
    let own = string(settings, "docs_dir");
    crate::handbook::link::join(home, own.as_deref().unwrap_or(DOCS).trim_end_matches('/'))
        .unwrap_or_default()
}

/// The settings of a plugin or extension: lists of names, and of names with settings.
fn option<'a>(settings: &'a Mapping, list: &str, name: &str) -> Option<&'a Mapping> {
    match settings.get(list)? {
        Value::Sequence(entries) => {
            entries.iter().find_map(|entry| entry.as_mapping()?.get(name)).and_then(Value::as_mapping)
        }
        Value::Mapping(entries) => entries.get(name).and_then(Value::as_mapping),
        _ => None,
    }
}

fn has_plugin(settings: &Mapping, name: &str) -> bool {
    let is_it = |entry: &Value| match entry {
        Value::String(own) => own == name || own == &format!("material/{name}"),
        Value::Mapping(own) => own.contains_key(name) || own.contains_key(format!("material/{name}")),
        _ => false,
    };
    match settings.get("plugins") {
        Some(Value::Sequence(list)) => list.iter().any(is_it),
        Some(all) => is_it(all),
        None => false,
    }
}

/// What plugins keep from readers: `exclude` leaves chapters out, `encryptcontent` shows them to
/// whoever has a password.
fn plugins_that_keep_back(
    tree: &SourceTree,
    settings: &Mapping,
    path: &str,
    book: &mut Book,
    report: &mut Report,
) {
    if let Some(own) = option(settings, "plugins", "exclude") {
        book.leave_out(
            tree,
            "plugins: exclude",
            &Patterns::of_gitignore(&texts_under(own, "glob").join("\n")),
        );
        let root = book.root.clone();
        book.leave_out_matches(tree, &root, "plugins: exclude", &texts_under(own, "regex"), path, report);
    }
    let encrypts = option(settings, "plugins", "encryptcontent").is_some_and(|own| {
        ["global_password", "password_inventory", "password_file"].iter().any(|key| own.contains_key(*key))
    });
    if encrypts {
        let readers = std::iter::once((READERS.into(), "encryptcontent".into())).collect();
        book.defaults.add_all(&book.root.clone(), readers);
    }
}

/// Posts of a later day, where the plugin for blogs holds them back until then.
fn later_posts(settings: &Mapping, root: &str) -> Future {
    let names = ["blog", "material/blog"];
    let Some(own) = names.iter().find_map(|name| option(settings, "plugins", name)) else {
        return Future::Shown;
    };
    if own.get("draft_if_future_date").and_then(Value::as_bool) != Some(true) {
        return Future::Shown;
    }
    let blog = string(own, "blog_dir").unwrap_or_else(|| "blog".to_owned());
    Future::Posts(vec![within(root, blog.trim_start_matches("./").trim_matches('/'))])
}

/// Posts of the plugin for blogs have addresses by their days and titles.
fn posts(settings: &Mapping, book: &mut Book) {
    let is_used = has_plugin(settings, "blog");
    let names = ["blog", "material/blog"];
    let own = names.iter().find_map(|name| option(settings, "plugins", name));
    let said =
        |key: &str, usual: &str| own.and_then(|own| string(own, key)).unwrap_or_else(|| usual.to_owned());
    let blog = said("blog_dir", "blog");
    let blog = blog.trim_start_matches("./").trim_matches('/');
    let blog = if blog == "." { "" } else { blog };
    let posts = said("post_dir", "{blog}/posts").replace("{blog}", blog);
    // Of the forms of a day those are read that say it in full.
    let date = match said("post_url_date_format", "yyyy/MM/dd").as_str() {
        "yyyy/MM/dd" => ":year/:month/:day",
        "yyyy-MM-dd" => ":year-:month-:day",
        "yyyy/MM" => ":year/:month",
        "yyyy" => ":year",
        _ => return,
    };
    let address = said("post_url_format", "{date}/{slug}");
    let address = address.replace("{date}", date).replace("{slug}", ":slug").replace("{file}", ":name");
    if is_used && !address.contains('{') {
        let pattern = format!("/{}/", within(blog, address.trim_matches('/')));
        book.permalinks.push((within(&book.root, posts.trim_matches('/')), pattern));
    }
}

fn has_extension(settings: &Mapping, name: &str) -> bool {
    has_extension_where(settings, |own| own == name)
}

fn has_extension_where(settings: &Mapping, is_it: impl Fn(&str) -> bool) -> bool {
    let has = |all: &Mapping| all.keys().filter_map(Value::as_str).any(&is_it);
    match settings.get("markdown_extensions") {
        Some(Value::Sequence(list)) => list.iter().any(|entry| match entry {
            Value::String(own) => is_it(own),
            Value::Mapping(own) => has(own),
            _ => false,
        }),
        Some(Value::Mapping(all)) => has(all),
        _ => false,
    }
}

fn snippets(settings: &Mapping, home: &str, book: &mut Book) {
    let own = option(settings, "markdown_extensions", "pymdownx.snippets");
    let texts = |key: &str| own.map(|own| texts_under(own, key)).unwrap_or_default();
    let mut bases = texts("base_path");
    if bases.is_empty() {
        bases.push(".");
    }
    let place =
        |path: &str| crate::handbook::link::join(home, path.trim_start_matches("./")).unwrap_or_default();
    book.snippets = bases.iter().map(|base| place(base)).collect();
    let appended = texts("auto_append");
    book.appended = appended.iter().map(|path| place(path)).collect();
}
