//! Pictures of earlier editions: the page of a text shows what its readers saw.

use super::{all_of, build, commit, git};
use crate::support::Project;

const DAY: &str = "2026-11-28";

fn text(version: &str, body: &str) -> String {
    format!(
        "---\ntitle: 流程\nid: OPS-1\nstatus: in_force\nversion: '{version}'\neffective: 202{version}-01-01\n---\n第一条 见图。\n\n{body}\n"
    )
}

fn picture(word: &str) -> String {
    format!("<svg xmlns='http://www.w3.org/2000/svg'><text>{word}</text></svg>")
}

/// A first version with two pictures, of which the second replaces one and drops the other.
fn book(from_git: bool) -> Project {
    let project = Project::new("\n//- content/index.md\n# 首页\n");
    project.write("handbook.yaml", "title: 手册\nlanguage: zh-CN\n");
    project.write("content/ops/flow.md", text("1", "![图](图/a.svg) ![[b.svg]] ![同](same.svg)"));
    for (name, word) in [("图/a", "旧图"), ("b", "删图"), ("same", "同图")] {
        project.write(&format!("content/ops/{name}.svg"), picture(word));
    }
    if from_git {
        project.write("handbook.yaml", "title: 手册\nlanguage: zh-CN\neditions: git\n");
        git(&project, "2021-01-01", &["init", "-q", "-b", "main"]);
        commit(&project, "2021-01-01");
    } else {
        project.run(&["release", "OPS-1"]).expect(0);
    }
    project.write("content/ops/图/a.svg", picture("新图"));
    std::fs::remove_file(project.path().join("content/ops/b.svg")).unwrap();
    project.write("content/ops/flow.md", text("2", "![图](图/a.svg) ![同](same.svg)"));
    if from_git {
        commit(&project, "2022-01-01");
    }
    project
}

#[test]
fn an_edition_shows_its_pictures_as_they_were() {
    for from_git in [true, false] {
        let project = book(from_git);
        build(&project, DAY);
        let shown = |page: &str| -> Vec<String> {
            let shown = project.page(&format!("site/{page}"));
            let sources = shown.all(".text img").into_iter();
            let sources = sources.map(|image| image.value().attr("src").unwrap_or_default().to_owned());
            let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
            sources
                .map(|source| {
                    let path =
                        percent_encoding::percent_decode_str(&source).decode_utf8().unwrap().into_owned();
                    let file = project.path().join("site").join(folder).join(path);
                    let text =
                        std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("{source} on {page}"));
                    text.split("<text>").nth(1).unwrap().chars().take(2).collect()
                })
                .collect()
        };
        assert_eq!(shown("versions/OPS-1/1.html"), ["旧图", "删图", "同图"], "from git: {from_git}");
        assert_eq!(shown("ops/flow.html"), ["新图", "同图"]);
        assert_eq!(shown("versions/OPS-1/2.html"), ["新图", "同图"]);
        assert!(!project.path().join("site/versions/OPS-1/1/ops/same.svg").exists(), "it is the same");
        // The chapter's own page on a day of the past, and the bundle of that day.
        build(&project, "2021-06-01");
        assert_eq!(shown("ops/flow.html"), ["旧图", "删图", "同图"]);
        project.run(&["audit", "--date", "2021-06-01", "-o", "a.zip"]).expect(0);
        let files = crate::audit::entries(&project, "a.zip");
        assert!(files.values().any(|file| file.contains("旧图")), "{:?}", files.keys());
    }
}

#[test]
fn a_picture_that_was_replaced_within_a_version_is_told() {
    let project = book(false);
    let told = || project.run(&["check", "--date", DAY]).stderr();
    assert!(!told().contains("silent-change"), "{}", told());
    project.run(&["release", "OPS-1"]).expect(0);
    assert!(!told().contains("silent-change"), "{}", told());
    project.write("content/ops/图/a.svg", picture("又换"));
    assert!(told().contains("silent-change") && told().contains("图/a.svg"), "{}", told());
    assert!(told().contains("content/ops/flow.md:5"), "{}", told());
}

/// Neither the picture of an edition that an audience may not see, nor one that a text only names.
#[test]
fn an_audience_gets_no_picture_that_its_texts_do_not_show() {
    for from_git in [true, false] {
        for (first, words) in [("audience: board\n", "![图](图/a.svg)"), ("", "不显示 图/a.svg，也不链接。")]
        {
            let project = Project::new("\n//- content/index.md\n# 首页\n");
            let settings = "title: 手册\nlanguage: zh-CN\naudiences:\n  staff: 员工\n  board: {name: 董事会, includes: [staff]}\n";
            project.write("handbook.yaml", settings);
            let old = text("1", words).replace("status:", &format!("{first}status:"));
            project.write("content/ops/flow.md", old);
            project.write("content/ops/图/a.svg", picture("秘图"));
            project.write(
                "content/ops/board.md",
                "---\ntitle: 董事会\naudience: board\n---\n第一条 ![图](图/a.svg)\n",
            );
            if from_git {
                project.write("handbook.yaml", format!("{settings}editions: git\n"));
                git(&project, "2021-01-01", &["init", "-q", "-b", "main"]);
                commit(&project, "2021-01-01");
            } else {
                project.run(&["release", "OPS-1"]).expect(0);
                project.write("editions/OPS-1/1/ops/图/a.svg", picture("秘图"));
            }
            project.write("content/ops/图/a.svg", picture("新图"));
            project.write("content/ops/flow.md", text("2", "没有图。"));
            if from_git {
                commit(&project, "2022-01-01");
            }
            for day in ["2021-06-01", DAY] {
                project
                    .run(&["build", "--audience", "staff", "--date", day, "--replace", "--shrink"])
                    .expect(0);
                let site = all_of(&project);
                assert!(!site.contains("秘图") && !site.contains("新图"), "{from_git} {first}{words} {day}");
            }
            project.run(&["build", "--audience", "board", "--date", DAY, "--replace", "--shrink"]).expect(0);
            assert_eq!(all_of(&project).contains("秘图"), !first.is_empty(), "{from_git} {first}{words}");
        }
    }
}
