//! Calls in Ruby templates that only make a link, a picture or a value.

use super::made::{alert, link};
use super::tag::{Style, replace};
use super::{Context, include};
use crate::chapter::folder;
use crate::import::report::{Kind, Report};
use crate::text::LineIndex;

const STYLE: Style = Style { marks: &[("<%=", "%>")], closes: |_| None, raw: &[], in_code: true };

/// A text with its calls resolved.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    let text = &without_comments(text);
    if !text.contains("<%=") {
        return text.to_owned();
    }
    let index = LineIndex::new(text);
    replace(text, &STYLE, |call| {
        let line = context.lines_above + index.line_of(call.start);
        let words = strings(call.rest);
        let (name, first) =
            call.name.split_once('(').map_or((call.name, None), |(name, rest)| (name, Some(rest)));
        let words = match first {
            Some(first) => strings(&format!("{first} {}", call.rest)),
            None => words,
        };
        let new = match (name, words.as_slice()) {
            ("link_to", [words, dest, ..]) => Some(link(words, dest)),
            ("image_tag", [src, rest @ ..]) => {
                let alt = rest.first().map_or("", String::as_str);
                Some(format!("![{alt}]({})", picture(src, context).replace(' ', "%20")))
            }
            ("warning_text", [text]) => Some(alert("warning", None, text, call.indent)),
            ("partial", [path]) => partial(path, context, line, report),
            ("current_page.data.title", []) => Some(context.title.to_owned()),
            _ => context.book.values.get(call.name).cloned(),
        }?;
        report.add(
            Kind::Rewritten,
            context.path,
            Some(line),
            format!("<%= {} {}", call.name, call.rest).trim(),
        );
        Some(new)
    })
}

/// Where Middleman takes a picture from: a folder of its own, unless its path begins at the top.
fn picture(src: &str, context: &Context<'_>) -> String {
    let images = context.book.values.get("images_dir").map_or("images", String::as_str);
    let is_whole = src.starts_with('/') || crate::handbook::link::is_external(src);
    if is_whole { src.to_owned() } else { format!("/{}/{src}", images.trim_matches('/')) }
}

/// A text without what stands between `<%#` and `%>`, which no reader sees. Line ends stay.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("<%#") {
        out.push_str(before);
        let Some((comment, after)) = behind.split_once("%>") else {
            out.push_str("<%#");
            rest = behind;
            continue;
        };
        out.extend(comment.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The strings among the arguments.
fn strings(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(['"', '\'']) {
        let quote = rest[start..].chars().next().unwrap_or('"');
        let inner = &rest[start + 1..];
        let Some(end) = inner.find(quote) else { break };
        found.push(inner[..end].to_owned());
        rest = &inner[end + 1..];
    }
    found
}

/// A partial that calls nothing itself: one beside the page, or from the top.
fn partial(path: &str, context: &Context<'_>, line: usize, report: &mut Report) -> Option<String> {
    let (above, name) =
        path.rsplit_once('/').map_or((String::new(), path), |(above, name)| (format!("{above}/"), name));
    let endings = [".html.erb", ".html", ".html.md.erb", ".html.md", ".md.erb", ".md", ".erb"];
    let tops = [folder(context.path), &context.book.root];
    let places = tops.iter().flat_map(|top| endings.iter().map(move |ending| (*top, ending)));
    let (top, file) =
        places.map(|(top, ending)| (top, format!("{above}_{name}{ending}"))).find(|(top, file)| {
            let place = crate::import::tree::within(top, file);
            context.tree.text(&place).is_some_and(|text| !text.contains("<%"))
        })?;
    include::included(&file, "", path, line, &[top.to_owned()], context, report)
}
