//! Which tags are HTML's, and what is text between tags.

use super::word::Part;

/// The elements of HTML, those that are obsolete among them.
const ELEMENTS: &str = " a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound \
    big blink blockquote body br button canvas caption center cite code col colgroup data datalist dd del \
    details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 \
    h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd keygen label legend li link main map mark \
    marquee menu menuitem meta meter nav nobr noembed noframes noscript object ol optgroup option output p \
    param picture plaintext pre progress q rb rp rt rtc ruby s samp script search section select slot small \
    source span strike strong style sub summary sup table tbody td template textarea tfoot th thead time title \
    tr track tt u ul var video wbr xmp ";

/// Whether elements of this name begin a line of their own.
pub(crate) fn is_block(name: &str) -> bool {
    const INLINE: &str = " a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math \
        nobr q rb rp rt rtc ruby s samp small span strike strong sub sup svg time tt u var wbr mi mn mo mrow msup \
        msub mtext ";
    !INLINE.contains(&format!(" {name} "))
}

/// A piece of raw HTML.
pub(crate) enum Piece<'a> {
    Text(&'a str, Part),
    /// A tag of HTML: its name in small letters, and the tag.
    Tag(String, &'a str),
}

/// Visits the pieces of raw HTML, each with the place where it begins.
pub(crate) fn pieces<'a>(html: &'a str, mut visit: impl FnMut(usize, Piece<'a>)) {
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        visit(at, Piece::Text(&html[at..open], Part::Text));
        let rest = &html[open..];
        if let Some(end) = special(rest) {
            visit(open, Piece::Text(&rest[..end], Part::Comment));
            at = open + end;
            continue;
        }
        let Some((name, end)) = tag(rest) else {
            visit(open, Piece::Text("<", Part::Text));
            at = open + 1;
            continue;
        };
        at = open + end;
        if !ELEMENTS.contains(&format!(" {name} ")) {
            visit(open, Piece::Text(&rest[..end], Part::ForeignTag));
        } else if (name == "script" || name == "style") && !rest.starts_with("</") {
            let close = format!("</{name}");
            let end = html[at..].to_ascii_lowercase().find(&close).map_or(html.len(), |found| at + found);
            visit(at, Piece::Text(&html[at..end], Part::Script));
            at = end;
        } else {
            visit(open, Piece::Tag(name, &rest[..end]));
        }
    }
    visit(at, Piece::Text(&html[at..], Part::Text));
}

/// Where a comment, a declaration or a processing instruction ends that begins here.
fn special(html: &str) -> Option<usize> {
    let (open, close) = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", "?>")]
        .into_iter()
        .find(|(open, _)| html.starts_with(open))?;
    Some(html[open.len()..].find(close).map_or(html.len(), |found| open.len() + found + close.len()))
}

/// The name and the length of a tag that begins here.
fn tag(html: &str) -> Option<(String, usize)> {
    let inner = html[1..].strip_prefix('/').unwrap_or(&html[1..]);
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name = inner.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next()?;
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (quote, c) {
            (None, '>') => return Some((name.to_ascii_lowercase(), at + 1)),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

/// The value of an attribute of a tag.
pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let fragment = scraper::Html::parse_fragment(tag);
    let element = fragment.root_element().descendent_elements().nth(1)?;
    element.attr(name).map(str::to_owned)
}
