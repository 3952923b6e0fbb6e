//! Numbers with a unit, such as 三十日, in the other forms that texts have: 30日, 30 天, 三十天.
//! `search-numbers.js` is the same for the browser.

use super::clause_number::{NUMERALS, chinese, value};
use super::token::{Class, class};

/// Units that mean the same.
const UNITS: [&[&str]; 13] = [
    &["个工作日", "工作日"],
    &["日", "天"],
    &["个月", "月"],
    &["年"],
    &["个小时", "小时", "钟头", "hours", "h"],
    &["分钟"],
    &["元", "块钱", "块", "圆"],
    &["周岁", "岁"],
    &["人", "名"],
    &["周", "星期"],
    &["次", "回"],
    &["公里", "千米", "km"],
    &["公斤", "千克", "kg"],
];

/// Characters that the longest of them has.
const LONGEST_UNIT: usize = 5;

/// A stretch of a text that is a number with a unit, in characters, and its other forms.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) others: Vec<String>,
}

/// Whether a folded text has a number that may answer how many or how long.
pub(super) fn has_number(folded: &str) -> bool {
    // The number of the clause itself, in front, is no answer.
    let text =
        folded.split_once(' ').filter(|(label, _)| label.starts_with('第')).map_or(folded, |(_, text)| text);
    text.bytes().any(|byte| byte.is_ascii_digit()) || text.contains("百分之") || !amounts(text).is_empty()
}

/// The numbers with a unit in a folded text.
pub(super) fn amounts(text: &str) -> Vec<Amount> {
    let all: Vec<char> = text.chars().collect();
    let is_numeral = |c: &char| NUMERALS.contains(*c);
    let mut found = Vec::new();
    let mut start = 0;
    while start < all.len() {
        let length = all[start..].iter().take_while(|c| is_numeral(c)).count();
        let end = start + length;
        // Digits behind letters are part of a name.
        let is_name = start > 0 && class(all[start - 1]) == Class::Word;
        if length > 0 && !is_name {
            let number: String = all[start..end].iter().collect();
            let rest: String = all[end..].iter().take(LONGEST_UNIT).collect();
            // Letters behind one of letters make another word.
            let is_unit = |unit: &&&str| {
                rest.starts_with(**unit)
                    && !(unit.is_ascii()
                        && all.get(end + unit.len()).is_some_and(|c| class(*c) == Class::Word))
            };
            let unit = UNITS.iter().find_map(|units| Some((units, *units.iter().find(is_unit)?)));
            if let Some((units, unit)) = unit {
                let others = forms(&number, unit, units);
                let end = end + unit.chars().count();
                found.extend((!others.is_empty()).then_some(Amount { start, end, others }));
            }
        }
        start = end.max(start + 1);
    }
    found
}

/// The other forms of a number with a unit.
fn forms(number: &str, unit: &str, units: &[&str]) -> Vec<String> {
    let value = number.parse().ok().filter(|value| *value > 0 && number.len() < 10).or_else(|| value(number));
    let Some(value) = value else { return Vec::new() };
    let mut forms = Vec::new();
    for unit in units {
        forms.extend(chinese(value).filter(|_| !unit.is_ascii()).map(|number| format!("{number}{unit}")));
        forms.push(format!("{value}{unit}"));
        forms.push(format!("{value} {unit}"));
    }
    let typed = format!("{number}{unit}");
    forms.retain(|form| *form != typed);
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_units_have_other_forms() {
        let shown = |text: &str| -> Vec<String> {
            let show =
                |amount: Amount| format!("{}-{} {}", amount.start, amount.end, amount.others.join("|"));
            amounts(text).into_iter().map(show).collect()
        };
        assert_eq!(shown("提前30日"), ["2-5 三十日|30 日|三十天|30天|30 天"]);
        assert_eq!(shown("三十天内"), ["0-3 三十日|30日|30 日|30天|30 天"]);
        assert_eq!(shown("a30日"), Vec::<String>::new());
        assert_eq!(shown("三十"), Vec::<String>::new());
        assert_eq!(shown("12岁5人").len(), 2);
    }
}
