//! Titles, control tables, revisions, headings.

use super::*;
use serde_yaml::Value;

pub(super) fn table(rows: &[&[&str]]) -> String {
    let cell = |text: &&str| format!("<w:tc><w:tcPr/>{}</w:tc>", p(text));
    let row = |row: &&[&str]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    format!("<w:tbl>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

pub(super) fn centered(text: &str) -> String {
    pp(r#"<w:jc w:val="center"/>"#, text)
}

pub(super) fn front(document: &Document) -> String {
    serde_yaml::to_string(&document.front).expect("YAML")
}

#[test]
fn the_centred_first_line_is_the_title_and_the_table_below_it_front_matter() {
    let control = table(&[
        &["文件编号", "CG-001", "版　　本", "A/0"],
        &["编 制", "张三", "审核", "李四、王五"],
        &["批准", "赵六", "生效日期", "2024年3月1日"],
        &["归口部门：", "采购部", "密级", "内部"],
    ]);
    let body = centered("采　购　管　理　制　度") + &control + &p("第一条 为了规范采购。");
    let document = File::new(&body).read();
    assert_eq!(
        front(&document),
        "title: 采购管理制度\nid: CG-001\nowner: 采购部\nauthor: 张三\nreviewer:\n- 李四\n- 王五\napprover: 赵六\n\
         version: A/0\neffective: 2024-03-01\nconfidentiality: internal\n"
    );
    assert_eq!(document.text, "第一条 为了规范采购。\n");
}

#[test]
fn labels_above_their_values_and_with_colons_are_read_too() {
    let above = table(&[&["编制", "审核", "批准"], &["张三 2024.1.5", "李四", "王五"]]);
    let colons = table(&[&["文件编号：HR-7", "版本号：V1.2"], &["实施日期：2023-07-01", "页数：共 5 页"]]);
    let document = File::new(&(colons + &above + &centered("考勤制度") + &p("正文。"))).read();
    let front = front(&document);
    for line in [
        "title: 考勤制度",
        "id: HR-7",
        "version: V1.2",
        "effective: 2023-07-01",
        "author: 张三",
        "approver: 王五",
    ] {
        assert!(front.lines().any(|found| found == line), "{line}\n{front}");
    }
    assert_eq!(document.text, "| 编制日期 |\n| --- |\n| 2024-01-05 |\n\n正文。\n");
}

#[test]
fn what_no_field_takes_stays_in_the_text_and_is_told() {
    let control = table(&[
        &["文件编号", "A-1"],
        &["生效日期", "03/04/2024"],
        &["版本", "2"],
        &["密级", "绝密"],
        &["发放范围", "全体"],
    ]);
    let document = File::new(&(centered("制度") + &control + &p("正文。"))).read();
    assert_eq!(front(&document), "title: 制度\nid: A-1\nversion: '2'\nconfidentiality: secret\n密级: 绝密\n");
    assert_eq!(document.text, "| 生效日期 | 发放范围 |\n| --- | --- |\n| 03/04/2024 | 全体 |\n\n正文。\n");
    assert_eq!(told(&document, NoteKind::Field), ["生效日期：03/04/2024"]);
}

#[test]
fn revisions_are_read_from_the_oldest() {
    let revisions = table(&[
        &["版本", "修订日期", "修订内容", "修订人", "批准"],
        &["1.1", "2024/5/1", "修改第三条", "李四", "王五"],
        &["1.0", "二〇二三年十一月二十日", "首次发布", "张三", ""],
        &["", "", "", "", ""],
    ]);
    let document = File::new(&(centered("制度") + &p("修订记录") + &revisions + &p("正文。"))).read();
    assert_eq!(
        document.front.get("revisions"),
        Some(
            &serde_yaml::from_str::<Value>(
                "- {version: '1.0', date: '2023-11-20', by: 张三, note: 首次发布}\n\
                 - {version: '1.1', date: '2024-05-01', by: 李四, note: 修改第三条（批准：王五）}\n"
            )
            .expect("YAML")
        )
    );
    assert_eq!(document.text, "正文。\n");
}

#[test]
fn a_table_of_data_with_the_same_words_stays() {
    let data = table(&[&["部门", "日期", "说明"], &["采购部", "2024-01-01", "盘点"]]);
    let people = table(&[&["编制", "批准"], &["十人", "二十人"]]);
    let document = File::new(&(p("第一条 见表。") + &data + &people + &p("第二条 完。"))).read();
    assert!(document.front.is_empty(), "{:?}", document.front);
    assert!(
        document.text.contains("| 采购部 | 2024-01-01 | 盘点 |")
            && document.text.contains("| 十人 | 二十人 |")
    );
}

#[test]
fn tables_of_data_say_nothing_of_the_document() {
    let approvals = table(&[
        &["金额", "审核", "批准"],
        &["5000元以下", "部门经理", "财务经理"],
        &["5000元以上", "财务经理", "总经理"],
    ]);
    let files = table(&[&["文件编号", "文件名称", "版本"], &["HR-001", "考勤制度", "1.0"]]);
    let secrets = table(&[&["密级", "知悉范围"], &["机密", "高管"], &["秘密", "部门经理"]]);
    let duties = table(&[&["部门", "职责"], &["归口部门", "行政部"], &["适用部门", "财务部"]]);
    let systems = table(&[&["名称", "版本"], &["考勤系统", "V3.2"]]);
    let form = table(&[
        &["申请部门", "", "申请人", ""],
        &["用印事由", "", "", ""],
        &["审核", "", "批准", ""],
        &["日期", "", "", ""],
    ]);
    let text = p("第一条 见表。");
    for data in [&approvals, &files, &secrets, &duties, &systems, &form] {
        // Behind the first clause and in an annex.
        let last = centered("印章管理办法") + &text + &centered("附件 一张表") + data;
        let document = File::new(&last).read();
        assert_eq!(front(&document), "title: 印章管理办法\n", "{data}");
        assert!(document.text.contains("| --- |") && document.notes.is_empty(), "{}", document.text);
    }
    for data in [&approvals, &secrets, &duties, &systems, &form] {
        let first = centered("印章管理办法") + &p("为明确权限，制定本办法。") + data + &text;
        let document = File::new(&first).read();
        assert_eq!(front(&document), "title: 印章管理办法\n", "{data}");
        assert!(document.text.contains("| --- |"), "{}", document.text);
    }
}

#[test]
fn a_control_table_may_hold_more_than_is_known() {
    let control = table(&[
        &["某某有限公司", "文件编号", "HR-1"],
        &["关键词", "考勤", "版本", "2.0"],
        &["编制", "审核", "批准"],
        &["张三", "李四", "王五"],
        &["状态", "废止", "生效日期", "2024-03-01"],
    ]);
    let document = File::new(&(centered("考勤制度") + &control + &p("第一条 正文。"))).read();
    assert_eq!(
        front(&document),
        "title: 考勤制度\nid: HR-1\nauthor: 张三\nreviewer: 李四\napprover: 王五\nstatus: retired\nversion: '2.0'\n\
         effective: 2024-03-01\n"
    );
    assert_eq!(document.text, "某某有限公司\n\n| 关键词 |\n| --- |\n| 考勤 |\n\n第一条 正文。\n");
}

#[test]
fn who_may_read_it_counts_in_a_table_that_stays() {
    let mixed = table(&[&["密级", "机密"], &["金额", "审核", "批准"], &["5000元", "甲", "乙"]]);
    let document = File::new(&(centered("薪酬制度") + &p("第一条 正文。") + &mixed)).read();
    assert_eq!(front(&document), "title: 薪酬制度\nconfidentiality: secret\n密级: 机密\n");
    assert!(document.text.contains("机密"));
}

#[test]
fn revisions_with_a_day_that_cannot_be_read_stay_and_are_told() {
    for day in ["2023年1月", "2023-01", "2023.1", "/", "—", "23.1.5", ""] {
        let revisions = table(&[
            &["版本", "修订内容", "批准", "日期"],
            &["V1.0", "新建", "总经理", "2022-01-05"],
            &["V1.1", "修改第三条", "总经理", day],
        ]);
        let document =
            File::new(&(centered("考勤制度") + &p("修订历史") + &revisions + &p("第一条 正文。"))).read();
        assert_eq!(front(&document), "title: 考勤制度\n", "{day}");
        assert!(document.text.contains("修订历史\n\n| 版本 | 修订内容 | 批准 | 日期 |"), "{}", document.text);
        assert_eq!(told(&document, NoteKind::Field), [format!("V1.1 | 修改第三条 | 总经理 | {day}")]);
    }
}

#[test]
fn a_company_above_and_a_state_below_belong_to_the_title() {
    let body = centered("某某有限公司")
        + &centered("差旅管理办法")
        + &centered("（试行）")
        + &centered("（2024年3月1日发布）")
        + &p("正文。");
    let document = File::new(&body).read();
    assert_eq!(
        front(&document),
        "title: 差旅管理办法（试行）\naliases:\n- 某某有限公司差旅管理办法（试行）\n"
    );
    assert_eq!(document.text, "（2024年3月1日发布）\n\n正文。\n");
}

#[test]
fn headings_come_from_styles_outlines_and_chapters() {
    let styles = style("a", "heading 1", "") + &style("b", "heading 3", "") + &style("t", "Title", "");
    let of = |style: &str, text: &str| pp(&format!(r#"<w:pStyle w:val="{style}"/>"#), text);
    let body = of("t", "手册")
        + &of("a", "甲 # 乙 #")
        + &of("b", "丙 {丁}")
        + &pp(r#"<w:outlineLvl w:val="1"/>"#, "戊")
        + &of("a", "己");
    let document = File::new(&body).styles(&styles).read();
    assert_eq!(document.text, "## 甲 # 乙 \\#\n\n### 丙 \\{丁}\n\n### 戊\n\n## 己\n");
    assert_eq!(front(&document), "title: 手册\n");
}

#[test]
fn a_heading_may_be_as_long_as_a_line() {
    let styles = style("b", "heading 2", "");
    let long = "4. Change Workflow: Request, Approval, Testing, Deployment, Rollback";
    let body = p("x") + &pp(r#"<w:pStyle w:val="b"/>"#, long);
    let text = File::new(&body).styles(&styles).read().text;
    assert!(text.ends_with(&format!("## {long}\n")), "{text}");
}

#[test]
fn chapters_without_a_style_are_headings_and_clauses_with_one_are_clauses() {
    let body = centered("第一章　总则")
        + &pp(r#"<w:outlineLvl w:val="1"/>"#, "第一条　为了规范采购，制定本制度。")
        + &centered("第二章　程序")
        + &centered("第一节　申请")
        + &p("第二条　申请。");
    let document = File::new(&body).read();
    assert!(document.front.is_empty());
    assert_eq!(
        document.text,
        "## 第一章　总则\n\n第一条　为了规范采购，制定本制度。\n\n## 第二章　程序\n\n### 第一节　申请\n\n第二条　申请。\n"
    );
}

#[test]
fn lines_of_a_cover_and_headers_give_fields_too() {
    let header = format!(
        "<w:hdr {NAMESPACES}>{}{}</w:hdr>",
        table(&[&["文件编号", "Q-9", "版本", "B"]]),
        p("机密文件 请勿外传")
    );
    let footer = format!("<w:ftr {NAMESPACES}>{}</w:ftr>", p("第 1 页 共 9 页"));
    let body = centered("制度")
        + &p("编制：张三　　审核：李四")
        + &p("正文。")
        + r#"<w:sectPr><w:headerReference r:id="rId-h.xml"/><w:footerReference r:id="rId-f.xml"/></w:sectPr>"#;
    let document = File::new(&body)
        .with("header", "h.xml", header.as_bytes())
        .with("footer", "f.xml", footer.as_bytes())
        .read();
    assert_eq!(front(&document), "title: 制度\nid: Q-9\nauthor: 张三\nreviewer: 李四\nversion: B\n");
    assert_eq!(document.text, "正文。\n");
    assert_eq!(told(&document, NoteKind::Header), ["文件编号", "版本", "机密文件 请勿外传"]);
}

#[test]
fn who_may_read_it_is_taken_from_the_table_a_line_or_a_mark() {
    let text = || p("第一条 正文。");
    let rows =
        table(&[&["文件编号", "B-1", "密级", "机密"], &["知悉范围", "管理层、董事会", "状态", "现行"]]);
    let line = p("密级：机密　知悉范围：管理层");
    let read = |body: String| front(&File::new(&body).read());
    let own = read(centered("董事会纪要") + &rows + &text());
    assert_eq!(
        own,
        "title: 董事会纪要\nid: B-1\nstatus: in_force\naudience:\n- 管理层\n- 董事会\nconfidentiality: secret\n"
    );
    assert_eq!(read(line + &text()), "audience: 管理层\nconfidentiality: secret\n");
    // A level names nobody, so its words stay beside it until a person has decided.
    for (mark, level) in [("机密★一年", "secret"), ("【秘密】", "confidential"), ("绝密★", "secret")]
    {
        let expected = format!("title: 会议纪要\nconfidentiality: {level}\n密级: {}\n", quoted(mark));
        assert_eq!(read(p(mark) + &centered("会议纪要") + &text()), expected, "{mark}");
    }
    assert_eq!(
        read(
            centered("Minutes")
                + &table(&[&["Version", "1.0"], &["Classification", "Strictly Confidential"]])
        ),
        "title: Minutes\nversion: '1.0'\nconfidentiality: secret\nrestricted: Strictly Confidential\n"
    );
    // What everybody may read is kept from nobody.
    let open = read(p("密级：内部") + &table(&[&["编号", "A-1"], &["发放范围", "公司各部门"]]) + &text());
    assert_eq!(open, "id: A-1\nconfidentiality: internal\n");
    // 秘密 within a text is no mark, nor is it one far down.
    let prose = read((0..9).map(|_| p("本办法规定如何保守商业秘密。")).collect::<String>() + &p("机密"));
    assert_eq!(prose, "{}\n");
}

fn quoted(text: &str) -> String {
    serde_yaml::to_string(text).expect("YAML").trim().to_owned()
}

#[test]
fn an_official_letter_gives_its_number_and_the_rule_that_it_issues_its_title() {
    let letter = centered("某某公司文件")
        + &centered("某公司〔2026〕12号")
        + &centered("关于印发《印章管理办法》的通知")
        + &p("各部门：现将《印章管理办法》印发给你们，请遵照执行。");
    let rule = centered("印章管理办法") + &p("第一条 印章由办公室保管。");
    let document = File::new(&(letter.clone() + &rule)).read();
    assert_eq!(front(&document), "title: 印章管理办法\nid: 某公司〔2026〕12号\n");
    assert_eq!(
        document.text,
        "关于印发《印章管理办法》的通知\n\n各部门：现将《印章管理办法》印发给你们，请遵照执行。\n\n第一条 印章由办公室保管。\n"
    );
    // Without the rule the letter has its own title.
    let document = File::new(&letter).read();
    assert_eq!(front(&document), "title: 关于印发《印章管理办法》的通知\nid: 某公司〔2026〕12号\n");
    // 文件 alone makes no letterhead.
    let document = File::new(&(centered("受控文件") + &p("正文。"))).read();
    assert_eq!(front(&document), "title: 受控文件\n");
}

#[test]
fn a_name_says_that_a_text_is_out_for_comment() {
    let chapter = |name: &str, body: &str| {
        super::super::chapter::chapter(name, &File::new(body).bytes()).expect("a document").text
    };
    let own = chapter("a.docx", &(centered("差旅费管理办法（征求意见稿）") + &p("第一条 正文。")));
    assert_eq!(
        own,
        "---\ntitle: 差旅费管理办法（征求意见稿）\naliases:\n- 差旅费管理办法\nstatus: consultation\n---\n\n第一条 正文。\n"
    );
    let by_file = chapter("差旅费管理办法-讨论稿.docx", &(centered("差旅费管理办法") + &p("正文。")));
    assert!(by_file.contains("title: 差旅费管理办法\nstatus: draft\n"), "{by_file}");
    for name in ["会议（一）.docx", "草案.docx", "征求意见管理办法.docx", "办法（试行）.docx"]
    {
        assert!(!chapter(name, &p("正文。")).contains("status"), "{name}");
    }
}
