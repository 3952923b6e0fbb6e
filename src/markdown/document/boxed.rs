//! What a block quote is that does not begin with `>`: a box of another tool (see
//! `container`), whose first line says which.

use super::super::container::{self, Form, Shape};
use super::builder::Builder;
use super::tree::{AlertBox, Kind, short};

impl Builder {
    /// The kind of a box that begins at a place; `None` if a quote does.
    pub(super) fn boxed(&mut self, start: usize) -> Option<Kind> {
        let text = self.tree.source.get(start..).filter(|text| !text.starts_with('>'))?;
        let mut lines = text.lines();
        let mut opening = container::opening(lines.next()?)?;
        if let Form::Block(..) = opening.form {
            opening = opening.with_options(lines);
        }
        let fold = match opening.shape {
            Shape::Note => None,
            Shape::Folded(open) => Some(open),
            // The first of several tabs begins what they are in.
            _ if opening.form.is_lone_tab() && self.open_kind() != Some(Kind::Box(Shape::Tabs)) => {
                return Some(Kind::Box(Shape::Tabs));
            }
            shape => return Some(Kind::Box(shape)),
        };
        let other = if fold.is_some() { ("other", "box_details") } else { ("other", "alert_note") };
        let (class, word) = opening.kind.unwrap_or(other);
        let word = if opening.untitled { "" } else { word };
        self.tree.rare.alerts.push(AlertBox { class, word, fold });
        Some(Kind::Alert(short(self.tree.rare.alerts.len() - 1)))
    }

    /// Whether a title that comes next is that of a box.
    pub(super) fn is_in_box(&self) -> bool {
        matches!(self.open_kind(), Some(Kind::Box(_) | Kind::Alert(_)))
    }

    /// The kind of the innermost node that is open.
    fn open_kind(&self) -> Option<Kind> {
        Some(self.nodes.get(*self.open.last()? as usize)?.kind)
    }
}
