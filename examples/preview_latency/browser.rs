//! The preview server as a process, and one open page: what a browser asks for.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The longest that is waited for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `handbook serve`.
pub(crate) struct Server {
    child: Child,
    host: String,
    /// Time from the start of the process to the last byte of the first page.
    pub(crate) started: Duration,
}

impl Server {
    pub(crate) fn start(binary: &Path, folder: &Path) -> Result<Self, Box<dyn Error>> {
        let begun = Instant::now();
        let mut command = Command::new(binary);
        command.args(["serve", "--port", "4800", "--color", "never", "-C"]).arg(folder);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let mut lines = BufReader::new(child.stderr.take().ok_or("no messages")?).lines();
        let mut server = Self { child, host: String::new(), started: Duration::ZERO };
        while server.host.is_empty() {
            let line = lines.next().ok_or("the server ended")??;
            if let Some((_, rest)) = line.split_once("http://") {
                server.host = rest.trim_end_matches('/').to_owned();
            }
        }
        // Nobody reads its messages, but it must be able to write them.
        std::thread::spawn(move || lines.for_each(drop));
        Page::new(&server)?.get("/index.html")?;
        server.started = begun.elapsed();
        Ok(server)
    }

    /// Bytes of memory that the process held at its highest.
    pub(crate) fn peak_memory(&self) -> Result<usize, Box<dyn Error>> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<usize>()? * 1024)
    }

    fn connect(&self) -> Result<TcpStream, Box<dyn Error>> {
        let stream = TcpStream::connect(&self.host)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(stream)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection that pages are asked for on, one after the other.
struct Page {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Page {
    fn new(server: &Server) -> Result<Self, Box<dyn Error>> {
        Ok(Self { stream: BufReader::new(server.connect()?), host: server.host.clone() })
    }

    fn get(&mut self, path: &str) -> Result<String, Box<dyn Error>> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (mut line, mut length) = (String::new(), 0);
        while line != "\r\n" {
            line.clear();
            if self.stream.read_line(&mut line)? == 0 {
                return Err("the answer broke off".into());
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(String::from_utf8(body)?)
    }
}

/// An open page with its stream of events.
pub(crate) struct Tab {
    path: String,
    page: Page,
    events: BufReader<TcpStream>,
    /// Fingerprint of the page as it was last fetched.
    shown: String,
}

impl Tab {
    pub(crate) fn open(server: &Server, path: &str) -> Result<Self, Box<dyn Error>> {
        let path = format!("/{path}");
        let mut stream = server.connect()?;
        write!(stream, "GET /-/events?page={path} HTTP/1.1\r\nHost: {}\r\n\r\n", server.host)?;
        let mut tab =
            Self { page: Page::new(server)?, path, events: BufReader::new(stream), shown: String::new() };
        tab.shown = tab.told()?;
        Ok(tab)
    }

    /// Fetches the page each time it is said to differ, until it shows this.
    pub(crate) fn until_it_shows(&mut self, text: &str) -> Result<(), Box<dyn Error>> {
        loop {
            let told = self.told()?;
            if told == self.shown {
                continue;
            }
            self.shown = told;
            if self.page.get(&self.path)?.contains(text) {
                return Ok(());
            }
        }
    }

    /// The page's fingerprint that the next event tells.
    fn told(&mut self) -> Result<String, Box<dyn Error>> {
        let mut line = String::new();
        loop {
            line.clear();
            if self.events.read_line(&mut line)? == 0 {
                return Err("the stream of events ended".into());
            }
            if let Some(data) = line.strip_prefix("data: ") {
                let state: serde_json::Value = serde_json::from_str(data)?;
                return Ok(state["page"].as_str().unwrap_or("").to_owned());
            }
        }
    }
}
