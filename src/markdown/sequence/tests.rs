//! Numbers in their order, and out of it.

use super::*;
use crate::markdown::{Document, MarkdownOptions};

/// What is told of a text: the line of each number and of the one it is compared with.
fn told(title: &str, text: &str) -> Vec<(usize, usize, char)> {
    let document = Document::new(text, &MarkdownOptions::default());
    let line = |span: &Range<usize>| text[..span.start].matches('\n').count() + 1;
    let letter = |kind| match kind {
        DisorderKind::Twice => 't',
        DisorderKind::Back => 'b',
        DisorderKind::Gap(..) => 'g',
    };
    let found = disorders(&document, title);
    found.iter().map(|one| (line(&one.span), line(&one.other_span), letter(one.kind))).collect()
}

/// A text of clauses with these numbers, one in each line.
fn clauses(numbers: &[&str]) -> String {
    numbers.iter().map(|number| format!("第{number}条 甲。\n")).collect()
}

#[test]
fn numbers_out_of_order_are_told_with_both_lines() {
    for (numbers, expected) in [
        (&["一", "二", "二", "三", "五"][..], &[(3, 2, 't'), (5, 4, 'g')][..]),
        (&["一", "二", "三"], &[]),
        (&["一", "二", "二之一", "二之二", "三"], &[]),
        (&["1", "2", "4"], &[(3, 2, 'g')]),
        (&["一", "二", "四", "三", "五"], &[(4, 3, 'b')]),
        (&["一", "二", "三十", "四", "五", "六"], &[(3, 2, 'g')]),
        (&["一", "二", "一", "四", "五"], &[(3, 1, 't')]),
        (&["一", "二", "二之一", "二之一", "三"], &[(4, 3, 't')]),
        (&["一", "一", "一"], &[(2, 1, 't'), (3, 1, 't')]),
        (&["十一", "十二", "十三"], &[]),
    ] {
        assert_eq!(told("办法", &clauses(numbers)), expected, "{numbers:?}");
    }
}

#[test]
fn extracts_and_amendments_are_left_alone() {
    assert_eq!(told("办法", &clauses(&["三", "七", "十二"])), []);
    assert_eq!(told("办法", &clauses(&["一", "三", "九", "二十"])), []);
    for title in
        ["劳动法（节选）", "办法摘录", "刑法修正案（五）", "关于修改《办法》的决定", "《办法》修订对照表"]
    {
        assert_eq!(told(title, &clauses(&["一", "二", "二", "五"])), [], "{title}");
    }
    let base = clauses(&["一", "二", "三", "四", "五", "六"]);
    for between in ["……\n", "（略）\n", "（第七条至第八条略）\n", "第七条至第八条　删除\n", "……  \n"]
    {
        let text = format!("{}\n{between}\n第九条 乙。\n\n第十条 丙。\n", base.replace('\n', "\n\n"));
        assert_eq!(told("办法", &text), [], "{between}");
    }
    assert_eq!(told("办法", &format!("{base}## 劳动法（节选）\n\n第三条 乙\n\n第三条 丙\n")), []);
}

#[test]
fn appendices_and_books_within_books_count_anew() {
    let base = "第一条 甲。\n\n第二条 乙。\n\n";
    for behind in [
        "## 附件一 保密协议\n\n第一条 丙。\n\n第二条 丁。\n\n第二条 丁。\n",
        "## 附：合同文本\n\n第一条 丙。\n",
        "## Appendix A\n\n第一条 丙。\n",
        "附件一 保密协议\n\n第一条 丙。\n",
        "> 第十条 引用的法律。\n",
        "> 第一条 引用的法律。\n",
        "## 保密协议\n\n第一条 丙。\n\n第二条 丁。\n",
        "## 法律依据\n\n第三十九条 丙。\n",
        "## 第二章 丙\n\n第一条 丁。\n",
        "- 第二条 的清单\n",
        "“第二条 引用。\n\n第二条 还是引用。”\n",
    ] {
        assert_eq!(told("办法", &format!("{base}{behind}")), [], "{behind}");
    }
    assert_eq!(told("办法", &format!("{base}## 第二章 丙\n\n第二条 丁。\n")), [(7, 3, 't')]);
}

#[test]
fn chapters_and_sections_are_counted_too() {
    let text = "## 第一章 甲\n\n乙\n\n### 第一节 丙\n\n丁\n\n### 第三节 戊\n\n己\n\n## 第一章 庚\n\n辛\n\n### 第一节 壬\n\n癸\n";
    assert_eq!(told("办法", text), [(9, 5, 'g'), (13, 1, 't')]);
    let parts = "## 第一编 甲\n\n### 第一章 乙\n\n丙\n\n## 第二编 丁\n\n### 第一章 戊\n\n己\n";
    assert_eq!(told("办法", parts), []);
    assert_eq!(told("办法", &parts.replace("### 第一章 戊", "### 第二章 戊")), []);
}

#[test]
fn a_long_list_of_slips_costs_no_more_than_its_length() {
    let text = clauses(&["二"; 20_000]);
    let document = Document::new(text, &MarkdownOptions::default());
    assert_eq!(disorders(&document, "办法").len(), 19_999);
}
