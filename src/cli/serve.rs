//! `serve`: the preview.

use super::{Common, Failure, ServeArgs, editions, output};
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

/// Time after which a person is told that reading goes on.
const PATIENCE: Duration = Duration::from_millis(700);

pub(super) fn run(args: &ServeArgs, common: &Common) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(2)
        .build()
        .map_err(|error| message!("cli-threads-failed", reason = &error))?;
    let result = runtime.block_on(serve(args, common));
    // A page that is still being made is not waited for.
    runtime.shutdown_background();
    result
}

async fn serve(args: &ServeArgs, common: &Common) -> Result<ExitCode, Failure> {
    let begun = Instant::now();
    let project = common.project()?;
    let mut request = common.request()?;
    let shared = !args.host.is_loopback();
    if let Some(name) = &request.audience {
        editions::known(&Common::config(&project)?, name)?;
    } else if shared {
        refuse_audiences(&Common::config(&project)?)?;
    }
    // An author sees drafts; the page says that they are.
    request.drafts = true;
    let mut options = Options::default();
    options.hosts.clone_from(&args.hosts);
    options.follow = args.follow;
    options.editor.clone_from(&args.editor);
    options.shared = shared;
    options.language = common.lang;
    options.clock = common.goes_with_time().then(Clock::system);
    let listener = listen(args.host, args.port).await.map_err(cannot_listen)?;
    let bound = listener.local_addr().map_err(cannot_listen)?;
    let address = address(bound);
    output::say(common, &message!("cli-preview-at", address = &address));
    if shared {
        let words = match &request.audience {
            None => message!("cli-preview-shared"),
            Some(name) => message!("cli-preview-shared-audience", audience = name),
        };
        output::say(common, &words);
    }
    // Watched before it is read, so that no change falls between the two.
    let mut watch = Watch::new(&project, args.poll);
    let preview = Preview::new(project, request, options);
    let follower = Arc::clone(&preview);
    let teller = Teller::new(common, begun);
    let (alive, ended) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        let _alive = alive;
        follower.run(&mut watch, &mut |view, notice| teller.tell(view, notice));
    });
    if args.open {
        open(&address);
    }
    let waiting = Arc::clone(&preview);
    let patience = async move {
        tokio::time::sleep(PATIENCE).await;
        if waiting.view().is_none() {
            output::say(common, &message!("cli-preview-reading"));
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = preview.serve(listener, stop()) => {}
        _ = ended => return Err(message!("cli-preview-watch-ended")),
        () = patience => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// There is no preview for others where not all may see everything and it is not
/// said who they are.
fn refuse_audiences(config: &Config) -> Result<(), Failure> {
    if config.audiences.list.is_empty() {
        return Ok(());
    }
    let ids = config.audiences.list.iter().map(|one| one.id.as_str());
    Err(message!("cli-preview-audiences", known = output::named(ids)))
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

/// Done when the process is asked to end.
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

/// Says what each step found.
struct Teller {
    common: Common,
    begun: Instant,
}

impl Teller {
    fn new(common: &Common, begun: Instant) -> Self {
        Self { common: common.clone(), begun }
    }

    fn tell(&self, view: &View, notice: Option<Message>) {
        let common = &self.common;
        common.speak_as(&view.shown.site.handbook);
        if let Some(notice) = notice {
            output::say(common, &notice);
        }
        let counts = output::counted(Counts::of(&view.shown.diagnostics));
        if view.version == 0 {
            let _ = output::findings(common, &view.shown.diagnostics, &view.sources);
            let chapters = message!("cli-chapters", number = view.sources.chapters.len());
            let time = output::duration(self.begun.elapsed());
            output::say(
                common,
                &message!("cli-summary", chapters = chapters, findings = counts, time = time),
            );
        } else {
            let time = output::duration(view.took);
            output::say(common, &message!("cli-preview-updated", findings = counts, time = time));
        }
        if common.verbose > 0 {
            let reused = view.shown.reused;
            let timing = |(stage, time): &(&'static str, Duration)| {
                message!("cli-stage-took", stage = output::stage(stage), time = output::duration(*time))
            };
            let stages = view.shown.timings.iter().map(timing).reduce(output::also);
            let words = message!(
                "cli-preview-reused",
                chapters = reused.chapters,
                references = reused.references,
                stages = stages.unwrap_or_else(|| message!("cli-none")),
            );
            output::say(common, &words);
        }
    }
}

/// Opens a browser; a failure is no matter, the address is printed.
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
