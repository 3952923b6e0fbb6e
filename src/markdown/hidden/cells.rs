//! Cells of code of MyST whose tags say that they are not shown.

use std::ops::Range;

/// Directives whose text is none of Markdown.
const CODE: [&str; 9] =
    ["code", "code-block", "code-cell", "sourcecode", "math", "mermaid", "raw", "eval-rst", "literalinclude"];

/// Tags by which a cell is not shown as it is written.
const REMOVED: [&str; 4] = ["remove-cell", "remove_cell", "remove-input", "remove_input"];

/// A fence that is open.
struct Fence {
    mark: char,
    length: usize,
    is_code: bool,
    /// Where it begins, for a cell, and whether its options go on and remove it.
    start: usize,
    is_head: bool,
    is_removed: bool,
}

impl Fence {
    fn new(mark: char, length: usize, info: &str, start: usize) -> Self {
        let name = info.trim().strip_prefix('{').and_then(|rest| rest.split('}').next());
        let is_code = name.is_none_or(|name| CODE.contains(&name.trim())) && mark != ':';
        let is_head = name.is_some_and(|name| name.trim() == "code-cell");
        Self { mark, length, is_code, start, is_head, is_removed: false }
    }
}

/// The cells of a text that are not shown.
pub(super) fn removed(text: &str) -> Vec<Range<usize>> {
    if !REMOVED.iter().any(|tag| text.contains(tag)) {
        return Vec::new();
    }
    let (mut found, mut open, mut at) = (Vec::new(), Vec::<Fence>::new(), 0);
    let mut is_block = false;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_start_matches([' ', '\t', '>']).trim_end();
        let mark = bare.chars().next().filter(|c| matches!(c, '`' | '~' | ':'));
        let run = mark.map_or(0, |mark| bare.chars().take_while(|c| *c == mark).count());
        if let (Some(mark), true) = (mark, run >= 3) {
            let is_end = run == bare.len();
            let closes = |fence: &Fence| is_end && fence.mark == mark && run >= fence.length;
            match open.last() {
                Some(fence) if closes(fence) => {
                    found.extend(open.pop().filter(|fence| fence.is_removed).map(|fence| fence.start..at));
                    continue;
                }
                Some(fence) if fence.is_code => {}
                _ if is_end && mark == ':' => continue,
                _ => {
                    is_block = false;
                    open.push(Fence::new(mark, run, &bare[run..], start));
                    continue;
                }
            }
        }
        if let Some(cell) = open.last_mut().filter(|fence| fence.is_head) {
            is_block ^= bare == "---";
            cell.is_head = is_block || bare == "---" || bare.starts_with(':');
            cell.is_removed |= cell.is_head && REMOVED.iter().any(|tag| bare.contains(tag));
        }
    }
    found.extend(open.into_iter().filter(|fence| fence.is_removed).map(|fence| fence.start..text.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::removed;

    #[test]
    fn cells_that_are_removed_are_found() {
        for (text, parts) in [
            ("```python\n:tags: [remove-cell]\n```\n", &[][..]),
            (
                "```{code-cell} python\n:tags: [remove-cell]\nx\n```\na",
                &["```{code-cell} python\n:tags: [remove-cell]\nx\n```\n"],
            ),
            (
                "```{code-cell}\n---\ntags: [remove-input]\n---\nx\n```\n",
                &["```{code-cell}\n---\ntags: [remove-input]\n---\nx\n```\n"],
            ),
            ("```{code-cell}\nx = 'remove-cell'\n```\n", &[]),
        ] {
            let found: Vec<&str> = removed(text).into_iter().map(|part| &text[part]).collect();
            assert_eq!(found, parts, "{text}");
        }
    }
}
