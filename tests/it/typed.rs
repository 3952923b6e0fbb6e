//! What Chinese authors type and paste: kinds of boxes in more words, full-width colons of footnotes,
//! rows of a spreadsheet, the language in words.

use crate::support::Project;

#[test]
fn what_chinese_authors_type_is_what_they_mean() {
    let project = Project::new("//- handbook.yaml\ntitle: 手册\nlanguage: 中文\n");
    project.write(
        "content/a.md",
        "# 甲\n\n> [!重要须知] 标题\n> 内容\n\n文[^1]。\n\n姓名\t部门\t职级\n张三\t人|事\tP5\n李四\t\tP6\n\n[^1]：注释。\n\n第九条\t甲乙。\n第十条\t丙丁。\n",
    );
    project.run(&["build"]).expect(0);
    let page = project.page("site/a.html");
    assert_eq!(page.texts(".text .alert-important > .alert-title"), ["标题"]);
    assert_eq!(page.texts(".text .footnotes li").len(), 1);
    assert!(page.texts(".text .footnotes").join("").contains("注释。"));
    assert_eq!(page.texts(".text .clause-number"), ["第九条", "第十条"]);
    assert_eq!(page.all("html")[0].attr("lang"), Some("zh-CN"));
    // A line with another sign of tables is none of a spreadsheet.
    assert!(page.all(".text table").is_empty());
    project.write("content/a.md", "# 甲\n\n姓名\t部门\t职级\n张三\t**人事**\tP5\n李四\t\tP6\n");
    project.run(&["build"]).expect(0);
    let page = project.page("site/a.html");
    assert_eq!(page.texts(".text th"), ["姓名", "部门", "职级"]);
    assert_eq!(page.texts(".text td"), ["张三", "人事", "P5", "李四", "", "P6"]);
    assert_eq!(page.texts(".text td strong"), ["人事"]);
}
