//! What was read of a document, before it is written as Markdown.

use super::Note;
use super::numbering::Label;

/// A block of the text.
#[derive(Debug, Clone)]
pub(super) enum Block {
    Paragraph(Paragraph),
    Table(Table),
    /// A line across the page.
    Rule,
    /// What is told of the place before the next block.
    Notes(Vec<Note>),
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    /// The number that Word shows before it.
    pub(super) label: Option<Label>,
    /// Its place in the outline, from 0.
    pub(super) outline: Option<usize>,
    /// Whether its style is that of titles.
    pub(super) is_title: bool,
    pub(super) centered: bool,
    /// The size of its first letters, in half points.
    pub(super) size: u32,
    pub(super) indent: i32,
    pub(super) content: Vec<Inline>,
    /// Bookmarks that begin in it.
    pub(super) bookmarks: Vec<String>,
}

impl Paragraph {
    /// Its words, without how they look.
    pub(super) fn words(&self) -> String {
        let mut text = String::new();
        words(&self.content, &mut text);
        text.trim().to_owned()
    }

    /// Its words, with the number before them.
    pub(super) fn line(&self) -> String {
        let words = self.words();
        match &self.label {
            Some(label) if !label.is_bullet => format!("{}{}{words}", label.text, label.gap()),
            _ => words,
        }
    }

    /// Whether there is nothing to be seen of it.
    pub(super) fn is_empty(&self) -> bool {
        let is_blank = |inline: &Inline| match inline {
            Inline::Text(text, look) => text.trim().is_empty() && !look.underline,
            Inline::Break => true,
            Inline::Link(_, content) => content.is_empty(),
            Inline::Picture { .. } | Inline::Footnote(_) | Inline::Formula { .. } | Inline::Ruby(..) => false,
        };
        self.label.is_none() && self.content.iter().all(is_blank)
    }

    /// Whether it holds text alone, no picture, note or formula.
    pub(super) fn is_plain(&self) -> bool {
        self.content.iter().all(|inline| match inline {
            Inline::Text(..) | Inline::Break | Inline::Link(..) | Inline::Ruby(..) => true,
            Inline::Picture { .. } | Inline::Footnote(_) | Inline::Formula { .. } => false,
        })
    }
}

impl Label {
    /// What stands between it and the text. Chinese signs bring their own space along,
    /// but the number of a clause is told from the text by one.
    pub(super) fn gap(&self) -> &'static str {
        let is_closed = self.text.ends_with(['）', '、', '．', '：', '】', '〕']);
        let is_clause = self.text.starts_with('第');
        let is_circle = self.text.chars().all(|sign| matches!(sign, '①'..='⑳' | '㉑'..='㊿'));
        if is_closed || (self.is_tight || is_circle) && !is_clause { "" } else { " " }
    }
}

fn words(content: &[Inline], text: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(piece, _) | Inline::Ruby(piece, _) => text.push_str(piece),
            Inline::Break => text.push(' '),
            Inline::Link(_, content) => words(content, text),
            Inline::Formula { tex, .. } => text.push_str(tex),
            Inline::Picture { .. } | Inline::Footnote(_) => {}
        }
    }
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inline {
    Text(String, Look),
    /// A new line in the same paragraph.
    Break,
    /// An address, or `#` and a bookmark, and what leads there.
    Link(String, Vec<Self>),
    Picture {
        path: String,
        alt: String,
        /// Whether a browser shows it.
        shown: bool,
    },
    /// The number of a footnote.
    Footnote(usize),
    Formula {
        tex: String,
        /// Whether it stands on lines of its own.
        display: bool,
    },
    /// Characters, and how they are read.
    Ruby(String, String),
}

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
#[expect(clippy::struct_excessive_bools, reason = "each is a look that any other can join")]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) strike: bool,
    pub(super) underline: bool,
    pub(super) raised: bool,
    pub(super) lowered: bool,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
}

/// A row, with the cells that begin in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// Whether it is repeated on each page, as the heads of columns are.
    pub(super) is_head: bool,
}

/// A cell.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// The column it begins in.
    pub(super) column: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) blocks: Vec<Block>,
}

impl Cell {
    /// Its words, each paragraph as a line.
    pub(super) fn words(&self) -> String {
        let line = |block: &Block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.line()),
            Block::Table(table) => Some(table.words()),
            Block::Rule | Block::Notes(_) => None,
        };
        let lines: Vec<String> =
            self.blocks.iter().filter_map(line).filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    }
}

impl Table {
    /// How many columns it has.
    pub(super) fn columns(&self) -> usize {
        let ends = self.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column + cell.columns);
        ends.max().unwrap_or(0)
    }

    fn words(&self) -> String {
        let words: Vec<String> = self.rows.iter().flat_map(|row| &row.cells).map(Cell::words).collect();
        words.join(" ")
    }
}
