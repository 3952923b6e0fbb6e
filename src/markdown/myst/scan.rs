//! The lines of a text in MyST: which are code, and which belong to a directive.

use std::ops::Range;

/// A line.
pub(super) struct Line<'t> {
    /// Where the whole line begins, and where it does behind the signs of quotations and the indent.
    pub(super) whole: usize,
    pub(super) start: usize,
    /// Columns of its indent.
    pub(super) indent: usize,
    /// The line from there on, without blanks at its end.
    pub(super) bare: &'t str,
    pub(super) what: What,
}

impl Line<'_> {
    pub(super) const fn end(&self) -> usize {
        self.start + self.bare.len()
    }
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Text,
    Code,
    /// It begins or ends a directive, or says how it looks.
    Directive,
}

/// A directive.
pub(super) struct Directive<'t> {
    pub(super) name: &'t str,
    /// What stands behind its name.
    pub(super) argument: &'t str,
    /// Where its sign stands, up to the end of the line, and where its name does, with the braces.
    pub(super) open: Range<usize>,
    pub(super) named: Range<usize>,
    pub(super) is_colons: bool,
    /// `:key: value`, or the same in YAML.
    pub(super) options: Vec<(&'t str, &'t str)>,
    /// Its lines, by their numbers.
    pub(super) option_lines: Range<usize>,
    pub(super) content: Range<usize>,
    /// The line that ends it.
    pub(super) close: Option<usize>,
}

impl<'t> Directive<'t> {
    pub(super) fn option(&self, key: &str) -> Option<&'t str> {
        self.options.iter().find(|(own, _)| *own == key).map(|(_, value)| *value)
    }
}

/// Directives whose content is no Markdown.
const CODE: [&str; 20] = [
    "code",
    "code-block",
    "sourcecode",
    "code-cell",
    "literalinclude",
    "eval-rst",
    "math",
    "mermaid",
    "parsed-literal",
    "prompt",
    "raw",
    "csv-table",
    "graphviz",
    "plantuml",
    "doctest",
    "testcode",
    "toctree",
    "contents",
    "include",
    "bibliography",
];

/// Whether the content of a directive is no Markdown.
pub(super) fn is_code(name: &str) -> bool {
    CODE.contains(&name) || name.starts_with("auto")
}

/// Directives that tell of something in a program, by its signature.
const OBJECTS: [&str; 14] = [
    "function",
    "class",
    "method",
    "staticmethod",
    "classmethod",
    "attribute",
    "property",
    "data",
    "exception",
    "module",
    "option",
    "envvar",
    "describe",
    "object",
];

/// Whether what stands behind the name of a directive is code: `{py:function}`, `{option}`,
/// `{autoclass}`. Outputs of programs that are shown elsewhere have names in two parts too.
pub(super) fn has_signature(name: &str) -> bool {
    name.starts_with("auto") || OBJECTS.contains(&name) || name.contains(':') && !name.starts_with("glue:")
}

/// A fence that is open.
struct Open {
    sign: u8,
    count: usize,
    is_code: bool,
    directive: Option<usize>,
    head: Head,
}

/// How far the head of a directive is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    Begins,
    Options,
    Yaml,
    Done,
}

/// A text, line by line.
pub(super) struct Scan<'t> {
    pub(super) text: &'t str,
    pub(super) lines: Vec<Line<'t>>,
    pub(super) directives: Vec<Directive<'t>>,
}

/// More fences than these in one another are text.
const DEPTH: usize = 24;

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut scan = Self { text, lines: Vec::new(), directives: Vec::new() };
        let mut open: Vec<Open> = Vec::new();
        let mut at = 0;
        for whole in text.split_inclusive('\n') {
            let bare = whole.trim_start_matches([' ', '\t', '>']);
            let start = at + whole.len() - bare.len();
            let white = text[at..start].rsplit('>').next().unwrap_or("");
            let indent = white.bytes().map(|byte| if byte == b'\t' { 4 } else { 1 }).sum();
            let bare = bare.trim_end();
            let what = scan.what(bare, start, &mut open);
            scan.lines.push(Line { whole: at, start, indent, bare, what });
            at += whole.len();
        }
        let end = scan.lines.len();
        let unended = open.iter().filter_map(|open| open.directive);
        unended.for_each(|number| scan.directives[number].content.end = end);
        scan
    }

    fn what(&mut self, bare: &'t str, start: usize, open: &mut Vec<Open>) -> What {
        let number = self.lines.len();
        if let Some(top) = open.last_mut() {
            let run = bare.bytes().take_while(|byte| *byte == top.sign).count();
            if run >= top.count && run == bare.len() {
                let ended = open.pop().and_then(|top| top.directive);
                let Some(directive) = ended.map(|ended| &mut self.directives[ended]) else {
                    return What::Code;
                };
                directive.content.end = number;
                directive.close = Some(number);
                return What::Directive;
            }
            if let Some(directive) = top.directive.filter(|_| top.head != Head::Done)
                && self.head(bare, directive, &mut top.head)
            {
                return What::Directive;
            }
            if top.is_code {
                return What::Code;
            }
        }
        self.begin(bare, start, open).unwrap_or(What::Text)
    }

    /// Whether a line belongs to the head of a directive.
    fn head(&mut self, bare: &'t str, directive: usize, head: &mut Head) -> bool {
        let next = self.lines.len() + 1;
        let directive = &mut self.directives[directive];
        let pair = match *head {
            Head::Begins if bare == "---" => {
                *head = Head::Yaml;
                None
            }
            Head::Yaml if bare == "---" => {
                *head = Head::Done;
                None
            }
            Head::Yaml => bare.split_once(':'),
            _ => {
                let pair = option(bare);
                *head = if pair.is_some() { Head::Options } else { Head::Done };
                if pair.is_none() {
                    return false;
                }
                pair
            }
        };
        directive
            .options
            .extend(pair.map(|(key, value)| (key.trim(), value.trim().trim_matches(['"', '\'']))));
        directive.option_lines.end = next;
        directive.content = next..next;
        true
    }

    /// Whether a line begins code or a directive.
    fn begin(&mut self, bare: &'t str, start: usize, open: &mut Vec<Open>) -> Option<What> {
        let text = behind_marks(bare);
        let start = start + bare.len() - text.len();
        let sign = text.bytes().next().filter(|sign| matches!(sign, b'`' | b'~' | b':'))?;
        let count = text.bytes().take_while(|byte| *byte == sign).count();
        let info = text.get(count..)?.trim_start();
        if count < 3 || open.len() >= DEPTH || sign == b'`' && info.contains('`') {
            return None;
        }
        let name = info.strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(name, _)| name);
        let is_name = |name: &&str| {
            let is_one = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '+');
            name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_one)
        };
        let Some(name) = name.filter(is_name) else {
            if sign == b':' {
                return None;
            }
            open.push(Open { sign, count, is_code: true, directive: None, head: Head::Done });
            return Some(What::Code);
        };
        let named = start + text.len() - info.len()..start + text.len() - info.len() + name.len() + 2;
        let next = self.lines.len() + 1;
        open.push(Open {
            sign,
            count,
            is_code: is_code(name),
            directive: Some(self.directives.len()),
            head: Head::Begins,
        });
        self.directives.push(Directive {
            name,
            argument: info[name.len() + 2..].trim(),
            open: start..start + text.len(),
            named,
            is_colons: sign == b':',
            options: Vec::new(),
            option_lines: next..next,
            content: next..next,
            close: None,
        });
        Some(What::Directive)
    }
}

/// `:key: value`.
fn option(bare: &str) -> Option<(&str, &str)> {
    let (key, value) = bare.strip_prefix(':')?.split_once(':')?;
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (!key.is_empty() && key.chars().all(is_key)).then_some((key, value))
}

/// A line without the marks of lists that it begins with.
fn behind_marks(line: &str) -> &str {
    let mut rest = line;
    for _ in 0..4 {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let marks: &[char] = if digits.len() < rest.len() { &['.', ')'] } else { &['-', '*', '+'] };
        match digits.strip_prefix(marks).and_then(|behind| behind.strip_prefix(' ')) {
            Some(behind) => rest = behind.trim_start(),
            None => break,
        }
    }
    rest
}
