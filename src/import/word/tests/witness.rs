//! Twelve documents by python-docx, and what LibreOffice shows of each.
//!
//! `tests/fixtures/word/make.py` made both. LibreOffice works out the numbers by itself,
//! so that no misreading of the format is shared.

use super::*;

macro_rules! documents {
    ($($name:literal),* $(,)?) => {
        [$((
            $name,
            include_bytes!(concat!("../../../../tests/fixtures/word/", $name, ".docx")).as_slice(),
            include_str!(concat!("../../../../tests/fixtures/word/", $name, ".txt")),
        )),*]
    };
}

/// A line of Markdown or HTML as a reader sees it, without spaces.
fn seen(line: &str) -> String {
    let mut text = line.trim().trim_start_matches('#').trim_start();
    if let Some((_, cell)) = text.split_once('>').filter(|_| text.starts_with("<t")) {
        text = cell.trim_end_matches("</td>");
    }
    let text = text.strip_prefix("- ").map_or_else(|| text.to_owned(), |item| format!("•{item}"));
    let mut out = String::new();
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let escapes = sign == '\\' && signs.peek().is_some_and(char::is_ascii_punctuation);
        let sign = if escapes { signs.next().unwrap_or(sign) } else { sign };
        out.extend(Some(sign).filter(|sign| !sign.is_whitespace()));
    }
    out
}

#[test]
fn numbers_are_those_that_libreoffice_shows() {
    let documents = documents![
        "01-采购管理制度",
        "02-考勤管理办法",
        "03-信息安全管理规范",
        "04-值班表单",
        "05-各种编号",
        "06-差旅费标准",
        "07-合同管理制度",
        "08-保密制度",
        "09-安全生产责任制",
        "10-公司章程",
        "11-会议室使用须知",
        "12-travel-policy",
    ];
    for (name, bytes, shown) in documents {
        let document = read(bytes, "图").expect(name);
        let ours: Vec<String> = document
            .text
            .lines()
            .filter(|line| !matches!(line.trim(), "<table>" | "</table>" | "<tr>" | "</tr>"))
            .map(seen)
            .filter(|line| !line.is_empty())
            .collect();
        // The sign of a list's second level is another one; both are signs.
        let bare = |line: &str| line.replace(['–', '◦', '\u{feff}'], "•").trim_start_matches('•').to_owned();
        // LibreOffice shows what is removed beside what is put in its place.
        let shown = told(&document, NoteKind::Deleted)
            .iter()
            .fold(shown.to_owned(), |text, gone| text.replace(gone, ""));
        let shown: Vec<String> = shown
            .lines()
            .map(|line| line.chars().filter(|sign| !sign.is_whitespace()).collect::<String>())
            .map(|line| bare(&line))
            .filter(|line| !line.is_empty())
            .collect();
        let ours: Vec<String> = ours.iter().map(|line| bare(line)).collect();
        // What stands before the text is front matter.
        let begin = shown.iter().position(|line| ours.first() == Some(line));
        let begin = begin.unwrap_or_else(|| panic!("{name}: {ours:#?} {shown:#?}"));
        assert!(ours.len() > 1, "{name}");
        assert_eq!(ours, shown[begin..], "{name}");
        assert!(document.front.contains_key("title"), "{name}");
    }
}
