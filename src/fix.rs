//! Mends what is certain: sources and edits in, texts and a diff out.
//!
//! Each round builds the handbook, takes the edits of all diagnostics that have only one
//! reading, and applies them in memory; a mended key may bring a date to light that can be
//! mended too, so rounds go on until nothing certain is left. Nothing here writes:
//! `disk::Project::rewrite` puts a changed text in the place of the file it was made from.

mod diff;
mod edits;

pub use diff::diff;
pub use edits::{Applied, apply};

use crate::builder::{Builder, Request};
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{Source, Sources};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Rounds after which what is left is left: each mends at least one thing, and no text needs
/// more than a few.
const MAX_ROUNDS: usize = 20;

/// A file whose text was mended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FixedFile {
    /// Path from the project folder, with `/`.
    pub path: Arc<str>,
    /// The text as it was read.
    pub before: Arc<str>,
    /// The mended text.
    pub after: Arc<str>,
    /// How many findings were mended.
    pub count: usize,
}

/// The files that change when everything certain is mended, by path. `request` is that of the
/// run whose diagnostics count; the whole handbook is looked at, whatever its audience.
#[must_use]
pub fn fix(builder: &mut Builder, sources: &Sources, request: &Request) -> Vec<FixedFile> {
    let mut request = request.clone();
    request.audience = None;
    let mut sources = sources.clone();
    let mut fixed: BTreeMap<Arc<str>, FixedFile> = BTreeMap::new();
    for _ in 0..MAX_ROUNDS {
        let diagnostics = builder.build(&sources, &request).diagnostics;
        if !mend(&mut sources, &diagnostics, &mut fixed) {
            break;
        }
    }
    fixed.into_values().filter(|file| file.before != file.after).collect()
}

/// Applies the certain edits of diagnostics; whether any text changed.
fn mend(
    sources: &mut Sources,
    diagnostics: &[Diagnostic],
    fixed: &mut BTreeMap<Arc<str>, FixedFile>,
) -> bool {
    let mut by_file: BTreeMap<&str, Vec<&[Edit]>> = BTreeMap::new();
    for diagnostic in diagnostics {
        if let Some((path, edits)) = diagnostic.path.as_deref().zip(diagnostic.fix()) {
            by_file.entry(path).or_default().push(edits);
        }
    }
    let mut changed = false;
    let settings = sources.config.iter_mut().chain(&mut sources.organization);
    for source in settings.chain(&mut sources.chapters) {
        // What was not read whole must not be written.
        let Some(edits) = by_file.get(&*source.path).filter(|_| !source.damaged) else { continue };
        let Applied { text, count } = apply(&source.text, edits);
        if count == 0 || *text == *source.text {
            continue;
        }
        changed = true;
        let after: Arc<str> = text.into();
        let file = fixed.entry(Arc::clone(&source.path)).or_insert_with(|| FixedFile {
            path: Arc::clone(&source.path),
            before: Arc::clone(&source.text),
            after: Arc::clone(&after),
            count: 0,
        });
        file.after = Arc::clone(&after);
        file.count += count;
        *source = Source::new(Arc::clone(&source.path), Arc::clone(&source.name), after);
    }
    changed
}
