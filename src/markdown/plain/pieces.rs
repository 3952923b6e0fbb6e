//! What search takes of a chapter: its words, cut into sections and clauses.

use super::super::document::{ImageRef, LinkRef, Tree};
use super::super::{Clause, Heading};
use super::{Document, Kind, NodeKind, Part, PlainText};
use std::iter::Peekable;
use std::ops::Range;
use std::slice::Iter;
use std::vec::IntoIter;

/// A section or clause.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Piece {
    /// Anchor, not encoded; empty for what stands before the first.
    pub anchor: String,
    /// The heading's text, or the clause's label.
    pub label: String,
    /// Whether it begins with a heading.
    pub heading: bool,
    /// What a reader sees, the heading or label included. Lines, entries of lists
    /// and rows of tables stand on lines of their own, with tabs between cells.
    pub text: String,
}

/// What a piece begins with.
enum Begin<'a> {
    Heading(usize, &'a Heading),
    Clause(&'a Clause),
}

impl Begin<'_> {
    const fn start(&self) -> usize {
        match self {
            Self::Heading(_, heading) => heading.span.start,
            Self::Clause(clause) => clause.span().start,
        }
    }
}

/// The words of a chapter by section and clause. With `skip_title` the first heading
/// is left out, because the page shows the title itself.
#[must_use]
pub fn pieces(document: &Document, skip_title: bool) -> Vec<Piece> {
    cut(document, skip_title, false)
}

/// What opens and closes the target of a link in a [`Piece`] that is to be compared: characters
/// that Unicode keeps for a program's own use, and that no text may hold.
pub const TARGET: [char; 2] = ['\u{FDD0}', '\u{FDD1}'];

/// The same with what tells two texts apart and is no word: a bar between the cells of a row, the
/// file of each picture on a line of its own, a box before each task, `~~` around what is struck
/// out, a sign before what stands higher or lower, and the target of each link behind its text,
/// between [`TARGET`].
#[must_use]
pub fn pieces_with_targets(document: &Document, skip_title: bool) -> Vec<Piece> {
    cut(document, skip_title, true)
}

/// What stands in a text besides its words, in order.
struct Besides<'a> {
    images: Peekable<Iter<'a, ImageRef>>,
    links: Peekable<Iter<'a, LinkRef>>,
    signs: Peekable<IntoIter<Sign>>,
    source: &'a str,
}

/// A sign that stands for what is no word and changes what words say: a task that is done, words
/// that are struck out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sign {
    place: usize,
    shown: &'static str,
    closes: bool,
}

impl Sign {
    /// The signs of a tree, in order.
    fn all(tree: &Tree) -> Vec<Self> {
        let mut all = Vec::new();
        for id in tree.from(tree.first_at(0)) {
            let span = tree.span(id);
            let mut add = |place, shown, closes| {
                if !tree.is_hidden(id) {
                    all.push(Self { place, shown, closes });
                }
            };
            match tree.kind(id) {
                NodeKind::Task(done) => add(span.start, if done { "☑ " } else { "☐ " }, false),
                NodeKind::Strikethrough => {
                    add(span.start, "~~", false);
                    add(span.end, "~~", true);
                }
                NodeKind::InlineHtml(index) => {
                    let tag = tree.html(id, index).0.trim_start_matches('<');
                    let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
                    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
                    let shown = match &*name.to_ascii_lowercase() {
                        "del" | "s" | "strike" => "~~",
                        "sup" if !closes => "^",
                        "sub" if !closes => "_",
                        _ => continue,
                    };
                    add(span.start, shown, closes);
                }
                _ => {}
            }
        }
        all.sort_by_key(|sign| sign.place);
        all
    }
}

impl<'a> Besides<'a> {
    fn of(document: &'a Document) -> Self {
        Self {
            images: document.images.iter().peekable(),
            links: document.links.iter().peekable(),
            signs: Sign::all(&document.tree).into_iter().peekable(),
            source: document.source(),
        }
    }

    /// Writes the targets of links whose text ends before a part.
    fn links_before(&mut self, part: &Part, skipped: Option<&Range<usize>>, pieces: &mut [Piece]) {
        let start = part.start as usize;
        let is_before =
            |link: &&LinkRef| link.span.start < start && (part.kind.is_border() || link.span.end <= start);
        while let Some(link) = self.links.next_if(is_before) {
            if !skipped.is_some_and(|title| title.contains(&link.span.start)) {
                self.write_target(link, pieces);
            }
        }
    }

    /// Of a link that shows its target, the words tell it already.
    fn write_target(&self, link: &LinkRef, pieces: &mut [Piece]) {
        let written = self.source.get(link.span.clone()).unwrap_or("");
        let shown = written.trim_start_matches(['<', '[']).trim_end_matches(['>', ']']);
        if shown == link.dest {
            return;
        }
        if let Some(piece) = pieces.last_mut().filter(|piece| !piece.text.is_empty()) {
            let [open, close] = TARGET;
            piece.text.push(open);
            piece.text.extend(link.dest.chars().filter(|c| !TARGET.contains(c) && *c != '\n'));
            piece.text.push(close);
        }
    }

    fn images_before(&mut self, part: &Part, pieces: &mut [Piece]) {
        while let Some(image) = self.images.next_if(|image| image.span.start <= part.start as usize) {
            write_file(&image.dest, pieces);
        }
    }

    /// Writes the signs before a part: those that close with the words before them, at the end of a
    /// line and of a piece too, and once the part's own piece has begun all others.
    fn signs_before(
        &mut self,
        part: &Part,
        has_begun: bool,
        skipped: Option<&Range<usize>>,
        pieces: &mut [Piece],
    ) {
        let start = part.start as usize;
        let is_before = |sign: &Sign| match sign.closes {
            true => sign.place <= start,
            false => has_begun && sign.place < start && !part.kind.is_border(),
        };
        while let Some(sign) = self.signs.next_if(is_before) {
            if let Some(piece) = pieces.last_mut()
                && !skipped.is_some_and(|title| title.contains(&sign.place))
            {
                piece.text.push_str(sign.shown);
            }
        }
    }

    fn rest(mut self, pieces: &mut [Piece]) {
        if let Some(piece) = pieces.last_mut() {
            self.signs.by_ref().for_each(|sign| piece.text.push_str(sign.shown));
        }
        while let Some(link) = self.links.next() {
            self.write_target(link, pieces);
        }
        self.images.for_each(|image| write_file(&image.dest, pieces));
    }
}

fn cut(document: &Document, skip_title: bool, with_targets: bool) -> Vec<Piece> {
    let mut besides = with_targets.then(|| Besides::of(document));
    let cleans = with_targets && document.source().contains(TARGET);
    let plain = PlainText::of_all(&document.tree);
    let mut begins = begins(document).into_iter().peekable();
    let mut pieces = vec![Piece::default()];
    let mut skipped = None;
    for (at, part) in plain.parts.iter().enumerate() {
        if let Some(besides) = &mut besides {
            besides.links_before(part, skipped.as_ref(), &mut pieces);
            besides.signs_before(part, false, skipped.as_ref(), &mut pieces);
        }
        while let Some(begin) = begins.next_if(|begin| begin.start() <= part.start as usize) {
            match begin {
                Begin::Heading(0, heading) if skip_title => {
                    skipped = Some(heading.span.clone());
                    end_line(&mut pieces);
                }
                Begin::Heading(_, heading) => pieces.push(Piece {
                    anchor: heading.anchor.clone(),
                    label: heading.text.clone(),
                    heading: true,
                    text: String::new(),
                }),
                Begin::Clause(clause) => pieces.push(Piece {
                    anchor: clause.anchor.to_string(),
                    label: label(document, clause).to_owned(),
                    heading: false,
                    text: String::with_capacity(clause.span().len()),
                }),
            }
        }
        let in_title = skipped.as_ref().is_some_and(|title| title.contains(&(part.start as usize)));
        if let Some(besides) = &mut besides {
            besides.images_before(part, &mut pieces);
            besides.signs_before(part, true, skipped.as_ref(), &mut pieces);
        }
        match part.kind {
            Kind::Cell if with_targets => begin_cell(&mut pieces),
            _ => write(&plain, at, in_title, cleans, &mut pieces),
        }
    }
    if let Some(besides) = besides {
        besides.rest(&mut pieces);
    }
    for piece in &mut pieces {
        piece.text.truncate(piece.text.trim_end().len());
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

/// Headings, and the clauses that are not headings, in order.
fn begins(document: &Document) -> Vec<Begin<'_>> {
    let is_heading = |clause: &&Clause| {
        document.headings.binary_search_by_key(&clause.span().start, |heading| heading.span.start).is_ok()
    };
    let headings = document.headings.iter().enumerate().map(|(at, heading)| Begin::Heading(at, heading));
    let clauses = document.clauses.iter().filter(|clause| !is_heading(clause)).map(Begin::Clause);
    let mut begins: Vec<Begin<'_>> = headings.chain(clauses).collect();
    begins.sort_by_key(Begin::start);
    begins
}

/// The words that number a clause, 第三条.
fn label<'a>(document: &'a Document, clause: &Clause) -> &'a str {
    let paragraph = document.source().get(clause.span()).unwrap_or("");
    let label = super::super::parse_clause(paragraph).and_then(|opening| paragraph.get(opening.label));
    label.unwrap_or("")
}

fn write(plain: &PlainText, at: usize, in_title: bool, cleans: bool, pieces: &mut [Piece]) {
    match plain.parts[at].kind {
        Kind::Line | Kind::Paragraph => end_line(pieces),
        Kind::Mark => {}
        _ if in_title => {}
        Kind::Cell => {
            if let Some(piece) = pieces.last_mut()
                && !piece.text.is_empty()
                && !piece.text.ends_with(['\n', ' ', '\t'])
            {
                piece.text.push('\t');
            }
        }
        _ => {
            if let Some(piece) = pieces.last_mut() {
                let words = plain.words(at);
                let begins = piece.text.is_empty() || piece.text.ends_with('\n');
                let words = if begins { words.trim_start_matches(' ') } else { words };
                match cleans {
                    true => piece.text.extend(words.chars().filter(|c| !TARGET.contains(c))),
                    false => piece.text.push_str(words),
                }
            }
        }
    }
}

/// The file of a picture, on a line of its own.
fn write_file(name: &str, pieces: &mut [Piece]) {
    end_line(pieces);
    if let Some(piece) = pieces.last_mut() {
        piece.text.push_str(&format!("[{name}]\n"));
    }
}

fn begin_cell(pieces: &mut [Piece]) {
    if let Some(piece) = pieces.last_mut()
        && !piece.text.is_empty()
        && !piece.text.ends_with('\n')
    {
        piece.text.truncate(piece.text.trim_end().len());
        piece.text.push_str(" | ");
    }
}

fn end_line(pieces: &mut [Piece]) {
    let Some(piece) = pieces.last_mut() else { return };
    piece.text.truncate(piece.text.trim_end().len());
    if !piece.text.is_empty() {
        piece.text.push('\n');
    }
}
