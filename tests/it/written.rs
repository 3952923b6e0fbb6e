//! What an author wrote stands on the page, whatever a parser might take it for.

use crate::support::Project;

/// A project of one chapter, built.
fn built(chapter: &str) -> Project {
    let project = Project::new("//- handbook.yaml\ntitle: T\nlanguage: en\n");
    project.write("content/a.md", chapter);
    project.run(&["build"]).expect(0);
    project
}

/// The words of an element of its page, spaces folded.
fn words(project: &Project, css: &str) -> Vec<String> {
    let texts = project.page("site/a.html").texts(css);
    texts.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_colon_defines_where_a_space_follows() {
    let project = built(
        "# Def

Please note the following
:::note
This is it.
:::

Meeting at
:30 past the hour.

- item
  :smile: in a list

> quoted
> :quoted

The emoji
:smile: is `:here`
:

Term
:   its meaning :x
:\tanother

| a | b |
|:--|:-:|
| 1 | 2 |
",
    );
    let paragraphs = words(&project, ".text p, .text li, .text blockquote");
    for expected in [
        "Please note the following",
        "This is it.",
        "Meeting at :30 past the hour.",
        "item :smile: in a list",
        "quoted :quoted",
        "The emoji :smile: is :here :",
    ] {
        assert!(paragraphs.iter().any(|text| text == expected), "{expected}: {paragraphs:?}");
    }
    assert_eq!(words(&project, "dt"), ["Term"]);
    assert_eq!(words(&project, "dd"), ["its meaning :x", "another"]);
    assert_eq!(words(&project, "td"), ["1", "2"]);
}

#[test]
fn braces_that_hold_no_attributes_are_text() {
    let project = built(
        "# Braces

## Deploy {service}

## Set {env} to {prod}

## 公司{名称}

## Empty {}

## Json {\"a\": 1} ##

Under {line}
---

## Custom {#my-id}

## Class { .wide }

## Unquoted { id=navigation-path }

## Quoted { id=\"9.7.6\" data-x='a b' }

> ### Within {quote}
",
    );
    let page = project.page("site/a.html");
    let headings: Vec<String> = words(&project, ".text h2, .text h3");
    let headings: Vec<&str> = headings.iter().map(|text| text.trim_end_matches('#').trim()).collect();
    assert_eq!(
        headings,
        [
            "Deploy {service}",
            "Set {env} to {prod}",
            "公司{名称}",
            "Empty {}",
            "Json {\"a\": 1}",
            "Under {line}",
            "Custom",
            "Class",
            "Unquoted",
            "Quoted",
            "Within {quote}",
        ]
    );
    for id in ["my-id", "navigation-path", "9.7.6"] {
        assert_eq!(page.all(&format!("h2[id='{id}']")).len(), 1, "{id}");
    }
    assert_eq!(page.all("h2.wide").len(), 1);
}

#[test]
fn bare_addresses_are_linked_whole() {
    let project = built(
        "# Links

1 https://en.wikipedia.org/wiki/Leave_(military) end

2 https://example.com/_layouts/15/start.aspx#/SitePages/Home_Page.aspx end

3 https://fr.wikipedia.org/wiki/Café_crème end

4 https://example.com/?q=a_b&c=_d_e end, www.example.com/x&amp;y, **https://example.com/f_g_h**

5 登录https://example.com/oa，然后写信给hr@example.com。见（www.example.com/z）、“https://f.example.com/中文”。

`https://example.com/code` [https://example.com/_u_v](https://example.com/w_x_y) <https://example.com/z_z_z>

<a href=\"https://example.com/raw\">https://example.com/raw_e_f</a>

    https://example.com/indented
",
    );
    let page = project.page("site/a.html");
    let expected = [
        ("https://en.wikipedia.org/wiki/Leave_(military)", ""),
        ("https://example.com/_layouts/15/start.aspx#/SitePages/Home_Page.aspx", ""),
        ("https://fr.wikipedia.org/wiki/Café_crème", ""),
        ("https://example.com/?q=a_b&c=_d_e", ""),
        ("http://www.example.com/x&y", "www.example.com/x&y"),
        ("https://example.com/f_g_h", ""),
        ("https://example.com/oa", ""),
        ("mailto:hr@example.com", "hr@example.com"),
        ("http://www.example.com/z", "www.example.com/z"),
        ("https://f.example.com/", ""),
        ("https://example.com/w_x_y", "https://example.com/_u_v"),
        ("https://example.com/z_z_z", ""),
        ("https://example.com/raw", "https://example.com/raw_e_f"),
    ];
    let expected: Vec<(String, String)> =
        expected.map(|(to, says)| (to.to_owned(), if says.is_empty() { to } else { says }.to_owned())).into();
    assert_eq!(page.links(".text p a"), expected);
    assert_eq!(page.all(".text em").len(), 0);
}

#[test]
fn paths_with_spaces_are_links_or_told() {
    let project = built(
        "# 甲

请填[请假申请单](附件/请假 申请单.txt)。

![流程](图片/报销 流程图.png \"流程\")

[有的](附件/有 的 (1).txt)，[词](see below)，![图](图 一)
",
    );
    project.write("content/附件/有 的 (1).txt", "x");
    let run = project.run(&["build"]).expect(0);
    let page = project.page("site/a.html");
    assert_eq!(page.links(".text p a"), [("附件/有 的 (1).txt".to_owned(), "有的".to_owned())]);
    assert!(words(&project, ".text p").iter().any(|text| text.contains("[词](see below)")));
    let said = run.stdout() + &run.stderr();
    for place in ["a.md:3:", "a.md:5:", "a.md:7:"] {
        assert!(said.contains(place), "{place}: {said}");
    }
}

/// What a run says.
fn said(project: &Project) -> String {
    let run = project.run(&["build"]).expect(0);
    run.stdout() + &run.stderr()
}

#[test]
fn tables_lose_no_cell_in_silence() {
    let project = built(
        "# Tables

| Grade | Hotel |
| --- | --- |
| Director | 800 | and 200 more |
| Staff | 400 |
| `a || b` | c |

> | Grade | Hotel |
> | Director | 800 |

| Grade | Hotel |
| --- |
| Director | 900 |

｜甲｜乙｜
｜一｜二｜

- | Sound | Table |
  | :--- | ---: |
  | a \\| b | c |

| alone |
| words |
",
    );
    let cells = words(&project, "td");
    assert_eq!(cells, ["Director", "800 | and 200 more", "Staff", "400", "a || b", "c", "a | b", "c"]);
    let said = said(&project);
    assert_eq!(said.matches("[table-shape]").count(), 4, "{said}");
    for place in ["a.md:5:", "a.md:9:", "a.md:13:", "a.md:16:"] {
        assert!(said.contains(place), "{place}: {said}");
    }
    assert!(said.contains("this row has more cells"), "{said}");
}

#[test]
fn footnotes_are_shown_and_told_where_nothing_refers_to_them() {
    let project = built(
        "# Notes

Paid.[^a]

[^a]: First.
[^b]: Nobody *comes* here, https://example.com/x and [own](a.txt).
[^a]: Second of the name.

    With <b>two</b> paragraphs.
",
    );
    project.write("content/a.txt", "x");
    let said = said(&project);
    assert_eq!(said.matches("[idle-footnote]").count(), 2, "{said}");
    for place in ["a.md:6:", "a.md:7:"] {
        assert!(said.contains(place), "{place}: {said}");
    }
    let page = project.page("site/a.html");
    let notes = words(&project, ".footnotes li");
    assert_eq!(
        notes,
        [
            "First. ↩",
            "Nobody comes here, https://example.com/x and own.",
            "Second of the name. With <b>two</b> paragraphs.",
        ]
    );
    let ids: Vec<&str> = page.all(".footnotes li").iter().filter_map(|note| note.attr("id")).collect();
    assert_eq!(ids, ["fn-1", "fn-2", "fn-3"]);
    // What nobody comes to refers to nothing of the handbook.
    let links = page.links(".footnotes li a:not(.footnote-back)");
    assert_eq!(links, [("https://example.com/x".to_owned(), "https://example.com/x".to_owned())]);
}

#[test]
fn titles_keep_their_digits_and_numbers_order_files() {
    let project = Project::new("//- handbook.yaml\ntitle: T\nlanguage: en\n");
    for name in [
        "2024年制度",
        "2023-02-23",
        "3d",
        "1.总则",
        "2、请假",
        "10_报销",
        "18f/01-travel-rules",
        "18f/02_leave",
    ] {
        project.write(&format!("content/{name}.md"), "Text.\n");
    }
    project.write("content/opened.md", "![logo](x.svg)\n\n# Opened by a picture\n\nText.\n");
    project.write("content/second.md", "## Second level\n\n### Part\n\nText.\n");
    project.write("content/parts.md", "## One\n\n## Two\n\nText.\n");
    project.write("content/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>");
    project.run(&["build"]).expect(0);
    for (page, title) in [
        ("2024年制度", "2024年制度"),
        ("2023-02-23", "2023-02-23"),
        ("3d", "3d"),
        ("1.总则", "总则"),
        ("2、请假", "请假"),
        ("10_报销", "报销"),
        ("18f/01-travel-rules", "Travel rules"),
        ("18f/index", "18f"),
        ("opened", "Opened by a picture"),
        ("second", "Second level"),
        ("parts", "Parts"),
    ] {
        let page = project.page(&format!("site/{page}.html"));
        assert_eq!(page.texts("h1"), [title]);
        let headings = page.texts("h1, .text h2, .text h3");
        assert_eq!(
            headings.iter().filter(|text| text.trim_end_matches('#') == title).count(),
            1,
            "{headings:?}"
        );
    }
    let links = project.page("site/index.html").links("main a, nav a");
    let place = |page: &str| {
        links.iter().position(|(to, _)| to == page).unwrap_or_else(|| panic!("{page}: {links:?}"))
    };
    assert!(place("1.总则.html") < place("2、请假.html") && place("2、请假.html") < place("10_报销.html"));
}

#[test]
fn a_picture_by_reference_is_a_figure_as_any_other() {
    let figure = |written: &str| {
        let project = built(&format!("# A\n\n{written}\n\n[foo]: https://example.com/f.png \"Caption\"\n"));
        words(&project, "figcaption")
    };
    for written in ["![foo]", "![foo][]", "![foo][foo]", "![x](https://example.com/f.png \"Caption\")"] {
        assert_eq!(figure(written), ["Caption"], "{written}");
    }
}

/// Steps that cover characters before the parser reads them do not uncover each other's.
#[test]
fn covers_of_several_steps_stand_side_by_side() {
    let project = built(
        "# A

<name> of it
:30 past, US$5 and $x^2$ for <name>
:::

<T>
:smile: https://example.com/_a_b_ {x}

## Deploy {service} to <host> for US$5
",
    );
    let paragraphs = words(&project, ".text p");
    assert_eq!(paragraphs[0], "<name> of it :30 past, US$5 and x2 for <name> :::");
    assert_eq!(paragraphs[1], "<T> :smile: https://example.com/_a_b_ {x}");
    assert_eq!(words(&project, ".text h2"), ["Deploy {service} to <host> for US$5#"]);
}
