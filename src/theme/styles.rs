//! Style sheets have a file for each component and are published as one.
//!
//! `@import "styles/pill.css";` at the beginning of a line includes a part.
//! `@import url(more.css);` stays an import of a file that is published by itself.

use super::bundles::RawAssets;
use std::collections::BTreeSet;

/// The first import of a part: the text before it, its path, the text after it.
pub(super) fn import(text: &str) -> Option<(&str, &str, &str)> {
    let mut at = 0;
    while let Some(line) = text[at..].split_inclusive('\n').next() {
        if let Some(path) = line.strip_prefix("@import \"")
            && let Some(path) = path.trim_end().strip_suffix("\";")
            && !path.contains('"')
        {
            return Some((&text[..at], path, &text[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// Style sheets that are not published by themselves: those that embedded ones include, even if
/// the project's versions do not, and the project's own that the project's ones include.
pub(super) fn parts(raw: &RawAssets<'_>, embedded: &[(String, &[u8])]) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    for (name, bytes) in embedded.iter().filter(|(name, _)| is_style(name)) {
        parts.extend(imported_parts(name, bytes));
    }
    for (name, (bytes, _)) in raw.iter().filter(|(name, _)| is_style(name)) {
        let is_own = |part: &String| embedded.iter().all(|(ours, _)| ours != part);
        parts.extend(imported_parts(name, bytes).into_iter().filter(is_own));
    }
    parts
}

/// The style sheets that one includes, without itself.
fn imported_parts(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts = Vec::new();
    let mut rest = std::str::from_utf8(bytes).unwrap_or_default();
    while let Some((_, path, behind)) = import(rest) {
        parts.extend(super::assets::join(folder, path).filter(|part| part != name));
        rest = behind;
    }
    parts
}

/// Whether an asset is a style sheet, by its name.
pub(super) fn is_style(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, kind)| kind.eq_ignore_ascii_case("css"))
}

/// An embedded style sheet without indentation and lines of comments. It must not have strings that span lines.
pub(super) fn lean(text: &str) -> String {
    let mut lean = String::with_capacity(text.len());
    let mut comments = false;
    for line in text.lines().map(str::trim) {
        let opens = line.starts_with("/*");
        if !comments && !opens && !line.is_empty() {
            lean.extend([line, "\n"]);
        }
        comments = (comments || opens) && !line.ends_with("*/");
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_all_else_stays() {
        let style = "/* One\n   two. */\na {\n  color: red; /* three */\n\n  /* four */\n}\n";
        assert_eq!(lean(style), "a {\ncolor: red; /* three */\n}\n");
    }
}
