//! What raw HTML shows: its text, and whether what stands between its tags is
//! shown at all.

use super::{Tag, Token, Tokens, decode};

/// Elements whose inside no reader of a page sees, or sees only where something
/// does not work.
const UNSEEN: [&str; 9] =
    ["template", "noscript", "svg", "math", "head", "video", "audio", "canvas", "datalist"];

/// Elements without an inside.
pub(crate) const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements that stand in a line.
const INLINE: [&str; 31] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var",
];

/// Reads the raw HTML of a text, fragment by fragment.
#[derive(Debug, Clone, Default)]
pub(in crate::markdown) struct ShownText {
    tokens: Tokens,
    /// The element that is not shown, and those open in it.
    hidden: Vec<String>,
    /// Whether the last fragment has an element that parts words.
    parts: bool,
}

impl ShownText {
    /// Whether what follows is not shown.
    pub(in crate::markdown) fn hides(&self) -> bool {
        !self.hidden.is_empty() || !self.tokens.is_in_text()
    }

    /// Whether the next fragment is read as if nothing stood before it: no comment
    /// or script is open.
    pub(in crate::markdown) fn is_at_start(&self) -> bool {
        self.tokens.is_at_start()
    }

    /// Whether the last fragment parts what stands before and behind it: by a line break,
    /// a key of a keyboard, or an element that is a block.
    pub(in crate::markdown) const fn parts(&self) -> bool {
        self.parts
    }

    /// Reads a fragment, adds what it shows to `out` and passes on its opening tags.
    pub(in crate::markdown) fn read(&mut self, html: &str, out: &mut String, mut opened: impl FnMut(&Tag)) {
        self.parts = false;
        if super::is_instruction(html) {
            return;
        }
        let hidden = &mut self.hidden;
        let parts = &mut self.parts;
        self.tokens.read(html, |token| match token {
            Token::Text(place) if hidden.is_empty() => {
                for c in decode(&html[place]).chars() {
                    let gap = c.is_whitespace() && c != '\u{a0}';
                    match gap {
                        true if out.is_empty() || out.ends_with(' ') => {}
                        true => out.push(' '),
                        false => out.push(c),
                    }
                }
            }
            Token::Open(tag) => {
                opened(&tag);
                *parts |= is_parting(&tag.name);
                gap(&tag.name, out);
                let begins = !hidden.is_empty() || is_unseen(&tag, html);
                if begins && !VOID.contains(&tag.name.as_str()) {
                    hidden.push(tag.name);
                }
            }
            Token::Close(name, _) => {
                *parts |= is_parting(&name);
                gap(&name, out);
                if let Some(at) = hidden.iter().rposition(|open| *open == name) {
                    hidden.truncate(at);
                }
            }
            Token::Text(_) | Token::Hidden(_) => {}
        });
        self.tokens.settle(html);
    }
}

fn is_parting(name: &str) -> bool {
    let holds_words_together = INLINE.contains(&name)
        || UNSEEN.contains(&name)
        || matches!(name, "img" | "script" | "style" | "wbr");
    !holds_words_together || name == "kbd"
}

fn gap(name: &str, out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') && is_parting(name) {
        out.push(' ');
    }
}

fn is_unseen(tag: &Tag, html: &str) -> bool {
    let style = || tag.value(html, "style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    UNSEEN.contains(&tag.name.as_str())
        || tag.attributes.iter().any(|attribute| attribute.name == "hidden")
        || style().contains("display:none")
        || style().contains("visibility:hidden")
}
