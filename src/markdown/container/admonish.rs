//! Boxes that are written as blocks of code and hold Markdown: `admonish` of mdbook-admonish, the
//! preprocessor of mdBook, and directives of MyST, `{note} Title`.

use super::super::alert;
use super::fence::{Form, Opening, Shape, attribute};

/// How many signs a line begins with that may begin or end a block of code.
fn signs(line: &str) -> Option<(u8, usize)> {
    let sign = line.bytes().next().filter(|sign| matches!(sign, b'`' | b'~'))?;
    let count = line.bytes().take_while(|byte| *byte == sign).count();
    (count >= 3).then_some((sign, count))
}

/// The sign of a line that ends a block, and how many of it.
pub(super) fn closing(line: &str) -> Option<(u8, usize)> {
    let line = line.trim_end();
    signs(line).filter(|(_, count)| *count == line.len())
}

/// ```` ```admonish warning title="Title" collapsible=true ````, with the title also bare.
pub(super) fn opening(line: &str) -> Option<Opening<'_>> {
    let (sign, count) = signs(line)?;
    let info = line[count..].trim_start();
    if info.starts_with('{') {
        return directive(Form::Admonish(sign, count), line, line.len() - info.len());
    }
    let start = line.len() - info.len() + "admonish".len();
    let rest = info.strip_prefix("admonish").filter(|rest| rest.is_empty() || rest.starts_with(' '))?;
    let word = rest.trim_start();
    let at = line.len() - word.len();
    // Classes and an id stand behind the type: `warning.mine#id`.
    let end = word.find([' ', '.', '#', '"', '=']).unwrap_or(word.len());
    let is_type = end > 0 && !word[end..].starts_with('=');
    let name = at..at + if is_type { end } else { 0 };
    let mut opening = Opening::of_type(Form::Admonish(sign, count), line, name);
    let value = |key: &str| attribute(line, start..line.len(), key);
    let bare = || {
        let open = line[start..].find(" \"").map(|open| start + open + 2)?;
        Some(open..open + line[open..].find('"')?)
    };
    let title = value("title").or_else(bare);
    let is_folded = value("collapsible").is_some_and(|value| &line[value] == "true");
    opening.shape = if is_folded { Shape::Folded(false) } else { Shape::Note };
    opening.kind = opening.kind.or_else(|| alert::of_label("note"));
    Some(opening.titled(line, title))
}

/// Directives of MyST that are boxes; what stands behind their names is their title.
const DIRECTIVES: [&str; 16] = [
    "note",
    "tip",
    "hint",
    "important",
    "warning",
    "attention",
    "caution",
    "danger",
    "error",
    "seealso",
    "admonition",
    "dropdown",
    "topic",
    "sidebar",
    "tab-set",
    "tab-item",
];

/// Whether a directive of this name is a box.
pub(in crate::markdown) fn is_directive(name: &str) -> bool {
    DIRECTIVES.contains(&name)
}

/// `{note} Title`, from a place of a line on.
pub(super) fn directive(form: Form, line: &str, at: usize) -> Option<Opening<'_>> {
    let name = line[at..].strip_prefix('{')?.split('}').next()?;
    if !is_directive(name) {
        return None;
    }
    let place = at + 1..at + 1 + name.len();
    let words = line[place.end + 1..].trim();
    let title = line.len() - line[place.end + 1..].trim_start().len()..line.len();
    let mut opening = Opening::of_type(form, line, place.clone());
    let kind = opening.kind.or_else(|| alert::of_label(if name == "attention" { "warning" } else { "note" }));
    let is_tabs = matches!(name, "tab-set" | "tab-item");
    if !is_tabs {
        opening.shape = if name == "dropdown" { Shape::Folded(false) } else { Shape::Note };
    }
    // Only of these the name says what no other word would.
    let is_own = matches!(name, "seealso");
    (opening.kind, opening.is_directive) = (kind.filter(|_| !is_tabs), true);
    let title = if words.is_empty() { is_own.then_some(place) } else { Some(title) };
    Some(opening.titled(line, title))
}

/// `:class: tip`, which says how a directive looks.
pub(super) fn is_option(line: &str) -> bool {
    let name = line.trim_end().strip_prefix(':').and_then(|rest| rest.split_once(':')).map(|(name, _)| name);
    name.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_'))
    })
}

#[cfg(test)]
mod tests {
    use super::{is_option, opening};
    use crate::markdown::container::Shape;

    #[test]
    fn blocks_are_boxes() {
        for (line, class, title, shape) in [
            ("```admonish", "note", None, Shape::Note),
            ("~~~admonish warning", "warning", None, Shape::Note),
            ("```admonish tip.mine title=\"A b\" collapsible=true", "tip", Some("A b"), Shape::Folded(false)),
            ("````admonish \"A b\"", "note", Some("A b"), Shape::Note),
        ] {
            let opening = opening(line).expect(line);
            assert_eq!(opening.kind.map(|kind| kind.0), Some(class), "{line}");
            assert_eq!(opening.title.as_ref().map(|place| &line[place.clone()]), title, "{line}");
            assert_eq!(opening.shape, shape, "{line}");
        }
        for line in ["```", "```rust", "```admonished", "``admonish"] {
            assert!(opening(line).is_none(), "{line}");
        }
    }

    #[test]
    fn directives_of_myst_are_boxes() {
        for (line, class, title, shape) in [
            ("```{note}", "note", None, Shape::Note),
            ("````{warning} Mind *this*", "warning", Some("Mind *this*"), Shape::Note),
            ("```{admonition} My title", "note", Some("My title"), Shape::Note),
            ("```{dropdown} More", "note", Some("More"), Shape::Folded(false)),
            ("```{seealso}", "note", Some("seealso"), Shape::Note),
        ] {
            let opening = opening(line).expect(line);
            assert_eq!(opening.kind.map(|kind| kind.0), Some(class), "{line}");
            assert_eq!(opening.title.as_ref().map(|place| &line[place.clone()]), title, "{line}");
            assert_eq!(opening.shape, shape, "{line}");
        }
        for line in ["```{r}", "```{code-block} python", "```{python, echo=FALSE}", "```{", "```{}"] {
            assert!(opening(line).is_none(), "{line}");
        }
        assert!(is_option(":class: tip") && is_option(":open:") && !is_option("::: x") && !is_option("a:b:"));
    }
}
