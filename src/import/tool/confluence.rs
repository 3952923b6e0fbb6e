//! Confluence: a space exported as HTML, with `index.html`, a page each and `attachments/`.
//!
//! `index.html` lists the pages as the space has them, which gives order and sections. The
//! export says nothing of who may see a page.

use super::{find, new_book};
use crate::chapter::folder;
use crate::handbook::link::join;
use crate::import::Tool;
use crate::import::book::{Addresses, Book};
use crate::import::html::{Element, markdown, parse};
use crate::import::navigation::Item;
use crate::import::report::{Kind, Report};
use crate::import::tree::{SourceTree, within};
use serde_yaml::Mapping;
use std::collections::BTreeSet;

/// Lists inside one another that are looked at.
const DEEPEST: usize = 64;

/// Whether the files are such an export.
pub(super) fn is_export(tree: &SourceTree) -> bool {
    let home = find(tree, &["index.html"]).map(|path| folder(&path).to_owned());
    let mut pages = home.iter().flat_map(|home| tree.below(home)).filter(|path| path.ends_with(".html"));
    pages.any(|path| tree.text(path).is_some_and(|text| is_page(text)))
}

fn is_page(text: &str) -> bool {
    text.contains("id=\"main-content\"") && text.contains("wiki-content")
}

pub(super) fn read(tree: &SourceTree, report: &mut Report) -> Book {
    let index = find(tree, &["index.html"]).unwrap_or_default();
    let mut book = new_book(Tool::Confluence, folder(&index), Addresses::Pages);
    let others = tree
        .below(&book.root)
        .filter(|path| path.ends_with(".html") && !tree.text(path).is_some_and(|text| is_page(text)));
    book.ignored = others.map(str::to_owned).collect();
    let Some(text) = tree.text(&index) else { return book };
    let page = parse(text);
    let name = page.find(&|row| {
        row.name == "tr"
            && row.elements().next().is_some_and(|head| matches!(head.words().as_str(), "Name" | "名称"))
    });
    book.title = name.and_then(|row| row.elements().nth(1)).map(Element::words);
    let is_list = |list: &Element| list.name == "ul" && list.find(&|link| link.name == "a").is_some();
    if let Some(list) = page.find(&is_list) {
        let items = items(tree, &index, list, 0, report);
        book.navigation = Some(items).filter(|items| !items.is_empty());
        // All pages of a space lie below its first.
        if let Some([Item::Section { page: Some(home), title, items, .. }]) = book.navigation.as_deref() {
            let first = Item::Page { file: home.clone(), title: title.clone() };
            book.home = Some(home.clone());
            book.navigation = Some(std::iter::once(first).chain(items.iter().cloned()).collect());
        }
    }
    book
}

fn items(tree: &SourceTree, index: &str, list: &Element, depth: usize, report: &mut Report) -> Vec<Item> {
    let mut found = Vec::new();
    for entry in list.elements().filter(|entry| entry.name == "li") {
        let link = entry.elements().find(|inner| inner.name == "a");
        let inner: Vec<Item> = entry
            .elements()
            .filter(|inner| inner.name == "ul" && depth < DEEPEST)
            .flat_map(|inner| items(tree, index, inner, depth + 1, report))
            .collect();
        let href = link.map_or("", |link| link.attribute("href"));
        let title = link.map(Element::words).filter(|title| !title.is_empty());
        let path = percent_encoding::percent_decode_str(href).decode_utf8_lossy();
        let file = join(folder(index), &path).filter(|file| tree.has(file));
        match (file, inner.is_empty()) {
            (Some(file), true) => found.push(Item::Page { file, title }),
            (page, false) => found.push(Item::Section { title, page, folder: None, items: inner }),
            (None, true) => report.add(Kind::Navigation, index, None, href),
        }
    }
    found
}

/// A page as a chapter: front matter and Markdown.
pub(in crate::import) fn chapter(path: &str, text: &str, book: &Book, report: &mut Report) -> String {
    let page = parse(text);
    let mut front = Mapping::new();
    let shown = page.by_id("title-text").or_else(|| page.find(&|inner| inner.name == "title"));
    let shown = shown.map(Element::words).unwrap_or_default();
    let of_space =
        book.title.as_deref().and_then(|space| shown.strip_prefix(space)?.trim().strip_prefix(':'));
    let title = of_space.or_else(|| shown.split_once(" : ").map(|(_, title)| title)).unwrap_or(&shown);
    front.insert("title".into(), title.trim().into());
    let author = page.find(&|inner| inner.is_of("author")).map(Element::words);
    if let Some(author) = author.filter(|author| !author.is_empty()) {
        front.insert("author".into(), author.into());
    }
    let Some(content) = page.by_id("main-content") else { return String::new() };
    let written = markdown(content);
    for left in written.left {
        report.add(Kind::Markup, path, None, left);
    }
    let mut body = written.text;
    attachments(&page, content, &mut body);
    let is_comments = |part: &Element| part.is_of("pageSection") && part.by_id("comments").is_some();
    if let Some(comments) = page.find(&is_comments) {
        report.add(Kind::Comment, path, None, comments.words());
    }
    format!("---\n{}---\n\n{body}\n", serde_yaml::to_string(&front).unwrap_or_default())
}

/// Files of the page that its text does not show are listed below it.
fn attachments(page: &Element, content: &Element, body: &mut String) {
    let Some(heading) = page.by_id("attachments") else { return };
    let mut shown = BTreeSet::new();
    addresses(content, &mut shown);
    let mut all = Vec::new();
    links(page, &mut all);
    let mut lines: Vec<String> = Vec::new();
    for link in all {
        let href = link.attribute("href");
        if href.starts_with("attachments/") && !shown.contains(href) {
            lines.push(format!("- {}", markdown(&Element::around(link.clone())).text));
        }
    }
    if !lines.is_empty() {
        let words = heading.words();
        body.push_str(&format!("\n\n## {}\n\n{}", words.trim_end_matches([':', '：']), lines.join("\n")));
    }
}

fn links<'a>(element: &'a Element, out: &mut Vec<&'a Element>) {
    for inner in element.elements() {
        if inner.name == "a" { out.push(inner) } else { links(inner, out) }
    }
}

fn addresses(element: &Element, out: &mut BTreeSet<String>) {
    for inner in element.elements() {
        for name in ["href", "src"] {
            let address = inner.attribute(name).split('?').next().unwrap_or("");
            out.insert(address.to_owned());
        }
        addresses(inner, out);
    }
}

/// The file that a page is written to: exports name pages by their titles or numbers.
pub(in crate::import) fn is_page_file(path: &str, book: &Book) -> bool {
    book.tool == Tool::Confluence && path.ends_with(".html") && !within(&book.root, "index.html").eq(path)
}
