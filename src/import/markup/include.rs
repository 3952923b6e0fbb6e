//! Includes of MkDocs (`--8<--`) and mdBook (`{{#include}}`), which are read in code too.

use super::made::fence;
use super::{Context, code};
use crate::import::include::{Included, find, may_follow};
use crate::import::report::{Kind, Report};
use crate::import::withheld;

/// The text that an include stands for; `None` where it stays as it is written.
pub(super) fn included(
    path: &str,
    part: &str,
    written: &str,
    line: usize,
    folders: &[String],
    context: &Context<'_>,
    report: &mut Report,
) -> Option<String> {
    match find(context.tree, context.path, folders, path, part) {
        Included::Text { file, text } => {
            // The tool showed it, but whoever wrote it may not have meant to.
            if context.tree.text(&file).is_some_and(|text| withheld::is_kept_back(&file, text)) {
                report.add(Kind::Restricted, context.path, Some(line), written);
            }
            // Each costs something, so that empty ones end too.
            let left = context.budget.get().checked_sub(text.len() + 256)?;
            context.budget.set(left);
            report.add(Kind::Included, context.path, Some(line), written);
            Some(text)
        }
        Included::Outside => {
            report.add(Kind::Outside, context.path, Some(line), written);
            None
        }
        Included::Missing => None,
    }
}

/// Snippets of pymdownx: `--8<-- "path"`, and lists of paths between two marks.
pub(super) fn snippets(text: &str, context: &Context<'_>, depth: usize, report: &mut Report) -> String {
    if !text.contains("-8<-") && context.book.appended.is_empty() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut is_list = false;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let line_number = context.lines_above + number + 1;
        let bare = line.trim();
        let indent = &line[..line.len() - line.trim_start().len()];
        let mark = bare.strip_prefix("-").map(|rest| rest.trim_start_matches('-'));
        let after =
            mark.and_then(|rest| rest.strip_prefix("8<-")).map(|rest| rest.trim_start_matches('-').trim());
        let path = match after {
            Some("") => {
                is_list = !is_list;
                continue;
            }
            Some(path) => Some(path.trim_matches(['"', '\''])),
            None if is_list => Some(bare).filter(|path| !path.is_empty()),
            None => None,
        };
        let Some(path) = path else {
            out.push_str(line);
            continue;
        };
        let (path, part) = parts(path);
        let folders = &context.book.snippets;
        let fits = may_follow(depth);
        match fits.then(|| included(path, part, bare, line_number, folders, context, report)).flatten() {
            Some(text) => {
                let text = snippets(&text, context, depth + 1, report);
                for line in text.lines() {
                    out.push_str(if line.is_empty() { "" } else { indent });
                    out.push_str(line);
                    out.push('\n');
                }
            }
            None if is_list => {
                out.push_str(&format!("{indent}--8<-- \"{path}\"\n"));
            }
            None => out.push_str(line),
        }
    }
    out
}

/// A path and the part of the file that is meant: `a.md:part`, `a.md:2:5`.
fn parts(written: &str) -> (&str, &str) {
    match written.find(':') {
        Some(at) if at > 1 && !written[at..].starts_with("://") => (&written[..at], &written[at + 1..]),
        _ => (written, ""),
    }
}

/// Blocks of Rust without the lines that mdBook hides: those that begin with `# `. `##` is one
/// sign, and `#[…]` is shown.
pub(super) fn without_hidden_lines(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !text.contains("```rust") && !text.contains("~~~rust") {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len());
    let (mut at, mut number) = (0, context.lines_above);
    let mut is_rust = false;
    for line in text.split_inclusive('\n') {
        number += 1;
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            let language = bare.trim_start_matches(['`', '~']).split([',', ' ', '{']).next().unwrap_or("");
            is_rust = language.trim() == "rust";
        } else if is_rust && code::holds(&code, at) {
            let rest = bare.strip_prefix('#').map(str::trim_end);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')) {
                report.add(Kind::Rewritten, context.path, Some(number), line.trim());
                at += line.len();
                continue;
            }
            if bare.starts_with("##") {
                out.push_str(&line[..line.len() - bare.len()]);
                out.push_str(&bare[1..]);
                at += line.len();
                continue;
            }
        }
        at += line.len();
        out.push_str(line);
    }
    out
}

/// `{{#include path:part}}` and its like.
pub(super) fn mdbook(text: &str, context: &Context<'_>, depth: usize, report: &mut Report) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let before = &rest[..at];
        let Some(end) = rest[at..].find("}}").map(|end| at + end + 2) else { break };
        let written = &rest[at..end];
        out.push_str(before);
        // Blanks may stand before the sign.
        let Some(inner) = written[2..written.len() - 2].trim_start().strip_prefix('#') else {
            out.push_str("{{");
            rest = &rest[at + 2..];
            continue;
        };
        let line = context.lines_above + text[..text.len() - rest.len() + at].matches('\n').count() + 1;
        let (name, argument) = inner.trim().split_once(char::is_whitespace).unwrap_or((inner.trim(), ""));
        let new = match name {
            // A backslash before it shows it.
            _ if before.ends_with('\\') => {
                out.pop();
                Some(written.to_owned())
            }
            "include" | "rustdoc_include" | "playground" | "playpen" if may_follow(depth) => {
                let path = argument.split_whitespace().next().unwrap_or("");
                let (path, part) = parts(path);
                let own = included(path, part, written, line, &[], context, report);
                let own = own.map(|text| mdbook(&text, context, depth + 1, report));
                // A playground is a block of code, an include what it includes.
                own.map(|text| if name.starts_with("play") { fence("rust", &text) } else { text })
            }
            "title" => {
                report.add(Kind::Rewritten, context.path, Some(line), written);
                Some(String::new())
            }
            _ => None,
        };
        out.push_str(new.as_deref().unwrap_or(written));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}
