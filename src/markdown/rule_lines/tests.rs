//! Lines of rules, and lines that only look like them.

use super::*;

fn read(text: &str) -> Vec<(&str, LineKind)> {
    let found = RuleLines::new(text, 0);
    let line = |start: usize| text[start..].lines().next().unwrap_or("");
    found.lines.iter().map(|(start, kind)| (line(*start), *kind)).collect()
}

#[test]
fn bare_lines_are_headings_and_clauses() {
    use LineKind::*;
    let text = "# 办法\n第一章　总则\n第一条　甲。\n第一节 乙\n第二条　丙。\n第二章 丁\n第三条　戊。\n附件一 表\n第一条 己。\n";
    assert_eq!(
        read(text),
        [
            ("第一章　总则", Heading(2)),
            ("第一条　甲。", Clause),
            ("第一节 乙", Heading(3)),
            ("第二条　丙。", Clause),
            ("第二章 丁", Heading(2)),
            ("第三条　戊。", Clause),
            ("附件一 表", Heading(2)),
            ("第一条 己。", Clause),
        ]
    );
    assert!(RuleLines::new(text, 0).is_pasted());
    assert!(!RuleLines::new("# 办法\n\n第一章 总则\n\n第一条 甲。\n\n第二条 乙，\n丙。\n", 0).is_pasted());
}

#[test]
fn an_appendix_without_a_number_is_one_where_clauses_begin_anew() {
    let kinds = |line: &str, below: &str| {
        read(&format!("# 办法\n\n第一条 甲。\n\n第二条 乙。\n\n{line}\n\n{below}"))
            .into_iter()
            .map(|(_, kind)| kind)
            .collect::<Vec<_>>()
    };
    let (clause, heading) = (LineKind::Clause, LineKind::Heading(2));
    let anew = [clause, clause, heading, clause];
    for line in ["附件：劳动合同", "附：《保密协议》", "**附录：工资表填写说明**"] {
        assert_eq!(kinds(line, "第一条 丙。\n"), anew, "{line}");
    }
    assert_eq!(
        kinds("附件：劳动合同", "第一章 总则\n\n第一条 丙。\n"),
        [clause, clause, heading, LineKind::Heading(3), clause]
    );
    let on = [clause, clause, clause];
    assert_eq!(kinds("附件：劳动合同", "第三条 丙。\n"), on);
    assert_eq!(kinds("附件：劳动合同和保密协议，各一份。", "第三条 丙。\n"), on);
    assert_eq!(kinds("附件：劳动合同", "签字：\n"), [clause, clause]);
}

#[test]
fn levels_follow_those_around() {
    let levels = |text: &'static str| -> Vec<u8> {
        let kinds = read(text).into_iter();
        kinds
            .filter_map(|(_, kind)| if let LineKind::Heading(level) = kind { Some(level) } else { None })
            .collect()
    };
    assert_eq!(levels("第一编 甲\n第一章 乙\n第一节 丙\n第一条 丁\n第二章 戊\n第二条 己"), [2, 3, 4, 3]);
    assert_eq!(levels("# 甲\n## 乙\n第一章 丙\n第一条 丁\n第二章 戊\n第二条 己"), [3, 3]);
    assert_eq!(levels("## 第一章 甲\n第一节 乙\n第一条 丙\n第二章 戊\n第二条 己"), [2, 3, 2]);
}

#[test]
fn a_table_of_contents_has_no_headings() {
    for contents in [
        "第一章 总则\n第二章 报销\n第三章 附则\n",
        "第一章 总则\n第一节 甲\n第二节 乙\n第二章 报销\n",
        "目　录\n第一章 总则\n第二章 报销\n\n",
        "目录\n\n第一章 总则……1\n\n第二章 报销……3\n\n",
        "第一章 总则\t1\n第二章 报销\t3\n",
    ] {
        let text = format!("{contents}第一章 总则\n第一条 甲\n第二章 报销\n第二条 乙\n");
        let headings: Vec<_> =
            read(&text).into_iter().filter(|(_, kind)| matches!(kind, LineKind::Heading(_))).collect();
        assert_eq!(
            headings,
            [("第一章 总则", LineKind::Heading(2)), ("第二章 报销", LineKind::Heading(2))],
            "{text}"
        );
    }
}

#[test]
fn the_numbers_around_tell_a_clause_from_a_sentence() {
    let clauses = |text: &'static str| read(text).len();
    assert_eq!(clauses("第一条供应商应当合格。\n\n第二条采购部评审。\n"), 2);
    assert_eq!(clauses("第一条 甲\n\n第二条采购部评审。\n"), 2);
    for none in [
        "第三条生产线已经投产。\n",
        "第二条街上有店。\n",
        "第一条建议是多问。\n\n第二条建议是少说。\n",
        "第一章讲的是总则，第二章讲的是报销。\n",
        "第一天，我们去了。\n\n第二天，回来。\n",
        "首先，甲。\n\n其次，乙。\n",
        "> 第一条 甲\n",
        "- 第一条 甲\n",
        "```\n第一条 甲\n```\n",
        "依照第三条 办理。\n",
        "附件一所列的表。\n",
        "附件：1. 报销单\n",
    ] {
        assert_eq!(read(none), [], "{none}");
    }
}
