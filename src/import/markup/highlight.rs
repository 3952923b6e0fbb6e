//! Comments in code that say which lines Docusaurus marks: `// highlight-next-line`,
//! `// highlight-start` to `// highlight-end`. Readers do not see them; the lines are named
//! behind the language instead.

use super::{Context, code};
use crate::import::report::Report;

/// What a comment says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Next,
    Start,
    End,
}

/// A text whose blocks of code have the numbers of their marked lines.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !text.contains("highlight-") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for block in code::ranges(text) {
        let written = &text[block.clone()];
        if block.start < at || !written.contains("highlight-") || !written.contains('\n') {
            continue;
        }
        let number = text[..block.start].matches('\n').count() + 1;
        out.push_str(&text[at..block.start]);
        out.push_str(&marked(written, number, context, report));
        at = block.end;
    }
    out.push_str(&text[at..]);
    out
}

fn marked(block: &str, number: usize, context: &Context<'_>, report: &mut Report) -> String {
    let (head, body) = block.split_once('\n').unwrap_or((block, ""));
    let (mut kept, mut marked): (String, Vec<usize>) = (String::with_capacity(body.len()), Vec::new());
    let (mut count, mut is_next, mut is_open) = (0, false, false);
    for (line, above) in body.split_inclusive('\n').zip(1..) {
        if let Some(says) = says(line) {
            context.rewritten(number + above, line.trim(), report);
            match says {
                Says::Next => is_next = true,
                Says::Start => is_open = true,
                Says::End => is_open = false,
            }
            continue;
        }
        count += 1;
        if std::mem::take(&mut is_next) || is_open {
            marked.push(count);
        }
        kept.push_str(line);
    }
    let numbers = if head.contains('{') || marked.is_empty() {
        String::new()
    } else {
        let numbers: Vec<String> = marked.iter().map(usize::to_string).collect();
        format!(" {{{}}}", numbers.join(","))
    };
    format!("{}{numbers}\n{kept}", head.trim_end())
}

/// A line with nothing but such a comment, in the forms of several languages.
fn says(line: &str) -> Option<Says> {
    let line = line.trim();
    let pairs = [("//", ""), ("#", ""), ("/*", "*/"), ("{/*", "*/}"), ("<!--", "-->"), ("--", ""), ("%", "")];
    let words = pairs.iter().find_map(|(open, close)| {
        let inner = line.strip_prefix(open)?.strip_suffix(close)?.trim();
        inner.starts_with("highlight-").then_some(inner)
    })?;
    match words {
        "highlight-next-line" => Some(Says::Next),
        "highlight-start" => Some(Says::Start),
        "highlight-end" => Some(Says::End),
        _ => None,
    }
}
