//! What an audience may not see of a text that it may read.
//!
//! A chapter may link to another that is withheld from some of its readers. For
//! them another document is made of its own: the link becomes its words and a
//! mark; its address, its tooltip and words that are themselves the address are
//! gone. So page, anchors, search, cards and quotations are all made from a text
//! that never held them.
//!
//! `find` says what takes the place of which step of a walk through the tree, and
//! the new tree is built from the same walk.

mod diagram;
mod find;
mod tags;
mod words;
mod written;

pub use find::Visibility;

use super::document::{Builder, Kind, Step, Tree};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a link of raw HTML has instead of its destination; its role and state are
/// what a link that leads nowhere is called.
pub(super) const RAW_WITHHELD: &str = "class=\"withheld\" role=\"link\" aria-disabled=\"true\"";

/// What stands in the place of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Instead {
    /// A link to something withheld begins.
    Open,
    /// It ends.
    Close,
    Text(String),
    Code(String),
    /// The same link or image with another tooltip, or code of another language.
    Titled(String),
    InlineHtml(String),
    Html(String),
}

/// All that stands in the place of one step, and where it does.
type Change = Vec<(Instead, Range<usize>)>;

/// What is changed in a text for an audience, by steps of a walk through its tree.
type Changes = BTreeMap<u32, Change>;

/// The tree as those get it who may not see what `visibility` hides; `None` where
/// that is all the same.
pub(super) fn redact(tree: &Tree, visibility: &dyn Visibility) -> Option<Tree> {
    let changes = find::changes(tree, visibility);
    if changes.is_empty() {
        return None;
    }
    let mut builder = Builder::like(tree);
    for (index, step) in (0..).zip(tree.walk()) {
        match (changes.get(&index), step) {
            (Some(change), _) => replace(&mut builder, tree, step, change),
            (None, Step::Enter(id)) => builder.copy(tree, id),
            (None, Step::Leave(_)) => builder.leave(),
        }
    }
    Some(builder.finish())
}

fn replace(builder: &mut Builder, tree: &Tree, step: Step, change: &Change) {
    for (instead, span) in change {
        match instead {
            Instead::Open => builder.open_withheld(span),
            Instead::Close => builder.leave(),
            Instead::Text(text) => builder.text(text, span),
            Instead::Code(code) => builder.code(code, span),
            Instead::Titled(title) => {
                if let Step::Enter(id) = step {
                    builder.copy_titled(tree, id, title);
                }
            }
            Instead::InlineHtml(html) => builder.html(html, span, Kind::InlineHtml),
            Instead::Html(html) => builder.html(html, span, Kind::Html),
        }
    }
}
