//! Posts of Jekyll, and chapters of its collections, of a day to come.

use super::{Entries, Found, head};
use crate::chapter::readings::{is_in, named};
use crate::chapter::{Chapter, Hold, fingerprints};
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Sources};
use jiff::civil::Date;
use std::sync::Arc;

/// Holds back what Jekyll publishes later than on a day, and tells why.
pub(super) fn hold_back(chapters: &mut [Arc<Chapter>], sources: &Sources, today: Date) -> Vec<Diagnostic> {
    let homes: Vec<&str> = sources.tools.iter().filter_map(home).collect();
    let mut told = Vec::new();
    if homes.is_empty() {
        return told;
    }
    for chapter in chapters {
        let name = &*chapter.source.name;
        let Some(folder) = folder_of(name).filter(|_| homes.iter().any(|home| is_in(home, name))) else {
            continue;
        };
        let dated = Entries::of(head(chapter, sources)).day(&["date"]);
        let by_name = || {
            let file = name.rsplit('/').next()?;
            let day = file.get(..10)?.parse().ok().filter(|_| folder == "_posts")?;
            Some((day, file.to_owned(), None))
        };
        let Some((day, key, place)) = dated.or_else(by_name).filter(|(day, ..)| *day > today) else {
            continue;
        };
        let found = Found { hold: Hold::Until(day), key, place };
        if found.hold > chapter.hold {
            told.push(found.diagnostic(chapter));
            let chapter = Arc::make_mut(chapter);
            chapter.hold = found.hold;
            chapter.metadata_fingerprint = fingerprints::metadata(chapter);
        }
    }
    told
}

/// The folder of settings of Jekyll that do not publish what is to come.
fn home(settings: &Source) -> Option<&str> {
    let (home, file) = named(settings);
    let says_so = |line: &str| {
        line.strip_prefix("future:").is_some_and(|rest| rest.split('#').next().unwrap_or("").trim() == "true")
    };
    (file.starts_with("_config.") && !settings.text.lines().any(says_so)).then_some(home)
}

/// The folder of posts, or of a collection, that a chapter lies in.
fn folder_of(name: &str) -> Option<&str> {
    let (folders, _) = name.rsplit_once('/')?;
    folders.split('/').find(|folder| folder.starts_with('_'))
}
