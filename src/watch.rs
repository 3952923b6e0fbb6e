//! Watching the project folder: events are a doorbell, never a truth.
//!
//! A burst of events is one ring; what changed is found by reading again. Only
//! the folders that the project is read from are watched, never the output.

use crate::disk::Project;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// Silence after which a burst counts as over.
const QUIET: Duration = Duration::from_millis(10);
/// The longest that a burst may hold an update back.
const LONGEST: Duration = Duration::from_millis(100);

/// A watch over a project.
#[derive(Debug)]
pub struct Watch {
    events: Receiver<notify::Result<Event>>,
    skipped: Vec<PathBuf>,
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Begins to watch.
    ///
    /// # Errors
    /// Where the system refuses, e.g. because its limit of watches is reached.
    pub fn new(project: &Project) -> notify::Result<Self> {
        let (sender, events) = channel();
        let mut watcher = notify::recommended_watcher(move |event| {
            let _ = sender.send(event);
        })?;
        watcher.watch(&project.content, RecursiveMode::Recursive)?;
        if !project.is_bare() {
            watcher.watch(&project.root, RecursiveMode::NonRecursive)?;
        }
        let themes = project.root.join("themes");
        if themes.is_dir() {
            watcher.watch(&themes, RecursiveMode::Recursive)?;
        }
        Ok(Self { events, skipped: project.skipped.clone(), _watcher: watcher })
    }

    /// Waits for a change and for the end of its burst; `false` when nothing
    /// will ever come again.
    #[must_use]
    pub fn wait(&self) -> bool {
        loop {
            match self.events.recv() {
                Ok(event) if self.counts(&event) => break,
                Ok(_) => {}
                Err(_) => return false,
            }
        }
        let begun = Instant::now();
        while begun.elapsed() < LONGEST {
            match self.events.recv_timeout(QUIET) {
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        true
    }

    fn counts(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else { return true };
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        let skipped = |path: &PathBuf| self.skipped.iter().any(|skipped| path.starts_with(skipped));
        event.paths.is_empty() || !event.paths.iter().all(skipped)
    }
}
