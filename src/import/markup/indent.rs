//! Indents that a tool reads in another way than CommonMark: MDX knows no code by its indent, and
//! Python-Markdown takes an item for one that stands six or seven blanks below another.

use super::code;
use super::place::signs;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use std::collections::HashMap;
use std::ops::Range;

/// Lines of a tag that may go on over several.
const LONGEST_TAG: usize = 12;

/// A text of MDX with nothing so deep that CommonMark takes it for code: what an element holds stands
/// where the element does, and a paragraph at the edge of what it stands in.
pub(super) fn settled(text: &str) -> String {
    if !text.contains("    ") && !text.contains('\t') {
        return text.to_owned();
    }
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    shift_elements(text, &mut lines);
    without_code(&lines.concat())
}

/// Moves what elements hold to where their tags stand.
fn shift_elements(text: &str, lines: &mut [String]) {
    if !text.contains("\n ") || !text.contains('<') {
        return;
    }
    let code = code::ranges(text);
    let starts: Vec<usize> = lines
        .iter()
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some(start)
        })
        .collect();
    let is_code = |line: usize| code::holds(&code, starts[line]);
    for (outer, inner, end) in elements(lines, is_code) {
        let depths = inner.clone().filter(|at| !lines[*at].trim().is_empty());
        let least = depths.map(|at| depth(&lines[at])).min().unwrap_or(0);
        let base = depth(&lines[outer]);
        let shift = least.saturating_sub(base);
        for at in inner {
            cut(&mut lines[at], shift);
        }
        let too_deep = depth(&lines[end]).saturating_sub(base);
        cut(&mut lines[end], too_deep);
    }
}

/// Elements whose tags stand in lines of their own, the outer ones first: the line of the tag, the
/// lines of what it holds, and that of its end.
fn elements(lines: &[String], is_code: impl Fn(usize) -> bool) -> Vec<(usize, Range<usize>, usize)> {
    let mut open: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let bare = line.trim();
        let is_end = bare.starts_with("</");
        let name = bare.trim_start_matches(['<', '/']);
        let name = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').next().unwrap_or("");
        let is_element = bare.starts_with('<') && name.starts_with(|c: char| c.is_ascii_uppercase());
        if !is_element || is_code(at) {
            continue;
        }
        if is_end {
            if let Some((outer, first)) =
                open.get_mut(name).and_then(Vec::pop).filter(|(_, first)| *first <= at)
            {
                found.push((outer, first..at, at));
            }
            continue;
        }
        let ends = |line: &String| line.trim_end().ends_with('>');
        let Some(more) = lines[at..].iter().take(LONGEST_TAG).position(ends) else { continue };
        let last = lines[at + more].trim_end();
        if !last.ends_with("/>") && !last.contains("</") {
            open.entry(name).or_default().push((at, at + more + 1));
        }
    }
    found.sort_by_key(|(outer, ..)| *outer);
    found
}

/// Moves what is indented as code to the edge of what it stands in.
fn without_code(text: &str) -> String {
    let mut out = text.to_owned();
    // A paragraph that has moved may have shown what stands still deeper.
    for _ in 0..4 {
        let options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
        let mut cuts: Vec<(usize, usize)> = Vec::new();
        let mut is_open = false;
        for (event, place) in Parser::new_ext(&out, options).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => is_open = matches!(kind, CodeBlockKind::Indented),
                Event::Text(_) if is_open => {
                    let line = out[..place.start].rfind('\n').map_or(0, |newline| newline + 1);
                    let before = &out[line..place.start];
                    let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
                    // A tab is four of them.
                    let length = if before.ends_with('\t') { 1 } else { blanks.min(4) };
                    cuts.push((place.start - length, length));
                }
                Event::End(_) => is_open = false,
                _ => {}
            }
        }
        if cuts.is_empty() {
            break;
        }
        cuts.dedup_by_key(|(at, _)| *at);
        let mut new = String::with_capacity(out.len());
        let mut at = 0;
        for (start, length) in cuts.into_iter().filter(|(_, length)| *length > 0) {
            if start >= at {
                new.push_str(&out[at..start]);
                at = start + length;
            }
        }
        new.push_str(&out[at..]);
        if new == out {
            break;
        }
        out = new;
    }
    out
}

/// A text of Python-Markdown with items where CommonMark reads items too: one that stands six or
/// seven blanks below another is an item in it there, and text or code here.
pub(super) fn with_items(text: &str) -> String {
    if !text.contains("\n      ") {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len());
    // Where the items above stand, and where what they hold begins.
    let mut items: Vec<(usize, usize)> = Vec::new();
    let mut moved: Option<(usize, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let (own, is_blank) = (depth(line), line.trim().is_empty());
        if is_blank || code::holds(&code, start) || line.starts_with('\t') {
            out.push_str(line);
            continue;
        }
        moved = moved.filter(|(least, _)| own >= *least);
        let shift = moved.map_or(0, |(_, shift)| shift);
        let marks = signs(line);
        let is_item = marks.len() > own && !marks[own..].starts_with('>');
        let own = own - shift;
        items.retain(|(indent, _)| *indent < own);
        let mut new = own;
        if is_item {
            let inner = items.last().map_or(0, |(_, inner)| *inner);
            if !items.is_empty() && own >= inner + 4 && own < inner + 6 && own % 4 >= 2 {
                new = own - own % 4;
                moved = Some((own + shift, own + shift - new));
            }
            let mark = marks[own + shift..].trim_start_matches([' ', '\t']);
            let mark = mark.split([' ', '\t']).next().unwrap_or("").len();
            items.push((new, new + mark + 1));
        }
        out.push_str(&" ".repeat(new));
        out.push_str(&line[own + shift..]);
    }
    out
}

/// Blanks that a line begins with.
fn depth(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn cut(line: &mut String, most: usize) {
    let length = depth(line).min(most);
    line.replace_range(..length, "");
}

#[cfg(test)]
mod tests {
    use super::{settled, with_items};

    #[test]
    fn mdx_has_no_code_by_its_indent() {
        for (text, expected) in [
            ("A\n\n    b\n    c\n", "A\n\nb\nc\n"),
            ("- a\n\n      b\n", "- a\n\n  b\n"),
            ("```\n    x\n```\n", "```\n    x\n```\n"),
            ("- a\n    - b\n", "- a\n    - b\n"),
            (
                "<Tabs>\n    <TabItem\n      label=\"A\">\n        ```sh\n        ls\n          x\n        ```\n\n        Text\n    </TabItem>\n</Tabs>\n",
                "<Tabs>\n<TabItem\n  label=\"A\">\n```sh\nls\n  x\n```\n\nText\n</TabItem>\n</Tabs>\n",
            ),
            ("    <A>\n    x\n", "<A>\nx\n"),
            ("</A>\n<A>\n      <A/>\n  </B>\n", "</A>\n<A>\n      <A/>\n  </B>\n"),
        ] {
            assert_eq!(settled(text), expected, "{text}");
        }
        for part in ["<A>\n    ", "    <A>\n", "</A>\n\n    x", "    x\n\n- "] {
            settled(&part.repeat(20_000));
        }
    }

    #[test]
    fn python_has_items_six_and_seven_blanks_below() {
        for (text, expected) in [
            (
                "- a\n\n      - b\n        more\n      - c\n\n- d\n",
                "- a\n\n    - b\n      more\n    - c\n\n- d\n",
            ),
            ("1. a\n       - b\n", "1. a\n    - b\n"),
            ("- a\n    - b\n      - c\n", "- a\n    - b\n      - c\n"),
            ("- a\n\n          - code\n", "- a\n\n          - code\n"),
            ("```\n- a\n      - b\n```\n", "```\n- a\n      - b\n```\n"),
            ("text\n\n      - code\n", "text\n\n      - code\n"),
        ] {
            assert_eq!(with_items(text), expected, "{text}");
        }
        for part in ["- a\n      ", "      - a\n", "- a\n\n      - b\n"] {
            with_items(&part.repeat(20_000));
        }
    }
}
