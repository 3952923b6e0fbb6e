//! The chapters of a book: read, and written as chapters of ours.

use super::book::Book;
use super::document::Documents;
use super::front;
use super::head;
use super::include;
use super::layout::Layout;
use super::link::Links;
use super::markup;
use super::place;
use super::report::{Kind, Report};
use super::rewrite;
use super::tree::{SourceTree, from_folder};
use super::unique::Unique;
use super::withheld;
use super::{Content, OutputFile, Tool, document, tool};
use crate::chapter::field::Field;
use crate::chapter::{Chapter, FaultKind, day, without_suffix};
use crate::markdown::{Document, MarkdownOptions};
use crate::rule;
use crate::source::Source;
use crate::text::{LineIndex, fold};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_yaml::{Mapping, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A chapter of a book.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// Its front matter; what stands there could not be read where `is_broken`.
    pub(super) front: Mapping,
    pub(super) is_broken: bool,
    /// Whether front matter that could not be read holds it back.
    pub(super) is_held: bool,
    /// Front matter as it is written, fences included; what is kept where it is broken.
    pub(super) head: String,
    /// Its text, with includes and markup of the tool resolved.
    pub(super) document: Document,
    /// The title that it has in the book.
    pub(super) title: String,
    /// Whether the title comes from the front matter.
    pub(super) has_title: bool,
    /// Whether its text begins with its title.
    pub(super) is_headed: bool,
    /// Where its front matter puts it among its siblings.
    pub(super) position: Option<f64>,
    /// Lines of the file above the text.
    pub(super) lines_above: usize,
    /// Files that came with it, by name beside it.
    pub(super) files: Vec<(String, Arc<[u8]>)>,
}

impl Page {
    /// What the tool sorts its folder by, which has this name, where it has no position.
    pub(super) fn sort_name(&self, book: &Book, name: &str) -> String {
        let by_title = matches!(book.tool, Tool::Hugo | Tool::Jekyll | Tool::Middleman);
        if by_title { self.link_title(book) } else { name.to_owned() }
    }

    /// What lists of the tool call it.
    fn link_title(&self, book: &Book) -> String {
        let own = string(&self.front, "linkTitle").filter(|_| book.tool == Tool::Hugo);
        own.unwrap_or_else(|| self.title.clone())
    }

    /// The day by which Hugo sorts what has no weight, or the same.
    pub(super) fn sort_day(&self, book: &Book) -> Option<Date> {
        let own = ["date", "publishDate", "lastmod"].iter().find_map(|key| self.front.get(*key));
        own.filter(|_| book.tool == Tool::Hugo).and_then(day)
    }

    /// What the tool sorts it by where it has no position.
    pub(super) fn sort_title(&self, book: &Book, file: &str) -> String {
        if matches!(book.tool, Tool::Hugo | Tool::Jekyll | Tool::Middleman) {
            return self.link_title(book);
        }
        let stem = document::stem(file);
        stem.rsplit('/').next().unwrap_or(stem).to_owned()
    }
}

/// Reads all chapters, by their files.
pub(super) fn read_all(
    tree: &SourceTree,
    book: &Book,
    documents: &Documents,
    report: &mut Report,
) -> BTreeMap<String, Page> {
    let ignored: std::collections::BTreeSet<&str> = book.ignored.iter().map(String::as_str).collect();
    let paths = tree.below(&book.root).filter(|path| {
        let is_page = || tool::is_page_file(path, book);
        (without_suffix(path).is_some() || documents.is_chapter(path) || is_page()) && !ignored.contains(path)
    });
    let paths: Vec<&str> = paths.collect();
    let read: Vec<(&str, Option<Page>, Report)> = paths
        .par_iter()
        .map(|path| {
            let mut own = Report::new(book.tool);
            let page = read(tree, book, path, &mut own);
            place::settle(path, tree, &mut own);
            (*path, page, own)
        })
        .collect();
    let mut pages = BTreeMap::new();
    for (path, page, own) in read {
        report.absorb(own);
        pages.extend(page.map(|page| (path.to_owned(), page)));
    }
    pages
}

fn read(tree: &SourceTree, book: &Book, path: &str, report: &mut Report) -> Option<Page> {
    let file = tree.files.get(path)?;
    let (text, files) = match &file.text {
        Some(text) if tool::is_page_file(path, book) => {
            (tool::page_of_confluence(path, text, book, report).into(), Vec::new())
        }
        Some(text) => (Arc::clone(text), Vec::new()),
        None => {
            let made = document::chapter_of(path, file, report)?;
            (made.text.into(), made.files)
        }
    };
    let text = markup::adaptive::without_parts(path, book.tool, text, report);
    let text = if book.is_of_myst { markup::left::markdown_of_myst(path, &text, report) } else { text };
    let (text, longer) = head::in_yaml(text);
    let options = MarkdownOptions::default();
    let chapter = Chapter::structure(&Source::new(path, path, text), &options);
    let text = Arc::clone(&chapter.source.text);
    let body = chapter.document.body.min(text.len());
    let (mut front, mut is_broken) = match chapter.front_yaml() {
        Some(yaml) => match yaml.parse(&rule::FRONT_MATTER) {
            Ok(front) => (as_written(front, &yaml), false),
            Err(_) => (Mapping::new(), true),
        },
        None => (Mapping::new(), false),
    };
    front = in_our_words(front, path, report);
    is_broken |= chapter.is_broken && front.is_empty() && body > 0;
    if is_broken {
        report.add(Kind::FrontMatter, path, Some(1), "YAML");
    }
    if chapter.faults.iter().any(|fault| fault.kind == FaultKind::NoEnd) {
        report.add(Kind::FrontMatter, path, Some(1), "---");
        withheld::add_what_is_lost(path, &chapter, &mut front);
    }
    book.defaults.fill(path, &mut front);
    if book.tool == Tool::Starlight {
        tool::settled_for_starlight(&mut front);
    }
    if book.tool == Tool::Gitbook {
        markup::adaptive::tell_readers(&mut front);
    }
    let lines_above = (LineIndex::new(&text).line_of(body) - 1).saturating_add_signed(-longer);
    let markdown = text[body..].trim_start_matches(['\r', '\n']);
    let skipped = text[body..].len() - markdown.len();
    let lines_above = lines_above + text[body..body + skipped].matches('\n').count();
    let context = markup::Context {
        tree,
        book,
        path,
        front: &front,
        title: &chapter.title,
        lines_above,
        budget: include::LARGEST.into(),
    };
    let converted = markup::convert(markdown, &context, report);
    let document = Document::parse(&converted.into(), 0, &options);
    // Several headings of the highest level are parts of a note, which is called by its file.
    let tops = document.headings.iter().filter(|heading| heading.level == 1);
    let is_in_parts = book.tool == Tool::Obsidian && chapter.front.title.is_none() && tops.count() > 1;
    let is_headed = document
        .headings
        .first()
        .is_some_and(|heading| heading.level == 1 || fold(&heading.text) == fold(&chapter.title))
        && !is_in_parts;
    let home = markup::home::title(&front).filter(|_| matches!(book.tool, Tool::Vitepress | Tool::Vuepress));
    let has_title = ["title", "name"].iter().any(|key| front.contains_key(key))
        || chapter.front.title.is_some()
        || home.is_some()
        || is_in_parts;
    let stem = || document::stem(path.rsplit('/').next().unwrap_or(path)).to_owned();
    let title = string(&front, "title")
        .or_else(|| string(&front, "name"))
        .or(home)
        .unwrap_or_else(|| if is_in_parts { stem() } else { chapter.title });
    Some(Page {
        position: position(&front),
        is_broken,
        is_held: chapter.hold != crate::chapter::Hold::Open || is_broken && withheld::holds(path, &front),
        head: text[..body].to_owned(),
        front,
        document,
        title,
        has_title,
        is_headed,
        lines_above,
        files,
    })
}

/// Keys in Chinese that can mean only one field of ours by its name, as `check --fix` has them.
fn in_our_words(front: Mapping, path: &str, report: &mut Report) -> Mapping {
    let known: Vec<String> = front.keys().filter_map(Value::as_str).map(str::to_owned).collect();
    let mut out = Mapping::new();
    for (key, value) in front {
        let meant = key
            .as_str()
            .filter(|word| !word.is_ascii())
            .and_then(|word| Some((word, Field::meant_by(word, Some(&value))?)))
            .filter(|(_, (ours, is_sure))| *is_sure && !known.iter().any(|key| key == ours))
            .filter(|(_, (ours, _))| !out.contains_key(*ours));
        let Some((word, (ours, _))) = meant else {
            out.insert(key, value);
            continue;
        };
        report.add(Kind::RenamedKey, path, None, format!("{word} → {ours}"));
        out.insert(ours.into(), value);
    }
    out
}

/// Values as they are written where a value would not do: `version: 1.10` is not 1.1, and
/// `{{title}}`, the mark of a template, is a key without a name to YAML.
fn as_written(front: Mapping, yaml: &crate::yaml::Document) -> Mapping {
    let text = |name: &str| yaml.written(&[crate::yaml::Step::Key(name.to_owned())]).to_owned();
    let written = |key: &Value, value: Value| match (&value, key.as_str()) {
        (Value::Number(number), Some(name)) => {
            let text = text(name);
            if number.to_string() == text { value } else { Value::String(text) }
        }
        (_, Some(name)) if has_odd_keys(&value) => Value::String(text(name)),
        _ => value,
    };
    front.into_iter().map(|(key, value)| (key.clone(), written(&key, value))).collect()
}

/// Whether a value has keys that are no single words, which cannot be written again.
fn has_odd_keys(value: &Value) -> bool {
    match value {
        Value::Mapping(entries) => entries.iter().any(|(key, value)| {
            matches!(key, Value::Mapping(_) | Value::Sequence(_) | Value::Tagged(_)) || has_odd_keys(value)
        }),
        Value::Sequence(list) => list.iter().any(has_odd_keys),
        Value::Tagged(tagged) => has_odd_keys(&tagged.value),
        _ => false,
    }
}

pub(super) fn string(front: &Mapping, key: &str) -> Option<String> {
    match front.get(key)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Keys under which tools put a chapter among its siblings.
pub(super) const POSITIONS: [&str; 6] =
    ["weight", "sidebar_position", "nav_order", "order", "position", "index"];

fn position(front: &Mapping) -> Option<f64> {
    let number = |value: &Value| match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    let own = POSITIONS.iter().find_map(|key| {
        // Hugo takes no weight and a weight of 0 for the same.
        number(front.get(*key)?).filter(|number| *key != "weight" || *number != 0.0)
    });
    let nested = || number(front.get("eleventyNavigation")?.as_mapping()?.get("order")?);
    // Hugo's menus, which some themes make their sidebars of.
    let of_menu = || {
        let menus = front.get("menu").or_else(|| front.get("menus"))?.as_mapping()?;
        menus.values().find_map(|entry| number(entry.as_mapping()?.get("weight")?))
    };
    own.or_else(nested).or_else(of_menu).filter(|number| number.is_finite())
}

/// Writes all chapters, with the files that they use.
pub(super) fn write_all(
    tree: &SourceTree,
    book: &Book,
    documents: &Documents,
    pages: &BTreeMap<String, Page>,
    layout: &Layout,
    report: &mut Report,
) -> BTreeMap<String, OutputFile> {
    let links = Links::new(tree, book, pages, layout);
    let old = links.old_addresses(report);
    let unique = Unique::new(book, pages);
    let written: Vec<(String, String, Vec<String>, Report)> = pages
        .par_iter()
        .map(|(file, page)| {
            let mut own = Report::new(book.tool);
            let place = &layout.places[file];
            let nothing = Vec::new();
            let old = old.get(file).unwrap_or(&nothing);
            let mut assets = Vec::new();
            let body = rewrite::rewrite(file, page, &links, &mut assets, &mut own);
            place::settle(file, tree, &mut own);
            let head = front::write(file, page, place, old, &unique, book, &mut own);
            own.add(Kind::Chapter, file, None, format!("content/{}", place.target));
            (file.clone(), join(&head, &body), assets, own)
        })
        .collect();
    let mut files = BTreeMap::new();
    let mut used = std::collections::BTreeSet::new();
    for (file, text, assets, own) in written {
        report.absorb(own);
        let target = format!("content/{}", layout.places[&file].target);
        used.extend(assets);
        for (name, bytes) in &pages[&file].files {
            let beside = super::tree::within(crate::chapter::folder(&target), name);
            files.insert(
                beside,
                OutputFile { content: Content::Bytes(Arc::clone(bytes)), source: file.clone() },
            );
        }
        files.insert(target, OutputFile { content: Content::Text(text), source: file });
    }
    for (target, stub) in &layout.stubs {
        let text = join(&front::stub(stub, old.get(target).map_or(&[][..], Vec::as_slice)), "");
        report.add(Kind::Section, &format!("content/{target}"), None, &stub.title);
        files.insert(
            format!("content/{target}"),
            OutputFile { content: Content::Text(text), source: String::new() },
        );
    }
    for asset in &used {
        let target = format!("content/{}", links.asset_target(asset));
        report.add(Kind::Asset, asset, None, &target);
        let kept = tree.files.get(asset).and_then(|file| file.bytes.clone());
        let content = kept.map_or_else(|| Content::Copy(asset.clone()), Content::Bytes);
        files.insert(target, OutputFile { content, source: asset.clone() });
    }
    tell_unused(tree, book, documents, pages, &used, report);
    files
}

fn join(head: &str, body: &str) -> String {
    let mut text = head.to_owned();
    if !head.is_empty() && !body.is_empty() {
        text.push('\n');
    }
    text.push_str(body);
    text
}

/// Files among the chapters that no chapter uses are not copied.
fn tell_unused(
    tree: &SourceTree,
    book: &Book,
    documents: &Documents,
    pages: &BTreeMap<String, Page>,
    used: &std::collections::BTreeSet<String>,
    report: &mut Report,
) {
    for path in tree.below(&book.root) {
        let inside = from_folder(&book.root, path).unwrap_or(path);
        let is_page = document::is_page(path, book.tool, tree);
        let is_hidden = inside.split('/').any(|part| part.starts_with(['.', '_']));
        // Documents that could not be read are told with the reason.
        let is_told = pages.contains_key(path) || used.contains(path) || documents.is_chapter(path);
        if is_hidden && !is_page || is_told {
            continue;
        }
        let kind = match is_page {
            true => Kind::Page,
            // A scanned rule that no chapter links to is nothing that was done.
            false if document::holds_text(path) => Kind::Document,
            false => Kind::NotCopied,
        };
        report.add(kind, path, None, "");
    }
}
