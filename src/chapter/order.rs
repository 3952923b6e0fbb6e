//! Diagnostics about clauses and chapters whose numbers are out of order.

use crate::diagnostic::Diagnostic;
use crate::markdown::{ClauseNumber, Disorder, DisorderKind, Document, Unit, disorders};
use crate::message;
use crate::rule;
use crate::source::Source;
use crate::text::Span;

/// The diagnostics of a text that is called `title`.
pub(super) fn diagnostics(source: &Source, document: &Document, title: &str) -> Vec<Diagnostic> {
    disorders(document, title).iter().map(|disorder| diagnostic(source, disorder)).collect()
}

fn diagnostic(source: &Source, disorder: &Disorder) -> Diagnostic {
    // As it is written, which may be 三、 for the third division.
    let written = |span: &Span| source.text.get(span.clone()).unwrap_or("").to_owned();
    let (number, other) = (written(&disorder.span), written(&disorder.other_span));
    let label = |number: u32| {
        let label = ClauseNumber { number, sub: 0, ..disorder.number }.label();
        let bare = label.strip_prefix('第').and_then(|rest| rest.strip_suffix("部分"));
        bare.filter(|_| disorder.number.unit == Unit::Division).map_or(label.clone(), str::to_owned)
    };
    let (message, help, related) = match disorder.kind {
        DisorderKind::Twice => (
            message!("clause-order-twice", number = number),
            message!("clause-order-twice.help"),
            message!("clause-order-first"),
        ),
        DisorderKind::Back => (
            message!("clause-order-back", number = number, other = other),
            message!("clause-order-back.help"),
            message!("clause-order-before"),
        ),
        DisorderKind::Gap(first, last) if first == last => (
            message!("clause-order-gap", number = number, other = other, first = label(first)),
            message!("clause-order-gap.help"),
            message!("clause-order-before"),
        ),
        DisorderKind::Gap(first, last) => (
            message!(
                "clause-order-gap-several",
                number = number,
                other = other,
                first = label(first),
                last = label(last)
            ),
            message!("clause-order-gap-several.help"),
            message!("clause-order-before"),
        ),
    };
    Diagnostic::new(&rule::CLAUSE_ORDER, message).at(&source.path, disorder.span.clone()).help(help).related(
        &source.path,
        disorder.other_span.clone(),
        related,
    )
}
