//! Watches the project folder. Events only say that something changed, not what.
//!
//! A burst of events wakes the preview once; an incremental reading then finds what changed. The
//! paths that the events name only tell it where to look first.
//! Only the folders that the project is read from are watched, never the output. Where the
//! system does not watch, the project is polled twice a second: reading costs little where
//! nothing changed.
//!
//! The system watches a folder, not its path. A project that is removed, moved or replaced
//! and comes back is a different folder, of which there are no events. So twice a second the
//! paths are compared with the folders that are watched.

use crate::disk::Project;
use crate::locale::Message;
use crate::message;
use crate::source::SETTINGS;
use notify::event::{Event, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

/// Time without events after which a burst is over.
const QUIET: Duration = Duration::from_millis(10);
/// The longest that a burst may delay an update.
const MAX_BURST: Duration = Duration::from_millis(100);
/// How often the project is polled where the system does not watch it.
const POLL: Duration = Duration::from_millis(500);

/// Watches a project.
#[derive(Debug)]
pub struct Watch {
    /// `None` where the project is polled.
    events: Option<Events>,
    dirs: Vec<WatchedDir>,
    content: PathBuf,
    skipped: Vec<PathBuf>,
    notice: Option<Message>,
    /// The paths that the events of a burst name, while they say all that is known of it.
    named: Option<BTreeSet<PathBuf>>,
}

#[derive(Debug)]
struct Events {
    incoming: Receiver<notify::Result<Event>>,
    watcher: RecommendedWatcher,
}

/// A folder that is watched while it exists.
#[derive(Debug)]
struct WatchedDir {
    path: PathBuf,
    mode: RecursiveMode,
    /// The folder that is watched there.
    watched: Option<Identity>,
}

/// What distinguishes a folder from one that has its path later. The time of creation is
/// needed too, since inodes are reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
    created: Option<SystemTime>,
}

impl WatchedDir {
    /// The folder that has the path now.
    fn now(&self) -> Option<Identity> {
        let data = std::fs::metadata(&self.path).ok().filter(Metadata::is_dir)?;
        let (device, inode) = device_and_inode(&data);
        Some(Identity { device, inode, created: data.created().ok() })
    }

    fn is_stale(&self) -> bool {
        self.now() != self.watched
    }
}

#[cfg(unix)]
fn device_and_inode(data: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (data.dev(), data.ino())
}

#[cfg(not(unix))]
fn device_and_inode(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

impl Watch {
    /// Starts to watch; with `poll`, by polling only.
    #[must_use]
    pub fn new(project: &Project, poll: bool) -> Self {
        let mut watch = Self {
            events: None,
            dirs: watched_dirs(project),
            content: project.content.clone(),
            // A theme is read, though it is no chapter.
            skipped: project.skipped.iter().filter(|path| !path.ends_with("themes")).cloned().collect(),
            notice: None,
            named: None,
        };
        if poll {
            return watch;
        }
        let (sender, incoming) = channel();
        let watcher = notify::recommended_watcher(move |event| {
            let _ = sender.send(event);
        });
        match watcher {
            Ok(watcher) => {
                watch.events = Some(Events { incoming, watcher });
                watch.renew();
            }
            Err(error) => watch.give_up(&error),
        }
        watch
    }

    /// Whether the project is polled.
    #[must_use]
    pub const fn polls(&self) -> bool {
        self.events.is_none()
    }

    /// What the user should know about watching, once.
    pub fn take_notice(&mut self) -> Option<Message> {
        self.notice.take()
    }

    /// Waits for a change and for the end of its burst, or until something else is `due`.
    /// Returns `false` when no events will ever come again.
    #[must_use]
    pub fn wait(&mut self, due: &dyn Fn() -> bool) -> bool {
        self.wait_for_burst(None, due)
    }

    /// Waits for events and for the end of their burst, but for the first of them at most for
    /// `limit`. Returns `false` as [`Self::wait`] does.
    pub fn wait_at_most(&mut self, limit: Duration) -> bool {
        self.wait_for_burst(Some(limit), &|| false)
    }

    /// The paths that the events name of which the last wait has come to an end; `None` where
    /// anything else may have changed too.
    pub fn take_named(&mut self) -> Option<BTreeSet<PathBuf>> {
        self.named.take()
    }

    fn wait_for_burst(&mut self, limit: Option<Duration>, due: &dyn Fn() -> bool) -> bool {
        let begun = Instant::now();
        let mut burst: Option<(Instant, Instant)> = None;
        let mut next_check = begun + POLL;
        self.named = None;
        loop {
            let Some(events) = &self.events else {
                std::thread::sleep(limit.unwrap_or(POLL));
                return true;
            };
            let now = Instant::now();
            let left = match burst {
                Some((first, last)) => (last + QUIET).min(first + MAX_BURST).checked_duration_since(now),
                None => match limit {
                    Some(limit) => (begun + limit).checked_duration_since(now),
                    // Irrelevant events also end a wait and must not delay the check.
                    None => Some(next_check.saturating_duration_since(now).max(Duration::from_millis(1))),
                },
            };
            let Some(left) = left.filter(|left| !left.is_zero()) else { break };
            match events.incoming.recv_timeout(left) {
                Ok(event) => {
                    if self.is_relevant(&event) {
                        let now = Instant::now();
                        if burst.is_none() {
                            self.named = Some(BTreeSet::new());
                        }
                        burst = Some((burst.map_or(now, |(first, _)| first), now));
                        self.note(&event);
                    }
                }
                Err(RecvTimeoutError::Timeout) if burst.is_none() && limit.is_none() => {
                    if due() || self.dirs.iter().any(WatchedDir::is_stale) {
                        break;
                    }
                    next_check = Instant::now() + POLL;
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        self.renew();
        true
    }

    /// Watches folders that were created, replaced or moved here since.
    fn renew(&mut self) {
        let Some(events) = &mut self.events else { return };
        let mut failed = None;
        for dir in &mut self.dirs {
            let now = dir.now();
            if now == dir.watched {
                continue;
            }
            let _ = events.watcher.unwatch(&dir.path);
            dir.watched = None;
            if now.is_none() {
                continue;
            }
            match events.watcher.watch(&dir.path, dir.mode) {
                Ok(()) => dir.watched = now,
                // It is gone again; the check looks for it until it comes back.
                Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => {}
                Err(error) => failed = Some(error),
            }
        }
        if let Some(error) = failed {
            self.give_up(&error);
        }
    }

    fn give_up(&mut self, error: &notify::Error) {
        self.notice = Some(match &error.kind {
            notify::ErrorKind::MaxFilesWatch => message!("watch-limit"),
            notify::ErrorKind::Io(error) => message!("watch-failed", reason = error),
            _ => message!("watch-failed", reason = error.to_string()),
        });
        self.events = None;
    }

    /// Notes what an event means for watching itself, and which paths it names.
    fn note(&mut self, event: &notify::Result<Event>) {
        match event {
            Ok(event) if !event.need_rescan() && !event.paths.is_empty() => {
                self.named.iter_mut().for_each(|named| named.extend(event.paths.iter().cloned()));
            }
            _ => self.named = None,
        }
        match event {
            Ok(event) => {
                let moves = matches!(
                    event.kind,
                    EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
                );
                let lost = |dir: &WatchedDir| moves && event.paths.contains(&dir.path) || event.need_rescan();
                for dir in self.dirs.iter_mut().filter(|dir| lost(dir)) {
                    dir.watched = None;
                }
            }
            Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => self.give_up(error),
            Err(_) => {}
        }
    }

    fn is_relevant(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else { return true };
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        let is_skipped = |path: &PathBuf| {
            self.skipped.iter().any(|skipped| path.starts_with(skipped)) || is_hidden(path, &self.content)
        };
        event.paths.is_empty() || !event.paths.iter().all(is_skipped)
    }
}

/// Whether reading skips a path because of its name.
fn is_hidden(path: &Path, content: &Path) -> bool {
    let Ok(below) = path.strip_prefix(content) else { return false };
    below.components().any(|part| {
        let name = part.as_os_str().as_encoded_bytes();
        name.starts_with(b".") || name.ends_with(b"~")
    })
}

fn watched_dirs(project: &Project) -> Vec<WatchedDir> {
    let dir = |path: PathBuf, mode| WatchedDir { path, mode, watched: None };
    let mut dirs = vec![dir(project.content.clone(), RecursiveMode::Recursive)];
    if !project.is_bare() {
        dirs.push(dir(project.root.clone(), RecursiveMode::NonRecursive));
        let beside = project.beside().map(|path| dir(path, RecursiveMode::Recursive));
        dirs.extend(beside);
    }
    dirs.push(dir(project.root.join("themes"), RecursiveMode::Recursive));
    // Settings may be links to files elsewhere.
    for name in SETTINGS {
        let folder = project.root.join(name).canonicalize().ok();
        let folder = folder.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        if let Some(folder) = folder.filter(|folder| *folder != project.root) {
            dirs.push(dir(folder, RecursiveMode::NonRecursive));
        }
    }
    dirs
}
