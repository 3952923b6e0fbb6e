//! What is found in running text, in the third paragraph of clause 8.

use super::{Mention, MentionKind, MentionedDocument};
use crate::markdown::{Document, MarkdownOptions};

fn of(document: &MentionedDocument) -> String {
    match document {
        MentionedDocument::Own => "own".to_owned(),
        MentionedDocument::Titled(title) => title.clone(),
        MentionedDocument::Bare(name) => format!("?{name}"),
        MentionedDocument::Linked(at) => format!("link {at}"),
    }
}

fn show(text: &str, mention: &Mention) -> String {
    let words = &text[mention.span.clone()];
    match &mention.kind {
        MentionKind::Title(name) => format!("{words} = {name}"),
        MentionKind::Clause { document, number, paragraph, item, within, .. } => {
            let document = of(document);
            let item = if *item > 0 { format!(".{item}") } else { String::new() };
            let within = if *within > 0 { format!("{within}/") } else { String::new() };
            format!("{words} = {document} {within}{}-{} {paragraph}{item}", number.number, number.sub)
        }
        MentionKind::Appendix { document, appendix } => {
            format!("{words} = {} {:?} {}", of(document), appendix.kind, appendix.number)
        }
        MentionKind::Section { document: MentionedDocument::Own, number, .. } => {
            format!("{words} = {number}")
        }
        MentionKind::Section { document, number, .. } => format!("{words} = {} {number}", of(document)),
    }
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let head = "第七条 甲\n\n第八条 一\n\n二\n\n";
    let whole = format!("{head}{text}\n");
    let document = Document::new(whole.as_str(), &MarkdownOptions::default());
    let shown: Vec<String> = document.mentions.iter().map(|mention| show(&whole, mention)).collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn titles_and_their_clauses() {
    check(
        "依照《采购制度》第十五条第二款办理",
        &["《采购制度》 = 采购制度", "第十五条第二款 = 采购制度 15-0 2"],
    );
    check("《关于修改〈章程〉的决定》", &["《关于修改〈章程〉的决定》 = 关于修改〈章程〉的决定"]);
    check(
        "《甲》第三条、第五条和第七条之一",
        &["《甲》 = 甲", "第三条 = 甲 3-0 0", "第五条 = 甲 5-0 0", "第七条之一 = 甲 7-1 0"],
    );
    check("《辦法》第三條第一項", &["《辦法》 = 辦法", "第三條第一項 = 辦法 3-0 0.1"]);
    check("《办法》（2024年修订）第二条", &["《办法》 = 办法", "第二条 = 办法 2-0 0"]);
    check("依照〈采购制度〉第五条，〈甲〉等", &["〈采购制度〉 = 采购制度", "第五条 = 采购制度 5-0 0"]);
    check("“关于印发《…》的通知”", &[]);
    check("《甲》另见第二条", &["《甲》 = 甲", "第二条 = own 2-0 0"]);
}

#[test]
fn lists_and_ranges() {
    check("按第三、五条办理", &["第三 = own 3-0 0", "五条 = own 5-0 0"]);
    check("第三条至第五条", &["第三条 = own 3-0 0", "第五条 = own 5-0 0"]);
    check("本制度第十条第（三）项", &["第十条第（三）项 = own 10-0 0.3"]);
    check("第12条第一款第（二）项", &["第12条第一款第（二）项 = own 12-0 1.2"]);
}

#[test]
fn own_and_foreign_numbers() {
    check("前条规定", &["前条 = own 7-0 0"]);
    check(
        "依照刑法第二十条、第二十一条处罚",
        &["第二十条 = ?依照刑法 20-0 0", "第二十一条 = ?依照刑法 21-0 0"],
    );
    check("触犯刑法分则第九章第三百九十八条", &["第三百九十八条 = ?触犯刑法分则 398-0 0"]);
    check("适用民法典第五条", &["第五条 = ?适用民法典 5-0 0"]);
    check("本办法第二条，本实施细则第三条", &["第二条 = own 2-0 0", "第三条 = own 3-0 0"]);
    check("依法第二条", &["第二条 = own 2-0 0"]);
    check("第一款、第三次、第条、第二节", &["第一款 = own 8-0 1", "第二节 = own 2-0 0"]);
    check("见第二章和《甲》第一章", &["第二章 = own 2-0 0", "《甲》 = 甲", "第一章 = 甲 1-0 0"]);
    check("《没有完", &[]);
}

#[test]
fn parts_of_clauses() {
    check("第三条第一款、第二款", &["第三条第一款 = own 3-0 1", "第二款 = own 3-0 2"]);
    check("《甲》第三条第一款和第二款", &["《甲》 = 甲", "第三条第一款 = 甲 3-0 1", "第二款 = 甲 3-0 2"]);
    check(
        "第三条第一款第（二）项、第（四）项",
        &["第三条第一款第（二）项 = own 3-0 1.2", "第（四）项 = own 3-0 1.4"],
    );
    check(
        "依照刑法第二十条第二款、第三款处罚",
        &["第二十条第二款 = ?依照刑法 20-0 2", "第三款 = ?依照刑法 20-0 3"],
    );
    check("前款规定的", &["前款 = own 8-0 2"]);
    check("前两款规定", &["前两款 = own 8-0 1"]);
    check("前款第一项规定", &["前款第一项 = own 8-0 2.1"]);
    check("前三款规定", &[]);
    check("本条第一款所称", &["第一款 = own 8-0 1"]);
    check("第一款规定的", &["第一款 = own 8-0 1"]);
    check("前条规定", &["前条 = own 7-0 0"]);
    check("前条第一款规定", &["前条第一款 = own 7-0 1"]);
    for none in ["第二款手机", "第一项任务", "此前条件", "前款项", "提前款", "以前条文"]
    {
        check(none, &[]);
    }
}

#[test]
fn appendices_and_sections() {
    check("见附件一和《甲》附件2", &["附件一 = own Attachment 1", "《甲》 = 甲", "附件2 = 甲 Attachment 2"]);
    check("附件一式三份，附录B", &["附录B = own Supplement 2"]);
    check("附表一、附图 3", &["附表一 = own Table 1", "附图 3 = own Figure 3"]);
    check("第二章第三节至第五节", &["第三节 = own 2/3-0 0", "第五节 = own 2/5-0 0"]);
    check("《甲》第二章第七条", &["《甲》 = 甲", "第七条 = 甲 7-0 0"]);
    check("见第一部分", &["第一部分 = own 1-0 0"]);
}

#[test]
fn short_titles_stand_for_the_whole_one() {
    check(
        "《数据安全管理办法》（以下简称《办法》）第三条，《办法》第四条",
        &[
            "《数据安全管理办法》 = 数据安全管理办法",
            "《办法》 = 数据安全管理办法",
            "第三条 = 数据安全管理办法 3-0 0",
            "《办法》 = 数据安全管理办法",
            "第四条 = 数据安全管理办法 4-0 0",
        ],
    );
}

#[test]
fn english_sections() {
    let text = "# 4 Rest\n\n## 4.2 Backups\n\nSee Section 4.2 and 4.3, §4.2, Section 5 of the Act. See sections 4.2. Selection 4.2, Section 12%.\n";
    let document = Document::new(text, &MarkdownOptions::default());
    let shown: Vec<String> = document.mentions.iter().map(|mention| show(text, mention)).collect();
    assert_eq!(shown, ["Section 4.2 = 4.2", "4.3 = 4.3", "§4.2 = 4.2", "sections 4.2 = 4.2"]);
}

/// What is found in an English text of a chapter with numbered headings.
#[track_caller]
fn check_sections(text: &str, expected: &[&str]) {
    let whole = format!("# 4 Rest\n\n## 4.2 Backups\n\n{text}\n");
    let document = Document::new(whole.as_str(), &MarkdownOptions::default());
    let shown: Vec<String> = document.mentions.iter().map(|mention| show(&whole, mention)).collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn a_number_behind_the_name_of_another_document_is_not_ours() {
    for text in [
        "ISO 27001 §4.2 asks for it",
        "so does RFC 2119, Section 4.2",
        "GDPR Section 4.2",
        "GDPR Article 5(1)",
        "NIST SP 800-53, Section 4.2",
        "ISO/IEC 27001:2022 Section 4.2",
        "the Companies Act 2006, Section 4.2",
        "under the Data Protection Act, Section 4.2",
        "as in PCI DSS Section 4.2 and 4.3",
        "Article 5 GDPR",
        "§ 4.2 BDSG",
        "Section 4.2 of the Act",
        "按 GB/T 22239-2019 第4.2节",
        "按照 ISO 27001 §4.2",
    ] {
        check_sections(text, &[]);
    }
    for text in [
        "See Section 4.2",
        "Under Section 4.2 it is so",
        "as Section 4.2 says",
        "It works. Section 4.2 says why",
        "this Policy, Section 4.2",
        "in Appendix A, Section 4.2",
        "as Bob said, Section 4.2",
        "(Section 4.2)",
    ] {
        check_sections(text, &["Section 4.2 = 4.2"]);
    }
    check_sections("见 §4.2", &["§4.2 = 4.2"]);
    check_sections(
        "See [Leave](leave.md), Section 4.2 and Section 4.3.",
        &["Section 4.2 = link 0 4.2", "Section 4.3 = 4.3"],
    );
    check_sections("《甲》 §4.2", &["《甲》 = 甲", "§4.2 = 甲 4.2"]);
}

#[test]
fn a_clause_behind_a_link_is_of_what_the_link_leads_to() {
    check("依照[采购制度](b.md)第五条、第六条办理", &["第五条 = link 0 5-0 0", "第六条 = link 0 6-0 0"]);
    check("依照[[采购制度]]第五条", &["第五条 = link 0 5-0 0"]);
    check("见[采购制度](b.md)。第五条", &["第五条 = own 5-0 0"]);
}

#[test]
fn clause_numbers_are_read_however_they_are_written() {
    for text in ["第五条", "第 5 条", "第５条", "第 五 条", "第五條", "第伍条"] {
        check(&format!("见{text}"), &[&format!("{text} = own 5-0 0")]);
    }
    for text in ["第五条之一", "第5-1條", "第5条-1", "第五条之1"] {
        check(&format!("见{text}"), &[&format!("{text} = own 5-1 0")]);
    }
    check("见第3条-第5条", &["第3条 = own 3-0 0", "第5条 = own 5-0 0"]);
    check("按照 GDPR 第五条", &["第五条 = ?GDPR 5-0 0"]);
    check("按照ISO 27001第五条", &["第五条 = ?ISO 27001 5-0 0"]);
    check("依照劳动合同第五条", &["第五条 = ?依照劳动合同 5-0 0"]);
    check("依照本合同第五条", &["第五条 = own 5-0 0"]);
}

#[test]
fn marks_between_a_document_and_its_clause_change_nothing() {
    let expected = &["《甲》 = 甲", "第五条 = 甲 5-0 0"];
    for text in [
        "见**《甲》**第五条",
        "见*《甲》*第五条",
        "见《甲》**第五条**",
        "见“《甲》”第五条",
        "见<u>《甲》</u>第五条",
        "见==《甲》==第五条",
        "见《甲》(试行)第五条",
        "见《甲》（试行）（2026年修订）第五条",
        "见《甲》**的**第五条",
        "《甲》规定了招标，该办法第五条",
        "**《甲》**规定了招标，上述办法第五条",
    ] {
        check(text, expected);
    }
    check("见《甲》第一条～第二条", &["《甲》 = 甲", "第一条 = 甲 1-0 0", "第二条 = 甲 2-0 0"]);
    check("见《甲》第一条-第二条", &["《甲》 = 甲", "第一条 = 甲 1-0 0", "第二条 = 甲 2-0 0"]);
    check("依照**刑法**第五条", &["第五条 = ?依照刑法 5-0 0"]);
    check("见采购管理办法第五条", &["第五条 = ?见采购管理办法 5-0 0"]);
    check("见应急预案第五条", &["第五条 = ?见应急预案 5-0 0"]);
    for text in ["见**[采购](b.md)**第五条", "见[采购](b.md)**第五条**", "见**[[采购]]**的第五条"]
    {
        check(text, &["第五条 = link 0 5-0 0"]);
    }
    check("见**《甲》**。第五条", &["《甲》 = 甲", "第五条 = own 5-0 0"]);
    check_sections("**[Leave](leave.md)**, Section 4.2", &["Section 4.2 = link 0 4.2"]);
}

#[test]
fn short_names_in_quotes_and_short_ranges() {
    check(
        "《采购管理办法》（以下简称“购规”）规定。按购规第二条办理",
        &["《采购管理办法》 = 采购管理办法", "第二条 = 采购管理办法 2-0 0"],
    );
    check(
        "《采购制度》（以下简称“制度”）规定。按制度第二条，见本制度第三条，第一章",
        &["《采购制度》 = 采购制度", "第二条 = 采购制度 2-0 0", "第三条 = own 3-0 0", "第一章 = own 1-0 0"],
    );
    check("见《甲》第一至三条", &["《甲》 = 甲", "第一 = 甲 1-0 0", "三条 = 甲 3-0 0"]);
    check("见第一至三条", &["第一 = own 1-0 0", "三条 = own 3-0 0"]);
    check("按合作协议书第二条", &["第二条 = ?按合作协议书 2-0 0"]);
    check("见 BUY-1 第二条", &["第二条 = ?BUY-1 2-0 0"]);
}

#[test]
fn a_clause_belongs_to_the_document_named_right_before_it() {
    for between in [
        " ",
        "　",
        "&nbsp;",
        "\n",
        "<br>",
        "（",
        "：",
        "“",
        "V2.0",
        "2025版",
        "[2025]3号",
        "里",
        "内",
        "关于付款的",
        "，其",
        "及其",
    ] {
        let text = format!("按《甲》{between}第三条办理");
        check(&text, &["《甲》 = 甲", "第三条 = 甲 3-0 0"]);
    }
    check("《甲》施行后，其第三条另行公布", &["《甲》 = 甲", "第三条 = 甲 3-0 0"]);
    check("适用《甲》。按该办法第三条办理", &["《甲》 = 甲", "第三条 = 甲 3-0 0"]);
    check("《甲》第三条；第五条", &["《甲》 = 甲", "第三条 = 甲 3-0 0", "第五条 = 甲 5-0 0"]);
    check("《甲》第3-5条", &["《甲》 = 甲", "第3 = 甲 3-0 0", "5条 = 甲 5-0 0"]);
    check("《甲》第7-1條", &["《甲》 = 甲", "第7-1條 = 甲 7-1 0"]);
    for text in ["按刑法 第三条", "按“采购办法”第三条", "按采购办法（第三条）", "按国务院令第 718 号 第三条"]
    {
        let whole = format!("第八条 一\n\n{text}\n");
        let document = Document::new(whole.as_str(), &MarkdownOptions::default());
        let is_other = |mention: &Mention| {
            matches!(&mention.kind, MentionKind::Clause { document: MentionedDocument::Bare(_), .. })
        };
        assert!(document.mentions.iter().all(is_other) && !document.mentions.is_empty(), "{text}");
    }
}

#[test]
fn what_is_counted_with_the_same_word_and_what_stands_in_an_appendix_is_no_clause_of_ours() {
    for text in ["他的第三条建议", "还有第三条理由", "旧版第三条已删除", "第三条生产线"]
    {
        check(text, &[]);
    }
    check("见附件一第三条", &["附件一 = own Attachment 1"]);
}

#[test]
fn the_second_of_a_list_belongs_to_the_document_of_the_first() {
    for between in ["（采购）、", "“采购”、", "的规定和", "规定的程序和", "，以及", ";", ", "]
    {
        let text = format!("按《甲》第三条{between}第五条办理");
        check(&text, &["《甲》 = 甲", "第三条 = 甲 3-0 0", "第五条 = 甲 5-0 0"]);
    }
    // However long what joins them is, it costs no more than its length, and no stack.
    let commas = "，".repeat(100_000);
    check(&format!("《甲》{commas}第三条"), &["《甲》 = 甲", "第三条 = 甲 3-0 0"]);
    check("《甲》第三条规定了采购。第五条", &["《甲》 = 甲", "第三条 = 甲 3-0 0", "第五条 = own 5-0 0"]);
}

#[test]
fn words_between_a_name_and_its_clause() {
    for between in ["自", "除", "总则"] {
        check(&format!("《甲》{between}第三条"), &["《甲》 = 甲", "第三条 = 甲 3-0 0"]);
    }
    check("《甲》从第三条到第五条", &["《甲》 = 甲", "第三条 = 甲 3-0 0", "第五条 = 甲 5-0 0"]);
    for (text, name) in [
        ("采购管理办法的第三条", "采购管理办法"),
        ("采购管理办法中的第三条", "采购管理办法"),
        ("采购管理办法（2024）第三条", "采购管理办法"),
        ("采购管理办法——第三条", "采购管理办法"),
        ("采购管理办法·第三条", "采购管理办法"),
        ("‘采购管理办法’第三条", "‘采购管理办法"),
        ("PUR-001 V2 第三条", "PUR-001"),
        ("PUR-001#第三条", "PUR-001"),
        ("本公司章程第三条", "本公司章程"),
        ("招标文件第三条", "招标文件"),
        ("安全责任书第三条", "安全责任书"),
        ("保密须知第三条", "保密须知"),
        ("资产清单第三条", "资产清单"),
        ("考核表第三条", "考核表"),
    ] {
        check(text, &[&format!("第三条 = ?{name} 3-0 0")]);
    }
    for text in ["本办法的第三条", "本须知第三条", "文件第三条", "按第二条规定的第三条"]
    {
        let document = Document::new(format!("第八条 一\n\n{text}\n"), &MarkdownOptions::default());
        let last = document.mentions.last().expect("a mention");
        assert!(
            matches!(&last.kind, MentionKind::Clause { document: MentionedDocument::Own, .. }),
            "{text}: {last:?}"
        );
    }
}

#[test]
fn a_document_in_a_bracket_behind_a_number_has_it() {
    check("见第三条（《甲》）", &["第三条 = 甲 3-0 0", "《甲》 = 甲"]);
    check("按第三条、第四条（均指《甲》）办理", &["第三条 = 甲 3-0 0", "第四条 = 甲 4-0 0", "《甲》 = 甲"]);
    check("本办法第三条（《甲》）", &["第三条 = own 3-0 0", "《甲》 = 甲"]);
    check("见第三条（依《甲》制定）", &["第三条 = own 3-0 0", "《甲》 = 甲"]);
}

#[test]
fn a_name_beside_or_above_governs_the_numbers() {
    let table = "| 制度 | 条款 |\n| --- | --- |\n";
    check(&format!("{table}| 《甲》 | 第三条 |"), &["《甲》 = 甲", "第三条 = 甲 3-0 0"]);
    check(&format!("{table}| 第三条 | **《甲》** |"), &["第三条 = 甲 3-0 0", "《甲》 = 甲"]);
    check(&format!("{table}| 《甲》 | 本办法第三条 |"), &["《甲》 = 甲", "第三条 = own 3-0 0"]);
    check(&format!("{table}| 第三条 | 按《甲》办理 |"), &["第三条 = own 3-0 0", "《甲》 = 甲"]);
    check("| 甲 | 乙 | 丙 |\n| - | - | - |\n| 《甲》 | 《乙》 | 第三条 |", &["《甲》 = 甲", "《乙》 = 乙"]);
    check(
        "| 本办法 | 《甲》 |\n| - | - |\n| 第三条 | 第五条 |",
        &["《甲》 = 甲", "第三条 = own 3-0 0", "第五条 = 甲 5-0 0"],
    );
    check("- 《甲》\n  - 见第三条\n- 第五条", &["《甲》 = 甲", "第三条 = 甲 3-0 0", "第五条 = own 5-0 0"]);
    check("依据《甲》：\n\n- 第三条\n- 前款\n", &["《甲》 = 甲", "第三条 = 甲 3-0 0", "前款 = own 8-0 2"]);
    check("依据《甲》和《乙》：\n\n- 第三条\n", &["《甲》 = 甲", "《乙》 = 乙"]);
    check("依据《甲》制定：\n\n- 第三条\n", &["《甲》 = 甲", "第三条 = own 3-0 0"]);
    check("[采购](b.md)：\n\n- 第三条\n", &["第三条 = link 0 3-0 0"]);
    check("《甲》\n\n: 第三条\n", &["《甲》 = 甲", "第三条 = 甲 3-0 0"]);
    check("> [!NOTE] 《甲》\n> 见第三条\n", &["《甲》 = 甲", "第三条 = 甲 3-0 0"]);
}
