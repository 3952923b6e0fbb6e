//! Values that a text names: variables of GitBook (`.gitbook/vars.yaml`), constants and
//! expressions of MDX.

use super::{Context, code};
use crate::import::report::{Kind, Report};
use crate::text::LineIndex;
use serde_yaml::Value;
use std::collections::HashMap;

/// A text with the variables of GitBook as their values; what names none is told.
pub(super) fn of_gitbook(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    const OPEN: &str = "<code class=\"expression\">";
    let index = LineIndex::new(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = text[at..].find(OPEN).map(|found| at + found) {
        let inner = start + OPEN.len();
        let Some(end) = text[inner..].find("</code>").map(|end| inner + end) else { break };
        let name = text[inner..end].trim();
        let own = || {
            let vars = context.front.get("vars")?.as_mapping()?;
            scalar(vars.get(name.strip_prefix("page.vars.")?)?)
        };
        out.push_str(&text[at..start]);
        at = end + "</code>".len();
        let line = context.lines_above + index.line_of(start);
        match context.book.values.get(name).cloned().or_else(own) {
            Some(value) => {
                report.add(Kind::Rewritten, context.path, Some(line), name);
                out.push_str(&value);
            }
            None => {
                report.add(Kind::Markup, context.path, Some(line), &text[start..at]);
                out.push_str(&text[start..at]);
            }
        }
    }
    out.push_str(&text[at..]);
    out
}

/// A value as it is shown.
pub(in crate::import) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// The constants of a text that are plain: `export const name = 'text';`.
pub(super) fn constants(line: &str) -> Option<(String, String)> {
    let (name, value) = line.strip_prefix("export const ")?.split_once('=')?;
    let name = name.split(':').next().unwrap_or(name).trim();
    let value = literal(value.trim().trim_end_matches(';').trim_end())?;
    is_name(name).then(|| (name.to_owned(), value))
}

fn is_name(name: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(is_sign)
}

/// A text in quotation marks, or a number.
fn literal(written: &str) -> Option<String> {
    let quote = written.chars().next()?;
    if matches!(quote, '"' | '\'' | '`') {
        let inner = written.get(1..)?.strip_suffix(quote)?;
        return (!inner.contains([quote, '\\']) && !inner.contains("${")).then(|| inner.to_owned());
    }
    written.parse::<f64>().is_ok().then(|| written.to_owned())
}

/// A text of MDX whose expressions in running text are their values where they are plain, and
/// are told where only running them would tell.
pub(super) fn of_mdx(
    text: &str,
    constants: &HashMap<String, String>,
    context: &Context<'_>,
    report: &mut Report,
) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let (code, index) = (code::ranges(text), LineIndex::new(text));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, _) in text.match_indices('{') {
        if start < at || code::holds(&code, start) {
            continue;
        }
        let Some(end) = end_of(&text[start..]).map(|end| start + end) else { continue };
        let inner = text[start + 1..end - 1].trim();
        if is_escaped(text, start) || is_something_else(text, start, inner) {
            // Braces within are no other ones.
            out.push_str(&text[at..end]);
            at = end;
            continue;
        }
        out.push_str(&text[at..start]);
        at = end;
        let line = context.lines_above + index.line_of(start);
        match literal(inner).or_else(|| constants.get(inner).cloned()) {
            Some(value) => {
                report.add(Kind::Rewritten, context.path, Some(line), &text[start..end]);
                out.push_str(&escaped(&value));
            }
            None => {
                let written: String = text[start..end].chars().take(120).collect();
                report.add(Kind::Markup, context.path, Some(line), written);
                out.push_str(&text[start..end]);
            }
        }
    }
    out.push_str(&text[at..]);
    out
}

/// Where the brace is closed that a text begins with, within its paragraph.
fn end_of(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate().take(2_000) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return Some(at + 1),
            b'}' => depth -= 1,
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => return None,
            _ => {}
        }
    }
    None
}

fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].ends_with('\\')
}

/// Whether braces are an id, a comment, an attribute of a tag, or a formula.
fn is_something_else(text: &str, start: usize, inner: &str) -> bool {
    let before = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
    let in_tag = before.rfind('<').is_some_and(|open| {
        let tag = &before[open + 1..];
        !tag.contains('>') && tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
    });
    let is_formula = before.matches('$').count() % 2 == 1 || before.ends_with(['^', '_', '}']);
    let is_box = before.trim_start().starts_with(":::");
    inner.is_empty()
        || inner.starts_with(['#', '.', ':', '/', '%'])
        || in_tag
        || before.ends_with('=')
        || is_formula
        || is_box
        || text[..start].ends_with("\\frac")
}

/// A value as text of Markdown.
fn escaped(value: &str) -> String {
    value.replace('<', "&lt;").replace('{', "\\{")
}
