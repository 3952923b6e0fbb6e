//! Chapters of a bare book that its tool leaves out. What its settings say is not published is a draft
//! here too; what a list of chapters does not name is published here, and told.

pub(crate) mod settings;

use super::readings::{is_in, named};
use super::{Chapter, Hold, fingerprints, folder, index_rank};
use crate::diagnostic::{Diagnostic, Level};
use crate::locale::Message;
use crate::message;
use crate::rule;
use crate::source::{Source, Sources};
use crate::yaml::flag;
use percent_encoding::percent_decode_str;
use settings::{LeftOut, UNDERSCORE, left_out};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Holds back what settings leave out, with a finding for each key that leaves out a chapter.
#[must_use]
pub(super) fn hold_back(chapters: &mut [Arc<Chapter>], sources: &Sources) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for settings in &sources.tools {
        for own in left_out(settings) {
            let mut first = None;
            for chapter in chapters.iter_mut().filter(|chapter| own.fits(&chapter.source.name)) {
                if chapter.hold == Hold::Draft || own.is_unless_said && says_publish(chapter) {
                    continue;
                }
                first.get_or_insert_with(|| Arc::clone(&chapter.source.path));
                let chapter = Arc::make_mut(chapter);
                chapter.hold = Hold::Draft;
                chapter.metadata_fingerprint = fingerprints::metadata(chapter);
            }
            told.extend(first.map(|path| finding(settings, &own, &path)));
        }
    }
    told
}

/// Whether a chapter says that it is published.
fn says_publish(chapter: &Chapter) -> bool {
    let front = chapter.front_yaml().and_then(|yaml| yaml.parse(&rule::FRONT_MATTER).ok());
    front.as_ref().and_then(|front| flag(front.get("publish")?)) == Some(true)
}

fn finding(settings: &Source, own: &LeftOut<'_>, path: &str) -> Diagnostic {
    let file = &settings.path;
    let is_list = file.ends_with(own.key);
    let message = match own.key {
        UNDERSCORE => message!("foreign-markup-underscore", path = path),
        _ if is_list => message!("foreign-markup-ignored", file = file, path = path),
        key => message!("foreign-markup-left-out", file = file, key = key, path = path),
    };
    let length = if is_list || own.key == UNDERSCORE { 0 } else { own.key.len() };
    Diagnostic::new(&rule::FOREIGN_MARKUP, message)
        .at(file, own.start..own.start + length)
        .help(message!("foreign-markup-left-out.help"))
        .at_level(Level::Warning)
}

/// A finding for each list of chapters that does not name one, and for each chapter that a navigation
/// hides.
#[must_use]
pub fn diagnostics(sources: &Sources) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> =
        sources.tools.iter().flat_map(|settings| hidden_in_lists(settings, sources)).collect();
    let lists = sources.chapters.iter().filter(|chapter| is_list(chapter, sources));
    found.extend(lists.filter_map(|list| unlisted(list, sources)));
    found
}

fn warning(file: &Source, place: std::ops::Range<usize>, message: Message) -> Diagnostic {
    Diagnostic::new(&rule::FOREIGN_MARKUP, message)
        .at(&file.path, place)
        .help(message!("foreign-markup-unlisted.help"))
        .at_level(Level::Warning)
}

/// A finding for each chapter that a file of order of Nextra or Fumadocs keeps out of the navigation
/// of its tool: readers may open it there, and it is listed here.
fn hidden_in_lists(settings: &Source, sources: &Sources) -> Vec<Diagnostic> {
    let (home, file) = named(settings);
    let pattern = match file {
        "meta.json" => "\"!([^\"/]+)\"",
        _ if file.starts_with("_meta.") => {
            r#"["']?([\w.-]+)["']?\s*:\s*\{[^{}]*\bdisplay["']?\s*:\s*["'`]hidden["'`]"#
        }
        _ => return Vec::new(),
    };
    let Ok(pattern) = regex_lite::Regex::new(pattern) else { return Vec::new() };
    let names: Vec<_> = pattern.captures_iter(&settings.text).filter_map(|found| found.get(1)).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let beside = sources.chapters.iter().filter(|chapter| is_in(home, &chapter.name));
    let beside = beside.map(|chapter| {
        let inside = chapter.name[home.len()..].trim_start_matches('/');
        let stem = inside.split('/').next().unwrap_or(inside);
        (super::without_suffix(stem).unwrap_or(stem), &*chapter.path)
    });
    let beside: HashMap<&str, &str> = beside.collect();
    let told = names.into_iter().filter_map(|name| {
        let path = beside.get(name.as_str())?;
        let message = message!("foreign-markup-hidden", file = &settings.path, path = *path);
        let wrong = Diagnostic::new(&rule::FOREIGN_MARKUP, message).at(&settings.path, name.range());
        Some(wrong.help(message!("foreign-markup-hidden.help")).at_level(Level::Note))
    });
    told.collect()
}

/// Whether a text is the list of the chapters of mdBook or GitBook, which publish no others.
fn is_list(chapter: &Source, sources: &Sources) -> bool {
    let is_named = chapter.name.rsplit('/').next() == Some("SUMMARY.md");
    is_named
        && sources.tools.iter().map(named).any(|(home, file)| {
            let is_known = matches!(file, "book.toml" | "book.json" | ".gitbook.yaml" | ".gitbook.yml");
            is_known && is_in(home, &chapter.name)
        })
}

/// A finding for a list of chapters that does not name one that lies beside it or below.
fn unlisted(list: &Source, sources: &Sources) -> Option<Diagnostic> {
    let home = folder(&list.name);
    let listed: HashSet<String> = links(&list.text).filter_map(|path| joined(home, &path)).collect();
    // A list that is made by a program names nothing here.
    if listed.is_empty() {
        return None;
    }
    // The first page need not be listed, and texts that others show are none.
    let is_other = |name: &str| {
        let inside = &name[if home.is_empty() { 0 } else { home.len() + 1 }..];
        let is_first = !inside.contains('/') && index_rank(inside).is_some();
        !is_first && name != &*list.name && !inside.split('/').any(|part| part.starts_with(['.', '_']))
    };
    let mut names = sources.chapters.iter().map(|chapter| &*chapter.name);
    let path = names.find(|name| is_in(home, name) && is_other(name) && !listed.contains(*name))?;
    Some(warning(list, 0..0, message!("foreign-markup-unlisted", file = &list.path, path = path)))
}

/// The destinations of the links of a list.
fn links(text: &str) -> impl Iterator<Item = String> {
    text.match_indices("](").map(|(at, sign)| {
        let rest = &text[at + sign.len()..];
        let line = rest.lines().next().unwrap_or("");
        let written = match line.strip_prefix('<') {
            Some(rest) => rest.split('>').next().unwrap_or(""),
            None => line.split([')', ' ']).next().unwrap_or(""),
        };
        let path = written.split('#').next().unwrap_or("");
        percent_decode_str(path).decode_utf8_lossy().into_owned()
    })
}

/// A path from a folder, without `.` and `..`.
fn joined(home: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = home.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
