//! Reading the files of a book: a folder, a document, or a zip of either.
//!
//! Links are not followed, devices and pipes not opened, and what is too large is left out
//! and told. Names on the disk may be GBK, as old archives of Windows leave them.

use super::text;
use crate::disk::{MAX_CHAPTER, MAX_DEPTH};
use crate::import::{SourceFile, SourceTree};
use crate::locale::Message;
use crate::message;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use walkdir::WalkDir;

/// Bytes that a file of settings, or an included text, may have at most.
const MAX_TEXT: u64 = 8 * 1024 * 1024;
/// Bytes that a document with its pictures may have at most.
const MAX_DOCUMENT: u64 = 128 * 1024 * 1024;
/// Bytes of all texts together.
const MAX_TEXTS: u64 = 2 * 1024 * 1024 * 1024;
/// Bytes that a file that is copied may have at most.
pub(super) const MAX_ASSET: u64 = 1024 * 1024 * 1024;
/// Files that a book may have at most.
pub(super) const MAX_FILES: usize = 500_000;

/// Folders in which tools keep what they make or fetch.
const SKIPPED: [&str; 12] = [
    "node_modules",
    "_site",
    "_book",
    "target",
    "vendor",
    "__pycache__",
    "bower_components",
    ".git",
    ".cache",
    ".docusaurus",
    ".venv",
    "venv",
];

/// Hidden folders and files of tools that are read.
const HIDDEN: [&str; 19] = [
    ".bookignore",
    ".eleventyignore",
    ".gitignore",
    ".gitbook",
    ".gitbook.yaml",
    ".gitbook.yml",
    ".vitepress",
    ".vuepress",
    ".obsidian",
    ".pages",
    ".nav.yml",
    ".nav.yaml",
    ".eleventy.js",
    ".authors.yml",
    ".meta.yml",
    ".attachments",
    ".assets",
    ".images",
    ".order",
];

/// Endings of files that are read as texts.
const TEXTS: [&str; 36] = [
    "bookignore",
    "eleventyignore",
    "gitignore",
    "md",
    "mdx",
    "markdown",
    "erb",
    "tmpl",
    "txt",
    "yml",
    "yaml",
    "toml",
    "json",
    "js",
    "mjs",
    "cjs",
    "ts",
    "mts",
    "html",
    "htm",
    "njk",
    "liquid",
    "rs",
    "py",
    "sh",
    "css",
    "go",
    "java",
    "c",
    "h",
    "cpp",
    "rb",
    "xml",
    "csv",
    "sql",
    "pages",
];

/// Reads the files of a book. `source` may be a single document, or a zip of files.
///
/// # Errors
/// Where the folder cannot be read at all.
pub fn read(source: &Path, skipped: &Path) -> Result<SourceTree, Message> {
    let failed = |error: &io::Error| message!("disk-failed", path = source, reason = error);
    let root = source.canonicalize().map_err(|error| failed(&error))?;
    let mut tree = SourceTree::default();
    if root.is_file() {
        #[cfg(feature = "word")]
        if root.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
            let bytes = bytes(&root, MAX_ASSET).map_err(|error| failed(&error))?;
            return super::archive::read(&bytes)
                .map_err(|fault| message!("import-archive", path = source, kind = fault.name()));
        }
        let folder = root.parent().unwrap_or(Path::new("/"));
        add(&mut tree, folder, &root, &mut 0);
        return Ok(tree);
    }
    fs::read_dir(&root).map_err(|error| failed(&error))?;
    let mut total = 0;
    let mut entries = WalkDir::new(&root).min_depth(1).max_depth(MAX_DEPTH).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let Ok(entry) = entry else { continue };
        let kind = entry.file_type();
        let above = entry.path().parent().and_then(Path::file_name).unwrap_or_default();
        if is_left_out(&entry.file_name().to_string_lossy(), &above.to_string_lossy())
            || entry.path() == skipped
        {
            if kind.is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        if kind.is_symlink() {
            tree.unread.push((slashed(&root, entry.path()).0, "→".to_owned()));
        } else if kind.is_file() {
            if tree.files.len() >= MAX_FILES {
                tree.unread.push((slashed(&root, entry.path()).0, format!("> {MAX_FILES}")));
                break;
            }
            add(&mut tree, &root, entry.path(), &mut total);
        } else if !kind.is_dir() {
            tree.unread.push((slashed(&root, entry.path()).0, "?".to_owned()));
        }
    }
    Ok(tree)
}

/// Whether a file or folder of this name, in a folder of the name `above`, is none of a book.
pub(super) fn is_left_out(name: &str, above: &str) -> bool {
    let is_hidden = name.starts_with('.') && !HIDDEN.contains(&name);
    is_hidden || SKIPPED.contains(&name) || name == "dist" && matches!(above, ".vitepress" | ".vuepress")
}

/// A path below the root with `/` between its parts, and whether it says the same as on the disk:
/// names that are not UTF-8 are read as GBK.
fn slashed(root: &Path, path: &Path) -> (String, bool) {
    let parts = path.strip_prefix(root).unwrap_or(path).components().map(|part| part.as_os_str());
    let parts: Vec<&std::ffi::OsStr> = parts.collect();
    let is_same = parts.iter().all(|part| part.to_str().is_some());
    let names = parts.iter().map(|part| readable(part, !is_same));
    (names.collect::<Vec<_>>().join("/"), is_same)
}

#[cfg(feature = "word")]
fn readable(name: &std::ffi::OsStr, is_gbk: bool) -> String {
    crate::import::archive::decode(name.as_encoded_bytes(), is_gbk).replace('/', "-")
}

#[cfg(not(feature = "word"))]
fn readable(name: &std::ffi::OsStr, _: bool) -> String {
    name.to_string_lossy().into_owned()
}

fn add(tree: &mut SourceTree, root: &Path, full: &Path, total: &mut u64) {
    let (path, is_same) = slashed(root, full);
    let size = fs::symlink_metadata(full).map_or(0, |data| data.len());
    Kept { path: &path, size, is_copied: is_same }.put(tree, total, |most| bytes(full, most));
}

/// A file of a book, and what is kept of it.
pub(super) struct Kept<'a> {
    pub(super) path: &'a str,
    pub(super) size: u64,
    /// Whether it can be copied from where it lies; else its bytes are kept.
    pub(super) is_copied: bool,
}

impl Kept<'_> {
    pub(super) fn put(
        &self,
        tree: &mut SourceTree,
        total: &mut u64,
        bytes: impl FnOnce(u64) -> io::Result<Vec<u8>>,
    ) {
        let Self { path, size, is_copied } = *self;
        let name = path.rsplit('/').next().unwrap_or(path);
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let is_chapter = crate::chapter::without_suffix(path).is_some();
        let is_text = is_chapter || TEXTS.contains(&ending.as_str());
        let is_document = crate::import::is_document(path);
        let most = match (is_document || !is_text && !is_copied, is_chapter) {
            (true, _) => MAX_DOCUMENT,
            (_, true) => MAX_CHAPTER,
            _ => MAX_TEXT,
        };
        let is_read = is_text || is_document || !is_copied;
        let is_needed = is_chapter || is_document || !is_copied;
        let mut unread = |why: String| tree.unread.push((path.to_owned(), why));
        if size > MAX_ASSET || is_needed && size > most || is_read && *total + size > MAX_TEXTS {
            return unread(format!("{} MB", size / 1024 / 1024));
        }
        if tree.files.contains_key(path) {
            return unread("=".to_owned());
        }
        let mut file = SourceFile::default();
        if is_read && size <= most {
            match bytes(most) {
                Ok(bytes) if is_text => {
                    *total += size;
                    let kept = (!is_copied).then(|| bytes.clone().into());
                    match text::decode(bytes) {
                        Some((text, encoding)) => {
                            file.text = Some(text.into());
                            let told = encoding.filter(|_| is_chapter);
                            tree.decoded.extend(told.map(|encoding| (path.to_owned(), encoding)));
                        }
                        None if is_chapter => return tree.undecoded.push(path.to_owned()),
                        None => {}
                    }
                    file.bytes = kept;
                }
                Ok(bytes) => file.bytes = Some(bytes.into()),
                Err(error) => return unread(error.to_string()),
            }
        }
        tree.files.insert(path.to_owned(), file);
    }
}

pub(super) fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    // A pipe may have taken its place.
    if !file.metadata()?.is_file() {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
