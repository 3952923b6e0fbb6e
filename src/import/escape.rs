//! Text as Markdown that shows it unchanged.

/// What stands around a text, as far as it decides what has to be escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Around {
    /// Whether it is in a cell, which a bar would end.
    pub(super) cell: bool,
    /// Whether it is in a heading, where `{` begins what is said of it.
    pub(super) heading: bool,
    /// Whether it is in the words of a link, which `]` would end.
    pub(super) link: bool,
}

/// Escapes a text. `at_start` says whether it begins a line, and `before` what stands
/// before it in this line.
pub(super) fn escape(text: &str, at_start: bool, before: Option<char>, around: Around) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let signs: Vec<char> = text.chars().collect();
    for (at, &sign) in signs.iter().enumerate() {
        let previous = at.checked_sub(1).and_then(|at| signs.get(at)).copied().or(before);
        let next = signs.get(at + 1).copied();
        if needs_escape(sign, previous, next, around) {
            out.push('\\');
        }
        out.push(sign);
    }
    if at_start { line(&out) } else { out }
}

fn needs_escape(sign: char, previous: Option<char>, next: Option<char>, around: Around) -> bool {
    let is_word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    match sign {
        '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
        '`' | '*' | '[' | '$' => true,
        '_' => !(is_word(previous) && is_word(next)),
        ']' => around.link,
        '~' => true,
        '<' => next.is_none_or(|next| !next.is_whitespace() && !next.is_ascii_digit() && next != '='),
        '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#'),
        '|' => around.cell,
        '{' => around.heading,
        '=' => next == Some('=') || previous == Some('='),
        '^' => next == Some('['),
        _ => false,
    }
}

/// Escapes what would begin a block at the beginning of a line.
fn line(text: &str) -> String {
    let first = text.chars().next();
    let second = text.chars().nth(1);
    let is_end = |sign: Option<char>| sign.is_none_or(char::is_whitespace);
    let hashes = text.trim_start_matches('#');
    let begins = match first {
        Some('>' | '|') => true,
        Some('#') => text.len() - hashes.len() <= 6 && is_end(hashes.chars().next()),
        Some('+') => is_end(second),
        Some('-') => is_end(second) || text.trim_end().chars().all(|sign| sign == '-' || sign == ' '),
        Some('=') => true,
        Some(':') => is_end(second) || text.starts_with(":::"),
        Some('!') => text.starts_with("!!!"),
        Some('?') => text.starts_with("???"),
        Some('%') => text.starts_with("%%"),
        _ => false,
    };
    if begins {
        return format!("\\{text}");
    }
    let digits = text.len() - text.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    let mut rest = text[digits..].chars();
    let is_list = (1..=9).contains(&digits) && matches!(rest.next(), Some('.' | ')')) && is_end(rest.next());
    if is_list { format!("{}\\{}", &text[..digits], &text[digits..]) } else { text.to_owned() }
}

/// A path of a file as an address: what begins a query or a fragment there is part of its name.
pub(super) fn file(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for (at, sign) in path.char_indices() {
        let is_code =
            || path.as_bytes().get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        match sign {
            '#' => out.push_str("%23"),
            '?' => out.push_str("%3F"),
            '%' if is_code() => out.push_str("%25"),
            sign => out.push(sign),
        }
    }
    out
}

/// A path or address as the target of a link.
pub(super) fn target(address: &str) -> String {
    let mut out = String::new();
    for sign in address.trim().chars() {
        match sign {
            ' ' | '<' | '>' | '(' | ')' | '\\' | '"' | '`' | '*' | '|' | '[' | ']' => {
                let mut bytes = [0; 4];
                for byte in sign.encode_utf8(&mut bytes).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}

/// Text as HTML.
pub(super) fn html(text: &str) -> String {
    crate::markdown::escape_text(text)
}
