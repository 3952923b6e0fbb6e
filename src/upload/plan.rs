//! What differs between a site and what a store holds; nothing is written here.
//!
//! Each page is rendered for its fingerprint and dropped, so memory does not
//! grow with the site. What differs is rendered again when it is sent: the same
//! bytes come out.

use super::Options;
use super::answers::list;
use super::manifest::{Entry, Manifest};
use super::refusal::UploadError;
use super::store::Store;
use crate::compress::{Encoding, is_worthwhile};
use crate::diagnostic::Diagnostic;
use crate::disk::Project;
use crate::disk::publish::Differences;
use crate::disk::publish::order::{Turn, turn};
use crate::host::{cache_control, is_active, media_type};
use crate::site::{Output, Site};
use object_store::{Attribute, Attributes};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::runtime::Runtime;
use xxhash_rust::xxh3::Xxh3;

/// Bytes that are read of a file at a time.
const BLOCK: usize = 1 << 16;

/// An object that is to be sent.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) address: String,
    pub(super) turn: Turn,
    /// Whether nothing stands at its address yet.
    new: bool,
}

/// What differs, and all that is needed to send it.
pub(super) struct Plan<'a> {
    pub(super) site: &'a Site,
    pub(super) project: &'a Project,
    pub(super) store: &'a Store,
    pub(super) options: Options,
    pub(super) manifest: Manifest,
    /// Sorted by turn and address.
    pub(super) changes: Vec<Change>,
    /// What is listed and no part of the site.
    pub(super) leftovers: Vec<String>,
    /// What is right as it stands.
    pub(super) unchanged: BTreeMap<String, Entry>,
}

/// What stands at an address of the site.
pub(super) enum Body {
    Bytes(Vec<u8>),
    File(PathBuf),
}

impl<'a> Plan<'a> {
    pub(super) fn make(
        runtime: &Runtime,
        site: &'a Site,
        project: &'a Project,
        store: &'a Store,
        options: Options,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Self, UploadError> {
        let manifest = runtime.block_on(Manifest::read(store))?;
        let there = runtime.block_on(list(store))?;
        let manifest = match manifest {
            Some(manifest) => manifest,
            None if there.is_empty() => Manifest::default(),
            None => return Err(holds_others(store)),
        };
        let mut plan = Self {
            site,
            project,
            store,
            options,
            manifest,
            changes: Vec::new(),
            leftovers: Vec::new(),
            unchanged: BTreeMap::new(),
        };
        let hashes = plan.fingerprints(progress)?;
        plan.sort_out(hashes, &there)?;
        Ok(plan)
    }

    fn sort_out(
        &mut self,
        hashes: Vec<(String, String)>,
        there: &HashMap<String, u64>,
    ) -> Result<(), UploadError> {
        let names: BTreeSet<&str> = hashes.iter().map(|(address, _)| address.as_str()).collect();
        let left = self.manifest.files.keys().filter(|name| !names.contains(name.as_str()));
        self.leftovers = left.cloned().collect();
        for (address, hash) in hashes {
            self.store.object(&address)?;
            let size = there.get(&address);
            let known = self.manifest.files.get(&address);
            if size.is_some() && known.is_none() {
                return Err(foreign(self.store, &address));
            }
            match known {
                Some(Some(entry)) if entry.hash == hash && size == Some(&entry.size) => {
                    self.unchanged.insert(address, entry.clone());
                }
                _ => {
                    let new = size.is_none();
                    self.changes.push(Change { turn: turn(&address, new), address, new });
                }
            }
        }
        self.changes.sort_by(|a, b| (a.turn, &a.address).cmp(&(b.turn, &b.address)));
        Ok(())
    }

    /// Each address with the fingerprint of what stands there.
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
        for one in made.into_iter().flatten() {
            match one {
                Ok(one) => hashes.push(one),
                Err(UploadError::Theme(found)) => failed.extend(found),
                Err(error) => return Err(error),
            }
        }
        if failed.is_empty() {
            return Ok(hashes);
        }
        failed.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
        failed.dedup();
        Err(UploadError::Theme(failed))
    }

    /// `None` where nothing stands at an address.
    pub(super) fn body(&self, address: &str) -> Option<Result<Body, UploadError>> {
        Some(match self.site.render(address)? {
            Ok(Output::Bytes(bytes)) => Ok(Body::Bytes(bytes)),
            Ok(Output::File(name)) => Ok(Body::File(self.project.content.join(&*name))),
            Err(found) => Err(UploadError::Theme(vec![found])),
        })
    }

    fn fingerprint(&self, address: &str, body: &Body) -> Result<String, UploadError> {
        let mut hash = self.begin(address, matches!(body, Body::File(_)));
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
        Ok(ended(&hash))
    }

    /// A fingerprint that covers the headers so far.
    pub(super) fn begin(&self, address: &str, attachment: bool) -> Xxh3 {
        let mut hash = Xxh3::new();
        hash.update(cache_control(address, self.is_private()).as_bytes());
        hash.update(b"\n");
        hash.update(media_type(address).as_bytes());
        hash.update(&[b'\n', u8::from(attachment), u8::from(self.options.precompress)]);
        hash
    }

    /// Whether not everyone may read what is published.
    fn is_private(&self) -> bool {
        let handbook = &self.site.handbook;
        handbook.withheld.groups.is_some() || handbook.config.is_restricted()
    }

    /// What a store says of an object, besides its bytes.
    pub(super) fn attributes(&self, address: &str, attachment: bool) -> Attributes {
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, media_type(address).into());
        attributes.insert(Attribute::CacheControl, cache_control(address, self.is_private()).into());
        // A store sends no policy with it, so a browser must not open it as a
        // document. Pictures in pages are shown all the same.
        if attachment && is_active(address) {
            attributes.insert(Attribute::ContentDisposition, "attachment".into());
        }
        attributes
    }

    /// The compressed form of a text, where one is wanted and smaller.
    pub(super) fn packed(&self, address: &str, bytes: &[u8]) -> Option<Vec<u8>> {
        let wanted = self.options.precompress && is_worthwhile(address, bytes.len() as u64);
        wanted.then(|| Encoding::Gzip.compress(bytes)).flatten()
    }

    /// The list that holds while the plan is carried out: old and new names
    /// together, and nothing claimed of what is about to change.
    pub(super) fn during(&self) -> Manifest {
        let unchanged = self.unchanged.iter().map(|(address, entry)| (address.clone(), Some(entry.clone())));
        let changes = self.changes.iter().map(|change| (change.address.clone(), None));
        let left = self.leftovers.iter().map(|address| (address.clone(), None));
        self.manifest.with(unchanged.chain(changes).chain(left).collect())
    }

    pub(super) fn differences(self) -> Differences {
        let mut found = Differences::default();
        let (added, changed): (Vec<_>, Vec<_>) = self.changes.into_iter().partition(|change| change.new);
        found.added = added.into_iter().map(|change| change.address).collect();
        found.changed = changed.into_iter().map(|change| change.address).collect();
        found.added.sort_unstable();
        found.changed.sort_unstable();
        found.removed = self.leftovers;
        found.unchanged = self.unchanged.len() as u64;
        found
    }
}

/// The end of a fingerprint that [`Plan::begin`] began.
pub(super) fn ended(hash: &Xxh3) -> String {
    format!("{:032x}", hash.digest128())
}

fn holds_others(store: &Store) -> UploadError {
    UploadError::Refused(format!(
        "{} holds objects that handbook did not put there, so nothing was touched\n  \
         choose an empty prefix, e.g. {}/handbook",
        store.shown(),
        store.shown()
    ))
}

fn foreign(store: &Store, address: &str) -> UploadError {
    UploadError::Refused(format!(
        "{}/{address} was not put there by handbook and would be overwritten; nothing was touched\n  \
         move it away, or choose another prefix",
        store.shown()
    ))
}
