//! Scripts that are written apart and published as one: a file costs a slow phone
//! about ten milliseconds, however small it is.
//!
//! A project may have a file of its own in the place of a part, or of the whole. Ours
//! lose their comments and indentation, a quarter of what a browser would load.

use super::ThemeFile;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What an asset is before it is published, and the project's file that it comes from.
pub(super) type Raw<'a> = BTreeMap<&'a str, (Cow<'a, [u8]>, Option<&'a ThemeFile>)>;

/// Published scripts and their parts, in the order in which they run.
const BUNDLES: [(&str, &[&str]); 3] = [
    (
        "search-engine.js",
        &[
            "search-text.js",
            "search-bits.js",
            "search-index.js",
            "search-query.js",
            "search-match.js",
            "search-excerpt.js",
            "search.js",
        ],
    ),
    ("search-dialog.js", &["search-view.js", "search-box.js"]),
    ("search-results.js", &["search-view.js", "search-page.js"]),
];

/// Puts the bundles in the place of their parts.
pub(super) fn bundle(raw: &mut Raw<'_>) {
    for (name, parts) in BUNDLES {
        let mut all = Vec::new();
        for (bytes, file) in parts.iter().filter_map(|part| raw.get(part)) {
            match std::str::from_utf8(bytes) {
                Ok(text) if file.is_none() => all.extend(lean(text).into_bytes()),
                _ => all.extend_from_slice(bytes),
            }
        }
        raw.entry(name).or_insert((Cow::Owned(all), None));
    }
    for part in BUNDLES.iter().flat_map(|(_, parts)| *parts) {
        raw.remove(part);
    }
}

/// A script without indentation and without lines that are nothing but comment.
/// It must not have strings of several lines.
fn lean(script: &str) -> String {
    let mut lean = String::with_capacity(script.len());
    let mut comments = false;
    for line in script.lines().map(str::trim) {
        let opens = line.starts_with("/*");
        if !comments && !opens && !line.starts_with("//") && !line.is_empty() {
            lean.push_str(line);
            lean.push('\n');
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
        let script =
            "/* One\n   two. */\nlet a = 1; // three\n  // four\n\n  /* five */\n  let b = \"/* six */\";\n";
        assert_eq!(lean(script), "let a = 1; // three\nlet b = \"/* six */\";\n");
    }

    #[test]
    fn our_parts_can_be_made_lean() {
        for part in BUNDLES.iter().flat_map(|(_, parts)| *parts) {
            let file = super::super::EMBEDDED.get_file(format!("assets/{part}")).expect(part);
            let text = file.contents_utf8().expect(part);
            for line in text.lines().map(str::trim) {
                assert!(
                    line.matches('`').count() % 2 == 0 || line.contains("/*"),
                    "{part}: a string of several lines: {line}"
                );
                // Code behind a comment, or a comment behind code that goes on, would be lost or kept wrongly.
                let inside = line.strip_prefix("/*").and_then(|rest| rest.split_once("*/"));
                assert!(
                    inside.is_none_or(|(_, behind)| behind.is_empty()),
                    "{part}: code behind a comment: {line}"
                );
            }
        }
    }
}
