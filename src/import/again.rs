//! A second import: what may be overwritten, and what stays.
//!
//! The first import leaves a manifest of what it wrote. A file that holds just that is
//! ours to bring up to date. Whatever else stands in the folder is the user's: it is
//! neither overwritten nor removed, and the report says what it kept from arriving.

use super::report::Kind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the last import wrote, by path in the project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Manifest {
    /// The form of the manifest.
    pub version: u32,
    /// The tool that the book was written for.
    pub tool: String,
    /// What was written.
    pub files: BTreeMap<String, Written>,
}

/// A file that an import wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Written {
    /// Digest of what was written.
    pub written: String,
    /// The file of the book it was made from.
    pub source: String,
}

impl Manifest {
    /// The form that this version writes.
    pub const VERSION: u32 = 1;
    /// Its name in the project.
    pub const NAME: &'static str = ".handbook-import.json";

    /// Reads a manifest; `None` where it is none, or none of this version.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str::<Self>(text).ok().filter(|manifest| manifest.version == Self::VERSION)
    }

    /// The manifest as a file.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Takes note of a file.
    pub fn insert(&mut self, path: &str, digest: &str, source: &str) {
        let written = Written { written: digest.to_owned(), source: source.to_owned() };
        self.files.insert(path.to_owned(), written);
    }
}

/// The digest of a file's bytes.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(bytes))
}

/// What stands at a path of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Free,
    /// A file with this digest.
    File(String),
    /// Something that is no file, such as a folder or a link.
    Other,
}

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is written.
    Write,
    /// It is there already, as it should be.
    Same,
    /// What stands there stays, and this is told.
    Keep(Kind),
    /// What stands there stays: it was edited, and the book has nothing new for it.
    KeepEdited,
}

/// What becomes of a file whose new bytes have the digest `new`.
#[must_use]
pub fn decide(manifest: &Manifest, path: &str, standing: &Standing, new: &str) -> Outcome {
    let last = manifest.files.get(path).map(|file| file.written.as_str());
    match (standing, last) {
        (Standing::File(now), _) if now == new => Outcome::Same,
        (Standing::File(now), Some(last)) if now == last => Outcome::Write,
        (Standing::File(_), Some(last)) if last == new => Outcome::KeepEdited,
        (Standing::File(_), Some(_)) => Outcome::Keep(Kind::EditedAndNew),
        (Standing::File(_) | Standing::Other, _) => Outcome::Keep(Kind::Taken),
        (Standing::Free, Some(_)) => Outcome::Keep(Kind::Removed),
        (Standing::Free, None) => Outcome::Write,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_not_edited_is_overwritten() {
        let mut manifest = Manifest::default();
        manifest.insert("a", "1", "");
        let file = |digest: &str| Standing::File(digest.to_owned());
        let cases = [
            ("a", file("1"), "1", Outcome::Same),
            ("a", file("1"), "2", Outcome::Write),
            ("a", file("9"), "1", Outcome::KeepEdited),
            ("a", file("9"), "2", Outcome::Keep(Kind::EditedAndNew)),
            ("a", Standing::Free, "1", Outcome::Keep(Kind::Removed)),
            ("a", Standing::Other, "1", Outcome::Keep(Kind::Taken)),
            ("b", Standing::Free, "1", Outcome::Write),
            ("b", file("9"), "1", Outcome::Keep(Kind::Taken)),
            ("b", file("1"), "1", Outcome::Same),
        ];
        for (path, standing, new, outcome) in cases {
            assert_eq!(decide(&manifest, path, &standing, new), outcome, "{path} {standing:?} {new}");
        }
    }
}
