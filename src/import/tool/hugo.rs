//! Hugo: `hugo.toml` or `config.*`, chapters below `content/`, ordered by `weight`.

use super::{find, new_book, string, toml, yaml};
use crate::chapter::folder;
use crate::import::Tool;
use crate::import::book::{Addresses, Book};
use crate::import::head;
use crate::import::report::{Kind, Report};
use crate::import::tree::{SourceTree, within};
use serde_yaml::Value;

const NAMES: &[&str] = &["hugo.toml", "hugo.yaml", "hugo.yml", "config.toml", "config.yaml", "config.yml"];

/// What settings say that matters here.
#[derive(Default)]
struct Settings {
    title: Option<String>,
    url: Option<String>,
    language: Option<String>,
    content: Option<String>,
    ugly: bool,
    cascade: Option<Value>,
    /// Whether files are left out by expressions, which are not read.
    ignores: bool,
}

pub(super) fn read(tree: &SourceTree, report: &mut Report) -> Book {
    let path = find(tree, NAMES);
    let settings = path.as_deref().map(|path| settings(tree, path, report)).unwrap_or_default();
    // `config/_default/hugo.toml` stands two folders below the home.
    let home = path.as_deref().map_or("", folder);
    let home = home.strip_suffix("config/_default").map_or(home, |home| home.trim_end_matches('/'));
    let root = within(home, settings.content.as_deref().unwrap_or("content").trim_matches('/'));
    let root = if tree.has_folder(&root) { root } else { home.to_owned() };
    let addresses = if settings.ugly { Addresses::Pages } else { Addresses::Folders };
    let mut book = new_book(Tool::Hugo, &root, addresses);
    book.title = settings.title;
    book.language = settings.language;
    if let Some(url) = &settings.url {
        book.set_site(url);
    }
    book.public = vec![within(home, "static"), within(home, "assets")];
    if let Some(cascade) = &settings.cascade {
        book.defaults.add_cascade(&book.root, &book.root, cascade);
    }
    if settings.ignores {
        report.add(Kind::Settings, path.as_deref().unwrap_or(""), None, "ignoreFiles");
    }
    // Books in several languages have a folder for each.
    for tag in ["zh-cn", "zh", "en"] {
        let inner = within(&book.root, tag);
        let pages = tree.below(&book.root).filter(|path| path.ends_with(".md"));
        if tree.has_folder(&inner) && pages.into_iter().all(|path| path.starts_with(&format!("{inner}/"))) {
            book.root = inner;
        }
    }
    for path in tree.below(&book.root).filter(|path| path.ends_with("/_index.md") || *path == "_index.md") {
        let Some(text) = tree.text(path).filter(|text| text.contains("cascade")) else { continue };
        if let Some(cascade) = head::mapping(path, text).get("cascade") {
            book.defaults.add_cascade(&book.root, folder(path), cascade);
        }
    }
    book
}

fn settings(tree: &SourceTree, path: &str, report: &mut Report) -> Settings {
    if path.ends_with(".toml") {
        let table = toml(tree, path, report);
        let own = |keys: [&str; 2]| {
            keys.iter().find_map(|key| table.get(*key)).and_then(toml::Value::as_str).map(str::to_owned)
        };
        return Settings {
            title: own(["title", "title"]),
            url: own(["baseURL", "baseurl"]),
            language: own(["languageCode", "defaultContentLanguage"]),
            content: own(["contentDir", "contentdir"]),
            ugly: table.get("uglyURLs").and_then(toml::Value::as_bool) == Some(true),
            cascade: table.get("cascade").map(head::value_of),
            ignores: table.contains_key("ignoreFiles"),
        };
    }
    let mapping = yaml(tree, path, report);
    let own = |keys: [&str; 2]| keys.iter().find_map(|key| string(&mapping, key));
    Settings {
        title: own(["title", "title"]),
        url: own(["baseURL", "baseurl"]),
        language: own(["languageCode", "defaultContentLanguage"]),
        content: own(["contentDir", "contentdir"]),
        ugly: mapping.get("uglyURLs").and_then(Value::as_bool) == Some(true),
        cascade: mapping.get("cascade").cloned(),
        ignores: mapping.contains_key("ignoreFiles"),
    }
}
