//! How far what an anchor names goes. Cards, previews and quotations all ask here.

use super::super::structure::ClausePart;
use super::Document;
use std::ops::Range;

/// What an anchor names, and all that belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// A heading: its index. Its section goes to the next heading of its level.
    Heading(usize),
    /// A clause: its index. It goes to the next clause or heading.
    Clause(usize),
    /// A paragraph or item of a clause. It goes to the next that is no part of it.
    Part(ClausePart),
}

impl Document {
    /// What an anchor names, a clause before its parts and before headings.
    #[must_use]
    pub fn named(&self, anchor: &str) -> Option<Extent> {
        let clause = self.clauses.iter().position(|clause| clause.answers_to(anchor)).map(Extent::Clause);
        let part = || self.clause_part(anchor).copied().map(Extent::Part);
        let heading = || self.headings.iter().position(|heading| heading.answers_to(anchor));
        clause.or_else(part).or_else(|| heading().map(Extent::Heading))
    }

    /// Where it stands in the file, from its beginning to where the next begins.
    #[must_use]
    pub fn span_of(&self, extent: &Extent) -> Range<usize> {
        match *extent {
            Extent::Heading(index) => {
                let heading = &self.headings[index];
                let next = self.headings[index + 1..].iter().find(|next| next.level <= heading.level);
                heading.span.start..next.map_or(self.source().len(), |next| next.span.start)
            }
            Extent::Clause(index) => self.clauses[index].span().start..self.end_of_clause(index),
            Extent::Part(part) => part.start..self.end_of_part(&part),
        }
    }

    fn end_of_clause(&self, index: usize) -> usize {
        let start = self.clauses[index].span().start;
        let next = self.clauses.get(index + 1).map_or(self.source().len(), |next| next.span().start);
        let heading = self.headings.partition_point(|heading| heading.span.start <= start);
        self.headings.get(heading).map_or(next, |heading| heading.span.start.min(next))
    }

    fn end_of_part(&self, part: &ClausePart) -> usize {
        let clause = part.clause as usize;
        let within = |other: &&ClausePart| {
            let item = other.paragraph == part.paragraph && (part.item == 0 || other.item == part.item);
            item && (part.sub == 0 || other.sub == part.sub)
        };
        let mut behind = self.parts_of(clause).iter().filter(|other| other.start > part.start);
        behind.find(|other| !within(other)).map_or_else(|| self.end_of_clause(clause), |next| next.start)
    }
}
