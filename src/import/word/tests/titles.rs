//! The title among the lines that stand around it.

use super::head::{centered, front};
use super::*;

const COMPANY: &str = "杭州云帆网络科技有限公司";

/// A centred line of a size in half points.
fn sized(size: u32, text: &str) -> String {
    let size = format!(r#"<w:sz w:val="{size}"/>"#);
    format!(r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{}</w:p>"#, r(&format!("<w:b/>{size}"), text))
}

fn read(lines: &[String]) -> (String, String) {
    let body = lines.concat() + &p("第一条 正文。");
    let document = File::new(&body).read();
    (front(&document), document.text.replace("第一条 正文。\n", "").trim().replace("\n\n", " / "))
}

#[test]
fn what_stands_above_a_title_is_none() {
    let title = || sized(44, "考勤管理制度");
    let own = "title: 考勤管理制度\n";
    let with_id = "title: 考勤管理制度\nid: 云帆发〔2024〕20号\n";
    let named = "title: 考勤管理制度\naliases:\n- 杭州云帆网络科技有限公司考勤管理制度\n";
    let both =
        "title: 考勤管理制度\naliases:\n- 杭州云帆网络科技有限公司考勤管理制度\nid: 云帆发〔2024〕20号\n";
    let number = || centered("云帆发〔2024〕 20 号");
    for (above, expected, left) in [
        (vec![sized(72, "杭州云帆网络科技有限公司文件"), number()], with_id, ""),
        (vec![number()], with_id, ""),
        (vec![sized(72, COMPANY)], named, ""),
        (vec![sized(32, COMPANY)], named, ""),
        (vec![p(COMPANY)], named, ""),
        (vec![sized(72, COMPANY), number()], both, ""),
        (vec![p("附件1")], own, "附件1"),
        (vec![pp(r#"<w:jc w:val="right"/>"#, "2024年3月1日")], own, "2024年3月1日"),
        (vec![centered("内部文件 注意保管")], own, "内部文件 注意保管"),
    ] {
        let lines: Vec<String> = above.into_iter().chain([title()]).collect();
        assert_eq!(read(&lines), (expected.to_owned(), left.to_owned()), "{lines:?}");
    }
    assert_eq!(read(&[title(), number()]), (with_id.to_owned(), String::new()));
    let signed = p("云帆发〔2024〕20号　　签发人：李总");
    let (fields, left) = read(&[sized(72, "云帆集团文件"), signed, title()]);
    assert_eq!(fields, with_id);
    assert!(left.ends_with("签发人：李总"), "{left}");
    // Where nothing else is a title, the line is one.
    assert_eq!(read(&[centered("某某公司文件")]).0, "title: 某某公司文件\n");
}

#[test]
fn a_title_may_share_its_line_or_take_two() {
    let numbered = ("title: 考勤管理制度\nid: HR-009\n".to_owned(), String::new());
    assert_eq!(read(&[sized(44, "编号：HR-009　考勤管理制度")]), numbered);
    assert_eq!(read(&[sized(44, "考勤管理制度　　编号：HR-009")]), numbered);
    let two = read(&[sized(44, "云帆公司考勤与"), sized(44, "休假管理制度")]);
    assert_eq!(two, ("title: 云帆公司考勤与休假管理制度\n".to_owned(), String::new()));
    // A line of another size is another line, and a whole title ends there.
    assert_eq!(read(&[sized(44, "员工手册"), sized(44, "考勤管理制度")]).0, "title: 员工手册\n");
    assert_eq!(read(&[sized(44, "考勤与"), sized(28, "休假管理制度")]).0, "title: 考勤与\n");
    let broken = format!(
        r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>{COMPANY}</w:t><w:br/><w:t>考勤管理制度</w:t></w:r></w:p>"#
    );
    assert_eq!(read(&[broken]).0, "title: 考勤管理制度\naliases:\n- 杭州云帆网络科技有限公司考勤管理制度\n");
}

#[test]
fn a_letter_gives_the_rule_its_own_title() {
    let rule = "title: 考勤管理制度\n";
    let numbered = "title: 考勤管理制度\nid: 云帆发〔2024〕18号\n";
    let named =
        "title: 考勤管理制度\naliases:\n- 杭州云帆网络科技有限公司考勤管理制度\nid: 云帆发〔2024〕18号\n";
    let head = || sized(72, "杭州云帆网络科技有限公司文件");
    let number = || centered("云帆发〔2024〕18号");
    let notice = || sized(44, "关于印发《考勤管理制度》的通知");
    let body = || p("各部门：现将《考勤管理制度》印发给你们，请遵照执行。");
    let title = || sized(44, "考勤管理制度");
    for (lines, expected) in [
        (vec![head(), number(), notice(), body(), title()], numbered),
        (vec![sized(72, COMPANY), number(), notice(), body(), title()], named),
        (vec![number(), notice(), body(), title()], numbered),
        (vec![notice(), body(), title()], rule),
        (vec![notice(), number(), body(), p("附件：考勤管理制度"), title()], numbered),
        (vec![head(), number(), sized(44, "关于修订《考勤管理制度》的通知"), body(), title()], numbered),
        (
            vec![
                sized(44, "杭州云帆网络科技有限公司关于印发《考勤管理制度》的通知"),
                number(),
                body(),
                title(),
            ],
            numbered,
        ),
        (
            vec![head(), number(), notice(), body(), sized(44, "考勤管理制度（试行）")],
            "title: 考勤管理制度（试行）\nid: 云帆发〔2024〕18号\n",
        ),
    ] {
        let (fields, text) = read(&lines);
        assert_eq!(fields, expected, "{lines:?}");
        assert!(text.contains("》的通知") && text.contains("请遵照执行"), "the letter stays: {text}");
    }
    let alone = read(&[notice(), body()]).0;
    assert_eq!(alone, "title: 关于印发《考勤管理制度》的通知\n");
}
