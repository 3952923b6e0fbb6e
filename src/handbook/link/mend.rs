//! What a dead or misspelt link was probably meant to be, and the change that writes it.
//!
//! Everything is looked up: by the file's own name, by its path without ending, by its
//! former address, and among the names of its folder by an index. So a dead link costs the
//! same in a large book.

use super::super::Handbook;
use super::relative;
use super::scheme::{Written, spellings};
use crate::chapter::{Chapter, folder, is_index, without_suffix};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Suggestion};
use crate::message;
use crate::text::{Span, encode_path};
use std::collections::HashSet;

/// Languages in which books are often kept side by side, as their folders are called. Some
/// codes are left out that are words too, such as `hr` and `it`.
const LANGUAGES: [&str; 26] = [
    "en", "zh", "ja", "ko", "fr", "de", "es", "pt", "ru", "ar", "vi", "th", "nl", "pl", "tr", "uk", "cs",
    "sv", "fi", "el", "he", "hi", "hu", "ro", "english", "chinese",
];

/// Endings of which one is often saved as another.
const KINDRED: [&[&str]; 4] = [
    &["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"],
    &["doc", "docx", "dotx", "odt"],
    &["xls", "xlsx", "xlsm", "ods"],
    &["ppt", "pptx", "ppsx", "odp"],
];

/// A file that is meant, by its path below the content folder, and whether nothing else can
/// be.
struct Meant {
    name: String,
    is_certain: bool,
}

impl Handbook {
    /// How many links were looked up so far, and how many entries of indexes were read and
    /// names compared to find names that resemble others: what mistakes have cost, as a test
    /// counts it.
    #[must_use]
    pub fn work(&self) -> (usize, usize) {
        let (links, names) = self.registry.work();
        let anchors = self.chapters.iter().map(|chapter| chapter.near_anchors_work()).sum::<usize>();
        (links, names + self.organization.near_work() + anchors)
    }

    /// A diagnostic about a link that leads nowhere, with what is probably meant.
    pub(super) fn propose(&self, diagnostic: Diagnostic, written: &Written<'_>, joined: &str) -> Diagnostic {
        let Some(meant) = self.meant(written, joined) else {
            return diagnostic.nearest(self.near_sibling(joined).as_deref());
        };
        let diagnostic = diagnostic.nearest(Some(&format!("/{}", meant.name)));
        match meant.is_certain {
            true => diagnostic.suggest(Suggestion::certain(repointed(written, &meant.name), Vec::new())),
            false => diagnostic,
        }
    }

    /// The file that a dead link means: one that says it was there, one of the same name with
    /// another ending, or the only one of its name in another folder.
    fn meant(&self, written: &Written<'_>, joined: &str) -> Option<Meant> {
        let name = |chapter| self.chapters[chapter].source.name.to_string();
        let former = spellings(joined)
            .flat_map(|path| [path.to_owned(), format!("{path}.html")])
            .find_map(|path| self.registry.redirect(&path));
        if let Some(chapter) = former {
            return Some(Meant { name: name(chapter), is_certain: true });
        }
        let file = joined.rsplit('/').next().unwrap_or(joined);
        if let Some(other) = self.registry.file_of_stem(joined) {
            let other = self.attachments[other].name.to_string();
            let is_certain = is_kindred(file, &other);
            return Some(Meant { name: other, is_certain });
        }
        if let Some(other) = self.registry.only_file(file) {
            let other = self.attachments[other].name.to_string();
            let is_certain = !differ_in_edition(joined, &other);
            return Some(Meant { name: other, is_certain });
        }
        let stem = without_suffix(file).unwrap_or_else(|| file.rfind('.').map_or(file, |dot| &file[..dot]));
        let only = self.registry.only_chapter(stem)?;
        let other = name(only);
        if *other == *written.chapter.source.name {
            return None;
        }
        let is_page = without_suffix(file).is_some() || file.ends_with(".html") || file.ends_with(".htm");
        let is_certain = is_page && !is_index(&other) && !differ_in_edition(joined, &other);
        Some(Meant { name: other, is_certain })
    }

    /// The file of the same folder whose name resembles that of a path.
    fn near_sibling(&self, joined: &str) -> Option<String> {
        let (within, file) = joined.rsplit_once('/').unwrap_or(("", joined));
        let near = self.registry.near_file(within, without_suffix(file).unwrap_or(file))?;
        let slash = if within.is_empty() { "" } else { "/" };
        Some(format!("{within}{slash}{near}"))
    }
}

/// Whether files of these names are of one kind, so that one is often saved as the other.
fn is_kindred(one: &str, other: &str) -> bool {
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let (one, other) = (ending(one), ending(other));
    let has = |list: &&[&str], ending: &Option<String>| {
        ending.as_ref().is_some_and(|ending| list.contains(&ending.as_str()))
    };
    KINDRED.iter().any(|list| has(list, &one) && has(list, &other))
}

/// Whether two paths may be of two editions of one text: in another language, of another
/// version or year. Then a file that is missing in one is not the file of the other.
fn differ_in_edition(one: &str, other: &str) -> bool {
    let parts = |path: &str| -> HashSet<String> { folder(path).split('/').map(str::to_lowercase).collect() };
    let (one, other) = (parts(one), parts(other));
    one.symmetric_difference(&other).any(|part| is_edition(part))
}

fn is_edition(part: &str) -> bool {
    let begin = part.split(['-', '_']).next().unwrap_or(part);
    let number = part.strip_prefix('v').unwrap_or(part);
    LANGUAGES.contains(&begin)
        || number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || c == '.' || c == 'x' || c == '年')
        || ["版", "version", "i18n", "locale"].iter().any(|word| part.contains(word))
}

/// The path of a file as the link would write it: from the chapter's folder or from the top,
/// with the characters escaped that are escaped in the link.
pub(super) fn repointed(written: &Written<'_>, name: &str) -> String {
    let path = match written.raw.starts_with('/') {
        true => format!("/{name}"),
        false => {
            let path = relative(written.chapter.folder(), name);
            let dot = if written.raw.starts_with("./") && !path.starts_with("..") { "./" } else { "" };
            format!("{dot}{path}")
        }
    };
    escaped_as(written.raw, &path)
}

/// A path or anchor with what would end a link escaped, and all but letters of ASCII where
/// the link has it so.
pub(super) fn escaped_as(raw: &str, path: &str) -> String {
    if raw.contains('%') && raw.is_ascii() {
        return encode_path(path);
    }
    let mut text = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '#' | '?' | '%' | '"' | '\'' | '\\' | '&' | '*' | '`' | '['
            | ']' | '|' => {
                text.push_str(&encode_path(c.encode_utf8(&mut [0; 4])));
            }
            c if c.is_whitespace() || c.is_control() => {
                text.push_str(&encode_path(c.encode_utf8(&mut [0; 4])));
            }
            c => text.push(c),
        }
    }
    text
}

/// A diagnostic about a link at its place, with the change of its address where that is
/// certain.
pub(in super::super) fn at_link(
    chapter: &Chapter,
    diagnostic: Diagnostic,
    destination: &str,
    span: &Span,
) -> Diagnostic {
    let mut diagnostic = diagnostic.at(&chapter.source.path, span.clone());
    if let Some(suggestion) = &mut diagnostic.suggestion
        && suggestion.applicability == Applicability::Certain
    {
        match place_of(&chapter.source.text, span, destination.trim()) {
            Some(place) => suggestion.edits = vec![Edit::new(place, suggestion.text.clone())],
            None => suggestion.applicability = Applicability::Likely,
        }
    }
    diagnostic
}

/// Where the address of a link stands in the file, if it is written there as it is read. A
/// link that takes its address from a definition elsewhere has none.
fn place_of(text: &str, span: &Span, destination: &str) -> Option<Span> {
    let link = text.get(span.clone()).filter(|_| !destination.is_empty())?;
    // Of raw HTML the place is the attribute's value.
    if link == destination {
        return Some(span.clone());
    }
    let is_address = |at: usize| {
        let before = link[..at].trim_end_matches('<').trim_end();
        let behind = link[at + destination.len()..].chars().next();
        before.ends_with("](") && behind.is_some_and(|c| c.is_whitespace() || matches!(c, ')' | '>'))
    };
    let (at, _) = link.rmatch_indices(destination).find(|(at, _)| is_address(*at))?;
    let start = span.start + at;
    Some(start..start + destination.len())
}

/// A diagnostic about the spelling of a path, with its right spelling.
pub(super) fn respelt(diagnostic: Diagnostic, written: &Written<'_>, right: &str) -> Diagnostic {
    diagnostic
        .help(message!("case-mismatch.help", right = right))
        .suggest(Suggestion::certain(repointed(written, right), Vec::new()))
}

/// A diagnostic with what stands behind the path of the link, query and anchor, behind the
/// path that is proposed too.
pub(super) fn with_tail(mut diagnostic: Diagnostic, tail: &str) -> Diagnostic {
    if let Some(suggestion) = &mut diagnostic.suggestion
        && suggestion.applicability == Applicability::Certain
    {
        suggestion.text.push_str(tail);
    }
    diagnostic
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_between_folders() {
        assert_eq!(relative("a/b", "a/c/x.md"), "../c/x.md");
        assert_eq!(relative("", "x.md"), "x.md");
        assert_eq!(relative("a", "a/x.md"), "x.md");
        assert_eq!(relative("a/b", "x.md"), "../../x.md");
    }

    #[test]
    fn editions_of_a_text_are_told_from_folders() {
        for (one, other) in [
            ("en/x.md", "x.md"),
            ("zh-CN/a/x.md", "en/a/x.md"),
            ("v1/x.md", "v2/x.md"),
            ("2023/x.md", "2024/x.md"),
            ("i18n/x.md", "x.md"),
        ] {
            assert!(differ_in_edition(one, other), "{one} {other}");
        }
        for (one, other) in [("hr/x.md", "people/x.md"), ("x.md", "a/b/x.md"), ("en/a/x.md", "en/b/x.md")] {
            assert!(!differ_in_edition(one, other), "{one} {other}");
        }
    }

    #[test]
    fn an_address_is_found_where_it_is_written() {
        for (text, found) in [
            ("[A.md](A.md)", Some(7)),
            ("[a](<A.md>)", Some(5)),
            ("[a]( A.md \"title\")", Some(5)),
            ("[![x](A.md)](A.md)", Some(13)),
            ("A.md", Some(0)),
            ("[a][A.md]", None),
            ("[a](AA.mdx)", None),
        ] {
            let place = place_of(text, &(0..text.len()), "A.md");
            assert_eq!(place, found.map(|at| at..at + 4), "{text}");
        }
    }
}
