//! What Obsidian adds to Markdown that ours has not: names of blocks, and comments.

use super::{Context, code, html};
use crate::import::report::Report;
use crate::markdown::hidden;
use crate::text::LineIndex;

/// A text with its blocks named by ids, and its comments hidden.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    let text = comments(text, context, report);
    if !text.contains('^') {
        return text;
    }
    let code = code::ranges(&text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let bare = line.trim_end();
        let Some((before, id)) = bare.rsplit_once('^').filter(|(before, id)| is_block(before, id)) else {
            out.push_str(line);
            continue;
        };
        if code::holds(&code, start + before.len()) {
            out.push_str(line);
            continue;
        }
        out.push_str(before);
        out.push_str(&format!("<a id=\"^{id}\"></a>"));
        out.push_str(&line[bare.len()..]);
        context.rewritten(number + 1, format!("^{id}"), report);
    }
    out
}

/// Whether a line ends in the name of its block.
fn is_block(before: &str, id: &str) -> bool {
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    // `10 ^6` is a number.
    let is_name = id.len() >= 4 || id.bytes().any(|byte| byte.is_ascii_alphabetic());
    is_id && is_name && (before.is_empty() || before.ends_with([' ', '\t', '>']))
}

/// `%% … %%` as a comment of HTML.
fn comments(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    let notes = hidden::of_obsidian(text);
    let index = LineIndex::new(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for note in notes {
        out.push_str(&text[at..note.start]);
        out.push_str(&html::comment(&text[note.start + 2..note.end - 2]));
        context.rewritten(index.line_of(note.start), "%%", report);
        at = note.end;
    }
    out.push_str(&text[at..]);
    out
}
