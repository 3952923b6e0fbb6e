//! Tabs and other boxes that are no alerts, as a page shows them. Tabs stand one below the
//! other, each under its label; a script of the theme shows one at a time.

use super::super::anchor::is_own;
use super::super::container::{Shape, anchor};
use super::super::escape;
use super::{NodeId, Writer};

/// How a tab ends.
pub(super) const TAB_END: &str = "</section>\n";

impl Writer<'_, '_> {
    /// Begins a box.
    pub(super) fn container(&mut self, id: NodeId, shape: Shape) {
        self.line();
        let (begin, end) = match shape {
            Shape::Tabs | Shape::CodeTabs => ("<div class=\"tabs\">\n", "</div>\n"),
            Shape::Tab => ("<section class=\"tab\">\n", TAB_END),
            Shape::Anchor | Shape::Taken => ("", ""),
            Shape::Note | Shape::Folded(_) | Shape::Bare => ("<div>\n", "</div>\n"),
        };
        self.out.push_str(begin);
        self.quotes.push(end);
        let name = if shape == Shape::Anchor { anchor(self.document.tree.written(id)) } else { None };
        if let Some(name) = name.filter(|name| !is_own(name) && !self.is_quoted()) {
            self.out.push_str("<a id=\"");
            escape::text(&mut self.out, name);
            self.out.push_str("\"></a>");
        }
    }
}
