//! The preview server: every request renders its page from the current site.
//!
//! Pages come from the same `Site::render` that a build writes. The server adds two tags, which load
//! the preview's own style sheet and script (`serve/live`), the line of each block, and the form that
//! compares two editions. A test compares everything else with a build.

mod clock;
mod connection;
mod diagnostics;
mod editor;
mod events;
mod guard;
mod handlers;
mod limit;
mod page;
mod view;

pub use clock::Clock;
pub use connection::ConnectionLimits;
pub use editor::Editor;
pub use handlers::requested_path;
pub use view::{Snapshot, View};

use crate::builder::{Build, Builder, Request};
use crate::cache::Cache;
use crate::disk::{Change, Project, Reading};
use crate::locale::{Language, Message};
use crate::message;
use crate::source::Sources;
use crate::watch::Watch;
use axum::routing::{get, post};
use axum::{Router, middleware};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long a save that emptied or removed a chapter may take to write its text.
const SETTLE: Duration = Duration::from_millis(80);
/// How often a folder that keeps changing is read again, if other machines could see what is only
/// half copied.
const MAX_REREADS: usize = 100;

/// Options of the preview.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Further host names that the preview accepts requests for.
    pub hosts: Vec<String>,
    /// Whether browsers open the chapter that was saved.
    pub follow: bool,
    /// How files are opened.
    pub editor: Option<Editor>,
    /// Whether other machines can send requests. Then the audience of the request is a limit and
    /// not a default: nobody is shown more.
    pub shared: bool,
    /// The clock that says what day it is; without one the preview stays at the day of the request.
    pub clock: Option<Clock>,
    /// Limits of browsers' connections.
    pub connection_limits: ConnectionLimits,
    /// The language of the preview's own panel, messages and pages; `None` for the handbook's.
    pub language: Option<Language>,
    /// The builder's cache.
    pub cache: Cache,
}

/// The rest after a save in which the whole project is looked at, since an event may be lost.
const CONFIRM: Duration = Duration::from_millis(200);
/// How long saves that follow one another may put that off.
const MAX_TRUST: Duration = Duration::from_secs(2);

/// The project as it was read again.
struct Read {
    reading: Reading,
    change: Change,
    /// Whether all of it was looked at, and not only what events named.
    is_confirmed: bool,
}

/// What came of reading it.
struct Update {
    /// What is shown from now on, if that is another site.
    view: Option<View>,
    reading: Reading,
    is_confirmed: bool,
}

/// A running preview.
#[derive(Debug)]
pub struct Preview {
    project: Project,
    request: Request,
    options: Options,
    builder: Mutex<Builder>,
    /// The groups whose chapters others may see, by key, as they were at the start.
    limit: OnceLock<BTreeSet<String>>,
    /// `None` until everything has been read for the first time.
    view: watch::Sender<Option<Arc<View>>>,
    stopping: watch::Sender<bool>,
    token: String,
}

impl Preview {
    /// A preview that has read nothing yet.
    #[must_use]
    pub fn new(project: Project, request: Request, options: Options) -> Arc<Self> {
        let builder = Mutex::new(Builder::new().with_cache(options.cache.clone()));
        Arc::new(Self {
            project,
            request,
            options,
            builder,
            limit: OnceLock::new(),
            view: watch::Sender::new(None),
            stopping: watch::Sender::new(false),
            token: guard::token(),
        })
    }

    /// What is shown now; `None` until everything has been read.
    #[must_use]
    pub fn view(&self) -> Option<Arc<View>> {
        self.view.borrow().clone()
    }

    /// The current language of the preview.
    fn language(&self) -> Language {
        let shown = || self.view().map(|view| view.snapshot.language());
        self.options.language.or_else(shown).unwrap_or_default()
    }

    /// Waits until there is something to show; `None` if the preview ends before that.
    async fn wait_for_view(&self) -> Option<Arc<View>> {
        let mut views = self.view.subscribe();
        let mut stops = self.stopping.subscribe();
        tokio::select! {
            view = views.wait_for(Option::is_some) => view.ok().and_then(|view| view.clone()),
            _ = stops.wait_for(|stops| *stops) => None,
        }
    }

    /// Reads and shows the project, then again at every change, until the watch ends. `notify` is
    /// called after each update, with a message about the watch if there is one.
    pub fn run(&self, watch: &mut Watch, notify: &mut dyn FnMut(&View, Option<Message>)) {
        let begun = Instant::now();
        let mut reading = self.project.read_incrementally(None);
        let view = self.build(0, &reading.sources);
        self.publish(view, begun, watch, notify);
        // Since when the readings have trusted the events that they followed.
        let mut trusted: Option<Instant> = None;
        loop {
            let goes_on = match trusted {
                Some(_) => watch.wait_at_most(CONFIRM),
                None => watch.wait(&|| self.is_another_day()),
            };
            if !goes_on {
                break;
            }
            let begun = Instant::now();
            let trusts = trusted.is_none_or(|since| since.elapsed() < MAX_TRUST);
            // A bug in this program must not end the preview while somebody types.
            match catch_unwind(AssertUnwindSafe(|| self.update(&reading, trusts, watch))) {
                Ok(update) => {
                    reading = update.reading;
                    trusted = if update.is_confirmed { None } else { trusted.or(Some(begun)) };
                    if let Some(view) = update.view {
                        self.publish(view, begun, watch, notify);
                    }
                }
                Err(_) => {
                    trusted = None;
                    if let Some(view) = self.view() {
                        notify(&view, Some(message!("preview-change-failed")));
                    }
                }
            }
        }
    }

    /// Reads the project, and builds it where it has changed.
    fn update(&self, last: &Reading, trusts: bool, watch: &mut Watch) -> Update {
        let Read { reading, change, is_confirmed } = self.read(last, trusts, watch);
        if !change.any && !self.is_another_day() {
            return Update { view: None, reading, is_confirmed };
        }
        let version = self.view().map_or(0, |view| view.version) + 1;
        let mut view = self.build(version, &reading.sources);
        view.saved = view.find_saved(&change.chapters, &last.sources);
        view.files = change.attachments;
        Update { view: Some(view), reading, is_confirmed }
    }

    /// Reads the project again, as far as events say where it `trusts` them. A chapter that is gone
    /// or empty may be in the middle of a save. And while a folder is copied, the page that says who
    /// may see the others may still be missing, which matters if others can look.
    fn read(&self, last: &Reading, trusts: bool, watch: &mut Watch) -> Read {
        let named = watch.take_named().filter(|_| trusts && !self.options.shared);
        if let Some(reading) = named.and_then(|named| self.project.read_named(last, &named)) {
            let change = reading.change_since(last);
            if !change.shrunk {
                return Read { reading, change, is_confirmed: false };
            }
        }
        let mut reading = self.project.read_incrementally(Some(last));
        let change = reading.change_since(last);
        let times = if self.options.shared && change.any { MAX_REREADS } else { usize::from(change.shrunk) };
        for _ in 0..times {
            let _ = watch.wait_at_most(SETTLE);
            let next = self.project.read_incrementally(Some(&reading));
            let rests = !next.change_since(&reading).any;
            reading = next;
            if rests {
                break;
            }
        }
        let change = reading.change_since(last);
        Read { reading, change, is_confirmed: true }
    }

    /// The day that is shown unless a browser selects another one.
    fn today(&self) -> Date {
        self.options.clock.as_ref().map_or(self.request.today, Clock::today)
    }

    fn is_another_day(&self) -> bool {
        self.view().is_some_and(|view| view.request.today != self.today())
    }

    /// Whether the audience that is the limit has gained groups since the start.
    fn has_widened(&self, build: &Build) -> bool {
        let groups = limit::groups(&build.site.handbook);
        groups.is_some_and(|now| !now.is_subset(self.limit.get_or_init(|| now.clone())))
    }

    fn build(&self, version: u64, sources: &Arc<Sources>) -> View {
        let mut builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        let mut request = self.request.clone();
        request.today = self.today();
        let mut build = builder.build(sources, &request);
        let open = self.options.shared && request.audience.is_none() && limit::restricts(&build);
        if open || self.options.shared && self.has_widened(&build) {
            request.audience = Some(limit::EVERYONE.to_owned());
            build = builder.build(sources, &request);
        }
        View::new(version, build, sources, request, &self.options)
    }

    fn publish(
        &self,
        mut view: View,
        begun: Instant,
        watch: &mut Watch,
        notify: &mut dyn FnMut(&View, Option<Message>),
    ) {
        view.duration = begun.elapsed();
        let view = Arc::new(view);
        let last = self.view.send_replace(Some(Arc::clone(&view)));
        let narrowed = view.is_narrowed() && !last.is_some_and(|last| last.is_narrowed());
        let notice = watch.take_notice();
        notify(&view, notice.or_else(|| narrowed.then(|| message!("preview-narrowed"))));
    }

    /// Serves requests until `stop` is done. Event streams then end, and open connections get a
    /// moment to finish.
    pub async fn serve(self: Arc<Self>, listener: TcpListener, stop: impl Future<Output = ()>) {
        let router = Router::new()
            .route("/-/events", get(events::events))
            .route("/-/live.js", get(handlers::script))
            .route("/-/live.css", get(handlers::style))
            .route("/-/open", post(handlers::open))
            .fallback(handlers::page)
            .layer(middleware::from_fn_with_state(Arc::clone(&self), guard::check))
            .with_state(Arc::clone(&self));
        let end = async {
            stop.await;
            self.stopping.send_replace(true);
        };
        connection::serve(listener, router, &self.options.connection_limits, end).await;
    }
}

/// Listens at `port`, or at the next free one of the following hundred.
///
/// # Errors
/// If none is free or the address is not this machine's.
pub async fn listen(host: IpAddr, port: u16) -> std::io::Result<TcpListener> {
    let mut last = None;
    for port in port..=port.saturating_add(100) {
        match TcpListener::bind(SocketAddr::new(host, port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => last = Some(error),
            Err(error) => return Err(error),
        }
    }
    Err(last.unwrap_or_else(|| std::io::Error::other("no free port")))
}
