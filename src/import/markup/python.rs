//! What Python-Markdown and MkDocs Material read otherwise than CommonMark.

use super::tag::{Style, replace};
use super::{Context, code, place};
use crate::import::report::Report;
use crate::markdown::attributes_at;
use crate::markdown::emoji::{ICONS, icon, icon_sign};
use crate::text::{LineIndex, fold};
use std::collections::HashMap;

/// What MkDocs puts below every chapter.
pub(super) fn appended(context: &Context<'_>) -> String {
    let texts = context.book.appended.iter().filter_map(|path| context.tree.text(path));
    texts.map(|text| text.trim_end().to_owned() + "\n").collect()
}

/// A text with those definitions of links below it that it names.
pub(super) fn with_definitions_below(mut text: String, more: &str) -> String {
    let folded = fold(&text);
    let used = more.lines().filter(|line| {
        let label = line.strip_prefix('[').and_then(|rest| rest.split_once("]:")).map(|(label, _)| label);
        label.is_some_and(|label| folded.contains(&format!("[{}]", fold(label))))
    });
    let used: Vec<&str> = used.collect();
    if !used.is_empty() {
        text.truncate(text.trim_end().len());
        text.push_str("\n\n");
        text.push_str(&used.join("\n"));
        text.push('\n');
    }
    text
}

/// Values of the settings in place of their names, where a plugin for them is used.
pub(super) fn with_values(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !context.book.values.contains_key("macros") || !text.contains("{{") {
        return text.to_owned();
    }
    let style = Style { marks: &[("{{", "}}")], closes: |_| None, raw: &[], in_code: true };
    let index = LineIndex::new(text);
    replace(text, &style, |call| {
        let new = match call.rest {
            "page.title" | "title" => context.title.to_owned(),
            name => context.book.values.get(name).filter(|_| name != "macros")?.clone(),
        };
        context.rewritten(index.line_of(call.start), call.rest, report);
        Some(new)
    })
}

/// A text without icons, but for those that have a sign.
pub(super) fn without_icons(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !ICONS.iter().any(|set| text.contains(&format!(":{set}"))) {
        return text.to_owned();
    }
    let (code, index) = (code::ranges(text), LineIndex::new(text));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, _) in text.match_indices(':') {
        let Some(icon) = icon(&text[start..]).filter(|_| start >= at && !code::holds(&code, start)) else {
            continue;
        };
        let sign = icon_sign(icon).unwrap_or("");
        out.push_str(&text[at..start]);
        out.push_str(sign);
        at = start + icon.len();
        // `{ .lg .middle }` says how it looks.
        at += attributes_at(&text[at..]);
        if sign.is_empty() {
            at += text[at..].len() - text[at..].trim_start_matches(' ').len();
            at += item_below(&text[at..], place::of(text, start)).unwrap_or(0);
        }
        context.rewritten(index.line_of(start), icon, report);
    }
    out.push_str(&text[at..]);
    out
}

/// How far it is from the end of an item's sign to what the item holds, where that stands on a
/// line below: an item that is empty on its own line ends there.
fn item_below(rest: &str, signs: &str) -> Option<usize> {
    let (first, _) = rest.split_once('\n')?;
    if signs.trim().is_empty() || signs.ends_with('>') || !first.trim().is_empty() {
        return None;
    }
    let mut at = 0;
    let line = rest.split_inclusive('\n').find(|line| {
        let is_blank = line.trim().is_empty();
        at += if is_blank { line.len() } else { 0 };
        !is_blank
    })?;
    let indent = place::going_on(signs);
    let inner = line.strip_prefix(&indent)?;
    (!inner.starts_with([' ', '\t'])).then_some(at + indent.len())
}

/// A text in which every definition of a label leads to where the last one does: of several
/// the last counts in Python-Markdown, and the first in CommonMark.
pub(super) fn with_last_definitions(text: &str) -> String {
    if !text.contains("]:") {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut last: HashMap<String, &str> = HashMap::new();
    let mut is_several = false;
    for (label, rest) in definitions(text, &code).into_iter().flatten() {
        is_several |= last.insert(label, rest).is_some_and(|other| other != rest);
    }
    if !is_several {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for (line, definition) in text.split_inclusive('\n').zip(definitions(text, &code)) {
        match definition.and_then(|(label, rest)| Some((rest, *last.get(&label)?))) {
            Some((rest, right)) if rest != right => {
                let start = line.rfind(rest).unwrap_or(line.len());
                out.push_str(&line[..start]);
                out.push_str(right);
                out.push_str(&line[start + rest.len()..]);
            }
            _ => out.push_str(line),
        }
    }
    out
}

/// The label and the destination of each line that defines one.
fn definitions<'a>(text: &'a str, code: &[std::ops::Range<usize>]) -> Vec<Option<(String, &'a str)>> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        let rest = line.trim_start().strip_prefix('[').filter(|rest| !rest.starts_with('^'))?;
        let (label, rest) = rest.split_once("]:")?;
        let rest = rest.trim();
        let is_one = !label.is_empty() && !label.contains(['[', ']']) && !rest.is_empty();
        (is_one && !code::holds(code, start)).then(|| {
            let words: Vec<&str> = label.split_whitespace().collect();
            (fold(&words.join(" ")), rest)
        })
    });
    lines.collect()
}

/// A text whose definition lists (`:   what it is`, indented by four columns) are paragraphs
/// below a term in bold: indented, they would be code.
pub(super) fn without_definition_lists(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !text.lines().any(is_definition) {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut lines: Vec<String> = Vec::new();
    let (mut at, mut is_open) = (0, false);
    for (number, line) in text.lines().enumerate() {
        let start = at;
        at += line.len() + 1;
        let is_top_code = code::holds(&code, start) && !line.starts_with(' ');
        if is_definition(line) && !is_top_code {
            is_open = true;
            context.rewritten(number + 1, line.trim(), report);
            let inner = line[1..].trim_start();
            if let Some(term) = lines.last_mut().filter(|term| is_term(term)) {
                // A break keeps the numbers of lines.
                let is_words =
                    inner.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '[' | '*' | '`'));
                *term = format!("**{}**{}", term.trim(), if is_words { "\\" } else { "\n" });
            }
            lines.push(inner.to_owned());
        } else if is_open && (line.trim().is_empty() || line.starts_with("    ")) {
            lines.push(line.strip_prefix("    ").unwrap_or("").to_owned());
        } else {
            is_open = false;
            lines.push(line.to_owned());
        }
    }
    let mut out = lines.join("\n");
    if text.ends_with('\n') {
        out.push('\n');
    }
    out
}

fn is_definition(line: &str) -> bool {
    line.strip_prefix(':').is_some_and(|rest| rest.starts_with([' ', '\t']) && !rest.trim().is_empty())
}

/// Whether a line is the term of the definition below it.
fn is_term(line: &str) -> bool {
    !line.trim().is_empty()
        && !line.starts_with([' ', '#', '<', '|', '>', '-', ':'])
        && !line.starts_with("**")
}

#[cfg(test)]
mod tests {
    use super::{icon, with_last_definitions};

    #[test]
    fn the_last_definition_counts() {
        let text = "[a] [b]\n\n[a]: one.md\n  [b]: b.md\n\n    [A]: two.md 'x'\n\n```\n[a]: three.md\n```\n[^a]: note\n";
        let new = text.replace("[a]: one.md", "[a]: two.md 'x'");
        assert_eq!(with_last_definitions(text), new);
        for same in ["", "[a]: b\n[a]: b\n", "]:", "[]: a\n[]: b\n"] {
            assert_eq!(with_last_definitions(same), same);
        }
    }

    #[test]
    fn icons_are_known() {
        assert_eq!(icon(":material-check: x"), Some(":material-check:"));
        for other in [":smile:", ":material-:", ":material-a b:", ":", ":octicons-x"] {
            assert_eq!(icon(other), None);
        }
    }
}
