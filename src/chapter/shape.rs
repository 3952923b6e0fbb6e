//! What is told of tables that lose their form, and of footnotes that nothing refers to.

use crate::diagnostic::Diagnostic;
use crate::markdown::{Document, TableFault};
use crate::message;
use crate::rule;
use crate::source::Source;

/// The diagnostics of a text.
pub(super) fn diagnostics<'a>(
    source: &'a Source,
    document: &'a Document,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let tables = document.tables.iter().map(|(span, fault)| {
        let (message, help) = match fault {
            TableFault::Surplus(rows) => {
                (message!("table-shape-surplus", rows = *rows), message!("table-shape-surplus.help"))
            }
            TableFault::NoLine => (message!("table-shape-line"), message!("table-shape-line.help")),
            TableFault::Columns => (message!("table-shape-columns"), message!("table-shape-columns.help")),
            TableFault::WideBars => (message!("table-shape-bars"), message!("table-shape-bars.help")),
        };
        Diagnostic::new(&rule::TABLE_SHAPE, message).at(&source.path, span.clone()).help(help)
    });
    let notes = document.idle_footnotes.iter().map(|(span, again)| {
        let (message, help) = match again {
            false => (message!("idle-footnote-unused"), message!("idle-footnote-unused.help")),
            true => (message!("idle-footnote-again"), message!("idle-footnote-again.help")),
        };
        Diagnostic::new(&rule::IDLE_FOOTNOTE, message).at(&source.path, span.clone()).help(help)
    });
    tables.chain(notes)
}
