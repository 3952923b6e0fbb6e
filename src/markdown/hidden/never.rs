//! Parts of a text under a condition that never holds: `{% if false %} … {% endif %}` and
//! `{% comment %}` of Liquid, Nunjucks and Jinja, `<div v-if="false">` of Vue, `{false && (…)}` of MDX.
//! Authors keep there what nobody shall see, and the tools show it to nobody.

use super::liquid::{end_of_raw, tags};
use crate::markdown::verbatim;
use crate::text::floor_boundary;
use std::ops::Range;

/// A block between tags that is open.
struct Block {
    /// How its end is called, behind `end`.
    name: &'static str,
    /// Whether its first tag is hidden, so that its last one is too.
    is_hidden: bool,
    /// Whether a branch before holds in any case, so that no other does.
    is_settled: bool,
}

const BLOCKS: [&str; 6] = ["if", "unless", "for", "case", "tablerow", "comment"];

/// What branches of `{% if false %}` hold, with the tags that only they need, and what stands between
/// `{% comment %}` and its end. A branch without an end goes on to the end of the text.
#[must_use]
pub(super) fn of_tags(text: &str) -> Vec<Range<usize>> {
    let may_be = ["alse", "rue", "nil", "null", "none", "None", "comment"];
    if !text.contains("{%") || !may_be.iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let code = verbatim::ranges(text);
    let (mut found, mut open) = (Vec::new(), Vec::<Block>::new());
    // A comment without an end is none.
    let last_end = text.rfind("endcomment").unwrap_or(0);
    // Where a part begins that is hidden, and in which of the open blocks.
    let (mut part, mut raw): (Option<(usize, usize)>, _) = (None, None);
    for tag in tags(text) {
        if raw == Some(tag.name) {
            raw = None;
            continue;
        }
        let is_in_comment = open.last().is_some_and(|block| block.name == "comment");
        if raw.is_some()
            || verbatim::holds(&code, tag.place.start)
            || is_in_comment && tag.name != "endcomment"
        {
            continue;
        }
        raw = end_of_raw(tag.name);
        let place = tag.place.clone();
        let is_open = |name: &&str| *name == tag.name && (*name != "comment" || place.start < last_end);
        if let Some(name) = BLOCKS.into_iter().find(is_open) {
            let holds = match name {
                "if" => constant(tag.rest),
                "unless" => constant(tag.rest).map(|holds| !holds),
                "comment" => Some(false),
                _ => None,
            };
            let is_hidden = part.is_none() && holds == Some(false);
            open.push(Block { name, is_hidden, is_settled: holds == Some(true) });
            part = part.or(is_hidden.then_some((place.start, open.len())));
        } else if matches!(tag.name, "else" | "elsif" | "elif" | "elseif") {
            let depth = open.len();
            let Some(block) = open.last_mut().filter(|block| matches!(block.name, "if" | "unless")) else {
                continue;
            };
            let holds = if tag.name == "else" { None } else { constant(tag.rest) };
            let is_never = block.is_settled || holds == Some(false);
            block.is_settled |= holds == Some(true);
            match part {
                Some((start, own)) if own == depth && !is_never => {
                    found.push(start..place.end);
                    part = None;
                }
                None if is_never => part = Some((place.start, depth)),
                _ => {}
            }
        } else if let Some(name) = tag.name.strip_prefix("end")
            && open.last().is_some_and(|block| block.name == name)
        {
            let depth = open.len();
            let block = open.pop();
            let is_hidden = block.is_some_and(|block| block.is_hidden);
            match part {
                Some((start, own)) if own == depth => {
                    found.push(start..if is_hidden { place.end } else { place.start });
                    part = None;
                }
                None if is_hidden => found.push(place),
                _ => {}
            }
        }
    }
    found.extend(part.map(|(start, _)| start..text.len()));
    found
}

/// Whether a condition holds always or never; `None` where that is not plain.
fn constant(condition: &str) -> Option<bool> {
    let condition = condition.trim();
    // A longer one is not plain, and each sign of it would be a call.
    if condition.len() > NEAR {
        return None;
    }
    if let Some(rest) = condition.strip_prefix("not ").or_else(|| condition.strip_prefix('!')) {
        return constant(rest).map(|holds| !holds);
    }
    match condition {
        "true" | "True" => return Some(true),
        "false" | "False" | "nil" | "null" | "none" | "None" | "undefined" => return Some(false),
        _ => {}
    }
    let (first, rest) = condition.split_once(" and ").or_else(|| condition.split_once("&&"))?;
    let is_plain = !rest.contains(" or ") && !rest.contains("||");
    (is_plain && constant(first) == Some(false)).then_some(false)
}

/// A condition has at most this many bytes, and a tag of HTML before an attribute, and behind it.
const NEAR: usize = 2_000;

/// Elements that have no end.
const VOID: [&str; 8] = ["img", "br", "hr", "input", "source", "link", "meta", "embed"];

/// Elements with `v-if="false"`, or `v-show="false"`.
#[must_use]
pub(super) fn of_vue(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    if !text.contains("v-if") && !text.contains("v-show") {
        return found;
    }
    let code = verbatim::ranges(text);
    let mut at = 0;
    while let Some(start) = text[at..].find("v-").map(|start| at + start) {
        at = start + 2;
        let rest = &text[at..];
        let Some(value) = ["if", "show"].iter().find_map(|name| rest.strip_prefix(name)) else { continue };
        let Some(value) = value.trim_start().strip_prefix('=').map(str::trim_start) else { continue };
        let Some(mark) = value.chars().next().filter(|mark| matches!(mark, '"' | '\'')) else { continue };
        let written = value[1..].split(mark).next().unwrap_or("");
        if written.len() > NEAR || constant(written) != Some(false) || verbatim::holds(&code, start) {
            continue;
        }
        if let Some(element) = element(text, start, &code) {
            at = element.end;
            found.push(element);
        }
    }
    found
}

/// The element whose tag has an attribute at a place. One without an end goes on to the end of the text.
fn element(text: &str, place: usize, code: &[Range<usize>]) -> Option<Range<usize>> {
    let from = floor_boundary(text, place.saturating_sub(NEAR));
    let start = from + text[from..place].rfind('<')?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let name = text[start + 1..place].split(|c| !is_name(c)).next().filter(|name| !name.is_empty())?;
    let to = floor_boundary(text, place + NEAR);
    let end = place + text[place..to].find('>')? + 1;
    if text[..end].ends_with("/>") || VOID.contains(&name) {
        return Some(start..end);
    }
    let (mut at, mut depth) = (end, 1_usize);
    while let Some(sign) = text[at..].find('<').map(|sign| at + sign) {
        at = sign + 1;
        let is_end = text[at..].starts_with('/');
        let Some(rest) = text[at + usize::from(is_end)..].strip_prefix(name) else { continue };
        if rest.starts_with(is_name) || verbatim::holds(code, sign) {
            continue;
        }
        let close = rest.find('>').filter(|close| *close < NEAR);
        let is_whole = close.is_some_and(|close| rest[..close].ends_with('/'));
        match (is_end, is_whole) {
            (true, _) => depth -= 1,
            (false, false) => depth += 1,
            (false, true) => {}
        }
        if depth == 0 {
            let behind = text.len() - rest.len() + close.map_or(0, |close| close + 1);
            return Some(start..behind);
        }
    }
    Some(start..text.len())
}

/// Expressions of MDX that give nothing: `{false && …}`, and `{false ? … : …}` whole.
#[must_use]
pub(super) fn of_mdx(text: &str) -> Vec<Range<usize>> {
    let may_be = ["false", "null", "undefined", "!true"];
    if !text.contains('{') || !may_be.iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let code = verbatim::ranges(text);
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = text[at..].find('{').map(|start| at + start) {
        at = start + 1;
        let inner = text[at..].trim_start().trim_start_matches('(').trim_start();
        let word = may_be.iter().find_map(|word| inner.strip_prefix(word)).map(str::trim_start);
        let is_never = word.is_some_and(|rest| rest.starts_with("&&") || rest.starts_with('?'));
        if is_never && !verbatim::holds(&code, start) {
            at = end_of_braces(text, start);
            found.push(start..at);
        }
    }
    found
}

/// Where an expression ends, or the text does.
fn end_of_braces(text: &str, start: usize) -> usize {
    let (mut depth, mut at) = (0_usize, start);
    while let Some(sign) = text[at..].find(['{', '}', '/']).map(|sign| at + sign) {
        at = sign + 1;
        match &text[sign..at] {
            "{" => {
                depth += 1;
                // A text as an expression, such as a brace that is meant to be seen.
                let mark = text[at..].chars().next().filter(|mark| matches!(mark, '\'' | '"' | '`'));
                let end = mark.and_then(|mark| {
                    let rest = &text[at + 1..];
                    rest.find([mark, '\n']).filter(|end| rest[*end..].starts_with(mark))
                });
                at += end.map_or(0, |end| end + 2);
            }
            "}" => depth -= 1,
            _ if text[at..].starts_with('*') => {
                at = text[at..].find("*/").map_or(text.len(), |end| at + end + 2);
            }
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shown(find: fn(&str) -> Vec<Range<usize>>, text: &str) -> String {
        let (mut out, mut at) = (String::new(), 0);
        for part in find(text) {
            assert!(part.start >= at, "{text}");
            out.push_str(&text[at..part.start]);
            at = part.end;
        }
        out + &text[at..]
    }

    #[test]
    fn a_condition_of_nothing_but_signs_is_not_plain() {
        for sign in ["!", "not ", "false and "] {
            let text = format!("{{% if {}false %}}a{{% endif %}}", sign.repeat(200_000));
            assert!(of_tags(&text).is_empty(), "{sign}");
        }
        assert_eq!(constant("!!not false"), Some(true));
        let text = format!("{{false && {}", "{\"".repeat(1_000_000));
        assert_eq!(of_mdx(&text), std::iter::once(0..text.len()).collect::<Vec<_>>());
    }

    #[test]
    fn branches_that_never_hold_are_found_with_their_tags() {
        for (text, rest) in [
            ("a{% if false %}S{% endif %}b", "ab"),
            ("a{%- if False -%}S{% else %}T{% endif %}b", "aTb"),
            ("a{% if false and x %}S{% elsif y %}T{% endif %}b", "aTb"),
            ("a{% if false or x %}S{% endif %}b", "a{% if false or x %}S{% endif %}b"),
            ("a{% if x %}T{% elif false %}S{% endif %}b", "a{% if x %}T{% endif %}b"),
            ("{% if true %}T{% else %}S{% endif %}b", "{% if true %}T{% endif %}b"),
            ("{% unless true %}S{% if x %}S{% else %}S{% endif %}{% endunless %}b", "b"),
            (
                "{% if x %}{% if nil %}S{% endif %}T{% else %}U{% endif %}",
                "{% if x %}T{% else %}U{% endif %}",
            ),
            (
                "{% for x in y %}{% if none %}S{% endif %}{% else %}T{% endfor %}",
                "{% for x in y %}{% else %}T{% endfor %}",
            ),
            ("a{% comment %}S{% if x %}{% endcomment %}b", "ab"),
            ("a{% if false %}S{% comment %}{% endif %}{% endcomment %}S{% endif %}b", "ab"),
            ("a{% if false %}S", "a"),
            ("a{% comment %}b", "a{% comment %}b"),
            (
                "{% raw %}{% if false %}T{% endif %}{% endraw %}",
                "{% raw %}{% if false %}T{% endif %}{% endraw %}",
            ),
            (
                "`{% if false %}` T\n\n```\n{% if false %}\n```\n",
                "`{% if false %}` T\n\n```\n{% if false %}\n```\n",
            ),
        ] {
            assert_eq!(shown(of_tags, text), rest, "{text}");
        }
    }

    #[test]
    fn elements_that_never_are_made_are_found_whole() {
        for (text, rest) in [
            ("a<div v-if=\"false\">S<div>S</div>S</div>b", "ab"),
            ("a<template v-if = 'false'>\n\nS\n\n</template>b", "ab"),
            ("a<p class=\"x\"\n v-show=\"false\">S</p >b", "ab"),
            ("a<Secret v-if=\"false\" x=\"1\" />b<img v-if=\"false\">c", "abc"),
            ("a<b v-if=\"!true\">S<br/><b/>S</b>b", "ab"),
            ("a<div v-if=\"false && x\">S", "a"),
            (
                "<div v-if=\"x\">T</div><div v-if=\"falsey\">T</div>",
                "<div v-if=\"x\">T</div><div v-if=\"falsey\">T</div>",
            ),
            ("`<div v-if=\"false\">`", "`<div v-if=\"false\">`"),
            ("v-if=\"false\" is said", "v-if=\"false\" is said"),
        ] {
            assert_eq!(shown(of_vue, text), rest, "{text}");
        }
    }

    #[test]
    fn expressions_that_give_nothing_are_found_whole() {
        for (text, rest) in [
            ("a {false && (\n<b>S {x} {'}'}</b>\n)} b", "a  b"),
            ("a {false && (\n<b>S {x} {/* } */}</b>\n)} b", "a  b"),
            ("{ null && <b/> }{undefined&&x}{!true && x}", ""),
            ("{(false) && x} {false && <b>S</b>}T", "{(false) && x} T"),
            ("{false ? <S/> : <T/>}", ""),
            (
                "{falsey && x} {x && false} `{false && x}` {false}",
                "{falsey && x} {x && false} `{false && x}` {false}",
            ),
        ] {
            assert_eq!(shown(of_mdx, text), rest, "{text}");
        }
    }

    #[test]
    fn the_cost_is_that_of_the_length() {
        let parts = [
            "{% if false %}",
            "{% if true %}{% else %}",
            "{% comment %}",
            "{% raw %}",
            "{%",
            "false {% endif %}",
            "<div v-if=\"false\">",
            "<div v-if=\"",
            "v-if=\"false\"",
            "<v-if",
            "{false && ",
            "{",
            "{false",
            "/*",
        ];
        for part in parts {
            let text = part.repeat(30_000);
            let _ = (of_tags(&text), of_vue(&text), of_mdx(&text));
        }
    }
}
