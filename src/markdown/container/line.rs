//! A line of a text, parted from the signs of quotations and the indent before it, or from the
//! marks of the entries of lists.

/// A line without the signs of quotations and the indent.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) whole: &'a str,
    /// What stands behind the indent, without the end of the line.
    pub(super) bare: &'a str,
    pub(super) quotes: usize,
    /// Bytes of the signs of quotations.
    pub(super) prefix: usize,
    /// Bytes before `bare`.
    pub(super) before: usize,
    /// Columns of the indent.
    pub(super) indent: usize,
}

impl<'a> Line<'a> {
    pub(super) fn new(whole: &'a str, quotes: Option<usize>) -> Self {
        let (mut prefix, mut signs) = (0, 0);
        while quotes.is_none_or(|quotes| signs < quotes) {
            let rest = &whole[prefix..];
            let bare = rest.trim_start_matches(' ');
            if rest.len() - bare.len() > 3 || !bare.starts_with('>') {
                break;
            }
            prefix += rest.len() - bare.len() + 1;
            prefix += usize::from(whole[prefix..].starts_with(' '));
            signs += 1;
        }
        let rest = &whole[prefix..];
        let bare = rest.trim_start_matches([' ', '\t']);
        let white = &rest[..rest.len() - bare.len()];
        let indent = white
            .bytes()
            .fold(0, |column, byte| if byte == b'\t' { (column / 4 + 1) * 4 } else { column + 1 });
        let before = whole.len() - bare.len();
        Self { whole, bare: bare.trim_end_matches(['\n', '\r']), quotes: signs, prefix, before, indent }
    }
}

/// Where the last line of some kind begins in a text, which is asked for without signs of quotations
/// and indent; 0 where none is.
pub(super) fn last_line(text: &str, is_one: impl Fn(&str) -> bool) -> usize {
    let mut at = text.len();
    for line in text.rsplit('\n') {
        at -= line.len();
        if is_one(line.trim_start_matches(['>', ' ', '\t'])) {
            return at;
        }
        at = at.saturating_sub(1);
    }
    0
}

/// Whether the end of raw HTML stands in a text.
pub(super) fn holds(text: &str, end: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes())
        .chain(memchr::memchr_iter(b'-', text.as_bytes()))
        .any(|at| text.get(at..at + end.len()).is_some_and(|part| part.eq_ignore_ascii_case(end)))
}

/// A line without the marks of entries of lists, in one of which code may begin.
pub(super) fn behind_marks(line: &str) -> &str {
    let mut rest = line;
    for _ in 0..4 {
        let bare = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let marks: &[char] = if bare.len() < rest.len() { &['.', ')'] } else { &['-', '*', '+'] };
        match bare.strip_prefix(marks).and_then(|behind| behind.strip_prefix(' ')) {
            Some(behind) => rest = behind.trim_start_matches(' '),
            None => break,
        }
    }
    rest
}
