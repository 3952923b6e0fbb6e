//! Chapters that a tool does not publish on the day of the import, by the days they name.
//!
//! Hugo leaves out what has a later `date` or `publishDate`, or whose `expiryDate` is past;
//! Jekyll leaves out posts of a later day. What is to come is published here from its day
//! on, as there; what is past is a draft.

use super::book::{Book, Future};
use super::tree::from_folder;
use crate::chapter::{Hold, day};
use jiff::civil::Date;
use serde_yaml::{Mapping, Value};

/// What the days of a chapter say, and where they say it.
pub(super) fn hold(book: &Book, file: &str, front: &Mapping) -> Option<(Hold, String)> {
    match &book.future {
        Future::Shown => None,
        Future::Dated { shows_future, shows_expired } => {
            let expired = expired(book.today, front).filter(|_| !shows_expired);
            expired.or_else(|| dated(book.today, front).filter(|_| !shows_future))
        }
        Future::Posts(folders) => {
            let inside = folders.iter().find_map(|folder| from_folder(folder, file))?;
            dated(book.today, front).or_else(|| {
                let name = inside.rsplit('/').next()?;
                let day: Date = name.get(..10)?.parse().ok()?;
                let is_to_come = get(front, &["date"]).is_none() && day > book.today;
                is_to_come.then(|| (Hold::Until(day), name.to_owned()))
            })
        }
    }
}

fn expired(today: Date, front: &Mapping) -> Option<(Hold, String)> {
    let (key, value) = get(front, &["expirydate", "unpublishdate"])?;
    let end = day(value)?;
    (end <= today).then(|| (Hold::Draft, written(key, value)))
}

fn dated(today: Date, front: &Mapping) -> Option<(Hold, String)> {
    let (key, value) =
        get(front, &["publishdate", "pubdate", "published"]).or_else(|| get(front, &["date"]))?;
    let begin = day(value)?;
    (begin > today).then(|| (Hold::Until(begin), written(key, value)))
}

/// Hugo does not care about the case of keys.
fn get<'a>(front: &'a Mapping, keys: &[&str]) -> Option<(&'a str, &'a Value)> {
    let own = front.iter().filter_map(|(key, value)| Some((key.as_str()?, value)));
    own.into_iter().find(|(key, _)| keys.iter().any(|known| key.eq_ignore_ascii_case(known)))
}

fn written(key: &str, value: &Value) -> String {
    format!("{key}: {}", serde_yaml::to_string(value).unwrap_or_default().trim())
}
