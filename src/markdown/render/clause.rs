//! Clauses: their number, their parts' anchors, and who cites them.

use super::super::{Clause, ClausePart, clause, escape};
use super::Writer;
use crate::text::encode_path;
use pulldown_cmark::Event;
use std::ops::Range;

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Writer<'a, '_, I> {
    pub(super) fn paragraph(&mut self, span: &Range<usize>) {
        self.line();
        let at_top = self.depth == 0 && self.options.extensions;
        let found = at_top.then(|| self.scan.clauses.get(self.clauses)).flatten();
        if let Some(found) = found.filter(|clause| clause.span().start == span.start) {
            self.end_clause();
            self.cited = Some(found.anchor.to_string());
            self.clauses += 1;
            self.in_clause = true;
            self.clause(found, span);
        } else if at_top && self.in_clause {
            self.out.push_str("<p class=\"clause-paragraph\"");
            self.place(span.start);
            self.out.push('>');
        } else {
            self.out.push_str("<p>");
        }
    }

    /// The `id` of the clause's paragraph or item that begins here, if one does.
    pub(super) fn place(&mut self, start: usize) -> bool {
        let Some(place) = self.place_at(start).filter(|_| !self.is_quoted()) else { return false };
        let clause = self.scan.clauses.get(place.clause as usize).map_or("", |clause| &*clause.anchor);
        self.out.push_str(" id=\"");
        escape::text(&mut self.out, &place.anchor(clause));
        self.out.push('"');
        true
    }

    /// Takes the next place off the scan's list if it begins here.
    pub(super) fn place_at(&mut self, start: usize) -> Option<ClausePart> {
        let parts = &self.scan.clause_parts;
        while parts.get(self.clause_parts).is_some_and(|place| place.start < start) {
            self.clause_parts += 1;
        }
        let place = *parts.get(self.clause_parts).filter(|place| place.start == start)?;
        self.clause_parts += 1;
        Some(place)
    }

    fn clause(&mut self, found: &Clause, span: &Range<usize>) {
        let paragraph = &self.text[span.clone()];
        let Some(opening) = clause::parse(paragraph) else { return };
        let label = &paragraph[opening.label.clone()];
        if self.is_quoted() {
            self.out.push_str("<p class=\"clause\"><span class=\"clause-number\">");
            self.out.push_str(label);
            self.out.push_str("</span> ");
        } else {
            self.out.push_str("<p class=\"clause\" id=\"");
            escape::text(&mut self.out, &found.anchor);
            self.out.push_str("\">");
            self.aliases(found.alias().as_slice());
            self.out.push_str("<a class=\"clause-number\" href=\"#");
            self.out.push_str(&encode_path(&found.anchor));
            self.out.push_str("\">");
            self.out.push_str(label);
            self.out.push_str("</a> ");
        }
        if opening.bold && !paragraph[opening.label.end..].starts_with("**") {
            // The bold goes on behind the label: `**第三条 目的** 为了`.
            self.out.push_str("<strong>");
            self.drop_strong = false;
        } else {
            self.drop_strong = opening.bold;
        }
        self.skip_to = span.start + opening.rest;
    }

    pub(super) fn aliases(&mut self, aliases: &[String]) {
        if self.is_quoted() {
            return;
        }
        for alias in aliases {
            self.out.push_str("<span id=\"");
            escape::text(&mut self.out, alias);
            self.out.push_str("\"></span>");
        }
    }

    /// A heading such as `### 第三条 备份` is a clause too.
    pub(super) fn heading_clause(&mut self, at: usize) {
        let start = self.scan.headings.get(at).map(|heading| heading.span.start);
        let next = self.scan.clauses.get(self.clauses).map(|clause| clause.span().start);
        if start.is_some() && start == next {
            self.clauses += 1;
            self.in_clause = true;
        }
    }

    /// What stands behind the last block of a clause: the mark of who cites it.
    pub(super) fn end_clause(&mut self) {
        if let Some(anchor) = self.cited.take() {
            self.line();
            self.citations(&anchor);
        }
    }

    /// The mark of a clause or heading that other chapters cite, with their list.
    pub(super) fn citations(&mut self, anchor: &str) {
        let Some(cited) = self.resolve.cited(anchor).filter(|_| !self.is_quoted()) else { return };
        self.out.push_str("<details class=\"cited-by\"><summary>");
        escape::text(&mut self.out, &cited.label);
        self.out.push_str("</summary>\n<ul>\n");
        for (address, words) in &cited.places {
            self.out.push_str("<li><a href=\"");
            escape::address(&mut self.out, address);
            self.out.push_str("\">");
            escape::text(&mut self.out, words);
            self.out.push_str("</a></li>\n");
        }
        self.out.push_str("</ul></details>\n");
    }
}
