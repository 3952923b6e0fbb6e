//! Reading the files of a book: a folder, a document, or a zip of either.
//!
//! Symbolic links are followed within the book, and told where they lead out of it. Devices and
//! pipes are not opened, and what is too large is left out and told. Names on the disk may be GBK,
//! as old archives of Windows leave them.

use super::text;
use crate::disk::{MAX_CHAPTER, MAX_DEPTH};
use crate::import::{SourceFile, SourceTree};
use crate::locale::Message;
use crate::message;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
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

/// Bytes of a file of another ending that may be a text, such as a part of a program that a chapter
/// shows.
const MAX_SAMPLE: u64 = 256 * 1024;

/// Endings of files that are none.
const NO_TEXTS: [&str; 20] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico", "woff", "woff2", "ttf", "otf", "eot",
    "pdf", "zip", "gz", "mp4", "mp3", "webm",
];

/// A file of another ending as a text, where it certainly is one.
fn sample(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

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
        tree.is_partial = true;
        Walk { root: folder, skipped, tree: &mut tree, total: 0 }.file(&root, &root, false);
        return Ok(tree);
    }
    fs::read_dir(&root).map_err(|error| failed(&error))?;
    let mut walk = Walk { root: &root, skipped, tree: &mut tree, total: 0 };
    walk.folder(&root, &root, true);
    Ok(tree)
}

/// A walk through the folders of a book.
struct Walk<'a> {
    root: &'a Path,
    /// The folder that the project is written into.
    skipped: &'a Path,
    tree: &'a mut SourceTree,
    total: u64,
}

impl Walk<'_> {
    /// Reads what lies in `folder` as if it lay at `place`. Links in a folder that a link led to are
    /// not followed: they could go round.
    fn folder(&mut self, folder: &Path, place: &Path, follows: bool) {
        let mut entries =
            WalkDir::new(folder).min_depth(1).max_depth(MAX_DEPTH).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().and_then(|path| path.strip_prefix(folder).ok());
                    let path = path.map_or_else(|| place.to_owned(), |path| place.join(path));
                    self.tell(&path, &error.io_error().map_or_else(|| "?".to_owned(), ToString::to_string));
                    continue;
                }
            };
            let kind = entry.file_type();
            let above = entry.path().parent().and_then(Path::file_name).unwrap_or_default();
            if is_left_out(&entry.file_name().to_string_lossy(), &above.to_string_lossy())
                || entry.path() == self.skipped
            {
                if kind.is_dir() {
                    entries.skip_current_dir();
                }
                continue;
            }
            let place = place.join(entry.path().strip_prefix(folder).unwrap_or(entry.path()));
            if kind.is_symlink() {
                match self.target(entry.path()).filter(|_| follows) {
                    Some(target) if target.is_dir() => self.folder(&target, &place, false),
                    Some(target) => self.file(&target, &place, true),
                    None => {
                        let target = fs::read_link(entry.path()).unwrap_or_default();
                        self.tell(&place, format!("→ {}", target.display()).trim_end());
                    }
                }
            } else if kind.is_file() {
                if self.tree.files.len() >= MAX_FILES {
                    self.tell(&place, &format!("> {MAX_FILES}"));
                    self.tree.is_partial = true;
                    break;
                }
                self.file(entry.path(), &place, !follows);
            } else if !kind.is_dir() {
                self.tell(&place, "?");
            }
        }
    }

    /// What a link leads to, where that is a file or folder of the book beside it.
    fn target(&self, link: &Path) -> Option<PathBuf> {
        let target = link.canonicalize().ok()?;
        let inside = target.strip_prefix(self.root).ok()?;
        let mut above = "";
        for part in inside.components() {
            let name = part.as_os_str().to_str()?;
            if is_left_out(name, above) {
                return None;
            }
            above = name;
        }
        // A folder above the link would be read without end, and the project is no part of the book.
        let is_around = link.starts_with(&target) || target.starts_with(self.skipped);
        let is_plain = fs::metadata(&target).is_ok_and(|data| data.is_dir() || data.is_file());
        (is_plain && !is_around && !inside.as_os_str().is_empty()).then_some(target)
    }

    fn tell(&mut self, place: &Path, why: &str) {
        self.tree.unread.push((slashed(self.root, place).0, why.to_owned()));
    }

    /// Adds a file; of one that a link led to the bytes are kept, since links are not copied.
    fn file(&mut self, full: &Path, place: &Path, is_linked: bool) {
        let (path, is_same) = slashed(self.root, place);
        let size = fs::symlink_metadata(full).map_or(0, |data| data.len());
        if is_linked {
            self.tree.links.insert(path.clone(), slashed(self.root, full).0);
        }
        let kept = Kept { path: &path, size, is_copied: is_same && !is_linked };
        kept.put(self.tree, &mut self.total, |most| bytes(full, most));
    }
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
        let is_sample = !is_text
            && !is_document
            && size <= MAX_SAMPLE
            && *total + size <= MAX_TEXTS
            && !NO_TEXTS.contains(&ending.as_str());
        if (is_read || is_sample) && size <= most {
            match bytes(most) {
                Ok(bytes) if is_sample => {
                    file.text = sample(&bytes).map(Into::into);
                    *total += file.text.as_ref().map_or(0, |_| size);
                    file.bytes = (!is_copied).then(|| bytes.into());
                }
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
