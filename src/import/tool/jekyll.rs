//! Jekyll: `_config.yml`, addresses from `permalink`, order from `nav_order`.

use super::{find, new_book, string, yaml};
use crate::chapter::folder;
use crate::import::Tool;
use crate::import::book::{Addresses, Book};
use crate::import::defaults::Defaults;
use crate::import::pattern::Patterns;
use crate::import::report::Report;
use crate::import::tree::{SourceTree, within};
use serde_yaml::{Mapping, Value};

pub(super) fn read(tree: &SourceTree, report: &mut Report) -> Book {
    let path = find(tree, &["_config.yml", "_config.yaml"]).unwrap_or_default();
    let settings = yaml(tree, &path, report);
    let home = folder(&path);
    let root = within(home, string(&settings, "source").as_deref().unwrap_or("").trim_start_matches("./"));
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
    // What begins with `_` is no page, but for collections.
    let collections = settings.get("collections").and_then(Value::as_mapping);
    let named = |name: &str| collections.is_some_and(|own| own.contains_key(name.trim_start_matches('_')));
    let hidden = tree.below(&book.root).filter(|path| {
        let inside = path.strip_prefix(&book.root).unwrap_or(path).trim_start_matches('/');
        let top = inside.split('/').next().unwrap_or("");
        let last = inside.rsplit('/').next().unwrap_or("");
        let is_index = crate::chapter::is_index(last);
        top.starts_with('_') && inside.contains('/') && !matches!(top, "_posts" | "_drafts") && !named(top)
            || last.starts_with('_') && !is_index
    });
    book.ignored = hidden.map(str::to_owned).collect();
    let left_out: Vec<&str> = match settings.get("exclude") {
        Some(Value::Sequence(list)) => list.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(one)) => vec![one],
        _ => Vec::new(),
    };
    book.leave_out(tree, "exclude", &Patterns::anchored(left_out));
    book.leave_out(tree, "_drafts", &Patterns::anchored(["**/_drafts"]));
    defaults(&settings, &mut book);
    book
}

/// `defaults: [{scope: {path: …, type: …}, values: {…}}]`.
fn defaults(settings: &Mapping, book: &mut Book) {
    for entry in settings.get("defaults").and_then(Value::as_sequence).into_iter().flatten() {
        let Some(values) = entry.get("values").and_then(Value::as_mapping).cloned() else { continue };
        let scope = entry.get("scope");
        let said = |key: &str| scope?.get(key)?.as_str().filter(|text| !text.is_empty());
        let path = said("path").map(|path| path.trim_matches('/').to_owned());
        let kind = said("type").filter(|kind| !matches!(*kind, "pages" | "page"));
        let folder = kind.map(|kind| format!("**/_{}", kind.trim_start_matches('_')));
        let pattern = match (path, folder) {
            (Some(path), Some(folder)) => Some(format!("{path}/{folder}")),
            (path, folder) => path.or(folder),
        };
        let only = pattern.as_deref().map(|pattern| Patterns::anchored([pattern]));
        book.defaults.add(&book.root.clone(), Defaults { only, index: None, values });
    }
}
