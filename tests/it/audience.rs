//! Audiences: who sees which chapter, and what the others get instead.

use crate::support::Project;

const NESTED: &str = "
//- handbook.yaml
title: 手册
language: zh-CN
audiences:
  everyone: 全体人员
  staff: {name: 员工, includes: [everyone]}
  managers: {name: 管理人员, includes: staff}
  board: {name: 董事会, includes: [managers]}
  guests: {name: 访客}
//- content/index.md
# 手册
//- content/open.md
# 公开
//- content/hr/index.md
---
title: 人事
audience: [staff]
---
//- content/hr/leave.md
# 请假
//- content/hr/deep/pay.md
---
audience: 管理人员
---
# 薪酬
//- content/hr/deep/pension.md
# 年金
//- content/hr/public.md
---
audience: [everyone, guests]
---
# 对外
//- content/strategy.md
---
audience: [board]
---
# 战略
";

/// Titles in a site's index.json.
fn titles(project: &Project, site: &str) -> Vec<String> {
    let index = project.read(&format!("{site}/index.json"));
    let index: serde_json::Value = serde_json::from_str(&index).expect("JSON");
    let chapters = index["chapters"].as_array().into_iter().flatten();
    let mut titles: Vec<String> =
        chapters.filter_map(|one| one["title"].as_str().map(str::to_owned)).collect();
    titles.sort();
    titles
}

#[test]
fn nested_audiences_see_what_is_theirs_and_what_is_below() {
    let project = Project::new(NESTED);
    project.run(&["build", "--all-audiences"]).expect(0);
    let sorted = |mut titles: Vec<&'static str>| {
        titles.sort_unstable();
        titles
    };
    let seen = |audience: &str| titles(&project, &format!("site/{audience}"));
    let mut known = vec!["公开", "对外", "手册"];
    assert_eq!(seen("guests"), sorted(known.clone()));
    assert_eq!(seen("everyone"), sorted(known.clone()));
    known.extend(["人事", "请假", "年金"]);
    assert_eq!(seen("staff"), sorted(known.clone()));
    known.push("薪酬");
    assert_eq!(seen("managers"), sorted(known.clone()));
    known.push("战略");
    assert_eq!(seen("board"), sorted(known.clone()));
    for audience in ["guests", "everyone", "staff", "managers", "board"] {
        assert!(project.tree("site").contains_key(&format!("{audience}/.handbook-manifest.json")));
    }
    let one = project.run(&["build", "--audience", "员工", "-o", "one"]).expect(0);
    assert!(one.stderr().contains("员工: 6 chapters"), "{}", one.stderr());
    assert_eq!(project.tree("one"), project.tree("site/staff"));
    project.run(&["check", "--all-audiences"]).expect(0);
    let found = project.run(&["search", "--audience", "staff", "薪酬"]).expect(0).stdout();
    assert!(found.starts_with("0 chapters"), "{found}");
}

#[test]
fn a_page_names_no_audience_that_its_readers_do_not_include() {
    let project = Project::new(NESTED);
    project.run(&["build", "--all-audiences"]).expect(0);
    let page = |site: &str| project.read(&format!("site/{site}/hr/public.html"));
    assert!(page("staff").contains("全体人员") && !page("staff").contains("访客"));
    assert!(page("guests").contains("访客") && !page("guests").contains("全体人员"));
    let leave = project.read("site/board/hr/leave.html");
    assert!(leave.contains("知悉范围") && leave.contains("员工"), "what is inherited is shown too");
    for name in ["管理人员", "董事会", "访客"] {
        let files = project.tree("site/staff").into_values();
        assert!(files.into_iter().all(|bytes| !String::from_utf8_lossy(&bytes).contains(name)), "{name}");
    }
    project.run(&["build", "-q", "-o", "whole"]).expect(0);
    let whole = project.read("whole/hr/public.html");
    assert!(whole.contains("全体人员") && whole.contains("访客"));
}

#[test]
fn a_build_for_everyone_warns_of_what_is_not_for_everyone() {
    let project = Project::new(NESTED);
    let said = |arguments: &[&str]| project.run(arguments).expect(0).stderr();
    let run = said(&["build"]);
    assert!(run.contains("warning[restricted-chapter]: this site holds 6 chapters"), "{run}");
    project.run(&["build", "--deny-warnings"]).expect(1);
    assert!(!said(&["check"]).contains("restricted-chapter"), "nothing is published");
    assert!(!said(&["build", "--audience", "board", "-o", "b"]).contains("restricted"));
    let settings = project.read("handbook.yaml");
    project.write("handbook.yaml", format!("{settings}checks: {{restricted-chapter: off}}\n"));
    assert!(!said(&["build"]).contains("restricted-chapter"));
}

#[test]
fn names_are_checked() {
    let project = Project::new(NESTED);
    let run = project.run(&["build", "--audience", "stuff"]).expect(2).stderr();
    assert!(run.contains("no audience is called `stuff`") && run.contains("did you mean `staff`"), "{run}");
    project.write("content/a.md", "---\naudience: [stuff]\n---\n# 甲\n");
    let run = project.run(&["build", "--audience", "staff"]).expect(1).stderr();
    assert!(run.contains("error[unknown-audience]") && run.contains("content/a.md:2:12"), "{run}");
    let bare = Project::new("//- handbook.yaml\ntitle: 手册\n//- content/a.md\n---\naudience: all\n---\n");
    assert!(bare.run(&["check"]).expect(1).stderr().contains("declare it under `audiences:`"));
    assert!(bare.run(&["build", "--all-audiences"]).expect(2).stderr().contains("declares no `audiences:`"));
}

/// Whatever is wrong with who may read a chapter, nobody reads it.
#[test]
fn mistakes_withhold() {
    let project = Project::new(NESTED);
    let settings = project.read("handbook.yaml");
    let codes = ["unknown-audience", "unknown-key", "invalid-value", "front-matter", "encoding"];
    let off: String = codes.iter().map(|code| format!("  {code}: off\n")).collect();
    project.write("handbook.yaml", format!("{settings}checks:\n{off}"));
    let cases: [(&str, &[u8]); 10] = [
        ("unknown", b"---\naudience: stuff\n---\nqqsecret\n"),
        ("empty", b"---\naudience: []\n---\nqqsecret\n"),
        ("null", b"---\naudience:\n---\nqqsecret\n"),
        ("mapping", b"---\naudience: {a: b}\n---\nqqsecret\n"),
        ("key", b"---\naudiance: board\n---\nqqsecret\n"),
        ("plural", b"---\nAudiences: board\n---\nqqsecret\n"),
        ("yaml", b"---\naudience: board\ntitle: [\n---\nqqsecret\n"),
        ("endless", b"---\naudience: board\n\nqqsecret\n"),
        ("late", b"\n\n---\naudience: board\n---\nqqsecret\n"),
        ("encoding", b"---\ntitle: x\n---\nqqsecret \xd6\xc6\xb6\xc8\n"),
    ];
    for (name, bytes) in cases {
        project.write(&format!("content/{name}.md"), bytes);
    }
    project.run(&["build", "--all-audiences"]).expect(0);
    for (name, bytes) in project.tree("site") {
        let named = cases.iter().any(|case| name.ends_with(&format!("/{}.html", case.0)));
        assert!(!named && !String::from_utf8_lossy(&bytes).contains("qqsecret"), "{name}");
    }
    project.run(&["build", "-q", "-o", "whole"]).expect(0);
    for (name, _) in cases {
        assert!(project.read(&format!("whole/{name}.html")).contains("qqsecret"), "{name}");
    }
}

const LINKED: &str = "
//- handbook.yaml
language: zh-CN
audiences: {staff: , board: {includes: staff}}
//- content/index.md
# 手册

见[这里](secret.md \"标题\")与[[机密制度]]。
//- content/secret.md
---
title: 机密制度
id: SEC-1
audience: board
---
第一条 机密。
";

#[test]
fn a_link_to_what_is_withheld_is_its_text_and_a_mark() {
    let project = Project::new(LINKED);
    let run = project.run(&["build", "--audience", "staff"]).expect(0).stderr();
    assert!(run.contains("no findings"), "{run}");
    let page = project.read("site/index.html");
    let mark = "<span class=\"withheld-note\">（本版未收录）</span></span>";
    let marked = |text: &str| format!("<span class=\"withheld\">{text}{mark}");
    // A name that a link is written by is its address.
    let wanted = format!("见{}与{}。", marked("这里"), marked("另一文件"));
    assert!(page.contains(&wanted), "{page}");
    assert!(!page.contains("secret") && !page.contains("\"标题\"") && !page.contains("机密"), "{page}");
    let settings = project.read("handbook.yaml").replace("zh-CN", "en");
    project.write("handbook.yaml", format!("{settings}checks: {{withheld-target: error}}\n"));
    let run = project.run(&["check", "--all-audiences"]).expect(1).stderr();
    assert_eq!(run.matches("error[withheld-target]").count(), 2, "{run}");
    assert!(run.contains("not for `staff`"), "{run}");
    project.run(&["check"]).expect(0);
    project.run(&["build", "--audience", "board", "-o", "board"]).expect(0);
    let before = project.tree("site");
    project.run(&["build", "--audience", "staff"]).expect(1);
    assert_eq!(before, project.tree("site"), "an error leaves the last site");
    project.write("handbook.yaml", settings);
    project.run(&["build", "--audience", "staff"]).expect(0);
    assert!(project.read("site/index.html").contains("(not in this edition)"));
}

#[test]
fn a_link_of_raw_html_is_marked_too() {
    let project = Project::new(LINKED);
    let text = "<a id=x href='secret.md'>甲<b>乙</b></a>和<A HREF=\"index.md\">丙</A>\n\n<p><a href=secret.md\nid=y>丁</a><a href=secret.md>戊</a></p>\n";
    project.write("content/b.md", text);
    project.run(&["build", "--audience", "staff"]).expect(0);
    let page = project.read("site/b.html");
    assert_eq!(page.matches("（本版未收录）</span></a>").count(), 3, "{page}");
    assert!(page.contains("乙</b><span class=\"withheld-note\">") && page.contains(">丙</a>"), "{page}");
    assert!(!page.contains("secret"), "{page}");
}

#[test]
fn showing_what_is_withheld_is_an_error_always() {
    let project = Project::new(LINKED);
    project.write("content/index.md", "# 手册\n\n![[机密制度#第一条]]\n");
    project.run(&["check"]).expect(0);
    project.run(&["check", "--audience", "board"]).expect(0);
    let run = project.run(&["build", "--audience", "staff"]).expect(1).stderr();
    assert!(run.contains("error[withheld-embed]") && run.contains("content/index.md:3:1"), "{run}");
    let settings = project.read("handbook.yaml");
    project.write("handbook.yaml", format!("{settings}checks: {{withheld-embed: off}}\n"));
    let run = project.run(&["build", "--audience", "staff"]).expect(1).stderr();
    assert!(run.contains("`withheld-embed` is always an error"), "{run}");
    assert!(run.contains("error[withheld-embed]"), "{run}");
    // A frame of raw HTML shows a chapter too.
    project.write("content/index.md", "# 手册\n\n<iframe src=\"secret.html\"></iframe>\n");
    project.write("handbook.yaml", format!("{settings}markdown: {{raw_html: trust}}\n"));
    let run = project.run(&["build", "--audience", "staff"]).expect(1).stderr();
    assert!(run.contains("error[withheld-embed]"), "{run}");
}

#[test]
fn titles_that_are_withheld_are_text() {
    let project = Project::new(LINKED);
    // A shorter form of the withheld title is a visible chapter's: it is not meant.
    project.write("content/short.md", "# 采购管理办法\n");
    project.write("content/long.md", "---\naudience: board\n---\n# 某某公司采购管理办法\n");
    let text = "见《某某公司采购管理办法》、《机密制度》第一条和 SEC-1、《采购管理办法》。";
    project.write("content/index.md", format!("# 手册\n\n{text}\n"));
    project.run(&["build", "--audience", "staff"]).expect(0);
    let page = project.read("site/index.html");
    let link = "、<a class=\"mention\" href=\"short.html\">《采购管理办法》</a>。";
    assert!(page.contains(&text.replace("、《采购管理办法》。", link)), "{page}");
}

#[test]
fn attachments_go_where_a_chapter_uses_them() {
    let project = Project::new(LINKED);
    for name in
        ["shown.svg", "linked.pdf", "raw.mp4", "defined.txt", "附件一.docx", "secret.xlsx", "unused.zip"]
    {
        project.write(&format!("content/f/{name}"), name);
    }
    let text = "---
terms: [{term: 某词, definition: '[d](defined.txt)'}]
---
# 甲

![x](shown.svg) [y](linked.pdf) 见附件一。

<video src=\"raw.mp4\"></video>
";
    project.write("content/f/a.md", text);
    project.write("content/f/b.md", "---\naudience: board\n---\n# 乙\n\n[z](secret.xlsx)\n");
    let files = |site: &str| -> Vec<String> {
        let names = project.tree(site).into_keys();
        let names = names.filter_map(|name| name.strip_prefix("f/").map(str::to_owned));
        names.filter(|name| !name.ends_with(".html")).collect()
    };
    project.run(&["build", "--all-audiences"]).expect(0);
    let mut used = vec!["defined.txt", "linked.pdf", "raw.mp4", "shown.svg", "附件一.docx"];
    assert_eq!(files("site/staff"), used);
    used.insert(3, "secret.xlsx");
    assert_eq!(files("site/board"), used);
    project.run(&["build", "-q", "-o", "whole"]).expect(0);
    assert_eq!(files("whole").len(), 7);
}

#[test]
fn a_lost_successor_is_told() {
    let project = Project::new(LINKED);
    project.write("content/old.md", "---\nstatus: in_force\n---\n# 旧制度\n");
    let new = "---\nstatus: in_force\nsupersedes: 旧制度\naudience: board\n---\n# 新制度\n";
    project.write("content/new.md", new);
    let check = || project.run(&["check", "--audience", "staff"]).expect(0).stderr();
    assert!(check().contains("warning[withheld-successor]"), "{}", check());
    project.write("content/old.md", "---\nstatus: superseded\n---\n# 旧制度\n");
    assert!(!check().contains("withheld-successor"), "{}", check());
}

#[test]
fn a_folder_that_held_more_holds_only_the_edition() {
    let project = Project::new(LINKED);
    project.run(&["build", "-q", "--precompress"]).expect(0);
    assert!(project.tree("site").contains_key("secret.html"));
    project.run(&["build", "--audience", "staff"]).expect(0);
    project.run(&["build", "--audience", "staff", "-o", "fresh"]).expect(0);
    assert_eq!(project.tree("site"), project.tree("fresh"));
    let run = project.run(&["build", "--all-audiences"]).expect(2).stderr();
    assert!(run.contains("holds a site itself"), "{run}");
    project.run(&["build", "--all-audiences", "-o", "all"]).expect(0);
    let run = project.run(&["build", "-o", "all"]).expect(2).stderr();
    assert!(run.contains("holds a site for each audience"), "{run}");
}

/// A configuration for one audience must not build the whole.
#[test]
fn printed_configurations_build_for_the_audience() {
    let project = Project::new(NESTED);
    for target in ["systemd", "container", "github", "gitlab", "gitea"] {
        let told = |arguments: &[&str]| {
            let mut all = vec!["host", target];
            all.extend(arguments);
            project.run(&all).expect(0).stdout()
        };
        let text = told(&["--audience", "管理人员"]);
        let builds = text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'))
            .filter(|line| line.contains("handbook build") || line.contains("handbook publish"));
        let (all, narrow): (Vec<&str>, Vec<&str>) =
            builds.partition(|line| !line.contains(" --audience managers "));
        assert!(all.is_empty() && !narrow.is_empty(), "{target}: {all:?} {narrow:?}");
        assert!(project.run(&["host", target]).expect(1).stdout().is_empty(), "{target}");
    }
    project.run(&["host", "systemd", "--audience", "nobody"]).expect(2);
}

#[test]
fn each_edition_knows_its_own_address() {
    let project = Project::new(LINKED);
    let settings = "base_url: https://a.example/hb
audiences:
  staff:
  board: {includes: staff, base_url: 'https://b.example/'}
";
    project.write("handbook.yaml", settings);
    let map = |site: &str| project.read(&format!("{site}/sitemap.xml"));
    project.run(&["build", "--all-audiences", "-o", "all"]).expect(0);
    assert!(map("all/staff").contains("<loc>https://a.example/hb/staff/</loc>"), "{}", map("all/staff"));
    assert!(map("all/board").contains("<loc>https://b.example/</loc>"), "{}", map("all/board"));
    project.run(&["build", "--audience", "staff", "-o", "staff"]).expect(0);
    assert!(map("staff").contains("<loc>https://a.example/hb/</loc>"));
    let given = ["build", "--all-audiences", "--base-url", "https://c.example/", "-o", "given"];
    project.run(&given).expect(0);
    assert!(map("given/board").contains("<loc>https://c.example/board/</loc>"));
}

#[test]
fn the_name_of_a_group_under_a_key_that_nobody_reads_withholds() {
    let project = Project::new(
        "
//- handbook.yaml
title: Handbook
audiences:
  everyone: Everyone
  board: {name: 董事会, includes: [everyone]}
//- content/index.md
# Home
//- content/tagged.md
---
title: Tagged
tags: [board]
category: board
---
Shown.
",
    );
    for front in ["groups: board", "who: [董事会]", "security: {level: 1}\nseen_by: Board", "role: 董事会"]
    {
        project.write("content/pay.md", format!("---\ntitle: Pay\n{front}\n---\nSECRETPAY\n"));
        let run = project.run(&["build", "--audience", "everyone"]).expect(1);
        assert!(run.stderr().contains("content/pay.md:"), "{front}: {}", run.stderr());
        let key = front.lines().last().unwrap_or_default().split(':').next().unwrap_or_default();
        assert!(run.stderr().contains(key), "{front}: {}", run.stderr());
    }
    project.write("content/pay.md", "---\ntitle: Pay\naudience: board\ngroups: board\n---\nSECRETPAY\n");
    project.run(&["build", "--audience", "everyone"]).expect(0);
    assert!(
        project.path().join("site/tagged.html").exists() && !project.path().join("site/pay.html").exists()
    );
}

#[test]
fn the_site_of_an_audience_that_is_no_more_is_told() {
    let project = Project::new(
        "//- handbook.yaml\naudiences:\n  staff:\n  board: {includes: staff}\n//- content/a.md\n# A\n",
    );
    let told = |run: &crate::support::Run| run.stderr().contains("is the site of an audience that");
    let run = project.run(&["build", "--all-audiences", "-o", "all"]).expect(0);
    assert!(!told(&run), "{}", run.stderr());
    project.write("all/other/notes.txt", "no site");
    let settings = project.read("handbook.yaml").replace("board:", "directors:");
    project.write("handbook.yaml", settings);
    let run = project.run(&["build", "--all-audiences", "-o", "all"]).expect(0);
    assert!(told(&run) && run.stderr().contains("all/board"), "{}", run.stderr());
    assert!(!run.stderr().contains("all/other") && project.path().join("all/board/a.html").exists());
}
