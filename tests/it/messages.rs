//! The language that the program speaks: which one it is, and that it speaks no other.

use crate::support::{PROGRAM, Project, Run, tree};
use handbook::locale::Language;
use handbook::rule::RULES;
use std::path::Path;
use std::process::Command;

const VERBS: [&str; 11] =
    ["init", "new", "build", "publish", "check", "serve", "search", "explain", "host", "completions", "help"];
const TARGETS: [&str; 8] = ["nginx", "caddy", "apache", "container", "systemd", "github", "gitlab", "gitea"];

const CHINESE: &str = "
//- handbook.yaml
title: 手册
language: zh-CN
base_url: https://intranet.example.com/
audiences: {员工: 员工}
//- content/index.md
---
title: 手册
audience: 员工
---

正文。
";
const ENGLISH: &str = "
//- handbook.yaml
title: Handbook
language: en
base_url: https://intranet.example.com/
audiences: {staff: Staff}
//- content/index.md
---
title: Handbook
audience: staff
---

Text.
";

/// Runs the program without `--lang`, where nothing but these says a language.
fn run(folder: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> Run {
    let mut command = Command::new(PROGRAM[0]);
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
        .envs(environment.iter().copied())
        .env("SOURCE_DATE_EPOCH", "1790000000")
        .env("HANDBOOK_CACHE", "");
    Run(command.current_dir(folder).args(arguments).output().expect("handbook runs"))
}

fn all(run: &Run) -> String {
    run.stdout() + &run.stderr()
}

fn has_han(text: &str) -> bool {
    text.chars().any(handbook::text::is_cjk)
}

/// Three English words in a row that are no code: commands, paths, names and options are
/// taken out first.
fn english_sentence(text: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let mut row: Vec<&str> = Vec::new();
        let plain = without_code(line);
        for word in plain.split(' ') {
            let letters = word.trim_matches(|c: char| c.is_ascii_punctuation());
            let is_word = letters.len() > 1 && letters.bytes().all(|c| c.is_ascii_alphabetic());
            if !is_word {
                row.clear();
                continue;
            }
            row.push(letters);
            if row.len() >= 3 {
                return Some(format!("{row:?} in: {line}"));
            }
        }
        None
    })
}

/// A line without what is in quotation marks or code.
fn without_code(line: &str) -> String {
    // Commands stand in lines of their own, indented behind the sign of a comment.
    if line.trim_start().starts_with("#   ") || line.trim_start().starts_with("cd ") {
        return String::new();
    }
    let mut plain = String::new();
    let mut closing = None;
    for c in line.chars() {
        match (closing, c) {
            (Some(end), c) if c == end => closing = None,
            (Some(_), _) => {}
            (None, '「') => closing = Some('」'),
            (None, '"') => closing = Some('"'),
            (None, '\'') => closing = Some('\''),
            (None, '<') => closing = Some('>'),
            // Chinese has no spaces, so that what stands before and behind is a word each.
            (None, c) if c.is_ascii() => plain.push(c),
            (None, _) => plain.push_str(" , "),
        }
    }
    let code = ["handbook ", "--"];
    plain
        .split(" , ")
        .filter(|part| !code.iter().any(|word| part.contains(word)))
        .collect::<Vec<_>>()
        .join(" , ")
}

/// What a configuration says to people.
fn comments(text: &str) -> String {
    let lines =
        text.lines().filter(|line| line.trim_start().starts_with('#') || line.starts_with("Description="));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Everything that is printed without a finding of the library's.
fn runs(project: &Project) -> Vec<(String, String)> {
    let mut said = Vec::new();
    let mut ask = |arguments: &[&str]| {
        said.push((arguments.join(" "), all(&run(project.path(), &[], arguments))));
    };
    for arguments in [&["--help"][..], &["help"], &["--version"], &[]] {
        ask(arguments);
    }
    for verb in VERBS {
        ask(&[verb, "--help"]);
        ask(&["help", verb]);
    }
    ask(&["build"]);
    ask(&["build", "-v", "--timings"]);
    ask(&["check", "-v", "--timings"]);
    ask(&["check", "--all-audiences"]);
    ask(&["build", "--all-audiences"]);
    ask(&["publish", "--dry-run", "out", "--replace"]);
    ask(&["publish"]);
    ask(&["publish", "--output", "x", "y"]);
    ask(&["search", "a"]);
    ask(&["search", "手册"]);
    ask(&["new", "c/d"]);
    ask(&["new", "c/d"]);
    ask(&["new", "../d"]);
    ask(&["init", "demo"]);
    ask(&["init", "demo"]);
    ask(&["explain", "unknown-rule"]);
    ask(&["host", "nginx", "--timezone"]);
    ask(&["host", "nginx", "--timezone=No/Where"]);
    ask(&["host", "nginx", "--site", "a"]);
    ask(&["host", "nginx", "--site", "/a;"]);
    ask(&["host", "nginx", "--name", "A"]);
    ask(&["host", "nginx", "--domain", "a;"]);
    ask(&["host", "nginx", "--oidc=https://u:p@a/"]);
    ask(&["host", "github"]);
    ask(&["serve", "--host", "0.0.0.0"]);
    for wrong in [
        &["biuld"][..],
        &["build", "--xx"],
        &["build", "--audiense", "a"],
        &["build", "a"],
        &["build", "--date"],
        &["build", "--date", "x"],
        &["build", "--date", "2024-02-30"],
        &["build", "--format", "x"],
        &["build", "--color"],
        &["build", "-q", "-v"],
        &["build", "-q", "-q"],
        &["build", "--lang", "xx"],
        &["build", "--base-url", "x"],
        &["build", "--base-url", "https://u:p@a/"],
        &["build", "--audience", "nobody"],
        &["new"],
        &["search"],
        &["search", "a", "--limit", "x"],
        &["serve", "--port", "70000"],
        &["serve", "--host", "x"],
        &["serve", "--editor", "nano"],
        &["serve", "--editor", "javascript://{file}"],
        &["host"],
        &["host", "iis"],
        &["host", "nginx", "--into", "x"],
        &["host", "nginx", "--base", "/a b/"],
        &["host", "nginx", "--oidc", "x"],
        &["host", "nginx", "--certificate", "/c"],
        &["help", "xx"],
    ] {
        ask(wrong);
    }
    for target in TARGETS {
        let run_of = run(project.path(), &[], &["host", target]);
        said.push((format!("host {target}"), comments(&run_of.stdout()) + &run_of.stderr()));
        let options =
            ["--write", "--oidc=https://login.example.com", "--timezone=Asia/Shanghai", "--audience"];
        let audience = if project.read("handbook.yaml").contains("员工") { "员工" } else { "staff" };
        let mut arguments = vec!["host", target];
        arguments.extend(options);
        arguments.push(audience);
        said.push((arguments.join(" "), all(&run(project.path(), &[], &arguments))));
    }
    for (path, bytes) in project.tree(".") {
        if ["hosting", ".git", "Containerfile"].iter().any(|begin| path.starts_with(begin)) {
            said.push((path, comments(&String::from_utf8_lossy(&bytes))));
        }
    }
    said
}

#[test]
fn a_chinese_handbook_is_told_nothing_in_english() {
    let project = Project::new(CHINESE);
    let runs = runs(&project);
    assert!(runs.len() > 100, "{}", runs.len());
    let wrong: Vec<String> =
        runs.iter().filter_map(|(what, text)| Some(format!("{what}: {}", english_sentence(text)?))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let silent = runs.iter().filter(|(what, text)| !has_han(text) && !what.starts_with("--version"));
    let silent: Vec<_> = silent.map(|(what, text)| (what, text)).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn an_english_handbook_is_told_nothing_in_chinese() {
    let project = Project::new(ENGLISH);
    for (what, text) in runs(&project).iter().filter(|(what, _)| !what.contains("手册")) {
        assert!(!has_han(text), "{what}: {text}");
    }
}

#[test]
fn a_sentence_is_told_from_names_and_code() {
    for sentence in ["错误：there is no chapter", "# Put it into the folder", "4 章：no findings were there"]
    {
        assert!(english_sentence(sentence).is_some(), "{sentence}");
    }
    for code in [
        "请运行 handbook new a b c",
        "「there is no chapter」不对",
        "  cd demo && handbook serve",
        "a.md b.md c.md",
    ] {
        assert!(english_sentence(code).is_none(), "{code}");
    }
}

#[test]
fn the_language_is_that_of_the_option_else_the_handbooks_else_the_locales() {
    let failing = "//- content/a.md\n";
    let chinese = Project::new("//- content/采购.md\n# 采购制度\n\n正文。\n");
    let english = Project::new("//- content/a.md\n# Travel\n\nText.\n");
    let other = Project::new(&format!("//- handbook.yaml\nlanguage: de\n{failing}# A\n"));
    let empty = tempfile::tempdir().expect("folder");
    let (zh, en) = (("LANG", "zh_CN.UTF-8"), ("LANG", "en_US.UTF-8"));
    for (folder, environment, arguments, is_chinese) in [
        // Before anything is built, and after.
        (chinese.path(), &[en][..], &["biuld"][..], true),
        (chinese.path(), &[en], &["build", "--output", "content"], true),
        (chinese.path(), &[en], &["check"], true),
        (english.path(), &[zh], &["biuld"], false),
        (english.path(), &[zh], &["check"], false),
        (english.path(), &[], &["check", "--lang", "zh"], true),
        (chinese.path(), &[], &["--lang=en", "biuld"], false),
        (empty.path(), &[], &["build"], false),
        (empty.path(), &[zh], &["build"], true),
        (empty.path(), &[("LC_ALL", "C"), zh], &["build"], false),
        (empty.path(), &[("LC_ALL", ""), ("LC_MESSAGES", "zh_CN"), en], &["build"], true),
        (empty.path(), &[zh], &["build", "-C", "no/such/folder"], true),
        (other.path(), &[zh], &["check"], true),
        (other.path(), &[], &["check"], false),
    ] {
        let said = all(&run(folder, environment, arguments));
        assert_eq!(has_han(&said), is_chinese, "{environment:?} {arguments:?}: {said}");
    }
    let from = |root: &str| all(&run(empty.path(), &[], &["-C", root, "biuld"]));
    assert!(has_han(&from(&chinese.path().to_string_lossy())));
    let run = run(empty.path(), &[zh], &["build", "--lang", "xx"]).expect(2);
    assert!(run.stderr().contains("「xx」") && run.stderr().contains("「en」、「zh」"), "{}", run.stderr());
}

#[test]
fn starters_and_new_chapters_are_in_the_language_and_build_without_a_finding() {
    for language in Language::all() {
        let folder = tempfile::tempdir().expect("folder");
        let at = |folder: &Path, arguments: &[&str]| run(folder, &[], arguments).expect(0).stderr();
        at(folder.path(), &["init", "demo", "--lang", language.tag()]);
        let demo = folder.path().join("demo");
        let files = tree(&demo);
        assert!(files.len() >= 7 && files.contains_key(".gitignore"), "{:?}", files.keys());
        for (name, bytes) in &files {
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains("2000-01-01") && !text.contains("2001-01-01"), "{name}");
            assert!(language == Language::CHINESE || !has_han(&text), "{name}: {text}");
        }
        for arguments in [&["build", "--deny-warnings"][..], &["check", "--deny-warnings", "-v"]] {
            let said = at(&demo, arguments);
            let nothing = if language == Language::CHINESE { "没有发现问题" } else { "no findings" };
            assert!(said.contains(nothing), "{said}");
        }
        at(&demo, &["new", "operations/returns"]);
        let chapter = std::fs::read_to_string(demo.join("content/operations/returns.md")).expect("a chapter");
        assert!(chapter.contains("title: \"Returns\"\n") && !chapter.contains("{date}"), "{chapter}");
        let note = if language == Language::CHINESE { "起草" } else { "First draft" };
        assert!(chapter.contains(note), "{chapter}");
        at(&demo, &["build", "--deny-warnings", "--drafts"]);
    }
}

#[test]
fn a_title_is_put_into_a_new_chapter_as_it_is() {
    let project = Project::new("//- content/a.md\n# A\n");
    project.run(&["new", "b", "--title", "{date}: \"x\" {title}"]).expect(0);
    assert!(project.read("content/b.md").contains(r#"title: "{date}: \"x\" {title}""#));
}

#[test]
fn counts_are_worded_in_both_languages() {
    let organization = "//- handbook.yaml\ntitle: T\n//- organization.yaml\ndepartments: [{id: d, name: D}]\nroles: [{id: r, name: R}]\n";
    let project = Project::new(&format!(
        "{organization}//- content/a.md\n---\nroles: [x]\n---\n# A\n\n[b](b.md) [c](c.md)\n\
         //- content/c.md\n# C\n\n[a](a.md)\n"
    ));
    let zh = run(project.path(), &[], &["check", "--lang", "zh"]).expect(1).stderr();
    assert!(zh.contains("2 章：1 个错误、1 个警告（"), "{zh}");
    let en = project.run(&["check"]).expect(1).stderr();
    assert!(en.contains("2 chapters: 1 error, 1 warning ("), "{en}");
}

#[test]
fn every_rule_is_explained() {
    let project = Project::new("//- content/a.md\n# A\n");
    let ask = |language: Language, code: Option<&str>| {
        let mut arguments = vec!["explain", "--lang", language.tag()];
        arguments.extend(code);
        run(project.path(), &[], &arguments).expect(0).stdout()
    };
    for language in Language::all() {
        let list = ask(language, None);
        assert_eq!(list.lines().count(), RULES.len());
        for (line, rule) in list.lines().zip(RULES) {
            assert!(line.starts_with(rule.code) && line.ends_with(&rule.summary(language)), "{line}");
            assert!(!rule.summary(language).is_empty(), "{}", rule.code);
            let text = ask(language, Some(rule.code));
            assert!(text.starts_with(rule.code), "{text}");
            for part in [rule.summary(language), rule.explanation(language)] {
                assert!(!part.is_empty() && text.contains(&part), "{}: {text}", rule.code);
            }
            let example = rule.example(language);
            assert!(!example.is_empty(), "{}", rule.code);
            for line in example.lines().filter(|line| !line.is_empty()) {
                assert!(text.contains(&format!("    {line}\n")), "{}: {text}", rule.code);
            }
            let changes = text.contains(&format!("checks: {{{}: ", rule.code));
            assert_eq!(changes, !rule.is_fixed, "{text}");
        }
    }
    let wrong = project.run(&["explain", "unkown-role"]).expect(2).stderr();
    assert!(wrong.contains("did you mean `unknown-role`?"), "{wrong}");
    let wrong = project.run(&["explain", "xyz"]).expect(2).stderr();
    assert!(wrong.contains("lists all"), "{wrong}");
}

#[test]
fn configurations_differ_in_comments_only() {
    let project = Project::new(CHINESE);
    let machine = |language: &str, target: &str| {
        let arguments =
            ["host", target, "--lang", language, "--audience", "员工", "--source", "https://a/h.git"];
        let text = run(project.path(), &[], &arguments).expect(0).stdout();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        let lines =
            lines.filter(|line| !line.starts_with("Description=") && !line.contains("HANDBOOK_SOURCE:?"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    for target in TARGETS {
        assert_eq!(machine("zh", target), machine("en", target), "{target}");
    }
    let text = run(project.path(), &[], &["host", "nginx", "--write"]).expect(0);
    assert!(text.stderr().contains("已写入"), "{}", text.stderr());
    // One's own file is known again in whatever language it is.
    run(project.path(), &[], &["host", "nginx", "--write", "--lang", "en"]).expect(0);
    assert!(project.read("hosting/nginx.conf").starts_with("# Made by `handbook host nginx` ("));
    run(project.path(), &[], &["host", "nginx", "--write"]).expect(0);
    assert!(project.read("hosting/nginx.conf").starts_with("# 由 handbook host nginx 生成（"));
    project.write("hosting/nginx.conf", project.read("hosting/nginx.conf") + "# x\n");
    run(project.path(), &[], &["host", "nginx", "--write"]).expect(2);
}
