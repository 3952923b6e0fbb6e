//! Words of a chapter that other pages show are those that its own page shows: in
//! the list of who refers here, on cards, in search, in descriptions.

use crate::support::{Project, ask};

/// All files of a site as one text.
fn all(project: &Project, site: &str) -> String {
    let files = project.tree(site).into_iter();
    files.map(|(name, bytes)| format!("{name}\n{}\n", String::from_utf8_lossy(&bytes))).collect()
}

/// The sentences that a page quotes, tags off.
fn quoted(project: &Project, page: &str) -> Vec<String> {
    let page = scraper::Html::parse_document(&project.read(page));
    let quotation = scraper::Selector::parse("li > q").expect("a selector");
    page.select(&quotation).map(|one| one.text().collect::<String>().trim().to_owned()).collect()
}

const OWN: &str = "
//- handbook.yaml
title: 手册
language: zh-CN
//- content/index.md
# 首页
//- content/pub.md
# 公开制度

第一条 公开。
//- content/a.md
# 甲

> 前句。依照[公开](pub.md \"qqtip\")和[乙][qqref]<!-- qqcomment -->、**报告**`丙`<span hidden>qqhidden</span>办理&amp;存档。后句。

[qqref]: https://example.com/qqaddress

| 依照[公开](pub.md) | qqcell |
| --- | --- |

- <a href=\"pub.md\" title=\"qqtitle\">公开</a>的规定[^1]
- 丁

[^1]: 注释
[^qqunused]: qqnote见[公开](pub.md)、《qqtitled》

<template>

qqtemplate见[公开](pub.md)

</template>
";

#[test]
fn a_quotation_is_what_the_page_shows() {
    let project = Project::new(OWN);
    project.run(&["build"]).expect(0);
    let page = project.read("site/pub.html");
    for word in
        ["qqtip", "qqref", "qqcomment", "qqhidden", "qqaddress", "qqcell", "qqtitle", "qqnote", "qqtemplate"]
    {
        assert!(!page.contains(word), "{word}: {page}");
    }
    // A note that nothing refers to stands on its own page, and refers to nothing.
    let pages =
        project.tree("site").into_iter().filter(|(name, _)| name.ends_with(".html") && name != "a.html");
    let told: Vec<String> = pages
        .filter(|(_, page)| String::from_utf8_lossy(page).contains("qqtitled"))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(told, Vec::<String>::new());
    let quotations = quoted(&project, "site/pub.html");
    assert_eq!(quotations.len(), 3, "{quotations:?}");
    assert!(quotations[0].starts_with("依照公开和乙、报告丙办理&存档。"), "{quotations:?}");
    assert!(quotations[1].starts_with("依照公开"), "{quotations:?}");
    assert!(quotations[2].starts_with("公开的规定"), "{quotations:?}");
    let site = project.path().join("site");
    let words = ["qqcomment", "qqhidden", "qqaddress", "qqnote", "qqtemplate", "qqcell", "注释"];
    let found = ask(&site, &words.map(str::to_owned));
    assert_eq!(found, [0, 0, 0, 1, 0, 1, 1]);
}

#[test]
fn a_term_and_a_description_are_what_the_page_shows() {
    let project = Project::new(
        "
//- handbook.yaml
title: 手册
language: zh-CN
//- content/b.md
<span hidden>qqhidden</span>乙[甲][qqref]与<!-- qqcomment -->值班。

[qqref]: a.md
//- content/a.md
# 甲

值班。
//- content/glossary.md
## 值班
别名：[当值](a.md)、**轮班**

<span hidden>qqhidden</span>按[甲][qqref]值守。

[qqref]: a.md
",
    );
    project.run(&["build"]).expect(0);
    let page = project.read("site/b.html");
    assert!(page.contains("<meta name=\"description\" content=\"乙甲与值班。\">"), "{page}");
    let notes = &project.read("site/a.html");
    assert!(notes.contains("按甲值守。") && notes.contains("当值") && notes.contains("轮班"), "{notes}");
    assert!(!notes.contains("qqref") && !notes.contains("qqhidden") && !notes.contains("a.md"), "{notes}");
}

/// The case of `shared/cases/safety.toml`.
#[test]
fn who_refers_here_tells_nothing_of_what_is_withheld() {
    let project = Project::new(
        "
//- handbook.yaml
title: 手册
language: zh-CN
base_url: https://intra.example.com/hb/
audiences:
  everyone: 全体
  managers: {name: 管理人员, includes: [everyone]}
//- content/index.md
# 首页
//- content/pub.md
# 公开制度

第一条 公开。
//- content/机密/二〇二六年裁员计划.md
---
audience: managers
title: 裁员方案
id: SEC-007
---
第一条 内容
//- content/机密/甲乙(草稿)裁员.md
---
audience: managers
title: 另一
---
第一条 内容
//- content/a.md
# A

依照[公开](pub.md)办理，各部门应当按照职责分工认真落实有关要求并及时向主管部门报告执行情况，具体安排参见[那个文件](机密/二〇二六年裁员计划.md)的规定执行并存档备查
//- content/b.md
# B

详见[那个文件](机密/二〇二六年裁员计划.md)，各部门应当按照职责分工认真落实有关要求，依照[公开](pub.md)办理
//- content/c.md
# C

依照[[公开制度]]与[[SEC-007|那个文件]]办理。
//- content/d.md
# D

依照[公开](pub.md)和[那个文件](<机密/甲乙(草稿)裁员.md>)办理。
//- content/e.md
# E

依照[公开](pub.md)和[[机密/二〇二六年裁员计划.md|那个文件]]办理。<!-- 私下备注 -->
//- content/f.md
# F

依照[公开](pub.md)和<a href=\"机密/二〇二六年裁员计划.md\">那个文件</a>办理。
",
    );
    project.run(&["build", "--audience", "everyone"]).expect(0);
    let all = all(&project, "site");
    for word in ["裁员", "SEC-007", "机密", "私下备注"] {
        assert!(!all.contains(word), "{word}");
    }
    let quotations = quoted(&project, "site/pub.html");
    assert_eq!(quotations.len(), 6, "{quotations:?}");
    assert!(quotations.iter().all(|one| one.contains("那个文件")), "{quotations:?}");
}

/// Of a link to what is withheld its words stay, unless they are its address.
#[test]
fn words_that_are_the_address_go() {
    let project = Project::new(
        "
//- handbook.yaml
title: 手册
language: zh-CN
base_url: https://intra.example.com/hb/
audiences: {everyone: 全体, managers: {includes: everyone}}
//- content/index.md
# 首页
//- content/密/qq裁员.md
---
audience: managers
title: qq方案
id: QQ-007
---
第一条 内容
",
    );
    let cases = [
        ("[甲](密/qq裁员.md \"qqtip\")", "甲"),
        ("[密/qq裁员.md](密/qq裁员.md)", "另一文件"),
        ("[`qq裁员.md`](密/qq裁员.md)", "另一文件"),
        ("[QQ-007](密/qq裁员.md)", "另一文件"),
        ("[[QQ-007]]", "另一文件"),
        ("[[qq方案]]", "另一文件"),
        ("[[密/qq裁员.md]]", "另一文件"),
        ("[[QQ-007|甲]]", "甲"),
        ("<https://intra.example.com/hb/密/qq裁员.html>", "另一文件"),
        ("https://intra.example.com/hb/密/qq裁员.html。", "另一文件"),
        ("http://u:p@INTRA.example.com/hb/%E5%AF%86/qq%E8%A3%81%E5%91%98.html#甲", "另一文件"),
        ("https://intra.example.com:443/hb/&#23494;/qq裁员.html", "另一文件"),
        ("<a href='.&#47;密/qq裁员.md' title=qqtip data-x=QQ-007>乙<b>丙</b></a>", "乙丙"),
        ("<A HREF=密\\qq裁员.md>密/qq裁员.md</A>", "另一文件"),
        ("<a\nhref=\"/hb/密/qq裁员.html\">甲</a>", "甲"),
        ("![qq图](密/qq裁员.md \"qqtip\")", "另一文件"),
        ("[![图](x.png)](密/qq裁员.md)", ""),
        ("<span title='https://intra.example.com/hb/密/qq裁员.html'>甲</span>", "甲"),
        ("`https://intra.example.com/hb/密/qq裁员.html`", "另一文件"),
        ("甲<!-- qq裁员 -->", "甲"),
        ("<b\ntitle='https://intra.example.com/hb/密/qq裁员.html'>甲</b>", "甲"),
        ("[甲](x.md '见 https://intra.example.com/hb/密/qq裁员.html')", "甲"),
    ];
    for (at, (written, _)) in cases.iter().enumerate() {
        let heading = written.replace('\n', " ");
        project.write(
            &format!("content/x{at}.md"),
            format!("# 页\n\n## 见{heading}\n\n前{written}后。\n\n<div>\n\n{written}\n\n</div>\n"),
        );
    }
    let address = "https://intra.example.com/hb/密/qq裁员.html";
    let text = format!(
        "---\nsummary: 概要{address}\nrevisions: [{{version: '1', note: 修订{address}}}]\nterms: [{{term: 某词, definition: '见[[QQ-007]]和[x](密/qq裁员.md \"qqtip\")'}}]\n---\n# 关于[[QQ-007]]\n\n某词。\n\n```{address}\n{address}\n```\n"
    );
    project.write("content/title.md", text);
    // A comment that its block leaves open hides what follows; so it does in trusted HTML.
    project.write(
        "content/open.md",
        "# 页\n\n<div><!-- qq一\n\n<a href=\"密/qq裁员.md\">乙</a>[丙](密/qq裁员.md)\n",
    );
    project.write("content/x.png", "");
    project.write("content/x.md", "# 甲\n");
    project.run(&["build", "--audience", "everyone"]).expect(0);
    for (at, (written, words)) in cases.iter().enumerate() {
        let page = project.read(&format!("site/x{at}.html"));
        let text: String = scraper::Html::parse_document(&page).root_element().text().collect();
        assert!(text.contains(&format!("前{words}")), "{written}: {page}");
        assert!(
            page.contains("本版未收录") || !written.contains(['[', '!', 'A']) || at > 16,
            "{written}: {page}"
        );
    }
    let page = project.read("site/title.html");
    for shown in ["<title>关于另一文件", "概要另一文件", "修订另一文件", "见另一文件和x"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert_silent(&project);
    let settings = project.read("handbook.yaml");
    project.write("handbook.yaml", format!("{settings}markdown: {{raw_html: trust}}\n"));
    project.run(&["build", "--audience", "everyone"]).expect(0);
    assert_silent(&project);
}

/// No file of the site holds a word of what is withheld.
fn assert_silent(project: &Project) {
    for word in ["qq", "QQ-007", "裁员", "%E8%A3%81", "密"] {
        for (name, bytes) in project.tree("site") {
            let text = String::from_utf8_lossy(&bytes);
            // Bits of the index are no words.
            let is_bits = |part: &&str| {
                part.len() > 24
                    && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
            };
            let text: String = text.split('"').filter(|part| !is_bits(part)).collect::<Vec<_>>().join("\"");
            let around = text.split(word).next().unwrap_or("").chars().rev().take(300);
            let around: String = around.collect::<Vec<_>>().into_iter().rev().collect();
            assert!(!text.contains(word), "{word} in {name} behind {around}");
        }
    }
}

/// In a table `[[title|text]]` is cut by the cell; with `\\|` it is a link.
#[test]
fn wiki_links_in_tables_tell_no_id() {
    let project = Project::new(
        "//- handbook.yaml
title: T
language: en
base_url: https://in.example/hb/
audiences:
  everyone: Everyone
  board: {name: Board, includes: [everyone], base_url: https://board.example/x/}
//- content/s.md
---
audience: board
title: Layoffs
id: QQ-007
---
text
//- content/v.md
---
id: VV-001
---
# V
//- content/a.md
# A

| a | b |
| --- | --- |
| 1 | [[QQ-007\\|one]] and [[VV-001\\|two]] |
| 2 | [[QQ-007|three]] end |

<a href=\"/hb/s.html\" title=\"qqtip\">four</a> [/hb/s.html](/hb/s.html)

```s.md
code
```
",
    );
    project.run(&["build", "--audience", "everyone"]).expect(0);
    let page = project.read("site/a.html");
    assert!(
        page.contains("<a href=\"v.html\">two</a>") && page.contains("one") && page.contains("four"),
        "{page}"
    );
    for (path, bytes) in project.tree("site") {
        let text = String::from_utf8_lossy(&bytes);
        for word in ["QQ-007", "hb/s.html", "qqtip", "s.md"] {
            assert!(!text.contains(word), "{path} holds {word}");
        }
    }
}
