//! Terms are explained where they are used, once a section; ids become links.

use crate::crawl::crawl;
use crate::support::Project;
use scraper::{Html, Selector};

const BOOK: &str = "
//- handbook.yaml
language: zh-CN
//- content/glossary.md
---
title: 用语
---
以下用语全公司通用。

## 指标

各部门都用的指标。

### 服务级别协议（SLA）
别名：服务水平协议
双方就服务订立的协议，见《值班制度》。

- 每年评审

### 转化率 {#rate}

支付人数与访客数之比。签订SLA的除外。

## On call

Being there.
//- content/a.md
---
title: 值班制度
id: OPS-001
terms:
  - {term: 转化, definition: 由访客成为买家。}
  - {term: 值守, aliases: [守机], definition: '守在机房，见《用语》和[甲](#第一节)。'}
---
## 第一节

**转化率**与转化率、转化。SLA、SLAs、xSLA、sla 与服务水平协议。

见《值班制度》与 OPS-002、OPS-0021、OPS-001；`SLA` 与 [SLA](glossary.md)，<a href=\"glossary.md\">SLA</a>。

地址 https://example.com/SLA/OPS-002 与 on call、On Call、on calls。

## SLA 第二节

又见SLA。

| 表 |
| --- |
| 守机 |
//- content/b.md
---
title: SLA办法
id: OPS-002
glossary: false
---
依照《SLA办法》，SLA 与转化率，见OPS-001和《值班制度》。
";

fn select(html: &str, css: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let text = |element: scraper::ElementRef<'_>| element.text().collect::<String>();
    page.select(&Selector::parse(css).expect("a selector")).map(text).collect()
}

fn built(fixture: &str) -> Project {
    let project = Project::new(fixture);
    project.run(&["build", "--deny-warnings"]).expect(0);
    project
}

#[test]
fn the_first_use_in_each_section_is_marked() {
    let project = built(BOOK);
    let page = project.read("site/a.html");
    let marked = ["转化率", "转化", "SLA", "on call", "SLA", "守机"];
    assert_eq!(select(&page, ".text a.term"), marked, "{page}");
    assert!(page.contains("<strong><a class=\"term\" href=\"glossary.html#rate\">转化率</a></strong>"));
    assert!(page.contains("href=\"https://example.com/SLA/OPS-002\""), "an address was torn apart");
    assert!(page.contains("<code>SLA</code>"));
    assert!(page.contains("<h2 id=\"sla-第二节\">SLA 第二节"), "a term was marked in a heading");
    for own in ["服务级别协议", "转化率"] {
        let terms = select(&project.read("site/glossary.html"), "dt a.term");
        assert!(!terms.iter().any(|term| term == own));
    }
}

#[test]
fn the_page_holds_what_its_own_terms_mean_and_no_more() {
    let project = built(BOOK);
    let page = project.read("site/a.html");
    let notes = page.split("<template class=\"terms\"").nth(1).expect("definitions");
    for wanted in [
        "data-name=\"服务级别协议\" data-aliases=\"SLA、服务水平协议\"",
        "支付人数与访客数之比。",
        "守在机房，见《用语》和甲。",
    ] {
        assert!(notes.contains(wanted), "{wanted} is missing of {notes}");
    }
    assert!(!notes.contains("每年评审"), "more than the first paragraph");
    let other = project.read("site/b.html");
    assert!(!other.contains("<template") && !other.contains("term.js"), "{other}");
}

#[test]
fn a_chapter_opts_out_of_terms_but_not_of_ids() {
    let project = built(BOOK);
    let page = project.read("site/b.html");
    assert_eq!(select(&page, "a.term"), Vec::<String>::new());
    assert_eq!(select(&page, ".text a.mention"), ["OPS-001", "《值班制度》"]);
}

#[test]
fn bare_ids_are_links_and_references() {
    let project = built(BOOK);
    let page = project.read("site/a.html");
    assert_eq!(select(&page, ".text a.mention"), ["OPS-002"], "{page}");
    assert!(page.contains("<a class=\"mention\" href=\"b.html\">OPS-002</a>、OPS-0021"));
    let referrers = select(&project.read("site/b.html"), ".referrers mark");
    assert_eq!(referrers, ["OPS-002"]);
}

#[test]
fn marks_leave_the_visible_text_as_it_was() {
    let with = built(BOOK).read("site/a.html");
    let bare = BOOK.replace("id: OPS-001\n", "id: OPS-001\nglossary: false\n");
    let without = built(&bare).read("site/a.html");
    assert_ne!(with, without);
    assert_eq!(select(&with, ".text"), select(&without, ".text"));
}

#[test]
fn the_glossary_lists_terms_by_pinyin_with_their_uses() {
    let project = built(BOOK);
    let page = project.read("site/glossary.html");
    assert_eq!(select(&page, "dfn"), ["服务级别协议", "On call", "值守", "转化", "转化率"]);
    assert_eq!(select(&page, ".letter h2"), ["F", "O", "Z"]);
    let definition = &select(&page, "#服务级别协议sla dd .text")[0];
    assert!(!definition.contains("别名") && definition.contains("每年评审"), "{definition}");
    let shown = project.page("site/glossary.html");
    assert_eq!(shown.count("main a.mention", "a.html", "《值班制度》"), 1, "{page}");
    assert_eq!(shown.count("main a", "a.html#第一节", "甲"), 1, "{page}");
    assert!(select(&page, "#rate .glossary-places")[0].contains("值班制度"));
    assert!(page.contains("id=\"指标\"") && page.contains("以下用语全公司通用。"), "{page}");
    assert!(page.contains("各部门都用的指标。"));
    crawl(&project.tree("site"));
}

#[test]
fn without_a_page_of_the_authors_one_is_made() {
    let book = "
//- handbook.yaml
language: en
//- content/glossary/index.md
# Words
//- content/a.md
---
title: A
terms:
  - {term: Uptime, definition: 'Time that it *works*.'}
  - {term: Uptime percentage, aliases: uptime rate}
---
The uptime, and the Uptime Rate.
";
    let project = Project::new(book);
    let run = project.run(&["build"]).expect(0);
    assert!(run.stderr().contains("warning[empty-definition]"), "{}", run.stderr());
    let page = project.read("site/all-glossary.html");
    assert_eq!(select(&page, "h1"), ["Glossary"]);
    assert!(page.contains("Time that it <em>works</em>."), "{page}");
    assert_eq!(select(&project.read("site/a.html"), "a.term"), ["uptime", "Uptime Rate"]);
    assert!(project.read("site/index.html").contains("href=\"all-glossary.html\""));
    crawl(&project.tree("site"));
}

#[test]
fn what_is_wrong_with_terms_is_said_at_its_place() {
    let book = "
//- handbook.yaml
title: 手册
//- content/glossary.md
## 值班（值守）

守着。

## 值守

## 班

班次。
//- content/a.md
---
title: 甲
terms:
  - {term: 值班, definition: 甲的。}
  - {definition: 无名。}
glossary: maybe
---
";
    let run = Project::new(book).run(&["check"]).expect(1);
    let said = run.stderr() + &run.stdout();
    for wanted in [
        "warning[duplicate-term]: `值守` is already a term or other name in content/glossary.md",
        "--> content/glossary.md:5:1",
        "warning[empty-definition]: `值守` has no definition",
        "warning[short-term]: `班` is too short",
        "--> content/glossary.md:7:1",
        "--> content/a.md:4:",
        "error[invalid-value]: an entry of `terms` has no `term`",
        "`glossary` must be `true` or `false`",
    ] {
        assert!(said.contains(wanted), "{wanted} is missing of\n{said}");
    }
}

#[test]
fn a_long_glossary_fills_pages_that_stay_small() {
    let mut book = String::from(
        "//- handbook.yaml\nlanguage: zh-CN\n//- content/glossary.md\n# 术语\n\n见[末](#术语999)。\n",
    );
    for number in 0..1_000 {
        book.push_str(&format!(
            "\n## 术语{number:03}\n\n{}见[下](#术语{:03})。\n",
            "含义。".repeat(60),
            (number + 1) % 1_000
        ));
    }
    book.push_str("//- content/a.md\n# 甲\n\n术语999与术语000。\n\n[看](glossary.md#术语999)\n");
    let project = built(&book);
    let files = project.tree("site");
    let pages: Vec<usize> =
        files.iter().filter(|file| file.0.starts_with("glossary")).map(|file| file.1.len()).collect();
    assert!(pages.len() > 3 && pages.iter().all(|size| *size < 300_000), "{pages:?}");
    let last = format!("glossary-{}.html#术语999", pages.len());
    let page = project.page("site/a.html");
    assert_eq!((page.count("main a", &last, "术语999"), page.count("main a", &last, "看")), (1, 1));
    let first = project.page("site/glossary.html").links("main a");
    assert!(first.iter().any(|(href, _)| *href == last), "the author's own link");
    crawl(&files);
}

#[test]
fn quoted_text_brings_its_terms_along() {
    let book = "
//- content/glossary.md
## 堡垒机

受控的主机。
//- content/a.md
---
title: 甲
---
![[乙#第一条]]
//- content/b.md
---
title: 乙
---
第一条 经堡垒机登录。
";
    let page = built(book).read("site/a.html");
    assert_eq!(select(&page, "blockquote a.term"), ["堡垒机"], "{page}");
    assert!(page.contains("data-name=\"堡垒机\">受控的主机。"), "{page}");
}
