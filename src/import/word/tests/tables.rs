//! Tables, with and without merged cells.

use super::*;

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

fn row(cells: &str) -> String {
    format!("<w:tr>{cells}</w:tr>")
}

const BELOW: &str = "<w:vMerge/>";
const FIRST: &str = r#"<w:vMerge w:val="restart"/>"#;
const WIDE: &str = r#"<w:gridSpan w:val="2"/>"#;

#[test]
fn a_plain_table_is_markdown() {
    let two = format!("<w:tc><w:tcPr/>{}{}</w:tc>", p("二"), p("a|b"));
    let body = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&(cell("", "级别") + &cell("", "时限"))),
        row(&(cell("", "一") + &two))
    );
    assert_eq!(File::new(&body).text(), "| 级别 | 时限 |\n| --- | --- |\n| 一 | 二<br>a\\|b |\n");
}

#[test]
fn merged_cells_stay_merged() {
    let body = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row(&(cell("", "项目") + &cell(WIDE, "标准 &amp; 说明"))),
        row(&(cell(FIRST, "交通") + &cell("", "飞机") + &cell("", "经济舱"))),
        row(&(cell(BELOW, "") + &cell("", "火车") + &cell("", "二等座"))),
    );
    assert_eq!(
        File::new(&body).text(),
        "<table>\n<tr>\n<td>项目</td>\n<td colspan=\"2\">标准 &amp; 说明</td>\n</tr>\n\
         <tr>\n<td rowspan=\"2\">交通</td>\n<td>飞机</td>\n<td>经济舱</td>\n</tr>\n\
         <tr>\n<td>火车</td>\n<td>二等座</td>\n</tr>\n</table>\n"
    );
}

#[test]
fn a_cell_with_the_text_of_a_document_is_text() {
    let inside = p("第一条 甲。") + &p("第二条 乙。");
    let whole = format!("<w:tc><w:tcPr>{WIDE}</w:tcPr>{inside}</w:tc>");
    let body = format!("<w:tbl>{}{}</w:tbl>", row(&(cell("", "表") + &cell("", "头"))), row(&whole));
    assert_eq!(File::new(&body).text(), "| 表 | 头 |\n| --- | --- |\n\n第一条 甲。\n\n第二条 乙。\n");
}

#[test]
fn tables_in_tables_and_removed_rows() {
    let inner = format!("<w:tbl>{}</w:tbl>", row(&(cell("", "内") + &cell("", "层"))));
    let holds = format!("<w:tc><w:tcPr/>{inner}<w:p/></w:tc>");
    let gone = format!("<w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>{}</w:tr>", cell("", ""));
    let body = format!("<w:tbl>{}{gone}</w:tbl>", row(&(cell("", "外") + &holds)));
    assert_eq!(
        File::new(&body).text(),
        "<table>\n<tr>\n<td>外</td>\n<td>\n\n| 内 | 层 |\n| --- | --- |\n\n</td>\n</tr>\n</table>\n"
    );
}

#[test]
fn a_row_that_begins_further_right_leaves_a_space() {
    let later = format!(r#"<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{}</w:tr>"#, cell("", "丙"));
    let body = format!("<w:tbl>{}{later}</w:tbl>", row(&(cell("", "甲") + &cell("", "乙"))));
    assert_eq!(File::new(&body).text(), "| 甲 | 乙 |\n| --- | --- |\n|  | 丙 |\n");
}

#[test]
fn numbers_in_cells_are_shown() {
    let numbered = format!("<w:tc><w:tcPr/>{}{}</w:tc>", n(1, 0, "甲"), n(1, 0, "乙"));
    let body = format!(
        "<w:tbl>{}{}</w:tbl>",
        row(&(cell("", "步骤") + &cell("", "人"))),
        row(&(numbered + &cell("", "丙")))
    );
    let text = File::new(&body).numbering(&list(1, &level(0, "decimal", "%1.", ""))).text();
    assert_eq!(text, "| 步骤 | 人 |\n| --- | --- |\n| 1. 甲<br>2. 乙 | 丙 |\n");
}
