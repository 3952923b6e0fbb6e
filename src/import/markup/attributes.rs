//! Anchors as Python-Markdown and kramdown write them: `## Heading { #id }`, `{: #id}`,
//! `[](){ #id }`. Ours are `{#id}` behind a heading; elsewhere an element has the id.

use super::code;
use crate::markdown::hidden;

/// A text with its anchors as we write them.
pub(super) fn convert(text: &str) -> String {
    if !text.contains("#") || !text.contains('{') {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_end();
        let end = &line[bare.len()..];
        let heading = bare.starts_with('#') && bare.ends_with('}') && !code::holds(&code, start);
        let new = if heading { of_heading(bare) } else { None };
        match new {
            Some(new) => out.push_str(&(new + end)),
            None => out.push_str(&empty_links(line, start, &code)),
        }
    }
    out
}

fn of_heading(line: &str) -> Option<String> {
    let open = line.rfind('{')?;
    let inner = line[open + 1..line.len() - 1].trim_start_matches(':').trim();
    let id = inner.split_whitespace().find_map(|word| word.strip_prefix('#'))?;
    let is_id = !id.is_empty() && !id.contains(['"', '=', '{', '}']);
    is_id.then(|| format!("{} {{#{id}}}", line[..open].trim_end()))
}

/// `**words**{ #id }` has the id in an element before the brace; what else stands there goes.
fn ids_behind(line: &str, start: usize, code: &[std::ops::Range<usize>]) -> String {
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    while let Some(open) = line[at..].find('{').map(|found| at + found) {
        out.push_str(&line[at..open]);
        at = open;
        let is_behind = line[..open].ends_with(['*', '_', '`', ')', ']']) && !line[..open].ends_with("[]()");
        let end = line[open..].find('}').map(|end| open + end + 1);
        let words = end.map(|end| line[open + 1..end - 1].trim_start_matches(':').trim());
        let id = words.and_then(|words| words.split_whitespace().find_map(|word| word.strip_prefix('#')));
        match id.zip(end) {
            Some((id, end))
                if is_behind
                    && !code::holds(code, start + open)
                    && !id.contains(['"', '<', '>', '&', '{']) =>
            {
                out.push_str(&format!("<a id=\"{id}\"></a>"));
                at = end;
            }
            _ => {
                out.push('{');
                at += 1;
            }
        }
    }
    out.push_str(&line[at..]);
    out
}

/// What kramdown is told, which is no text: `{::options toc_levels=\"2\" /}`, `words{: .label }`,
/// what says which signs are none (`{::nomarkdown}…{:/}`), and comments, which no reader sees.
pub(super) fn without_words_for_kramdown(text: &str) -> String {
    if !text.contains("{:") {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut notes = hidden::of_kramdown(text).into_iter().peekable();
    let mut out = String::with_capacity(text.len());
    let (mut at, mut is_open) = (0, 0_usize);
    while let Some(open) = text[at..].find("{:").map(|found| at + found) {
        out.push_str(&text[at..open]);
        if let Some(note) = notes.next_if(|note| note.start <= open) {
            at = note.end;
            continue;
        }
        let line = text[open..].lines().next().unwrap_or("");
        let is_option = line.starts_with("{::");
        let ends = line.starts_with("{:/") && is_open > 0;
        let is_class = line[2..].trim_start().starts_with('.');
        // Those of a line of their own, and those with ids, are read where they stand.
        let is_alone = text[..open].ends_with('\n') || text[..open].is_empty();
        let is_word = is_option || ends || is_class && !is_alone;
        let end = line.find('}').filter(|_| is_word && !code::holds(&code, open));
        match end.filter(|end| !line[..*end].contains('#')) {
            Some(end) => {
                is_open += usize::from(is_option && !line[..end].ends_with('/'));
                is_open -= usize::from(ends);
                at = open + end + 1;
            }
            None => {
                out.push_str("{:");
                at = open + 2;
            }
        }
    }
    out.push_str(&text[at..]);
    out
}

fn empty_links(line: &str, start: usize, code: &[std::ops::Range<usize>]) -> String {
    let mut out = String::with_capacity(line.len());
    let line = &ids_behind(line, start, code);
    let mut rest = line.as_str();
    while let Some(at) = rest.find("[](){") {
        let place = start + line.len() - rest.len() + at;
        let after = &rest[at + 5..];
        let id = after.find('}').map(|end| (after[..end].trim().trim_start_matches(':').trim(), end));
        match id.and_then(|(id, end)| Some((id.strip_prefix('#')?, end))) {
            Some((id, end)) if !code::holds(code, place) && !id.contains([' ', '"', '<', '>', '&']) => {
                out.push_str(&format!("{}<a id=\"{id}\"></a>", &rest[..at]));
                rest = &after[end + 1..];
            }
            _ => {
                out.push_str(&rest[..at + 5]);
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{convert, without_words_for_kramdown};

    #[test]
    fn words_for_kramdown_are_no_text() {
        for (text, new) in [
            ("New (1){: .label }\n", "New (1)\n"),
            ("{::options toc=\"2\" /}\na\n", "\na\n"),
            ("a {::comment}hid `x` den{:/comment} b\n", "a  b\n"),
            ("{::comment}\nhidden\n{:/}\nb `{::comment}` {:/}\n", "\nb `{::comment}` {:/}\n"),
            ("{::nomarkdown}<ul><li>a</li></ul>{:/}\nb {:/}\n", "<ul><li>a</li></ul>\nb {:/}\n"),
            ("a\n{: .b }\n`{: .c }` {:", "a\n{: .b }\n`{: .c }` {:"),
            ("# A {: #b .c }", "# A {: #b .c }"),
        ] {
            assert_eq!(without_words_for_kramdown(text), new);
        }
    }

    #[test]
    fn anchors_are_written_as_ours() {
        for (text, new) in [
            ("## A { #a-b }\n", "## A {#a-b}\n"),
            ("## A {: #a .x }\n", "## A {#a}\n"),
            ("## A { .x }\n", "## A { .x }\n"),
            ("a [](){ #x } b {#", "a <a id=\"x\"></a> b {#"),
            ("`[](){ #x }` #", "`[](){ #x }` #"),
            ("**a**{ #b } c", "**a**<a id=\"b\"></a> c"),
            ("a { #b } {#", "a { #b } {#"),
        ] {
            assert_eq!(convert(text), new);
        }
    }
}
