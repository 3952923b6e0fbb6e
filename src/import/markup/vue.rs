//! What VitePress, VuePress and docsify add to Markdown.

use super::tag::{Arguments, Call, Style, alert, replace, tab};
use super::{Context, code, include};
use crate::import::report::{Kind, Report};
use crate::markdown::slug;
use crate::text::LineIndex;

const STYLE: Style =
    Style { marks: &[("<", ">")], closes: |name| name.strip_prefix('/'), raw: &[], in_code: false };

/// A text with its includes, values and components resolved.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    let text = lines(text, context, report);
    if !["<Badge", "<Code", "<ClientOnly"].iter().any(|open| text.contains(open)) {
        return text;
    }
    let text = with_ids(&text);
    let index = LineIndex::new(&text);
    replace(&text, &STYLE, |call| {
        let new = component(call)?;
        let line = context.lines_above + index.line_of(call.start);
        report.add(Kind::Rewritten, context.path, Some(line), format!("<{} {}", call.name, call.rest).trim());
        Some(new)
    })
}

/// The components that every site has.
fn component(call: &Call<'_>) -> Option<String> {
    let own = Arguments::read(call.rest);
    match (call.name, call.inner) {
        ("Badge", inner) => {
            let words = inner.map(str::trim).filter(|words| !words.is_empty()).or_else(|| own.get("text"))?;
            Some(format!("=={}==", words.trim()))
        }
        ("ClientOnly", Some(inner)) => Some(inner.to_owned()),
        ("CodeGroup", Some(inner)) if inner.contains("===") => Some(inner.to_owned()),
        ("CodeGroupItem", Some(inner)) => {
            Some(tab(own.get("title").or_else(|| own.plain(0))?, inner, call.indent))
        }
        _ => None,
    }
}

/// Headings keep the id that they have without their badges.
fn with_ids(text: &str) -> String {
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_end();
        let words = bare.trim_start_matches('#');
        let is_heading = words.len() < bare.len() && words.starts_with(' ');
        let badge =
            bare.find("<Badge").filter(|_| is_heading && !bare.contains("{#") && !code::holds(&code, start));
        out.push_str(bare);
        if let Some(badge) = badge {
            let id = slug(&bare[bare.len() - words.len()..badge]);
            if !id.is_empty() {
                out.push_str(&format!(" {{#{id}}}"));
            }
        }
        out.push_str(&line[bare.len()..]);
    }
    out
}

fn lines(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let bare = line.trim();
        let shown = context.lines_above + number + 1;
        let indent = line.len() - line.trim_start().len();
        if code::holds(&code, start + indent) {
            out.push_str(line);
            continue;
        }
        let new = match bare {
            "[[toc]]" | "[[TOC]]" => Some("[TOC]".to_owned()),
            _ => included(bare, shown, context, report).or_else(|| boxed(bare)),
        };
        match new {
            Some(new) => {
                report.add(Kind::Rewritten, context.path, Some(shown), bare);
                out.push_str(&line[..indent]);
                out.push_str(new.trim_end());
                out.push('\n');
            }
            None => out.push_str(line),
        }
    }
    out
}

/// `?> note` and `!> warning` of docsify.
fn boxed(line: &str) -> Option<String> {
    let (kind, rest) = line
        .strip_prefix("?> ")
        .map(|rest| ("tip", rest))
        .or_else(|| line.strip_prefix("!> ").map(|rest| ("warning", rest)))?;
    Some(alert(kind, None, rest, ""))
}

/// `<!--@include: ./a.md{2,5}-->`, `<<< @/a.js#part`, `@[code](./a.js)`.
fn included(line: &str, number: usize, context: &Context<'_>, report: &mut Report) -> Option<String> {
    let comment = line.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).map(str::trim);
    if let Some(path) = comment.and_then(|inner| inner.strip_prefix("@include:")) {
        let (path, part) = part_of(path.trim());
        return include::included(&rooted(path), &part, line, number, &[], context, report);
    }
    let path = match line.strip_prefix("<<<") {
        Some(path) => path.trim(),
        None => line
            .strip_prefix("@[code")
            .and_then(|rest| rest.split_once("]("))
            .and_then(|(_, rest)| rest.strip_suffix(')'))?,
    };
    let (path, part) = part_of(path);
    let text = include::included(&rooted(path), &part, line, number, &[], context, report)?;
    let language = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    Some(super::tag::fence(language, &text, ""))
}

/// A path from the folder of the chapters.
fn rooted(path: &str) -> String {
    path.strip_prefix("@/").map_or_else(|| path.to_owned(), |rest| format!("/{rest}"))
}

/// A path and the part of it that is meant: `a.md{2,5}`, `a.md#part`.
fn part_of(written: &str) -> (&str, String) {
    if let Some((path, rest)) = written.split_once('{') {
        let lines = rest.split([' ', '}']).next().unwrap_or("");
        let is_lines = lines.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'-'));
        let part = if is_lines { lines.replace([',', '-'], ":") } else { String::new() };
        return (path.trim(), part);
    }
    written.split_once('#').map_or((written, String::new()), |(path, part)| (path, part.to_owned()))
}
