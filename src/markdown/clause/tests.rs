//! Labels as people write them.

use super::*;

#[track_caller]
fn read(text: &str) -> Option<(Unit, u32, u32, &str)> {
    parse(text).map(|found| (found.number.unit, found.number.number, found.number.sub, &text[found.rest..]))
}

#[test]
fn labels_are_read() {
    assert_eq!(read("第十五条 为了"), Some((Unit::Article, 15, 0, "为了")));
    assert_eq!(read("第一百二十条之一　非法"), Some((Unit::Article, 120, 1, "非法")));
    assert_eq!(read("**第三条**员工"), Some((Unit::Article, 3, 0, "员工")));
    assert_eq!(read("第3条（适用范围）本"), Some((Unit::Article, 3, 0, "（适用范围）本")));
    assert_eq!(read("第二章 总则"), Some((Unit::Chapter, 2, 0, "总则")));
}

#[test]
fn one_clause_is_written_in_many_ways() {
    for text in [
        "第七条 甲",
        "第七条　甲",
        "第七条\u{a0}甲",
        "第七条\t甲",
        "第七条  甲",
        "第七条、甲",
        "第七条：甲",
        "第七条: 甲",
        "第七条．甲",
        "第七条. 甲",
        "第七条，甲",
        "第七条甲",
        "第 七 条 甲",
        "第　七　条　甲",
        "第 7 条 甲",
        "第7条 甲",
        "第７条 甲",
        "第7条甲",
        "第柒条 甲",
        "第七條 甲",
        "第七條甲",
        "　　第七条　甲",
        "\u{a0}\u{a0}第七条 甲",
        "\t第七条 甲",
        "\u{feff}第七条 甲",
        "【第七条】甲",
        "【第七条】 甲",
        "[第七条] 甲",
        "〔第七条〕甲",
        "**第七条** 甲",
        "**第七条**甲",
        "__第七条__ 甲",
        "**第七条：**甲",
        "**第七条**：甲",
        "**【第七条】**甲",
        "　　**第七条**　甲",
    ] {
        assert_eq!(read(text), Some((Unit::Article, 7, 0, "甲")), "{text}");
    }
    assert_eq!(read("第七条（目的）甲").map(|found| found.3), Some("（目的）甲"));
    assert_eq!(read("第七条"), Some((Unit::Article, 7, 0, "")));
    assert_eq!(read("第七条 第一款。"), Some((Unit::Article, 7, 0, "第一款。")));
    assert_eq!(read("第七条——甲").map(|found| found.1), Some(7));
}

#[test]
fn inserted_clauses_have_a_second_number() {
    for text in [
        "第七条之一 甲",
        "第七条之1 甲",
        "第七条-1 甲",
        "第7条-1 甲",
        "第7-1条 甲",
        "第 7-1 條 甲",
        "第七之一条 甲",
        "第七條之一 甲",
    ] {
        assert_eq!(read(text), Some((Unit::Article, 7, 1, "甲")), "{text}");
    }
    assert_eq!(number("第3条-5条").map(|found| found.0.sub), Some(0), "a range");
}

#[test]
fn a_label_set_apart_is_certain() {
    let certain = |text| parse(text).map(|found| found.certain);
    for text in
        ["第七条 甲", "第七条：甲", "第七条、甲", "【第七条】甲", "**第七条**甲", "第七条（甲）", "第七条"]
    {
        assert_eq!(certain(text), Some(true), "{text}");
    }
    for text in ["第七条甲", "第七条，甲", "第七条《甲》"] {
        assert_eq!(certain(text), Some(false), "{text}");
    }
}

#[test]
fn what_other_programs_write_round_a_label_is_passed_over() {
    for text in [
        "&emsp;&emsp;第七条&emsp;甲",
        "<a name=\"7\"></a>第七条 甲",
        "<a id=\"7\"></a> <b>第七条</b> 甲",
        "<strong>第七条</strong>甲",
        "<b>第七条&nbsp;</b>甲",
        "==第七条== 甲",
        "<span style=\"color: red\">第七条</span>甲",
    ] {
        let found = parse(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((&text[found.label], found.certain), ("第七条", true), "{text}");
        assert!(text[found.rest..].starts_with(['甲', '<']), "{text}");
    }
    for text in
        ["<第七条> 甲", "<a href=\"b.md\">第七条</a> 甲", "<img src=\"a.png\">第七条 甲", "&amp;第七条 甲"]
    {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn what_is_shown_of_a_label_has_its_marks() {
    let shown = |text: &'static str| {
        let found = parse(text).unwrap();
        (&text[found.label], &text[found.shown], &text[found.separator], found.goes_on)
    };
    assert_eq!(shown("【第七条】甲"), ("第七条", "【第七条】", "", false));
    assert_eq!(shown("**第七条**：甲"), ("第七条", "第七条", "：", false));
    assert_eq!(shown("**第七条：**甲"), ("第七条", "第七条", "：", false));
    assert_eq!(shown("**第七条 目的** 甲"), ("第七条", "第七条", "", true));
    assert_eq!(shown("<b>第七条 目的</b> 甲"), ("第七条", "第七条", "", true));
    assert_eq!(shown("<font color=\"red\">第七条：</font>甲"), ("第七条", "第七条", "：", false));
}

#[test]
fn running_sentences_are_not_clauses() {
    for text in [
        "第三条规定的事项",
        "第三条、第四条",
        "第三条，第四条和第五条",
        "第三条和第四条",
        "第三条至第五条",
        "第三条-第五条",
        "第条",
        "第一款 x",
        "第三条第二款规定",
        "第 3 条第 2 款",
        "第三条 第二款规定",
        "第",
        "第三条的规定",
        "第三条 的规定",
        "第一条件是",
        "第三条例外",
        "第一条建议是",
        "第三条生产线",
        "第一章程",
        "第二节课",
        "第一章的内容",
        "第二天",
        "第一，甲",
        "首先，甲",
        "第一次",
        "第三方",
        "第零条 甲",
        "本制度第三条 甲",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn labels_are_written_in_one_way() {
    for (text, label) in [
        ("第15条", "第十五条"),
        ("第 七 條 之 一", "第七条"),
        ("第7-1條", "第七条之一"),
        ("第一二〇条", "第一百二十条"),
        ("第２章", "第二章"),
    ] {
        assert_eq!(number(text).map(|found| found.0.label()).as_deref(), Some(label), "{text}");
    }
}
