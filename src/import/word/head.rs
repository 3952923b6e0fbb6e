//! What a document says of itself before its text begins: its title, its control table,
//! its revisions.

use super::control::{self, Fields};
use super::model::Block;
use super::title::{self, is_blank};
use super::{Note, NoteKind, letterhead, outline, restriction, revisions};

/// How many blocks before the text are looked at.
const FIRST: usize = 60;

/// Takes front matter out of the blocks of the text and of headers.
pub(super) fn take(blocks: &mut Vec<Block>, headers: &[Block]) -> Fields {
    let mut fields = Fields::new();
    restriction::take_marks(blocks, headers, &mut fields);
    let title = title::take(blocks, &mut fields);
    let begin = begin(blocks, title);
    take_signatures(blocks, title, &mut fields);
    take_control(blocks, begin, &mut fields);
    take_revisions(blocks, &mut fields);
    for block in headers {
        if let Block::Table(table) = block {
            let mut found = Fields::new();
            if control::take_table(table, &mut found, &mut Vec::new()).is_none() {
                control::take_readers(table, &mut found);
            }
            for (key, value) in found {
                fields.entry(key).or_insert(value);
            }
        }
    }
    restriction::settle(&mut fields);
    fields
}

/// Where the text proper begins, or below the title an annex.
fn begin(blocks: &[Block], title: usize) -> usize {
    let mut places = blocks.iter().enumerate();
    let found = places.find(|(at, block)| outline::begins_text(block) || *at >= title && is_annex(block));
    found.map_or(blocks.len(), |(at, _)| at).min(FIRST)
}

/// Whether an annex begins with a block.
fn is_annex(block: &Block) -> bool {
    matches!(block, Block::Paragraph(paragraph) if letterhead::begins_annex(&paragraph.words()))
}

/// Who may read the document, where only the table behind the text says it.
fn take_signatures(blocks: &[Block], title: usize, fields: &mut Fields) {
    let last = blocks.iter().rev().find(|block| !is_blank(block));
    if let Some(Block::Table(table)) = last.filter(|_| !blocks.iter().skip(title).any(is_annex)) {
        control::take_readers(table, fields);
    }
}

/// The line that announces the table of revisions at a place.
fn announcement(blocks: &[Block], at: usize) -> Option<usize> {
    let before = (0..at).rev().find(|before| blocks.get(*before).is_some_and(|block| !is_blank(block)));
    before.filter(|before| blocks.get(*before).is_some_and(revisions::announces))
}

/// The table of revisions, wherever it stands, with the line that announces it. One that cannot be
/// read whole stays, which is told.
fn take_revisions(blocks: &mut Vec<Block>, fields: &mut Fields) {
    let mut unread: Vec<(usize, String)> = Vec::new();
    for at in 0..blocks.len() {
        let Some(Block::Table(table)) = blocks.get(at) else { continue };
        let announced = announcement(blocks, at);
        match revisions::read(table, announced.is_some()) {
            revisions::Found::Nothing => {}
            revisions::Found::Unread(row) => unread.push((at, row)),
            revisions::Found::Revisions(found) => {
                fields.insert("revisions", found);
                blocks.remove(at);
                if let Some(line) = announced {
                    blocks.remove(line);
                }
                break;
            }
        }
    }
    for (at, row) in unread.into_iter().rev() {
        blocks.insert(at, Block::Notes(vec![Note::new(NoteKind::Field, row)]));
    }
}

/// Control tables and lines before the text.
fn take_control(blocks: &mut Vec<Block>, begin: usize, fields: &mut Fields) {
    let is_one = |at: usize, block: &Block| matches!(block, Block::Table(table) if revisions::is_one(table, announcement(blocks, at).is_some()));
    let revised: Vec<bool> =
        blocks.iter().enumerate().take(begin).map(|(at, block)| is_one(at, block)).collect();
    let mut out = Vec::with_capacity(blocks.len());
    for (at, block) in std::mem::take(blocks).into_iter().enumerate() {
        let mut told = Vec::new();
        let left = match &block {
            Block::Table(table) if revised.get(at) == Some(&false) => {
                let left = control::take_table(table, fields, &mut told);
                if left.is_none() {
                    control::take_readers(table, fields);
                }
                left
            }
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
