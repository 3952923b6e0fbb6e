//! What lies below a folder, and which of it is read: links out of it, pipes and devices are not.

use super::name::Zone;
use super::unread::{Unread, turned};
use super::{MAX_DEPTH, is_chapter};
use crate::diagnostic::Diagnostic;
use crate::locale::Value;
use crate::message;
use crate::rule;
use crate::source::SETTINGS;
use crate::text::turns_writing;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// What a walk found below a folder.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// Readable files, with `/`, sorted.
    pub(super) names: Vec<String>,
    /// What is there and is not read, in no order.
    pub(super) unread: Vec<String>,
    /// Files that are reached through links, and the names that they have themselves.
    pub(super) links: BTreeMap<Arc<str>, Arc<str>>,
}

/// What lies below a folder; `unreadable` words what is not read, by its path and why.
pub(super) fn walk(
    folder: &Path,
    prefix: &str,
    skipped: &[PathBuf],
    bare: bool,
    diagnostics: &mut Vec<Diagnostic>,
    unreadable: fn(&str, Value) -> Diagnostic,
) -> Walked {
    let mut walked = Walked::default();
    let mut linked = Linked::new(folder);
    let slashed = |path: &Path| path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let mut entries =
        WalkDir::new(folder).follow_links(true).max_depth(MAX_DEPTH + 1).min_depth(1).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().and_then(|path| path.strip_prefix(folder).ok());
                let path = path.unwrap_or(Path::new("")).to_owned();
                let why = Unread::from(error).reason();
                diagnostics.push(unreadable(&format!("{prefix}{}", slashed(&path)), why));
                walked.unread.push(slashed(&path));
                continue;
            }
        };
        let kind = entry.file_type();
        let relative = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        if Zone::of(relative, kind.is_dir()).is_none() || skipped.iter().any(|path| path == entry.path()) {
            if kind.is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        if entry.depth() > MAX_DEPTH {
            let shown = format!("{prefix}{}", relative.to_string_lossy());
            let message = message!("limit-depth", path = &shown, most = MAX_DEPTH);
            let deep = Diagnostic::new(&rule::LIMIT, message).at(&shown.into(), None);
            diagnostics.push(deep.help(message!("limit-depth.help")));
            walked.unread.push(slashed(relative));
            continue;
        }
        let Some(name) = relative.to_str().map(|name| name.replace(std::path::MAIN_SEPARATOR, "/")) else {
            let shown = format!("{prefix}{}", relative.to_string_lossy());
            diagnostics.push(unreadable(&shown, Unread::NameNotUnicode.reason()));
            walked.unread.push(slashed(relative));
            continue;
        };
        if entry.path_is_symlink()
            && let Some(why) = leads_elsewhere(entry.path(), folder)
        {
            diagnostics.push(unreadable(&format!("{prefix}{name}"), why.reason()));
            if kind.is_dir() {
                entries.skip_current_dir();
            }
            walked.unread.push(name);
            continue;
        }
        if entry.path_is_symlink() {
            linked.names.insert(name.clone());
        }
        if name.contains(turns_writing) {
            diagnostics.push(turned(&format!("{prefix}{name}")));
        }
        if kind.is_file() {
            let settings = bare && SETTINGS.contains(&name.as_str());
            if !settings {
                walked.links.extend(linked.target(&name).map(|target| (name.as_str().into(), target)));
                walked.names.push(name);
            }
        } else if !kind.is_dir() {
            diagnostics.push(unreadable(&format!("{prefix}{name}"), Unread::Device.reason()));
            walked.unread.push(name);
        } else if is_chapter(&name) {
            // A folder with the name of a chapter cannot say who may see it.
            walked.unread.push(name);
        }
    }
    walked.names.sort_unstable();
    walked
}

/// The links that a walk has come through.
struct Linked<'a> {
    folder: &'a Path,
    names: HashSet<String>,
}

impl<'a> Linked<'a> {
    fn new(folder: &'a Path) -> Self {
        Self { folder, names: HashSet::new() }
    }

    /// The name that a file has itself, where it is a link or lies in a folder that is one.
    fn target(&self, name: &str) -> Option<Arc<str>> {
        if self.names.is_empty() {
            return None;
        }
        let mut above = name.match_indices('/').map(|(at, _)| &name[..at]).chain([name]);
        above.find(|at| self.names.contains(*at))?;
        let (file, folder) = (self.folder.join(name).canonicalize().ok()?, self.folder.canonicalize().ok()?);
        let target = file.strip_prefix(folder).ok()?.to_str()?;
        Some(target.replace(std::path::MAIN_SEPARATOR, "/").into())
    }
}

/// Why a link is not followed: it leads out of the folder, or to what is not read there.
fn leads_elsewhere(link: &Path, folder: &Path) -> Option<Unread> {
    let (Ok(target), Ok(folder)) = (link.canonicalize(), folder.canonicalize()) else {
        return Some(Unread::LeadsOut);
    };
    let Ok(inside) = target.strip_prefix(&folder) else { return Some(Unread::LeadsOut) };
    Zone::of(inside, target.is_dir()).is_none().then_some(Unread::LeadsToHidden)
}
