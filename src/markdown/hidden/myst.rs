//! What MyST hides: comments (`% note`), and cells of code that are tagged so.

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

/// The comments of a text and the cells that are not shown.
#[must_use]
pub(crate) fn of_myst(text: &str) -> Vec<Range<usize>> {
    if !text.contains('%') && !REMOVED.iter().any(|tag| text.contains(tag)) {
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
        match open.last_mut().filter(|fence| fence.is_code) {
            Some(cell) if cell.is_head => {
                is_block ^= bare == "---";
                cell.is_head = is_block || bare == "---" || bare.starts_with(':');
                cell.is_removed |= cell.is_head && REMOVED.iter().any(|tag| bare.contains(tag));
            }
            Some(_) => {}
            None => {
                let indent = line.len() - line.trim_start_matches(' ').len();
                if indent < 4 && line[indent..].starts_with('%') {
                    found.push(start + indent..start + line.trim_end().len());
                }
            }
        }
    }
    found.extend(open.into_iter().filter(|fence| fence.is_removed).map(|fence| fence.start..text.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::of_myst;

    #[test]
    fn comments_and_cells_that_are_removed_are_found() {
        for (text, parts) in [
            ("a\n% note\nb 5 % of\n", &["% note"][..]),
            ("```{note}\n% note\n```\n% b", &["% note", "% b"]),
            ("```python\n% no\n```\n```{code-cell}\n% no\n```\n    % no\n", &[]),
            (
                "```{code-cell} python\n:tags: [remove-cell]\nx\n```\na",
                &["```{code-cell} python\n:tags: [remove-cell]\nx\n```\n"],
            ),
            (
                "```{code-cell}\n---\ntags: [remove-input]\n---\nx\n```\n",
                &["```{code-cell}\n---\ntags: [remove-input]\n---\nx\n```\n"],
            ),
            ("```{code-cell}\nx = 'remove-cell'\n```\n", &[]),
            (":::{note}\n% note\n:::\n", &["% note"]),
        ] {
            let found: Vec<&str> = of_myst(text).into_iter().map(|part| &text[part]).collect();
            assert_eq!(found, parts, "{text}");
        }
    }
}
