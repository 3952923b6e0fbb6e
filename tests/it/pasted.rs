//! Rules as people in offices write and paste them: what a reader gets, and what the
//! writer is told.

use crate::support::{Page, Project};
use serde_json::Value;

/// A handbook in Chinese whose chapter `a.md` is this text.
fn chapter(text: &str) -> Project {
    let project = Project::new("//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\n");
    project.write("content/a.md", text.replace("\\u3000", "\u{3000}"));
    project
}

fn page(text: &str) -> Page {
    let project = chapter(text);
    project.run(&["build"]).expect(0);
    project.page("site/a.html")
}

fn ids(page: &Page) -> Vec<String> {
    page.all(".text [id^=\"第\"]").iter().filter_map(|one| one.attr("id")).map(str::to_owned).collect()
}

/// What is told of a project: code, line, and the lines of the other places.
fn told(project: &Project) -> Vec<(String, u64, Vec<u64>)> {
    let run = project.run(&["check", "--format", "json"]).expect(0);
    let report: Value = serde_json::from_str(&run.stdout()).expect("JSON");
    let list = report["diagnostics"].as_array().expect("a list").iter();
    list.map(|one| {
        let related = one["related"].as_array().into_iter().flatten();
        (
            one["code"].as_str().unwrap_or("").to_owned(),
            one["line"].as_u64().unwrap_or(0),
            related.filter_map(|other| other["line"].as_u64()).collect(),
        )
    })
    .collect()
}

fn orders(text: &str) -> Vec<(u64, Vec<u64>)> {
    let found = told(&chapter(text)).into_iter();
    found.filter(|one| one.0 == "clause-order").map(|one| (one.1, one.2)).collect()
}

const PASTED: &str = "# 差旅报销制度
目\u{3000}录
第一章\u{3000}总则……1
第二章\u{3000}报销……2
第一章\u{3000}总则
第一条\u{3000}为了规范差旅报销，制定本制度。
员工出差应当事先申请。
第二条\u{3000}本制度适用于全体员工。
第二章\u{3000}报销
第一节\u{3000}步骤
\u{3000}\u{3000}第三条\u{3000}报销按下列步骤办理：
\u{3000}\u{3000}（一）申请人填单；
（二）经理审批：
１．金额在一千元以下的，由经理批准；
（1）附发票；
①原件；
２．其他的，由总监批准。
（三）财务付款。
附\u{3000}则
第四条\u{3000}本制度自发布之日起施行。
";

#[test]
fn lines_from_a_word_processor_are_chapters_clauses_and_items() {
    let page = page(PASTED);
    let headings = page.texts(".text :is(h2, h3)");
    let headings: Vec<_> = headings.iter().map(|text| text.trim_end_matches('#').trim()).collect();
    assert_eq!(headings, ["第一章\u{3000}总则", "第二章\u{3000}报销", "第一节\u{3000}步骤"]);
    for id in [
        "第一条",
        "第一条第2款",
        "第二条",
        "第三条",
        "第三条第1项",
        "第三条第2项第1目",
        "第三条第3项",
        "第四条",
    ] {
        assert!(ids(&page).contains(&id.to_owned()), "{id}: {:?}", ids(&page));
    }
    assert_eq!(page.texts(".item-1").len(), 3);
    assert_eq!(page.texts(".item-2"), ["１．金额在一千元以下的，由经理批准；", "２．其他的，由总监批准。"]);
    assert_eq!(page.texts(".item-3"), ["（1）附发票；"]);
    assert_eq!(page.texts(".item-4"), ["①原件；"]);
    let words = page.texts(".text").concat();
    for line in PASTED.lines().skip(1) {
        let bare = line.trim_start_matches('\u{3000}').trim_start_matches('（');
        let bare = bare.split('\u{3000}').next_back().unwrap_or(bare);
        assert!(words.contains(bare), "{line} is lost");
    }
}

#[test]
fn a_list_of_markdown_does_not_swallow_the_clauses_behind_it() {
    let text = "# 办法\n第一条 步骤：\n（一）申请：\n1. 填单；\n2. 附件；\n（二）审批。\n第二条 附则。\n1. 甲\n2. 乙\n第二章 丙\n第三条 丁\n";
    let page = page(text);
    assert_eq!(
        ids(&page).iter().filter(|id| id.ends_with('条')).collect::<Vec<_>>(),
        ["第一条", "第二条", "第三条"],
        "{:?}",
        ids(&page)
    );
    assert_eq!(page.texts(".text li"), ["填单；", "附件；", "甲", "乙"]);
    assert_eq!(page.texts(".item-1"), ["（一）申请：", "（二）审批。"]);
    assert_eq!(page.texts(".text h2").len(), 1);
    assert!(ids(&page).contains(&"第一条第1项第2目".to_owned()), "{:?}", ids(&page));
}

#[test]
fn a_list_that_a_line_has_left_counts_on() {
    let page = page("第一条 甲：\n\n1. 乙：\n（1）丙；\n（2）丁。\n2. 戊\n");
    assert_eq!(page.texts(".text li"), ["乙：", "戊"]);
    assert_eq!(page.all(".text ol[start=\"2\"]").len(), 1);
    assert_eq!(page.texts(".text p[class*=item-]"), ["（1）丙；", "（2）丁。"]);
}

#[test]
fn indented_lines_are_no_code() {
    let page =
        page("# 办法\n\n    第一条 甲。\n    第二条 乙。\n\n\t第三条\t丙。\n\n如下：\n\n    let code = 1;\n");
    assert_eq!(ids(&page), ["第一条", "第二条", "第三条", "第三条第2款"]);
    assert_eq!(page.texts(".text pre").len(), 1);
}

#[test]
fn a_contract_without_clauses_keeps_its_lines() {
    let page = page(
        "# 合同\n甲方：某公司\n乙方：某某公司\n一、标的\n1、数量：10台\n（1）含税\n二、付款方式\n付款分两次。\n三、其他\n",
    );
    let lines = page.texts(".text p");
    assert_eq!(
        lines,
        [
            "甲方：某公司",
            "乙方：某某公司",
            "一、标的",
            "1、数量：10台",
            "（1）含税",
            "二、付款方式",
            "付款分两次。",
            "三、其他"
        ]
    );
    assert_eq!((page.texts(".item-1").len(), page.texts(".item-2").len()), (1, 1));
}

#[test]
fn numbered_lines_within_a_list_stay_in_it() {
    let page = page("# 细则\n\n1. 甲\n   （1）乙\n   （2）丙\n2. 丁\n");
    assert_eq!(page.all(".text li").len(), 2);
    assert_eq!(page.all(".text li br").len(), 2);
}

#[test]
fn a_rule_below_clauses_underlines_no_heading() {
    let page = page("第一条 甲。\n第二条 乙。\n---\n\n第三条 丙。\n");
    assert_eq!(ids(&page), ["第一条", "第二条", "第三条"]);
    assert_eq!(page.all(".text hr").len(), 1);
}

#[test]
fn a_table_ends_where_a_clause_begins() {
    let page = page(
        "第一条 如下：\n| 甲 | 乙 |\n| - | - |\n| 1 | 2 |\n第二条 **见**下表。\n（一）丙；\n第三条 丁。\n\n戊\n",
    );
    assert_eq!(page.texts(".text .clause, .text .item-1").len(), 4);
    assert_eq!((page.all(".text tr").len(), page.all(".text td").len()), (2, 2));
    assert_eq!(page.texts(".clause-paragraph").len(), 2, "the item and the second paragraph of 第三条");
}

#[test]
fn lines_broken_by_hand_stay_together() {
    let page = page(
        "第一条 为了规范管理，\n制定本办法。\n\n第二条 甲：\n（一）乙，\n丙；\n（二）丁。\n\n说明一下这一条，\n第二句。\n",
    );
    assert_eq!(page.texts(".text .clause").len(), 2);
    assert_eq!(page.texts(".item-1"), ["（一）乙，丙；", "（二）丁。"]);
    assert!(page.texts(".clause-paragraph").contains(&"说明一下这一条，第二句。".to_owned()));
}

#[test]
fn every_way_to_write_a_clause_s_number_is_one() {
    for label in [
        "第七条 ",
        "第七条",
        "第七条、",
        "第七条：",
        "【第七条】",
        "第 七 条 ",
        "第7条 ",
        "第 7 条 ",
        "第７条 ",
        "第七條 ",
        "第柒条 ",
        "\u{3000}\u{3000}第七条\u{3000}",
        "**第七条** ",
        "**第七条：**",
        "__第七条__ ",
        "第七条\u{a0}",
        "第七条．",
    ] {
        let page = page(&format!("# 办法\n\n第六条 乙。\n\n{label}甲方付款。\n\n第八条 丙。\n"));
        assert_eq!(page.all(".text p.clause[id=\"第七条\"]").len(), 1, "{label}: {:?}", ids(&page));
        let words = page.texts(".text").concat();
        assert!(words.contains("甲方付款。") && !words.contains("**"), "{label}: {words}");
        let marks: String = label.chars().filter(|c| !"* _\u{3000}\u{a0}".contains(*c)).collect();
        let bare: String = words.chars().filter(|c| !" \u{3000}\u{a0}".contains(*c)).collect();
        assert!(bare.contains(&marks), "{label}: {words}");
    }
    for label in ["第七条之一 ", "第七条-1 ", "第7-1條 ", "第7条之1 "] {
        let page = page(&format!("第七条 乙。\n\n{label}甲。\n"));
        assert!(ids(&page).contains(&"第七条之一".to_owned()), "{label}: {:?}", ids(&page));
    }
    for heading in [
        "### 第七条",
        "### 第七条 付款",
        "### 第7条 付款",
        "#### **第七条** 付款",
        "### 第 七 条 付款",
        "### 【第七条】付款",
    ] {
        let page = page(&format!("# 办法\n\n{heading}\n\n甲。\n"));
        assert_eq!(page.all(".text [id=\"第七条\"]").len(), 1, "{heading}: {:?}", ids(&page));
    }
}

#[test]
fn a_clause_answers_to_its_number_as_written() {
    let project = chapter("# 办法\n\n第1条 甲。\n\n第 2 條 乙。\n");
    project.write("content/b.md", "# 乙\n\n[一](a.md#第1条)、[二](a.md#第一条)、[三](a.md#1)、[四](a.md#第2條)、[五](a.md#第2条)，《办法》第 2 条。\n");
    project.run(&["build", "--deny-warnings"]).expect(0);
    let (page, own) = (project.page("site/b.html"), project.page("site/a.html"));
    for (href, _) in page.links(".text a[href^=\"a.html#\"]") {
        let id = href.trim_start_matches("a.html#");
        assert_eq!(own.all(&format!("[id=\"{id}\"]")).len(), 1, "{href}");
    }
    assert_eq!(page.count(".text a.mention", "a.html#第二条", "第 2 条"), 1, "{:?}", page.links(".text a"));
}

#[test]
fn ordinals_in_prose_are_no_clauses() {
    for text in [
        "第一条建议是多问。\n\n第二条建议是少说。",
        "第一，甲。\n\n第二，乙。",
        "首先，甲。\n\n其次，乙。",
        "第一天，我们去了。\n\n第二天，回来。",
        "第三条生产线已经投产。",
        "第三条规定的事项。",
        "依照\n第三条 的规定办理。",
        "请假应当按照本制度\n第三条 办理。",
        "第一章讲的是总则。",
        "他说：\n第一条路走不通。",
        "第三条和第四条不适用。",
    ] {
        let page = page(&format!("# 说明\n\n{text}\n"));
        assert_eq!(ids(&page), Vec::<String>::new(), "{text}");
        assert_eq!(page.all(".text :is(h2, h3)").len(), 0, "{text}");
    }
}

#[test]
fn numbers_out_of_order_are_told_with_both_lines() {
    let text = "# 考勤\n\n第一条 甲。\n\n第二条 乙。\n\n第二条 丙。\n\n第三条 丁。\n\n第五条 戊。\n\n## 附件一 协议\n\n第一条 己。\n\n第一条 庚。\n\n> 第十条 引用的法律。\n";
    assert_eq!(orders(text), [(7, vec![5]), (11, vec![9])]);
    assert_eq!(told(&chapter(text)).len(), 2, "{:?}", told(&chapter(text)));
    assert_eq!(
        orders("# 考勤\n\n第一条 甲。\n\n第三条 乙。\n\n第二条 丙。\n\n第四条 丁。\n"),
        [(7, vec![5])]
    );
    assert_eq!(orders("# 《考勤办法》修订对照\n\n第一条 甲。\n\n第一条 乙。\n"), []);
    assert_eq!(
        orders("# 考勤\n\n## 第一章 甲\n\n第一条 乙。\n\n## 第三章 丙\n\n第二条 丁。\n"),
        [(7, vec![3])]
    );
}

#[test]
fn a_decision_about_a_rule_is_not_that_rule() {
    let project = chapter("# 章程\n\n第一条 甲。\n");
    project.write("content/b.md", "# 乙\n\n依照《关于修改〈章程〉的决定》第一条，见《章程》。\n");
    project.run(&["build"]).expect(0);
    let page = project.page("site/b.html");
    assert_eq!(page.links(".text a.mention"), [("a.html".to_owned(), "《章程》".to_owned())]);
}

#[test]
fn of_two_chapters_with_one_title_the_one_in_force_is_meant() {
    let project = Project::new(
        "
//- handbook.yaml
language: zh-CN
//- content/a.md
---
status: retired
---
# 报销制度

第一条 旧。
//- content/b.md
---
status: in_force
---
# 报销制度

第一条 新。
//- content/c.md
# 丙

依照《报销制度》第一条，见[[报销制度]]。
",
    );
    let found = told(&project);
    assert_eq!(found, [("alias-conflict".to_owned(), 4, vec![4])]);
    project.run(&["build"]).expect(0);
    let links = project.page("site/c.html").links(".text a:not(.anchor)");
    assert!(!links.is_empty() && links.iter().all(|(href, _)| href.starts_with("b.html")), "{links:?}");
}

#[test]
fn a_section_of_another_document_is_not_ours() {
    let project = Project::new(
        "
//- handbook.yaml
language: en
//- content/leave.md
# Leave

## 4.2 Notice

Text.
//- content/a.md
# A

## 4.2 Passwords

ISO 27001 §4.2 asks for it, and so do RFC 2119, Section 4.2, GDPR Art. 5 and the Companies Act 2006, Section 4.2.

See [Leave](leave.md), Section 4.2, and Section 4.2 here.
",
    );
    project.run(&["build"]).expect(0);
    let links = project.page("site/a.html").links(".text a.mention");
    let expected = [("leave.html#4.2", "Section 4.2"), ("#4.2", "Section 4.2")];
    assert_eq!(links, expected.map(|(href, words)| (href.to_owned(), words.to_owned())));
}

#[test]
fn a_quotation_and_a_card_show_the_same_of_a_clause() {
    let project =
        chapter("# 甲\n\n### 第一条\n\n正文一。\n\n#### 细则\n\n细则正文。\n\n### 第二条\n\n正文二。\n");
    project.write("content/b.md", "# 乙\n\n![[甲#第一条]]\n\n见《甲》第一条。\n");
    project.run(&["build"]).expect(0);
    let quoted = project.page("site/b.html").texts(".embed").concat();
    let cards: String = project
        .tree("site/previews")
        .into_values()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    let card =
        cards.split("\"第一条\":[").nth(1).and_then(|rest| rest.split(']').next()).unwrap_or("").to_owned();
    for shown in [&quoted, &card] {
        assert!(
            shown.contains("正文一。") && shown.contains("细则正文。") && !shown.contains("正文二"),
            "{shown}"
        );
    }
}
