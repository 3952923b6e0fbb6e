//! A preview that others than this machine can ask: the audience is a limit.

use super::{Answer, Server, Stream};
use crate::support::{Project, run_in};
use std::fs;

const SHARED: [&str; 2] = ["--host", "0.0.0.0"];

/// A handbook in which whatever is withheld from staff has 绝密 in it, in text and
/// names, and whose visible chapters say it where pages do not show it.
fn project() -> Project {
    Project::new(
        "
//- handbook.yaml
title: 手册
audiences:
  everyone: 全体
  staff: {name: 员工, includes: everyone}
  board: {name: 绝密董事会, includes: staff}
  guests: {name: 绝密来宾}
//- content/a.md
---
title: 甲
related: [绝密乙, 绝密无]
audience: everyone
---
见[别处](绝密/薪酬.md)和[没有的](绝密没有.md)。

<!-- 绝密注 --> 《没有的制度》。
//- content/s.md
---
title: 员工章
audience: staff
---
员工可见。
//- content/绝密/index.md
---
title: 绝密目录
audience: board
---
//- content/绝密/薪酬.md
---
title: 绝密乙
status: in_force
effective: 2030-01-01
---
绝密正文[附件](绝密表.csv)。见[无](无.md)。
//- content/绝密/绝密表.csv
绝密数
",
    )
}

fn start(project: &Project, options: &[&str]) -> Server {
    let options: Vec<&str> = SHARED.iter().chain(options).copied().collect();
    let server = Server::start(project.path(), &options);
    server.until("the site", |server| server.get("/a.html").status == 200);
    server
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Nothing secret is in an answer, in whatever way it is written there.
fn assert_clean(answer: &Answer, what: &str) {
    let text = format!("{}\n{}", answer.head, answer.text());
    let decoded = percent_encoding::percent_decode_str(&text).decode_utf8_lossy().into_owned();
    for form in [text, decoded] {
        assert!(!form.contains("绝密") && !form.contains("\\u7edd"), "{what}: {form}");
    }
}

/// Asks for everything there is, in every way to ask for more.
fn assert_limited(server: &Server, may: &[&str]) {
    let port = server.host.split(':').nth(1).expect("a port").to_owned();
    let secret = format!("/{}/{}.html", encoded("绝密"), encoded("薪酬"));
    let file = format!("/{}/{}", encoded("绝密"), encoded("绝密表.csv"));
    let folder = format!("/{}/", encoded("绝密"));
    let names =
        ["", "board", "BOARD", &encoded("绝密董事会"), "guests", "staff", "everyone", "*", "nobody", "%00"];
    for name in names {
        let audience = format!("handbook-audience-{port}={name}");
        let both = format!("{audience}; handbook-day-{port}=2031-01-01");
        for cookie in [&audience, &both] {
            let headers = [("Cookie", cookie.as_str()), ("X-Audience", name), ("Connection", "close")];
            for path in [secret.as_str(), &file, &folder] {
                for query in [String::new(), format!("?audience={name}")] {
                    let answer = server.ask("GET", &format!("{path}{query}"), &headers, "");
                    assert_eq!(answer.status, 404, "{path}{query} as {name}");
                    assert_clean(&answer, path);
                }
            }
            for path in ["/", "/a.html", "/index.json", "/tree.html", "/a-z.html", "/-/findings", "/map.html"]
            {
                assert_clean(&server.ask("GET", path, &headers, ""), path);
            }
            let news = Stream::open_with(&server.host, "/a.html", &format!("Cookie: {cookie}\r\n")).next();
            assert!(!news.to_string().contains("绝密"), "{news}");
            assert!(may.contains(&news["audience"].as_str().expect("a name")), "{news}");
            assert_eq!(news["findings"], serde_json::json!([]));
            assert_eq!(news["others"], serde_json::json!([0, 0, 0]));
        }
    }
    let news = Stream::open(server, &secret).next();
    assert_eq!(news["source"], serde_json::Value::Null, "{news}");
    assert_eq!(server.get("/-/findings").status, 404);
}

#[test]
fn nobody_sees_more_than_the_audience_may() {
    let project = project();
    let server = start(&project, &["--audience", "staff"]);
    assert!(server.said().contains("can read what `staff` may see"), "{}", server.said());
    assert_limited(&server, &["staff", "everyone"]);
    assert!(server.get("/s.html").text().contains("员工可见"));
    let news = Stream::open(&server, "/a.html").next();
    assert_eq!(news["audiences"], serde_json::json!([["everyone", "全体"], ["staff", "员工"]]));
    assert_eq!((&news["audience"], &news["whole"]), (&"staff".into(), &false.into()));
    // Who may see less can still be looked for.
    let port = server.host.split(':').nth(1).expect("a port").to_owned();
    let cookie = format!("handbook-audience-{port}=everyone");
    assert_eq!(server.ask("GET", "/s.html", &[("Cookie", &cookie)], "").status, 404);
}

#[test]
fn saves_of_what_is_withheld_are_not_told() {
    let project = project();
    let server = start(&project, &["--audience", "staff", "--follow"]);
    let mut page = Stream::open(&server, "/a.html");
    page.next();
    project.write("content/绝密/薪酬.md", "---\ntitle: 绝密丙\n---\n又是绝密\n");
    let news = page.next();
    assert!(!news.to_string().contains("绝密"), "{news}");
    assert_eq!(news["saved"], serde_json::Value::Null);
    project.write("content/绝密/绝密表.csv", "绝密数二\n");
    assert_eq!(page.next()["files"], serde_json::json!([]));
    project.write("content/s.md", "---\naudience: staff\n---\n# 员工章\n\n改了\n");
    assert_eq!(page.next()["saved"]["url"], "s.html");
    let cookie =
        format!("Cookie: handbook-audience-{}=everyone\r\n", server.host.split(':').nth(1).expect("a port"));
    let mut less = Stream::open_with(&server.host, "/a.html", &cookie);
    less.next();
    project.write("content/s.md", "---\naudience: staff\n---\n# 员工章\n\n又改了\n");
    assert_eq!(less.next()["saved"], serde_json::Value::Null);
}

#[cfg(unix)]
#[test]
fn the_editor_does_not_tell_which_files_are_withheld() {
    let project = project();
    let server = start(&project, &["--audience", "staff", "--editor", "sh -c : {file}"]);
    let token =
        Stream::open(&server, "/a.html").next()["editor"]["token"].as_str().expect("a token").to_owned();
    let open = |file: &str| {
        let body = serde_json::json!({ "file": file }).to_string();
        server.ask("POST", "/-/open", &[("X-Handbook-Token", token.as_str())], &body).status
    };
    assert_eq!(open("content/a.md"), 204);
    assert_eq!(open("handbook.yaml"), 204);
    assert_eq!(open("content/绝密/薪酬.md"), 404);
}

#[test]
fn an_audience_that_is_not_there_any_more_sees_nothing_restricted() {
    let project = project();
    let server = start(&project, &["--audience", "staff"]);
    for settings in [
        "title: 别的\naudiences:\n  everyone: 全体\n  board: {name: 绝密董事会, includes: everyone}\n",
        "title: 无人\n",
        "title: [坏\n",
    ] {
        project.write("handbook.yaml", settings);
        server.until("the end of it", |server| server.get("/s.html").status == 404);
        assert_limited(&server, &[""]);
        project.write(
            "handbook.yaml",
            "title: 手册\naudiences: {everyone: 全体, staff: {includes: everyone}}\n",
        );
        server.until("its return", |server| server.get("/s.html").status == 200);
    }
    fs::remove_file(project.path().join("handbook.yaml")).expect("removed");
    server.until("the end of it", |server| server.get("/s.html").status == 404);
    assert_limited(&server, &[""]);
}

#[test]
fn audiences_that_come_later_widen_nothing() {
    let project = project();
    let settings = project.read("handbook.yaml");
    for (first, then) in [("title: 手册\n", settings.as_str()), ("title: 手册\n", "title: [坏\n")] {
        project.write("handbook.yaml", first);
        let secret = format!("/{}/{}.html", encoded("绝密"), encoded("薪酬"));
        fs::rename(project.path().join("content/绝密"), project.path().join("绝密")).expect("moved");
        project.write("content/a.md", "---\ntitle: 甲\n---\n人人可见\n");
        project.write("content/s.md", "员工可见\n");
        let server = start(&project, &[]);
        assert_eq!(server.get("/s.html").status, 200);
        assert_eq!(server.get("/-/findings").status, 200);
        // First the chapters say so, then the settings, then nobody can say.
        project.write("content/s.md", "---\naudience: staff\n---\n员工可见\n");
        server.until("a restricted chapter's end", |server| server.get("/s.html").status == 404);
        fs::rename(project.path().join("绝密"), project.path().join("content/绝密")).expect("moved");
        project.write("handbook.yaml", then);
        server.until("a step", |server| server.steps() > 1);
        assert_eq!(server.get(&secret).status, 404);
        assert_limited(&server, &[""]);
        assert!(server.said().contains("--audience"), "{}", server.said());
        assert_eq!(server.get("/a.html").status, 200);
    }
}

#[test]
fn without_an_audience_others_see_nothing_of_a_handbook_that_has_some() {
    let project = project();
    let folder = project.path();
    for host in ["0.0.0.0", "::", "192.0.2.1"] {
        let run = run_in(folder, &["serve", "--host", host]).expect(2);
        assert!(run.stderr().contains("--audience") && run.stderr().contains("staff"), "{}", run.stderr());
    }
    let run = run_in(folder, &["serve", "--host", "0.0.0.0", "--audience", "nobody"]).expect(2);
    assert!(run.stderr().contains("no audience is called"), "{}", run.stderr());
    // For oneself alone it is a start, as before.
    let server = Server::start(folder, &["--audience", "staff"]);
    let port = server.host.split(':').nth(1).expect("a port").to_owned();
    let cookie = format!("handbook-audience-{port}=board");
    let secret = format!("/{}/{}.html", encoded("绝密"), encoded("薪酬"));
    assert_eq!(server.get(&secret).status, 404);
    assert_eq!(server.ask("GET", &secret, &[("Cookie", &cookie)], "").status, 200);
    assert_eq!(server.get("/-/findings").status, 200);
}

/// The groups that the audience had at the start are the limit.
#[test]
fn an_audience_that_comes_to_include_more_is_shown_no_more() {
    let project = project();
    let server = start(&project, &["--audience", "staff"]);
    let settings = project.read("handbook.yaml");
    project.write(
        "handbook.yaml",
        settings
            .replace(
                "staff: {name: 员工, includes: everyone}",
                "staff: {name: 员工, includes: [everyone, board]}",
            )
            .replace("includes: staff}", "includes: everyone}"),
    );
    server.until("the end of it", |server| server.get("/s.html").status == 404);
    assert_limited(&server, &[""]);
    project.write("handbook.yaml", settings);
    server.until("its return", |server| server.get("/s.html").status == 200);
}
