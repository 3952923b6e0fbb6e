//! Files that are no Markdown and become chapters.

use super::report::Report;
use super::tree::SourceFile;
use std::sync::Arc;

/// A chapter made from a document, with the files that it shows.
#[derive(Debug, Clone, Default)]
pub(super) struct DocumentChapter {
    /// Front matter and Markdown.
    pub(super) text: String,
    /// Pictures and the like, by the names that the text links to, beside it.
    pub(super) files: Vec<(String, Arc<[u8]>)>,
}

/// Whether a file is a document that becomes a chapter.
#[must_use]
pub fn is_document(path: &str) -> bool {
    let _ = path;
    false
}

/// The chapter that a document becomes; what is left of it goes into the report under
/// `path`. `None` where it cannot be read, which the report then says.
pub(super) fn chapter_of(path: &str, file: &SourceFile, report: &mut Report) -> Option<DocumentChapter> {
    let _ = (path, file, report);
    None
}
