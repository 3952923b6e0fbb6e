//! Authors' raw HTML: its tags, read and rewritten without a parser of the whole,
//! since the parser of Markdown gives it in fragments.

mod entity;
mod shown;
mod shown_text;
mod token;

pub use shown::shown_addresses;

pub(super) use entity::decode;
pub(super) use shown_text::ShownText;
pub(crate) use shown_text::VOID;
pub(super) use token::{Tag, Token, Tokens};

use crate::text::floor_boundary;
use std::ops::Range;

/// Passes on the opening tags of a fragment that have attributes, as if nothing stood
/// before it.
pub(super) fn opening_tags(html: &str, mut found: impl FnMut(Tag)) {
    Tokens::default().read(html, |token| match token {
        Token::Open(tag) if !tag.attributes.is_empty() => found(tag),
        _ => {}
    });
}

/// Where places of a fragment lie in the file. A tag of several lines comes
/// without what marks its block at the beginning of each: indentation, `>`.
pub(super) struct Places<'a> {
    text: &'a str,
    span: Range<usize>,
    /// From which place of the fragment on how much was left out.
    left_out: Vec<(usize, usize)>,
}

impl<'a> Places<'a> {
    pub(super) fn new(html: &str, text: &'a str, span: &Range<usize>) -> Self {
        let source = text.get(span.clone()).unwrap_or_default();
        let mut left_out = Vec::new();
        // What stands for something else is nowhere in the file.
        if source != html && source.chars().next() == html.chars().next() {
            let (mut rest, mut skipped) = (source.chars(), 0);
            for (at, wanted) in html.char_indices() {
                let before = skipped;
                skipped += rest.by_ref().take_while(|c| *c != wanted).map(char::len_utf8).sum::<usize>();
                if skipped > before {
                    left_out.push((at, skipped));
                }
            }
        }
        Self { text, span: span.clone(), left_out }
    }

    pub(super) fn of(&self, at: Range<usize>) -> Range<usize> {
        let place = |at: usize, known: usize| {
            let skipped = known.checked_sub(1).map_or(0, |last| self.left_out[last].1);
            floor_boundary(self.text, (self.span.start + at + skipped).min(self.span.end))
        };
        let start = place(at.start, self.left_out.partition_point(|known| known.0 <= at.start));
        let end = place(at.end, self.left_out.partition_point(|known| known.0 < at.end));
        start..end.max(start)
    }
}

/// Whether a fragment is one comment and nothing else: it needs no sanitiser,
/// since it is simply not written.
pub(super) fn is_comment(html: &str) -> bool {
    let Some(inside) = html.trim().strip_prefix("<!--") else { return false };
    // `<!-->` and `<!--->` end at once (HTML 13.2.5.43): what follows is no comment.
    if inside.starts_with('>') || inside.starts_with("->") || inside.contains("--!>") {
        return false;
    }
    inside.find("-->").is_some_and(|end| end + 3 == inside.len())
}

/// Whether a fragment is a declaration, a processing instruction or CDATA, which are
/// none of HTML's: the dialect never writes them.
pub(super) fn is_instruction(html: &str) -> bool {
    html.starts_with("<?") || html.starts_with("<!") && !html.starts_with("<!--")
}

/// What of a chapter's raw HTML is not on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// What runs a script.
    Script,
    /// A field, a setting of the page and the like.
    Other,
    /// A frame with another page.
    Frame,
    /// What changes the look of the page.
    Style,
    /// All that an element holds: a drawing, a template.
    Inside,
    /// An attribute that says something or names an address.
    Attribute,
    /// A declaration, a processing instruction or CDATA.
    Instruction,
    /// What stands behind `<!--` where nothing ends the comment.
    Comment,
}

/// The elements that go, with what is lost by each.
const LOST: [(&str, Loss); 13] = [
    ("script", Loss::Script),
    ("form", Loss::Other),
    ("base", Loss::Other),
    ("meta", Loss::Other),
    ("svg", Loss::Inside),
    ("math", Loss::Inside),
    ("template", Loss::Inside),
    ("iframe", Loss::Frame),
    ("frame", Loss::Frame),
    ("object", Loss::Frame),
    ("embed", Loss::Frame),
    ("link", Loss::Style),
    ("style", Loss::Style),
];

/// Attributes by which something is said, or an address named.
const SPEAKING: [&str; 21] = [
    "href",
    "src",
    "srcset",
    "poster",
    "background",
    "longdesc",
    "cite",
    "action",
    "formaction",
    "data",
    "usemap",
    "ping",
    "content",
    "srcdoc",
    "alt",
    "value",
    "placeholder",
    "label",
    "summary",
    "xlink:href",
    "lowsrc",
];

/// What a sanitiser takes away from a fragment, each with its place in it; `open` are its
/// opening tags that have attributes. What is told of links and images in any case is
/// not among it.
pub(super) fn losses(html: &str, open: &[Tag]) -> Vec<(Range<usize>, Loss)> {
    let mut lost = Vec::new();
    for at in memchr::memchr_iter(b'<', html.as_bytes()) {
        let name = &html[at + 1..];
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let known = LOST.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(&name[..end]));
        lost.extend(known.map(|(_, loss)| (at..at + 1 + end, *loss)));
    }
    for tag in open {
        let is_lost = LOST.iter().any(|(name, _)| *name == tag.name);
        for attribute in &tag.attributes {
            let name = attribute.name.as_str();
            let value = || decode(&html[attribute.value.clone()]);
            let is_linked = matches!((tag.name.as_str(), name), ("a", "href") | ("img", "src"));
            let is_address = matches!(name, "href" | "src" | "action" | "formaction");
            let loss = match name {
                "style" => Loss::Style,
                _ if name.starts_with("on") => Loss::Script,
                _ if is_linked => continue,
                _ if is_address && !super::escape::is_safe(&value()) => Loss::Script,
                _ if is_lost || !SPEAKING.contains(&name) || value().trim().is_empty() => continue,
                _ if super::sanitize::keeps(&tag.name, name) => continue,
                _ => Loss::Attribute,
            };
            lost.push((attribute.whole.clone(), loss));
        }
    }
    lost
}

/// The addresses of the frames in a fragment, as written, each with its title; `open`
/// as above.
pub(super) fn frames(html: &str, open: &[Tag]) -> Vec<(String, Option<String>)> {
    let is_frame = |tag: &&Tag| LOST.contains(&(tag.name.as_str(), Loss::Frame));
    let frame = |tag: &Tag| {
        let address = tag.value(html, if tag.name == "object" { "data" } else { "src" })?;
        let title = tag.value(html, "title").filter(|title| !title.trim().is_empty());
        Some((address.trim().to_owned(), title.map(|title| title.into_owned())))
    };
    open.iter().filter(is_frame).filter_map(frame).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_taken_out_whole() {
        for (html, rest) in [
            ("<a class=b href='x y' id=c>", "<a class=b  id=c>"),
            ("<a href = \"x\">", "<a >"),
            ("<a href=x>", "<a >"),
            ("<a b='1'href=\"x\">", "<a b='1'>"),
        ] {
            let mut left = html.to_owned();
            opening_tags(html, |tag| {
                for attribute in tag.attributes.iter().filter(|attribute| attribute.name == "href") {
                    left.replace_range(attribute.whole.clone(), "");
                }
            });
            assert_eq!(left, rest, "{html}");
        }
    }

    #[test]
    fn what_is_lost_is_named() {
        fn tags(html: &str) -> Vec<Tag> {
            let mut tags = Vec::new();
            opening_tags(html, |tag| tags.push(tag));
            tags
        }
        let losses = |html: &str| -> Vec<(String, Loss)> {
            losses(html, &tags(html))
                .into_iter()
                .map(|(place, loss)| (html[place].to_owned(), loss))
                .collect()
        };
        let one = |place: &str, loss| vec![(place.to_owned(), loss)];
        assert_eq!(losses("<p style='color:red'>x</p>"), one("style='color:red'", Loss::Style));
        assert_eq!(losses("<STYLE>a{}</STYLE>"), one("<STYLE", Loss::Style));
        assert_eq!(losses("<p style=a onclick=b>").len(), 2);
        assert_eq!(losses("<iframe src=x>"), one("<iframe", Loss::Frame));
        assert_eq!(losses("<iframe src='javascript:x'>").last().map(|lost| lost.1), Some(Loss::Script));
        assert_eq!(losses("<div><template>x</template>"), one("<template", Loss::Inside));
        assert_eq!(losses("<td background=a.png>"), one("background=a.png", Loss::Attribute));
        assert_eq!(losses("<b>styled</b><linker><img src=a alt=b><q cite=c>"), []);
        let html =
            "<div><iframe title='a \"b\"' src=' https://a.b/?x&amp;y '></iframe><object data=c.pdf></div>";
        assert_eq!(
            frames(html, &tags(html)),
            [("https://a.b/?x&y".to_owned(), Some("a \"b\"".to_owned())), ("c.pdf".to_owned(), None)]
        );
    }

    #[test]
    fn comments_are_told_from_what_only_looks_like_one() {
        assert!(is_comment("<!-- INFO END -->\n"));
        for html in
            ["<!--><script>x</script>-->", "<!-- a --><b>-->", "<!---><b>-->", "<!-- a --!><b>-->", "<!-- a"]
        {
            assert!(!is_comment(html), "{html}");
        }
    }

    #[test]
    fn places_are_found_behind_what_the_parser_leaves_out() {
        let text = "é- <a\n  href=字 > ";
        let places = Places::new("<a\nhref=字 >", text, &(4..text.len()));
        assert_eq!(places.of(8..11), 14..17);
        assert_eq!(&text[14..17], "字");
        assert_eq!(places.of(0..2), 4..6);
        // What is not in the file has no place in it, but none that breaks a character.
        let places = Places::new("    <b>", "字\t<b>字", &(3..7));
        assert_eq!(places.of(4..7), 7..7);
    }
}
