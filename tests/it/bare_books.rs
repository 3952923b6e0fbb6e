//! Books of other tools, built as they lie: what their tags, calls, braces and comments stand for.

use crate::support::{Page, Project, run_in};

const VUE: (&str, &str) = (".vitepress/config.js", "export default {}");
const DOCUSAURUS: (&str, &str) = ("docusaurus.config.js", "");

/// A book of which one chapter has this text, and what a check says of it.
fn book(settings: (&str, &str), text: &str) -> (Page, String) {
    let project = Project::new("");
    project.write(settings.0, settings.1);
    project.write("a.md", text);
    project.write("b.md", "# B\n");
    project.write("p.png", "");
    project.run(&["build", "--lang", "en"]).expect(0);
    (project.page("site/a.html"), project.run(&["check", "--lang", "en"]).stderr())
}

/// All the text of a chapter, in one line.
fn text(page: &Page) -> String {
    page.texts(".text").join("").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of the same chapter after an import of the book.
fn imported(settings: (&str, &str), text: &str) -> String {
    let project = Project::new("");
    project.write(&format!("book/{}", settings.0), settings.1);
    project.write("book/docs/index.md", text);
    project.run(&["import", "book", "new"]).expect(0);
    run_in(&project.path().join("new"), &["build"]).expect(0);
    project.read("new/content/index.md")
}

#[test]
fn end_tags_of_components_go_behind_letters_too() {
    let written = "# T\n\nText <Term>Hello</Term> b, <Key>Ctrl2</Key>, Press<Key>X</Key>, 见<Term>词</Term>。 Vec<T> and List<Term>.\n";
    for settings in [VUE, DOCUSAURUS] {
        let (page, said) = book(settings, written);
        assert_eq!(
            text(&page),
            "Text Hello b, Ctrl2, PressX, 见词。 Vec<T> and List<Term>.",
            "{}",
            settings.0
        );
        assert_eq!(said.matches("is a component of another tool").count(), 1, "{said}");
    }
    let config = ("docs/.vitepress/config.js", "export default {}");
    let new = imported(config, written);
    assert!(new.contains("Text Hello b, Ctrl2, PressX, 见词。 Vec<T>"), "{new}");
}

#[test]
fn badges_are_their_words_wherever_they_stand() {
    let written = "# T\n\n<Badge>甲</Badge> 后\n\n- <Badge>乙</Badge>\n\n前 <Badge>丙</Badge>\n\n<Badge type=\"tip\" text=\"丁\" />\n";
    let (page, said) = book(VUE, written);
    assert_eq!(text(&page), "甲 后 乙 前 丙 丁");
    assert!(!said.contains("foreign-markup"), "{said}");
}

#[test]
fn what_a_comment_holds_is_shown_to_nobody() {
    let written = "# T\n\n<!--\n<Card title=\"X\" />\n\nHIDDEN\n-->\n\na <!-- <Icon /> HIDDEN --> b\n";
    for settings in [VUE, DOCUSAURUS] {
        let (page, _) = book(settings, written);
        assert_eq!(text(&page), "a b");
    }
}

#[test]
fn a_folder_of_settings_says_whose_book_it_is() {
    for folder in [".vitepress", ".vuepress"] {
        let config = format!("{folder}/config.js");
        for (written, shown) in [("<Term>a</Term>", "a"), (":tada: a", "🎉 a")] {
            let (page, _) = book((&config, "export default {}"), &format!("# T\n\n{written}\n"));
            assert_eq!(text(&page), shown, "{folder}");
        }
    }
}

#[test]
fn addresses_that_code_says_are_addresses() {
    let written = "import logo from './p.png';\n\n# T\n\n<img src={require('./p.png').default} alt=\"q\"/>\n<img src={useBaseUrl('/p.png')} />\n<img src={logo} />\n\n<a href={useBaseUrl('/b')}>b</a>\n";
    let (page, said) = book(DOCUSAURUS, written);
    assert_eq!(page.all(".text img").len(), 3, "{}", text(&page));
    assert_eq!(page.links(".text a"), [("b.html".to_owned(), "b".to_owned())]);
    assert!(!said.contains("broken") && !said.contains("a component of"), "{said}");
    let written =
        "# T\n\n<img :src=\"withBase(`/p.png`)\" alt=\"q\">\n\nx <img v-bind:src=\"$withBase('/p.png')\">\n";
    let (page, _) = book(VUE, written);
    assert_eq!(page.all(".text img").len(), 2, "{}", text(&page));
    // What only running the code would tell is told.
    for (settings, written) in
        [(DOCUSAURUS, "# T\n\nx <img src={frame.url} />\n"), (VUE, "# T\n\nx <img :src=\"frame.url\">\n")]
    {
        let (_, said) = book(settings, written);
        assert_eq!(said.matches("is a component of another tool").count(), 1, "{said}");
    }
}

#[test]
fn a_tab_may_be_one_line() {
    let written = "# T\n\n<Tabs>\n  <TabItem value=\"l\" label=\"Linux\">Top **text**</TabItem>\n  <TabItem value=\"mac\">Other</TabItem>\n</Tabs>\n\nEnd\n";
    let (page, _) = book(DOCUSAURUS, written);
    assert_eq!(page.texts(".text .tabs > .tab > .tab-title"), ["Linux", "mac"]);
    assert_eq!(page.texts(".text .tab > p:not(.tab-title)"), ["Top text", "Other"]);
    assert_eq!(page.texts(".text .tab strong"), ["text"]);
    assert_eq!(page.texts(".text > p"), ["End"]);
}

#[test]
fn custom_elements_are_what_they_hold() {
    let written = "# T\n\nA <terminal-line data=\"i\">git</terminal-line> b <svg-image :svg=\"g\" /> c\n\n<lite-youtube\n  videoid=\"G\"\n></lite-youtube>\n\nrun <your-name> and <file-name>.\n";
    let docsify = ("index.html", "<script>window.$docsify = {}</script>");
    for settings in [VUE, DOCUSAURUS, ("mkdocs.yml", "site_name: T\n"), docsify] {
        let (page, said) = book(settings, written);
        assert_eq!(text(&page), "A git b c run <your-name> and <file-name>.", "{}", settings.0);
        assert_eq!(said.matches("is a component of another tool").count(), 1, "{said}");
    }
    let (page, _) = book(("notes.txt", ""), written);
    assert!(text(&page).contains("<terminal-line"), "{}", text(&page));
    let new = imported(("mkdocs.yml", "site_name: T\n"), written);
    assert!(new.contains("A git b  c"), "{new}");
}

#[test]
fn a_diagram_between_tags_is_one() {
    let written = "# T\n\n<mermaid>\ngraph TD\n  A[Start] --&gt; B[<b>x</b>]\n</mermaid>\n\nEnd\n";
    let (page, _) = book(VUE, written);
    let all = text(&page);
    assert!(all.contains("graph TD A[Start] --> B[<b>x</b>]") && all.ends_with("End"), "{all}");
}

#[test]
fn calls_of_gitbook_show_what_they_name() {
    let written = "# T\n\n{% code title=\"src/a.js\" %}\n```js\nx\n```\n{% endcode %}\n\n{% content-ref url=\"b.md\" %}\n[b.md](b.md)\n{% endcontent-ref %}\n\n{% embed url=\"https://a.test/x_y_z\" %}\n\n{% file src=\"p.png\" %}\nThe file\n{% endfile %}\n\n{% other %}\n\n<i class=\"fa-ellipsis\">:ellipsis:</i> More\n\n`{% embed url=\"c\" %}`\n";
    let (page, said) = book((".gitbook.yaml", ""), written);
    assert_eq!(page.texts(".text figure.listing figcaption"), ["src/a.js"]);
    assert_eq!(page.texts(".text pre"), ["x\n"]);
    let links = page.links(".text a");
    let dests: Vec<&str> = links.iter().map(|(dest, _)| dest.as_str()).collect();
    assert_eq!(dests, ["b.html", "https://a.test/x_y_z", "p.png"]);
    assert_eq!(links[1].1, "https://a.test/x_y_z");
    let all = text(&page);
    assert!(all.contains("p.png The file {% other %} More {% embed"), "{all}");
    assert!(!all.contains("endcode") && !all.contains("endfile"), "{all}");
    assert_eq!(said.matches("note[foreign-markup]").count(), 1, "{said}");
}

#[test]
fn markdown_in_elements_of_mkdocs_needs_no_empty_line() {
    let settings = ("mkdocs.yml", "markdown_extensions:\n  - md_in_html\n  - attr_list\n");
    let written = "# T\n\n<div class=\"g\" markdown>\nSee [B](b.md) **x**\n</div>\nafter\n\n<figure markdown=\"1\">\n  ![S](p.png)\n  <figcaption>C</figcaption>\n</figure>\n\n> <div markdown=\"block\">\n> **q**\n> </div>\n\n<div markdown>*one*</div>\n";
    let (page, _) = book(settings, written);
    assert_eq!(page.links(".text div a"), [("b.html".to_owned(), "B".to_owned())]);
    assert_eq!(page.texts(".text div.g strong, .text div strong, .text div em"), ["x", "q", "one"]);
    assert_eq!(page.all(".text figure img").len(), 1);
    assert_eq!(page.texts(".text > p"), ["after"]);
    let (page, _) = book(("mkdocs.yml", "site_name: T\n"), written);
    assert!(text(&page).contains("**x**"), "{}", text(&page));
}

#[test]
fn docsify_has_boxes_words_for_its_sidebar_and_emoji() {
    let settings = ("index.html", "<script>window.$docsify = {}</script>");
    let written = "# T\n\n!> Take **care**,\nplease.\n\n?> A tip\n!> Another\n\n## H {docsify-ignore}\n\n:smile: end!> no\n";
    let (page, _) = book(settings, written);
    assert_eq!(page.all(".text .alert-warning").len(), 2);
    assert_eq!(page.texts(".text .alert-warning strong"), ["care"]);
    assert_eq!(page.texts(".text .alert-tip p:not(.alert-title)"), ["A tip"]);
    assert_eq!(page.texts(".text h2"), ["H#"]);
    assert_eq!(page.texts(".text > p"), ["😄 end!> no"]);
    let (page, _) = book(("notes.txt", ""), written);
    assert!(text(&page).contains("!> Take"), "{}", text(&page));
}

#[test]
fn braces_and_comments_of_mdx_are_read() {
    let written = "# T\n\n## H {/* #id */}\n\nx {/* c */} y{\" \"}\nz {'w'}\n\n{/*\nHIDDEN\n*/}\n\n<iframe src=\"https://v.test\" title=\"W\" />\n\n<details>\n<summary>More **b**</summary>\nin *it*\n</details>\n\n<div>**Red**</div>\n\n<div>\n    **in**\n</div>\n\n```js {/* c */}\na {/* c */}\n```\n";
    let (page, _) = book(DOCUSAURUS, written);
    assert_eq!(page.all(".text h2#id").len(), 1);
    assert_eq!(page.texts(".text summary strong, .text div strong"), ["b", "Red", "in"]);
    assert_eq!(page.texts(".text details em"), ["it"]);
    assert_eq!(page.links(".text a[href='https://v.test']").len(), 1);
    let all = text(&page);
    assert!(all.contains("x y z w"), "{all}");
    assert!(!all.contains("HIDDEN") && !all.contains("iframe") && !all.contains("**"), "{all}");
    assert_eq!(page.texts(".text pre"), ["a {/* c */}\n"]);
}

#[test]
fn comments_in_code_mark_lines_and_are_not_shown() {
    let docusaurus = "# T\n\n```js\n// highlight-next-line\na\nb\n// highlight-start\nc\nd\n// highlight-end\ne\n```\n\n<Tabs>\n  <TabItem value=\"x\">\n\n    ```sh\n    # highlight-next-line\n    f\n    ```\n\n  </TabItem>\n</Tabs>\n";
    let (page, _) = book(DOCUSAURUS, docusaurus);
    assert_eq!(page.texts(".text pre"), ["a\nb\nc\nd\ne\n", "f\n"]);
    assert_eq!(page.texts(".text pre mark.line"), ["a", "c", "d", "f"]);
    let vue = "# T\n\n```js\na // [!code --]\nb // [!code ++]\nc /* [!code highlight:2] */\nd\n# [!code focus]\ne\n`[!code ++]`\n```\n";
    let (page, _) = book(VUE, vue);
    assert_eq!(page.texts(".text pre"), ["a\nb\nc\nd\ne\n`[!code ++]`\n"]);
    assert_eq!(page.texts(".text pre del.line"), ["a"]);
    assert_eq!(page.texts(".text pre ins.line"), ["b"]);
    assert_eq!(page.texts(".text pre mark.line"), ["c", "d", "e"]);
    let new = imported(("docs/.vitepress/config.js", "export default {}"), vue);
    assert!(new.contains("```js ins={2} del={1}") || new.contains("{3,4,5} ins={2} del={1}"), "{new}");
    let (page, _) = book(("notes.txt", ""), vue);
    assert!(page.texts(".text pre")[0].contains("[!code --]"));
}

#[test]
fn what_brings_in_another_file_is_told() {
    for written in
        ["<!--@include: ./p.md-->", "<!-- @include: ./p.md -->", "<<< @/p.js", "@[code yaml](./x.yaml)"]
    {
        let (_, said) = book(VUE, &format!("# T\n\n{written}\n"));
        assert_eq!(said.matches("note[foreign-markup]").count(), 1, "{written}: {said}");
        assert!(said.contains("a.md:3:1"), "{written}: {said}");
    }
    let (_, said) = book(VUE, "# T\n\n<!-- a comment -->\n\na <<< b\n\nme@[code](b.md) `<<< ./x`\n");
    assert_eq!(said.matches("note[foreign-markup]").count(), 0, "{said}");
}

#[test]
fn classes_of_kramdown_make_boxes_of_what_stands_below() {
    let written = "# T\n\n{: .warning }\n> Careful.\n\n{: .note-title }\nFirst *line*.\nSecond.\n\nOutside.\n\n{: .table }\n| a |\n|---|\n| b |\n\n{: .warning }\n\nAlone.\n";
    let (page, _) = book(("_config.yml", "title: J\n"), written);
    assert_eq!(
        page.texts(".text > .alert-warning blockquote, .text > blockquote blockquote").join("").trim(),
        "Careful."
    );
    assert!(page.texts(".text > p").iter().any(|text| text == "Outside."));
    assert!(!text(&page).contains("{:"), "{}", text(&page));
}

#[test]
fn notes_of_obsidian_are_called_after_their_files_where_headings_cannot_tell() {
    let project = Project::new("");
    project.write(".obsidian/app.json", "{}");
    project.write("Leave policy.md", "# Purpose\n\na\n\n# Scope\n\nb\n");
    project.write("one.md", "# The one\n\na\n");
    project.run(&["build"]).expect(0);
    assert_eq!(project.page("site/Leave policy.html").texts("h1")[0], "Leave policy");
    assert_eq!(project.page("site/one.html").texts("h1"), ["The one"]);
}

#[test]
fn an_item_that_begins_with_an_empty_line_holds_what_is_indented_below() {
    let written = "# T\n\n-   \n\n    ## Who we are\n\n    - [What](b.md)\n\nAfter.\n";
    let (page, _) = book(("mkdocs.yml", "site_name: X\n"), written);
    assert_eq!(page.texts(".text > ul > li > h2").join("").trim_end_matches('#'), "Who we are");
    assert_eq!(page.links(".text > ul > li > ul a"), [("b.html".to_owned(), "What".to_owned())]);
    assert_eq!(page.all(".text pre").len(), 0);
}

#[test]
fn cells_and_items_of_mdx_hold_markdown() {
    let written = "# T\n\n<table>\n  <tr>\n    <td>**Zap** and [b](b.md)</td>\n    <td>plain</td>\n  </tr>\n</table>\n\n<ul>\n  <li>*x*</li>\n</ul>\n";
    let (page, _) = book(DOCUSAURUS, written);
    assert_eq!(page.texts("td strong"), ["Zap"]);
    assert_eq!(page.links("td a"), [("b.html".to_owned(), "b".to_owned())]);
    assert_eq!(page.texts("li em"), ["x"]);
}

#[test]
fn what_the_tool_of_a_book_leaves_out_is_told() {
    let project = Project::new("");
    project.write("mkdocs.yml", "site_name: X\nexclude_docs: |\n  internal/\n");
    project.write("docs/internal/a.md", "# A\n");
    project.write("docs/b.md", "# B\n");
    let said = project.run(&["build", "--lang", "en"]).expect(0).stderr();
    assert!(said.contains("`exclude_docs` in mkdocs.yml keeps `docs/internal/a.md`"), "{said}");
    std::fs::remove_dir_all(project.path().join("docs/internal")).expect("a folder");
    assert!(!project.run(&["build", "--lang", "en"]).expect(0).stderr().contains("exclude_docs"));
}
