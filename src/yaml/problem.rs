//! What the YAML parser says, taken apart.
//!
//! Its sentences are those of libyaml, which `serde_yaml` passes on as one text, with
//! places within. They are looked up here one by one; [`Problem::Other`] is what a
//! later version of the parser may say.

use crate::locale::Message;
use crate::message;

/// What can be wrong with a YAML text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    /// A list in brackets lacks a comma or its end.
    List,
    /// Keys and values in braces lack a comma or their end.
    Map,
    /// A key is missing, or not where those above it begin.
    Key,
    /// Something stands behind a value that is complete.
    Behind,
    /// A colon where no value can stand.
    ValueHere,
    /// A `?` where no key can stand.
    KeyHere,
    /// A `-` where no list can stand.
    ItemHere,
    /// A line in a list that does not begin with `-`.
    Dash,
    /// A value is missing.
    NoValue,
    /// A line without a colon.
    Colon,
    /// A colon within a value in brackets.
    StrayColon,
    /// A character that nobody sees.
    Control,
    /// A value begins with a sign that has a meaning.
    Start,
    /// `*` and a name that nothing has.
    Alias,
    /// `*` or `&` and no name.
    Anchor,
    /// A line `---` begins a second text.
    Documents,
    /// A tab that indents.
    Tab,
    /// A quotation mark that is never closed.
    Quote,
    /// A backslash before a character that needs none.
    Escape,
    /// Something stands behind `|` or `>`.
    Block,
    /// `!` and no name of a type.
    Tag,
    /// A line that begins with `%`.
    Directive,
    /// Too much for the parser.
    Long,
    /// It ends before there is a value.
    Empty,
    /// A value that is not of its type.
    Typed,
    /// What this table does not know.
    Other,
}

impl Problem {
    /// It in words, to stand behind a colon.
    pub(super) fn message(self) -> Message {
        match self {
            Self::List => message!("yaml-problem-list"),
            Self::Map => message!("yaml-problem-map"),
            Self::Key => message!("yaml-problem-key"),
            Self::Behind => message!("yaml-problem-behind"),
            Self::ValueHere => message!("yaml-problem-value-here"),
            Self::KeyHere => message!("yaml-problem-key-here"),
            Self::ItemHere => message!("yaml-problem-item-here"),
            Self::Dash => message!("yaml-problem-dash"),
            Self::NoValue => message!("yaml-problem-no-value"),
            Self::Colon => message!("yaml-problem-colon"),
            Self::StrayColon => message!("yaml-problem-stray-colon"),
            Self::Control => message!("yaml-problem-control"),
            Self::Start => message!("yaml-problem-start"),
            Self::Alias => message!("yaml-problem-alias"),
            Self::Anchor => message!("yaml-problem-anchor"),
            Self::Documents => message!("yaml-problem-documents"),
            Self::Tab => message!("yaml-problem-tab"),
            Self::Quote => message!("yaml-problem-quote"),
            Self::Escape => message!("yaml-problem-escape"),
            Self::Block => message!("yaml-problem-block"),
            Self::Tag => message!("yaml-problem-tag"),
            Self::Directive => message!("yaml-problem-directive"),
            Self::Long => message!("yaml-problem-long"),
            Self::Empty => message!("yaml-problem-empty"),
            Self::Typed => message!("yaml-problem-typed"),
            Self::Other => message!("yaml-problem-other"),
        }
    }
}

/// What the parser says, taken apart.
pub(super) struct ParserError<'a> {
    /// What is wrong, in the parser's words.
    pub(super) words: &'a str,
    /// What it was reading.
    context: &'a str,
    /// Line and column, from 1, where that begins.
    pub(super) opened: Option<(usize, usize)>,
    whole: &'a str,
}

impl<'a> ParserError<'a> {
    pub(super) fn new(whole: &'a str) -> Self {
        let (problem, context) = whole.split_once(", while ").unwrap_or((whole, ""));
        let bare = |text: &'a str| {
            let text = text.split(" at line ").next().unwrap_or(text);
            text.split(" at position ").next().unwrap_or(text)
        };
        // A place that is the first of the text is left out.
        let opened = (!context.is_empty()).then(|| {
            let place = context.rsplit_once(" at line ").and_then(|(_, place)| place.split_once(" column "));
            let place = place.and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)));
            place.unwrap_or((1, 1))
        });
        Self { words: bare(problem), context: bare(context), opened, whole }
    }

    /// The key of which it says that it stands twice.
    pub(super) fn repeated_key(&self) -> Option<&'a str> {
        let (_, rest) = self.whole.split_once("duplicate entry ")?;
        let key = rest.strip_prefix("with key ").unwrap_or("");
        let key = key.rsplit_once(" at line ").map_or(key, |(key, _)| key);
        Some(key.trim_matches(['"', '`']))
    }

    /// What is wrong.
    pub(super) fn problem(&self) -> Problem {
        // These are read in parts, and their problems are worded like others'.
        for (part, problem) in [
            ("directive", Problem::Directive),
            ("a tag", Problem::Tag),
            ("an anchor", Problem::Anchor),
            ("an alias", Problem::Anchor),
        ] {
            if self.context.contains(part) {
                return problem;
            }
        }
        match self.words {
            "did not find expected ',' or ']'" => Problem::List,
            "did not find expected ',' or '}'" => Problem::Map,
            "did not find expected key" => Problem::Key,
            "mapping values are not allowed in this context" => Problem::ValueHere,
            "mapping keys are not allowed in this context" => Problem::KeyHere,
            "block sequence entries are not allowed in this context" => Problem::ItemHere,
            "did not find expected '-' indicator" => Problem::Dash,
            "did not find expected node content" => Problem::NoValue,
            "could not find expected ':'" => Problem::Colon,
            "found unexpected ':'" => Problem::StrayColon,
            "control characters are not allowed" | "invalid Unicode character" => Problem::Control,
            "found character that cannot start any token" => Problem::Start,
            "unknown anchor" | "found undefined alias" => Problem::Alias,
            "did not find expected <document start>" => Problem::Directive,
            "deserializing from YAML containing more than one document is not supported" => {
                Problem::Documents
            }
            "found a tab character that violates indentation"
            | "found a tab character where an indentation space is expected" => Problem::Tab,
            "found unexpected end of stream" | "found unexpected document indicator" => Problem::Quote,
            "found unknown escape character"
            | "did not find expected hexadecimal number"
            | "found invalid Unicode character escape code" => Problem::Escape,
            "did not find expected comment or line break" | "found an indentation indicator equal to 0" => {
                Problem::Block
            }
            "found undefined tag handle" => Problem::Tag,
            "found duplicate %YAML directive"
            | "found duplicate %TAG directive"
            | "found incompatible YAML document" => Problem::Directive,
            "input is too long" => Problem::Long,
            "EOF while parsing a value" => Problem::Empty,
            typed if typed.contains("invalid type: ") || typed.contains("invalid value: ") => Problem::Typed,
            _ => Problem::Other,
        }
    }
}
