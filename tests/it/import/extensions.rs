//! Markup of extensions that some books of a tool use, made from their documentation, as an
//! import writes it and as pages show it.

use super::import;
use crate::support::Project;

#[test]
fn blocks_of_pymdown_are_boxes_and_tabs() {
    let project = Project::new(
        "
//- book/mkdocs.yml
site_name: Rules
markdown_extensions:
  - pymdownx.blocks.details
  - pymdownx.blocks.tab: {alternate_style: true}
//- book/docs/index.md
# Home

/// details | More of it
    type: warning

Hidden *words*.

//// note | Inner
Within
////

///

/// tab | First
One
///

/// tab | Second
Two
///

![p](p.svg)
/// caption
A picture
///

/// other | Title
Left
///

```
/// note
code
///
```
//- book/docs/p.svg
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
",
    );
    let imported = import(&project);
    assert_eq!(imported.told("markup"), [("docs/index.md".to_owned(), "/// other | Title".to_owned())]);
    let page = imported.read("site/index.html");
    for part in
        ["More of it", "<em>words</em>", "Inner", "First", "Second", "A picture", "/// note\ncode\n///"]
    {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(page.contains("<details") && page.matches("/// ").count() == 2, "{page}");
    let home = imported.read("content/index.md");
    for part in [
        "??? warning \"More of it\"\n\n",
        "\n    !!! note \"Inner\"\n\n        Within\n",
        "=== \"First\"\n\n    One\n",
    ] {
        assert!(home.contains(part), "{part}\n{home}");
    }
}

#[test]
fn posts_of_mkdocs_lead_on_from_their_addresses() {
    let project = Project::new(
        "
//- book/mkdocs.yml
site_name: Rules
plugins: [blog]
//- book/docs/index.md
# Home
//- book/docs/blog/posts/p1.md
---
date: 2024-01-31
---
# A first post
//- book/docs/blog/posts/p2.md
---
date: {created: 2024-02-01, updated: 2024-03-01}
slug: own
---
# Second
",
    );
    let imported = import(&project);
    let told = imported.told("old-address");
    for (file, address) in [("p1", "/blog/2024/01/31/a-first-post/"), ("p2", "/blog/2024/02/01/own/")] {
        assert!(told.contains(&(format!("docs/blog/posts/{file}.md"), address.to_owned())), "{told:?}");
    }
    assert!(imported.has("site/blog/2024/01/31/a-first-post/index.html"));
}

#[test]
fn boxes_of_mdbook_admonish_are_alerts() {
    let project = Project::new(
        "
//- book/book.toml
[preprocessor.admonish]
//- book/src/SUMMARY.md
- [Home](README.md)
//- book/src/README.md
# Home

Above
```admonish warning title=\"Read *this*\"
Some **bold** words.
```
below.

````admonish
```sh
ls
```
````

```admonish tip \"Bare\" collapsible=true
Folded
```

```text
admonish
```
",
    );
    let home = import(&project).read("content/index.md");
    for part in [
        "Above\n> [!WARNING] Read *this*\n> Some **bold** words.\n\nbelow.",
        "> [!NOTE]\n> ```sh\n> ls\n> ```\n",
        "??? tip \"Bare\"\n\n    Folded\n",
        "```text\nadmonish\n```",
    ] {
        assert!(home.contains(part), "{part}\n{home}");
    }
}

#[test]
fn tabs_of_vuepress_hope_are_tabs() {
    let project = Project::new(
        "
//- book/docs/.vuepress/config.ts
export default { title: 'Rules' }
//- book/docs/README.md
# Home

::: tabs#fruit

@tab Apple #apple

Red

::: tip
Wash it.
:::

@tab:active Banana

Yellow

:::

::: code-tabs
@tab pnpm
```sh
@tab x
```
:::

Below
",
    );
    let imported = import(&project);
    let home = imported.read("content/index.md");
    for part in [
        "=== \"Apple\"\n\n",
        "    Red\n\n    ::: tip\n    Wash it.\n    :::\n",
        "=== \"Banana\"\n\n\n    Yellow\n",
        "=== \"pnpm\"\n\n    ```sh\n    @tab x\n    ```\n",
        "\nBelow\n",
    ] {
        assert!(home.contains(part), "{part}\n{home}");
    }
    let page = imported.read("site/index.html");
    assert!(!page.contains(":::") && page.matches("@tab").count() == 1, "{page}");
}

#[test]
fn variables_of_gitbook_are_their_values() {
    let project = Project::new(
        "
//- book/.gitbook.yaml
root: ./
//- book/.gitbook/vars.yaml
company: Acme
//- book/SUMMARY.md
* [Home](README.md)
//- book/README.md
---
vars:
  days: 5
---
# Home

At <code class=\"expression\">space.vars.company</code> for <code class=\"expression\">page.vars.days</code> days, <code class=\"expression\">space.vars.gone</code>.
",
    );
    let imported = import(&project);
    let home = imported.read("content/index.md");
    assert!(
        home.contains("At Acme for 5 days, <code class=\"expression\">space.vars.gone</code>."),
        "{home}"
    );
    let left = "<code class=\"expression\">space.vars.gone</code>".to_owned();
    assert_eq!(imported.told("markup"), [("README.md".to_owned(), left)]);
}

#[test]
fn another_page_may_be_the_first_one_of_docsify() {
    let project = Project::new(
        "
//- book/index.html
<script>window.$docsify = { name: 'Rules', homepage: 'home.md' }</script><script src=\"docsify.min.js\"></script>
//- book/home.md
# Home
//- book/README.md
# For developers

[home](/) [also](home.md)
",
    );
    let imported = import(&project);
    assert!(imported.read("content/index.md").contains("# Home"));
    let other = imported.read("content/README.md");
    assert!(other.contains("[home](index.md) [also](index.md)"), "{other}");
}

#[test]
fn expressions_of_mdx_are_values_or_told() {
    let project = Project::new(
        "
//- book/docusaurus.config.js
export default { title: 'Rules', presets: [['classic', {}]] };
//- book/docs/intro.mdx
export const company = 'Acme';
export const days = 5;

# Intro {#top}

{company} grants {days} days, {1+1} more, \\{company} `{company}` $a_{b}$ [paper](pathname:///f.pdf)

```js
// highlight-next-line
let a = 1;
let b = 2;
// highlight-start
let c = 3;
// highlight-end
```
//- book/static/f.pdf
%PDF
",
    );
    let imported = import(&project);
    let intro = imported.read("content/intro.md");
    for part in [
        "# Intro {#top}",
        "Acme grants 5 days, {1+1} more, \\{company} `{company}` $a_{b}$ [paper](f.pdf)",
        "```js {1,3}\nlet a = 1;\nlet b = 2;\nlet c = 3;\n```",
    ] {
        assert!(intro.contains(part), "{part}\n{intro}");
    }
    assert!(imported.has("content/f.pdf"));
    assert_eq!(imported.told("markup"), [("docs/intro.mdx".to_owned(), "{1+1}".to_owned())]);
}

#[test]
fn pages_of_the_tool_that_are_no_markdown_are_told_as_left() {
    let hugo = "
//- book/hugo.toml
title = 'Rules'
//- book/content/a.md
# A
//- book/content/o.org
#+TITLE: Org
//- book/content/raw.html
<p>Raw</p>
//- book/content/d.adoc
= Doc
";
    let jekyll = "
//- book/_config.yml
title: Rules
//- book/index.md
---
title: Home
---
//- book/about.html
---
title: About
---
<p>Us</p>
//- book/plain.html
<p>No page</p>
";
    let hugo = import(&Project::new(hugo)).told("page");
    let paths: Vec<&str> = hugo.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["content/d.adoc", "content/o.org", "content/raw.html"]);
    let jekyll = import(&Project::new(jekyll)).told("page");
    assert_eq!(jekyll, [("about.html".to_owned(), String::new())]);
}

#[test]
fn markdown_goes_on_behind_html_for_jekyll_and_mkdocs() {
    let project = Project::new(
        "
//- book/_config.yml
title: Rules
//- book/_includes/note.html
<div class=\"note\">
Read <b>this</b>.
</div>
//- book/index.md
---
title: Home
---
{% include note.html %}
See [a](a.md) **now**.

<details open markdown=\"block\">
  <summary>
    Words
  </summary>
  {: .text-delta }
1. One
2. Two
</details>
//- book/a.md
---
title: A
---
",
    );
    let imported = import(&project);
    let page = imported.read("site/index.html");
    assert!(page.contains("<strong>now</strong>") && page.contains("<li>One"), "{page}");
    assert!(!page.contains("text-delta") && !page.contains("[a](a.md)"), "{page}");
}

#[test]
fn pictures_of_middleman_come_from_their_folder() {
    let project = Project::new(
        "
//- book/config/tech-docs.yml
service_name: Rules
//- book/config.rb
set :images_dir, 'img'
//- book/source/index.html.md.erb
# Home

<%= image_tag 'a.svg', alt: 'Plan' %>
//- book/source/img/a.svg
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
",
    );
    let imported = import(&project);
    assert!(
        imported.read("content/index.md").contains("](img/a.svg)"),
        "{}",
        imported.read("content/index.md")
    );
    assert!(imported.has("content/img/a.svg"));
}

#[test]
fn sidebars_of_vuepress_hope_count_prefixes_from_their_sections() {
    let project = Project::new(
        "
//- book/docs/.vuepress/config.ts
import { sidebar } from 'vuepress-theme-hope';
const important = (children) => ({ text: 'Important', children });
export default {
  title: 'Rules',
  theme: hopeTheme({ sidebar: sidebar({
    '/hr/': [{ text: 'Leave', prefix: 'leave/', children: ['b', { text: 'A!', link: 'a' }, important(['d', 'c'])] }],
  }) }),
};
//- book/docs/README.md
# Home
//- book/docs/hr/leave/a.md
# A

<!-- @include: @part.snippet.md -->
//- book/docs/hr/leave/b.md
# B
//- book/docs/hr/leave/c.md
# C
//- book/docs/hr/leave/d.md
# D
//- book/docs/.vuepress/snippets/part.snippet.md
A *part* with [b](../../hr/leave/b.md).
",
    );
    let imported = import(&project);
    assert_eq!(imported.told("navigation"), []);
    let titles = imported.titles();
    let places = ["B", "A!", "D", "C"].map(|title| titles.iter().position(|own| own == title));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{titles:?}");
    let told = imported.told("chapter");
    let place = told.iter().find(|(file, _)| file == "docs/hr/leave/a.md").map(|(_, place)| place);
    let text = imported.read(place.expect("a chapter"));
    assert!(text.contains("A *part* with [b](b.md)."), "{text}");
}

#[test]
fn chapters_of_hugo_are_known_without_settings() {
    let project = Project::new(
        "
//- book/_index.md
---
title: Rules
---
{{< own >}}
//- book/hr/_index.md
---
title: Staff
weight: 1
---
//- book/hr/a.md
---
title: A
draft: true
---
",
    );
    let imported = import(&project);
    assert_eq!(imported.report()["tool"], "hugo");
    assert_eq!(imported.told("markup"), [("_index.md".to_owned(), "{{< own >}}".to_owned())]);
    let folder = Project::new("//- book/a.md\n# A\n\n{{< own >}}\n{% tag %}\n");
    assert_eq!(import(&folder).told("markup").len(), 2);
}

#[test]
fn pictures_count_from_a_folder_above_where_one_alone_fits() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let project = Project::new("//- book/README.md\n# Home\n");
    project.write(
        "book/src/docs/a.md",
        "# A\n\n![one](/img/one.svg) ![two](img/two.svg) ![both](/img/both.svg) ![none](/img/none.svg) [b](/docs/b.md)\n",
    );
    project.write("book/src/docs/b.md", "# B\n");
    for file in ["src/img/one.svg", "src/img/two.svg", "src/img/both.svg", "src/docs/img/both.svg"] {
        project.write(&format!("book/{file}"), svg);
    }
    let imported = import(&project);
    let page = imported.read("content/src/docs/a.md");
    for part in ["![one](../img/one.svg)", "![two](../img/two.svg)", "![both](/img/both.svg)", "[b](b.md)"] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(page.contains("![none](/img/none.svg)"), "{page}");
}

#[test]
fn components_of_mdx_are_told_and_what_they_hold_stays() {
    let project = Project::new(
        "
//- book/docusaurus.config.js
module.exports = { title: 'T' };
//- book/docs/index.md
# Home

```mdx-code-block
import DocCardList from '@theme/DocCardList';
import Part from './_part.md';

<DocCardList />
<Part />
```

<CardGrid>
<LinkCard title=\"Rules\" href=\"b.md\" />

Words.

</CardGrid>

`<Card />`
//- book/docs/_part.md
A part.
//- book/docs/b.md
# B
",
    );
    let imported = import(&project);
    let page = imported.read("content/index.md");
    for part in ["[**Rules**](<b.md>)", "Words.", "`<Card />`", "A part."] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!page.contains("CardGrid") && !page.contains("import "), "{page}");
    let told = imported.told("markup");
    let tags: Vec<&str> = told.iter().map(|(_, tag)| tag.as_str()).collect();
    assert_eq!(tags, ["<CardGrid>", "<LinkCard title=\"Rules\" href=\"b.md\" />"]);
}
