//! References as Chinese rules are written: they become links, and what leads
//! nowhere is said.

use crate::support::Project;

const BOOK: &str = "
//- handbook.yaml
language: zh-CN
external_references:
  - {title: 中华人民共和国网络安全法, url: https://example.com/law, note: 法律}
//- content/甲.md
---
title: 采购制度
id: A-1
aliases: [采购办法]
---
第一条 依照《中华人民共和国网络安全法》制定。

第二条 依照《报销制度》第二条第二款、第三条办理，见本制度第一条和前条。

- 见《某某公司报销制度》
- `《报销制度》` 与 [《报销制度》](乙.md) 不再成为引用

| 表 |
| --- |
| 《报销制度》第三条 |

又见[[B-2#第三条|第三条全文]]与[[报销制度]]，[第二款](乙.md#第2条第二款)和[第一项](乙.md#第二条第（一）项)。
//- content/乙.md
---
title: 报销制度
id: B-2
---
第一条 总则。

第二条 第一款。

第二款。

（一）一项；

第三款。

第三条 依照《采购办法》第二条，以及《没有的制度》办理；依照民法典第五百条赔偿。
";

#[test]
fn mentions_become_links() {
    let project = Project::new(BOOK);
    project.run(&["build", "--deny-warnings"]).expect(0);
    let page = project.read("site/甲.html");
    let link = |href: &str, words: &str| format!("<a class=\"mention\" href=\"{href}\">{words}</a>");
    let other = "%E4%B9%99.html";
    let third = format!("{other}#%E7%AC%AC%E4%B8%89%E6%9D%A1");
    for wanted in [
        link("references.html#reference-1", "《中华人民共和国网络安全法》"),
        link(other, "《报销制度》"),
        link(&format!("{other}#%E7%AC%AC%E4%BA%8C%E6%9D%A1%E7%AC%AC2%E6%AC%BE"), "第二条第二款"),
        link(&third, "第三条"),
        link("#%E7%AC%AC%E4%B8%80%E6%9D%A1", "第一条"),
        link("#%E7%AC%AC%E4%B8%80%E6%9D%A1", "前条"),
        link(other, "《某某公司报销制度》"),
        format!("<a href=\"{third}\">第三条全文</a>"),
        format!("<a href=\"{other}\">报销制度</a>"),
        format!("<a href=\"{other}#%E7%AC%AC%E4%BA%8C%E6%9D%A1%E7%AC%AC2%E6%AC%BE\">第二款</a>"),
        format!(
            "<a href=\"{other}#%E7%AC%AC%E4%BA%8C%E6%9D%A1%E7%AC%AC2%E6%AC%BE%E7%AC%AC1%E9%A1%B9\">第一项</a>"
        ),
        "<code>《报销制度》</code>".to_owned(),
    ] {
        assert!(page.contains(&wanted), "{wanted} is missing of\n{page}");
    }
    let second = project.read("site/乙.html");
    assert!(second.contains("id=\"第二条第2款\"") && second.contains("id=\"第二条第3款\""), "{second}");
    assert!(!second.contains("第二条第4款"), "an item was counted as a paragraph");
    assert!(second.contains("民法典第五百条"), "a foreign clause became a link");
}

#[test]
fn a_chapter_shows_who_refers_to_it_and_where() {
    let project = Project::new(BOOK);
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("site/乙.html");
    let referrers = page.split("id=\"Hb-referrers-title\"").nth(1).expect("a list of referrers");
    assert!(referrers.contains("采购制度") && referrers.contains("第二条</a>"), "{referrers}");
    let outside = project.read("site/references.html");
    assert!(outside.contains("https://example.com/law") && outside.contains("采购制度"), "{outside}");
}

#[test]
fn a_cited_clause_has_a_mark_with_the_places_that_cite_it() {
    let project = Project::new(BOOK);
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("site/乙.html");
    let mark = page.split("class=\"cited-by\"").nth(2).expect("a mark of the third clause");
    let mark = mark.split("</details>").next().unwrap_or("");
    assert!(mark.starts_with("><summary>被引用 1 处</summary>"), "{mark}");
    assert_eq!(mark.matches("<li>").count(), 1, "one place cites it several times: {mark}");
    assert!(mark.contains(">《采购制度》第二条</a>"), "{mark}");
    assert_eq!(page.matches("class=\"cited-by\"").count(), 2, "{page}");
}

#[test]
fn a_quotation_shows_the_clause_as_it_stands() {
    let project = Project::new(BOOK);
    project.write(
        "content/sub/丁.md",
        "# 丁规定\n\n![[B-2#第二条]]\n\n![[报销制度#第二条第二款]]\n\n行内 ![[B-2#第三条]] 引用。\n",
    );
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("site/sub/丁.html");
    let quotes: Vec<&str> = page.split("<blockquote class=\"embed\">").skip(1).collect();
    let [whole, part] = quotes[..] else { panic!("{page}") };
    let whole = whole.split("</blockquote>").next().unwrap_or("");
    assert!(
        whole.contains("第一款") && whole.contains("（一）一项；") && whole.contains("第三款"),
        "{whole}"
    );
    assert!(!whole.contains("没有的制度") && !whole.contains("id=\""), "{whole}");
    assert!(whole.contains("《报销制度》第二条</a></footer>"), "{whole}");
    let part = part.split("</blockquote>").next().unwrap_or("");
    assert!(part.contains("第二款") && !part.contains("第一款") && !part.contains("第三款"), "{part}");
    assert!(
        page.contains(
            "行内 <a href=\"../%E4%B9%99.html#%E7%AC%AC%E4%B8%89%E6%9D%A1\">《报销制度》第三条</a> 引用。"
        ),
        "{page}"
    );

    let second = project.read("content/乙.md").replace("第二款。", "改过的一段，见《采购制度》。");
    project.write("content/乙.md", &second);
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("site/sub/丁.html");
    assert!(
        page.contains("改过的一段，见<a class=\"mention\" href=\"../%E7%94%B2.html\">《采购制度》</a>"),
        "{page}"
    );
}

#[test]
fn quotations_that_hold_themselves_are_refused() {
    let project = Project::new(
        "//- content/a.md\n# A\n\n第一条 甲\n\n![[B#第一条]]\n\n第二条 乙\n\n![[a#第一条]]\n//- content/b.md\n# B\n\n第一条 丙\n\n![[A#第一条]]\n\n![[nope]]\n",
    );
    let run = project.run(&["check", "--color", "never"]).expect(1).stderr();
    assert!(run.contains("error[embed-cycle]"), "{run}");
    assert!(run.contains("content/a.md:5:1") && !run.contains("content/a.md:9:1"), "{run}");
    assert!(run.contains("content/b.md:7:1") && run.contains("`nope`"), "{run}");
}

#[test]
fn what_leads_nowhere_is_said() {
    let project = Project::new(BOOK);
    project.write(
        "content/丙.md",
        "# 丙规定\n\n第一条 依照《报销制度》第九条和第二条第七款、本规定第八条办理。\n\n见[[报销制]]。\n",
    );
    let run = project.run(&["check", "--format", "json"]).expect(0);
    let report: serde_json::Value = serde_json::from_str(&run.stdout()).expect("JSON");
    let found: Vec<String> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap_or("").to_owned();
            format!(
                "{}:{}:{} {} | {}",
                text("path"),
                one["line"],
                one["column"],
                text("message"),
                text("help")
            )
        })
        .collect();
    insta::assert_snapshot!(found.join("\n"), @"
    content/丙.md:3:13 `第九条`: 报销制度 has no such clause | its last clause is 第三条
    content/丙.md:3:17 `第二条第七款`: 报销制度 has no such clause | 第二条 has fewer paragraphs
    content/丙.md:3:27 `第八条`: this chapter has no such clause | its last clause is 第一条
    content/丙.md:5:2 no chapter has the title, alias or id `报销制` | did you mean `报销制度`?
    content/乙.md:15:19 no chapter or external reference is called 《没有的制度》 (mentioned 1 times) | declare it under `external_references:` in handbook.yaml, or mend the title
    ");
}

#[test]
fn references_to_superseded_chapters_name_the_successor() {
    let project = Project::new(
        "//- content/a.md\n---\ntitle: 旧制度\nid: A\n---\nx\n//- content/b.md\n---\ntitle: 新制度\nid: B\nsupersedes: A\n---\n取代《旧制度》。\n//- content/c.md\n# C\n\n依照《旧制度》办理。\n",
    );
    let run = project.run(&["check", "--color", "never"]).expect(0).stderr();
    assert!(run.contains("outdated-target") && run.contains("refer to its successor, 《新制度》"), "{run}");
    assert!(run.contains("content/c.md:3:3") && !run.contains("content/b.md:"), "{run}");
}

fn findings(project: &Project, extra: &[&str]) -> Vec<String> {
    let mut arguments = vec!["check", "--format", "json"];
    arguments.extend(extra);
    let run = project.run(&arguments);
    let report: serde_json::Value = serde_json::from_str(&run.stdout()).expect("JSON");
    let list = report["diagnostics"].as_array().expect("a list").iter();
    list.map(|one| {
        let text = |key: &str| one[key].as_str().unwrap_or("").to_owned();
        format!("{} {}:{} {}", text("code"), text("path"), one["line"], text("message"))
    })
    .collect()
}

const LIFE: &str = "
//- content/a.md
---
title: 采购制度
departments: [采购]
---
见《考勤草案》、《考勤草案》、[[考勤草案]]与[草案](c.md)，又见《无名》。
//- content/b.md
# 孤章

没有人引用。
//- content/c.md
---
title: 考勤草案
status: draft
---
x
";

#[test]
fn drafts_and_orphans_are_told() {
    let project = Project::new(LIFE);
    let found = findings(&project, &[]);
    let all = found.join("\n");
    assert_eq!(all.matches("draft-target content/a.md:5").count(), 3, "{all}");
    assert!(all.contains("orphan-chapter content/b.md:null nothing refers to 《孤章》"), "{all}");
    assert!(
        !all.contains("unknown-title content/a.md:5 no chapter or external reference is called 《考勤草案》"),
        "{all}"
    );
    assert_eq!(found.iter().filter(|line| line.starts_with("orphan")).count(), 1, "{all}");
}

#[test]
fn titles_that_nothing_has_are_counted_on_a_page() {
    let project = Project::new(LIFE);
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("site/references.html");
    assert!(page.contains("《无名》") && page.contains("1 次") && page.contains("采购制度</a>"), "{page}");
}
