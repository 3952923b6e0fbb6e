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
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io;
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
    pub(super) hashes: Option<Vec<String>>,
    /// Whether it is a chapter's page.
    pub(super) chapter: bool,
}

#[derive(Serialize, Deserialize)]
struct Text {
    generator: String,
    #[serde(default)]
    version: u32,
    #[serde(default)]
    site: Option<Origin>,
    /// Chapters' pages; all else is below `files`.
    #[serde(default)]
    chapters: Files,
    files: Files,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Files {
    Hashes(BTreeMap<String, Hashes>),
    Names(BTreeSet<String>),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Hashes {
    One(String),
    Some(Vec<String>),
    Unknown(serde_json::Value),
}

impl Default for Files {
    fn default() -> Self {
        Self::Hashes(BTreeMap::new())
    }
}

impl Manifest {
    /// The list of a site that stands in its place.
    pub(super) fn of(origin: Origin, staged: &[Staged], site: &Site) -> Self {
        let chapters: HashSet<&str> = site.handbook.chapters.iter().map(|chapter| &*chapter.url).collect();
        let listed = |file: &Staged| {
            let chapter = chapters.contains(file.address.as_str());
            (file.address.clone(), Listed::new(vec![file.hash.clone()], chapter))
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
        let all: Vec<(String, Option<Vec<String>>)> = match files {
            Files::Names(names) => names.into_iter().map(|name| (name, None)).collect(),
            Files::Hashes(files) => files.into_iter().map(|(name, file)| (name, Some(file.list()))).collect(),
        };
        let ours = all.into_iter().filter(|(name, _)| is_plain(name));
        self.files.extend(ours.map(|(name, hashes)| (name, Listed { hashes, chapter })));
    }

    pub(super) fn text(&self) -> String {
        let files = |chapter| {
            let wanted = self.files.iter().filter(|(_, listed)| listed.chapter == chapter);
            Files::Hashes(wanted.map(|(name, listed)| (name.clone(), Hashes::of(listed))).collect())
        };
        let text = Text {
            generator: "handbook".to_owned(),
            version: VERSION,
            site: self.origin.clone(),
            chapters: files(true),
            files: files(false),
        };
        let mut text = serde_json::to_string_pretty(&text).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The fingerprint of the file at an address, if it is what handbook wrote
    /// there; `None` where somebody changed it or put something else there.
    pub(super) fn own(&self, output: &Path, address: &str) -> io::Result<Option<String>> {
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
    fn list(self) -> Vec<String> {
        match self {
            Self::One(hash) => vec![hash],
            Self::Some(hashes) => hashes,
            Self::Unknown(_) => Vec::new(),
        }
    }

    fn of(listed: &Listed) -> Self {
        match listed.hashes.as_deref().unwrap_or_default() {
            [hash] => Self::One(hash.clone()),
            hashes => Self::Some(hashes.to_vec()),
        }
    }
}

impl Listed {
    pub(super) fn new(hashes: Vec<String>, chapter: bool) -> Self {
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
