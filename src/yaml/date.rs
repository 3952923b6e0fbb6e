//! Days of the calendar as people write them.

use crate::locale::{Language, Message};
use crate::message;
use jiff::civil::Date;
use std::error::Error;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BadDate {
    /// What to write instead.
    pub help: Message,
}

impl fmt::Display for BadDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::ENGLISH.text(&self.help))
    }
}

impl Error for BadDate {}

/// Reads `2025-01-31`.
///
/// # Errors
/// What to write instead, where it is no date or not in that form.
pub fn parse_date(written: &str) -> Result<Date, BadDate> {
    if written.len() == 10
        && let Ok(date) = written.parse::<Date>()
    {
        return Ok(date);
    }
    Err(BadDate { help: instead_of(written) })
}

fn instead_of(written: &str) -> Message {
    if let Some(date) = only_reading(written) {
        return message!("invalid-date-write", date = date);
    }
    let numbers: Vec<i64> =
        written.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    // Of `24-3-1` nobody knows which number is the year.
    let [year, month, day, ..] = numbers[..] else { return message!("invalid-date-form") };
    if year < 1_000 {
        return message!("invalid-date-form");
    }
    let (Ok(y), Ok(m), Ok(d)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day)) else {
        return message!("invalid-date-form");
    };
    if let Ok(date) = Date::new(y, m, d) {
        return message!("invalid-date-write", date = date);
    }
    if !(1..=12).contains(&m) {
        return message!("invalid-date-month", month = u16::from(m.unsigned_abs()));
    }
    Date::new(y, m, 1).map_or_else(
        |_| message!("invalid-date-form"),
        |first| {
            let days = usize::try_from(first.days_in_month()).unwrap_or_default();
            message!("invalid-date-days", month = format!("{year}-{month:02}"), days = days)
        },
    )
}

/// The day that a text in another form names, if it names one only: `2024/3/4`,
/// `2024年3月4日`, `4 March 2024`, `25/12/2024`, but not `03/04/2024`, which is in March for
/// some and in April for others.
pub(super) fn only_reading(written: &str) -> Option<Date> {
    let folded: String = written.trim().nfkc().collect();
    let day = without_midnight(&folded);
    if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        return of_numbers([&day[..4], &day[4..6], &day[6..]]);
    }
    if day.contains('年') {
        return chinese(day);
    }
    if day.contains(|c: char| c.is_ascii_alphabetic()) {
        return with_month_name(day);
    }
    let mark =
        day.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.' | '–' | '—'))?;
    let mut parts = day.trim_end_matches('.').split(mark).map(str::trim);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    match (first.len(), third.len()) {
        (4, 1..=2) => of_numbers([first, second, third]),
        (1..=2, 4) => {
            let (day_first, month_first) =
                (of_numbers([third, second, first]), of_numbers([third, first, second]));
            match (day_first, month_first) {
                (Some(one), Some(other)) if one != other => None,
                (one, other) => one.or(other),
            }
        }
        _ => None,
    }
}

/// A day without the midnight behind it, which programs add to one. Another hour may be of
/// another day, by another zone.
fn without_midnight(written: &str) -> &str {
    let Some((day, time)) = written.split_once(['T', ' ']).filter(|(day, _)| day.len() == 10) else {
        return written;
    };
    let clock = time.trim_end_matches('Z').split(['+', '.']).next().unwrap_or_default().trim();
    match matches!(clock, "00:00" | "00:00:00") {
        true => day,
        false => written,
    }
}

fn of_numbers([year, month, day]: [&str; 3]) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `2024年3月4日`, in Chinese numerals too.
fn chinese(written: &str) -> Option<Date> {
    let bare: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let (year, rest) = bare.split_once('年')?;
    let (month, day) = rest.split_once('月')?;
    let day = day.strip_suffix(['日', '号', '號']).unwrap_or(day);
    let year = match year.chars().map(digit).collect::<Option<Vec<i16>>>()?[..] {
        [a, b, c, d] => a * 1_000 + b * 100 + c * 10 + d,
        _ => return None,
    };
    Date::new(year, small_number(month)?, small_number(day)?).ok()
}

fn digit(c: char) -> Option<i16> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let in_words = || DIGITS.chars().position(|digit| digit == c || c == '零' && digit == '〇');
    c.to_digit(10).and_then(|digit| i16::try_from(digit).ok()).or_else(|| i16::try_from(in_words()?).ok())
}

/// A number up to 31: `12`, `十二`, `二十`, `廿一`.
fn small_number(written: &str) -> Option<i8> {
    if let Ok(number) = written.parse() {
        return Some(number);
    }
    let written = written.replace('廿', "二十").replace('卅', "三十");
    let one = |text: &str| {
        let mut letters = text.chars();
        let number = letters.next().and_then(digit)?;
        letters.next().is_none().then(|| i8::try_from(number).ok())?
    };
    match written.split_once('十') {
        None => one(&written),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            let ones = if ones.is_empty() { 0 } else { one(ones)? };
            Some(tens * 10 + ones)
        }
    }
}

/// The names of the months in English.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `4 March 2024`, `Mar 4, 2024`, `4th of March 2024`.
fn with_month_name(written: &str) -> Option<Date> {
    let (mut year, mut month, mut day) = (None, None, None);
    for word in written.split([' ', ',', '.', '-', '/']).filter(|word| !word.is_empty()) {
        let word = word.to_ascii_lowercase();
        let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let place = match (number.len(), &word[number.len()..]) {
            (4, "") => &mut year,
            (1..=2, "" | "st" | "nd" | "rd" | "th") => &mut day,
            (0, "of" | "the") => continue,
            (0, name) if name.len() >= 3 => {
                let name = if name == "sept" { "sep" } else { name };
                let at = MONTHS.iter().position(|known| *known == name || known[..3] == *name)?;
                if month.replace(at + 1).is_some() {
                    return None;
                }
                continue;
            }
            _ => return None,
        };
        if place.replace(number.parse::<i16>().ok()?).is_some() {
            return None;
        }
    }
    Date::new(year?, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_dates_say_why() {
        let why = |written: &str| parse_date(written).unwrap_err().to_string();
        assert_eq!(why("2024-02-30"), "2024-02 has 29 days");
        assert!(why("2026/13/1").starts_with("there is no month 13"));
        assert_eq!(why("2024年2月3日"), "write 2024-02-03");
        assert!(parse_date("soon").is_err());
        assert_eq!(parse_date("2024-02-29").unwrap().to_string(), "2024-02-29");
    }

    #[test]
    fn a_date_in_another_form_has_one_reading_or_none() {
        let day = "2024-03-04";
        for written in [
            "2024/3/4",
            "2024.03.04",
            "2024-3-4",
            "2024年3月4日",
            "2024 年 03 月 04 日",
            "二〇二四年三月四日",
            "２０２４／３／４",
            "20240304",
            "4 March 2024",
            "Mar 4, 2024",
            "4th of March, 2024",
            "2024-03-04T00:00:00Z",
            "2024-03-04 00:00:00 +0800",
        ] {
            assert_eq!(only_reading(written).map(|date| date.to_string()).as_deref(), Some(day), "{written}");
        }
        assert_eq!(only_reading("25/12/2024").unwrap().to_string(), "2024-12-25");
        assert_eq!(only_reading("12/25/2024").unwrap().to_string(), "2024-12-25");
        assert_eq!(only_reading("03/03/2024").unwrap().to_string(), "2024-03-03");
        assert_eq!(only_reading("二零二四年十二月二十一日").unwrap().to_string(), "2024-12-21");
        for written in [
            "03/04/2024",
            "3.4.2024",
            "24-03-04",
            "2024-02-30",
            "2024年",
            "2024-03",
            "soon",
            "2024-03-04T16:00:00Z",
            "May 2024",
            "1/2/3",
            "2024/3/4/5",
            "2024/3-4",
            "",
            "年月日",
            "十十年月",
        ] {
            assert_eq!(only_reading(written), None, "{written}");
        }
    }
}
