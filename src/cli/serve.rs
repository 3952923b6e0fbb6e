//! `serve`: the preview.

use super::{Common, Failure, ServeArgs, output};
use handbook::report::Counts;
use handbook::serve::{Notify, Preview, View, listen};
use handbook::watch::Watch;
use std::process::ExitCode;
use std::time::Instant;

pub(super) fn run(args: &ServeArgs, common: &Common) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(2)
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(serve(args, common))
}

async fn serve(args: &ServeArgs, common: &Common) -> Result<ExitCode, Failure> {
    let begun = Instant::now();
    let project = common.project()?;
    let mut request = common.request()?;
    // An author sees drafts; the page says that they are.
    request.drafts = true;
    let watch = Watch::new(&project).map_err(|error| format!("cannot watch the folder: {error}"))?;
    let (preview, builder) = Preview::new(project, request, args.host);
    let listener = listen(args.host, args.port).await.map_err(|error| format!("cannot listen: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    report(common, &preview.view());
    output::say(common, &format!("preview at http://{address}/ ({})", output::duration(begun.elapsed())));
    if !args.host.is_loopback() {
        output::say(common, "anyone who reaches this machine can read this preview");
    }
    if args.open {
        open(&format!("http://{address}/"));
    }
    let quiet = common.quiet;
    let follower = std::sync::Arc::clone(&preview);
    std::thread::spawn(move || {
        let notify: Notify = Box::new(move |view: &View| {
            if !quiet {
                let counts = Counts::of(&view.diagnostics);
                let _ = std::io::Write::write_fmt(
                    &mut anstream::stderr(),
                    format_args!("updated: {}\n", output::counted(counts)),
                );
            }
        });
        follower.follow(&watch, builder, &notify);
    });
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    // Open event streams never end by themselves, so a stop does not wait for them.
    tokio::select! {
        result = preview.serve(listener, std::future::pending()) => result.map_err(|error| error.to_string())?,
        () = stop => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn report(common: &Common, view: &View) {
    let _ = output::findings(common, &view.diagnostics, &view.sources);
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
