//! What a text says of itself as an edition: read from its front matter alone, since a
//! history may hold thousands of texts of which few are ever shown.

use super::front_matter::{FrontMatter, Status};
use super::hold::Hold;
use super::{Audience, Chapter, Opened};
use crate::source::Source;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use xxhash_rust::xxh3::xxh3_128;

/// The front matter of a text that may be an edition.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct EditionHead {
    /// Its control data.
    pub front: FrontMatter,
    /// Whether it was ever published: no draft, no text under consultation, and nothing in
    /// the front matter that could not be read, which might say so.
    pub is_published: bool,
    /// Fingerprint of its text without front matter, reckoned as [`Self::digest`] is.
    pub text: u128,
}

impl EditionHead {
    /// Reads the front matter of a source.
    #[must_use]
    pub fn read(source: &Source) -> Self {
        let opened = Opened::new(source);
        let is_published = is_published(source, &opened.front, opened.hold);
        let text = fingerprint(&opened.source.text, opened.body);
        Self { is_published, front: opened.front, text }
    }

    /// SHA-256 of a source's text without front matter, in hexadecimal digits: the same
    /// whatever its line ends, the spaces at the ends of its lines, and the empty lines at
    /// its ends.
    #[must_use]
    pub fn digest(source: &Source) -> String {
        let opened = Opened::new(source);
        let hash = Sha256::digest(plain(&opened.source.text, opened.body));
        hash.iter().fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
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

    /// Fingerprint of its text without front matter, as [`EditionHead::text`] has it.
    #[must_use]
    pub fn text_fingerprint(&self) -> u128 {
        fingerprint(&self.source.text, self.document.body)
    }
}

fn is_published(source: &Source, front: &FrontMatter, hold: Hold) -> bool {
    let is_open = !matches!(front.status.value(), Some(Status::Draft | Status::Consultation));
    is_open && !source.damaged && front.audience != Audience::Unreadable && hold != Hold::Draft
}

fn fingerprint(text: &str, body: usize) -> u128 {
    xxh3_128(plain(text, body).as_bytes())
}

/// The text from `body` on, with line feeds between its lines, without spaces at the ends of
/// lines and empty lines at its ends.
fn plain(text: &str, body: usize) -> String {
    let text = text.get(body..).unwrap_or("");
    let mut plain = String::with_capacity(text.len());
    for line in text.trim().lines() {
        plain.push_str(line.trim_end());
        plain.push('\n');
    }
    plain
}
