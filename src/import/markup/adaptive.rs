//! GitBook's adaptive content: pages and parts of pages for some visitors only.
//!
//! A condition reads claims about the visitor, which only GitBook knows. What stands under one is
//! not for everybody: a part is left out, and told; a page is a draft, and says that its readers have
//! to be named, under a word for them that holds a site back until a person has decided.

use crate::import::Tool;
use crate::import::report::{Kind, Report};
use crate::import::withheld::READERS;
use crate::markdown::{Notes, hidden};
use crate::text::LineIndex;
use serde_yaml::Mapping;
use std::ops::Range;
use std::sync::Arc;

/// Moves the condition of a page to a key that says who may read it.
pub(in crate::import) fn tell_readers(front: &mut Mapping) {
    let Some(condition) = front.shift_remove("if") else { return };
    if !front.contains_key(READERS) {
        front.insert(READERS.into(), condition);
    }
    front.insert("draft".into(), true.into());
}

/// A text without its parts for some visitors, and those that no visitor sees; its lines stay where they
/// are.
pub(in crate::import) fn without_parts(
    path: &str,
    tool: Tool,
    text: Arc<str>,
    report: &mut Report,
) -> Arc<str> {
    let is_of_mdx = tool.is_of_javascript() || tool == Tool::Starlight || path.ends_with(".mdx");
    let is_of_vue = matches!(tool, Tool::Vitepress | Tool::Vuepress);
    let text = without(path, text, Kind::ForSome, hidden::of_visitors, report);
    let notes = Notes::of_conditions().with(is_of_vue, is_of_mdx);
    without(path, text, Kind::Never, |text| notes.never(text), report)
}

fn without(
    path: &str,
    text: Arc<str>,
    kind: Kind,
    find: impl Fn(&str) -> Vec<Range<usize>>,
    report: &mut Report,
) -> Arc<str> {
    let parts = find(&text);
    if parts.is_empty() {
        return text;
    }
    let index = LineIndex::new(&text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for part in parts {
        out.push_str(&text[at..part.start]);
        let written = &text[part.clone()];
        out.extend(written.matches('\n'));
        let line = written.lines().next().unwrap_or("");
        let tag = line.find("%}").map_or(line, |end| &line[..end + 2]);
        report.add(kind, path, Some(index.line_of(part.start)), tag);
        at = part.end;
    }
    out.push_str(&text[at..]);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_on_visitors_name_readers() {
        let read = |yaml: &str| {
            let mut front: Mapping = serde_yaml::from_str(yaml).expect("front matter");
            tell_readers(&mut front);
            serde_yaml::to_string(&front).expect("YAML")
        };
        assert_eq!(read("if: visitor.claims.isBoard"), "visibility: visitor.claims.isBoard\ndraft: true\n");
        assert_eq!(read("a: 1"), "a: 1\n");
        let mut report = Report::new(Tool::Gitbook);
        let text = "a\n{% if visitor.x %}\nS\n{% endif %}\nb\n";
        assert_eq!(&*without_parts("a.md", Tool::Gitbook, text.into(), &mut report), "a\n\n\n\nb\n");
        assert_eq!(report.entries()[0].line, Some(2));
    }
}
