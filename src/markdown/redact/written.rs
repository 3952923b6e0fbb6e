//! Tags that are shown as text, since they are no elements or nothing closes them, and calls of
//! other tools (`{% link a.md %}`, `{{< relref "a.md" >}}`), which nobody makes here: what their
//! attributes and arguments say was never meant to be read, so it is looked at as in a tag.

use super::find::Visibility;
use std::ops::Range;

/// The places in a text of what attributes of written tags and arguments of written calls say of
/// something withheld.
pub(super) fn addresses(text: &str, visibility: &dyn Visibility) -> Vec<Range<usize>> {
    let mut found = calls(text, visibility);
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|open| at + open) {
        let is_tag = text[open + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
        let end = if is_tag { text[open..].find('>') } else { None };
        let end = end.map_or(text.len(), |end| open + end);
        at = if is_tag { end } else { open + 1 };
        if is_tag {
            let pieces = pieces(&text[open..end]).map(|piece| open + piece.start..open + piece.end);
            found.extend(pieces.filter(|piece| {
                let value = &text[piece.clone()];
                visibility.hides(value, false) || visibility.names(value)
            }));
        }
    }
    found
}

/// The places of arguments of calls that name something withheld.
fn calls(text: &str, visibility: &dyn Visibility) -> Vec<Range<usize>> {
    let ends = |c: char| c.is_whitespace() || "=\"'“”‘’`,<>{}%|".contains(c);
    let mut found = Vec::new();
    for (open, close) in [("{%", "%}"), ("{{", "}}")] {
        let mut at = 0;
        while let Some(start) = text[at..].find(open).map(|start| at + start)
            && let Some(end) = text[start..].find(close).map(|end| start + end)
        {
            let mut from = start;
            while let Some(begin) = text[from..end].find(|c| !ends(c)).map(|begin| from + begin) {
                from = text[begin..end].find(ends).map_or(end, |length| begin + length);
                if visibility.names(&text[begin..from]) {
                    found.push(begin..from);
                }
            }
            at = end + close.len();
        }
    }
    found
}

/// What stands behind the first `=` of a tag, piece by piece.
fn pieces(tag: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | ',' | '“' | '”' | '‘' | '’' | '`');
    let mut at = tag.find('=').unwrap_or(tag.len());
    std::iter::from_fn(move || {
        let start = at + tag[at..].find(|c| !ends(c))?;
        at = tag[start..].find(ends).map_or(tag.len(), |end| start + end);
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_however_they_are_quoted() {
        let tag = "<a x href = 'b.md' y=“c.md” z=d.md,e";
        let found: Vec<&str> = pieces(tag).map(|piece| &tag[piece]).collect();
        assert_eq!(found, ["b.md", "y", "c.md", "z", "d.md", "e"]);
    }
}
