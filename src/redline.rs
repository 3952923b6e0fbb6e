//! What differs between two texts of one chapter, clause by clause: the redline (修订对照表).
//!
//! A lawyer reads an amendment by clauses: which were added, which deleted, which say
//! something else, and which say the same under another number. So the texts are first cut
//! into sections and clauses ([`pieces`](crate::markdown::pieces)), these are paired
//! (`align`), and only within a pair words are compared (`words`). Nothing here knows of
//! dates, versions or files: it is a function of two documents.

mod align;
mod words;

pub use words::{Change, Run};

use crate::markdown::{Document, Piece, parse_clause, pieces};
use align::Pair;
use serde::Serialize;

/// What became of a section or clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It is as it was.
    Same,
    /// It is new.
    Added,
    /// It is gone.
    Deleted,
    /// It says something else.
    Changed,
    /// It says the same in another place.
    Moved,
    /// It says the same under another number.
    Renumbered,
}

impl Kind {
    /// What differs, in the order in which it is counted.
    pub const DIFFERENT: [Self; 5] =
        [Self::Added, Self::Deleted, Self::Changed, Self::Moved, Self::Renumbered];

    /// A stable name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Added => "added",
            Self::Deleted => "deleted",
            Self::Changed => "changed",
            Self::Moved => "moved",
            Self::Renumbered => "renumbered",
        }
    }
}

/// A section or clause of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unit {
    /// What it is called: 第三条, the words of a heading, or nothing for what stands before
    /// the first of them.
    pub label: String,
    /// Its anchor in its text.
    pub anchor: String,
    /// What a reader sees of it, label included; paragraphs, items and rows stand on lines
    /// of their own.
    pub text: String,
    /// Where the text goes on behind the label.
    body: usize,
}

impl Unit {
    fn new(piece: Piece) -> Self {
        let label = if piece.heading {
            parse_clause(&piece.text).map_or(0, |opening| opening.label.end)
        } else {
            piece.label.len()
        };
        let body = if piece.text.is_char_boundary(label) { label } else { 0 };
        Self { label: piece.label, anchor: piece.anchor, text: piece.text, body }
    }

    /// What it says besides its number, without spaces: the same where only the number
    /// differs.
    fn says(&self) -> String {
        self.text[self.body..].chars().filter(|c| !c.is_whitespace()).collect()
    }
}

/// A row of the redline: a unit before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// What became of it.
    pub kind: Kind,
    /// Before; `None` for what is new.
    pub from: Option<Unit>,
    /// After; `None` for what is gone.
    pub to: Option<Unit>,
    /// The text of both, cut where they differ.
    pub runs: Vec<Run>,
}

/// What differs between two texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Redline {
    /// All units, in the order of the text after; what is gone stands where it was.
    pub rows: Vec<Row>,
}

impl Redline {
    /// Compares two texts. `titles` says of each whether its first heading only repeats the
    /// title and is left out.
    #[must_use]
    pub fn between(before: &Document, after: &Document, titles: [bool; 2]) -> Self {
        let units = |document: &Document, skip: bool| -> Vec<Unit> {
            pieces(document, skip).into_iter().map(Unit::new).collect()
        };
        Self::of(units(before, titles[0]), units(after, titles[1]))
    }

    fn of(before: Vec<Unit>, after: Vec<Unit>) -> Self {
        let row = |Pair { from, to, moved }: Pair| {
            let (from, to) = (from.map(|at| before[at].clone()), to.map(|at| after[at].clone()));
            let kind = match (&from, &to) {
                (Some(from), Some(to)) if from.text == to.text && !moved => Kind::Same,
                (Some(from), Some(to)) if from.says() != to.says() => Kind::Changed,
                (Some(from), Some(to)) if number(from) != number(to) => Kind::Renumbered,
                (Some(_), Some(_)) if moved => Kind::Moved,
                (Some(_), Some(_)) => Kind::Same,
                (None, _) => Kind::Added,
                (_, None) => Kind::Deleted,
            };
            let text = |unit: &Option<Unit>| unit.as_ref().map_or(String::new(), |unit| unit.text.clone());
            let runs = words::compare(&text(&from), &text(&to));
            Row { kind, from, to, runs }
        };
        Self { rows: align::pairs(&before, &after).into_iter().map(row).collect() }
    }

    /// The rows that differ.
    pub fn changes(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.kind != Kind::Same)
    }

    /// How many rows there are of a kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.rows.iter().filter(|row| row.kind == kind).count()
    }
}

/// The number in a unit's label: 第三条 of 第三条 定义.
fn number(unit: &Unit) -> &str {
    unit.text.get(..unit.body).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::MarkdownOptions;

    /// The kinds of all rows with their labels before and after.
    fn kinds(before: &str, after: &str) -> Vec<String> {
        let document = |text: &str| Document::new(text, &MarkdownOptions::default());
        let redline = Redline::between(&document(before), &document(after), [false, false]);
        let label = |unit: &Option<Unit>| unit.as_ref().map_or("-".to_owned(), |unit| unit.label.clone());
        let shown = |row: &Row| format!("{} {} {}", row.kind.key(), label(&row.from), label(&row.to));
        redline.rows.iter().map(shown).collect()
    }

    #[test]
    fn a_clause_put_in_between_renumbers_those_behind_it() {
        let before = "第一条 甲款。\n\n第二条 乙款有足够长的文字。\n\n第三条 丙款也有足够长的文字。\n";
        let after = "第一条 甲款。\n\n第二条 新增的一条。\n\n第三条 乙款有足够长的文字。\n\n第四条 丙款也有足够长的文字。\n";
        assert_eq!(
            kinds(before, after),
            ["same 第一条 第一条", "added - 第二条", "renumbered 第二条 第三条", "renumbered 第三条 第四条"]
        );
        assert_eq!(
            kinds(after, before),
            [
                "same 第一条 第一条",
                "deleted 第二条 -",
                "renumbered 第三条 第二条",
                "renumbered 第四条 第三条"
            ]
        );
    }

    #[test]
    fn a_clause_that_says_something_else_is_changed_and_one_that_stands_elsewhere_moved() {
        assert_eq!(kinds("第一条 每人五天年假。\n", "第一条 每人六天年假。\n"), ["changed 第一条 第一条"]);
        assert_eq!(
            kinds(
                "第一条 员工每年有五天年假。\n\n第二条 请假提前三天。\n",
                "第一条 总则是新的。\n\n第二条 员工每年有六天年假，可以结转。\n\n第三条 请假提前三天。\n"
            ),
            ["added - 第一条", "changed 第一条 第二条", "renumbered 第二条 第三条"]
        );
        let (one, two, three) =
            ("## Leave\n\nFive days.\n", "## Pay\n\nOn the tenth.\n", "## Travel\n\nBy train.\n");
        assert_eq!(
            kinds(&[one, two, three].join("\n"), &[three, one, two].join("\n")),
            ["moved Travel Travel", "same Leave Leave", "same Pay Pay"]
        );
    }

    #[test]
    fn a_heading_with_a_number_is_renumbered_too() {
        assert_eq!(
            kinds(
                "### 第一条 目的\n\n为了管理。\n\n### 第二条 范围\n\n全体员工。\n",
                "### 第一条 依据\n\n依法。\n\n### 第二条 目的\n\n为了管理。\n\n### 第三条 范围\n\n全体员工。\n"
            ),
            [
                "added - 第一条 依据",
                "renumbered 第一条 目的 第二条 目的",
                "renumbered 第二条 范围 第三条 范围"
            ]
        );
    }
}
