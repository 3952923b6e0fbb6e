//! Commands of TeX's packages that the library does not know, written with those that it does:
//! `\bm` and `\pmb` of bold letters, `\mbox`, numbers of formulas. MathJax and KaTeX read them all.

/// Commands and what they are called here.
const NAMES: [(&str, &str); 9] = [
    ("bm", "\\boldsymbol"),
    ("pmb", "\\boldsymbol"),
    ("mbox", "\\text"),
    ("hbox", "\\text"),
    ("mathscr", "\\mathcal"),
    ("bold", "\\mathbf"),
    ("boxed", ""),
    ("notag", ""),
    ("nonumber", ""),
];

/// The same formula without names of others; `None` where it has none.
pub(super) fn rewritten(source: &str) -> Option<String> {
    let mut out = String::with_capacity(source.len());
    let (mut at, mut is_other) = (0, false);
    while let Some(start) = source[at..].find('\\').map(|found| at + found) {
        out.push_str(&source[at..start]);
        let name = &source[start + 1..];
        let name = &name[..name.bytes().take_while(u8::is_ascii_alphabetic).count()];
        let end = start + 1 + name.len();
        let known = NAMES.iter().find(|(other, _)| *other == name).map(|(_, own)| *own);
        at = match (name, known) {
            (_, Some(own)) => {
                out.push_str(own);
                end
            }
            ("tag", _) => match argument(source, end + usize::from(source[end..].starts_with('*'))) {
                Some((number, behind)) => {
                    out.push_str(&format!("\\qquad\\text{{({number})}}"));
                    behind
                }
                None => return None,
            },
            ("label", _) => argument(source, end)?.1,
            ("href", _) => argument(source, end)?.1,
            // Two backslashes end a row; the second begins no name.
            ("", _) => {
                let next = source[start + 1..].chars().next().map_or(0, char::len_utf8);
                out.push_str(&source[start..start + 1 + next]);
                at = start + 1 + next;
                continue;
            }
            _ => {
                out.push_str(&source[start..end]);
                at = end;
                continue;
            }
        };
        is_other = true;
    }
    out.push_str(&source[at..]);
    is_other.then_some(out)
}

/// What stands between braces right at a place, and where they end.
fn argument(source: &str, at: usize) -> Option<(&str, usize)> {
    let rest = source[at..].trim_start();
    let start = source.len() - rest.len();
    rest.strip_prefix('{')?;
    let mut depth = 0_usize;
    for (offset, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&source[start + 1..start + offset], start + offset + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::rewritten;

    #[test]
    fn names_of_packages_become_those_that_are_known() {
        for (source, expected) in [
            (r"\bm{x} + \pmb y", r"\boldsymbol{x} + \boldsymbol y"),
            (r"a=b \tag{2.1}", r"a=b \qquad\text{(2.1)}"),
            (r"a \tag*{甲} \label{eq:1}\\ b", r"a \qquad\text{(甲)} \\ b"),
            (r"\href{https://a.b/{c}}{x}", "{x}"),
        ] {
            assert_eq!(rewritten(source).as_deref(), Some(expected));
        }
        for source in [r"\frac{a}{b}\\ \{x\}", "a", r"\tag", r"\label{", "\\"] {
            assert_eq!(rewritten(source), None, "{source}");
        }
    }
}
