//! Front matter that the tool of a bare book gives to many chapters at once: `defaults` of Jekyll,
//! `.meta.yml` of Material for MkDocs, data files of Eleventy's folders and chapters.
//!
//! A chapter may be a draft only by them. What a chapter says itself counts more, and of two folders
//! the inner one.

pub(crate) mod jekyll;

use super::readings::{is_in, named};
use super::unpublished::{Entries, above, head};
use super::{Chapter, Hold, fingerprints, folder, without_suffix};
use crate::diagnostic::{Diagnostic, Level};
use crate::fingerprint::fingerprint;
use crate::markdown::{MarkdownOptions, Notes};
use crate::message;
use crate::rule;
use crate::source::{Source, Sources};
use crate::text::fold;
use crate::yaml;
use serde_yaml::{Mapping, Value};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What one entry or file says, and where.
struct Given<'a> {
    file: &'a Source,
    /// Where what it says begins in the file.
    start: usize,
    values: Mapping,
}

/// All that is said of chapters by other files than their own.
#[derive(Default)]
struct All<'a> {
    /// What is said of one chapter, by its file without its suffix.
    own: HashMap<String, Vec<Given<'a>>>,
    /// What is said of a folder.
    folders: HashMap<&'a str, Vec<Given<'a>>>,
    /// What is said by scopes, with the folder that these count from; what counts more comes first.
    scopes: Vec<(String, jekyll::Scope, Given<'a>)>,
}

/// Gives chapters what is said of them elsewhere, as far as it holds them back or names them, with a
/// finding for each entry that holds back a chapter.
#[must_use]
pub(super) fn hold_back(chapters: &mut [Arc<Chapter>], sources: &Sources) -> Vec<Diagnostic> {
    let all = All::of(sources);
    let (mut told, mut seen) = (Vec::new(), HashSet::new());
    if all.own.is_empty() && all.folders.is_empty() && all.scopes.is_empty() {
        return told;
    }
    for chapter in chapters {
        let head = Entries::of(head(chapter, sources));
        let (mut values, mut said_by) = (Mapping::new(), Vec::new());
        for given in all.of_chapter(&chapter.source.name) {
            let is_new =
                |key: &Value| key.as_str().is_some_and(|key| !head.has(key)) && !values.contains_key(key);
            let new: Vec<_> = given.values.iter().filter(|(key, _)| is_new(key)).collect();
            said_by.extend(new.iter().map(|(key, value)| (given, (*key).clone(), (*value).clone())));
            values.extend(new.into_iter().map(|(key, value)| (key.clone(), value.clone())));
        }
        if values.is_empty() {
            continue;
        }
        let hold = hold(&values);
        if hold > chapter.hold {
            let by = said_by.iter().find(|(_, key, value)| {
                self::hold(&std::iter::once((key.clone(), value.clone())).collect()) != Hold::Open
            });
            let by = by
                .or(said_by.first())
                .filter(|(given, ..)| seen.insert(std::ptr::from_ref::<Given<'_>>(given)));
            told.extend(by.map(|(given, key, _)| given.finding(key.as_str().unwrap_or(""), chapter)));
            let chapter = Arc::make_mut(chapter);
            chapter.hold = hold;
            chapter.metadata_fingerprint = fingerprints::metadata(chapter);
        }
        let title = values.get("title").and_then(Value::as_str).filter(|title| !title.trim().is_empty());
        if let Some(title) = title.filter(|_| chapter.front.title.is_none()) {
            call(Arc::make_mut(chapter), title.trim());
        }
    }
    told
}

/// How front matter holds a chapter back. Who may see it is no word that it says: what names readers
/// keeps it from all of them here.
fn hold(values: &Mapping) -> Hold {
    let Ok(text) = serde_yaml::to_string(values) else { return Hold::Draft };
    let source = Source::new("x.md", "x.md", format!("---\n{text}---\n"));
    let chapter = Chapter::structure(&source, &MarkdownOptions::default());
    if chapter.may_be_restricted() { Hold::Draft } else { chapter.hold }
}

/// Gives a chapter a title.
fn call(chapter: &mut Chapter, title: &str) {
    let heading = chapter.document.headings.first().map(|heading| fold(&heading.text));
    chapter.repeats_title = heading == Some(fold(title));
    title.clone_into(&mut chapter.title);
    chapter.front.title = Some(title.to_owned());
    chapter.metadata_fingerprint = fingerprint(&(chapter.metadata_fingerprint, title));
}

impl<'a> All<'a> {
    fn of(sources: &'a Sources) -> Self {
        let mut all = Self::default();
        let homes = |is_it: fn(&str, &str) -> bool| -> Vec<&str> {
            let tools = sources.tools.iter().map(|settings| (named(settings), &settings.text));
            tools.filter(|((_, file), text)| is_it(file, text)).map(|((home, _), _)| home).collect()
        };
        let meta = homes(|file, text| {
            matches!(file, "mkdocs.yml" | "mkdocs.yaml" | "zensical.toml" | "zensical.yml")
                && text.contains("meta")
        });
        let eleventy = homes(|file, _| file == ".eleventyignore" || Notes::is_eleventy(file));
        let around = |homes: &[&str], name: &str| homes.iter().any(|home| is_in(home, name));
        for file in &sources.folder_data {
            let name = &*file.name;
            let is_meta = !name.ends_with(".json");
            if !around(if is_meta { &meta } else { &eleventy }, name) {
                continue;
            }
            let values = values(file);
            let given = Given { file, start: 0, values };
            let home = folder(name);
            let stem = stem_of_data(name);
            if is_meta || home.rsplit('/').next() == stem.rsplit('/').next() {
                all.folders.entry(home).or_default().push(given);
            } else {
                all.own.entry(stem.to_owned()).or_default().push(given);
            }
        }
        for settings in &sources.tools {
            let (home, file) = named(settings);
            if !matches!(file, "_config.yml" | "_config.yaml") || !settings.text.contains("defaults") {
                continue;
            }
            let start = settings.text.find("\ndefaults:").map_or(0, |at| at + 1);
            let own = values(settings);
            let home = jekyll::root(home, &own);
            let scopes = jekyll::defaults(&own)
                .into_iter()
                .map(|(scope, values)| (home.clone(), scope, Given { file: settings, start, values }));
            all.scopes.extend(scopes);
        }
        all
    }

    /// What is said of a chapter, what counts more first.
    fn of_chapter<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Given<'a>> {
        let own = self.own.get(without_suffix(name).unwrap_or(name)).into_iter().flatten();
        let around = above(folder(name)).filter_map(|path| self.folders.get(path)).flatten();
        let scopes = self.scopes.iter().filter(|(home, scope, _)| {
            let start = if home.is_empty() { 0 } else { home.len() + 1 };
            is_in(home, name) && name.get(start..).is_some_and(|inside| scope.fits(inside))
        });
        own.chain(around).chain(scopes.map(|(.., given)| given))
    }
}

/// The path of a data file of Eleventy without its endings: that of a chapter, or of a folder's name
/// in the folder.
fn stem_of_data(name: &str) -> &str {
    let stem = name.strip_suffix(".json").unwrap_or(name);
    stem.strip_suffix(".11tydata").unwrap_or(stem)
}

/// What a file says of chapters. One that cannot be read says at most that they are drafts, as front
/// matter would.
pub(crate) fn values(file: &Source) -> Mapping {
    let all = yaml::Document::new(&file.path, &file.text, 0..file.text.len());
    if let Ok(value) = all.parse_any(&rule::FRONT_MATTER) {
        // A list holds data for the pages of a template.
        return value.as_mapping().cloned().unwrap_or_default();
    }
    let source = Source::new("x.md", "x.md", format!("---\n{}\n---\n", file.text));
    let chapter = Chapter::structure(&source, &MarkdownOptions::default());
    let is_held = chapter.hold != Hold::Open || chapter.may_be_restricted();
    is_held.then(|| ("draft".into(), true.into())).into_iter().collect()
}

impl Given<'_> {
    fn finding(&self, key: &str, chapter: &Chapter) -> Diagnostic {
        let (file, path) = (&self.file.path, &*chapter.source.path);
        let start = self.file.text[self.start..].find(key).map_or(self.start, |at| self.start + at);
        let message = message!("foreign-markup-left-out", file = file, key = key, path = path);
        Diagnostic::new(&rule::FOREIGN_MARKUP, message)
            .at(file, start..start + key.len())
            .help(message!("foreign-markup-left-out.help"))
            .at_level(Level::Warning)
    }
}
