//! Texts that a chapter includes from other files of the book.
//!
//! A path that leads out of the book is refused. What includes itself, or too much, is
//! left as it is written.

use super::tree::SourceTree;
use crate::chapter::folder;
use crate::handbook::link::join;

/// Includes inside one another.
const DEEPEST: usize = 8;
/// Bytes that includes may add to a chapter.
pub(super) const LARGEST: usize = 4 * 1024 * 1024;

/// What became of an include.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Included {
    /// This text of this file.
    Text { file: String, text: String },
    /// It leads out of the book.
    Outside,
    /// There is no such text.
    Missing,
}

/// The text of a file, looked for beside `here`, then in `folders`. `part` is the name of a section
/// of it, or its lines.
pub(super) fn find(tree: &SourceTree, here: &str, folders: &[String], path: &str, part: &str) -> Included {
    let path = path.trim();
    let beside = join(folder(here), path);
    let others = folders.iter().map(|folder| join(folder, path.trim_start_matches('/')));
    let rooted = path.starts_with('/').then(|| join("", path)).flatten();
    let places: Vec<Option<String>> = std::iter::once(beside.clone()).chain(others).collect();
    if places.iter().all(Option::is_none) {
        return Included::Outside;
    }
    let mut found = places.into_iter().flatten().chain(rooted);
    let text = found.find_map(|path| tree.text(&path).map(|text| (path, text)));
    match text.and_then(|(file, text)| Some((file, section(text, part)?))) {
        Some((file, text)) => Included::Text { file, text },
        None => Included::Missing,
    }
}

/// A part of a text: `2:5`, `2:`, `:5` by lines, else what stands between the marks of its name.
pub(super) fn section(text: &str, part: &str) -> Option<String> {
    let body = without_head(text);
    if part.is_empty() {
        return Some(without_marks(body));
    }
    let (from, to) = part.split_once(':').unwrap_or((part, part));
    let number =
        |text: &str, other: usize| if text.is_empty() { Some(other) } else { text.parse::<usize>().ok() };
    if let (Some(from), Some(to)) = (number(from, 1), number(to, usize::MAX)) {
        let lines: Vec<&str> = text
            .lines()
            .skip(from.saturating_sub(1))
            .take(to.saturating_sub(from.max(1)).saturating_add(1))
            .collect();
        return Some(lines.join("\n"));
    }
    let is_mark = |line: &str, words: [&str; 3]| {
        let line = line.trim();
        words
            .iter()
            .any(|word| line.contains(&format!("{word}{part}")) || line.contains(&format!("{word} {part}")))
    };
    // docsify writes one mark before and behind.
    let ends_alike = |line: &str| {
        let name = line.trim().trim_start_matches(['/', '#']).trim_start();
        line.trim().starts_with(['/', '#'])
            && name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) == Some(part)
    };
    if let Some(start) = text.lines().position(ends_alike) {
        let inner = text.lines().skip(start + 1).take_while(|line| !ends_alike(line));
        return Some(inner.collect::<Vec<_>>().join("\n"));
    }
    let starts = ["ANCHOR:", "[start:", "#region"];
    let ends = ["ANCHOR_END:", "[end:", "#endregion"];
    let start = text.lines().position(|line| is_mark(line, starts) && !is_mark(line, ends))?;
    let inner = text.lines().skip(start + 1).take_while(|line| !is_mark(line, ends));
    Some(without_marks(&inner.collect::<Vec<_>>().join("\n")))
}

fn without_marks(text: &str) -> String {
    let is_mark =
        |line: &&str| line.contains("ANCHOR:") || line.contains("ANCHOR_END:") || line.contains("--8<-- [");
    text.lines().filter(|line| !is_mark(line)).collect::<Vec<_>>().join("\n")
}

/// An included chapter's own front matter is not part of the text.
fn without_head(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("---\n") else { return text };
    rest.find("\n---\n").map_or(text, |at| &rest[at + 5..])
}

/// Whether an include at this depth is followed.
pub(super) const fn may_follow(depth: usize) -> bool {
    depth < DEEPEST
}
