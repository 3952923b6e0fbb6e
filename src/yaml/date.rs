//! Days of the calendar as people write them.

use crate::locale::{Language, Message};
use crate::message;
use jiff::civil::Date;
use std::error::Error;
use std::fmt;

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
    let numbers: Vec<i64> =
        written.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    let [year, month, day, ..] = numbers[..] else { return message!("invalid-date-form") };
    let (Ok(y), Ok(m), Ok(d)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day)) else {
        return message!("invalid-date-form");
    };
    if let Ok(date) = Date::new(y, m, d) {
        return message!("invalid-date-write", date = date);
    }
    Date::new(y, m, 1).map_or_else(
        |_| message!("invalid-date-form"),
        |first| {
            let days = usize::try_from(first.days_in_month()).unwrap_or_default();
            message!("invalid-date-days", month = format!("{year}-{month:02}"), days = days)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_dates_say_why() {
        let why = |written: &str| parse_date(written).unwrap_err().to_string();
        assert_eq!(why("2024-02-30"), "2024-02 has 29 days");
        assert_eq!(why("2024年2月3日"), "write 2024-02-03");
        assert!(parse_date("soon").is_err());
        assert_eq!(parse_date("2024-02-29").unwrap().to_string(), "2024-02-29");
    }
}
