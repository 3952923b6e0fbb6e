//! Tags that are no HTML and say nothing to readers: what Word leaves in a text that was pasted
//! from it (`<o:p></o:p>`, `<![if !supportLists]>`), and badges of VitePress, whose words stay.
//!
//! Other tags that HTML does not know are an author's text (`<name>`), and shown.

use super::container;
use super::elements::is_office;
use pulldown_cmark::Event;
use std::ops::Range;

type Spanned<'a> = (Event<'a>, Range<usize>);

/// Longer ones than these are text.
const LENGTH: usize = 300;

/// Whether a text may hold such tags at all.
pub(super) fn may_stand_in(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let rest = text[at + 1..].trim_start_matches('/');
        rest.starts_with("Badge") || rest.starts_with("![") || is_office(rest)
    })
}

/// A run of inline events without such tags.
pub(super) fn without<'a>(source: &'a str, run: Vec<Spanned<'a>>) -> Vec<Spanned<'a>> {
    let run = without_badges(source, run);
    let hidden = hidden(source, &run);
    if hidden.is_empty() {
        return run;
    }
    let mut kept = Vec::with_capacity(run.len() + hidden.len());
    for (event, span) in run {
        let first = hidden.partition_point(|range| range.end <= span.start);
        let within = || hidden[first..].iter().take_while(|range| range.start < span.end);
        if !matches!(event, Event::Text(_)) || within().next().is_none() {
            kept.push((event, span));
            continue;
        }
        let mut at = span.start;
        for range in within() {
            kept.extend(piece(source, at..range.start.max(at)));
            at = range.end.min(span.end);
        }
        kept.extend(piece(source, at..span.end));
    }
    kept
}

fn piece(source: &str, place: Range<usize>) -> Option<Spanned<'_>> {
    let text = source.get(place.clone()).filter(|text| !text.is_empty())?;
    Some((Event::Text(text.into()), place))
}

/// The places that are not shown, in order.
fn hidden(source: &str, run: &[Spanned<'_>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    // Texts that follow each other are one where they stand in the file as they are read.
    let is_text = |(event, span): &Spanned<'_>| matches!(event, Event::Text(text) if source.get(span.clone()) == Some(text));
    let mut at = 0;
    while at < run.len() {
        if !is_text(&run[at]) {
            at += 1;
            continue;
        }
        let start = run[at].1.start;
        let mut end = run[at].1.end;
        at += 1;
        while at < run.len() && is_text(&run[at]) && run[at].1.start == end {
            end = run[at].1.end;
            at += 1;
        }
        let text = &source[start..end];
        let mut from = 0;
        for (open, _) in text.match_indices('<') {
            if open < from {
                continue;
            }
            let Some(length) = tag(&text[open..]) else { continue };
            found.push(start + open..start + open + length);
            from = open + length;
        }
    }
    found
}

/// How long the tag is that a text begins with.
fn tag(text: &str) -> Option<usize> {
    let end = text.bytes().take(LENGTH).position(|byte| byte == b'>')?;
    let inside = text.get(1..end)?;
    if inside.starts_with("![") {
        let is_word = inside.starts_with("![if ") && inside.ends_with(']') || inside == "![endif]";
        return is_word.then_some(end + 1);
    }
    let name = inside.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b':');
    (is_office(name) && is_name && !name.ends_with(':')).then_some(end + 1)
}

/// A run in which badges are their words. The parser knows them as tags.
fn without_badges<'a>(source: &'a str, mut run: Vec<Spanned<'a>>) -> Vec<Spanned<'a>> {
    let is_end = |(event, _): &Spanned<'_>| matches!(event, Event::InlineHtml(html) if &**html == "</Badge>");
    let mut ends = run.iter().filter(|event| is_end(event)).count();
    let mut open = 0_usize;
    run.retain_mut(|one| {
        let (Event::InlineHtml(html), span) = &*one else { return true };
        if is_end(one) {
            ends -= 1;
            let is_open = open > 0;
            open = open.saturating_sub(1);
            return !is_open;
        }
        let Some(rest) = html.strip_prefix("<Badge").and_then(|rest| rest.strip_suffix('>')) else {
            return true;
        };
        if !(rest.is_empty() || rest.starts_with([' ', '/', '\n'])) {
            return true;
        }
        if !rest.ends_with('/') {
            let is_ended = open < ends;
            open += usize::from(is_ended);
            return !is_ended;
        }
        let words = container::attribute(html, 6..html.len() - 1, "text");
        let Some(place) = words.map(|words| span.start + words.start..span.start + words.end) else {
            return true;
        };
        let Some(text) = source.get(place.clone()) else { return true };
        *one = (Event::Text(text.into()), place);
        true
    });
    run
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_word_are_known() {
        for (text, length) in [
            ("<o:p></o:p>", Some(5)),
            ("</o:p> x", Some(6)),
            ("<st1:place w:st=\"on\">", Some(21)),
            ("<![if !supportLists]>", Some(21)),
            ("<![endif]>", Some(10)),
            ("<o:>", None),
            ("<m: 5>", None),
            ("<name>", None),
            ("<![if", None),
        ] {
            assert_eq!(tag(text), length, "{text}");
        }
    }
}
