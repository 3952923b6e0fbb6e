//! What people type or paste where Markdown has another sign: a full-width colon behind the name of a
//! footnote, and rows of a spreadsheet, with tabs between their cells.

use super::super::verbatim;
use super::places::Instead;
use std::collections::HashMap;
use std::ops::Range;

/// What stands for such signs, in order.
pub(super) fn marks(text: &str) -> Vec<Instead> {
    let has_colons = text.contains("]：");
    if !has_colons && !text.contains('\t') {
        return Vec::new();
    }
    let code = verbatim::ranges(text);
    let mut found = Vec::new();
    if has_colons {
        colons(text, &code, &mut found);
    }
    rows(text, &code, &mut found);
    found
}

fn put(place: Range<usize>, new: impl Into<String>, found: &mut Vec<Instead>) {
    found.push(Instead { place, new: new.into(), is_words: true });
}

/// `[^1]：` at the beginning of a line, where the text refers to that footnote.
fn colons(text: &str, code: &[Range<usize>], found: &mut Vec<Instead>) {
    let mut names: HashMap<&str, usize> = HashMap::new();
    for (at, _) in text.match_indices("[^") {
        let name = text[at + 2..].split([']', '\n']).next().unwrap_or("");
        *names.entry(name).or_default() += 1;
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let name = line.strip_prefix("[^").and_then(|rest| rest.split_once("]：")).map(|(name, _)| name);
        let name = name.filter(|name| !name.is_empty() && !name.contains([']', ' ', '\t']));
        let is_referred = name.is_some_and(|name| names.get(name).is_some_and(|count| *count > 1));
        if let Some(name) = name.filter(|_| is_referred && !verbatim::holds(code, at)) {
            let colon = at + "[^".len() + name.len() + "]".len();
            put(colon..colon + '：'.len_utf8(), ": ", found);
        }
        at += line.len();
    }
}

/// Lines that stand together by themselves, and have the same number of tabs between words.
fn rows(text: &str, code: &[Range<usize>], found: &mut Vec<Instead>) {
    if !text.contains('\t') {
        return;
    }
    let mut rows: Vec<Range<usize>> = Vec::new();
    let (mut at, mut is_table, mut tabs) = (0, true, 0);
    for line in text.split_inclusive('\n').chain(["\n"]) {
        let bare = line.trim_end_matches(['\n', '\r']);
        let place = at..at + bare.len();
        at += line.len();
        if bare.trim().is_empty() {
            if is_table && rows.len() > 1 {
                table(text, &rows, found);
            }
            rows.clear();
            is_table = true;
            continue;
        }
        let own = bare.matches('\t').count();
        let is_row = own > 0 && (rows.is_empty() || own == tabs) && is_words(bare);
        is_table &= is_row && (!rows.is_empty() || !is_label(bare)) && !verbatim::holds(code, place.start);
        tabs = own;
        rows.push(place);
    }
}

/// Whether a line begins with words, and no sign of Markdown.
fn is_words(line: &str) -> bool {
    let signs = ['|', '>', '#', '<', '`', '~', '=', ':', '[', '!', '{'];
    let item = ["- ", "* ", "+ ", "-\t", "*\t", "+\t"].iter().any(|mark| line.starts_with(mark));
    !line.starts_with(signs) && !line.starts_with(char::is_whitespace) && !item && !line.contains('|')
}

/// Whether a line begins with the number of a clause or an item, behind which a tab is what a word
/// processor puts there.
fn is_label(line: &str) -> bool {
    let first = line.split('\t').next().unwrap_or("").trim();
    let numerals = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百零〇".contains(c);
    first.starts_with(['第', '（', '(', '•', '·', '●', '○', '①', '◆', '■', '－', '—', '–'])
        || first.ends_with(['、', '.', '．', ')', '）', '条', '章', '节'])
        || !first.is_empty() && first.chars().all(|c| numerals(c) || c == '.')
}

fn table(text: &str, rows: &[Range<usize>], found: &mut Vec<Instead>) {
    let columns = text[rows[0].clone()].matches('\t').count() + 1;
    let rule = format!("|{}", "---|".repeat(columns));
    // `电话：` in the first row names a value, no column.
    let first = text[rows[0].clone()].split('\t').next().unwrap_or("").trim_end();
    let has_head = columns > 2 || !first.ends_with([':', '：']);
    for (number, row) in rows.iter().enumerate() {
        let begin = match number {
            0 if !has_head => format!("|{}\n{rule}\n| ", " |".repeat(columns)),
            _ => "| ".to_owned(),
        };
        put(row.start..row.start, begin, found);
        for (at, _) in text[row.clone()].match_indices('\t') {
            put(row.start + at..row.start + at + 1, " | ", found);
        }
        let end = if number == 0 && has_head { format!(" |\n{rule}") } else { " |".to_owned() };
        put(row.end..row.end, end, found);
    }
}

#[cfg(test)]
mod tests {
    use super::marks;

    fn read(text: &str) -> String {
        let (mut out, mut at) = (String::new(), 0);
        for instead in marks(text) {
            out.push_str(&text[at..instead.place.start]);
            out.push_str(&instead.new);
            at = instead.place.end;
        }
        out + &text[at..]
    }

    #[test]
    fn signs_of_people_are_those_of_markdown() {
        for (text, new) in [
            ("文[^1]。\n\n[^1]：注。\n", "文[^1]。\n\n[^1]: 注。\n"),
            ("姓名\t部门\n张三\t人事\n", "| 姓名 | 部门 |\n|---|---|\n| 张三 | 人事 |\n"),
            ("序号\t甲\t乙\n1\t\t丙\n\n文\n", "| 序号 | 甲 | 乙 |\n|---|---|---|\n| 1 |  | 丙 |\n\n文\n"),
            ("电话：\t1\n邮箱：\t2\n", "| | |\n|---|---|\n| 电话： | 1 |\n| 邮箱： | 2 |\n"),
        ] {
            assert_eq!(read(text), new, "{text}");
        }
    }

    #[test]
    fn what_only_looks_alike_stays() {
        for text in [
            "[^1]：没有引用。\n",
            "第一条\t甲。\n第二条\t乙。\n",
            "一、\t甲\n二、\t乙\n",
            "1\t甲\n2\t乙\n",
            "甲\t乙\n丙\n",
            "甲\t乙\n",
            "- a\tb\n- c\td\n",
            "```\na\tb\nc\td\n```\n",
            "\ta\tb\n\tc\td\n",
        ] {
            assert_eq!(read(text), text);
        }
        for part in ["a\tb\n", "[^1]：", "[^1]：\n", "\t", "a\tb\n\n"] {
            marks(&part.repeat(50_000));
        }
    }
}
