//! Word documents as chapters.
//!
//! [`read`] takes the bytes of a `.docx` and gives front matter, Markdown, pictures and
//! what is to be told; it touches nothing else. What Word shows is what is written: the
//! numbers that it works out become text, tracked changes are taken as accepted, hidden
//! text stays away. Whatever is left out or may have to be looked at is told with its place.
//!
//! Readers of `.docx` for Rust (docx-rs, rdocx) give the parts of a file as values and
//! leave numbering, fields and changes to the caller, so the parts are read here:
//! `package` and `xml` open the file, `body` and `run` read the text into a `model`,
//! `head` takes the front matter out of it, `write` writes the Markdown.

mod body;
pub(crate) mod chapter;
mod control;
mod date;
mod field;
mod formula;
mod grid;
mod head;
mod inline;
mod label;
mod letterhead;
mod model;
mod numbering;
mod numeral;
mod outline;
mod package;
mod pairs;
mod picture;
mod restriction;
mod revisions;
mod run;
mod state;
mod styles;
mod symbol;
mod table;
mod title;
mod write;
mod xml;

use body::Reader;
use model::Block;
use numbering::Numbering;
use package::{Package, Relations};
use serde_yaml::{Mapping, Value};
use std::collections::BTreeMap;
use styles::Styles;
use xml::Element;

/// Why a file is no document that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is no Word file.
    NotWord,
    /// It is of the kind before 2007 (`.doc`), or RTF.
    OldFormat,
    /// It can be opened only with a password.
    Encrypted,
    /// It is not whole, or not what it says.
    Damaged,
    /// It unpacks to more than a document has, or lies in itself too deep.
    TooLarge,
    /// It declares entities, as no Word file does.
    Entities,
}

/// What is told of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NoteKind {
    /// A tracked insertion, which is in the text.
    Inserted,
    /// A tracked deletion, which is not.
    Deleted,
    /// A comment, which is not in the text.
    Comment,
    /// The text of a box, which follows its paragraph.
    TextBox,
    /// A formula, which is to be compared.
    Formula,
    /// Words in headers and footers, which are left out.
    Header,
    /// Hidden text, which is left out.
    Hidden,
    /// A picture that is not there, lies elsewhere, or that browsers do not show.
    Picture,
    /// A chart, a diagram or an object of another program, which is left out.
    Object,
    /// A sign of a font that is not known.
    Symbol,
    /// A line of the control table that no field takes as it is.
    Field,
    /// A table of contents, which is left out.
    Contents,
    /// A name in the file that leads out of it.
    Outside,
}

/// Something to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// What it is.
    pub(crate) kind: NoteKind,
    /// The line of the Markdown, from 1, where it stands or stood.
    pub(crate) line: usize,
    /// The clause or heading there.
    pub(crate) place: String,
    /// The words in question.
    pub(crate) words: String,
}

impl Note {
    fn new(kind: NoteKind, words: impl Into<String>) -> Self {
        Self { kind, line: 1, place: String::new(), words: words.into() }
    }
}

/// A picture of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Its part of the file.
    part: String,
    /// Its file name.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) bytes: Vec<u8>,
}

/// A document as a chapter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    /// Front matter, by our fields.
    pub(crate) front: Mapping,
    /// The Markdown behind it.
    pub(crate) text: String,
    /// Its pictures, which the text finds in the folder that was given.
    pub(crate) pictures: Vec<Picture>,
    /// What is to be told, in the order of the text.
    pub(crate) notes: Vec<Note>,
}

/// The order in which fields are written.
const ORDER: [&str; 21] = [
    "title",
    "aliases",
    "id",
    "kind",
    "departments",
    "roles",
    "owner",
    "author",
    "reviewer",
    "approver",
    "status",
    "version",
    "effective",
    "review_by",
    "retired",
    "supersedes",
    "related",
    "audience",
    "confidentiality",
    "密级",
    "restricted",
];

/// Reads a document. `folder` is where its pictures will lie, as the text links to them.
///
/// # Errors
///
/// If it is no Word file, or none that is read.
pub(crate) fn read(bytes: &[u8], folder: &str) -> Result<Document, Refusal> {
    let package = Package::open(bytes)?;
    let main = package.document()?;
    let root = package.xml(&main)?.ok_or(Refusal::NotWord)?;
    let body = root.child("w:body").ok_or(Refusal::NotWord)?;
    let relations = package.relations(&main)?;
    let part = |kind: &str| part(&package, &relations, kind);
    let styles = Styles::read(part("styles")?.as_ref());
    let mut numbering = Numbering::read(part("numbering")?.as_ref());
    let comments = comments(part("comments")?.as_ref());
    let notes_of = [part("footnotes")?, part("endnotes")?];
    let mut reader = Reader::new(&package, &relations, &styles, &mut numbering, &comments, folder);
    let mut blocks = reader.document(body);
    let footnotes = footnotes(&mut reader, &notes_of);
    let headers = headers(&mut reader, body)?;
    let mut notes = reader.notes.split_off(0);
    let pictures = std::mem::take(&mut reader.pictures);
    let fields = head::take(&mut blocks, &headers);
    notes.extend(header_notes(&headers, &fields));
    notes.extend(package.outside().iter().map(|name| Note::new(NoteKind::Outside, name.clone())));
    let (text, told) = markdown(&blocks, &footnotes);
    notes.splice(0..0, told);
    let mut front = Mapping::new();
    for key in ORDER.into_iter().chain(["revisions"]) {
        front.extend(fields.get(key).map(|value| (Value::String(key.to_owned()), value.clone())));
    }
    Ok(Document { front, text, pictures, notes })
}

/// The part that the text names by a kind.
fn part(package: &Package<'_>, relations: &Relations, kind: &str) -> Result<Option<Element>, Refusal> {
    let found = relations.values().find(|relation| relation.kind == kind && !relation.is_outside);
    found.map_or(Ok(None), |relation| package.xml(&relation.target))
}

/// Comments by id: who wrote them, and what.
fn comments(root: Option<&Element>) -> BTreeMap<String, (String, String)> {
    let comments = root.into_iter().flat_map(|root| root.all("w:comment"));
    let comment = |comment: &Element| {
        let texts: String = comment.descendants("w:t").iter().map(|text| text.text()).collect();
        let author = comment.attribute("w:author").unwrap_or("").to_owned();
        Some((comment.attribute("w:id")?.to_owned(), (author, texts)))
    };
    comments.filter_map(comment).collect()
}

/// The footnotes and endnotes that the text mentions. One may mention another.
fn footnotes(reader: &mut Reader<'_>, roots: &[Option<Element>; 2]) -> Vec<Vec<Block>> {
    let mut blocks = Vec::new();
    while let Some((is_end, id)) = reader.footnotes.get(blocks.len()).cloned() {
        let (root, name) = if is_end { (&roots[1], "w:endnote") } else { (&roots[0], "w:footnote") };
        let found =
            root.as_ref().and_then(|root| root.all(name).find(|note| note.attribute("w:id") == Some(&id)));
        blocks.push(found.map(|note| reader.story(note)).unwrap_or_default());
    }
    blocks
}

/// The blocks of all headers and footers.
fn headers(reader: &mut Reader<'_>, body: &Element) -> Result<Vec<Block>, Refusal> {
    let mut names: Vec<&str> = Vec::new();
    for name in ["w:headerReference", "w:footerReference"] {
        let found = body.descendants(name).into_iter().filter_map(|reference| {
            let relation = reader.relations.get(reference.attribute("r:id")?)?;
            (!relation.is_outside).then_some(relation.target.as_str())
        });
        names.extend(found);
    }
    let before = reader.notes.len();
    let mut seen: Vec<&str> = Vec::new();
    let mut blocks = Vec::new();
    for name in names {
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        if let Some(root) = reader.package.xml(name)? {
            let kept = std::mem::take(&mut reader.pictures);
            blocks.extend(reader.story(&root));
            // What stands above every page is no picture of the text.
            reader.pictures = kept;
        }
    }
    let told = reader.notes.split_off(before);
    reader.notes.extend(told.into_iter().filter(|note| note.kind != NoteKind::Picture));
    Ok(blocks)
}

/// What headers say that is in no field; numbers of pages are no words.
fn header_notes(headers: &[Block], fields: &control::Fields) -> Vec<Note> {
    let mut lines: Vec<String> = Vec::new();
    for block in headers {
        let texts = match block {
            Block::Paragraph(paragraph) => vec![paragraph.line()],
            Block::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).map(model::Cell::words).collect()
            }
            Block::Rule | Block::Notes(_) => Vec::new(),
        };
        for text in texts {
            let is_known = fields.values().any(|value| value.as_str() == Some(text.as_str()));
            if has_words(&text) && !is_known && !lines.contains(&text) {
                lines.push(text);
            }
        }
    }
    lines.into_iter().map(|line| Note::new(NoteKind::Header, line)).collect()
}

fn has_words(text: &str) -> bool {
    let bare: String = text.to_lowercase().replace("page", "").replace("of", "");
    bare.chars().any(|sign| sign.is_alphabetic() && !matches!(sign, '第' | '页' | '共' | '頁'))
}

/// The text with its footnotes, and what was told with its places.
fn markdown(blocks: &[Block], footnotes: &[Vec<Block>]) -> (String, Vec<Note>) {
    let all: Vec<Block> = blocks.iter().chain(footnotes.iter().flatten()).cloned().collect();
    let anchors = write::anchors(&all);
    let mut writer = write::Writer::new(&anchors);
    writer.blocks(blocks);
    for (at, note) in footnotes.iter().enumerate() {
        let mut inner = write::Writer::new(&anchors);
        inner.blocks(note);
        let lines = inner.finish().0.replace('\n', "\n    ").replace("\n    \n", "\n\n");
        writer.push(format!("[^{}]: {lines}", at + 1).trim_end(), false);
    }
    let (mut text, notes) = writer.finish();
    if !text.is_empty() {
        text.push('\n');
    }
    (text, notes)
}

#[cfg(test)]
mod tests;
