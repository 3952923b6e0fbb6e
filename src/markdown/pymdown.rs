//! Marks that extensions of Python-Markdown and PyMdown read within lines: `H~2~O`, `10^th^`,
//! `++ctrl+c++`, edits such as `{--deleted--}`, and abbreviations.
//!
//! They are looked for in books alone whose settings name them (see `dialect`), and in running
//! text alone: the text is parsed once to know which that is. What stands for a mark is the
//! element that the extension makes of it, as if an author had written it; so whatever is
//! checked, hidden or cleaned in raw HTML is in theirs too.

mod abbreviation;
pub(super) mod snippet;

use super::component::WITHIN;
use super::container::{self, Instead};
use super::dialect::Dialect;
use super::emoji;
use crate::text::floor_boundary;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// Bytes that a mark may have around.
const LONGEST: usize = 600;

/// Whether a text may hold marks that are read in it.
pub(super) fn may_stand_in(text: &str, dialect: Dialect) -> bool {
    dialect.caret && text.contains('^')
        || dialect.tilde && text.contains('~')
        || dialect.keys && text.contains("++")
        || dialect.critic && text.contains("}") && text.contains('{')
        || dialect.abbreviations && text.contains("*[")
        || dialect.emoji && text.matches(':').nth(1).is_some()
}

/// What stands for the marks of a text, in order.
pub(super) fn marks(text: &str, dialect: Dialect) -> Vec<Instead> {
    let mut reader =
        Reader { text, dialect, stretches: stretches(text), ends: BTreeMap::new(), found: Vec::new() };
    reader.read();
    let (mut found, stretches) = (reader.found, reader.stretches);
    if dialect.abbreviations {
        abbreviation::explain(text, &stretches, &mut found);
    }
    Instead::in_order(found)
}

/// Running text without a break, and the block that it stands in.
pub(super) struct Stretch {
    place: Range<usize>,
    block: usize,
    /// Whether it is the text of a heading, which makes its address.
    in_heading: bool,
}

/// The running text of a text.
fn stretches(text: &str) -> Vec<Stretch> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_MATH
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut found: Vec<Stretch> = Vec::new();
    let (mut block, mut opaque, mut in_heading) = (0, 0_usize, false);
    for (event, span) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                opaque += usize::from(is_opaque(&tag));
                in_heading |= matches!(tag, Tag::Heading { .. });
                block += usize::from(!is_within(tag.to_end()));
            }
            Event::End(tag) => {
                let was_opaque = matches!(tag, TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock);
                opaque = opaque.saturating_sub(usize::from(was_opaque));
                in_heading &= !matches!(tag, TagEnd::Heading(_));
                block += usize::from(!is_within(tag));
            }
            Event::Text(_) if opaque == 0 => match found.last_mut() {
                Some(last) if last.place.end == span.start && last.block == block => {
                    last.place.end = span.end
                }
                _ => found.push(Stretch { place: span, block, in_heading }),
            },
            _ => {}
        }
    }
    found.retain(|stretch| !text[..stretch.place.start].ends_with('<'));
    found
}

fn is_opaque(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::CodeBlock(_) | Tag::Image { .. } | Tag::HtmlBlock)
}

/// Whether something stands within a line.
const fn is_within(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

struct Reader<'t> {
    text: &'t str,
    dialect: Dialect,
    stretches: Vec<Stretch>,
    /// Signs that close a mark, which open none.
    ends: BTreeMap<usize, usize>,
    found: Vec<Instead>,
}

/// Edits: how they begin and end, and the element that each is.
const EDITS: [(&str, &str, &str); 4] =
    [("{++", "++}", "ins"), ("{--", "--}", "del"), ("{==", "==}", "mark"), ("{>>", "<<}", "small")];

impl Reader<'_> {
    fn read(&mut self) {
        for at in 0..self.stretches.len() {
            let place = self.stretches[at].place.clone();
            let mut from = place.start;
            while let Some(sign) =
                self.text[from..place.end].find(['^', '~', '+', '{', ':']).map(|sign| from + sign)
            {
                from = sign
                    + match self.ends.remove(&sign) {
                        Some(length) => length,
                        None => self.mark(at, sign).unwrap_or(1),
                    };
            }
        }
    }

    /// Reads a mark that a sign may open, in a stretch; says how long the sign is that did.
    fn mark(&mut self, at: usize, sign: usize) -> Option<usize> {
        let end = self.stretches[at].place.end;
        let rest = &self.text[sign..end];
        let before = self.text[..sign].chars().next_back();
        let first = rest.chars().next()?;
        if before == Some('\\') || before == Some(first) || self.is_in_address(sign) {
            return None;
        }
        match first {
            '^' if self.dialect.caret && rest.starts_with("^^") => {
                let close = self.closing(at, sign + 2, "^^")?;
                self.element("ins", sign, 2, close, 2)
            }
            '^' if self.dialect.caret && before != Some('[') => self.small(sign, end, "sup"),
            '~' if self.dialect.tilde && !rest.starts_with("~~") => self.small(sign, end, "sub"),
            '+' if self.dialect.keys && rest.starts_with("++") => self.keys(sign, end),
            '{' if self.dialect.critic => self.edit(at, sign),
            ':' if self.dialect.emoji && before.is_none_or(|c| !c.is_ascii_alphanumeric()) => {
                self.emoji(rest, sign)
            }
            _ => None,
        }
    }

    /// Whether a place lies in an address, whose signs are its own.
    fn is_in_address(&self, place: usize) -> bool {
        let near = &self.text[floor_boundary(self.text, place.saturating_sub(LONGEST))..place];
        near.rsplit(char::is_whitespace).next().is_some_and(|word| word.contains("://"))
    }

    /// Where what closes a mark stands in the running text of its block.
    fn closing(&self, at: usize, from: usize, close: &str) -> Option<usize> {
        let block = self.stretches[at].block;
        let within = self.stretches[at..].iter().take_while(|stretch| stretch.block == block);
        for stretch in within {
            let start = stretch.place.start.max(from);
            if start >= from + LONGEST {
                return None;
            }
            let Some(text) = self.text.get(start..stretch.place.end) else { continue };
            if let Some(found) = text[..floor_boundary(text, LONGEST)].find(close) {
                let is_full = !self.text[from..start + found].trim().is_empty();
                return is_full.then_some(start + found);
            }
        }
        None
    }

    fn element(
        &mut self,
        name: &str,
        sign: usize,
        length: usize,
        close: usize,
        width: usize,
    ) -> Option<usize> {
        let inner = &self.text[sign + length..close];
        // A tag in a line of its own would begin a block of HTML.
        if inner.starts_with('\n') || inner.ends_with('\n') {
            return None;
        }
        self.put(sign..sign + length, format!("<{name}>"), false);
        self.put(close..close + width, format!("</{name}>"), false);
        self.ends.insert(close, width);
        Some(length)
    }

    fn put(&mut self, place: Range<usize>, new: impl Into<String>, is_words: bool) {
        self.found.push(Instead { place, new: new.into(), is_words });
    }

    /// One sign around a word without blanks.
    fn small(&mut self, sign: usize, end: usize, element: &str) -> Option<usize> {
        let mark = &self.text[sign..=sign];
        let rest = &self.text[sign + 1..end];
        let length =
            rest[..floor_boundary(rest, LONGEST)].find(|c: char| c.is_whitespace() || mark.starts_with(c))?;
        let is_word = length > 0 && rest[length..].starts_with(mark) && !rest[..length].ends_with('\\');
        if is_word { self.element(element, sign, 1, sign + 1 + length, 1) } else { None }
    }

    fn keys(&mut self, sign: usize, end: usize) -> Option<usize> {
        let inner = self.text[sign + 2..end].split("++").next()?;
        let close = sign + 2 + inner.len();
        if close >= end || inner.is_empty() || inner.len() > LONGEST {
            return None;
        }
        let is_key = |key: &str| {
            key.len() > 2 && key.starts_with('"') && key.ends_with('"')
                || !key.is_empty()
                    && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        if !inner.split('+').all(is_key) {
            return None;
        }
        self.put(sign..sign + 2, "<kbd>", false);
        let mut at = sign + 2;
        for (number, key) in inner.split('+').enumerate() {
            if number > 0 {
                self.put(at - 1..at - 1, "</kbd>", false);
                self.put(at..at, "<kbd>", false);
            }
            let place = at..at + key.len();
            self.put(place, named(key), true);
            at += key.len() + 1;
        }
        self.put(close..close + 2, "</kbd>", false);
        Some(close + 2 - sign)
    }

    /// An emoji is its sign, and so are some icons.
    fn emoji(&mut self, rest: &str, sign: usize) -> Option<usize> {
        let (length, new) = match emoji::icon(rest) {
            Some(icon) => (icon.len(), emoji::icon_sign(icon).unwrap_or(WITHIN)),
            None => emoji::named(rest)?,
        };
        // `{ .lg .middle }` says how it looks.
        let length = length + container::attributes_at(&rest[length..]);
        // Two tags in a line of their own are no block of raw HTML, as one would be.
        let is_alone = new == WITHIN && self.is_alone(&(sign..sign + length));
        let new = if is_alone { WITHIN.repeat(2) } else { new.to_owned() };
        self.put(sign..sign + length, new, true);
        Some(length)
    }

    /// Whether nothing but blanks and marks of blocks stands in the line of a place.
    fn is_alone(&self, place: &Range<usize>) -> bool {
        let before = &self.text[floor_boundary(self.text, place.start.saturating_sub(LONGEST))..place.start];
        let behind = self.text[place.end..].chars().find(|c| !matches!(c, ' ' | '\t' | '\r'));
        let is_mark = |c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c);
        behind.is_none_or(|c| c == '\n') && before.rsplit('\n').next().unwrap_or("").chars().all(is_mark)
    }

    fn edit(&mut self, at: usize, sign: usize) -> Option<usize> {
        let rest = &self.text[sign..];
        if rest.starts_with("{~~") {
            let part = self.closing(at, sign + 3, "~>")?;
            let close = self.closing(at, part, "~~}").filter(|close| *close >= part + 2)?;
            self.put(sign..sign + 3, "<del>", false);
            self.put(part..part + 2, "</del><ins>", false);
            self.put(close..close + 3, "</ins>", false);
            self.ends.extend([(part, 2), (close, 3)]);
            return Some(3);
        }
        let (_, end, element) = EDITS.iter().find(|(begin, ..)| rest.starts_with(begin))?;
        let close = self.closing(at, sign + 3, end)?;
        self.element(element, sign, 3, close, 3)
    }
}

/// A key as keyboards have it: `arrow-up` is `Arrow Up`.
fn named(key: &str) -> String {
    if let Some(name) = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')) {
        return name.to_owned();
    }
    let words = key.split(['-', '_']).map(|word| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    });
    words.collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::marks;
    use crate::markdown::Dialect;

    fn all() -> Dialect {
        Dialect::of_mkdocs(
            "- abbr\n- pymdownx.caret\n- pymdownx.tilde\n- pymdownx.keys\n- pymdownx.critic\n- pymdownx.emoji\n",
        )
    }

    /// The text as the parser gets it.
    fn given(text: &str) -> String {
        let mut out = text.to_owned();
        for instead in marks(text, all()).into_iter().rev() {
            out.replace_range(instead.place, &instead.new);
        }
        out
    }

    #[test]
    fn marks_are_elements() {
        for (text, expected) in [
            ("H~2~O, 10^th^", "H<sub>2</sub>O, 10<sup>th</sup>"),
            ("^^new **words** here^^", "<ins>new **words** here</ins>"),
            ("++ctrl+arrow-up++", "<kbd>Ctrl</kbd>+<kbd>Arrow Up</kbd>"),
            (":tada: :material-check: :fontawesome-x: 12:30:45 ::", "🎉 ✓ <wbr> 12:30:45 ::"),
            (":material-tag:{ .a }\nx", "<wbr><wbr>\nx"),
            (":material-tag:{: .a .b} :tada:{ title=\"x\" } :tada:{x}", "<wbr> 🎉 🎉{x}"),
            (":flag_es: :man_raising_hand: :notepad_spiral: :lucide-check:", "🇪🇸 🙋‍♂️ 🗒️ ✓"),
            ("{--out--} {++in++} {==x==}", "<del>out</del> <ins>in</ins> <mark>x</mark>"),
            ("{~~old~>new~~}{>>why<<}", "<del>old</del><ins>new</ins><small>why</small>"),
            (
                "*[HR]: 人 & \"事\"\n\n问HR，HRs。",
                "\n\n问<abbr title=\"人 &amp; &quot;事&quot;\">HR</abbr>，HRs。",
            ),
            ("# HR\n\n用HR\n*[HR]: x", "# HR\n\n用<abbr title=\"x\">HR</abbr>\n"),
        ] {
            assert_eq!(given(text), expected, "{text}");
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in [
            "`H~2~O` ~~x~~ a ~ b ~ c",
            "    ++ctrl+c++\n",
            "```\n{++in++}\n*[HR]: x\n```\n",
            "$a^2 + b^2$ 与 C++ 和 C++",
            "https://x.y/~a/~b <https://x.y/~a/~b>",
            "[^1] \\^2^ ^ 2 ^",
            "{++\nx\n++}",
            "*[HR]: 没有用到",
            "![a^2^](x~1~.png)",
        ] {
            assert_eq!(given(text), text);
        }
    }

    #[test]
    fn signs_without_end_cost_no_more_than_their_length() {
        for sign in ["^^a ", "{++a ", "^a", "++a", "{~~a~>"] {
            let text = sign.repeat(40_000);
            assert!(marks(&text, all()).len() <= 120_000);
        }
    }
}
