//! Folders that settings name: how they are written, and which of them are not there.

use crate::diagnostic::{Diagnostic, NearNames};
use crate::message;
use crate::rule;
use crate::text::Span;
use crate::yaml::{Reader, Spanned, flag};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A folder or file that handbook.yaml names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Named {
    /// Its path below the content folder, without `/` at its ends.
    pub(super) path: String,
    /// handbook.yaml.
    pub(super) file: Arc<str>,
    /// Where it names the folder.
    pub(super) place: Span,
}

/// The path below the content folder that is meant by a path as people write it.
pub(super) fn path_of(written: &str) -> String {
    let path = written.trim_start_matches("./").trim_matches('/');
    let inside = path.strip_prefix("content").filter(|rest| rest.is_empty() || rest.starts_with('/'));
    inside.unwrap_or(path).trim_matches('/').to_owned()
}

/// A path and all folders above it; the content folder itself last.
pub(super) fn above(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        let path: &str = path;
        (!path.is_empty()).then(|| path.rsplit_once('/').map_or("", |(folder, _)| folder))
    })
}

/// What is wrong with folders that are named: no file lies there. `names` are those of all
/// files below the content folder.
pub(super) fn unknown<'a>(named: &[&Named], names: impl Iterator<Item = &'a str>) -> Vec<Diagnostic> {
    if named.is_empty() {
        return Vec::new();
    }
    let known: BTreeSet<&str> = names.flat_map(above).collect();
    let unknown: Vec<_> = named.iter().filter(|named| !known.contains(named.path.as_str())).collect();
    if unknown.is_empty() {
        return Vec::new();
    }
    let near = NearNames::new(known);
    let wrong = |named: &&&Named| {
        let message = message!("invalid-value-check-folder", folder = &named.path);
        Diagnostic::new(&rule::INVALID_VALUE, message)
            .help(message!("invalid-value-check-folder.help"))
            .nearest(near.nearest(&named.path))
            .at(&named.file, named.place.clone())
    };
    unknown.iter().map(wrong).collect()
}

/// A part of the handbook that a setting is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Scope {
    is_everywhere: bool,
    pub(super) folders: Vec<Named>,
}

impl Scope {
    /// Reads `true`, `false`, or a list of folders and files; what is wrong is left out.
    pub(super) fn read(reader: &mut Reader<'_>, key: &str) -> Self {
        let Some(value) = reader.value(key) else { return Self::default() };
        if let Some(is_everywhere) = flag(value) {
            return Self { is_everywhere, folders: Vec::new() };
        }
        let written = reader.strings(key);
        let named = |folder: &Spanned| Named {
            path: path_of(&folder.text),
            file: Arc::clone(reader.path()),
            place: reader.place(&folder.steps),
        };
        Self { is_everywhere: false, folders: written.iter().map(named).collect() }
    }

    /// Whether it has a file, given by its name below the content folder.
    #[must_use]
    pub fn holds(&self, name: &str) -> bool {
        self.is_everywhere
            || !self.folders.is_empty()
                && above(name).any(|path| self.folders.iter().any(|folder| folder.path == path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::Document;

    fn scope(text: &str) -> Scope {
        let text: Arc<str> = text.into();
        let document = Document::new(&"handbook.yaml".into(), &text, 0..text.len());
        let mapping = document.parse(&rule::YAML).expect("valid");
        Scope::read(&mut Reader::new(&document, &mapping, Vec::new()), "controlled")
    }

    #[test]
    fn a_scope_is_all_nothing_or_folders() {
        assert!(scope("controlled: true").holds("a.md") && !scope("controlled: off").holds("a.md"));
        assert!(!scope("x: 1").holds("a.md"));
        let folders = scope("controlled: [content/hr/, ./finance]");
        assert!(folders.holds("hr/leave.md") && folders.holds("finance/a/b.md"));
        assert!(!folders.holds("hrm/a.md") && !folders.holds("a.md"));
        let named: Vec<&Named> = folders.folders.iter().collect();
        assert_eq!(unknown(&named, ["hr/leave.md"].into_iter()).len(), 1);
    }
}
