//! Diagnostics as the browser shows them: in the panel of the open chapter, and on the page of all
//! findings.

use super::view::Snapshot;
use crate::diagnostic::{Diagnostic, Level};
use crate::locale::Language;
use crate::report;
use crate::source::Sources;
use crate::text::encode_path;
use crate::theme::fill_placeholders;
use serde::Serialize;
use std::fmt::Write as _;
use std::sync::Arc;

/// Characters of the quoted line that are shown before the marks, and altogether.
const BEFORE: usize = 40;
const WIDTH: usize = 120;
/// Diagnostics that the page of all findings lists at most.
const MOST: usize = 1_000;

/// A diagnostic with line and column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PanelDiagnostic {
    level: Level,
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<Arc<str>>,
    line: usize,
    column: usize,
    /// The line: before the marks, marked, after them.
    quote: [String; 3],
    help: String,
}

/// The diagnostics of a file, from all in the order of `Handbook::apply_severities`.
pub(super) fn for_file(
    diagnostics: &[Diagnostic],
    path: &str,
    sources: &Sources,
    language: Language,
) -> Vec<PanelDiagnostic> {
    let from = diagnostics.partition_point(|diagnostic| diagnostic.path.as_deref() < Some(path));
    let count = diagnostics[from..].partition_point(|diagnostic| diagnostic.path.as_deref() == Some(path));
    resolve_positions(&diagnostics[from..from + count], sources, language)
}

fn resolve_positions(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    language: Language,
) -> Vec<PanelDiagnostic> {
    let entries = report::entries(diagnostics, sources, language);
    let place = |(entry, diagnostic): (report::Entry<'_>, &Diagnostic)| PanelDiagnostic {
        level: diagnostic.level,
        code: diagnostic.rule.code,
        path: diagnostic.path.clone(),
        line: entry.line.unwrap_or(0),
        column: entry.column.unwrap_or(0),
        quote: quote(&entry),
        message: entry.message,
        help: entry.help.unwrap_or_default(),
    };
    entries.into_iter().zip(diagnostics).map(place).collect()
}

fn quote(entry: &report::Entry<'_>) -> [String; 3] {
    let (Some(line), Some(column)) = (&entry.quote, entry.column) else { return Default::default() };
    let count = line.chars().count();
    let start = (column - 1).min(count);
    let end = match entry.end_column.filter(|_| entry.end_line == entry.line) {
        Some(end) => (end - 1).clamp(start, count),
        None => count,
    };
    let from = start.saturating_sub(BEFORE);
    let to = count.min((from + WIDTH).max(end.min(start + WIDTH)));
    let part =
        |from: usize, to: usize| line.chars().skip(from).take(to.saturating_sub(from)).collect::<String>();
    let before = if from > 0 { format!("…{}", part(from, start)) } else { part(from, start) };
    let mut behind = part(end.min(to), to);
    if to < count {
        behind.push('…');
    }
    [before, part(start, end.min(to)), behind]
}

/// The page of all findings, with the style sheets of the site's theme.
pub(super) fn page(shown: &Snapshot) -> String {
    let theme = &shown.site.theme;
    let word = |key: &'static str| escape(shown.translate(key));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n",
        escape(shown.language_tag()),
        word("live_findings")
    );
    let assets = theme.asset_urls();
    for name in ["handbook.css", "text.css", "parts.css"].iter().filter_map(|name| assets.get(*name)) {
        let _ = writeln!(out, "<link rel=\"stylesheet\" href=\"/{}\">", encode_path(name));
    }
    if let Some(script) = assets.get("theme.js") {
        let _ = writeln!(out, "<script src=\"/{}\"></script>", encode_path(script));
    }
    let _ = write!(
        out,
        "</head>\n<body class=\"live-findings-page\">\n<main id=\"Hb-content\">\n<p><a href=\"/\">{}</a></p>\n<h1>{}</h1>\n",
        word("home"),
        word("live_findings")
    );
    let total = shown.visible_diagnostics().len();
    if total == 0 {
        let _ = writeln!(out, "<p>{}</p>", word("live_none"));
    }
    let listed =
        resolve_positions(&shown.visible_diagnostics()[..total.min(MOST)], &shown.sources, shown.language());
    for group in listed.chunk_by(|diagnostic, next| diagnostic.path == next.path) {
        section(&mut out, shown, group[0].path.as_deref().unwrap_or(""), group);
    }
    if total > MOST {
        let more = fill_placeholders(shown.translate("live_more"), &[("n", &(total - MOST).to_string())]);
        let _ = writeln!(out, "<p>{}</p>", escape(&more));
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn section(out: &mut String, shown: &Snapshot, path: &str, diagnostics: &[PanelDiagnostic]) {
    let name = if path.is_empty() { shown.translate("live_project") } else { path };
    let title = match shown.url_path_of(path) {
        Some(address) => format!("<a href=\"/{}\">{}</a>", encode_path(&address), escape(name)),
        None => escape(name),
    };
    let _ = write!(out, "<section>\n<h2>{title}</h2>\n<ol class=\"live-list\">\n");
    for diagnostic in diagnostics {
        item(out, shown, diagnostic);
    }
    out.push_str("</ol>\n</section>\n");
}

fn item(out: &mut String, shown: &Snapshot, diagnostic: &PanelDiagnostic) {
    let level = match diagnostic.level {
        Level::Error => ("error", "level_error"),
        Level::Warning => ("warning", "level_warning"),
        Level::Note | Level::Off => ("note", "level_note"),
    };
    let _ = write!(
        out,
        "<li class=\"live-finding\">\n<p><span class=\"live-level live-{}\">{}</span> {} <code>{}</code></p>\n",
        level.0,
        escape(shown.translate(level.1)),
        escape(&diagnostic.message),
        diagnostic.code
    );
    if let Some(path) = &diagnostic.path {
        let place = if diagnostic.line > 0 {
            format!("{path}:{}:{}", diagnostic.line, diagnostic.column)
        } else {
            path.to_string()
        };
        let _ = writeln!(
            out,
            "<p><button type=\"button\" class=\"live-place\" disabled data-file=\"{}\" data-line=\"{}\" \
             data-column=\"{}\">{}</button></p>",
            escape(path),
            diagnostic.line.max(1),
            diagnostic.column.max(1),
            escape(&place)
        );
    }
    if diagnostic.quote.iter().any(|part| !part.is_empty()) {
        let [before, marked, behind] = &diagnostic.quote;
        let _ = writeln!(
            out,
            "<pre tabindex=\"0\"><code>{}<mark>{}</mark>{}</code></pre>",
            escape(before),
            escape(marked),
            escape(behind)
        );
    }
    if !diagnostic.help.is_empty() {
        let _ = writeln!(out, "<p class=\"live-help\">{}</p>", escape(&diagnostic.help));
    }
    out.push_str("</li>\n");
}

/// Escapes text for HTML, including attributes.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
