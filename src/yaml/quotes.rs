//! Marks that YAML does not know, around names and numbers: quotation marks, and those of a wiki link.

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
    let text = words_of_link(text.trim());
    if !NAMES.contains(&key) {
        return text;
    }
    let pairs = [('“', '”'), ('‘', '’'), ('＂', '＂')];
    let inner = pairs.into_iter().find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close));
    inner.map(str::trim).filter(|inner| !inner.is_empty() && !inner.contains(['“', '”'])).unwrap_or(text)
}

/// What a wiki link shows that is a whole value: `[[Security]]`, `[[hr/leave#pay|Paid leave]]`. Obsidian
/// shows such properties as links.
fn words_of_link(text: &str) -> &str {
    let inner = text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    let Some(inner) = inner.filter(|inner| !inner.contains(['[', ']'])) else { return text };
    let (path, words) = inner.split_once('|').map_or((inner, None), |(path, words)| (path, Some(words)));
    let name = path.split('#').next().and_then(|path| path.rsplit('/').next()).unwrap_or(path);
    let shown = words.unwrap_or(name).trim();
    if shown.is_empty() { text } else { shown }
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn a_value_that_is_a_wiki_link_is_its_words() {
        for (text, words) in [
            ("[[Security]]", "Security"),
            (" [[hr/Leave rules#pay]] ", "Leave rules"),
            ("[[VPN|Vpn access]]", "Vpn access"),
            ("[[A]] and [[B]]", "[[A]] and [[B]]"),
            ("[[]]", "[[]]"),
            ("[[#here]]", "[[#here]]"),
        ] {
            assert_eq!(bare(text, "topics"), words);
        }
    }

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
