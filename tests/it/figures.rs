//! Formulas and diagrams, from the text to the page, the findings and the search.

use crate::support::{Project, ask};

const HANDBOOK: &str = "
//- handbook.yaml
title: 手册
language: zh-CN
//- content/index.md
# 首页
//- content/expense.md
# 报销
";

fn built(text: &str) -> Project {
    let project = Project::new(HANDBOOK);
    project.write("content/a.md", text);
    project
}

#[test]
fn formulas_are_shown_and_prices_stay() {
    let project = built(
        "# 能量 $E=mc^2$\n\n速度为$v_0$时，US$100、$5 and $10、5$、${x}、\\$7 与 `$HOME`。\n\n$$\n\\text{应付} = \\sum_{i=1}^n a_i\n$$\n\n```math\n\\frac{a}{b}\n```\n",
    );
    project.run(&["build", "--deny-warnings"]).expect(0);
    let page = project.page("site/a.html");
    assert_eq!(page.all(".text math[display=inline]").len(), 1);
    assert_eq!(page.all(".text .formula > math[display=block]").len(), 2);
    let text: String = page.texts(".text > p").join("\n");
    for kept in ["US$100、$5 and $10、5$、${x}、$7 与 $HOME。", "速度为"] {
        assert!(text.contains(kept), "{text}");
    }
    assert_eq!(page.texts("main h1"), ["能量 E=mc^2"]);
    assert_eq!(page.all("math")[0].attr("alttext"), Some("v_0"));
}

#[test]
fn a_formula_that_cannot_be_read_is_shown_as_written() {
    let project = built("# 甲\n\n见 $\\unbekannt{x}$ 与 $a^*$、$b^*$。\n\n```math\n\\unbekannt\n```\n");
    let run = project.run(&["build"]).expect(0);
    let page = project.page("site/a.html");
    assert!(page.texts(".text > p").join("").contains("见 $\\unbekannt{x}$ 与"));
    assert_eq!(page.all(".text math").len(), 2);
    let said = run.stderr();
    assert!(said.contains("warning[formula]") && said.contains("a.md:3:3"), "{said}");
    assert!(said.contains("a.md:6:1"), "{said}");
}

#[test]
fn diagrams_are_drawn_with_their_source_beside_them() {
    let project = built(
        "# 甲\n\n```mermaid\nflowchart TD\n  A[提交申请] --> B{金额超过五千？}\n  click A \"expense.md\" \"报销制度\"\n  click B \"gone.md\"\n```\n\n```{mermaid}\npie title 占比\n \"差旅\" : 40\n```\n",
    );
    let run = project.run(&["build"]).expect(0);
    let page = project.page("site/a.html");
    assert_eq!(page.all("figure.diagram svg.drawing").len(), 2);
    assert_eq!(page.links("svg a"), [("expense.html".to_owned(), "报销制度提交申请".to_owned())]);
    assert_eq!(page.texts("figure.diagram summary"), ["图的文字", "图的文字"]);
    assert!(page.texts("figure.diagram pre")[0].contains("提交申请"));
    assert_eq!(page.all("svg[role=img]")[0].attr("aria-label"), Some("占比"));
    let ids: Vec<&str> = page.all("svg [id]").iter().filter_map(|one| one.value().id()).collect();
    let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert!(
        !ids.is_empty() && unique.len() == ids.len() && ids.iter().all(|id| id.starts_with("Hb-")),
        "{ids:?}"
    );
    assert!(page.all("[style]").is_empty() && page.all("svg style, svg script, foreignObject").is_empty());
    let said = run.stderr();
    assert!(said.contains("warning[broken-link]") && said.contains("a.md:7:"), "{said}");
    // Who refers to a chapter by a diagram is known there.
    assert!(project.read("site/expense.html").contains("a.html"));
    assert_eq!(ask(&project.path().join("site"), &["金额超过五千".to_owned()]), [1]);
}

#[test]
fn a_diagram_that_cannot_be_drawn_is_shown_as_code_with_its_line() {
    let project = built(
        "# 甲\n\n> ```mermaid\n> flowchart TD\n>   A --> B\n>   ]]] x\n> ```\n\n```mermaid\nflussbild\n```\n",
    );
    let run = project.run(&["build"]).expect(0);
    let page = project.page("site/a.html");
    assert!(page.all("svg.drawing").is_empty());
    assert_eq!(page.texts(".text pre > code.language-mermaid").len(), 2);
    let said = run.stderr();
    assert!(said.contains("a.md:6:5") && said.contains("a.md:10:1"), "{said}");
    assert!(
        said.contains("warning[diagram]") && said.contains("`flussbild` is not a kind of diagram"),
        "{said}"
    );
}

#[test]
fn figures_stand_beside_raw_html_that_is_cleaned() {
    let project = built(
        "# 甲\n\n<b onclick=\"x()\">粗</b> $x^2$ <span data-figure=\"0\" title='<span data-figure=\"0\"></span>'></span>\n\n```mermaid\nflowchart TD\n  A --> B\n```\n",
    );
    project.run(&["build"]).expect(0);
    let page = project.page("site/a.html");
    assert_eq!(page.all(".text svg.drawing").len(), 1);
    assert!(!page.all(".text math").is_empty() && page.all("[onclick]").is_empty());
    assert!(!page.all("[data-figure]").iter().any(|one| one.attr("data-figure") == Some("1")));
}

#[test]
fn bytes_of_figures_are_known() {
    let project =
        built("# 甲\n\n$\\frac{a}{2}$\n\n```mermaid\nflowchart LR\n  A[开始] -->|是| B((结束))\n```\n");
    project.run(&["build"]).expect(0);
    let page = project.read("site/a.html");
    let from = page.find("<math").expect("a formula");
    let to = page.find("</figure>").expect("a diagram");
    insta::assert_snapshot!(&page[from..to]);
}
