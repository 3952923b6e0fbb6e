//! Bars in the rows of a table that are none of its own: those of wiki links, those in code
//! where without them a row has as many cells as the head, as MkDocs and kramdown read it, and
//! those before cells that the head has no column for.

use super::line::{content, is_delimiter};
use std::collections::HashMap;
use std::ops::Range;

/// The bars of wiki links in a table, those in code that would part too many cells, and
/// those before the cells of a row that are too many, which become part of the last cell.
/// What is no row of a table may be taken for one; a bar means nothing there.
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
        let mut cells = bars(bare).count();
        let mut is_head = lines.peek().is_some_and(|next| parts(content(next), cells));
        if columns == 0 && !is_head {
            let in_code = bars_in_code(bare);
            let without = cells - in_code.len();
            if !in_code.is_empty() && lines.peek().is_some_and(|next| parts(content(next), without)) {
                places.extend(in_code.iter().map(|at| begin + at));
                (cells, is_head) = (without, true);
            }
        }
        if columns == 0 && parts(bare, head) {
            columns = cells;
        } else if is_head {
            columns = 0;
        } else if columns > 0 && cells > columns {
            let in_code = bars_in_code(bare);
            if cells - in_code.len() == columns {
                places.extend(in_code.iter().map(|at| begin + at));
            } else {
                places.extend(surplus(bare, columns).map(|at| begin + at));
            }
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

/// The bars of a row within code, which GFM takes for ends of cells all the same.
fn bars_in_code(row: &str) -> Vec<usize> {
    let row = row.trim_end();
    if memchr::memchr(b'`', row.as_bytes()).is_none() {
        return Vec::new();
    }
    // Runs of backticks; each opens code that the next of its length closes.
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr_iter(b'`', row.as_bytes()) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    let mut next: HashMap<usize, Vec<usize>> = HashMap::new();
    for (number, run) in runs.iter().enumerate().rev() {
        next.entry(run.len()).or_default().push(number);
    }
    let mut code: Vec<Range<usize>> = Vec::new();
    let mut number = 0;
    while let Some(run) = runs.get(number) {
        let same = next.entry(run.len()).or_default();
        while same.last().is_some_and(|other| *other <= number) {
            same.pop();
        }
        number = match same.last() {
            Some(close) => {
                code.push(run.end..runs[*close].start);
                close + 1
            }
            None => number + 1,
        };
    }
    let is_in_code = |at: &usize| {
        let after = code.partition_point(|range| range.end <= *at);
        code.get(after).is_some_and(|range| range.start <= *at)
    };
    bars(row).filter(is_in_code).collect()
}

/// The bars of a row between its cells from the last column on.
fn surplus(row: &str, columns: usize) -> impl Iterator<Item = usize> + '_ {
    let last = row.trim_end().len().saturating_sub(1);
    let ends = bars(row).skip(columns.saturating_sub(1));
    ends.filter(move |at| *at < last)
}

/// Whether a row has cells that its head has no column for.
pub(in crate::markdown) fn is_too_long(row: &str, columns: usize) -> bool {
    let cells = bars(row).count();
    cells > columns && cells - bars_in_code(row).len() != columns && surplus(row, columns).next().is_some()
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
        for (text, covered) in [
            ("| a | b |\n|-|-|\n| `x|y` | z |\n", &["|y"][..]),
            ("| a | b |\n|-|-|\n| ``x`|y`` | `|` |\n", &["|y", "|` |"]),
            ("| `a|b` | c |\n|-|-|\n| 1 | 2 |\n", &["|b"]),
            ("| a | b |\n|-|-|\n| `x|y | z |\n", &["| z"]),
            ("| a | b | c |\n|-|-|-|\n| `x|y` | z |\n", &[]),
        ] {
            places.clear();
            foreign_bars(text, &mut places);
            let found: Vec<&str> = places.iter().map(|at| &text[*at..]).collect();
            assert_eq!(found.len(), covered.len(), "{text}{found:?}");
            assert!(found.iter().zip(covered).all(|(rest, begin)| rest.starts_with(begin)), "{text}");
        }
    }
}
