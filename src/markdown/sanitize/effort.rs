//! Whether a page's raw HTML can be cleaned without endless effort.
//!
//! HTML has no errors: a browser, and the cleaner, mends whatever is written.
//! Ten thousand elements inside one another, or a few hundred left open before
//! ten thousand paragraphs, take time and memory that grow with the square of
//! the text. So a page with much raw HTML is first read by the same parser into
//! nothing, which only counts the steps and can be stopped.

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, local_name, ns, parse_fragment};
use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

/// Steps that a text of any length may take, and further steps for each byte.
/// Real pages take fewer than two a byte.
const STEPS: (usize, usize) = (1_000_000, 16);
/// Words that may follow one another without the end of a tag. Of a tag's
/// attributes the parser compares each with all before it.
const WORDS: usize = 4_000;
/// Bytes that are read between two looks at the counter.
const CHUNK: usize = 1024;

/// Whether cleaning this page would take far more steps than its length explains.
pub(in crate::markdown) fn is_endless(html: &str) -> bool {
    let steps = Rc::new(Cell::new(0));
    let counter = Counter { steps: Rc::clone(&steps), nothing: Rc::new(name_of_nothing()) };
    let mut parser = parse_fragment(counter, ParseOpts::default(), name_of_nothing(), Vec::new(), false);
    let most = STEPS.0.saturating_add(html.len().saturating_mul(STEPS.1));
    let mut rest = html;
    let mut words = 0;
    while !rest.is_empty() {
        let end = rest.char_indices().map(|(at, _)| at).find(|at| *at >= CHUNK).unwrap_or(rest.len());
        let (chunk, before) = (&rest[..end], steps.get());
        parser.process(StrTendril::from_slice(chunk));
        rest = &rest[end..];
        words = if steps.get() == before { words + gaps(chunk) } else { 0 };
        if steps.get() > most || words > WORDS {
            return true;
        }
    }
    false
}

/// Places at which a word may end.
fn gaps(text: &str) -> usize {
    text.bytes().filter(|byte| byte.is_ascii_whitespace() || *byte == b'/').count()
}

fn name_of_nothing() -> QualName {
    QualName::new(None, ns!(html), local_name!("div"))
}

/// A tree that is not kept: its nodes are their names.
struct Counter {
    steps: Rc<Cell<usize>>,
    nothing: Rc<QualName>,
}

impl Counter {
    fn step(&self) {
        self.steps.set(self.steps.get().saturating_add(1));
    }
}

impl TreeSink for Counter {
    type Handle = Rc<QualName>;
    type Output = ();
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Self::Handle {
        Rc::clone(&self.nothing)
    }

    fn elem_name<'a>(&'a self, target: &'a Self::Handle) -> ExpandedName<'a> {
        self.step();
        target.expanded()
    }

    fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> Self::Handle {
        // A node of the cleaner's tree costs more than a look at a name.
        self.steps.set(self.steps.get().saturating_add(4));
        Rc::new(name)
    }

    fn create_comment(&self, _: StrTendril) -> Self::Handle {
        Rc::clone(&self.nothing)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Self::Handle {
        Rc::clone(&self.nothing)
    }

    fn append(&self, _: &Self::Handle, _: NodeOrText<Self::Handle>) {
        self.step();
    }

    fn append_based_on_parent_node(&self, _: &Self::Handle, _: &Self::Handle, _: NodeOrText<Self::Handle>) {
        self.step();
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Self::Handle) -> Self::Handle {
        Rc::clone(target)
    }

    fn same_node(&self, one: &Self::Handle, other: &Self::Handle) -> bool {
        self.step();
        Rc::ptr_eq(one, other)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, _: &Self::Handle, _: NodeOrText<Self::Handle>) {
        self.step();
    }

    fn add_attrs_if_missing(&self, _: &Self::Handle, _: Vec<Attribute>) {}

    fn remove_from_parent(&self, _: &Self::Handle) {
        self.step();
    }

    fn reparent_children(&self, _: &Self::Handle, _: &Self::Handle) {
        self.step();
    }
}

#[cfg(test)]
mod tests {
    use super::is_endless;

    #[test]
    fn nesting_without_end_is_told_from_long_pages() {
        assert!(is_endless(&"<div><p>".repeat(50_000)));
        let open: String = (0..300).map(|at| format!("<b class=c{at}>")).collect();
        assert!(is_endless(&(open + &"<p>a</p>\n".repeat(20_000))));
        let names: String = (0..9_000).map(|at| format!(" a{at}")).collect();
        assert!(is_endless(&format!("<p title='>'{names}>")));
        for usual in [
            "<table>".to_owned() + &"<tr><td>a<td><b>b</b>".repeat(20_000) + "</table>",
            "<p>a <sup>1</sup> <a name=x></a>\n".repeat(20_000),
            "<ul><li>a".repeat(50),
            "<p>a</p>\n".repeat(50_000),
        ] {
            assert!(!is_endless(&usual), "{}", &usual[..40]);
        }
    }
}
