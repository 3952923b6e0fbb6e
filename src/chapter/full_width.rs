//! Links with the brackets that a Chinese input method types: `［文字］（a.md）`.
//!
//! They are text, and shown as it. Whoever wrote one meant a link.

use crate::diagnostic::Diagnostic;
use crate::markdown;
use crate::source::Source;
use crate::{message, rule};
use std::ops::Range;

/// Bytes that an address may have.
const LONGEST: usize = 500;

/// One finding for each.
pub(super) fn diagnostics(source: &Source, scan: &markdown::Document) -> Vec<Diagnostic> {
    let text = scan.source();
    let mut found = Vec::new();
    let brackets = brackets(text);
    if brackets.is_empty() {
        return found;
    }
    for span in scan.running_text() {
        let first = brackets.partition_point(|at| *at < span.start);
        let here = brackets[first..].iter().take_while(|at| **at < span.end);
        for (place, right) in here.filter_map(|at| link(text, *at)) {
            let finding = Diagnostic::new(&rule::FULL_WIDTH_LINK, message!("full-width-link"));
            let help = message!("full-width-link.help", right = right);
            found.push(finding.at(&source.path, place).help(help));
        }
    }
    found
}

/// Where brackets begin behind others. Remarks in brackets are many in Chinese, so it is
/// the other bracket that is looked for.
fn brackets(text: &str) -> Vec<usize> {
    let behind = |closing: &'static str| {
        memchr::memmem::find_iter(text.as_bytes(), closing).map(move |at| at + closing.len())
    };
    let full = behind("］").chain(behind("】")).filter(|at| text[*at..].starts_with(['（', '(']));
    let mut found: Vec<usize> = full.chain(behind("]（").map(|at| at - '（'.len_utf8())).collect();
    found.sort_unstable();
    found
}

/// The link whose address the bracket at a place begins, and how it is written right.
fn link(text: &str, bracket: usize) -> Option<(Range<usize>, String)> {
    let (before, behind) = text.split_at_checked(bracket)?;
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    let mut behind = behind.chars();
    let full = behind.next()? == '（';
    let behind = behind.as_str();
    let inside = line.strip_suffix(['】', '］']).or_else(|| line.strip_suffix(']').filter(|_| full))?;
    let opening = inside.rfind(['【', '［', '['])?;
    let words = inside[opening..].trim_start_matches(['【', '［', '[']);
    let end =
        behind.find(['）', ')', '\n']).filter(|end| *end <= LONGEST && !behind[*end..].starts_with('\n'))?;
    let address = behind[..end].trim();
    if words.is_empty() || !is_address(address) {
        return None;
    }
    let closing = behind[end..].chars().next().map_or(0, char::len_utf8);
    let start = bracket - line.len() + opening;
    Some((start..text.len() - behind.len() + end + closing, format!("[{words}]({address})")))
}

/// Whether words between brackets are an address: of the web, of a place in the page,
/// or of a file by its ending.
fn is_address(words: &str) -> bool {
    let path = words.split(['#', '?']).next().unwrap_or("");
    let file = path.rsplit('/').next().unwrap_or("");
    let is_ending = |ending: &str| {
        (1..=5).contains(&ending.len())
            && ending.starts_with(|c: char| c.is_ascii_alphabetic())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    !words.contains(char::is_whitespace)
        && (words.contains("://")
            || ["mailto:", "#", "/", "./", "../"]
                .iter()
                .any(|begin| words.starts_with(begin) && words.len() > 2)
            || file.rsplit_once('.').is_some_and(|(name, ending)| !name.is_empty() && is_ending(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_told_from_remarks() {
        let right = |text: &str| {
            let mut links = brackets(text).into_iter().filter_map(|at| link(text, at));
            links.next().map(|(place, right)| (text[place].to_owned(), right))
        };
        for (text, wrong, wanted) in [
            ("见［差旅］(a.md)。", "［差旅］(a.md)", "[差旅](a.md)"),
            ("见[差旅]（a.md#一）。", "[差旅]（a.md#一）", "[差旅](a.md#一)"),
            ("甲\n【网】（https://a.b/c）", "【网】（https://a.b/c）", "[网](https://a.b/c)"),
            ("![图］（图/一.png)", "[图］（图/一.png)", "[图](图/一.png)"),
        ] {
            assert_eq!(right(text), Some((wrong.to_owned(), wanted.to_owned())), "{text}");
        }
        for text in [
            "[a](b.md)",
            "【通知】（2024年）",
            "［注］（见第 3.2 条）",
            "【】（a.md）",
            "（a.md）",
            "[a]（b.md",
            "【甲】（a.md\n）",
        ] {
            assert_eq!(right(text), None, "{text}");
        }
    }
}
