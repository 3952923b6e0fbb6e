//! A file of a cache: values, one behind the other, and at the end a list of their keys.
//!
//! ```text
//! values
//! list: for each value its key (16 bytes), start (4), length (4) and checksum (8)
//! number of values (4), checksum of the list (8), mark of the format (8)
//! ```
//!
//! Numbers are little-endian. The oldest values come first.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

/// The last bytes of every file; another format has others.
const MARK: [u8; 8] = *b"hbcache1";
const ENTRY: usize = 32;
const END: usize = 20;
/// A file that is larger was not written here, and is not read.
const MAX_FILE: u64 = 64 << 20;

/// A file that is open for reading.
#[derive(Debug)]
pub(super) struct CacheFile {
    file: File,
    length: u64,
    entries: HashMap<u128, Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    start: u32,
    length: u32,
    check: u64,
}

impl CacheFile {
    /// Opens a file; `None` where there is none or it is not in order.
    pub(super) fn open(path: &Path) -> Option<Self> {
        let mut file = open_plain(path)?;
        let length = file.metadata().ok()?.len();
        let entries = list(&mut file)?.into_iter().collect();
        Some(Self { file, length, entries })
    }

    /// The value of a key, if the file has it and it is what was written.
    pub(super) fn get(&mut self, key: u128) -> Option<Vec<u8>> {
        let entry = *self.entries.get(&key)?;
        value(&mut self.file, self.length, key, entry)
    }
}

/// Opens a plain file of a length that a cache may have. To open a pipe would wait for
/// somebody to write into it.
fn open_plain(path: &Path) -> Option<File> {
    let is_fit = |data: &fs::Metadata| data.is_file() && data.len() <= MAX_FILE;
    fs::symlink_metadata(path).ok().filter(is_fit)?;
    File::open(path).ok().filter(|file| file.metadata().is_ok_and(|data| is_fit(&data)))
}

/// The keys of a file with their entries, in order.
fn list(file: &mut File) -> Option<Vec<(u128, Entry)>> {
    let length = file.metadata().ok()?.len();
    let mut end = [0; END];
    file.seek(SeekFrom::Start(length.checked_sub(END as u64)?)).ok()?;
    file.read_exact(&mut end).ok()?;
    let (count, rest) = end.split_first_chunk::<4>()?;
    let (check, mark) = rest.split_first_chunk::<8>()?;
    let bytes = u64::from(u32::from_le_bytes(*count)) * ENTRY as u64;
    let start = length.checked_sub(END as u64)?.checked_sub(bytes).filter(|_| mark == MARK)?;
    let mut list = vec![0; usize::try_from(bytes).ok()?];
    file.seek(SeekFrom::Start(start)).ok()?;
    file.read_exact(&mut list).ok()?;
    if xxh3_64(&list) != u64::from_le_bytes(*check) {
        return None;
    }
    list.chunks_exact(ENTRY).map(entry).collect()
}

fn entry(bytes: &[u8]) -> Option<(u128, Entry)> {
    let (key, rest) = bytes.split_first_chunk::<16>()?;
    let (start, rest) = rest.split_first_chunk::<4>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let (check, _) = rest.split_first_chunk::<8>()?;
    let number = u32::from_le_bytes;
    let entry = Entry { start: number(*start), length: number(*length), check: u64::from_le_bytes(*check) };
    Some((u128::from_le_bytes(*key), entry))
}

fn value(file: &mut File, length: u64, key: u128, entry: Entry) -> Option<Vec<u8>> {
    if u64::from(entry.start) + u64::from(entry.length) > length {
        return None;
    }
    let mut value = vec![0; entry.length as usize];
    file.seek(SeekFrom::Start(u64::from(entry.start))).ok()?;
    file.read_exact(&mut value).ok()?;
    (check(key, &value) == entry.check).then_some(value)
}

/// The checksum of a value under its key: moved to another key it fails.
fn check(key: u128, value: &[u8]) -> u64 {
    let mut hasher = Xxh3Default::new();
    hasher.update(&key.to_le_bytes());
    hasher.update(value);
    hasher.digest()
}

/// Writes a file anew with further values; the oldest go where it would hold more than
/// `full` bytes of them.
pub(super) fn add(path: &Path, new: &[(u128, &[u8])], full: usize) -> io::Result<()> {
    let mut values: Vec<(u128, Vec<u8>)> = Vec::new();
    if let Some(mut file) = open_plain(path) {
        let length = file.metadata()?.len();
        let keys: HashSet<u128> = new.iter().map(|(key, _)| *key).collect();
        let old = list(&mut file).unwrap_or_default().into_iter().filter(|(key, _)| !keys.contains(key));
        values.extend(old.filter_map(|(key, entry)| Some((key, value(&mut file, length, key, entry)?))));
    }
    values.extend(new.iter().map(|(key, value)| (*key, value.to_vec())));
    let mut total: usize = values.iter().map(|(_, value)| value.len() + ENTRY).sum();
    let gone = values.iter().take_while(|(_, value)| {
        let is_too_much = total > full;
        total -= value.len() + ENTRY;
        is_too_much
    });
    let gone = gone.count();
    let contents = contents(values.get(gone..).unwrap_or_default());
    let beside = beside(path);
    let written = create(&beside).and_then(|mut file| file.write_all(&contents));
    let placed = written.and_then(|()| fs::rename(&beside, path));
    if placed.is_err() {
        let _ = fs::remove_file(&beside);
    }
    placed
}

fn contents(values: &[(u128, Vec<u8>)]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (key, value) in values {
        list.extend(key.to_le_bytes());
        list.extend((bytes.len() as u32).to_le_bytes());
        list.extend((value.len() as u32).to_le_bytes());
        list.extend(check(*key, value).to_le_bytes());
        bytes.extend(value);
    }
    let check = xxh3_64(&list);
    bytes.extend(&list);
    bytes.extend((values.len() as u32).to_le_bytes());
    bytes.extend(check.to_le_bytes());
    bytes.extend(MARK);
    bytes
}

/// A name that no other process or thread uses.
fn beside(path: &Path) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    path.with_extension(format!("new-{}-{count}", std::process::id()))
}

/// Makes a file that nobody else can read.
fn create(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &Path, key: u128) -> Option<Vec<u8>> {
        CacheFile::open(path)?.get(key)
    }

    #[test]
    fn values_are_added_and_the_oldest_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("00.cache");
        add(&path, &[(1, b"one"), (2, b"")], 1_000).unwrap();
        add(&path, &[(3, b"three"), (1, b"uno")], 1_000).unwrap();
        assert_eq!(read(&path, 1).as_deref(), Some(&b"uno"[..]));
        assert_eq!(read(&path, 2).as_deref(), Some(&b""[..]));
        assert_eq!(read(&path, 3).as_deref(), Some(&b"three"[..]));
        add(&path, &[(4, &[0; 100])], 200).unwrap();
        assert_eq!((read(&path, 2), read(&path, 3)), (None, None));
        assert!(read(&path, 1).is_some() && read(&path, 4).is_some());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn whatever_is_damaged_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("00.cache");
        add(&path, &[(1, b"one"), (2, b"two")], 1_000).unwrap();
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x20;
            fs::write(&path, &bytes).unwrap();
            let found = [1, 2].map(|key| read(&path, key));
            assert!(found[0].as_deref().is_none_or(|value| value == b"one"), "{at}");
            assert!(found[1].as_deref().is_none_or(|value| value == b"two"), "{at}");
            assert!(found.contains(&None), "a change at {at} went unseen");
            fs::write(&path, &whole[..at]).unwrap();
            assert_eq!(read(&path, 1), None, "cut at {at}");
        }
        // It is written anew.
        add(&path, &[(1, b"one")], 1_000).unwrap();
        assert_eq!(read(&path, 1).as_deref(), Some(&b"one"[..]));
    }
}
