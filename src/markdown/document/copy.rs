//! Building a tree from another, node by node.

use super::super::MarkdownOptions;
use super::builder::Builder;
use super::tree::{Destination, HeadingAttributes, Kind, LinkForm, NodeId, Tree, short};
use std::ops::Range;

impl Builder {
    /// A tree of the same file.
    pub(in crate::markdown) fn like(tree: &Tree) -> Self {
        Self::new(&tree.source, &MarkdownOptions::default())
    }

    /// Adds a node of another tree; one that may hold others is open then.
    pub(in crate::markdown) fn copy(&mut self, tree: &Tree, id: NodeId) {
        let span = tree.span(id);
        match tree.kind(id) {
            Kind::Text | Kind::Words(_) => self.text(tree.words(id).unwrap_or(""), &span),
            Kind::Code(code) => self.code(tree.string(code), &span),
            Kind::Formula(tex, display) => self.formula(tree.string(tex), display, &span),
            Kind::Html(index) => self.html(tree.html(id, index).0, &span, Kind::Html),
            Kind::InlineHtml(index) => self.html(tree.html(id, index).0, &span, Kind::InlineHtml),
            Kind::FootnoteReference(name) => self.reference(tree.string(name), &span),
            kind if kind.is_container() => {
                let kind = self.kind_of(tree, kind);
                self.open(kind, &span);
            }
            kind => self.leaf(kind, &span),
        }
    }

    /// Adds a link, image or block of code with another title.
    pub(in crate::markdown) fn copy_titled(&mut self, tree: &Tree, id: NodeId, title: &str) {
        let titled = |index| Destination { title: title.into(), ..tree.destination(index).clone() };
        let kind = match tree.kind(id) {
            Kind::Link(index) => Kind::Link(self.push_destination(titled(index))),
            Kind::Image(index) => Kind::Image(self.push_destination(titled(index))),
            Kind::CodeBlock(_) => Kind::CodeBlock(self.tree.strings.push(title)),
            _ => return self.copy(tree, id),
        };
        self.open(kind, &tree.span(id));
    }

    /// Begins a link to something withheld.
    pub(in crate::markdown) fn open_withheld(&mut self, span: &Range<usize>) {
        let destination = Destination { url: "".into(), title: "".into(), form: LinkForm::Withheld };
        let kind = Kind::Link(self.push_destination(destination));
        self.open(kind, span);
    }

    /// The kind of a node, with what it refers to.
    fn kind_of(&mut self, tree: &Tree, kind: Kind) -> Kind {
        match kind {
            Kind::Clause(_) => Kind::Paragraph,
            Kind::Heading(level, index) => {
                let heading = self.headings;
                self.headings += 1;
                if let Some(attributes) = tree.heading_attributes(index) {
                    self.tree.rare.attributes.push(HeadingAttributes { heading, ..attributes.clone() });
                }
                Kind::Heading(level, heading)
            }
            Kind::Alert(index) => {
                self.tree.rare.alerts.push(tree.alert(index));
                Kind::Alert(short(self.tree.rare.alerts.len() - 1))
            }
            Kind::Table(index) => {
                self.tree.rare.alignments.push(tree.alignments(index).into());
                Kind::Table(short(self.tree.rare.alignments.len() - 1))
            }
            Kind::CodeBlock(info) => Kind::CodeBlock(self.tree.strings.push(tree.string(info))),
            Kind::Footnote(name) => Kind::Footnote(self.tree.strings.push(tree.string(name))),
            Kind::Link(index) => Kind::Link(self.push_destination(tree.destination(index).clone())),
            Kind::Image(index) => Kind::Image(self.push_destination(tree.destination(index).clone())),
            kind => kind,
        }
    }
}
