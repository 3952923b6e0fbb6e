//! What one line looks like.

use super::super::clause::is_space;
use super::super::mention::appendix_number;

/// What stands above a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    Nothing,
    Heading,
    Text,
}

/// Whether a line ends with a mark behind which another one can begin.
pub(in super::super) fn ends_statement(line: &str) -> bool {
    let bare = line.trim_end_matches(|c| is_space(c) || "”’\"』」）)*_".contains(c));
    bare.chars().next_back().is_none_or(|c| "。！？；：.!?;:…".contains(c))
}

/// The level of a Markdown heading, else 0.
pub(super) fn heading_level(line: &str) -> u8 {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let spaced = line[level..].is_empty() || line[level..].starts_with([' ', '\t']);
    if spaced && level <= 6 { u8::try_from(level).unwrap_or(0) } else { 0 }
}

/// The most characters of a title behind its number.
const TITLE: usize = 40;

/// Whether what follows a number is a title, which is short and no sentence.
pub(super) fn is_title(rest: &str) -> bool {
    let rest = rest.trim_end_matches(|c| is_space(c) || matches!(c, '*' | '_'));
    rest.chars().count() <= TITLE
        && !rest.contains(['。', '；', '！', '？', '，', ';', '!', '?'])
        && !rest.ends_with(['：', ':', '、', '.'])
}

/// Whether a title ends in dots or a tab and the number of a page.
pub(super) fn has_leader(rest: &str) -> bool {
    let bare = rest.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '－'));
    let numbered = bare.len() < rest.trim_end().len();
    ["…", "...", "．．", "··", "・・"].iter().any(|dots| bare.trim_end().ends_with(dots))
        || numbered && bare.ends_with('\t')
}

/// Whether a line heads a table of contents.
pub(super) fn is_contents(words: &str) -> bool {
    let mut letters = words.chars().filter(|c| !is_space(*c) && !matches!(c, '*' | '#' | '：' | ':'));
    letters.next() == Some('目')
        && matches!(letters.next(), Some('录' | '錄' | '次'))
        && letters.next().is_none()
}

/// Whether a bare line is the heading of an appendix: 附件一 保密协议, but neither
/// 附件：1. 报销单 nor a sentence.
pub(super) fn is_appendix(words: &str) -> bool {
    let bare = words.trim_matches(|c| is_space(c) || matches!(c, '*' | '_'));
    let numbered = appendix_number(bare).is_some() && is_title(bare);
    let sentence =
        ["式", "份", "所", "中", "规定", "的", "和", "与", "及", "、", "至", "为", "是", "同", "并"];
    let name = bare.trim_start_matches(['附', '件', '录', '錄', '表', '图', '圖']);
    let name = name.trim_start_matches(|c: char| {
        is_space(c) || c.is_ascii_alphanumeric() || "一二三四五六七八九十".contains(c)
    });
    numbered && !sentence.iter().any(|word| name.starts_with(word))
}

/// Whether a bare line may head an appendix that has a name and no number: 附件：劳动合同. What
/// is only annexed is listed in the same way.
pub(super) fn may_be_appendix(words: &str) -> bool {
    let bare = words.trim_matches(|c| is_space(c) || matches!(c, '*' | '_'));
    let name = ["附件", "附录", "附錄", "附"].iter().find_map(|word| bare.strip_prefix(word));
    let name = name.and_then(|rest| rest.strip_prefix(['：', ':'])).map(str::trim_start);
    name.is_some_and(|name| {
        !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()) && is_title(name)
    })
}
