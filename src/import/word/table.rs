//! Tables as Markdown where that can say them, else as HTML.

use super::inline::{self, Anchors, Writing};
use super::model::{Block, Cell, Inline, Paragraph, Row, Table};
use super::write::Writer;
use crate::import::escape::{self, Around};
use crate::markdown::parse_clause;

/// A table, or the text of a cell that only framed it.
pub(super) enum Part {
    Table(String),
    Text(Vec<Block>),
}

/// Writes a table. Rows that are one cell with text in it, as forms of documents frame
/// the whole of it, are text.
pub(super) fn texts(table: &Table, anchors: &Anchors) -> Vec<Part> {
    let columns = table.columns();
    let mut parts = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for row in &table.rows {
        match frame(row, columns) {
            Some(blocks) => {
                parts.extend(write(&std::mem::take(&mut rows), columns, anchors).map(Part::Table));
                parts.push(Part::Text(blocks.to_vec()));
            }
            None => rows.push(row.clone()),
        }
    }
    parts.extend(write(&rows, columns, anchors).map(Part::Table));
    parts
}

/// The text of a row that is one cell with the text of a document in it.
fn frame(row: &Row, columns: usize) -> Option<&[Block]> {
    let [cell] = row.cells.as_slice() else { return None };
    if cell.columns < columns || cell.rows > 1 {
        return None;
    }
    let paragraphs = cell.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        _ => None,
    });
    let begins = |paragraph: &Paragraph| {
        paragraph.outline.is_some() || parse_clause(&paragraph.line()).is_some_and(|label| label.certain)
    };
    let count = paragraphs.clone().filter(|paragraph| !paragraph.is_empty()).count();
    let holds_table = cell.blocks.iter().any(|block| matches!(block, Block::Table(_)));
    let is_text =
        count > 5 || holds_table || count > 1 && paragraphs.clone().any(begins) || columns == 1 && count > 1;
    is_text.then_some(&cell.blocks)
}

fn write(rows: &[Row], columns: usize, anchors: &Anchors) -> Option<String> {
    if rows.is_empty() {
        return None;
    }
    let is_plain = rows.iter().all(|row| {
        row.cells.len() == columns
            && row.cells.iter().all(|cell| cell.columns == 1 && cell.rows == 1 && is_simple(cell))
    });
    Some(if is_plain { pipes(rows, columns, anchors) } else { html(rows, anchors) })
}

/// Whether a cell holds lines alone.
fn is_simple(cell: &Cell) -> bool {
    cell.blocks.iter().all(|block| match block {
        Block::Paragraph(paragraph) => {
            !paragraph.content.iter().any(|inline| matches!(inline, Inline::Formula { display: true, .. }))
        }
        Block::Notes(_) => true,
        Block::Table(_) | Block::Rule => false,
    })
}

fn pipes(rows: &[Row], columns: usize, anchors: &Anchors) -> String {
    let around = Around { cell: true, ..Around::default() };
    let writing = Writing { around, ..Writing::default() };
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        // The heads of columns are bold as they are.
        let writing = Writing { plain: at == 0, ..writing };
        let cells: Vec<String> = row.cells.iter().map(|cell| lines_of(cell, writing, anchors)).collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if at == 0 {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
    }
    lines.join("\n")
}

/// The lines of a cell, with `<br>` between.
fn lines_of(cell: &Cell, writing: Writing, anchors: &Anchors) -> String {
    let paragraphs = cell.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) if !paragraph.is_empty() => Some(paragraph),
        _ => None,
    });
    let line = |paragraph: &Paragraph| {
        let begin = paragraph.label.as_ref().map_or_else(String::new, |label| {
            let text = format!("{}{}", label.text, label.gap());
            match writing.html {
                true => escape::html(&text),
                false => escape::escape(&text, false, None, writing.around),
            }
        });
        inline::write(begin, &paragraph.content, writing, anchors).trim().to_owned()
    };
    paragraphs.map(line).collect::<Vec<_>>().join("<br>")
}

fn html(rows: &[Row], anchors: &Anchors) -> String {
    let has_heads = rows.iter().any(|row| row.is_head);
    let mut out = "<table>\n".to_owned();
    for (at, row) in rows.iter().enumerate() {
        let is_head =
            row.is_head || !has_heads && at == 0 && row.cells.len() > 1 && row.cells.iter().all(is_bold);
        out.push_str("<tr>\n");
        for cell in &row.cells {
            let name = if is_head { "th" } else { "td" };
            let span = |name: &str, count: usize| {
                if count > 1 { format!(" {name}=\"{count}\"") } else { String::new() }
            };
            let attributes = span("colspan", cell.columns) + &span("rowspan", cell.rows);
            out.push_str(&format!("<{name}{attributes}>{}</{name}>\n", inside(cell, is_head, anchors)));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>");
    out
}

fn is_bold(cell: &Cell) -> bool {
    cell.blocks.iter().all(|block| match block {
        Block::Paragraph(paragraph) => paragraph.content.iter().all(|inline| match inline {
            Inline::Text(text, look) => look.bold || text.trim().is_empty(),
            _ => false,
        }),
        _ => false,
    })
}

/// What a cell holds: a line of HTML, or Markdown with empty lines around it, which
/// is read as Markdown again.
fn inside(cell: &Cell, is_head: bool, anchors: &Anchors) -> String {
    let needs_markdown = |paragraph: &Paragraph| {
        paragraph.content.iter().any(|inline| matches!(inline, Inline::Formula { .. } | Inline::Footnote(_)))
    };
    let is_line = is_simple(cell)
        && cell.blocks.iter().all(|block| match block {
            Block::Paragraph(paragraph) => !needs_markdown(paragraph),
            _ => true,
        });
    if is_line {
        let writing = Writing { html: true, plain: is_head, ..Writing::default() };
        return lines_of(cell, writing, anchors);
    }
    let mut writer = Writer::new(anchors);
    let blocks: Vec<Block> = cell.blocks.iter().map(without_outline).collect();
    writer.blocks(&blocks);
    format!("\n\n{}\n\n", writer.finish().0)
}

/// In a cell there are no headings of the chapter.
fn without_outline(block: &Block) -> Block {
    match block {
        Block::Paragraph(paragraph) => Block::Paragraph(Paragraph { outline: None, ..paragraph.clone() }),
        block => block.clone(),
    }
}
