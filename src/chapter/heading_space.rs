//! Headings without the space that parts their signs from their words: `##标题`.
//!
//! Older Markdown took them for headings, and people who write Chinese leave no spaces.
//! CommonMark shows them as they stand, signs and all. One sign alone is a hashtag or a
//! number as often as a heading, so that only two and more are told. Signs of full width, as an
//! input method makes them, are no signs of a heading at all.

use crate::diagnostic::{Diagnostic, Edit, Suggestion};
use crate::markdown;
use crate::source::Source;
use crate::{message, rule};

/// One finding for each.
pub(super) fn diagnostics(source: &Source, scan: &markdown::Document) -> Vec<Diagnostic> {
    let text = scan.source();
    let at_begin = |sign: &'static str| {
        memchr::memmem::find_iter(text.as_bytes(), sign).filter(|at| begins_line(text, *at))
    };
    let narrow = at_begin("##").filter_map(|at| Some((at, signs(text, at)?)));
    let wide = at_begin("＃").filter_map(|at| Some((at, wide_signs(text, at)?)));
    let mut suspects: Vec<(usize, usize)> = narrow.chain(wide).collect();
    suspects.sort_unstable();
    let mut found = Vec::new();
    for span in scan.running_text().filter(|_| !suspects.is_empty()) {
        let from = suspects.partition_point(|(at, _)| *at < span.start);
        for (at, signs) in suspects[from..].iter().take_while(|(at, _)| *at < span.end) {
            let behind = text[at + signs..].lines().next().unwrap_or_default().trim_end();
            let words = behind.trim_start_matches([' ', '\u{3000}']);
            let (end, begin) = (at + signs + behind.len(), at + signs + behind.len() - words.len());
            let written = &text[*at..at + signs];
            let level = written.chars().count();
            let marks = "#".repeat(level);
            let right = format!("{marks} {words}");
            let edit = Edit::new(*at..begin, format!("{marks} "));
            let message = match written.starts_with('＃') {
                true => message!("heading-space-wide"),
                false => message!("heading-space"),
            };
            let finding = Diagnostic::new(&rule::HEADING_SPACE, message)
                .help(message!("heading-space-write.help", right = &right))
                .suggest(Suggestion::certain(right, vec![edit]));
            found.push(finding.at(&source.path, *at..end));
        }
    }
    found
}

/// Whether nothing but indentation and signs of quotations stands before, in the line.
fn begins_line(text: &str, at: usize) -> bool {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    text[line..at].bytes().all(|byte| matches!(byte, b' ' | b'>'))
}

/// How many signs stand there, if they are those of a heading with its words right behind.
fn signs(text: &str, at: usize) -> Option<usize> {
    let signs = text[at..].bytes().take_while(|byte| *byte == b'#').count();
    let behind = text[at + signs..].chars().next()?;
    ((2..=6).contains(&signs) && behind.is_alphanumeric()).then_some(signs)
}

/// How long the signs of full width are that stand there before words, as before those of a heading.
fn wide_signs(text: &str, at: usize) -> Option<usize> {
    let words = text[at..].trim_start_matches('＃');
    let signs = text.len() - at - words.len();
    let behind = words.trim_start_matches([' ', '\u{3000}']).chars().next()?;
    (signs <= 6 * '＃'.len_utf8() && behind.is_alphabetic()).then_some(signs)
}

#[cfg(test)]
mod tests {
    use crate::chapter::Chapter;
    use crate::markdown::MarkdownOptions;
    use crate::rule;
    use crate::source::Source;
    use std::sync::Arc;

    #[test]
    fn only_what_is_meant_as_a_heading_is_told() {
        let told = |text: &str| {
            let source = Source::new(Arc::from("content/a.md"), Arc::from("a.md"), Arc::from(text));
            let chapter = Chapter::parse(&source, &MarkdownOptions::default());
            let all = chapter.diagnostics.iter();
            all.filter(|one| one.rule.code == rule::HEADING_SPACE.code).count()
        };
        assert_eq!(told("# 甲\n\n##标题\n\n> ###Title\n\n正文\n##又一个\n\n＃＃ 全角\n\n＃全角\n"), 5);
        for fine in [
            "# 甲\n\n## 标题\n\n甲 ＃乙\n\n＃1\n",
            "# 甲\n\n#标签 #a\n",
            "# 甲\n\n    ##代码\n",
            "# 甲\n\n```\n##x\n```\n",
            "# 甲\n\n`##x`\n",
            "# 甲\n\n##\n\n#######七\n",
            "# 甲\n\n编号 ##12\n",
        ] {
            assert_eq!(told(fine), 0, "{fine:?}");
        }
    }
}
