//! Parts of a text of GitBook's that some visitors see only: `{% if visitor.claims.isBoard %} …
//! {% endif %}`. Who a visitor is nobody knows here, so nobody sees them.

use crate::markdown::verbatim;
use std::ops::Range;

/// The parts for some visitors only, with their tags. One that has no end goes on to the end of the
/// text, and all branches of a condition belong to it.
#[must_use]
pub(crate) fn of_visitors(text: &str) -> Vec<Range<usize>> {
    if !text.contains("visitor.") || !text.contains("{%") {
        return Vec::new();
    }
    let code = verbatim::ranges(text);
    let mut found = Vec::new();
    // Conditions around a place, and where the outermost one that asks for a visitor begins.
    let (mut depth, mut open, mut at) = (0_usize, None, 0);
    while let Some(start) = text[at..].find("{%").map(|found| at + found) {
        let Some(end) = text[start..].find("%}").map(|end| start + end + 2) else { break };
        at = end;
        if verbatim::holds(&code, start) {
            continue;
        }
        let inner = text[start + 2..end - 2].trim_matches('-').trim();
        match inner.split(char::is_whitespace).next().unwrap_or("") {
            "if" | "elsif" | "elif" | "elseif" | "unless" => {
                let is_new = inner.starts_with("if") || inner.starts_with("unless");
                if open.is_none() && inner.contains("visitor.") {
                    open = Some((start, depth + usize::from(is_new)));
                }
                depth += usize::from(is_new);
            }
            "endif" | "endunless" => {
                if let Some((begin, _)) = open.filter(|(_, around)| *around >= depth) {
                    found.push(begin..end);
                    open = None;
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    found.extend(open.map(|(begin, _)| begin..text.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::of_visitors;

    #[test]
    fn parts_for_some_visitors_are_found_whole() {
        for (text, parts) in [
            ("a {% if visitor.claims.x %}S{% endif %} b", &["{% if visitor.claims.x %}S{% endif %}"][..]),
            (
                "{%- if !visitor.claims.x -%}\nS\n{%- endif -%}\n",
                &["{%- if !visitor.claims.x -%}\nS\n{%- endif -%}"],
            ),
            (
                "{% if visitor.x %}a{% if page.y %}b{% endif %}S{% else %}T{% endif %} c",
                &["{% if visitor.x %}a{% if page.y %}b{% endif %}S{% else %}T{% endif %}"],
            ),
            (
                "{% if page.y %}a{% if visitor.x %}S{% endif %}b{% endif %}",
                &["{% if visitor.x %}S{% endif %}"],
            ),
            ("a\n{% if visitor.x %}\nS", &["{% if visitor.x %}\nS"]),
            ("{% if page.x %}a{% elif visitor.y %}S{% endif %} b", &["{% elif visitor.y %}S{% endif %}"]),
            ("{% if page.x %}a{% endif %} visitor.x", &[]),
            ("```\n{% if visitor.x %}\n```\n`{% if visitor.x %}`", &[]),
        ] {
            let found: Vec<&str> = of_visitors(text).into_iter().map(|part| &text[part]).collect();
            assert_eq!(found, parts, "{text}");
        }
        assert_eq!(of_visitors(&"{% if visitor.x %}".repeat(50_000)).len(), 1);
    }
}
