//! Folders of Markdown and notes of Obsidian; what Quartz and MyST, which publish such folders, leave out
//! by their settings is held back.

use super::find;
use crate::chapter::left_out::settings::left_out;
use crate::chapter::toc::{self, Entry};
use crate::chapter::{folder, is_index, without_suffix};
use crate::handbook::link::join;
use crate::import::Tool;
use crate::import::book::Book;
use crate::import::head;
use crate::import::navigation::Item;
use crate::import::report::{Kind, Report};
use crate::import::tree::SourceTree;
use crate::markdown::myst;
use crate::source::Source;
use crate::yaml::flag;

/// Settings that say what is left out.
const SETTINGS: [&str; 3] = ["quartz.config.ts", "quartz.config.js", "myst.yml"];

pub(super) fn read(tool: Tool, tree: &SourceTree, report: &mut Report) -> Book {
    let mut book = Book::new(tool, "");
    contents(tree, &mut book, report);
    for name in SETTINGS {
        let Some((path, text)) = find(tree, &[name]).and_then(|path| Some((path.clone(), tree.text(&path)?)))
        else {
            continue;
        };
        let settings = Source::new(path.as_str(), path.as_str(), &**text);
        for own in left_out(&settings) {
            let is_published = |path: &str| {
                let front = tree.text(path).map(|text| head::mapping(path, text)).unwrap_or_default();
                front.get("publish").and_then(flag) == Some(true)
            };
            let is_chapter = |path: &str| without_suffix(path).is_some();
            book.leave_out_where(tree, name, |path| {
                own.fits(path) && !(own.is_unless_said && (!is_chapter(path) || is_published(path)))
            });
        }
    }
    book
}

/// The order and the parts of a book of MyST; what a list of all its chapters does not name is left out.
fn contents(tree: &SourceTree, book: &mut Book, report: &mut Report) {
    for name in ["_toc.yml", "myst.yml", "conf.py"] {
        let Some((path, text)) = find(tree, &[name]).and_then(|path| Some((path.clone(), tree.text(&path)?)))
        else {
            continue;
        };
        let home = folder(&path);
        let settings = Source::new(path.as_str(), path.as_str(), &**text);
        let file = |written: &str| toc::file_of(&join(home, written)?, &|name| tree.has(name));
        let found = match name {
            "conf.py" if myst::is_named_by(name, text) => {
                let names: Vec<&str> = tree.below("").filter(|path| without_suffix(path).is_some()).collect();
                let own = |name: &str| tree.text(name).map(|text| &**text);
                file(toc::root_doc(text)).and_then(|first| toc::of_texts(&first, &names, &own))
            }
            "conf.py" => None,
            _ => toc::of_settings(&settings, &file),
        };
        let Some(found) = found else { continue };
        for what in &found.left {
            report.add(Kind::Navigation, &path, None, what);
        }
        let is_whole = found.is_whole;
        let first = found.entries.first().and_then(|entry| entry.file.clone());
        book.home = first.filter(|file| !is_index(file) && folder(file) == home);
        book.navigation = Some(found.entries.into_iter().flat_map(item).collect());
        if is_whole {
            let root = std::mem::replace(&mut book.root, home.to_owned());
            book.leave_out_unlisted(tree, if name == "_toc.yml" { "_toc.yml" } else { "myst.yml: toc" });
            book.root = root;
        }
        return;
    }
}

fn item(entry: Entry) -> Vec<Item> {
    let Entry { title, file, entries } = entry;
    let items: Vec<Item> = entries.into_iter().flat_map(item).collect();
    match file {
        Some(file) if items.is_empty() => vec![Item::Page { file, title }],
        None if items.is_empty() => Vec::new(),
        page => vec![Item::Section { title, page, folder: None, items }],
    }
}

/// Whether a book is one of MyST.
pub(in crate::import) fn is_of_myst(tree: &SourceTree) -> bool {
    tree.files.keys().filter(|path| path.matches('/').count() <= 2).any(|path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        tree.text(path).is_some_and(|text| myst::is_named_by(name, text))
    })
}
