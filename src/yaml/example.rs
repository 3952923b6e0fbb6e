//! What an entry of a list looks like, for authors who wrote a line of text where keys belong.

/// By the list's key.
const EXAMPLES: [(&str, &str); 7] = [
    ("revisions", "- {version: \"1.0\", date: 2024-01-15, by: …, note: …}"),
    ("approvals", "- {by: …, date: 2024-01-15, version: \"1.0\"}"),
    ("reviews", "- {date: 2024-01-15, by: …, outcome: unchanged}"),
    ("terms", "- {term: …, definition: …}"),
    ("external_references", "- {title: …, url: …}"),
    ("departments", "- {id: …, name: …}"),
    ("roles", "- {id: …, name: …, department: …}"),
];

/// An entry of the list of this key; `None` where no key has one list only.
pub(super) fn example_of(key: &str) -> Option<&'static str> {
    EXAMPLES.iter().find(|(known, _)| *known == key).map(|(_, example)| *example)
}
