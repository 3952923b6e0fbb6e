//! The text of a chapter with its links as paths between our files.
//!
//! Only destinations change, at their places; everything else stays as it is written.

use super::escape;
use super::link::{Links, Meaning};
use super::page::Page;
use super::report::{Kind, Report};
use crate::chapter::folder;
use crate::handbook::link::{is_external, relative};
use crate::markdown::Document;
use crate::text::{LineIndex, fold};
use pulldown_cmark::{Options, Parser};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a link is written as.
struct Written {
    destination: Range<usize>,
    dest: String,
    is_image: bool,
    is_html: bool,
}

/// The text of a chapter with links to where things lie now; `assets` gets the files it uses.
pub(super) fn rewrite(
    file: &str,
    page: &Page,
    links: &Links<'_>,
    assets: &mut Vec<String>,
    report: &mut Report,
) -> String {
    let text = page.document.source();
    let index = LineIndex::new(text);
    let mut edits: BTreeMap<usize, (usize, String)> = BTreeMap::new();
    for link in places(text, &page.document) {
        let line = page.lines_above + index.line_of(link.destination.start);
        let new = match target(file, &link, links, assets) {
            Target::Same => continue,
            Target::New(new) => new,
            Target::Wrong(kind) => {
                report.add(kind, file, Some(line), &link.dest);
                continue;
            }
        };
        let new = if link.is_html { new } else { encoded(&new) };
        if text[link.destination.clone()] != new {
            report.add(Kind::Link, file, Some(line), format!("{} → {new}", link.dest));
            edits.insert(link.destination.start, (link.destination.end, new));
        }
    }
    let wiki_links = page.document.links.iter().filter(|link| link.wiki).map(|link| &link.dest);
    let wiki_images = page.document.images.iter().filter(|image| image.wiki).map(|image| &image.dest);
    let wiki_files = wiki_links.chain(wiki_images).filter_map(|dest| links.wiki_file(dest));
    assets.extend(wiki_files.map(str::to_owned));
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for (start, (end, new)) in edits {
        if start < at {
            continue;
        }
        out.push_str(&text[at..start]);
        out.push_str(&new);
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

enum Target {
    Same,
    New(String),
    Wrong(Kind),
}

fn target(file: &str, link: &Written, links: &Links<'_>, assets: &mut Vec<String>) -> Target {
    let dest = link.dest.trim();
    let missing = if link.is_image { Kind::MissingFile } else { Kind::DeadLink };
    let here = &links.layout.places[file].target;
    let tail = dest.find(['#', '?']).map_or("", |at| &dest[at..]);
    let bare = percent_encoding::percent_decode_str(&dest[..dest.len() - tail.len()]).decode_utf8_lossy();
    // What came with a document lies beside it, wherever that lies.
    if links.pages[file].files.iter().any(|(name, _)| **name == *bare) {
        return Target::Same;
    }
    match links.resolve(file, dest) {
        Meaning::Elsewhere => {
            let is_anchor = dest.starts_with('#') && dest.len() > 1;
            match is_anchor.then(|| anchor(&links.pages[file].document, &dest[1..])).flatten() {
                Some(right) => Target::New(format!("#{right}")),
                None => Target::Same,
            }
        }
        Meaning::Chapter(_) if link.is_image => Target::Wrong(missing),
        Meaning::Chapter(other) => {
            let fragment = dest.split_once('#').map_or("", |(_, fragment)| fragment);
            let right = anchor(&links.pages[&other].document, fragment);
            let fragment = right.as_deref().unwrap_or(fragment);
            let path = if other == file && !fragment.is_empty() {
                String::new()
            } else {
                escape::file(&relative(folder(here), &links.layout.places[&other].target))
            };
            let sign = if fragment.is_empty() { "" } else { "#" };
            Target::New(format!("{path}{sign}{fragment}"))
        }
        Meaning::File(path) => {
            let new = escape::file(&relative(folder(here), links.asset_target(&path)));
            assets.push(path);
            // Servers take a picture's size from a query; a file has none.
            let fragment = tail.find('#').map_or("", |at| &tail[at..]);
            Target::New(format!("{new}{fragment}"))
        }
        Meaning::Folder(path) if path == links.book.root => Target::New(home(here)),
        Meaning::Folder(path) => match links.layout_folder(&path) {
            Some(place) => Target::New(relative(folder(here), &format!("{place}/"))),
            None => Target::Wrong(missing),
        },
        Meaning::Section(target) => Target::New(relative(folder(here), &target)),
        Meaning::Home => Target::New(home(here)),
        Meaning::Page => Target::Wrong(Kind::PageLink),
        Meaning::Outside => Target::Wrong(Kind::Outside),
        Meaning::Nothing => Target::Wrong(missing),
    }
}

/// The path to the home page.
fn home(here: &str) -> String {
    let up = "../".repeat(here.matches('/').count());
    if up.is_empty() { "./".to_owned() } else { up }
}

/// The anchor that is meant, where it is written otherwise than ours: tools make them
/// differently from the same heading. `None` where it is right, or where no single one fits.
fn anchor(document: &Document, written: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(written).decode_utf8_lossy();
    if written.is_empty() || document.has_anchor(&decoded) {
        return None;
    }
    let wanted = bare(&decoded);
    let mut fitting = document.headings.iter().filter(|heading| {
        !wanted.is_empty() && (bare(&heading.anchor) == wanted || bare(&heading.text) == wanted)
    });
    match fitting.next() {
        Some(only) => fitting.next().is_none().then(|| only.anchor.clone()),
        None => tab(document, &decoded, &wanted),
    }
}

/// The heading above the tab that is meant: Material calls a tab by its heading and its title.
fn tab(document: &Document, written: &str, wanted: &str) -> Option<String> {
    let text = document.source();
    let headings = document
        .headings
        .iter()
        .filter(|heading| written.strip_prefix(&*heading.anchor).is_some_and(|rest| rest.starts_with('-')));
    let heading = headings.max_by_key(|heading| heading.anchor.len()).filter(|_| text.contains("=== \""))?;
    let rest = wanted.get(bare(&heading.anchor).len()..)?;
    let mut titles = text.lines().filter_map(|line| line.trim_start().strip_prefix("=== \""));
    titles.any(|title| bare(title) == rest).then(|| heading.anchor.clone())
}

/// Letters and digits only.
fn bare(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A path as a destination may be written in Markdown.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            c => out.push(c),
        }
    }
    out
}

/// Where the destinations of a text stand.
fn places(text: &str, document: &Document) -> Vec<Written> {
    let mut found = Vec::new();
    let links = document.links.iter().filter(|link| !link.wiki).map(|link| (&link.dest, &link.span, false));
    let images =
        document.images.iter().filter(|image| !image.wiki).map(|image| (&image.dest, &image.span, true));
    let files = document.files.iter().map(|file| (&file.dest, &file.span, true));
    for (dest, span, is_image) in links.chain(images).chain(files) {
        let Some(written) = text.get(span.clone()) else { continue };
        let is_markdown = written.starts_with('[') || written.starts_with("![");
        // An address in running text stays one: a path would be no link.
        let is_attribute = written.starts_with(['"', '\'']) || text[..span.start].trim_end().ends_with('=');
        if !is_markdown && !is_attribute && is_external(dest) {
            continue;
        }
        let place = if is_markdown { inline(written) } else { whole(written, dest) };
        if let Some(place) = place {
            found.push(Written {
                destination: span.start + place.start..span.start + place.end,
                dest: dest.clone(),
                is_image,
                is_html: !is_markdown,
            });
        }
    }
    found.extend(definitions(text));
    found
}

/// An attribute of raw HTML, with or without its quotation marks.
fn whole(written: &str, dest: &str) -> Option<Range<usize>> {
    if written.starts_with('<') && is_external(dest) {
        return None;
    }
    let inner = written.trim_matches(['"', '\'']);
    let start = written.find(inner)?;
    (inner.trim() == dest.trim()).then_some(start..start + inner.len())
}

/// The destination of `[words](destination "title")`; `None` for one that is defined elsewhere.
fn inline(written: &str) -> Option<Range<usize>> {
    if !written.ends_with(')') {
        return None;
    }
    let open = closing_bracket(written)?;
    let rest = written[open..].strip_prefix("](")?;
    let bare = rest.trim_start();
    let start = written.len() - bare.len();
    if let Some(inner) = bare.strip_prefix('<') {
        return Some(start + 1..start + 1 + inner.find('>')?);
    }
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, c) in bare.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return Some(start..start + at),
            ')' => depth -= 1,
            c if c.is_whitespace() => {
                // Spaces may be part of a path; a title begins with a quotation mark.
                let after = bare[at..].trim_start();
                if after.starts_with(['"', '\'', ')']) || after.starts_with('(') && after.ends_with("))") {
                    return Some(start..start + at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The bracket that closes the words of a link.
fn closing_bracket(written: &str) -> Option<usize> {
    let (mut depth, mut is_escaped, mut code) = (0_usize, false, 0_usize);
    let bytes = written.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            _ if is_escaped => is_escaped = false,
            b'`' => {
                let run = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
                if code == 0 && written[at + run..].contains(&"`".repeat(run)) {
                    code = run;
                } else if code == run {
                    code = 0;
                }
                at += run;
                continue;
            }
            _ if code > 0 => {}
            b'\\' => is_escaped = true,
            b'[' => depth += 1,
            b']' if depth == 1 => return Some(at),
            b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The destinations of `[label]: destination`.
fn definitions(text: &str) -> Vec<Written> {
    if !text.contains("]:") {
        return Vec::new();
    }
    let parser = Parser::new_ext(text, Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES);
    let mut found = Vec::new();
    for (_, definition) in parser.reference_definitions().iter() {
        let span = definition.span.clone();
        let Some(written) = text.get(span.clone()) else { continue };
        let Some(colon) = written.find("]:").map(|at| at + 2) else { continue };
        let bare = written[colon..].trim_start();
        let start = span.start + written.len() - bare.len();
        let place = match bare.strip_prefix('<') {
            Some(inner) => start + 1..start + 1 + inner.find('>').unwrap_or(0),
            None => start..start + bare.find(char::is_whitespace).unwrap_or(bare.len()),
        };
        let dest = definition.dest.to_string();
        let end = dest.split(['#', '?']).next().unwrap_or("").rsplit('.').next().unwrap_or("").to_lowercase();
        let is_image = matches!(end.as_str(), "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp");
        found.push(Written { destination: place, dest, is_image, is_html: false });
    }
    found.sort_by_key(|link| link.destination.start);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_found_where_they_stand() {
        for (written, dest) in [
            ("[a](b.md)", "b.md"),
            ("![a](b.png \"t (x)\")", "b.png"),
            ("[![x](y.png)](z.md)", "z.md"),
            ("[a `](` b](<c d.md> 't')", "c d.md"),
            ("[a \\] b](c(d).md)", "c(d).md"),
            ("[a]( b.md )", "b.md"),
            ("[表](表 一.docx)", "表 一.docx"),
        ] {
            let place = inline(written).unwrap_or_default();
            assert_eq!(&written[place], dest, "{written}");
        }
        assert_eq!(inline("[a][b]"), None);
        assert_eq!(inline("[a] (b)"), None);
    }

    #[test]
    fn paths_are_relative() {
        for (from, to, path) in [
            ("", "a.md", "a.md"),
            ("a", "a/b.md", "b.md"),
            ("a/b", "c/d.md", "../../c/d.md"),
            ("a/b", "a/index.md", "../index.md"),
            ("a", "a/", "./"),
        ] {
            assert_eq!(relative(from, to), path);
        }
    }
}
