//! Boxes, tabs, marked text and what is meant for other tools, from the text to the page.

use crate::support::{Page, Project, ask};

const HANDBOOK: &str = "
//- handbook.yaml
title: 手册
language: zh-CN
//- content/index.md
# 首页
//- content/expense.md
# 报销
";

fn built(text: &str) -> (Project, String) {
    let project = Project::new(HANDBOOK);
    project.write("content/a.md", text);
    let run = project.run(&["build"]).expect(0);
    (project, run.stderr())
}

/// The same with all that is said, notes too.
fn checked(text: &str) -> (Project, String) {
    let (project, _) = built(text);
    let said = project.run(&["check"]).expect(0).stderr();
    (project, said)
}

fn page(text: &str) -> Page {
    built(text).0.page("site/a.html")
}

/// The boxes of a page: class, title, and all the text below the title.
fn boxes(page: &Page) -> Vec<(String, String)> {
    let class = |one: &scraper::ElementRef<'_>| one.attr("class").unwrap_or("").replace("alert alert-", "");
    page.all(".text .alert")
        .iter()
        .map(|one| {
            (class(one), one.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
        })
        .collect()
}

fn pair(class: &str, text: &str) -> (String, String) {
    (class.to_owned(), text.to_owned())
}

#[test]
fn boxes_of_vitepress_and_docusaurus_are_boxes() {
    for (text, expected) in [
        ("::: tip\n正文\n:::\n", pair("tip", "提示 正文")),
        ("::: tip 自己的 **标题**\n正文\n\n- 一\n- 二\n:::\n", pair("tip", "自己的 标题 正文 一 二")),
        (":::note\n正文\n:::\n", pair("note", "注意 正文")),
        (":::tip[标题 `a`]\n\n正文\n\n:::\n", pair("tip", "标题 a 正文")),
        (":::tip{title=\"标题\"}\n正文\n:::\n", pair("tip", "标题 正文")),
        ("::: {.callout-warning title=\"标题\"}\n正文\n:::\n", pair("warning", "标题 正文")),
        (":::danger 别动\n正文\n:::\n", pair("caution", "别动 正文")),
        ("::: 警告\n正文\n:::\n", pair("warning", "警告 正文")),
        ("::: zzz 甲\n正文\n:::\n", pair("other", "甲 正文")),
        ("::: zzz\n正文\n:::\n", pair("other", "zzz 正文")),
        ("前文\n::: info\n正文\n:::\n", pair("note", "信息 正文")),
        ("> ::: tip\n> 正文\n> :::\n", pair("tip", "提示 正文")),
        ("- 项\n\n  ::: tip 甲\n  正文\n  :::\n", pair("tip", "甲 正文")),
        ("- 项\n  ::: tip 甲\n  正文\n  :::\n- 二\n", pair("tip", "甲 正文")),
        ("::: tip\n| 甲 | 乙 |\n|--|--|\n| 1 | 2 |\n:::\n", pair("tip", "提示 甲 乙 1 2")),
        ("::: tip\n没有结尾\n", pair("tip", "提示 没有结尾")),
        ("::: tip\n- 一\n  - 二\n   :::\n\n## 后\n", pair("tip", "提示 一 二")),
        ("::: tip\r\n正文\r\n:::\r\n", pair("tip", "提示 正文")),
    ] {
        let page = page(&format!("# 甲\n\n{text}\n后文\n"));
        let expected_inside = text.contains("没有结尾");
        let found = boxes(&page);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        let wanted =
            if expected_inside { pair(&expected.0, &format!("{} 后文", expected.1)) } else { expected };
        assert_eq!(found[0], wanted, "{text}");
        assert!(!page.texts(".text").join("").contains(":::"), "{text}");
    }
}

#[test]
fn boxes_stand_in_one_another_and_nothing_is_lost() {
    let nested = page("# 甲\n\n:::: tip 外\n一\n\n::: warning 内\n二\n:::\n\n三\n::::\n\n四\n");
    assert_eq!(boxes(&nested), [pair("tip", "外 一 内 二 三"), pair("warning", "内 二")]);
    let alike = page("# 甲\n\n::: tip 外\n::: warning 内\n二\n:::\n三\n:::\n四\n");
    assert_eq!(boxes(&alike), [pair("tip", "外 内 二 三"), pair("warning", "内 二")]);
    assert_eq!(alike.texts(".text > p"), ["四"]);
    // An end of nothing is shown, and code is left alone.
    let text = "# 甲\n\n:::\n\n```\n::: tip\n!!! note\n    x\n:::\n```\n\n    ::: tip 甲\n    :::\n\n    !!! note \"乙\"\n        丙\n\n`::: tip` 与 ::: tip\n\n段落\n      ::: tip 丁\n";
    let page = page(text);
    assert!(boxes(&page).is_empty());
    assert_eq!(
        page.texts(".text pre"),
        ["::: tip\n!!! note\n    x\n:::\n", "::: tip 甲\n:::\n\n!!! note \"乙\"\n    丙\n"]
    );
    let paragraphs = page.texts(".text > p");
    assert_eq!(paragraphs[0], ":::");
    assert_eq!(paragraphs[1], "::: tip 与 ::: tip");
    assert!(paragraphs[2].contains("::: tip") && paragraphs[2].contains('丁'), "{paragraphs:?}");
}

#[test]
fn what_is_indented_in_code_does_not_end_it() {
    let page = page(
        "# 甲\n\n``` title=\"例\"\n=== \"C\"\n\n    ``` c\n    x\n    ```\n\n=== \"D\"\n```\n\n=== \"E\"\n\n    正文\n",
    );
    assert_eq!(page.texts(".text pre"), ["=== \"C\"\n\n    ``` c\n    x\n    ```\n\n=== \"D\"\n"]);
    assert_eq!(page.texts(".text .tab-title"), ["E"]);
    assert!(page.all(".text pre[data-language]").is_empty());
}

#[test]
fn code_shows_its_title_and_the_lines_that_are_marked() {
    let page = page(
        "# 甲\n\n```rust title=\"src/<a>.rs\" {2}\nfn a() {\n    b();\n}\n```\n\n```yaml {filename=\"b.yaml\"}\na: 1\n```\n\n```\nc\n```\n",
    );
    assert_eq!(page.texts(".text figure.listing figcaption"), ["src/<a>.rs", "b.yaml"]);
    assert_eq!(page.texts(".text pre mark.line"), ["    b();"]);
    assert_eq!(page.texts(".text pre"), ["fn a() {\n    b();\n}\n", "a: 1\n", "c\n"]);
    assert_eq!(page.all(".text figure.listing pre[data-language]").len(), 2);
}

#[test]
fn names_of_blocks_are_no_text_and_made_up_callouts_are_notes() {
    let page = page(
        "# 甲\n\n规定。 ^a1b2c3\n\n- 项 ^rule-one\n- Press ^C\n- 见[一](#^rule-one)\n- 气体 ^argon\n- 电话 ^123456\n\n> [!custom] 标题\n> 正文\n",
    );
    assert_eq!(page.texts(".text > p"), ["规定。"]);
    // What no link names, and Obsidian would not have made up, is an author's text.
    assert_eq!(page.texts(".text li"), ["项", "Press ^C", "见一", "气体 ^argon", "电话 ^123456"]);
    assert_eq!(boxes(&page), [pair("note", "标题 正文")]);
}

#[test]
fn boxes_of_mkdocs_are_boxes() {
    for (text, expected) in [
        ("!!! note\n\n    正文\n", pair("note", "注意 正文")),
        ("!!! note\n    正文\n    两行\n", pair("note", "注意 正文两行")),
        (
            "!!! tip \"标题 **重**\"\n    正文\n\n    - 一\n        - 二\n\n    ```sh\n    x\n    ```\n",
            pair("tip", "标题 重 正文 一 二 x"),
        ),
        ("!!! note \"\"\n    正文\n", pair("note", "正文")),
        ("!!! warning inline end \"标题\"\n    正文\n", pair("warning", "标题 正文")),
        ("!!! 注意\n    正文\n", pair("note", "注意 正文")),
        ("!!! zzz\n    正文\n", pair("other", "zzz 正文")),
        ("前文\n!!! danger \"甲\"\n    正文\n", pair("caution", "甲 正文")),
        ("??? tip \"甲\"\n    正文\n", pair("tip", "甲 正文")),
        ("???+ tip\n\n    正文\n", pair("tip", "提示 正文")),
        ("- 项\n\n    !!! tip \"甲\"\n        正文\n", pair("tip", "甲 正文")),
        ("> !!! tip \"甲\"\n>     正文\n", pair("tip", "甲 正文")),
        ("!!! tip\n\t正文\n", pair("tip", "提示 正文")),
    ] {
        let page = page(&format!("# 甲\n\n{text}后文\n"));
        assert_eq!(boxes(&page), [expected], "{text}");
        let all = page.texts(".text").join("");
        assert!(!all.contains("!!!") && !all.contains("???"), "{text}");
        assert!(
            page.all(".text .alert").iter().all(|one| !one.text().collect::<String>().contains("后文")),
            "{text}"
        );
    }
    let nested = page(
        "# 甲\n\n!!! note \"外\"\n    一\n\n    ??? warning \"内\"\n        二\n\n            码\n\n    三\n",
    );
    assert_eq!(boxes(&nested), [pair("note", "外 一 内 二 码 三"), pair("warning", "内 二 码")]);
    assert_eq!(nested.texts(".alert .alert pre"), ["码\n"]);
    assert_eq!(nested.all("details.alert").len(), 1);
    let prose = page("# 甲\n\n!!! 重要的话说三遍\n\n??? 为什么\n\n=== 分割 ===\n");
    assert_eq!(prose.texts(".text > p"), ["!!! 重要的话说三遍", "??? 为什么", "=== 分割 ==="]);
}

#[test]
fn folded_boxes_open_without_script() {
    let page = page("# 甲\n\n::: details 点开 `x`\n内\n:::\n\n::: details\n二\n:::\n\n???+ note\n    三\n");
    assert_eq!(page.texts("details > summary"), ["点开 x", "详情", "注意"]);
    assert_eq!(page.all("details[open]").len(), 1);
}

#[test]
fn tabs_are_shown_one_below_the_other() {
    for text in [
        "=== \"甲\"\n\n    一\n\n=== \"乙\"\n    二\n",
        "<Tabs>\n  <TabItem value=\"a\" label=\"甲\" default>\n    一\n  </TabItem>\n  <TabItem value=\"乙\">\n\n  二\n\n  </TabItem>\n</Tabs>\n",
        "<Tabs groupId=\"os\">\n<TabItem value='a' label='甲'>\n\n一\n\n</TabItem>\n<TabItem value='b' label='乙'>\n\n二\n\n</TabItem>\n</Tabs>\n",
        ":::: tabs\n::: tab 甲\n一\n:::\n::: tab 乙\n二\n:::\n::::\n",
        "::: tabs#fruit\n\n@tab 甲#jia\n\n一\n\n@tab:active 乙\n\n二\n\n:::\n",
        "::: tabs\n@tab 甲\n一\n@tab 乙\n二\n:::\n",
    ] {
        let page = page(&format!("# 题\n\n{text}\n后文\n"));
        assert_eq!(page.all(".text > .tabs").len(), 1, "{text}");
        assert_eq!(page.texts(".tabs > .tab > .tab-title"), ["甲", "乙"], "{text}");
        assert_eq!(page.texts(".tabs > .tab > p:not(.tab-title)"), ["一", "二"], "{text}");
        assert_eq!(page.texts(".text > p"), ["后文"], "{text}");
    }
    let code = page("# 题\n\n::: code-group\n\n```js [配置.js]\na\n```\n\n```sh\nb\n```\n\n:::\n");
    assert_eq!(code.texts(".tabs > .tab > .tab-title"), ["配置.js", "sh"]);
    assert_eq!(code.texts(".tabs > .tab > pre"), ["a\n", "b\n"]);
    let marked = page(
        "# 题\n\n::: code-tabs#shell\n\n@tab 甲\n\n```sh\na\n```\n\n@tab 乙\n\n```sh\nb\n```\n\n:::\n\n后文\n",
    );
    assert_eq!(marked.texts(".text > .tabs > .tab > .tab-title"), ["甲", "乙"]);
    assert_eq!(marked.texts(".tabs > .tab > pre"), ["a\n", "b\n"]);
    assert_eq!(marked.texts(".text > p"), ["后文"]);
    // Another box may stand in a tab, and nothing but tabs has any.
    let within =
        page("# 题\n\n:::: tabs\n@tab 甲\n::: tip\n一\n@tab 文\n:::\n@tab 乙\n二\n::::\n\n@tab 丙\n");
    assert_eq!(within.texts(".tabs > .tab > .tab-title"), ["甲", "乙"]);
    assert_eq!(within.texts(".tab .alert p:not(.alert-title)"), ["一", "@tab 文"]);
    assert_eq!(within.texts(".text > p"), ["@tab 丙"]);
    let apart = page("# 题\n\n=== \"甲\"\n    一\n\n之间\n\n=== \"乙\"\n    二\n");
    assert_eq!(apart.all(".text > .tabs").len(), 2);
}

#[test]
fn what_a_box_holds_is_markdown() {
    let (project, said) = built(
        "# 甲\n\n::: tip 见[报销](expense.md)\n[没有](gone.md)，《报销》。\n\n### 节 {#jie}\n:::\n\n!!! note\n    [没有](away.md)\n\n=== \"页签 [报销](expense.md)\"\n    独一无二的字\n",
    );
    let page = project.page("site/a.html");
    assert_eq!(page.links(".alert .alert-title a"), [("expense.html".to_owned(), "报销".to_owned())]);
    assert_eq!(page.links(".alert a.mention").len(), 1);
    assert_eq!(page.all(".alert h3#jie").len(), 1);
    assert!(said.contains("a.md:4:1") && said.contains("a.md:10:5"), "{said}");
    for words in ["独一无二的字", "页签"] {
        assert_eq!(ask(&project.path().join("site"), &[words.to_owned()]), [1], "{words}");
    }
}

#[test]
fn marked_text_is_marked() {
    for (text, marked) in [
        ("一==重点==二", vec!["重点"]),
        ("==a **b** c== 与 **==d==**", vec!["a b c", "d"]),
        ("a==b==c，if x == y == z，`==x==`，===x===，\\==x==，==未完", vec![]),
        ("| ==甲== |\n|--|\n| 乙 |\n", vec!["甲"]),
        ("- ==甲==\n\n  ==乙==\n", vec!["甲", "乙"]),
    ] {
        assert_eq!(page(&format!("# 题\n\n{text}\n")).texts(".text mark"), marked, "{text}");
    }
}

#[test]
fn what_only_another_tool_needs_is_dropped() {
    let page = page(
        "# 题\n[TOC]\n\n[[toc]]\n\n[[_TOC_]]\n\n## 节 {: #jie .x }\n\n段落。\n{: .lead #duan }\n\n## 二\n{: #er }\n\n见[段](#duan)、[节](#jie)、[二](#er)。\n{: style=\"x\" }\n\n    [TOC]\n\n    {: .x }\n\n[TOC] 在句中，{ .x 不是 }\n",
    );
    assert_eq!(page.texts(".text pre"), ["[TOC]\n\n{: .x }\n"]);
    assert_eq!(page.all("h2#jie").len(), 1);
    assert_eq!(page.all("a#duan + p, a#er + h2, a#er ~ h2").len(), 2);
    let text = page.texts(".text > p").join("|");
    assert_eq!(text, "段落。|见段、节、二。|[TOC] 在句中，{ .x 不是 }");
    let page = page_of_spans();
    assert_eq!(page.texts(".text > p"), ["见报销、重、a{备注} 与 {.x}。", "图"]);
    let (_, said) = built("# 题\n\n段落。\n{: #duan }\n\n见[段](#duan)。\n");
    assert!(!said.contains("broken"), "{said}");
}

fn page_of_spans() -> Page {
    page(
        "# 题\n\n见[报销](expense.md){: .btn target=_blank }、**重**{#zhong}、`a`{备注} 与 {.x}。\n\n*图*{ width=\"300\" }\n",
    )
}

#[test]
fn markup_of_other_tools_is_told_once_and_shown() {
    let text = "# 题\n\n{{< tabs >}}\n\n{{< tab >}} {{% note %}}\n\n{% include \"a\" %} {% x %}\n\n--8<-- \"a.md\"\n\n{{ page.title }}\n\n<% if x %>\n\nimport Tabs from '@theme/Tabs';\n\n::: zzz\n甲\n:::\n\n`{{< x >}}`、List<String>、<Name> 与 {单}\n";
    let (project, said) = checked(text);
    assert_eq!(said.matches("note[foreign-markup]").count(), 7, "{said}");
    for line in [3, 7, 9, 11, 13, 15, 17] {
        assert!(said.contains(&format!("a.md:{line}:1")), "{line}: {said}");
    }
    let shown = project.page("site/a.html").texts(".text").join("");
    for words in [
        "{{< tabs >}}",
        "{% include \"a\" %}",
        "--8<-- \"a.md\"",
        "{{ page.title }}",
        "import Tabs from '@theme/Tabs';",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let (_, said) =
        checked("# 题\n\n`{{< x >}}`、{单}、a - b\n\n```\n{% x %}\n--8<-- \"x\"\nimport a from 'b'\n```\n");
    assert!(!said.contains("foreign-markup"), "{said}");
}

#[test]
fn imports_of_mdx_are_left_out_and_told() {
    let text = "import Tabs from '@theme/Tabs';\nimport {\n  a,\n} from 'b'\n\n# 题\n\n{/* 不给人看 */}\n\n正文一。\n\nimport 是一个词。\n\nexport const x = [\n  1,\n];\n\n```\nimport c from 'd'\n```\n";
    let project = Project::new(HANDBOOK);
    project.write("content/b.mdx", text);
    let said = project.run(&["check"]).expect(0).stderr();
    assert_eq!(said.matches("note[foreign-markup]").count(), 1, "{said}");
    assert!(said.contains("is code of MDX") && said.contains("b.mdx:1:1"), "{said}");
    project.run(&["build"]).expect(0);
    let page = project.page("site/b.html");
    assert_eq!(page.texts(".text > p"), ["正文一。", "import 是一个词。"]);
    assert_eq!(page.texts("h1"), ["题"]);
    assert_eq!(page.texts(".text pre"), ["import c from 'd'\n"]);
    // Elsewhere nothing says that it is code.
    let (project, _) = checked(text);
    assert!(project.page("site/a.html").texts(".text").join("").contains("import Tabs"));
}

#[test]
fn boxes_without_end_cost_no_more_than_their_length() {
    for line in [
        "::: tip\n",
        ":::::::: tip 甲\n",
        "!!! note\n",
        "=== \"甲\"\n",
        "<Tabs>\n<TabItem>\n",
        "::: tabs#a\n@tab 甲\n",
        "> ::: tip\n",
        "- ::: tip\n",
        "==甲",
        "{: #a }\n",
    ] {
        let text = format!("# 题\n\n{}", line.repeat(4_000));
        let (project, _) = built(&text);
        assert!(project.read("site/a.html").len() > 1000, "{line}");
    }
    let deep: String =
        (0..600).map(|at| format!("{}!!! note \"甲\"\n", " ".repeat(4 * at.min(200)))).collect();
    built(&format!("# 题\n\n{deep}"));
}

#[test]
fn raw_html_at_its_end_does_not_hold_a_box_open() {
    for (text, expected) in [
        ("::: tip\n甲\n\n<div>乙</div>\n:::\n\n后面\n", "提示 甲 乙"),
        ("::: tip\n<br>\n:::\n后面\n", "提示"),
        ("!!! note \"题\"\n    甲\n\n    <div>乙</div>\n\n后面\n", "题 甲 乙"),
        ("> ::: tip\n> <div>乙</div>\n> :::\n\n后面\n", "提示 乙"),
        ("- 一\n\n  ::: tip\n  <div>乙</div>\n  :::\n\n后面\n", "提示 乙"),
    ] {
        let page = page(text);
        let found = boxes(&page);
        assert_eq!(found.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(), [expected], "{text}");
        let all = page.texts(".text").concat();
        assert!(all.contains("后面") && !all.contains(":::"), "{text}: {all}");
    }
}

#[test]
fn boxes_that_templates_make_are_boxes() {
    for (text, expected) in [
        ("{% hint style=\"warning\" %}\n正文\n{% endhint %}\n", pair("warning", "警告 正文")),
        ("{{< hint danger >}}\n**正**文\n{{< /hint >}}\n", pair("caution", "危险 正文")),
        ("{{% notice tip \"标题\" %}}\n- 一\n{{% /notice %}}\n", pair("tip", "标题 一")),
        ("{{< callout type=\"purple\" >}}\n正文\n{{< /callout >}}\n", pair("note", "注意 正文")),
    ] {
        assert_eq!(boxes(&page(text)), [expected], "{text}");
    }
    let tabs = page(
        "{% tabs %}\n{% tab title=\"甲\" %}\n一\n{% endtab %}\n{% tab title=\"乙\" %}\n二\n{% endtab %}\n{% endtabs %}\n",
    );
    let text = tabs.texts(".text").join(" ");
    assert!(!text.contains('%') && ["甲", "一", "乙", "二"].iter().all(|word| text.contains(word)), "{text}");
    // What nothing ends, other calls and code stay as they are written.
    for text in [
        "{% hint %}\n正文\n",
        "正文\n\n{% endhint %}\n",
        "{{< figure src=\"a\" >}}\n",
        "```\n{% hint %}\nx\n{% endhint %}\n```\n",
    ] {
        let page = page(text);
        assert!(boxes(&page).is_empty(), "{text}");
        assert!(page.texts(".text").join("").contains('{'), "{text}");
    }
    let page = page(
        "## 甲 :id=one\n\n## 乙 <Badge type=\"tip\" text=\"新\" />\n\n版 <Badge>一</Badge>，`<Badge text=\"x\" />` 见[甲](#one)。\n",
    );
    assert_eq!(page.texts(".text h2"), ["甲#", "乙 新#"]);
    assert_eq!(page.texts(".text > p"), ["版 一，<Badge text=\"x\" /> 见甲。"]);
    assert_eq!(page.all(".text h2#one").len(), 1);
}

#[test]
fn what_word_leaves_in_a_pasted_text_is_not_shown() {
    let page = page(
        "第一条 正文。<o:p></o:p>\n\n<![if !supportLists]>1.<![endif]> 甲 <name> 乙\n\n`<o:p>`\n\n<p class=MsoNormal><span lang=EN-US>HTML<o:p></o:p></span></p>\n",
    );
    let text = page.texts(".text").join(" ");
    assert!(text.contains("正文。") && text.contains("1. 甲 <name> 乙") && text.contains("HTML"), "{text}");
    assert_eq!(text.matches("o:p").count(), 1, "only in code: {text}");
    assert!(!text.contains("supportLists") && !text.contains("endif"), "{text}");
}

#[test]
fn words_in_braces_that_are_no_attributes_are_shown() {
    let (project, _) =
        built("---\ntitle: T\n---\n\n甲。\n\n{: 备注 }\n\n{.备注}\n\n{: .note }\n\n{: note }\n");
    let page = project.read("site/a.html");
    assert!(page.contains("{: 备注 }") && page.contains("{.备注}"), "{page}");
    assert!(!page.contains("note }"), "{page}");
}

#[test]
fn a_bar_in_code_within_a_table_parts_no_cells_that_the_head_lacks() {
    let text =
        "# T\n\n| a | b |\n|---|---|\n| `x|y` | z |\n| 1 | 2 |\n\n| `p|q` | r |\n|---|---|\n| 3 | 4 |\n";
    let (project, _) = built(text);
    let page = project.read("site/a.html");
    assert!(page.contains("<td><code>x|y</code></td>\n<td>z</td>"), "{page}");
    assert!(page.contains("<code>p|q</code></th>"), "{page}");
    let said = project.run(&["check"]).expect(0).stderr();
    assert!(!said.contains("table-shape"), "{said}");
}

#[test]
fn a_title_without_quotation_marks_is_one_where_it_can_be_no_class() {
    let project = Project::new(
        "//- content/a.md\n# T\n\n!!! note 请假须知\n    先看。\n\n!!! note inline end\n    B.\n",
    );
    project.run(&["build"]).expect(0);
    let page = project.page("site/a.html");
    assert!(page.texts(".text").join("").contains("请假须知"));
    assert!(!page.texts(".text").join("").contains("inline"));
}
