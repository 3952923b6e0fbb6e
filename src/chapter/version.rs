//! What a text says of itself as an edition: read from its front matter alone, since a
//! history may hold thousands of texts of which few are ever shown.

use super::front_matter::{FrontMatter, Status};
use super::hold::Hold;
use super::{Audience, Chapter, Opened};
use crate::source::Source;
use sha2::{Digest, Sha256};
use std::cmp::Ordering;
use std::fmt::Write as _;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// The front matter of a text that may be an edition.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct EditionHead {
    /// Its control data.
    pub front: FrontMatter,
    /// Names under keys that nobody reads, each with its key: one of them may be a group's.
    pub foreign_names: Vec<(String, String)>,
    /// What holds it back, perhaps until a day.
    pub hold: Hold,
    /// Whether it was ever published: no draft, no text under consultation, and nothing in
    /// the front matter that could not be read, which might say so.
    pub is_published: bool,
    /// All of it, and where its front matter ends.
    text: Arc<str>,
    body: usize,
}

impl EditionHead {
    /// Reads the front matter of a source.
    #[must_use]
    pub fn read(source: &Source) -> Self {
        let opened = Opened::new(source);
        let is_published = is_published(source, &opened.front, opened.hold);
        let Opened { front, foreign_names, hold, source, body, .. } = opened;
        Self { front, foreign_names, hold, is_published, text: source.text, body }
    }

    /// Fingerprint of its text without front matter, reckoned as [`Self::digest`] is.
    #[must_use]
    pub fn text(&self) -> u128 {
        fingerprint(&self.text, self.body)
    }

    /// SHA-256 of a source's text without front matter, in hexadecimal digits: the same
    /// whatever its line ends, the spaces at the ends of its lines, and the empty lines at
    /// its ends. The guide defines it (content/guide/editions.md), with a command that gives
    /// the same.
    #[must_use]
    pub fn digest(source: &Source) -> String {
        let opened = Opened::new(source);
        sha256(plain(&opened.source.text, opened.body).as_bytes())
    }

    /// The front matter of a source with its marks, as it stands in the file.
    #[must_use]
    pub fn front_matter(source: &Source) -> String {
        let opened = Opened::new(source);
        opened.source.text.get(..opened.body).unwrap_or("").to_owned()
    }

    /// Whether this text, at this version, is an edition.
    #[must_use]
    pub fn is_edition(&self) -> bool {
        self.is_published && !self.front.version.is_empty()
    }
}

impl Chapter {
    /// Whether it was ever published, as [`EditionHead::is_published`] has it.
    #[must_use]
    pub fn is_published(&self) -> bool {
        is_published(&self.source, &self.front, self.hold)
    }

    /// The digest of its text, as [`EditionHead::digest`] has it.
    #[must_use]
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| sha256(plain(&self.source.text, self.document.body).as_bytes()))
    }

    /// Fingerprint of its text without front matter, as [`EditionHead::text`] has it.
    #[must_use]
    pub fn text_fingerprint(&self) -> u128 {
        *self.text_fingerprint.get_or_init(|| fingerprint(&self.source.text, self.document.body))
    }
}

fn is_published(source: &Source, front: &FrontMatter, hold: Hold) -> bool {
    let is_open = !matches!(front.status.value(), Some(Status::Draft | Status::Consultation));
    is_open && !source.damaged && front.audience != Audience::Unreadable && hold != Hold::Draft
}

fn fingerprint(text: &str, body: usize) -> u128 {
    xxh3_128(plain(text, body).as_bytes())
}

/// SHA-256 in lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The text from `body` on: without ASCII white space at the ends of lines, without empty lines at its ends, and with a line feed behind each line.
fn plain(text: &str, body: usize) -> String {
    let text = text.get(body..).unwrap_or("");
    let mut plain = String::with_capacity(text.len() + 1);
    for line in text.split('\n') {
        let line = line.trim_end_matches([' ', '\t', '\r', '\u{b}', '\u{c}']);
        if !(plain.is_empty() && line.is_empty()) {
            plain.push_str(line);
            plain.push('\n');
        }
    }
    plain.truncate(plain.trim_end_matches('\n').len());
    plain.push('\n');
    plain
}

/// Which of two versions made of numbers, such as `1.10` and `v2`, is the higher; `None` where
/// one is made of something else.
#[must_use]
pub fn compare_versions(first: &str, second: &str) -> Option<Ordering> {
    fn numbers(version: &str) -> Option<Vec<u64>> {
        let digits = version.trim().trim_start_matches(['v', 'V']);
        digits.split('.').map(|part| part.parse().ok()).collect()
    }
    let (mut first, mut second) = (numbers(first)?, numbers(second)?);
    let length = first.len().max(second.len());
    first.resize(length, 0);
    second.resize(length, 0);
    Some(first.cmp(&second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_of_the_text_alone() {
        let digest = |text: &str| EditionHead::digest(&Source::new("a.md", "a.md", text));
        let plain = digest("---\ntitle: A\n---\n# A\n\nB\n");
        for same in [
            "---\ntitle: C\nowner: D\n---\n# A\n\nB\n",
            "---\r\ntitle: A\r\n---\r\n# A\r\n\r\nB\r\n",
            "---\ntitle: A\n---\n\n \t\n# A  \n\t\nB \n\n\n",
            "# A\n\nB",
        ] {
            assert_eq!(digest(same), plain, "{same:?}");
        }
        for other in ["# A\n\nC", "# A\nB", "#  A\n\nB", "    # A\n\nB"] {
            assert_ne!(digest(other), plain, "{other:?}");
        }
        assert_eq!(digest("---\ntitle: A\n---\n"), sha256(b"\n"));
    }

    #[test]
    fn versions_of_numbers_are_compared_as_numbers() {
        assert_eq!(compare_versions("1.10", "1.9"), Some(Ordering::Greater));
        assert_eq!(compare_versions("v2", "2.0"), Some(Ordering::Equal));
        assert_eq!(compare_versions("2026年版", "1"), None);
        assert_eq!(compare_versions("", "1"), None);
    }
}
