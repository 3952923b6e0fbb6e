//! Zip archives, read with nothing believed that they say of themselves.
//!
//! Word files are archives, and so are folders that people send. What an entry holds
//! is counted while it is read, since the sizes that an archive states may lie; names
//! that lead out of the archive are no names. rawzip finds the entries, flate2 reads
//! them: neither writes to a disk, and no other compression is brought along.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::atomic::{AtomicU64, Ordering};

/// Why an archive, or an entry of it, cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ArchiveFault {
    /// It is no archive, or not whole.
    Damaged,
    /// It, or an entry, can be read only with a password.
    Encrypted,
    /// It holds more than the limits allow.
    TooLarge,
}

impl ArchiveFault {
    /// Its name as messages choose by it.
    #[cfg(feature = "word")]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::Encrypted => "encrypted",
            Self::TooLarge => "too-large",
        }
    }
}

/// How much is read at most.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Entries in an archive.
    pub(crate) entries: usize,
    /// Bytes of one entry.
    pub(crate) entry: u64,
    /// Bytes of all entries together.
    pub(crate) total: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entries: 20_000, entry: 128 << 20, total: 512 << 20 }
    }
}

/// An archive in memory.
#[derive(Debug)]
pub(crate) struct Archive<'a> {
    zip: rawzip::ZipSliceArchive<&'a [u8]>,
    entries: BTreeMap<String, Entry>,
    /// Names that lead out of the archive, as far as they can be shown.
    outside: Vec<String>,
    /// Names that come twice.
    repeated: Vec<String>,
    limits: Limits,
    /// Bytes that may still be read.
    left: AtomicU64,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    place: rawzip::ZipArchiveEntryWayfinder,
    method: rawzip::CompressionMethod,
    encrypted: bool,
}

impl<'a> Archive<'a> {
    /// Reads the list of entries.
    ///
    /// # Errors
    ///
    /// If the bytes are no archive, or list more entries than allowed.
    pub(crate) fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, ArchiveFault> {
        let zip = rawzip::ZipArchive::from_slice(bytes).map_err(|_| ArchiveFault::Damaged)?;
        let is_gbk = has_gbk(&zip, limits.entries)?;
        let (mut entries, mut outside, mut repeated) = (BTreeMap::new(), Vec::new(), Vec::new());
        let mut list = zip.entries();
        let mut count = 0;
        while let Some(found) = list.next_entry().map_err(|_| ArchiveFault::Damaged)? {
            count += 1;
            if count > limits.entries {
                return Err(ArchiveFault::TooLarge);
            }
            if found.is_dir() {
                continue;
            }
            let name = decode(found.file_path().as_ref(), is_gbk);
            let entry = Entry {
                place: found.wayfinder(),
                method: found.compression_method(),
                encrypted: found.flags().is_encrypted(),
            };
            match inside(&name) {
                // Of two entries with one name the first counts.
                Some(name) if entries.contains_key(&name) => repeated.push(name),
                Some(name) => drop(entries.insert(name, entry)),
                None => outside.push(name),
            }
        }
        Ok(Self { zip, entries, outside, repeated, limits, left: AtomicU64::new(limits.total) })
    }

    /// The names of its entries, sorted, with `/` between folders.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Names that lead out of it: `../x`, `/x`, `C:\x`. They are never read.
    pub(crate) fn outside(&self) -> &[String] {
        &self.outside
    }

    /// Names that come twice, of which the first entry counts.
    pub(crate) fn repeated(&self) -> &[String] {
        &self.repeated
    }

    /// The bytes of an entry; none where it has no such entry.
    pub(crate) fn read(&self, name: &str) -> Option<Result<Vec<u8>, ArchiveFault>> {
        self.entries.get(name).map(|entry| self.bytes(*entry))
    }

    fn bytes(&self, entry: Entry) -> Result<Vec<u8>, ArchiveFault> {
        if entry.encrypted {
            return Err(ArchiveFault::Encrypted);
        }
        let found = self.zip.get_entry(entry.place).map_err(|_| ArchiveFault::Damaged)?;
        let limit = self.limits.entry.min(self.left.load(Ordering::Relaxed));
        let mut bytes = Vec::new();
        let read = match entry.method {
            rawzip::CompressionMethod::STORE => found.data().take(limit + 1).read_to_end(&mut bytes),
            rawzip::CompressionMethod::DEFLATE => {
                let inflated = flate2::bufread::DeflateDecoder::new(found.data());
                inflated.take(limit + 1).read_to_end(&mut bytes)
            }
            _ => return Err(ArchiveFault::Damaged),
        };
        let length = bytes.len() as u64;
        if length > limit {
            return Err(ArchiveFault::TooLarge);
        }
        read.map_err(|_| ArchiveFault::Damaged)?;
        let _ = self.left.fetch_sub(length, Ordering::Relaxed);
        Ok(bytes)
    }
}

/// Whether a name of the archive is none in UTF-8.
fn has_gbk(zip: &rawzip::ZipSliceArchive<&[u8]>, most: usize) -> Result<bool, ArchiveFault> {
    let mut list = zip.entries();
    for _ in 0..most {
        match list.next_entry().map_err(|_| ArchiveFault::Damaged)? {
            Some(found) if std::str::from_utf8(found.file_path().as_ref()).is_err() => return Ok(true),
            Some(_) => {}
            None => break,
        }
    }
    Ok(false)
}

/// A name in UTF-8, or in GBK as Chinese Windows writes it. Some names in GBK look like Greek
/// or Arabic ones in UTF-8; where others are in GBK (`is_gbk`), they are too.
pub(crate) fn decode(name: &[u8], is_gbk: bool) -> String {
    let is_sure = |name: &&str| !is_gbk || name.chars().all(|c| c.is_ascii() || c >= '\u{800}');
    match std::str::from_utf8(name).ok().filter(is_sure) {
        Some(name) => name.to_owned(),
        None => encoding_rs::GB18030.decode_without_bom_handling(name).0.into_owned(),
    }
}

/// Bytes of a name: no disk holds a longer path, and a name of a hundred thousand folders
/// would cost work in each of them.
const LONGEST_NAME: usize = 4_096;

/// A name with `/` between its parts, unless it leads out of the archive.
fn inside(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    let is_drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with('/') || is_drive || name.contains('\0') || name.len() > LONGEST_NAME {
        return None;
    }
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    (!parts.is_empty() && !parts.contains(&"..")).then(|| parts.join("/"))
}
