//! What is annexed to a document: 附件一, 附录A, 附表 2.

use super::super::clause;

/// What is annexed to a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AppendixKind {
    /// 附件.
    Attachment,
    /// 附录.
    Supplement,
    /// 附表.
    Table,
    /// 附图.
    Figure,
}

/// The number of an appendix: 附件一 is not 附表一.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AppendixNumber {
    /// What it is called.
    pub kind: AppendixKind,
    /// From 1; letters count as numbers.
    pub number: u32,
}

/// 附件一, 附录A or 附表 2 at the beginning of a text: its number and its bytes.
pub(super) fn appendix(text: &str) -> Option<(AppendixNumber, usize)> {
    let named = text.strip_prefix('附')?;
    let kind = match named.chars().next()? {
        '件' => AppendixKind::Attachment,
        '录' | '錄' => AppendixKind::Supplement,
        '表' => AppendixKind::Table,
        '图' | '圖' => AppendixKind::Figure,
        _ => return None,
    };
    let bare = named['件'.len_utf8()..].trim_start_matches(' ');
    let letter = bare.chars().next().filter(char::is_ascii_uppercase);
    let letter = letter.map(|letter| (letter as u32 - 'A' as u32 + 1, 1));
    let (number, used) = clause::numeral(bare).or(letter).filter(|found| found.0 > 0)?;
    Some((AppendixNumber { kind, number }, text.len() - bare.len() + used))
}

/// The number of a heading, title or file that is called 附件一 and the like.
#[must_use]
pub fn appendix_number(title: &str) -> Option<AppendixNumber> {
    appendix(title.trim_start()).map(|found| found.0)
}
