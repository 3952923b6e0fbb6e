//! A look at a few chapters, for what must be known before all of them are read: the
//! language of a handbook that does not name it.
//!
//! It costs the same in a book of ten thousand chapters as in one of fifty.

use super::name::Zone;
use super::{Project, is_chapter};
use crate::chapter::{Chapter, markdown_options};
use crate::config::Config;
use crate::source::Source;
use std::fs::File;
use std::io::Read;
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

/// Chapters that are looked at.
const CHAPTERS: usize = 50;
/// Files and folders that are passed on the way at most.
const ENTRIES: usize = 5_000;
/// Bytes of each chapter that are read: its front matter and its first heading.
const BYTES: u64 = 8 * 1024;

impl Project {
    /// Some of the chapters, spread over the book, each as its first bytes say.
    #[doc(hidden)]
    #[must_use]
    pub fn sample(&self) -> Vec<Arc<Chapter>> {
        let read = |entry: &DirEntry| {
            entry.depth() == 0
                || Zone::Content.enter(entry.file_name(), entry.file_type().is_dir()) == Some(Zone::Content)
                    && !self.skipped.iter().any(|path| path == entry.path())
        };
        let entries = WalkDir::new(&self.content).into_iter().filter_entry(read).take(ENTRIES);
        let files = entries.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        let mut names: Vec<String> = files
            .filter_map(|file| Some(file.path().strip_prefix(&self.content).ok()?.to_str()?.to_owned()))
            .filter(|name| is_chapter(name))
            .collect();
        names.sort_unstable();
        let step = names.len().div_ceil(CHAPTERS).max(1);
        names.iter().step_by(step).filter_map(|name| self.first_bytes(name)).collect()
    }

    fn first_bytes(&self, name: &str) -> Option<Arc<Chapter>> {
        let mut bytes = Vec::new();
        File::open(self.content.join(name)).ok()?.take(BYTES).read_to_end(&mut bytes).ok()?;
        let source = Source::new(name, name, String::from_utf8_lossy(&bytes));
        Some(Arc::new(Chapter::structure(&source, &markdown_options(&Config::default()))))
    }
}
