//! What files hold: fingerprints, comparisons, copies.
//!
//! A link is never followed here: what it leads to is not the site's.

use std::fs;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// Bytes that are read of a file at a time.
const BLOCK: usize = 1 << 16;

/// The fingerprint of some bytes; manifests write it in 32 hexadecimal digits.
pub(super) fn hash(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}

/// The fingerprint of a file; `None` where no plain file stands there.
pub(super) fn hash_file(path: &Path) -> io::Result<Option<u128>> {
    match plain_size(path)? {
        Some(_) => copy(path, &mut io::sink()).map(Some),
        None => Ok(None),
    }
}

/// Copies a file's contents and gives their fingerprint.
pub(super) fn copy(source: &Path, target: &mut dyn Write) -> io::Result<u128> {
    let mut file = fs::File::open(source)?;
    let mut hash = Xxh3::new();
    let mut block = vec![0; BLOCK];
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            return Ok(hash.digest128());
        }
        hash.update(&block[..read]);
        target.write_all(&block[..read])?;
    }
}

/// The length of a plain file; `None` for a link, a folder or a device.
fn plain_size(path: &Path) -> io::Result<Option<u64>> {
    let data = fs::symlink_metadata(path)?;
    Ok(data.is_file().then_some(data.len()))
}

/// What a plain file of at most `limit` bytes holds.
pub(super) fn read_plain(path: &Path, limit: u64) -> Option<Vec<u8>> {
    plain_size(path).ok().flatten().filter(|size| *size <= limit)?;
    fs::read(path).ok()
}

/// Whether a plain file holds these bytes.
pub(super) fn same_bytes(path: &Path, bytes: &[u8]) -> bool {
    plain_size(path).is_ok_and(|size| size == Some(bytes.len() as u64))
        && fs::read(path).is_ok_and(|there| there == bytes)
}

/// The fingerprint of both files, where they hold the same.
pub(super) fn same_file(source: &Path, target: &Path) -> Option<u128> {
    let size = fs::metadata(source).ok().filter(fs::Metadata::is_file)?.len();
    plain_size(target).ok().flatten().filter(|there| *there == size)?;
    equal_contents(source, target).ok().flatten()
}

fn equal_contents(a: &Path, b: &Path) -> io::Result<Option<u128>> {
    let mut hash = Xxh3::new();
    let mut a = io::BufReader::with_capacity(BLOCK, fs::File::open(a)?);
    let mut b = io::BufReader::with_capacity(BLOCK, fs::File::open(b)?);
    loop {
        let (left, right) = (a.fill_buf()?, b.fill_buf()?);
        let length = left.len().min(right.len());
        if length == 0 {
            let same = left.len() == right.len();
            return Ok(same.then(|| hash.digest128()));
        }
        if left[..length] != right[..length] {
            return Ok(None);
        }
        hash.update(&left[..length]);
        a.consume(length);
        b.consume(length);
    }
}
