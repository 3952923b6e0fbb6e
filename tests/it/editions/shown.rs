//! What pages show of editions: the history of each clause, links of what running text
//! mentions, pictures, and the redline with its rows.

use super::{AUDIENCES, all_of, build, commit, edit, git, repository};
use crate::support::Project;

#[test]
fn each_clause_tells_in_which_editions_it_changed() {
    let project = repository();
    build(&project, "2026-11-28");
    let page = project.page("site/leave.html");
    let told = page.texts(".clause-history li");
    assert_eq!(
        told,
        [
            "1.1 · 2026-01-01 · 修改",
            "2.0 · 2027-01-01 · 将修改 · 第二条 → 第三条",
            "2.0 · 2027-01-01 · 将条号变动 · 第三条 → 第四条"
        ],
        "the first clause never changed"
    );
    // Followed back through its numbers, on the page of a later edition.
    let later = project.page("site/versions/HR-001/2.0.html");
    assert_eq!(
        later.texts(".clause-history li"),
        [
            "2.0 · 2027-01-01 · 将新增",
            "1.1 · 2026-01-01 · 修改",
            "2.0 · 2027-01-01 · 将修改 · 第二条 → 第三条",
            "2.0 · 2027-01-01 · 将条号变动 · 第三条 → 第四条"
        ]
    );
    for (page, root) in [("site/leave.html", ""), ("site/versions/HR-001/1.0.html", "../../")] {
        let links = project.page(page).links(".clause-history a");
        assert!(!links.is_empty());
        for (url, words) in links {
            let (file, row) = url.strip_prefix(root).and_then(|url| url.split_once('#')).expect("a row");
            let redline = project.page(&format!("site/{file}"));
            let kind = redline.texts(&format!("#{row} .redline-kind"));
            assert!(kind.len() == 1 && words.contains(&kind[0]), "{url}: {kind:?} of {words}");
        }
    }
    // One edition has no history, and a quotation shows none.
    assert!(project.page("site/versions/OLD-001/1.html").texts(".clause-history").is_empty());
}

/// Three editions, of which the board alone may see the second.
fn three() -> Project {
    let project = Project::new("\n//- content/index.md\n# 首页\n");
    project.write("handbook.yaml", format!("base_url: https://handbook.example.com\n{AUDIENCES}"));
    git(&project, "2024-12-01", &["init", "-q", "-b", "main"]);
    let text = "---\ntitle: 薪酬\nid: PAY-1\nstatus: in_force\neffective: 2025-01-01\nversion: '1.0'\n---\n第一条 每月十日发放工资，遇节假日提前。\n\n第二条 奖金每年一次。\n";
    project.write("content/pay.md", text);
    commit(&project, "2025-01-01");
    edit(
        &project,
        "content/pay.md",
        &[
            ("'1.0'", "'秘密版'\naudience: board"),
            ("2025-01-01", "2025-06-01"),
            ("第二条 奖金", "第二条 秘密条款的秘密数字。\n\n第三条 奖金"),
        ],
    );
    commit(&project, "2025-06-01");
    edit(
        &project,
        "content/pay.md",
        &[
            ("'秘密版'\naudience: board", "'3.0'"),
            ("2025-06-01", "2026-01-01"),
            ("第二条 秘密条款的秘密数字。\n\n第三条 奖金每年一次", "第二条 奖金每年两次"),
        ],
    );
    commit(&project, "2026-01-01");
    project
}

#[test]
fn what_an_audience_may_not_see_of_the_past_is_in_no_history_feed_or_list() {
    let project = three();
    project.run(&["build", "--audience", "staff", "--date", "2026-11-28"]).expect(0);
    let site = all_of(&project);
    assert!(!site.contains("秘密"), "neither its words nor its version");
    assert!(site.contains("1.0..3.0.html"), "the two that are seen are compared");
    let told = project.page("site/pay.html").texts(".clause-history li");
    assert_eq!(told, ["3.0 · 2026-01-01 · 修改"]);
    assert!(project.read("site/changes.xml").contains("3.0"));
    project.run(&["build", "--audience", "board", "--date", "2026-11-28", "--replace"]).expect(0);
    let told = project.page("site/pay.html").texts(".clause-history li");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("秘密版"));
}

#[test]
fn an_earlier_edition_links_what_it_mentions() {
    let project = Project::new("\n//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\n");
    let travel = |version: &str, text: &str| {
        format!(
            "---\ntitle: 差旅办法\nid: FIN-1\nstatus: in_force\nversion: '{version}'\neffective: 202{version}-01-01\n---\n{text}"
        )
    };
    project.write(
        "content/leave.md",
        "---\ntitle: 休假制度\nid: HR-1\nstatus: in_force\nversion: '1'\n---\n第一条 甲。\n\n第二条 乙。\n",
    );
    project.write(
        "editions/FIN-1/1.md",
        travel(
            "1",
            "第一条 见第三条，并见《休假制度》第二条和 HR-1。\n\n第二条 甲。\n\n第三条 早先的条款。\n",
        ),
    );
    project.write("content/travel.md", travel("2", "第一条 只有一条。\n"));
    project.run(&["build", "--date", "2026-11-28"]).expect(0);
    let page = project.page("site/versions/FIN-1/1.html");
    let links: Vec<String> = page.links(".clause a").into_iter().map(|(url, _)| url).collect();
    assert!(links.contains(&"#第三条".to_owned()), "its own clause: {links:?}");
    assert!(links.contains(&"../../leave.html#第二条".to_owned()), "{links:?}");
    assert!(links.contains(&"../../leave.html".to_owned()), "a bare id: {links:?}");
    assert_eq!(page.all("#第三条").len(), 1);
}

#[test]
fn a_picture_of_an_earlier_edition_is_published_for_who_may_see_it() {
    let project = Project::new("\n//- content/index.md\n# 首页\n");
    project.write("handbook.yaml", AUDIENCES.replace("editions: git\n", ""));
    let text = |version: &str, audience: &str, picture: &str| {
        format!(
            "---\ntitle: 流程\nid: OPS-1\nstatus: in_force\nversion: '{version}'\neffective: 202{version}-01-01\n{audience}---\n第一条 见图。\n\n![图]({picture})\n"
        )
    };
    project.write("editions/OPS-1/1.md", text("1", "", "old.svg"));
    project.write("editions/OPS-1/2.md", text("2", "audience: board\n", "board.svg"));
    project.write("content/flow.md", text("3", "", "new.svg"));
    for name in ["old", "board", "new", "nobody"] {
        project.write(&format!("content/{name}.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    }
    for (audience, published) in [("staff", [true, false, true, false]), ("board", [true, true, true, false])]
    {
        project
            .run(&["build", "--audience", audience, "--date", "2026-11-28", "--replace", "--shrink"])
            .expect(0);
        let there = ["old", "board", "new", "nobody"]
            .map(|name| project.path().join(format!("site/{name}.svg")).is_file());
        assert_eq!(there, published, "{audience}");
        assert_eq!(project.page("site/versions/OPS-1/1.html").all("img[src='../../old.svg']").len(), 1);
    }
}

#[test]
fn a_redline_stands_by_paragraphs_items_and_rows() {
    let project = Project::new("\n//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\n");
    let text = |version: &str, text: &str| {
        format!(
            "---\ntitle: 标准\nid: S-1\nstatus: in_force\nversion: '{version}'\neffective: 202{version}-01-01\nowner: 财务部\n---\n{text}"
        )
    };
    let before = "第一条 标准如下：\n\n（一）住宿；\n\n（二）餐费。\n\n## 附表\n\n| 城市 | 每晚 |\n| --- | --- |\n| 北京 | 500 |\n| 成都 | 300 |\n";
    let after = before
        .replace("（一）住宿；", "（一）交通；\n\n（二）住宿；")
        .replace("（二）餐费", "（三）餐费")
        .replace("300", "350");
    project.write("editions/S-1/1.md", text("1", before));
    project.write("content/s.md", text("2", &after).replace("财务部", "人事部"));
    project.run(&["build", "--date", "2026-11-28"]).expect(0);
    let page = project.page("site/versions/S-1/1..2.html");
    assert_eq!(page.texts(".lead"), ["修改 2"]);
    let first = page.all("#Hb-r1 th");
    assert_eq!(first[0].value().attr("rowspan"), Some("4"), "a row for each paragraph and item");
    assert_eq!(page.texts("td.redline-added:last-child"), ["（一）交通；"]);
    assert_eq!(page.texts("td.redline-renumbered:last-child"), ["（二）住宿；", "（三）餐费。"]);
    assert_eq!(page.texts("td.redline-changed:last-child"), ["成都 | 350"]);
    assert!(page.texts("section[aria-labelledby=Hb-fields] del").contains(&"财务部".to_owned()));
}
