//! Tables: where each cell begins, and how far it goes.

use super::NoteKind;
use super::body::Reader;
use super::model::{Block, Cell, Row, Table};
use super::xml::Element;
use std::collections::BTreeMap;

/// How many columns a table may have; Word allows 63.
const COLUMNS: usize = 200;

/// A cell as the file has it.
struct Raw {
    column: usize,
    columns: usize,
    /// Whether it goes on with the cell above.
    goes_on: bool,
    blocks: Vec<Block>,
}

impl Reader<'_> {
    /// Reads a table.
    pub(super) fn table(&mut self, element: &Element) -> Table {
        let mut rows = Vec::new();
        self.rows(element, &mut rows);
        let mut table = Table::default();
        // The last cell of each column: its row, and its place there.
        let mut last: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (at, (raws, is_head)) in rows.into_iter().enumerate() {
            let mut cells: Vec<Cell> = Vec::new();
            for raw in raws {
                if raw.goes_on && self.joined(&mut table, last.get(&raw.column), at, &raw) {
                    continue;
                }
                cells.push(Cell { column: raw.column, columns: raw.columns, rows: 1, blocks: raw.blocks });
            }
            // Of several cells of one column the first counts.
            last.extend(cells.iter().enumerate().rev().map(|(place, cell)| (cell.column, (at, place))));
            table.rows.push(Row { cells, is_head });
        }
        table
    }

    /// Makes the cell above one row longer; false where there is none.
    fn joined(&mut self, table: &mut Table, last: Option<&(usize, usize)>, at: usize, raw: &Raw) -> bool {
        let above =
            last.and_then(|(row, place)| Some((*row, table.rows.get_mut(*row)?.cells.get_mut(*place)?)));
        let Some((_, cell)) = above.filter(|(row, cell)| row + cell.rows == at) else { return false };
        cell.rows += 1;
        let text = Cell { column: 0, columns: 1, rows: 1, blocks: raw.blocks.clone() }.words();
        if !text.is_empty() {
            self.tell(NoteKind::Hidden, text);
        }
        true
    }

    fn rows(&mut self, parent: &Element, rows: &mut Vec<(Vec<Raw>, bool)>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "w:tr" => self.row(element, rows),
                "w:sdt" => {
                    if let Some(content) = element.child("w:sdtContent") {
                        self.rows(content, rows);
                    }
                }
                "w:customXml" | "w:ins" | "w:moveTo" => self.rows(element, rows),
                _ => {}
            }
        }
    }

    fn row(&mut self, element: &Element, rows: &mut Vec<(Vec<Raw>, bool)>) {
        let properties = element.child("w:trPr");
        let has = |name: &str| properties.is_some_and(|properties| properties.child(name).is_some());
        if has("w:del") {
            let texts = element.descendants("w:delText");
            let words: Vec<String> = texts.iter().map(|text| text.text()).collect();
            return self.tell(NoteKind::Deleted, words.join(" "));
        }
        let number = |name: &str| properties.and_then(|properties| properties.value(name)?.parse().ok());
        let mut column: usize = number("w:gridBefore").unwrap_or(0).min(COLUMNS);
        let mut cells = Vec::new();
        // A row that begins further right leaves a space, which a reader sees.
        if column > 0 {
            cells.push(Raw { column: 0, columns: column, goes_on: false, blocks: Vec::new() });
        }
        let before = cells.len();
        self.cells(element, &mut column, &mut cells);
        let is_head = properties.and_then(|properties| properties.flag("w:tblHeader")).unwrap_or(false);
        if cells.len() > before {
            rows.push((cells, is_head));
        }
    }

    fn cells(&mut self, parent: &Element, column: &mut usize, cells: &mut Vec<Raw>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "w:tc" => self.cell(element, column, cells),
                "w:sdt" => {
                    if let Some(content) = element.child("w:sdtContent") {
                        self.cells(content, column, cells);
                    }
                }
                "w:customXml" => self.cells(element, column, cells),
                _ => {}
            }
        }
    }

    fn cell(&mut self, element: &Element, column: &mut usize, cells: &mut Vec<Raw>) {
        let properties = element.child("w:tcPr");
        let span = properties.and_then(|properties| properties.value("w:gridSpan")?.parse().ok());
        let columns = span.unwrap_or(1).clamp(1, COLUMNS);
        let merge = |name: &str| properties.and_then(|properties| properties.child(name));
        let continues = |name: &str| {
            merge(name).is_some_and(|merge| merge.attribute("w:val").is_none_or(|value| value == "continue"))
        };
        let blocks = self.story(element);
        if continues("w:hMerge")
            && let Some(before) = cells.last_mut()
        {
            before.columns += columns;
        } else {
            cells.push(Raw { column: *column, columns, goes_on: continues("w:vMerge"), blocks });
        }
        *column = (*column + columns).min(COLUMNS * 2);
    }
}
