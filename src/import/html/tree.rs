//! A page of HTML as a tree of elements.
//!
//! html5ever's tokenizer reads the tags; a tree of ten lines is enough for pages that a
//! program wrote. Elements deeper than any page needs are taken for their text, so no page
//! costs more than its length.

use crate::markdown::VOID;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// Elements that may stand inside one another.
const DEPTH: usize = 150;

/// Something in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) enum Node {
    Text(String),
    Element(Element),
}

/// An element with what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::import) struct Element {
    pub(in crate::import) name: String,
    attributes: Vec<(String, String)>,
    pub(in crate::import) children: Vec<Node>,
}

impl Element {
    /// An element without a name around another.
    pub(in crate::import) fn around(inner: Self) -> Self {
        Self { children: vec![Node::Element(inner)], ..Self::default() }
    }

    /// The value of an attribute; empty where there is none.
    pub(in crate::import) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|own| own.0 == name).map_or("", |own| own.1.as_str())
    }

    /// Whether `class` names this.
    pub(in crate::import) fn is_of(&self, class: &str) -> bool {
        self.attribute("class").split_whitespace().any(|own| own == class)
    }

    /// The elements directly in it.
    pub(in crate::import) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element in it, at any depth, that is meant.
    pub(in crate::import) fn find(&self, is_meant: &dyn Fn(&Self) -> bool) -> Option<&Self> {
        self.elements().find_map(|inner| if is_meant(inner) { Some(inner) } else { inner.find(is_meant) })
    }

    /// The first element in it of an id.
    pub(in crate::import) fn by_id(&self, id: &str) -> Option<&Self> {
        self.find(&|element| element.attribute("id") == id)
    }

    /// Its words, with single blanks.
    pub(in crate::import) fn words(&self) -> String {
        let mut text = String::new();
        self.collect(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Its text as it stands.
    pub(in crate::import) fn collect(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(inner) if inner.name == "br" => out.push('\n'),
                Node::Element(inner) => inner.collect(out),
            }
        }
    }
}

/// Reads a page; the element has no name and holds all that stands at the top.
pub(in crate::import) fn parse(text: &str) -> Element {
    let builder = Builder { open: vec![Element::default()] };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(builder)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut builder = tokenizer.sink.0.into_inner();
    while builder.open.len() > 1 {
        builder.close();
    }
    builder.open.pop().unwrap_or_default()
}

struct Sink(RefCell<Builder>);

struct Builder {
    open: Vec<Element>,
}

/// What an element ends that was left open: it, and up to which element that is looked for.
fn ends(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li", "p"], &["ul", "ol"]),
        "td" | "th" => (&["td", "th", "p"], &["tr", "table"]),
        "tr" => (&["tr", "td", "th", "p"], &["table"]),
        "tbody" | "tfoot" => (&["thead", "tbody", "tr", "td", "th", "p"], &["table"]),
        "dt" | "dd" => (&["dt", "dd", "p"], &["dl"]),
        "p" | "div" | "ul" | "ol" | "table" | "pre" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5"
        | "h6" | "hr" | "section" => (&["p"], &["li", "td", "th", "div", "table"]),
        _ => (&[], &[]),
    }
}

impl Builder {
    fn close(&mut self) {
        if self.open.len() > 1
            && let Some(element) = self.open.pop()
            && let Some(above) = self.open.last_mut()
        {
            above.children.push(Node::Element(element));
        }
    }

    fn start(&mut self, tag: &Tag) {
        let name = tag.name.to_string();
        let (closed, limits) = ends(&name);
        while let Some(last) = self.open.last() {
            if !closed.contains(&last.name.as_str()) || limits.contains(&last.name.as_str()) {
                break;
            }
            self.close();
        }
        let attributes =
            tag.attrs.iter().map(|own| (own.name.local.to_string(), own.value.to_string())).collect();
        let element = Element { name, attributes, children: Vec::new() };
        if tag.self_closing || VOID.contains(&element.name.as_str()) {
            if let Some(above) = self.open.last_mut() {
                above.children.push(Node::Element(element));
            }
        } else if self.open.len() < DEPTH {
            self.open.push(element);
        }
    }

    fn end(&mut self, name: &str) {
        if let Some(at) = self.open.iter().skip(1).rposition(|open| open.name == name) {
            while self.open.len() > at + 1 {
                self.close();
            }
        }
    }

    fn text(&mut self, text: &str) {
        let Some(above) = self.open.last_mut() else { return };
        match above.children.last_mut() {
            Some(Node::Text(last)) => last.push_str(text),
            _ => above.children.push(Node::Text(text.to_owned())),
        }
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => builder.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => builder.end(&tag.name),
            Token::TagToken(tag) => {
                builder.start(&tag);
                match &*tag.name {
                    "script" => return TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" => return TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => {}
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_open_is_closed() {
        let page = parse("<ul><li>a<li>b<ul><li>c</ul></ul><table><tr><td>1<td>2<tr><td>3</table><p>d<p>e");
        let names = |element: &Element| element.elements().map(|own| own.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&page), ["ul", "table", "p", "p"]);
        let list = page.find(&|element| element.name == "ul").expect("a list");
        assert_eq!(list.elements().map(Element::words).collect::<Vec<_>>(), ["a", "bc"]);
        let table = page.find(&|element| element.name == "table").expect("a table");
        assert_eq!(names(table), ["tr", "tr"]);
        assert_eq!(page.words(), "abc123de");
    }

    #[test]
    fn no_page_is_too_deep_or_too_odd() {
        let deep = "<div>".repeat(50_000) + "x" + &"</div>".repeat(50_000);
        assert_eq!(parse(&deep).words(), "x");
        for odd in ["", "<", "</p>", "<p a=\"", "<script>a<b</script", "<title>&amp;</title>"] {
            parse(odd);
        }
        assert_eq!(parse("<title>a &amp; b</title>").words(), "a & b");
    }
}
