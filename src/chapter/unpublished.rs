//! Chapters of a bare book of Hugo that Hugo would not publish, though no key of their own says so in
//! words: those of a day to come, those whose day is past, and those that the page of a folder above
//! holds back (`cascade`).

use super::readings::{is_in, named};
use super::{Chapter, Hold, day, fingerprints, folder, is_index};
use crate::diagnostic::{Diagnostic, Level};
use crate::markdown::MarkdownOptions;
use crate::message;
use crate::rule;
use crate::source::{Source, Sources};
use crate::text::{Patterns, Span};
use jiff::civil::Date;
use serde_yaml::{Mapping, Value};
use std::collections::HashMap;
use std::sync::Arc;

/// Holds back what Hugo does not publish on a day, and tells why.
#[must_use]
pub fn hold_back(chapters: &mut [Arc<Chapter>], sources: &Sources, today: Date) -> Vec<Diagnostic> {
    let homes: Vec<(&str, bool)> = sources.tools.iter().filter_map(home).collect();
    if homes.is_empty() {
        return Vec::new();
    }
    let cascades = cascades(chapters, sources);
    let mut told = Vec::new();
    for chapter in chapters {
        let Some((_, is_dated)) = homes.iter().find(|(home, _)| is_in(home, &chapter.source.name)) else {
            continue;
        };
        let head = Entries::of(head(chapter, sources));
        let by_days = is_dated.then(|| head.by_days(today)).flatten();
        let found = by_days.or_else(|| by_cascade(chapter, &head, &cascades));
        let Some(found) = found.filter(|found| found.hold > chapter.hold) else { continue };
        told.push(found.diagnostic(chapter));
        let chapter = Arc::make_mut(chapter);
        chapter.hold = found.hold;
        chapter.metadata_fingerprint = fingerprints::metadata(chapter);
    }
    told
}

/// The folder of the settings of Hugo, and whether days hold chapters back.
fn home(settings: &Source) -> Option<(&str, bool)> {
    let (home, file) = named(settings);
    let text = settings.text.to_ascii_lowercase();
    // Zola has a `config.toml` too.
    let is_hugo = file.starts_with("hugo.") || file == "config.toml" && text.contains("baseurl");
    let shows_all = text.lines().any(|line| {
        line.strip_prefix("buildfuture").is_some_and(|rest| rest.trim_matches([' ', ':', '=']) == "true")
    });
    is_hugo.then_some((home, !shows_all))
}

/// Why a chapter is held back: the key that says so, and where it stands.
struct Found {
    hold: Hold,
    key: String,
    place: Option<Span>,
}

impl Found {
    fn diagnostic(&self, chapter: &Chapter) -> Diagnostic {
        let key = &self.key;
        let (message, help) = match self.hold {
            Hold::Until(day) => {
                (message!("foreign-value-day", key = key, day = day), message!("foreign-value-day.help"))
            }
            _ => (message!("foreign-value-held", key = key), message!("foreign-value-held.help")),
        };
        Diagnostic::new(&rule::FOREIGN_VALUE, message)
            .at(&chapter.source.path, self.place.clone())
            .help(help)
            .at_level(Level::Note)
    }
}

/// The front matter of a chapter as it is written. Of that in TOML, a chapter keeps only what it reads itself.
fn head<'a>(chapter: &'a Chapter, sources: &'a Sources) -> &'a str {
    let place = sources.chapters.binary_search_by(|source| source.name.cmp(&chapter.source.name));
    let written = place.ok().and_then(|at| sources.chapters.get(at)).map_or("", |source| &*source.text);
    let toml = written.strip_prefix("+++").filter(|rest| rest.starts_with(['\n', '\r']));
    match toml.and_then(|toml| toml.find("\n+++")) {
        Some(end) => written.get(.."+++".len() + end).unwrap_or(""),
        None => chapter.source.text.get(..chapter.document.body).unwrap_or(""),
    }
}

/// The entries of front matter that stand in a line of their own, whatever its language.
struct Entries<'a>(Vec<(String, &'a str, Span)>);

impl<'a> Entries<'a> {
    fn of(head: &'a str) -> Self {
        let mut at = 0;
        let lines = head.split_inclusive('\n').map(|line| {
            let start = at;
            at += line.len();
            (line, start)
        });
        // The tables of TOML are values of other keys.
        let own = lines.take_while(|(line, _)| !line.starts_with('['));
        let entries = own.filter_map(|(line, start)| {
            let (key, value) = line.split_once([':', '='])?;
            let is_key = !key.is_empty() && !key.starts_with([' ', '\t', '#', '-']);
            let bare = |text: &'a str| text.trim().trim_matches(['"', '\'']);
            is_key.then(|| (bare(key).to_ascii_lowercase(), bare(value), start..start + key.len()))
        });
        Self(entries.collect())
    }

    fn get(&self, keys: &[&str]) -> Option<&(String, &'a str, Span)> {
        self.0.iter().find(|(key, ..)| keys.contains(&key.as_str()))
    }

    fn day(&self, keys: &[&str]) -> Option<(Date, String, Span)> {
        let (key, value, place) = self.get(keys)?;
        Some((day(&Value::String((*value).to_owned()))?, key.clone(), place.clone()))
    }

    fn by_days(&self, today: Date) -> Option<Found> {
        let end = self.day(&["expirydate", "unpublishdate"]).filter(|(end, ..)| *end <= today);
        if let Some((_, key, place)) = end {
            return Some(Found { hold: Hold::Draft, key, place: Some(place) });
        }
        // The day of publishing, where there is one, counts alone, and is read as in every book.
        if self.get(&["publishdate", "pubdate", "published"]).is_some() {
            return None;
        }
        let (begin, key, place) = self.day(&["date"]).filter(|(begin, ..)| *begin > today)?;
        Some(Found { hold: Hold::Until(begin), key, place: Some(place) })
    }
}

/// What the page of a folder says of all that lies in it.
struct Cascade {
    only: Option<Patterns>,
    /// Whether it is meant for pages of folders, or for others; for both without it.
    index: Option<bool>,
    keys: Vec<String>,
    hold: Hold,
}

/// The cascades that hold back, by their folders.
fn cascades(chapters: &[Arc<Chapter>], sources: &Sources) -> HashMap<String, Vec<Cascade>> {
    let mut found: HashMap<String, Vec<Cascade>> = HashMap::new();
    for chapter in chapters.iter().filter(|chapter| is_index(&chapter.source.name)) {
        let head = head(chapter, sources);
        let Some(cascade) = head.contains("cascade").then(|| cascade(chapter, head)).flatten() else {
            continue;
        };
        let all: Vec<&Mapping> = match &cascade {
            Value::Mapping(one) => vec![one],
            Value::Sequence(list) => list.iter().filter_map(Value::as_mapping).collect(),
            _ => Vec::new(),
        };
        let home = folder(&chapter.source.name);
        let own: Vec<Cascade> = all.into_iter().filter_map(|one| Cascade::of(one, home)).collect();
        if !own.is_empty() {
            found.insert(home.to_owned(), own);
        }
    }
    found
}

fn cascade(chapter: &Chapter, head: &str) -> Option<Value> {
    if let Some(toml) = head.strip_prefix("+++") {
        let table: toml::Table = toml.split("\n+++").next()?.parse().ok()?;
        return serde_yaml::to_value(table.get("cascade")?).ok();
    }
    let yaml = chapter.front_yaml()?;
    yaml.parse(&rule::FRONT_MATTER).ok()?.get("cascade").cloned()
}

impl Cascade {
    fn of(one: &Mapping, home: &str) -> Option<Self> {
        let target = one.get("_target").or_else(|| one.get("target")).and_then(Value::as_mapping);
        let said = |key: &str| target?.get(key)?.as_str();
        // `/blog/**` counts from the top of the chapters, which may lie in a folder of the book.
        let only = said("path").map(|path| {
            let path = path.trim_start_matches('/');
            let below = home.rsplit('/').next().filter(|name| !name.is_empty());
            let inner = below.and_then(|name| path.split_once(&format!("{name}/"))).map(|(_, rest)| rest);
            Patterns::anchored([inner.unwrap_or(path)])
        });
        let index = said("kind").map(|kind| kind != "page");
        let params = one.get("params").and_then(Value::as_mapping);
        let is_value = |key: &str| !matches!(key, "_target" | "target" | "params");
        let values = one.iter().chain(params.into_iter().flatten());
        let values = values.filter(|(key, _)| key.as_str().is_some_and(is_value));
        let values: Mapping = values.map(|(key, value)| (key.clone(), value.clone())).collect();
        let keys = values.keys().filter_map(Value::as_str).map(str::to_ascii_lowercase).collect();
        let text = format!("---\n{}---\n", serde_yaml::to_string(&values).ok()?);
        let hold = Chapter::structure(&Source::new("x.md", "x.md", text), &MarkdownOptions::default()).hold;
        (hold != Hold::Open).then_some(Self { only, index, keys, hold })
    }

    fn fits(&self, inside: &str) -> bool {
        let stem = super::without_suffix(inside).unwrap_or(inside);
        let page = if is_index(inside) { folder(inside) } else { stem };
        let is_meant = |only: &Patterns| only.fit(inside) || only.fit(stem) || only.fit(page);
        self.index.is_none_or(|index| index == is_index(inside)) && self.only.as_ref().is_none_or(is_meant)
    }
}

/// What the nearest folder says of a chapter that says nothing of it itself.
fn by_cascade(
    chapter: &Chapter,
    head: &Entries<'_>,
    cascades: &HashMap<String, Vec<Cascade>>,
) -> Option<Found> {
    let name = &*chapter.source.name;
    let mut above = folder(name);
    while !cascades.is_empty() {
        let inside = name.get(above.len()..).unwrap_or(name).trim_start_matches('/');
        let own = |cascade: &&Cascade| {
            let is_said = cascade.keys.iter().any(|key| head.get(&[key.as_str()]).is_some());
            cascade.fits(inside) && !is_said
        };
        if let Some(cascade) = cascades.get(above).and_then(|all| all.iter().find(own)) {
            return Some(Found { hold: cascade.hold, key: "cascade".to_owned(), place: None });
        }
        if above.is_empty() {
            return None;
        }
        above = folder(above);
    }
    None
}
