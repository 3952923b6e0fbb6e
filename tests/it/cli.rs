//! The verbs and flags, as a newcomer types them.

use crate::support::{Project, run_in};

#[test]
fn init_then_build_works_and_says_what_to_do_next() {
    let folder = tempfile::tempdir().expect("folder");
    run_in(folder.path(), &["init", "demo"]).expect(0);
    let demo = folder.path().join("demo");
    let run = run_in(&demo, &["build", "--deny-warnings"]).expect(0).stderr();
    assert!(run.contains("no findings"), "{run}");
    let home = std::fs::read_to_string(demo.join("site/index.html")).expect("home");
    assert!(home.contains("next-steps.html"));
    let next = std::fs::read_to_string(demo.join("site/next-steps.html")).expect("next steps");
    assert!(next.contains("handbook serve") && next.contains("handbook new"));
    run_in(folder.path(), &["init", "demo"]).expect(2);
}

#[test]
fn new_makes_a_draft_and_never_overwrites() {
    let project = Project::new("//- content/index.md\n# H\n");
    project.run(&["new", "ops/退换货", "--title", "退换货：流程"]).expect(0);
    let text = project.read("content/ops/退换货.md");
    assert!(text.contains("title: \"退换货：流程\"") && text.contains("status: draft"), "{text}");
    project.run(&["new", "ops/退换货"]).expect(2);
    assert_eq!(project.read("content/ops/退换货.md"), text);
    project.run(&["new", "../out"]).expect(2);
    project.run(&["build", "--drafts", "--deny-warnings"]).expect(0);
}

#[cfg(unix)]
#[test]
fn new_writes_into_the_project_and_never_beside_its_own_name() {
    let project = Project::new("//- content/a.md\n# A\n//- content/Ops/b.md\n# B\n");
    let outside = tempfile::tempdir().expect("folder");
    std::os::unix::fs::symlink(outside.path(), project.path().join("content/l")).expect("a link");
    std::os::unix::fs::symlink("Ops", project.path().join("content/m")).expect("a link");
    let before = project.tree("content");
    for name in ["A.md", "A", "ａ.md", "ops/c", "OPS/deep/c.md", "Ops/B.md"] {
        let told = project.run(&["new", name]).expect(2).stderr();
        assert!(told.contains("macOS"), "{name}: {told}");
    }
    for name in ["l/n.md", "l/deep/n.md"] {
        project.run(&["new", name]).expect(2);
    }
    assert_eq!(project.tree("content"), before);
    assert_eq!(std::fs::read_dir(outside.path()).expect("folder").count(), 0);
    for name in ["Ops/c", "m/d", "new/deep/e"] {
        project.run(&["new", name]).expect(0);
    }
}

#[test]
fn wrong_usage_exits_with_2() {
    let project = Project::new("//- content/a.md\n# A\n");
    project.run(&["biuld"]).expect(2);
    project.run(&["build", "--date", "2024-02-30"]).expect(2);
    project.run(&["build", "--base-url", "example.com"]).expect(2);
    project.run(&["build", "-C", "no/such/folder"]).expect(2);
    let empty = tempfile::tempdir().expect("folder");
    let run = run_in(empty.path(), &["build"]).expect(2).stderr();
    assert!(run.contains("handbook init"), "{run}");
}

#[test]
fn completions_name_the_verbs() {
    let project = Project::new("//- content/a.md\n# A\n");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = project.run(&["completions", shell]).expect(0).stdout();
        assert!(script.contains("serve") && script.contains("deny-warnings"), "{shell}");
    }
}

#[test]
fn the_date_decides_what_is_in_force() {
    let project = Project::new(
        "//- content/a.md\n---\nstatus: in_force\neffective: 2025-01-01\nreview_by: 2026-01-01\n---\n# A\n",
    );
    let status = |date: &str| {
        project.run(&["build", "-q", "--date", date]).expect(0);
        let index: serde_json::Value = serde_json::from_str(&project.read("site/index.json")).expect("JSON");
        (index["chapters"][0]["status"].clone(), index["chapters"][0]["overdue"].clone())
    };
    assert_eq!(status("2024-12-31"), ("approved".into(), serde_json::Value::Null));
    assert_eq!(status("2025-06-01"), ("in_force".into(), serde_json::Value::Null));
    assert_eq!(status("2026-06-01"), ("in_force".into(), true.into()));
}

#[test]
fn timings_and_verbose_print_stages() {
    let project = Project::new("//- content/a.md\n# A\n");
    let run = project.run(&["build", "--timings", "-v"]).expect(0).stderr();
    for word in ["read", "parse", "assemble", "render and write", "bytes of chapters", "1 chapter:"] {
        assert!(run.contains(word), "{word}: {run}");
    }
    assert_eq!(project.run(&["build", "-q"]).expect(0).stderr(), "");
}

/// A server on this machine that gives each path its answer.
fn loopback(answers: &'static [(&'static str, &'static str)]) -> u16 {
    use std::io::{BufRead, BufReader, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming().filter_map(Result::ok) {
            std::thread::spawn(move || {
                let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let first = lines.next().unwrap_or_default();
                while lines.next().is_some_and(|line| !line.is_empty()) {}
                let path = first.split(' ').nth(1).unwrap_or("");
                let method = first.split(' ').next().unwrap_or("");
                let key = format!("{method} {path}");
                let found = answers.iter().find(|answer| answer.0 == key || answer.0 == path);
                let head = found.map_or("404 Not Found", |answer| answer.1);
                let _ = write!(&stream, "HTTP/1.1 {head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            });
        }
    });
    port
}

#[test]
fn outside_links_are_asked_on_demand_only() {
    const ANSWERS: &[(&str, &str)] = &[
        ("/fine", "200 OK"),
        ("HEAD /get-only", "405 Method Not Allowed"),
        ("GET /get-only", "200 OK"),
        ("/login", "403 Forbidden"),
        ("/old", "301 Moved Permanently\r\nLocation: /fine"),
        ("/today", "302 Found\r\nLocation: /fine"),
        ("/loop", "302 Found\r\nLocation: /loop"),
        ("/broken", "500 Internal Server Error"),
    ];
    let port = loopback(ANSWERS);
    let closed =
        std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let url = |path: &str| format!("http://127.0.0.1:{port}{path}");
    let project = Project::new("//- handbook.yaml\ntitle: T\n");
    let names = ["/fine", "/get-only", "/login", "/old", "/today", "/loop", "/broken", "/gone#x"];
    let links: String = names.iter().map(|name| format!("[a]({})\n\n", url(name))).collect();
    project.write(
        "content/a.md",
        format!("# A\n\n{links}见 {} 。\n\n[b](http://{closed}/)\n", url("/bare-gone")),
    );
    let quiet = project.run(&["check", "--color", "never"]).expect(0).stderr();
    assert!(quiet.contains("no findings"), "{quiet}");
    let run = project.run(&["check", "--external", "--color", "never"]).expect(0).stderr();
    let told =
        |path: &str| run.contains(&format!("{}: ", url(path))) || run.contains(&format!("{} has", url(path)));
    for path in ["/old", "/loop", "/broken", "/gone", "/bare-gone"] {
        assert!(told(path), "{path} is not told of:\n{run}");
    }
    for path in ["/fine", "/get-only", "/login", "/today"] {
        assert!(!told(path), "{path} is told of:\n{run}");
    }
    assert!(run.contains(&format!("help: write {}", url("/fine"))), "{run}");
    assert!(run.contains("content/a.md:19:") && run.contains("content/a.md:21:"), "{run}");
    assert_eq!(run.matches("warning[dead-link]").count(), 5, "{run}");
    assert_eq!(run.matches("note[moved-link]").count(), 1, "{run}");
}
