//! Links that people write by a slip: the finding says what to write.

use crate::support::Project;

#[test]
fn a_link_that_can_be_no_file_is_told_with_what_to_write() {
    let project = Project::new("//- content/hr/考勤.md\n# 考勤管理制度\n\n第一条 甲。\n");
    let written = [
        ("[a](hr\\考勤.md)", "hr/考勤.md"),
        ("[a](www.gov.cn)", "https://www.gov.cn"),
        ("[a](https：//example.com/x)", "https://example.com/x"),
        ("[a](hr@example.com)", "mailto:hr@example.com"),
        ("[a](考勤管理制度)", "hr/考勤.md"),
    ];
    for (link, right) in written {
        project.write("content/a.md", format!("# 甲\n\n{link}\n"));
        let said = project.run(&["check", "--lang", "zh"]).stderr();
        assert!(said.contains(right), "{link}: {said}");
        project.run(&["check", "--fix"]);
        assert_eq!(project.read("content/a.md"), format!("# 甲\n\n[a]({right})\n"), "{link}");
    }
    for (link, words) in [
        ("[a](\\\\server\\share\\a.xlsx)", "共享文件夹"),
        ("[单]()", "没有写地址"),
        ("[](hr/考勤.md)", "没有文字"),
        ("[a](没有.md)", "请新建这个文件"),
    ] {
        project.write("content/a.md", format!("# 甲\n\n{link}\n"));
        let said = project.run(&["check", "--lang", "zh"]).stderr();
        assert!(said.contains(words), "{link}: {said}");
    }
    project.write("content/a.md", "# 甲\n\n[]() <a id=\"x\"></a> [b](#甲)\n");
    assert!(!project.run(&["check", "--lang", "zh"]).stderr().contains("broken-link"));
}

#[test]
fn settings_with_chinese_keys_are_told_the_keys() {
    let project =
        Project::new("//- content/a.md\n---\nrevisions: 2024年1月首次发布\neffective: 24-3-1\n---\n# 甲\n");
    project.write("handbook.yaml", "标题: 手册\n知悉范围: {a: 甲}\n");
    project.write("organization.yaml", "departments:\n  - 编号: hr\n    名称: 人事部\n    上级: x\n");
    let said = project.run(&["check", "--lang", "zh"]).stderr();
    for right in ["title", "audiences", "parent", "- {version: \"1.0\", date: 2024-01-15", "例如 2025-01-31"]
    {
        assert!(said.contains(right), "{right}: {said}");
    }
    assert!(!said.contains("0024"), "{said}");
}
