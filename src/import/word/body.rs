//! Paragraphs and what holds them: cells, boxes, notes, controls.

use super::field::Fields;
use super::model::{Block, Inline, Look, Paragraph};
use super::numbering::Numbering;
use super::package::{Package, Relations};
use super::styles::{ParagraphFormat, Resolved, RunFormat, Styles};
use super::xml::Element;
use super::{Note, NoteKind, Picture};
use std::collections::{BTreeMap, HashMap};

/// Reads the text of a file.
pub(super) struct Reader<'a> {
    pub(super) package: &'a Package<'a>,
    pub(super) relations: &'a Relations,
    pub(super) styles: &'a Styles,
    pub(super) numbering: &'a mut Numbering,
    /// Comments by id: who wrote them, and what.
    pub(super) comments: &'a BTreeMap<String, (String, String)>,
    /// The folder that the text finds pictures in.
    pub(super) folder: &'a str,
    pub(super) pictures: Vec<Picture>,
    /// Which of them a part of the file is.
    pub(super) picture_parts: HashMap<String, usize>,
    /// Their names in lower case, and the last number that was put behind each.
    pub(super) picture_names: HashMap<String, usize>,
    /// Footnotes and endnotes in the order of their first mention.
    pub(super) footnotes: Vec<(bool, String)>,
    pub(super) fields: Fields,
    /// What is told of the block that is being read.
    pub(super) notes: Vec<Note>,
    /// The paragraph that is being read.
    pub(super) content: Vec<Inline>,
    pub(super) bookmarks: Vec<String>,
    /// How the paragraph's style says that runs look.
    pub(super) base: RunFormat,
    /// Text boxes of the paragraph, which follow it.
    pub(super) boxes: Vec<Block>,
    /// Paragraphs whose ends were removed, which go on in the next one.
    pending: Vec<Inline>,
    /// Whether a table of contents was left out since the last block.
    after_contents: bool,
    /// Whether somebody typed it.
    is_typed: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        package: &'a Package<'a>,
        relations: &'a Relations,
        styles: &'a Styles,
        numbering: &'a mut Numbering,
        comments: &'a BTreeMap<String, (String, String)>,
        folder: &'a str,
    ) -> Self {
        Self {
            package,
            relations,
            styles,
            numbering,
            comments,
            folder,
            pictures: Vec::new(),
            picture_parts: HashMap::new(),
            picture_names: HashMap::new(),
            footnotes: Vec::new(),
            fields: Fields::default(),
            notes: Vec::new(),
            content: Vec::new(),
            bookmarks: Vec::new(),
            base: RunFormat::default(),
            boxes: Vec::new(),
            pending: Vec::new(),
            after_contents: false,
            is_typed: false,
        }
    }

    pub(super) fn tell(&mut self, kind: NoteKind, words: impl Into<String>) {
        self.notes.push(Note::new(kind, words));
    }

    /// The blocks of the text, each with what is told of it before it.
    pub(super) fn document(&mut self, body: &Element) -> Vec<Block> {
        let mut blocks = Vec::new();
        self.children(body, &mut blocks, true);
        self.flush(&mut blocks);
        blocks
    }

    /// The blocks of a part of its own: a footnote, a box, a cell.
    pub(super) fn story(&mut self, parent: &Element) -> Vec<Block> {
        let content = std::mem::take(&mut self.content);
        let (bookmarks, boxes) = (std::mem::take(&mut self.bookmarks), std::mem::take(&mut self.boxes));
        let (pending, base) = (std::mem::take(&mut self.pending), std::mem::take(&mut self.base));
        let fields = std::mem::take(&mut self.fields);
        let mut blocks = Vec::new();
        self.children(parent, &mut blocks, false);
        self.flush(&mut blocks);
        (self.content, self.bookmarks, self.boxes) = (content, bookmarks, boxes);
        (self.pending, self.base, self.fields) = (pending, base, fields);
        blocks
    }

    fn children(&mut self, parent: &Element, blocks: &mut Vec<Block>, is_top: bool) {
        for element in parent.elements() {
            let before = blocks.len();
            self.block(element, blocks, is_top);
            if is_top && !self.notes.is_empty() {
                let notes = Block::Notes(std::mem::take(&mut self.notes));
                blocks.insert(before.min(blocks.len()), notes);
            }
        }
    }

    fn block(&mut self, element: &Element, blocks: &mut Vec<Block>, is_top: bool) {
        match element.name.as_str() {
            "w:p" => self.paragraph(element, blocks),
            "w:tbl" if !self.fields.is_contents() => {
                let table = self.table(element);
                if !table.rows.is_empty() {
                    blocks.push(Block::Table(table));
                }
            }
            "w:sdt" if is_contents(element) => {
                self.tell(NoteKind::Contents, "");
                self.after_contents = true;
            }
            "w:sdt" => {
                if let Some(content) = element.child("w:sdtContent") {
                    self.children(content, blocks, is_top);
                }
            }
            "w:customXml" | "w:smartTag" | "w:ins" | "w:moveTo" => self.children(element, blocks, is_top),
            "mc:AlternateContent" => {
                if let Some(chosen) = alternative(element) {
                    self.children(chosen, blocks, is_top);
                }
            }
            "m:oMathPara" | "m:oMath" => {
                self.inline(element);
                let content = std::mem::take(&mut self.content);
                blocks.push(Block::Paragraph(Paragraph { content, ..Paragraph::default() }));
            }
            "w:altChunk" | "w:subDoc" => self.tell(NoteKind::Object, element.name.clone()),
            "w:bookmarkStart" => self.bookmark(element),
            _ => {}
        }
    }

    pub(super) fn bookmark(&mut self, element: &Element) {
        if let Some(name) = element.attribute("w:name").filter(|name| *name != "_GoBack") {
            self.bookmarks.push(name.to_owned());
        }
    }

    fn paragraph(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let properties = element.child("w:pPr");
        let own = ParagraphFormat::read(properties);
        let style = self.styles.resolve(own.style.as_deref());
        let was_contents = self.fields.is_contents();
        self.base = style.run.clone();
        self.content = std::mem::take(&mut self.pending);
        for child in element.elements() {
            self.inline(child);
        }
        self.fields.wrap_open(&mut self.content);
        let content = std::mem::take(&mut self.content);
        let boxes = std::mem::take(&mut self.boxes);
        let mark = properties.and_then(|properties| properties.child("w:rPr"));
        if mark.is_some_and(|mark| mark.child("w:del").is_some() || mark.child("w:moveFrom").is_some()) {
            self.pending = content;
            blocks.extend(boxes);
            return;
        }
        let is_entry = style.names.first().is_some_and(|name| is_contents_style(name));
        let may_be_typed = self.is_typed || contents_title(blocks).is_some();
        self.is_typed = may_be_typed && is_typed_entry(element);
        if was_contents || is_entry || self.is_typed {
            if !std::mem::replace(&mut self.after_contents, true) {
                self.tell(NoteKind::Contents, "");
                drop_contents_title(blocks);
            }
            return;
        }
        if self.after_contents {
            drop_contents_title(blocks);
            self.after_contents = false;
        }
        let is_hidden = mark.and_then(|mark| mark.flag("w:vanish")).unwrap_or(false);
        let is_gone = is_hidden && content.iter().all(is_blank);
        if !is_gone {
            self.place(&own, &style, mark, content, blocks);
        }
        if properties.is_some_and(|properties| properties.child("w:pBdr").is_some())
            && matches!(blocks.last(), Some(Block::Paragraph(paragraph)) if paragraph.is_empty())
        {
            blocks.pop();
            blocks.push(Block::Rule);
        }
        blocks.extend(boxes);
    }

    /// Puts a paragraph where it belongs: in two, if a page ends in it.
    fn place(
        &mut self,
        own: &ParagraphFormat,
        style: &Resolved,
        mark: Option<&Element>,
        content: Vec<Inline>,
        blocks: &mut Vec<Block>,
    ) {
        let label = self.numbering.next(own.list.as_deref(), own.level, style, self.styles);
        let size = content.iter().find_map(|_| self.fields.size).or_else(|| {
            let format = RunFormat::read(mark).over(&style.run);
            format.size
        });
        self.fields.size = None;
        let listed = label.as_ref().and_then(|label| label.indent);
        let paragraph = Paragraph {
            label,
            outline: own.outline.or(style.paragraph.outline).filter(|outline| *outline < 9),
            is_title: style.is(&["title", "标题"]),
            centered: own.centered.or(style.paragraph.centered).unwrap_or(false),
            size: size.unwrap_or(20),
            indent: own.indent.or(listed).or(style.paragraph.indent).unwrap_or(0),
            content,
            bookmarks: std::mem::take(&mut self.bookmarks),
        };
        blocks.push(Block::Paragraph(paragraph));
    }

    /// Ends a container: what was joined to no further paragraph is one itself.
    fn flush(&mut self, blocks: &mut Vec<Block>) {
        let content = std::mem::take(&mut self.pending);
        if content.is_empty() {
            return;
        }
        match blocks.last_mut() {
            Some(Block::Paragraph(last)) if last.is_empty() => last.content = content,
            _ => blocks.push(Block::Paragraph(Paragraph { content, ..Paragraph::default() })),
        }
    }

    /// How a run looks and whether it is hidden.
    pub(super) fn look(&self, properties: Option<&Element>) -> (RunFormat, Look) {
        let own = RunFormat::read(properties);
        let style = properties.and_then(|properties| properties.value("w:rStyle"));
        let named = style.map(|id| self.styles.characters(id)).unwrap_or_default();
        let format = own.over(&named).over(&self.base);
        let look = Look {
            bold: format.bold.unwrap_or(false),
            italic: format.italic.unwrap_or(false),
            strike: format.strike.unwrap_or(false),
            // What underlines a link is its style, which the site has its own for.
            underline: format.underline.unwrap_or(false) && self.fields.depth == 0,
            raised: format.vertical == Some(super::styles::Vertical::Super),
            lowered: format.vertical == Some(super::styles::Vertical::Sub),
        };
        (format, look)
    }
}

pub(super) fn is_blank(inline: &Inline) -> bool {
    matches!(inline, Inline::Break) || matches!(inline, Inline::Text(text, _) if text.trim().is_empty())
}

/// The reading of an element that has several: the first for programs of today.
pub(super) fn alternative(element: &Element) -> Option<&Element> {
    const KNOWN: [&str; 9] = ["wps", "wpg", "wpc", "w14", "w15", "w16", "wp14", "wpi", "a14"];
    let is_known = |choice: &&Element| {
        let required = choice.attribute("Requires").unwrap_or("");
        required.split_whitespace().all(|prefix| KNOWN.contains(&prefix))
    };
    element.all("mc:Choice").find(is_known).or_else(|| element.child("mc:Fallback"))
}

/// Whether a control holds the table of contents.
fn is_contents(element: &Element) -> bool {
    let gallery = element.at(&["w:sdtPr", "w:docPartObj", "w:docPartGallery"]);
    gallery.and_then(|gallery| gallery.attribute("w:val")) == Some("Table of Contents")
}

/// Whether a style is that of the lines of a table of contents.
fn is_contents_style(name: &str) -> bool {
    let number = name.strip_prefix("toc").or_else(|| name.strip_prefix("目录"));
    number.map(str::trim).is_some_and(|number| {
        number == "heading"
            || number == "标题"
            || !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Takes the line 目录 away, whose table of contents went.
fn drop_contents_title(blocks: &mut Vec<Block>) {
    if let Some(at) = contents_title(blocks) {
        blocks.remove(at);
    }
}

/// Where the line 目录 stands, if nothing follows it.
fn contents_title(blocks: &[Block]) -> Option<usize> {
    let last = blocks.iter().rposition(|block| match block {
        Block::Paragraph(paragraph) => !paragraph.is_empty(),
        Block::Table(_) | Block::Rule => true,
        Block::Notes(_) => false,
    });
    let Some(Block::Paragraph(paragraph)) = last.and_then(|at| blocks.get(at)) else { return None };
    let words: String = paragraph.words().chars().filter(|sign| !sign.is_whitespace()).collect();
    let is_title =
        matches!(words.as_str(), "目录" | "目次" | "目錄" | "Contents" | "CONTENTS" | "TableofContents");
    last.filter(|_| is_title)
}

/// Whether a paragraph is a line of a table of contents that somebody typed: words, then a tab or
/// dots, then the number of a page.
fn is_typed_entry(paragraph: &Element) -> bool {
    let mut line = String::new();
    write_line(paragraph, &mut line);
    let line = line.trim_end();
    let words = line.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let bare = words.trim_end_matches(' ');
    let is_led = bare.ends_with(['\t', '…', '⋯']) || bare.ends_with("...") || bare.ends_with("···");
    words.len() < line.len() && is_led && !bare.trim_matches(['\t', '…', '⋯', '.', '·', ' ']).is_empty()
}

fn write_line(element: &Element, line: &mut String) {
    for child in element.elements() {
        match child.name.as_str() {
            "w:t" => line.push_str(&child.text()),
            "w:tab" | "w:ptab" => line.push('\t'),
            "w:pPr" | "w:del" => {}
            _ => write_line(child, line),
        }
    }
}
