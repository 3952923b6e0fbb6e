//! Reading a book that was written for another tool, and writing the project made from it.
//!
//! The book is only read: links are not followed, devices and pipes not opened, and what
//! is too large is left out and told. Of the project only what an import wrote, and nobody
//! edited, is overwritten; nothing is removed.

#[cfg(feature = "word")]
mod archive;
mod read;
mod text;

pub use read::read;

use super::absolute;
use crate::config::audience::Audiences;
use crate::import::{Content, Kind, Manifest, Outcome, Project, Report, Standing, decide, digest};
use crate::locale::Message;
use crate::message;
use read::{MAX_ASSET, bytes};
use std::collections::BTreeSet;
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
