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

/// A numbered paragraph that stands below another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Indent {
    /// Where it begins in the file.
    pub(super) start: u32,
    /// How far below, from 1.
    pub(super) depth: u8,
}

/// The deepest indent that the theme knows.
const DEEPEST: usize = 5;

/// Follows clauses through a chapter.
#[derive(Debug, Default)]
pub(super) struct Structure {
    pub(super) clauses: Vec<Clause>,
    pub(super) parts: Vec<ClausePart>,
    pub(super) indents: Vec<Indent>,
    open: bool,
    /// The kinds of the items that are open, each below the one before it.
    kinds: Vec<ItemStyle>,
    /// Numbers of the last item and sub-item, else 0.
    item: u32,
    sub: u32,
    /// What the lists that are open count next; bullets count nothing.
    lists: Vec<Option<u64>>,
    /// How deep the entries of the outermost list stand.
    list_depth: usize,
    /// Items of the open clause so far: two lists may count alike.
    seen: HashSet<(u32, u32, u32)>,
}

impl Structure {
    /// A heading ends the clause before it.
    pub(super) fn heading(&mut self) {
        self.open = false;
        self.kinds.clear();
    }

    /// Begins a clause; one that is a heading has no paragraph yet.
    pub(super) fn begin(&mut self, number: ClauseNumber, given: Given, span: Range<usize>, paragraphs: u32) {
        let style = given.style;
        let (anchor, bare) = (given.anchor.into(), given.bare);
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (start, end) = (place(span.start), place(span.end));
        self.clauses.push(Clause { number, anchor, bare, style, start, end, paragraphs });
        self.open = true;
        self.kinds.clear();
        self.item = 0;
        self.sub = 0;
        self.seen.clear();
    }

    /// Where text stands now.
    pub(super) fn standing(&self) -> Option<Standing> {
        let clause = self.clauses.last().filter(|_| self.open)?;
        let at = u32::try_from(self.clauses.len() - 1).ok()?;
        Some(Standing { clause: at, paragraph: clause.paragraphs.max(1), item: self.item })
    }

    /// A further paragraph at the top of the chapter.
    pub(super) fn paragraph(&mut self, text: &str, start: usize) {
        if let Some((style, number)) = clause::item(text) {
            let depth = self.depth(style);
            // Below a clause the first items stand deeper than its text.
            self.indent(depth - usize::from(!self.open), start);
            if self.open {
                self.entry(depth, number, start);
            }
            return;
        }
        let Some(clause) = self.clauses.last_mut().filter(|_| self.open) else { return };
        clause.paragraphs += 1;
        self.kinds.clear();
        self.item = 0;
        self.sub = 0;
        if clause.paragraphs > 1 {
            self.push(start);
        }
    }

    /// How deep items of a kind stand, from 1: below those that are open, or beside
    /// the last of their own kind.
    fn depth(&mut self, style: ItemStyle) -> usize {
        match self.kinds.iter().position(|kind| *kind == style) {
            Some(at) => self.kinds.truncate(at + 1),
            None => self.kinds.push(style),
        }
        self.kinds.len()
    }

    fn indent(&mut self, depth: usize, start: usize) {
        if let (Ok(start), Ok(depth @ 1..)) = (u32::try_from(start), u8::try_from(depth.min(DEEPEST))) {
            self.indents.push(Indent { start, depth });
        }
    }

    /// An item or sub-item; what stands deeper has no name that one could cite.
    fn entry(&mut self, depth: usize, number: u32, start: usize) {
        match depth {
            1 => (self.item, self.sub) = (number, 0),
            2 => self.sub = number,
            _ => return,
        }
        self.push(start);
    }

    pub(super) fn list(&mut self, start: Option<u64>) {
        if self.lists.is_empty() {
            let counted = start.is_some();
            self.list_depth =
                if counted { self.depth(ItemStyle::BareArabic) } else { self.kinds.len().max(1) };
        }
        self.lists.push(start);
    }

    pub(super) fn end_list(&mut self) {
        self.lists.pop();
        if self.lists.is_empty() && self.list_depth == 1 {
            // A second list of the paragraph may count on.
            self.sub = 0;
        }
    }

    /// An entry of a list: the number it is written with, else its place.
    pub(super) fn list_item(&mut self, text: &str, start: usize) {
        let level = self.lists.len();
        let counted = self.lists.last_mut().and_then(|next| {
            let number = *next;
            *next = next.map(|next| next.saturating_add(1));
            number
        });
        if !self.open || level == 0 || level > 2 {
            return;
        }
        let bare = text.trim_start_matches(|c: char| {
            c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ')' | '-' | '*' | '+')
        });
        let written = clause::item(bare).map(|(_, number)| number);
        let counted = counted.and_then(|number| u32::try_from(number).ok());
        let Some(number) = written.or(counted) else { return };
        self.entry(self.list_depth + level - 1, number, start);
    }

    fn push(&mut self, start: usize) {
        let Some(clause) = self.clauses.last() else { return };
        let paragraph = clause.paragraphs.max(1);
        let key = (paragraph, self.item, self.sub);
        if self.seen.insert(key) {
            let clause = u32::try_from(self.clauses.len() - 1).unwrap_or(u32::MAX);
            self.parts.push(ClausePart { clause, paragraph, item: key.1, sub: key.2, start });
        }
    }
}
