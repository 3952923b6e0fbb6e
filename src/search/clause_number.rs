//! Numbers of clauses in a query, such as 第七条 behind a title or `§4.2` before a word, and the
//! labels that they may have in a text. `search-clause-number.js` is the same for the browser.

use super::token::fold;
use crate::markdown::written_numeral;
use std::ops::Range;

/// What numbers of clauses are written with.
pub(super) const NUMERALS: &str = "零〇一二三四五六七八九十百千两0123456789";

/// What may stand behind a clause number and only asks what the clause says.
const ASKING: [&str; 12] = [
    "讲什么",
    "讲的什么",
    "讲的是什么",
    "说什么",
    "说的什么",
    "说的是什么",
    "是什么",
    "怎么说",
    "怎么规定",
    "规定了什么",
    "的内容",
    "的规定",
];

/// Where in a folded text its clause number stands, if it ends with one, words that ask for it aside:
/// 第七条, 第七条之一, 第7条第二款, 第七条讲什么.
pub(super) fn at_end(folded: &str) -> Option<Range<usize>> {
    let tail = ASKING.iter().filter(|tail| folded.ends_with(*tail)).map(|tail| tail.len()).max();
    let named = &folded[..folded.len() - tail.unwrap_or(0)];
    let start = named.match_indices('第').map(|(start, _)| start).find(|start| {
        let Some(mut rest) = part(&named[*start..], &['条']) else { return false };
        if let Some(behind) = rest.strip_prefix('之') {
            let after = behind.trim_start_matches(|c| NUMERALS.contains(c));
            rest = if after.len() < behind.len() { after } else { rest };
        }
        while let Some(behind) = part(rest, &['款', '项']) {
            rest = behind;
        }
        rest.is_empty()
    })?;
    Some(start..named.len())
}

/// What follows 第, a number and one of these units.
fn part<'a>(text: &'a str, units: &[char]) -> Option<&'a str> {
    let behind = text.strip_prefix('第')?;
    let rest = behind.trim_start_matches(|c| NUMERALS.contains(c));
    if rest.len() == behind.len() { None } else { rest.strip_prefix(units) }
}

/// The label of the clause itself: 第七条 of 第七条第二款.
pub(super) fn label(reference: &str) -> &str {
    let end = reference.match_indices('第').nth(1).map_or(reference.len(), |(start, _)| start);
    &reference[..end]
}

/// What may stand before the number of a section: `section 4.2`. A number without a point there may
/// be another's, as in Section 508.
const SECTION: [&str; 5] = ["section", "sec.", "clause", "article", "§"];

/// The number of a section at the beginning of a text, `4.2` of `§4.2` and of `section 4.2`, and what
/// follows it.
pub(super) fn section(text: &str) -> Option<(&str, &str)> {
    let named = SECTION.into_iter().find_map(|name| {
        let (head, behind) = text.split_at_checked(name.len())?;
        let number = behind.trim_start();
        (head.eq_ignore_ascii_case(name) && number.len() < behind.len()).then_some(number)
    });
    let number = named.or_else(|| text.strip_prefix('§'))?;
    let end = number.find(char::is_whitespace).unwrap_or(number.len());
    let (number, behind) = number.split_at(end);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = number.split('.').all(digits) && (named.is_none() || number.contains('.'));
    is_number.then_some((number, behind))
}

/// Whether a clause with this label is the one that a reference names.
pub(super) fn is_label(label: &str, reference: &str) -> bool {
    let label = fold(label);
    let Some(behind) = label.trim_start_matches(['§', ' ']).strip_prefix(reference) else { return false };
    let mut rest = behind.chars();
    match rest.next() {
        Some('.') => !rest.next().is_some_and(|c| c.is_ascii_digit()),
        next => !next.is_some_and(|c| c == '之' || NUMERALS.contains(c)),
    }
}

/// The same clause with its number in the other numerals: 第7条 for 第七条.
pub(super) fn other_numerals(reference: &str) -> Option<String> {
    let inner = reference.strip_prefix('第')?;
    let (number, behind) = inner.split_once('条')?;
    let other = match number.parse::<u32>() {
        Ok(value) => chinese(value)?,
        Err(_) => value(number)?.to_string(),
    };
    Some(format!("第{other}条{behind}"))
}

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A number below 10,000 in Chinese.
pub(super) fn chinese(number: u32) -> Option<String> {
    (1..10_000).contains(&number).then(|| written_numeral(number))
}

/// The value of a Chinese number below 10,000.
pub(super) fn value(text: &str) -> Option<u32> {
    let (mut total, mut digit) = (0, None);
    for c in text.chars() {
        let unit = match c {
            '千' => 1_000,
            '百' => 100,
            '十' => 10,
            '零' | '〇' => {
                digit = None;
                continue;
            }
            '两' => {
                digit = Some(2);
                continue;
            }
            _ => {
                // Two digits in a row are no number of this kind.
                if digit.is_some() {
                    return None;
                }
                digit = Some(u32::try_from(DIGITS.iter().position(|known| *known == c)?).ok()?);
                continue;
            }
        };
        total += digit.take().unwrap_or(1) * unit;
    }
    let value = total + digit.unwrap_or(0);
    (value > 0 && value < 10_000).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_clauses_are_read() {
        for (text, place) in [
            ("考勤第七条", Some(6..15)),
            ("第七条", Some(0..9)),
            ("第12条之一第二款第3项", Some(0..30)),
            ("考勤第七条讲什么", Some(6..15)),
            ("第七条的规定", Some(0..9)),
            ("第七条的罚款", None),
            ("第条", None),
            ("条", None),
        ] {
            assert_eq!(at_end(text), place, "{text}");
        }
        assert_eq!(label("第七条第二款"), "第七条");
        for (text, found) in [
            ("§4.2", Some(("4.2", ""))),
            ("§ 4.2 travel", Some(("4.2", " travel"))),
            ("Section 1.2", Some(("1.2", ""))),
            ("section 508", None),
            ("sections 1.2", None),
            ("§4.", None),
        ] {
            assert_eq!(section(text), found, "{text}");
        }
    }

    #[test]
    fn labels_are_compared_as_a_whole() {
        for (label, reference, same) in [
            ("第七条", "第七条", true),
            ("第七条 迟到", "第七条", true),
            ("第七条之一", "第七条", false),
            ("第七十条", "第七", false),
            ("4.2 Travel", "4.2", true),
            ("4.21 Travel", "4.2", false),
            ("4.2.1 Travel", "4.2", false),
            ("4.2. Travel", "4.2", true),
        ] {
            assert_eq!(is_label(label, reference), same, "{label} {reference}");
        }
    }

    #[test]
    fn numerals_are_changed() {
        for (number, text) in [
            (7, "七"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (105, "一百零五"),
            (1_079, "一千零七十九"),
            (1_010, "一千零一十"),
        ] {
            assert_eq!(chinese(number).as_deref(), Some(text));
            assert_eq!(value(text), Some(number), "{text}");
        }
        assert_eq!(other_numerals("第七条").as_deref(), Some("第7条"));
        assert_eq!(other_numerals("第12条之一").as_deref(), Some("第十二条之一"));
        assert_eq!(value("一二"), None);
    }
}
