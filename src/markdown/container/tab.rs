//! Reads the line that begins a tab, in the forms of other tools.

use super::fence::{Form, Opening, Shape, attribute, within_quotes};

/// Elements of MDX that are tabs.
const ELEMENTS: [(&str, Shape); 2] = [("TabItem", Shape::Tab), ("Tabs", Shape::Tabs)];

/// The element that a line ends.
pub(super) fn closing_element(line: &str) -> Option<&'static str> {
    let name = line.trim_end().strip_prefix("</")?.strip_suffix('>')?.trim_end();
    ELEMENTS.iter().find(|(known, _)| *known == name).map(|(known, _)| *known)
}

/// `=== "Label"`.
pub(super) fn label(line: &str) -> Option<Opening<'_>> {
    let rest = line.strip_prefix("===")?;
    let rest = rest.strip_prefix(['!', '+']).unwrap_or(rest).trim_start();
    let label = within_quotes(rest, line.len() - rest.len())?;
    let opening = Opening { shape: Shape::Tab, ..Opening::new(Form::Tab, "") };
    Some(opening.titled(line, Some(label)))
}

/// `<Tabs>`, `<TabItem value="a" label="A">`.
pub(super) fn element(line: &str) -> Option<Opening<'_>> {
    let rest = line.strip_prefix('<')?.strip_suffix('>').filter(|rest| !rest.contains(['<', '>']))?;
    let (name, shape) = ELEMENTS.into_iter().find(|(name, _)| rest.starts_with(name))?;
    let tail = &rest[name.len()..];
    if !(tail.is_empty() || tail.starts_with(' ')) || tail.ends_with('/') {
        return None;
    }
    let opening = Opening { shape, ..Opening::new(Form::Element(name), name) };
    let inside = 1 + name.len()..line.len() - 1;
    let label =
        || attribute(line, inside.clone(), "label").or_else(|| attribute(line, inside.clone(), "value"));
    let label = if shape == Shape::Tab { label() } else { None };
    Some(opening.titled(line, label))
}

/// `@tab Label`, `@tab:active Label#value` of vuepress-theme-hope.
pub(super) fn marked(line: &str) -> Option<Opening<'_>> {
    let rest = line.strip_prefix("@tab")?;
    let label = rest.strip_prefix(":active").unwrap_or(rest);
    if !label.is_empty() && !label.starts_with([' ', '\t']) {
        return None;
    }
    let value = label.rfind('#').filter(|at| !label[*at..].contains(' '));
    let start = line.len() - label.len();
    let place = start..value.map_or(line.len(), |at| start + at);
    let opening = Opening { shape: Shape::Tab, ..Opening::new(Form::Marked, "") };
    Some(opening.titled(line, Some(place)))
}
