//! Reading a book that was written for another tool, and writing the project made from it.
//!
//! The book is only read: links are not followed, devices and pipes not opened, and what
//! is too large is left out and told. Of the project only what an import wrote, and nobody
//! edited, is overwritten, or removed where the book has it no longer.

#[cfg(feature = "word")]
mod archive;
mod leftover;
mod read;
mod text;

pub use read::read;

use super::absolute;
use crate::config::audience::Audiences;
use crate::import::{
    Content, Earlier, Kind, Manifest, Outcome, Project, Report, SourceTree, Standing, decide, digest,
    is_shown,
};
use crate::locale::Message;
use crate::message;
use jiff::civil::Date;
use read::{MAX_ASSET, bytes};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder that a project is to be written into, as an absolute path.
///
/// # Errors
/// Where it lies in the book or holds it, among the chapters of a handbook, or holds files that no
/// import wrote.
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
    if let Some(project) = handbook_around(&folder) {
        return Err(message!("import-in-handbook", folder = folder.as_path(), project = project));
    }
    Ok((folder, manifest))
}

/// The handbook among whose chapters a folder lies.
fn handbook_around(folder: &Path) -> Option<&Path> {
    folder.ancestors().skip(1).find(|above| {
        let content = above.join("content");
        above.join("handbook.yaml").is_file() && (!content.is_dir() || folder.starts_with(&content))
    })
}

/// The groups of readers that the settings of a project name.
#[must_use]
pub fn audiences(folder: &Path) -> Audiences {
    let text = fs::read_to_string(folder.join("handbook.yaml")).unwrap_or_default();
    crate::import::audiences_of(&text)
}

/// What a run wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that were there as they should be.
    pub same: usize,
    /// Files that stayed as somebody left them.
    pub kept: usize,
    /// Files of an earlier import that were removed.
    pub withdrawn: usize,
    /// The name of the report in the folder: another one than `import-report.md` where that was edited.
    pub report: String,
}

/// Where earlier imports put the chapters of a book, in a folder that [`check_folder`] gave.
#[must_use]
pub fn earlier(folder: &Path, last: Option<&Manifest>) -> Earlier {
    last.map(|last| Earlier::new(last, |path| standing(folder, path))).unwrap_or_default()
}

/// Writes a project into a folder that [`check_folder`] gave, and the report last. `tree` is the book
/// that it was made from, which lies in `source`.
///
/// # Errors
/// Where the disk fails. What was written until then is in the manifest.
pub fn write(
    source: &Path,
    folder: &Path,
    last: Option<Manifest>,
    tree: &SourceTree,
    project: &mut Project,
) -> Result<Written, Message> {
    let last = last.unwrap_or_default();
    let mut manifest = Manifest {
        version: Manifest::VERSION,
        tool: project.report.tool.name().to_owned(),
        files: last.files.clone(),
        folders: last.folders.clone(),
    };
    let mut run = Run {
        folder,
        last: &last,
        manifest: &mut manifest,
        done: Written::default(),
        placed: BTreeMap::new(),
    };
    let mut result = run.write_files(source, project);
    if result.is_ok() {
        result = run.withdraw(tree, project);
    }
    let mut done = run.done;
    if result.is_ok() {
        result = write_report(folder, &last, &mut manifest, &project.report).map(|name| done.report = name);
    }
    let kept = replace(&folder.join(Manifest::NAME), manifest.to_json().as_bytes());
    result?;
    kept.map_err(|error| message!("disk-failed", path = folder, reason = &error))?;
    Ok(done)
}

/// An import that is being written.
struct Run<'a> {
    folder: &'a Path,
    last: &'a Manifest,
    manifest: &'a mut Manifest,
    done: Written,
    /// Where what was made of each file of the book stands by now.
    placed: BTreeMap<String, String>,
}

impl Run<'_> {
    fn write_files(&mut self, source: &Path, project: &mut Project) -> Result<(), Message> {
        let earlier = Earlier::new(self.last, |path| standing(self.folder, path));
        let withheld: BTreeSet<String> = project.report.withheld().into_iter().map(str::to_owned).collect();
        for (path, file) in &project.files {
            let bytes = match content(source, &file.content) {
                Ok(bytes) => bytes,
                Err(error) => {
                    project.report.add(Kind::Unread, &file.source, None, error.to_string());
                    continue;
                }
            };
            let new = digest(&bytes);
            let outcome = match decide(self.last, path, &standing(self.folder, path), &new) {
                Outcome::Write
                    if !self.last.files.contains_key(path) && earlier.is_removed(path, &file.source) =>
                {
                    Outcome::Keep(Kind::Removed)
                }
                outcome => outcome,
            };
            let is_there = !matches!(outcome, Outcome::Keep(Kind::Taken | Kind::Removed));
            let is_chapter = crate::chapter::without_suffix(path).is_some();
            let is_named = !file.source.is_empty() && (is_chapter || !self.placed.contains_key(&file.source));
            if is_there && is_named {
                self.placed.insert(file.source.clone(), path.clone());
            }
            match outcome {
                Outcome::Write => {
                    let full = self.folder.join(path);
                    self.note_folders(path);
                    replace(&full, &bytes)
                        .map_err(|error| message!("disk-failed", path = full.as_path(), reason = &error))?;
                    self.done.written += 1;
                    self.manifest.insert(path, &new, &file.source);
                }
                Outcome::Same => {
                    self.done.same += 1;
                    self.manifest.insert(path, &new, &file.source);
                }
                Outcome::KeepEdited => {
                    self.done.kept += 1;
                    project.report.add(Kind::Edited, path, None, "");
                }
                Outcome::Keep(kind) => {
                    self.done.kept += 1;
                    let is_public = kind == Kind::EditedAndNew
                        && withheld.contains(&file.source)
                        && self.shows(path, project.today);
                    let kind = if is_public { Kind::EditedAndWithheld } else { kind };
                    project.report.add(kind, path, None, &file.source);
                }
            }
        }
        Ok(())
    }

    /// Takes note of the folders that are to be made for a file.
    fn note_folders(&mut self, path: &str) {
        let above = path.match_indices('/').map(|(end, _)| &path[..end]);
        for folder in above.filter(|above| !self.folder.join(above).exists()) {
            self.manifest.folders.insert(folder.to_owned());
        }
    }

    /// Whether readers see the chapter at a path, as far as can be told.
    fn shows(&self, path: &str, today: Date) -> bool {
        let bytes = bytes(&self.folder.join(path), MAX_ASSET).unwrap_or_default();
        crate::chapter::without_suffix(path).is_some()
            && is_shown(path, &String::from_utf8_lossy(&bytes), today)
    }
}

const REPORTS: [&str; 2] = ["import-report.md", "import-report.json"];

/// Writes the report; one that somebody wrote into stays, and the new one lies beside it. Gives the name of
/// that for people.
fn write_report(
    folder: &Path,
    last: &Manifest,
    manifest: &mut Manifest,
    report: &Report,
) -> Result<String, Message> {
    let mut written = Vec::new();
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
            written.push(name);
            break;
        }
    }
    Ok(written.swap_remove(0))
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
