//! The preview server: every request renders its page from the current site.
//!
//! Pages come from the same `Site::render` that a build writes. The server adds
//! two tags that bring the preview's own style and script (`serve/live`), and
//! the line of each block; a test compares all else with a build.

mod answer;
mod clock;
mod connection;
mod editor;
mod events;
mod findings;
mod guard;
mod limit;
mod page;
mod view;

pub use answer::asked;
pub use clock::Clock;
pub use connection::Patience;
pub use editor::Editor;
pub use view::{Shown, View};

use crate::builder::{Build, Builder, Request};
use crate::disk::{Change, Project, Reading};
use crate::locale::Message;
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

/// How long a save that emptied or removed a chapter may take to bring its text.
const SETTLE: Duration = Duration::from_millis(80);
/// How often a folder is read again that does not come to rest, where others than
/// this machine can see what is only half there.
const UNREST: usize = 100;

/// What an author chooses.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Names besides this machine's that the preview answers to.
    pub hosts: Vec<String>,
    /// Whether browsers go to the chapter that was saved.
    pub follow: bool,
    /// How a file is opened.
    pub editor: Option<Editor>,
    /// Whether others than this machine can ask. Then the audience of the request
    /// is a limit and not a start: nobody is shown more.
    pub shared: bool,
    /// What day it is, where the preview goes with the time; else it stays with
    /// the day of the request.
    pub clock: Option<Clock>,
    /// What a browser's connection may take.
    pub patience: Patience,
}

/// A running preview.
#[derive(Debug)]
pub struct Preview {
    project: Project,
    request: Request,
    options: Options,
    builder: Mutex<Builder>,
    /// The groups that others may see the chapters of, by key, as they were at the start.
    limit: OnceLock<BTreeSet<String>>,
    /// `None` until everything was read for the first time.
    view: watch::Sender<Option<Arc<View>>>,
    stopping: watch::Sender<bool>,
    token: String,
}

impl Preview {
    /// A preview that has read nothing yet.
    #[must_use]
    pub fn new(project: Project, request: Request, options: Options) -> Arc<Self> {
        Arc::new(Self {
            project,
            request,
            options,
            builder: Mutex::default(),
            limit: OnceLock::new(),
            view: watch::Sender::new(None),
            stopping: watch::Sender::new(false),
            token: guard::token(),
        })
    }

    /// What is shown now, if anything is yet.
    #[must_use]
    pub fn view(&self) -> Option<Arc<View>> {
        self.view.borrow().clone()
    }

    /// What is shown now, or as soon as there is something; `None` at the end.
    async fn wait_for_view(&self) -> Option<Arc<View>> {
        let mut views = self.view.subscribe();
        let mut stops = self.stopping.subscribe();
        tokio::select! {
            view = views.wait_for(Option::is_some) => view.ok().and_then(|view| view.clone()),
            _ = stops.wait_for(|stops| *stops) => None,
        }
    }

    /// Reads and shows the project, then again at every change, until the watch
    /// ends. `tell` is called after each step, with what to say of the watch.
    pub fn run(&self, watch: &mut Watch, tell: &mut dyn FnMut(&View, Option<Message>)) {
        let begun = Instant::now();
        let mut reading = self.project.read_again(None);
        let view = self.build(0, &reading.sources);
        self.publish(view, begun, watch, tell);
        while watch.wait(&|| self.is_another_day()) {
            let begun = Instant::now();
            // A slip of this program while somebody types must not end the preview.
            match catch_unwind(AssertUnwindSafe(|| self.step(&reading, watch))) {
                Ok(Some((view, next))) => {
                    reading = next;
                    self.publish(view, begun, watch, tell);
                }
                Ok(None) => {}
                Err(_) => {
                    if let Some(view) = self.view() {
                        tell(
                            &view,
                            Some("this change cannot be shown; please report the error above".into()),
                        );
                    }
                }
            }
        }
    }

    fn step(&self, last: &Reading, watch: &mut Watch) -> Option<(View, Reading)> {
        let (reading, change) = self.read(last, watch);
        if !change.any && !self.is_another_day() {
            return None;
        }
        let version = self.view().map_or(0, |view| view.version) + 1;
        let mut view = self.build(version, &reading.sources);
        view.saved = view.find_saved(&change.chapters, &last.sources);
        view.files = change.attachments;
        Some((view, reading))
    }

    /// Reads the project again. What is gone or emptied may just be being saved. And
    /// while a folder is copied, the page may not be there yet that says who may see
    /// the others, which is no matter unless somebody else is looking.
    fn read(&self, last: &Reading, watch: &mut Watch) -> (Reading, Change) {
        let mut reading = self.project.read_again(Some(last));
        let change = reading.change_since(last);
        let times = if self.options.shared && change.any { UNREST } else { usize::from(change.shrunk) };
        for _ in 0..times {
            watch.settle(SETTLE);
            let again = self.project.read_again(Some(&reading));
            let rests = !again.change_since(&reading).any;
            reading = again;
            if rests {
                break;
            }
        }
        let change = reading.change_since(last);
        (reading, change)
    }

    /// The day that is shown where a browser asks for no other.
    fn today(&self) -> Date {
        self.options.clock.as_ref().map_or(self.request.today, Clock::today)
    }

    fn is_another_day(&self) -> bool {
        self.view().is_some_and(|view| view.request.today != self.today())
    }

    /// Whether the audience that is the limit includes groups by now that it did not
    /// include at the start.
    fn is_wider(&self, build: &Build) -> bool {
        let groups = limit::groups(&build.site.handbook);
        groups.is_some_and(|now| !now.is_subset(self.limit.get_or_init(|| now.clone())))
    }

    fn build(&self, version: u64, sources: &Arc<Sources>) -> View {
        let mut builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        let mut request = self.request.clone();
        request.today = self.today();
        let mut build = builder.build(sources, &request);
        let open = self.options.shared && request.audience.is_none() && limit::restricts(&build);
        if open || self.options.shared && self.is_wider(&build) {
            request.audience = Some(limit::EVERYONE.to_owned());
            build = builder.build(sources, &request);
        }
        View::new(version, build, sources, request, self.options.shared)
    }

    fn publish(
        &self,
        mut view: View,
        begun: Instant,
        watch: &mut Watch,
        tell: &mut dyn FnMut(&View, Option<Message>),
    ) {
        view.took = begun.elapsed();
        let view = Arc::new(view);
        let last = self.view.send_replace(Some(Arc::clone(&view)));
        let narrowed = view.is_narrowed() && !last.is_some_and(|last| last.is_narrowed());
        tell(&view, watch.take_notice().or_else(|| narrowed.then(|| limit::NOTICE.into())));
    }

    /// Answers requests until `stop` is done; streams then end, and what is
    /// still open is given a moment.
    pub async fn serve(self: Arc<Self>, listener: TcpListener, stop: impl Future<Output = ()>) {
        let router = Router::new()
            .route("/-/events", get(events::events))
            .route("/-/live.js", get(answer::script))
            .route("/-/live.css", get(answer::style))
            .route("/-/open", post(answer::open))
            .fallback(answer::page)
            .layer(middleware::from_fn_with_state(Arc::clone(&self), guard::check))
            .with_state(Arc::clone(&self));
        let end = async {
            stop.await;
            self.stopping.send_replace(true);
        };
        connection::serve(listener, router, &self.options.patience, end).await;
    }
}

/// Listens at `port`, or at the next of the following hundred that is free.
///
/// # Errors
/// Where none is free or the address is not this machine's.
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
