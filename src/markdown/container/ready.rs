//! A text made ready for the parser, whatever its book's own tool reads besides.

use super::super::dialect::Dialect;
use super::super::{MarkdownOptions, component, hidden, module, myst, pymdown};
use super::lines::{self, Ready};
use super::places::Instead;
use super::{indent, typed};

/// A text made ready, with the marks in its lines where its book's own tool reads some. What is
/// text and what is code is only known once boxes are no longer indented.
pub(super) fn ready<'t>(markdown: &'t str, options: &MarkdownOptions) -> Option<Ready<'t>> {
    let dialect = options.dialect;
    let tags = marks(markdown, dialect);
    let ready = lines::ready(markdown, dialect, tags.clone());
    if !pymdown::may_stand_in(markdown, dialect) && !dialect.mdx {
        return ready;
    }
    let text = ready.as_ref().map_or(markdown, |ready| &ready.prepared.text);
    let in_file = |mut found: Instead| {
        let Some(ready) = &ready else { return Some(found) };
        let place = ready.prepared.in_file(&found.place);
        let is_copied = markdown.get(place.clone()) == ready.prepared.text.get(found.place.clone());
        found.place = place;
        is_copied.then_some(found)
    };
    let indents = if dialect.mdx { indent::marks(text) } else { Vec::new() };
    let all = pymdown::marks(text, dialect).into_iter().chain(indents);
    let mut found: Vec<Instead> = all.filter_map(in_file).collect();
    if found.is_empty() {
        return ready;
    }
    found.extend(tags);
    lines::ready(markdown, dialect, Instead::in_order(found))
}

/// What stands for the tags, the code and the directives of a text.
fn marks(text: &str, dialect: Dialect) -> Vec<Instead> {
    let tags = component::marks(text, dialect.components);
    let mut found = typed::marks(text);
    if dialect.mdx {
        found.extend(module::marks(text));
    }
    if dialect.snippets {
        found.extend(pymdown::snippet::marks(text));
    }
    if dialect.liquid {
        let is_words = true;
        let raw = hidden::raw_tags(text).into_iter();
        found.extend(raw.map(|place| Instead { place, new: String::new(), is_words }));
    }
    if dialect.myst {
        found.extend(myst::marks(text));
    }
    if found.is_empty() {
        return tags;
    }
    // What is code holds no tags.
    found.extend(tags);
    Instead::in_order(found)
}
