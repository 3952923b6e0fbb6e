//! Reads the line that begins a tab, in the forms of other tools.

use super::super::component::end_of;
use super::fence::{Form, Opening, Shape, attribute, within_quotes};
use std::ops::Range;

/// Elements of MDX and VuePress that are tabs. Of two names the longer one comes first.
const ELEMENTS: [(&str, Shape); 6] = [
    ("TabItem", Shape::Tab),
    ("Tabs", Shape::Tabs),
    ("CodeGroupItem", Shape::Tab),
    ("CodeGroup", Shape::Tabs),
    ("code-group-item", Shape::Tab),
    ("code-group", Shape::Tabs),
];

/// Whether an element is tabs, or one of them.
pub(in crate::markdown) fn is_tab_element(name: &str) -> bool {
    ELEMENTS.iter().any(|(known, _)| *known == name)
}

/// Whether a line begins or ends an element of this name, or is one.
pub(in crate::markdown) fn is_tab_line(line: &str, name: &str) -> bool {
    let begins = || element(line).is_some_and(|opening| opening.name == name);
    closing_element(line) == Some(name) || begins()
}

/// The elements, and where the last line stands in a text that ends each; 0 where none does.
pub(super) type LastEnds = [(&'static str, usize); ELEMENTS.len()];

/// Where elements last end in a text.
pub(super) fn last_ends(text: &str) -> LastEnds {
    ELEMENTS.map(|(name, _)| (name, text.rfind(&format!("</{name}>")).unwrap_or(0)))
}

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

/// Where the content stands of a tab that is one line: `<TabItem value="a">Text</TabItem>`.
pub(super) fn content(line: &str) -> Option<Range<usize>> {
    let name = line.strip_prefix('<')?;
    let (name, _) = ELEMENTS.iter().find(|(known, shape)| *shape == Shape::Tab && name.starts_with(known))?;
    let before = line.strip_suffix('>')?.strip_suffix(name)?.strip_suffix("</")?;
    let start = end_of(line).filter(|start| *start <= before.len())?;
    (!before[start..].contains(name)).then_some(start..before.len())
}

/// `<Tabs>`, `<TabItem value="a" label="A">`.
pub(super) fn element(line: &str) -> Option<Opening<'_>> {
    let line = content(line).map_or(line, |content| &line[..content.start]);
    let rest = line.strip_prefix('<')?.strip_suffix('>').filter(|rest| !rest.contains(['<', '>']))?;
    let (name, shape) = ELEMENTS.into_iter().find(|(name, _)| rest.starts_with(name))?;
    let tail = &rest[name.len()..];
    if !(tail.is_empty() || tail.starts_with(' ')) || tail.ends_with('/') {
        return None;
    }
    let opening = Opening { shape, ..Opening::new(Form::Element(name), name) };
    let inside = 1 + name.len()..line.len() - 1;
    let label = || ["label", "title", "value"].iter().find_map(|name| attribute(line, inside.clone(), name));
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
