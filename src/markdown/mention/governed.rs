//! Numbers whose document stands apart from them: in another cell of their row, at the head of
//! their column, above the list that they stand in.
//!
//! Checklists and lists of sources are written so: `| 《采购办法》 | 第三条 |`. A name that is all of
//! a cell, of an item or of the end of a line before a list governs what stands beside or below it.
//! Where two documents could be meant, a number belongs to none: a link to a wrong rule is worse
//! than none.

use super::super::document::{Document, Kind, NodeId, Tree};
use super::document::{joins, names_this_document, opens_aside};
use super::{Finder, Mention, MentionKind, MentionedDocument};
use std::ops::Range;

/// What numbers within a place belong to; `None` where that is in doubt.
type Governed = (Range<usize>, Option<MentionedDocument>);

/// Gives numbers that seem to be the chapter's own to the documents that govern them.
pub(super) fn assign(document: &Document, found: &mut Vec<Mention>) {
    if found.is_empty() {
        return;
    }
    let names = Names { document, found };
    let mut governed = Vec::new();
    let tree = &document.tree;
    let mut above: Option<NodeId> = None;
    for id in tree.from(tree.first_at(0)) {
        match tree.kind(id) {
            Kind::Table(_) => names.table(id, &mut governed),
            Kind::Item => names.item(id, &mut governed),
            Kind::BulletList | Kind::OrderedList(_) => {
                let before = above.filter(|before| tree.behind(*before) == id);
                governed.extend(before.and_then(|before| names.list(before, id)));
            }
            Kind::Definition | Kind::Paragraph => {
                let before = above.filter(|before| tree.behind(*before) == id);
                let titled = before
                    .filter(|before| matches!(tree.kind(*before), Kind::DefinitionTitle | Kind::AlertTitle));
                let name = titled.and_then(|title| names.whole(tree.span(title)));
                governed.extend(name.map(|name| (tree.span(id), Some(name))));
            }
            _ => {}
        }
        if matches!(
            tree.kind(id),
            Kind::Paragraph | Kind::Clause(_) | Kind::DefinitionTitle | Kind::AlertTitle
        ) {
            above = Some(id);
        }
    }
    // What stands further in counts more.
    governed.sort_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
    let source = tree.source();
    let mut is_doubtful = vec![false; found.len()];
    for (place, name) in governed.iter().rev() {
        let first = found.partition_point(|mention| mention.span.start < place.start);
        for (at, mention) in found.iter_mut().enumerate().skip(first) {
            if mention.span.start >= place.end {
                break;
            }
            if !is_doubtful[at] && is_own_number(source, mention) {
                match name {
                    Some(name) => mention.kind.give_to(name),
                    None => is_doubtful[at] = true,
                }
            }
        }
    }
    let mut flags = is_doubtful.into_iter();
    found.retain(|_| !flags.next().unwrap_or(false));
}

/// Whether a mention is a number that could be another document's: not 本办法第三条, nor 前款 and
/// 第二款, which go by where they stand.
fn is_own_number(source: &str, mention: &Mention) -> bool {
    let words = &source[mention.span.clone()];
    let is_part = words.contains(['款', '项', '項']) && !words.contains(['条', '條']);
    mention.kind.document() == Some(&MentionedDocument::Own)
        && !words.starts_with('前')
        && !is_part
        && !names_this_document(&source[..mention.span.start])
}

impl MentionKind {
    /// The document that a number belongs to.
    pub(super) const fn document(&self) -> Option<&MentionedDocument> {
        match self {
            Self::Title(_) => None,
            Self::Clause { document, .. }
            | Self::Appendix { document, .. }
            | Self::Section { document, .. } => Some(document),
        }
    }

    /// Makes a number one of another document.
    pub(super) fn give_to(&mut self, name: &MentionedDocument) {
        match self {
            Self::Title(_) => {}
            Self::Appendix { document, .. } => *document = name.clone(),
            Self::Clause { document, certain, .. } | Self::Section { document, certain, .. } => {
                *document = name.clone();
                *certain = true;
            }
        }
    }
}

impl Finder<'_> {
    /// Numbers right before a bracket that is no more than the name of their document:
    /// 第三条、第四条（均指《采购办法》）.
    pub(super) fn named_behind(&mut self, title: &Range<usize>, name: &str) {
        let Some(end) = opens_aside(&self.text[..title.start], &self.text[title.end..]) else { return };
        let mut end = self.offset + end;
        for at in (0..self.found.len()).rev() {
            let mention = &self.found[at];
            let is_own = mention.kind.document() == Some(&MentionedDocument::Own);
            let is_here = mention.span.start >= self.offset && mention.span.end <= end;
            if !is_own || !is_here || !joins(&self.source[mention.span.end..end]) {
                return;
            }
            let start = mention.span.start;
            if names_this_document(&self.text[..start - self.offset]) {
                return;
            }
            end = start;
            self.found[at].kind.give_to(&MentionedDocument::Titled(name.to_owned()));
        }
    }
}

/// The names of documents in a chapter.
struct Names<'a> {
    document: &'a Document,
    found: &'a [Mention],
}

impl Names<'_> {
    fn tree(&self) -> &Tree {
        &self.document.tree
    }

    /// A table: numbers belong to the one document of their row, else to that of their column.
    fn table(&self, table: NodeId, governed: &mut Vec<Governed>) {
        let tree = self.tree();
        let mut columns: Vec<Option<MentionedDocument>> = Vec::new();
        for row in tree.children(table) {
            let cells: Vec<Range<usize>> = tree.children(row).map(|cell| tree.span(cell)).collect();
            let names: Vec<Option<MentionedDocument>> =
                cells.iter().map(|cell| self.whole(cell.clone())).collect();
            if tree.kind(row) == Kind::TableHead {
                columns = names;
                continue;
            }
            let mut named = names.into_iter().flatten();
            match (named.next(), named.next()) {
                (Some(one), None) => governed.push((tree.span(row), Some(one))),
                (Some(_), Some(_)) => governed.push((tree.span(row), None)),
                (None, _) => {
                    let of_columns = cells.into_iter().zip(&columns);
                    governed.extend(of_columns.filter_map(|(cell, name)| Some((cell, Some(name.clone()?)))));
                }
            }
        }
    }

    /// An item that is no more than a name, over what is listed below it.
    fn item(&self, item: NodeId, governed: &mut Vec<Governed>) {
        let tree = self.tree();
        let is_list = |id: &NodeId| matches!(tree.kind(*id), Kind::BulletList | Kind::OrderedList(_));
        let Some(below) = tree.children(item).find(is_list) else { return };
        let (start, whole) = (tree.span(below).start, tree.span(item));
        let Some(first) = tree.children(item).next().filter(|first| *first != below) else { return };
        if let Some(name) = self.whole(tree.span(first).start..start) {
            governed.push((start..whole.end, Some(name)));
        }
    }

    /// A list behind a paragraph that ends in a name and a colon.
    fn list(&self, paragraph: NodeId, list: NodeId) -> Option<Governed> {
        let place = self.tree().span(paragraph);
        let words = self.tree().source()[place.clone()].trim_end().strip_suffix(['：', ':'])?;
        let words = words.trim_end_matches(['*', '_', ' ']);
        let end = place.start + words.len();
        let first = self.found.partition_point(|mention| mention.span.start < place.start);
        let titles = self.found[first..].iter().take_while(|mention| mention.span.start < place.end);
        let titles = titles.filter(|mention| matches!(mention.kind, MentionKind::Title(_)));
        let ends: Vec<&Mention> = titles.collect();
        let name = match ends.last() {
            Some(last) if last.span.end == end => self.whole(last.span.clone())?,
            _ => self.link_that_ends_at(end)?,
        };
        Some((self.tree().span(list), Some(name).filter(|_| ends.len() < 2)))
    }

    /// The document whose name is all that stands in a place.
    fn whole(&self, place: Range<usize>) -> Option<MentionedDocument> {
        let is_mark = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '|' | '：' | ':');
        let words = self.tree().source().get(place.clone())?;
        let start = place.start + words.len() - words.trim_start_matches(is_mark).len();
        let end = place.end - (words.len() - words.trim_end_matches(is_mark).len());
        let at = self.found.partition_point(|mention| mention.span.start < start);
        if let Some(Mention { span, kind: MentionKind::Title(name) }) = self.found.get(at)
            && *span == (start..end)
        {
            return Some(MentionedDocument::Titled(name.clone()));
        }
        let begins = |linked: &MentionedDocument| match linked {
            MentionedDocument::Linked(at) => {
                self.document.links[*at].span.start <= start + '《'.len_utf8()
                    && self.document.links[*at].span.start >= start
            }
            _ => false,
        };
        self.link_that_ends_at(end).filter(begins)
    }

    /// The link that ends at a place, perhaps within the marks of a title.
    fn link_that_ends_at(&self, end: usize) -> Option<MentionedDocument> {
        let links = &self.document.links;
        let at = links.partition_point(|link| link.span.start < end).checked_sub(1)?;
        let is_last = links[at].span.end == end || links[at].span.end + '》'.len_utf8() == end;
        is_last.then_some(MentionedDocument::Linked(at))
    }
}
