//! Chapters of a bare book that its tool leaves out by its settings. They are published here, where
//! only what a chapter says of itself holds it back; so whoever builds the book must be told.

use crate::diagnostic::{Diagnostic, Level};
use crate::message;
use crate::rule;
use crate::source::{Source, Sources};

/// Keys under which settings name files that are not published, by the beginnings of their names.
const KEYS: [(&str, &[&str]); 2] = [("mkdocs.", &["exclude_docs", "draft_docs"]), ("_config.", &["exclude"])];

/// A finding for each key that leaves out a chapter.
#[must_use]
pub fn diagnostics(sources: &Sources) -> Vec<Diagnostic> {
    let told = |settings: &Source| {
        let file = settings.name.rsplit('/').next().unwrap_or("").to_owned();
        let keys = KEYS.iter().filter(|(begin, _)| file.starts_with(begin)).flat_map(|(_, keys)| *keys);
        keys.filter_map(|key| told(settings, key, sources)).collect::<Vec<_>>()
    };
    sources.tools.iter().flat_map(told).collect()
}

fn told(settings: &Source, key: &str, sources: &Sources) -> Option<Diagnostic> {
    let start = line_of(&settings.text, key)?;
    let names = || sources.chapters.iter().map(|chapter| &*chapter.name);
    let left_out = patterns(&settings.text[start..], key)
        .find_map(|pattern| names().find(|name| is_meant(pattern, name)))?;
    let message = message!("foreign-markup-left-out", file = &settings.path, key = key, path = left_out);
    let wrong = Diagnostic::new(&rule::FOREIGN_MARKUP, message)
        .at(&settings.path, start..start + key.len())
        .help(message!("foreign-markup-left-out.help"));
    Some(wrong.at_level(Level::Warning))
}

/// Where the line of a key begins.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let mut at = 0;
    text.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')).then_some(start)
    })
}

/// The patterns of a key: in a list, between brackets, or a line each.
fn patterns<'t>(text: &'t str, key: &str) -> impl Iterator<Item = &'t str> {
    let mut lines = text.lines();
    let first = lines.next().and_then(|line| line.get(key.len() + 1..)).unwrap_or("");
    let below = lines.take_while(|line| line.is_empty() || line.starts_with([' ', '\t', '-', '#']));
    let own = first.split([',', '[', ']']).chain(below);
    let bare = own.map(|line| line.trim().trim_start_matches("- ").trim_matches(['"', '\'', ' ', '/']));
    bare.filter(|pattern| pattern.chars().any(char::is_alphanumeric) && !pattern.starts_with(['#', '!']))
}

/// Whether a pattern names a file or a folder above it, from the top or from a folder below. One
/// with `*` counts by what stands around it.
fn is_meant(pattern: &str, name: &str) -> bool {
    let begins =
        |rest: &str| rest == pattern || rest.strip_prefix(pattern).is_some_and(|rest| rest.starts_with('/'));
    let folders = name.match_indices('/').map(|(at, _)| at + 1);
    let mut rests = std::iter::once(0).chain(folders).take(8).map(|at| &name[at..]);
    match (pattern.split_once('*'), pattern.rsplit_once('*')) {
        (Some((before, _)), Some((_, after))) => rests.any(|rest| {
            rest.len() >= before.len() + after.len() && rest.starts_with(before) && rest.ends_with(after)
        }),
        _ => rests.any(begins),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_meant, patterns};

    #[test]
    fn patterns_are_read_in_every_form() {
        let of = |text: &'static str| patterns(text, "exclude").collect::<Vec<_>>();
        assert_eq!(of("exclude: [vendor, \"internal/\"]\nx: y\n"), ["vendor", "internal"]);
        assert_eq!(of("exclude:\n  - vendor\n  - a/b.md # x\nx: y\n")[0], "vendor");
        assert_eq!(of("exclude: |\n  /drafts/\n  !a.md\n  *.tmp.md\n"), ["|", "drafts", "*.tmp.md"][1..]);
    }

    #[test]
    fn a_pattern_names_files_and_folders() {
        for (pattern, name) in [
            ("internal", "docs/internal/a.md"),
            ("a.md", "docs/a.md"),
            ("*.tmp.md", "x/y.tmp.md"),
            ("d/*", "d/a.md"),
        ] {
            assert!(is_meant(pattern, name), "{pattern}");
        }
        for (pattern, name) in [("internal", "internals/a.md"), ("vendor", "docs/a.md"), ("*.gem", "a.md")] {
            assert!(!is_meant(pattern, name), "{pattern}");
        }
    }
}
