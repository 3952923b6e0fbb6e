//! What VitePress, VuePress and docsify add to Markdown.

use super::tag::alert;
use super::{Context, code, include};
use crate::import::report::{Kind, Report};

/// A text with its includes and values resolved.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
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
