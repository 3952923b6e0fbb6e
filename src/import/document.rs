//! Files that are no Markdown and become chapters: Word documents.

use super::Tool;
use super::book::Book;
use super::report::Report;
use super::tree::{SourceFile, SourceTree};
use crate::chapter::without_suffix;
use percent_encoding::percent_decode_str;
use std::collections::HashSet;
use std::sync::Arc;

/// A chapter made from a document, with the files that it shows.
#[derive(Debug, Clone, Default)]
pub(super) struct DocumentChapter {
    /// Front matter and Markdown.
    pub(super) text: String,
    /// Pictures and the like, by the names that the text links to, beside it.
    pub(super) files: Vec<(String, Arc<[u8]>)>,
}

/// Endings of files that Word and WPS write. Old ones are refused with a word of their own.
const ENDINGS: [&str; 6] = ["docx", "docm", "dotx", "doc", "wps", "rtf"];

/// Whether a file is a document that becomes a chapter. A lock (`~$name.docx`), which Word
/// leaves beside a document that is open, is none.
#[must_use]
pub fn is_document(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    cfg!(feature = "word") && !is_lock(path) && ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn is_lock(path: &str) -> bool {
    path.rsplit('/').next().unwrap_or(path).starts_with("~$")
}

/// Which documents of a book become chapters.
pub(super) struct Documents {
    tool: Tool,
    /// Names of those that chapters link to: forms to be fetched.
    forms: HashSet<String>,
}

impl Documents {
    /// Where the source is read as Word, all do; in a folder of texts all but those that a text
    /// links to; in a book of another tool none, since there they are attachments.
    pub(super) fn new(tree: &SourceTree, book: &Book) -> Self {
        let chapters = tree.below(&book.root).filter(|path| without_suffix(path).is_some());
        let texts = chapters.filter(|_| book.tool == Tool::Folder).filter_map(|path| tree.text(path));
        Self { tool: book.tool, forms: texts.flat_map(|text| linked(text)).collect() }
    }

    pub(super) fn is_chapter(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        is_document(path)
            && (self.tool == Tool::Word || self.tool == Tool::Folder && !self.forms.contains(&name))
    }
}

/// The names of documents that stand as destinations in a text: `](forms/leave.docx)`.
fn linked(text: &str) -> impl Iterator<Item = String> + '_ {
    text.match_indices("](").chain(text.match_indices("href=\"")).filter_map(|(at, sign)| {
        let rest = text[at + sign.len()..].trim_start_matches('<');
        let end = rest.find([')', '>', '"', '\n'])?;
        let written = rest[..end].split('#').next().unwrap_or("").trim();
        let path = percent_decode_str(written).decode_utf8_lossy();
        let name = path.rsplit(['/', '\\']).next().unwrap_or("").to_lowercase();
        is_document(&name).then_some(name)
    })
}

/// Endings of files that people read and that do not become chapters.
const OTHER_ENDINGS: [&str; 16] = [
    "pdf", "xls", "xlsx", "xlsm", "et", "csv", "ppt", "pptx", "dps", "odt", "ods", "odp", "ofd", "pages",
    "xps", "caj",
];

/// Whether a file is a document for people that is not read.
pub(super) fn holds_text(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_other = ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)) && !is_lock(path);
    is_other || OTHER_ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Whether a tool makes a page of a file that is no Markdown: Hugo of whatever lies among the
/// chapters, others of HTML that begins with front matter. What lies in folders that begin with `_`
/// makes pages and is none; in a folder texts lie as they are.
pub(super) fn is_page(path: &str, tool: Tool, tree: &SourceTree) -> bool {
    let mut parts = path.rsplit('/');
    let is_home = parts.next().is_some_and(|name| tool == Tool::Hugo && name.starts_with("_index."));
    if !is_home && path.rsplit('/').next().is_some_and(|name| name.starts_with('_'))
        || parts.any(|folder| folder.starts_with(['.', '_']))
    {
        return false;
    }
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let has_head =
        || tree.text(path).is_some_and(|text| text.starts_with("---\n") || text.starts_with("---\r\n"));
    match tool {
        Tool::Hugo => {
            matches!(
                ending.as_str(),
                "html" | "htm" | "org" | "adoc" | "asciidoc" | "ad" | "rst" | "pandoc" | "pdc"
            )
        }
        Tool::Jekyll | Tool::Middleman => matches!(ending.as_str(), "html" | "htm" | "erb") && has_head(),
        Tool::Eleventy => {
            matches!(ending.as_str(), "html" | "njk" | "liquid" | "hbs" | "ejs" | "webc") && has_head()
        }
        // What people keep beside their rules and meant to be read.
        Tool::Word | Tool::Folder => matches!(ending.as_str(), "txt" | "htm" | "html"),
        _ => false,
    }
}

/// The path of a chapter or document without what tells its kind.
pub(super) fn stem(path: &str) -> &str {
    let bare = || path.rsplit_once('.').filter(|_| is_document(path)).map(|(stem, _)| stem);
    without_suffix(path).or_else(bare).or_else(|| path.strip_suffix(".html")).unwrap_or(path)
}

/// The chapter that a document becomes; what is left of it goes into the report under
/// `path`. `None` where it cannot be read, which the report then says.
#[cfg(feature = "word")]
pub(super) fn chapter_of(path: &str, file: &SourceFile, report: &mut Report) -> Option<DocumentChapter> {
    let chapter = match super::word::chapter::chapter(path, file.bytes.as_deref()?) {
        Ok(chapter) => chapter,
        Err(refusal) => {
            report.add(refused(refusal), path, None, "");
            return None;
        }
    };
    for note in chapter.notes {
        let place = if note.place.is_empty() { "" } else { ": " };
        report.add(kind(note.kind), path, None, note.place + place + &note.words);
    }
    if chapter.is_empty {
        report.add(super::Kind::Empty, path, None, "");
    }
    let files = chapter.files.into_iter().map(|(name, bytes)| (name, bytes.into())).collect();
    Some(DocumentChapter { text: chapter.text, files })
}

/// Nothing is a document where Word is not read.
#[cfg(not(feature = "word"))]
pub(super) fn chapter_of(_: &str, _: &SourceFile, _: &mut Report) -> Option<DocumentChapter> {
    None
}

#[cfg(feature = "word")]
const fn kind(note: super::word::NoteKind) -> super::Kind {
    use super::Kind;
    use super::word::NoteKind;
    match note {
        NoteKind::Inserted => Kind::Inserted,
        NoteKind::Deleted => Kind::Deleted,
        NoteKind::Comment => Kind::Comment,
        NoteKind::TextBox => Kind::TextBox,
        NoteKind::Formula => Kind::Formula,
        NoteKind::Header => Kind::Header,
        NoteKind::Hidden => Kind::Hidden,
        NoteKind::Picture => Kind::Picture,
        NoteKind::Object => Kind::Object,
        NoteKind::Symbol => Kind::Symbol,
        NoteKind::Field => Kind::Field,
        NoteKind::Contents => Kind::Contents,
        NoteKind::Outside => Kind::Outside,
    }
}

#[cfg(feature = "word")]
const fn refused(refusal: super::word::Refusal) -> super::Kind {
    use super::Kind;
    use super::word::Refusal;
    match refusal {
        Refusal::NotWord => Kind::NotWord,
        Refusal::OldFormat => Kind::OldFormat,
        Refusal::Encrypted => Kind::Encrypted,
        Refusal::Damaged => Kind::Damaged,
        Refusal::TooLarge => Kind::TooLarge,
        Refusal::Entities => Kind::Entities,
    }
}
