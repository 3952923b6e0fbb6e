//! Raw HTML cut into tags and text, as the HTML standard says (13.2.5) and
//! browsers do: what stands in comments and scripts is neither.
//!
//! A fragment may end in the middle of anything; the reader remembers where it stood. What it
//! gives has places in the fragment.

use super::decode;
use std::borrow::Cow;
use std::ops::Range;

/// Elements whose inside holds no tags.
const RAW_TEXT: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// A piece of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::markdown) enum Token {
    /// An opening tag.
    Open(Tag),
    /// A closing tag: its name in lower case, and its place.
    Close(String, Range<usize>),
    /// Text, by its place.
    Text(Range<usize>),
    /// What no browser shows: a comment, a declaration, a script.
    Hidden(Range<usize>),
}

/// An opening tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::markdown) struct Tag {
    /// In lower case.
    pub(in crate::markdown) name: String,
    pub(in crate::markdown) attributes: Vec<Attribute>,
    pub(in crate::markdown) place: Range<usize>,
}

/// An attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::markdown) struct Attribute {
    /// In lower case.
    pub(in crate::markdown) name: String,
    /// Where it stands, its value and quotes included.
    pub(in crate::markdown) whole: Range<usize>,
    /// Where its value stands.
    pub(in crate::markdown) value: Range<usize>,
}

impl Tag {
    /// The value of the first attribute of a name, as a browser reads it.
    pub(in crate::markdown) fn value<'a>(&self, html: &'a str, name: &str) -> Option<Cow<'a, str>> {
        let attribute = self.attributes.iter().find(|attribute| attribute.name == name)?;
        Some(decode(&html[attribute.value.clone()]))
    }
}

/// Where a reader stands between two fragments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Data,
    /// In a comment.
    Comment,
    /// In what counts as a comment up to the next `>`.
    Bogus,
    /// In a tag, perhaps in a value between quotes.
    Tag(Option<u8>),
    /// In an element whose inside holds no tags; in a script perhaps behind `<!--`
    /// and behind a further `<script` there.
    Raw(&'static str, u8),
    /// Behind `<plaintext>`, which never ends.
    Plain,
}

/// Reads fragments of one text.
#[derive(Debug, Clone, Default)]
pub(in crate::markdown) struct Tokens {
    state: State,
}

impl Tokens {
    /// Whether what follows is text.
    pub(in crate::markdown) const fn is_in_text(&self) -> bool {
        matches!(self.state, State::Data | State::Plain)
    }

    /// Whether nothing is open that an earlier fragment began.
    pub(in crate::markdown) fn is_at_start(&self) -> bool {
        self.state == State::Data
    }

    /// Whether a comment is open.
    pub(in crate::markdown) fn is_in_comment(&self) -> bool {
        self.state == State::Comment
    }

    /// Ends what a fragment left open and the page does not: a tag, which what is
    /// written next ends, and a comment that is a block of its own.
    pub(in crate::markdown) fn settle(&mut self, html: &str) {
        let comment = html.trim_start().strip_prefix("<!--");
        let own = self.state == State::Comment && comment.is_some_and(|inside| !inside.contains("-->"));
        if own || self.state == State::Tag(None) {
            self.state = State::Data;
        }
    }

    /// Reads a fragment.
    pub(in crate::markdown) fn read(&mut self, html: &str, mut found: impl FnMut(Token)) {
        let mut at = 0;
        while at < html.len() {
            at = self.step(html, at, &mut found);
        }
    }

    /// Reads on from a place, up to the end of one token at most; gives the place behind.
    pub(in crate::markdown) fn step(
        &mut self,
        html: &str,
        at: usize,
        found: &mut impl FnMut(Token),
    ) -> usize {
        match self.state {
            State::Data => self.data(html, at, found),
            State::Comment => self.until(html, at, found, comment_end(&html[at..])),
            State::Bogus => self.until(html, at, found, find(&html[at..], ">")),
            State::Tag(quote) => {
                // Its attributes were begun elsewhere; they cannot be told.
                let (end, left) = tag_end(html, at, quote);
                self.state = left.map_or(State::Data, State::Tag);
                found(Token::Hidden(at..end));
                end
            }
            State::Raw(name, depth) => self.raw(html, at, found, name, depth),
            State::Plain => {
                found(Token::Text(at..html.len()));
                html.len()
            }
        }
    }

    /// The last token was text after all: tags may follow.
    pub(in crate::markdown) const fn stay_in_text(&mut self) {
        self.state = State::Data;
    }

    fn until(&mut self, html: &str, at: usize, found: &mut impl FnMut(Token), end: Option<usize>) -> usize {
        let to = end.map_or(html.len(), |length| at + length);
        if end.is_some() {
            self.state = State::Data;
        }
        found(Token::Hidden(at..to));
        to
    }

    fn data(&mut self, html: &str, at: usize, found: &mut impl FnMut(Token)) -> usize {
        let mut search = at;
        let open = loop {
            let Some(open) = html[search..].find('<').map(|offset| search + offset) else {
                found(Token::Text(at..html.len()));
                return html.len();
            };
            match html.as_bytes().get(open + 1) {
                Some(b'!' | b'?' | b'/') => break open,
                Some(byte) if byte.is_ascii_alphabetic() => break open,
                _ => search = open + 1,
            }
        };
        if open > at {
            found(Token::Text(at..open));
            return open;
        }
        let rest = &html[open..];
        if let Some(inside) = rest.strip_prefix("<!--") {
            let end = inside_comment_end(inside).map(|length| open + 4 + length);
            self.state = if end.is_none() { State::Comment } else { State::Data };
            let end = end.unwrap_or(html.len());
            found(Token::Hidden(open..end));
            return end;
        }
        // Markdown reads these to their own ends (CommonMark 0.31.2, 6.6), a browser only to
        // the next `>`; no page holds them.
        let aside = [("<?", "?>"), ("<![CDATA[", "]]>")].into_iter().find(|aside| rest.starts_with(aside.0));
        if let Some((_, end)) = aside {
            let end = find(rest, end).map_or(html.len(), |length| open + length);
            found(Token::Hidden(open..end));
            return end;
        }
        let closing = rest.starts_with("</");
        let name_at = open + 1 + usize::from(closing);
        if !html.as_bytes().get(name_at).is_some_and(u8::is_ascii_alphabetic) {
            if rest == "</" {
                found(Token::Text(open..html.len()));
                return html.len();
            }
            self.state = State::Bogus;
            return self.until(html, open, found, find(rest, ">"));
        }
        self.tag(html, open, name_at, closing, found)
    }

    fn tag(
        &mut self,
        html: &str,
        open: usize,
        name_at: usize,
        closing: bool,
        found: &mut impl FnMut(Token),
    ) -> usize {
        let bytes = html.as_bytes();
        let name_end =
            end_of(bytes, name_at, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
        let name = html[name_at..name_end].to_ascii_lowercase();
        let mut attributes = Vec::new();
        let (end, left) = read_attributes(html, name_end, &mut attributes);
        if let Some(quote) = left {
            self.state = State::Tag(quote);
            found(Token::Hidden(open..end));
            return end;
        }
        if closing {
            found(Token::Close(name, open..end));
            return end;
        }
        self.state = match RAW_TEXT.iter().find(|raw| **raw == name) {
            Some(raw) => State::Raw(raw, 0),
            None if name == "plaintext" => State::Plain,
            None => State::Data,
        };
        found(Token::Open(Tag { name, attributes, place: open..end }));
        end
    }

    /// The inside of an element that holds no tags, up to its closing tag.
    fn raw(
        &mut self,
        html: &str,
        at: usize,
        found: &mut impl FnMut(Token),
        name: &'static str,
        depth: u8,
    ) -> usize {
        let shown = matches!(name, "textarea" | "title" | "xmp");
        let (end, depth) = raw_end(&html[at..], name, depth);
        self.state = if depth.is_none() { State::Data } else { State::Raw(name, depth.unwrap_or(0)) };
        if end > 0 {
            found(if shown { Token::Text(at..at + end) } else { Token::Hidden(at..at + end) });
        }
        at + end
    }
}

/// Where the inside of such an element ends, and how deep in comments and scripts it
/// stands if it goes on behind the fragment (HTML 13.2.5.4 and what follows there).
fn raw_end(html: &str, name: &str, mut depth: u8) -> (usize, Option<u8>) {
    let is_tag = |at: usize, mark: &str| {
        let rest = &html.as_bytes()[at..];
        let named = rest.len() > mark.len() + name.len()
            && rest.starts_with(mark.as_bytes())
            && rest[mark.len()..mark.len() + name.len()].eq_ignore_ascii_case(name.as_bytes());
        named && matches!(rest[mark.len() + name.len()], b'\t' | b'\n' | b'\x0C' | b'\r' | b' ' | b'/' | b'>')
    };
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'<' if is_tag(at, "</") && depth < 2 => return (at, None),
            b'<' if is_tag(at, "</") => depth = 1,
            b'<' if name != "script" => {}
            b'<' if depth == 1 && is_tag(at, "<") => depth = 2,
            b'<' if depth == 0 && html[at..].starts_with("<!--") => depth = 1,
            b'-' if depth > 0 && html[at..].starts_with("-->") => depth = 0,
            _ => {}
        }
    }
    (html.len(), Some(depth))
}

/// The attributes of a tag; gives the place behind it, and what it stands in if it
/// goes on behind the fragment.
fn read_attributes(html: &str, start: usize, found: &mut Vec<Attribute>) -> (usize, Option<Option<u8>>) {
    let bytes = html.as_bytes();
    let mut at = start;
    loop {
        at = end_of(bytes, at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        match bytes.get(at) {
            None => return (html.len(), Some(None)),
            Some(b'>') => return (at + 1, None),
            Some(_) => {}
        }
        let name_end =
            end_of(bytes, at + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'>' | b'/'));
        let (whole, name) = (at, html[at..name_end].to_ascii_lowercase());
        let equals = end_of(bytes, name_end, |byte| !byte.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            found.push(Attribute { name, whole: whole..name_end, value: name_end..name_end });
            at = name_end;
            continue;
        }
        at = end_of(bytes, equals + 1, |byte| !byte.is_ascii_whitespace());
        let value = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let end = end_of(bytes, at + 1, |byte| byte == *quote);
                if end == bytes.len() {
                    return (end, Some(Some(*quote)));
                }
                at + 1..end
            }
            _ => at..end_of(bytes, at, |byte| byte.is_ascii_whitespace() || byte == b'>'),
        };
        at = if value.start > at { value.end + 1 } else { value.end };
        found.push(Attribute { name, whole: whole..at, value });
    }
}

/// Where a tag ends that was begun before, and what it stands in if it does not.
fn tag_end(html: &str, at: usize, quote: Option<u8>) -> (usize, Option<Option<u8>>) {
    let from = match quote {
        Some(quote) => match html[at..].bytes().position(|byte| byte == quote) {
            Some(end) => at + end + 1,
            None => return (html.len(), Some(Some(quote))),
        },
        None => at,
    };
    read_attributes(html, from, &mut Vec::new())
}

/// Where a comment ends, from just behind `<!--`.
fn inside_comment_end(inside: &str) -> Option<usize> {
    // `<!-->` and `<!--->` end at once.
    match inside.strip_prefix('-').unwrap_or(inside).starts_with('>') {
        true => Some(if inside.starts_with('-') { 2 } else { 1 }),
        false => comment_end(inside),
    }
}

fn comment_end(inside: &str) -> Option<usize> {
    // One look for both ends: the other may stand nowhere.
    let is_end = |at: &usize| ["--", "--!"].iter().any(|end| inside[..*at].ends_with(end));
    memchr::memchr_iter(b'>', inside.as_bytes()).find(is_end).map(|at| at + 1)
}

fn find(text: &str, mark: &str) -> Option<usize> {
    text.find(mark).map(|at| at + mark.len())
}

fn end_of(bytes: &[u8], from: usize, stop: impl Fn(u8) -> bool) -> usize {
    let from = from.min(bytes.len());
    bytes[from..].iter().position(|byte| stop(*byte)).map_or(bytes.len(), |offset| from + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read, with places as the text there.
    fn read(fragments: &[&str]) -> Vec<String> {
        let mut tokens = Tokens::default();
        let mut all = Vec::new();
        for html in fragments {
            tokens.read(html, |token| {
                all.push(match token {
                    Token::Open(tag) => {
                        let values = tag.attributes.iter().map(|attribute| {
                            format!(" {}={}", attribute.name, decode(&html[attribute.value.clone()]))
                        });
                        format!("<{}{}>", tag.name, values.collect::<String>())
                    }
                    Token::Close(name, _) => format!("</{name}>"),
                    Token::Text(place) => html[place].to_owned(),
                    Token::Hidden(_) => "·".to_owned(),
                });
            });
        }
        all
    }

    #[test]
    fn tags_are_read_as_browsers_read_them() {
        assert_eq!(
            read(&["a<A HREF='x y' b c=d&amp;e><!-- <a> --!>t</A >&lt;"]),
            ["a", "<a href=x y b= c=d&e>", "·", "t", "</a>", "&lt;"]
        );
        assert_eq!(read(&["<a/href=x title=\">\">", "1 < 2"]), ["<a href=x title=>>", "1 < 2"]);
        assert_eq!(
            read(&["<!--><b>", "<!---><i>", "<!x><?y > ?></ z>"]),
            ["·", "<b>", "·", "<i>", "·", "·", "·"]
        );
    }

    #[test]
    fn what_a_fragment_leaves_open_goes_on_in_the_next() {
        assert_eq!(read(&["<!-- a", "<b> --", " --> c"]), ["·", "·", "·", " c"]);
        assert_eq!(read(&["<a title=\"x", "y> \">z"]), ["·", "·", "z"]);
        assert_eq!(
            read(&["<script>\n", "'<a href=x>'", "</SCRIPT>t"]),
            ["<script>", "·", "·", "</script>", "t"]
        );
        assert_eq!(
            read(&["<script><!--<script></script>x--></script>y"]),
            ["<script>", "·", "</script>", "y"]
        );
        assert_eq!(read(&["<textarea><b></textarea>"]), ["<textarea>", "<b>", "</textarea>"]);
    }

    #[test]
    fn broken_tags_do_not_hang() {
        for html in [
            "<",
            "<a",
            "</",
            "<a =",
            "<a b='",
            "<a b=",
            "<a <b>",
            "<é x=1>",
            "<a é='ü",
            "<!",
            "<!-",
            "<script",
        ] {
            read(&[html, html]);
        }
    }
}
