//! Tables of contents of books in MyST: `_toc.yml` of Jupyter Book, `toc` in `myst.yml`, and the lists
//! `{toctree}` in the texts of Sphinx. They say in which order chapters stand and in which parts; of
//! the first two, a chapter that they do not name is no part of the book.

use super::readings::{is_in, named};
use super::{Chapter, Hold, fingerprints, folder, without_suffix};
use crate::diagnostic::{Diagnostic, Level};
use crate::markdown::myst;
use crate::message;
use crate::rule;
use crate::source::{Source, Sources};
use crate::text::Patterns;
use crate::yaml::Document;
use serde_yaml::{Mapping, Value};
use std::collections::HashSet;
use std::sync::Arc;

/// An entry of a table of contents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) title: Option<String>,
    /// The chapter.
    pub(crate) file: Option<String>,
    pub(crate) entries: Vec<Self>,
}

/// A table of contents.
#[derive(Debug, Default)]
pub(crate) struct Toc {
    pub(crate) entries: Vec<Entry>,
    /// Whether it names all chapters of the book.
    pub(crate) is_whole: bool,
    /// What it names that is no chapter here.
    pub(crate) left: Vec<String>,
}

/// Lists inside one another that are read.
const DEEPEST: usize = 24;

/// The file of a chapter, by a path from the folder of the list.
type Find<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The table of contents in settings of this name.
pub(crate) fn of_settings(settings: &Source, find: Find<'_>) -> Option<Toc> {
    let (_, file) = named(settings);
    let text = &settings.text;
    if !matches!(file, "_toc.yml" | "myst.yml") {
        return None;
    }
    let all = Document::new(&settings.path, text, 0..text.len()).parse_any(&rule::FRONT_MATTER).ok()?;
    let list = if file == "myst.yml" { all.get("project")?.get("toc")?.clone() } else { all };
    let mut toc = Toc { is_whole: true, ..Toc::default() };
    toc.entries = match &list {
        Value::Sequence(list) => toc.list(list, find, 0),
        Value::Mapping(all) => {
            let first = all.get("root").and_then(Value::as_str);
            let first = first.map(|path| toc.page(path, None, find));
            first.into_iter().flatten().chain(toc.below(all, find, 0)).collect()
        }
        _ => Vec::new(),
    };
    Some(toc).filter(|toc| !toc.entries.is_empty())
}

impl Toc {
    fn page(&mut self, path: &str, title: Option<String>, find: Find<'_>) -> Option<Entry> {
        let file = find(path);
        if file.is_none() {
            self.left.push(path.to_owned());
        }
        file.map(|file| Entry { title, file: Some(file), entries: Vec::new() })
    }

    fn list(&mut self, list: &[Value], find: Find<'_>, depth: usize) -> Vec<Entry> {
        let own = list.iter().filter_map(Value::as_mapping);
        own.flat_map(|entry| self.entry(entry, find, depth)).collect()
    }

    /// What stands under the keys for lists.
    fn below(&mut self, all: &Mapping, find: Find<'_>, depth: usize) -> Vec<Entry> {
        if depth > DEEPEST {
            return Vec::new();
        }
        const LISTS: [&str; 6] = ["parts", "chapters", "sections", "subtrees", "entries", "children"];
        let lists = LISTS.iter().filter_map(|key| all.get(*key)?.as_sequence());
        lists.flat_map(|list| self.list(list, find, depth + 1)).collect()
    }

    fn entry(&mut self, own: &Mapping, find: Find<'_>, depth: usize) -> Vec<Entry> {
        let said = |keys: &[&str]| keys.iter().find_map(|key| own.get(*key)?.as_str()).map(str::to_owned);
        if own.contains_key("glob") || own.contains_key("pattern") {
            self.is_whole = false;
        }
        let title = said(&["title", "caption", "part"]);
        let entries = self.below(own, find, depth);
        if let Some(url) = said(&["url"]) {
            self.left.push(url);
        }
        let page = said(&["file"]).and_then(|path| self.page(&path, title.clone(), find));
        match (page, title) {
            (Some(page), _) => vec![Entry { entries, ..page }],
            (None, Some(title)) if !entries.is_empty() => {
                vec![Entry { title: Some(title), file: None, entries }]
            }
            _ => entries,
        }
    }
}

/// The table of contents that the texts of a book of Sphinx have, from its first page on.
pub(crate) fn of_texts<'t>(
    first: &str,
    names: &[&str],
    text: &dyn Fn(&str) -> Option<&'t str>,
) -> Option<Toc> {
    let mut reader = Reader { names, text, seen: HashSet::new(), left: Vec::new() };
    reader.seen.insert(first.to_owned());
    let below = reader.page(first, 0);
    let home = Entry { title: None, file: Some(first.to_owned()), entries: Vec::new() };
    let is_some = !below.is_empty();
    let entries = std::iter::once(home).chain(below).collect();
    is_some.then_some(Toc { entries, is_whole: false, left: reader.left })
}

struct Reader<'a, 't> {
    names: &'a [&'a str],
    text: &'a dyn Fn(&str) -> Option<&'t str>,
    seen: HashSet<String>,
    left: Vec<String>,
}

impl Reader<'_, '_> {
    fn page(&mut self, file: &str, depth: usize) -> Vec<Entry> {
        let Some(text) = (self.text)(file).filter(|_| depth <= DEEPEST) else { return Vec::new() };
        let mut found = Vec::new();
        for list in myst::toctrees(text) {
            let mut entries = Vec::new();
            for (title, path) in &list.entries {
                for name in self.meant(folder(file), path, list.is_pattern) {
                    if self.seen.insert(name.clone()) {
                        let below = self.page(&name, depth + 1);
                        entries.push(Entry { title: title.clone(), file: Some(name), entries: below });
                    }
                }
            }
            match list.caption.filter(|_| !entries.is_empty()) {
                Some(caption) => found.push(Entry { title: Some(caption), file: None, entries }),
                None => found.extend(entries),
            }
        }
        found
    }

    /// The chapters that an entry means.
    fn meant(&mut self, home: &str, path: &str, is_pattern: bool) -> Vec<String> {
        if path == "self" {
            return Vec::new();
        }
        let Some(joined) = joined(home, path) else { return Vec::new() };
        if is_pattern && path.contains(['*', '?', '[']) {
            let pattern = Patterns::anchored([joined.as_str()]);
            let is_it = |name: &&&str| without_suffix(name).is_some_and(|stem| pattern.fit(stem));
            return self.names.iter().filter(is_it).map(|name| (**name).to_owned()).collect();
        }
        let found = file_of(&joined, &|name| self.names.binary_search(&name).is_ok());
        if found.is_none() {
            self.left.push(path.to_owned());
        }
        found.into_iter().collect()
    }
}

/// A path from a folder, without `.` and `..`.
fn joined(home: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.starts_with('/') {
        true => Vec::new(),
        false => home.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The file of a chapter by its path with or without a suffix.
pub(crate) fn file_of(path: &str, is_there: &dyn Fn(&str) -> bool) -> Option<String> {
    let ends = ["", ".md", ".markdown", ".mdx"].map(|end| format!("{path}{end}"));
    ends.into_iter().find(|name| without_suffix(name).is_some() && is_there(name))
}

/// The first page of a book of Sphinx, as its settings name it: without a suffix.
pub(crate) fn root_doc(settings: &str) -> &str {
    let said = ["root_doc", "master_doc"].iter().find_map(|key| {
        let line = settings.lines().find_map(|line| line.strip_prefix(key))?;
        let value = line.trim_start().strip_prefix('=')?.trim();
        value.strip_prefix(['"', '\''])?.split(['"', '\'']).next()
    });
    said.unwrap_or("index")
}

/// The tables of contents of a project, with the settings that they stand in or beside, and the folder
/// of each.
pub(super) fn all<'s>(sources: &'s Sources) -> Vec<(&'s Source, &'s str, Toc)> {
    if sources.tools.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = sources.chapters.iter().map(|chapter| &*chapter.name).collect();
    let text = |name: &str| {
        let at = sources.chapters.binary_search_by(|chapter| (*chapter.name).cmp(name)).ok()?;
        sources.chapters.get(at).map(|chapter| &*chapter.text)
    };
    let is_there = |name: &str| names.binary_search(&name).is_ok();
    let own = |settings: &'s Source| {
        let (home, file) = named(settings);
        let toc = if file == "conf.py" && myst::is_named_by(file, &settings.text) {
            let first = joined(home, root_doc(&settings.text))?;
            of_texts(&file_of(&first, &is_there)?, &names, &text)?
        } else {
            of_settings(settings, &|path| file_of(&joined(home, path)?, &is_there))?
        };
        Some((settings, home, toc))
    };
    sources.tools.iter().filter_map(own).collect()
}

impl Toc {
    /// The chapters that it names, in order, with the titles that they have there.
    pub(crate) fn files(&self) -> Vec<(&str, Option<&str>)> {
        fn add<'t>(entries: &'t [Entry], out: &mut Vec<(&'t str, Option<&'t str>)>) {
            for entry in entries {
                out.extend(entry.file.as_deref().map(|file| (file, entry.title.as_deref())));
                add(&entry.entries, out);
            }
        }
        let mut out = Vec::new();
        add(&self.entries, &mut out);
        out
    }
}

/// Holds back chapters that a table of contents does not name which names all of its book.
pub(super) fn hold_back(chapters: &mut [Arc<Chapter>], sources: &Sources) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for (settings, home, toc) in all(sources).into_iter().filter(|(.., toc)| toc.is_whole) {
        let listed: HashSet<&str> = toc.files().into_iter().map(|(file, _)| file).collect();
        let mut first = None;
        for chapter in chapters.iter_mut() {
            let name = &*chapter.source.name;
            if chapter.hold == Hold::Draft || !is_in(home, name) || listed.contains(name) {
                continue;
            }
            first.get_or_insert_with(|| Arc::clone(&chapter.source.path));
            let chapter = Arc::make_mut(chapter);
            chapter.hold = Hold::Draft;
            chapter.metadata_fingerprint = fingerprints::metadata(chapter);
        }
        told.extend(first.map(|path| {
            let message = message!("foreign-markup-toc", file = &settings.path, path = &*path);
            Diagnostic::new(&rule::FOREIGN_MARKUP, message)
                .at(&settings.path, 0..0)
                .help(message!("foreign-markup-toc.help"))
                .at_level(Level::Warning)
        }));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(entries: &[Entry]) -> String {
        let one = |entry: &Entry| {
            let own = [entry.title.as_deref(), entry.file.as_deref()].map(|part| part.unwrap_or("-"));
            let below = shown(&entry.entries);
            format!("{}={}{}", own[0], own[1], if below.is_empty() { below } else { format!("({below})") })
        };
        entries.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    fn read(file: &str, text: &str) -> Option<(String, bool, Vec<String>)> {
        let find = |path: &str| (path != "gone").then(|| format!("{path}.md"));
        of_settings(&Source::new(file, file, text), &find)
            .map(|toc| (shown(&toc.entries), toc.is_whole, toc.left))
    }

    #[test]
    fn lists_of_jupyter_book_and_of_myst_are_read() {
        let (own, is_whole, left) = read(
            "_toc.yml",
            "format: jb-book\nroot: intro\nparts:\n- caption: One\n  chapters:\n  - file: a\n    title: A\n    sections:\n    - file: b\n    - file: gone\n- chapters:\n  - url: https://x.example\n  - file: c\n",
        )
        .expect("a list");
        assert_eq!(own, "-=intro.md One=-(A=a.md(-=b.md)) -=c.md");
        assert!(is_whole && left == ["gone", "https://x.example"], "{left:?}");
        let of_list = |text| read("_toc.yml", text).expect("a list");
        assert_eq!(of_list("- file: a\n- part: P\n  chapters:\n  - file: b\n").0, "-=a.md P=-(-=b.md)");
        assert!(!of_list("root: a\nsections:\n- glob: b/*\n").1);
        let own =
            read("myst.yml", "project:\n  toc:\n  - file: a\n  - title: T\n    children:\n    - file: b\n");
        assert_eq!(own.expect("a list").0, "-=a.md T=-(-=b.md)");
        assert_eq!(read("myst.yml", "project: {}\n"), None);
        assert_eq!(read("_toc.yml", "a: b\n"), None);
    }

    #[test]
    fn lists_in_texts_are_followed_once() {
        let texts = [
            ("a.md", ""),
            ("b/index.md", "```{toctree}\n:glob:\n*\n```\n"),
            ("b/x.md", "```{toctree}\n../index\n```\n"),
            (
                "index.md",
                "```{toctree}\n:caption: Part\nOne <a>\nself\nb/index\n```\n:::{toctree}\ngone\n:::\n",
            ),
        ];
        let names = texts.map(|(name, _)| name);
        let text = |name: &str| texts.iter().find(|(own, _)| *own == name).map(|(_, text)| *text);
        let toc = of_texts("index.md", &names, &text).expect("a list");
        assert_eq!(shown(&toc.entries), "-=index.md Part=-(One=a.md -=b/index.md(-=b/x.md))");
        assert_eq!(toc.left, ["gone"]);
        assert_eq!(root_doc("x = 1\nmaster_doc = 'start'\n"), "start");
    }
}
