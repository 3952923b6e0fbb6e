//! Chapters of a bare book of Hugo that Hugo would not publish, though no key of their own says so in
//! words: those of a day to come, those whose day is past, those that the page of a folder above or the
//! settings hold back (`cascade`), and texts beside an `index.md`, which are files of its page. Posts
//! of Jekyll of a day to come are held back too.

mod jekyll;

use super::cascade::{Cascade, of_toml, value};
use super::readings::{is_in, named};
use super::{Chapter, Hold, day, fingerprints, folder, given, is_index, left_out, toc};
use crate::diagnostic::{Diagnostic, Level};
use crate::markdown::MarkdownOptions;
use crate::message;
use crate::rule;
use crate::source::{Source, Sources};
use crate::text::Span;
use crate::yaml::Document;
use jiff::civil::Date;
use serde_yaml::{Mapping, Value};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Holds back what the tool of a bare book does not publish on a day, and tells why.
#[must_use]
pub fn hold_back(chapters: &mut [Arc<Chapter>], sources: &Sources, today: Date) -> Vec<Diagnostic> {
    let homes: Vec<Home<'_>> = sources.tools.iter().filter_map(Home::of).collect();
    let mut told = left_out::hold_back(chapters, sources);
    told.extend(given::hold_back(chapters, sources));
    told.extend(toc::hold_back(chapters, sources));
    told.extend(jekyll::hold_back(chapters, sources, today));
    if homes.is_empty() {
        return told;
    }
    let cascades = cascades(chapters, sources);
    let bundles = bundles(chapters, &homes);
    for chapter in chapters {
        let name = &*chapter.source.name;
        let Some(home) = homes.iter().find(|home| is_in(home.folder, name)) else { continue };
        let mut head = Entries::of(head(chapter, sources));
        head.cascaded = cascaded(name, &head, &cascades);
        let by_days = head.by_days(today, home);
        let found = by_days.or_else(|| head.by_cascade()).filter(|found| found.hold > chapter.hold);
        let found =
            found.or_else(|| (chapter.hold != Hold::Draft && is_part(name, &bundles)).then(Found::of_bundle));
        let Some(found) = found else { continue };
        told.push(found.diagnostic(chapter));
        let chapter = Arc::make_mut(chapter);
        chapter.hold = found.hold;
        chapter.metadata_fingerprint = fingerprints::metadata(chapter);
    }
    told
}

/// The folder of the settings of Hugo, and which days hold chapters back.
struct Home<'a> {
    folder: &'a str,
    /// Whether those of a day to come are published.
    shows_future: bool,
    /// Whether those whose day is past are.
    shows_expired: bool,
    /// Folders in which the settings say that chapters lie.
    contents: Vec<String>,
}

impl<'a> Home<'a> {
    fn of(settings: &'a Source) -> Option<Self> {
        let (folder, _) = named(settings);
        let text = settings.text.to_ascii_lowercase();
        let says = |key: &str| {
            text.lines().any(|line| {
                let rest = line.trim_start().trim_start_matches('"').strip_prefix(key);
                rest.is_some_and(|rest| rest.trim_matches([' ', ':', '=', '"', ',']) == "true")
            })
        };
        is_of_hugo(settings).then(|| Self {
            folder,
            shows_future: says("buildfuture"),
            shows_expired: says("buildexpired"),
            contents: text.lines().filter_map(content_dir).collect(),
        })
    }
}

/// The folder that a line names for chapters, such as those of a language: `contentDir = "content/en"`.
fn content_dir(line: &str) -> Option<String> {
    let rest = line.trim_start().trim_start_matches('"').strip_prefix("contentdir")?;
    let path = rest.trim_matches([' ', ':', '=', '"', '\'', ',', '/', '.']);
    Some(path.strip_prefix("content/").unwrap_or(path).to_owned())
}

/// Whether settings are those of Hugo.
fn is_of_hugo(settings: &Source) -> bool {
    let file = settings.name.rsplit('/').next().unwrap_or("");
    let is_inner = super::folder(&settings.name).ends_with("config/_default");
    // Zola has a `config.toml` too, and others have `config.yaml`.
    let has_key = || settings.text.to_ascii_lowercase().contains("baseurl");
    file.starts_with("hugo.") || file.starts_with("config.") && (is_inner || has_key())
}

/// What settings of Hugo say.
fn settings_of(settings: &Source) -> Option<Mapping> {
    if settings.name.ends_with(".toml") {
        let table: toml::Table = settings.text.parse().ok()?;
        return Some(of_toml(&table));
    }
    let all = Document::new(&settings.path, &settings.text, 0..settings.text.len());
    all.parse(&rule::FRONT_MATTER).ok()
}

/// Why a chapter is held back: the key that says so, and where it stands.
struct Found {
    hold: Hold,
    key: String,
    place: Option<Span>,
}

impl Found {
    /// A text that is a file of the page beside it.
    fn of_bundle() -> Self {
        Self { hold: Hold::Draft, key: "index.md".to_owned(), place: None }
    }

    fn diagnostic(&self, chapter: &Chapter) -> Diagnostic {
        let key = &self.key;
        let (message, help) = match self.hold {
            Hold::Until(day) => {
                (message!("foreign-value-day", key = key, day = day), message!("foreign-value-day.help"))
            }
            _ if key == "index.md" => {
                (message!("foreign-value-bundle"), message!("foreign-value-bundle.help"))
            }
            _ => (message!("foreign-value-held", key = key), message!("foreign-value-held.help")),
        };
        Diagnostic::new(&rule::FOREIGN_VALUE, message)
            .at(&chapter.source.path, self.place.clone())
            .help(help)
            .at_level(Level::Note)
    }
}

/// Whether a file is the page of its folder and has what else lies there as its files.
fn is_leaf(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    file == "index.md"
        || file
            .strip_prefix("index.")
            .is_some_and(|rest| rest.ends_with(".md") && rest.matches('.').count() == 1)
}

/// The folders whose `index.md` has what lies in them as its files: not that of the chapters, nor one
/// that has folders with pages of their own.
fn bundles(chapters: &[Arc<Chapter>], homes: &[Home<'_>]) -> HashSet<String> {
    let names = || chapters.iter().map(|chapter| &*chapter.source.name);
    let is_top = |path: &str| {
        let home = homes.iter().find(|home| is_in(home.folder, path) || home.folder == path);
        let inside = home.and_then(|home| path.strip_prefix(home.folder)).unwrap_or(path).trim_matches('/');
        let inside = inside.strip_prefix("content").map_or(inside, |inside| inside.trim_start_matches('/'));
        let is_named = |own: &String| own.eq_ignore_ascii_case(inside);
        inside.is_empty() || home.is_some_and(|home| home.contents.iter().any(is_named))
    };
    let mut found: HashSet<String> = names()
        .filter(|name| is_leaf(name))
        .map(folder)
        .filter(|path| !is_top(path))
        .map(str::to_owned)
        .collect();
    if found.is_empty() {
        return found;
    }
    let is_section = |name: &&str| name.rsplit('/').next().is_some_and(|file| file.starts_with("_index."));
    for name in names().filter(is_section) {
        above(folder(name)).for_each(|path| _ = found.remove(path));
    }
    found
}

/// A folder and those above it.
pub(super) fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| (!path.is_empty()).then(|| folder(path)))
}

fn is_part(name: &str, bundles: &HashSet<String>) -> bool {
    !bundles.is_empty() && !is_leaf(name) && above(folder(name)).any(|path| bundles.contains(path))
}

/// The front matter of a chapter as it is written. Of that in TOML, a chapter keeps only what it reads itself.
pub(super) fn head<'a>(chapter: &'a Chapter, sources: &'a Sources) -> &'a str {
    let place = sources.chapters.binary_search_by(|source| source.name.cmp(&chapter.source.name));
    let written = place.ok().and_then(|at| sources.chapters.get(at)).map_or("", |source| &*source.text);
    let toml = written.strip_prefix("+++").filter(|rest| rest.starts_with(['\n', '\r']));
    match toml.and_then(|toml| toml.find("\n+++")) {
        Some(end) => written.get(.."+++".len() + end).unwrap_or(""),
        None => chapter.source.text.get(..chapter.document.body).unwrap_or(""),
    }
}

/// The entries of front matter that stand in a line of their own, whatever its language, and what is said
/// of the chapter elsewhere.
pub(super) struct Entries {
    own: Vec<(String, String, Option<Span>)>,
    cascaded: Mapping,
}

impl Entries {
    pub(super) fn of(head: &str) -> Self {
        Self { own: Self::of_json(head).unwrap_or_else(|| Self::of_lines(head)), cascaded: Mapping::new() }
    }

    fn of_json(head: &str) -> Option<Vec<(String, String, Option<Span>)>> {
        let all: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(head.strip_prefix('{').map(|_| head)?).ok()?;
        let entry = |(key, value): (String, serde_json::Value)| {
            (key.to_ascii_lowercase(), value.as_str().map_or_else(|| value.to_string(), str::to_owned), None)
        };
        Some(all.into_iter().map(entry).collect())
    }

    fn of_lines(head: &str) -> Vec<(String, String, Option<Span>)> {
        let is_toml = head.starts_with("+++");
        let mut at = 0;
        let lines = head.split_inclusive('\n').map(|line| {
            let start = at;
            at += line.len();
            (line, start)
        });
        // The tables of TOML are values of other keys.
        let own = lines.take_while(|(line, _)| !line.trim_start().starts_with('['));
        let entries = own.filter_map(|(line, start)| {
            let indent = if is_toml { line.len() - line.trim_start().len() } else { 0 };
            let (key, value) = line[indent..].split_once([':', '='])?;
            let is_key = !key.is_empty() && !key.starts_with([' ', '\t', '#', '-']);
            let bare = |text: &str| text.trim().trim_matches(['"', '\'', ',']).to_owned();
            let start = start + indent;
            is_key.then(|| (bare(key).to_ascii_lowercase(), bare(value), Some(start..start + key.len())))
        });
        entries.collect()
    }

    /// Whether it has a key, in any case.
    pub(super) fn has(&self, key: &str) -> bool {
        self.own.iter().any(|(own, ..)| own.eq_ignore_ascii_case(key))
    }

    fn has_one(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.has(key)) || value(&self.cascaded, keys).is_some()
    }

    /// The day under one of some keys.
    fn day(&self, keys: &[&str]) -> Option<(Date, String, Option<Span>)> {
        if let Some((key, value, place)) = self.own.iter().find(|(key, ..)| keys.contains(&key.as_str())) {
            return Some((day(&Value::String(value.clone()))?, key.clone(), place.clone()));
        }
        Some((day(value(&self.cascaded, keys)?)?, "cascade".to_owned(), None))
    }

    fn by_days(&self, today: Date, home: &Home<'_>) -> Option<Found> {
        let end = self.day(&["expirydate", "unpublishdate"]).filter(|(end, ..)| *end <= today);
        if let Some((_, key, place)) = end.filter(|_| !home.shows_expired) {
            return Some(Found { hold: Hold::Draft, key, place });
        }
        // The day of publishing, where there is one, counts alone, and is read as in every book.
        if home.shows_future || self.has_one(&["publishdate", "pubdate", "published"]) {
            return None;
        }
        let (begin, key, place) = self.day(&["date"]).filter(|(begin, ..)| *begin > today)?;
        Some(Found { hold: Hold::Until(begin), key, place })
    }

    fn by_cascade(&self) -> Option<Found> {
        if self.cascaded.is_empty() {
            return None;
        }
        let text = format!("---\n{}---\n", serde_yaml::to_string(&self.cascaded).ok()?);
        let hold = Chapter::structure(&Source::new("x.md", "x.md", text), &MarkdownOptions::default()).hold;
        (hold != Hold::Open).then(|| Found { hold, key: "cascade".to_owned(), place: None })
    }
}

/// What is said of all that lies in a folder.
struct Said {
    cascade: Cascade,
    /// Folders above that may be no part of an address.
    most_above: usize,
}

/// What the pages of folders and the settings say of what lies there, by the folders.
fn cascades(chapters: &[Arc<Chapter>], sources: &Sources) -> HashMap<String, Vec<Said>> {
    let mut found: HashMap<String, Vec<Said>> = HashMap::new();
    let mut add = |home: &str, all: &Mapping, more: usize| {
        let depth = home.split('/').filter(|part| !part.is_empty()).count();
        let all = Cascade::all(all).into_iter().map(|cascade| Said { cascade, most_above: depth + more });
        found.entry(home.to_owned()).or_default().extend(all);
    };
    let names_it = |text: &str| text.to_ascii_lowercase().contains("cascade");
    for chapter in chapters.iter().filter(|chapter| is_index(&chapter.source.name)) {
        let head = head(chapter, sources);
        if let Some(all) = names_it(head).then(|| front(chapter, head)).flatten() {
            add(folder(&chapter.source.name), &all, 0);
        }
    }
    for settings in sources.tools.iter().filter(|settings| is_of_hugo(settings) && names_it(&settings.text)) {
        if let Some(all) = settings_of(settings) {
            // Chapters lie in `content`, and there in the folder of a language.
            add(named(settings).0, &all, 2);
        }
    }
    found
}

fn front(chapter: &Chapter, head: &str) -> Option<Mapping> {
    if let Some(toml) = head.strip_prefix("+++") {
        let table: toml::Table = toml.split("\n+++").next()?.parse().ok()?;
        return Some(of_toml(&table));
    }
    chapter.front_yaml()?.parse(&rule::FRONT_MATTER).ok()
}

/// What is said of a chapter and not by itself: of two folders the nearer counts.
fn cascaded(name: &str, head: &Entries, cascades: &HashMap<String, Vec<Said>>) -> Mapping {
    let mut values = Mapping::new();
    if cascades.is_empty() {
        return values;
    }
    let said = above(folder(name)).filter_map(|path| cascades.get(path)).flatten();
    for said in said.filter(|said| said.cascade.fits(name, said.most_above)) {
        for (key, own) in &said.cascade.values {
            let is_new = key.as_str().is_some_and(|key| !head.has(key) && value(&values, &[key]).is_none());
            if is_new {
                values.insert(key.clone(), own.clone());
            }
        }
    }
    values
}
