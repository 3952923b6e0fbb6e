//! mdBook: `book.toml` and `src/SUMMARY.md`.

use super::{find, new_book, toml};
use crate::chapter::folder;
use crate::import::Tool;
use crate::import::book::{Addresses, Book};
use crate::import::markup::mathjax;
use crate::import::navigation::parse_summary;
use crate::import::report::{Kind, Report};
use crate::import::tree::{SourceTree, placed, within};

pub(super) fn read(tree: &SourceTree, report: &mut Report) -> Book {
    let path = find(tree, &["book.toml"]);
    let settings = path.as_deref().map(|path| toml(tree, path, report)).unwrap_or_default();
    let home = path.as_deref().map_or("", folder);
    let own = |key: &str| settings.get("book")?.get(key)?.as_str().map(str::to_owned);
    let root = placed(home, own("src").as_deref().unwrap_or("src"));
    let root = if tree.has_folder(&root) { root } else { home.to_owned() };
    let mut book = new_book(Tool::Mdbook, &root, Addresses::Pages);
    (book.title, book.description, book.language) = (own("title"), own("description"), own("language"));
    let html = settings.get("output").and_then(|output| output.get("html"));
    if let Some(url) = html.and_then(|html| html.get("site-url")).and_then(toml::Value::as_str) {
        book.base = url.trim_matches('/').to_owned();
    }
    if html.and_then(|html| html.get("mathjax-support")).and_then(toml::Value::as_bool) == Some(true) {
        book.values.insert(mathjax::SETTING.to_owned(), String::new());
    }
    let redirects = html.and_then(|html| html.get("redirect")).and_then(toml::Value::as_table);
    for (old, new) in redirects.into_iter().flatten() {
        book.redirects.extend(new.as_str().map(|new| (old.clone(), new.to_owned())));
    }
    read_summary(tree, &mut book, "SUMMARY.md", report);
    book.leave_out_unlisted(tree, "SUMMARY.md");
    book
}

/// Takes the navigation from a list of links below the root.
pub(super) fn read_summary(tree: &SourceTree, book: &mut Book, name: &str, report: &mut Report) {
    let path = within(&book.root, name);
    let Some(text) = tree.text(&path) else { return };
    let parsed = parse_summary(text, |target| chapter(tree, &book.root, folder(&path), target));
    for (line, what) in parsed.left {
        report.add(Kind::Navigation, &path, line, what);
    }
    book.navigation = Some(parsed.items).filter(|items| !items.is_empty());
    book.ignored.push(path);
}

/// The chapter that a destination of a list means.
pub(super) fn chapter(tree: &SourceTree, root: &str, here: &str, target: &str) -> Option<String> {
    if crate::handbook::link::is_external(target) {
        return None;
    }
    let path = target.split(['#', '?']).next().unwrap_or("");
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let joined = match path.strip_prefix('/') {
        Some(rest) => within(root, &crate::handbook::link::join("", rest)?),
        None => crate::handbook::link::join(here, &path)?,
    };
    let is_chapter = |path: &str| tree.has(path) && crate::chapter::without_suffix(path).is_some();
    let stem = joined.trim_end_matches('/').trim_end_matches(".html");
    let names = [
        joined.clone(),
        format!("{stem}.md"),
        format!("{stem}.mdx"),
        within(stem, "README.md"),
        within(stem, "index.md"),
    ];
    names.into_iter().find(|name| is_chapter(name))
}
