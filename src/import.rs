//! A handbook that was written for another tool, as a project of ours.
//!
//! [`import`] takes the files of a book and gives the files of a project, with a
//! report of what was done and what is left. Nothing is read or written here, and no
//! code of the book is run: `disk::import` reads the book and writes the project, and
//! [`Manifest`] says what a second import may overwrite.
//!
//! A tool is read by one function, which makes a `book::Book`: where its chapters lie,
//! in what order, at which addresses. All that follows is the same for every tool:
//! `layout` gives each chapter its place, `page` its front matter, text and links.

mod address;
mod again;
pub(crate) mod archive;
mod book;
mod dates;
mod defaults;
mod document;
mod escape;
mod front;
mod group;
mod head;
mod html;
mod include;
mod layout;
mod leads;
mod link;
mod literal;
mod markup;
mod modules;
mod navigation;
mod organization;
mod outside;
mod page;
mod permalink;
mod place;
mod report;
mod rewrite;
mod settings;
mod tool;
mod tree;
mod unique;
mod withheld;
#[cfg(feature = "word")]
mod word;

pub use again::{Earlier, Manifest, Origin, Outcome, Present, Standing, decide, decide_leftover, digest};
pub use document::is_document;
pub use report::{Entry, Kind, Report};
pub use settings::audiences_of;
pub use tool::{Tool, recognize};
pub use tree::{SourceFile, SourceTree};
pub use withheld::is_shown;

use crate::config::audience::Audiences;
use crate::locale::Language;
use document::Documents;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a file of the project holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// This text.
    Text(String),
    /// These bytes, which a document held.
    Bytes(Arc<[u8]>),
    /// The bytes of a file of the book, by its path there.
    Copy(String),
}

/// A file of the project that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutputFile {
    /// What it holds.
    pub content: Content,
    /// The file of the book it was made from; empty for what was made from several.
    pub source: String,
}

impl OutputFile {
    /// Names the file of the book as it lies there.
    fn restore(&mut self, moves: &tool::Moves) {
        self.source = moves.origin(&self.source).to_owned();
        if let Content::Copy(path) = &mut self.content {
            *path = moves.origin(path).to_owned();
        }
    }
}

/// What an import gives.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Project {
    /// The files to write, by their paths in the project.
    pub files: BTreeMap<String, OutputFile>,
    /// What was done and what is left.
    pub report: Report,
    /// The day of the import.
    pub today: Date,
}

/// Makes a project of a book. `from` is the tool it was written for, where the user says so.
/// `fallback` is the language of what is written where the book does not show its own, and
/// `readers` are the groups that the project's settings name already. What the tool would not
/// publish on the day of `today` is held back. Where an `earlier` import put a chapter, its address
/// leads on.
#[must_use]
pub fn import(
    tree: &SourceTree,
    from: Option<Tool>,
    fallback: Language,
    readers: &Audiences,
    today: Date,
    earlier: Earlier,
) -> Project {
    let tool = from.unwrap_or_else(|| tool::recognize(tree));
    let mut report = Report::new(tool);
    for (path, why) in &tree.unread {
        report.add(Kind::Unread, path, None, why);
    }
    for path in &tree.undecoded {
        report.add(Kind::Encoding, path, None, "");
    }
    for (path, encoding) in &tree.decoded {
        report.add(Kind::Decoded, path, None, *encoding);
    }
    let mut moves = tool::Moves::of(tool, tree);
    let moved = moves.applied(tree);
    let tree = moved.as_ref().unwrap_or(tree);
    let mut book = tool.read(tree, &moves, &mut report);
    let own = settings::audiences(tree);
    book.readers = if readers.list.is_empty() { own } else { readers.clone() };
    book.today = today;
    book.is_of_myst = tool::is_of_myst(tree);
    book.earlier = earlier;
    book.moved = moves.all();
    withheld::linked(tree, &mut book);
    let documents = Documents::new(tree, &book);
    let mut pages = page::read_all(tree, &book, &documents, &mut report);
    leads::take(&mut pages, &mut book, &mut report);
    outside::tell(tree, &book, &pages, &mut report);
    let layout = layout::Layout::new(&book, &pages, &mut report);
    let mut files = page::write_all(tree, &book, &documents, &pages, &layout, &mut report);
    report.language = settings::language(&book, &pages, fallback);
    organization::add(&mut files);
    settings::add(&mut files, tree, &book, &pages, &layout, &report);
    if moved.is_some() {
        report.restore(&moves);
        files.values_mut().for_each(|file| file.restore(&moves));
    }
    Project { files, report, today }
}
