//! What sites of Hugo, Jekyll, mdBook and Middleman do that small books of their documentation do
//! not: collections, patterns of addresses, pages that are no Markdown, front matter that is torn.

use super::{Imported, import, is_shown};
use crate::support::Project;

/// The paths that the report names under a kind.
fn paths(imported: &Imported, kind: &str) -> Vec<String> {
    imported.told(kind).into_iter().map(|(path, _)| path).collect()
}

#[test]
fn what_is_withheld_below_text_in_the_front_matter_stays_withheld() {
    for held in ["date: 2025-06-11\npublish: false\n", "draft: true\n", "draft: true\ntags:\n  - a\n\n"] {
        let project = Project::new("\n//- book/index.md\n# Home\n");
        project.write(
            "book/m.md",
            format!("---\ngroup: x\n\n# Agenda\n\nWords.\n\n{held}---\n\n# Items\n\nHIDDEN\n"),
        );
        let imported = import(&project);
        assert!(!is_shown(&imported, "HIDDEN"), "{held}");
        assert_eq!(paths(&imported, "held-back"), ["m.md"], "{held}");
        assert_eq!(paths(&imported, "front-matter"), ["m.md"], "{held}");
        // As it is without an import.
        project.run(&["build", "-C", "book"]).expect(0);
        let bare = Imported { folder: project.path().join("book") };
        assert!(!is_shown(&bare, "HIDDEN"), "{held}");
    }
    let project = Project::new("\n//- book/index.md\n# Home\n");
    project.write("book/m.md", "---\ngroup: x\n\nWords of the text.\n\naudience: board\n---\n\nWords.\n");
    project.run(&["import", "book", "new"]).expect(0);
    let imported = Imported { folder: project.path().join("new") };
    assert_eq!(paths(&imported, "restricted"), ["m.md"]);
    // Text between two rules is text.
    let project = Project::new("\n//- book/index.md\n# Home\n");
    project.write(
        "book/n.md",
        "---\ngroup: x\n\nWords of the text.\n\nMore of it, as before.\n\n---\n\nSHOWN\n",
    );
    assert!(is_shown(&import(&project), "SHOWN"));
}

#[test]
fn collections_of_just_the_docs_are_sections() {
    let project = Project::new(
        "
//- book/_config.yml
title: Staff
theme: just-the-docs
collections_dir: src
collections:
  policies: {output: true}
  hr: {output: true}
  notes: {output: true}
just_the_docs:
  collections:
    hr: {name: Human resources}
    policies: {name: Policies}
//- book/index.md
---
title: Home
nav_order: 1
---
[leave](/hr/leave.html)
//- book/about.md
---
title: About
nav_order: 9
---
About
//- book/src/_hr/leave.md
---
title: Leave
nav_order: 2
---
See [exp](../policies/expenses.html#how)
//- book/src/_hr/parental.md
---
title: Parental leave
parent: Leave
---
P
//- book/src/_hr/sick.md
---
title: Sick
nav_order: 1
---
S
//- book/src/_policies/expenses.md
---
title: Expenses
nav_order: 1
---
## How
//- book/src/_notes/tech/_sub/b.md
---
title: Sub
---
SHOWN
//- book/src/_notes/_old/c.md
---
title: Old
---
HIDDEN
//- book/gone.md
---
layout: redirect
redirect_to: /hr/leave.html
---
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&["broken-link", "broken-anchor"]), Vec::<String>::new());
    assert_eq!(
        imported.titles(),
        [
            "About",
            "Human resources",
            "Sick",
            "Leave",
            "Parental leave",
            "Policies",
            "Expenses",
            "Notes",
            "Sub"
        ]
    );
    assert!(imported.has("content/hr/sick.md") && imported.has("content/policies/expenses.md"));
    assert!(is_shown(&imported, "SHOWN") && !is_shown(&imported, "HIDDEN"));
    assert_eq!(paths(&imported, "outside-book"), ["src/_notes/_old/c.md"]);
    // A file that only leads to another one is an old address of that.
    assert!(imported.has("site/gone.html") && !imported.has("content/gone.md"));
    assert!(imported.read("content/hr/leave/index.md").contains("- /gone.html"));
}

#[test]
fn settings_of_mdbook_may_write_their_folder_with_a_dot() {
    for folder in ["./src", "src/", "./src/", "."] {
        let project = Project::new("\n//- other/a.md\n# A\n");
        let place = if folder == "." { "book" } else { "book/src" };
        project.write("book/book.toml", format!("[book]\ntitle = \"B\"\nsrc = \"{folder}\"\n"));
        project.write(
            &format!("{place}/SUMMARY.md"),
            "# Summary\n\n[Intro](index.md)\n\n# User guide\n\n- [Zeta](guide/zeta.md)\n- [Alpha](guide/alpha.md)\n",
        );
        project.write(&format!("{place}/index.md"), "# Intro\n");
        project.write(&format!("{place}/guide/zeta.md"), "# Zeta\n");
        project.write(&format!("{place}/guide/alpha.md"), "# Alpha\n");
        // The page of the folder is not listed, so mdBook does not publish it.
        project.write(&format!("{place}/guide/README.md"), "# Of the folder\n\nHIDDEN\n");
        let imported = import(&project);
        assert_eq!(imported.titles(), ["User guide", "Zeta", "Alpha"], "{folder}");
        assert!(!is_shown(&imported, "HIDDEN"));
        assert_eq!(imported.told("held-back").len(), 1);
        assert_eq!(imported.told("not-in-navigation"), []);
    }
}

#[test]
fn formulas_of_mdbook_are_formulas() {
    let text = r"# A

In \\( x^2 \\) and

\\[ \mu = \\frac{1}{2} \\]

`\\( code \\)`
";
    for (setting, has) in [("true", true), ("false", false)] {
        let project = Project::new("\n//- book/src/SUMMARY.md\n- [A](a.md)\n");
        project.write("book/book.toml", format!("[output.html]\nmathjax-support = {setting}\n"));
        project.write("book/src/a.md", text);
        let chapter = import(&project).read("content/a.md");
        assert_eq!(chapter.contains("In $x^2$ and"), has, "{chapter}");
        assert_eq!(chapter.contains(r"$$ \mu = \frac{1}{2} $$"), has, "{chapter}");
        assert!(chapter.contains(r"`\\( code \\)`"), "{chapter}");
    }
}

#[test]
fn addresses_of_hugo_follow_their_pattern_in_each_language() {
    let project = Project::new(
        "
//- book/hugo.toml
title = 'Hand'
baseURL = 'https://x.org/'
defaultContentLanguage = 'en'
[permalinks]
blog = '/:section/:year/:month/:day/:slug/'
[languages.en]
contentDir = './content/en'
weight = 1
[languages.zh]
contentDir = 'content/zh/'
weight = 2
//- book/content/en/_index.md
---
title: Home
---
Home
//- book/content/en/blog/bundle/index.md
---
title: Bundle
date: 2021-09-24
---
See [r](/blog/2021/09/23/rules-v1.2/) and [zh](/zh/blog/2021/09/23/rules-v1.2/)
//- book/content/en/blog/rel/r.md
---
title: Rules v1.2
date: 2021-09-23
---
[b](/blog/2021/09/24/bundle/)
//- book/content/zh/blog/rel/r.md
---
title: Rules v1.2
date: 2021-09-23
---
Text
",
    );
    let imported = import(&project);
    assert_eq!(imported.told("dead-link"), []);
    let bundle = imported.read("content/blog/bundle/index.md");
    assert!(bundle.contains("[r](../rel/r.md) and [zh](../../zh/blog/rel/r.md)"), "{bundle}");
    assert!(bundle.contains("- /blog/2021/09/24/bundle/"), "{bundle}");
    assert!(imported.read("content/blog/rel/r.md").contains("- /blog/2021/09/23/rules-v1.2/"));
    assert!(imported.read("content/zh/blog/rel/r.md").contains("- /zh/blog/2021/09/23/rules-v1.2/"));
}

#[test]
fn a_page_beside_its_folder_is_the_page_of_the_section() {
    for (settings, text) in
        [("_config.yml", "title: S\n"), ("hugo.toml", "title = 'S'\n"), (".eleventy.js", "\n")]
    {
        let top = if settings == "hugo.toml" { "book/content" } else { "book" };
        let project = Project::new("\n//- other/a.md\n# A\n");
        project.write(&format!("book/{settings}"), text);
        let chapter = |title: &str, weight: u32, text: &str| {
            format!("---\ntitle: {title}\nweight: {weight}\n---\n{text}\n")
        };
        let home = if settings == "hugo.toml" { "_index.md" } else { "index.md" };
        project.write(&format!("{top}/{home}"), "---\ntitle: Home\n---\n");
        project.write(&format!("{top}/about.md"), chapter("About", 1, "[hr](hr.md)"));
        project.write(&format!("{top}/hr.md"), chapter("Human resources", 2, "[Leave](hr/leave.md)"));
        project.write(&format!("{top}/hr/leave.md"), chapter("Leave", 1, "[HR](../hr.md)"));
        let imported = import(&project);
        assert_eq!(imported.titles(), ["About", "Human resources", "Leave"], "{settings}");
        assert_eq!(imported.told("section"), [], "{settings}");
        assert_eq!(imported.findings(&["broken-link"]), Vec::<String>::new(), "{settings}");
    }
}

#[test]
fn pages_that_are_no_markdown_are_told_and_so_are_links_to_them() {
    let project = Project::new(
        "
//- book/hugo.toml
title = 'Hand'
baseURL = 'https://x.org/'
//- book/content/_index.html
---
title: Home
---
<p>Home</p>
//- book/content/about/index.html
---
title: About
---
<p>About us</p>
//- book/content/docs/doc.md
---
title: Doc
---
[home](/) [home](https://x.org) [about](/about/) [up](../../) [gone](/gone/)
",
    );
    let imported = import(&project);
    assert_eq!(paths(&imported, "page"), ["content/_index.html", "content/about/index.html"]);
    assert_eq!(imported.told("document"), []);
    let doc = "content/docs/doc.md".to_owned();
    assert_eq!(imported.told("page-link"), [(doc.clone(), "/about/".to_owned())]);
    assert_eq!(imported.told("dead-link"), [(doc, "/gone/".to_owned())]);
    let text = imported.read("content/docs/doc.md");
    assert!(text.contains("[home](../) [home](../)") && text.contains("[up](../)"), "{text}");
    // The home page is not a draft beside it.
    let project = Project::new(
        "
//- book/_config.yml
title: S
exclude: [README.md]
//- book/index.html
---
layout: home
---
<p>Home</p>
//- book/README.md
---
redirect_from: /old/
---
HIDDEN
//- book/a/b.md
---
title: B
---
[home](/)
",
    );
    let imported = import(&project);
    assert!(imported.read("content/a/b.md").contains("[home](../)"));
    assert_eq!(paths(&imported, "page"), ["index.html"]);
    assert!(!is_shown(&imported, "HIDDEN"));
    // What leads to a draft leads nowhere.
    assert_eq!(paths(&imported, "old-address"), Vec::<String>::new());
}

#[test]
fn chapters_of_hugo_without_weight_stand_by_day_and_title() {
    let project = Project::new("\n//- book/hugo.toml\ntitle = 'H'\n");
    project.write("book/content/_index.md", "---\ntitle: Home\n---\n");
    let write = |path: &str, front: &str| {
        project.write(&format!("book/content/{path}"), format!("---\n{front}---\nM\n"));
    };
    write("minutes/_index.md", "title: Minutes\n");
    write("minutes/alpha.md", "title: Older\ndate: 2024-01-05\n");
    write("minutes/beta.md", "title: Newer\ndate: 2025-03-01\n");
    write("minutes/zeta.md", "title: First\nweight: 1\ndate: 2023-02-02\n");
    write("policies/_index.md", "title: Policies\n");
    write("policies/a.md", "title: Zebra\n");
    write("policies/b.md", "title: Zoo\nlinkTitle: Ape\n");
    write("policies/z.md", "title: Bear\n");
    let imported = import(&project);
    let titles = imported.titles();
    assert_eq!(titles, ["Minutes", "First", "Newer", "Older", "Policies", "Ape", "Bear", "Zebra"]);
}

#[test]
fn boxes_tabs_and_pictures_of_hugo_stand_where_they_did() {
    let project = Project::new(
        "
//- book/web/config/_default/hugo.toml
title = 'Hand'
//- book/web/static/img/x.png
x
//- book/web/content/docs/t.md
---
title: T
---

Read this. {{% alert color=\"info\" %}}Note.{{% /alert %}} And more.

- {{% alert color=\"info\" %}}
  In a list.
  {{% /alert %}}

{{< tabpane lang=\"bash\" >}}
{{< tab header=\"Linux\" >}}
# install the *tool*
{{< /tab >}}
{{< tab header=\"Config\" lang=\"yaml\" >}}
a: 1
{{< /tab >}}
{{< /tabpane >}}

{{< tabpane text=true >}}
{{% tab header=\"Text\" %}}
Some **words**.
{{% /tab %}}
{{< /tabpane >}}

{{< figure src=\"/img/x.png\" title=\"Plan\" link=\"https://a.example\" >}}

{{< card header=\"Card\" img=\"/img/x.png\" >}}
Words
{{< /card >}}
",
    );
    project.run(&["import", "--from", "hugo", "book", "new"]).expect(0);
    let imported = Imported { folder: project.path().join("new") };
    imported.build();
    let text = imported.read("content/docs/t.md");
    for part in [
        "Read this. \n\n> [!NOTE]\n> Note.\n\n And more.",
        "- > [!NOTE]\n  > In a list.\n",
        "=== \"Linux\"\n\n    ```bash\n    # install the *tool*\n    ```\n",
        "=== \"Config\"\n\n    ```yaml\n    a: 1\n    ```\n",
        "<!-- -->\n",
        "=== \"Text\"\n\n    Some **words**.\n",
        "[![Plan](../img/x.png \"Plan\")](https://a.example)",
        "![](../img/x.png) **Card**",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let page = imported.read("site/docs/t.html");
    assert_eq!(page.matches("<div class=\"tabs\">").count(), 2, "{page}");
}

#[test]
fn names_of_liquid_that_are_given_once_have_their_values() {
    let project = Project::new(
        "
//- book/_config.yml
title: S
//- book/_data/people.yml
contacts: {hr: Anna}
//- book/index.md
---
title: Home
---
{% assign md = 'Managing Director' %}
{% if x %}{% assign other = 'Y' %}{% endif %}

Submit it to the {{ md }} or {{ site.data.people.contacts.hr }}, not {{ other }}.
",
    );
    let imported = import(&project);
    let text = imported.read("content/index.md");
    assert!(text.contains("Submit it to the Managing Director or Anna, not ."), "{text}");
    assert!(!text.contains("assign"), "{text}");
    assert!(imported.told("dropped").contains(&("index.md".to_owned(), "{{ other }}".to_owned())));
}

#[test]
fn old_paths_of_middleman_lead_on() {
    let project = Project::new(
        "
//- book/config/tech-docs.yml
service_name: S
//- book/source/index.html.md.erb
---
title: Home
---
# Home
//- book/source/guides/a.html.md
---
title: A
old_paths:
  - /old/a.html
---
# A
",
    );
    let imported = import(&project);
    assert!(imported.has("site/old/a.html"));
    assert_eq!(imported.told("kept-key"), []);
}

#[test]
fn a_note_of_obsidian_in_parts_is_called_by_its_file() {
    let project = Project::new(
        "
//- book/.obsidian/app.json
{}
//- book/index.md
# Home
//- book/Leave policy.md
# Purpose

One. See [[Travel]].

# Scope

Two.
//- book/Travel.md
# Travel rules

Words.
",
    );
    let imported = import(&project);
    assert_eq!(imported.titles(), ["Leave policy", "Travel rules"]);
    assert!(imported.read("content/Leave policy.md").contains("# Purpose"));
}

#[test]
fn partials_beside_a_page_of_middleman_and_pictures_above_the_top_are_shown() {
    let project = Project::new(
        "//- book/config/tech-docs.yml\nservice_name: X\n\
         //- book/source/run/a.html.md.erb\n---\ntitle: A\n---\n# A\n\n![pic](../../images/p.jpg)\n\n![none](../../../secret.jpg)\n\
         //- book/source/images/p.jpg\njpg\n//- book/secret.jpg\njpg\n\
         //- book/source/a/b/index.html.md.erb\n---\ntitle: B\n---\n<%= partial \"clusters\" %>\n\
         //- book/source/a/b/_clusters.md\nThe list of clusters.\n\
         //- book/source/_clusters.md\nAnother list.\n",
    );
    let imported = import(&project);
    assert!(imported.read("content/run/a.md").contains("![pic](../images/p.jpg)"));
    assert!(imported.has("content/images/p.jpg"));
    assert!(imported.read("content/a/b/index.md").contains("The list of clusters."));
    assert!(!imported.has("content/secret.jpg") && !imported.has("content/images/secret.jpg"));
}
