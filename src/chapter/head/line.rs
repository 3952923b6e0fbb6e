//! Lines of a head, and what a person may have meant each to be.
//!
//! People type what looks right: a dash of another width, a space nobody sees, a
//! full-width colon. So these tests are looser than YAML, and say only what a line
//! looks like; what it means is for [`super`] to decide.

use super::super::audience::is_audience_misspelt;
use super::super::field::Field;
use super::super::hold::is_understood;
use unicode_general_category::{GeneralCategory, get_general_category};

/// Keys of other generators by which a block is known for front matter.
const FOREIGN: &[&str] =
    &["author", "categories", "category", "date", "draft", "layout", "permalink", "slug", "tags", "weight"];

/// A line of a text, by its place in it.
#[derive(Debug, Clone, Copy)]
pub(in crate::chapter) struct Line<'a> {
    pub(in crate::chapter) start: usize,
    /// Behind its line break.
    pub(in crate::chapter) end: usize,
    /// Without its line break.
    pub(in crate::chapter) text: &'a str,
}

/// The lines of a text from a place on. A lone CR ends a line too, as in CommonMark
/// and YAML, and so do all that Unicode has for it: NEL and the line and paragraph
/// separators, as in YAML 1.1, tabs down the page and form feeds. They come with text that
/// is pasted or from an old machine, and an editor shows them as line ends.
pub(in crate::chapter) fn lines(text: &str, from: usize) -> impl Iterator<Item = Line<'_>> {
    let mut start = from;
    // Where the next usual end stands: lines that end otherwise look for it once.
    let mut usual: Option<(usize, usize)> = None;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let find_usual = || {
            let ends = memchr::memchr3_iter(b'\n', b'\r', 0xE2, rest.as_bytes());
            let mut ends = ends.filter_map(|at| Some((start + at, ending_at(rest.as_bytes(), at)?)));
            ends.next().unwrap_or((text.len(), 0))
        };
        let known = usual.filter(|(at, _)| *at >= start).unwrap_or_else(find_usual);
        usual = Some(known);
        let (length, ending) = memchr::memchr3_iter(0x0B, 0x0C, 0xC2, &rest.as_bytes()[..known.0 - start])
            .find_map(|at| ending_at(rest.as_bytes(), at).map(|ending| (at, ending)))
            .unwrap_or((known.0 - start, known.1));
        let line = Line { start, end: start + length + ending, text: &rest[..length] };
        start = line.end;
        Some(line)
    })
}

/// The length of the line break that begins at a byte, where one does.
fn ending_at(text: &[u8], at: usize) -> Option<usize> {
    match text[at..] {
        [b'\r', b'\n', ..] => Some(2),
        [b'\r' | b'\n' | 0x0B | 0x0C, ..] => Some(1),
        [0xC2, 0x85, ..] => Some(2),
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => Some(3),
        _ => None,
    }
}

/// The line that closes front matter. An indented `---` may stand in a value of several lines: it
/// closes nothing where the lines below go on as front matter does, to a line that does.
pub(super) fn closing_of<'a>(text: &'a str, opening: Line<'a>) -> Option<Line<'a>> {
    let mut indented: Option<Line<'a>> = None;
    for line in lines(text, opening.end) {
        let is_within = line.text.starts_with([' ', '\t']);
        if !is_within && (line.is_end() || line.is_false_fence()) {
            return Some(match indented {
                Some(first) if !line.is_end() => first,
                _ => line,
            });
        }
        if is_within && (line.is_end() || line.is_false_fence()) {
            indented = indented.or(Some(line));
        } else if indented.is_some() && !line.is_yaml() {
            return indented;
        }
    }
    indented
}

impl<'a> Line<'a> {
    /// `---` and nothing more.
    pub(super) fn is_fence(&self) -> bool {
        self.text.trim_end_matches([' ', '\t']) == "---"
    }

    /// What ends front matter: `---`, or `...` as YAML has it.
    pub(super) fn is_end(&self) -> bool {
        self.is_fence() || self.text.trim_end_matches([' ', '\t']) == "..."
    }

    /// What is meant as a fence and is none: two and more dashes of any kind.
    pub(super) fn is_false_fence(&self) -> bool {
        let bare = self.text.trim_matches(is_unseen);
        !self.is_fence() && bare.chars().nth(1).is_some() && bare.chars().all(|c| is_dash(c) || is_unseen(c))
    }

    /// Whether nothing of it is seen.
    pub(super) fn is_blank(&self) -> bool {
        self.text.chars().all(is_unseen)
    }

    /// A comment of YAML.
    pub(in crate::chapter) fn is_comment(&self) -> bool {
        self.text.trim_start_matches([' ', '\t']).starts_with('#')
    }

    /// A line that a merge left behind.
    pub(super) fn is_conflict(&self) -> bool {
        ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| {
            self.text.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
    }

    /// Whether it may stand in front matter, going by its first character.
    pub(super) fn is_yaml(&self) -> bool {
        let list = self.text.starts_with("- ") || self.text.trim_end() == "-";
        let inside = self.text.starts_with([' ', '\t', ']', '}', '[', '{', '?', '"', '\'', '&', '!']);
        self.is_blank() || self.is_comment() || list || inside || self.key().is_some()
    }

    /// The key of a line that begins with `key:`, written as YAML has it or with a
    /// full-width colon; with `；`, the key beside it, or with no space behind the colon, where
    /// front matter is known by it.
    pub(super) fn key(&self) -> Option<&'a str> {
        if let Some((key, _)) = self.text.split_once('；')
            && !key.contains([':', '：'])
            && is_known(key.trim_matches(is_unseen))
        {
            return Some(key.trim_matches(is_unseen));
        }
        let (key, rest) = self.text.split_once([':', '：'])?;
        let wide = self.text[key.len()..].starts_with('：');
        let name = key.trim_end_matches(' ');
        let bare = name.strip_prefix(['"', '\'']).and_then(|name| name.strip_suffix(['"', '\'']));
        let name = bare.unwrap_or(name);
        let good = |c: char| c.is_alphanumeric() || is_unseen(c) || matches!(c, '_' | '-' | '.' | '<');
        let is_key = !name.is_empty()
            && !name.starts_with([' ', '\t', '-'])
            && name.chars().all(good)
            && name.chars().filter(|c| *c == ' ').count() < 4
            && name.chars().nth(60).is_none()
            && (wide || rest.is_empty() || rest.starts_with([' ', '\t']) || Self::is_tight(name, rest));
        is_key.then_some(name)
    }

    /// Whether a space is missing between a key and its value: in `title:x`, not in `date:://`.
    fn is_tight(key: &str, value: &str) -> bool {
        is_known(key) && value.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '['))
    }

    /// Whether it begins with a key of ours.
    pub(super) fn has_own_key(&self) -> bool {
        self.key().is_some_and(Field::is_key)
    }

    /// Whether it begins with a key that front matter is known by.
    pub(super) fn has_known_key(&self) -> bool {
        self.key().is_some_and(is_known)
    }

    /// The words before each colon and equals sign, however they are dressed: what a
    /// person may read as the names of values.
    pub(in crate::chapter) fn labels(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let dressed = |c: char| {
            is_unseen(c) || c.is_ascii_punctuation() || matches!(c, '“' | '”' | '【' | '】' | '［' | '］')
        };
        let end = last_mark(self.text).unwrap_or(0);
        self.text[..end]
            .split(MARKS)
            .map(move |part| part.trim_matches(dressed))
            .filter(|part| !part.is_empty())
    }
}

/// What stands between a name and its value: colons and equals signs, of all widths, and
/// the full-width semicolon, which lies on the colon's key.
const MARKS: [char; 8] = [':', '=', '：', '；', '﹕', '︰', '＝', '∶'];

/// Where the last of them stands. Every line of a text is asked, and most have none: bytes
/// are looked for that only signs have.
fn last_mark(text: &str) -> Option<usize> {
    let is_mark = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with(MARKS));
    let wide = memchr::memrchr3_iter(b':', b'=', 0xEF, text.as_bytes()).find(is_mark);
    wide.max(memchr::memmem::rfind(text.as_bytes(), "∶".as_bytes()))
}

/// Whether front matter is known by a key: ours, or one that other programs share.
pub(super) fn is_known(key: &str) -> bool {
    Field::is_key(key)
        || FOREIGN.contains(&key)
        || is_understood(key) && !key.contains(' ')
        || is_audience_misspelt(key) && !key.contains(' ')
}

/// A dash, or what is taken for one.
const fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{30FC}'
                | '\u{FE31}'
                | '\u{FE32}'
                | '\u{FE58}'
                | '\u{FE63}'
                | '\u{FF0D}'
                | '\u{FF70}'
                | '\u{00AD}'
    )
}

/// Whether a character leaves no mark on the screen: spaces, controls, formats,
/// variation selectors and fillers.
pub(in crate::chapter) fn is_unseen(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_whitespace() || c.is_ascii_control();
    }
    let filler = matches!(
        c,
        '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' | '\u{2800}'
            | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{E0100}'..='\u{E01EF}'
    );
    filler
        || c.is_whitespace()
        || matches!(get_general_category(c), GeneralCategory::Format | GeneralCategory::Control)
}
