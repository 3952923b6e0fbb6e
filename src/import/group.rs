//! Pages that a tool makes for the groups of its navigation, with an address, a title and words of
//! their own: `generated-index` of Docusaurus.

use super::book::Book;

/// Such a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct GroupPage {
    /// The settings that say so.
    pub(super) file: String,
    /// The folder that the group is of, below the root; else it is known by what it is called.
    pub(super) folder: Option<String>,
    pub(super) label: String,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// Its address, from the top.
    pub(super) address: String,
}

impl Book {
    /// The page of a group: by its folder, else by what it is called, where no other is called so.
    pub(super) fn group_page(&self, folder: Option<&str>, title: Option<&str>) -> Option<&GroupPage> {
        let folder = folder.and_then(|folder| self.inside(folder));
        if let Some(folder) = folder {
            return self.groups.iter().find(|group| group.folder.as_deref() == Some(folder.as_str()));
        }
        let named = |group: &&GroupPage| group.folder.is_none() && Some(group.label.as_str()) == title;
        let mut fitting = self.groups.iter().filter(named);
        fitting.next().filter(|_| fitting.next().is_none())
    }
}
