//! Pages as readers meet them: the direction of writing, words that are parted, anchors.

use crate::support::{Project, ask};

#[test]
fn pages_of_languages_written_from_right_to_left_say_so() {
    let project = Project::new(
        "
//- handbook.yaml
title: دليل
language: ar
//- content/index.md
# البداية
//- content/a.md
# سياسة
//- content/b.md
---
title: English
language: en
---
Hello.
",
    );
    project.run(&["build"]).expect(0);
    for (page, count) in [("a", 1), ("index", 1), ("404", 1), ("b", 0)] {
        assert_eq!(project.page(&format!("site/{page}.html")).all("html[dir=rtl]").len(), count, "{page}");
    }
    let hebrew = Project::new(
        "
//- handbook.yaml
title: T
language: en
//- content/a.md
---
title: A
language: he
---
שלום
//- content/b.md
# B
",
    );
    hebrew.run(&["build"]).expect(0);
    for (page, count) in [("a", 1), ("b", 0)] {
        assert_eq!(hebrew.page(&format!("site/{page}.html")).all("html[dir=rtl]").len(), count, "{page}");
    }
}

#[test]
fn words_that_the_page_parts_are_found_each_by_itself() {
    let project = Project::new(
        "
//- handbook.yaml
title: T
language: zh-CN
//- content/a.md
# 城市

| City | Hotel |
| --- | --- |
| Beijing<br>Shanghai<BR/>Shenzhen | 500<br>600 |

<kbd>Ctrl</kbd><kbd>Altgr</kbd>

<div>one</div><div>two</div>

<div>看<u>得</u>见 mic<b>ro</b>scope su<wbr>per</div>

![Workflow drawing](x.svg \"Figure 3 approvalcaption\")

Press ![gearicon](x.svg \"tooltiponly\") now.

<img src=\"x.svg\" alt=\"rawalt\">
//- content/x.svg
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"4\"></svg>
",
    );
    project.run(&["build"]).expect(0);
    let queries = [
        "Shanghai",
        "Shenzhen",
        "Altgr",
        "Ctrl",
        "看得见",
        "microscope",
        "super",
        "approvalcaption",
        "drawing",
        "gearicon",
        "rawalt",
        "rawalt",
        "two",
        "600",
    ];
    let queries: Vec<String> = queries.iter().map(|query| (*query).to_owned()).collect();
    let counts = ask(&project.path().join("site"), &queries);
    for (query, count) in queries.iter().zip(counts) {
        assert_eq!(count, 1, "{query}");
    }
    // What the page shows only under the pointer is none of its words.
    assert_eq!(ask(&project.path().join("site"), &["tooltiponly".to_owned()]), [0]);
}
