//! What takes the place of one line stands where that line stood: in its item, quotation or tab.

use super::{Imported, import};
use crate::support::{Page, Project};

/// A book of one chapter with the files beside it, and its page.
fn page(settings: &str, chapter: &str, text: &str, files: &str) -> (Project, Imported, Page) {
    let project = Project::new(&format!("{settings}//- book/{chapter}\n{text}{files}"));
    let imported = import(&project);
    let stem = chapter.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or("");
    let page = project.page(&format!("new/site/{stem}.html"));
    (project, imported, page)
}

const CODE: &str = "//- book/docs/x.yaml\na:\n\n  b: 1\n//- book/docs/_part.md\n甲\n\n```sh\nls\n```\n";

#[test]
fn what_vitepress_includes_stands_in_its_item() {
    let text = "# T\n\n1. One\n\n   <<< ./x.yaml\n\n2. Two\n\n   <!--@include: ./_part.md-->\n\n> <<< ./x.yaml\n\nEnd\n";
    let settings = "//- book/docs/.vitepress/config.mts\nexport default { title: 'T' }\n";
    let (_project, _imported, page) = page(settings, "docs/t.md", text, CODE);
    assert_eq!(page.texts(".text > ol > li").len(), 2);
    assert_eq!(page.texts(".text > ol > li pre").len(), 2);
    assert_eq!(page.texts(".text > blockquote pre").len(), 1);
    assert_eq!(page.texts(".text > p"), ["End"]);
}

#[test]
fn what_vuepress_includes_stands_in_its_item() {
    let text = "# T\n\n- One\n\n  @[code yaml](./x.yaml)\n\n- Two ![甲](./p.png =20x)\n";
    let settings = "//- book/docs/.vuepress/config.js\nexport default { title: 'T' }\n";
    let files = format!("{CODE}//- book/docs/p.png\nx\n");
    let (_project, imported, page) = page(settings, "docs/t.md", text, &files);
    assert_eq!(page.texts(".text > ul > li pre").len(), 1);
    assert_eq!(page.texts(".text > ul > li").len(), 2);
    assert_eq!(imported.findings(&["broken-image"]), Vec::<String>::new());
    assert!(imported.has("content/p.png"));
}

#[test]
fn what_docsify_shows_stands_in_its_item() {
    let text =
        "# T\n\n1. One\n\n   [p](_part.md ':include')\n\n2. Two\n\n   [x](x.yaml ':include :type=code')\n";
    let settings = "//- book/docs/index.html\n<script>window.$docsify = {}</script>\n//- book/docs/_sidebar.md\n- [T](t.md)\n";
    let (_project, _imported, page) = page(settings, "docs/t.md", text, CODE);
    assert_eq!(page.texts(".text > ol > li").len(), 2);
    assert_eq!(page.texts(".text > ol > li pre").len(), 2);
    assert_eq!(page.texts(".text > pre").len(), 0);
}

#[test]
fn parts_and_elements_of_mdx_keep_their_places() {
    let text = "import Part from './_part.md';\n\n# T\n\n1. One\n\n   <Part />\n\n2. Two\n\n> a\n>\n> <Part />\n\n<Tabs>\n<TabItem label=\"JS\">\n\n<details>\n  <summary>Cmd</summary>\n\n```rust\nfn main() {\n  let a = 1;\n}\n```\n\n</details>\n\n</TabItem>\n</Tabs>\n\nEnd\n";
    let settings = "//- book/docusaurus.config.js\nmodule.exports = { title: 'T' }\n";
    let (project, _imported, page) = page(settings, "docs/t.mdx", text, CODE);
    assert_eq!(page.texts(".text > ol > li").len(), 2);
    assert_eq!(page.texts(".text > ol > li pre").len(), 1);
    assert_eq!(page.texts(".text > blockquote pre").len(), 1);
    let code = page.texts(".text .tabs details pre").join("");
    assert!(code.contains("  let a = 1;"), "{code}: {}", project.read("new/content/t.md"));
}

#[test]
fn an_item_that_an_icon_begins_goes_on() {
    let text = "# T\n\n-   :material-clock:{ .lg .middle }\n\n    Text **here**\n\n-   :material-star: B\n\n    ---\n";
    let settings = "//- book/mkdocs.yml\nsite_name: T\n";
    let (_project, _imported, page) = page(settings, "docs/t.md", text, "");
    assert_eq!(page.texts(".text > ul > li strong"), ["here"]);
    assert_eq!(page.texts(".text pre").len(), 0);
}

#[test]
fn attributes_of_kramdown_make_boxes_and_contents() {
    let text = "# T\n\n1. TOC\n{:toc}\n\n{: .warning }\n> Mind it.\n\n{: .note-title }\n> My title\n>\n> Words.\n\nA tip.\n{: .prompt-tip }\n\n{::nomarkdown}<ul><li>x</li></ul>{:/}\n";
    let settings = "//- book/_config.yml\ntitle: T\n";
    let (_project, imported, page) = page(settings, "t.md", text, "");
    assert!(page.texts(".text .alert-warning").join("").contains("Mind it."));
    assert_eq!(page.texts(".text .alert-note .alert-title"), ["My title"]);
    assert!(page.texts(".text .alert-tip").join("").contains("A tip."));
    let words = page.texts(".text").join("");
    assert!(!words.contains("TOC") && !words.contains("{:"), "{}", imported.read("content/t.md"));
}

#[test]
fn shortcodes_that_hugo_shows_are_shown() {
    let text = "# T\n\n{{< figure src=\"p.png\" caption=\"The caption\" >}}\n\n```\n{{</* note */>}}\n```\n";
    let settings = "//- book/hugo.toml\ntitle = 'T'\n";
    let (_project, _imported, page) = page(settings, "content/t.md", text, "//- book/content/p.png\nx\n");
    assert_eq!(page.texts(".text figcaption"), ["The caption"]);
    assert_eq!(page.texts(".text pre"), ["{{< note >}}\n"]);
}

#[test]
fn what_preprocessors_of_mdbook_read_is_told() {
    let settings = "//- book/book.toml\n[book]\ntitle = 'T'\n//- book/src/SUMMARY.md\n- [T](t.md)\n";
    let (_project, imported, _page) = page(settings, "src/t.md", "# T\n\n{{%session outline}}\n", "");
    assert_eq!(imported.told("markup"), [("src/t.md".to_owned(), "{{%session outline}}".to_owned())]);
}

#[test]
fn a_list_of_links_is_the_navigation_of_mkdocs() {
    let project = Project::new(
        "
//- book/mkdocs.yml
site_name: T
plugins:
  - literate-nav:
      nav_file: SUMMARY.md
//- book/docs/SUMMARY.md
* [Home](index.md)
* Money
    * [Trips](travel.md)
    * [Pay](pay.md)
//- book/docs/index.md
# Home
//- book/docs/pay.md
# Wages
//- book/docs/travel.md
# Travel
",
    );
    let imported = import(&project);
    assert_eq!(imported.titles(), ["Money", "Trips", "Pay"]);
    assert!(!imported.has("content/SUMMARY.md"));
}

#[test]
fn folders_of_gitbook_mean_their_pages() {
    let project = Project::new(
        "//- book/SUMMARY.md\n* [H](README.md)\n* [B](b/README.md)\n  * [C](b/c.md)\n//- book/README.md\n# H\n\n## A\n//- book/b/README.md\n# B\n\n## A\n//- book/b/c.md\n# C\n\n## A\n\n[one](./#a) [two](../#a) [three](#a)\n",
    );
    let imported = import(&project);
    let text = imported.read("content/b/c.md");
    assert!(text.contains("[one](index.md#a) [two](../index.md#a) [three](#a)"), "{text}");
}

#[test]
fn translations_of_docusaurus_lie_beside_the_documents() {
    let project = Project::new(
        "
//- book/docusaurus.config.js
module.exports = {
  title: 'T',
  i18n: { defaultLocale: 'en', locales: ['en', 'zh'], localeConfigs: { zh: { label: '中文' } } },
  presets: [['classic', { docs: {}, blog: {} }]],
}
//- book/docs/a.md
# Leave
//- book/i18n/zh/docusaurus-plugin-content-docs/current/a.md
# 休假
//- book/blog/x/post.md
# Post

![i](../../static/img/a.png)
//- book/static/img/a.png
x
",
    );
    let imported = import(&project);
    assert!(imported.titles().contains(&"休假".to_owned()), "{:?}", imported.titles());
    assert!(imported.has("site/zh/docs/a/index.html"));
    assert_eq!(imported.told("missing-file"), []);
    assert_eq!(imported.findings(&["broken-image"]), Vec::<String>::new());
}

#[test]
fn a_page_among_others_stays_an_entry_of_its_section() {
    let project = Project::new(
        "
//- book/docs/.vitepress/config.mts
export default { title: 'T', themeConfig: { sidebar: [
  { text: '迁移', items: [{ text: '从旧版', link: '/guide/old' }, { text: '破坏性变更', link: '/changes/' }] },
] } }
//- book/docs/index.md
# T
//- book/docs/guide/old.md
# 从旧版
//- book/docs/changes/index.md
# 变更
",
    );
    let imported = import(&project);
    assert_eq!(imported.titles(), ["迁移", "从旧版", "破坏性变更"]);
}

#[test]
fn what_a_file_of_pages_says_besides_is_told() {
    let project = Project::new(
        "//- book/mkdocs.yml\nsite_name: T\nplugins: [awesome-pages]\n//- book/docs/.pages\norder: desc\nnav:\n  - a.md\n  - Out: https://example.com\n//- book/docs/a.md\n# A\n",
    );
    let imported = import(&project);
    let told: Vec<String> = imported.told("settings").into_iter().map(|(_, what)| what).collect();
    assert_eq!(told, ["https://example.com", "order: desc"]);
}
