//! Components of MDX and Vue, `<Card title="Rules" href="rules.md">`, and shortcodes that stand
//! for a look alone. What they hold is an author's text; their tags are not.
//!
//! A tag goes, its title stays and leads where the tag does. An empty comment takes the place of
//! a tag, so that whoever reads the tree finds where it stood and can tell of it. Attributes
//! that only code could read go as well: `<p style={{color: "red"}}>`.
//!
//! Components are looked for where a text is known to be MDX, or its book one of Vue (see
//! `dialect`). What else looks like a tag is an author's `<Name>`, and is shown.

use super::container::{Instead, attribute, is_tab_element};
use super::foreign::{component, is_html_name};
use super::verbatim;
use crate::text::floor_boundary;
use std::collections::HashMap;
use std::ops::Range;

/// Bytes that a tag may have.
const LONGEST: usize = 2_000;

/// What takes the place of a tag in a line of its own, and within a line, where a comment at its
/// beginning would make raw HTML of it.
pub(super) const COMMENT: &str = "<!---->";
pub(super) const WITHIN: &str = "<wbr>";

/// Titles stand out. Signs of emphasis would be looked for in the file.
const BOLD: &str = "<strong>";
const BOLD_END: &str = "</strong>";

/// Shortcodes of Hugo's themes that say how something looks, and where their words stand.
const SHORTCODES: [&str; 14] = [
    "cards",
    "card",
    "icon",
    "badge",
    "new-feature",
    "filetree/container",
    "filetree/folder",
    "filetree/file",
    "cardpane",
    "hextra/feature-grid",
    "hextra/feature-card",
    "hextra/hero-badge",
    "hextra/hero-subtitle",
    "hextra/hero-headline",
];

/// A tag that is not shown.
struct Tag<'t> {
    place: Range<usize>,
    name: &'t str,
    /// Where its attributes stand.
    inside: Range<usize>,
    closes: bool,
}

/// What stands for the tags of a text, in order; its own components are read where `has_components`.
pub(crate) fn marks(text: &str, has_components: bool) -> Vec<Instead> {
    let has_calls = text.contains("{{<") || text.contains("{{%");
    if !has_components && !has_calls {
        return Vec::new();
    }
    let code = verbatim::ranges(text);
    let mut reader = Reader { text, last_ends: HashMap::new(), hidden: HashMap::new(), found: Vec::new() };
    let mut from = 0;
    for at in memchr::memchr2_iter(b'<', b'{', text.as_bytes()) {
        if at < from || verbatim::holds(&code, at) || text[..at].ends_with('\\') {
            continue;
        }
        let tag = match text.as_bytes()[at] {
            b'{' => call(text, at),
            _ if has_components => reader.tag(at),
            _ => None,
        };
        if let Some(tag) = tag {
            from = tag.place.end;
            reader.hide(&tag);
        } else if has_components && text.as_bytes()[at] == b'<' {
            reader.attributes(at);
        }
    }
    reader.found
}

/// The beginning of a text, as far as a tag may go.
fn near(text: &str) -> &str {
    &text[..floor_boundary(text, LONGEST)]
}

/// How many characters of a kind stand between a place and the beginning of its line, where
/// nothing else does.
fn begins_line(text: &str, at: usize, is_one: impl Fn(char) -> bool) -> Option<usize> {
    let before = text[..at].chars().rev().take(LONGEST).take_while(|c| *c != '\n');
    let mut count = 0;
    for c in before {
        if !is_one(c) {
            return None;
        }
        count += 1;
    }
    (count < LONGEST).then_some(count)
}

/// Whether nothing but blanks stands between the beginning of a text and the end of its line.
fn is_blank_to_end(text: &str) -> bool {
    let other = text.chars().take(LONGEST).find(|c| !matches!(c, ' ' | '\t' | '\r'));
    other.is_none_or(|c| c == '\n')
}

/// A shortcode that stands for a look.
fn call(text: &str, at: usize) -> Option<Tag<'_>> {
    let line = near(&text[at..]).lines().next()?;
    let (open, close) =
        [("{{<", ">}}"), ("{{%", "%}}")].into_iter().find(|(open, _)| line.starts_with(open))?;
    let end = open.len() + line[open.len()..].find(close)?;
    let inner = line[open.len()..end].trim_start();
    let closes = inner.starts_with('/');
    let inner = inner.trim_start_matches('/').trim_start();
    let start = at + end - inner.len();
    let length = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let name = SHORTCODES.into_iter().find(|known| *known == inner[..length].trim_end_matches('/'))?;
    Some(Tag { place: at..at + end + close.len(), name, inside: start + length..at + end, closes })
}

struct Reader<'t> {
    text: &'t str,
    /// Where the last end tag of each component stands.
    last_ends: HashMap<&'t str, Option<usize>>,
    /// Components of which a tag went, and how many have not been ended.
    hidden: HashMap<&'t str, usize>,
    found: Vec<Instead>,
}

impl<'t> Reader<'t> {
    /// The tag of a component that begins at a place.
    fn tag(&mut self, at: usize) -> Option<Tag<'t>> {
        let rest = &self.text[at + 1..];
        let closes = rest.starts_with('/');
        let rest = &rest[usize::from(closes)..];
        let length =
            rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-').unwrap_or(rest.len());
        let name = &rest[..length];
        if !name.starts_with(|c: char| c.is_ascii_uppercase())
            || is_html_name(name)
            || self.text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
            || name == "Badge"
            || is_tab_element(name) && self.is_alone(at)
        {
            return None;
        }
        let end = at + end_of(&self.text[at..])?;
        if closes {
            let open = self.hidden.get_mut(name).filter(|open| **open > 0)?;
            *open -= 1;
            return Some(Tag { place: at..end, name, inside: end..end, closes });
        }
        let inside = at + 1 + length..end - 1;
        let ends_itself = self.text[..end - 1].ends_with('/');
        let text = self.text;
        let last = *self.last_ends.entry(name).or_insert_with(|| text.rfind(&format!("</{name}>")));
        let is_ended = last.is_some_and(|last| last > at);
        if !(ends_itself || is_ended) {
            return None;
        }
        *self.hidden.entry(name).or_default() += usize::from(!ends_itself);
        Some(Tag { place: at..end, name, inside, closes })
    }

    /// Whether nothing but a tag stands in its line.
    fn is_alone(&self, at: usize) -> bool {
        let line = near(&self.text[at..]).lines().next().unwrap_or("").trim_end();
        let begins = begins_line(self.text, at, |c| matches!(c, ' ' | '\t')).is_some();
        begins && line.ends_with('>') && line.matches('<').count() == 1
    }

    fn put(&mut self, place: Range<usize>, new: impl Into<String>) {
        self.found.push(Instead { place, new: new.into(), is_words: true });
    }

    fn hide(&mut self, tag: &Tag<'_>) {
        let (start, end) = (tag.place.start, tag.place.end);
        let is_one_line = !self.text[tag.place.clone()].contains('\n');
        if tag.closes {
            return self.put(start..end, "");
        }
        let words = if is_one_line { self.words(tag) } else { None };
        let is_last = is_blank_to_end(&self.text[end..]);
        let is_blank = |c: char| matches!(c, ' ' | '\t');
        let Some(words) = words else {
            let is_mark =
                |c: char| is_blank(c) || c.is_ascii_digit() || matches!(c, '>' | '-' | '*' | '+' | '.' | ')');
            let is_alone = is_last && begins_line(self.text, start, is_mark).is_some();
            return match is_one_line {
                true => self.put(start..end, if is_alone { COMMENT } else { WITHIN }),
                false => self.lines(&tag.place),
            };
        };
        let first = match begins_line(self.text, start, is_blank).filter(|_| is_last) {
            Some(indent) => format!("{COMMENT}\n{}", &"   "[..indent.min(3)]),
            None => WITHIN.to_owned(),
        };
        let said = |names: &[&str]| {
            names.iter().find_map(|name| quoted(self.text, &tag.inside, name)).map(|place| &self.text[place])
        };
        let is_entry = matches!(tag.name, "filetree/file" | "filetree/folder");
        let target = said(&["href", "link", "to"]).filter(|target| !target.contains(['<', '>', '{']));
        let (open, close) = match target {
            _ if is_entry => ("- ".to_owned(), String::new()),
            Some(target) => (format!("[{BOLD}"), format!("{BOLD_END}](<{target}>)")),
            None => (BOLD.to_owned(), BOLD_END.to_owned()),
        };
        // Entries follow each other as those of a list do.
        let first = if is_entry { String::new() } else { first };
        self.put(start..start + 1, first);
        self.put(start + 1..words.start, open);
        self.put(words.end..end, close);
    }

    /// The words that a tag has for readers.
    fn words(&self, tag: &Tag<'_>) -> Option<Range<usize>> {
        let name = if tag.name.starts_with("filetree/") { "name" } else { "title" };
        let place = quoted(self.text, &tag.inside, name)
            .or_else(|| quoted(self.text, &tag.inside, "content").filter(|_| tag.name == "badge"))
            .or_else(|| {
                let inner = self.text[tag.inside.clone()].trim_start();
                let words = inner.strip_prefix('"')?.split('"').next()?;
                let start = tag.inside.end - inner.len() + 1;
                (tag.name == "badge").then(|| start..start + words.len())
            })?;
        let words = &self.text[place.clone()];
        (!words.trim().is_empty() && words.trim() == words && !words.contains(['*', '[', ']', '{', '<']))
            .then_some(place)
    }

    /// Hides a tag of several lines, line by line.
    fn lines(&mut self, place: &Range<usize>) {
        let mut at = place.start;
        for (number, line) in self.text[place.clone()].split_inclusive('\n').enumerate() {
            let end = at + line.trim_end_matches(['\n', '\r']).len();
            self.put(at..end, if number == 0 { COMMENT } else { "" });
            at += line.len();
        }
    }

    /// Attributes of an element that only code could read.
    fn attributes(&mut self, at: usize) {
        let rest = &self.text[at..];
        if !rest[1..].starts_with(|c: char| c.is_ascii_lowercase()) {
            return;
        }
        let Some(tag) = end_of(rest).map(|end| &rest[..end]).filter(|tag| tag.contains("={")) else { return };
        let mut from = 0;
        while let Some(sign) = tag[from..].find("={").map(|sign| from + sign) {
            let Some(end) = closed(&tag[sign + 1..]).map(|end| sign + 1 + end) else { return };
            let value = tag[sign + 2..end - 1].trim();
            let word =
                ['"', '\'', '`'].into_iter().find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
            let is_number = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
            let new = word.filter(|word| !word.contains(['"', '$', '\n'])).or(is_number.then_some(value));
            let name = tag[..sign].rfind(char::is_whitespace).unwrap_or(sign);
            let place = match new {
                Some(_) => at + sign + 1..at + end,
                None => at + name..at + end,
            };
            if !self.text[place.clone()].contains('\n') {
                self.put(place, new.map_or(String::new(), |new| format!("\"{new}\"")));
            }
            from = end;
        }
    }
}

/// The value of an attribute that stands between quotation marks.
fn quoted(text: &str, inside: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let place = attribute(text, inside.clone(), name)?;
    text[..place.start].ends_with(['"', '\'']).then_some(place)
}

/// Where a tag ends that a text begins with: not within braces or quotation marks.
pub(crate) fn end_of(tag: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    for (at, c) in tag.char_indices().take(LONGEST) {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None => match c {
                '"' | '\'' | '`' => quote = Some(c),
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                '>' if depth == 0 => return Some(at + 1),
                '<' if depth == 0 && at > 0 => return None,
                _ => {}
            },
        }
    }
    None
}

/// Where the brace is closed that a text begins with.
fn closed(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth <= 1 => return Some(at + 1),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// A text without its tags, and the place of each that began something, for whoever tells of them.
pub(crate) fn without(text: &str) -> (String, Vec<Range<usize>>) {
    let mut out = String::with_capacity(text.len());
    let (mut at, mut told) = (0, Vec::new());
    for instead in marks(text, true) {
        let is_told = instead.new.starts_with(COMMENT) || instead.new == WITHIN;
        if is_told && component(text, instead.place.start).is_some() {
            let end = end_of(&text[instead.place.start..]).unwrap_or(1);
            told.push(instead.place.start..instead.place.start + end);
        }
        out.push_str(&text[at..instead.place.start]);
        let new = instead.new.replace(COMMENT, "").replace(WITHIN, "");
        out.push_str(&new.replace(BOLD, "**").replace(BOLD_END, "**"));
        at = instead.place.end;
    }
    out.push_str(&text[at..]);
    (out, told)
}

#[cfg(test)]
mod tests {
    use super::{marks, without};

    #[test]
    fn tags_go_and_their_titles_stay() {
        for (text, expected) in [
            ("<CardGrid>\n\n甲\n\n</CardGrid>\n", "\n\n甲\n\n\n"),
            ("<Card title=\"A b\" href=\"x y.md\" />\n", "\n[**A b**](<x y.md>)\n"),
            ("见 <Icon name=\"x\"/> 与 <Link to=\"a.md\" title=\"甲\"/>", "见  与 [**甲**](<a.md>)"),
            ("<Foo\n  a={() => b}\n/>\n乙", "\n\n\n乙"),
            ("<p style={{a: \"b\"}} id={'x'} width={10}>甲</p>", "<p id=\"x\" width=\"10\">甲</p>"),
            ("{{< card link=\"a\" title=\"B\" >}}", "\n[**B**](<a>)"),
            (
                "{{< filetree/folder name=\"a\" >}}\n  {{< filetree/file name=\"b\" >}}\n{{< /filetree/folder >}}",
                "- a\n  - b\n",
            ),
        ] {
            assert_eq!(without(text).0, expected, "{text}");
        }
    }

    #[test]
    fn a_long_line_costs_no_more_than_its_length() {
        for part in ["a <Foo x={1}/> ", "{{< card title=\"x\" >}} ", "<p a={b}> ", "<Foo>", "{{< "] {
            let text = part.repeat(60_000);
            assert!(marks(&text, true).len() <= 180_000);
        }
    }

    #[test]
    fn what_is_no_tag_stays() {
        for text in [
            "`<Card title=\"x\" />`",
            "```\n<Card />\n{{< card title=\"x\" >}}\n```\n",
            "List<String> 与 <Name> 和 a < B >",
            "<Tabs>\n<TabItem value=\"a\">\n</TabItem>\n</Tabs>\n",
            "</Card>",
            "{{< other >}}",
            "{{%}}",
            "{{<>}}",
            "<Foo",
        ] {
            assert!(marks(text, true).is_empty(), "{text}");
        }
        assert!(marks("<Card />", false).is_empty());
    }
}
