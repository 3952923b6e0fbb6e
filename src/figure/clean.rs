//! Reads markup that a library wrote, and writes anew what is known to be harmless.
//!
//! An element or attribute that the vocabulary does not name is left out; nothing of
//! the library's own spelling is copied. The tokenizer is that of browsers, so what
//! is read here is what they would read.

#[cfg(feature = "formula")]
mod mathml;
#[cfg(feature = "diagram")]
mod paint;
#[cfg(feature = "diagram")]
mod svg;

#[cfg(feature = "formula")]
pub(super) use mathml::MathMl;
#[cfg(feature = "diagram")]
pub(super) use paint::{LANES, SERIES};
#[cfg(feature = "diagram")]
pub(super) use svg::{Drawing, Svg};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// Elements that may stand inside one another.
const DEPTH: usize = 200;

/// What becomes of an element.
pub(super) enum Element {
    /// It is written under this name.
    Kept(&'static str),
    /// What is in it is kept, but not itself.
    #[cfg_attr(not(feature = "diagram"), expect(dead_code, reason = "only drawings have such elements"))]
    Unwrapped,
    /// It goes with all that is in it.
    Dropped,
}

/// Which elements and attributes are kept, and how they are spelled.
pub(super) trait Vocabulary {
    /// Writes an element's start, from `<` to before `>`, and says what becomes of it.
    fn open(&mut self, name: &str, attributes: &[(&str, &str)], out: &mut String) -> Element;
    /// Whether something was met for which the whole is to be refused.
    fn is_refused(&self) -> bool {
        false
    }
}

/// The markup with only what the vocabulary knows. `None` if it is not well-formed or
/// is refused.
pub(super) fn clean<V: Vocabulary>(markup: &str, vocabulary: &mut V) -> Option<String> {
    let state =
        State { vocabulary, out: String::with_capacity(markup.len()), open: Vec::new(), broken: false };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(state)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(markup));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let state = tokenizer.sink.0.into_inner();
    let whole = !state.broken && state.open.is_empty() && !state.vocabulary.is_refused();
    whole.then_some(state.out)
}

/// Appends text with `&`, `<`, `>` and `"` escaped.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => out.push(c),
        }
    }
}

/// Appends ` name="value"`.
pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape(out, value);
    out.push('"');
}

struct State<'v, V> {
    vocabulary: &'v mut V,
    out: String,
    /// The elements that are open, with what becomes of each.
    open: Vec<(String, Element)>,
    broken: bool,
}

struct Sink<'v, V>(RefCell<State<'v, V>>);

impl<V: Vocabulary> State<'_, V> {
    fn is_dropped(&self) -> bool {
        matches!(self.open.last(), Some((_, Element::Dropped)))
    }

    fn start(&mut self, tag: &Tag) {
        let before = self.out.len();
        let fate = if self.is_dropped() {
            Element::Dropped
        } else {
            let attributes: Vec<(&str, &str)> =
                tag.attrs.iter().map(|attr| (&*attr.name.local, &*attr.value)).collect();
            self.vocabulary.open(&tag.name, &attributes, &mut self.out)
        };
        match fate {
            Element::Kept(_) => self.out.push_str(if tag.self_closing { "/>" } else { ">" }),
            Element::Unwrapped | Element::Dropped => self.out.truncate(before),
        }
        if !tag.self_closing {
            self.broken |= self.open.len() >= DEPTH;
            self.open.push((tag.name.to_string(), fate));
        }
    }

    fn end(&mut self, tag: &Tag) {
        match self.open.pop() {
            Some((name, fate)) if *name == *tag.name => {
                if let Element::Kept(name) = fate {
                    self.out.push_str("</");
                    self.out.push_str(name);
                    self.out.push('>');
                }
            }
            _ => self.broken = true,
        }
    }
}

impl<V: Vocabulary> TokenSink for Sink<'_, V> {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            _ if state.broken => {}
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => state.start(&tag),
            Token::TagToken(tag) => state.end(&tag),
            Token::CharacterTokens(text) if !state.is_dropped() => escape(&mut state.out, &text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
