//! Which dollar signs open and close a formula, and which are money.
//!
//! A sign opens only where neither a letter, a digit nor `\` stands before it and neither
//! a space, `{` nor another sign behind; it closes only with no space before and no letter
//! or digit behind. So `$5 and $10`, `US$100`, `5$`, `$HOME` and `${x}` stay text. Chinese
//! characters are no letters here: 速度为$v$时 is how formulas are written beside them.

use crate::text::is_cjk;
use std::ops::Range;

/// A formula in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// With its signs.
    pub outer: Range<usize>,
    /// Without them.
    pub inner: Range<usize>,
    /// Whether it stands in `$$`, and so in a line of its own.
    pub display: bool,
}

/// The formulas of a text, in order. None reaches over an empty line.
#[must_use]
pub fn formulas(text: &str) -> Vec<Formula> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_sign(text, at) {
        let formula =
            if text[start..].starts_with("$$") { display(text, start) } else { inline(text, start) };
        at = match formula {
            Some(formula) => {
                let end = formula.outer.end;
                found.push(formula);
                end
            }
            None => start + text[start..].bytes().take_while(|byte| *byte == b'$').count(),
        };
    }
    found
}

/// The next sign that no backslash stands before.
fn next_sign(text: &str, from: usize) -> Option<usize> {
    memchr::memchr_iter(b'$', &text.as_bytes()[from..]).map(|at| from + at).find(|at| !is_escaped(text, *at))
}

fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

fn inline(text: &str, start: usize) -> Option<Formula> {
    let opens = !is_word(text[..start].chars().next_back())
        && text[start + 1..].starts_with(|c: char| !c.is_whitespace() && c != '{' && c != '$')
        && !text[start + 1..].starts_with("!{");
    let end = next_sign(text, start + 1).filter(|_| opens)?;
    let inner = &text[start + 1..end];
    let closes = !inner.ends_with(char::is_whitespace)
        && !is_word(text[end + 1..].chars().next())
        && !text[end + 1..].starts_with(['$', '{']);
    (closes && !has_empty_line(inner) && !is_money(inner)).then(|| Formula {
        outer: start..end + 1,
        inner: start + 1..end,
        display: false,
    })
}

fn display(text: &str, start: usize) -> Option<Formula> {
    let opens = !is_word(text[..start].chars().next_back()) && !text[start + 2..].starts_with('$');
    let end = next_sign(text, start + 2).filter(|_| opens)?;
    let inner = &text[start + 2..end];
    let behind = text[end..].strip_prefix("$$")?;
    let whole = !inner.trim().is_empty()
        && !has_empty_line(inner)
        && !behind.starts_with('$')
        && !is_word(behind.chars().next());
    whole.then(|| Formula { outer: start..end + 2, inner: start + 2..end, display: true })
}

/// Whether a character beside a sign makes it money or a name: a letter or a digit.
fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c == '\\' || c.is_alphanumeric() && !is_cjk(c))
}

/// Whether what stands between two signs are sums of a Chinese sentence: `$5、6$`.
fn is_money(inner: &str) -> bool {
    inner.starts_with(|c: char| c.is_ascii_digit()) && inner.contains(['，', '、', '。', '；', '：'])
}

fn has_empty_line(text: &str) -> bool {
    let mut lines = text.split('\n');
    lines.next();
    lines.next_back();
    lines.any(|line| line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<&str> {
        formulas(text).into_iter().map(|formula| &text[formula.outer]).collect()
    }

    #[test]
    fn formulas_are_found() {
        for (text, found) in [
            ("当 $x>0$ 时", vec!["$x>0$"]),
            ("速度为$v$时，$t$", vec!["$v$", "$t$"]),
            ("($x$), \"$y$\"。", vec!["$x$", "$y$"]),
            ("$a\n+b$", vec!["$a\n+b$"]),
            ("甲 $$x$$ 乙", vec!["$$x$$"]),
            ("$$\nx\n$$", vec!["$$\nx\n$$"]),
            (r"$50\%$ $\$5$", vec![r"$50\%$", r"$\$5$"]),
            ("US$100 与 $x$", vec!["$x$"]),
            ("变量必须加$!{var}，不然${var}会", vec![]),
            ("用$x，那么${var}会", vec![]),
            ("$5 与 $x$", vec!["$x$"]),
        ] {
            assert_eq!(read(text), found, "{text}");
        }
    }

    #[test]
    fn money_and_variables_stay_text() {
        for text in [
            "$5 and $10",
            "US$100",
            "5$",
            "$HOME",
            "${x}",
            "${a}$",
            "A$5, C$6",
            "从$5到$10",
            "$5-$10",
            "费用 5$ 或 6$",
            "为 $10、$5、5$。",
            r"\$x$",
            "$ x$",
            "$x $",
            "$a\n\nb$",
            "$$",
            "$$$",
            "$$$$",
            "$$ $$",
            "$x$y",
            "x$y$",
            "$$a$",
            "$a$$",
            "export PATH=$PATH:$HOME/bin",
            "$",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
