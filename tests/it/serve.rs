//! The preview server, asked over the network as browsers ask it.

mod again;
mod connections;
mod editions;
mod inside;
mod language;
mod shared;
mod time;

use crate::support::{Project, repository, run_in, tree};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// The longest that a test waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running `handbook serve`, ended with the test.
pub(crate) struct Server {
    child: Child,
    host: String,
    said: Arc<Mutex<String>>,
}

/// What came back for a request.
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Server {
    pub(crate) fn start(folder: &Path, options: &[&str]) -> Self {
        Self::run(crate::support::program(), folder, options)
    }

    fn run(mut command: Command, folder: &Path, options: &[&str]) -> Self {
        command.args(["serve", "--port", "4700", "--color", "never", "-C"]).arg(folder).args(options);
        command.env("SOURCE_DATE_EPOCH", "1790000000").stderr(Stdio::piped()).stdout(Stdio::null());
        let mut child = command.spawn().expect("handbook runs");
        let said = Arc::new(Mutex::new(String::new()));
        let lines = BufReader::new(child.stderr.take().expect("stderr")).lines();
        let keep = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                keep.lock().expect("said").push_str(&format!("{line}\n"));
            }
        });
        let mut server = Self { child, host: String::new(), said };
        server.until("an address", |server| server.said().contains("http://"));
        let said = server.said();
        let address = said.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("address");
        server.host = address.replace("localhost", "127.0.0.1");
        server
    }

    fn said(&self) -> String {
        self.said.lock().expect("said").clone()
    }

    fn until(&self, what: &str, done: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !done(self) {
            assert!(begun.elapsed() < PATIENCE, "{what} did not come; the server said:\n{}", self.said());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        Self::ask_at(&self.host, method, path, headers, body)
    }

    fn ask_at(host: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|header| header.0 == "Host") {
            request.push_str(&format!("Host: {host}\r\n"));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
        let mut bytes = Vec::new();
        connect(host, &request, PATIENCE).read_to_end(&mut bytes).expect("an answer");
        let at = bytes.windows(4).position(|part| part == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&bytes[..at]).into_owned();
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        Answer { status, head: head.to_lowercase(), body: bytes[at + 4..].to_vec() }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    fn until_page(&self, path: &str, words: &str) {
        self.until(words, |server| server.get(path).text().contains(words));
    }

    fn steps(&self) -> usize {
        self.said().matches("updated: ").count()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn connect(host: &str, request: &str, patience: Duration) -> TcpStream {
    let mut stream = TcpStream::connect(host).expect("connects");
    stream.set_read_timeout(Some(patience)).expect("timeout");
    stream.write_all(request.as_bytes()).expect("sent");
    stream
}

/// A page's stream of events.
struct Stream(BufReader<TcpStream>);

impl Stream {
    fn open(server: &Server, page: &str) -> Self {
        Self::open_at(&server.host, page)
    }

    fn open_at(host: &str, page: &str) -> Self {
        Self::open_with(host, page, "")
    }

    fn open_with(host: &str, page: &str, headers: &str) -> Self {
        let request = format!("GET /-/events?page={page} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n");
        Self(BufReader::new(connect(host, &request, PATIENCE)))
    }

    fn next(&mut self) -> serde_json::Value {
        let (mut line, begun) = (String::new(), Instant::now());
        while begun.elapsed() < PATIENCE {
            line.clear();
            assert!(self.0.read_line(&mut line).expect("an event") > 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("JSON");
            }
        }
        panic!("no event came");
    }
}

/// A page without what the preview adds to it.
pub(crate) fn plain(page: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(page).into_owned();
    if let Some(start) = text.find("<link rel=\"stylesheet\" href=\"/-/live.css\"") {
        let end = text[start..].find("</script>").expect("the end of the tags") + start + "</script>".len();
        text.replace_range(start..end, "");
    }
    if let Some(start) = text.find("\n<form class=\"edition-compare\"") {
        let end = text[start..].find("</form>").expect("the end of the form") + start + "</form>".len();
        text.replace_range(start..end, "");
    }
    let mark = " data-source-line=\"";
    while let Some(at) = text.find(mark) {
        let digits = text[at + mark.len()..].bytes().take_while(u8::is_ascii_digit).count();
        text.replace_range(at..=at + mark.len() + digits, "");
    }
    text
}

fn small() -> Project {
    Project::new(
        "//- content/a.md\n# A\n\nold words\n\n//- content/b/index.md\n# B\n\n//- secret.txt\nsecret\n",
    )
}

#[test]
fn every_address_answers_with_the_bytes_of_a_build() {
    let folder = tempfile::tempdir().expect("folder");
    let output = folder.path().join("site");
    let output = output.to_str().expect("a name");
    run_in(&repository(), &["build", "-q", "--drafts", "-o", output]).expect(0);
    let server = Server::start(&repository(), &[]);
    let built = tree(Path::new(output));
    let mut lines = 0;
    for (name, bytes) in &built {
        if name == ".handbook-manifest.json" {
            continue;
        }
        let path: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let answer = server.get(&format!("/{path}"));
        assert_eq!(answer.status, 200, "{name}");
        if name.ends_with(".html") {
            lines += answer.text().matches("data-source-line").count();
            let same = plain(&answer.body) == String::from_utf8_lossy(bytes);
            assert!(same, "{name} differs from the build");
            let marks = ["data-source-line", "/-/live", "data-live", "edition-compare"];
            assert!(marks.iter().all(|mark| !String::from_utf8_lossy(bytes).contains(mark)), "{name}");
        } else {
            assert!(answer.body == *bytes, "{name} differs from the build");
        }
    }
    assert!(built.len() > 100 && lines > 1_000, "{} files, {lines} lines", built.len());
}

#[test]
fn blocks_know_their_lines() {
    let text = "---\ntitle: T\n---\n## Head\n\npara\n\n- one\n- two\n\n  > quote\n\n| a |\n| --- |\n| b |\n\n```\ncode\n```\n";
    let project = Project::new("//- content/index.md\n# Home\n");
    project.write("content/a.md", text);
    let server = Server::start(project.path(), &[]);
    let page = server.get("/a.html").text();
    for (tag, line) in
        [("h2", 4), ("p", 6), ("ul", 8), ("li", 8), ("li", 9), ("blockquote", 11), ("thead", 13)]
            .into_iter()
            .chain([("td", 15), ("pre", 17)])
    {
        assert!(page.contains(&format!("<{tag} data-source-line=\"{line}\"")), "{tag} {line}: {page}");
    }
}

#[test]
fn foreign_names_origins_and_paths_are_refused() {
    let project = small();
    let server = Server::start(project.path(), &[]);
    let with = |path, name, value| server.ask("GET", path, &[(name, value)], "").status;
    assert_eq!(server.get("/a.html").status, 200);
    for path in ["/a.html", "/-/events?page=/a.html", "/-/live.js", "/previews/manifest.js"] {
        assert_eq!(with(path, "Host", "evil.example"), 421, "{path}");
        assert_eq!(with(path, "Host", "127.0.0.1.evil.example:4700"), 421, "{path}");
        assert_eq!(with(path, "Origin", "http://evil.example"), 403, "{path}");
        assert_eq!(with(path, "Sec-Fetch-Site", "cross-site"), 403, "{path}");
    }
    assert_eq!(with("/a.html", "Host", "localhost:4700"), 200);
    let paths = [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%5csecret.txt",
        "/a.html/../../secret.txt",
    ];
    for path in paths.into_iter().chain([
        "//etc/passwd",
        "/%2fetc/passwd",
        "/content/a.md",
        "/a.md",
        "/handbook.yaml",
    ]) {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("secret\n") && !answer.text().contains("root:"), "{path}");
    }
    assert_eq!(server.get("/%ff").status, 400);
    assert_eq!(server.ask("POST", "/a.html", &[], "").status, 405);
    let answer = server.get("/b");
    assert!(answer.status == 307 && answer.head.contains("location: /b/\r\n"), "{}", answer.head);
    let head = server.get("/a.html").head;
    for header in [
        "content-security-policy: default-src 'self'",
        "nosniff",
        "cross-origin-resource-policy: same-origin",
    ] {
        assert!(head.contains(header), "{header}: {head}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_after_it_was_read_is_not_followed() {
    let project = small();
    project.write("content/picture.png", "png");
    let server = Server::start(project.path(), &["--poll"]);
    assert_eq!(server.get("/picture.png").text(), "png");
    std::fs::remove_file(project.path().join("content/picture.png")).expect("removed");
    std::os::unix::fs::symlink(project.path().join("secret.txt"), project.path().join("content/picture.png"))
        .expect("a link");
    let answer = server.get("/picture.png");
    assert!(answer.status == 404 && !answer.text().contains("secret"), "{}", answer.text());
}

#[test]
fn a_page_is_told_of_its_own_changes_and_findings() {
    let project = small();
    let server = Server::start(project.path(), &[]);
    let (mut a, mut b) = (Stream::open(&server, "/a.html"), Stream::open(&server, "/b/"));
    let (first, other) = (a.next(), b.next());
    assert_eq!(first["source"], "content/a.md");
    assert_eq!(other["source"], "content/b/index.md");
    assert_eq!(first["findings"], serde_json::json!([]));
    assert_eq!(first["editor"], serde_json::Value::Null);
    project.write("content/a.md", "# A\n\nnew [words](gone.md)\n");
    let (second, same) = (a.next(), b.next());
    assert_ne!(second["page"], first["page"]);
    assert_eq!(same["page"], other["page"], "a page that does not change is not said to");
    let page = server.get("/a.html").text();
    assert!(page.contains(&format!("data-page=\"{}\"", second["page"].as_str().expect("a hash"))));
    let found = &second["findings"][0];
    assert_eq!((found["code"].as_str(), found["line"].as_u64()), (Some("broken-link"), Some(3)));
    assert_eq!(found["quote"], serde_json::json!(["new ", "[words](gone.md)", ""]));
    assert_eq!(same["others"], serde_json::json!([0, 1, 0]));
    assert_eq!(
        (second["saved"]["url"].as_str(), second["saved"]["line"].as_u64()),
        (Some("a.html"), Some(3))
    );
    project.write("content/a.md", "---\ntitle: [\n---\nstill here\n");
    let broken = a.next();
    assert_eq!(broken["findings"][0]["code"], "front-matter");
    let page = server.get("/a.html").text();
    assert!(page.contains("still here"), "{page}");
    assert!(server.get("/-/findings").text().contains("content/a.md:"));
}

#[test]
fn another_day_is_a_matter_of_one_browser() {
    let project = small();
    project.write("content/a.md", "---\nstatus: in_force\neffective: 2030-01-01\n---\n# A\n");
    let server = Server::start(project.path(), &[]);
    let port = server.host.split(':').nth(1).expect("a port").to_owned();
    let on = |day: &str| {
        let cookie = format!("x=1; handbook-day-{port}={day}");
        server.ask("GET", "/a.html", &[("Cookie", &cookie)], "").text()
    };
    let today = server.get("/a.html").text();
    assert!(today.contains("status-approved"), "{today}");
    assert!(on("2031-01-01").contains("status-in_force"));
    assert_eq!(on("nonsense"), today);
    assert_eq!(server.get("/a.html").text(), today);
}

#[test]
fn another_audience_is_a_matter_of_one_browser() {
    let project = small();
    project.write("handbook.yaml", "audiences: {staff: 员工, 董事会: {includes: staff}}\n");
    project.write("content/secret.md", "---\naudience: 董事会\n---\n# S\n");
    let server = Server::start(project.path(), &[]);
    let port = server.host.split(':').nth(1).expect("a port").to_owned();
    let as_seen_by = |audience: &str| {
        let cookie = format!("handbook-audience-{port}={audience}; x=1");
        server.ask("GET", "/secret.html", &[("Cookie", &cookie)], "").status
    };
    assert_eq!(server.get("/secret.html").status, 200);
    assert_eq!(as_seen_by("staff"), 404);
    assert_eq!(as_seen_by("%E8%91%A3%E4%BA%8B%E4%BC%9A"), 200);
    assert_eq!(as_seen_by("nobody"), 200);
    let news = Stream::open(&server, "/secret.html").next();
    assert_eq!(news["audiences"], serde_json::json!([["staff", "员工"], ["董事会", "董事会"]]));
    assert_eq!((&news["audience"], &news["whole"]), (&"".into(), &true.into()));
    drop(server);
    let server = Server::start(project.path(), &["--audience", "staff"]);
    assert_eq!(server.get("/secret.html").status, 404);
    assert_eq!(Stream::open(&server, "/").next()["audience"], "staff");
}

#[cfg(unix)]
#[test]
fn the_editor_opens_only_known_files_for_own_pages() {
    let project = small();
    let out = project.path().join("opened");
    let command = format!("sh -c 'printf %s \"$1\" > \"{}\"' - {{file}}:{{line}}", out.display());
    let server = Server::start(project.path(), &["--editor", &command]);
    let token =
        Stream::open(&server, "/a.html").next()["editor"]["token"].as_str().expect("a token").to_owned();
    let open = |headers: &[(&str, &str)], file: &str| {
        server.ask("POST", "/-/open", headers, &format!("{{\"file\": \"{file}\", \"line\": 3}}")).status
    };
    assert_eq!(open(&[], "content/a.md"), 403);
    assert_eq!(open(&[("X-Handbook-Token", "0")], "content/a.md"), 403);
    let own = ("X-Handbook-Token", token.as_str());
    assert_eq!(open(&[own, ("Origin", "http://evil.example")], "content/a.md"), 403);
    for file in ["../secret.txt", "secret.txt", "/etc/passwd", "content/../secret.txt", ""] {
        assert_eq!(open(&[own], file), 404, "{file}");
    }
    assert_eq!(server.ask("GET", "/-/open", &[own], "").status, 405);
    assert!(!out.exists());
    assert_eq!(open(&[own], "content/a.md"), 204);
    server.until("the editor", |_| out.exists() && !project.read("opened").is_empty());
    assert!(project.read("opened").ends_with("/content/a.md:3"), "{}", project.read("opened"));
}

#[test]
fn editors_save_in_many_ways() {
    let project = small();
    let server = Server::start(project.path(), &[]);
    server.until_page("/a.html", "old words");
    let file = project.path().join("content/a.md");
    // By a new file renamed over the old one.
    project.write("content/.a.md.tmp", "# A\n\nrenamed words\n");
    std::fs::rename(project.path().join("content/.a.md.tmp"), &file).expect("renamed");
    server.until_page("/a.html", "renamed words");
    // By moving the old one away first, as vim does with backups.
    std::fs::rename(&file, project.path().join("content/a.md~")).expect("renamed");
    project.write("content/a.md", "# A\n\nafter backup\n");
    server.until_page("/a.html", "after backup");
    // By emptying the file and writing it a little later.
    let mut open = std::fs::File::create(&file).expect("emptied");
    std::thread::sleep(Duration::from_millis(30));
    open.write_all("# A\n\nwritten late\n".as_bytes()).expect("written");
    drop(open);
    server.until_page("/a.html", "written late");
    // Folders come and go, also the one of all chapters.
    project.write("content/new/deep/c.md", "# C\n\nin a new folder\n");
    server.until_page("/new/deep/c.html", "in a new folder");
    project.write("content/new/deep/c.md", "# C\n\nsaved there\n");
    server.until_page("/new/deep/c.html", "saved there");
    std::fs::remove_dir_all(project.path().join("content/new")).expect("removed");
    server.until("a folder's end", |server| server.get("/new/deep/c.html").status == 404);
    std::fs::rename(project.path().join("content"), project.path().join("away")).expect("moved");
    server.until("the end of all", |server| server.get("/a.html").status == 404);
    std::fs::rename(project.path().join("away"), project.path().join("content")).expect("moved back");
    server.until_page("/a.html", "written late");
    project.write("content/a.md", "# A\n\nwatched again\n");
    server.until_page("/a.html", "watched again");
    // Settings and themes that were not there before.
    project.write("handbook.yaml", "title: Named Now\n");
    server.until_page("/a.html", "Named Now");
    project.write(
        "themes/default/templates/404.html",
        "{% extends \"default/404.html\" %}{% block footer %}F1{% endblock %}",
    );
    server.until_page("/404.html", "F1");
    project.write(
        "themes/default/templates/404.html",
        "{% extends \"default/404.html\" %}{% block footer %}F2{% endblock %}",
    );
    server.until_page("/404.html", "F2");
}

#[cfg(unix)]
#[test]
fn a_project_behind_a_link_is_watched_too() {
    let project = small();
    let elsewhere = tempfile::tempdir().expect("folder");
    let link = elsewhere.path().join("link");
    std::os::unix::fs::symlink(project.path(), &link).expect("a link");
    let server = Server::start(&link, &[]);
    server.until_page("/a.html", "old words");
    std::fs::write(link.join("content/a.md"), "# A\n\nthrough the link\n").expect("written");
    server.until_page("/a.html", "through the link");
}

#[test]
fn a_burst_of_500_files_is_few_steps() {
    let project = small();
    let server = Server::start(project.path(), &[]);
    server.until_page("/a.html", "old words");
    for at in 0..500 {
        project.write(&format!("content/many/{at}.md"), format!("# N{at}\n"));
    }
    server.until_page("/many/499.html", "N499");
    for at in 0..500 {
        std::fs::remove_file(project.path().join(format!("content/many/{at}.md"))).expect("removed");
    }
    server.until("their end", |server| server.get("/many/499.html").status == 404);
    assert!(server.steps() < 50, "{} steps", server.steps());
}

#[test]
fn what_does_not_change_the_project_is_no_step() {
    let project = small();
    let server = Server::start(project.path(), &[]);
    server.until_page("/a.html", "old words");
    project.write("content/a.md", "# A\n\nold words\n\n");
    project.write("content/.hidden.md", "x");
    project.write("site/index.html", "x");
    project.write("content/a.md", "# A\n\nthe end\n");
    server.until_page("/a.html", "the end");
    server.until("a step", |server| server.steps() > 0);
    assert_eq!(server.steps(), 1, "{}", server.said());
}

#[test]
fn polling_sees_changes_too() {
    let project = small();
    let server = Server::start(project.path(), &["--poll"]);
    server.until_page("/a.html", "old words");
    project.write("content/a.md", "# A\n\npolled\n");
    server.until_page("/a.html", "polled");
}

#[cfg(unix)]
#[test]
fn the_next_port_is_taken_and_a_stop_is_graceful() {
    let project = small();
    let first = Server::start(project.path(), &[]);
    let mut second = Server::start(project.path(), &["--host", "0.0.0.0", "--allow-host", "docs.corp"]);
    assert_ne!(first.host, second.host);
    second.until("a warning", |server| server.said().contains("anyone who reaches this machine"));
    assert!(!first.said().contains("anyone"));
    assert_eq!(second.ask("GET", "/a.html", &[("Host", "docs.corp")], "").status, 200);
    assert_eq!(second.ask("GET", "/a.html", &[("Host", "evil.example")], "").status, 421);
    let mut stream = Stream::open(&second, "/a.html");
    stream.next();
    let id = second.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
    let mut rest = String::new();
    let _ = stream.0.read_to_string(&mut rest);
    assert_eq!(second.child.wait().expect("an end").code(), Some(0));
}
