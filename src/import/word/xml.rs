//! XML as a tree, with names that do not depend on how a program spells namespaces.
//!
//! `w:p` is a paragraph of Word here, whichever prefix the file has for it and whether
//! it was saved as Strict or as Transitional. A document type is refused: it is what
//! entities that grow without end are declared in, and Word never writes one.

use super::Refusal;
use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

/// How deep elements may lie in each other; what reads the tree goes down with it.
const DEPTH: usize = 200;
/// How many elements a part may have.
const ELEMENTS: usize = 3_000_000;

const PREFIXES: &[(&str, &str)] = &[
    ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("w", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("r", "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("a", "http://purl.oclc.org/ooxml/drawingml/main"),
    ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("wp", "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"),
    ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
    ("m", "http://purl.oclc.org/ooxml/officeDocument/math"),
    ("c", "http://schemas.openxmlformats.org/drawingml/2006/chart"),
    ("c", "http://purl.oclc.org/ooxml/drawingml/chart"),
    ("dgm", "http://schemas.openxmlformats.org/drawingml/2006/diagram"),
    ("dgm", "http://purl.oclc.org/ooxml/drawingml/diagram"),
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
    ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
    ("asvg", "http://schemas.microsoft.com/office/drawing/2016/SVG/main"),
    ("xml", "http://www.w3.org/XML/1998/namespace"),
    ("", "http://schemas.openxmlformats.org/package/2006/relationships"),
];

/// An element, with what is in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    /// Its name, as `w:p`; without a known namespace, as `?:p`.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

#[derive(Debug, Clone)]
enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Reads a part.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let text = decode(bytes)?;
        let mut reader = NsReader::from_str(&text);
        let mut open: Vec<Self> = vec![Self::default()];
        let mut count = 0;
        loop {
            let (namespace, event) = reader.read_resolved_event().map_err(|_| Refusal::Damaged)?;
            let prefix = prefix(&namespace);
            match event {
                Event::Start(tag) => {
                    count += 1;
                    if open.len() > DEPTH || count > ELEMENTS {
                        return Err(Refusal::TooLarge);
                    }
                    open.push(Self::start(&reader, prefix, &tag)?);
                }
                Event::Empty(tag) => {
                    count += 1;
                    let element = Self::start(&reader, prefix, &tag)?;
                    push(&mut open, Node::Element(element));
                }
                Event::End(_) => {
                    let Some(element) = open.pop().filter(|_| !open.is_empty()) else {
                        return Err(Refusal::Damaged);
                    };
                    push(&mut open, Node::Element(element));
                }
                Event::Text(text) => add_text(&mut open, &text.decode().map_err(|_| Refusal::Damaged)?),
                Event::CData(text) => add_text(&mut open, &text.decode().map_err(|_| Refusal::Damaged)?),
                Event::GeneralRef(name) => {
                    let character = match name.resolve_char_ref().map_err(|_| Refusal::Damaged)? {
                        Some(character) => character,
                        None => predefined(&name.decode().map_err(|_| Refusal::Damaged)?)?,
                    };
                    add_text(&mut open, character.encode_utf8(&mut [0; 4]));
                }
                Event::DocType(_) => return Err(Refusal::Entities),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
                Event::Eof => break,
            }
        }
        let mut roots = open.pop().filter(|_| open.is_empty()).ok_or(Refusal::Damaged)?.children.into_iter();
        let root = roots.find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        });
        root.ok_or(Refusal::Damaged)
    }

    fn start(reader: &NsReader<&[u8]>, prefix: &str, tag: &BytesStart<'_>) -> Result<Self, Refusal> {
        let name = named(prefix, tag.local_name().as_ref());
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|_| Refusal::Damaged)?;
            let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
            let name = match namespace {
                ResolveResult::Unbound => String::from_utf8_lossy(local.as_ref()).into_owned(),
                bound => named(self::prefix(&bound), local.as_ref()),
            };
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Refusal::Damaged)?;
            attributes.push((name, value.into_owned()));
        }
        Ok(Self { name, attributes, children: Vec::new() })
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.0 == name).map(|attribute| attribute.1.as_str())
    }

    /// The elements right in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of a name right in it.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element of a name right in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The element that a path of names leads to.
    pub(super) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// What `w:val` of an element right in it says.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("w:val")
    }

    /// Whether an element that stands for yes or no is there and says yes.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        let value = self.child(name)?.attribute("w:val");
        Some(!matches!(value, Some("0" | "false" | "off" | "none")))
    }

    /// The text right in it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for node in &self.children {
            if let Node::Text(piece) = node {
                text.push_str(piece);
            }
        }
        text
    }

    /// All elements of a name in it, at any depth, in the order of the file.
    pub(super) fn descendants<'a>(&'a self, name: &str) -> Vec<&'a Self> {
        let mut found = Vec::new();
        self.gather(name, &mut found);
        found
    }

    fn gather<'a>(&'a self, name: &str, found: &mut Vec<&'a Self>) {
        for element in self.elements() {
            if element.name == name {
                found.push(element);
            }
            element.gather(name, found);
        }
    }

    /// The first element of a name in it, at any depth.
    pub(super) fn descendant(&self, name: &str) -> Option<&Self> {
        self.elements().find_map(
            |element| {
                if element.name == name { Some(element) } else { element.descendant(name) }
            },
        )
    }
}

fn push(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn add_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else { return };
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}

fn named(prefix: &str, local: &[u8]) -> String {
    let local = String::from_utf8_lossy(local);
    if prefix.is_empty() { local.into_owned() } else { format!("{prefix}:{local}") }
}

fn prefix(namespace: &ResolveResult<'_>) -> &'static str {
    let ResolveResult::Bound(Namespace(uri)) = namespace else { return "?" };
    PREFIXES.iter().find(|known| known.1.as_bytes() == *uri).map_or("?", |known| known.0)
}

/// The five entities that need no declaration.
fn predefined(name: &str) -> Result<char, Refusal> {
    match name {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "apos" => Ok('\''),
        "quot" => Ok('"'),
        _ => Err(Refusal::Entities),
    }
}

/// UTF-8, or UTF-16 with a mark at its beginning: no other encoding is allowed in a package.
fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let wide = |read: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| read([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map_err(|_| Refusal::Damaged)
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            String::from_utf8(bytes.to_vec()).map_err(|_| Refusal::Damaged)
        }
    }
}
