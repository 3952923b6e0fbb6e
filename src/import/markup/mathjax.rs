//! Formulas as mdBook has them for MathJax: `\\( x^2 \\)` in a line, `\\[ … \\]` by themselves.
//!
//! The book's own Markdown took one backslash of each pair away before MathJax read the rest. Here
//! formulas stand between dollar signs and are no Markdown.

use super::{Context, code};
use crate::import::report::Report;
use crate::text::LineIndex;

/// The setting under which a book has them.
pub(in crate::import) const SETTING: &str = "mathjax-support";

/// Characters that a formula has at most.
const LONGEST: usize = 4_000;

/// A text with its formulas between dollar signs.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !text.contains("\\\\") || !context.book.values.contains_key(SETTING) {
        return text.to_owned();
    }
    let (code, index) = (code::ranges(text), LineIndex::new(text));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = text[at..].find("\\\\").map(|found| at + found) {
        let formula = formula(text, start).filter(|_| !code::holds(&code, start));
        let Some((new, end)) = formula else {
            // Of more backslashes the last two may begin one.
            out.push_str(&text[at..=start]);
            at = start + 1;
            continue;
        };
        out.push_str(&text[at..start]);
        out.push_str(&new);
        at = end;
        let written = text[start..end].lines().next().unwrap_or("");
        context.rewritten(index.line_of(start), written, report);
    }
    out.push_str(&text[at..]);
    out
}

/// The formula that begins at a place, and where it ends there.
fn formula(text: &str, start: usize) -> Option<(String, usize)> {
    let rest = &text[start + 2..];
    let (close, mark) = match rest.as_bytes().first()? {
        b'(' => ("\\\\)", "$"),
        b'[' => ("\\\\]", "$$"),
        _ => return None,
    };
    let near = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(at, _)| at);
    let inner = &rest[1..near];
    let length = inner.find(close)?;
    let inner = &inner[..length];
    if inner.contains("\n\n") || inner.contains('$') || inner.trim().is_empty() {
        return None;
    }
    let end = start + 3 + length + close.len();
    // Dollar signs of a line stand close to what is between them.
    let inner = if mark == "$" { inner.trim() } else { inner };
    Some((format!("{mark}{}{mark}", unescaped(inner)), end))
}

/// A text without the backslashes that Markdown takes away.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        match signs.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => out.extend(signs.next()),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::formula;

    #[test]
    fn formulas_stand_between_dollar_signs() {
        for (text, new) in [
            (r"\\( x^2 \\)", Some("$x^2$")),
            (r"\\[ \mu = \\frac{1}{2} \\]", Some(r"$$ \mu = \frac{1}{2} $$")),
            (r"\\( \\{a\\} \\\\ b\_c \\)", Some(r"$\{a\} \\ b_c$")),
            (r"\\( x", None),
            (r"\\a", None),
            ("\\\\( a\n\nb \\\\)", None),
        ] {
            assert_eq!(formula(text, 0).map(|(new, _)| new).as_deref(), new, "{text}");
        }
    }
}
