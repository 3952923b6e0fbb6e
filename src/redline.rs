//! What differs between two texts of one chapter, clause by clause: the redline (修订对照表).
//!
//! A lawyer reads an amendment by clauses: which were added, which deleted, which say
//! something else, and which say the same under another number. So the texts are first cut
//! into sections and clauses ([`pieces`](crate::markdown::pieces)), these are paired
//! (`align`), the paragraphs and items of a pair are paired likewise, and only within a
//! line words are compared (`words`). Nothing here knows of
//! dates, versions or files: it is a function of two documents.

mod align;
mod item;
mod target;
mod words;

pub use words::{Change, Run};

use crate::markdown::{Document, Piece, parse_clause, pieces_with_targets};
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
    /// It says the same behind or before others than it did, whatever its number.
    Moved,
    /// It says the same in its place, under another number.
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
    /// The same with the targets of links.
    marked: String,
    /// Where both go on behind the label.
    body: usize,
    /// What it says besides its number: the same where only the number differs.
    said: String,
}

impl Unit {
    fn new(piece: Piece) -> Self {
        let label = if piece.heading {
            parse_clause(&piece.text).map_or(0, |opening| opening.label.end)
        } else {
            piece.label.len()
        };
        let body = if piece.text.is_char_boundary(label) { label } else { 0 };
        Self {
            said: said(&piece.text[body..]),
            label: piece.label,
            anchor: piece.anchor,
            text: target::without(&piece.text),
            marked: piece.text,
            body,
        }
    }

    /// Its paragraphs, items and rows of tables.
    fn lines(&self) -> Vec<Self> {
        let mut start = 0;
        let line = |text: &str| {
            let first = start == 0;
            start += text.len() + 1;
            let body = if first { self.body.min(text.len()) } else { item::label(text) };
            let label = text[..body].to_owned();
            let (said, marked) = (said(&text[body..]), text.to_owned());
            Self { said, label, anchor: String::new(), text: target::without(text), marked, body }
        };
        self.marked.split('\n').map(line).collect()
    }

    /// Its number: 第三条 of 第三条 定义.
    fn number(&self) -> &str {
        &self.text[..self.body]
    }
}

/// What a text says besides spaces and the width of its signs: those who type a law anew
/// write （一） or (一), and nobody has amended it.
fn said(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

/// A paragraph, item or row of a table, before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// What became of it.
    pub kind: Kind,
    /// Before; `None` for what is new.
    pub from: Option<String>,
    /// After; `None` for what is gone.
    pub to: Option<String>,
    /// The text of both, cut where they differ.
    pub runs: Vec<Run>,
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
    /// Its paragraphs, items and rows of tables, in the order of the text after.
    pub parts: Vec<Part>,
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
            pieces_with_targets(document, skip).into_iter().map(Unit::new).collect()
        };
        Self::of(units(before, titles[0]), units(after, titles[1]))
    }

    fn of(before: Vec<Unit>, after: Vec<Unit>) -> Self {
        let row = |Pair { from, to, moved }: Pair| {
            let (from, to) = (from.map(|at| &before[at]), to.map(|at| &after[at]));
            let parts = parts(from, to);
            Row { kind: kind(from, to, moved), from: from.cloned(), to: to.cloned(), parts }
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

/// What became of a unit that is another one after.
fn kind(from: Option<&Unit>, to: Option<&Unit>, moved: bool) -> Kind {
    match (from, to) {
        (Some(from), Some(to)) if from.said != to.said => Kind::Changed,
        // Who puts a clause in another place gives it another number too: it has moved.
        (Some(_), Some(_)) if moved => Kind::Moved,
        (Some(from), Some(to)) if said(from.number()) != said(to.number()) => Kind::Renumbered,
        (Some(_), Some(_)) => Kind::Same,
        (None, _) => Kind::Added,
        (_, None) => Kind::Deleted,
    }
}

/// The lines of a unit before and after.
fn parts(from: Option<&Unit>, to: Option<&Unit>) -> Vec<Part> {
    let lines = |unit: Option<&Unit>| unit.map_or_else(Vec::new, Unit::lines);
    let (before, after) = (lines(from), lines(to));
    let pairs = match (before.len(), after.len()) {
        (1, 1) => vec![Pair { from: Some(0), to: Some(0), moved: false }],
        _ => align::pairs(&before, &after),
    };
    let part = |Pair { from, to, moved }: Pair| {
        let (from, to) = (from.map(|at| &before[at]), to.map(|at| &after[at]));
        let marked = |unit: Option<&'_ Unit>| unit.map_or("", |unit| unit.marked.as_str()).to_owned();
        let mut runs = words::compare(&marked(from), &marked(to));
        target::show(&mut runs, from.is_some() && to.is_some());
        let side = |own: Change| -> String {
            let own = runs.iter().filter(|run| run.change == Change::Same || run.change == own);
            own.map(|run| run.text.as_str()).collect()
        };
        let (before, after) = (from.map(|_| side(Change::Deleted)), to.map(|_| side(Change::Added)));
        Part { kind: kind(from, to, moved), from: before, to: after, runs }
    };
    pairs.into_iter().map(part).collect()
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

    #[test]
    fn a_clause_that_passes_others_has_moved_whatever_its_number() {
        let clause = |number: &str, text: &str| format!("第{number}条 {text}\n\n");
        let (pay, leave, travel, keys) =
            ("工资每月十日发放。", "员工每年有五天年假。", "出差乘坐二等座。", "下班锁门，钥匙交给门卫。");
        let before = [("一", pay), ("二", leave), ("三", travel), ("四", keys)];
        let after = [("一", keys), ("二", pay), ("三", leave), ("四", travel)];
        let text = |clauses: [(&str, &str); 4]| clauses.map(|(number, text)| clause(number, text)).concat();
        assert_eq!(
            kinds(&text(before), &text(after)),
            [
                "moved 第四条 第一条",
                "renumbered 第一条 第二条",
                "renumbered 第二条 第三条",
                "renumbered 第三条 第四条"
            ]
        );
    }

    #[test]
    fn of_clauses_made_one_the_first_is_changed_and_of_one_made_two_the_nearer() {
        let (cash, bank) =
            ("现金付款须有两人签字，并附发票原件和验收单。", "银行付款须经财务经理在系统中批准后方可执行。");
        let apart = format!("第一条 {cash}\n\n第二条 {bank}\n\n第三条 本制度由财务部解释。\n");
        let joined = format!("第一条 {cash}{bank}\n\n第二条 本制度由财务部解释。\n");
        assert_eq!(
            kinds(&apart, &joined),
            ["changed 第一条 第一条", "deleted 第二条 -", "renumbered 第三条 第二条"]
        );
        assert_eq!(
            kinds(&joined, &apart),
            ["changed 第一条 第一条", "added - 第二条", "renumbered 第二条 第三条"]
        );
    }

    #[test]
    fn a_clause_between_two_renumbers_nobody() {
        let before = "第一条 甲方按月付款，逾期计息。\n\n第二条 乙方按期交货。\n";
        let after =
            "第一条 甲方按月付款，逾期计息。\n\n第一条之一 甲方可以提前付款。\n\n第二条 乙方按期交货。\n";
        assert_eq!(kinds(before, after), ["same 第一条 第一条", "added - 第一条之一", "same 第二条 第二条"]);
    }

    #[test]
    fn a_clause_that_is_hardly_alike_is_the_one_between_the_same_neighbours() {
        let before = "第一条 总经理批准预算。\n\n第二条 对成绩显著的单位或者个人给予奖励。\n\n第三条 本办法自公布之日起施行，由财务部解释。\n";
        let after = "第一条 总经理批准预算。\n\n第二条 国家加强人才培养，完善激励保障。对做出突出贡献的组织和个人，按照有关规定给予表彰和奖励。\n\n第三条 本办法自公布之日起施行，由财务部解释。\n";
        assert_eq!(
            kinds(before, after),
            ["same 第一条 第一条", "changed 第二条 第二条", "same 第三条 第三条"]
        );
    }

    #[test]
    fn the_width_of_signs_is_no_amendment() {
        assert_eq!(
            kinds(
                "第一条 下列情形:\n(一)迟到；\n(二)早退。\n",
                "第一条 下列情形：\n（一）迟到；\n（二）早退。\n"
            ),
            ["same 第一条 第一条"]
        );
    }

    #[test]
    fn paragraphs_and_items_are_paired_within_a_clause() {
        let document = |text: &str| Document::new(text, &MarkdownOptions::default());
        let before =
            "第一条 下列费用可以报销：\n\n（一）交通费；\n\n（二）住宿费，每晚三百元；\n\n（三）餐费。\n";
        let after =
            "第一条 下列费用可以报销：\n\n（一）通信费；\n\n（二）交通费；\n\n（三）住宿费，每晚四百元；\n";
        let redline = Redline::between(&document(before), &document(after), [false, false]);
        let shown = |part: &Part| {
            let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".to_owned());
            format!("{} {} {}", part.kind.key(), side(&part.from), side(&part.to))
        };
        assert_eq!(
            redline.rows[0].parts.iter().map(shown).collect::<Vec<_>>(),
            [
                "same 第一条 下列费用可以报销： 第一条 下列费用可以报销：",
                "added - （一）通信费；",
                "renumbered （一）交通费； （二）交通费；",
                "changed （二）住宿费，每晚三百元； （三）住宿费，每晚四百元；",
                "deleted （三）餐费。 -"
            ]
        );
    }

    #[test]
    fn tables_are_compared_by_rows_and_pictures_by_file() {
        let document = |text: &str| Document::new(text, &MarkdownOptions::default());
        let before =
            "## 标准\n\n| 城市 | 每晚 |\n| --- | --- |\n| 北京 | 500 |\n| 成都 | 300 |\n\n![流程](a.png)\n";
        let after = before.replace("| 成都 | 300 |", "| 成都 | 350 |").replace("a.png", "b.png");
        let redline = Redline::between(&document(before), &document(&after), [false, false]);
        let changed: Vec<(&str, &str)> = redline.rows[0]
            .parts
            .iter()
            .filter(|part| part.kind == Kind::Changed)
            .filter_map(|part| Some((part.from.as_deref()?, part.to.as_deref()?)))
            .collect();
        assert_eq!(changed, [("成都 | 300", "成都 | 350"), ("[a.png]", "[b.png]")]);
    }
}
