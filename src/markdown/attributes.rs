//! Attributes behind a link, an image or emphasis, as other tools read them:
//! `[words](address){: .button }`, `![](a.png){ width=300 }`.
//!
//! They are no text, and nothing else reads them: a link to an id among them is told as
//! broken.

use super::container;
use pulldown_cmark::{Event, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

type Spanned<'a> = (Event<'a>, Range<usize>);

/// Longer ones than these are text.
const LENGTH: usize = 300;

/// A run of inline events without such attributes.
pub(super) fn without<'a>(
    source: &'a str,
    run: Vec<Spanned<'a>>,
    named: &BTreeSet<&str>,
) -> Vec<Spanned<'a>> {
    let run = without_block_name(source, run, named);
    if !run.iter().any(|(event, _)| matches!(event, Event::Text(text) if text.starts_with('{'))) {
        return run;
    }
    let mut kept: Vec<Spanned<'a>> = Vec::with_capacity(run.len());
    let mut end = 0;
    for (at, (event, span)) in run.iter().enumerate() {
        if let Event::Text(text) = event
            && text.starts_with('{')
            && kept.last().is_some_and(|(before, place)| place.end == span.start && ends(before))
            && let Some(attributes) = written(source, &run[at..])
        {
            end = attributes.end;
        }
        match event {
            Event::Text(_) if span.start < end => {
                if span.end > end {
                    kept.push((Event::Text(source[end..span.end].into()), end..span.end));
                }
            }
            _ => kept.push((event.clone(), span.clone())),
        }
    }
    kept
}

/// The names of blocks that links of a text name: `[[#^a-rule]]`.
pub(super) fn named_blocks(text: &str) -> BTreeSet<&str> {
    let links = memchr::memmem::find_iter(text.as_bytes(), b"#^");
    let name = |at: usize| {
        let rest = &text[at + 2..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len());
        &rest[..end.min(LENGTH)]
    };
    links.map(name).filter(|name| !name.is_empty()).collect()
}

/// A block's last words without the name that Obsidian gives it: `A rule. ^a1b2c3`. Links to
/// the name lead to the heading above. In a book of another tool such words are text, so they
/// go only where a link of the chapter names them, or Obsidian itself made them up.
fn without_block_name<'a>(
    source: &'a str,
    mut run: Vec<Spanned<'a>>,
    named: &BTreeSet<&str>,
) -> Vec<Spanned<'a>> {
    let Some((Event::Text(text), span)) = run.last() else { return run };
    let name = text.rfind('^').filter(|at| {
        let (before, name) = (&text[..*at], &text[at + 1..]);
        let is_name = named.contains(name) || is_made_up(name);
        is_name && (before.ends_with(' ') || before.is_empty() && run.len() == 1)
    });
    let Some(at) = name.filter(|_| source.get(span.clone()) == Some(text)) else { return run };
    let (start, end) = (span.start, span.start + text[..at].trim_end().len());
    run.pop();
    if start < end {
        run.push((Event::Text(source[start..end].into()), start..end));
    }
    run
}

/// Whether a name is one as Obsidian makes them: six hexadecimal digits, not all letters nor
/// all numbers.
fn is_made_up(name: &str) -> bool {
    name.len() == 6
        && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && name.bytes().any(|byte| byte.is_ascii_digit())
        && name.bytes().any(|byte| byte.is_ascii_alphabetic())
}

const fn ends(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Code(_)
            | Event::End(
                TagEnd::Link | TagEnd::Image | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough
            )
    )
}

/// Where the attributes stand that some events begin with, if all of them are text that
/// stands in the file as it is read.
fn written(source: &str, events: &[Spanned<'_>]) -> Option<Range<usize>> {
    let start = events.first()?.1.start;
    let mut place = start..start;
    for (event, span) in events {
        let Event::Text(text) = event else { break };
        if span.start != place.end || source.get(span.clone()) != Some(text) || place.len() > LENGTH {
            break;
        }
        place.end = span.end;
    }
    let text = source.get(place)?;
    let close = text.bytes().take(LENGTH).position(|byte| matches!(byte, b'}' | b'\n'))?;
    container::is_attributes(text.get(..=close)?).then(|| start..start + close + 1)
}
