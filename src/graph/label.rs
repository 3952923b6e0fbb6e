//! How wide a title is and where it breaks, without a browser to ask.
//!
//! A Chinese character fills a square; Latin letters are taken a little wider
//! than system fonts draw them, so that a line never leaves its box.

use unicode_width::UnicodeWidthChar;

/// Characters that no line begins with.
const CLOSING: &str = "，。、；：？！）》」』】〉’”,.;:?!)]}…·—";
/// Characters that no line ends with.
const OPENING: &str = "（《「『【〈‘“([{";

/// The width of a character in hundredths of the size of the type.
fn advance(c: char) -> i32 {
    match c.width().unwrap_or(0) {
        0 => 0,
        1 => match c {
            'i' | 'j' | 'l' | 'f' | 't' | 'r' | 'I' | '.' | ',' | ';' | ':' | '\'' | '|' | '!' | '('
            | ')' | '[' | ']' | ' ' | '/' | '-' => 38,
            'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' | '“' | '”' | '‘' | '’' | '·' => 100,
            c if c.is_uppercase() => 74,
            c if c.is_ascii() => 60,
            _ => 78,
        },
        _ => 100,
    }
}

/// The width of a text in pixels, rounded up.
#[must_use]
pub(crate) fn width(text: &str, size: i32) -> i32 {
    (text.chars().map(advance).sum::<i32>() * size + 99) / 100
}

/// A text in at most `lines` lines of `max_width` pixels, as even as they can be;
/// what does not fit is cut with `…`.
#[must_use]
pub(crate) fn wrap(text: &str, size: i32, max_width: i32, lines: usize) -> Vec<String> {
    let mut best = greedy(text, size, max_width, lines);
    let whole = !best.last().is_some_and(|last| last.ends_with('…'));
    let mut narrower = max_width - size / 2;
    while whole && best.len() > 1 && narrower > max_width / 2 {
        let tried = greedy(text, size, narrower, best.len());
        if tried.last().is_some_and(|last| last.ends_with('…')) {
            break;
        }
        best = tried;
        narrower -= size / 2;
    }
    best
}

/// A text in lines that are each as full as they can be.
fn greedy(text: &str, size: i32, max_width: i32, lines: usize) -> Vec<String> {
    let mut wrapped = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && wrapped.len() < lines.max(1) {
        let fits = fitting(rest, size, max_width);
        if fits == rest.len() {
            wrapped.push(rest.to_owned());
            return wrapped;
        }
        if wrapped.len() + 1 == lines.max(1) {
            wrapped.push(ellipsize(rest, size, max_width));
            return wrapped;
        }
        let at = break_before(rest, fits);
        wrapped.push(rest[..at].trim_end().to_owned());
        rest = rest[at..].trim_start();
    }
    wrapped
}

/// Bytes of a text that fit into `max_width`, at least one character.
fn fitting(text: &str, size: i32, max_width: i32) -> usize {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += advance(c) * size;
        if used > max_width * 100 && at > 0 {
            return at;
        }
    }
    text.len()
}

fn ellipsize(text: &str, size: i32, max_width: i32) -> String {
    let fits = fitting(text, size, max_width - size);
    format!("{}…", text[..fits].trim_end_matches(|c: char| c.is_whitespace() || OPENING.contains(c)))
}

/// The last place at or before `end` where a line may break.
fn break_before(text: &str, end: usize) -> usize {
    let places: Vec<(usize, char)> = text.char_indices().take_while(|(at, _)| *at <= end).collect();
    let breaks = places.windows(2).rev().find(|pair| {
        let ((_, before), (_, after)) = (pair[0], pair[1]);
        let latin = |c: char| c.width() == Some(1) && !CLOSING.contains(c) && !c.is_whitespace();
        let joined = latin(before) && latin(after);
        !joined && !OPENING.contains(before) && !CLOSING.contains(after)
    });
    breaks.map_or(end, |pair| pair[1].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_break_as_they_are_read() {
        assert_eq!(
            wrap("互联网运营部门定位、人员发展与部门规划", 14, 130, 2),
            ["互联网运营部门定", "位、人员发展与部…"]
        );
        assert_eq!(wrap("Your first chapter", 14, 90, 2), ["Your first", "chapter"]);
        assert_eq!(wrap("运营部门（试行）办法", 14, 70, 3), ["运营部门", "（试行）", "办法"]);
        assert_eq!(wrap("", 14, 70, 2), Vec::<String>::new());
    }

    #[test]
    fn no_line_is_wider_than_its_room() {
        let long = "甲".repeat(200);
        let latin = "Supercalifragilisticexpialidocious".repeat(6);
        for text in [long.as_str(), latin.as_str(), "a b c d 中文 e f g", "（《（《（《（《（《"]
        {
            for max_width in [40, 91, 200] {
                for line in wrap(text, 14, max_width, 3) {
                    assert!(width(&line, 14) <= max_width, "{line} is wider than {max_width}");
                }
            }
        }
        assert!(wrap(&long, 14, 200, 2).last().is_some_and(|line| line.ends_with('…')));
    }
}
