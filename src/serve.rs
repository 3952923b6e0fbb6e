//! The preview server: every request renders its page from the current site.
//!
//! Pages come from the same `Site::render` that a build writes. The server adds
//! two tags that bring the preview's own style and script (`serve/live`), and
//! the line of each block; a test compares all else with a build.

mod answer;
mod editor;
mod events;
mod findings;
mod guard;
mod page;
mod view;

pub use answer::asked;
pub use editor::Editor;
pub use view::{Shown, View};

use crate::builder::{Builder, Request};
use crate::disk::{Project, Reading};
use crate::source::Sources;
use crate::watch::Watch;
use axum::routing::{get, post};
use axum::{Router, middleware};
use std::net::{IpAddr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long a save that emptied or removed a chapter may take to bring its text.
const SETTLE: Duration = Duration::from_millis(80);
/// How long open connections may hold back the end.
const GRACE: Duration = Duration::from_millis(500);

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
}

/// A running preview.
#[derive(Debug)]
pub struct Preview {
    project: Project,
    request: Request,
    options: Options,
    builder: Mutex<Builder>,
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
    pub fn run(&self, watch: &mut Watch, tell: &mut dyn FnMut(&View, Option<String>)) {
        let begun = Instant::now();
        let mut reading = self.project.read_again(None);
        let view = View::new(0, self.build(&reading.sources));
        self.publish(view, begun, watch, tell);
        while watch.wait() {
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
                            Some("this change cannot be shown; please report the error above".to_owned()),
                        );
                    }
                }
            }
        }
    }

    fn step(&self, last: &Reading, watch: &mut Watch) -> Option<(View, Reading)> {
        let mut reading = self.project.read_again(Some(last));
        let mut change = reading.change_since(last);
        if change.shrunk {
            watch.settle(SETTLE);
            reading = self.project.read_again(Some(&reading));
            change = reading.change_since(last);
        }
        if !change.any {
            return None;
        }
        let version = self.view().map_or(0, |view| view.version) + 1;
        let mut view = View::new(version, self.build(&reading.sources));
        view.saved = view.find_saved(&change.chapters, &last.sources);
        view.files = change.attachments;
        Some((view, reading))
    }

    fn build(&self, sources: &Arc<Sources>) -> Shown {
        let mut builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
        Shown::new(builder.build(sources, &self.request), sources, self.request.audience.as_deref())
    }

    fn publish(
        &self,
        mut view: View,
        begun: Instant,
        watch: &mut Watch,
        tell: &mut dyn FnMut(&View, Option<String>),
    ) {
        view.took = begun.elapsed();
        let view = Arc::new(view);
        self.view.send_replace(Some(Arc::clone(&view)));
        tell(&view, watch.take_notice());
    }

    /// Answers requests until `stop` is done; streams then end, and what is
    /// still open is given a moment.
    ///
    /// # Errors
    /// Where the listener fails.
    pub async fn serve(
        self: Arc<Self>,
        listener: TcpListener,
        stop: impl Future<Output = ()>,
    ) -> std::io::Result<()> {
        let router = Router::new()
            .route("/-/events", get(events::events))
            .route("/-/live.js", get(answer::script))
            .route("/-/live.css", get(answer::style))
            .route("/-/open", post(answer::open))
            .fallback(answer::page)
            .layer(middleware::from_fn_with_state(Arc::clone(&self), guard::check))
            .with_state(Arc::clone(&self));
        let mut stops = self.stopping.subscribe();
        let server = axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
            .with_graceful_shutdown(async move {
                let _ = stops.wait_for(|stops| *stops).await;
            });
        let end = async {
            stop.await;
            self.stopping.send_replace(true);
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            result = server => result,
            () = end => Ok(()),
        }
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
