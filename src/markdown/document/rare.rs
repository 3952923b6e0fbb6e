//! What few texts have, of the tree and of what is known of the text.
//!
//! Lists that most texts leave empty take no room there: a handbook holds thousands of texts.

use super::super::clause::ClauseNumber;
use super::super::figure::UnreadFigure;
use super::super::foreign::ForeignMarkup;
use super::super::raw::{Loss, Tag};
use super::super::structure::{ClausePart, Indent};
use super::super::table::TableFault;
use super::tree::{AlertBox, Alignment, Fragment, HeadingAttributes, exact};
use super::{Clause, Document, Heading, ImageRef};
use crate::lean::{Lean, empty};
use std::ops::{Deref, DerefMut, Range};

/// Alerts, tables and raw HTML of a tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RareNodes {
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

/// What is known of few texts; it is read as if it were the [`Document`]'s own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RareParts {
    /// Clauses, in order.
    pub clauses: Vec<Clause>,
    /// Their paragraphs and items, in order.
    pub clause_parts: Vec<ClausePart>,
    /// Numbered paragraphs that stand below others, in order.
    pub(in super::super) indents: Vec<Indent>,
    /// Anchors that come from raw HTML.
    pub html_anchors: Vec<String>,
    /// What else raw HTML shows or names: sound, film, frames.
    pub files: Vec<ImageRef>,
    /// Where the raw HTML begins that is shown as text, since cleaning it would
    /// not end in reasonable time.
    pub refused_html: Option<Range<usize>>,
    /// Markup of other tools, one of each kind.
    pub foreign: Vec<ForeignMarkup>,
    /// Formulas and diagrams that are shown as they are written.
    pub unread_figures: Vec<UnreadFigure>,
    /// Places of raw HTML that is not on the page, and what of it is lost.
    pub unsafe_html: Vec<(Range<usize>, Loss)>,
    /// Places of ids that belong to the page's own parts, and so are left out.
    pub own_ids: Vec<Range<usize>>,
    /// Footnotes that nothing refers to; whether an earlier one has the same name.
    pub idle_footnotes: Vec<(Range<usize>, bool)>,
    /// Tables that lose their form, and the places that show it.
    pub tables: Vec<(Range<usize>, TableFault)>,
}

/// The number that a heading begins with; it is read as if it were the [`Heading`]'s own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HeadingNumber {
    /// Further anchors: 第三章 for 第三章 附则.
    pub aliases: Vec<String>,
    /// The number, where it is that of 第X章 and the like.
    pub clause: Option<ClauseNumber>,
    /// The decimal number, such as 4.2.
    pub number: Option<String>,
}

empty!(HeadingNumber);
empty!(RareNodes);
empty!(RareParts);

/// Gives back memory that the lists took while they grew.
pub(super) fn shrink_nodes(nodes: &mut Lean<RareNodes>) {
    nodes.shrink();
    if let Some(lists) = nodes.held() {
        exact(&mut lists.fragments);
        exact(&mut lists.tags);
    }
}

/// The same of what is known of a text.
pub(super) fn shrink_parts(parts: &mut Lean<RareParts>) {
    parts.shrink();
    if let Some(lists) = parts.held() {
        exact(&mut lists.clauses);
        exact(&mut lists.clause_parts);
        exact(&mut lists.indents);
        exact(&mut lists.html_anchors);
    }
}

/// The same of a heading.
pub(super) fn shrink_heading(number: &mut Lean<HeadingNumber>) {
    number.shrink();
    if let Some(number) = number.held() {
        number.aliases.shrink_to_fit();
    }
}

impl Deref for Heading {
    type Target = HeadingNumber;

    fn deref(&self) -> &HeadingNumber {
        &self.rare
    }
}

impl DerefMut for Heading {
    fn deref_mut(&mut self) -> &mut HeadingNumber {
        &mut self.rare
    }
}

impl Deref for Document {
    type Target = RareParts;

    fn deref(&self) -> &RareParts {
        &self.rare
    }
}

impl DerefMut for Document {
    fn deref_mut(&mut self) -> &mut RareParts {
        &mut self.rare
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::MarkdownOptions;
    use super::*;

    #[test]
    fn a_plain_text_has_none_of_it() {
        let read = |text: &str| Document::new(text, &MarkdownOptions::default());
        let mut plain = read("# 标题\n\n- [甲](b.md)\n");
        assert!(plain.rare.held().is_none() && plain.tree.rare.held().is_none());
        assert!(plain.clauses.is_empty() && plain.tree.rare.alerts.is_empty());
        let table = read("|甲|乙|\n|-|-|\n|1|2|\n\n甲[^1]<b id=x>乙</b>\n\n[^2]: 丙\n");
        let nodes = &table.tree.rare;
        assert_eq!((nodes.alignments.len(), nodes.fragments.len(), nodes.idle.len()), (1, 2, 1));
        assert_eq!((table.html_anchors.as_slice(), table.idle_footnotes.len()), (&["x".to_owned()][..], 1));
    }
}
