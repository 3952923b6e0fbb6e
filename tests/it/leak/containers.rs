//! Boxes, tabs and marked text bring nothing along of what is withheld: not in their titles,
//! their content, nor in what is written for another tool and not shown.

use super::{AUDIENCES, files_with};
use crate::support::Project;

/// Signs of the withheld chapter.
const SIGNS: [&str; 3] = ["zqxfile", "zqxtip", "zqxtitle"];

#[test]
fn boxes_bring_nothing_withheld_along() {
    let project = Project::new("//- content/index.md\n# 首页\n");
    project.write("handbook.yaml", format!("title: 手册\nlanguage: zh-CN\n{AUDIENCES}"));
    project.write("content/pub.md", "# 公开\n\n甲。\n");
    project.write("content/zqxfile.md", "---\naudience: board\ntitle: zqxtitle\n---\n\n乙。\n");
    let link = "[那里](zqxfile.md \"zqxtip\") 与 [[zqxtitle]]";
    let ways = [
        format!("::: tip 见{link}\n{link}\n:::"),
        format!(":::tip[{link}]{{id=zqxtip}}\n正文\n:::"),
        "::: tip{data-x=\"zqxfile.md\" title=\"见[那里](zqxfile.md)\"}\n正文\n:::".to_owned(),
        format!("::: details {link}\n{link}\n:::"),
        format!("!!! note zqxtip \"见{link}\"\n    {link}"),
        format!("??? note\n    - {link}"),
        format!("=== \"{link}\"\n    {link}\n=== \"二\"\n    {link}"),
        format!(
            "<Tabs groupId=\"zqxtip\">\n  <TabItem value=\"zqxtitle\" label=\"甲\">\n    {link}\n  </TabItem>\n</Tabs>"
        ),
        "::: code-group\n\n```sh [甲] zqxfile.md\nx\n```\n\n:::".to_owned(),
        format!("=={link}=="),
        format!("{link}\n{{: title=\"zqxtip\" data-x=\"zqxfile.md\" }}"),
        format!("::: {{.callout-note #zqxtip title=\"{}\"}}\n{link}\n:::", "甲"),
    ];
    for (at, way) in ways.iter().enumerate() {
        project.write(&format!("content/b{at}.md"), format!("# 盒{at}\n\n见[公开](pub.md)。\n\n{way}\n"));
    }
    project.run(&["build", "--audience", "everyone", "-o", "public"]).expect(0);
    let found = files_with(&project.path().join("public"), &SIGNS);
    assert!(found.is_empty(), "{found:#?}");
    let page = project.page("public/b0.html");
    assert_eq!(page.all(".alert .alert-title .withheld").len(), 2);
    // Those who may see it have the links.
    project.run(&["build", "--audience", "board", "-o", "board"]).expect(0);
    assert_eq!(project.page("board/b0.html").links(".alert-title a").len(), 2);
}

/// What only the tool of a book reads shows no more: neither the meaning of a word, the title of
/// a component and where it leads, nor what an edit took out.
#[test]
fn what_another_tool_reads_brings_nothing_withheld_along() {
    let project = Project::new("//- index.md\n# 首页\n");
    project.write("handbook.yaml", format!("title: 手册\nlanguage: zh-CN\n{AUDIENCES}"));
    project.write(
        "mkdocs.yml",
        "markdown_extensions: \n  - abbr\n  - pymdownx.critic\n  - pymdownx.caret\n  - pymdownx.blocks.tab\n",
    );
    project.write("package.json", "{\"dependencies\": {\"vitepress\": \"1\"}}");
    project.write("pub.md", "# 公开\n\n甲。\n");
    project.write("zqxfile.md", "---\naudience: board\ntitle: zqxtitle\n---\n\n乙。\n");
    let link = "[那里](zqxfile.md \"zqxtip\") 与 [[zqxtitle]]";
    let ways = [
        "HR\n\n*[HR]: zqxfile.md\n".to_owned(),
        format!("^^{link}^^ {{++{link}++}} {{>>{link}<<}}"),
        format!("/// details | 见{link}\n    type: note\n\n{link}\n///"),
        format!("/// tab | {link}\n{link}\n///"),
        "<LinkCard title=\"甲\" href=\"zqxfile.md\" description=\"zqxtip\" />".to_owned(),
        format!("<Card icon=\"zqxfile.md\">\n\n{link}\n\n</Card>"),
        "{{< card link=\"zqxfile.md\" title=\"甲\" subtitle=\"zqxtip\" >}}".to_owned(),
        "<p title={'zqxfile.md'} data-x={zqxtip}>甲</p>".to_owned(),
    ];
    for (at, way) in ways.iter().enumerate() {
        project.write(&format!("b{at}.md"), format!("# 盒{at}\n\n见[公开](pub.md)。\n\n{way}\n"));
    }
    project.run(&["build", "--audience", "everyone", "-o", "public"]).expect(0);
    let found = files_with(&project.path().join("public"), &SIGNS);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(project.page("public/b4.html").all(".text .withheld").len(), 1);
    project.run(&["build", "--audience", "board", "-o", "board"]).expect(0);
    assert_eq!(project.page("board/b4.html").texts(".text a[href='zqxfile.html']"), ["甲"]);
}
