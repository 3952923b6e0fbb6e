//! Markup that only one tool knows, made from its documentation, as an import writes it.

use super::import;
use crate::support::Project;

/// Findings that say that a link or picture of the book does not work.
const DEAD: [&str; 3] = ["broken-link", "broken-anchor", "broken-image"];

#[test]
fn docsify() {
    let project = Project::new(
        "
//- book/index.html
<script>window.$docsify = { name: 'Rules' }</script><script src=\"docsify.min.js\"></script>
//- book/README.md
# Home

## 你好 :id=hello

[a](pay.md?id=day) [b](/pay?id=day) [c](#/pay?id=day) [d](?id=hello) [e](pay.md ':target=_blank Words')
![f](a.svg ':size=50x100')

[part](part.md ':include')

[code](a.js ':include :type=code :fragment=demo')

?> See [day](pay?id=day).

### Quiet {docsify-ignore}

<!-- tabs:start -->
#### **One**
Text
<!-- tabs:end -->
//- book/pay.md
# Pay

## Day
//- book/part.md
*Part*
//- book/a.js
no
/// [demo]
yes
/// [demo]
//- book/a.svg
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&DEAD), Vec::<String>::new());
    let home = imported.read("content/index.md");
    for part in [
        "## 你好 {#hello}",
        "[a](pay.md#day) [b](pay.md#day) [c](pay.md#day) [d](#hello) [e](pay.md \"Words\")",
        "![f](a.svg)",
        "*Part*",
        "```js\nyes\n```",
        "> See [day](pay.md#day).",
        "### Quiet\n",
        "=== \"One\"\n\n    Text\n",
    ] {
        assert!(home.contains(part), "{part}\n{home}");
    }
}

#[test]
fn mdbook() {
    let project = Project::new(
        "
//- book/book.toml
[book]
title = \"Rules\"
//- book/src/SUMMARY.md
- [The `pay` *command*](start.md)
//- book/src/start.md
# Start

```rust
# fn hidden() {
#![shown]
    ## sign
    #
    let x = 1;
```

```sh
# shown
```

{{#playground code.rs editable}}
//- book/src/code.rs
fn play() {}
",
    );
    let imported = import(&project);
    assert_eq!(imported.titles(), ["The pay command"]);
    let start = imported.read("content/start.md");
    assert!(start.contains("```rust\n#![shown]\n    # sign\n    let x = 1;\n```"), "{start}");
    assert!(start.contains("# shown") && start.contains("```rust\nfn play() {}\n```"), "{start}");
    let told = imported.told("rewritten");
    assert!(told.contains(&("src/start.md".to_owned(), "# fn hidden() {".to_owned())), "{told:?}");
}

#[test]
fn vitepress() {
    let project = Project::new(
        "
//- book/docs/.vitepress/config.js
export default { title: 'Book' }
//- book/docs/index.md
---
layout: home
hero:
  name: Rules of Acme
  tagline: Short and clear
  image: {src: /logo.svg, alt: Logo}
  actions: [{text: Start, link: /start}]
features:
  - {title: Focus, details: On your content., link: /start}
---
//- book/docs/start.md
---
owner: HR
---
# Start

Kept by {{ $frontmatter.owner }}.

::: code-group
<<< @/a.js{2 ts}[First]
:::

<<< @/a.js#part
//- book/docs/a.js
one
// #region part
two
// #endregion part
//- book/docs/public/logo.svg
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&DEAD), Vec::<String>::new());
    let home = imported.read("content/index.md");
    for part in [
        "title: Rules of Acme",
        "![Logo](logo.svg)\n\nShort and clear\n\n[Start](start.md)\n",
        "- **[Focus](start.md)** On your content.",
    ] {
        assert!(home.contains(part), "{part}\n{home}");
    }
    let start = imported.read("content/start.md");
    assert!(start.contains("Kept by HR.") && start.contains("```ts{2} [First]\none\n"), "{start}");
    assert!(start.contains("```js\ntwo\n```"), "{start}");
}

#[test]
fn mkdocs() {
    let project = Project::new(
        "
//- book/base.yml
site_name: !ENV [NAME, 'Rules of Acme']
//- book/mkdocs.yml
INHERIT: base.yml
markdown_extensions:
  - pymdownx.snippets: {auto_append: [words.md]}
  - x: {f: !!python/object/apply:a.b {kwds: {c: 1}}}
plugins:
  - macros
  - i18n: {languages: [{locale: en, default: true}, {locale: zh, name: 中文}]}
extra: {company: Acme Ltd}
//- book/words.md
*[HR]: Human Resources
[pay]: pay.md
//- book/docs/index.md
# Home

Ask HR at {{ company }}, {{ other() }}. See [the rule][pay], **names**{ #names } and [names](#names).

<div class=\"grid\" markdown>
*Soft*
</div>
//- book/docs/index.zh.md
# 首页
//- book/docs/pay.md
# Pay
//- book/docs/leave/.nav.yml
title: Leave rules
nav: [b.md, 'A!': a.md, '*']
//- book/docs/leave/a.md
# A
//- book/docs/leave/b.md
# B
//- book/docs/leave/c.md
# C
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&DEAD), Vec::<String>::new());
    assert!(imported.read("handbook.yaml").contains("title: Rules of Acme"));
    assert_eq!(imported.titles(), ["Leave rules", "B", "A!", "C", "Pay", "中文"]);
    let home = imported.read("content/index.md");
    for part in [
        "Ask <abbr title=\"Human Resources\">HR</abbr> at Acme Ltd, {{ other() }}.",
        "**names**<a id=\"names\"></a> and [names](#names).",
        "<div class=\"grid\">\n\n*Soft*\n\n</div>",
        "[pay]: pay.md",
    ] {
        assert!(home.contains(part), "{part}\n{home}");
    }
    assert_eq!(imported.told("markup"), [("docs/index.md".to_owned(), "{{ other() }}".to_owned())]);
    assert!(imported.has("content/zh/index.md"));
}

#[test]
fn docusaurus() {
    let project = Project::new(
        "
//- book/docusaurus.config.js
export default { title: 'Rules', presets: [['classic', {}]] };
//- book/docs/intro.md
import logo from '@site/static/img/a.svg';
import Code from '!!raw-loader!./code.js';
import TabItem from '@theme/TabItem';

# Intro

<img src={logo} className=\"big\" style={{width: 'min(1px, 2px)'}} />

<details>
  <summary>More</summary>
  *Soft* <Link to=\"/docs/pay\">pay</Link>
</details>

<CodeBlock language=\"js\" title=\"code.js\">{Code}</CodeBlock>

<Tabs>
<TabItem value=\"a\" label={<b>First</b>}>One</TabItem>
</Tabs>

```mdx-code-block
<TOCInline toc={toc} />
```
//- book/docs/pay.md
# Pay

See https://example.com/docs/intro and docs/intro.md.
//- book/docs/code.js
let a = 1;
//- book/static/img/a.svg
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&DEAD), Vec::<String>::new());
    assert_eq!(imported.told("markup"), []);
    let intro = imported.read("content/intro.md");
    for part in [
        "<img src=\"img/a.svg\" class=\"big\" />",
        "<summary>More</summary>\n\n*Soft* [pay](pay.md)\n",
        "```js title=\"code.js\"\nlet a = 1;\n```",
        "=== \"First\"",
        "[TOC]",
    ] {
        assert!(intro.contains(part), "{part}\n{intro}");
    }
    let page = imported.read("site/intro.html");
    assert!(page.contains("<em>Soft</em>") && page.contains("<figcaption>code.js</figcaption>"), "{page}");
}

#[test]
fn an_address_of_the_book_in_running_text_stays() {
    let project = Project::new(
        "
//- book/mkdocs.yml
site_name: Rules
site_url: https://example.com/
//- book/docs/index.md
# Home

See https://example.com/pay/, <https://example.com/pay/>, docs/pay.md, /pay/ and [pay](https://example.com/pay/).
//- book/docs/pay.md
# Pay
",
    );
    let home = import(&project).read("content/index.md");
    let text =
        "See https://example.com/pay/, <https://example.com/pay/>, docs/pay.md, /pay/ and [pay](pay.md).";
    assert!(home.contains(text), "{home}");
}

#[test]
fn hugo() {
    let project = Project::new(
        "
//- book/hugo.toml
title = 'Rules'
//- book/content/_index.md
---
title: Rules
---
{{< columns >}}
Left
<--->
Right
{{< /columns >}}

{{< tabs items=\"JSON,YAML\" >}}
{{< tab >}}one{{< /tab >}}
{{< tab >}}two{{< /tab >}}
{{< /tabs >}}

{{< badge \"New\" >}}
",
    );
    let imported = import(&project);
    assert_eq!(imported.told("markup"), []);
    let home = imported.read("content/index.md");
    assert!(
        !home.contains("<--->") && home.contains("=== \"JSON\"") && home.contains("=== \"YAML\""),
        "{home}"
    );
    assert!(home.contains("==New=="), "{home}");
}

#[test]
fn gitbook() {
    let project = Project::new(
        "
//- book/.gitbook.yaml
structure: {readme: start.md, summary: toc.md}
//- book/toc.md
* [Start](start.md)
* [Pay](pay.md)
//- book/start.md
# Start

{% code title=\"a.js\" %}
```js
let a;
```
{% endcode %}

{% content-ref url=\"pay.md\" %}
[pay.md](pay.md)
{% endcontent-ref %}

{% include \".gitbook/includes/part.md\" %}
//- book/.gitbook/includes/part.md
*Part*
//- book/pay.md
# Pay day
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&DEAD), Vec::<String>::new());
    assert_eq!(imported.told("held-back"), []);
    let home = imported.read("content/index.md");
    assert!(
        home.contains("```js title=\"a.js\"\nlet a;\n```") && home.contains("[Pay day](pay.md)"),
        "{home}"
    );
}

#[test]
fn jekyll_and_eleventy() {
    let project = Project::new(
        "
//- book/_config.yml
title: Rules
//- book/index.md
---
title: Home
---
{% include note.html title=\"Stop\" %} New{: .label }

{::options toc_levels=\"2\" /}

Ask HR.

*[HR]: Human Resources
//- book/_includes/note.html
<b>{{ include.title }}</b>
",
    );
    let imported = import(&project);
    assert_eq!(imported.told("markup"), []);
    let home = imported.read("content/index.md");
    assert!(home.contains("<b>Stop</b> New\n") && !home.contains("{:"), "{home}");
    assert!(home.contains("Ask <abbr title=\"Human Resources\">HR</abbr>."), "{home}");
    let project = Project::new(
        "
//- book/.eleventy.js
module.exports = (config) => { config.addPassthroughCopy({\"src/img\": \"images\"}); return { dir: { input: \"pages\" } }; };
//- book/pages/index.md
---
title: Home
eleventyNavigation: {key: Top}
---
[pay]({% page \"/salary/\" %}) [trips]({{ base.baseurl }}/trips/) ![a](/images/a.svg) {# hidden #}
//- book/pages/salary.md
---
title: Pay
eleventyNavigation: {key: Money, order: 1}
---
//- book/pages/trips.md
---
title: Trips
eleventyNavigation: {key: Trips, parent: Money}
---
//- book/src/img/a.svg
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&DEAD), Vec::<String>::new());
    assert_eq!(imported.told("markup"), []);
    assert!(imported.has("content/salary/trips.md") && imported.has("content/salary/index.md"));
    assert!(imported.read("content/index.md").contains("<!-- hidden -->"));
}

#[test]
fn marks_of_pymdownx_are_read_where_the_settings_name_them() {
    let project = Project::new(
        "
//- book/mkdocs.yml
site_name: Rules
site_url: https://rules.example.org/hr/
markdown_extensions:
  - pymdownx.caret
  - pymdownx.tilde: {smart_delete: true}
  - pymdownx.keys
  - pymdownx.critic
nav:
  - index.md
  - Leave: leave.md
  - Pay: pay.md
//- book/docs/index.md
# Home
H~2~O, 10^th^, ^^new^^, ~~old~~ and ++ctrl+c++; {--out--}{++in++} {~~a~>b~~}.
A note[^1], `x ~y~ ^z^` and 5 ~ 6.

[^1]: A ^small^ one.
//- book/docs/leave.md
---
title: Leave rules
---
# Leave rules
//- book/docs/pay.md
Text.
",
    );
    let imported = import(&project);
    let home = imported.read("content/index.md");
    for part in [
        "H<sub>2</sub>O, 10<sup>th</sup>, <ins>new</ins>, ~~old~~ and <kbd>Ctrl</kbd>+<kbd>C</kbd>",
        "<del>out</del><ins>in</ins> <del>a</del><ins>b</ins>",
        "A note[^1], `x ~y~ ^z^` and 5 ~ 6.",
        "[^1]: A <sup>small</sup> one.",
    ] {
        assert!(home.contains(part), "{part}\n{home}");
    }
    // A page keeps its title; the navigation has the label.
    let leave = imported.read("content/leave.md");
    assert!(leave.contains("title: Leave rules\n") && leave.contains("nav_title: Leave\n"), "{leave}");
    let pay = imported.read("content/pay.md");
    assert!(pay.contains("title: Pay\n") && !pay.contains("nav_title"), "{pay}");
    assert_eq!(imported.titles(), ["Leave", "Pay"]);
    assert!(imported.read("site/leave.html").contains("<h1>Leave rules</h1>"));
    assert!(imported.read("handbook.yaml").contains("base_url: https://rules.example.org/hr/\n"));
}

#[test]
fn lines_of_the_report_are_those_of_the_source() {
    let project = Project::new(
        "
//- book/mkdocs.yml
site_name: Rules
//- book/docs/long.txt
one
two
three
//- book/docs/index.md
---
title: Home
---
# Home

--8<-- \"docs/long.txt\"

Term
:   What it is.

[gone](gone.md) and {% left %}.
",
    );
    let imported = import(&project);
    let report = imported.report();
    let line = |what: &str| {
        let entries = report["entries"].as_array().expect("entries");
        let found = entries.iter().find(|entry| entry["what"].as_str().is_some_and(|own| own.contains(what)));
        found.and_then(|entry| entry["line"].as_u64())
    };
    assert_eq!(line("gone.md"), Some(11));
    assert_eq!(line("{% left %}"), Some(11));
    assert_eq!(line("What it is"), Some(9));
}

#[test]
fn rewrites_and_aliases_are_addresses() {
    let project = Project::new(
        "
//- book/docs/.vitepress/config.mts
export default {
  title: 'T',
  rewrites: { 'packages/:pkg/src/:page*': ':pkg/:page*', 'old.md': 'new.md' },
  themeConfig: { sidebar: [{ text: 'All', items: [{ text: 'B', link: '/a/b' }, { text: 'N', link: '/new' }] }] },
}
//- book/docs/index.md
[b](/a/b) [n](/new)
//- book/docs/packages/a/src/b.md
# B
//- book/docs/old.md
# N
",
    );
    let imported = import(&project);
    assert_eq!(imported.told("navigation"), Vec::<(String, String)>::new());
    assert_eq!(imported.titles(), ["All", "B", "N"]);
    assert!(imported.has("site/a/b/index.html") || imported.has("site/a/b.html"));
    let project = Project::new(
        "
//- book/index.html
<script>window.$docsify = {
  name: 'Rules', relativePath: false,
  alias: { '/news': '/changes.md', '/help/(.*)': '/guide/$1', '/x/.*/_sidebar.md': '/_sidebar.md' },
}</script><script src=\"docsify.min.js\"></script>
//- book/README.md
# Home
//- book/changes.md
# Changes
//- book/guide/one.md
[c](changes.md) [d](guide/two.md) [e](./two.md)
//- book/guide/two.md
# Two
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&DEAD), Vec::<String>::new());
    let one = imported.read("content/guide/one.md");
    assert!(one.contains("[c](../changes.md) [d](two.md) [e](two.md)"), "{one}");
    assert!(imported.read("content/changes.md").contains("/news/"));
    assert!(imported.read("content/guide/two.md").contains("/help/two/"));
}
