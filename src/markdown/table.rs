//! What looks like a table and is none, and rows that their table has no columns for.

use super::mask::{content, is_delimiter};

/// What is wrong with a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFault {
    /// Rows have more cells than the head: how many rows do.
    Surplus(usize),
    /// No line of `---` stands below its head.
    NoLine,
    /// The line of `---` has another number of columns than the head.
    Columns,
    /// Its bars are full-width, which part no cells.
    WideBars,
}

/// What is wrong with a paragraph that was meant for a table, and the place of the line
/// that shows it, in bytes from the beginning.
pub(super) fn fault(paragraph: &str) -> Option<(usize, TableFault)> {
    if memchr::memchr(b'|', paragraph.as_bytes()).is_none() && !paragraph.contains('｜') {
        return None;
    }
    let (mut start, mut above) = (0, None);
    for line in paragraph.split_inclusive('\n') {
        let begin = start;
        start += line.len();
        let bare = content(line).trim_end();
        let kind = kind(bare);
        let found = match (above, kind) {
            (Some((_, Line::Row | Line::Bars)), Line::Delimiter) => Some((begin, TableFault::Columns)),
            (Some((head, Line::Row)), Line::Row) => Some((head, TableFault::NoLine)),
            (Some((head, Line::WideRow)), Line::WideRow) => Some((head, TableFault::WideBars)),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        above = Some((begin, kind));
    }
    None
}

#[derive(Clone, Copy)]
enum Line {
    /// Two cells or more between bars.
    Row,
    /// The same between full-width bars.
    WideRow,
    Delimiter,
    /// Something with a bar.
    Bars,
    Text,
}

fn kind(line: &str) -> Line {
    if is_delimiter(line) && line.contains('|') {
        return Line::Delimiter;
    }
    let is_row = |bar: char| line.starts_with(bar) && line.ends_with(bar) && line.matches(bar).count() > 2;
    if is_row('|') {
        Line::Row
    } else if is_row('｜') {
        Line::WideRow
    } else if line.contains('|') {
        Line::Bars
    } else {
        Line::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_for_a_table_is_told_from_text() {
        for (text, expected) in [
            ("| a | b |\n| 1 | 2 |\n", Some((0, TableFault::NoLine))),
            ("text\n> | a | b |\n> | 1 | 2 |\n", Some((5, TableFault::NoLine))),
            ("| a | b |\n| - |\n| 1 | 2 |\n", Some((10, TableFault::Columns))),
            ("a | b\n--- | --- | ---\n", Some((6, TableFault::Columns))),
            ("｜甲｜乙｜\n｜一｜二｜\n", Some((0, TableFault::WideBars))),
            ("| a | b |\n", None),
            ("a | b\nc | d\n", None),
            ("|x|\n|y|\n", None),
            ("甲｜乙\n丙｜丁\n", None),
            ("a\n---\n", None),
        ] {
            assert_eq!(fault(text), expected, "{text}");
        }
    }
}
