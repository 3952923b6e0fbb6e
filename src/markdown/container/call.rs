//! Boxes and tabs that templates make in other tools: `{% hint style="info" %}` of GitBook,
//! `{{< hint info >}}`, `{{% notice tip "Title" %}}` of Hugo's themes.
//!
//! Only calls that have an end are read, each alone on its line: what another call means, only
//! its tool can tell, so it is shown as it is written, and told.

use super::super::alert;
use super::fence::{Form, Opening, Shape, attribute};
use std::ops::Range;

/// What calls begin and end with.
const MARKS: [(&str, &str); 3] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")];

/// The calls that hold text, and what that is shown as.
pub(super) const CALLS: [(&str, Shape); 16] = [
    ("hint", Shape::Note),
    ("notice", Shape::Note),
    ("callout", Shape::Note),
    ("alert", Shape::Note),
    ("admonition", Shape::Note),
    ("pageinfo", Shape::Note),
    ("details", Shape::Folded(false)),
    ("expand", Shape::Folded(false)),
    ("tabs", Shape::Tabs),
    ("tabpane", Shape::Tabs),
    ("tab", Shape::Tab),
    ("columns", Shape::Bare),
    ("column", Shape::Bare),
    ("stepper", Shape::Bare),
    ("steps", Shape::Bare),
    ("step", Shape::Bare),
];

/// What stands in a call, and where.
fn inside(line: &str) -> Option<Range<usize>> {
    let line = line.trim_end();
    let (open, close) = MARKS.iter().find(|(open, _)| line.starts_with(open))?;
    let inner = line[open.len()..].strip_suffix(close)?;
    let start = open.len() + inner.len() - inner.trim_start_matches(['-', ' ', '\t']).len();
    let end = open.len() + inner.trim_end_matches(['-', ' ', '\t']).len();
    (start < end && !inner.contains("%}") && !inner.contains(">}}")).then_some(start..end)
}

fn known(name: &str) -> Option<(&'static str, Shape)> {
    CALLS.into_iter().find(|(known, _)| *known == name)
}

/// A line that begins a box.
pub(super) fn opening(line: &str) -> Option<Opening<'_>> {
    let place = inside(line)?;
    let written = &line[place.clone()];
    let length = written.find(char::is_whitespace).unwrap_or(written.len());
    let (name, shape) = known(&written[..length])?;
    let rest = place.start + length..place.end;
    let said = |keys: &[&str]| keys.iter().find_map(|key| attribute(line, rest.clone(), key));
    let words = positional(line, rest.clone());
    let title = said(&["title", "name", "header"]).or_else(|| {
        let quoted = |word: &&Range<usize>| line[..word.start].ends_with(['"', '“']);
        // `{{< tab macOS >}}` has its name bare; a type of a note is bare too.
        let is_name = matches!(shape, Shape::Tab | Shape::Folded(_));
        words.iter().find(|word| is_name || quoted(word)).cloned()
    });
    let kind = said(&["style", "type", "color", "context"])
        .or_else(|| words.first().filter(|_| shape == Shape::Note).cloned());
    let kind = kind.map_or("", |place| &line[place]);
    // A type that is not known is a look of its theme.
    let class = alert::of_label(&kind.to_lowercase()).or_else(|| alert::of_label("note"));
    let kind = class.filter(|_| shape == Shape::Note);
    let opening = Opening { shape, kind, ..Opening::new(Form::Call(name), "details") };
    Some(opening.titled(line, title))
}

/// The words that stand by themselves in a call; without their quotation marks.
fn positional(line: &str, rest: Range<usize>) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = rest.start;
    while at < rest.end && words.len() < 8 {
        let tail = &line[at..rest.end];
        let Some(start) = tail.find(|c: char| !c.is_whitespace()).map(|start| at + start) else { break };
        let quoted = line[start..rest.end].strip_prefix('"');
        let end = match quoted {
            Some(inner) => inner.find('"').map_or(rest.end, |end| start + 1 + end),
            None => {
                let word = &line[start..rest.end];
                let mut quotes = false;
                let end = word.find(|c: char| {
                    quotes ^= c == '"';
                    c.is_whitespace() && !quotes
                });
                end.map_or(rest.end, |end| start + end)
            }
        };
        if quoted.is_some() {
            words.push(start + 1..end);
            at = end + 1;
        } else {
            let is_plain = !line[start..end].contains('=');
            words.extend(is_plain.then_some(start..end));
            at = end;
        }
    }
    words
}

/// The call that a line ends: `{% endhint %}`, `{{< /hint >}}`.
pub(super) fn closing(line: &str) -> Option<&'static str> {
    let place = inside(line)?;
    let written = &line[place];
    let name = written.strip_prefix('/').map(str::trim_start).or_else(|| written.strip_prefix("end"))?;
    known(name).map(|(name, _)| name)
}

/// Where the last line stands in a text that may end each call; 0 where none does.
pub(super) fn last_ends(text: &str) -> [usize; CALLS.len()] {
    let mut ends = [0; CALLS.len()];
    if !text.contains("{%") && !text.contains("{{<") && !text.contains("{{%") {
        return ends;
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches(['>', ' ', '\t']).trim_end();
        if bare.starts_with('{')
            && let Some(name) = closing(bare)
            && let Some(number) = CALLS.iter().position(|(known, _)| *known == name)
        {
            ends[number] = at;
        }
        at += line.len();
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::{closing, opening};

    #[test]
    fn calls_of_templates_begin_and_end_boxes() {
        for (line, kind, title) in [
            ("{% hint style=\"warning\" %}", Some("warning"), None),
            ("{{< hint info >}}", Some("note"), None),
            ("{{% notice tip \"Read this\" %}}", Some("tip"), Some("Read this")),
            ("{{< callout type=\"error\" >}}", Some("danger"), None),
            ("{{% alert title=\"A b\" color=\"primary\" %}}", Some("note"), Some("A b")),
            ("{{< details \"More\" >}}", None, Some("More")),
            ("{% tab title=\"甲\" %}", None, Some("甲")),
            ("{{< tab macOS >}}", None, Some("macOS")),
            ("{%- hint -%}", Some("note"), None),
        ] {
            let opening = opening(line).expect(line);
            let class = opening.kind.map(|kind| kind.0);
            if kind.is_some() {
                assert!(class.is_some(), "{line}");
            }
            assert_eq!(opening.title.as_ref().map(|place| &line[place.clone()]), title, "{line}");
        }
        for line in
            ["{% raw %}", "{{< figure src=\"a\" >}}", "{{ hint }}", "{% hint", "a {% hint %}", "{% %}"]
        {
            assert!(opening(line).is_none(), "{line}");
        }
        assert_eq!(closing("{% endhint %}"), Some("hint"));
        assert_eq!(closing("{{< /tab >}}"), Some("tab"));
        assert_eq!(closing("{{%/notice%}}"), Some("notice"));
        assert_eq!(closing("{% hint %}"), None);
    }
}
