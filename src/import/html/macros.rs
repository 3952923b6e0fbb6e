//! What macros of Confluence leave in a page, and what browsers fetch from elsewhere.

use super::tree::Element;

/// Macros whose text the export holds whole.
const WHOLE: [&str; 22] = [
    "anchor",
    "attachments",
    "children",
    "code",
    "column",
    "details",
    "excerpt",
    "excerpt-include",
    "expand",
    "include",
    "info",
    "noformat",
    "note",
    "pagetree",
    "panel",
    "quote",
    "section",
    "status",
    "tip",
    "toc",
    "view-file",
    "warning",
];

/// What is to be told of an element that only its program could fill.
pub(super) fn left(element: &Element) -> Option<String> {
    if let Some(address) = shown_elsewhere(element) {
        return Some(format!("{}: {address}", element.name));
    }
    let of = |classes: &[&str]| classes.iter().any(|class| element.is_of(class));
    let words = || element.words().chars().take(80).collect::<String>();
    let is_error =
        of(&["error"]) && ["nknown macro", "未知宏"].iter().any(|said| element.words().contains(said));
    if is_error || of(&["jira-issue", "jira-table", "confluence-jim-macro", "unknown-macro"]) {
        return Some(words());
    }
    let name = element.attribute("data-macro-name");
    (!name.is_empty() && !WHOLE.contains(&name)).then(|| match words() {
        words if words.is_empty() => name.to_owned(),
        words => format!("{name}: {words}"),
    })
}

/// The address of what an element shows from elsewhere: a film, a page in the page.
pub(super) fn shown_elsewhere(element: &Element) -> Option<&str> {
    let own = match element.name.as_str() {
        "iframe" | "embed" => element.attribute("src"),
        "object" => element.attribute("data"),
        "video" | "audio" => {
            let source = element.elements().find(|inner| inner.name == "source");
            let own = element.attribute("src");
            if own.is_empty() { source.map_or("", |source| source.attribute("src")) } else { own }
        }
        _ => "",
    };
    Some(own.trim()).filter(|address| !address.is_empty())
}

/// Whether a style strikes words through, which no longer count.
pub(super) fn is_struck(element: &Element) -> bool {
    element.attribute("style").contains("line-through")
        || matches!(element.name.as_str(), "del" | "s" | "strike")
}

/// The sign of a picture that stands for one.
pub(super) fn emoticon(element: &Element) -> &str {
    const SIGNS: [(&str, &str); 20] = [
        ("tick", "✅"),
        ("cross", "❌"),
        ("warning", "⚠️"),
        ("information", "ℹ️"),
        ("question", "❓"),
        ("plus", "➕"),
        ("minus", "➖"),
        ("light-on", "💡"),
        ("light-off", "💡"),
        ("yellow-star", "⭐"),
        ("red-star", "⭐"),
        ("green-star", "⭐"),
        ("blue-star", "⭐"),
        ("thumbs-up", "👍"),
        ("thumbs-down", "👎"),
        ("smile", "🙂"),
        ("sad", "🙁"),
        ("laugh", "😃"),
        ("wink", "😉"),
        ("heart", "❤️"),
    ];
    let own = element.attribute("data-emoji-fallback");
    // A name between colons is no sign.
    if !own.is_empty() && !own.starts_with(':') {
        return own;
    }
    let known = SIGNS.iter().find(|(name, _)| element.is_of(&format!("emoticon-{name}")));
    known.map_or(element.attribute("alt"), |(_, sign)| sign)
}
