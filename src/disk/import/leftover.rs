//! What an earlier import wrote and this one does not: the navigation of the book has moved it, or the
//! book has it no longer.
//!
//! Such a file would stay public when its source is held back. So it is removed, but only where it
//! is to the byte what an import wrote, and where it is sure that the book has it elsewhere or no
//! longer. A picture stays that somebody's own chapter may show.

use super::{MAX_ASSET, REPORTS, Run, bytes, standing};
use crate::chapter::without_suffix;
use crate::import::{
    Kind, Manifest, Origin, Present, Project, SourceTree, Standing, decide_leftover, digest,
};
use crate::locale::Message;
use crate::message;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Component, Path};
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

impl Run<'_> {
    /// Removes what this import no longer writes, and tells it.
    pub(super) fn withdraw(&mut self, tree: &SourceTree, project: &mut Project) -> Result<(), Message> {
        let last = self.last;
        let is_left = |path: &str| !project.files.contains_key(path) && is_removable(path);
        let left: Vec<&String> = last.files.keys().filter(|path| is_left(path)).collect();
        if left.is_empty() {
            return Ok(());
        }
        let now = Now {
            present: Present::new(last, project.report.tool.name(), tree),
            withheld: project.report.withheld().into_iter().map(str::to_owned).collect(),
            made: project.files.values().map(|file| file.source.clone()).collect(),
            places: project.files.keys().map(|path| (folded(path), path.clone())).collect(),
            shown: left.iter().any(|path| !is_chapter(path)).then(|| self.names_in_other_texts()),
        };
        for path in left {
            let standing = standing(self.folder, path);
            if standing == Standing::Free {
                continue;
            }
            let written = &last.files[path];
            let to = self.placed.get(&written.source).cloned();
            let kept =
                decide_leftover(&written.written, &standing, now.origin(&written.source, to.is_some()));
            let stays = self.is_at_new_place(path, &now) || !is_chapter(path) && now.may_show(path);
            let what = to.as_deref().unwrap_or(&written.source);
            match kept.or_else(|| stays.then_some(Kind::Gone)) {
                None => {
                    self.remove(path, to.as_deref())?;
                    project.report.add(Kind::Withdrawn, path, None, what);
                }
                Some(_) if is_chapter(path) && !self.shows(path, project.today) => {
                    project.report.add(Kind::Edited, path, None, what);
                }
                Some(kind) => project.report.add(kind, path, None, what),
            }
        }
        Ok(())
    }

    /// Removes a file, and the folders that were made for it and are empty now. Its address leads `to`
    /// where its chapter lies by now.
    fn remove(&mut self, path: &str, to: Option<&str>) -> Result<(), Message> {
        let full = self.folder.join(path);
        fs::remove_file(&full)
            .map_err(|error| message!("disk-failed", path = full.as_path(), reason = &error))?;
        self.done.withdrawn += 1;
        match to.filter(|_| is_chapter(path)) {
            Some(to) => self.manifest.move_to(path, to),
            None => _ = self.manifest.files.remove(path),
        }
        for (end, _) in path.rmatch_indices('/') {
            let above = &path[..end];
            let is_ours = self.manifest.folders.contains(above);
            if !is_ours || fs::remove_dir(self.folder.join(above)).is_err() {
                break;
            }
            self.manifest.folders.remove(above);
        }
        Ok(())
    }

    /// Whether a path is, on this disk, that of a file that this import wrote: some disks do not tell
    /// `A.md` from `a.md`.
    fn is_at_new_place(&self, path: &str, now: &Now<'_>) -> bool {
        let new = now.places.get(&folded(path));
        new.is_some_and(|new| is_one_file(&self.folder.join(path), &self.folder.join(new)))
    }

    /// The names of files that stand in texts that no import wrote as they are.
    fn names_in_other_texts(&self) -> HashSet<String> {
        let mut names = HashSet::new();
        let mut add = |text: &[u8]| {
            let text = String::from_utf8_lossy(text);
            let text = percent_decode_str(&text).decode_utf8_lossy();
            names.extend(text.split(ends_name).filter(|name| name.contains('.')).map(str::to_owned));
        };
        let read = |path: &Path| bytes(path, MAX_ASSET).ok();
        for place in ["content", "themes", "handbook.yaml"] {
            let entries = WalkDir::new(self.folder.join(place)).into_iter().flatten();
            for entry in entries.filter(|entry| entry.file_type().is_file()) {
                let path = entry.path().strip_prefix(self.folder).unwrap_or(entry.path());
                let path = path.to_string_lossy().replace('\\', "/");
                let is_text = is_chapter(&path) || !path.starts_with("content/");
                let Some(bytes) = read(entry.path()).filter(|_| is_text) else { continue };
                let ours = self.manifest.files.get(&path);
                if ours.is_none_or(|ours| ours.written != digest(&bytes)) {
                    add(&bytes);
                }
            }
        }
        names
    }
}

/// What this import made of the book.
struct Now<'a> {
    present: Present<'a>,
    /// The files of the book that not everybody may read.
    withheld: BTreeSet<String>,
    /// The files of the book that something was made of.
    made: BTreeSet<String>,
    /// The paths of what was made, without regard to case.
    places: BTreeMap<String, String>,
    /// The names of files that stand in texts that no import wrote as they are.
    shown: Option<HashSet<String>>,
}

impl Now<'_> {
    /// What the book has of the source of a file that is left.
    fn origin(&self, source: &str, is_placed: bool) -> Origin {
        let is_held = self.withheld.contains(source);
        match is_placed || is_held {
            true => Origin::Moved { is_held },
            // Something else stands where it belongs.
            false if !source.is_empty() && self.made.contains(source) => Origin::Unsure,
            false => self.present.origin_of_unused(source),
        }
    }

    /// Whether a text that no import wrote may show a file.
    fn may_show(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.shown
            .as_ref()
            .is_some_and(|shown| shown.contains(name) || name.contains(ends_name) && !shown.is_empty())
    }
}

/// Whether a character ends the name of a file in a text.
fn ends_name(c: char) -> bool {
    c.is_whitespace() || r#"/\()<>[]{}"'`|#?=,;:*!"#.contains(c)
}

fn is_chapter(path: &str) -> bool {
    without_suffix(path).is_some()
}

/// Whether a path of the manifest is that of a file of the project that may go: its settings stay, and
/// a manifest that somebody changed must not reach out of the project.
fn is_removable(path: &str) -> bool {
    // `content//a.md` is no path that an import wrote.
    let is_plain =
        path.split('/').all(|part| !matches!(part, "" | "." | ".." | ".git")) && !path.contains('\\');
    let is_inside = is_plain && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let is_report = REPORTS.contains(&path) || path.starts_with("import-report-");
    is_inside && !path.is_empty() && !is_report && !matches!(path, "handbook.yaml" | Manifest::NAME)
}

fn folded(path: &str) -> String {
    path.nfc().collect::<String>().to_lowercase()
}

#[cfg(unix)]
fn is_one_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let of = |path: &Path| fs::symlink_metadata(path).map(|data| (data.dev(), data.ino())).ok();
    of(one).is_some_and(|place| of(other) == Some(place))
}

#[cfg(not(unix))]
fn is_one_file(_: &Path, other: &Path) -> bool {
    other.exists()
}

#[cfg(test)]
mod tests {
    use super::is_removable;

    #[test]
    fn nothing_outside_of_the_project_may_go() {
        for path in ["content/a.md", "content/hr/a.png", "organization.yaml"] {
            assert!(is_removable(path), "{path}");
        }
        for path in ["", "../a.md", "content/../../a.md", "/etc/a", "handbook.yaml", "import-report-2.md"] {
            assert!(!is_removable(path), "{path}");
        }
    }
}
