//! The first page of VitePress and VuePress, and those of Starlight that have a large head: their
//! words stand in the front matter, as `hero` and `features`, or `heroText` and the like. They
//! become a text.

use super::made::link;
use serde_yaml::{Mapping, Value};

/// Keys that hold nothing but words of the first page.
pub(in crate::import) const KEYS: [&str; 9] = [
    "hero",
    "features",
    "heroText",
    "heroImage",
    "heroAlt",
    "tagline",
    "actions",
    "actionText",
    "actionLink",
];

/// Whether the front matter is that of a first page.
pub(in crate::import) fn is_home(front: &Mapping) -> bool {
    let is = |key: &str, wanted: &str| front.get(key).and_then(Value::as_str) == Some(wanted);
    is("layout", "home") || front.get("home").and_then(Value::as_bool) == Some(true)
}

/// What the page is called.
pub(in crate::import) fn title(front: &Mapping) -> Option<String> {
    let hero = || front.get("hero")?.as_mapping()?.get("name");
    let own = hero().or_else(|| front.get("heroText"))?.as_str()?.trim();
    (is_home(front) && !own.is_empty()).then(|| own.to_owned())
}

/// Its words as Markdown; empty where it has none.
pub(super) fn text(front: &Mapping) -> String {
    if is_home(front) { words(front) } else { String::new() }
}

/// The words of the large head that any page of Starlight may have; the title in it is the page's
/// unless it says something else.
pub(super) fn of_starlight(front: &Mapping) -> String {
    if front.get("hero").is_some_and(Value::is_mapping) { words(front) } else { String::new() }
}

fn words(front: &Mapping) -> String {
    let hero = front.get("hero").and_then(Value::as_mapping);
    let said = |key: &str| hero.and_then(|hero| hero.get(key)).or_else(|| front.get(key));
    let words = |key: &str| said(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let mut parts: Vec<String> = Vec::new();
    if let Some((source, alt)) = said("image").and_then(picture).or_else(|| Some((words("heroImage")?, ""))) {
        parts.push(format!("![{alt}]({})", source.replace(' ', "%20")));
    }
    let title = front.get("title").and_then(Value::as_str).unwrap_or("").trim();
    let own = hero.and_then(|hero| hero.get("title")).and_then(Value::as_str).map(str::trim);
    parts.extend(own.filter(|own| *own != title && !own.is_empty()).map(|own| format!("**{own}**")));
    parts.extend(words("text").map(|text| format!("**{text}**")));
    parts.extend(words("tagline").map(str::to_owned));
    let actions = said("actions").and_then(Value::as_sequence);
    let mut links: Vec<String> =
        actions.into_iter().flatten().filter_map(|action| linked(action, "text")).collect();
    links.extend(words("actionText").zip(words("actionLink")).map(|(text, dest)| link(text, dest)));
    parts.extend((!links.is_empty()).then(|| links.join(" · ")));
    let features = front.get("features").and_then(Value::as_sequence);
    let features: Vec<String> = features.into_iter().flatten().filter_map(feature).collect();
    parts.extend((!features.is_empty()).then(|| features.join("\n")));
    if parts.is_empty() { String::new() } else { parts.join("\n\n") + "\n\n" }
}

/// A picture: a path, or `{src, alt}`; of one for each theme the light one.
fn picture(image: &Value) -> Option<(&str, &str)> {
    let get = |key: &str| image.get(key).and_then(Value::as_str);
    let source = image.as_str().or_else(|| get("src")).or_else(|| get("file")).or_else(|| get("light"))?;
    Some((source, get("alt").unwrap_or("")))
}

/// Words with the link beside them.
fn linked(entry: &Value, key: &str) -> Option<String> {
    let words = entry.get(key)?.as_str()?.trim();
    let dest = entry.get("link").and_then(Value::as_str);
    Some(dest.map_or_else(|| words.to_owned(), |dest| link(words, dest)))
}

fn feature(entry: &Value) -> Option<String> {
    let title = linked(entry, "title")?;
    let details = entry
        .get("details")
        .and_then(Value::as_str)
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    Some(details.map_or_else(|| format!("- **{title}**"), |details| format!("- **{title}** {details}")))
}
