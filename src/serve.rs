//! The preview server: every request renders its page from the current site.
//!
//! Pages come from the same `Site::render` that a build writes; the server adds
//! one script that reloads a page when the site has changed.

mod answer;

use crate::builder::{Builder, Request};
use crate::disk::Project;
use crate::page::Finding;
use crate::report;
use crate::site::Site;
use crate::source::Sources;
use crate::watch::Watch;
use axum::Router;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, RwLock};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// What a preview shows at a moment.
#[derive(Debug)]
#[non_exhaustive]
pub struct View {
    /// The site.
    pub site: Site,
    /// What was found wrong.
    pub diagnostics: Vec<crate::diagnostic::Diagnostic>,
    /// What it was built from, to quote lines.
    pub sources: Sources,
    /// Counts the updates; a page says which one it shows, so that a change
    /// between its loading and its first event is not missed.
    pub version: u64,
}

/// A running preview.
#[derive(Debug)]
pub struct Preview {
    project: Project,
    request: Request,
    view: RwLock<Arc<View>>,
    version: watch::Sender<u64>,
    loopback: bool,
}

/// Called after each update with the new view.
pub type Notify = Box<dyn Fn(&View) + Send>;

impl Preview {
    /// Reads and builds the project for the first time; gives the builder too,
    /// for [`Preview::follow`].
    #[must_use]
    pub fn new(project: Project, request: Request, host: IpAddr) -> (Arc<Self>, Builder) {
        let mut builder = Builder::new();
        let view = look(&project, &request, &mut builder);
        let (version, _) = watch::channel(0);
        let preview = Self {
            project,
            request,
            view: RwLock::new(Arc::new(view)),
            version,
            loopback: host.is_loopback(),
        };
        (Arc::new(preview), builder)
    }

    /// What is shown now.
    #[must_use]
    pub fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Builds again at every change, until the watch ends.
    pub fn follow(&self, watch: &Watch, mut builder: Builder, notify: &Notify) {
        while watch.wait() {
            let mut view = look(&self.project, &self.request, &mut builder);
            view.version = self.view().version + 1;
            let version = view.version;
            let view = Arc::new(view);
            notify(&view);
            *self.view.write().unwrap_or_else(std::sync::PoisonError::into_inner) = view;
            self.version.send_replace(version);
        }
    }

    /// Answers requests until `stop` is done.
    ///
    /// # Errors
    /// Where the listener fails.
    pub async fn serve(
        self: Arc<Self>,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let router = Router::new()
            .route("/__handbook/events", axum::routing::get(answer::events))
            .route("/__handbook/preview.js", axum::routing::get(answer::script))
            .fallback(answer::page)
            .with_state(self);
        axum::serve(listener, router).with_graceful_shutdown(stop).await
    }
}

fn look(project: &Project, request: &Request, builder: &mut Builder) -> View {
    let sources = project.read();
    let mut build = builder.build(&sources, request);
    let mut findings: HashMap<Arc<str>, Vec<Finding>> = HashMap::new();
    for (entry, found) in report::entries(&build.diagnostics, &sources).iter().zip(&build.diagnostics) {
        let Some(path) = &found.path else { continue };
        findings.entry(Arc::clone(path)).or_default().push(finding(entry));
    }
    build.site.findings = findings;
    View { site: build.site, diagnostics: build.diagnostics, sources, version: 0 }
}

fn finding(entry: &report::Entry<'_>) -> Finding {
    let place = match (entry.path, entry.line, entry.column) {
        (Some(path), Some(line), Some(column)) => format!("{path}:{line}:{column}"),
        (Some(path), ..) => path.to_owned(),
        _ => String::new(),
    };
    Finding {
        level: format!("{:?}", entry.level).to_lowercase(),
        message: entry.message.to_owned(),
        place,
        quote: entry.quote.clone().unwrap_or_default(),
        help: entry.help.unwrap_or_default().to_owned(),
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
