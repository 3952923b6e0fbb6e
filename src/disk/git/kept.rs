//! What an earlier run has read of a history: then only what is new is read.
//!
//! By first parents one commit follows another, so the log at a commit goes on with the log at each
//! of those before it. Kept under a commit's id are its log down to the next commit that something
//! is kept under, and which version each text says that it is. Texts are git's own each time: what
//! is shown never comes out of the cache. Of a shallow history nothing is kept, since more commits
//! may come at its far end.

use super::{Head, git, log};
use crate::cache::Cache;
use crate::chapter::version::EditionHead;
use crate::locale::Message;
use crate::source::Source;
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::Stdio;
use xxhash_rust::xxh3::Xxh3Default;

/// What values of the cache are called.
const KIND: &str = "history 1";
/// Bytes of a value; a larger one is kept in several.
const PIECE: usize = 64 << 10;
/// Bytes of what is kept under one commit at most.
const MOST: u64 = 512 << 20;
/// Commits that are looked back for one that something is kept under.
const LOOK_BACK: usize = 5_000;
/// Parts that a log may be kept in; then it is kept as a whole again.
const PARTS: usize = 16;

/// The version that a text says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OwnVersion {
    pub(super) version: String,
    /// Whether the text was published, as [`EditionHead::is_published`] has it.
    pub(super) is_published: bool,
}

impl OwnVersion {
    /// Reads the front matter of a text, which a file of this name has; `None` for one that names
    /// no version.
    pub(super) fn read(name: &str, text: &str) -> Option<Self> {
        if !may_have_version(text) {
            return None;
        }
        let head = EditionHead::read(&Source::new("", name, text));
        let own = Self { version: head.front.version, is_published: head.is_published };
        (!own.version.is_empty()).then_some(own)
    }
}

/// Whether a text may say which version it is. Most texts of a history say nothing of it, and need
/// not be read.
fn may_have_version(text: &str) -> bool {
    let has = |word: &str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    // An escape in YAML or JSON may spell it too.
    ["ersion", "ERSION", "版本", "\\u", "\\x", "\\U"].into_iter().any(has)
}

/// What is kept under a commit.
#[derive(Debug, Default, PartialEq, Eq)]
struct Part {
    /// The commit at which the log goes on; `None` where it begins with the first of all.
    earlier: Option<String>,
    log: String,
    versions: Vec<(u128, Option<OwnVersion>)>,
}

/// What a text is at its byte in a part: 0 where it names no version.
const UNPUBLISHED: u8 = 1;
const PUBLISHED: u8 = 2;

impl Part {
    /// The part as bytes: the earlier commit and the log, each behind its length, and for each text
    /// its key, what it is, and its version behind its length. Numbers are little-endian.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.log.len() + self.versions.len() * 24);
        let put = |text: &str, bytes: &mut Vec<u8>| {
            bytes.extend((text.len() as u64).to_le_bytes());
            bytes.extend(text.as_bytes());
        };
        put(self.earlier.as_deref().unwrap_or(""), &mut bytes);
        put(&self.log, &mut bytes);
        for (key, own) in &self.versions {
            bytes.extend(key.to_le_bytes());
            match own {
                None => bytes.push(0),
                Some(own) => {
                    bytes.push(if own.is_published { PUBLISHED } else { UNPUBLISHED });
                    put(&own.version, &mut bytes);
                }
            }
        }
        bytes
    }

    /// The part that bytes are; `None` where they are none.
    fn read(bytes: &[u8]) -> Option<Self> {
        let rest = &mut &*bytes;
        let earlier = Some(text(rest)?.to_owned()).filter(|commit| !commit.is_empty());
        let log = text(rest)?.to_owned();
        let mut versions = Vec::new();
        while !rest.is_empty() {
            let key = u128::from_le_bytes(*take(rest)?);
            let [state] = *take(rest)?;
            let own = match state {
                0 => None,
                UNPUBLISHED | PUBLISHED => {
                    Some(OwnVersion { version: text(rest)?.to_owned(), is_published: state == PUBLISHED })
                }
                _ => return None,
            };
            versions.push((key, own));
        }
        Some(Self { earlier, log, versions })
    }
}

fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (first, behind) = rest.split_first_chunk::<N>()?;
    *rest = behind;
    Some(first)
}

fn text<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let length = usize::try_from(u64::from_le_bytes(*take(rest)?)).ok()?;
    let (text, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    std::str::from_utf8(text).ok()
}

/// A log, and which version each text in it says that it is.
pub(super) struct Kept<'a> {
    store: Place<'a>,
    commit: &'a str,
    /// What was kept before: how many parts, and under which commit the latest.
    parts: usize,
    earlier: Option<String>,
    /// Where the part of the log ends that was not kept before.
    new_log: usize,
    versions: HashMap<u128, Option<OwnVersion>>,
    /// Those that were not kept before.
    new: Vec<u128>,
}

impl<'a> Kept<'a> {
    /// Reads the log of the files below `content` at a commit, and what is kept of it.
    ///
    /// # Errors
    /// A message where git cannot be run or fails.
    pub(super) fn read(
        root: &Path,
        content: &'a str,
        head: &'a Head,
        cache: &'a Cache,
    ) -> Result<(Self, String), Message> {
        let store = Place { cache: cache.clone(), place: &head.place, content };
        let store = if head.is_shallow { Place { cache: Cache::default(), ..store } } else { store };
        let mut kept = Self {
            store,
            commit: &head.id,
            parts: 0,
            earlier: None,
            new_log: 0,
            versions: HashMap::new(),
            new: Vec::new(),
        };
        let latest = kept.store.latest(root, &head.id);
        let found = latest.and_then(|commit| Some((kept.read_parts(&commit)?, commit)));
        let (range, known) = match found {
            Some((known, commit)) => {
                let range = format!("{commit}..{}", head.id);
                kept.earlier = Some(commit);
                (range, known)
            }
            None => (head.id.clone(), String::new()),
        };
        if kept.is_at_commit() {
            return Ok((kept, known));
        }
        let mut log = log::read(root, content, &range)?;
        kept.new_log = log.len();
        log.push_str(&known);
        Ok((kept, log))
    }

    /// Whether something was kept under this very commit.
    fn is_at_commit(&self) -> bool {
        self.earlier.as_deref() == Some(self.commit)
    }

    /// Reads what is kept under a commit and those before it, and gives the log; `None` where not
    /// all of it is there.
    fn read_parts(&mut self, commit: &str) -> Option<String> {
        let mut log = String::new();
        let mut next = Some(commit.to_owned());
        while let Some(commit) = next {
            let part = self.store.part(&commit).filter(|_| self.parts <= PARTS);
            let Some(part) = part else {
                self.parts = 0;
                self.versions.clear();
                return None;
            };
            self.parts += 1;
            match log.is_empty() {
                true => log = part.log,
                false => log.push_str(&part.log),
            }
            self.versions.extend(part.versions);
            next = part.earlier;
        }
        Some(log)
    }

    /// The version that a text says it is, and `None` within where it names none; `None` where
    /// that is not known.
    pub(super) fn version(&self, blob: &str, name: &str) -> Option<&Option<OwnVersion>> {
        self.versions.get(&key(blob, name))
    }

    /// Notes the version that a text says it is.
    pub(super) fn note(&mut self, blob: &str, name: &str, version: Option<OwnVersion>) {
        let key = key(blob, name);
        if self.versions.insert(key, version).is_none() {
            self.new.push(key);
        }
    }

    /// Keeps what is new of a log for later runs. `texts` are all that are still asked for.
    pub(super) fn keep<'t>(&self, log: &str, texts: impl Iterator<Item = (&'t str, &'t str)>) {
        let is_known = self.is_at_commit() && self.new.is_empty();
        if is_known || !self.store.cache.is_kept() {
            return;
        }
        let of = |key: u128| Some((key, self.versions.get(&key)?.clone()));
        let is_whole = self.parts == 0 || self.parts >= PARTS || self.is_at_commit();
        let part = if is_whole {
            let versions: HashMap<u128, _> = texts.filter_map(|(blob, name)| of(key(blob, name))).collect();
            let mut versions: Vec<_> = versions.into_iter().collect();
            versions.sort_unstable_by_key(|(key, _)| *key);
            Part { earlier: None, log: log.to_owned(), versions }
        } else {
            let versions = self.new.iter().filter_map(|key| of(*key)).collect();
            let log = log.get(..self.new_log).unwrap_or("").to_owned();
            Part { earlier: self.earlier.clone(), log, versions }
        };
        self.store.put(self.commit, &part);
    }
}

/// A text under the name with which it is read.
fn key(blob: &str, name: &str) -> u128 {
    let mut hasher = Xxh3Default::new();
    for part in [blob, " ", name] {
        hasher.update(part.as_bytes());
    }
    hasher.digest128()
}

/// Where the parts of a folder's log are kept.
struct Place<'a> {
    cache: Cache,
    place: &'a str,
    content: &'a str,
}

impl Place<'_> {
    const fn input<'i>(&'i self, commit: &'i str, piece: u32) -> impl std::hash::Hash + 'i {
        (self.place, self.content, commit, piece)
    }

    /// The latest commit up to this one that something is kept under.
    fn latest(&self, root: &Path, commit: &str) -> Option<String> {
        if self.is_there(commit) {
            return Some(commit.to_owned());
        }
        if !self.cache.is_there() {
            return None;
        }
        let mut command = git(root);
        command.args(["rev-list", "--first-parent", "--skip=1", commit]).stdout(Stdio::piped());
        let mut child = command.spawn().ok()?;
        let commits = BufReader::new(child.stdout.take()?).lines().map_while(Result::ok);
        let found = commits.take(LOOK_BACK).find(|commit| self.is_there(commit));
        let _ = child.kill();
        let _ = child.wait();
        found
    }

    fn is_there(&self, commit: &str) -> bool {
        self.cache.get(KIND, self.input(commit, 0)).is_some()
    }

    fn part(&self, commit: &str) -> Option<Part> {
        let first = self.cache.get(KIND, self.input(commit, 0))?;
        let (pieces, first) = first.split_first_chunk::<4>()?;
        let mut packed = first.to_vec();
        for piece in 1..u32::from_le_bytes(*pieces) {
            packed.extend(self.cache.get(KIND, self.input(commit, piece))?);
        }
        let mut plain = Vec::new();
        DeflateDecoder::new(&packed[..]).take(MOST).read_to_end(&mut plain).ok()?;
        Part::read(&plain)
    }

    fn put(&self, commit: &str, part: &Part) {
        let plain = part.bytes();
        let mut packed = Vec::new();
        let mut encoder = DeflateEncoder::new(&plain[..], Compression::fast());
        if plain.len() as u64 >= MOST || encoder.read_to_end(&mut packed).is_err() {
            return;
        }
        let pieces: Vec<&[u8]> = packed.chunks(PIECE).collect();
        let Ok(count) = u32::try_from(pieces.len()) else { return };
        for (number, piece) in (0..count).zip(pieces).rev() {
            let value = if number == 0 { [&count.to_le_bytes(), piece].concat() } else { piece.to_vec() };
            self.cache.put(KIND, self.input(commit, number), &value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_as_it_was_written_or_not_at_all() {
        let own =
            |version: &str, is_published| Some(OwnVersion { version: version.to_owned(), is_published });
        let part = Part {
            earlier: Some("c1".to_owned()),
            log: "commit c2 2026-01-01\0".to_owned(),
            versions: vec![(1, None), (u128::MAX, own("1.0", true)), (3, own("二", false))],
        };
        let bytes = part.bytes();
        assert_eq!(Part::read(&bytes), Some(part));
        // Cut between two texts it is a part with fewer; what it lacks is read anew.
        let cut = |at: usize| Part::read(&bytes[..at]).is_none_or(|part| part.versions.len() < 3);
        assert!((0..bytes.len()).all(cut));
        assert_eq!(Part::read(&[&bytes[..], &[0; 16], &[9]].concat()), None);
    }
}
