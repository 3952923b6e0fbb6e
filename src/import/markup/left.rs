//! Markup of the old tool that is still there, told with its line.

use super::{Context, code};
use crate::import::Tool;
use crate::import::report::{Kind, Report};
use crate::markdown::{hidden, myst};
use crate::text::LineIndex;
use std::sync::Arc;

/// What a tool's markup begins with and ends with; what has no end goes to the end of the line.
fn marks(tool: Tool, has_macros: bool) -> &'static [(&'static str, &'static str)] {
    match tool {
        Tool::Mkdocs if has_macros => &[("--8<--", "\n"), ("{%", "%}"), ("{{", "}}")],
        Tool::Mkdocs => &[("--8<--", "\n"), ("{%", "%}")],
        Tool::Mdbook => &[("{{", "}}")],
        Tool::Hugo => &[("{{<", ">}}"), ("{{%", "%}}")],
        Tool::Gitbook => &[("{%", "%}")],
        Tool::Jekyll | Tool::Eleventy => &[("{%", "%}"), ("{{", "}}")],
        Tool::Middleman => &[("<%", "%>")],
        Tool::Vitepress | Tool::Vuepress => &[("{{", "}}"), ("<<<", "\n"), ("@include", "\n")],
        Tool::Docusaurus | Tool::Starlight | Tool::Nextra | Tool::Fumadocs => &[("<", ">")],
        Tool::Obsidian => &[("<%", "%>"), ("{{", "}}")],
        // The folder may have been part of a book of any tool.
        Tool::Folder => &[("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("<%", "%>"), ("--8<--", "\n")],
        Tool::Docsify | Tool::Confluence | Tool::Word => &[],
    }
}

/// Tells what is left outside of code.
pub(super) fn tell(text: &str, context: &Context<'_>, report: &mut Report) {
    let all = marks(context.book.tool, context.book.values.contains_key("macros"));
    if !all.iter().any(|(open, _)| text.contains(open)) {
        return;
    }
    let code = code::ranges(text);
    let index = LineIndex::new(text);
    for (open, close) in all {
        for (at, _) in text.match_indices(open) {
            if code::holds(&code, at) {
                continue;
            }
            let rest = &text[at..];
            if *open == "<" && !rest[1..].starts_with(|c: char| c.is_ascii_uppercase()) {
                continue;
            }
            let end = rest.find(close).map_or(rest.len(), |end| end + close.trim_end().len());
            let written: String = rest[..end].chars().take(120).collect();
            report.add(
                Kind::Markup,
                context.path,
                Some(context.lines_above + index.line_of(at)),
                written.trim(),
            );
        }
    }
}

/// A text of MyST as Markdown, without what MyST hides: comments, and cells of code that are tagged so.
pub(in crate::import) fn markdown_of_myst(path: &str, text: &str, report: &mut Report) -> Arc<str> {
    let index = LineIndex::new(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for note in hidden::of_myst(text) {
        out.push_str(&text[at..note.start]);
        let written = &text[note.clone()];
        out.extend(written.matches('\n'));
        report.add(Kind::Markup, path, Some(index.line_of(note.start)), written.lines().next().unwrap_or(""));
        at = note.end;
    }
    out.push_str(&text[at..]);
    myst::as_markdown(&out).into()
}
