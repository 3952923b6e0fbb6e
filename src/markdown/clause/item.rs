//! Items: paragraphs that are numbered below a clause, and how.
//!
//! （一）, 1., （1）, ① and their like: each way of writing is a kind, and a kind that
//! comes for the first time stands below the one before it. So how deep an item is
//! follows from the kinds alone, whatever a writer's order of them.

use super::is_space;
use super::numeral::{numeral, starts_arabic};
use crate::text::is_cjk;

/// How an item's number is written; items of one list share a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum ItemStyle {
    /// （一）
    Bracketed,
    /// (1)
    BracketedArabic,
    /// (a)
    BracketedLetter,
    /// 一、
    Bare,
    /// 1. or 1、
    BareArabic,
    /// a.
    BareLetter,
    /// 一）
    Closed,
    /// 1)
    ClosedArabic,
    /// a)
    ClosedLetter,
    /// ①
    Circled,
}

/// The greatest number of an item: （2024）of a document's number is none.
const MOST: u32 = 300;

/// How a paragraph begins as an item, and its number.
pub(in super::super) fn item(paragraph: &str) -> Option<(ItemStyle, u32)> {
    let bare = paragraph.trim_start_matches(|c| is_space(c) || matches!(c, '*' | '_'));
    let found = single(bare).or_else(|| bracketed(bare)).or_else(|| open(bare))?;
    (1..=MOST).contains(&found.1).then_some(found)
}

/// Numbers that are one character.
fn single(text: &str) -> Option<(ItemStyle, u32)> {
    let c = text.chars().next()?;
    let from = |first: char, number: u32| c as u32 - first as u32 + number;
    Some(match c {
        '①'..='⑳' => (ItemStyle::Circled, from('①', 1)),
        '㉑'..='㉟' => (ItemStyle::Circled, from('㉑', 21)),
        '㊱'..='㊿' => (ItemStyle::Circled, from('㊱', 36)),
        '❶'..='❿' => (ItemStyle::Circled, from('❶', 1)),
        '➀'..='➉' => (ItemStyle::Circled, from('➀', 1)),
        '⑴'..='⒇' => (ItemStyle::BracketedArabic, from('⑴', 1)),
        '⒈'..='⒛' => (ItemStyle::BareArabic, from('⒈', 1)),
        '㈠'..='㈩' => (ItemStyle::Bracketed, from('㈠', 1)),
        _ => return None,
    })
}

/// The number or letter that a text begins with, and its bytes: the style is that of
/// Chinese numbers, Arabic ones or letters.
fn counter(text: &str, styles: [ItemStyle; 3]) -> Option<(ItemStyle, u32, usize)> {
    let [chinese, arabic, letters] = styles;
    if let Some((number, used)) = numeral(text) {
        return Some((if starts_arabic(text) { arabic } else { chinese }, number, used));
    }
    let letter = text.bytes().next().filter(u8::is_ascii_lowercase)?;
    Some((letters, u32::from(letter - b'a') + 1, 1))
}

/// （一）, (1), ( a ).
fn bracketed(text: &str) -> Option<(ItemStyle, u32)> {
    let inside = text.strip_prefix(['（', '(', '﹙', '〔'])?.trim_start_matches(is_space);
    let styles = [ItemStyle::Bracketed, ItemStyle::BracketedArabic, ItemStyle::BracketedLetter];
    let (style, number, used) = counter(inside, styles)?;
    let rest = inside[used..].trim_start_matches(is_space);
    rest.starts_with(['）', ')', '﹚', '〕']).then_some((style, number))
}

/// 一、, 1., 1), a).
fn open(text: &str) -> Option<(ItemStyle, u32)> {
    if let Some((style, number, used)) =
        counter(text, [ItemStyle::Closed, ItemStyle::ClosedArabic, ItemStyle::ClosedLetter])
        && text[used..].starts_with(['）', ')'])
    {
        return Some((style, number));
    }
    let (style, number, used) =
        counter(text, [ItemStyle::Bare, ItemStyle::BareArabic, ItemStyle::BareLetter])?;
    let rest = &text[used..];
    let mark = rest.chars().next().filter(|c| matches!(c, '、' | '．' | '.' | '﹒' | '。'))?;
    let behind = &rest[mark.len_utf8()..];
    let good = match (style, mark) {
        // 一、二年级 and 三、五日 count two things at once.
        (_, '、') => !counts_on(behind),
        // e.g. and v1.2 are words; so is 一. in running text.
        (ItemStyle::BareLetter, _) => behind.starts_with(|c| is_space(c) || is_cjk(c)),
        // `1.5 倍` is a number; 1。 is seen where 1. was meant, 一。 is the end of a sentence.
        (ItemStyle::Bare, '。') => false,
        _ => !starts_arabic(behind),
    };
    good.then_some((style, number))
}

/// Whether a number goes on behind 、 that counts the same thing as the one before it.
fn counts_on(behind: &str) -> bool {
    numeral(behind).is_some_and(|(_, used)| {
        behind[used..].starts_with(|c| "、年级月日条款项号类等线层楼班组人名个次种".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_told_by_their_kind() {
        use ItemStyle::*;
        for (text, style, number) in [
            ("（一）甲", Bracketed, 1),
            ("(十二) 甲", Bracketed, 12),
            ("㈢甲", Bracketed, 3),
            ("（1）甲", BracketedArabic, 1),
            ("（ １ ）甲", BracketedArabic, 1),
            ("⑵甲", BracketedArabic, 2),
            ("一、甲", Bare, 1),
            ("　　二、甲", Bare, 2),
            ("**三、甲**", Bare, 3),
            ("1. 甲", BareArabic, 1),
            ("１．甲", BareArabic, 1),
            ("2、甲", BareArabic, 2),
            ("⒊甲", BareArabic, 3),
            ("1）甲", ClosedArabic, 1),
            ("2) 甲", ClosedArabic, 2),
            ("一）甲", Closed, 1),
            ("①甲", Circled, 1),
            ("㉑甲", Circled, 21),
            ("a) 甲", ClosedLetter, 1),
            ("（b）甲", BracketedLetter, 2),
            ("c. 甲", BareLetter, 3),
        ] {
            assert_eq!(item(text), Some((style, number)), "{text}");
        }
    }

    #[test]
    fn what_only_begins_with_a_number_is_no_item() {
        for text in [
            "1.5 倍",
            "１．５倍",
            "2024 年",
            "（2024）某法",
            "一是甲",
            "一、二年级学生",
            "三、五日内",
            "第一，甲",
            "首先",
            "e.g. x",
            "（甲）",
            "（一式三份）",
            "一般",
            "十分",
            "0. 甲",
            "一。",
            "2024. 甲",
        ] {
            assert_eq!(item(text), None, "{text}");
        }
    }
}
