//! Reading a book that was written for another tool, and writing the project made from it.
//!
//! The book is only read: links are not followed, devices and pipes not opened, and what
//! is too large is left out and told. Of the project only what an import wrote, and nobody
//! edited, is overwritten; nothing is removed.

use super::{MAX_CHAPTER, MAX_DEPTH};
use crate::import::{
    Content, Kind, Manifest, Outcome, Project, Report, SourceFile, SourceTree, Standing, decide, digest,
};
use crate::locale::Message;
use crate::message;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};
use walkdir::WalkDir;

/// Bytes that a file of settings, or an included text, may have at most.
const MAX_TEXT: u64 = 8 * 1024 * 1024;
/// Bytes that a document with its pictures may have at most.
const MAX_DOCUMENT: u64 = 128 * 1024 * 1024;
/// Bytes of all texts together.
const MAX_TEXTS: u64 = 2 * 1024 * 1024 * 1024;
/// Bytes that a file that is copied may have at most.
const MAX_ASSET: u64 = 1024 * 1024 * 1024;
/// Files that a book may have at most.
const MAX_FILES: usize = 500_000;

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
const HIDDEN: [&str; 14] = [
    ".gitbook",
    ".gitbook.yaml",
    ".gitbook.yml",
    ".vitepress",
    ".vuepress",
    ".obsidian",
    ".pages",
    ".eleventy.js",
    ".authors.yml",
    ".meta.yml",
    ".attachments",
    ".assets",
    ".images",
    ".order",
];

/// Endings of files that are read as texts.
const TEXTS: [&str; 33] = [
    "md", "mdx", "markdown", "erb", "tmpl", "txt", "yml", "yaml", "toml", "json", "js", "mjs", "cjs", "ts",
    "mts", "html", "htm", "njk", "liquid", "rs", "py", "sh", "css", "go", "java", "c", "h", "cpp", "rb",
    "xml", "csv", "sql", "pages",
];

/// Reads the files of a book. `source` may be a single document.
///
/// # Errors
/// Where the folder cannot be read at all.
pub fn read(source: &Path, skipped: &Path) -> Result<SourceTree, Message> {
    let failed = |error: &io::Error| message!("disk-failed", path = source, reason = error);
    let root = source.canonicalize().map_err(|error| failed(&error))?;
    let mut tree = SourceTree::default();
    if root.is_file() {
        let name = root.file_name().and_then(|name| name.to_str()).unwrap_or("document").to_owned();
        let folder = root.parent().unwrap_or(Path::new("/"));
        add(&mut tree, folder, &name, &mut 0);
        return Ok(tree);
    }
    fs::read_dir(&root).map_err(|error| failed(&error))?;
    let mut total = 0;
    let mut entries = WalkDir::new(&root).min_depth(1).max_depth(MAX_DEPTH).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let Ok(entry) = entry else { continue };
        let kind = entry.file_type();
        let Some(name) = entry.file_name().to_str() else {
            tree.unread.push((slashed(&root, entry.path()), "UTF-8".to_owned()));
            continue;
        };
        let is_hidden = name.starts_with('.') && !HIDDEN.contains(&name);
        let is_made =
            SKIPPED.contains(&name) || name == "dist" && entry.path().parent().is_some_and(is_tools_folder);
        if is_hidden || is_made || entry.path() == skipped {
            if kind.is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        let path = slashed(&root, entry.path());
        if kind.is_symlink() {
            tree.unread.push((path, "→".to_owned()));
        } else if kind.is_file() {
            if tree.files.len() >= MAX_FILES {
                tree.unread.push((path, format!("> {MAX_FILES}")));
                break;
            }
            add(&mut tree, &root, &path, &mut total);
        } else if !kind.is_dir() {
            tree.unread.push((path, "?".to_owned()));
        }
    }
    Ok(tree)
}

fn is_tools_folder(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == ".vitepress" || name == ".vuepress")
}

fn slashed(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn add(tree: &mut SourceTree, root: &Path, path: &str, total: &mut u64) {
    let full = root.join(path);
    let ending =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    let ending = ending.to_ascii_lowercase();
    let is_chapter = crate::chapter::without_suffix(path).is_some();
    let is_text = is_chapter || TEXTS.contains(&ending.as_str());
    let is_document = crate::import::is_document(path);
    let size = fs::symlink_metadata(&full).map_or(0, |data| data.len());
    let most = match (is_document, is_chapter) {
        (true, _) => MAX_DOCUMENT,
        (_, true) => MAX_CHAPTER,
        _ => MAX_TEXT,
    };
    let mut file = SourceFile::default();
    if size > MAX_ASSET || (is_chapter || is_document) && size > most || *total + size > MAX_TEXTS && is_text
    {
        tree.unread.push((path.to_owned(), format!("{} MB", size / 1024 / 1024)));
        return;
    }
    if (is_text || is_document) && size <= most {
        match bytes(&full, most) {
            Ok(bytes) if is_text => {
                *total += size;
                match text(bytes) {
                    Some(text) => file.text = Some(text.into()),
                    None if is_chapter => {
                        tree.unread.push((path.to_owned(), "UTF-8".to_owned()));
                        return;
                    }
                    None => {}
                }
            }
            Ok(bytes) => file.bytes = Some(bytes.into()),
            Err(error) => {
                tree.unread.push((path.to_owned(), error.to_string()));
                return;
            }
        }
    }
    tree.files.insert(path.to_owned(), file);
}

fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    // A pipe may have taken its place.
    if !file.metadata()?.is_file() {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    }
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A text with `\n` at the end of its lines; GBK is not guessed at.
fn text(bytes: Vec<u8>) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").map(<[u8]>::to_vec).unwrap_or(bytes);
    let text = String::from_utf8(bytes).ok()?;
    if text.contains('\0') {
        return None;
    }
    Some(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

/// The folder that a project is to be written into, as an absolute path.
///
/// # Errors
/// Where it lies in the book or holds it, or holds files that no import wrote.
pub fn check_folder(source: &Path, dir: &Path) -> Result<(PathBuf, Option<Manifest>), Message> {
    let failed = |path: &Path, error: &io::Error| message!("disk-failed", path = path, reason = error);
    let source_folder = source.canonicalize().map_err(|error| failed(source, &error))?;
    let folder = absolute(dir).map_err(|error| failed(dir, &error))?;
    if folder.starts_with(&source_folder) || source_folder.is_dir() && source_folder.starts_with(&folder) {
        return Err(message!("import-inside", folder = folder.as_path(), source = source_folder.as_path()));
    }
    if folder.exists() && !folder.is_dir() {
        return Err(message!("publish-output-is-a-file", folder = folder.as_path()));
    }
    let manifest =
        fs::read_to_string(folder.join(Manifest::NAME)).ok().and_then(|text| Manifest::read(&text));
    if manifest.is_none()
        && let Ok(mut entries) = fs::read_dir(&folder)
        && let Some(Ok(entry)) = entries.next()
    {
        let name = entry.file_name();
        return Err(message!(
            "import-holds-others",
            folder = folder.as_path(),
            file = name.to_string_lossy()
        ));
    }
    Ok((folder, manifest))
}

/// An absolute path with its existing part freed of links.
fn absolute(path: &Path) -> io::Result<PathBuf> {
    let mut clean = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => _ = clean.pop(),
            Component::CurDir => {}
            part => clean.push(part),
        }
        if let Ok(real) = clean.canonicalize() {
            clean = real;
        }
    }
    Ok(clean)
}

/// What a run wrote.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that were there as they should be.
    pub same: usize,
    /// Files that stayed as somebody left them.
    pub kept: usize,
}

/// Writes a project into a folder that [`check_folder`] gave, and the report last.
///
/// # Errors
/// Where the disk fails. What was written until then is in the manifest.
pub fn write(
    source: &Path,
    folder: &Path,
    last: Option<Manifest>,
    project: &mut Project,
) -> Result<Written, Message> {
    let last = last.unwrap_or_default();
    let mut manifest = Manifest {
        version: Manifest::VERSION,
        tool: project.report.tool.name().to_owned(),
        ..Manifest::default()
    };
    for (path, file) in &last.files {
        manifest.insert(path, &file.written, &file.source);
    }
    let mut done = Written::default();
    let mut result = Ok(());
    for (path, file) in &project.files {
        let bytes = match content(source, &file.content) {
            Ok(bytes) => bytes,
            Err(error) => {
                project.report.add(Kind::Unread, &file.source, None, error.to_string());
                continue;
            }
        };
        let new = digest(&bytes);
        match decide(&last, path, &standing(folder, path), &new) {
            Outcome::Write => {
                if let Err(error) = replace(&folder.join(path), &bytes) {
                    result =
                        Err(message!("disk-failed", path = folder.join(path).as_path(), reason = &error));
                    break;
                }
                done.written += 1;
                manifest.insert(path, &new, &file.source);
            }
            Outcome::Same => {
                done.same += 1;
                manifest.insert(path, &new, &file.source);
            }
            Outcome::KeepEdited => {
                done.kept += 1;
                project.report.add(Kind::Edited, path, None, "");
            }
            Outcome::Keep(kind) => {
                done.kept += 1;
                project.report.add(kind, path, None, &file.source);
            }
        }
    }
    let made: BTreeSet<&str> = project.files.keys().map(String::as_str).collect();
    for (path, file) in last.files.iter().filter(|(path, _)| !made.contains(path.as_str())) {
        if folder.join(path).exists()
            && !REPORTS.contains(&path.as_str())
            && !path.starts_with("import-report-")
        {
            project.report.add(Kind::Gone, path, None, &file.source);
        }
    }
    if result.is_ok() {
        result = write_report(folder, &last, &mut manifest, &project.report);
    }
    let kept = replace(&folder.join(Manifest::NAME), manifest.to_json().as_bytes());
    result?;
    kept.map_err(|error| message!("disk-failed", path = folder, reason = &error))?;
    Ok(done)
}

const REPORTS: [&str; 2] = ["import-report.md", "import-report.json"];

/// Writes the report; one that somebody wrote into stays, and the new one lies beside it.
fn write_report(
    folder: &Path,
    last: &Manifest,
    manifest: &mut Manifest,
    report: &Report,
) -> Result<(), Message> {
    for (name, text) in REPORTS.into_iter().zip([report.to_markdown(), report.to_json()]) {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let names =
            std::iter::once(name.to_owned()).chain((2..).map(|number| format!("{stem}-{number}.{ending}")));
        let new = digest(text.as_bytes());
        for name in names {
            // A report that was thrown away comes again.
            let standing = standing(folder, &name);
            let outcome = decide(last, &name, &standing, &new);
            if !matches!(outcome, Outcome::Write | Outcome::Same) && standing != Standing::Free {
                continue;
            }
            let path = folder.join(&name);
            replace(&path, text.as_bytes())
                .map_err(|error| message!("disk-failed", path = path.as_path(), reason = &error))?;
            manifest.insert(&name, &new, "");
            break;
        }
    }
    Ok(())
}

fn content(source: &Path, content: &Content) -> io::Result<Vec<u8>> {
    match content {
        Content::Text(text) => Ok(text.clone().into_bytes()),
        Content::Bytes(bytes) => Ok(bytes.to_vec()),
        Content::Copy(path) => {
            let full = source.join(path);
            if !fs::symlink_metadata(&full)?.is_file() {
                return Err(io::Error::from(io::ErrorKind::InvalidInput));
            }
            bytes(&full, MAX_ASSET)
        }
    }
}

/// What stands at a path; a link above it counts as something else.
fn standing(folder: &Path, path: &str) -> Standing {
    let mut place = folder.to_owned();
    let parts: Vec<&str> = path.split('/').collect();
    for part in &parts[..parts.len() - 1] {
        place.push(part);
        match fs::symlink_metadata(&place) {
            Ok(data) if data.is_dir() => {}
            Ok(_) => return Standing::Other,
            Err(_) => return Standing::Free,
        }
    }
    place.push(parts[parts.len() - 1]);
    match fs::symlink_metadata(&place) {
        Ok(data) if data.is_file() => match bytes(&place, MAX_ASSET) {
            Ok(bytes) => Standing::File(digest(&bytes)),
            Err(_) => Standing::Other,
        },
        Ok(_) => Standing::Other,
        Err(_) => Standing::Free,
    }
}

/// Writes a file whole or not at all.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let staged = folder.join(format!(".{:.40}.{}.importing", digest(name.as_bytes()), std::process::id()));
    let write = || -> io::Result<()> {
        let mut file = fs::File::create(&staged)?;
        file.write_all(bytes)?;
        fs::rename(&staged, path)
    };
    write().inspect_err(|_| drop(fs::remove_file(&staged)))
}
