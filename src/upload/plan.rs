//! Compares a site with what a store holds. Nothing is written here.
//!
//! Only objects with the content that handbook wrote may be overwritten or deleted (`owned`).
//!
//! Each page is rendered for its fingerprint and dropped, so that memory does not grow with the
//! site. Pages that differ are rendered again when they are uploaded, which gives the same bytes.

use super::Options;
use super::error::UploadError;
use super::manifest::{Entry, Manifest};
use super::owned::{RemoteObject, find_owned};
use super::responses::list;
use super::store::Store;
use crate::compress::{Encoding, is_worthwhile};
use crate::diagnostic::Diagnostic;
use crate::disk::Project;
use crate::disk::publish::order::{Phase, phase};
use crate::disk::publish::origin::{Origin, Standing};
use crate::disk::publish::{Differences, MANIFEST};
use crate::host::cache_control;
use crate::media::{is_active, media_type};
use crate::message;
use crate::rule;
use crate::site::{Output, Site};
use object_store::{Attribute, Attributes};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::runtime::Runtime;
use xxhash_rust::xxh3::Xxh3;

/// Bytes that are read of a file at a time.
const BLOCK: usize = 1 << 16;

/// An object that is to be uploaded.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) address: String,
    pub(super) phase: Phase,
    /// Fingerprint of what is to be uploaded.
    hash: String,
    /// What the object is now; `None` if there is none.
    old: Option<Entry>,
}

/// What differs, and everything that is needed to upload it.
pub(super) struct Plan<'a> {
    pub(super) site: &'a Site,
    pub(super) project: &'a Project,
    pub(super) store: &'a Store,
    pub(super) options: Options,
    pub(super) manifest: Manifest,
    /// Sorted by phase and address.
    pub(super) changes: Vec<Change>,
    /// Objects that handbook wrote and that are no longer part of the site.
    pub(super) leftovers: BTreeMap<String, Entry>,
    /// Objects that are listed and no longer part of the site, but were changed by somebody else.
    foreign: BTreeMap<String, Entry>,
    /// Objects that are up to date.
    pub(super) unchanged: BTreeMap<String, Entry>,
    /// Why some objects are kept.
    pub(super) diagnostics: Vec<Diagnostic>,
    origin: Origin,
    /// URL paths of chapters.
    chapters: HashSet<&'a str>,
}

/// The content of a URL path.
pub(super) enum Body {
    Bytes(Vec<u8>),
    File(PathBuf),
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        runtime: &Runtime,
        site: &'a Site,
        project: &'a Project,
        store: &'a Store,
        options: Options,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Self, UploadError> {
        let manifest = runtime.block_on(Manifest::read(store))?;
        let remote = runtime.block_on(list(store))?;
        let origin = Origin::of(site, project);
        if let Some(manifest) = &manifest {
            let chapter = |entry: &Option<Entry>| entry.as_ref().is_some_and(|entry| entry.chapter);
            let files = manifest.files.iter().map(|(name, entry)| (name.as_str(), chapter(entry)));
            let standing = Standing::new(manifest.origin.as_ref(), files, &site.handbook);
            let stops = standing.stops(&origin, &site.handbook, options.consent, store.shown());
            if !stops.is_empty() {
                return Err(UploadError::Diagnostics(stops));
            }
        }
        let manifest = match manifest {
            Some(manifest) => manifest,
            None if remote.is_empty() => Manifest::default(),
            None => return Err(not_empty(store)),
        };
        let mut plan = Self {
            site,
            project,
            store,
            options,
            manifest,
            changes: Vec::new(),
            leftovers: BTreeMap::new(),
            foreign: BTreeMap::new(),
            unchanged: BTreeMap::new(),
            diagnostics: Vec::new(),
            origin,
            chapters: site.handbook.chapters.iter().map(|chapter| &*chapter.url).collect(),
        };
        let hashes = plan.fingerprints(progress)?;
        plan.classify(runtime, hashes, &remote)?;
        Ok(plan)
    }

    fn classify(
        &mut self,
        runtime: &Runtime,
        hashes: Vec<(String, String)>,
        there: &HashMap<String, RemoteObject>,
    ) -> Result<(), UploadError> {
        let names: BTreeSet<&str> = hashes.iter().map(|(address, _)| address.as_str()).collect();
        let listed = |address: &str| {
            self.manifest.files.contains_key(address) || self.manifest.pending.contains_key(address)
        };
        let mut asked: Vec<(&str, &RemoteObject)> = Vec::new();
        let mut right = BTreeMap::new();
        for (address, hash) in &hashes {
            self.store.object(address)?;
            let Some(object) = there.get(address) else { continue };
            if !listed(address) {
                return Err(foreign(self.store, address));
            }
            match self.manifest.files.get(address).and_then(Option::as_ref) {
                Some(entry) if entry.hash == *hash && entry.fits(object) => {
                    right.insert(address.clone(), entry.as_remote(object));
                }
                _ => asked.push((address, object)),
            }
        }
        let listed = self.manifest.files.keys().chain(self.manifest.pending.keys());
        let left: BTreeSet<&str> = listed.map(String::as_str).filter(|name| !names.contains(name)).collect();
        asked.extend(left.iter().filter_map(|name| Some((*name, there.get(*name)?))));
        let mut owned = runtime.block_on(find_owned(self.store, &self.manifest, asked))?;
        let left = left.into_iter().filter(|name| there.contains_key(*name)).map(str::to_owned);
        for address in left.collect::<Vec<_>>() {
            match owned.remove(&address) {
                Some(entry) => drop(self.leftovers.insert(address, Entry { chapter: false, ..entry })),
                None => self.keep_foreign(address),
            }
        }
        self.unchanged = right;
        self.add_changes(hashes, there, owned)
    }

    /// Sorts objects that may differ into those that are up to date and those to be uploaded.
    fn add_changes(
        &mut self,
        hashes: Vec<(String, String)>,
        there: &HashMap<String, RemoteObject>,
        mut owned: BTreeMap<String, Entry>,
    ) -> Result<(), UploadError> {
        let mut changed = Vec::new();
        for (address, hash) in hashes {
            if self.unchanged.contains_key(&address) {
                continue;
            }
            let old = owned.remove(&address);
            match old {
                None if there.contains_key(&address) => changed.push(was_changed(self.store, &address)),
                Some(old) if old.hash == hash => drop(self.unchanged.insert(address, old)),
                old => {
                    let phase = phase(&address, old.is_none());
                    self.changes.push(Change { phase, address, hash, old });
                }
            }
        }
        for (address, entry) in &mut self.unchanged {
            entry.chapter = self.chapters.contains(address.as_str());
        }
        self.changes.sort_by(|a, b| (a.phase, &a.address).cmp(&(b.phase, &b.address)));
        if changed.is_empty() { Ok(()) } else { Err(UploadError::Diagnostics(changed)) }
    }

    /// Keeps an object that is listed but has content that somebody else wrote.
    fn keep_foreign(&mut self, address: String) {
        let message = message!("changed-output-left", place = self.store.named(&address));
        self.diagnostics.push(
            Diagnostic::new(&rule::CHANGED_OUTPUT, message)
                .help(message!("changed-output-left.help", manifest = MANIFEST)),
        );
        if let Some(entry) = self.manifest.files.get(&address).cloned().flatten() {
            self.foreign.insert(address, Entry { chapter: false, ..entry });
        }
    }

    /// Each URL path with the fingerprint of its content.
    fn fingerprints(&self, progress: &(dyn Fn(u64) + Sync)) -> Result<Vec<(String, String)>, UploadError> {
        let done = AtomicU64::new(0);
        let made: Vec<Option<Result<(String, String), UploadError>>> = self
            .site
            .addresses()
            .par_iter()
            .map(|address| {
                let body = self.body(address)?;
                let made =
                    body.and_then(|body| Ok(((*address).to_owned(), self.fingerprint(address, &body)?)));
                progress(done.fetch_add(1, Ordering::Relaxed) + 1);
                Some(made)
            })
            .collect();
        let mut hashes = Vec::with_capacity(made.len());
        let mut failed: Vec<Diagnostic> = Vec::new();
        for item in made.into_iter().flatten() {
            match item {
                Ok(item) => hashes.push(item),
                Err(UploadError::Diagnostics(diagnostics)) => failed.extend(diagnostics),
                Err(error) => return Err(error),
            }
        }
        if failed.is_empty() {
            return Ok(hashes);
        }
        failed.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
        failed.dedup();
        Err(UploadError::Diagnostics(failed))
    }

    /// The content of a URL path; `None` if the site has no such path.
    pub(super) fn body(&self, address: &str) -> Option<Result<Body, UploadError>> {
        Some(match self.site.render(address)? {
            Ok(Output::Bytes(bytes)) => Ok(Body::Bytes(bytes)),
            Ok(Output::File(name)) => Ok(Body::File(self.project.path_of(&name))),
            Err(diagnostic) => Err(UploadError::Diagnostics(vec![diagnostic])),
        })
    }

    fn fingerprint(&self, address: &str, body: &Body) -> Result<String, UploadError> {
        let mut hash = self.start_hash(address, matches!(body, Body::File(_)));
        match body {
            Body::Bytes(bytes) => hash.update(bytes),
            Body::File(path) => {
                let failed = |error: io::Error| UploadError::Disk(path.clone(), error);
                let mut file = fs::File::open(path).map_err(failed)?;
                let mut block = vec![0; BLOCK];
                loop {
                    match file.read(&mut block).map_err(failed)? {
                        0 => break,
                        read => hash.update(&block[..read]),
                    }
                }
            }
        }
        Ok(hash_text(&hash))
    }

    /// A hash that covers the headers so far.
    pub(super) fn start_hash(&self, address: &str, attachment: bool) -> Xxh3 {
        header_hash(address, attachment, self.options.precompress, self.is_private())
    }

    /// Whether not everyone may read what is published.
    fn is_private(&self) -> bool {
        let handbook = &self.site.handbook;
        handbook.withheld.groups.is_some() || handbook.config.is_restricted()
    }

    /// The headers that a store sends with an object.
    pub(super) fn attributes(&self, address: &str, attachment: bool) -> Attributes {
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, media_type(address).into());
        attributes.insert(Attribute::CacheControl, cache_control(address, self.is_private()).into());
        // A store sends no content security policy, so a browser must not open it as a document.
        // Images in pages are shown all the same.
        if attachment && is_active(address) {
            attributes.insert(Attribute::ContentDisposition, "attachment".into());
        }
        attributes
    }

    /// The compressed form of a text, if it is wanted and smaller.
    pub(super) fn compressed(&self, address: &str, bytes: &[u8]) -> Option<Vec<u8>> {
        let wanted = self.options.precompress && is_worthwhile(address, bytes.len() as u64);
        wanted.then(|| Encoding::Gzip.compress(bytes)).flatten()
    }

    /// The manifest while objects are uploaded: old and new names, the current objects, and those
    /// that are about to be written.
    pub(super) fn interim_manifest(&self) -> Manifest {
        let old =
            self.changes.iter().filter_map(|change| Some((change.address.clone(), change.old.clone()?)));
        let pending = self.changes.iter().map(|change| (change.address.clone(), change.hash.clone()));
        let left = self.leftovers.clone();
        self.list(old.chain(left).collect(), pending.collect())
    }

    /// The list that holds when these have been sent.
    pub(super) fn final_manifest(&self, sent: BTreeMap<String, Entry>) -> Manifest {
        self.list(sent, BTreeMap::new())
    }

    fn list(&self, more: BTreeMap<String, Entry>, pending: BTreeMap<String, String>) -> Manifest {
        let mut files = more;
        for (address, entry) in &mut files {
            entry.chapter = self.chapters.contains(address.as_str());
        }
        files.extend(self.foreign.clone());
        files.extend(self.unchanged.clone());
        self.manifest.with(&self.origin, files, pending)
    }

    pub(super) fn differences(self) -> Differences {
        let mut differences = Differences::default();
        let (added, changed): (Vec<_>, Vec<_>) =
            self.changes.into_iter().partition(|change| change.old.is_none());
        differences.added = added.into_iter().map(|change| change.address).collect();
        differences.changed = changed.into_iter().map(|change| change.address).collect();
        differences.added.sort_unstable();
        differences.changed.sort_unstable();
        differences.removed = self.leftovers.into_keys().collect();
        differences.unchanged = self.unchanged.len() as u64;
        differences.diagnostics = self.diagnostics;
        differences
    }
}

/// A fingerprint that covers the headers with which an object is stored.
pub(super) fn header_hash(address: &str, attachment: bool, precompress: bool, private: bool) -> Xxh3 {
    let mut hash = Xxh3::new();
    hash.update(cache_control(address, private).as_bytes());
    hash.update(b"\n");
    hash.update(media_type(address).as_bytes());
    hash.update(&[b'\n', u8::from(attachment), u8::from(precompress)]);
    hash
}

/// The end of a fingerprint that [`Plan::begin`] began.
pub(super) fn hash_text(hash: &Xxh3) -> String {
    format!("{:032x}", hash.digest128())
}

fn not_empty(store: &Store) -> UploadError {
    UploadError::Refused(message!("upload-holds-others", store = store.shown()))
}

fn foreign(store: &Store, address: &str) -> UploadError {
    UploadError::Refused(message!("upload-foreign", object = store.named(address)))
}

fn was_changed(store: &Store, address: &str) -> Diagnostic {
    Diagnostic::new(&rule::CHANGED_OUTPUT, message!("changed-output", place = store.named(address)))
        .help(message!("changed-output.help"))
}
