//! `serve`: the preview.

use super::{Common, Failure, ServeArgs, editions, output};
use handbook::config::Config;
use handbook::locale::Message;
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
        .map_err(|error| error.to_string())?;
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
    options.clock = common.goes_with_time().then(Clock::system);
    let listener = listen(args.host, args.port).await.map_err(|error| format!("cannot listen: {error}"))?;
    let bound = listener.local_addr().map_err(|error| error.to_string())?;
    let address = address(bound);
    output::say(common, &format!("preview at {address}"));
    if shared {
        let what = request.audience.as_ref();
        let what = what.map_or("this preview".to_owned(), |name| format!("what `{name}` may see"));
        output::say(common, &format!("anyone who reaches this machine can read {what}, drafts included"));
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
            output::say(common, "reading the chapters ...");
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = preview.serve(listener, stop()) => {}
        _ = ended => return Err("the folder is not watched any more".into()),
        () = patience => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// There is no preview for others where not all may see everything and it is not
/// said who they are.
fn refuse_audiences(config: &Config) -> Result<(), Failure> {
    let ids: Vec<&str> = config.audiences.list.iter().map(|one| one.id.as_str()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    Err(format!(
        "handbook.yaml declares audiences, and with this --host others than you can read the preview\n  \
         name those who may with --audience NAME (there are: {}), or leave out --host",
        ids.join(", ")
    )
    .into())
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
        if let Some(notice) = notice {
            output::say(&self.common, &self.common.language().text(&notice));
        }
        let counts = output::counted(Counts::of(&view.shown.diagnostics));
        if view.version == 0 {
            let _ = output::findings(&self.common, &view.shown.diagnostics, &view.sources);
            let chapters = view.sources.chapters.len();
            let time = output::duration(self.begun.elapsed());
            output::say(&self.common, &format!("{chapters} chapters: {counts} ({time})"));
        } else {
            output::say(&self.common, &format!("updated: {counts} ({})", output::duration(view.took)));
        }
        if self.common.verbose > 0 {
            let reused = view.shown.reused;
            let stages = view.shown.timings.iter();
            let stages: Vec<String> =
                stages.map(|(stage, time)| format!("{stage} {}", output::duration(*time))).collect();
            output::say(
                &self.common,
                &format!(
                    "  {} chapters and the references of {} as before; {}",
                    reused.chapters,
                    reused.references,
                    stages.join(", ")
                ),
            );
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
