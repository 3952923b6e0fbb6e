//! Values that a `#` cuts: YAML reads `title: Rule #1` as the title `Rule`.
//!
//! Whoever means a comment writes a space behind the `#`. Where none stands there,
//! the rest of the line is probably part of the value, and its author is told.

use saphyr_parser::{Event, Parser, ScalarStyle};

/// A value that is cut: its place and that of the rest of its line, in bytes, as one.
pub(super) type Cut = std::ops::Range<usize>;

/// Every value of a text that is cut, in order.
pub(super) fn cut(yaml: &str) -> Vec<Cut> {
    // Few texts have such a sign at all, and need not be read once more.
    let has_sign = yaml.match_indices('#').any(|(at, _)| is_sign(yaml, at));
    if !has_sign {
        return Vec::new();
    }
    let offsets: Vec<usize> = yaml.char_indices().map(|(byte, _)| byte).collect();
    // The parser counts characters.
    let byte = |at: usize| offsets.get(at).copied().unwrap_or(yaml.len());
    let mut cuts = Vec::new();
    let mut last = 0;
    for next in Parser::new_from_str(yaml) {
        let Ok((event, span)) = next else { break };
        let Event::Scalar(text, style, ..) = event else { continue };
        let (start, end) = (byte(span.start.index()), byte(span.end.index()));
        if style == ScalarStyle::Plain && text.is_empty() {
            // Nothing is left of it: the sign stands right behind the key.
            cuts.extend(behind(yaml, last, &[':', ' ', '\t']).map(|(at, end)| at..end));
        } else if style == ScalarStyle::Plain {
            let end = start + yaml[start..end.max(start)].trim_end().len();
            cuts.extend(behind(yaml, end, &[' ', '\t']).map(|(_, end)| start..end));
        }
        last = start + yaml[start..end.max(start)].trim_end().len();
    }
    cuts
}

/// The place of a sign that follows a place with only `between` before it, and the end
/// of its line.
fn behind(yaml: &str, from: usize, between: &[char]) -> Option<(usize, usize)> {
    let rest = yaml.get(from..)?;
    let at = from + (rest.len() - rest.trim_start_matches(between).len());
    is_sign(yaml, at).then(|| {
        let line = yaml[at..].split(['\r', '\n']).next().unwrap_or_default();
        (at, at + line.trim_end().len())
    })
}

/// Whether a `#` begins a comment here that looks like part of a value.
fn is_sign(yaml: &str, at: usize) -> bool {
    let before = yaml[..at].chars().next_back();
    let Some(rest) = yaml[at..].strip_prefix('#') else { return false };
    before.is_some_and(|c| matches!(c, ' ' | '\t'))
        && rest.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '#' | '!' | '-' | '='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(yaml: &str) -> Vec<&str> {
        cut(yaml).into_iter().map(|place| &yaml[place]).collect()
    }

    #[test]
    fn signs_that_cut_a_value_are_found() {
        assert_eq!(texts("title: Rule #1 for all\nid: A\n"), ["Rule #1 for all"]);
        assert_eq!(texts("a: 规则 #一  \r\nb:\n  - 甲 #乙\n"), ["规则 #一", "甲 #乙"]);
        assert_eq!(texts("title: #1 rule\nid: A\n"), ["#1 rule"]);
    }

    #[test]
    fn comments_and_quoted_signs_are_none() {
        for yaml in [
            "title: Rule # the first\n",
            "title: \"Rule #1\"\n",
            "title: 'Rule #1' #quoted\n",
            "title: C#1\n",
            "#1\ntitle: A\n",
            "a: |\n  Rule #1\n",
            "a: >\n  Rule\n  #1\n",
            "roles: #those of all\n  - a\n",
            "a: 1 #---\n",
        ] {
            assert!(texts(yaml).is_empty(), "{yaml}");
        }
    }
}
