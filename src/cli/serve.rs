//! `serve`: the preview.

use super::{Common, Failure, ServeArgs, cache, output, targets};
use handbook::config::Config;
use handbook::locale::Message;
use handbook::message;
use handbook::report::Counts;
use handbook::serve::{Clock, Options, Preview, View, listen};
use handbook::watch::Watch;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Time after which a message says that reading goes on.
const READING_NOTICE: Duration = Duration::from_millis(700);

pub(super) fn run(args: &ServeArgs, common: &Common) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(2)
        .build()
        .map_err(|error| message!("cli-threads-failed", reason = &error))?;
    let result = runtime.block_on(serve(args, common));
    // A page that is still being rendered is not waited for.
    runtime.shutdown_background();
    result
}

async fn serve(args: &ServeArgs, common: &Common) -> Result<ExitCode, Failure> {
    let begun = Instant::now();
    let project = common.project()?;
    let mut request = common.request()?;
    let shared = !args.host.is_loopback();
    if let Some(name) = &request.audience {
        targets::check_audience(&Common::config(&project)?, name)?;
    } else if shared {
        refuse_audiences(&Common::config(&project)?)?;
    }
    // An author sees drafts; the page says that it is one.
    request.drafts = true;
    let mut options = Options::default();
    options.hosts.clone_from(&args.hosts);
    options.follow = args.follow;
    options.editor.clone_from(&args.editor);
    options.shared = shared;
    options.language = common.lang;
    options.clock = common.goes_with_time().then(Clock::system);
    let cache = cache::open(common, &project, [], true);
    options.cache = cache.handle();
    let project = project.with_cache(cache.handle());
    let listener = listen(args.host, args.port).await.map_err(cannot_listen)?;
    let bound = listener.local_addr().map_err(cannot_listen)?;
    let address = address(bound);
    output::print_line(common, &message!("cli-preview-at", address = &address));
    if shared {
        let words = match &request.audience {
            None => message!("cli-preview-shared"),
            Some(name) => message!("cli-preview-shared-audience", audience = name),
        };
        output::print_line(common, &words);
    }
    // Watching starts before reading, so that no change is missed in between.
    let mut watch = Watch::new(&project, args.poll);
    let preview = Preview::new(project, request, options);
    let follower = Arc::clone(&preview);
    let teller = StepPrinter::new(common, begun);
    let (alive, ended) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        let _alive = alive;
        follower.run(&mut watch, &mut |view, notice| teller.print(view, notice));
    });
    if args.open {
        open(&address);
    }
    let waiting = Arc::clone(&preview);
    let patience = async move {
        tokio::time::sleep(READING_NOTICE).await;
        if waiting.view().is_none() {
            output::print_line(common, &message!("cli-preview-reading"));
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = preview.serve(listener, stop()) => cache.save(common),
        _ = ended => return Err(message!("cli-preview-watch-ended")),
        () = patience => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Refuses a preview for other machines if not everyone may see everything and no audience is
/// given.
fn refuse_audiences(config: &Config) -> Result<(), Failure> {
    if config.audiences.list.is_empty() {
        return Ok(());
    }
    let ids = config.audiences.list.iter().map(|item| item.id.as_str());
    Err(message!("cli-preview-audiences", known = output::name_list(ids)))
}

fn cannot_listen(error: std::io::Error) -> Failure {
    message!("cli-preview-cannot-listen", reason = &error)
}

/// The address as a browser on this machine opens it.
fn address(bound: SocketAddr) -> String {
    if bound.ip().is_unspecified() {
        format!("http://localhost:{}/", bound.port())
    } else {
        format!("http://{bound}/")
    }
}

/// Waits until the process is asked to end.
async fn stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminated.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// Prints the result of each update.
struct StepPrinter {
    common: Common,
    begun: Instant,
}

impl StepPrinter {
    fn new(common: &Common, begun: Instant) -> Self {
        Self { common: common.clone(), begun }
    }

    fn print(&self, view: &View, notice: Option<Message>) {
        let common = &self.common;
        common.use_language_of(&view.snapshot.site.handbook);
        if let Some(notice) = notice {
            output::print_line(common, &notice);
        }
        let counts = output::describe_counts(Counts::of(&view.snapshot.diagnostics));
        if view.version == 0 {
            let _ = output::print_diagnostics(common, &view.snapshot.diagnostics, &view.sources);
            let chapters = message!("cli-chapters", number = view.sources.chapters.len());
            let time = output::describe_duration(self.begun.elapsed());
            output::print_line(
                common,
                &message!("cli-summary", chapters = chapters, findings = counts, time = time),
            );
        } else {
            let time = output::describe_duration(view.duration);
            output::print_line(common, &message!("cli-preview-updated", findings = counts, time = time));
        }
        if common.verbose > 0 {
            let reused = view.snapshot.reused;
            let timing = |(stage, time): &(&'static str, Duration)| {
                message!(
                    "cli-stage-took",
                    stage = output::describe_stage(stage),
                    time = output::describe_duration(*time)
                )
            };
            let stages = view.snapshot.timings.iter().map(timing).reduce(output::join_messages);
            let words = message!(
                "cli-preview-reused",
                chapters = reused.chapters,
                references = reused.references,
                stages = stages.unwrap_or_else(|| message!("cli-none")),
            );
            output::print_line(common, &words);
        }
    }
}

/// Opens a browser. A failure does not matter, since the address is printed.
fn open(address: &str) {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let _ = std::process::Command::new(program).args(first).arg(address).spawn();
}
