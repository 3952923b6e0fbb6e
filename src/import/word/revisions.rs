//! The table of revisions: version, day, what changed, by whom.

use super::date;
use super::model::{Block, Table};
use serde_yaml::{Mapping, Value};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Version,
    Date,
    By,
    Note,
    /// Numbers of the rows.
    Number,
    /// Something else, which the note takes with its name.
    Other,
}

/// The columns: their places, what they hold, their names.
type Heads = Vec<(usize, Column, String)>;

/// What a table says of revisions.
pub(super) enum Found {
    /// It is another table, or has none.
    Nothing,
    /// The revisions, from the oldest.
    Revisions(Value),
    /// A row that cannot be read whole, so that the table stays as it is.
    Unread(String),
}

/// Whether a table is one of revisions.
pub(super) fn is_one(table: &Table, is_announced: bool) -> bool {
    head(table, is_announced).is_some()
}

/// Reads a table of revisions.
pub(super) fn read(table: &Table, is_announced: bool) -> Found {
    let Some((at, heads)) = head(table, is_announced) else { return Found::Nothing };
    let mut revisions: Vec<(jiff::civil::Date, Mapping)> = Vec::new();
    for row in table.rows.iter().skip(at + 1) {
        let cells: Vec<(usize, String)> =
            row.cells.iter().map(|cell| (cell.column, cell.words().trim().to_owned())).collect();
        if cells.iter().all(|(_, text)| text.is_empty()) {
            continue;
        }
        let unread =
            || Found::Unread(cells.iter().map(|cell| cell.1.as_str()).collect::<Vec<_>>().join(" | "));
        if row.cells.iter().any(|cell| cell.columns > 1 || cell.rows > 1) {
            return unread();
        }
        let of = |kind: Column| {
            let is_it = |(column, text): &&(usize, String)| {
                !text.is_empty() && heads.iter().any(|head| head.0 == *column && head.1 == kind)
            };
            let texts: Vec<&str> = cells.iter().filter(is_it).map(|(_, text)| text.as_str()).collect();
            texts.join("；")
        };
        // A row with a number alone was never filled in.
        if cells.iter().all(|(column, text)| text.is_empty() || kind(&heads, *column) == Column::Number) {
            continue;
        }
        let Some(day) = date::read(&of(Column::Date)) else { return unread() };
        let mut note = of(Column::Note).replace('\n', "；");
        for (column, text) in
            cells.iter().filter(|(column, text)| kind(&heads, *column) == Column::Other && !text.is_empty())
        {
            let name = heads.iter().find(|head| head.0 == *column).map_or("", |head| head.2.as_str());
            note.push_str(&format!("（{name}：{text}）"));
        }
        let mut revision = Mapping::new();
        let mut put = |key: &str, text: String| {
            if !text.is_empty() {
                revision.insert(Value::String(key.to_owned()), Value::String(text));
            }
        };
        put("version", of(Column::Version));
        put("date", day.to_string());
        put("by", of(Column::By).replace('\n', "、"));
        put("note", note);
        revisions.push((day, revision));
    }
    if revisions.is_empty() {
        return Found::Nothing;
    }
    // Tables with the newest on top are turned; others stay as they are.
    if revisions.windows(2).all(|pair| pair[0].0 >= pair[1].0) && revisions.len() > 1 {
        revisions.reverse();
    }
    revisions.sort_by_key(|revision| revision.0);
    Found::Revisions(revisions.into_iter().map(|revision| Value::Mapping(revision.1)).collect())
}

fn kind(heads: &[(usize, Column, String)], column: usize) -> Column {
    heads.iter().find(|head| head.0 == column).map_or(Column::Other, |head| head.1)
}

/// The row with the names of the columns.
fn head(table: &Table, is_announced: bool) -> Option<(usize, Heads)> {
    let titled = table
        .rows
        .first()
        .is_some_and(|row| matches!(row.cells.as_slice(), [cell] if is_title(&cell.words())));
    let at = usize::from(titled);
    let row = table.rows.get(at)?;
    if row.cells.iter().any(|cell| cell.columns > 1) {
        return None;
    }
    let heads: Heads = row
        .cells
        .iter()
        .map(|cell| {
            let words: String = cell.words().chars().filter(|sign| !sign.is_whitespace()).collect();
            (cell.column, column(&words.to_lowercase()), words)
        })
        .collect();
    let has = |kind: Column| heads.iter().any(|head| head.1 == kind);
    let speaks = heads.iter().any(|head| {
        ["修订", "修改", "变更", "更改", "revis", "change"]
            .iter()
            .any(|word| head.2.to_lowercase().contains(word))
    });
    let is_it = has(Column::Date)
        && has(Column::Note)
        && (is_announced || titled || speaks || has(Column::Version) && has(Column::By));
    is_it.then_some((at, heads))
}

/// Whether a line announces the table of revisions.
pub(super) fn is_title(text: &str) -> bool {
    let bare: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    let bare = bare.trim_end_matches(['：', ':', '表']).to_lowercase();
    let bare = bare.trim_start_matches("文件").trim_start_matches("文档").trim_start_matches("制度");
    const TITLES: [&str; 16] = [
        "修订记录",
        "修订历史",
        "修改记录",
        "变更记录",
        "变更历史",
        "更改记录",
        "版本记录",
        "版本历史",
        "修订履历",
        "修改履历",
        "版本变更记录",
        "版本修订记录",
        "更新记录",
        "revisionhistory",
        "changehistory",
        "documenthistory",
    ];
    TITLES.contains(&bare)
}

fn column(name: &str) -> Column {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if matches!(name, "序号" | "no" | "no." | "#" | "编号" | "次数" | "修订次数" | "修改次数") {
        Column::Number
    } else if has(&["日期", "时间", "date"]) {
        Column::Date
    } else if has(&["版", "version", "rev."]) || name == "revision" || name == "rev" {
        Column::Version
    } else if has(&[
        "审核", "批准", "审批", "复核", "核准", "approve", "review", "章节", "条款", "页", "状态",
    ]) {
        Column::Other
    } else if has(&["人", "编制", "编写", "作者", "拟制", "修订者", "修改者", "by", "author"])
    {
        Column::By
    } else if has(&[
        "内容",
        "说明",
        "摘要",
        "描述",
        "原因",
        "备注",
        "事项",
        "概要",
        "change",
        "description",
        "note",
        "summary",
    ]) {
        Column::Note
    } else {
        Column::Other
    }
}

/// Whether a block is the line that announces the table of revisions.
pub(super) fn announces(block: &Block) -> bool {
    matches!(block, Block::Paragraph(paragraph) if is_title(&paragraph.words()))
}
