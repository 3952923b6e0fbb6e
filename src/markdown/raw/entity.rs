//! Entities, by the list of the parser that reads pages too.

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::borrow::Cow;
use std::cell::RefCell;

/// Text or a value with its entities resolved, by the parser's own list.
pub(in crate::markdown) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let reader = Tokenizer::new(Values::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    // In a value an entity without `;` counts for less than in text: 13.2.5.73.
    let value = text.replace('"', "&quot;");
    input.push_back(StrTendril::from_slice(&format!("<a b=\"{value}\">")));
    while let TokenizerResult::Script(()) = reader.feed(&input) {}
    reader.end();
    Cow::Owned(reader.sink.value.take())
}

/// Keeps the value of the first attribute.
#[derive(Default)]
struct Values {
    value: RefCell<String>,
}

impl TokenSink for Values {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && let Some(first) = tag.attrs.first()
        {
            *self.value.borrow_mut() = first.value.to_string();
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_those_of_the_standard() {
        assert_eq!(decode("R&amp;D&#47;a&#x2e;md&nbsp;&quot;&copy"), "R&D/a.md\u{a0}\"©");
        assert_eq!(decode("?a=b&copy=c"), "?a=b&copy=c");
    }
}
