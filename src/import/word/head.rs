//! What a document says of itself before its text begins: its title, its control table,
//! its revisions.

use super::control::{self, Fields};
use super::model::{Block, Inline, Paragraph};
use super::{Note, NoteKind, letterhead, outline, restriction, revisions};
use serde_yaml::Value;

/// How many blocks before the text are looked at.
const FIRST: usize = 60;

/// Takes front matter out of the blocks of the text and of headers.
pub(super) fn take(blocks: &mut Vec<Block>, headers: &[Block]) -> Fields {
    let mut fields = Fields::new();
    restriction::take_marks(blocks, headers, &mut fields);
    if !letterhead::take(blocks, &mut fields)
        && let Some((title, whole)) = take_title(blocks)
    {
        fields.insert("title", Value::String(title));
        fields.extend(whole.map(|whole| ("aliases", vec![whole].into())));
    }
    take_revisions(blocks, &mut fields);
    take_control(blocks, &mut fields);
    for block in headers {
        if let Block::Table(table) = block {
            let mut found = Fields::new();
            let _ = control::take_table(table, &mut found, &mut Vec::new());
            for (key, value) in found {
                fields.entry(key).or_insert(value);
            }
        }
    }
    restriction::settle(&mut fields);
    fields
}

/// The title: what has the style of one, else the first line if it is centred, else the
/// only heading of the first level. With it the name that it has with its company's before it,
/// where that stands on a line above: others mention it so.
fn take_title(blocks: &mut Vec<Block>) -> Option<(String, Option<String>)> {
    let at = title(blocks)?;
    let Some(Block::Paragraph(paragraph)) = blocks.get(at) else { return None };
    let mut text = line(paragraph);
    let size = paragraph.size;
    let is_plain = paragraph.is_plain();
    if is_plain {
        blocks.remove(at);
    }
    let is_company = text.ends_with(['司', '团', '校', '院', '会', '局', '厅']) && !text.ends_with("大会");
    // 某某有限公司 / 采购管理制度 / （试行）
    let mut company: Option<String> = None;
    for _ in 0..2 {
        let next = blocks.iter().enumerate().skip(at).find(|(_, block)| !is_blank(block));
        let Some((next, Block::Paragraph(paragraph))) = next else { break };
        let more = line(paragraph);
        let is_state = more.starts_with(['（', '(']) && more.chars().count() <= 8 && !more.contains('年');
        let is_name =
            is_company && company.is_none() && !more.starts_with(['（', '(']) && paragraph.size >= size;
        let is_line = (paragraph.centered || paragraph.is_title) && paragraph.is_plain();
        if !is_line || outline_begins(paragraph) || !(is_state || is_name) {
            break;
        }
        if is_name {
            company = Some(std::mem::take(&mut text));
        }
        text.push_str(&more);
        blocks.remove(next);
    }
    let whole = company.map(|company| company + &text);
    Some((text, whole))
}

fn outline_begins(paragraph: &Paragraph) -> bool {
    paragraph.label.is_some() || crate::markdown::parse_clause(&paragraph.words()).is_some()
}

fn title(blocks: &[Block]) -> Option<usize> {
    let paragraph = |at: usize| match blocks.get(at) {
        Some(Block::Paragraph(paragraph)) if !paragraph.words().is_empty() => Some(paragraph),
        _ => None,
    };
    let first = 0..blocks.len().min(FIRST);
    if let Some(at) = first.clone().find(|at| paragraph(*at).is_some_and(|paragraph| paragraph.is_title)) {
        return Some(at);
    }
    let tops = blocks.iter().filter(
        |block| matches!(block, Block::Paragraph(p) if p.outline == Some(0) && !p.words().is_empty()),
    );
    let is_only_top = tops.count() == 1;
    let mut others = 0;
    for at in first {
        let Some(paragraph) = paragraph(at) else { continue };
        if outline_begins(paragraph) {
            return None;
        }
        let is_short = paragraph.words().chars().count() <= 60;
        let is_large = others == 0 && paragraph.size >= 30 && paragraph.outline.is_none();
        if is_short && (paragraph.centered || paragraph.outline == Some(0) && is_only_top || is_large) {
            return Some(at);
        }
        others += 1;
        if others > 4 || !is_short || paragraph.outline.is_some() {
            return None;
        }
    }
    None
}

/// A title in one line. Spaces that only stretch it (采　购　制　度) go.
pub(super) fn line(paragraph: &Paragraph) -> String {
    let words = paragraph.words();
    let parts: Vec<&str> = words.split_whitespace().collect();
    let is_stretched =
        parts.len() > 1 && parts.iter().all(|part| part.chars().count() == 1 && !part.is_ascii());
    if is_stretched {
        return parts.concat();
    }
    let is_broken = paragraph.content.contains(&Inline::Break);
    let mut text = String::new();
    for part in parts {
        let joins =
            is_broken && text.chars().last().is_some_and(is_wide) && part.chars().next().is_some_and(is_wide);
        if !text.is_empty() && !joins {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

fn is_wide(sign: char) -> bool {
    matches!(u32::from(sign), 0x2e80..=0xffef)
}

pub(super) fn is_blank(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => paragraph.is_empty(),
        Block::Notes(_) => true,
        Block::Table(_) | Block::Rule => false,
    }
}

/// The table of revisions, wherever it stands, with the line that announces it.
fn take_revisions(blocks: &mut Vec<Block>, fields: &mut Fields) {
    for at in 0..blocks.len() {
        let Some(Block::Table(table)) = blocks.get(at) else { continue };
        let before = (0..at).rev().find(|before| blocks.get(*before).is_some_and(|block| !is_blank(block)));
        let announced = before.filter(|before| blocks.get(*before).is_some_and(revisions::announces));
        let Some(found) = revisions::read(table, announced.is_some()) else { continue };
        fields.insert("revisions", found);
        blocks.remove(at);
        if let Some(line) = announced {
            blocks.remove(line);
        }
        return;
    }
}

/// Control tables and lines before the text, and the table of signatures behind it.
fn take_control(blocks: &mut Vec<Block>, fields: &mut Fields) {
    let begin = blocks.iter().position(outline::begins_text).unwrap_or(blocks.len()).min(FIRST);
    let last = blocks.iter().rposition(|block| !is_blank(block)).unwrap_or(0);
    let mut out = Vec::with_capacity(blocks.len());
    for (at, block) in std::mem::take(blocks).into_iter().enumerate() {
        let mut told = Vec::new();
        let is_near = at < begin || at == last;
        let left = match &block {
            Block::Table(table) if is_near => control::take_table(table, fields, &mut told),
            Block::Paragraph(paragraph) if at < begin => {
                control::take_line(paragraph, fields, &mut told).then(Vec::new)
            }
            _ => None,
        };
        let notes: Vec<Note> = told.into_iter().map(|words| Note::new(NoteKind::Field, words)).collect();
        out.extend((!notes.is_empty()).then_some(Block::Notes(notes)));
        out.extend(left.unwrap_or_else(|| vec![block]));
    }
    *blocks = out;
}
