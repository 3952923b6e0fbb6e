//! Hugo: `hugo.toml` or `config.*`, chapters below `content/`, ordered by `weight`.

use super::moves::Moves;
use super::{find, new_book, string, toml, yaml};
use crate::chapter::cascade::{of_toml, value};
use crate::chapter::{folder, without_suffix};
use crate::import::Tool;
use crate::import::book::{Addresses, Book, FolderInfo, Future};
use crate::import::markup::emoji;
use crate::import::report::Report;
use crate::import::tree::{SourceTree, from_folder, placed, within};
use crate::import::{front, head};
use crate::text::Patterns;
use serde_yaml::{Mapping, Value};

const NAMES: &[&str] = &[
    "hugo.toml",
    "hugo.yaml",
    "hugo.yml",
    "config.toml",
    "config.yaml",
    "config.yml",
    "hugo.json",
    "config.json",
];

/// What settings say that matters here.
#[derive(Default)]
struct Settings {
    all: Mapping,
    /// The folder of the site, and that of its chapters in the first language.
    home: String,
    root: String,
    /// The languages, the first one first.
    languages: Vec<Language>,
}

/// A language of a book.
struct Language {
    key: String,
    name: Option<String>,
    /// The folder of its chapters, where it has one of its own.
    content: Option<String>,
}

impl Settings {
    fn read(tree: &SourceTree, path: Option<&str>, report: &mut Report) -> Self {
        let Some(path) = path else { return Self { root: root(tree, "", None), ..Self::default() } };
        let all = mapping(tree, path, report);
        // `config/_default/hugo.toml` stands two folders below the home.
        let home = folder(path);
        let home = home.strip_suffix("config/_default").map_or(home, |home| home.trim_end_matches('/'));
        let beside = ["languages.toml", "languages.yaml", "languages.yml"];
        let beside = beside.map(|name| within(folder(path), name)).into_iter().find(|path| tree.has(path));
        let languages = match beside {
            Some(path) => mapping(tree, &path, report),
            None => all.get("languages").and_then(Value::as_mapping).cloned().unwrap_or_default(),
        };
        let first = string(&all, "defaultContentLanguage").unwrap_or_else(|| "en".to_owned());
        let languages = self::languages(&languages, &first);
        let of_first = languages.first().and_then(|language| language.content.clone());
        let content = of_first.or_else(|| any(&all, ["contentDir", "contentdir"]));
        Self { root: root(tree, home, content.as_deref()), home: home.to_owned(), all, languages }
    }
}

/// The folder of the chapters.
fn root(tree: &SourceTree, home: &str, content: Option<&str>) -> String {
    let root = placed(home, content.unwrap_or("content"));
    if tree.has_folder(&root) { root } else { home.to_owned() }
}

fn languages(table: &Mapping, first: &str) -> Vec<Language> {
    let mut all: Vec<(bool, i64, Language)> = table
        .iter()
        .filter_map(|(key, about)| {
            let (key, about) = (key.as_str()?.to_owned(), about.as_mapping()?);
            let weight = about.get("weight").and_then(Value::as_i64).unwrap_or(i64::MAX);
            let name = any(about, ["languageName", "label"]);
            let content = any(about, ["contentDir", "contentdir"]);
            Some((!key.eq_ignore_ascii_case(first), weight, Language { key, name, content }))
        })
        .filter(|(_, _, language)| {
            !language.key.is_empty() && !language.key.contains(['/', '.']) && language.key != "_merge"
        })
        .collect();
    all.sort_by_key(|(is_other, weight, _)| (*is_other, *weight));
    all.into_iter().map(|(_, _, language)| language).collect()
}

/// Chapters of other languages as if they lay in folders of their languages: Hugo publishes
/// `content/a.zh.md` and `content.zh/a.md` at `zh/a/`.
pub(super) fn moves(tree: &SourceTree) -> Moves {
    let path = find(tree, NAMES);
    let settings = Settings::read(tree, path.as_deref(), &mut Report::new(Tool::Hugo));
    let mut moves = Moves::default();
    let Some((first, others)) = settings.languages.split_first() else { return moves };
    let of_own: Vec<(String, &Language)> = others
        .iter()
        .filter_map(|language| Some((placed(&settings.home, language.content.as_deref()?), language)))
        .filter(|(content, _)| *content != settings.root && !content.is_empty())
        .collect();
    for (content, language) in &of_own {
        for file in tree.below(content) {
            let inside = from_folder(content, file).unwrap_or(file);
            moves.add(file, within(&settings.root, &within(&language.key, inside)));
        }
    }
    for file in tree.below(&settings.root) {
        if of_own.iter().any(|(content, _)| from_folder(content, file).is_some()) {
            continue;
        }
        let Some((stem, tag)) = without_suffix(file).and_then(|stem| stem.rsplit_once('.')) else { continue };
        let ending = &file[stem.len() + 1 + tag.len()..];
        let inside = from_folder(&settings.root, stem).unwrap_or(stem);
        if tag.eq_ignore_ascii_case(&first.key) {
            moves.add(file, format!("{stem}{ending}"));
        } else if let Some(language) = others.iter().find(|language| language.key.eq_ignore_ascii_case(tag)) {
            let place = within(&language.key, inside);
            moves.add(file, within(&settings.root, &format!("{place}{ending}")));
        }
    }
    moves
}

pub(super) fn read(tree: &SourceTree, report: &mut Report) -> Book {
    let path = find(tree, NAMES);
    let settings = Settings::read(tree, path.as_deref(), report);
    let is_ugly = settings.all.get("uglyURLs").and_then(Value::as_bool) == Some(true);
    let addresses = if is_ugly { Addresses::Pages } else { Addresses::Folders };
    let mut book = new_book(Tool::Hugo, &settings.root, addresses);
    book.title = string(&settings.all, "title");
    book.language = any(&settings.all, ["languageCode", "defaultContentLanguage"]);
    if let Some(url) = any(&settings.all, ["baseURL", "baseurl"]) {
        book.set_site(&url);
    }
    book.public = vec![within(&settings.home, "static"), within(&settings.home, "assets")];
    book.defaults.add_cascade(&book.root.clone(), &book.root.clone(), &settings.all);
    let says = |key: &str| value(&settings.all, &[key]).and_then(Value::as_bool) == Some(true);
    book.future = Future::Dated { shows_future: says("buildFuture"), shows_expired: says("buildExpired") };
    if settings.all.get("enableEmoji").and_then(Value::as_bool) == Some(true) {
        book.values.insert(emoji::SETTING.to_owned(), String::new());
    }
    resources(tree, &mut book);
    if let Some(patterns) = settings.all.get("ignoreFiles") {
        let patterns = front::texts(patterns);
        let path = path.as_deref().unwrap_or("");
        // They fit the whole paths of files.
        book.leave_out_matches(tree, &settings.home, "ignoreFiles", &patterns, path, report);
    }
    mounts(tree, &settings, &mut book);
    if let Some(params) = settings.all.get("params").and_then(Value::as_mapping) {
        let named = params.iter().filter_map(|(key, value)| Some((key.as_str()?, value.as_str()?)));
        book.values.extend(named.map(|(key, value)| (format!("params.{key}"), value.to_owned())));
    }
    others(tree, &settings, &mut book);
    permalinks(&settings, &mut book);
    menus(tree, &settings, &mut book);
    let root = book.root.clone();
    for path in tree.below(&root).filter(|path| path.ends_with("/_index.md") || *path == "_index.md") {
        let Some(text) = tree.text(path).filter(|text| text.to_ascii_lowercase().contains("cascade")) else {
            continue;
        };
        book.defaults.add_cascade(&root, folder(path), &head::mapping(path, text));
    }
    book
}

/// `[[module.mounts]]` with `excludeFiles`, patterns that count from the folder that is mounted.
fn mounts(tree: &SourceTree, settings: &Settings, book: &mut Book) {
    let mounts = settings.all.get("module").and_then(|module| module.get("mounts"));
    for mount in mounts.and_then(Value::as_sequence).into_iter().flatten().filter_map(Value::as_mapping) {
        let Some(source) = string(mount, "source") else { continue };
        let from = placed(&settings.home, &source);
        if let Some(patterns) = mount.get("excludeFiles").or_else(|| mount.get("excludefiles")) {
            let patterns = front::texts(patterns).into_iter().map(|one| one.trim_start_matches('/'));
            book.leave_out_below(tree, &from, "excludeFiles", &Patterns::anchored(patterns));
        }
    }
}

/// `permalinks: {posts: /:year/:slug/}`, in newer versions below `page`. Other languages have the
/// same addresses in their folders.
fn permalinks(settings: &Settings, book: &mut Book) {
    let Some(all) = settings.all.get("permalinks").and_then(Value::as_mapping) else { return };
    let of_pages = all.get("page").and_then(Value::as_mapping);
    for (section, pattern) in all.iter().chain(of_pages.into_iter().flatten()) {
        if let (Some(section), Some(pattern)) = (section.as_str(), pattern.as_str()) {
            let section = section.trim_matches('/');
            book.permalinks.push((within(&settings.root, section), pattern.to_owned()));
            for language in &book.languages {
                let folder = within(&within(&settings.root, language), section);
                let pattern = within(language, pattern.trim_start_matches('/'));
                book.permalinks.push((folder, pattern));
            }
        }
    }
}

/// Texts beside an `index.md` are files of that page, which the tool does not publish as pages.
fn resources(tree: &SourceTree, book: &mut Book) {
    let is_bundle = |path: &&str| path.ends_with("/index.md") || path.ends_with("/index.html");
    let bundles: Vec<&str> = tree.below(&book.root).filter(is_bundle).map(folder).collect();
    let mut found = Vec::new();
    for bundle in bundles.into_iter().filter(|bundle| *bundle != book.root) {
        let inside = tree.below(bundle).filter(|path| without_suffix(path).is_some());
        found.extend(inside.filter(|path| !is_bundle(path)).map(str::to_owned));
    }
    book.unpublished.extend(found.into_iter().map(|path| (path, "index.md")));
}

/// The folders of the other languages come last, with their names.
fn others(tree: &SourceTree, settings: &Settings, book: &mut Book) {
    for (language, at) in settings.languages.iter().skip(1).zip(1_i32..) {
        if tree.has_folder(&within(&book.root, &language.key)) {
            let position = Some(f64::from(at));
            let info = FolderInfo { title: language.name.clone(), position, ..FolderInfo::default() };
            book.folders.insert(language.key.clone(), info);
            book.languages.push(language.key.clone());
        }
    }
    if !settings.languages.is_empty() {
        return;
    }
    // A book that says nothing of its languages may have a folder for its only one.
    for tag in ["zh-cn", "zh", "en"] {
        let inner = within(&book.root, tag);
        let is_inside = |path: &str| !path.ends_with(".md") || path.starts_with(&format!("{inner}/"));
        let is_only = tree.has_folder(&inner) && tree.below(&book.root).all(is_inside);
        if is_only {
            book.root = inner;
        }
    }
}

/// Menus of the settings put sections in order whose own pages say nothing of it.
fn menus(tree: &SourceTree, settings: &Settings, book: &mut Book) {
    let menus = settings.all.get("menu").or_else(|| settings.all.get("menus")).and_then(Value::as_mapping);
    for entry in menus.into_iter().flatten().filter_map(|(_, list)| list.as_sequence()).flatten() {
        let Some(entry) = entry.as_mapping() else { continue };
        let Some(weight) = entry.get("weight").and_then(Value::as_f64) else { continue };
        let Some(target) = any(entry, ["pageRef", "url"]) else { continue };
        let inside = target.trim_matches('/');
        let own = ["_index.md", "index.md"].map(|name| within(&within(&book.root, inside), name));
        let own = own.iter().find_map(|path| Some(head::mapping(path, tree.text(path)?)));
        let has_weight = own.as_ref().is_some_and(|own| own.contains_key("weight"));
        if inside.is_empty() || has_weight || !tree.has_folder(&within(&book.root, inside)) {
            continue;
        }
        let title = string(entry, "name").filter(|_| own.is_none());
        let info = FolderInfo { title, position: Some(weight), ..FolderInfo::default() };
        book.folders.entry(inside.to_owned()).or_insert(info);
    }
}

fn mapping(tree: &SourceTree, path: &str, report: &mut Report) -> Mapping {
    if !path.ends_with(".toml") {
        return yaml(tree, path, report);
    }
    of_toml(&toml(tree, path, report))
}

/// The text under one of two keys.
fn any(mapping: &Mapping, keys: [&str; 2]) -> Option<String> {
    keys.iter().find_map(|key| string(mapping, key))
}
