//! GitBook (`.gitbook.yaml`, `book.json`, `SUMMARY.md`) and docsify (`_sidebar.md`).

use super::mdbook::read_summary;
use super::{find, new_book, string, yaml};
use crate::chapter::folder;
use crate::import::Tool;
use crate::import::book::{Addresses, Book};
use crate::import::literal;
use crate::import::pattern::Patterns;
use crate::import::report::{Kind, Report};
use crate::import::tree::{SourceTree, within};
use serde_yaml::Value;

pub(super) fn read(tree: &SourceTree, report: &mut Report) -> Book {
    let path = find(tree, &[".gitbook.yaml", ".gitbook.yml"]);
    let settings = path.as_deref().map(|path| yaml(tree, path, report)).unwrap_or_default();
    let json = find(tree, &["book.json"]);
    let old = json.as_deref().and_then(|path| tree.text(path)).and_then(|text| literal::parse(text));
    let home = path.as_deref().or(json.as_deref()).map(folder);
    let home = home.map(str::to_owned);
    let home = home.or_else(|| find(tree, &["SUMMARY.md"]).map(|path| folder(&path).to_owned()));
    let home = home.unwrap_or_default();
    let root = string(&settings, "root").or_else(|| old.as_ref().and_then(|old| old.string("root")));
    let root = within(&home, root.as_deref().unwrap_or("").trim_start_matches("./").trim_matches('/'));
    // The program wrote pages, the site has addresses without a suffix.
    let addresses = if json.is_some() && path.is_none() { Addresses::Pages } else { Addresses::Folders };
    let mut book = new_book(Tool::Gitbook, &root, addresses);
    if let Some(old) = &old {
        (book.title, book.description, book.language) =
            (old.string("title"), old.string("description"), old.string("language"));
    }
    let redirects = settings.get("redirects").and_then(Value::as_mapping);
    for (from, to) in redirects.into_iter().flatten() {
        if let (Some(from), Some(to)) = (from.as_str(), to.as_str()) {
            let to = to.trim_start_matches("./").trim_start_matches('/');
            book.redirects.push((from.to_owned(), format!("/{to}")));
        }
    }
    let structure = settings.get("structure").and_then(Value::as_mapping);
    let summary = structure.and_then(|own| string(own, "summary")).unwrap_or_else(|| "SUMMARY.md".to_owned());
    read_summary(tree, &mut book, summary.trim_start_matches("./"), report);
    book.leave_out_unlisted(tree, "SUMMARY.md");
    // The first page need not be listed.
    let first = structure.and_then(|own| string(own, "readme")).unwrap_or_else(|| "README.md".to_owned());
    let first = within(&book.root, first.trim_start_matches("./"));
    book.unpublished.remove(&first);
    if !crate::chapter::is_index(&first) && tree.has(&first) {
        book.home = Some(first);
    }
    // Texts that several chapters share are no chapters.
    let shared = within(&book.root, ".gitbook");
    book.ignored.extend(tree.below(&shared).filter(|path| path.ends_with(".md")).map(str::to_owned));
    if let Some(patterns) = tree.text(&within(&home, ".bookignore")) {
        book.leave_out(tree, ".bookignore", &Patterns::of_gitignore(patterns));
    }
    book
}

pub(super) fn read_docsify(tree: &SourceTree, report: &mut Report) -> Book {
    let sidebar = find(tree, &["_sidebar.md"]).or_else(|| find(tree, &["index.html"])).unwrap_or_default();
    let mut book = new_book(Tool::Docsify, folder(&sidebar), Addresses::None);
    let page = within(&book.root, "index.html");
    if let Some(text) = tree.text(&page) {
        let name = text.split("name:").nth(1).map(str::trim_start);
        let quoted = name.and_then(|rest| rest.strip_prefix(['\'', '"']));
        book.title = quoted.and_then(|rest| rest.split(['\'', '"', '\n']).next()).map(str::to_owned);
    }
    read_summary(tree, &mut book, "_sidebar.md", report);
    for name in ["_sidebar.md", "_navbar.md", "_coverpage.md", "_404.md", "_footer.md"] {
        let names = tree.below(&book.root).filter(|path| path.rsplit('/').next() == Some(name));
        let names: Vec<String> = names.map(str::to_owned).collect();
        // Their texts are seen by readers, and in no chapter.
        if matches!(name, "_coverpage.md" | "_footer.md") {
            names.iter().for_each(|path| report.add(Kind::Unread, path, None, ""));
        }
        book.ignored.extend(names);
    }
    book
}
