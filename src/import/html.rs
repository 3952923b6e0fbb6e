//! Pages of HTML as chapters, as Confluence exports them.
//!
//! `tree` reads a page into elements, `write` writes elements as Markdown. What Markdown
//! has no form for, such as merged cells, stays HTML.

mod inline;
mod macros;
mod table;
mod tree;
mod write;

pub(super) use tree::{Element, parse};
pub(super) use write::markdown;
