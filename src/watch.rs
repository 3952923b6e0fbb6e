//! Watching the project folder: events are a doorbell, never a truth.
//!
//! A burst of events is one ring; what changed is found by reading again. Only
//! the folders that the project is read from are watched, never the output.
//! Where the system will not watch, the folder is looked at twice a second: to
//! read again costs little where nothing changed.

use crate::disk::Project;
use notify::event::{Event, EventKind, ModifyKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

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
    notice: Option<String>,
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
    watched: bool,
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
    pub fn take_notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    /// Waits for a change and for the end of its burst; `false` when nothing
    /// will ever come again.
    #[must_use]
    pub fn wait(&mut self) -> bool {
        self.ring(None)
    }

    /// Waits a little for what an unfinished save still brings.
    pub fn settle(&mut self, limit: Duration) {
        let _ = self.ring(Some(limit));
    }

    fn ring(&mut self, limit: Option<Duration>) -> bool {
        let begun = Instant::now();
        let mut burst: Option<(Instant, Instant)> = None;
        loop {
            let Some(events) = &self.events else {
                std::thread::sleep(limit.unwrap_or(POLL));
                return true;
            };
            let now = Instant::now();
            let left = match burst {
                Some((first, last)) => (last + QUIET).min(first + LONGEST).checked_duration_since(now),
                None => limit.map_or(Some(POLL), |limit| (begun + limit).checked_duration_since(now)),
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
                Err(RecvTimeoutError::Timeout) if burst.is_none() && limit.is_none() => {}
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
        for place in self.places.iter_mut().filter(|place| !place.watched && place.path.is_dir()) {
            let _ = events.watcher.unwatch(&place.path);
            match events.watcher.watch(&place.path, place.mode) {
                Ok(()) => place.watched = true,
                // It vanished again; the folder above rings when it comes back.
                Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => {}
                Err(error) => failed = Some(error),
            }
        }
        if let Some(error) = failed {
            self.give_up(&error);
        }
    }

    fn give_up(&mut self, error: &notify::Error) {
        let why = match error.kind {
            notify::ErrorKind::MaxFilesWatch => {
                "the system's limit of watched folders is reached (fs.inotify.max_user_watches)".to_owned()
            }
            _ => format!("the system does not watch the folder ({error})"),
        };
        self.notice = Some(format!("{why}; looking at it twice a second instead"));
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
                for place in self.places.iter_mut().filter(|_| moves) {
                    place.watched &= !event.paths.contains(&place.path);
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
    let place = |path: PathBuf, mode| Place { path, mode, watched: false };
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
