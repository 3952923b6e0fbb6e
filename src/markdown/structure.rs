//! What stands below a clause: its paragraphs (款), items (项) and their
//! sub-items (目), each with a stable anchor.
//!
//! A clause is a paragraph or a heading that begins with 第X条. What follows it, up
//! to the next clause or heading, belongs to it: paragraphs that are no items
//! count as 款, those that begin with （一） or 1. and the entries of a list as 项,
//! those of another style below them as 目. The number is the one that is written,
//! because that is what people cite.

use super::anchor::Given;
use super::clause::{self, ClauseNumber, ItemStyle};
use super::document::Clause;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;

/// A paragraph, item or sub-item of a clause. The first paragraph has none of
/// its own: it is where the clause stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClausePart {
    /// The clause, by its index.
    pub clause: u32,
    /// 款: from 1.
    pub paragraph: u32,
    /// 项: the number as written, 0 for a paragraph.
    pub item: u32,
    /// 目: the number as written, 0 for an item.
    pub sub: u32,
    /// Where it begins in the file.
    pub start: usize,
}

impl ClausePart {
    /// Its anchor, made from that of its clause: 第十五条第2款第3项. Items of the first
    /// paragraph leave 第1款 out, as citations do.
    #[must_use]
    pub fn anchor(&self, clause: &str) -> String {
        let mut anchor = String::with_capacity(clause.len() + 24);
        anchor.push_str(clause);
        for (number, unit, least) in [(self.paragraph, '款', 1), (self.item, '项', 0), (self.sub, '目', 0)]
        {
            if number > least {
                let _ = write!(anchor, "第{number}{unit}");
            }
        }
        anchor
    }
}

/// Where running text stands, for 前款 and 本条第二款.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// The clause, by its place in the list.
    pub(super) clause: u32,
    pub(super) paragraph: u32,
    pub(super) item: u32,
}

/// Follows clauses through a chapter.
#[derive(Debug, Default)]
pub(super) struct Structure {
    pub(super) clauses: Vec<Clause>,
    pub(super) parts: Vec<ClausePart>,
    open: bool,
    /// Number and style of the last item and sub-item.
    item: Option<(ItemStyle, u32)>,
    sub: u32,
    /// What the lists that are open count next; bullets count nothing.
    lists: Vec<Option<u64>>,
    /// Items of the open clause so far: two lists may count alike.
    seen: HashSet<(u32, u32, u32)>,
}

impl Structure {
    /// A heading ends the clause before it.
    pub(super) fn heading(&mut self) {
        self.open = false;
    }

    /// Begins a clause; one that is a heading has no paragraph yet.
    pub(super) fn begin(&mut self, number: ClauseNumber, given: Given, span: Range<usize>, paragraphs: u32) {
        // The only alias of a clause is its number.
        let (anchor, bare) = (given.anchor.into(), !given.aliases.is_empty());
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (start, end) = (place(span.start), place(span.end));
        self.clauses.push(Clause { number, anchor, bare, start, end, paragraphs });
        self.open = true;
        self.item = None;
        self.sub = 0;
        self.seen.clear();
    }

    /// Where text stands now.
    pub(super) fn standing(&self) -> Option<Standing> {
        let clause = self.clauses.last().filter(|_| self.open)?;
        let item = self.item.map_or(0, |item| item.1);
        let at = u32::try_from(self.clauses.len() - 1).ok()?;
        Some(Standing { clause: at, paragraph: clause.paragraphs.max(1), item })
    }

    /// A further paragraph at the top of the chapter.
    pub(super) fn paragraph(&mut self, text: &str, start: usize) {
        if !self.open {
            return;
        }
        if let Some((style, number)) = clause::item(text) {
            return self.entry(style, number, start);
        }
        let Some(clause) = self.clauses.last_mut() else { return };
        clause.paragraphs += 1;
        self.item = None;
        self.sub = 0;
        if clause.paragraphs > 1 {
            self.push(start);
        }
    }

    /// A line of the clause's own paragraph, behind a soft line break.
    pub(super) fn line(&mut self, text: &str, start: usize) {
        if let Some((style, number)) = clause::item(text).filter(|_| self.open && self.lists.is_empty()) {
            self.entry(style, number, start);
        }
    }

    fn entry(&mut self, style: ItemStyle, number: u32, start: usize) {
        match self.item {
            Some((open, _)) if open != style => self.sub = number,
            _ => {
                self.item = Some((style, number));
                self.sub = 0;
            }
        }
        self.push(start);
    }

    pub(super) fn list(&mut self, start: Option<u64>) {
        self.lists.push(start);
    }

    pub(super) fn end_list(&mut self) {
        self.lists.pop();
        if self.lists.is_empty() {
            // A second list of the paragraph may count on.
            self.sub = 0;
        }
    }

    /// An entry of a list: the number it is written with, else its place.
    pub(super) fn list_item(&mut self, text: &str, start: usize) {
        let depth = self.lists.len();
        let counted = self.lists.last_mut().and_then(|next| {
            let number = *next;
            *next = next.map(|next| next.saturating_add(1));
            number
        });
        if !self.open || depth == 0 || depth > 2 {
            return;
        }
        let bare = text.trim_start_matches(|c: char| {
            c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ')' | '-' | '*' | '+')
        });
        let written = clause::item(bare).map(|(_, number)| number);
        let counted = counted.and_then(|number| u32::try_from(number).ok());
        let Some(number) = written.or(counted) else { return };
        if depth == 1 {
            self.item = Some((ItemStyle::BareArabic, number));
            self.sub = 0;
        } else {
            self.sub = number;
        }
        self.push(start);
    }

    fn push(&mut self, start: usize) {
        let Some(clause) = self.clauses.last() else { return };
        let paragraph = clause.paragraphs.max(1);
        let key = (paragraph, self.item.map_or(0, |item| item.1), self.sub);
        if self.seen.insert(key) {
            let clause = u32::try_from(self.clauses.len() - 1).unwrap_or(u32::MAX);
            self.parts.push(ClausePart { clause, paragraph, item: key.1, sub: key.2, start });
        }
    }
}
