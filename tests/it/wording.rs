//! What authors are told in the handbook's own language, at the line that is wrong.

use crate::support::{PROGRAM, Project};
use std::process::Command;

/// What `check` says of a project, in the handbook's language, and its exit status.
fn told(fixture: &str) -> (String, Option<i32>) {
    let project = Project::new(fixture);
    let mut command = Command::new(PROGRAM[0]);
    command.args(["check", "--color", "never"]).current_dir(project.path());
    command.env("SOURCE_DATE_EPOCH", "1790000000").env("HANDBOOK_CACHE", "");
    let run = command.output().expect("handbook runs");
    (String::from_utf8(run.stderr).expect("UTF-8"), run.status.code())
}

const CHINESE: &str = "//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\n";

#[track_caller]
fn assert_told(fixture: &str, wanted: &[&str], status: i32) -> String {
    let (said, code) = told(&format!("{CHINESE}{fixture}"));
    for part in wanted {
        assert!(said.contains(part), "{part} is not in:\n{said}");
    }
    assert_eq!(code, Some(status), "{said}");
    let code = |c: char| !c.is_ascii_alphabetic();
    let english = ["the", "is", "are", "not", "of", "did", "you", "write", "must"];
    let word = said.split(code).find(|word| english.contains(word));
    assert_eq!(word, None, "{said}");
    said
}

#[test]
fn names_that_are_written_as_one_are_told_how_to_be_parted() {
    let organization = "//- organization.yaml\ndepartments:\n  - {id: buy, name: 采购部}\n  - {id: fin, name: 财务部}\nroles:\n  - {id: m, name: 会计}\n";
    for (line, wanted) in [
        ("departments: [采购部、财务部]", "多个名称请用英文逗号分开，例如 [采购部, 财务部]"),
        ("departments: [采购部，财务部]", "例如 [采购部, 财务部]"),
        ("departments: 采购部;财务部", "例如 [采购部, 财务部]"),
        ("roles: 会计、出纳", "例如 [会计, 出纳]"),
    ] {
        let fixture = format!("{organization}//- content/a.md\n---\ntitle: 甲\n{line}\n---\n正文。\n");
        assert_told(&fixture, &[wanted, "content/a.md:3"], 1);
    }
    // A person may be called anything; a list of departments is none.
    let of = |owner: &str| {
        format!("{organization}//- content/a.md\n---\ntitle: 甲\nowner: {owner}\n---\n正文。\n")
    };
    assert_told(&of("采购部、财务部"), &["警告", "例如 [采购部, 财务部]"], 0);
    assert!(!assert_told(&of("张三、李四"), &[], 0).contains("例如"));
    let audiences = "//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\naudiences: {staff: 员工, board: 董事会}\n//- content/a.md\n---\naudience: 员工、董事会\n---\n正文。\n";
    assert_told(audiences, &["没有名为「员工、董事会」的知悉范围", "例如 [员工, 董事会]"], 1);
}

#[test]
fn topics_and_documents_that_are_written_as_one_are_told_how_to_be_parted() {
    let others = "//- content/b.md\n---\ntitle: 采购办法\nid: P-1\n---\n正文。\n//- content/c.md\n---\ntitle: 合同办法\n---\n正文。\n";
    let with = |line: &str| format!("{others}//- content/a.md\n---\ntitle: 甲\n{line}\n---\n正文。\n");
    for (line, wanted) in [
        ("topics: [采购、合同]", "警告[joined-values]：「采购、合同」写了 2 个主题"),
        ("topics: [采购，合同；付款]", "例如 [采购, 合同, 付款]"),
        ("topics: 采购, 合同", "例如 [采购, 合同]"),
        ("related: [采购办法、合同办法]", "例如 [采购办法, 合同办法]"),
        ("supersedes: [P-1，合同办法]", "例如 [P-1, 合同办法]"),
    ] {
        assert_told(&with(line), &[wanted, "content/a.md:3"], 0);
    }
    for line in ["topics: [采购, 合同]", "topics: [\"采购, 合同\"]", "related: [安全、环保办法]"]
    {
        assert!(!assert_told(&with(line), &[], 0).contains("例如"), "{line}");
    }
}

#[test]
fn an_organization_that_cannot_be_read_is_told_once() {
    for (organization, line) in [
        ("departments:\n  - name：财务部\n", "organization.yaml:2"),
        ("departments:\n  - id: fin\n    name：财务部\nroles: []\n", "organization.yaml:3"),
        ("departments：\n  - {id: fin, name: 财务部}\n", "organization.yaml:1"),
        ("departments:\n  - {summary: 无名, parent: 集团}\n", "organization.yaml:2"),
        ("departments: 财务部\nroles:\n  - {id: m, name: 经理, department: 运营部}\n", "organization.yaml:1"),
    ] {
        let said = assert_told(
            &format!(
                "//- organization.yaml\n{organization}//- content/a.md\n---\ntitle: 甲\ndepartments: [财务部]\n---\n正文。\n//- content/b.md\n---\ntitle: 乙\nroles: [会计]\nowner: 财务郡\n---\n正文。\n"
            ),
            &[line],
            1,
        );
        assert!(!said.contains("unknown-"), "{organization}: {said}");
        assert_eq!(said.matches("错误[").count(), 1, "{said}");
    }
    // What can be read is held against it as before.
    assert_told(
        "//- organization.yaml\ndepartments:\n  - {id: fin, name: 财务部}\n//- content/a.md\n---\nroles: [会计]\n---\n正文。\n",
        &["unknown-role", "没有名为「会计」的岗位"],
        1,
    );
}

#[test]
fn the_line_with_the_full_width_colon_is_named() {
    let said = assert_told(
        "//- content/a.md\n---\ntitle：差旅报销制度\nid: FIN-001\n---\n\n正文。\n",
        &["content/a.md:2:6", "全角冒号", "请改用英文冒号"],
        1,
    );
    assert!(!said.contains("a.md:3"), "{said}");
}

#[test]
fn a_title_cut_by_a_number_sign_is_told() {
    let said = assert_told(
        "//- content/a.md\n---\ntitle: 规则 #1 适用于全体\n# 注释\nid: A-1 # 编号\n---\n正文。\n",
        &["提示[comment-in-value]", "content/a.md:2:8", "\"规则 #1 适用于全体\""],
        0,
    );
    assert_eq!(said.matches("comment-in-value").count(), 1, "{said}");
    let quoted = "//- content/a.md\n---\ntitle: \"规则 #1\"\n---\n正文。\n";
    assert!(!assert_told(quoted, &[], 0).contains("comment-in-value"));
}

#[test]
fn chinese_values_and_keys_are_proposed_to_who_writes_chinese() {
    assert_told(
        "//- content/a.md\n---\n标题: 甲\nstatus: 有效\nkind: 制渡\ntoc: 有时\n---\n正文。\n",
        &[
            "请写作 title",
            "请写以下之一：「现行」、「已批准」、「征求意见」、「草案」、「被取代」、「废止」",
            "是不是「制度」？",
            "键 toc 的值应当是 true 或 false",
        ],
        1,
    );
    let (said, code) = told(
        "//- handbook.yaml\ntitle: A\nlanguage: en\n//- content/a.md\n---\nstatus: current\n标题: B\n---\nText.\n",
    );
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("write one of `in_force`, `approved`"), "{said}");
    assert!(said.contains("write `title`"), "{said}");
    let accepted = "//- content/a.md\n---\nstatus: 现行\nkind: 制度\n---\n正文。\n";
    assert_told(accepted, &[], 0);
}

#[test]
fn settings_are_spoken_of_in_chinese_too() {
    assert_told(
        "//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\nbase_url: 内网\ntheme: a/b\nmarkdown: {raw_html: maybe}\nchecks: {broken-lnk: 警告, site-shrinks: off, overdue: 大概}\nexternal_references: [{note: x}]\npublish: {endpoint: x, audience: 董事会, target: \"s3://a:b@c/d\"}\naudiences: {a: {includes: [b]}, b: {includes: [a]}, /: x, c: 员工, d: 员工}\n//- organization.yaml\ndepartments:\n  - {id: a, name: 甲, parent: b}\n  - {id: b, name: 乙, parent: a, head: 无人}\n  - {id: c, name: 甲}\nroles:\n//- content/a.md\n---\nid: a/b\neffective: 2025年2月30日\nretired: soon\nrequired_reading: {within: x}\nterms: [{aliases: [x]}, {term: 甲}]\nx-a: &a b\norder: 第一\nsummary: [甲]\nraci: 无\nrevisions: {date: 1}\n---\n<script>x</script>\n\n# 标题 {#Hb-x}\n",
        &[
            "「内网」不是网站地址",
            "键 theme 的值应当是",
            "没有名为「broken-lnk」的检查项",
            "是不是「broken-link」？",
            "检查项「site-shrinks」始终是错误",
            "请写以下之一：「错误」、「警告」、「提示」、「关闭」",
            "外部文件要有 title",
            "里有用户名或密码",
            "「员工」已被另一个知悉范围使用",
            "知悉范围「a」经由其他知悉范围包含了它自己",
            "又回到了它自己",
            "「甲」已被另一项使用",
            "没有名为「无人」的岗位",
            "「a/b」不能用作编号",
            "2025-02 只有 28 天",
            "请写成 年-月-日",
            "没有写明哪些岗位必读",
            "「x」不是期限",
            "没有写 term",
            "「甲」没有释义",
            "「甲」太短",
            "应当是整数",
            "应当是一行文字",
            "一行写一个「键: 值」",
            "每一项以「- 」开头",
            "HTML 已被去掉",
            "以 Hb- 开头",
        ],
        1,
    );
}
