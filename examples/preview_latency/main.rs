//! How long an author waits: times `handbook serve` over a copy of a handbook.
//!
//!     cargo run --release --example preview_latency -- DIR [--chapters N] [--megabytes M]
//!         [--times 30] [--into FOLDER]
//!
//! It builds the binary of its own profile, runs it over a copy of DIR in a
//! temporary folder, opens a page as a browser does (its stream of events and the
//! page itself) and changes a line of its text, its title, an anchor that others
//! link to, organization.yaml and a template. For each it prints the time from the
//! end of the write to the last byte of the page's new answer: the median and the
//! 95th percentile, whole and without the watch's wait for the end of a burst.
//! With `--chapters` the copy is filled up with copies of its chapters under other
//! names and titles, of M megabytes in all; with `--into FOLDER` it is only made,
//! there.

mod book;
mod browser;

use book::Book;
use browser::{Server, Tab};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// The silence after which the watch takes a burst of events for over.
const DEBOUNCE: Duration = Duration::from_millis(10);
/// Time between one answer and the next change: an author who types fast.
const PAUSE: Duration = Duration::from_millis(150);

struct Options {
    folder: PathBuf,
    chapters: usize,
    megabytes: Option<usize>,
    times: usize,
    into: Option<PathBuf>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    if let Some(folder) = &options.into {
        std::fs::create_dir_all(folder)?;
        let book = Book::copy(&options.folder, folder, options.chapters, options.megabytes)?;
        println!("{} chapters, {:.1} MB in {}", book.chapters, book.bytes as f64 / 1e6, folder.display());
        return Ok(());
    }
    let binary = binary()?;
    let work = tempfile::tempdir()?;
    let book = Book::copy(&options.folder, work.path(), options.chapters, options.megabytes)?;
    println!("{} chapters, {:.1} MB", book.chapters, book.bytes as f64 / 1e6);
    for _ in 0..2 {
        println!("start-up to the first page: {} ms", ms(Server::start(&binary, work.path())?.started));
    }
    let server = Server::start(&binary, work.path())?;
    println!("start-up to the first page: {} ms", ms(server.started));
    println!("memory after start-up: {}", memory(&server, &book)?);
    let mut tab = Tab::open(&server, &book.page)?;
    for (kind, change) in book.changes() {
        let mut times = Vec::new();
        for round in 0..options.times {
            std::thread::sleep(PAUSE);
            let (path, text, shows) = change(round);
            let path = work.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(work.path()))?;
            std::fs::write(path, text)?;
            let written = Instant::now();
            tab.until_it_shows(&shows)?;
            times.push(written.elapsed());
        }
        times.sort();
        let (median, late) = (times[times.len() / 2], times[times.len() * 95 / 100]);
        println!(
            "{kind:>18}: median {} ms ({} over the debounce), p95 {} ms ({})",
            ms(median),
            ms(median.saturating_sub(DEBOUNCE)),
            ms(late),
            ms(late.saturating_sub(DEBOUNCE)),
        );
    }
    println!("peak memory: {}", memory(&server, &book)?);
    Ok(())
}

fn options() -> Result<Options, Box<dyn Error>> {
    const USAGE: &str =
        "usage: preview_latency DIR [--chapters N] [--megabytes M] [--times 30] [--into FOLDER]";
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or(USAGE)?);
    let mut options = Options { folder, chapters: 0, megabytes: None, times: 30, into: None };
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        match name.as_str() {
            "--chapters" => options.chapters = value.parse()?,
            "--megabytes" => options.megabytes = Some(value.parse()?),
            "--times" => options.times = value.parse::<usize>()?.max(1),
            "--into" => options.into = Some(PathBuf::from(value)),
            _ => return Err(USAGE.into()),
        }
    }
    Ok(options)
}

/// The binary that `HANDBOOK` names, else that of this example's profile, built now if it is
/// not up to date.
fn binary() -> Result<PathBuf, Box<dyn Error>> {
    if let Some(binary) = std::env::var_os("HANDBOOK") {
        return Ok(binary.into());
    }
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).ok_or("the example lies in no target folder")?;
    let profile = match folder.file_name().and_then(|name| name.to_str()) {
        Some("debug") | None => "dev",
        Some(name) => name,
    };
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(["build", "--quiet", "--bin", "handbook"]);
    cargo.args(["--profile", profile, "--target-dir"]).arg(folder.parent().ok_or("no target folder")?);
    match cargo.status()?.success() {
        true => Ok(folder.join("handbook")),
        false => Err("the binary does not build".into()),
    }
}

fn memory(server: &Server, book: &Book) -> Result<String, Box<dyn Error>> {
    let peak = server.peak_memory()?;
    Ok(format!(
        "{:.0} MB, {:.2} times the chapters' bytes",
        peak as f64 / 1e6,
        peak as f64 / book.bytes as f64
    ))
}

fn ms(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1e3)
}
