//! A line of a text, parted from the signs of quotations and the indent before it.

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
