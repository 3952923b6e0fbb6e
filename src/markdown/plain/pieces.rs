//! What search takes of a chapter: its words, cut into sections and clauses.

use super::super::{Clause, Heading};
use super::{Document, Kind, PlainText};

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

/// The same with what tells tables and pictures apart when two texts are compared: a bar
/// between the cells of a row, and the file of each picture on a line of its own.
#[must_use]
pub fn pieces_with_files(document: &Document, skip_title: bool) -> Vec<Piece> {
    cut(document, skip_title, true)
}

fn cut(document: &Document, skip_title: bool, with_files: bool) -> Vec<Piece> {
    let mut images = document.images.iter().filter(|_| with_files).peekable();
    let plain = PlainText::of_all(&document.tree);
    let mut begins = begins(document).into_iter().peekable();
    let mut pieces = vec![Piece::default()];
    let mut skipped = None;
    for (at, part) in plain.parts.iter().enumerate() {
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
        while let Some(image) = images.next_if(|image| image.span.start <= part.start as usize) {
            write_file(&image.dest, &mut pieces);
        }
        match part.kind {
            Kind::Cell if with_files => begin_cell(&mut pieces),
            _ => write(&plain, at, in_title, &mut pieces),
        }
    }
    images.for_each(|image| write_file(&image.dest, &mut pieces));
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

fn write(plain: &PlainText, at: usize, in_title: bool, pieces: &mut [Piece]) {
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
                piece.text.push_str(if begins { words.trim_start_matches(' ') } else { words });
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
