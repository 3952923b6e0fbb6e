//! Reads the line that begins a box, in the forms of other tools.

use super::super::alert;
use super::{admonish, block, braces, call, tab};
use std::ops::Range;

/// What a box is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum Shape {
    /// A note on a tone.
    Note,
    /// One that is folded, and whether it is open at first.
    Folded(bool),
    /// Tabs, each of which is a box of its own.
    Tabs,
    /// Tabs that are made of blocks of code.
    CodeTabs,
    /// One of several tabs.
    Tab,
    /// Nothing but what is in it.
    Bare,
    /// Only a place that links lead to.
    Anchor,
    /// The same, where something else has its id.
    Taken,
}

/// How a box is written, which says how it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::markdown) enum Form {
    /// `:::`, and how many colons: it ends at a line of so many.
    Colons(usize),
    /// `!!!`, `???`: it ends where its indent does.
    Indented,
    /// `=== "…"`, which stands beside others of its kind; it ends where its indent does.
    Tab,
    /// `@tab …` within `::: tabs` or `::: code-tabs`: it ends at the next, or with these.
    Marked,
    /// What stands around tabs of `===`, which no line begins or
    /// ends.
    Tabs,
    /// `<Tabs>` or `<TabItem>`: it ends at its end tag.
    Element(&'static str),
    /// `{% hint %}`, `{{< hint >}}`: it ends at its end call.
    Call(&'static str),
    /// `/// note`, how many slashes, and whether it is a tab, which stands beside others: it ends
    /// at a line of so many.
    Block(usize, bool),
    /// A block of code that is a box, its sign and how many: it ends as one of code does.
    Admonish(u8, usize),
    /// A block of code among tabs.
    Code,
    /// `!> words`, `?> words` of docsify: it ends where the paragraph does.
    Paragraph,
    /// `{: .warning }` of kramdown above a paragraph or a quotation, with which it ends.
    Class,
    /// `{: #id }`, which holds nothing.
    Attributes,
}

impl Form {
    /// Whether the indent of its content is taken away.
    pub(super) const fn is_indented(self) -> bool {
        matches!(self, Self::Indented | Self::Tab | Self::Tabs | Self::Element(_))
    }

    /// Whether it is a tab that nothing is written around: the first of several begins what
    /// they are in.
    pub(in crate::markdown) const fn is_lone_tab(self) -> bool {
        matches!(self, Self::Tab | Self::Block(_, true))
    }
}

/// A line that begins a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::markdown) struct Opening<'a> {
    pub(in crate::markdown) form: Form,
    pub(in crate::markdown) shape: Shape,
    /// Its type as written.
    pub(in crate::markdown) name: &'a str,
    /// Where in the line that stands.
    pub(super) at: usize,
    /// Where in the line its title stands.
    pub(in crate::markdown) title: Option<Range<usize>>,
    /// Whether it says that it has none.
    pub(in crate::markdown) untitled: bool,
    /// The type's class and interface word.
    pub(in crate::markdown) kind: Option<(&'static str, &'static str)>,
    /// Whether lines right below it may say how it looks, as those of MyST do.
    pub(super) is_directive: bool,
}

/// Boxes that say how their text is set, not what it is.
const BARE: [&str; 12] = [
    "raw", "v-pre", "center", "left", "right", "justify", "div", "columns", "column", "grid", "only-web",
    "demo",
];

/// Reads a line from where it begins, without the indent.
pub(in crate::markdown) fn opening(line: &str) -> Option<Opening<'_>> {
    let line = line.trim_end();
    match line.as_bytes().first()? {
        b':' => colons(line),
        b'!' | b'?' => paragraph(line).or_else(|| indented(line)),
        b'=' => tab::label(line),
        b'<' => tab::element(line),
        b'@' => tab::marked(line),
        b'/' => block::opening(line),
        b'`' | b'~' => admonish::opening(line).or_else(|| code(line)),
        b'{' if line.ends_with("}}") || line.ends_with("%}") => call::opening(line),
        b'{' => kramdown(line).or_else(|| {
            let anchor = Opening { shape: Shape::Anchor, ..Opening::new(Form::Attributes, "") };
            braces::anchor(line).map(|_| anchor)
        }),
        _ => None,
    }
}

/// How many colons a line has that ends a box.
pub(super) fn closing(line: &str) -> Option<usize> {
    let line = line.trim_end();
    (line.len() >= 3 && line.bytes().all(|byte| byte == b':')).then_some(line.len())
}

impl<'a> Opening<'a> {
    pub(super) const fn new(form: Form, name: &'a str) -> Self {
        Self {
            form,
            shape: Shape::Note,
            name,
            at: 0,
            title: None,
            untitled: false,
            kind: None,
            is_directive: false,
        }
    }

    /// A box of a type that has a shape of its own, or is a note.
    pub(super) fn of_type(form: Form, line: &'a str, place: Range<usize>) -> Self {
        let (name, at) = (&line[place.clone()], place.start);
        let folded = name.to_lowercase();
        let shape = match folded.as_str() {
            "details" | "spoiler" | "collapse" => Shape::Folded(false),
            "code-group" | "code-tabs" => Shape::CodeTabs,
            "tabs" | "tab-set" => Shape::Tabs,
            "tab" | "tab-item" => Shape::Tab,
            name if BARE.contains(&name) => Shape::Bare,
            _ => Shape::Note,
        };
        let kind = alert::of_label(&folded);
        Self { shape, kind, at, ..Self::new(form, name) }
    }

    /// Whether its type is none that is known.
    pub(in crate::markdown) fn is_foreign(&self) -> bool {
        matches!(self.shape, Shape::Note | Shape::Folded(_)) && self.kind.is_none() && !self.has_own_shape()
    }

    /// How long the name of a group is that tabs may have behind their type: `tabs#system`.
    fn group(&self, behind: &str) -> usize {
        let holds_tabs = matches!(self.shape, Shape::Tabs | Shape::CodeTabs) && behind.starts_with('#');
        if holds_tabs { behind.find([' ', '\t']).unwrap_or(behind.len()) } else { 0 }
    }

    fn has_own_shape(&self) -> bool {
        matches!(self.name.to_lowercase().as_str(), "details" | "spoiler" | "collapse")
    }

    /// The title that is written, or the type where that says it in the author's words.
    pub(super) fn titled(mut self, line: &str, title: Option<Range<usize>>) -> Self {
        let title = title.map(|place| trimmed(line, place));
        self.untitled = title.as_ref().is_some_and(Range::is_empty);
        self.title = title.filter(|title| !title.is_empty());
        let says_itself = self.is_foreign() || !self.name.is_ascii() && self.shape == Shape::Note;
        if self.title.is_none() && !self.untitled && says_itself && !self.name.is_empty() {
            self.title = Some(self.at..self.at + self.name.len());
        }
        self
    }
}

fn trimmed(line: &str, place: Range<usize>) -> Range<usize> {
    let written = &line[place.clone()];
    let start = place.start + written.len() - written.trim_start().len();
    start..start + written.trim().len()
}

pub(super) const fn is_name(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_') || !c.is_ascii()
}

/// Where a name ends that begins at a place. Chinese punctuation is no part of it.
fn end_of_name(line: &str, from: usize) -> usize {
    let name = |c: char| is_name(c) && (c.is_ascii() || c.is_alphanumeric());
    line[from..].find(|c| !name(c)).map_or(line.len(), |end| from + end)
}

/// `::: tip Title`, `:::tip[Title]`, `:::tip{title="x"}`, `::: {.tip title="x"}`.
fn colons(line: &str) -> Option<Opening<'_>> {
    let count = line.bytes().take_while(|byte| *byte == b':').count();
    let start = line.len() - line[count..].trim_start().len();
    if count < 3 || start == line.len() || line.ends_with(":::") {
        return None;
    }
    let form = Form::Colons(count);
    if let Some(opening) = admonish::directive(form, line, start) {
        return Some(opening);
    }
    if line[start..].starts_with('{') {
        let inside = start + 1..line.strip_suffix('}')?.len().max(start + 1);
        let mut opening = Opening::of_type(form, line, class(line, inside.clone()));
        if opening.is_foreign() {
            opening.shape = Shape::Bare;
        }
        return Some(opening.titled(line, attribute(line, inside, "title")));
    }
    let end = end_of_name(line, start);
    if end == start {
        return None;
    }
    let mut opening = Opening::of_type(form, line, start..end);
    let mut rest = end + opening.group(&line[end..])..line.len();
    let mut title = None;
    if line[rest.clone()].starts_with('[') {
        let close = braces::bracket(&line[rest.clone()])?;
        title = Some(rest.start + 1..rest.start + close);
        rest.start += close + 1;
    }
    // Attributes stand behind all else.
    let tail = &line[rest.clone()];
    if let Some(at) = tail.strip_suffix('}').and_then(|tail| tail.rfind('{'))
        && (tail[..at].is_empty() || tail[..at].ends_with(' '))
    {
        let inside = rest.start + at + 1..rest.end - 1;
        title = title.or_else(|| attribute(line, inside.clone(), "title"));
        if opening.shape == Shape::Folded(false) && line[inside].split_whitespace().any(|word| word == "open")
        {
            opening.shape = Shape::Folded(true);
        }
        rest.end = rest.start + at;
    }
    let words = trimmed(line, rest.clone());
    if !words.is_empty() && (title.is_some() || words.start == rest.start) {
        return None;
    }
    Some(opening.titled(line, title.or_else(|| (!words.is_empty()).then_some(words))))
}

/// The first class in attributes, without what Quarto puts before it.
fn class(line: &str, inside: Range<usize>) -> Range<usize> {
    let mut from = inside.start;
    while let Some(at) = line[from..inside.end].find('.').map(|at| from + at) {
        from = at + 1;
        if at == inside.start || line[..at].ends_with([' ', '\t']) {
            let prefix =
                ["callout-", "admonition-"].into_iter().find(|prefix| line[from..].starts_with(prefix));
            let start = from + prefix.map_or(0, str::len);
            return start..end_of_name(line, start).min(inside.end);
        }
    }
    inside.start..inside.start
}

/// Where the value of an attribute stands.
pub(in crate::markdown) fn attribute(line: &str, inside: Range<usize>, name: &str) -> Option<Range<usize>> {
    let mut from = inside.start;
    while let Some(at) = line.get(from..inside.end)?.find(name).map(|at| from + at) {
        from = at + name.len();
        let begins = at == inside.start || line[..at].ends_with([' ', '\t', '{', ',']);
        let Some(value) = line[from..inside.end].strip_prefix('=').filter(|_| begins) else { continue };
        let value = value.strip_prefix('{').unwrap_or(value);
        let start = inside.end - value.len();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (start, end) = match quote {
            Some(quote) => (start + 1, value[1..].find(quote)? + start + 1),
            None => (start, start + value.find([' ', '\t', '>', '}']).unwrap_or(value.len())),
        };
        return Some(start..end);
    }
    None
}

/// How many bytes begin a box that is a paragraph.
pub(super) const SIGN: usize = "!> ".len();

/// `!> words`, `?> words`.
fn paragraph(line: &str) -> Option<Opening<'_>> {
    let label = if line.starts_with("!> ") { "warning" } else { "tip" };
    let is_one = line.starts_with("!> ") || line.starts_with("?> ");
    let opening = Opening { kind: alert::of_label(label), ..Opening::new(Form::Paragraph, "") };
    is_one.then_some(opening)
}

/// `??? "Title"`, which has no type: pymdownx.details makes a plain one of it.
fn bare_details(line: &str, at: usize) -> Option<Opening<'_>> {
    let inner = line[at..].strip_prefix('"')?.strip_suffix('"')?;
    let is_open = line.starts_with("???+");
    let opening = Opening { shape: Shape::Folded(is_open), ..Opening::new(Form::Indented, "") };
    let title = at + 1..at + 1 + inner.len();
    (!inner.trim().is_empty() && !inner.contains('"')).then(|| opening.titled(line, Some(title)))
}

/// Classes that themes of Jekyll make a box of, with the label of each.
const CLASSES: [(&str, &str); 9] = [
    ("note", "note"),
    ("tip", "tip"),
    ("info", "info"),
    ("warning", "warning"),
    ("important", "important"),
    ("highlight", "note"),
    ("new", "tip"),
    ("danger", "danger"),
    ("caution", "caution"),
];

/// What the classes in a line of attributes make of the block beside it: `{: .warning }`,
/// `{: .prompt-tip }`, `{: .note-title }`.
pub(crate) struct BoxClass {
    /// The class, without what its theme puts around it.
    pub(crate) name: &'static str,
    /// The label of the box.
    label: &'static str,
    /// Whether the first line is its title.
    pub(crate) is_titled: bool,
}

/// The box that the attributes inside `{:` and `}` ask for.
pub(crate) fn box_class(attributes: &str) -> Option<BoxClass> {
    let mut classes = attributes.split_whitespace().filter_map(|word| word.strip_prefix('.'));
    classes.find_map(|class| {
        let class = class.strip_prefix("prompt-").unwrap_or(class);
        let bare = class.strip_suffix("-title").unwrap_or(class);
        let (name, label) = *CLASSES.iter().find(|(known, _)| *known == bare)?;
        Some(BoxClass { name, label, is_titled: bare != class })
    })
}

fn kramdown(line: &str) -> Option<Opening<'_>> {
    let class = box_class(line.strip_prefix("{:")?.strip_suffix('}')?)?;
    Some(Opening { kind: alert::of_label(class.label), ..Opening::new(Form::Class, "") })
}

/// `!!! note "Title"`, `??? note`, `???+ note`.
fn indented(line: &str) -> Option<Opening<'_>> {
    let is_folded = line.starts_with("???");
    if !is_folded && !line.starts_with("!!!") {
        return None;
    }
    let (mut at, mut folded) = (3, is_folded.then_some(false));
    if folded.is_some() && line[3..].starts_with('+') {
        (at, folded) = (4, Some(true));
    }
    at += usize::from(line[at..].starts_with(' '));
    let end = end_of_name(line, at);
    if end == at {
        return bare_details(line, at).filter(|_| is_folded);
    }
    let mut opening = Opening::of_type(Form::Indented, line, at..end);
    opening.shape = folded.map_or(Shape::Note, Shape::Folded);
    // Words that can be no classes are a title whose quotation marks were left out.
    let words = &line[end..];
    if words.starts_with(' ') && !words.is_ascii() && !words.contains(['"', '“', '”']) {
        return Some(opening.titled(line, Some(end..line.len())));
    }
    // Further words are classes.
    let mut behind = end;
    while let Some(word) = line[behind..].strip_prefix(' ') {
        let start = line.len() - word.trim_start().len();
        let end = end_of_name(line, start);
        behind = start;
        if end == start {
            break;
        }
        behind = end;
    }
    match &line[behind..] {
        "" => Some(opening.titled(line, None)),
        quoted => Some(opening.titled(line, Some(within_quotes(quoted, behind)?))),
    }
}

/// What stands in the quotes that a text is, which begins at a place.
pub(super) fn within_quotes(text: &str, at: usize) -> Option<Range<usize>> {
    let (open, close) = [('"', '"'), ('“', '”')].into_iter().find(|(open, _)| text.starts_with(*open))?;
    let start = open.len_utf8();
    let end = text.strip_suffix(close)?.len();
    (end >= start).then(|| at + start..at + end)
}

/// A block of code with the label of its tab: `[npm]` in brackets, else its language.
fn code(line: &str) -> Option<Opening<'_>> {
    let info = line.trim_start_matches(['`', '~']);
    let at = line.len() - info.len();
    let label = match (info.rfind('['), info.rfind(']')) {
        (Some(open), Some(close)) if open < close => at + open + 1..at + close,
        _ => {
            let word = trimmed(line, at..line.len());
            let end = line[word.clone()].find([' ', ',', '{', ':']).map_or(word.end, |end| word.start + end);
            word.start..end
        }
    };
    let opening = Opening { shape: Shape::Tab, ..Opening::new(Form::Code, "") };
    Some(opening.titled(line, Some(label)))
}

/// The name of the element of tabs that a line begins or ends.
pub(in crate::markdown) fn element_of(line: &str) -> Option<&'static str> {
    match opening(line).map(|opening| opening.form) {
        Some(Form::Element(name)) => Some(name),
        _ => tab::closing_element(line),
    }
}
