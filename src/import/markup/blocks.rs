//! Blocks of PyMdown, `/// details | Title` to `///`, as the boxes and tabs that our dialect
//! reads: `!!!`, `???`, `===`.

use super::{Context, code};
use crate::import::report::{Kind, Report};

/// The setting under which a book has them: `pymdownx.blocks.tab` and its like.
pub(in crate::import) const SETTING: &str = "pymdownx.blocks.";

/// Blocks inside one another that are read.
const DEEPEST: usize = 8;

/// Types of notes that are names of blocks themselves.
const NOTES: [&str; 8] = ["note", "attention", "caution", "danger", "error", "tip", "hint", "warning"];

/// The line that begins a block.
struct Opening<'a> {
    /// How many slashes it has: a block ends at a line of so many.
    slashes: usize,
    name: &'a str,
    title: &'a str,
}

/// A text with its blocks as boxes.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !text.contains("///") || !context.book.values.contains_key(SETTING) {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut at = 0;
    let lines: Vec<Line<'_>> = text
        .lines()
        .zip(1..)
        .map(|(text, number)| {
            let start = at;
            at += text.len() + 1;
            Line { text, number, is_code: code::holds(&code, start + text.len() - text.trim_start().len()) }
        })
        .collect();
    let mut out = String::with_capacity(text.len() + 64);
    write(&lines, "", 0, context, report, &mut out);
    out
}

struct Line<'a> {
    text: &'a str,
    number: usize,
    is_code: bool,
}

fn opening<'a>(line: &Line<'a>) -> Option<Opening<'a>> {
    let slashes = line.text.bytes().take_while(|byte| *byte == b'/').count();
    let (name, title) = line.text[slashes..].split_once('|').unwrap_or((&line.text[slashes..], ""));
    let name = name.trim();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_begun = slashes >= 3 && !line.is_code && line.text[slashes..].starts_with(' ');
    (is_begun && is_name).then_some(Opening { slashes, name, title: title.trim() })
}

fn write(
    lines: &[Line<'_>],
    indent: &str,
    depth: usize,
    context: &Context<'_>,
    report: &mut Report,
    out: &mut String,
) {
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let begun = opening(line).filter(|_| depth < DEEPEST);
        let closes = |begun: &Opening<'_>| {
            let is_end = |line: &Line<'_>| {
                let bare = line.text.trim_end();
                !line.is_code && bare.len() == begun.slashes && bare.bytes().all(|byte| byte == b'/')
            };
            lines[at + 1..].iter().position(is_end).map(|end| at + 1 + end)
        };
        let Some((begun, end)) = begun.and_then(|begun| closes(&begun).map(|end| (begun, end))) else {
            push(line.text, indent, out);
            at += 1;
            continue;
        };
        let options = lines[at + 1..end].iter().take_while(|line| line.text.starts_with("    "));
        let options: Vec<&str> = options.map(|line| line.text.trim()).collect();
        let option = |name: &str| {
            options.iter().find_map(|option| option.strip_prefix(name)?.strip_prefix(':').map(str::trim))
        };
        let inner = &lines[at + 1 + options.len()..end];
        match head(&begun, option("type"), option("open").is_some_and(|open| open != "False")) {
            Some(head) => {
                context.rewritten(line.number, line.text.trim(), report);
                if !out.ends_with("\n\n") {
                    out.push('\n');
                }
                let inside = if head.is_empty() { indent.to_owned() } else { format!("{indent}    ") };
                push(&head, indent, out);
                out.push('\n');
                write(inner, &inside, depth + 1, context, report, out);
                out.push('\n');
            }
            None => {
                let number = Some(context.lines_above + line.number);
                report.add(Kind::Markup, context.path, number, line.text.trim());
                lines[at..=end].iter().for_each(|line| push(line.text, indent, out));
            }
        }
        at = end + 1;
    }
}

fn push(line: &str, indent: &str, out: &mut String) {
    if !line.trim().is_empty() {
        out.push_str(indent);
        out.push_str(line);
    }
    out.push('\n');
}

/// What begins the box that stands for a block; empty where its content stands for itself, and
/// `None` where nothing does.
fn head(block: &Opening<'_>, kind: Option<&str>, is_open: bool) -> Option<String> {
    let title = block.title.replace('"', "'");
    let quoted = if title.is_empty() { String::new() } else { format!(" \"{title}\"") };
    Some(match block.name {
        "details" => {
            format!("???{} {}{quoted}", if is_open { "+" } else { "" }, kind.unwrap_or("details"))
        }
        "admonition" => format!("!!! {}{quoted}", kind.unwrap_or("note")),
        "tab" => format!("=== \"{title}\""),
        // A caption is a line below its picture; an element of HTML has no look here.
        "caption" | "figure-caption" | "table-caption" | "html" => String::new(),
        name if NOTES.contains(&name) => format!("!!! {name}{quoted}"),
        _ => return None,
    })
}
