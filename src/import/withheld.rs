//! What a book keeps from readers, and an import must not show to more.
//!
//! Each tool has keys of its own for drafts and for readers. A chapter that is held back
//! there is held back here. What only a person can tell is kept as it is written, and told.

use super::Tool;
use super::book::Book;
use super::dates;
use super::front;
use super::head;
use super::page::Page;
use super::report::{Kind, Report};
use super::tree::{SourceTree, from_folder};
use crate::chapter::audience::suggests_audience;
use crate::chapter::{Chapter, Hold, entries_below_text, folder, is_index, is_known_key};
use crate::markdown::MarkdownOptions;
use crate::source::Source;
use crate::text::fold;
use jiff::civil::Date;
use serde_yaml::{Mapping, Value};
use std::collections::HashSet;
use std::sync::Arc;

/// The key for what a tool says of readers in a way of its own: a word for them that is no field
/// holds a site back until a person has decided.
pub(super) const READERS: &str = "visibility";

/// Values under a word for readers that mean everybody.
const OPEN: [&str; 9] = ["public", "open", "all", "everyone", "anyone", "公开", "所有人", "全员", "全体"];

/// Puts `extra` below the fields, so that the chapter is held back as it was: what holds it
/// back counts at the top only, and a folder of drafts only where the chapter still lies in it.
/// `file` is its new place.
pub(super) fn keep_back(file: &str, original: Hold, fields: &mut Mapping, mut extra: Mapping) {
    let with = |fields: &Mapping, extra: &Mapping| {
        let mut all = fields.clone();
        if !extra.is_empty() {
            all.insert("extra".into(), Value::Mapping(extra.clone()));
        }
        all
    };
    if hold(file, &with(fields, &extra)) != original {
        let known = |key: &Value| key.as_str().is_some_and(is_known_key);
        let held: Vec<Value> = extra.keys().filter(|key| known(key)).cloned().collect();
        for key in held {
            if let Some(value) = extra.remove(&key) {
                fields.insert(key, value);
            }
        }
    }
    *fields = with(fields, &extra);
    match original {
        _ if hold(file, fields) >= original => {}
        Hold::Until(day) => _ = fields.insert("publishDate".into(), day.to_string().into()),
        _ => _ = fields.insert("draft".into(), true.into()),
    }
}

/// How a chapter is held back, with a word in the report: by its own front matter, by settings
/// of the tool, or by the days that it names.
pub(super) fn as_published(file: &str, page: &Page, own: Hold, book: &Book, report: &mut Report) -> Hold {
    let by_date = dates::hold(book, file, &page.front);
    let (hold, why) = match book.unpublished.get(file) {
        Some(setting) => (Hold::Draft, (*setting).to_owned()),
        None if own == Hold::Open => match by_date {
            Some(found) => found,
            None => return own,
        },
        None => match by_date.filter(|(hold, _)| *hold > own) {
            Some(found) => found,
            None => (own, reason(file, &page.front)),
        },
    };
    if hold.is_closed(book.today) {
        report.add(Kind::HeldBack, file, None, why);
    }
    hold
}

/// The entry of the front matter that holds a chapter back.
fn reason(file: &str, front: &Mapping) -> String {
    let holds = |key: &Value, value: &Value| {
        let alone: Mapping = std::iter::once((key.clone(), value.clone())).collect();
        holds(file, &alone).then_some(alone)
    };
    let found = front.iter().find_map(|(key, value)| holds(key, value));
    found
        .and_then(|alone| serde_yaml::to_string(&alone).ok())
        .map_or(String::new(), |text| text.trim().to_owned())
}

/// Whether a value under a word for readers means everybody, or nobody in particular.
pub(super) fn is_open(value: &Value) -> bool {
    let texts = front::texts(value);
    value.is_null()
        || value.as_bool() == Some(false)
        || !texts.is_empty() && texts.iter().all(|text| OPEN.contains(&fold(text).as_str()))
}

/// Tells what may say that the chapter is not for everybody. `audience` stays where it
/// stands, and withholds here as everywhere; only a person knows what other words mean.
pub(super) fn tell_readers(file: &str, page: &Page, book: &Book, report: &mut Report) {
    let mut is_told = false;
    for (key, value) in &page.front {
        let Some(name) = key.as_str() else { continue };
        let expires = matches!(name.to_ascii_lowercase().as_str(), "expirydate" | "unpublishdate")
            && dates::hold(book, file, &page.front).is_none();
        let means_readers = suggests_audience(name) && (name == "audience" || !is_known_key(name));
        if (expires || means_readers) && !is_open(value) {
            let written = serde_yaml::to_string(value).unwrap_or_default();
            report.add(Kind::Restricted, file, None, format!("{name}: {}", written.trim()));
            is_told = true;
        }
    }
    let is_held = page.is_broken
        && page
            .head
            .lines()
            .any(|line| line.split([':', '：']).next().is_some_and(|key| suggests_audience(key.trim())));
    if is_held
        || !is_told && chapter(file, &page.front).may_be_restricted() && !page.front.keys().any(is_readers)
    {
        report.add(Kind::Restricted, file, None, "");
    }
}

fn is_readers(key: &Value) -> bool {
    key.as_str().is_some_and(suggests_audience)
}

/// Whether what a tool says of many chapters at once has a meaning for one.
pub(super) fn matters(key: &str, value: &Value) -> bool {
    let alone = || std::iter::once((key.into(), value.clone())).collect();
    is_known_key(key)
        || suggests_audience(key)
        || front::RENAMED.iter().any(|(theirs, _)| *theirs == key)
        || holds("", &alone())
}

/// Adds to front matter without an end what withholds its chapter and stands below it, among the
/// text: the new front matter has an end, so that no reader would look for it there again.
pub(super) fn add_what_is_lost(file: &str, chapter: &Chapter, front: &mut Mapping) {
    let entries = entries_below_text(&chapter.source.text);
    let entries = entries.and_then(|entries| serde_yaml::from_str::<Mapping>(entries).ok());
    for (key, value) in entries.unwrap_or_default() {
        let alone = || std::iter::once((key.clone(), value.clone())).collect();
        let matters = key.as_str().is_some_and(|name| suggests_audience(name) || holds(file, &alone()));
        if matters && !front.contains_key(&key) {
            front.insert(key, value);
        }
    }
    if chapter.hold > hold(file, front) {
        match chapter.hold {
            Hold::Until(day) => _ = front.insert("publishDate".into(), day.to_string().into()),
            _ => _ = front.insert("draft".into(), true.into()),
        }
    }
}

/// Keeps back what lies in a folder whose page keeps it back, wherever a symbolic link shows it. Hugo
/// follows no link out of the folder of its chapters.
pub(super) fn linked(tree: &SourceTree, book: &mut Book) {
    let is_page_of_kept =
        |path: &&str| is_index(path) && tree.text(path).is_some_and(|text| is_kept_back(path, text));
    let kept: HashSet<&str> = match tree.links.is_empty() {
        true => return,
        false => tree.below("").filter(is_page_of_kept).map(folder).collect(),
    };
    for (place, file) in &tree.links {
        let mut above =
            std::iter::successors(Some(folder(file)), |path| (!path.is_empty()).then(|| folder(path)));
        let is_outside = book.tool == Tool::Hugo && from_folder(&book.root, file).is_none();
        if is_outside || above.any(|folder| kept.contains(folder)) {
            book.unpublished.insert(place.clone(), "symlink");
        }
    }
}

/// Whether readers see a chapter of the project on a day, as far as its text says.
#[must_use]
pub fn is_shown(file: &str, text: &str, today: Date) -> bool {
    let chapter = Chapter::structure(&Source::new(file, file, text), &MarkdownOptions::default());
    !chapter.is_draft(today) && !chapter.may_be_restricted()
}

/// Whether readers do not see a chapter of the book on the day of the import.
pub(super) fn is_closed(file: &str, page: &Page, book: &Book) -> bool {
    page.is_held
        || book.unpublished.contains_key(file)
        || hold(file, &page.front).is_closed(book.today)
        || dates::hold(book, file, &page.front).is_some_and(|(hold, _)| hold.is_closed(book.today))
}

/// Whether front matter holds a chapter back.
pub(super) fn holds(file: &str, fields: &Mapping) -> bool {
    hold(file, fields) != Hold::Open
}

/// Whether the front matter of a file says that not everybody may see it.
pub(super) fn is_kept_back(file: &str, text: &Arc<str>) -> bool {
    let fields = head::mapping(file, text);
    let chapter = || chapter(file, &fields);
    !fields.is_empty() && (chapter().hold != Hold::Open || chapter().may_be_restricted())
}

pub(super) fn hold(file: &str, fields: &Mapping) -> Hold {
    chapter(file, fields).hold
}

pub(super) fn chapter(file: &str, fields: &Mapping) -> Chapter {
    Chapter::structure(&Source::new(file, file, front::fenced(fields)), &MarkdownOptions::default())
}
