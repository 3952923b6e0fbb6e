//! Time zones by name, or by language.

use crate::cli::Failure;
use handbook::config::Config;
use handbook::host::Zone;
use handbook::message;
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// The value for the zone of the handbook's language.
pub(super) const BY_LANGUAGE: &str = "by-language";

/// Languages most of whose speakers live in one zone.
const LANGUAGES: &[(&str, &str)] = &[
    ("zh-tw", "Asia/Taipei"),
    ("zh-hant", "Asia/Taipei"),
    ("zh-hk", "Asia/Hong_Kong"),
    ("zh-mo", "Asia/Macau"),
    ("zh-sg", "Asia/Singapore"),
    ("zh", "Asia/Shanghai"),
    ("ja", "Asia/Tokyo"),
    ("ko", "Asia/Seoul"),
    ("vi", "Asia/Ho_Chi_Minh"),
    ("th", "Asia/Bangkok"),
    ("de", "Europe/Berlin"),
    ("fr", "Europe/Paris"),
    ("it", "Europe/Rome"),
];

/// The zone of this name, with the times in UTC at which its days begin.
pub(super) fn find_zone(name: &str, config: &Config) -> Result<Zone, Failure> {
    let name = if name == BY_LANGUAGE { zone_of_language(config.language.as_deref())? } else { name };
    let zone = TimeZone::get(name).map_err(|_| message!("cli-host-no-zone", name = name))?;
    // Winter and summer.
    let days = [date(2026, 1, 15), date(2026, 7, 15)];
    let begin = |day: jiff::civil::Date| {
        let utc = day.to_zoned_datetime(zone.clone()).ok()?.with_time_zone(TimeZone::UTC);
        Some((u8::try_from(utc.hour()).ok()?, u8::try_from(utc.minute()).ok()?))
    };
    let midnights: BTreeSet<(u8, u8)> = days.into_iter().filter_map(begin).collect();
    Ok(Zone::new(name.to_owned(), midnights.into_iter().collect()))
}

fn zone_of_language(language: Option<&str>) -> Result<&'static str, Failure> {
    let language = language.unwrap_or("").to_ascii_lowercase();
    let begins =
        |tag: &str| language.strip_prefix(tag).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let zone = LANGUAGES.iter().find(|(tag, _)| begins(tag));
    zone.map(|(_, zone)| *zone).ok_or_else(|| message!("cli-host-timezone-unknown"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_zones_and_zones_have_midnights() {
        assert_eq!(zone_of_language(Some("zh-CN")).as_deref(), Ok("Asia/Shanghai"));
        assert_eq!(zone_of_language(Some("zh-Hant-TW")).as_deref(), Ok("Asia/Taipei"));
        assert!(
            zone_of_language(Some("en")).is_err()
                && zone_of_language(None).is_err()
                && zone_of_language(Some("zha")).is_err()
        );
        let config = Config::default();
        let midnights = |name| find_zone(name, &config).map(|zone| zone.midnights);
        assert_eq!(midnights("Asia/Shanghai"), Ok(vec![(16, 0)]));
        assert_eq!(midnights("Asia/Kolkata"), Ok(vec![(18, 30)]));
        assert_eq!(midnights("Europe/Berlin"), Ok(vec![(22, 0), (23, 0)]));
        assert!(midnights("Nowhere/City").is_err() && midnights("../../etc/passwd").is_err());
    }
}
