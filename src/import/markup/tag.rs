//! Tags of a tool in a text, `{{< name arguments >}}`, alone or in pairs.
//!
//! A pair is found by its closing tag, since only the tool knows which tags have one. What
//! nothing is made of stays as it is written.

use super::{code, place};
use std::collections::HashMap;
use std::ops::Range;

/// Pairs inside one another that are read.
const DEEPEST: usize = 32;

/// How the tags of a tool are written.
pub(super) struct Style {
    /// What they begin and end with.
    pub(super) marks: &'static [(&'static str, &'static str)],
    /// The name that a closing tag closes.
    pub(super) closes: fn(&str) -> Option<&str>,
    /// Pairs whose content is not read.
    pub(super) raw: &'static [&'static str],
    /// Whether tags count in code too.
    pub(super) in_code: bool,
}

/// A tag with what it holds.
pub(super) struct Call<'a> {
    pub(super) name: &'a str,
    /// What stands behind the name.
    pub(super) rest: &'a str,
    /// What stands between it and its closing tag.
    pub(super) inner: Option<&'a str>,
    /// Where it stands in the text.
    pub(super) start: usize,
    /// Blanks before it on its line.
    pub(super) indent: &'a str,
    /// What stands before it on its line, where that is nothing but signs of lists and quotations.
    pub(super) place: &'a str,
    /// Whether text stands before it on its line.
    pub(super) is_behind_text: bool,
    /// Whether text stands behind it, or behind its closing tag, on the line.
    pub(super) is_before_text: bool,
    /// The tag that holds it: its name, and what stands behind that.
    pub(super) outer: Option<(&'a str, &'a str)>,
}

struct Token<'a> {
    span: Range<usize>,
    name: &'a str,
    rest: &'a str,
    /// The name that it closes.
    closes: Option<&'a str>,
    /// The token that closes it.
    close: Option<usize>,
}

/// The text with each tag replaced by what `make` makes of it.
pub(super) fn replace(
    text: &str,
    style: &Style,
    mut make: impl FnMut(&Call<'_>) -> Option<String>,
) -> String {
    let mut tokens = tokens(text, style);
    if tokens.is_empty() {
        return text.to_owned();
    }
    pair(&mut tokens);
    let mut frames: Vec<(usize, String)> = vec![(usize::MAX, String::with_capacity(text.len()))];
    let (mut at, mut number) = (0, 0);
    while number < tokens.len() {
        let token = &tokens[number];
        let depth = frames.len();
        let Some((open, out)) = frames.last_mut() else { break };
        let open = *open;
        out.push_str(&text[at..token.span.start]);
        at = token.span.end;
        let is_end = tokens.get(open).is_some_and(|opening| opening.close == Some(number));
        if is_end {
            let opening = &tokens[open];
            let inner = std::mem::take(out);
            frames.pop();
            let outer = frames.last().and_then(|(open, _)| tokens.get(*open));
            let new = make(&opening.call(text, Some(&inner), at, outer)).unwrap_or_else(|| {
                format!("{}{inner}{}", &text[opening.span.clone()], &text[token.span.clone()])
            });
            if let Some((_, out)) = frames.last_mut() {
                out.push_str(&new);
            }
        } else if let Some(close) = token.close.filter(|_| style.raw.contains(&token.name)) {
            let inner = &text[token.span.end..tokens[close].span.start];
            at = tokens[close].span.end;
            let new = make(&token.call(text, Some(inner), at, tokens.get(open)));
            out.push_str(new.as_deref().unwrap_or(inner));
            number = close;
        } else if token.close.is_some() && depth < DEEPEST {
            frames.push((number, String::new()));
        } else {
            let call = token.call(text, None, at, tokens.get(open));
            out.push_str(make(&call).as_deref().unwrap_or(&text[token.span.clone()]));
        }
        number += 1;
    }
    let mut whole = String::new();
    for (_, out) in frames {
        whole.push_str(&out);
    }
    whole.push_str(&text[at..]);
    whole
}

impl<'a> Token<'a> {
    /// The tag with what it holds, which ends at a place of the text.
    fn call<'b>(&self, text: &'b str, inner: Option<&'b str>, end: usize, outer: Option<&Self>) -> Call<'b>
    where
        'a: 'b,
    {
        let start = self.span.start;
        let (indent, place) = (indent(text, start), place::of(text, start));
        let before = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
        let after = text[end..].split('\n').next().unwrap_or("");
        Call {
            name: self.name,
            rest: self.rest,
            inner,
            start,
            indent,
            place,
            is_behind_text: place.is_empty() && !before.trim().is_empty(),
            is_before_text: !after.trim().is_empty(),
            outer: outer.map(|outer| (outer.name, outer.rest)),
        }
    }
}

fn indent(text: &str, start: usize) -> &str {
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line..start];
    if before.trim().is_empty() { before } else { "" }
}

fn tokens<'a>(text: &'a str, style: &Style) -> Vec<Token<'a>> {
    let code = if style.in_code { Vec::new() } else { code::ranges(text) };
    let mut found = Vec::new();
    for (open, close) in style.marks {
        let mut at = 0;
        while let Some(start) = text[at..].find(open).map(|start| at + start) {
            at = start + open.len();
            let is_name = *open != "<"
                || text[at..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_uppercase());
            if !is_name || code::holds(&code, start) {
                continue;
            }
            let Some(end) = end_of(&text[at..], close).map(|end| at + end) else { break };
            let inner = text[at..end].trim().trim_matches('-').trim();
            let inner = inner.strip_suffix('/').unwrap_or(inner).trim_end();
            at = end + close.len();
            let (name, rest) = match *open {
                "{{" => ("{{", inner),
                _ => inner
                    .split_once(|c: char| c.is_whitespace())
                    .map_or((inner, ""), |(name, rest)| (name, rest.trim())),
            };
            let closes = (style.closes)(name);
            found.push(Token { span: start..at, name, rest, closes, close: None });
        }
    }
    found.sort_by_key(|token| token.span.start);
    let mut last = 0;
    found.retain(|token| {
        let is_free = token.span.start >= last;
        if is_free {
            last = token.span.end;
        }
        is_free
    });
    found
}

/// Where a tag ends; not within its quotation marks. A tag takes at most a few lines.
fn end_of(text: &str, close: &str) -> Option<usize> {
    let (mut quote, mut depth) = (None, 0_usize);
    for (at, c) in text.char_indices().take(2_000) {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            // Values in braces may hold elements: `label={<b>x</b>}`.
            None if close == ">" && c == '{' => depth += 1,
            None if close == ">" && c == '}' => depth = depth.saturating_sub(1),
            None if depth == 0 && text[at..].starts_with(close) => return Some(at),
            None if matches!(c, '"' | '`') => quote = Some(c),
            None => {}
        }
    }
    text.find(close).filter(|at| *at < 2_000)
}

/// Finds the closing tag of each tag that has one.
fn pair(tokens: &mut [Token<'_>]) {
    let mut open: Vec<usize> = Vec::new();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for at in 0..tokens.len() {
        match tokens[at].closes {
            None => {
                open.push(at);
                *counts.entry(tokens[at].name).or_default() += 1;
            }
            Some(name) if counts.get(name).is_some_and(|count| *count > 0) => {
                while let Some(last) = open.pop() {
                    *counts.entry(tokens[last].name).or_default() -= 1;
                    if tokens[last].name == name {
                        tokens[last].close = Some(at);
                        break;
                    }
                }
            }
            Some(_) => {}
        }
    }
}

/// The arguments of a tag: `"plain" name="value" name=value`.
pub(super) struct Arguments {
    plain: Vec<String>,
    named: Vec<(String, String)>,
}

impl Arguments {
    pub(super) fn read(text: &str) -> Self {
        let mut arguments = Self { plain: Vec::new(), named: Vec::new() };
        let mut rest = text.trim().trim_end_matches('/').trim_end();
        while !rest.is_empty() {
            let word = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '`' | '{'))
                .unwrap_or(rest.len());
            let name = &rest[..word];
            let after = rest[word..].trim_start();
            if let Some(value) = after.strip_prefix('=').filter(|_| !name.is_empty()) {
                let (value, next) = value_of(value.trim_start());
                arguments.named.push((name.trim_end_matches(':').to_owned(), value));
                rest = next.trim_start_matches([',', ' ', '\n', '\t', '\r']);
            } else if word > 0 {
                arguments.plain.push(name.trim_end_matches(',').to_owned());
                rest = after;
            } else {
                let (value, next) = value_of(rest);
                arguments.plain.push(value);
                rest = next.trim_start_matches([',', ' ', '\n', '\t', '\r', '=']);
            }
        }
        arguments
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.named.iter().find(|own| own.0 == name).map(|own| own.1.as_str())
    }

    /// The first of these names that is given.
    pub(super) fn any(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }

    /// All that have names.
    pub(super) fn named(&self) -> impl Iterator<Item = (&str, &str)> {
        self.named.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(super) fn plain(&self, at: usize) -> Option<&str> {
        self.plain.get(at).map(String::as_str)
    }
}

/// A value and what stands behind it.
fn value_of(text: &str) -> (String, &str) {
    let Some(quote) = text.chars().next() else { return (String::new(), "") };
    let close = match quote {
        '"' | '\'' | '`' => quote,
        '{' => '}',
        _ => {
            let end = text.find(char::is_whitespace).unwrap_or(text.len()).max(quote.len_utf8());
            return (text[..end].to_owned(), &text[end..]);
        }
    };
    let inner = &text[quote.len_utf8()..];
    match inner.find(close) {
        Some(end) => {
            let value = &inner[..end];
            let value = if quote == '{' { value.trim().trim_matches(['"', '\'', '`']) } else { value };
            (value.to_owned(), &inner[end + close.len_utf8()..])
        }
        None => (inner.to_owned(), ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style {
        marks: &[("{%", "%}")],
        closes: |name| name.strip_prefix("end"),
        raw: &["raw"],
        in_code: false,
    };

    fn read(text: &str) -> String {
        replace(text, &STYLE, |call| match (call.name, call.inner) {
            ("a", Some(inner)) => Some(format!("<{inner}>")),
            ("b", None) => Some("B".to_owned()),
            ("raw", Some(inner)) => Some(inner.to_owned()),
            _ => None,
        })
    }

    #[test]
    fn tags_are_replaced_alone_and_in_pairs() {
        for (text, new) in [
            ("x {% b %} y", "x B y"),
            ("{% a %}1{% b %}{% a %}2{% enda %}{% enda %}", "<1B<2>>"),
            ("{% a %}1", "{% a %}1"),
            ("{% c %}{% b %}{% endc %}", "{% c %}B{% endc %}"),
            ("{% raw %}{% b %}{% endraw %}", "{% b %}"),
            ("`{% b %}` {% b", "`{% b %}` {% b"),
            ("{% enda %}{% b \"%}\" %}", "{% enda %}B"),
        ] {
            assert_eq!(read(text), new, "{text}");
        }
        let many = "{% a %}".repeat(20_000) + &"{% enda %}".repeat(20_000);
        assert!(read(&many).len() <= many.len());
    }

    #[test]
    fn arguments_are_read() {
        let own = Arguments::read("\"a b\" c title=\"d e\" label={\"f\"} g='h' ");
        assert_eq!((own.plain(0), own.plain(1)), (Some("a b"), Some("c")));
        assert_eq!((own.get("title"), own.get("label"), own.get("g")), (Some("d e"), Some("f"), Some("h")));
        for odd in ["=", "a=", "\"", "{", "a={", ",,", "= ="] {
            Arguments::read(odd);
        }
    }
}
