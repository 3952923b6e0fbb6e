//! Where a paragraph's lines are blocks of their own.

use super::super::clause::{self, ItemStyle, Unit};
use super::super::rule_lines::{LineKind, ends_statement};
use super::{Pasted, Piece};
use pulldown_cmark::{CowStr, Event};
use std::ops::Range;

/// The fewest characters of a line that is broken by hand. Shorter ones that end
/// without a mark are a title, a date, a signature.
const BROKEN: usize = 24;

impl<'a, I> Pasted<'a, I> {
    /// A paragraph of one line, as most are.
    pub(super) fn single(&self, span: &Range<usize>) -> Option<Piece> {
        let line = self.text.get(span.clone()).unwrap_or("").trim_end();
        if line.contains('\n') {
            return None;
        }
        let kind = self.kind(line, span.start);
        let numbered = kind.is_some() || line.starts_with(clause::is_space) && clause::item(line).is_some();
        let heading = match kind {
            Some(LineKind::Heading(level)) => Some(level),
            _ => None,
        };
        Some(Piece { span: span.clone(), heading, numbered })
    }

    /// A paragraph in pieces.
    pub(super) fn pieces(&self, span: Range<usize>) -> Vec<Piece> {
        let whole = self.text.get(span.clone()).unwrap_or("");
        let mut pieces: Vec<Piece> = Vec::new();
        let mut place = span.start;
        let mut above = "";
        for line in whole.trim_end().split_inclusive('\n') {
            let bare = line.trim_start_matches([' ', '\t']);
            let start = place + line.len() - bare.len();
            place += line.len();
            let bare = bare.trim_end();
            let apart = pieces.last().is_none_or(|last| last.heading.is_some()) || ends_statement(above);
            let kind = match apart {
                true => self.kind(bare, start),
                false => self.rule_lines().kind(start),
            };
            let numbered = kind.is_some() || clause::item(bare).is_some();
            let heading = match kind {
                Some(LineKind::Heading(level)) => Some(level),
                _ => None,
            };
            let begins = pieces.last().is_none_or(|last| {
                kind.is_some() || last.heading.is_some() || self.is_parted(above, numbered)
            });
            match pieces.last_mut() {
                Some(last) if !begins => last.span.end = start + bare.len(),
                _ => pieces.push(Piece { span: start..start + bare.len(), heading, numbered }),
            }
            above = bare;
        }
        if let Some(last) = pieces.last_mut() {
            last.span.end = span.end;
        }
        pieces
    }

    /// What a line is. The lines of the whole text are read only where the
    /// line alone does not tell.
    fn kind(&self, line: &str, start: usize) -> Option<LineKind> {
        let words = line.trim_start_matches(|c| clause::is_space(c) || "*_【[〔〖［".contains(c));
        if words.starts_with('附') {
            return self.rule_lines().kind(start);
        }
        let label = words.starts_with('第').then(|| clause::parse(line)).flatten()?;
        let certain = label.certain && label.number.unit == Unit::Article;
        if certain { Some(LineKind::Clause) } else { self.rule_lines().kind(start) }
    }

    /// Whether a line begins a paragraph although nothing numbers it as a clause.
    fn is_parted(&self, above: &str, numbered: bool) -> bool {
        let ended = ends_statement(above);
        let goes_on = above.chars().next_back().is_some_and(|c| "，、,（(“‘《—".contains(c));
        match (numbered, self.rule_lines().is_pasted()) {
            (true, pasted) => ended || pasted || self.rule_lines().is_of_rules(),
            (false, true) => ended || !goes_on && above.chars().count() < BROKEN,
            (false, false) => false,
        }
    }

    /// Whether the line at `start` is no part of the list that it stands in.
    pub(super) fn is_foreign(&self, start: usize) -> bool {
        let line = self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        // What is indented was written as a part of it.
        if line.starts_with([' ', '\t']) {
            return false;
        }
        match self.kind(line, start) {
            Some(LineKind::Clause | LineKind::Heading(_)) => true,
            _ => matches!(
                clause::item(line),
                Some((
                    ItemStyle::Bracketed
                        | ItemStyle::BracketedArabic
                        | ItemStyle::Bare
                        | ItemStyle::Closed
                        | ItemStyle::Circled,
                    _
                ))
            ),
        }
    }

    /// Whether a row of a table is a line that begins a clause or a chapter.
    pub(super) fn is_no_row(&self, span: &Range<usize>) -> bool {
        let line = self.text.get(span.clone()).unwrap_or("").trim_end();
        let kind = || self.kind(line, span.start);
        !line.contains('|') && matches!(kind(), Some(LineKind::Clause | LineKind::Heading(_)))
    }

    /// Whether the line at `start` is numbered, so that it keeps a line of its own.
    pub(super) fn is_numbered(&self, start: usize) -> bool {
        let line = self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        clause::item(line).is_some()
    }

    /// The lines from `start` on that can belong to one block: to the next empty line, or
    /// the next entry of a list. No line is looked at by two blocks.
    pub(super) fn rest_of_block(&self, start: usize) -> Range<usize> {
        let rest = self.text.get(start..).unwrap_or("");
        let indent = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let mut end = start;
        for line in rest.split_inclusive('\n') {
            let bare = line.trim();
            let entry = end > start
                && (bare.starts_with(['-', '*', '+', '>', '#', '`', '~'])
                    || bare.starts_with(|c: char| c.is_ascii_digit()));
            if bare.is_empty() || entry {
                break;
            }
            end += line.len();
        }
        start + indent..end.max(start + indent)
    }

    /// The lines of a heading that is several clauses with a rule below: the rule was
    /// meant to part them from what follows, and underlines them all.
    pub(super) fn underlined_rule(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let whole = self.text.get(span.clone())?.trim_end();
        let lines = whole.rsplit_once('\n').filter(|_| !whole.starts_with('#'))?.0;
        let place = span.start..span.start + lines.len();
        let clauses = lines.contains('\n') && self.pieces(place.clone()).len() > 1;
        clauses.then_some(place)
    }

    /// Whether an indented block is text: its first line begins a clause or a chapter.
    pub(super) fn is_indented_rule(&self, span: &Range<usize>) -> bool {
        let block = self.text.get(span.clone()).unwrap_or("");
        let line = block.trim_start_matches([' ', '\t']);
        let start = span.start + block.len() - line.len();
        self.kind(line.lines().next().unwrap_or(""), start).is_some()
    }

    /// Lines of such a block, each a paragraph.
    pub(super) fn unindented(&mut self, text: &CowStr<'a>, span: Range<usize>) {
        let verbatim = text.len() == span.len();
        let mut place = span.start;
        for line in text.split_inclusive('\n') {
            let bare = line.trim_start_matches([' ', '\t']);
            let start = place + if verbatim { line.len() - bare.len() } else { 0 };
            place += if verbatim { line.len() } else { 0 };
            let words = bare.trim_end();
            if words.trim_start_matches(clause::is_space).is_empty() {
                continue;
            }
            let place = start..if verbatim { start + words.len() } else { span.end };
            let heading = match self.kind(words, start) {
                Some(LineKind::Heading(level)) => Some(level),
                _ => None,
            };
            let piece = Piece { span: place.clone(), heading, numbered: false };
            self.begin_piece(&piece);
            self.push(Event::Text(words.to_owned().into()), place);
            self.end_piece(&piece);
        }
    }
}
