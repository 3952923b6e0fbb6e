//! The day that a site is built for, if no option gives it.

use super::Failure;
use handbook::message;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::ffi::OsStr;
use std::time::SystemTime;

/// SOURCE_DATE_EPOCH (reproducible-builds.org), else today.
pub(super) fn today() -> Result<Date, Failure> {
    match std::env::var_os("SOURCE_DATE_EPOCH") {
        Some(epoch) => date_of_epoch(&epoch),
        None => date_of_clock(SystemTime::now(), TimeZone::system()),
    }
}

fn date_of_epoch(epoch: &OsStr) -> Result<Date, Failure> {
    let second = epoch.to_str().and_then(|epoch| epoch.trim().parse::<i64>().ok());
    let stamp = second.and_then(|second| jiff::Timestamp::from_second(second).ok());
    let stamp = stamp.ok_or_else(|| message!("cli-epoch-unknown", written = epoch.to_string_lossy()))?;
    Ok(stamp.to_zoned_datetime(TimeZone::UTC).date())
}

/// A clock may be set to any time.
fn date_of_clock(now: SystemTime, zone: TimeZone) -> Result<Date, Failure> {
    let stamp = jiff::Timestamp::try_from(now).map_err(|_| message!("cli-clock-unknown"))?;
    Ok(stamp.to_zoned_datetime(zone).date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_clock_beyond_the_calendar_is_told() {
        let at =
            |seconds| date_of_clock(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds), TimeZone::UTC);
        assert_eq!(at(1_790_000_000).map(|day| day.to_string()).as_deref(), Ok("2026-09-21"));
        for seconds in [253_402_300_800, 1 << 40, 1 << 60] {
            assert!(at(seconds).is_err(), "{seconds}");
        }
    }

    #[test]
    fn an_epoch_beyond_the_calendar_is_told() {
        for epoch in [
            "",
            "soon",
            "253402300800",
            "9223372036854775807",
            "-9223372036854775808",
            "1e9",
            "99999999999999999999",
        ] {
            assert!(date_of_epoch(OsStr::new(epoch)).is_err(), "{epoch}");
        }
        assert_eq!(date_of_epoch(OsStr::new("-1")).map(|day| day.to_string()).as_deref(), Ok("1969-12-31"));
    }
}
