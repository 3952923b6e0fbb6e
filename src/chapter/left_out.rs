//! Chapters of a bare book that its tool leaves out by its settings. They are published here, where
//! only what a chapter says of itself holds it back; so whoever builds the book must be told.

use super::readings::{is_in, named};
use super::{folder, index_rank};
use crate::diagnostic::{Diagnostic, Level};
use crate::locale::Message;
use crate::message;
use crate::rule;
use crate::source::{Source, Sources};
use crate::text::Patterns;
use percent_encoding::percent_decode_str;
use std::collections::HashSet;

/// What settings leave out: the key that says so and where it stands, and for which folder.
struct LeftOut<'a> {
    key: &'a str,
    start: usize,
    folder: String,
    patterns: Patterns,
}

/// A finding for each key, and each list of chapters, that leaves out a chapter.
#[must_use]
pub fn diagnostics(sources: &Sources) -> Vec<Diagnostic> {
    let by_pattern = |settings: &Source| {
        let all = left_out(settings);
        all.into_iter().filter_map(|own| told(settings, &own, sources)).collect::<Vec<_>>()
    };
    let mut found: Vec<Diagnostic> = sources.tools.iter().flat_map(by_pattern).collect();
    let lists = sources.chapters.iter().filter(|chapter| is_list(chapter, sources));
    found.extend(lists.filter_map(|list| unlisted(list, sources)));
    found
}

fn told(settings: &Source, own: &LeftOut<'_>, sources: &Sources) -> Option<Diagnostic> {
    let start = if own.folder.is_empty() { 0 } else { own.folder.len() + 1 };
    let is_left_out = |name: &&str| is_in(&own.folder, name) && own.patterns.fit(&name[start..]);
    let path = sources.chapters.iter().map(|chapter| &*chapter.name).find(is_left_out)?;
    let file = &settings.path;
    let is_list = file.ends_with(own.key);
    let message = match is_list {
        true => message!("foreign-markup-ignored", file = file, path = path),
        false => message!("foreign-markup-left-out", file = file, key = own.key, path = path),
    };
    let length = if is_list { 0 } else { own.key.len() };
    Some(warning(settings, own.start..own.start + length, message))
}

fn warning(file: &Source, place: std::ops::Range<usize>, message: Message) -> Diagnostic {
    Diagnostic::new(&rule::FOREIGN_MARKUP, message)
        .at(&file.path, place)
        .help(message!("foreign-markup-left-out.help"))
        .at_level(Level::Warning)
}

/// What settings of a tool leave out.
fn left_out(settings: &Source) -> Vec<LeftOut<'_>> {
    let (home, file) = named(settings);
    let text = &*settings.text;
    let within = |inner: &str| match (home, inner.trim_matches(['/', '.'])) {
        ("", inner) => inner.to_owned(),
        (home, "") => home.to_owned(),
        (home, inner) => format!("{home}/{inner}"),
    };
    if file.starts_with("mkdocs.") {
        let own = line_of(text, "docs_dir").map(|start| patterns(&text[start..], "docs_dir"));
        let own = own.and_then(|mut values| values.next()).unwrap_or("docs");
        let of_key = |key: &'static str| {
            let start = line_of(text, key)?;
            let lines: Vec<&str> = patterns(&text[start..], key).collect();
            let patterns = Patterns::of_gitignore(&lines.join("\n"));
            Some(LeftOut { key, start, folder: within(own), patterns })
        };
        return ["exclude_docs", "draft_docs"].into_iter().filter_map(of_key).collect();
    }
    let found = match file {
        "_config.yml" | "_config.yaml" => line_of(text, "exclude").map(|start| {
            let patterns = Patterns::anchored(patterns(&text[start..], "exclude"));
            LeftOut { key: "exclude", start, folder: within(""), patterns }
        }),
        ".vitepress" => text.find("srcExclude").map(|start| {
            let root = text.find("srcDir").and_then(|at| quoted(&text[at..]).next());
            let list = text[start..].split(']').next().unwrap_or("");
            let patterns = Patterns::anchored(quoted(list));
            LeftOut { key: "srcExclude", start, folder: within(root.unwrap_or("")), patterns }
        }),
        ".eleventyignore" | ".bookignore" => {
            let patterns = Patterns::of_gitignore(text);
            Some(LeftOut { key: file, start: 0, folder: within(""), patterns })
        }
        _ => None,
    };
    found.into_iter().collect()
}

/// The texts between quotation marks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(['\'', '"', '`'])?;
        let mark = rest.get(start..start + 1)?;
        let (inner, behind) = rest[start + 1..].split_once(mark)?;
        rest = behind;
        Some(inner)
    })
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
    let below = lines.take_while(|line| line.is_empty() || line.starts_with([' ', '\t', '-', '#', ']']));
    let own = first.split([',', '[', ']']).chain(below);
    let bare = own.map(|line| {
        let line = line.split(" #").next().unwrap_or("").trim();
        line.strip_prefix("- ").unwrap_or(line).trim_matches(['"', '\'', ' ', ','])
    });
    bare.filter(|pattern| {
        pattern.chars().any(|c| c.is_alphanumeric() || c == '*') && !pattern.starts_with('#')
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_in_every_form() {
        let of = |text: &'static str| patterns(text, "exclude").collect::<Vec<_>>();
        assert_eq!(of("exclude: [vendor, \"internal/\"]\nx: y\n"), ["vendor", "internal/"]);
        assert_eq!(of("exclude:\n  - vendor\n  - a/b.md # x\nx: y\n"), ["vendor", "a/b.md"]);
        assert_eq!(of("exclude: |\n  /drafts/\n  !a.md\n  *.tmp.md\n"), ["/drafts/", "!a.md", "*.tmp.md"]);
        assert_eq!(of("exclude: [\n  \"a\",\n  'b'\n]\nx: y\n"), ["a", "b"]);
    }

    #[test]
    fn settings_leave_out_what_their_tools_leave_out() {
        for (file, text, name, is_left_out) in [
            ("mkdocs.yml", "exclude_docs: |\n  /internal/\n  !keep.md\n", "docs/internal/a.md", true),
            ("mkdocs.yml", "exclude_docs: |\n  /internal/\n  !keep.md\n", "docs/internal/keep.md", false),
            ("mkdocs.yml", "exclude_docs: |\n  /internal/\n", "docs/x/internal/a.md", false),
            ("mkdocs.yml", "docs_dir: src\ndraft_docs: '*.tmp.md'\n", "src/y.tmp.md", true),
            ("_config.yml", "exclude: [vendor/]\n", "vendor/a.md", true),
            ("_config.yml", "exclude: [vendor/]\n", "x/vendor.md", false),
            ("d/.vitepress", "export default { srcExclude: ['**/TODO.md'] }", "d/a/TODO.md", true),
            ("d/.vitepress", "export default { srcExclude: ['**/TODO.md'] }", "a/TODO.md", false),
            (".eleventyignore", "# x\nold/\n", "old/a.md", true),
            (".bookignore", "*.draft.md\n", "a/x.draft.md", true),
        ] {
            let settings = Source::new(file, file, text);
            let sources = Sources { chapters: vec![Source::new(name, name, "text")], ..Sources::default() };
            let found = left_out(&settings).iter().any(|own| told(&settings, own, &sources).is_some());
            assert_eq!(found, is_left_out, "{file}: {name}");
        }
    }
}
