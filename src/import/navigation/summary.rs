//! Lists of links: SUMMARY.md of mdBook and GitBook, `_sidebar.md` of docsify.
//!
//! What counts is the indentation, the link and its words. A heading, or an item
//! without a link, is a section of what follows.

use super::{Item, Parsed};
use pulldown_cmark::{Event, Options, Parser};
use std::borrow::Cow;

/// An item with the level at which it stands.
struct Line {
    level: usize,
    title: String,
    target: Option<String>,
    number: usize,
}

/// Reads a list; `find` says which chapter a destination is.
pub(in crate::import) fn parse(text: &str, find: impl Fn(&str) -> Option<String>) -> Parsed {
    let lines = lines(text);
    let mut parsed = Parsed { items: Vec::new(), left: Vec::new() };
    let mut at = 0;
    parsed.items = items(&lines, &mut at, 0, &find, &mut parsed.left);
    parsed
}

fn items(
    lines: &[Line],
    at: &mut usize,
    level: usize,
    find: &impl Fn(&str) -> Option<String>,
    left: &mut Vec<(Option<usize>, String)>,
) -> Vec<Item> {
    let mut list = Vec::new();
    while let Some(line) = lines.get(*at).filter(|line| line.level >= level) {
        *at += 1;
        let inner = match lines.get(*at) {
            Some(next) if next.level > line.level && line.level < MOST => {
                items(lines, at, line.level + 1, find, left)
            }
            _ => Vec::new(),
        };
        let page = line.target.as_deref().and_then(find);
        if page.is_none()
            && let Some(target) = line.target.as_deref().filter(|target| !target.is_empty())
        {
            left.push((Some(line.number), format!("[{}]({target})", line.title)));
        }
        let title = Some(line.title.clone()).filter(|title| !title.is_empty());
        match (page, inner.is_empty()) {
            (Some(file), true) => list.push(Item::Page { file, title }),
            (None, true) => {}
            (page, false) => list.push(Item::Section { title, page, folder: None, items: inner }),
        }
    }
    list
}

/// Levels of a list that are looked at.
const MOST: usize = 64;

/// A text with blanks for its comments, in which entries stand that were taken out.
fn without_comments(text: &str) -> Cow<'_, str> {
    if !text.contains("<!--") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("<!--") {
        out.push_str(&rest[..start]);
        let end = rest[start..].find("-->").map_or(rest.len(), |end| start + end + 3);
        out.extend(rest[start..end].chars().map(|c| if c == '\n' { c } else { ' ' }));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out.into()
}

fn lines(text: &str) -> Vec<Line> {
    let mut found: Vec<Line> = Vec::new();
    let mut indents: Vec<usize> = Vec::new();
    let (mut base, mut is_code, mut is_first) = (0, false, true);
    let text = without_comments(text);
    for (number, raw) in text.lines().enumerate() {
        let number = number + 1;
        let bare = raw.trim();
        if bare.starts_with("```") {
            is_code = !is_code;
        }
        if is_code || bare.is_empty() {
            continue;
        }
        if let Some(heading) = heading(bare) {
            // The first is the name of the list.
            let is_name = std::mem::take(&mut is_first) && found.is_empty();
            indents.clear();
            base = 0;
            if !is_name {
                let (title, target) = link(heading);
                found.push(Line { level: 0, title, target, number });
                base = 1;
            }
            continue;
        }
        let indent =
            raw.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
        match bullet(bare) {
            Some(rest) => {
                indents.retain(|known| *known < indent);
                let level = (base + indents.len()).min(MOST);
                indents.push(indent);
                let (title, target) = link(rest);
                found.push(Line { level, title, target, number });
            }
            None if bare.starts_with('[') => {
                indents.clear();
                let (title, target) = link(bare);
                found.push(Line { level: base, title, target, number });
            }
            None => {
                // A rule ends what a heading begins.
                if bare.len() >= 3 && bare.chars().all(|c| matches!(c, '-' | '*' | '_')) {
                    base = 0;
                    indents.clear();
                }
            }
        }
        is_first = false;
    }
    found
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    (rest.len() < line.len() && rest.starts_with(' ')).then(|| rest.trim().trim_end_matches('#').trim())
}

fn bullet(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['-', '*', '+']).or_else(|| {
        let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
        (digits.len() < line.len()).then(|| digits.strip_prefix(['.', ')'])).flatten()
    })?;
    let rest = rest.strip_prefix([' ', '\t'])?.trim();
    // A box to tick is no part of the words.
    let ticked = ["[ ] ", "[x] ", "[X] "].iter().find_map(|open| rest.strip_prefix(open));
    Some(ticked.map_or(rest, str::trim))
}

/// The words of an item, and where it leads.
fn link(item: &str) -> (String, Option<String>) {
    let clean = plain;
    let item = item.trim();
    let Some((open, close)) = item.find('[').zip(item.rfind("](")).filter(|(open, close)| open < close)
    else {
        return (clean(item), None);
    };
    let rest = &item[close + 2..];
    let target = match rest.strip_prefix('<') {
        Some(rest) => rest.split('>').next().unwrap_or(""),
        None => {
            let end = rest.rfind(')').unwrap_or(rest.len());
            let whole = rest[..end].trim();
            // A title behind the address.
            whole.find(" \"").or_else(|| whole.find(" '")).map_or(whole, |at| whole[..at].trim())
        }
    };
    (clean(&item[open + 1..close]), Some(target.to_owned()))
}

/// The words of a text without its marks: titles are no Markdown.
fn plain(text: &str) -> String {
    // A word before it keeps `1. Rules` from being a list.
    let inline = format!("x {}", text.trim());
    let mut out = String::new();
    for event in Parser::new_ext(&inline, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(words) | Event::Code(words) => out.push_str(&words),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.strip_prefix('x').unwrap_or(&out).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_plain() {
        for (text, title) in [
            ("The `pay` command", "The pay command"),
            ("Nested *em* and `code`", "Nested em and code"),
            ("Escaped \\_x\\_ **b**", "Escaped _x_ b"),
            ("1. 总则", "1. 总则"),
            ("一、总则", "一、总则"),
            ("# ", "#"),
            ("Trips <a id=\"x\"></a>", "Trips"),
        ] {
            assert_eq!(plain(text), title);
        }
    }

    fn read(text: &str) -> Vec<Item> {
        parse(text, |target| target.ends_with(".md").then(|| target.trim_start_matches("./").to_owned()))
            .items
    }

    fn page(file: &str, title: &str) -> Item {
        Item::Page { file: file.to_owned(), title: Some(title.to_owned()) }
    }

    #[test]
    fn lists_become_sections() {
        let text = "# Summary\n\n[前言](README.md)\n\n* 一、总则\n  - [甲](a/甲.md)\n  - [乙](<a/乙 二.md>)\n* [丙](c.md)\n    * [丁](d.md)\n";
        let section = |title: &str, page: Option<&str>, items| Item::Section {
            title: Some(title.to_owned()),
            page: page.map(str::to_owned),
            folder: None,
            items,
        };
        assert_eq!(
            read(text),
            [
                page("README.md", "前言"),
                section("一、总则", None, vec![page("a/甲.md", "甲"), page("a/乙 二.md", "乙")]),
                section("丙", Some("c.md"), vec![page("d.md", "丁")]),
            ]
        );
    }

    #[test]
    fn headings_are_sections_up_to_a_rule() {
        let text =
            "# Table of contents\n\n* [Home](README.md)\n\n## Use\n\n* [A](a.md)\n\n---\n\n* [B](b.md)\n";
        let use_ = Item::Section {
            title: Some("Use".to_owned()),
            page: None,
            folder: None,
            items: vec![page("a.md", "A")],
        };
        assert_eq!(read(text), [page("README.md", "Home"), use_, page("b.md", "B")]);
    }

    #[test]
    fn what_leads_nowhere_is_left() {
        let parsed = parse("- [Draft]()\n- [Out](https://example.com)\n", |_| None);
        assert_eq!(parsed.items, []);
        assert_eq!(parsed.left, [(Some(2), "[Out](https://example.com)".to_owned())]);
    }
}
