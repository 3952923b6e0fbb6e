//! What of a chapter's raw HTML is not on its page, told once for each kind.

use crate::diagnostic::Diagnostic;
use crate::locale::Message;
use crate::markdown::{self, Loss};
use crate::source::Source;
use crate::{message, rule};
use std::collections::BTreeMap;
use std::ops::Range;

/// The findings; where authors are trusted (not `cleaned`), little is lost.
pub(super) fn diagnostics(
    source: &Source,
    scan: &markdown::Document,
    cleaned: bool,
) -> impl Iterator<Item = Diagnostic> {
    let mut kinds: BTreeMap<Loss, (Range<usize>, usize)> = BTreeMap::new();
    for (span, loss) in &scan.unsafe_html {
        if cleaned || matches!(loss, Loss::Instruction | Loss::Comment) {
            kinds.entry(*loss).or_insert_with(|| (span.clone(), 0)).1 += 1;
        }
    }
    kinds.into_iter().map(|(loss, (span, count))| {
        let (message, help) = words(loss);
        let found = Diagnostic::new(&rule::RAW_HTML, message).at(&source.path, span).help(help);
        if count > 1 { found.label(message!("raw-html.label", count = count - 1)) } else { found }
    })
}

fn words(loss: Loss) -> (Message, Message) {
    match loss {
        Loss::Script => (message!("raw-html-script"), message!("raw-html.help")),
        Loss::Frame => (message!("raw-html-frame"), message!("raw-html-frame.help")),
        Loss::Style => (message!("raw-html-style"), message!("raw-html-style.help")),
        Loss::Inside => (message!("raw-html-inside"), message!("raw-html-inside.help")),
        Loss::Attribute => (message!("raw-html-attribute"), message!("raw-html.help")),
        Loss::Instruction => (message!("raw-html-instruction"), message!("raw-html-instruction.help")),
        Loss::Comment => (message!("raw-html-comment"), message!("raw-html-comment.help")),
        Loss::Other => (message!("raw-html"), message!("raw-html.help")),
    }
}
