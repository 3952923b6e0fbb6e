//! `{list-table}`: a list of lists, whose entries are the cells of a table.

use super::super::container::Instead;
use super::scan::{Directive, Line, Scan};
use std::ops::Range;

/// A cell: where its mark and its words begin, and on which line.
struct Cell {
    line: usize,
    from: usize,
    words: usize,
    begins_row: bool,
}

/// A line of the list that is not empty.
enum Part {
    Cell(Cell),
    /// It goes on with the cell above.
    More(usize),
}

/// What stands for the lines of a list. `None` where they are no table that Markdown can have.
pub(super) fn marks(scan: &Scan<'_>, directive: &Directive<'_>) -> Option<Vec<Instead>> {
    let numbers = directive.content.clone();
    let parts = parts(scan, numbers.clone())?;
    let widths = widths(&parts);
    let columns = *widths.first()?;
    if widths.iter().any(|width| *width > columns) {
        return None;
    }
    let before = scan.text.get(scan.lines[numbers.start].whole..scan.lines[numbers.start].start);
    let quotes: String = before?.chars().filter(|c| *c == '>').collect();
    let next = format!("\n{quotes}");
    let rule = format!("{next}|{}", "---|".repeat(columns));
    let has_head = directive.option("header-rows").is_some_and(|rows| rows != "0");
    let mut found = Vec::new();
    let mut put = |place: Range<usize>, new: String| found.push(Instead { place, new, is_words: true });
    // Empty lines would end the table.
    for number in numbers.filter(|number| scan.lines[*number].bare.is_empty()) {
        let first = parts.first().map(Part::line)?;
        let line = &scan.lines[number];
        if number > first {
            put(
                line.whole..scan.lines.get(number + 1).map_or(scan.text.len(), |next| next.whole),
                String::new(),
            );
        }
    }
    let mut row = 0;
    for (at, part) in parts.iter().enumerate() {
        let line = &scan.lines[part.line()];
        let begins_row = matches!(part, Part::Cell(cell) if cell.begins_row);
        row += usize::from(begins_row);
        match part {
            Part::Cell(cell) => {
                let head = if at == 0 && !has_head {
                    format!("|{}{rule}{next}", "   |".repeat(columns))
                } else {
                    String::new()
                };
                put(cell.from..cell.words, format!("{head}| "));
            }
            Part::More(_) => put(line.whole..line.start, String::new()),
        }
        pipes(scan.text, line, part, &mut put);
        let ends_row = match parts.get(at + 1) {
            Some(Part::Cell(next)) => next.begins_row,
            Some(Part::More(_)) => false,
            None => true,
        };
        if ends_row {
            let rule = if row == 1 && has_head { rule.as_str() } else { "" };
            put(line.end()..line.end(), format!(" |{rule}"));
        } else {
            let end = scan.text[line.end()..].find('\n').map_or(scan.text.len(), |end| line.end() + end + 1);
            put(line.end()..end, " ".to_owned());
        }
    }
    Some(found)
}

impl Part {
    const fn line(&self) -> usize {
        match self {
            Self::Cell(cell) => cell.line,
            Self::More(line) => *line,
        }
    }
}

/// The lines of a list of lists.
fn parts(scan: &Scan<'_>, numbers: Range<usize>) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let mut cells: Option<(usize, usize)> = None;
    for number in numbers {
        let line = &scan.lines[number];
        if line.bare.is_empty() {
            continue;
        }
        let column = line.start - line.whole;
        if let Some(inner) = entry(line.bare).and_then(|inner| Some((inner, entry(&line.bare[inner..])?)))
            && cells.is_none_or(|(rows, _)| rows == column)
        {
            let (mark, words) = inner;
            cells = Some((column, column + mark));
            let cell =
                Cell { line: number, from: line.start, words: line.start + mark + words, begins_row: true };
            parts.push(Part::Cell(cell));
        } else if let Some(words) = entry(line.bare).filter(|_| cells.is_some_and(|(_, own)| own == column)) {
            let cell = Cell { line: number, from: line.whole, words: line.start + words, begins_row: false };
            parts.push(Part::Cell(cell));
        } else if cells.is_some_and(|(_, own)| column > own) && is_plain(line) {
            parts.push(Part::More(number));
        } else {
            return None;
        }
    }
    Some(parts).filter(|parts| !parts.is_empty())
}

/// Where the words of an entry begin.
fn entry(bare: &str) -> Option<usize> {
    let rest = bare.strip_prefix(['*', '-', '+'])?;
    let words = rest.trim_start_matches([' ', '\t']);
    (rest.is_empty() || words.len() < rest.len()).then(|| bare.len() - words.len())
}

/// Whether a line goes on with words.
fn is_plain(line: &Line<'_>) -> bool {
    entry(line.bare).is_none() && !line.bare.starts_with(['`', '~', '#', ':', '|', '$'])
}

/// How many cells each row has.
fn widths(parts: &[Part]) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for part in parts {
        let Part::Cell(cell) = part else { continue };
        match widths.last_mut().filter(|_| !cell.begins_row) {
            Some(width) => *width += 1,
            None => widths.push(1),
        }
    }
    widths
}

/// A pipe in a cell would end it.
fn pipes(text: &str, line: &Line<'_>, part: &Part, put: &mut impl FnMut(Range<usize>, String)) {
    let from = match part {
        Part::Cell(cell) => cell.words,
        Part::More(_) => line.start,
    };
    for (at, _) in text[from..line.end().max(from)].match_indices('|') {
        if !text[..from + at].ends_with('\\') {
            put(from + at..from + at + 1, "\\|".to_owned());
        }
    }
}
