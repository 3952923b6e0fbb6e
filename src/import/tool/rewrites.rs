//! Addresses that settings give to files by patterns: `rewrites` of VitePress
//! (`packages/:pkg/src/:page*`), `alias` of docsify (`/guide/(.*)`).

use std::collections::BTreeMap;

/// Parts of a pattern that are tried: what has more is no pattern that anybody wrote.
const MOST_PARTS: usize = 24;

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// Anything, by its name; within a folder where it is not open.
    Any {
        name: String,
        is_open: bool,
    },
}

/// The values of a path's parts, by name or number.
type Values<'a> = BTreeMap<String, &'a str>;

/// The place of a path where it fits a pattern; `None` where it does not.
pub(super) fn rewritten(path: &str, pattern: &str, place: &str) -> Option<String> {
    let parts = parts(pattern)?;
    let mut values = Values::new();
    fits(path, &parts, &mut values).then(|| written(place, &values))
}

/// Whether a text is a pattern.
pub(super) fn is_pattern(text: &str) -> bool {
    parts(text).is_none_or(|parts| parts.iter().any(|part| matches!(part, Part::Any { .. })))
}

fn parts(pattern: &str) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut rest, mut number) = (pattern, 0);
    while let Some(sign) = rest.chars().next() {
        if parts.len() > MOST_PARTS {
            return None;
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let named = rest.strip_prefix(':').filter(|rest| rest.starts_with(is_name));
        if let Some(behind) = named {
            let end = behind.find(|c| !is_name(c)).unwrap_or(behind.len());
            let (name, behind) = behind.split_at(end);
            let groups = [("(.*)", true), ("(.+)", true), ("([^/]+)", false), ("*", true), ("+", true)];
            let group = groups.iter().find(|(group, _)| behind.starts_with(group));
            parts.push(Part::Any { name: name.to_owned(), is_open: group.is_some_and(|group| group.1) });
            rest = &behind[group.map_or(0, |group| group.0.len())..];
            // Another expression is none that is read.
            if rest.starts_with('(') {
                return None;
            }
            continue;
        }
        if let Some(group) = ["(.*)", "(.+)"].into_iter().find(|group| rest.starts_with(group)) {
            number += 1;
            parts.push(Part::Any { name: number.to_string(), is_open: true });
            rest = &rest[group.len()..];
            continue;
        }
        if matches!(sign, '(' | '[' | '|' | '^' | '$') {
            return None;
        }
        match parts.last_mut() {
            Some(Part::Text(text)) => text.push(sign),
            _ => parts.push(Part::Text(sign.to_string())),
        }
        rest = &rest[sign.len_utf8()..];
    }
    Some(parts)
}

/// Each part takes as much as leaves something to the next one's text.
fn fits<'a>(path: &'a str, parts: &[Part], values: &mut Values<'a>) -> bool {
    let Some((part, more)) = parts.split_first() else { return path.is_empty() };
    match part {
        Part::Text(text) => path.strip_prefix(text.as_str()).is_some_and(|rest| fits(rest, more, values)),
        Part::Any { name, is_open } => {
            let longest = if *is_open { path.len() } else { path.find('/').unwrap_or(path.len()) };
            let next = match more.first() {
                Some(Part::Text(text)) => text.as_str(),
                Some(Part::Any { .. }) => return false,
                None => "",
            };
            // The last place where the next text stands: patterns mean the longest.
            let end = if next.is_empty() {
                Some(path.len()).filter(|end| *end <= longest)
            } else {
                path.rmatch_indices(next).map(|(at, _)| at).find(|at| *at <= longest)
            };
            let Some(end) = end.filter(|end| *end > 0) else { return false };
            values.insert(name.clone(), &path[..end]);
            fits(&path[end..], more, values)
        }
    }
}

/// A place with values in it: `:page*`, `$1`.
fn written(place: &str, values: &Values<'_>) -> String {
    let mut out = String::new();
    let mut rest = place;
    while let Some(at) = rest.find([':', '$']) {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let end = behind.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(behind.len());
        match values.get(&behind[..end]) {
            Some(value) => {
                out.push_str(value);
                let tail = &behind[end..];
                let group = ["(.*)", "(.+)", "*", "+"].into_iter().find(|group| tail.starts_with(group));
                rest = &tail[group.map_or(0, str::len)..];
            }
            None => {
                out.push_str(&rest[at..=at]);
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{is_pattern, rewritten};

    #[test]
    fn patterns_give_places() {
        for (path, pattern, place, expected) in [
            ("packages/a/src/b/c.md", "packages/:pkg/src/:page*", ":pkg/:page*", Some("a/b/c.md")),
            ("packages/a/src/b.md", "packages/:pkg/src/(.*)", ":pkg/index/$1", Some("a/index/b.md")),
            ("zh/a/b.md", "zh/:rest(.*)", ":rest", Some("a/b.md")),
            ("a/b.md", ":page.md", "x/:page.md", None),
            ("b.md", ":page.md", "x/:page.md", Some("x/b.md")),
            ("/guide/x", "/guide/(.*)", "/help/$1", Some("/help/x")),
            ("a.md", "a.md", "b.md", Some("b.md")),
            ("a.md", ":a(\\d+).md", "b.md", None),
            ("", ":a*", "b", None),
        ] {
            assert_eq!(rewritten(path, pattern, place).as_deref(), expected, "{pattern}");
        }
        assert!(!is_pattern("a/b.md") && is_pattern(":a.md") && is_pattern("/(a|b)"));
    }
}
