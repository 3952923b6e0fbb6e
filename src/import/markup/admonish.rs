//! Boxes of mdbook-admonish, the preprocessor of mdBook: a block of code whose language is
//! `admonish` holds Markdown.

use super::made::alert;
use super::tag::Arguments;
use super::{Context, code};
use crate::import::report::Report;

/// Boxes inside one another that are read.
const DEEPEST: usize = 4;

/// A text with its boxes as alerts.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    boxes(text, 0, 0, context, report)
}

fn boxes(text: &str, above: usize, depth: usize, context: &Context<'_>, report: &mut Report) -> String {
    if !text.contains("admonish") || depth >= DEEPEST {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for block in code::ranges(text) {
        let written = &text[block.clone()];
        let Some(begun) = opening(written).filter(|_| block.start >= at) else { continue };
        let inner = written.split_once('\n').map_or("", |(_, inner)| inner);
        let last = inner.trim_end().rsplit('\n').next().unwrap_or("");
        let is_closed = last.trim().len() >= 3 && last.trim().bytes().all(|byte| byte == begun.sign);
        let inner = if is_closed { inner.trim_end().strip_suffix(last).unwrap_or(inner) } else { inner };
        let number = above + text[..block.start].matches('\n').count() + 1;
        context.rewritten(number, written.lines().next().unwrap_or("").trim(), report);
        // What is indented as the fence is, is not indented.
        let lines: Vec<&str> =
            inner.lines().map(|line| line.strip_prefix(begun.indent).unwrap_or(line)).collect();
        let inner = boxes(&lines.join("\n"), number, depth + 1, context, report);
        out.push_str(&text[at..block.start]);
        match begun.is_folded {
            true => {
                let title = begun.title.as_deref().filter(|title| !title.is_empty()).unwrap_or(&begun.kind);
                out.push_str(&format!(
                    "{}??? {} \"{}\"\n\n",
                    begun.indent,
                    begun.kind,
                    title.replace('"', "'")
                ));
                for line in inner.trim_end().lines() {
                    if !line.is_empty() {
                        out.push_str(&format!("{}    {line}", begun.indent));
                    }
                    out.push('\n');
                }
                out.push('\n');
            }
            false => {
                out.push_str(begun.indent);
                out.push_str(&alert(&begun.kind, begun.title.as_deref(), &inner, begun.indent));
            }
        }
        at = block.end;
        // What follows would go on with it.
        if !text[at..].starts_with('\n') {
            out.push('\n');
        }
    }
    out.push_str(&text[at..]);
    out
}

struct Opening<'a> {
    sign: u8,
    indent: &'a str,
    kind: String,
    title: Option<String>,
    is_folded: bool,
}

/// ```` ```admonish warning title="Title" collapsible=true ````, with the title also bare.
fn opening(block: &str) -> Option<Opening<'_>> {
    let line = block.lines().next()?;
    let bare = line.trim_start();
    let sign = bare.bytes().next().filter(|sign| matches!(sign, b'`' | b'~'))?;
    let info = bare.trim_start_matches(char::from(sign));
    let rest = info.trim_start().strip_prefix("admonish")?;
    if bare.len() - info.len() < 3 || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let own = Arguments::read(rest);
    let is_quoted = rest.trim_start().starts_with('"');
    let first = own.plain(0).filter(|_| !is_quoted);
    // Classes and an id stand behind the type: `warning.mine#id`.
    let kind = first.map_or("note", |kind| kind.split(['.', '#']).next().unwrap_or(kind));
    let title = own.get("title").or_else(|| own.plain(usize::from(!is_quoted)));
    Some(Opening {
        sign,
        indent: &line[..line.len() - bare.len()],
        kind: if kind.is_empty() { "note".to_owned() } else { kind.to_owned() },
        title: title.map(str::to_owned),
        is_folded: own.get("collapsible") == Some("true"),
    })
}
