//! The list of what handbook wrote into a folder, and for whom.
//!
//! Anyone may edit it. So each name has the fingerprint of what was written
//! there, and a file that holds anything else is nobody's to overwrite or remove.

use super::contents::hash_file;
use super::origin::Origin;
use super::stage::Staged;
use super::{PublishError, STAGING};
use crate::handbook::routes::leads_to_hashed;
use crate::host::is_immutable;
use crate::message;
use crate::site::Site;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path};

/// File that lists what handbook wrote.
pub const MANIFEST: &str = ".handbook-manifest.json";
/// What every page of the default theme loads, and what a redirect is.
const OWN_SIGNS: [&str; 2] = ["/search-open.", "<meta http-equiv=\"refresh\""];
/// Which form of the list this program writes; it reads all before it.
pub(crate) const VERSION: u32 = 2;

/// What an earlier build wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// What site it is; `None` where the list is of an earlier form.
    pub(super) origin: Option<Origin>,
    pub(super) files: BTreeMap<String, Listed>,
}

/// A file that an earlier build wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    /// Fingerprints of what it may hold: two while a run is under way. `None` where the
    /// list is of an earlier form, which knew names only.
    pub(super) hashes: Option<Vec<u128>>,
    /// Whether it is a chapter's page.
    pub(super) chapter: bool,
}

#[derive(Deserialize)]
struct Text {
    #[serde(rename = "generator")]
    _generator: String,
    #[serde(default)]
    version: u32,
    #[serde(default)]
    site: Option<Origin>,
    /// Chapters' pages; all else is below `files`.
    #[serde(default)]
    chapters: Files,
    files: Files,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Files {
    Hashes(BTreeMap<String, Hashes>),
    Names(BTreeSet<String>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Hashes {
    One(String),
    Some(Vec<String>),
    Unknown(IgnoredAny),
}

/// The same as it is written: the list of a large site is not copied for that.
#[derive(Serialize)]
struct WrittenText<'a> {
    generator: &'static str,
    version: u32,
    site: Option<&'a Origin>,
    chapters: Written<'a>,
    files: Written<'a>,
}

struct Written<'a> {
    files: &'a BTreeMap<String, Listed>,
    chapter: bool,
}

impl Default for Files {
    fn default() -> Self {
        Self::Hashes(BTreeMap::new())
    }
}

impl Manifest {
    /// The list of a site that stands in its place.
    pub(super) fn of(origin: Origin, staged: &[Staged<'_>], site: &Site) -> Self {
        let chapters: HashSet<&str> = site.handbook.chapters.iter().map(|chapter| &*chapter.url).collect();
        let listed = |file: &Staged<'_>| {
            let chapter = chapters.contains(&*file.address);
            (file.address.to_string(), Listed::new(vec![file.hash], chapter))
        };
        Self { origin: Some(origin), files: staged.iter().map(listed).collect() }
    }

    /// The list in a folder; `None` where there is none.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>, PublishError> {
        let path = folder.join(MANIFEST);
        let refused = || PublishError::Refused(message!("publish-other-version", path = path.as_path()));
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(PublishError::Disk(path, error)),
            Ok(data) if !data.is_file() => return Err(refused()),
            Ok(_) => {}
        }
        let bytes = fs::read(&path).map_err(|error| PublishError::Disk(path.clone(), error))?;
        let text: Text = serde_json::from_slice(&bytes).map_err(|_| refused())?;
        if text.version > VERSION {
            return Err(refused());
        }
        let mut manifest = Self { origin: text.site, files: BTreeMap::new() };
        manifest.enter(text.files, false);
        manifest.enter(text.chapters, true);
        Ok(Some(manifest))
    }

    fn enter(&mut self, files: Files, chapter: bool) {
        let all: Vec<(String, Option<Vec<u128>>)> = match files {
            Files::Names(names) => names.into_iter().map(|name| (name, None)).collect(),
            Files::Hashes(files) => files.into_iter().map(|(name, file)| (name, Some(file.list()))).collect(),
        };
        let ours = all.into_iter().filter(|(name, _)| is_plain(name));
        self.files.extend(ours.map(|(name, hashes)| (name, Listed { hashes, chapter })));
    }

    pub(super) fn write(&self, file: fs::File) -> io::Result<()> {
        let listed = |chapter| Written { files: &self.files, chapter };
        let text = WrittenText {
            generator: "handbook",
            version: VERSION,
            site: self.origin.as_ref(),
            chapters: listed(true),
            files: listed(false),
        };
        let mut file = io::BufWriter::new(file);
        serde_json::to_writer_pretty(&mut file, &text)?;
        file.write_all(b"\n")?;
        file.flush()
    }

    /// The fingerprint of the file at an address, if it is what handbook wrote
    /// there; `None` where somebody changed it or put something else there.
    pub(super) fn own(&self, output: &Path, address: &str) -> io::Result<Option<u128>> {
        let Some(listed) = self.files.get(address) else { return Ok(None) };
        let hash = hash_file(&output.join(address))?;
        Ok(hash.filter(|hash| listed.hashes.as_ref().is_none_or(|known| known.contains(hash))))
    }
}

impl Manifest {
    /// Whether a file is surely one that handbook wrote. A list of an earlier form has
    /// names only, and anyone may have added some: then its name or its text must tell.
    pub(super) fn is_sure(&self, output: &Path, address: &str) -> bool {
        if self.files.get(address).is_some_and(|listed| listed.hashes.is_some()) {
            return true;
        }
        let plain = address.trim_end_matches(".gz").trim_end_matches(".br");
        if is_immutable(plain) || leads_to_hashed(plain) {
            return true;
        }
        let page = || fs::read_to_string(output.join(plain)).unwrap_or_default();
        plain.ends_with(".html") && OWN_SIGNS.iter().any(|sign| page().contains(sign))
    }
}

impl Hashes {
    /// The fingerprints. What is none is that of no file.
    fn list(self) -> Vec<u128> {
        let hashes = match self {
            Self::One(hash) => vec![hash],
            Self::Some(hashes) => hashes,
            Self::Unknown(_) => Vec::new(),
        };
        let is_ours = |hash: &&String| hash.len() == 32 && !hash.starts_with('+');
        hashes.iter().filter(is_ours).filter_map(|hash| u128::from_str_radix(hash, 16).ok()).collect()
    }
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let wanted = self.files.iter().filter(|(_, listed)| listed.chapter == self.chapter);
        serializer.collect_map(wanted)
    }
}

impl Serialize for Listed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = |hash: &u128| format!("{hash:032x}");
        match self.hashes.as_deref().unwrap_or_default() {
            [hash] => digits(hash).serialize(serializer),
            hashes => serializer.collect_seq(hashes.iter().map(digits)),
        }
    }
}

impl Listed {
    pub(super) fn new(hashes: Vec<u128>, chapter: bool) -> Self {
        Self { hashes: Some(hashes), chapter }
    }
}

/// A relative path without `..` that a page may have: a manifest is a file that
/// anyone may edit.
pub(crate) fn is_plain(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let first = match parts.next() {
        Some(Component::Normal(first)) => first,
        _ => return false,
    };
    first != STAGING && first != MANIFEST && parts.all(|part| matches!(part, Component::Normal(_)))
}
