//! Blocks of PyMdown: `/// note | Title`, lines that say how it looks, text, and `///`.
//!
//! They are looked for in books alone whose settings name them (see `dialect`).

use super::super::alert;
use super::fence::{Form, Opening, Shape};
use super::line::last_line;

/// Blocks that are no notes. A caption is a line below its picture; an element of HTML has no
/// look here.
const BLOCKS: [(&str, Shape); 8] = [
    ("details", Shape::Folded(false)),
    ("tab", Shape::Tab),
    ("html", Shape::Bare),
    ("define", Shape::Bare),
    ("caption", Shape::Bare),
    ("figure-caption", Shape::Bare),
    ("table-caption", Shape::Bare),
    ("admonition", Shape::Note),
];

/// How many slashes a line has that ends a block.
pub(super) fn closing(line: &str) -> Option<usize> {
    let line = line.trim_end();
    (line.len() >= 3 && line.bytes().all(|byte| byte == b'/')).then_some(line.len())
}

/// Where the last line stands in a text that may end a block; 0 where none does.
pub(super) fn last_end(text: &str) -> usize {
    last_line(text, |line| closing(line).is_some())
}

/// A line that begins a block.
pub(super) fn opening(line: &str) -> Option<Opening<'_>> {
    let count = line.bytes().take_while(|byte| *byte == b'/').count();
    let (name, title) = match line[count..].split_once('|') {
        Some((name, title)) => (name, Some(title)),
        None => (&line[count..], None),
    };
    if count < 3 || !name.starts_with(' ') {
        return None;
    }
    let at = line.len() - line[count..].trim_start().len();
    let place = at..at + name.trim().len();
    let name = &line[place.clone()];
    let shape = BLOCKS.iter().find(|(known, _)| *known == name).map(|(_, shape)| *shape);
    let kind = alert::of_label(name).filter(|_| name.is_ascii());
    let form = Form::Block(count, shape == Some(Shape::Tab));
    let mut opening = Opening::of_type(form, line, place);
    opening.shape = shape.or(kind.map(|_| Shape::Note))?;
    // What stands behind the bar of an element is its name.
    let title = title.filter(|_| !matches!(opening.shape, Shape::Bare));
    let title = title.map(|title| line.len() - title.len()..line.len());
    opening.kind = kind.or_else(|| alert::of_label("note")).filter(|_| opening.shape == Shape::Note);
    Some(opening.titled(line, title))
}

impl Opening<'_> {
    /// The block, as the lines below say that it looks.
    pub(in crate::markdown) fn with_options<'l>(mut self, lines: impl Iterator<Item = &'l str>) -> Self {
        for line in lines.take_while(|line| is_option(line)) {
            match line.trim().split_once(':').map(|(key, value)| (key, value.trim())) {
                Some(("type", value)) => self.kind = alert::of_label(&value.to_lowercase()).or(self.kind),
                Some(("open", value)) if self.shape == Shape::Folded(false) => {
                    self.shape = Shape::Folded(value.eq_ignore_ascii_case("true"));
                }
                _ => {}
            }
        }
        self
    }
}

/// Whether a line below the beginning of a block says how it looks.
pub(super) fn is_option(line: &str) -> bool {
    let bare = line.trim_start_matches([' ', '\t']);
    let indent: usize =
        line[..line.len() - bare.len()].bytes().map(|byte| if byte == b'\t' { 4 } else { 1 }).sum();
    indent >= 4 && bare.contains(':') && bare.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::{last_end, opening};
    use crate::markdown::container::Shape;

    #[test]
    fn blocks_begin_and_end() {
        for (line, shape, title) in [
            ("/// note | A *title*", Shape::Note, Some("A *title*")),
            ("/// details | More", Shape::Folded(false), Some("More")),
            ("//// tab | One", Shape::Tab, Some("One")),
            ("/// html | div.grid", Shape::Bare, None),
            ("/// admonition", Shape::Note, None),
        ] {
            let opening = opening(line).expect(line);
            assert_eq!(opening.shape, shape, "{line}");
            assert_eq!(opening.title.as_ref().map(|place| &line[place.clone()]), title, "{line}");
        }
        for line in ["/// other", "// note", "///note", "/// Path | x", "///", "/// a note"] {
            assert!(opening(line).is_none(), "{line}");
        }
        assert_eq!(last_end("a\n///\nb\n"), 2);
        assert_eq!(last_end("a\n/// b\n"), 0);
    }

    #[test]
    fn lines_below_say_how_it_looks() {
        let details = opening("/// details | X").expect("a block");
        let open = details.with_options("    type: warning\n    open: True\nText: no".lines());
        assert_eq!((open.shape, open.kind.map(|kind| kind.0)), (Shape::Folded(true), Some("warning")));
    }
}
