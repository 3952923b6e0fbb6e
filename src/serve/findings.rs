//! What is wrong, as the browser shows it: the panel of the open chapter, and
//! the page with all findings.

use super::view::Shown;
use crate::diagnostic::{Diagnostic, Level};
use crate::locale::Language;
use crate::report;
use crate::source::Sources;
use crate::text::encode_path;
use crate::theme::fill;
use serde::Serialize;
use std::fmt::Write as _;
use std::sync::Arc;

/// Characters of the quoted line shown before the marks, and in all.
const BEFORE: usize = 40;
const WIDTH: usize = 120;
/// Findings that the page of all findings lists at most.
const MOST: usize = 1_000;

/// A finding with its place worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Found {
    level: Level,
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<Arc<str>>,
    line: usize,
    column: usize,
    /// The line: before the marks, marked, behind.
    quote: [String; 3],
    help: String,
}

/// The findings of a file, of all in the order of `Handbook::judge`.
pub(super) fn of_file(found: &[Diagnostic], path: &str, sources: &Sources, language: Language) -> Vec<Found> {
    let from = found.partition_point(|one| one.path.as_deref() < Some(path));
    let count = found[from..].partition_point(|one| one.path.as_deref() == Some(path));
    with_places(&found[from..from + count], sources, language)
}

fn with_places(found: &[Diagnostic], sources: &Sources, language: Language) -> Vec<Found> {
    let entries = report::entries(found, sources, language);
    let place = |(entry, one): (report::Entry<'_>, &Diagnostic)| Found {
        level: one.level,
        code: one.rule.code,
        path: one.path.clone(),
        line: entry.line.unwrap_or(0),
        column: entry.column.unwrap_or(0),
        quote: quote(&entry),
        message: entry.message,
        help: entry.help.unwrap_or_default(),
    };
    entries.into_iter().zip(found).map(place).collect()
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

/// The page of all findings, in the clothes of the site's theme.
pub(super) fn page(shown: &Shown) -> String {
    let theme = &shown.site.theme;
    let word = |key: &'static str| escape(shown.word(key));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n",
        escape(shown.tag()),
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
    let total = shown.findings().len();
    if total == 0 {
        let _ = writeln!(out, "<p>{}</p>", word("live_none"));
    }
    let listed = with_places(&shown.findings()[..total.min(MOST)], &shown.sources, shown.language());
    for findings in listed.chunk_by(|one, next| one.path == next.path) {
        section(&mut out, shown, findings[0].path.as_deref().unwrap_or(""), findings);
    }
    if total > MOST {
        let more = fill(shown.word("live_more"), &[("n", &(total - MOST).to_string())]);
        let _ = writeln!(out, "<p>{}</p>", escape(&more));
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn section(out: &mut String, shown: &Shown, path: &str, findings: &[Found]) {
    let name = if path.is_empty() { shown.word("live_project") } else { path };
    let title = match shown.address_of(path) {
        Some(address) => format!("<a href=\"/{}\">{}</a>", encode_path(&address), escape(name)),
        None => escape(name),
    };
    let _ = write!(out, "<section>\n<h2>{title}</h2>\n<ol class=\"live-list\">\n");
    for one in findings {
        item(out, shown, one);
    }
    out.push_str("</ol>\n</section>\n");
}

fn item(out: &mut String, shown: &Shown, one: &Found) {
    let level = match one.level {
        Level::Error => ("error", "level_error"),
        Level::Warning => ("warning", "level_warning"),
        Level::Note | Level::Off => ("note", "level_note"),
    };
    let _ = write!(
        out,
        "<li class=\"live-finding\">\n<p><span class=\"live-level live-{}\">{}</span> {} <code>{}</code></p>\n",
        level.0,
        escape(shown.word(level.1)),
        escape(&one.message),
        one.code
    );
    if let Some(path) = &one.path {
        let place =
            if one.line > 0 { format!("{path}:{}:{}", one.line, one.column) } else { path.to_string() };
        let _ = writeln!(
            out,
            "<p><button type=\"button\" class=\"live-place\" disabled data-file=\"{}\" data-line=\"{}\" \
             data-column=\"{}\">{}</button></p>",
            escape(path),
            one.line.max(1),
            one.column.max(1),
            escape(&place)
        );
    }
    if one.quote.iter().any(|part| !part.is_empty()) {
        let [before, marked, behind] = &one.quote;
        let _ = writeln!(
            out,
            "<pre tabindex=\"0\"><code>{}<mark>{}</mark>{}</code></pre>",
            escape(before),
            escape(marked),
            escape(behind)
        );
    }
    if !one.help.is_empty() {
        let _ = writeln!(out, "<p class=\"live-help\">{}</p>", escape(&one.help));
    }
    out.push_str("</li>\n");
}

/// Text for HTML, in attributes too.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
