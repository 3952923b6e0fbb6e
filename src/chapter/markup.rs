//! What is wrong with the markup of a chapter's text, as diagnostics: raw HTML of which
//! something is lost, ids that are the page's own, figures that cannot be read, what is
//! meant for another tool.

use super::raw_html;
use crate::diagnostic::Diagnostic;
use crate::figure::Problem;
use crate::markdown::{Document, ForeignKind, ForeignMarkup, MarkdownOptions, RawHtml, UnreadFigure};
use crate::message;
use crate::rule;
use crate::source::Source;
use std::sync::Arc;

/// All that is wrong, kind by kind.
pub(super) fn diagnostics(text: &Document, source: &Source, options: &MarkdownOptions) -> Vec<Diagnostic> {
    let path = &source.path;
    let mut diagnostics = Vec::new();
    diagnostics.extend(raw_html::diagnostics(source, text, options.raw_html == RawHtml::Sanitize));
    diagnostics.extend(text.own_ids.iter().map(|span| {
        Diagnostic::new(&rule::RESERVED_ID, message!("reserved-id"))
            .at(path, span.clone())
            .label(message!("reserved-id.label"))
            .help(message!("reserved-id.help"))
    }));
    diagnostics.extend(text.refused_html.iter().map(|span| {
        Diagnostic::new(&rule::LIMIT, message!("limit-html"))
            .at(path, span.clone())
            .label(message!("limit-html.label"))
            .help(message!("limit-html.help"))
    }));
    diagnostics.extend(text.unread_figures.iter().map(|figure| unread_figure(figure, path, &source.text)));
    diagnostics.extend(text.foreign.iter().map(|foreign| foreign_markup(foreign, path, &source.text)));
    diagnostics
}

/// What is said of markup of another tool; `text` is the file.
fn foreign_markup(found: &ForeignMarkup, path: &Arc<str>, text: &str) -> Diagnostic {
    let written: String = text.get(found.span.clone()).unwrap_or("").chars().take(60).collect();
    let (message, help) = match found.kind {
        ForeignKind::Box => {
            (message!("foreign-markup-box", written = written), message!("foreign-markup-box.help"))
        }
        ForeignKind::Tag => {
            (message!("foreign-markup-tag", written = written), message!("foreign-markup-tag.help"))
        }
        ForeignKind::Include => {
            (message!("foreign-markup-include", written = written), message!("foreign-markup-include.help"))
        }
        ForeignKind::LeftOut => {
            (message!("foreign-markup-module", written = written), message!("foreign-markup-module.help"))
        }
        _ => (message!("foreign-markup", written = written), message!("foreign-markup.help")),
    };
    Diagnostic::new(&rule::FOREIGN_MARKUP, message).at(path, found.span.clone()).help(help)
}

/// What is said of a figure; `text` is the file.
fn unread_figure(figure: &UnreadFigure, path: &Arc<str>, text: &str) -> Diagnostic {
    let Some(problem) = &figure.problem else {
        let formula = text.get(figure.span.clone()).unwrap_or("");
        let formula: String = formula.chars().take(60).collect();
        return Diagnostic::new(&rule::FORMULA, message!("formula", formula = formula))
            .at(path, figure.span.clone())
            .help(message!("formula.help"));
    };
    let message = match problem {
        Problem::Empty => message!("diagram-empty"),
        Problem::Kind(kind) => message!("diagram-kind", kind = kind),
        Problem::Line(_) => message!("diagram-line"),
        Problem::Size => message!("diagram-size"),
        Problem::Circle(name) => message!("diagram-circle", name = name),
        Problem::Failed => message!("diagram-failed"),
    };
    let diagnostic = Diagnostic::new(&rule::DIAGRAM, message).at(path, figure.span.clone());
    match problem {
        Problem::Kind(_) => diagnostic.help(message!("diagram-kind.help")),
        Problem::Size => diagnostic.help(message!("diagram-size.help")),
        Problem::Circle(_) => diagnostic.help(message!("diagram-circle.help")),
        _ => diagnostic.help(message!("diagram.help")),
    }
}
