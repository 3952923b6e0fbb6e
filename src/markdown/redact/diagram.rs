//! Links of a diagram to what is withheld: they go with all that is said of them.

use super::Visibility;
use crate::cache::Cache;
use crate::figure;

/// The diagram without them; `None` where it has none.
pub(super) fn without_links(source: &str, visibility: &dyn Visibility) -> Option<String> {
    let lines = source.split_inclusive('\n').filter(|line| !tells(line, visibility));
    let mut kept: String = lines.map(|line| without_names(line, visibility)).collect();
    // What is left is written in a way that only the drawing's reader understands.
    for (destination, _) in figure::links(&kept, &Cache::default()).unwrap_or_default() {
        if !destination.is_empty() && visibility.hides(&destination, false) {
            kept = kept.replace(&destination, "");
        }
    }
    (kept != source).then_some(kept)
}

/// Whether a line is a link to something withheld, with its tooltip.
fn tells(line: &str, visibility: &dyn Visibility) -> bool {
    let mut words = line.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    let command = words.find(|word| !word.is_empty());
    matches!(command, Some("click" | "link" | "links"))
        && words.any(|word| !word.is_empty() && visibility.hides(word, false))
}

/// A line with the word for them instead of addresses and ids of what is withheld.
fn without_names(line: &str, visibility: &dyn Visibility) -> String {
    let borders = |c: char| c.is_whitespace() || "\"'<>()[]{}|=,;".contains(c);
    let pieces = line.split_inclusive(borders).map(|piece| {
        let word = piece.trim_end_matches(borders);
        match !word.is_empty() && visibility.names(word) {
            true => [visibility.word(), &piece[word.len()..]].concat(),
            false => piece.to_owned(),
        }
    });
    pieces.collect()
}
