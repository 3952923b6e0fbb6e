//! Front matter as a whole run sees it: what is told and how gravely, and that who
//! may see a chapter never hangs on where its front matter stands.

use crate::support::{Project, Run};

const AUDIENCES: &str = "title: T\nlanguage: en\naudiences:\n  everyone: Everyone\n  board: {name: Board, includes: [everyone]}\n";

/// Files that look like front matter and are not read as such, with the line that is told.
const MISPLACED: [(&str, &str, usize); 13] = [
    ("comment", "<!-- license -->\n---\ntitle: A\naudience: board\n---\n\nSECRET\n", 1),
    ("heading", "# A\n\n---\naudience: board\n---\n\nSECRET\n", 1),
    ("blank", "\n---\ntitle: A\naudience: board\n---\n\nSECRET\n", 1),
    ("mark", "\u{FEFF}\u{FEFF}---\ntitle: A\naudience: board\n---\n\nSECRET\n", 1),
    ("text", "Internal.\n\n---\ntitle: A\naudience: board\n---\n\nSECRET\n", 5),
    ("hyphens", "----\ntitle: A\naudience: board\n----\n\nSECRET\n", 1),
    ("wide", "－－－\ntitle: A\naudience: board\n－－－\n\nSECRET\n", 1),
    ("opening", "title: A\naudience: board\n---\n\nSECRET\n", 1),
    ("fences", "title: A\naudience: board\n\nSECRET\n", 1),
    ("toml", "+++\ntitle = \"A\"\naudience = \"board\"\n+++\n\nSECRET\n", 1),
    ("code", "```yaml\ntitle: A\naudience: board\n```\n\nSECRET\n", 1),
    ("merge", "---\ntitle: A\n<<: {audience: board}\n---\n\nSECRET\n", 3),
    ("letters", "---\ntitle: A\nａｕｄｉｅｎｃｅ: board\n---\n\nSECRET\n", 3),
];

fn project(settings: &str, text: &str) -> Project {
    let project = Project::new("//- content/index.md\n# Home\n");
    project.write("handbook.yaml", settings);
    project.write("content/a.md", text);
    project
}

#[track_caller]
fn holds_no_secret(project: &Project, run: &Run, name: &str) {
    for (path, bytes) in project.tree("site") {
        assert!(!String::from_utf8_lossy(&bytes).contains("SECRET"), "{name}: {path}");
    }
    assert!(!(run.stdout() + &run.stderr()).contains("SECRET"), "{name}");
}

#[test]
fn what_is_not_in_its_place_is_an_error_where_there_are_audiences_and_withheld_whatever_checks_say() {
    let lowered = "checks: {front-matter: off, unknown-audience: off, unknown-key: off}\n";
    for (name, text, line) in MISPLACED {
        let strict = project(AUDIENCES, text);
        let run = strict.run(&["build", "--audience", "everyone"]).expect(1);
        assert!(run.stderr().contains(&format!("content/a.md:{line}:")), "{name}: {}", run.stderr());
        holds_no_secret(&strict, &run, name);
        for audience in ["everyone", "board"] {
            let lax = project(&format!("{AUDIENCES}{lowered}"), text);
            let run = lax.run(&["build", "--audience", audience]).expect(0);
            holds_no_secret(&lax, &run, name);
            assert!(lax.path().join("site/index.html").exists());
        }
    }
}

#[test]
fn elsewhere_it_warns_and_is_used() {
    for (name, text, line) in MISPLACED {
        let quiet = text
            .replace("audience: board\n", "id: A-1\n")
            .replace("audience = \"board\"", "id = \"A-1\"")
            .replace("ａｕｄｉｅｎｃｅ", "ｏｗｎｅｒ");
        let project = project("title: T\nlanguage: en\n", &quiet);
        let run = project.run(&["build"]).expect(0).stderr();
        // A block below text that names no audience is text between rules.
        if matches!(name, "text" | "merge" | "letters") {
            continue;
        }
        assert!(run.contains("warning[front-matter]"), "{name}: {run}");
        assert!(run.contains(&format!("content/a.md:{line}:")), "{name}: {run}");
        let page = project.read("site/a.html");
        assert!(
            page.contains("SECRET") && page.contains("A-1") && !page.contains("id: A-1"),
            "{name}: {page}"
        );
        assert!(project.path().join("site/id/A-1.html").exists(), "{name}");
    }
    let named = project("title: T\n", MISPLACED[0].1);
    assert!(named.run(&["build"]).expect(1).stderr().contains("error[front-matter]"));
}

#[test]
fn in_a_bare_folder_nothing_about_front_matter_is_an_error() {
    let texts = [
        "---\nstatus: active\nkind: x\neffective: soon\ndepartments: [nowhere]\nroles: y\n---\n\nText.\n",
        "---\ntitle: [\n---\n\nText.\n",
        "---\nid: a/b\nrequired_reading: {x: y}\n---\n\nText.\n",
        "---\naudience: board\ntitle: a: b\n\nText.\n",
        "---\ntitle\n\n---\n\nText.\n",
        "title: A\nowner: nobody\n---\n\nText.\n",
        "<!-- x -->\n---\naudience: board\n---\n\nText.\n",
        "---\naudience: board\naudience: x\n---\n\nText.\n",
    ];
    for text in texts {
        let project = Project::new("");
        project.write("a.md", text);
        let run = project.run(&["build"]);
        assert_eq!(run.status(), 0, "{text:?}: {}", run.stderr());
        assert!(project.read("site/a.html").contains("Text."), "{text:?}");
    }
}

#[test]
fn text_between_rules_is_text() {
    let text = "---\ntitle: 甲\n---\n\n第一段。\n\n---\n夹在两条横线之间的一段，不能丢。\n---\n\n第三段。\n\n\
                ---\n备注：看起来像字段\nnote: 也是正文\n---\n\n---\ntitle: Travel\nstatus: draft\naudience: board\n---\n\n\
                ---\n**Request**: Some plain sentence without key\n\nPlease confirm.\n\n---\n\n第四段。\n";
    let project = project(AUDIENCES, text);
    let run = project.run(&["build", "--audience", "everyone"]).expect(0);
    assert!(!run.stderr().contains("unknown-key"), "{}", run.stderr());
    let page = project.read("site/a.html");
    let words = [
        "第一段",
        "不能丢",
        "看起来像字段",
        "也是正文",
        "status: draft",
        "plain sentence",
        "Please confirm",
        "第四段",
    ];
    for word in words {
        assert!(page.contains(word), "{word}: {page}");
    }
}

#[test]
fn a_second_block_changes_nothing() {
    let text = "---\ntitle: Pay\naudience: board\n---\n---\nsummary: x\naudience: everyone\n---\n\nSECRET\n";
    let project = project(AUDIENCES, &text.replace("everyone", "board"));
    let run = project.run(&["build", "--audience", "everyone"]).expect(0);
    holds_no_secret(&project, &run, "second block");
    project.run(&["build", "--audience", "board", "-o", "board"]).expect(0);
    assert!(project.read("board/a.html").contains("summary: x"));
    // Which of two audiences is meant nobody knows.
    let swapped =
        text.replace("board", "x").replace("everyone", "board").replace("audience: x", "audience: everyone");
    for text in [text, &swapped] {
        project.write("content/a.md", text);
        let run = project.run(&["build", "--audience", "everyone"]).expect(1);
        assert!(run.stderr().contains("content/a.md:7:1"), "{}", run.stderr());
        holds_no_secret(&project, &run, "another audience");
    }
}

/// Nobody may see a folder whose page cannot be read.
#[cfg(unix)]
#[test]
fn a_folder_whose_page_cannot_be_read_is_withheld() {
    use std::os::unix::fs::symlink;
    use std::path::Path;
    type Make = fn(&Path);
    let made: [(&str, Make); 7] = [
        ("out", |page| symlink("/etc/hostname", page).expect("a link")),
        ("dangling", |page| symlink("nowhere.md", page).expect("a link")),
        ("circle", |page| symlink("index.md", page).expect("a link")),
        ("folder", |page| std::fs::create_dir(page).expect("a folder")),
        ("pipe", |page| {
            let made = std::process::Command::new("mkfifo").arg(page).status().expect("mkfifo runs");
            assert!(made.success());
        }),
        ("bytes", |page| std::fs::write(page, b"---\naudience: everyone\n---\n\xFF").expect("a file")),
        ("large", |page| {
            let file = std::fs::File::create(page).expect("a file");
            file.set_len(handbook::disk::MAX_CHAPTER + 1).expect("a hole");
        }),
    ];
    for (name, make) in made {
        let project = project(AUDIENCES, "# A\n");
        let lowered = "checks: {encoding: off, limit: off, unreadable: off}\n";
        project.write("handbook.yaml", format!("{AUDIENCES}{lowered}"));
        project.write("content/x/b.md", "# B\n\nSECRET\n");
        project.write("content/x/y/c.md", "# C\n\nSECRET\n");
        make(&project.path().join("content/x/index.md"));
        let run = project.run(&["build", "--audience", "everyone"]).expect(0);
        holds_no_secret(&project, &run, name);
        // What comes after the page in rank cannot speak for it.
        project.write("content/x/README.md", "---\naudience: everyone\n---\n# X\n");
        let run = project.run(&["build", "--audience", "everyone"]).expect(0);
        holds_no_secret(&project, &run, name);
    }
}

/// Two pages of one rank: what either withholds is withheld.
#[test]
fn the_stricter_of_two_pages_of_a_folder_counts() {
    let settings = format!("{AUDIENCES}checks: {{duplicate-url: off, alias-conflict: off}}\n");
    for (first, second) in
        [("index.markdown", "index.md"), ("index.md", "index.markdown"), ("INDEX.md", "index.md")]
    {
        let project = project(&settings, "# A\n");
        project.write(&format!("content/x/{first}"), "---\naudience: board\n---\n# X\n");
        project.write(&format!("content/x/{second}"), "---\naudience: everyone\n---\n# Y\n");
        project.write("content/x/b.md", "# B\n\nSECRET\n");
        let run = project.run(&["build", "--audience", "everyone"]).expect(0);
        holds_no_secret(&project, &run, first);
    }
}

/// A draft is in no site: it may narrow who sees a folder, never widen it. Of several
/// pages of a folder all must admit a reader.
#[test]
fn no_other_page_of_a_folder_opens_it() {
    let closed = "---\naudience: board\n---\n# X\n";
    let pages = [
        ("README.md", closed, "index.md", "---\nstatus: draft\naudience: everyone\n---\n# Y\n"),
        ("README.md", closed, "index.md", "# Y\n"),
        ("_index.md", closed, "README.md", "---\naudience: everyone\n---\n# Y\n"),
        ("index.md", closed, "y/index.md", "---\nstatus: draft\naudience: everyone\n---\n# Y\n"),
        (
            "index.md",
            "---\nstatus: draft\naudience: board\n---\n# X\n",
            "README.md",
            "---\naudience: everyone\n---\n",
        ),
    ];
    for (first, one, second, two) in pages {
        for options in [&["--audience", "everyone"][..], &["--audience", "everyone", "--drafts"]] {
            let project = project(&format!("{AUDIENCES}checks: {{alias-conflict: off}}\n"), "# A\n");
            project.write(&format!("content/x/{first}"), one);
            project.write(&format!("content/x/{second}"), two);
            project.write("content/x/y/b.md", "# B\n\nSECRET\n");
            let run = project.run(&[&["build"], options].concat()).expect(0);
            holds_no_secret(&project, &run, second);
        }
    }
}

/// A book from elsewhere: each chapter with front matter of its own, and a last line that
/// is looked for.
fn foreign(settings: &str, fronts: &[&str]) -> (Project, Run) {
    let project = Project::new("//- content/index.md\n# Home\n");
    project.write("handbook.yaml", settings);
    for (at, front) in fronts.iter().enumerate() {
        project.write(&format!("content/c{at}.md"), format!("---\ntitle: C{at}\n{front}\n---\n\nTEXT{at}\n"));
    }
    let run = project.run(&["build"]);
    (project, run)
}

#[test]
fn words_from_elsewhere_are_shown_and_do_not_stop_the_build() {
    let fronts =
        ["status: active", "kind: runbook", "status: 试行\nkind: [预案]", "status: 1", "owner: {name: 王五}"];
    let (project, run) = foreign("title: T\nlanguage: en\n", &fronts);
    assert_eq!(run.status(), 0, "{}", run.stderr());
    for (at, word) in ["active", "runbook", "试行", "1", "王五"].iter().enumerate() {
        let page = project.read(&format!("site/c{at}.html"));
        assert!(page.contains(word) && page.contains(&format!("TEXT{at}")), "{word}: {page}");
        assert!(!page.contains("notice-"), "{word}: {page}");
    }
    for line in ["warning[foreign-value]: `active`", "`runbook`", "content/c0.md:3:9", "`试行`", "`预案`"]
    {
        assert!(run.stderr().contains(line), "{line}: {}", run.stderr());
    }
    assert!(project.read("site/kinds/runbook.html").contains("c1.html"));
    assert!(project.read("site/status/active.html").contains("c0.html"));
    assert!(!project.path().join("site/status/in_force.html").exists());
    let index: serde_json::Value = serde_json::from_str(&project.read("site/index.json")).expect("JSON");
    let chapters = index["chapters"].as_array().expect("chapters");
    let of = |key: &str| chapters.iter().filter_map(|one| one[key].as_str()).collect::<Vec<_>>().join(" ");
    assert_eq!((of("status").as_str(), of("kind").as_str()), ("active 试行 1", "runbook 预案"));
}

/// `template: home.html` of MkDocs Material, `template: splash` of Starlight.
#[test]
fn a_template_of_another_tool_stops_no_build() {
    let fronts = ["template: home.html", "template: splash", "template: 404", "template: chapter.html"];
    let (project, run) = foreign("title: T\nlanguage: en\n", &fronts);
    assert_eq!(run.status(), 0, "{}", run.stderr());
    for at in 0..fronts.len() {
        let page = project.read(&format!("site/c{at}.html"));
        assert!(page.contains(&format!("TEXT{at}")), "{page}");
    }
    for word in ["`home`", "`splash`", "`404`"] {
        let line = format!("warning[foreign-value]: {word} is a template");
        assert!(run.stderr().contains(&line), "{line}: {}", run.stderr());
    }
    assert!(!run.stderr().contains("`chapter`"), "{}", run.stderr());
    // Whoever has made templates means one of them.
    project.write("themes/default/templates/own.html", "OWN {{ title }}");
    let run = project.run(&["build"]).expect(1).stderr();
    assert!(run.contains("splash.html"), "{run}");
    project.write("content/c0.md", "---\ntitle: T\ntemplate: own\n---\n\nTEXT0\n");
    for at in 1..3 {
        project.write(&format!("content/c{at}.md"), "# T\n");
    }
    project.run(&["build"]).expect(0);
    assert!(project.read("site/c0.html").starts_with("OWN"));
}

#[test]
fn what_is_nearly_a_word_of_ours_is_an_error() {
    let (_, run) = foreign("title: T\nlanguage: en\n", &["status: daft", "kind: polcy"]);
    assert_eq!(run.status(), 1);
    for line in ["error[invalid-value]: `daft`", "did you mean `draft`", "`polcy`", "did you mean `policy`"] {
        assert!(run.stderr().contains(line), "{line}: {}", run.stderr());
    }
    // Lowered, what is nearly a draft is one.
    let (project, run) = foreign("title: T\nlanguage: en\nchecks: {invalid-value: off}\n", &["status: daft"]);
    assert_eq!(run.status(), 0, "{}", run.stderr());
    assert!(!project.path().join("site/c0.html").exists());
}

#[test]
fn drafts_of_other_programs_are_in_no_byte_of_the_site() {
    let fronts = [
        "status: wip",
        "status: 待审",
        "STATUS: Pending Review",
        "draft: true",
        "published: false",
        "unlisted: yes",
        "publish: 否",
        "draft: [maybe]",
        "draft：true",
        "publishDate: 2999-01-01",
        "draft: true: false",
        "status: {word: active}",
    ];
    // Every finding off that can be: what holds back does not hang on one.
    let off =
        "checks: {foreign-value: off, front-matter: off, invalid-value: off, unknown-key: off, yaml: off}\n";
    for settings in ["title: T\nlanguage: en\n".to_owned() + off, String::new()] {
        let (project, run) = foreign(&settings, &fronts);
        assert_eq!(run.status(), 0, "{}", run.stderr());
        for (path, bytes) in project.tree("site") {
            let text = String::from_utf8_lossy(&bytes);
            for (at, front) in fronts.iter().enumerate() {
                let held = text.contains(&format!("TEXT{at}\n")) || text.contains(&format!("TEXT{at}<"));
                assert!(!held && path != format!("c{at}.html"), "{path}: {front}");
            }
        }
    }
}

#[test]
fn words_for_no_more_are_retired_and_shown() {
    let fronts = ["status: deprecated", "status: 作废", "archived: true", "status: Obsolete"];
    let (project, run) = foreign("title: T\nlanguage: en\n", &fronts);
    assert_eq!(run.status(), 0, "{}", run.stderr());
    for (at, word) in ["deprecated", "作废", "archived", "Obsolete"].iter().enumerate() {
        let page = project.read(&format!("site/c{at}.html"));
        assert!(page.contains("notice-retired") && page.contains(word), "{word}: {page}");
    }
    assert_eq!(project.read("site/status/retired.html").matches("class=\"card\"").count(), 4);
}

#[test]
fn a_successor_with_a_word_of_its_own_does_not_take_the_place_of_what_is_in_force() {
    let (project, _) =
        foreign("title: T\nlanguage: en\n", &["status: in_force", "status: active\nsupersedes: [C0]"]);
    assert!(!project.read("site/c0.html").contains("notice-superseded"));
}

#[test]
fn a_handbook_declares_kinds_of_its_own() {
    let settings = "title: T\nlanguage: en\nkinds: {runbook: 运维手册, 预案: 应急预案}\n";
    let (project, run) = foreign(settings, &["kind: Runbook", "kind: 应急预案", "kind: 办法"]);
    assert!(!run.stderr().contains("foreign-value"), "{}", run.stderr());
    assert!(project.read("site/c0.html").contains("运维手册"));
    assert!(project.read("site/kinds/index.html").contains("应急预案"));
    assert!(project.read("site/c2.html").contains("Measures"));
    let (_, run) = foreign("title: T\nlanguage: en\nkinds: [runbook]\n", &["kind: runbook"]);
    assert!(!run.stderr().contains("foreign-value"), "{}", run.stderr());
}

#[test]
fn drafts_are_held_back_however_their_front_matter_stands() {
    for text in [
        "---\n\ttitle: A\n\tstatus: draft\n---\n\nSECRET\n",
        "---\n  title: A\n  status: draft\n---\n\nSECRET\n",
        "---\n\ttitle: A\n  id: X-1\n  status: draft\n---\n\nSECRET\n",
        "标题：A\n状态：草案\n\nSECRET\n",
        "title: A\nstatus: draft\n\nSECRET\n",
    ] {
        let project = project("title: T\nlanguage: en\n", text);
        let run = project.run(&["build"]);
        if project.path().join("site").exists() {
            holds_no_secret(&project, &run, text);
        } else {
            run.expect(1);
        }
        let check = project.run(&["check"]);
        // What is read as it stands needs no word.
        let is_told = check.stderr().contains("content/a.md:") || text.starts_with("---\n");
        assert!(is_told, "{text}: {}", check.stderr());
    }
    // What only looks a little like it is text.
    for text in ["Purpose: to save\nScope: all staff\n\nText.\n", "Owner: the HR team\n\nText.\n"] {
        let project = project("title: T\nlanguage: en\n", text);
        project.run(&["build"]).expect(0);
        assert!(project.read("site/a.html").contains(text.lines().next().unwrap()), "{text}");
    }
}

#[test]
fn other_words_for_what_is_kept_from_some_withhold() {
    let fronts = [
        "protected: true",
        "secret: true",
        "绝密: true",
        "是否保密: 是",
        "members_only: true",
        "internal_only: true",
        "login_required: true",
        "password: x",
        "级别: 机密",
        "x-audience: board",
        "privacy: private",
    ];
    for front in fronts {
        let lowered = "checks: {front-matter: off, unknown-audience: off, unknown-key: off}\n";
        let project =
            project(&format!("{AUDIENCES}{lowered}"), &format!("---\ntitle: A\n{front}\n---\n\nSECRET\n"));
        let run = project.run(&["build", "--audience", "everyone"]).expect(0);
        holds_no_secret(&project, &run, front);
    }
    for front in ["protected: false", "private: false", "x-colour: red", "level: 2"] {
        let project = project(AUDIENCES, &format!("---\ntitle: A\n{front}\n---\n\nOPEN\n"));
        project.run(&["build", "--audience", "everyone"]).expect(0);
        assert!(project.read("site/a.html").contains("OPEN"), "{front}");
    }
}

#[test]
fn front_matter_that_a_line_of_dots_cuts_short_withholds() {
    let lowered = "checks: {front-matter: off, unknown-audience: off, unknown-key: off}\n";
    let text = "---\ntitle: A\n...\nsummary: |\n...\nstatus: in_force\naudience: board\n---\n\nSECRET\n";
    let project = project(&format!("{AUDIENCES}{lowered}"), text);
    let run = project.run(&["build", "--audience", "everyone"]).expect(0);
    holds_no_secret(&project, &run, text);
}

#[test]
fn a_space_that_is_missing_behind_a_colon_is_told_in_its_line() {
    let text = "---\ntitle: A\nowner:Nurse\nstatus: in_force\n---\n\nText\n";
    let lone = project("title: T\nlanguage: en\n", text);
    let said = lone.run(&["build"]).expect(1).stderr();
    assert!(said.contains("content/a.md:3:6") && said.contains("a space is missing"), "{said}");
    assert!(!said.contains("no last line"), "{said}");
    lone.run(&["check", "--fix"]);
    assert_eq!(lone.read("content/a.md"), text.replace("owner:", "owner: "));
    let strict = project(AUDIENCES, "---\ntitle: A\naudience:board\n---\n\nSECRET\n");
    let run = strict.run(&["build", "--audience", "everyone"]);
    assert!(run.stderr().contains("content/a.md:3:"), "{}", run.stderr());
    holds_no_secret(&strict, &run, "tight");
}
