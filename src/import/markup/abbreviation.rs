//! Abbreviations of Python-Markdown and kramdown, `*[HTML]: Hyper Text Markup Language`: what
//! they mean is said where they are used.

use super::{Context, code};
use crate::import::escape;
use crate::import::report::Report;
use std::collections::HashMap;

/// Abbreviations of a chapter that are looked at.
const MOST: usize = 2_000;

/// A text in which abbreviations have their meaning, without the lines that define them.
/// `more` are lines that the tool puts below each chapter.
pub(super) fn convert(text: &str, more: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !text.contains("*[") && !more.contains("*[") {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut meanings: HashMap<&str, &str> = more.lines().filter_map(definition).take(MOST).collect();
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        match definition(line).filter(|_| !code::holds(&code, start) && meanings.len() < MOST) {
            Some((name, meaning)) => {
                meanings.insert(name, meaning);
                context.rewritten(number + 1, line.trim(), report);
                kept.push('\n');
            }
            None => kept.push_str(line),
        }
    }
    if meanings.is_empty() { text.to_owned() } else { explained(&kept, &meanings) }
}

fn definition(line: &str) -> Option<(&str, &str)> {
    let (name, meaning) = line.trim().strip_prefix("*[")?.split_once("]:")?;
    let is_one = !name.is_empty() && !name.contains(['[', ']', '<']) && !meaning.trim().is_empty();
    is_one.then(|| (name.trim(), meaning.trim()))
}

/// Gives each word that has a meaning its meaning, where it stands in running text.
fn explained(text: &str, meanings: &HashMap<&str, &str>) -> String {
    let code = code::ranges(text);
    let most = meanings.keys().map(|name| name.split(' ').count()).max().unwrap_or(1);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_start();
        // Not in headings, whose words make addresses, nor in definitions and tags.
        let is_other = bare.starts_with(['#', '<', '[']) || line.starts_with("    ") || bare.contains("![");
        match is_other || code::holds(&code, start + line.len() - bare.len()) {
            true => out.push_str(line),
            false => words(line, start, &code, meanings, most, &mut out),
        }
    }
    out
}

fn words(
    line: &str,
    start: usize,
    code: &[std::ops::Range<usize>],
    meanings: &HashMap<&str, &str>,
    most: usize,
    out: &mut String,
) {
    let is_word = |c: char| c.is_alphanumeric();
    let mut at = 0;
    // Within the brackets of a link or a tag nothing is changed.
    let mut depth = 0_i32;
    while let Some(c) = line[at..].chars().next() {
        let before = line[..at].chars().next_back();
        let begins = is_word(c)
            && !before.is_some_and(|before| is_word(before) || matches!(before, '/' | '.' | '-' | '_'));
        let found = (begins && depth <= 0 && !code::holds(code, start + at)).then(|| {
            let ends = line[at..].char_indices().filter(|(_, c)| !is_word(*c)).map(|(end, _)| at + end);
            let ends: Vec<usize> =
                ends.take(most).chain(std::iter::once(line.len()).filter(|_| most == 0)).collect();
            ends.into_iter().rev().find_map(|end| Some((end, *meanings.get(&line[at..end])?)))
        });
        match found.flatten() {
            Some((end, meaning)) => {
                out.push_str(&format!("<abbr title=\"{}\">{}</abbr>", escape::html(meaning), &line[at..end]));
                at = end;
            }
            None => {
                match c {
                    '[' | '<' | '(' if c != '(' || line[..at].ends_with(']') => depth += 1,
                    ']' | '>' | ')' if depth > 0 => depth -= 1,
                    _ => {}
                }
                out.push(c);
                at += c.len_utf8();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{definition, explained};
    use std::collections::HashMap;

    #[test]
    fn words_have_their_meaning_where_they_stand() {
        let meanings = HashMap::from([("HR", "Human \"Resources\""), ("A B", "c")]);
        let hr = "<abbr title=\"Human &quot;Resources&quot;\">HR</abbr>";
        for (text, new) in [
            ("Ask HR, HRs.\n", format!("Ask {hr}, HRs.\n")),
            (
                "# HR\n`HR` [HR](HR.md) <b title=\"HR\"> a/HR\n",
                "# HR\n`HR` [HR](HR.md) <b title=\"HR\"> a/HR\n".to_owned(),
            ),
            ("(HR) A B A\n", format!("({hr}) <abbr title=\"c\">A B</abbr> A\n")),
        ] {
            assert_eq!(explained(text, &meanings), new);
        }
        assert_eq!(definition("*[HR]: x\n"), Some(("HR", "x")));
        for line in ["*[HR] x", "* [HR]: x", "*[]: x", "*[a]:"] {
            assert_eq!(definition(line), None);
        }
    }
}
