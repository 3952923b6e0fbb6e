//! Traditional and simplified characters as one.
//!
//! The table is that of OpenCC, character by character: good enough to find and
//! compare names with, not to convert a text. Every other character stands for
//! itself, and folding twice is the same as folding once.

use std::sync::LazyLock;

const TABLE: &str = include_str!("traditional.txt");

/// For each character of the basic plane its simplified one, 0 for itself.
static SIMPLIFIED: LazyLock<Box<[u16]>> = LazyLock::new(|| {
    let mut table = vec![0_u16; 0x1_0000].into_boxed_slice();
    for (from, to) in traditional() {
        if let (Some(slot), Ok(to)) = (table.get_mut(from as usize), u16::try_from(u32::from(to))) {
            *slot = to;
        }
    }
    table
});

/// Every traditional character with its simplified one, in the order of the former.
pub fn traditional() -> impl Iterator<Item = (char, char)> {
    let pairs = TABLE.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    pairs.filter_map(|pair| {
        let mut characters = pair.chars();
        Some((characters.next()?, characters.next()?))
    })
}

/// The simplified form of a character: 標 becomes 标. All others stay.
#[must_use]
#[inline]
pub fn fold_han(character: char) -> char {
    match SIMPLIFIED.get(character as usize) {
        Some(0) | None => character,
        Some(simple) => char::from_u32(u32::from(*simple)).unwrap_or(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_becomes_simplified_and_stays_so() {
        let folded: String = "資訊安全標準與運營管理辦法".chars().map(fold_han).collect();
        assert_eq!(folded, "资讯安全标准与运营管理办法");
        assert_eq!(fold_han('A'), 'A');
        assert_eq!(fold_han('𠮷'), '𠮷');
        assert!(traditional().count() > 2_500);
        for (from, to) in traditional() {
            assert_eq!(fold_han(from), to);
            assert_eq!(fold_han(to), to, "{from} leads to {to}, which leads on");
        }
        assert!(traditional().zip(traditional().skip(1)).all(|(a, b)| a.0 < b.0), "the table is sorted");
    }
}
