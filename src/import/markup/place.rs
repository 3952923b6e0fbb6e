//! Where a text is put that takes the place of one line: each of its lines stands in the list or
//! quotation in which that one stood, or it would end them.

use super::code;

/// The signs of lists and quotations, and the blanks, that a line begins with.
pub(super) fn signs(line: &str) -> &str {
    let mut rest = line;
    loop {
        let bare = rest.trim_start_matches([' ', '\t']);
        let digits = bare.len() - bare.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let is_number = (1..10).contains(&digits) && bare[digits..].starts_with(['.', ')']);
        let length = match bare.chars().next() {
            Some('>') => 1,
            Some('-' | '*' | '+') if bare[1..].starts_with([' ', '\t']) => 1,
            _ if is_number && bare[digits + 1..].starts_with([' ', '\t']) => digits + 1,
            _ => return &line[..line.len() - bare.len()],
        };
        rest = &bare[length..];
    }
}

/// What stands before a place on its line, where that is nothing but signs.
pub(super) fn of(text: &str, at: usize) -> &str {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &text[line..at];
    if signs(before).len() == before.len() { before } else { "" }
}

/// What a line begins with that goes on below one with these signs.
pub(super) fn going_on(signs: &str) -> String {
    signs.chars().map(|c| if matches!(c, '>' | ' ' | '\t') { c } else { ' ' }).collect()
}

/// The lines of a text behind these signs, which its first line has already.
pub(super) fn put(text: &str, signs: &str) -> String {
    let before = going_on(signs);
    let mut lines = text.lines();
    let mut out = lines.next().unwrap_or("").to_owned();
    for line in lines {
        out.push('\n');
        out.push_str(if line.is_empty() { before.trim_end() } else { &before });
        out.push_str(line);
    }
    out
}

/// A whole block behind these signs: what stands beside it on other lines is no part of it.
pub(super) fn block(text: &str, signs: &str) -> String {
    let text = put(text.trim_matches('\n'), signs);
    match signs.trim().is_empty() {
        true => format!("\n\n{signs}{text}\n\n"),
        false => format!("{text}\n{}", going_on(signs).trim_end()),
    }
}

/// What an element holds, with the least indent that its lines and its tag have in common: MDX
/// knows no code by its indent, so a tag may stand deeper than what it holds, or less deep.
pub(super) fn settled<'a>(inner: &str, indent: &'a str) -> (String, &'a str) {
    let code = code::ranges(inner);
    let depth = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut at = 0;
    let mut least: Option<usize> = None;
    for (number, line) in inner.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let is_inside = code.iter().any(|range| range.start < start && start < range.end);
        if number > 0 && !is_inside && !line.trim().is_empty() {
            least = Some(least.map_or(depth(line), |least| least.min(depth(line))));
        }
    }
    let Some(least) = least else { return (inner.to_owned(), indent) };
    let base = &indent[..indent.len().min(least)];
    let mut out = String::with_capacity(inner.len());
    for (number, line) in inner.split_inclusive('\n').enumerate() {
        if number > 0 && !line.trim().is_empty() {
            out.push_str(base);
            out.push_str(&line[depth(line).min(least)..]);
        } else {
            out.push_str(line);
        }
    }
    (out, base)
}

#[cfg(test)]
mod tests {
    use super::{block, put, settled, signs};

    #[test]
    fn lines_stand_where_the_first_one_does() {
        for (line, before) in [
            ("   <<< a", "   "),
            ("> - <<< a", "> - "),
            ("10. @[code](a)", "10. "),
            ("a", ""),
            ("**a**", ""),
            ("-a", ""),
            ("1.5 a", ""),
        ] {
            assert_eq!(signs(line), before);
        }
        assert_eq!(put("a\n\nb", "> 1. "), "a\n>\n>    b");
        assert_eq!(block("a\nb", "   "), "\n\n   a\n   b\n\n");
        assert_eq!(block("a\nb", "> "), "a\n> b\n>");
    }

    #[test]
    fn what_an_element_holds_stands_less_deep_than_code() {
        for (inner, indent, new, base) in [
            ("\n    ```\n  x\n    ```\n", "      ", "\n    ```\n    x\n    ```\n", "    "),
            ("\n      a\n        b\n", "  ", "\n  a\n    b\n", "  "),
            ("a", "  ", "a", "  "),
            ("a\nb", "", "a\nb", ""),
        ] {
            assert_eq!(settled(inner, indent), (new.to_owned(), base));
        }
    }
}
