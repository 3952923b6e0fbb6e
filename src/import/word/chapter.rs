//! A document as the files of a project: a chapter, and its pictures beside it.

use super::{Note, Refusal, read};

/// The files that a document becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordChapter {
    /// Front matter and Markdown.
    pub(crate) text: String,
    /// Pictures, by their paths from the chapter's folder.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// What is to be told. Lines count from the beginning of the file.
    pub(crate) notes: Vec<Note>,
}

/// Makes a chapter of a document. `path` is its file's, whose name the folder of its
/// pictures has.
///
/// # Errors
///
/// If it is no Word file, or none that is read.
pub(crate) fn chapter(path: &str, bytes: &[u8]) -> Result<WordChapter, Refusal> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let folder = format!("images/{}", name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let document = read(bytes, &folder)?;
    let front = match document.front.is_empty() {
        true => String::new(),
        false => format!("---\n{}---\n\n", serde_yaml::to_string(&document.front).unwrap_or_default()),
    };
    let before = front.lines().count();
    let mut notes = document.notes;
    for note in &mut notes {
        note.line += before;
    }
    let files =
        document.pictures.into_iter().map(|picture| (format!("{folder}/{}", picture.name), picture.bytes));
    Ok(WordChapter { text: front + &document.text, files: files.collect(), notes })
}
