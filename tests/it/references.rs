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
    let page = project.page("site/甲.html");
    for (href, words) in [
        ("references.html#reference-1", "《中华人民共和国网络安全法》"),
        ("乙.html", "《报销制度》"),
        ("乙.html#第二条第2款", "第二条第二款"),
        ("乙.html#第三条", "第三条"),
        ("#第一条", "第一条"),
        ("#第一条", "前条"),
        ("乙.html", "《某某公司报销制度》"),
    ] {
        assert!(page.count(".text a.mention", href, words) > 0, "{words}: {:?}", page.links(".text a"));
    }
    for (href, words) in [
        ("乙.html#第三条", "第三条全文"),
        ("乙.html", "报销制度"),
        ("乙.html#第二条第2款", "第二款"),
        ("乙.html#第二条第2款第1项", "第一项"),
    ] {
        assert_eq!(page.count(".text a:not([class])", href, words), 1, "{:?}", page.links(".text a"));
    }
    assert_eq!(page.texts(".text code"), ["《报销制度》"]);
    assert!(page.all(".text code a").is_empty());
    let second = project.page("site/乙.html");
    let paragraphs = second.all(".text [id^=\"第二条第\"][id$=\"款\"]");
    let ids: Vec<_> = paragraphs.iter().filter_map(|element| element.attr("id")).collect();
    assert_eq!(ids, ["第二条第2款", "第二条第3款"], "an item is no paragraph");
    let foreign = second.links(".text a").into_iter().any(|(_, words)| words.contains("第五百条"));
    assert!(!foreign, "a clause of a law that is not here became a link");
    assert!(second.texts(".text").concat().contains("民法典第五百条"));
}

#[test]
fn a_chapter_shows_who_refers_to_it_and_where() {
    let project = Project::new(BOOK);
    project.run(&["build", "-q"]).expect(0);
    let page = project.page("site/乙.html");
    assert_eq!(page.texts("[aria-labelledby=Hb-referrers-title] .referrer"), ["采购制度"]);
    let places = page.links("[aria-labelledby=Hb-referrers-title] a.place");
    assert!(places.contains(&("甲.html#第二条".into(), "第二条".into())), "{places:?}");
    let outside = project.page("site/references.html");
    assert_eq!(outside.all(".references a[href=\"https://example.com/law\"]").len(), 1);
    assert!(outside.texts(".references .cited").concat().contains("采购制度"));
}

#[test]
fn a_cited_clause_has_a_mark_with_the_places_that_cite_it() {
    let project = Project::new(BOOK);
    project.run(&["build", "-q"]).expect(0);
    let page = project.page("site/乙.html");
    let marks = page.texts(".cited-by > summary");
    assert_eq!(marks.len(), 2, "{marks:?}");
    assert_eq!(marks[1], "被引用 1 处");
    let third = ".cited-by ~ .clause ~ .cited-by li";
    assert_eq!(page.all(third).len(), 1, "one place cites it several times");
    assert_eq!(page.links(&format!("{third} a")), [("甲.html#第二条".into(), "《采购制度》第二条".into())]);
}

#[test]
fn a_quotation_shows_the_clause_as_it_stands() {
    let project = Project::new(BOOK);
    project.write(
        "content/sub/丁.md",
        "# 丁规定\n\n![[B-2#第二条]]\n\n![[报销制度#第二条第二款]]\n\n行内 ![[B-2#第三条]] 引用。\n",
    );
    project.run(&["build", "-q"]).expect(0);
    let page = project.page("site/sub/丁.html");
    let quotes = page.texts("blockquote.embed");
    let [whole, part] = &quotes[..] else { panic!("{quotes:?}") };
    assert!(
        whole.contains("第一款") && whole.contains("（一）一项；") && whole.contains("第三款"),
        "{whole}"
    );
    assert!(!whole.contains("没有的制度"), "{whole}");
    assert!(page.all("blockquote.embed [id]").is_empty(), "a quotation has no addresses of its own");
    assert_eq!(page.texts("blockquote.embed > footer a")[0], "《报销制度》第二条");
    assert!(part.contains("第二款") && !part.contains("第一款") && !part.contains("第三款"), "{part}");
    assert_eq!(page.texts(".text > p"), ["行内 《报销制度》第三条 引用。"]);
    assert_eq!(page.links(".text > p a"), [("../乙.html#第三条".into(), "《报销制度》第三条".into())]);

    let second = project.read("content/乙.md").replace("第二款。", "改过的一段，见《采购制度》。");
    project.write("content/乙.md", &second);
    project.run(&["build", "-q"]).expect(0);
    let page = project.page("site/sub/丁.html");
    let changed = page
        .texts("blockquote.embed")
        .into_iter()
        .filter(|text| text.contains("改过的一段，见《采购制度》。"));
    assert_eq!(changed.count(), 2, "both quotations hold the changed paragraph");
    assert_eq!(page.count("blockquote.embed a.mention", "../甲.html", "《采购制度》"), 2);
}

#[test]
fn quotations_that_hold_themselves_are_told() {
    let project = Project::new(
        "//- content/a.md\n# A\n\n第一条 甲\n\n![[B#第一条]]\n\n第二条 乙\n\n![[a#第一条]]\n//- content/b.md\n# B\n\n第一条 丙\n\n![[A#第一条]]\n\n![[nope]]\n",
    );
    let run = project.run(&["check", "--color", "never"]).expect(0).stderr();
    assert!(run.contains("warning[embed-cycle]"), "{run}");
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

#[test]
fn a_clause_behind_an_id_is_one_of_that_document() {
    for id in ["P-1", "xz-003", "制-01", "HR-001"] {
        let project = Project::new(&format!(
            "
//- handbook.yaml
language: zh-CN
//- content/a.md
---
title: 用车
---
第一条 按{id}第二条、{id} 第二条、{id} 的第二条和《用印》（{id}）第二条办理。

第二条 见 {id}。第一条另有规定的，从其规定；{id}，第一条。

第三条 {id}

第四条 甲。
//- content/b.md
---
title: 用印
id: {id}
---
第一条 甲。

第二条 乙。
"
        ));
        project.run(&["build"]).expect(0);
        let links = |number: usize| -> Vec<String> {
            let page = project.page("site/a.html");
            let links = page.all(&format!(".clause:nth-of-type({number}) a.mention"));
            links.iter().map(|link| link.attr("href").unwrap_or_default().to_owned()).collect()
        };
        let clause = "b.html#%E7%AC%AC%E4%BA%8C%E6%9D%A1";
        let first: Vec<String> = links(1).into_iter().filter(|href| href.contains('#')).collect();
        assert_eq!(first, [clause; 4], "{id}");
        assert!(links(2).iter().all(|href| !href.starts_with("b.html#")), "{id}: {:?}", links(2));
        assert_eq!(links(3), ["b.html"], "{id}: the next clause begins a paragraph");
    }
}
