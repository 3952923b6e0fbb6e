//! Folders of Markdown and notes of Obsidian; what Quartz and MyST, which publish such folders, leave out
//! by their settings is held back.

use super::find;
use crate::chapter::left_out::settings::left_out;
use crate::chapter::without_suffix;
use crate::import::Tool;
use crate::import::book::Book;
use crate::import::head;
use crate::import::tree::SourceTree;
use crate::markdown::myst;
use crate::source::Source;
use crate::yaml::flag;

/// Settings that say what is left out.
const SETTINGS: [&str; 3] = ["quartz.config.ts", "quartz.config.js", "myst.yml"];

pub(super) fn read(tool: Tool, tree: &SourceTree) -> Book {
    let mut book = Book::new(tool, "");
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

/// Whether a book is one of MyST.
pub(in crate::import) fn is_of_myst(tree: &SourceTree) -> bool {
    tree.files.keys().filter(|path| path.matches('/').count() <= 2).any(|path| {
        let name = path.rsplit('/').next().unwrap_or(path);
        tree.text(path).is_some_and(|text| myst::is_named_by(name, text))
    })
}
