//! Front matter by which an author holds a chapter back, where nobody looks for front matter: below
//! a line of text, or in a second block. A draft must not be published for a line that came to
//! stand above it.

use super::fault::Above;
use super::line::{Line, lines};
use super::{Block, FaultKind, Head};
use crate::chapter::hold::holds;
use crate::text::Span;

/// Lines of text that may have come to stand above front matter.
const MOST_ABOVE: usize = 10;

/// The head of a text that has front matter below its first lines, which holds it back.
pub(super) fn below_text(text: &str, from: usize) -> Option<Head> {
    let mut first = lines(text, from).take(MOST_ABOVE).take_while(|line| !line.text.starts_with("```"));
    let fence = first.find(Line::is_fence)?;
    let block = Block::near(text, fence);
    let is_meant = block.closing.is_some() && block.all_yaml() && is_held(&block);
    is_meant.then(|| Head::cut_out(text, &block, fence.fault(FaultKind::Above(Above::Text))))
}

/// The lines of a second block right below the front matter, or of one whose first fences stand
/// empty, if they hold the chapter back.
pub(super) fn second(text: &str, head: &Head) -> Option<Span> {
    let yaml = head.yaml.clone()?;
    let below = if head.body == 0 { lines(text, yaml.end).next()?.end } else { head.body };
    let next = lines(text, below).find(|line| !line.is_blank())?;
    if next.is_fence() {
        let block = Block::near(text, next);
        return (block.all_yaml() && is_held(&block)).then_some(block.content);
    }
    let is_empty = lines(&text[..yaml.end], yaml.start).all(|line| line.is_blank());
    let keys: Vec<Line<'_>> =
        lines(text, next.start).take_while(|line| !line.is_blank() && line.is_yaml()).collect();
    let held = is_empty && keys.iter().any(holds);
    held.then(|| next.start..keys.last().map_or(next.start, |line| line.end))
}

fn is_held(block: &Block<'_>) -> bool {
    block.begins_with_key() && block.significant().any(|line| holds(&line))
}
