//! A document as the files of a project: a chapter, and its pictures beside it.

use super::{Note, Refusal, read, state};
use serde_yaml::{Mapping, Value};

/// The files that a document becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordChapter {
    /// Front matter and Markdown.
    pub(crate) text: String,
    /// Whether there are no words, nor a picture.
    pub(crate) is_empty: bool,
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
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let folder = format!("images/{stem}");
    let mut document = read(bytes, &folder)?;
    add_state(stem, &mut document.front);
    let front = match document.front.is_empty() {
        true => String::new(),
        false => format!("---\n{}---\n\n", serde_yaml::to_string(&document.front).unwrap_or_default()),
    };
    let is_empty = document.text.trim().is_empty();
    let before = front.lines().count();
    let mut notes = document.notes;
    for note in &mut notes {
        note.line += before;
    }
    let files =
        document.pictures.into_iter().map(|picture| (format!("{folder}/{}", picture.name), picture.bytes));
    Ok(WordChapter { text: front + &document.text, is_empty, files: files.collect(), notes })
}

/// Takes the state that the title names, or the file's name; the title's bare form stays a name
/// by which others may mention it.
fn add_state(stem: &str, front: &mut Mapping) {
    let title = front.get("title").and_then(Value::as_str).unwrap_or(stem).to_owned();
    let own = state::of_name(&title);
    if let Some((_, bare)) = own {
        let mut names = front.get("aliases").and_then(Value::as_sequence).cloned().unwrap_or_default();
        names.push(bare.into());
        front.insert("aliases".into(), names.into());
    }
    if let Some((state, _)) = own.or_else(|| state::of_name(stem))
        && !front.contains_key("status")
    {
        front.insert("status".into(), state.key().into());
    }
    let version = version_of_name(stem).filter(|version| !title.contains(version));
    if let Some(version) = version.filter(|_| !front.contains_key("version")) {
        front.insert("version".into(), version.into());
    }
}

/// The version that a name has behind it: 会议室使用规定V2.0（试行）.
fn version_of_name(name: &str) -> Option<&str> {
    let mut found = name.match_indices(['V', 'v']).filter_map(|(at, _)| {
        let number = &name[at + 1..];
        let end = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
        let digits = number[..end].trim_end_matches('.');
        let before = name[..at].chars().next_back()?;
        let behind = number[digits.len()..].chars().next();
        let is_word = before.is_ascii_alphanumeric() || behind.is_some_and(|c| c.is_ascii_alphanumeric());
        (!is_word && digits.starts_with(|c: char| c.is_ascii_digit())).then(|| &name[at..=at + digits.len()])
    });
    found.next_back()
}

#[cfg(test)]
mod tests {
    use super::version_of_name;

    #[test]
    fn versions_stand_behind_names() {
        for (name, version) in [
            ("会议室使用规定V2.0（试行）", Some("V2.0")),
            ("Leave policy v3", Some("v3")),
            ("甲_V1.2.3.", Some("V1.2.3")),
            ("IPV6 规定", None),
            ("V", None),
            ("甲V", None),
            ("Vacation", None),
            ("甲v2a", None),
        ] {
            assert_eq!(version_of_name(name), version, "{name}");
        }
    }
}
