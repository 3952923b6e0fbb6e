//! What a person may write by mistake is told; it never ends in a crash or a
//! failing disk.

use crate::support::Project;

/// `check` tells of it at this place, with these words; `build` writes nothing.
fn told(fixture: &str, words: &[&str]) {
    let project = Project::new(fixture);
    project.write("handbook.yaml", "title: 手册\n");
    let run = project.run(&["check"]).expect(1).stderr();
    assert!(words.iter().all(|word| run.contains(word)), "{words:?}: {run}");
    let run = project.run(&["build"]).expect(1).stderr();
    assert!(!run.contains("panicked") && !project.path().join("site").exists(), "{run}");
}

#[test]
fn a_file_where_a_folder_must_be_is_told() {
    told(
        "//- content/a.md\n# A\n//- content/a.html/b.md\n# B\n",
        &["error[duplicate-url]", "content/a.md would be published as a.html", "content/a.html/b.md"],
    );
    told("//- content/a.md\n# A\n//- content/A.HTML/b.md\n# B\n", &["error[duplicate-url]", "content/a.md"]);
    told(
        "//- content/a.md\n# A\n//- content/a.html/x.pdf\nx\n",
        &["error[duplicate-url]", "content/a.html/x.pdf"],
    );
    told("//- content/a\nx\n//- content/A/b.md\n# B\n", &["error[duplicate-url]", "content/a would be"]);
    for folder in ["assets", "previews", "search"] {
        let fixture = format!("//- content/a.md\n# A\n//- content/{folder}\nx\n");
        told(&fixture, &["error[duplicate-url]", &format!("content/{folder} would be")]);
    }
    for page in ["404.html", "index.json"] {
        let fixture = format!("//- content/index.md\n# A\n//- content/{page}/a.md\n# B\n");
        told(&fixture, &["error[duplicate-url]", page, "is a page of the site"]);
    }
    told("//- a.md\n# A\n//- a.html/b.md\n# B\n", &["error[duplicate-url]", "\n --> a.md"]);
}

#[test]
fn a_redirect_that_no_disk_can_hold_is_told_and_left_out() {
    let project = Project::new(
        "//- content/a.md\n---\nid: X-1\nredirect_from: [/a.html/, /b.html/old.html, /c, /C/, /A.html, /.hidden/x.html, /g.html]\n---\n# A\n\
         //- content/b.md\n# B\n//- content/g.html/f.md\n# F\n//- content/id\nx\n",
    );
    let run = project.run(&["build"]).expect(0).stderr();
    assert_eq!(run.matches("warning[redirect-conflict]").count(), 7, "{run}");
    for words in [
        "`a.html/index.html`: `a.html` is a file",
        "`b.html/old.html`: `b.html` is a file",
        "`C/index.html`: `c/index.html` differs",
        "`A.html`: `a.html` differs",
        "`.hidden/x.html`: no server",
        "`g.html`: a folder must be there",
        "`id/X-1.html`: `id` is a file",
    ] {
        assert!(run.contains(words), "{words}: {run}");
    }
    assert!(run.contains("content/a.md:3:"), "{run}");
    assert!(project.path().join("site/c/index.html").exists() && !project.path().join("site/C").exists());
}

#[test]
fn a_name_that_is_too_long_for_a_disk_is_told() {
    // 84 characters are 252 bytes: with `.md` a disk holds them, with `.html` not.
    let name = "制".repeat(84);
    told(&format!("//- content/{name}.md\n# A\n"), &["error[limit]", "257 bytes", "\n --> content/制"]);
    let long = "旧".repeat(90);
    told(
        &format!("//- content/a.md\n---\nredirect_from: [/{long}.html]\n---\n# A\n"),
        &["error[limit]", "275 bytes", "content/a.md:2:"],
    );
    let deep = "old/".repeat(990);
    told(
        &format!("//- content/a.md\n---\nredirect_from: /{deep}\n---\n# A\n"),
        &["error[limit]", "content/a.md:2:"],
    );
}

#[test]
fn names_that_just_fit_are_published_with_what_room_there_is_for_copies() {
    let name = "制".repeat(83); // 249 bytes, and `.html`; `.html.br` does not fit
    let topic = "\u{20000}".repeat(80);
    let text = "正文。".repeat(2_000);
    let project = Project::new(&format!(
        "//- content/{name}.md\n---\ntopics: [{topic}, {topic}x]\n---\n# A\n\n{text}\n\
         //- content/b.md\n# B\n\n{text}\n//- content/b.html.br/c.md\n# C\n"
    ));
    project.run(&["build", "-q", "--precompress"]).expect(0);
    assert!(project.path().join(format!("site/{name}.html")).exists());
    assert!(project.path().join("site/b.html.gz").exists());
    assert!(project.path().join("site/b.html.br").is_dir());
    assert_eq!(std::fs::read_dir(project.path().join("site/topics")).expect("topics").count(), 9);
}

#[test]
fn a_generated_page_that_only_case_tells_from_a_file_is_told() {
    let project = Project::new("//- content/a/b.md\n# B\n//- content/a/INDEX.html\nx\n");
    let run = project.run(&["build"]).expect(0).stderr();
    assert!(run.contains("warning[duplicate-url]: content/a/INDEX.html"), "{run}");
}

#[test]
fn required_reading_of_unknown_keys_alone_is_an_error() {
    for value in ["{rolez: [x]}", "{within: 14d}", "{all: true}"] {
        told(
            &format!("//- content/a.md\n---\nrequired_reading: {value}\n---\n# A\n"),
            &["error[invalid-value]", "content/a.md:2:", "`required_reading` says of no role"],
        );
    }
    let project =
        Project::new("//- content/a.md\n---\nrequired_reading: {roles: all, within: 14d}\n---\n# A\n");
    project.run(&["check", "--deny-warnings"]).expect(0);
}

#[test]
fn a_folder_without_chapters_says_what_was_looked_for() {
    let bare = Project::new("//- notes.txt\nx\n");
    let with_content = Project::new("//- content/notes.txt\nx\n//- a.md\n# A\n");
    for verb in ["build", "check"] {
        let run = bare.run(&[verb]).expect(2).stderr();
        assert!(run.contains("no folder `content`") && run.contains("`.md` or `.markdown`"), "{run}");
        let run = with_content.run(&[verb]).expect(2).stderr();
        assert!(run.contains("/content") && run.contains("`.md` or `.markdown`"), "{run}");
    }
}

#[test]
fn days_at_the_ends_of_the_calendar_are_days() {
    let project = Project::new(
        "//- content/a.md\n---\nid: A\neffective: 0001-01-01\nreview_by: 9999-12-31\nretired: 9999-12-31\n\
         revisions: [{version: 1, date: 9999-12-31}]\nrequired_reading: {roles: all, within: 9999w}\n---\n# A\n",
    );
    for day in ["0000-01-01", "9999-12-31"] {
        project.run(&["build", "-q", "--date", day]).expect(0);
    }
    for day in ["10000-01-01", "-0001-01-01", "99999999999999999999-01-01", ""] {
        let run = project.run(&["build", &format!("--date={day}")]).expect(2).stderr();
        assert!(!run.contains("panicked"), "{run}");
    }
    let dir = project.path().join("new");
    project.run(&["init", dir.to_str().expect("a path"), "--date", "9999-12-31"]).expect(0);
    for (epoch, status) in [
        ("253402300800", 2),
        ("99999999999999999999", 2),
        ("-9223372036854775808", 2),
        ("morgen", 2),
        ("", 2),
        ("-1", 0),
        ("253402200000", 0),
    ] {
        let mut command = crate::support::program();
        command.current_dir(project.path()).env("SOURCE_DATE_EPOCH", epoch).args(["check"]);
        let run = command.output().expect("handbook runs");
        assert_eq!(run.status.code(), Some(status), "{epoch}: {}", String::from_utf8_lossy(&run.stderr));
    }
}

#[test]
fn a_password_in_base_url_is_refused_and_never_printed() {
    let secret = "hunter2hunter2";
    let url = format!("https://u:{secret}@h.example.com/");
    let project = Project::new("//- content/a.md\n# A\n");
    for command in [["build", "--base-url"], ["check", "--base-url"], ["host", "--base-url"]] {
        let more: &[&str] = if command[0] == "host" { &["nginx"] } else { &[] };
        for url in [&url, &url.replace("https://", ""), &url.replace("u:", "")] {
            let run = project.run(&[&command[..], &[url], more].concat()).expect(2);
            let told = run.stderr() + &run.stdout();
            assert!(told.contains("--base-url") && !told.contains(secret), "{told}");
        }
    }
    for settings in [
        format!("base_url: {url}\n"),
        format!("base_url: [{url}]\n"),
        format!("base_ulr: {url}\n"),
        format!("audiences:\n  a: {{base_url: '{url}'}}\n"),
        format!("base_url: {url} # a: b: c\ntitle: [\n"),
    ] {
        project.write("handbook.yaml", &settings);
        for format in ["human", "json", "github"] {
            let run = project.run(&["check", "--deny-warnings", "--format", format]).expect(1);
            assert!(!(run.stderr() + &run.stdout()).contains(secret), "{settings}: {}", run.stderr());
        }
    }
}

#[test]
fn a_new_chapter_is_one_that_is_read() {
    let project = Project::new("//- content/a.md\n# A\n");
    for name in ["", ".", "a/.b", ".c.md", "../d"] {
        let run = project.run(&["new", name]).expect(2).stderr();
        assert!(run.contains("name a file below"), "{name}: {run}");
    }
    assert_eq!(project.tree(".").len(), 1);
}
