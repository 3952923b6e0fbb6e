//! Blocks as Markdown.

use super::inline::{self, Anchors, Writing};
use super::model::{Block, Inline, Paragraph};
use super::{Note, outline};
use crate::import::escape::{self, Around};
use crate::markdown::{Unit, parse_clause};

/// How much deeper an indent has to be, in twentieths of a point, to be one.
const DEEPER: i32 = 60;

/// Items inside one another; Word has nine levels. Of two lists whose indents grow by turns
/// each item would lie in the one before.
const DEEPEST: usize = 12;

/// Writes blocks.
pub(super) struct Writer<'a> {
    pub(super) anchors: &'a Anchors,
    out: String,
    /// How many lines have ended.
    lines: usize,
    /// The heading or clause that was written last.
    place: String,
    /// The items that are open, from the outermost.
    items: Vec<Item>,
    /// What was told, with its place.
    pub(super) notes: Vec<Note>,
}

/// An item of a list.
struct Item {
    list: String,
    level: usize,
    indent: i32,
    /// The columns of its mark.
    width: usize,
    /// Its number, if it is written as Markdown's; a list that goes on with another
    /// number would be shown with the next one.
    number: Option<u64>,
    is_bullet: bool,
}

/// What a paragraph in a list begins with.
struct Mark {
    text: String,
    number: Option<u64>,
    is_bullet: bool,
    list: String,
    level: usize,
    indent: i32,
}

impl<'a> Writer<'a> {
    pub(super) fn new(anchors: &'a Anchors) -> Self {
        Self {
            anchors,
            out: String::new(),
            lines: 0,
            place: String::new(),
            items: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The Markdown of all that was written.
    pub(super) fn finish(self) -> (String, Vec<Note>) {
        (self.out, self.notes)
    }

    /// Writes blocks one below the other.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let levels = outline::levels(blocks);
        for (at, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph(paragraph) => {
                    self.paragraph(paragraph, levels.get(at).copied().flatten());
                }
                Block::Table(table) => {
                    self.items.clear();
                    let texts = super::table::texts(table, self.anchors);
                    for text in texts {
                        match text {
                            super::table::Part::Text(blocks) => self.blocks(&blocks),
                            super::table::Part::Table(text) => self.push(&text, false),
                        }
                    }
                }
                Block::Rule => {
                    self.items.clear();
                    self.push("---", false);
                }
                Block::Notes(notes) => {
                    let line = if self.out.is_empty() { 1 } else { self.lines + 3 };
                    let place = self.place(&blocks[at..]);
                    let told = notes.iter().map(|note| Note { line, place: place.clone(), ..note.clone() });
                    self.notes.extend(told);
                }
            }
        }
    }

    /// Adds a block; `tight` is one that follows in the same list.
    pub(super) fn push(&mut self, text: &str, tight: bool) {
        if !self.out.is_empty() {
            let gap = if tight { "\n" } else { "\n\n" };
            self.out.push_str(gap);
            self.lines += gap.len();
        }
        self.lines += text.matches('\n').count();
        self.out.push_str(text);
    }

    /// What people call the place of the first of these blocks: its clause or heading,
    /// else the one above it, else its first words.
    fn place(&self, blocks: &[Block]) -> String {
        let next = blocks.iter().find_map(|block| match block {
            Block::Paragraph(paragraph) if !paragraph.is_empty() => Some(paragraph),
            _ => None,
        });
        let own = next.and_then(named);
        own.or_else(|| Some(self.place.clone()).filter(|place| !place.is_empty()))
            .unwrap_or_else(|| next.map_or_else(String::new, |paragraph| short(&paragraph.line())))
    }

    fn paragraph(&mut self, paragraph: &Paragraph, level: Option<usize>) {
        if paragraph.is_empty() {
            return;
        }
        if let Some(place) = named(paragraph) {
            self.place = place;
        }
        if let Some(level) = level {
            return self.heading(paragraph, level);
        }
        let (mark, content) = mark(paragraph);
        if let Some(mark) = mark {
            return self.item(mark, &content, paragraph);
        }
        let begin = paragraph.label.as_ref().map_or_else(String::new, |label| {
            escape::escape(&format!("{}{}", label.text, label.gap()), true, None, Around::default())
        });
        let text = self.line(begin, &paragraph.content, paragraph);
        let parents = paragraph.label.as_ref().map_or(0, |label| {
            // A number of another kind in the same list belongs to the item above it.
            while self.items.last().is_some_and(|item| item.list != label.list || item.level >= label.level) {
                self.items.pop();
            }
            self.items.len()
        });
        self.items.truncate(parents);
        let text = self.indented(&text, &self.indent());
        self.push(&text, false);
    }

    fn heading(&mut self, paragraph: &Paragraph, level: usize) {
        self.items.clear();
        let around = Around { heading: true, ..Around::default() };
        let begin =
            paragraph.label.as_ref().filter(|label| !label.is_bullet).map_or_else(String::new, |label| {
                escape::escape(&format!("{}{}", label.text, label.gap()), false, None, around)
            });
        let begin = format!("{} {begin}", "#".repeat(level));
        let writing = Writing { around, plain: true, ..Writing::default() };
        let mut text = inline::write(begin, &paragraph.content, writing, self.anchors);
        // A row of hashes at the end would close the heading.
        if text.ends_with('#') {
            text.insert(text.len() - 1, '\\');
        }
        let is_clause = parse_clause(&paragraph.line()).is_some();
        if let Some(name) = self.names(paragraph).into_iter().next().filter(|_| !is_clause) {
            text.push_str(&format!(" {{#{name}}}"));
        }
        self.push(text.trim_end(), false);
    }

    /// The names of the places in a paragraph that something leads to.
    fn names(&self, paragraph: &Paragraph) -> Vec<String> {
        let anchors = paragraph.bookmarks.iter().filter_map(|bookmark| self.anchors.get(bookmark));
        anchors.filter(|anchor| anchor.clause.is_none()).map(|anchor| anchor.name.clone()).collect()
    }

    fn line(&self, begin: String, content: &[Inline], paragraph: &Paragraph) -> String {
        let mut text = inline::write(begin, content, Writing::default(), self.anchors);
        for name in self.names(paragraph) {
            text.push_str(&format!("<a id=\"{}\"></a>", escape::html(&name)));
        }
        text.trim_end().to_owned()
    }

    fn item(&mut self, mark: Mark, content: &[Inline], paragraph: &Paragraph) {
        let is_inside = |item: &Item| match item.list == mark.list {
            true => item.level < mark.level,
            false => item.indent + DEEPER < mark.indent,
        };
        let mut sibling = None;
        while let Some(item) = self.items.pop() {
            if is_inside(&item) {
                self.items.push(item);
                break;
            }
            sibling = Some(item);
        }
        self.items.truncate(DEEPEST - 1);
        let goes_on = match (&sibling, mark.number) {
            (Some(before), Some(number)) => before.number.is_none_or(|before| before + 1 == number),
            _ => true,
        };
        // Markdown counts a list on by itself: another number has to stand as text.
        let (text, width) = match goes_on {
            true => (mark.text.clone(), mark.text.chars().count()),
            false => (mark.text.replacen('.', "\\.", 1), 0),
        };
        let indent = self.indent();
        let body = self.line(String::new(), content, paragraph);
        let joined =
            sibling.as_ref().is_some_and(|before| before.width > 0 && before.is_bullet == mark.is_bullet);
        let tight = goes_on && (joined || !self.items.is_empty() && sibling.is_none());
        let text = format!("{text}{}", self.indented(&body, &" ".repeat(width)).trim_start());
        let text = self.indented(text.trim_end(), &indent);
        self.push(&text, tight);
        self.items.push(Item {
            list: mark.list,
            level: mark.level,
            indent: mark.indent,
            width,
            number: mark.number.filter(|_| goes_on),
            is_bullet: mark.is_bullet,
        });
    }

    /// The indent of what stands in the open items.
    fn indent(&self) -> String {
        " ".repeat(self.items.iter().map(|item| item.width).sum())
    }

    fn indented(&self, text: &str, indent: &str) -> String {
        let lines: Vec<String> = text
            .split('\n')
            .map(|line| if line.is_empty() { String::new() } else { format!("{indent}{line}") })
            .collect();
        lines.join("\n")
    }
}

/// What a clause or a heading is called.
fn named(paragraph: &Paragraph) -> Option<String> {
    let line = paragraph.line();
    let clause = parse_clause(&line).filter(|label| label.certain || paragraph.label.is_some());
    let clause = clause.map(|label| line[label.label].to_owned());
    clause.or_else(|| paragraph.outline.map(|_| short(&line))).filter(|place| !place.is_empty())
}

fn short(text: &str) -> String {
    text.chars().take(20).collect()
}

/// The mark of a list that Markdown has too, numbered by Word or by hand, and what follows it.
fn mark(paragraph: &Paragraph) -> (Option<Mark>, Vec<Inline>) {
    let content = paragraph.content.clone();
    if let Some(label) = &paragraph.label {
        let number = label.text.strip_suffix('.').and_then(number);
        let text = match (label.is_bullet, number) {
            (true, _) => "- ".to_owned(),
            (false, Some(_)) => format!("{} ", label.text),
            _ => return (None, content),
        };
        let (list, level) = (label.list.clone(), label.level);
        let mark = Mark { text, number, is_bullet: label.is_bullet, list, level, indent: paragraph.indent };
        return (Some(mark), content);
    }
    typed(paragraph).map_or((None, content), |(mark, content)| (Some(mark), content))
}

fn number(text: &str) -> Option<u64> {
    let is_number = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    // `01.` would become `1.`.
    text.parse().ok().filter(|_| is_number && (text == "0" || !text.starts_with('0')))
}

/// `1. ` at the beginning of a text.
fn typed(paragraph: &Paragraph) -> Option<(Mark, Vec<Inline>)> {
    let mut content = paragraph.content.clone();
    let Some(Inline::Text(first, _)) = content.first_mut() else { return None };
    let (digits, rest) = first.trim_start().split_once('.')?;
    let number =
        number(digits).filter(|_| digits.len() <= 3 && rest.starts_with([' ', '\u{3000}', '\u{a0}']))?;
    let text = format!("{digits}. ");
    *first = rest.trim_start().to_owned();
    let list = "typed".to_owned();
    let mark =
        Mark { text, number: Some(number), is_bullet: false, list, level: 0, indent: paragraph.indent };
    Some((mark, content))
}

/// The places that links in the text lead to.
pub(super) fn anchors(blocks: &[Block]) -> Anchors {
    let mut targets = std::collections::BTreeSet::new();
    let mut places = Anchors::new();
    each_paragraph(blocks, &mut |paragraph| targets_of(&paragraph.content, &mut targets));
    each_paragraph(blocks, &mut |paragraph| {
        for bookmark in paragraph.bookmarks.iter().filter(|bookmark| targets.contains(*bookmark)) {
            let clause = parse_clause(&paragraph.line())
                .filter(|label| label.certain || paragraph.label.is_some())
                .map(|label| {
                    (label.number.label(), paragraph.line()[label.label].to_owned(), label.number.unit)
                });
            let anchor = match clause {
                Some((name, shown, Unit::Article)) => inline::Anchor { name, clause: Some(shown) },
                Some((name, shown, _)) => inline::Anchor { name, clause: Some(shown) },
                None => inline::Anchor { name: bookmark.clone(), clause: None },
            };
            places.entry(bookmark.clone()).or_insert(anchor);
        }
    });
    places
}

fn each_paragraph(blocks: &[Block], see: &mut dyn FnMut(&Paragraph)) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => see(paragraph),
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    each_paragraph(&cell.blocks, see);
                }
            }
            Block::Rule | Block::Notes(_) => {}
        }
    }
}

fn targets_of(content: &[Inline], targets: &mut std::collections::BTreeSet<String>) {
    for inline in content {
        if let Inline::Link(target, content) = inline {
            targets.extend(target.strip_prefix('#').map(str::to_owned));
            targets_of(content, targets);
        }
    }
}
