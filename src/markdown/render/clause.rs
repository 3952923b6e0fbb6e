//! Clauses: their number, their parts' anchors, and who cites them.

use super::super::{ClausePart, clause, escape};
use super::{Kind, NodeId, PlaceList, Writer};
use crate::text::encode_path;
use std::fmt::Write as _;

impl Writer<'_, '_> {
    pub(super) fn paragraph(&mut self, id: NodeId) {
        self.line();
        match self.document.tree.kind(id) {
            Kind::Clause(index) => {
                self.end_clause();
                self.in_clause = true;
                self.clause(id, index as usize);
            }
            _ if self.depth == 0 => self.further_paragraph(self.document.tree.span(id).start),
            _ => self.out.push_str("<p>"),
        }
    }

    /// A paragraph that begins no clause: it may belong to one, and be numbered itself.
    fn further_paragraph(&mut self, start: usize) {
        let depth = self.indent_at(start);
        match (self.in_clause, depth) {
            (false, 0) => return self.out.push_str("<p>"),
            (false, depth) => {
                let _ = write!(self.out, "<p class=\"item-{depth}\"");
            }
            (true, 0) => self.out.push_str("<p class=\"clause-paragraph\""),
            (true, depth) => {
                let _ = write!(self.out, "<p class=\"clause-paragraph item-{depth}\"");
            }
        }
        self.part_id(start);
        self.out.push('>');
    }

    /// How far below others a numbered paragraph stands.
    fn indent_at(&self, start: usize) -> u8 {
        let indents = &self.document.indents;
        let at = indents.binary_search_by_key(&start, |indent| indent.start as usize);
        at.ok().and_then(|at| indents.get(at)).map_or(0, |indent| indent.depth)
    }

    /// The `id` of the clause's paragraph or item that begins here, if one does.
    pub(super) fn part_id(&mut self, start: usize) {
        let Some(part) = self.part_at(start).filter(|_| !self.is_quoted()) else { return };
        self.out.push_str(" id=\"");
        let anchor = self.anchor_of(&part);
        escape::text(&mut self.out, &anchor);
        self.out.push('"');
    }

    /// The anchor of a part of a clause.
    pub(super) fn anchor_of(&self, part: &ClausePart) -> String {
        let clause = self.document.clauses.get(part.clause as usize);
        part.anchor(clause.map_or("", |clause| &*clause.anchor))
    }

    /// Takes the next part of a clause off the list if it begins here.
    pub(super) fn part_at(&mut self, start: usize) -> Option<ClausePart> {
        let parts = &self.document.clause_parts;
        while parts.get(self.clause_parts).is_some_and(|part| part.start < start) {
            self.clause_parts += 1;
        }
        let part = *parts.get(self.clause_parts).filter(|part| part.start == start)?;
        self.clause_parts += 1;
        Some(part)
    }

    fn clause(&mut self, id: NodeId, index: usize) {
        let (found, paragraph) = (&self.document.clauses[index], self.document.tree.written(id));
        self.cited = Some(found.anchor.to_string());
        let Some(opening) = clause::parse(paragraph) else { return };
        let label = format!("{}{}", &paragraph[opening.shown.clone()], &paragraph[opening.separator.clone()]);
        if self.is_quoted() {
            self.out.push_str("<p class=\"clause\"><span class=\"clause-number\">");
            escape::text(&mut self.out, &label);
            self.out.push_str("</span> ");
        } else {
            self.out.push_str("<p class=\"clause\" id=\"");
            escape::text(&mut self.out, &found.anchor);
            self.out.push_str("\">");
            self.aliases(&found.aliases());
            self.out.push_str("<a class=\"clause-number\" href=\"#");
            self.out.push_str(&encode_path(&found.anchor));
            self.out.push_str("\">");
            escape::text(&mut self.out, &label);
            self.out.push_str("</a> ");
        }
        // `**第三条 目的** 为了`: what the label is set in begins behind it.
        self.opens_late = opening.goes_on;
        self.skip_to = self.document.tree.span(id).start + opening.rest;
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
    pub(super) fn heading_clause(&mut self, start: usize) {
        let clauses = &self.document.clauses;
        self.in_clause |= clauses.binary_search_by_key(&start, |clause| clause.span().start).is_ok();
    }

    /// What stands behind the last block of a clause: the mark of who cites it.
    pub(super) fn end_clause(&mut self) {
        if let Some(anchor) = self.cited.take() {
            self.line();
            self.citations(&anchor);
        }
    }

    /// The marks of a clause or heading: which other chapters cite it, and in which editions
    /// it changed.
    pub(super) fn citations(&mut self, anchor: &str) {
        if self.is_quoted() {
            return;
        }
        if let Some(cited) = self.resolve.cited(anchor) {
            self.place_list("cited-by", &cited);
        }
        if let Some(history) = self.resolve.history(anchor) {
            self.place_list("cited-by clause-history", &history);
        }
    }

    fn place_list(&mut self, class: &str, list: &PlaceList) {
        let _ = write!(self.out, "<details class=\"{class}\"><summary>");
        escape::text(&mut self.out, &list.label);
        self.out.push_str("</summary>\n<ul>\n");
        for (address, words) in &list.places {
            self.out.push_str("<li><a href=\"");
            escape::address(&mut self.out, address);
            self.out.push_str("\">");
            escape::text(&mut self.out, words);
            self.out.push_str("</a></li>\n");
        }
        self.out.push_str("</ul></details>\n");
    }
}
