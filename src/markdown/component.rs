//! Components of MDX and Vue, `<Card title="Rules" href="rules.md">`, custom elements, and calls
//! that stand for a look alone. What they hold is an author's text; their tags are not.
//!
//! A tag goes, its title stays and leads where the tag does. An empty comment takes the place of
//! a tag, so that whoever reads the tree finds where it stood and can tell of it. What attributes
//! say in code becomes what it says (see `attribute`).
//!
//! Components are looked for where a text is known to be MDX, or its book one of Vue (see
//! `dialect`). What else looks like a tag is an author's `<Name>`, and is shown.

mod attribute;
mod brace;
mod call;
mod code;
mod inside;
mod item;
mod line;

use super::container::{Instead, attribute as value_of, is_tab_element, is_tab_line};
use super::dialect::Tags;
use super::foreign::{component, is_html_name};
use super::{emoji, verbatim};
use line::{begins_line, is_blank_to_end, is_mark, line_around, near};
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

/// A tag that is not shown.
struct Tag<'t> {
    place: Range<usize>,
    name: &'t str,
    /// Where its attributes stand.
    inside: Range<usize>,
    closes: bool,
}

/// What stands for the tags of a text, in order.
pub(crate) fn marks(text: &str, tags: Tags) -> Vec<Instead> {
    let has_icons = text.contains(emoji::FONT_ICON);
    let has_calls = ["{{<", "{{%", "{%"].iter().any(|sign| text.contains(sign));
    if tags == Tags::None && !has_calls && !has_icons {
        return Vec::new();
    }
    let code = verbatim::ranges(text);
    let mut reader = Reader::new(text, tags);
    let mut from = 0;
    for at in memchr::memchr2_iter(b'<', b'{', text.as_bytes()) {
        if at < from || verbatim::holds(&code, at) || text[..at].ends_with('\\') {
            continue;
        }
        match reader.mark(at) {
            Some(end) => from = end,
            None => break,
        }
    }
    inside::marks(text, tags, &code, &mut reader.found);
    item::marks(text, tags, &code, &mut reader.found);
    code::marks(text, tags, &code, &mut reader.found);
    Instead::in_order(reader.found)
}

struct Reader<'t> {
    text: &'t str,
    tags: Tags,
    /// Where the last end tag of each component stands.
    last_ends: HashMap<&'t str, Option<usize>>,
    /// Components and calls of which the beginning went, and how many have not been ended.
    hidden: HashMap<&'t str, usize>,
    /// Where the last comment ends, of HTML and of MDX.
    last_comment: usize,
    last_remark: usize,
    /// What the text imports, by name.
    imports: HashMap<&'t str, &'t str>,
    found: Vec<Instead>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str, tags: Tags) -> Self {
        let imports = if tags == Tags::Mdx { attribute::imports(text) } else { HashMap::new() };
        let last = |sign: &str| text.rfind(sign).unwrap_or(0);
        Self {
            text,
            tags,
            last_ends: HashMap::new(),
            hidden: HashMap::new(),
            last_comment: last("-->"),
            last_remark: last("*/}"),
            imports,
            found: Vec::new(),
        }
    }

    /// Reads what begins at a sign; says how far nothing else does. `None` where nothing of the
    /// text is left.
    fn mark(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        if rest.starts_with('{') {
            return Some(match call::hugo(self.text, at) {
                Some(tag) => self.hide(&tag),
                None => self.gitbook(at).or_else(|| self.brace(at)).unwrap_or(at + 1),
            });
        }
        if rest.starts_with("<!--") {
            // What a comment holds is shown to nobody; the sign for a tag would end it.
            let is_ended = self.last_comment > at;
            let end = is_ended.then(|| rest.find("-->")).flatten().map(|end| at + end + "-->".len());
            return end.or_else(|| begins_line(self.text, at, is_mark).is_none().then_some(at + 1));
        }
        if let Some(length) = emoji::font_icon(rest) {
            self.put(at..at + length, "");
            return Some(at + length);
        }
        if self.tags == Tags::None {
            return Some(at + 1);
        }
        if let Some(end) = self.diagram(at) {
            return Some(end);
        }
        match self.tag(at) {
            Some(tag) => Some(self.hide(&tag)),
            None => {
                if self.tags >= Tags::Components {
                    self.attributes(at);
                }
                Some(at + 1)
            }
        }
    }

    /// The tag of a component, or of a custom element, that begins at a place.
    fn tag(&mut self, at: usize) -> Option<Tag<'t>> {
        let text = self.text;
        let rest = &text[at + 1..];
        let closes = rest.starts_with('/');
        let rest = &rest[usize::from(closes)..];
        let length =
            rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-').unwrap_or(rest.len());
        let name = &rest[..length];
        let is_component = self.tags >= Tags::Components
            && name.starts_with(|c: char| c.is_ascii_uppercase())
            && !is_html_name(name);
        // A custom element's name has a hyphen (HTML 4.13.3).
        let is_custom = name.starts_with(|c: char| c.is_ascii_lowercase()) && name.contains('-');
        let is_tab = || is_tab_element(name) && is_tab_line(line_around(text, at), name);
        if !(is_component || is_custom) || is_tab() {
            return None;
        }
        let end = at + end_of(&text[at..])?;
        if closes {
            let open = self.hidden.get_mut(name).filter(|open| **open > 0)?;
            *open -= 1;
            return Some(Tag { place: at..end, name, inside: end..end, closes });
        }
        let inside = at + 1 + length..end - 1;
        let ends_itself = text[..end - 1].ends_with('/');
        let last = *self.last_ends.entry(name).or_insert_with(|| text.rfind(&format!("</{name}>")));
        let is_ended = last.is_some_and(|last| last > at);
        // Behind a word `Vec<Name>` is one as well.
        let behind_word = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let ends_here = || {
            let line = near(&text[end..]).lines().next().unwrap_or("");
            line.contains(&format!("</{name}>"))
        };
        if !ends_itself && (!is_ended || behind_word && !ends_here()) {
            return None;
        }
        *self.hidden.entry(name).or_default() += usize::from(!ends_itself);
        Some(Tag { place: at..end, name, inside, closes })
    }

    fn put(&mut self, place: Range<usize>, new: impl Into<String>) {
        self.found.push(Instead { place, new: new.into(), is_words: true });
    }

    /// Puts what stands for a tag in its place; says where it ends.
    fn hide(&mut self, tag: &Tag<'_>) -> usize {
        let (start, end) = (tag.place.start, tag.place.end);
        let is_one_line = !self.text[tag.place.clone()].contains('\n');
        // The words of a badge are all that it is.
        if tag.closes || tag.name == "Badge" && !self.text[..end - 1].ends_with('/') {
            self.put(start..end, "");
            return end;
        }
        let words = if is_one_line { self.words(tag) } else { None };
        match words {
            Some(words) => self.titled(tag, &words),
            None if is_one_line => {
                let is_alone =
                    is_blank_to_end(&self.text[end..]) && begins_line(self.text, start, is_mark).is_some();
                self.put(start..end, if is_alone { COMMENT } else { WITHIN });
            }
            None => self.each_line(&tag.place, COMMENT),
        }
        end
    }

    /// Puts the words of a tag in its place.
    fn titled(&mut self, tag: &Tag<'_>, words: &Range<usize>) {
        let (start, end) = (tag.place.start, tag.place.end);
        if tag.name == "Badge" {
            self.put(start..words.start, "");
            return self.put(words.end..end, "");
        }
        let is_last = is_blank_to_end(&self.text[end..]);
        let first = match begins_line(self.text, start, |c| matches!(c, ' ' | '\t')).filter(|_| is_last) {
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
        let name = match tag.name {
            "Badge" => "text",
            name if name.starts_with("filetree/") => "name",
            _ => "title",
        };
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
}

/// The value of an attribute that stands between quotation marks.
fn quoted(text: &str, inside: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let place = value_of(text, inside.clone(), name)?;
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

/// A text without its tags, and the place of each that began something, for whoever tells of them.
pub(crate) fn without(text: &str, tags: Tags) -> (String, Vec<Range<usize>>) {
    let mut out = String::with_capacity(text.len());
    let (mut at, mut told) = (0, Vec::new());
    for instead in marks(text, tags) {
        let is_told = instead.new.starts_with(COMMENT) || instead.new == WITHIN;
        if is_told && is_tag(text, instead.place.start) {
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

/// Whether a component or a custom element begins at a place.
fn is_tag(text: &str, at: usize) -> bool {
    let name =
        text[at..].trim_start_matches('<').split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next();
    component(text, at).is_some() || name.is_some_and(|name| name.contains('-'))
}

#[cfg(test)]
mod tests {
    use super::{Tags, marks, without};

    #[test]
    fn tags_go_and_their_titles_stay() {
        for (text, expected) in [
            ("<CardGrid>\n\n甲\n\n</CardGrid>\n", "\n\n甲\n\n\n"),
            ("<Card title=\"A b\" href=\"x y.md\" />\n", "\n[**A b**](<x y.md>)\n"),
            ("见 <Icon name=\"x\"/> 与 <Link to=\"a.md\" title=\"甲\"/>", "见  与 [**甲**](<a.md>)"),
            ("<Foo\n  a={() => b}\n/>\n乙", "\n\n\n乙"),
            ("<p style={{a: \"b\"}} id={'x'} width={10}>甲</p>", "<p id=\"x\" width=\"10\">甲</p>"),
            ("<https://a.b/c/> <iframe src=\"d\" />", "<https://a.b/c/> <iframe src=\"d\" ></iframe>"),
            ("a<Foo>b</Foo> c <Foo>d</Foo>, e <Foo>f", "ab c d, e <Foo>f"),
            ("a {/* <Foo /> */}b{\" \"}\n{'c'} {d}", "a b\nc {d}"),
            ("{% embed url=\"a_b\" %} {% file src=\"x/c.pdf\" %}", "[a\\_b](<a_b>) [c.pdf](<x/c.pdf>)"),
            ("<div>\n  *a*\n</div>\nb", "<div>\n\n*a*\n\n</div>\n\nb"),
            ("```js\na // [!code ++]\nb\n```", "```js ins={1}\na\nb\n```"),
            ("{{< card link=\"a\" title=\"B\" >}}", "\n[**B**](<a>)"),
            (
                "{{< filetree/folder name=\"a\" >}}\n  {{< filetree/file name=\"b\" >}}\n{{< /filetree/folder >}}",
                "- a\n  - b\n",
            ),
        ] {
            assert_eq!(without(text, Tags::Mdx).0, expected, "{text}");
        }
    }

    #[test]
    fn a_long_line_costs_no_more_than_its_length() {
        for part in [
            "a <Foo x={1}/> ",
            "{{< card title=\"x\" >}} ",
            "<p a={b}> ",
            "<Foo>",
            "{{< ",
            "<mermaid>\n",
            "{/* ",
            "<!-- ",
            "{% embed url=\"a\" %}",
            "<div>\n",
            "a<B-c>",
        ] {
            let text = part.repeat(60_000);
            assert!(marks(&text, Tags::Mdx).len() <= 180_000);
            assert!(marks(&format!("{text}*/}} --> </mermaid>"), Tags::Mdx).len() <= 180_000);
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
            assert!(marks(text, Tags::Mdx).is_empty(), "{text}");
        }
        assert!(marks("<Card />", Tags::None).is_empty());
    }
}
