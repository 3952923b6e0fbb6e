//! What few texts have: alerts, tables, raw HTML, and what it hides.

use super::super::raw::Tag;
use super::tree::{AlertBox, Alignment, Fragment, HeadingAttributes, exact};
use std::ops::{Deref, DerefMut, Range};

/// Lists that most trees leave empty, and that take no room there: a handbook holds thousands of
/// trees. They are read as if they were always there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rare(Option<Box<RareLists>>);

/// The lists of [`Rare`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RareLists {
    pub(super) alerts: Vec<AlertBox>,
    pub(super) alignments: Vec<Box<[Alignment]>>,
    pub(super) fragments: Vec<Fragment>,
    pub(super) tags: Vec<Tag>,
    pub(super) attributes: Vec<HeadingAttributes>,
    /// Nodes that raw HTML hides from readers.
    pub(super) hidden: Vec<Range<u32>>,
    /// Footnotes that nothing refers to, and whether another has their name.
    pub(super) idle: Vec<(Range<u32>, bool)>,
}

impl Deref for Rare {
    type Target = RareLists;

    fn deref(&self) -> &RareLists {
        static NONE: RareLists = RareLists {
            alerts: Vec::new(),
            alignments: Vec::new(),
            fragments: Vec::new(),
            tags: Vec::new(),
            attributes: Vec::new(),
            hidden: Vec::new(),
            idle: Vec::new(),
        };
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for Rare {
    fn deref_mut(&mut self) -> &mut RareLists {
        self.0.get_or_insert_default()
    }
}

impl Rare {
    /// Gives back memory that the lists took while they grew.
    pub(super) fn shrink(&mut self) {
        if let Some(lists) = &mut self.0 {
            exact(&mut lists.fragments);
            exact(&mut lists.tags);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::MarkdownOptions;
    use super::super::Document;

    #[test]
    fn a_plain_text_has_none_of_it() {
        let rare = |text: &str| Document::new(text, &MarkdownOptions::default()).tree.rare;
        let plain = rare("# 标题\n\n- [甲](b.md)\n");
        assert!(plain.0.is_none() && plain.alerts.is_empty());
        let table = rare("|甲|乙|\n|-|-|\n|1|2|\n\n甲[^1]<b>乙</b>\n\n[^2]: 丙\n");
        assert_eq!((table.alignments.len(), table.fragments.len(), table.idle.len()), (1, 2, 1));
    }
}
