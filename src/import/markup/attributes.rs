//! Anchors as Python-Markdown and kramdown write them: `## Heading { #id }`, `{: #id}`,
//! `[](){ #id }`. Ours are `{#id}` behind a heading; elsewhere an element has the id.

use super::code;

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

fn empty_links(line: &str, start: usize, code: &[std::ops::Range<usize>]) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
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
    use super::convert;

    #[test]
    fn anchors_are_written_as_ours() {
        for (text, new) in [
            ("## A { #a-b }\n", "## A {#a-b}\n"),
            ("## A {: #a .x }\n", "## A {#a}\n"),
            ("## A { .x }\n", "## A { .x }\n"),
            ("a [](){ #x } b {#", "a <a id=\"x\"></a> b {#"),
            ("`[](){ #x }` #", "`[](){ #x }` #"),
        ] {
            assert_eq!(convert(text), new);
        }
    }
}
