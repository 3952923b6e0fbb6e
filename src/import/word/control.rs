//! The table at the head of a document: number, version, dates, who wrote and approved it.
//!
//! `pairs` says which table is one. What it says becomes front matter; what no field stands
//! for, or what a field does not take, stays in the text.

use super::label::{Pair, field, is_taken, label, line_pairs};
use super::model::{Block, Cell, Paragraph, Table};
use super::{date, pairs, restriction};
use crate::chapter::vocabulary::{Kind, Status, Vocabulary as _};
use serde_yaml::Value;
use std::collections::BTreeMap;

/// Fields of front matter, by their keys.
pub(super) type Fields = BTreeMap<&'static str, Value>;

/// Takes what a table says of the document; `None` where it is another table. What is left
/// of it is given back to stand in its place.
pub(super) fn take_table(table: &Table, fields: &mut Fields, told: &mut Vec<String>) -> Option<Vec<Block>> {
    let title = fields.get("title").and_then(Value::as_str).map(str::to_owned);
    let pairs::Said { pairs, rest, .. } = pairs::read(table, title.as_deref())?;
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

/// Takes who may read the document from a table that stays in the text: whatever else the table
/// is, nobody is to see more than it says.
pub(super) fn take_readers(table: &Table, fields: &mut Fields) {
    let is_told = |pair: &Pair| {
        field(&pair.label) != Some("confidentiality") || restriction::level(&pair.value).is_some()
    };
    let found = pairs::readers(table).into_iter().filter(is_told).collect();
    let _ = take(found, fields, &mut Vec::new());
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
