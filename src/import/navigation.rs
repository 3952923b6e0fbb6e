//! The navigation of a book: one tree for every tool.

mod folder;
mod parents;
mod summary;

pub(super) use folder::{expand, whole};
pub(super) use parents::by_parents;
pub(super) use summary::parse as parse_summary;

/// Something in a navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// A chapter, by its file in the book, and the title it has here.
    Page { file: String, title: Option<String> },
    /// A section, with the chapter that is its own page.
    Section {
        title: Option<String>,
        page: Option<String>,
        /// The folder of the book that it stands for, where it is one.
        folder: Option<String>,
        items: Vec<Self>,
    },
    /// All that lies in a folder of the book, as the tool orders it.
    Folder(String),
}

/// A section of a navigation that stands for a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parsed {
    pub(super) items: Vec<Item>,
    /// What leads elsewhere or nowhere: line and text.
    pub(super) left: Vec<(Option<usize>, String)>,
}

impl Item {
    /// The chapters in it, in order.
    pub(super) fn files<'a>(&'a self, out: &mut Vec<&'a str>) {
        match self {
            Self::Page { file, .. } => out.push(file),
            Self::Section { page, items, .. } => {
                out.extend(page.as_deref());
                items.iter().for_each(|item| item.files(out));
            }
            Self::Folder(_) => {}
        }
    }
}
