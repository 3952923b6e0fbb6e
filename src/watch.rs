//! Watching the project folder: events are a doorbell, never a truth.
//!
//! A burst of events is one ring; what changed is found by reading again. Only
//! the folders that the project is read from are watched, never the output.
//! Where the system will not watch, the folder is looked at twice a second: to
//! read again costs little where nothing changed.
//!
//! The system watches a folder, not its name. A project that is removed, moved or
//! exchanged and comes back is another folder, and nothing may be left to tell of
//! it; so twice a second the names are compared with what is watched.

use crate::disk::Project;
use crate::locale::Message;
use crate::message;
use notify::event::{Event, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant, SystemTime};

/// Silence after which a burst counts as over.
const QUIET: Duration = Duration::from_millis(10);
/// The longest that a burst may hold an update back.
const LONGEST: Duration = Duration::from_millis(100);
/// How often the folder is looked at where the system does not watch it.
const POLL: Duration = Duration::from_millis(500);

/// A watch over a project.
#[derive(Debug)]
pub struct Watch {
    /// `None` where the folder is looked at from time to time.
    events: Option<Events>,
    places: Vec<Place>,
    content: PathBuf,
    skipped: Vec<PathBuf>,
    notice: Option<Message>,
}

#[derive(Debug)]
struct Events {
    incoming: Receiver<notify::Result<Event>>,
    watcher: RecommendedWatcher,
}

/// A folder that is watched while it exists.
#[derive(Debug)]
struct Place {
    path: PathBuf,
    mode: RecursiveMode,
    /// Which folder is watched there.
    watched: Option<Identity>,
}

/// What tells a folder from another that has its name later: where it is kept on the
/// disk, and when it was made, since the place of one that is gone is used again.
type Identity = (u64, u64, Option<SystemTime>);

impl Place {
    /// Which folder has the name now.
    fn now(&self) -> Option<Identity> {
        let data = std::fs::metadata(&self.path).ok().filter(Metadata::is_dir)?;
        let (device, inode) = number(&data);
        Some((device, inode, data.created().ok()))
    }

    fn is_stale(&self) -> bool {
        self.now() != self.watched
    }
}

#[cfg(unix)]
fn number(data: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (data.dev(), data.ino())
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

impl Watch {
    /// Begins to watch; with `poll`, without asking the system to.
    #[must_use]
    pub fn new(project: &Project, poll: bool) -> Self {
        let mut watch = Self {
            events: None,
            places: places(project),
            content: project.content.clone(),
            // A theme is read, though it is no chapter.
            skipped: project.skipped.iter().filter(|path| !path.ends_with("themes")).cloned().collect(),
            notice: None,
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
                watch.tend();
            }
            Err(error) => watch.give_up(&error),
        }
        watch
    }

    /// Whether the folder is looked at from time to time.
    #[must_use]
    pub const fn polls(&self) -> bool {
        self.events.is_none()
    }

    /// What a person should know about the watch, once.
    pub fn take_notice(&mut self) -> Option<Message> {
        self.notice.take()
    }

    /// Waits for a change and for the end of its burst, or until something else is
    /// `due`; `false` when nothing will ever come again.
    #[must_use]
    pub fn wait(&mut self, due: &dyn Fn() -> bool) -> bool {
        self.ring(None, due)
    }

    /// Waits a little for what an unfinished save still brings.
    pub fn settle(&mut self, limit: Duration) {
        let _ = self.ring(Some(limit), &|| false);
    }

    fn ring(&mut self, limit: Option<Duration>, due: &dyn Fn() -> bool) -> bool {
        let begun = Instant::now();
        let mut burst: Option<(Instant, Instant)> = None;
        let mut look = begun + POLL;
        loop {
            let Some(events) = &self.events else {
                std::thread::sleep(limit.unwrap_or(POLL));
                return true;
            };
            let now = Instant::now();
            let left = match burst {
                Some((first, last)) => (last + QUIET).min(first + LONGEST).checked_duration_since(now),
                None => match limit {
                    Some(limit) => (begun + limit).checked_duration_since(now),
                    // Events that do not count come too, and must not hold this back.
                    None => Some(look.saturating_duration_since(now).max(Duration::from_millis(1))),
                },
            };
            let Some(left) = left.filter(|left| !left.is_zero()) else { break };
            match events.incoming.recv_timeout(left) {
                Ok(event) => {
                    if self.counts(&event) {
                        let now = Instant::now();
                        burst = Some((burst.map_or(now, |(first, _)| first), now));
                        self.note(&event);
                    }
                }
                Err(RecvTimeoutError::Timeout) if burst.is_none() && limit.is_none() => {
                    if due() || self.places.iter().any(Place::is_stale) {
                        break;
                    }
                    look = Instant::now() + POLL;
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
        self.tend();
        true
    }

    /// Watches again what was made, replaced or moved here since.
    fn tend(&mut self) {
        let Some(events) = &mut self.events else { return };
        let mut failed = None;
        for place in &mut self.places {
            let now = place.now();
            if now == place.watched {
                continue;
            }
            let _ = events.watcher.unwatch(&place.path);
            place.watched = None;
            if now.is_none() {
                continue;
            }
            match events.watcher.watch(&place.path, place.mode) {
                Ok(()) => place.watched = now,
                // It vanished again, and is looked for until it comes back.
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

    /// Remembers what an event means for the watch itself.
    fn note(&mut self, event: &notify::Result<Event>) {
        match event {
            Ok(event) => {
                let moves = matches!(
                    event.kind,
                    EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))
                );
                let lost = |place: &Place| moves && event.paths.contains(&place.path) || event.need_rescan();
                for place in self.places.iter_mut().filter(|place| lost(place)) {
                    place.watched = None;
                }
            }
            Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => self.give_up(error),
            Err(_) => {}
        }
    }

    fn counts(&self, event: &notify::Result<Event>) -> bool {
        let Ok(event) = event else { return true };
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        let idle = |path: &PathBuf| {
            self.skipped.iter().any(|skipped| path.starts_with(skipped)) || is_hidden(path, &self.content)
        };
        event.paths.is_empty() || !event.paths.iter().all(idle)
    }
}

/// Whether reading passes over a path because of its name.
fn is_hidden(path: &Path, content: &Path) -> bool {
    let Ok(below) = path.strip_prefix(content) else { return false };
    below.components().any(|part| {
        let name = part.as_os_str().as_encoded_bytes();
        name.starts_with(b".") || name.ends_with(b"~")
    })
}

fn places(project: &Project) -> Vec<Place> {
    let place = |path: PathBuf, mode| Place { path, mode, watched: None };
    let mut places = vec![place(project.content.clone(), RecursiveMode::Recursive)];
    if !project.is_bare() {
        places.push(place(project.root.clone(), RecursiveMode::NonRecursive));
    }
    places.push(place(project.root.join("themes"), RecursiveMode::Recursive));
    // Settings may be links to files elsewhere.
    for name in ["handbook.yaml", "organization.yaml"] {
        let folder = project.root.join(name).canonicalize().ok();
        let folder = folder.as_deref().and_then(Path::parent).map(Path::to_path_buf);
        if let Some(folder) = folder.filter(|folder| *folder != project.root) {
            places.push(place(folder, RecursiveMode::NonRecursive));
        }
    }
    places
}
