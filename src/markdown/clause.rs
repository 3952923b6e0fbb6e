//! Clauses: how a paragraph or heading of a Chinese rule begins.
//!
//! 第X编, 章, 节 and 条 with Chinese or Arabic numerals, 第十五条之一 too. A running
//! sentence such as 第三条规定的… is none: the number must stand alone, followed
//! by a space, a bracket or a colon, or be set in bold.

use std::ops::Range;

/// What a clause number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 编: part.
    Part,
    /// 章: chapter.
    Chapter,
    /// 节: section.
    Section,
    /// 条: article.
    Article,
    /// 部分: division.
    Division,
}

/// The number of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct ClauseNumber {
    /// What it counts.
    pub unit: Unit,
    /// The number, from 1.
    pub number: u32,
    /// The number after 之, else 0.
    pub sub: u32,
}

/// A clause's beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClauseLabel {
    /// The number.
    pub number: ClauseNumber,
    /// Where its label (第十五条之一) stands, in bytes of the text given.
    pub label: Range<usize>,
    /// Where the text after the label and the space behind it begins.
    pub rest: usize,
    /// Whether the label is set in bold, so that closing marks follow it.
    pub bold: bool,
}

/// Reads how `text` begins; `None` where that is no clause.
#[must_use]
pub fn parse(text: &str) -> Option<ClauseLabel> {
    let (bold, start) = match text.strip_prefix("**") {
        Some(_) => (true, 2),
        None => (false, 0),
    };
    let (number, used) = number(&text[start..])?;
    let end = start + used;
    let label = start..end;
    let closed = bold && text[end..].starts_with("**");
    let after = &text[if closed { end + 2 } else { end }..];
    let next = after.chars().next();
    let alone = next.is_none_or(|c| c.is_whitespace() || matches!(c, '（' | '(' | '：' | ':' | '【'));
    if !closed && !alone {
        return None;
    }
    let space = after.len() - after.trim_start_matches([' ', '\t', '\u{3000}']).len();
    let rest = if closed { end + 2 + space } else { end + space };
    Some(ClauseLabel { number, label, rest, bold })
}

/// 第十五条之一 at the beginning of a text, and its bytes.
pub(super) fn number(text: &str) -> Option<(ClauseNumber, usize)> {
    let body = text.strip_prefix('第')?;
    let (number, used) = numeral(body)?;
    let mut end = '第'.len_utf8() + used;
    let (unit, length) = unit(&text[end..])?;
    end += length;
    let mut sub = 0;
    if let Some(rest) = text[end..].strip_prefix('之')
        && let Some((number, used)) = numeral(rest)
    {
        sub = number;
        end += '之'.len_utf8() + used;
    }
    Some((ClauseNumber { unit, number, sub }, end))
}

/// The unit that a text begins with, and its bytes.
pub(super) fn unit(text: &str) -> Option<(Unit, usize)> {
    let unit = match text.chars().next()? {
        '编' | '編' => Unit::Part,
        '章' => Unit::Chapter,
        '节' | '節' => Unit::Section,
        '条' | '條' => Unit::Article,
        '部' if text.starts_with("部分") => return Some((Unit::Division, "部分".len())),
        _ => return None,
    };
    Some((unit, '条'.len_utf8()))
}

/// The number of a heading that counts without 第: `三、` is the third division.
pub(super) fn heading_number(text: &str) -> Option<ClauseNumber> {
    match (parse(text), item(text)) {
        (Some(opening), _) => Some(opening.number),
        (None, Some((ItemStyle::Bare, number))) => {
            Some(ClauseNumber { unit: Unit::Division, number, sub: 0 })
        }
        _ => None,
    }
}

/// How an item's number is written; items of one list share a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemStyle {
    /// （一）
    Bracketed,
    /// (1)
    BracketedArabic,
    /// 一、
    Bare,
    /// 1. or 1、
    BareArabic,
}

/// How a paragraph begins as an item: （一）, (1), 一、, 1. or 1、
pub(super) fn item(paragraph: &str) -> Option<(ItemStyle, u32)> {
    let bare = paragraph.trim_start_matches(['*', ' ', '\u{3000}']);
    let arabic = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    match bare.strip_prefix(['（', '(']) {
        Some(inside) => {
            let (number, used) = numeral(inside)?;
            let style = if arabic(inside) { ItemStyle::BracketedArabic } else { ItemStyle::Bracketed };
            inside[used..].starts_with(['）', ')']).then_some((style, number))
        }
        None => {
            let (number, used) = numeral(bare)?;
            let style = if arabic(bare) { ItemStyle::BareArabic } else { ItemStyle::Bare };
            let rest = &bare[used..];
            // `1.5 倍` is a number.
            let decimal = rest.strip_prefix(['.', '．']).is_some_and(arabic);
            (rest.starts_with(['、', '．', '.']) && !decimal).then_some((style, number))
        }
    }
}

/// A Chinese or Arabic number of at most ten characters, and its bytes.
pub(super) fn numeral(text: &str) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return Some((text[..digits].parse().ok().filter(|_| digits < 7)?, digits));
    }
    let (mut total, mut digit, mut used): (u32, u32, usize) = (0, 0, 0);
    for (at, c) in text.char_indices().take(11) {
        let value = match c {
            '零' | '〇' => 0,
            '一' => 1,
            '二' | '两' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            _ => break,
        };
        used = at + c.len_utf8();
        if value >= 10 {
            total += digit.max(1) * value;
            digit = 0;
        } else {
            digit = value;
        }
    }
    (used > 0).then_some((total + digit, used))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn number(text: &str) -> Option<(Unit, u32, u32, &str)> {
        parse(text)
            .map(|found| (found.number.unit, found.number.number, found.number.sub, &text[found.rest..]))
    }

    #[test]
    fn openings_are_read() {
        assert_eq!(number("第十五条 为了"), Some((Unit::Article, 15, 0, "为了")));
        assert_eq!(number("第一百二十条之一　非法"), Some((Unit::Article, 120, 1, "非法")));
        assert_eq!(number("**第三条**员工"), Some((Unit::Article, 3, 0, "员工")));
        assert_eq!(number("第3条（适用范围）本"), Some((Unit::Article, 3, 0, "（适用范围）本")));
        assert_eq!(number("第二章 总则"), Some((Unit::Chapter, 2, 0, "总则")));
    }

    #[test]
    fn running_sentences_are_not_clauses() {
        for text in
            ["第三条规定的事项", "第三条、第四条", "第 三条", "第条", "第一款 x", "第三条第二款规定", "第"]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
