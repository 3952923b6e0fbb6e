//! How far what an anchor names goes. Cards, previews and quotations all ask here.

use super::super::structure::ClausePart;
use super::Document;
use std::ops::Range;

/// What an anchor names, and all that belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// A heading: its index. Its section goes to the next heading of its level.
    Heading(usize),
    /// A clause: its index. It goes to the next clause or heading; one that is a
    /// heading keeps the headings below its own level.
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
        clause.or_else(part).or_else(|| heading().map(|index| self.of_heading(index)))
    }

    /// The anchor of the last clause or heading that begins at a place or before it.
    #[must_use]
    pub fn anchor_before(&self, place: usize) -> Option<&str> {
        let clauses = self.clauses.partition_point(|clause| clause.span().start <= place);
        let headings = self.headings.partition_point(|heading| heading.span.start <= place);
        let clause = self.clauses[..clauses].last();
        let heading = self.headings[..headings].last();
        match (clause, heading) {
            (Some(clause), Some(heading)) if heading.span.start > clause.span().start => {
                Some(&heading.anchor)
            }
            (Some(clause), _) => Some(&clause.anchor),
            (None, heading) => heading.map(|heading| heading.anchor.as_str()),
        }
    }

    /// A heading such as `### 第三条 备份` has an anchor of its own besides 第三条.
    fn of_heading(&self, index: usize) -> Extent {
        let start = self.headings[index].span.start;
        let clause = self.clauses.binary_search_by_key(&start, |clause| clause.span().start);
        clause.map_or(Extent::Heading(index), Extent::Clause)
    }

    /// Whether a part of a clause is a paragraph, not the entry of a list, which can
    /// be shown only within its clause.
    #[must_use]
    pub fn stands_alone(&self, part: &ClausePart) -> bool {
        let indented = || self.indents.binary_search_by_key(&part.start, |indent| indent.start as usize);
        part.item == 0 || indented().is_ok()
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
        let from = self.headings.partition_point(|heading| heading.span.start < start);
        let own = self.headings.get(from).filter(|heading| heading.span.start == start);
        let level = own.map_or(u8::MAX, |heading| heading.level);
        let behind = self.headings.get(from + usize::from(own.is_some())..).unwrap_or(&[]);
        let mut within = behind.iter().take_while(|heading| heading.span.start < next);
        within.find(|heading| heading.level <= level).map_or(next, |heading| heading.span.start)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::MarkdownOptions;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let document = Document::new(text, &MarkdownOptions::default());
        let words = |extent: Extent| text[document.span_of(&extent)].trim();
        for (anchor, wanted) in expected {
            assert_eq!(document.named(anchor).map(words), Some(*wanted), "{anchor} of {text:?}");
        }
        assert_eq!(document.named("第九十九条"), None);
    }

    #[test]
    fn a_clause_goes_on_to_the_next() {
        let first = "第一条 乙\n\n（一）丙\n\n丁";
        let text = format!("## 第一章 甲\n\n{first}\n\n第二条 戊\n\n## 第二章 己\n\n第三条 庚\n");
        let part = text.split("\n\n## 第二章").next().unwrap_or("");
        check(
            &text,
            &[
                ("第一条", first),
                ("1", first),
                ("第一条第1项", "（一）丙"),
                ("第一条第2款", "丁"),
                ("第二条", "第二条 戊"),
                ("第一章", part),
                ("第三条", "第三条 庚"),
            ],
        );
    }

    #[test]
    fn a_clause_that_is_a_heading_keeps_those_below_it() {
        let first = "### 第一条 甲\n\n乙\n\n#### 细则\n\n丙";
        check(
            &format!("{first}\n\n### 第二条\n\n丁\n\n## 附则\n\n戊\n"),
            &[
                ("第一条", first),
                ("第一条-甲", first),
                ("第二条", "### 第二条\n\n丁"),
                ("细则", "#### 细则\n\n丙"),
            ],
        );
        check(
            "### 第一条\n\n甲\n\n第二条 乙\n\n#### 丙\n\n丁\n",
            &[("第一条", "### 第一条\n\n甲"), ("第二条", "第二条 乙")],
        );
    }

    #[test]
    fn items_keep_what_stands_below_them() {
        check(
            "第一条 甲：\n（一）乙：\n1．丙；\n（1）丁；\n①戊；\n2．己；\n（二）庚。\n第二条 辛\n",
            &[
                ("第一条第1项", "（一）乙：\n1．丙；\n（1）丁；\n①戊；\n2．己；"),
                ("第一条第1项第1目", "1．丙；\n（1）丁；\n①戊；"),
                ("第一条第2项", "（二）庚。"),
            ],
        );
    }
}
