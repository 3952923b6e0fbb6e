//! A diagram that links to what is withheld tells nothing of it: not its address, not
//! what the tooltip says, neither as a drawing nor as text.

use super::{AUDIENCES, files_with};
use crate::support::Project;

/// Signs of the withheld chapter.
const SIGNS: [&str; 3] = ["zqxfile", "zqxtip", "zqxtitle"];

#[test]
fn a_diagram_brings_nothing_withheld_along() {
    let project = Project::new("//- content/index.md\n# 首页\n");
    project.write("handbook.yaml", format!("title: 手册\nlanguage: zh-CN\n{AUDIENCES}"));
    project.write("content/pub.md", "# 公开\n\n甲。\n");
    project.write("content/zqxfile.md", "---\naudience: board\ntitle: zqxtitle\n---\n\n乙。\n");
    let ways = [
        "click A \"zqxfile.md\" \"zqxtip\"",
        "click A href \"zqxfile.md#x\" \"zqxtip\" _blank",
        "click A href \"./ZQXFILE.md\" \"zqxtip\"",
        "click A \"zqxfile.html\" \"zqxtip\"",
        "C[\"<a href='zqxfile.md'>那里</a>\"]",
        "%% zqxfile.md",
    ];
    for (at, way) in ways.iter().enumerate() {
        let kinds = format!(
            "# 图{at}\n\n```mermaid\nflowchart TD\n  A[文字甲] --> B\n  {way}\n  click B \"pub.md\" \"公开提示\"\n```\n\n```mermaid\nflowchart TD\n  A[[[ --> B\n  {way}\n```\n"
        );
        project.write(&format!("content/d{at}.md"), kinds);
    }
    project.write(
        "content/classes.md",
        "# 类\n\n```mermaid\nclassDiagram\nclass 员工\nlink 员工 \"zqxfile.md\" \"zqxtip\"\n```\n\n```mermaid\ngantt\ndateFormat YYYY-MM-DD\nsection 甲\n乙 :a1, 2026-01-01, 3d\nclick a1 href \"zqxfile.md\"\n```\n",
    );
    project.run(&["build", "--audience", "everyone", "-o", "public"]).expect(0);
    let found = files_with(&project.path().join("public"), &SIGNS);
    assert!(found.is_empty(), "{found:#?}");
    let page = project.page("public/d0.html");
    assert_eq!(page.links("svg a"), [("pub.html".to_owned(), "公开提示B".to_owned())]);
    assert_eq!(page.all("svg.drawing").len(), 1);
    // Those who may see it have the link.
    project.run(&["build", "--audience", "board", "-o", "board"]).expect(0);
    assert_eq!(project.page("board/d0.html").links("svg a").len(), 2);
}
