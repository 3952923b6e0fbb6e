//! Comments and tags of Liquid and of Nunjucks, which a tool reads before Markdown.

use crate::markdown::verbatim;
use std::ops::Range;

/// `{% comment %} … {% endcomment %}`, in code too, since Liquid comes before Markdown; not in
/// what is `raw`.
pub(super) fn of_liquid(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut open, mut is_raw, mut at) = (None, false, 0);
    while let Some(start) = text[at..].find("{%").map(|found| at + found) {
        let Some(end) = text[start..].find("%}").map(|end| start + end) else { break };
        let name = text[start + 2..end].trim_matches('-').trim();
        let name = name.split(char::is_whitespace).next().unwrap_or("");
        at = end + 2;
        match (name, open) {
            ("raw", None) => is_raw = true,
            ("endraw", None) => is_raw = false,
            ("comment", None) if !is_raw => open = Some(start),
            ("endcomment", Some(start)) => {
                found.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// `{# note #}`; `{#id}` behind a heading is none.
pub(super) fn of_nunjucks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{#").map(|start| at + start) {
        at = start + 2;
        if !text[at..].starts_with([' ', '\n', '\r', '\t', '-']) {
            continue;
        }
        let Some(end) = text[at..].find("#}").map(|end| at + end + 2) else { break };
        found.push(start..end);
        at = end;
    }
    found
}

/// Tags of Liquid that make no words of their own: what they choose or bring in is not made here,
/// and no reader of the tool's pages sees them.
const TAGS: [&str; 25] = [
    "include",
    "include_relative",
    "include_cached",
    "render",
    "if",
    "elsif",
    "elseif",
    "else",
    "endif",
    "unless",
    "endunless",
    "case",
    "when",
    "endcase",
    "for",
    "endfor",
    "assign",
    "set",
    "capture",
    "endcapture",
    "break",
    "continue",
    "seo",
    "feed_meta",
    "increment",
];

/// The tags of Liquid in running text that no reader of the tool's pages sees; those in an address or
/// an attribute are part of it.
#[must_use]
pub(crate) fn tags_of_liquid(text: &str) -> Vec<Range<usize>> {
    if !text.contains("{%") {
        return Vec::new();
    }
    let code = verbatim::ranges(text);
    let (mut found, mut is_raw, mut at) = (Vec::new(), false, 0);
    while let Some(start) = text[at..].find("{%").map(|found| at + found) {
        let Some(end) = text[start..].find("%}").map(|end| start + end + 2) else { break };
        at = end;
        let name = text[start + 2..end - 2].trim_matches('-').trim();
        let name = name.split(char::is_whitespace).next().unwrap_or("");
        is_raw = name == "raw" || is_raw && name != "endraw";
        let is_part = text[..start].ends_with(['(', '"', '\'', '=', '/']);
        if TAGS.contains(&name) && !is_raw && !is_part && !verbatim::holds(&code, start) {
            found.push(start..end);
        }
    }
    found
}
