//! Tabs of vuepress-theme-hope: `::: tabs#name` or `::: code-tabs`, in which a line `@tab Title`
//! begins each tab.

use super::{Context, code};
use crate::import::report::Report;

/// A box of colons that is open.
struct Open<'a> {
    colons: usize,
    /// The indent of its line, where it holds tabs.
    tabs: Option<&'a str>,
    /// Whether one of its tabs has begun.
    is_begun: bool,
}

/// A text whose tabs are those of our dialect.
pub(super) fn tabs(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !text.contains("@tab") {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len() + 64);
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let bare = line.trim();
        let indent = &line[..line.len() - line.trim_start().len()];
        let is_code = code::holds(&code, start + indent.len());
        let colons = if is_code { 0 } else { bare.bytes().take_while(|byte| *byte == b':').count() };
        if colons >= 3 && colons < bare.len() {
            let name = bare[colons..].trim_start().split([' ', '#']).next().unwrap_or("");
            let is_tabs = matches!(name, "tabs" | "code-tabs") && holds_tab(&text[at..]);
            if is_tabs {
                context.rewritten(number + 1, bare, report);
                out.push('\n');
            } else {
                push(line, &open, &mut out);
            }
            open.push(Open { colons, tabs: is_tabs.then_some(indent), is_begun: false });
            continue;
        }
        // A line of colons ends the innermost box of so many.
        let ended = (colons >= 3).then(|| open.iter().rposition(|own| own.colons == colons)).flatten();
        if let Some(level) = ended {
            let was_tabs = open[level].tabs.is_some();
            open.truncate(level);
            match was_tabs {
                true => out.push('\n'),
                false => push(line, &open, &mut out),
            }
            continue;
        }
        let title = bare.strip_prefix("@tab").filter(|_| !is_code).and_then(title);
        let depth = open.iter().filter(|own| own.is_begun).count();
        if let (Some(title), Some(last)) = (title, open.last_mut().filter(|last| last.tabs.is_some())) {
            context.rewritten(number + 1, bare, report);
            let outer = "    ".repeat(depth - usize::from(last.is_begun));
            last.is_begun = true;
            if !out.ends_with("\n\n") {
                out.push('\n');
            }
            out.push_str(&format!("{outer}{}=== \"{title}\"\n\n", last.tabs.unwrap_or("")));
            continue;
        }
        push(line, &open, &mut out);
    }
    out
}

/// A line within the tabs that are open, which our dialect has indented.
fn push(line: &str, open: &[Open<'_>], out: &mut String) {
    if !line.trim().is_empty() {
        out.push_str(&"    ".repeat(open.iter().filter(|own| own.is_begun).count()));
    }
    out.push_str(line);
}

/// Whether a tab begins before anything else that is said.
fn holds_tab(behind: &str) -> bool {
    let first = behind.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("<!--"));
    first.is_some_and(|line| line.strip_prefix("@tab").and_then(title).is_some())
}

/// What stands behind `@tab`, without what says which tab is open and where links lead.
fn title(rest: &str) -> Option<String> {
    let rest = rest.strip_prefix(":active").unwrap_or(rest);
    let words = rest.strip_prefix(' ')?.trim();
    let words = words
        .rsplit_once('#')
        .map_or(words, |(words, id)| if id.contains(' ') { words } else { words.trim_end() });
    (!words.is_empty()).then(|| words.replace('"', "'"))
}
