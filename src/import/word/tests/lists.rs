//! Numbers that Word works out.

use super::*;

fn lines(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.is_empty()).collect()
}

#[test]
fn clauses_items_and_chapters_of_one_list_are_numbered_as_word_shows_them() {
    let levels = level(0, "chineseCountingThousand", "第%1章", r#"<w:suff w:val="space"/>"#)
        + &level(1, "chineseCountingThousand", "第%2条", r#"<w:lvlRestart w:val="0"/>"#)
        + &level(2, "chineseCountingThousand", "（%3）", r#"<w:suff w:val="nothing"/>"#)
        + &level(3, "decimal", "%4.", "");
    let body = n(1, 0, "总则")
        + &n(1, 1, "为了规范采购，制定本制度。")
        + &n(1, 2, "甲；")
        + &n(1, 3, "金额；")
        + &n(1, 3, "期限。")
        + &n(1, 2, "乙。")
        + &n(1, 0, "程序")
        + &n(1, 1, "申请。")
        + &n(1, 2, "丙。");
    let text = File::new(&body).numbering(&list(1, &levels)).text();
    assert_eq!(
        lines(&text),
        [
            "## 第一章 总则",
            "第一条 为了规范采购，制定本制度。",
            "（一）甲；",
            "1. 金额；",
            "2. 期限。",
            "（二）乙。",
            "## 第二章 程序",
            "第二条 申请。",
            "（一）丙。",
        ]
    );
}

#[test]
fn every_usual_format_is_written_as_word_writes_it() {
    let cases: &[(&str, &str, [&str; 3])] = &[
        ("decimal", "%1)", ["1\\)", "2\\)", "11\\)"]),
        ("upperRoman", "%1.", ["I.", "II.", "XI."]),
        ("lowerRoman", "(%1)", ["(i)", "(ii)", "(xi)"]),
        ("upperLetter", "%1、", ["A、", "B、", "K、"]),
        ("lowerLetter", "(%1)", ["(a)", "(b)", "(k)"]),
        ("ordinal", "%1", ["1st", "2nd", "11th"]),
        ("cardinalText", "%1", ["One", "Two", "Eleven"]),
        ("ordinalText", "%1", ["First", "Second", "Eleventh"]),
        ("decimalZero", "%1", ["01", "02", "11"]),
        ("decimalFullWidth", "%1．", ["１．", "２．", "１１．"]),
        ("decimalEnclosedCircle", "%1", ["①", "②", "⑪"]),
        ("decimalEnclosedCircleChinese", "%1", ["①", "②", "⑪"]),
        ("decimalEnclosedFullstop", "%1", ["⒈", "⒉", "⒒"]),
        ("decimalEnclosedParen", "%1", ["⑴", "⑵", "⑾"]),
        ("ideographEnclosedCircle", "%1", ["㊀", "㊁", "11"]),
        ("ideographTraditional", "%1、", ["甲、", "乙、", "甲、"]),
        ("ideographZodiac", "%1、", ["子、", "丑、", "戌、"]),
        ("ideographDigital", "%1、", ["一、", "二、", "一一、"]),
        ("japaneseCounting", "第%1项", ["第一项", "第二项", "第十一项"]),
        ("chineseCounting", "%1、", ["一、", "二、", "十一、"]),
        ("chineseCountingThousand", "%1、", ["一、", "二、", "十一、"]),
        ("taiwaneseCountingThousand", "%1、", ["一、", "二、", "十一、"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、", "壹拾壹、"]),
        ("ideographLegalTraditional", "%1、", ["壹、", "貳、", "壹拾壹、"]),
        ("numberInDash", "%1", ["\\- 1 -", "\\- 2 -", "\\- 11 -"]),
        ("chicago", "%1", ["\\*", "†", "‡‡‡"]),
    ];
    for (format, pattern, expected) in cases {
        let body: String = (0..11).map(|_| n(1, 0, "文")).collect();
        let text = File::new(&body).numbering(&list(1, &level(0, format, pattern, ""))).text();
        let all = lines(&text);
        let labels = [all[0], all[1], all[10]].map(|line| line.trim_end_matches('文').trim_end());
        assert_eq!(labels, *expected, "{format}");
    }
}

#[test]
fn large_numbers_are_written_as_word_writes_them() {
    let of = |format: &str, number: u32| crate::import::word::numeral::format(format, number);
    assert_eq!(of("chineseCountingThousand", 20), "二十");
    assert_eq!(of("chineseCountingThousand", 105), "一百零五");
    assert_eq!(of("chineseCountingThousand", 110), "一百一十");
    assert_eq!(of("chineseCountingThousand", 1010), "一千零一十");
    assert_eq!(of("chineseCounting", 99), "九十九");
    assert_eq!(of("chineseCounting", 105), "一○五");
    assert_eq!(of("japaneseCounting", 105), "百五");
    assert_eq!(of("upperLetter", 27), "AA");
    assert_eq!(of("lowerRoman", 1994), "mcmxciv");
    assert_eq!(of("decimalEnclosedCircle", 51), "51");
    assert_eq!(of("upperRoman", 0), "0");
    assert_eq!(of("somethingNew", 7), "7");
    assert_eq!(of("lowerLetter", u32::MAX), u32::MAX.to_string());
}

#[test]
fn a_list_begins_again_where_it_says_so() {
    let levels = level(0, "decimal", "%1、", "");
    let own = r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>"#;
    let lists = list(1, &levels) + &num(2, 1, "") + &num(3, 1, own);
    let body = n(1, 0, "a") + &n(2, 0, "b") + &n(3, 0, "c") + &n(3, 0, "d") + &n(1, 0, "e");
    let text = File::new(&body).numbering(&lists).text();
    assert_eq!(lines(&text), ["1、a", "2、b", "5、c", "6、d", "7、e"]);
}

#[test]
fn levels_restart_below_the_level_that_they_name() {
    let levels = level(0, "decimal", "%1", "")
        + &level(1, "decimal", "%1.%2", "")
        + &level(2, "decimal", "%1.%2.%3", r#"<w:lvlRestart w:val="1"/>"#);
    let body = n(1, 0, "a")
        + &n(1, 1, "b")
        + &n(1, 2, "c")
        + &n(1, 1, "d")
        + &n(1, 2, "e")
        + &n(1, 0, "f")
        + &n(1, 2, "g");
    let text = File::new(&body).numbering(&list(1, &levels)).text();
    assert_eq!(lines(&text), ["1 a", "1.1 b", "1.1.1 c", "1.2 d", "1.2.2 e", "2 f", "2.1.1 g"]);
}

#[test]
fn legal_levels_are_in_digits_and_a_list_may_change_a_level() {
    let levels =
        level(0, "chineseCountingThousand", "第%1章", "") + &level(1, "decimal", "%1.%2", "<w:isLgl/>");
    let own = format!(r#"<w:lvlOverride w:ilvl="1">{}</w:lvlOverride>"#, level(1, "lowerLetter", "(%2)", ""));
    let lists = list(1, &levels) + &num(2, 1, &own);
    let body = n(1, 0, "总则") + &n(1, 1, "甲") + &n(2, 1, "乙");
    let text = File::new(&body).numbering(&lists).text();
    assert_eq!(lines(&text), ["## 第一章 总则", "1.1 甲", "(b) 乙"]);
}

#[test]
fn styles_bring_their_list_and_level_along_a_chain() {
    let levels = level(0, "chineseCountingThousand", "第%1章", r#"<w:pStyle w:val="1"/>"#)
        + &level(1, "chineseCountingThousand", "第%2条", r#"<w:pStyle w:val="T"/><w:lvlRestart w:val="0"/>"#);
    let styles = style(
        "1",
        "heading 1",
        r#"<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>"#,
    ) + &style(
        "T",
        "条款",
        r#"<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>"#,
    ) + &style("T2", "条款加粗", r#"<w:basedOn w:val="T"/>"#);
    let of = |style: &str, text: &str| pp(&format!(r#"<w:pStyle w:val="{style}"/>"#), text);
    let none = pp(r#"<w:pStyle w:val="T"/><w:numPr><w:numId w:val="0"/></w:numPr>"#, "不编号的一段。");
    let body =
        of("1", "总则") + &of("T", "甲。") + &of("T2", "乙。") + &none + &of("1", "附则") + &of("T", "丙。");
    let text = File::new(&body).styles(&styles).numbering(&list(1, &levels)).text();
    assert_eq!(
        lines(&text),
        ["## 第一章 总则", "第一条 甲。", "第二条 乙。", "不编号的一段。", "## 第二章 附则", "第三条 丙。"]
    );
}

#[test]
fn a_definition_may_be_that_of_a_style_of_lists() {
    let linked = r#"<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/></w:abstractNum>"#;
    let lists = linked.to_owned()
        + &list(1, &level(0, "chineseCounting", "%1、", r#"<w:styleLink w:val="L"/>"#))
        + &num(9, 7, "");
    let styles = r#"<w:style w:type="numbering" w:styleId="L"><w:name w:val="列表"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#;
    let text = File::new(&(n(9, 0, "甲") + &n(9, 0, "乙"))).styles(styles).numbering(&lists).text();
    assert_eq!(lines(&text), ["一、甲", "二、乙"]);
}

#[test]
fn bullets_and_numbers_become_lists_within_each_other() {
    let levels = level(0, "decimal", "%1.", "")
        + &level(1, "lowerLetter", "%2)", "")
        + &level(2, "bullet", "\u{f0b7}", r#"<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>"#);
    let body = n(1, 0, "a") + &n(1, 1, "b") + &n(1, 2, "c") + &n(1, 2, "d") + &n(1, 0, "e");
    let text = File::new(&body).numbering(&list(1, &levels)).text();
    assert_eq!(text, "1. a\n\n   b\\) x\n".replace("b\\) x", "a) b") + "   - c\n   - d\n2. e\n");
}

#[test]
fn a_number_that_markdown_would_count_otherwise_stands_as_text() {
    let levels = level(0, "decimal", "%1.", "");
    let own = r#"<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>"#;
    let lists = list(1, &levels) + &num(2, 1, own);
    let body = n(1, 0, "a") + &n(1, 0, "b") + &n(2, 0, "c") + &n(2, 0, "d") + &p("段") + &n(2, 0, "e");
    let text = File::new(&body).numbering(&lists).text();
    assert_eq!(text, "1. a\n2. b\n\n1\\. c\n\n2. d\n\n段\n\n3. e\n");
}

#[test]
fn numbers_of_a_style_of_headings_are_in_the_headings() {
    let levels = level(0, "decimal", "%1", r#"<w:pStyle w:val="1"/>"#)
        + &level(1, "decimal", "%1.%2", r#"<w:pStyle w:val="2"/>"#);
    let heading = |id: &str, level: u32| {
        let own = if level == 0 {
            r#"<w:numPr><w:numId w:val="1"/></w:numPr>"#
        } else {
            r#"<w:numPr><w:ilvl w:val="1"/></w:numPr>"#
        };
        let based = if level == 0 { "" } else { r#"<w:basedOn w:val="1"/>"# };
        style(
            id,
            &format!("heading {id}"),
            &format!(r#"{based}<w:pPr>{own}<w:outlineLvl w:val="{level}"/></w:pPr>"#),
        )
    };
    let of = |style: &str, text: &str| pp(&format!(r#"<w:pStyle w:val="{style}"/>"#), text);
    let body = of("1", "范围")
        + &of("2", "目的")
        + &of("2", "适用")
        + &of("1", "职责")
        + &of("2", "各部门应当在每年十二月底以前提出下一年度的采购计划，报分管领导批准后执行。");
    let text =
        File::new(&body).styles(&(heading("1", 0) + &heading("2", 1))).numbering(&list(1, &levels)).text();
    assert_eq!(
        lines(&text),
        [
            "## 1 范围",
            "### 1.1 目的",
            "### 1.2 适用",
            "## 2 职责",
            "2.1 各部门应当在每年十二月底以前提出下一年度的采购计划，报分管领导批准后执行。",
        ]
    );
}
