//! A text made ready for the parser, whatever its book's own tool reads besides.

use super::super::{MarkdownOptions, component, pymdown};
use super::lines::{self, Ready};
use super::places::Instead;

/// A text made ready, with the marks in its lines where its book's own tool reads some. What is
/// text and what is code is only known once boxes are no longer indented.
pub(super) fn ready<'t>(markdown: &'t str, options: &MarkdownOptions) -> Option<Ready<'t>> {
    let dialect = options.dialect;
    let tags = component::marks(markdown, dialect.components);
    let ready = lines::ready(markdown, dialect, tags.clone());
    if !pymdown::may_stand_in(markdown, dialect) {
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
    let mut found: Vec<Instead> = pymdown::marks(text, dialect).into_iter().filter_map(in_file).collect();
    if found.is_empty() {
        return ready;
    }
    found.extend(tags);
    found.sort_by_key(|found| (found.place.start, found.place.end));
    lines::ready(markdown, dialect, found)
}
