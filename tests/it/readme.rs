//! README is short, and every command in it runs: with the built binary, in the
//! order in which a reader meets them.

use crate::s3;
use crate::support::repository;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

fn readme() -> String {
    fs::read_to_string(repository().join("README.md")).expect("README.md")
}

/// The lines behind `$` in blocks of `console`, without comments.
fn commands(text: &str) -> Vec<String> {
    let blocks = text.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next());
    let lines = blocks.flat_map(str::lines).map(|line| {
        let line = line.strip_prefix("$ ").unwrap_or_else(|| panic!("not a command: {line}"));
        line.split("  #").next().unwrap_or(line).trim().to_owned()
    });
    lines.collect()
}

/// Commands that compile: `tests/release` runs them as they stand, and here what
/// comes behind `cargo run --release --` runs with the binary that is built.
const COMPILED: [&str; 2] = ["cargo run --release -- serve", "cargo install --path ."];
/// What runs this very test.
const OURSELVES: &str = "tests/run";

#[test]
fn readme_is_short() {
    let lines = readme().lines().count();
    assert!(lines <= 150, "README.md has {lines} lines");
}

#[test]
fn every_block_of_readme_is_one_of_commands() {
    let text = readme();
    let fences: Vec<&str> = text.lines().filter(|line| line.trim_start().starts_with("```")).collect();
    assert!(fences.chunks(2).all(|pair| pair == ["```console", "```"]), "{fences:?}");
    assert!(commands(&text).len() > 10);
}

#[test]
fn commands_that_compile_are_run_by_the_release_tests() {
    let release = fs::read_to_string(repository().join("tests/release")).expect("tests/release");
    let commands = commands(&readme());
    for command in commands.iter().filter(|command| command.starts_with("cargo ")) {
        assert!(COMPILED.contains(&command.as_str()), "{command}: neither run here nor in tests/release");
        assert!(release.contains(command.as_str()), "tests/release does not run {command}");
    }
    assert!(commands.iter().any(|command| command == OURSELVES), "README does not name {OURSELVES}");
    let syntax = Command::new("bash").arg("-n").arg(repository().join(OURSELVES)).status().expect("bash");
    assert!(syntax.success());
}

#[test]
fn commands_of_readme_run_in_order() {
    let store = s3::Server::start();
    let folder = tempfile::tempdir().expect("a folder");
    let reader = Reader { folder: folder.path().to_owned(), endpoint: store.endpoint.clone() };
    let mut at = reader.folder.clone();
    let mut run = 0;
    for command in commands(&readme()) {
        if let Some(rest) = command.strip_prefix("cargo run --release -- ") {
            // Stands in the repository itself: its sample, copied, so that no test
            // meets the output of another.
            let sample = reader.folder.join("sample");
            copy_sample(&sample);
            reader.serves(&sample, &format!("handbook {rest}"));
            run += 1;
        } else if command.starts_with("handbook serve") {
            reader.serves(&at, &command);
            run += 1;
        } else if command.starts_with("handbook ") {
            if command.contains("--audience") {
                declare_audiences(&at);
            }
            reader.runs(&at, &command);
            run += 1;
        }
        if command.starts_with("handbook init ") {
            at.push(command.trim_start_matches("handbook init "));
        }
    }
    assert!(run > 10, "only {run} commands ran");
    let there = |path: &str| assert!(reader.folder.join(path).is_file(), "no {path}");
    there("demo/content/travel/expenses.md");
    there("demo/site/index.html");
    there("demo/managers/index.html");
    there("srv/handbook/site/index.html");
}

/// Somebody at a shell, with the binary in the path and a store in reach.
struct Reader {
    folder: PathBuf,
    endpoint: String,
}

impl Reader {
    fn shell(&self, at: &Path, command: &str) -> Command {
        let binary = Path::new(env!("CARGO_BIN_EXE_handbook")).parent().expect("a folder");
        let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap_or_default());
        // /srv is for those who run servers; here it stands in the temporary folder.
        let command = command.replace("/srv/", &format!("{}/srv/", self.folder.display()));
        let mut shell = Command::new("sh");
        shell.current_dir(at).env("PATH", path).args(["-c", &command]);
        shell.env("AWS_ENDPOINT", &self.endpoint).env("AWS_REGION", "us-east-1");
        shell.env("AWS_ACCESS_KEY_ID", "test").env("AWS_SECRET_ACCESS_KEY", "test");
        shell
    }

    fn runs(&self, at: &Path, command: &str) {
        let output = self.shell(at, command).output().expect("sh runs");
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{command}\n{}\n{}", said(&output.stdout), said(&output.stderr));
    }

    /// Starts a preview, asks it for its first page and stops it.
    fn serves(&self, at: &Path, command: &str) {
        let mut shell = self.shell(at, &format!("exec {command}"));
        let child = shell.stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("sh runs");
        let mut running = Running(child);
        let stderr = running.0.stderr.take().expect("its messages");
        let address = BufReader::new(stderr).lines().map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("http://")?;
            rest.split('/').next().map(str::to_owned)
        });
        let address = address.unwrap_or_else(|| panic!("{command} printed no address"));
        let mut stream = TcpStream::connect(&address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("asked");
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("<title>"), "{command}: {answer}");
    }
}

/// Ended when it is dropped, also where an assertion fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What the text above the command says that the reader has done.
fn declare_audiences(project: &Path) {
    let path = project.join("handbook.yaml");
    let settings = fs::read_to_string(&path).expect("handbook.yaml");
    fs::write(path, settings + "\naudiences:\n  managers: Managers\n").expect("written");
}

fn copy_sample(to: &Path) {
    let root = repository();
    for entry in walkdir::WalkDir::new(root.join("content")).into_iter().filter_map(Result::ok) {
        let target = to.join(entry.path().strip_prefix(&root).expect("inside"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder");
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
    for name in ["handbook.yaml", "organization.yaml"] {
        fs::copy(root.join(name), to.join(name)).expect("copied");
    }
}
