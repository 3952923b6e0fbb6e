//! Quotation marks that YAML does not know, around names and numbers.

/// Keys of names and numbers, which no quotation marks are part of.
const NAMES: [&str; 13] = [
    "id",
    "version",
    "status",
    "owner",
    "author",
    "reviewer",
    "approver",
    "departments",
    "roles",
    "supersedes",
    "audience",
    "by",
    "required_reading",
];

/// A text without blanks around it. A word processor or an input method makes the quotation
/// marks around a name `“…”`, which YAML takes for a part of it.
pub(super) fn bare<'a>(text: &'a str, key: &str) -> &'a str {
    let text = text.trim();
    if !NAMES.contains(&key) {
        return text;
    }
    let pairs = [('“', '”'), ('‘', '’'), ('＂', '＂')];
    let inner = pairs.into_iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    inner.map(str::trim).filter(|inner| !inner.is_empty() && !inner.contains(['“', '”'])).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn marks_around_a_name_are_no_part_of_it() {
        for (text, key, name) in [
            (" “HR-001” ", "id", "HR-001"),
            ("‘1.2’", "version", "1.2"),
            ("“甲”与“乙”", "owner", "“甲”与“乙”"),
            ("“十四五”", "title", "“十四五”"),
            ("“”", "id", "“”"),
            ("“", "id", "“"),
        ] {
            assert_eq!(bare(text, key), name);
        }
    }
}
