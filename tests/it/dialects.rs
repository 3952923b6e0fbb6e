//! Books of other tools, built as they lie: what only the tool of a book reads is read in that
//! book, and is text in any other.

use crate::support::{Page, Project};

/// A text that holds all that MkDocs may read.
const MARKS: &str = "# 题

问HR，H~2~O、10^th^、~~旧~~，按 ++ctrl+arrow-up++。

*[HR]: 人力 \"资源\" 部
*[UN]: 没有用到

!!! note \"题 ^^新^^\"

    内 {++加++} {~~甲~>乙~~} {>>为何<<} {==重==} {--减--}。

    `H~2~O`

/// details | 更多
    type: warning
    open: true

藏 *着*。

//// note
里
////

///

/// tab | 一
甲
///

/// tab | 二
乙
///

```
++ctrl+k++
/// note
///
```
";

const EXTENSIONS: &str = "site_name: T
markdown_extensions:
  - abbr
  - pymdownx.caret
  - pymdownx.tilde
  - pymdownx.keys
  - pymdownx.critic
  - pymdownx.blocks.tab
";

fn bare(files: &[(&str, &str)], page: &str) -> (Project, Page) {
    let project = Project::new("");
    files.iter().for_each(|(path, text)| project.write(path, text));
    project.run(&["build", "--lang", "zh-CN"]).expect(0);
    let page = project.page(page);
    (project, page)
}

#[test]
fn marks_of_mkdocs_are_read_where_its_settings_name_them() {
    let (_, page) = bare(&[("mkdocs.yml", EXTENSIONS), ("docs/a.md", MARKS)], "site/docs/a.html");
    for (selector, words) in [
        (".text p abbr", vec!["HR"]),
        (".text p sub", vec!["2"]),
        (".text p sup", vec!["th"]),
        (".text kbd", vec!["Ctrl", "Arrow Up"]),
        (".text ins", vec!["新", "加", "乙"]),
        (".text del", vec!["旧", "甲", "减"]),
        (".text mark", vec!["重"]),
        (".text small", vec!["为何"]),
        (".text details[open].alert-warning > summary", vec!["更多"]),
        (".text details .alert-note p:not(.alert-title)", vec!["里"]),
        (".text .tabs .tab-title", vec!["一", "二"]),
        (".text .alert code", vec!["H~2~O"]),
        (".text pre", vec!["++ctrl+k++\n/// note\n///\n"]),
    ] {
        assert_eq!(page.texts(selector), words, "{selector}");
    }
    assert_eq!(page.all("abbr")[0].attr("title"), Some("人力 \"资源\" 部"));
    // What is not used would be said nowhere else.
    let text = page.texts(".text").join("");
    assert!(text.contains("*[UN]: 没有用到") && !text.contains("*[HR]"), "{text}");
    assert!(!text.contains("type:") && !text.contains("+++"), "{text}");
}

#[test]
fn in_other_books_the_same_is_text() {
    for settings in ["site_name: T\n", "site_name: T\nmarkdown_extensions: [admonition]\n"] {
        let (_, page) = bare(&[("mkdocs.yml", settings), ("docs/a.md", MARKS)], "site/docs/a.html");
        assert!(page.all(".text abbr, .text sub, .text sup, .text kbd, .text ins").is_empty());
    }
    let (project, page) =
        bare(&[("sub/mkdocs.yml", EXTENSIONS), ("sub/b.md", MARKS), ("a.md", MARKS)], "site/a.html");
    let text = page.texts(".text").join("");
    for words in
        ["H~2~O", "10^th^", "++ctrl+arrow-up++", "*[HR]: ", "{++加++}", "/// details | 更多", "type: warning"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(project.page("site/sub/b.html").texts(".text p abbr"), ["HR"]);
}

#[test]
fn an_edit_of_the_settings_is_seen_by_the_next_build() {
    let (project, _) = bare(&[("mkdocs.yml", "site_name: T\n"), ("a.md", "10^th^\n")], "site/a.html");
    project.write("mkdocs.yml", EXTENSIONS);
    project.run(&["build"]).expect(0);
    assert_eq!(project.page("site/a.html").texts(".text sup"), ["th"]);
}

#[test]
fn boxes_of_mdbook_admonish_are_boxes() {
    let text = "# 题\n\n```admonish warning title=\"当 心\"\n甲 **乙**\n\n~~~\n码\n~~~\n```\n\n- 项\n\n  ~~~admonish tip\n  丙\n  ~~~\n\n```admonish\n没有完\n";
    let (_, page) = bare(&[("a.md", text)], "site/a.html");
    assert_eq!(page.texts(".text .alert-warning > .alert-title"), ["当 心"]);
    assert_eq!(page.texts(".text .alert-warning > p:not(.alert-title)"), ["甲 乙"]);
    assert_eq!(page.texts(".text .alert-warning pre"), ["码\n"]);
    assert_eq!(page.texts(".text li .alert-tip > p:not(.alert-title)"), ["丙"]);
    assert_eq!(page.texts(".text > pre"), ["没有完\n"]);
}

#[test]
fn emoji_are_signs_where_the_tool_shows_them() {
    let text = "# 题\n\n:tada: 甲 `:tada:`\n\n:material-download: 乙 :material-check:\n";
    let (project, page) =
        bare(&[("mkdocs.yml", "markdown_extensions:\n  - pymdownx.emoji:\n"), ("a.md", text)], "site/a.html");
    assert_eq!(page.texts(".text p"), ["🎉 甲 :tada:", " 乙 ✓"]);
    assert!(project.run(&["check"]).expect(0).stderr().contains("a.md:5:1"));
    let (_, page) = bare(&[("a.md", text)], "site/a.html");
    assert!(page.texts(".text").join("").contains(":material-download: 乙"));
}

/// A text with components.
const COMPONENTS: &str = "# 题

<CardGrid>
  <Card title=\"第一 张\" href=\"b.md\">

甲 <Icon name=\"x\" /> 乙

<Icon name=\"x\" /> **丙** <Card title=\"程度\" />

  </Card>
</CardGrid>

<p style={{color: \"red\"}} id={'x'}>红</p>

`<Card title=\"码\" />` 与 <Name>。

```
<Card title=\"码\" />
```
";

#[test]
fn components_go_and_what_they_hold_stays() {
    let files = [("package.json", r#"{"dependencies": {"vitepress": "1"}}"#), ("b.md", "# 乙\n")];
    let in_vue = [files[0], files[1], ("a.md", COMPONENTS)];
    let in_mdx = [files[1], ("a.mdx", COMPONENTS)];
    for files in [&in_vue[..], &in_mdx[..]] {
        let (project, page) = bare(files, "site/a.html");
        let text = page.texts(".text").join("");
        assert_eq!(page.texts(".text a[href='b.html'] strong"), ["第一 张"], "{text}");
        assert_eq!(page.texts(".text p#x"), ["红"]);
        assert_eq!(page.texts(".text pre"), ["<Card title=\"码\" />\n"]);
        assert_eq!(page.texts(".text p > strong"), ["丙", "程度"]);
        assert!(!text.contains("Icon"), "{text}");
        assert!(text.contains("甲  乙") && text.contains("<Name>"), "{text}");
        assert!(!text.contains("<CardGrid") && !text.contains("</Card>") && !text.contains("={"), "{text}");
        let said = project.run(&["check", "--lang", "en"]).expect(0).stderr();
        assert_eq!(said.matches("is a component of another tool").count(), 1, "{said}");
    }
    // In a book of no such tool an author wrote them to be seen.
    let (_, page) = bare(&[files[1], ("a.md", COMPONENTS)], "site/a.html");
    assert!(page.texts(".text").join("").contains("<CardGrid>"));
}

#[test]
fn a_chapter_may_have_components_and_marks_of_mkdocs() {
    let text = "# 题\n\n<Card title=\"第一 张\" href=\"b.md\" /> 在 10^th^ 之前\n\n++ctrl++ <Icon name=\"x\" /> 键\n";
    let (_, page) = bare(&[("mkdocs.yml", EXTENSIONS), ("b.md", "# 乙\n"), ("a.mdx", text)], "site/a.html");
    let shown = page.texts(".text").join("");
    assert_eq!(page.texts(".text a[href='b.html'] strong"), ["第一 张"], "{shown}");
    assert_eq!(page.texts(".text sup"), ["th"], "{shown}");
    assert!(!shown.contains("Icon") && !shown.contains("<Card") && !shown.contains("++"), "{shown}");
}

#[test]
fn shortcodes_for_looks_go_and_their_words_stay() {
    let text = "# 题\n\n{{< cards >}}\n  {{< card link=\"b.md\" title=\"乙\" icon=\"x\" >}}\n{{< /cards >}}\n\n{{< filetree/container >}}\n  {{< filetree/folder name=\"甲\" >}}\n    {{< filetree/file name=\"a.md\" >}}\n  {{< /filetree/folder >}}\n{{< /filetree/container >}}\n\n{{< badge \"新\" >}} {{< other >}}\n";
    let (_, page) = bare(&[("b.md", "# 乙\n"), ("a.md", text)], "site/a.html");
    assert_eq!(page.texts(".text a[href='b.html']"), ["乙"]);
    assert_eq!(page.texts(".text li li"), ["a.md"]);
    assert_eq!(page.texts(".text p:last-child"), ["新 {{< other >}}"]);
}

#[test]
fn a_shortcode_without_a_space_is_shown_as_it_is_written() {
    let text = "# 题\n\n{{<button href=\"b.md\">}}去{{</button>}} 与 `{{<a>}}`\n\n[乙]({{<relref \"b.md\">}}) {{<i>\n";
    let (_, page) = bare(&[("b.md", "# 乙\n"), ("a.md", text)], "site/a.html");
    assert_eq!(page.texts(".text p")[0], "{{<button href=\"b.md\">}}去{{</button>}} 与 {{<a>}}");
    assert_eq!(page.texts(".text a[href='b.html']"), ["乙"]);
    assert_eq!(page.texts(".text p code"), ["{{<a>}}"]);
}

#[test]
fn code_groups_of_vuepress_are_tabs() {
    let text = "# 题\n\n<CodeGroup>\n  <CodeGroupItem title=\"npm\" active>\n\n```sh\nnpm i\n```\n\n  </CodeGroupItem>\n</CodeGroup>\n\n<code-group>\n<code-group-item title=\"yarn\">\n\n乙\n\n</code-group-item>\n</code-group>\n";
    let (_, page) = bare(&[("a.md", text)], "site/a.html");
    assert_eq!(page.texts(".text .tabs .tab-title"), ["npm", "yarn"]);
    assert_eq!(page.texts(".text .tabs pre"), ["npm i\n"]);
}

/// Notes of three tools, each with a word that is nowhere else.
const NOTES: &str = "# 题

甲 %%obsidianone%% 乙

%%
obsidiantwo
%%

%%obsidianthree%% 丙

{% comment %}liquidnote{% endcomment %}丁

{::comment}kramdownnote{:/comment}戊

`%%codeone%%` 己

1. contentsword
{:toc}
";

/// What of the notes is in any file of a site.
fn shown(settings: &[&str]) -> (Project, Vec<&'static str>) {
    let project = Project::new("");
    settings.iter().for_each(|path| project.write(path, ""));
    project.write("docs/a.md", NOTES);
    project.run(&["build", "--lang", "zh-CN"]).expect(0);
    let site = project.tree("site");
    let words = [
        "contentsword",
        "obsidianone",
        "obsidiantwo",
        "obsidianthree",
        "liquidnote",
        "kramdownnote",
        "codeone",
    ];
    let has = |word: &str| site.values().any(|bytes| String::from_utf8_lossy(bytes).contains(word));
    let found = words.into_iter().filter(|word| has(word)).collect();
    (project, found)
}

#[test]
fn notes_that_a_tool_hides_are_nowhere() {
    for (settings, left) in [
        (&[".obsidian/app.json"][..], &["contentsword", "kramdownnote", "codeone"][..]),
        (&["docs/.obsidian/app.json"], &["contentsword", "kramdownnote", "codeone"]),
        (&["_config.yml"], &["obsidianone", "obsidiantwo", "obsidianthree", "codeone"]),
        (
            &[".eleventy.js"],
            &["contentsword", "obsidianone", "obsidiantwo", "obsidianthree", "kramdownnote", "codeone"],
        ),
        (
            &["eleventy.config.mjs"],
            &["contentsword", "obsidianone", "obsidiantwo", "obsidianthree", "kramdownnote", "codeone"],
        ),
    ] {
        let (project, found) = shown(settings);
        assert_eq!(found, left, "{settings:?}");
        let text = project.page("site/docs/a.html").texts(".text").join("");
        for word in ["甲", "乙", "丙", "丁", "戊", "己"] {
            assert!(text.contains(word), "{word}: {text}");
        }
        assert_eq!(project.page("site/docs/a.html").texts(".text pre").len(), 0);
    }
}

#[test]
fn notes_that_no_tool_hides_are_told() {
    let (project, found) = shown(&[]);
    // But a tag that names itself a comment is one whatever the tool.
    let text = ["contentsword", "obsidianone", "obsidiantwo", "obsidianthree", "kramdownnote", "codeone"];
    assert_eq!(found, text, "they are an author's text");
    let said = project.run(&["check", "--color", "never", "--lang", "en"]).expect(0).stderr();
    assert!(said.contains("warning[foreign-markup]") && said.contains("`%%obsidianone%%`"), "{said}");
    // Signs of percent are no notes.
    let project = Project::new("//- content/a.md\n# A\n\n50%% of 100%% and %%%%.\n");
    let said = project.run(&["check", "--color", "never"]).expect(0).stderr();
    assert!(!said.contains("foreign-markup"), "{said}");
}

#[test]
fn a_page_that_shows_itself_stops_no_vault() {
    let project = Project::new("");
    project.write(".obsidian/app.json", "{}");
    project.write("Self.md", "# Self\n\n![[Self]]\n");
    let said = project.run(&["build", "--color", "never"]).expect(0).stderr();
    assert!(said.contains("warning[embed-cycle]"), "{said}");
    assert_eq!(project.page("site/Self.html").texts(".text a"), ["Self"]);
}

#[test]
fn chapters_of_two_languages_may_have_one_title() {
    let said = |project: &Project| {
        let said = project.run(&["check", "--color", "never"]).expect(0).stderr();
        said.matches("[alias-conflict]").count()
    };
    let two = |one: &str, other: &str| {
        Project::new(&format!("//- {one}\n# Leave\n\na\n//- {other}\n# Leave\n\nb\n"))
    };
    assert_eq!(said(&two("content/a.md", "content/en/a.md")), 0);
    assert_eq!(said(&two("content/a.md", "content/hr/a.md")), 1);
    // A bare book leads by paths.
    assert_eq!(said(&two("a.md", "hr/a.md")), 0);
    assert_eq!(said(&two("a.md", "b.md")), 1);
}
