//! A cache that outlives the process: files in a folder of the user's.
//!
//! Values are spread over a fixed number of files by their key. A file ends with a list of
//! its keys, so a lookup reads that list once and then only the value. New values wait in
//! memory and are added when the cache is saved: the file is written anew beside the old
//! one and takes its place. If two processes do so at once, the values of one are lost,
//! which costs time and nothing else. A file that is full loses its oldest values.
//!
//! The folder and its files are the user's alone, since diagrams and formulas of chapters
//! that others may not see are in them. Each value has a checksum over itself and its key;
//! what fails it, or was written in another format, does not exist.

mod file;
mod place;

pub use place::{Place, Refusal};

use crate::cache::Store;
use file::CacheFile;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Files that the values are spread over.
const FILES: usize = 64;
/// Bytes of values that a file may hold. So a whole cache has at most 128 MB.
const FULL: usize = 2 << 20;
/// Bytes of new values of one file that wait in memory; then they are written.
const WAITING: usize = 256 << 10;

/// A cache in a folder.
#[derive(Debug)]
pub struct DiskCache {
    folder: PathBuf,
    /// Whether new values are written. Without, they are kept for as long as the process runs.
    writes: bool,
    /// Why a value could not be written: then no further one is.
    failed: OnceLock<io::ErrorKind>,
    parts: Vec<Mutex<Part>>,
}

/// The values of one file.
#[derive(Debug, Default)]
struct Part {
    /// The file, once it has been looked for; `None` inside where there is none.
    file: Option<Option<CacheFile>>,
    /// New values in the order in which they came.
    new: Vec<u128>,
    values: HashMap<u128, Vec<u8>>,
    waiting: usize,
}

impl DiskCache {
    /// A cache in this place. With `writes`, what is new is written when it is saved, or
    /// when much has come together. Nothing is touched before the first lookup.
    #[must_use]
    pub fn new(place: Place, writes: bool) -> Self {
        let parts = (0..FILES).map(|_| Mutex::default()).collect();
        Self { folder: place.folder, writes, failed: OnceLock::new(), parts }
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes what is new, as far as it is to be written.
    ///
    /// # Errors
    /// Where the folder cannot be made or written. What could not be written stays in
    /// memory.
    pub fn save(&self) -> io::Result<()> {
        for (number, part) in self.parts.iter().enumerate() {
            let mut part = part.lock().unwrap_or_else(PoisonError::into_inner);
            self.write(number, &mut part)?;
        }
        Ok(())
    }

    fn path(&self, number: usize) -> PathBuf {
        self.folder.join(format!("{number:02x}.cache"))
    }

    /// Writes what is new in a part, if anything is to be written.
    fn write(&self, number: usize, part: &mut Part) -> io::Result<()> {
        if !self.writes || part.new.is_empty() {
            return Ok(());
        }
        if let Some(kind) = self.failed.get() {
            return Err((*kind).into());
        }
        let new = part.new.iter().filter_map(|key| Some((*key, part.values.get(key)?.as_slice())));
        let new: Vec<_> = new.collect();
        let written = place::make(&self.folder).and_then(|()| file::add(&self.path(number), &new, FULL));
        match written {
            Ok(()) => *part = Part::default(),
            Err(ref error) => {
                let _ = self.failed.set(error.kind());
            }
        }
        written
    }
}

/// The number of the file that a key belongs to.
const fn number(key: u128) -> usize {
    (key >> 64) as usize % FILES
}

impl Store for DiskCache {
    fn get(&self, key: u128) -> Option<Vec<u8>> {
        let number = number(key);
        let mut part = self.parts.get(number)?.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(value) = part.values.get(&key) {
            return Some(value.clone());
        }
        let path = || self.path(number);
        part.file.get_or_insert_with(|| CacheFile::open(&path())).as_mut()?.get(key)
    }

    fn put(&self, key: u128, value: &[u8]) {
        let number = number(key);
        let Some(part) = self.parts.get(number) else { return };
        let mut part = part.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |part: &Part| part.waiting + value.len() > WAITING;
        if is_full(&part) {
            let _ = self.write(number, &mut part);
        }
        // Where nothing is written, what came first is all that is kept.
        if !is_full(&part) && part.values.insert(key, value.to_vec()).is_none() {
            part.waiting += value.len();
            part.new.push(key);
        }
    }

    fn is_kept(&self) -> bool {
        self.writes
    }
}
