//! Bars in the rows of a table that are none of its own: those of wiki links, and those
//! before cells that the head has no column for.

use super::line::{content, is_delimiter};

/// The bars of wiki links in a table, and those before the cells of a row that are too
/// many, which become part of the last cell. What is no row of a table may be taken for
/// one; a bar means nothing there.
pub(super) fn foreign_bars(text: &str, places: &mut Vec<usize>) {
    if memchr::memchr(b'|', text.as_bytes()).is_none() {
        return;
    }
    let (mut start, mut head, mut columns) = (0, 0, 0);
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let bare = content(line);
        let begin = start + line.len() - bare.len();
        start += line.len();
        if bare.trim().is_empty() || ["```", "~~~", "#"].iter().any(|sign| bare.starts_with(sign)) {
            (head, columns) = (0, 0);
            continue;
        }
        let cells = bars(bare).count();
        let is_head = lines.peek().is_some_and(|next| parts(content(next), cells));
        if columns == 0 && parts(bare, head) {
            columns = cells;
        } else if is_head {
            columns = 0;
        } else if columns > 0 {
            places.extend(surplus(bare, columns).map(|at| begin + at));
        }
        if columns > 0 || is_head {
            places.extend(wiki_bars(bare).map(|at| begin + at));
        }
        head = cells;
    }
}

/// Whether a line parts a head of so many cells from the rows of its table.
fn parts(line: &str, cells: usize) -> bool {
    cells > 0 && line.contains('|') && is_delimiter(line) && bars(line).count() == cells
}

/// Where the bars of a row stand that part its cells from each other, in bytes from its
/// beginning; the end of the last cell is among them.
fn bars(row: &str) -> impl Iterator<Item = usize> + '_ {
    let row = row.trim_end();
    let bytes = row.as_bytes();
    let mut foreign = wiki_bars(row).peekable();
    let inner = row.trim_start();
    let first = row.len() - inner.len() + usize::from(inner.starts_with('|'));
    let is_bar = move |at: &usize| {
        let is_foreign = foreign.next_if_eq(at).is_some();
        *at >= first && !is_foreign && !is_escaped(bytes, *at)
    };
    let open = (!row.is_empty() && (!row.ends_with('|') || first == row.len())).then_some(row.len());
    memchr::memchr_iter(b'|', bytes).filter(is_bar).chain(open)
}

/// The bars between `[[` and `]]`, in order. An escaped one needs no cover.
fn wiki_bars(row: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = row.as_bytes();
    let mut open = None;
    memchr::memchr3_iter(b'[', b']', b'|', bytes).filter_map(move |at| {
        let is_double = bytes.get(at + 1) == Some(&bytes[at]);
        match bytes[at] {
            b'[' if is_double => open = Some(None),
            b']' if is_double => return open.take().flatten(),
            b'|' if open == Some(None) && !is_escaped(bytes, at) => open = Some(Some(at)),
            _ => {}
        }
        None
    })
}

fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// The bars of a row between its cells from the last column on.
pub(in crate::markdown) fn surplus(row: &str, columns: usize) -> impl Iterator<Item = usize> + '_ {
    let last = row.trim_end().len().saturating_sub(1);
    let ends = bars(row).skip(columns.saturating_sub(1));
    ends.filter(move |at| *at < last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted() {
        for (row, cells) in [
            ("| a | b |", 2),
            ("a | b", 2),
            ("| a | b | c", 3),
            ("|a\\|b|", 1),
            ("a", 1),
            ("||a|", 2),
            ("| [[a|b]] | [c] |", 2),
            ("| [[a|b | c |", 3),
        ] {
            assert_eq!(bars(row).count(), cells, "{row}");
        }
    }

    #[test]
    fn bars_are_covered_from_the_last_column_on() {
        let mut places = Vec::new();
        let text = "> | a | b |\n> | - | - |\n> | 1 | 2 | 3 |\n> | 1 | 2 |\n";
        foreign_bars(text, &mut places);
        let at = text.find("| 3").expect("a bar");
        assert_eq!(places, [at]);
        let text = "```\n|a|\n|-|\n```\n|a|b|\n|-|-|\n|1|2|\n|a|b|c|\n|-|-|-|\n|1|2|3|\n";
        places.clear();
        foreign_bars(text, &mut places);
        assert_eq!(places, Vec::<usize>::new());
    }
}
