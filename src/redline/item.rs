//! What numbers a paragraph or item within a clause: （一）, (2), 3., 四、, ①, a).

/// How many bytes of a line its number takes, the space behind it not included; 0 where it
/// has none.
pub(super) fn label(line: &str) -> usize {
    let opens = |c: char| matches!(c, '（' | '(');
    let closes = |c: char| matches!(c, '）' | ')');
    let ends = |c: char| matches!(c, '.' | '．' | '、' | '）' | ')');
    let mut chars = line.char_indices();
    let Some((_, first)) = chars.next() else { return 0 };
    if ('①'..='⑳').contains(&first) {
        return first.len_utf8();
    }
    let in_brackets = opens(first);
    let mut digits = usize::from(!in_brackets && is_numeral(first));
    if !in_brackets && digits == 0 {
        return 0;
    }
    for (at, c) in chars {
        match c {
            c if digits < 4 && is_numeral(c) => digits += 1,
            c if digits > 0 && if in_brackets { closes(c) } else { ends(c) } => {
                let end = at + c.len_utf8();
                // 3.5 is a number, and 1.2 of a heading is not 1.
                let goes_on = line[end..].starts_with(|next: char| next.is_ascii_digit());
                return if goes_on { 0 } else { end };
            }
            _ => return 0,
        }
    }
    0
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || c.is_ascii_lowercase() || "一二三四五六七八九十百零〇两".contains(c)
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn numbers_of_items_are_told_from_words() {
        for (line, number) in [
            ("（一）迟到", "（一）"),
            ("(12) late", "(12)"),
            ("3. late", "3."),
            ("四、附则", "四、"),
            ("① 甲", "①"),
            ("a) one", "a)"),
            ("3.5 元", ""),
            ("十年以上的员工", ""),
            ("（试行）办法", ""),
            ("late", ""),
            ("", ""),
        ] {
            assert_eq!(&line[..label(line)], number, "{line}");
        }
    }
}
