//! The table at the head of a document: number, version, dates, who wrote and approved it.
//!
//! A table counts as one if two of its labels are known. What it says becomes front
//! matter; what no field stands for, or what a field does not take, stays in the text.

use super::date;
use super::model::{Block, Cell, Paragraph, Table};
use super::restriction;
use crate::chapter::field::Field;
use crate::chapter::vocabulary::{Kind, Status, Vocabulary as _};
use serde_yaml::Value;
use std::collections::BTreeMap;

/// Fields of front matter, by their keys.
pub(super) type Fields = BTreeMap<&'static str, Value>;

/// What people call fields in tables, beside the words that the handbook knows.
const WORDS: &[(&str, &[&str])] = &[
    ("title", &["制度名", "文件名", "文件标题", "文档名称", "title", "documenttitle"]),
    (
        "id",
        &[
            "文件号",
            "文件代号",
            "编码",
            "文件编码",
            "制度编码",
            "文档编号",
            "制度文号",
            "发文字号",
            "documentno",
            "documentno.",
            "documentnumber",
            "docno",
            "docno.",
            "documentid",
            "policynumber",
            "policyno.",
        ],
    ),
    (
        "version",
        &["版次", "版本/版次", "版本号/修订号", "版号", "现行版本", "version", "rev", "rev.", "revision"],
    ),
    (
        "effective",
        &[
            "施行时间",
            "实行日期",
            "执行日期",
            "生效时间",
            "实施时间",
            "启用日期",
            "effectivedate",
            "effective",
        ],
    ),
    (
        "review_by",
        &["下次评审日期", "下次复审日期", "复核日期", "reviewdate", "nextreview", "nextreviewdate"],
    ),
    (
        "owner",
        &[
            "主责部门",
            "责任人",
            "归口单位",
            "主办部门",
            "发布部门",
            "制定部门",
            "编制部门",
            "起草部门",
            "管理部门",
            "owner",
            "documentowner",
            "policyowner",
        ],
    ),
    (
        "author",
        &[
            "编写",
            "编写人",
            "拟制",
            "拟制人",
            "拟定",
            "拟定人",
            "制定",
            "制定人",
            "制订",
            "编制者",
            "author",
            "preparedby",
        ],
    ),
    ("reviewer", &["审查", "审查人", "校核", "校核人", "审核者", "reviewedby", "reviewer", "checkedby"]),
    ("approver", &["核准", "核准人", "审定", "签批", "批准者", "approvedby", "approver"]),
    (
        "confidentiality",
        &["保密等级", "保密级别", "文件密级", "机密等级", "classification", "confidentiality"],
    ),
    ("kind", &["文件种类", "制度类型", "文件类别", "documenttype"]),
    ("departments", &["适用单位"]),
    ("supersedes", &["代替文件", "替代文件", "supersedes"]),
    ("status", &["文件状态", "status"]),
];

/// What a word in a table stands for.
fn field(label: &str) -> Option<&'static str> {
    if restriction::is_readers(label) {
        return Some("audience");
    }
    let key = WORDS.iter().find(|row| row.1.contains(&label)).map(|row| row.0);
    key.or_else(|| {
        Field::ALL.iter().map(|field| field.row()).find(|row| row.words.contains(&label)).map(|row| row.key)
    })
}

/// A label without the spaces that stretch it, and without its colon.
fn label(text: &str) -> String {
    let bare: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    let bare = bare.trim_end_matches(['：', ':']).to_lowercase();
    bare.strip_suffix("/日期").or_else(|| bare.strip_suffix("及日期")).map(str::to_owned).unwrap_or(bare)
}

/// A label and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pair {
    label: String,
    value: String,
}

/// Takes what a table says of the document; `None` where it is another table. What is left
/// of it is given back to stand in its place.
pub(super) fn take_table(table: &Table, fields: &mut Fields, told: &mut Vec<String>) -> Option<Vec<Block>> {
    let (pairs, rest) = pairs(table);
    let known = pairs.iter().filter(|pair| is_taken(&pair.label)).count();
    let is_prose = |pair: &Pair| pair.value.chars().count() > 80;
    if known < 2 || pairs.iter().any(is_prose) || rest.iter().any(|cell| cell.words().chars().count() > 60) {
        return None;
    }
    let mut left = take(pairs, fields, told);
    let mut blocks = Vec::new();
    for cell in rest {
        let words = label(&cell.words());
        let title = fields.get("title").and_then(Value::as_str).map(label);
        if !words.is_empty() && title.is_none_or(|title| title != words) || words.is_empty() {
            blocks.extend(cell.blocks.iter().filter(|block| !is_empty(block)).cloned());
        }
    }
    left.retain(|pair| !is_page_number(&pair.label));
    blocks.extend((!left.is_empty()).then(|| Block::Table(of_pairs(&left))));
    Some(blocks)
}

/// Takes what a line of labels says (`文件编号：A-1　版本：1.0`); false where it is another text.
pub(super) fn take_line(paragraph: &Paragraph, fields: &mut Fields, told: &mut Vec<String>) -> bool {
    if !paragraph.is_plain() || paragraph.label.is_some() {
        return false;
    }
    let pairs = line_pairs(&paragraph.words());
    if pairs.is_empty() || !pairs.iter().all(|pair| is_taken(&pair.label) && pair.value.chars().count() <= 30)
    {
        return false;
    }
    let mut found = fields.clone();
    let mut refused = Vec::new();
    if !take(pairs, &mut found, &mut refused).is_empty() {
        return false;
    }
    told.append(&mut refused);
    *fields = found;
    true
}

fn is_empty(block: &Block) -> bool {
    matches!(block, Block::Paragraph(paragraph) if paragraph.is_empty())
}

fn is_page_number(label: &str) -> bool {
    matches!(label, "页数" | "页码" | "页次" | "页" | "总页数" | "共页")
}

/// Fields that a table decides about.
fn is_taken(label: &str) -> bool {
    field(label).is_some_and(|key| {
        !matches!(key, "revisions" | "toc" | "order" | "topics" | "terms" | "raci" | "summary" | "aliases")
    })
}

/// The labels of a table with their values, and the cells that are neither.
fn pairs(table: &Table) -> (Vec<Pair>, Vec<Cell>) {
    let (mut pairs, mut rest) = (Vec::new(), Vec::new());
    let mut used: Vec<(usize, usize)> = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        let fresh: Vec<&Cell> = row.cells.iter().filter(|cell| !used.contains(&(at, cell.column))).collect();
        let mut cells = fresh.into_iter().peekable();
        let mut before = String::new();
        while let Some(cell) = cells.next() {
            let words = cell.words();
            let name = label(&words);
            let lines = line_pairs(&words.replace('\n', "　"));
            if !lines.is_empty()
                && lines.iter().any(|pair| is_label(&pair.label))
                && !lines[0].value.is_empty()
            {
                pairs.extend(lines);
                continue;
            }
            if !is_label(&name) {
                rest.push(cell.clone());
                continue;
            }
            let is_value = |next: &&Cell| !is_taken(&label(&next.words())) || is_empty_cell(next);
            let is_head = row.cells.iter().filter(|cell| is_taken(&label(&cell.words()))).count() > 1;
            let below = table
                .rows
                .get(at + 1)
                .and_then(|row| row.cells.iter().find(|below| below.column == cell.column));
            match cells.peek().copied().filter(is_value) {
                Some(next) if !(is_head && is_empty_cell(next) && below.is_some() && is_taken(&name)) => {
                    let value = next.words().trim().to_owned();
                    // 编制 | 张三 | 日期 | 2024-03-01: the day belongs to who stands before it.
                    let name =
                        if name == "日期" && !before.is_empty() { format!("{before}日期") } else { name };
                    before.clone_from(&name);
                    pairs.push(Pair { label: name, value });
                    cells.next();
                }
                _ => match below.filter(|below| !is_taken(&label(&below.words()))) {
                    Some(below) if is_head => {
                        used.push((at + 1, below.column));
                        pairs.push(Pair { label: name, value: below.words().trim().to_owned() });
                    }
                    _ => rest.push(cell.clone()),
                },
            }
        }
    }
    (pairs, rest)
}

fn is_empty_cell(cell: &Cell) -> bool {
    cell.words().trim().is_empty() && cell.blocks.iter().all(is_empty)
}

/// Whether a cell may name what stands behind it.
fn is_label(name: &str) -> bool {
    const OTHER: [&str; 12] = [
        "日期",
        "会签",
        "页数",
        "页码",
        "页次",
        "发布日期",
        "修订日期",
        "编制日期",
        "审核日期",
        "批准日期",
        "发放范围",
        "受控状态",
    ];
    is_taken(name) || OTHER.contains(&name) || name.ends_with("日期") && name.chars().count() <= 6
}

/// The labels in a line, each with a colon, and their values.
fn line_pairs(text: &str) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for piece in text.split_inclusive(['：', ':']) {
        let Some(before) = piece.strip_suffix(['：', ':']) else {
            match pairs.last_mut() {
                Some(pair) => pair.value.push_str(piece),
                None => return Vec::new(),
            }
            continue;
        };
        // The value of the label before ends where the next label begins.
        let (value, name) = split_label(before);
        match pairs.last_mut() {
            Some(pair) => pair.value.push_str(value),
            None if value.trim().is_empty() => {}
            None => return Vec::new(),
        }
        let Some(name) = name else {
            match pairs.last_mut() {
                Some(pair) => pair.value.push('：'),
                None => return Vec::new(),
            }
            continue;
        };
        pairs.push(Pair { label: name, value: String::new() });
    }
    for pair in &mut pairs {
        pair.value = pair.value.trim().to_owned();
    }
    pairs
}

/// What stands before a label at the end of a text, and the label.
fn split_label(text: &str) -> (&str, Option<String>) {
    let starts = std::iter::once(0)
        .chain(text.char_indices().filter(|(_, sign)| sign.is_whitespace()).map(|(at, _)| at));
    for start in starts {
        let name = label(&text[start..]);
        if is_label(&name) {
            return (&text[..start], Some(name));
        }
    }
    (text, None)
}

/// Puts values into fields; gives back what no field takes, and tells what was meant for one.
fn take(pairs: Vec<Pair>, fields: &mut Fields, told: &mut Vec<String>) -> Vec<Pair> {
    let mut left = Vec::new();
    for pair in pairs {
        let text = pair.value.trim();
        if text.is_empty() || text.chars().all(|sign| matches!(sign, '/' | '-' | '—' | '_' | '＿')) {
            continue;
        }
        let Some(key) = field(&pair.label).filter(|_| is_taken(&pair.label)) else {
            left.push(pair);
            continue;
        };
        if key == "confidentiality"
            && let Some(level) = restriction::level(text)
        {
            restriction::put(text, level, fields);
            continue;
        }
        if key == "audience" && restriction::is_everybody(text) {
            left.push(pair);
            continue;
        }
        let (value, day) = value(key, text);
        let same =
            |known: &Value| known.as_str().map(label) == Some(label(text)) || Some(known) == value.as_ref();
        let is_same = fields.get(key).is_some_and(same);
        match (fields.get(key), value) {
            _ if is_same => {}
            (None, Some(value)) => {
                fields.insert(key, value);
                // 张三 2024-03-01: the name is a field's, the day is not.
                left.extend(day.map(|day| Pair { label: format!("{}日期", pair.label), value: day }));
            }
            (Some(_), _) => left.push(pair),
            (None, None) => {
                told.push(format!("{}：{}", pair.label, pair.value));
                left.push(pair);
            }
        }
    }
    left
}

/// A value as a field has it, and a day that stood beside it.
fn value(key: &str, text: &str) -> (Option<Value>, Option<String>) {
    let string = |text: &str| Some(Value::String(text.to_owned()));
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match key {
        "effective" | "review_by" | "retired" => {
            (date::read(text).map(|day| Value::String(day.to_string())), None)
        }
        "kind" => (Kind::find(text).and_then(|value| string(value.key())), None),
        "status" => {
            let own = Status::find(text).and_then(|value| string(value.key()));
            // Another word for a draft has to keep the chapter back.
            (own.or_else(|| Status::counts_as(text).and_then(|_| string(text))), None)
        }
        "owner" | "author" | "reviewer" | "approver" | "departments" | "roles" | "supersedes" | "related"
        | "audience" => {
            let (names, day) = match date::find(text) {
                Some((day, before, behind)) => (format!("{before} {behind}"), Some(day.to_string())),
                None => (text.to_owned(), None),
            };
            (list(&names), day)
        }
        _ => (string(&line), None),
    }
}

/// Names as one text or as a list.
fn list(text: &str) -> Option<Value> {
    let is_mark = |sign: char| matches!(sign, '、' | '，' | ',' | '；' | ';' | '\n' | '/');
    let mut names: Vec<&str> = text.split(is_mark).map(str::trim).filter(|name| !name.is_empty()).collect();
    // Chinese names have no space in them.
    if let [only] = names.as_slice()
        && !only.is_ascii()
        && only.split_whitespace().all(|name| (2..=4).contains(&name.chars().count()))
    {
        names = only.split_whitespace().collect();
    }
    match names.as_slice() {
        [] => None,
        [name] => Some(Value::String((*name).to_owned())),
        names => Some(Value::Sequence(names.iter().map(|name| Value::String((*name).to_owned())).collect())),
    }
}

fn of_pairs(pairs: &[Pair]) -> Table {
    let cell = |column: usize, text: &str| {
        let content = vec![super::model::Inline::Text(text.to_owned(), super::model::Look::default())];
        let block = Block::Paragraph(Paragraph { content, ..Paragraph::default() });
        Cell { column, columns: 1, rows: 1, blocks: vec![block] }
    };
    let row = |texts: Vec<&str>| super::model::Row {
        cells: texts.iter().enumerate().map(|(column, text)| cell(column, text)).collect(),
        is_head: false,
    };
    let labels = pairs.iter().map(|pair| pair.label.as_str()).collect();
    let values = pairs.iter().map(|pair| pair.value.as_str()).collect();
    Table { rows: vec![row(labels), row(values)] }
}
