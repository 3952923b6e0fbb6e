//! GitBook's adaptive content: pages and parts of pages for some visitors only.
//!
//! A condition reads claims about the visitor, which only GitBook knows. What stands under one is
//! not for everybody: a part is left out, and told; a page is a draft, and says that its readers have
//! to be named, under a word for them that holds a site back until a person has decided.

use crate::import::report::{Kind, Report};
use crate::import::withheld::READERS;
use crate::markdown::hidden;
use crate::text::LineIndex;
use serde_yaml::Mapping;
use std::sync::Arc;

/// Moves the condition of a page to a key that says who may read it.
pub(in crate::import) fn tell_readers(front: &mut Mapping) {
    let Some(condition) = front.shift_remove("if") else { return };
    if !front.contains_key(READERS) {
        front.insert(READERS.into(), condition);
    }
    front.insert("draft".into(), true.into());
}

/// A text without its parts for some visitors; its lines stay where they are.
pub(in crate::import) fn without_parts(path: &str, text: Arc<str>, report: &mut Report) -> Arc<str> {
    let parts = hidden::of_visitors(&text);
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
        let tag = written.find("%}").map_or(written, |end| &written[..end + 2]);
        report.add(Kind::ForSome, path, Some(index.line_of(part.start)), tag);
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
        let mut report = Report::new(crate::import::Tool::Gitbook);
        let text = "a\n{% if visitor.x %}\nS\n{% endif %}\nb\n";
        assert_eq!(&*without_parts("a.md", text.into(), &mut report), "a\n\n\n\nb\n");
        assert_eq!(report.entries()[0].line, Some(2));
    }
}
