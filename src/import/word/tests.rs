//! Documents are made here part by part, so that each test shows what its file holds.

mod head;
mod hostile;
mod lists;
mod marks;
mod parts;
mod tables;
mod titles;
mod witness;

use super::{Document, NoteKind, Refusal, read};
use std::io::Write as _;

const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
    r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office""#,
);
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A Word file that is being made.
#[derive(Default)]
struct File {
    parts: Vec<(String, Vec<u8>)>,
    relations: String,
}

impl File {
    /// A file with this text.
    fn new(body: &str) -> Self {
        let document = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
        Self {
            parts: vec![("word/document.xml".to_owned(), document.into_bytes())],
            relations: String::new(),
        }
    }

    /// With a part that the text names, `rId` and its kind.
    fn with(mut self, kind: &str, name: &str, bytes: &[u8]) -> Self {
        self.parts.push((format!("word/{name}"), bytes.to_vec()));
        self.related(&format!("rId-{name}"), kind, name, "")
    }

    fn related(mut self, id: &str, kind: &str, target: &str, more: &str) -> Self {
        self.relations +=
            &format!(r#"<Relationship Id="{id}" Type="{KINDS}/{kind}" Target="{target}" {more}/>"#);
        self
    }

    fn styles(self, styles: &str) -> Self {
        self.with("styles", "styles.xml", format!("<w:styles {NAMESPACES}>{styles}</w:styles>").as_bytes())
    }

    fn numbering(self, lists: &str) -> Self {
        let text = format!("<w:numbering {NAMESPACES}>{lists}</w:numbering>");
        self.with("numbering", "numbering.xml", text.as_bytes())
    }

    fn bytes(mut self) -> Vec<u8> {
        let xmlns = "http://schemas.openxmlformats.org/package/2006/relationships";
        let list =
            |inside: &str| format!(r#"<Relationships xmlns="{xmlns}">{inside}</Relationships>"#).into_bytes();
        let main =
            format!(r#"<Relationship Id="rId1" Type="{KINDS}/officeDocument" Target="word/document.xml"/>"#);
        self.parts.push(("_rels/.rels".to_owned(), list(&main)));
        self.parts.push(("word/_rels/document.xml.rels".to_owned(), list(&self.relations)));
        let parts: Vec<(&[u8], &[u8])> =
            self.parts.iter().map(|(name, bytes)| (name.as_bytes(), bytes.as_slice())).collect();
        zip(&parts)
    }

    fn read(self) -> Document {
        read(&self.bytes(), "图").expect("a document")
    }

    fn text(self) -> String {
        self.read().text
    }
}

/// An archive with these entries.
fn zip(parts: &[(&[u8], &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut out);
    for (name, bytes) in parts {
        let file = archive.new_file(rawzip::path::EntryPath::verbatim(*name));
        let (mut entry, config) =
            file.compression_method(rawzip::CompressionMethod::DEFLATE).start().expect("an entry");
        let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
        let mut writer = config.wrap(encoder);
        writer.write_all(bytes).expect("memory");
        let (encoder, descriptor) = writer.finish().expect("memory");
        encoder.finish().expect("memory");
        entry.finish(descriptor).expect("memory");
    }
    archive.finish().expect("memory");
    out
}

/// A paragraph of one run.
fn p(text: &str) -> String {
    format!(r#"<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
}

/// A paragraph with properties.
fn pp(properties: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
}

/// A paragraph in a list.
fn n(list: u32, level: u32, text: &str) -> String {
    pp(&format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#), text)
}

fn r(properties: &str, text: &str) -> String {
    format!(r#"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

/// A level of a list: format, text, and what else it says.
fn level(at: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>"#
    )
}

/// A definition with a list of the same number.
fn list(id: u32, levels: &str) -> String {
    format!(r#"<w:abstractNum w:abstractNumId="{id}">{levels}</w:abstractNum>{}"#, num(id, id, ""))
}

fn num(id: u32, definition: u32, more: &str) -> String {
    format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{definition}"/>{more}</w:num>"#)
}

/// A style of paragraphs.
fn style(id: &str, name: &str, more: &str) -> String {
    format!(r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{more}</w:style>"#)
}

fn told(document: &Document, kind: NoteKind) -> Vec<&str> {
    document.notes.iter().filter(|note| note.kind == kind).map(|note| note.words.as_str()).collect()
}
