//! The list of changes with its redlines, and the feeds.

use super::{build, edit, repository};
use crate::support::Project;
use std::collections::BTreeSet;

const ORGANIZATION: &str = "departments:\n  - {id: hr, name: 人事部}\n  - {id: fin, name: 财务部}\nroles:\n  - {id: clerk, name: 出纳, department: fin}\n";

fn project() -> Project {
    let project = repository();
    project.write(
        "handbook.yaml",
        "title: 手册 & 制度\nlanguage: zh-CN\neditions: git\nbase_url: https://handbook.example.com/zh\n",
    );
    project.write("organization.yaml", ORGANIZATION);
    // Two rules that git does not know: for finance, and with an editorial change.
    project.write(
        "content/cash.md",
        "---\ntitle: 现金\nid: FIN-9\nstatus: in_force\nversion: '1.1'\ndepartments: [fin]\nrevisions:\n  - {version: '1.1', date: 2026-09-02, by: 王五, kind: editorial, note: 改正错字}\n  - {version: '1.0', date: 2026-09-01, by: 王五, note: '首次发布 <b>&</b>'}\n---\n第一条 甲。\n",
    );
    project
}

/// The texts of an element of the feed, read as HTML, which is enough for what we write.
fn texts(project: &Project, css: &str) -> Vec<String> {
    project.page("site/changes.xml").texts(css)
}

#[test]
fn changes_name_the_clauses_and_lead_to_the_redline() {
    let project = project();
    build(&project, "2026-11-28");
    // A year on each page.
    let page = project.page("site/changes-2.html");
    let redlines: Vec<String> = page.links(".change-redline a").into_iter().map(|(url, _)| url).collect();
    assert!(redlines.contains(&"versions/HR-001/1.0..1.1.html".to_owned()), "{redlines:?}");
    assert!(redlines.contains(&"versions/HR-001/1.0..1.1.html#Hb-r1".to_owned()), "{redlines:?}");
    let home = project.page("site/index.html").links(".change-redline a");
    assert!(home.iter().any(|(url, _)| url == "versions/HR-001/1.0..1.1.html"), "{home:?}");
    assert!(project.page("site/changes.html").texts(".change-month .pill").contains(&"文字修订".to_owned()));
}

#[test]
fn feeds_have_what_rfc_4287_asks_for_and_leave_out_what_is_editorial() {
    let project = project();
    build(&project, "2026-11-28");
    let feed = project.read("site/changes.xml");
    let ids = texts(&project, "entry > id");
    assert!(ids.len() >= 3 && ids.iter().collect::<BTreeSet<_>>().len() == ids.len(), "{ids:?}");
    assert!(ids.contains(&"tag:handbook.example.com,2026-09-01:FIN-9/1.0".to_owned()), "{ids:?}");
    for part in ["id", "title", "updated", "author > name"] {
        assert_eq!(texts(&project, &format!("feed > {part}")).len(), 1, "{part}");
    }
    assert_eq!(texts(&project, "entry > updated").len(), ids.len());
    assert_eq!(texts(&project, "feed > updated"), ["2026-09-01T00:00:00Z"], "that of the latest entry");
    assert!(!feed.contains("改正错字"), "editorial changes are not announced");
    assert!(feed.contains("首次发布 &lt;b&gt;&amp;&lt;/b&gt;"), "{feed}");
    assert!(
        feed.contains("href=\"https://handbook.example.com/zh/versions/HR-001/1.0..1.1.html\""),
        "{feed}"
    );
    // Stable: a later day, another path and a new entry leave the ids as they were.
    edit(&project, "content/cash.md", &[("首次发布", "首次发布了")]);
    std::fs::rename(project.path().join("content/cash.md"), project.path().join("content/money.md")).unwrap();
    build(&project, "2026-12-28");
    assert_eq!(texts(&project, "entry > id"), ids);
}

#[test]
fn departments_and_roles_have_their_own_feeds_and_pages_name_them() {
    let project = project();
    build(&project, "2026-11-28");
    let has_cash = |name: &str| project.read(&format!("site/{name}")).contains("FIN-9/1.0");
    assert!(
        has_cash("departments/fin.xml") && has_cash("roles/clerk.xml") && !has_cash("departments/hr.xml")
    );
    for (page, feeds) in [
        ("index.html", vec!["changes.xml"]),
        ("changes.html", vec!["changes.xml"]),
        ("departments/fin.html", vec!["../departments/fin.xml", "../changes.xml"]),
        ("roles/clerk.html", vec!["../roles/clerk.xml", "../changes.xml"]),
    ] {
        let shown = project.page(&format!("site/{page}"));
        let links = shown.all("link[rel=alternate][type='application/atom+xml']");
        let named: Vec<&str> = links.iter().filter_map(|link| link.value().attr("href")).collect();
        assert_eq!(named, feeds, "{page}");
    }
    project.write("handbook.yaml", "title: 手册\nlanguage: zh-CN\neditions: git\n");
    build(&project, "2026-11-28");
    assert!(!project.path().join("site/changes.xml").exists(), "no base_url, no feeds");
    assert!(project.page("site/changes.html").all("link[rel=alternate]").is_empty());
}
