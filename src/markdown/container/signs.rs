//! Whether a text can hold a box at all. Most cannot, and are not read line by line for it.

/// What boxes, and lines for another tool, begin with, but for tables of contents.
const SIGNS: [&[u8]; 17] = [
    b":::",
    b"!!!",
    b"???",
    b"!> ",
    b"?> ",
    b"===",
    b"<Tab",
    b"<CodeGroup",
    b"<code-group",
    b"{:",
    b"{#",
    b"{.",
    b"{ ",
    b"{docsify",
    b"{%",
    b"{{<",
    b":id=",
];

/// One pass looks for single bytes, since most of them are rare.
pub(super) fn may_stand_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize| SIGNS.iter().any(|sign| bytes[at..].starts_with(sign));
    memchr::memchr3_iter(b':', b'!', b'?', bytes).any(begins)
        || memchr::memchr3_iter(b'=', b'<', b'{', bytes).any(begins)
        || memchr::memchr_iter(b'[', bytes).any(|at| is_contents(&bytes[at..]))
        || memchr::memmem::find(bytes, b"admonish").is_some()
}

/// `[TOC`, `[[toc`, `[[_TOC`
fn is_contents(bytes: &[u8]) -> bool {
    let name = bytes.iter().take(4).position(|byte| !matches!(byte, b'[' | b'_')).map(|at| &bytes[at..]);
    name.and_then(|name| name.get(..3)).is_some_and(|name| name.eq_ignore_ascii_case(b"toc"))
}

#[cfg(test)]
mod tests {
    use super::may_stand_in;

    #[test]
    fn what_may_begin_a_box_is_seen() {
        for text in [
            "甲\n::: tip",
            "!!! note",
            "???+ x",
            "=== \"甲\"",
            "<Tabs>",
            "段\n{: .x }",
            "{#id}",
            "{.x}",
            "{ #id }",
            "{ .x }",
            "[TOC]",
            "[[toc]]",
            "@[toc]",
            "[[_Toc_]]",
            "{% hint %}",
            "{{< hint >}}",
            "{{% hint %}}",
            "## A :id=b",
        ] {
            assert!(may_stand_in(text), "{text}");
        }
        for text in ["", "甲：乙！丙？", "a: b! c? d=e <b> {x} [链接](a.md) [", "[[_"] {
            assert!(!may_stand_in(text), "{text}");
        }
    }
}
