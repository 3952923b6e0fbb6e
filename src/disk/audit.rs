//! The bundle for an auditor: one zip, with a manifest that says what it was made from.
//!
//! Equal files give equal bytes: entries are sorted, and all have one date. What is read is
//! believed in nothing: how much is read is bounded, names must stay inside, none may come
//! twice, and each entry must be what the manifest says.

use crate::chapter::version::sha256;
use crate::import::archive::{Archive, ArchiveFault, Limits};
use crate::locale::Message;
use crate::message;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// The files of a bundle by path.
pub type Files = BTreeMap<String, Vec<u8>>;

const MANIFEST: &str = "manifest.json";
/// What the manifest of a bundle says that it is.
const FORMAT: &str = "handbook-audit-1";
/// Bytes that a bundle may have at most to be read.
const MAX_BUNDLE: u64 = 256 << 20;
const LIMITS: Limits = Limits { entries: 60_000, entry: 128 << 20, total: 1 << 30 };

/// What a bundle says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Manifest {
    format: String,
    /// The program that made it, with its version.
    pub program: String,
    /// Title of the handbook.
    pub title: String,
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// The audience that it is for; empty for all chapters.
    pub audience: String,
    /// The commit that it was made from; empty where there is no repository.
    pub commit: String,
    /// SHA-256 of each file.
    files: BTreeMap<String, String>,
}

impl Manifest {
    /// The manifest of a bundle that this program makes.
    #[must_use]
    pub fn new(title: &str, date: jiff::civil::Date, audience: Option<&str>, commit: &str) -> Self {
        Self {
            format: FORMAT.to_owned(),
            program: program(),
            title: title.to_owned(),
            date: date.to_string(),
            audience: audience.unwrap_or_default().to_owned(),
            commit: commit.to_owned(),
            files: BTreeMap::new(),
        }
    }

    /// Whether this very version of the program made it.
    #[must_use]
    pub fn is_of_this_program(&self) -> bool {
        self.program == program()
    }
}

/// This program and its version.
#[must_use]
pub fn program() -> String {
    format!("handbook {}", env!("CARGO_PKG_VERSION"))
}

/// The bytes of a bundle.
///
/// # Errors
/// A message where the archive cannot be made.
pub fn pack(mut manifest: Manifest, files: &Files) -> Result<Vec<u8>, Message> {
    manifest.files = files.iter().map(|(path, bytes)| (path.clone(), sha256(bytes))).collect();
    let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    text.push('\n');
    let own = (MANIFEST, text.as_bytes());
    let all = std::iter::once(own).chain(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    let failed = |reason: String| message!("audit-not-made", reason = reason);
    let mut zip = rawzip::ZipArchiveWriter::new(Vec::new());
    for (path, bytes) in all {
        add(&mut zip, path, bytes).map_err(|error| failed(error.to_string()))?;
    }
    zip.finish().map_err(|error| failed(error.to_string()))
}

fn add(zip: &mut rawzip::ZipArchiveWriter<Vec<u8>>, path: &str, bytes: &[u8]) -> io::Result<()> {
    let other = |error: rawzip::Error| io::Error::other(error.to_string());
    let mut entry = zip.new_file(path).compression_method(rawzip::CompressionMethod::DEFLATE);
    // Zip knows no earlier day.
    if let Some(day) = rawzip::time::UtcDateTime::from_components(1980, 1, 1, 0, 0, 0, 0) {
        entry = entry.last_modified(day);
    }
    let (mut entry, config) = entry.start().map_err(other)?;
    let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::new(6));
    let mut writer = config.wrap(encoder);
    writer.write_all(bytes)?;
    let (encoder, descriptor) = writer.finish().map_err(other)?;
    encoder.finish()?;
    entry.finish(descriptor).map_err(other)?;
    Ok(())
}

/// A bundle that was read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Bundle {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its files but the manifest.
    pub files: Files,
    /// Files that are not what the manifest says, that it does not name, or that are not there.
    pub damaged: Vec<String>,
}

/// Reads a bundle.
///
/// # Errors
/// A message where it cannot be read, is no bundle of ours, or is made to do harm.
pub fn read(path: &Path) -> Result<Bundle, Message> {
    let failed = |error: io::Error| message!("disk-failed", path = path, reason = &error);
    let data = fs::metadata(path).map_err(failed)?;
    if !data.is_file() {
        return Err(message!("audit-no-bundle", path = path));
    }
    if data.len() > MAX_BUNDLE {
        return Err(message!("audit-too-large", path = path));
    }
    unpack(&fs::read(path).map_err(failed)?, path)
}

fn unpack(bytes: &[u8], path: &Path) -> Result<Bundle, Message> {
    let fault = |fault: ArchiveFault| match fault {
        ArchiveFault::TooLarge => message!("audit-too-large", path = path),
        _ => message!("audit-no-bundle", path = path),
    };
    let archive = Archive::open(bytes, LIMITS).map_err(fault)?;
    if let Some(name) = archive.outside().iter().chain(archive.repeated()).next() {
        return Err(message!("audit-hostile", path = path, name = name));
    }
    let mut files = Files::new();
    for name in archive.names() {
        let bytes = archive.read(name).unwrap_or(Err(ArchiveFault::Damaged)).map_err(fault)?;
        files.insert(name.to_owned(), bytes);
    }
    let manifest = files.remove(MANIFEST).and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
    let Some(manifest) = manifest.filter(|manifest| manifest.format == FORMAT) else {
        return Err(message!("audit-no-bundle", path = path));
    };
    let is_whole =
        |path: &String| files.get(path).map(|bytes| sha256(bytes)).as_ref() == manifest.files.get(path);
    let names: std::collections::BTreeSet<&String> = files.keys().chain(manifest.files.keys()).collect();
    let damaged = names.into_iter().filter(|path| !is_whole(path)).cloned().collect();
    Ok(Bundle { manifest, files, damaged })
}

/// What became of a file that was to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is new, or replaces a bundle.
    New,
    /// It was there already, byte for byte.
    Same,
}

/// Writes a bundle. What is there stays, but for an earlier bundle where `replace` allows it.
///
/// # Errors
/// A message where something else is there, or the disk fails.
pub fn write(path: &Path, bytes: &[u8], replace: bool) -> Result<Written, Message> {
    let failed = |error: io::Error| message!("disk-failed", path = path, reason = &error);
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            create(path, bytes).map_err(failed)?;
            return Ok(Written::New);
        }
        Err(error) => return Err(failed(error)),
        Ok(data) if !data.is_file() => return Err(message!("audit-in-the-way", path = path)),
        Ok(data) => {
            if data.len() == bytes.len() as u64 && fs::read(path).map_err(failed)? == bytes {
                return Ok(Written::Same);
            }
        }
    }
    if read(path).is_err() {
        return Err(message!("audit-in-the-way", path = path));
    }
    if !replace {
        return Err(message!("audit-exists", path = path));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let waiting = path.with_file_name(format!(".{name}.{}", std::process::id()));
    create(&waiting, bytes).map_err(failed)?;
    fs::rename(&waiting, path).map_err(|error| {
        let _ = fs::remove_file(&waiting);
        failed(error)
    })?;
    Ok(Written::New)
}

/// Writes a file that is not there yet; if that fails, none is left.
fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let done = file.write_all(bytes).and_then(|()| file.sync_all());
    if done.is_err() {
        let _ = fs::remove_file(path);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle() -> (Manifest, Files) {
        let manifest = Manifest::new("手册", "2026-11-28".parse().unwrap(), None, "abc");
        let files = [("texts/休假.md", "甲"), ("register.csv", "乙")];
        (manifest, files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into())
    }

    #[test]
    fn a_bundle_is_read_as_it_was_packed_and_equal_files_give_equal_bytes() {
        let (manifest, files) = bundle();
        let bytes = pack(manifest.clone(), &files).unwrap();
        assert_eq!(bytes, pack(manifest, &files).unwrap());
        let read = unpack(&bytes, Path::new("x.zip")).unwrap();
        assert_eq!((read.files, read.manifest.commit.as_str()), (files, "abc"));
        assert!(read.damaged.is_empty() && read.manifest.is_of_this_program());
    }

    /// An archive of these entries, whatever their names.
    fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = rawzip::ZipArchiveWriter::new(Vec::new());
        for (name, bytes) in entries {
            let entry = zip.new_file(rawzip::path::EntryPath::verbatim(name.as_bytes()));
            let (mut entry, config) =
                entry.compression_method(rawzip::CompressionMethod::DEFLATE).start().unwrap();
            let mut writer =
                config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::best()));
            writer.write_all(bytes).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            entry.finish(descriptor).unwrap();
        }
        zip.finish().unwrap()
    }

    #[test]
    fn what_is_made_to_do_harm_is_refused() {
        let (manifest, files) = bundle();
        let mut whole = manifest;
        whole.files = files.iter().map(|(path, bytes)| (path.clone(), sha256(bytes))).collect();
        let manifest = serde_json::to_vec(&whole).unwrap();
        let own = (MANIFEST, manifest.as_slice());
        let zeros = vec![0; 129 << 20];
        for entries in [
            vec![own, ("../x", b"x".as_slice())],
            vec![own, ("/etc/x", b"x")],
            vec![own, ("a", b"x"), ("a", b"y")],
            vec![own, own],
            vec![own, ("bomb", &zeros)],
            vec![("a", b"x".as_slice())],
            vec![(MANIFEST, b"{}".as_slice())],
        ] {
            let bytes = archive(&entries);
            assert!(unpack(&bytes, Path::new("x.zip")).is_err(), "{:?}", entries.last().map(|entry| entry.0));
        }
        assert!(unpack(b"PK no archive", Path::new("x.zip")).is_err());
        // What is not whole is told by name.
        let read = unpack(&archive(&[own, ("register.csv", b"forged"), ("more", b"x")]), Path::new("x.zip"));
        assert_eq!(read.unwrap().damaged, ["more", "register.csv", "texts/休假.md"]);
    }
}
