//! `diff REV1..REV2`: what differs between two commits of the handbook, and what that touches:
//! for whoever reviews a merge request.

use super::diff::{kind_word, place_of, rows_text};
use super::{Common, Failure, FormatArg, output, targets};
use handbook::builder::{Build, Builder};
use handbook::locale::{Language, Message};
use handbook::message;
use handbook::redline::{Change, Kind, Part, Row, Run};
use handbook::site::{ChangedChapter, Comparison};
use std::fmt::Write as _;
use std::process::ExitCode;

pub(super) fn run(range: &str, common: &Common) -> Result<ExitCode, Failure> {
    let project = common.project()?;
    let mut request = common.request()?;
    // A reviewer looks at drafts above all; whoever asks for an audience, at what that may see.
    request.drafts |= request.audience.is_none();
    let sources = project.read_range(range)?;
    if let Some(name) = &request.audience {
        targets::check_audience(&targets::config(&sources[1]), name)?;
    }
    let [before, after]: [Build; 2] = sources.map(|sources| Builder::new().build(&sources, &request));
    common.use_language_of(&after.site.handbook);
    let changes = after.site.changes_since(&before.site);
    let language = common.language();
    let text = match common.format {
        FormatArg::Json => json(&changes),
        FormatArg::Github => github(&changes, language),
        FormatArg::Html => return Err(message!("cli-range-format")),
        _ => plain(&changes, language),
    };
    output::write_stdout(text.as_bytes())
}

fn json(changes: &[ChangedChapter]) -> String {
    let chapter = |change: &ChangedChapter| {
        let [from, to] = &change.versions;
        let mut entry = Comparison::value_of(&change.redline, &change.fields);
        let own = [
            ("kind", serde_json::json!(change.kind)),
            ("title", serde_json::json!(change.title)),
            ("id", serde_json::json!(change.id)),
            ("path", serde_json::json!(change.path)),
            ("from", serde_json::json!(from)),
            ("to", serde_json::json!(to)),
            ("touches", serde_json::json!(change.touches)),
        ];
        if let Some(entry) = entry.as_object_mut() {
            entry.extend(own.map(|(key, value)| (key.to_owned(), value)));
        }
        entry
    };
    let chapters: Vec<_> = changes.iter().map(chapter).collect();
    let all = serde_json::json!({ "chapters": chapters });
    serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
}

/// A chapter's title, id and versions.
fn heading(change: &ChangedChapter, language: Language) -> String {
    let mut text = format!("{} {}", language.text(&kind_word(change.kind)), change.title);
    if !change.id.is_empty() {
        let _ = write!(text, " {}", change.id);
    }
    match &change.versions {
        [from, to] if from == to || from.is_empty() || to.is_empty() => {
            let version = if to.is_empty() { from } else { to };
            if !version.is_empty() {
                let _ = write!(text, " {version}");
            }
        }
        [from, to] => drop(write!(text, " {from} → {to}")),
    }
    text
}

/// What a change touches, a message for each place.
fn touches(change: &ChangedChapter, language: Language) -> Vec<Message> {
    let touches = &change.touches;
    let mut messages = Vec::new();
    for stale in &touches.stale {
        let (path, line) = (&stale.path, stale.line);
        let (title, words) = (&stale.title, &stale.words);
        messages.push(match &stale.now {
            Some(now) if *now == change.path => {
                message!("cli-range-moved", path = path, line = line, title = title, words = words, now = now)
            }
            Some(now) => {
                message!("cli-range-stale", path = path, line = line, title = title, words = words, now = now)
            }
            None => message!("cli-range-stale-gone", path = path, line = line, title = title, words = words),
        });
    }
    for place in &touches.cited_by {
        let (path, title, clause) = (&place.path, &place.title, &place.clause);
        messages.push(message!(
            "cli-range-cites",
            path = path,
            line = place.line,
            title = title,
            clause = clause
        ));
    }
    for place in &touches.quoted_by {
        let (path, title, clause) = (&place.path, &place.title, &place.clause);
        messages.push(message!(
            "cli-range-quotes",
            path = path,
            line = place.line,
            title = title,
            clause = clause
        ));
    }
    if touches.everyone_must_read {
        messages.push(message!("cli-range-read-all"));
    } else if !touches.must_read.is_empty() {
        let comma = if language == Language::ENGLISH { ", " } else { "、" };
        messages.push(message!("cli-range-read", roles = touches.must_read.join(comma)));
    }
    messages
}

fn plain(changes: &[ChangedChapter], language: Language) -> String {
    if changes.is_empty() {
        return language.text(&message!("cli-range-nothing")) + "\n";
    }
    let mut text = String::new();
    for change in changes {
        let _ = writeln!(text, "{}\n  {}", heading(change, language), change.path);
        for field in &change.fields {
            let _ = writeln!(text, "  {}: [-{}-]{{+{}+}}", field.label, field.from, field.to);
        }
        text.push_str(&rows_text(&change.redline, language));
        let touched = touches(change, language);
        if !touched.is_empty() {
            let _ = writeln!(text, "\n  {}", language.text(&message!("cli-range-touches")));
        }
        for message in touched {
            let _ = writeln!(text, "    {}", language.text(&message));
        }
        text.push('\n');
    }
    text
}

/// Markdown for a comment on a merge request.
fn github(changes: &[ChangedChapter], language: Language) -> String {
    if changes.is_empty() {
        return language.text(&message!("cli-range-nothing")) + "\n";
    }
    let mut text = String::new();
    for change in changes {
        let _ = writeln!(text, "### {}\n", escaped(&heading(change, language)));
        let _ = writeln!(text, "`{}`\n", change.path.replace('`', "'"));
        let rows: Vec<&Row> = change.redline.changes().collect();
        if !(rows.is_empty() && change.fields.is_empty()) {
            text.push_str("| | | |\n| --- | --- | --- |\n");
        }
        for field in &change.fields {
            let (from, to) = (escaped(&field.from), escaped(&field.to));
            let _ = writeln!(text, "| | {} | <del>{from}</del> <ins>{to}</ins> |", escaped(&field.label));
        }
        for row in rows {
            let label = escaped(&place_of(row));
            let lines: Vec<String> = row.parts.iter().filter(|part| is_told(row, part)).map(line).collect();
            let kind = language.text(&kind_word(row.kind));
            let _ = writeln!(text, "| {kind} | {label} | {} |", lines.join("<br>"));
        }
        let touched = touches(change, language);
        if !touched.is_empty() {
            let _ = writeln!(text, "\n**{}**\n", language.text(&message!("cli-range-touches")));
        }
        for message in touched {
            let _ = writeln!(text, "- {}", escaped(&language.text(&message)));
        }
        text.push('\n');
    }
    text
}

/// Whether a line of a row is worth a reviewer's look.
fn is_told(row: &Row, part: &Part) -> bool {
    part.kind != Kind::Same || row.kind != Kind::Changed
}

fn line(part: &Part) -> String {
    let run = |run: &Run| match run.change {
        Change::Same => escaped(&run.text),
        Change::Deleted => format!("<del>{}</del>", escaped(&run.text)),
        Change::Added => format!("<ins>{}</ins>", escaped(&run.text)),
    };
    part.runs.iter().map(run).collect()
}

/// A text as it may stand in a cell of a table in Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '~' | '#' | '!' => out.extend(['\\', c]),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
