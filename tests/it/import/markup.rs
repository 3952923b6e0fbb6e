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
