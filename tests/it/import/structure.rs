//! Navigation, languages and further folders of documents, as real books of each tool have
//! them.

use super::import;
use crate::support::Project;

const DEAD: [&str; 3] = ["broken-link", "broken-anchor", "broken-image"];

#[test]
fn docusaurus_has_several_folders_of_documents_and_a_blog() {
    let project = Project::new(
        "
//- book/docusaurus.config.js
const config = {
  title: 'T', url: 'https://a.example', baseUrl: '/',
  presets: [['classic', /** @type {import('x').Options} */ ({
    docs: { sidebarPath: './sidebars.js', routeBasePath: '/' },
  })]],
  plugins: [['@docusaurus/plugin-content-docs', { id: 'c', path: 'people', routeBasePath: 'community', sidebarPath: './sidebarsPeople.js' }]],
};
module.exports = config;
//- book/sidebars.js
module.exports = { docs: ['intro', {type: 'category', label: 'Rules', items: ['a/travel']}] };
//- book/sidebarsPeople.js
module.exports = { people: ['team', 'join'] };
//- book/docs/intro.md
# Intro

## Money {/* #money */}

{/* Not shown. */}

[team](/community/team) [news](/blog/2024/05/06/news) [post](/blog/named) [money](#money)
//- book/docs/a/travel.md
# Travel
//- book/people/team.md
# Team

[join](./join.md)
//- book/people/join.md
# Join
//- book/blog/authors.yml
wang: {name: 王芳}
//- book/blog/2024-05-06-news.md
---
authors: [wang]
---
# News
//- book/blog/2024-05-07-x/index.md
---
slug: named
---
# Named
//- book/versioned_docs/version-1.0/intro.md
# Old
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&DEAD), Vec::<String>::new());
    assert_eq!(
        imported.titles(),
        ["Intro", "Rules", "Travel", "Community", "Team", "Join", "Blog", "News", "Named"]
    );
    let intro = imported.read("content/intro.md");
    assert!(intro.contains("## Money {#money}") && intro.contains("<!-- Not shown. -->"), "{intro}");
    assert!(intro.contains("[team](community/team.md) [news](blog/2024-05-06-news.md)"), "{intro}");
    assert!(imported.read("content/blog/2024-05-06-news.md").contains("王芳"));
    assert!(
        imported.has("site/community/team/index.html")
            && imported.has("site/blog/2024/05/06/news/index.html")
    );
    // The report names files as they lie.
    let told = imported.told("chapter");
    assert!(
        told.contains(&("people/team.md".to_owned(), "content/community/team.md".to_owned())),
        "{told:?}"
    );
    assert_eq!(imported.told("outside-book"), [("versioned_docs".to_owned(), "1".to_owned())]);
}

#[test]
fn hugo_has_languages_by_name_and_by_folder() {
    let project = Project::new(
        "
//- book/hugo.yaml
baseURL: https://a.example/
defaultContentLanguage: en
languages:
  en: {weight: 1, languageName: English}
  zh-cn: {weight: 2, languageName: 简体中文}
  no: {weight: 3, languageName: Norsk, contentDir: content.no}
menu:
  main:
    - {name: Second, pageRef: /b, weight: 2}
    - {name: First, pageRef: /z, weight: 1}
//- book/content/_index.md
# Home
//- book/content/_index.zh-cn.md
# 首页
//- book/content/b/_index.md
# B
//- book/content/b/a.md
# A in English

[b]({{< relref \"/b\" >}})
//- book/content/b/a.zh-cn.md
# 甲

[z]({{< relref \"/z\" >}}) ![x](x.svg)
//- book/content/b/x.svg
<svg xmlns=\"http://www.w3.org/2000/svg\"/>
//- book/content/z/_index.md
# Z
//- book/content/z/_index.zh-cn.md
# 乙
//- book/content/m/_index.md
---
title: M
menu: {main: {weight: 3}}
---
//- book/content.no/b/a.md
# A på norsk
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&DEAD), Vec::<String>::new());
    assert_eq!(
        imported.titles(),
        ["Z", "B", "A in English", "M", "简体中文", "B", "甲", "乙", "Norsk", "B", "A på norsk"]
    );
    assert!(imported.read("content/zh-cn/b/a.md").contains("[z](../z/index.md) ![x](../../b/x.svg)"));
    assert!(imported.has("site/zh-cn/b/a/index.html") && imported.has("site/no/b/a/index.html"));
    let told = imported.told("chapter");
    assert!(
        told.contains(&("content/b/a.zh-cn.md".to_owned(), "content/zh-cn/b/a.md".to_owned())),
        "{told:?}"
    );
}

#[test]
fn jekyll_has_parents_by_title() {
    let project = Project::new(
        "
//- book/_config.yml
title: T
url: https://a.example
exclude: [README.md]
//- book/README.md
# For GitHub
//- book/index.md
---
title: Home
nav_order: 1
---
[top](https://a.example) [x]({{ site.baseurl }}{% link docs/x.md %})
//- book/docs/x.md
---
title: X
parent: Rules
nav_order: 2
---
//- book/docs/deep/y.md
---
title: Y
parent: X
grand_parent: Rules
---
//- book/docs/rules.md
---
title: Rules
nav_order: 2
---
//- book/docs/first.md
---
title: First
parent: Rules
nav_order: 1
---
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&DEAD), Vec::<String>::new());
    assert_eq!(imported.titles(), ["Rules", "First", "X", "Y"]);
    assert!(imported.findings(&["draft-target"]).is_empty());
}

#[test]
fn jekyll_has_navigation_as_data() {
    let project = Project::new(
        "
//- book/_config.yml
title: T
//- book/_data/navigation.yml
main:
  - {title: Docs, url: /docs/start/}
docs:
  - title: 入门
    children:
      - {title: 开始, url: /docs/start/}
      - {title: 请假, url: /docs/leave/}
  - title: 其他
    children:
      - {title: 站外, url: https://b.example/}
      - {title: 差旅, url: /docs/travel.html}
//- book/_data/authors.yml
li: {name: 李雷}
//- book/index.md
# Home
//- book/_docs/s.md
---
permalink: /docs/start/
author: li
---
# Start
//- book/_docs/l.md
---
permalink: /docs/leave/
---
# Leave
//- book/docs/travel.md
# Travel
",
    );
    project.write("book/_config.yml", "title: T\ncollections: {docs: {output: true}}\n");
    let imported = import(&project);
    assert_eq!(imported.titles(), ["入门", "开始", "请假", "其他", "差旅"]);
    let told = imported.told("navigation");
    assert_eq!(told, [("_data/navigation.yml".to_owned(), "https://b.example/".to_owned())]);
    assert!(imported.read("import-report.json").contains("/docs/start/"));
    let start = imported.told("chapter").into_iter().find(|(file, _)| file == "_docs/s.md").expect("it").1;
    assert!(imported.read(&start).contains("李雷"));
}

#[test]
fn vuepress_has_a_sidebar_for_each_language_and_folder() {
    let project = Project::new(
        "
//- book/docs/.vuepress/config.js
const nav = require('./nav')
module.exports = {
  title: 'T',
  themeConfig: {
    nav,
    locales: {
      '/': { label: 'English', sidebar: { '/guide/': [{ title: 'Use', children: ['/guide/b', '/guide/a'] }] } },
      '/zh/': { label: '简体中文', sidebar: require('./zh') },
    },
  },
}
//- book/docs/.vuepress/nav.js
module.exports = [{ text: 'Guide', link: '/guide/' }]
//- book/docs/.vuepress/zh.js
module.exports = { '/zh/guide/': [{ title: '使用', children: ['/zh/guide/b', '/zh/guide/a'] }] }
//- book/docs/README.md
# Home
//- book/docs/guide/a.md
# A <Badge text=\"beta\" type=\"warning\"/>

## Part <Badge>new</Badge>

[b](./b.md) [part](#part)
//- book/docs/guide/b.md
# B
//- book/docs/zh/guide/a.md
# 甲
//- book/docs/zh/guide/b.md
# 乙
",
    );
    let nav = "const zh = require('./zh')\n";
    let config = project.read("book/docs/.vuepress/config.js");
    project.write(
        "book/docs/.vuepress/config.js",
        nav.to_owned() + &config.replace("require('./zh') }", "zh }"),
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&DEAD), Vec::<String>::new());
    assert_eq!(imported.titles(), ["Use", "B", "A beta", "简体中文", "使用", "乙", "甲"]);
    let a = imported.told("chapter").into_iter().find(|(file, _)| file == "docs/guide/a.md").expect("it").1;
    let text = imported.read(&a);
    assert!(text.contains("# A ==beta==") && text.contains("## Part ==new== {#part}"), "{text}");
    assert!(imported.told("markup").is_empty());
}

#[test]
fn obsidian_names_blocks_and_hides_comments() {
    let project = Project::new(
        "
//- book/.obsidian/app.json
{}
//- book/a.md
# A

A rule. ^rule-1

- item ^b15695

2 ^3 and `x ^code1`

%% Not for readers. %%
Shown.
//- book/b.md
# B

[[a#^rule-1]] [[a#^b15695|item]]
",
    );
    let imported = import(&project);
    assert_eq!(imported.findings(&DEAD), Vec::<String>::new());
    let text = imported.read("content/a.md");
    assert!(text.contains("A rule. <a id=\"^rule-1\"></a>") && text.contains("`x ^code1`"), "{text}");
    assert!(text.contains("<!-- Not for readers. -->") && text.contains("2 ^3"), "{text}");
    let page = imported.read("site/a.html");
    assert!(page.contains("id=\"^rule-1\"") && page.contains("Shown.") && !page.contains("Not for readers"));
}
