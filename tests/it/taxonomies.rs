//! Indexes, facets and fields that are made from tables: owners and confidentiality.

use crate::support::{Project, node};
use scraper::{Html, Selector};
use serde_json::{Value, json};

const OWNERS: &str = "
//- handbook.yaml
title: 手册
language: zh-CN
base_url: https://example.org/
audiences:
  staff: {name: 员工}
  board: {name: 董事会, includes: [staff]}
//- organization.yaml
departments:
  - {id: audit, name: 审计部}
  - {id: sales, name: 销售部}
roles:
  - {id: audit, name: 审计员, department: audit}
//- content/a.md
---
title: 甲
owner: 审计部
confidentiality: 内部
---
//- content/b.md
---
title: 乙
owner: [审计员, 张三]
confidentiality: public
---
//- content/c.md
---
title: 丙
owner: [李四, 审计部]
audience: board
confidentiality: secret
---
//- content/d/index.md
---
title: 丁
owner: 审计部
---
//- content/e.md
---
title: 戊
owner: 张三
author: 王五
---
";

/// Text and address of each link below a selector.
fn links(html: &str, css: &str) -> Vec<(String, String)> {
    let selector = Selector::parse(css).expect("a selector");
    let link = |link: scraper::ElementRef<'_>| {
        (link.text().collect(), link.value().attr("href").unwrap_or_default().to_owned())
    };
    Html::parse_document(html).select(&selector).map(link).collect()
}

fn titles(html: &str) -> Vec<String> {
    links(html, ".card a").into_iter().map(|(title, _)| title).collect()
}

fn names(answer: &Value) -> Vec<String> {
    let all = answer.as_array().into_iter().flatten();
    all.map(|value| format!("{} {} {}", value["id"], value["label"], value["count"]).replace('"', ""))
        .collect()
}

#[test]
fn owners_are_an_index_and_a_filter() {
    let project = Project::new(OWNERS);
    project.run(&["build", "-q"]).expect(0);
    let found = links(&project.read("site/owners/index.html"), ".counted a");
    let wanted = [
        // A department and a role of one id have pages and filters of their own.
        ("审计部", "../owners/audit.html"),
        ("审计员", "../owners/audit-2.html"),
        ("张三", "../owners/%E5%BC%A0%E4%B8%89.html"),
        ("李四", "../owners/%E6%9D%8E%E5%9B%9B.html"),
    ];
    assert_eq!(found, wanted.map(|(name, url)| (name.to_owned(), url.to_owned())));
    // A folder's own page is in no index.
    assert_eq!(titles(&project.read("site/owners/audit.html")), ["甲", "丙"]);
    assert_eq!(titles(&project.read("site/owners/张三.html")), ["乙", "戊"]);
    assert!(project.read("site/sitemap.xml").contains("/owners/audit.html"));
    // Of the control block roles lead to their own pages, and persons to what they own.
    let control = |page: &str, row: &str| links(&project.read(page), &format!(".control-{row} dd a"));
    let urls: Vec<String> = control("site/b.html", "owner").into_iter().map(|(_, url)| url).collect();
    assert_eq!(urls, ["roles/audit.html", "owners/%E5%BC%A0%E4%B8%89.html"]);
    assert!(control("site/e.html", "author").is_empty());
    let listed = |page: &str| {
        links(&project.read(page), ".foot a").contains(&("归口".into(), "owners/index.html".into()))
    };
    assert!(listed("site/a.html"));

    let asked = json!([
        ["", { "facets": { "owner": ["audit"] }, "facetCounts": true }],
        ["", { "facets": { "owner": ["audit-2"], "no_facet": ["x"] } }],
    ]);
    let answers = node("ask", &project.path().join("site"), &asked);
    assert_eq!((answers[0]["count"].as_u64(), answers[1]["count"].as_u64()), (Some(2), Some(1)));
    assert_eq!(
        names(&answers[0]["facets"]["owner"]),
        ["audit 审计部 2", "audit-2 审计员 1", "张三 张三 2", "李四 李四 1"]
    );
}

#[test]
fn the_manifest_tells_the_facets_in_order() {
    let project = Project::new(OWNERS);
    project.run(&["build", "-q"]).expect(0);
    let asked = json!([["", { "facetCounts": true }]]);
    let answers = node("ask", &project.path().join("site"), &asked);
    let all = answers[0]["dimensions"].as_array().expect("facets");
    let told: Vec<String> = all
        .iter()
        .map(|one| format!("{} {} {}", one["name"], one["label"], one["ordered"]).replace('"', ""))
        .collect();
    assert_eq!(told, ["owner 归口 false", "confidentiality 密级 true"]);
    let form = Selector::parse(".search-facets form").expect("a selector");
    let page = Html::parse_document(&project.read("site/search.html"));
    assert_eq!(page.select(&form).next().expect("a form").value().attrs().count(), 0);
}

#[test]
fn an_audience_gets_the_owners_of_what_it_may_see() {
    let project = Project::new(OWNERS);
    project.run(&["build", "-q", "--all-audiences"]).expect(0);
    assert_eq!(titles(&project.read("site/staff/owners/audit.html")), ["甲"]);
    let files = project.tree("site/staff");
    assert!(!files.contains_key("owners/李四.html"));
    for (name, bytes) in &files {
        assert!(!String::from_utf8_lossy(bytes).contains("李四"), "{name}");
    }
    assert!(project.tree("site/board").contains_key("owners/李四.html"));
}

#[test]
fn confidentiality_shows_filters_and_is_in_the_data() {
    let project = Project::new(OWNERS);
    project.run(&["build", "-q"]).expect(0);
    let row = Selector::parse(".control-confidentiality").expect("a selector");
    let shown = |page: &str| {
        let html = Html::parse_document(&project.read(page));
        html.select(&row).next().map(|row| row.text().collect::<String>())
    };
    assert_eq!(shown("site/a.html").as_deref(), Some("密级内部"));
    assert_eq!(shown("site/c.html").as_deref(), Some("密级机密"));
    assert_eq!(shown("site/e.html"), None);
    let data: Value = serde_json::from_str(&project.read("site/index.json")).expect("JSON");
    let all = data["chapters"].as_array().expect("chapters").iter();
    let values: Vec<_> = all.filter_map(|one| one.get("confidentiality")?.as_str()).collect();
    assert_eq!(values, ["internal", "public", "secret"]);
    let asked = json!([["", { "facets": { "confidentiality": ["secret", "public"] }, "facetCounts": true }]]);
    let answers = node("ask", &project.path().join("site"), &asked);
    assert_eq!(answers[0]["count"], 2);
    let counts = names(&answers[0]["facets"]["confidentiality"]);
    assert_eq!(counts, ["public 公开 1", "internal 内部 1", "secret 机密 1"]);
    assert!(!project.tree("site").keys().any(|name| name.starts_with("confidentiality")), "it has no index");
}

#[test]
fn values_of_confidentiality_are_checked() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- content/a.md\n---\nconfidentiality: 绝密\n---\n\n# 甲\n",
    );
    let said = project.run(&["check"]).expect(1).stderr();
    assert!(
        said.contains("invalid-value") && said.contains("`public`, `internal`, `confidential`, `secret`"),
        "{said}"
    );
    assert!(said.contains("a.md:2:18"), "{said}");
}

/// How often a run warns that everyone may see what is confidential.
fn warnings(project: &Project) -> usize {
    let said = project.run(&["check"]).expect(0).stderr();
    said.matches("warning[confidential-for-all]").count()
}

#[test]
fn what_is_confidential_and_for_all_is_told() {
    let levels = |settings: &str| {
        let project = Project::new("");
        project.write("handbook.yaml", settings);
        for level in ["public", "internal", "confidential", "机密"] {
            project.write(
                &format!("content/{level}.md"),
                format!("---\nconfidentiality: {level}\n---\n\n# {level}\n"),
            );
        }
        project
    };
    let audiences = "audiences:\n  everyone: 全体人员\n  staff: {name: 员工, includes: [everyone]}\n";
    // Without audiences everyone may see everything.
    assert_eq!(warnings(&levels("title: 手册\n")), 2);
    assert_eq!(warnings(&levels("title: 手册\nchecks: {confidential-for-all: off}\n")), 0);
    let project = levels(audiences);
    assert_eq!(warnings(&project), 2);
    // All of them may see what the one that all include may see.
    let secret =
        |audience: &str| format!("---\naudience: {audience}\nconfidentiality: secret\n---\n\n# 机密\n");
    project.write("content/机密.md", secret("everyone"));
    assert_eq!(warnings(&project), 2);
    project.write("content/机密.md", secret("staff"));
    assert_eq!(warnings(&project), 1);
    // A folder may name its readers.
    project.write("content/index.md", "---\naudience: staff\n---\n\n# 手册\n");
    assert_eq!(warnings(&project), 0);
    // A draft is published to nobody.
    let project = levels("title: 手册\n");
    project.write("content/机密.md", "---\nconfidentiality: secret\nstatus: draft\n---\n\n# 机密\n");
    assert_eq!(warnings(&project), 1);
    // With one audience those who are not of it are kept out.
    let project = levels("audiences: {staff: 员工}\n");
    project.write("content/机密.md", secret("staff"));
    assert_eq!(warnings(&project), 1);
}

#[test]
fn confidentiality_keeps_nobody_out_but_what_may_name_readers_does() {
    let seen = |front: &str| {
        let project = Project::new(
            "//- handbook.yaml\naudiences: {staff: 员工}\nchecks: {invalid-value: off, unknown-audience: off, front-matter: off}\n//- content/b.md\n# 乙\n",
        );
        project.write("content/a.md", format!("---\n{front}\n---\n\n# 甲\n"));
        project.run(&["build", "-q", "--audience", "staff"]).expect(0);
        project.tree("site").contains_key("a.html")
    };
    for front in
        ["confidentiality: secret", "confidentiality: 机密", "confidentiality: Public", "confidentiality:"]
    {
        assert!(seen(front), "{front}");
    }
    for front in [
        "confidentiality: board",
        "confidentiality: [secret, 董事会]",
        "confidentiality: {audience: board}",
        "Confidentiality: secret",
        "密级: 机密",
        "classification: secret",
    ] {
        assert!(!seen(front), "{front}");
    }
    assert!(seen("audience: staff\nconfidentiality: 绝密"), "the key says who");
}

#[test]
fn a_chinese_word_for_a_key_gets_the_key_proposed() {
    let project = Project::new("//- content/a.md\n---\n标题: 甲\n归口部门: 审计部\n---\n\n# 甲\n");
    let said = project.run(&["check"]).stderr();
    assert!(
        said.contains("write `title`, the key that this word means")
            && said.contains("write `owner`, the key"),
        "{said}"
    );
}
