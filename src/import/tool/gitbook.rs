//! GitBook (`.gitbook.yaml`, `book.json`, `SUMMARY.md`) and docsify (`_sidebar.md`).

use super::mdbook::read_summary;
use super::{find, new_book, rewrites, string, yaml};
use crate::chapter::folder;
use crate::handbook::link::is_external;
use crate::import::Tool;
use crate::import::book::{Addresses, Book};
use crate::import::literal::{self, Literal};
use crate::import::markup::expression::scalar;
use crate::import::report::{Kind, Report};
use crate::import::tree::{SourceTree, from_folder, placed, within};
use crate::text::Patterns;
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
    let root = placed(&home, root.as_deref().unwrap_or(""));
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
    let vars = within(&home, ".gitbook/vars.yaml");
    if tree.has(&vars) {
        let named = yaml(tree, &vars, report).into_iter();
        let named = named
            .filter_map(|(name, value)| Some((format!("space.vars.{}", name.as_str()?), scalar(&value)?)));
        book.values.extend(named);
    }
    // Texts that several chapters share are no chapters.
    let shared = within(&book.root, ".gitbook");
    book.ignored.extend(tree.below(&shared).filter(|path| path.ends_with(".md")).map(str::to_owned));
    if let Some(patterns) = tree.text(&within(&home, ".bookignore")) {
        book.leave_out(tree, ".bookignore", &Patterns::of_gitignore(patterns));
    }
    book
}

/// What `window.$docsify = { … }` says.
fn docsify_settings(tree: &SourceTree, page: &str, book: &mut Book) {
    let settings = page.split_once("$docsify").and_then(|(_, rest)| rest.split_once('='));
    let settings = settings.and_then(|(_, rest)| literal::parse(&format!("export default {}", rest.trim())));
    let Some(settings) = settings else { return };
    book.title = settings.string("name").filter(|name| !name.contains('<'));
    book.links_from_top = settings.get("relativePath") != Some(&Literal::Bool(true));
    let home = settings.string("homepage").filter(|home| !is_external(home));
    let home = home.map(|home| within(&book.root, home.trim_start_matches("./").trim_start_matches('/')));
    book.home = home.filter(|home| crate::chapter::without_suffix(home).is_some());
    let Some(Literal::Map(aliases)) = settings.get("alias") else { return };
    for (from, place) in aliases {
        // What begins with `_` is a list of links, no chapter.
        let is_chapter =
            |place: &&str| !is_external(place) && !place.rsplit('/').next().unwrap_or("").starts_with('_');
        let Some(place) = place.text().filter(is_chapter) else { continue };
        if !rewrites::is_pattern(from) && !from.contains(".*") {
            book.redirects.push((from.clone(), place.to_owned()));
            continue;
        }
        // What an address leads to is known; which addresses lead there is what is asked. What
        // several patterns put into one place has the address of the first.
        let back = place.replace("$1", "(.*)");
        let old = from.replacen("(.*)", "$1", 1).replacen(".*", "$1", 1);
        if old.contains(['(', '*', '^', ':']) {
            continue;
        }
        for file in tree.below(&book.root) {
            let inside = from_folder(&book.root, file).unwrap_or(file);
            let Some(stem) = crate::chapter::without_suffix(inside) else { continue };
            let address = [format!("/{inside}"), format!("/{stem}")];
            let found = address.iter().find_map(|path| rewrites::rewritten(path, &back, &old));
            if let Some(found) = found.filter(|_| back.contains("(.*)")) {
                let found = crate::chapter::without_suffix(&found).unwrap_or(&found).to_owned();
                book.redirects.push((found, format!("/{inside}")));
            }
        }
    }
}

pub(super) fn read_docsify(tree: &SourceTree, report: &mut Report) -> Book {
    let sidebar = find(tree, &["_sidebar.md"]).or_else(|| find(tree, &["index.html"])).unwrap_or_default();
    let mut book = new_book(Tool::Docsify, folder(&sidebar), Addresses::None);
    let page = within(&book.root, "index.html");
    if let Some(text) = tree.text(&page) {
        docsify_settings(tree, text, &mut book);
        book.home = book.home.filter(|home| tree.has(home));
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
