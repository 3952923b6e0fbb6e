//! Fields: what Word works out and shows as text.
//!
//! A field has an instruction and, mostly, the text that it gave last. That text is what
//! a reader sees, so it is kept; a link and a reference also lead somewhere. Tables of
//! contents are left out, since each chapter of the site has one.

use super::model::Inline;

/// The fields that are open.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// How many links are open around.
    pub(super) depth: usize,
    /// The size of the first letters of the paragraph.
    pub(super) size: Option<u32>,
}

#[derive(Debug, Clone)]
struct Field {
    instruction: String,
    /// Whether its text has begun.
    shows: bool,
    kind: Kind,
    /// Where its text begins in the paragraph.
    start: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Other,
    Contents,
    /// Text that leads to an address, or to `#` and a bookmark.
    Link(String),
}

/// What a field without a text of its own shows.
pub(super) enum Shown {
    Nothing,
    Text(String),
    Ruby(String, String),
    /// A formula in Word's old writing, which is not read.
    Equation(String),
}

impl Fields {
    /// Whether a table of contents is being read.
    pub(super) fn is_contents(&self) -> bool {
        self.open.iter().any(|field| field.kind == Kind::Contents)
    }

    /// Whether an instruction is being read.
    pub(super) fn is_instruction(&self) -> bool {
        self.open.iter().any(|field| !field.shows)
    }

    /// Whether what is read now is to be seen.
    pub(super) fn shows(&self) -> bool {
        !self.is_instruction() && !self.is_contents()
    }

    pub(super) fn begin(&mut self) {
        self.open.push(Field { instruction: String::new(), shows: false, kind: Kind::Other, start: 0 });
    }

    /// Whether the text of a link begins at a place of the paragraph.
    pub(super) fn begins_link(&self, at: usize) -> bool {
        self.open.iter().any(|field| field.start == at && matches!(field.kind, Kind::Link(_)))
    }

    /// Reads a piece of an instruction.
    pub(super) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.shows) {
            field.instruction.push_str(text);
        }
    }

    /// The text begins.
    pub(super) fn separate(&mut self, content: &[Inline]) {
        if let Some(field) = self.open.last_mut() {
            field.kind = kind(&field.instruction);
            field.shows = true;
            field.start = content.len();
            self.depth += usize::from(matches!(field.kind, Kind::Link(_)));
        }
    }

    /// A field ends. Gives what it shows where it had no text.
    pub(super) fn end(&mut self, content: &mut Vec<Inline>) -> Shown {
        let Some(field) = self.open.pop() else { return Shown::Nothing };
        if !field.shows {
            return if self.shows() { shown(&field.instruction) } else { Shown::Nothing };
        }
        if let Kind::Link(target) = field.kind {
            self.depth = self.depth.saturating_sub(1);
            wrap(content, field.start, target);
        }
        Shown::Nothing
    }

    /// A paragraph ends within links: they go on in the next one.
    pub(super) fn wrap_open(&mut self, content: &mut Vec<Inline>) {
        for field in self.open.iter_mut().rev() {
            if let Kind::Link(target) = &field.kind {
                wrap(content, field.start, target.clone());
            }
            field.start = 0;
        }
    }
}

/// Makes a link of what stands behind a place.
fn wrap(content: &mut Vec<Inline>, start: usize, target: String) {
    let inside = content.split_off(start.min(content.len()));
    if inside.is_empty() {
        return;
    }
    // One link in another is none: Word follows the inner one.
    if inside.iter().any(|inline| matches!(inline, Inline::Link(..))) {
        content.extend(inside);
    } else {
        content.push(Inline::Link(target, inside));
    }
}

/// The words of an instruction; those in quotation marks are one.
fn words(instruction: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quoted, mut any) = (String::new(), false, false);
    let mut rest = instruction.chars().peekable();
    while let Some(sign) = rest.next() {
        match sign {
            '"' | '“' | '”' => (quoted, any) = (!quoted, true),
            '\\' if quoted && matches!(rest.peek(), Some('\\' | '"')) => word.extend(rest.next()),
            sign if sign.is_whitespace() && !quoted => {
                if any || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                any = false;
            }
            sign => word.push(sign),
        }
    }
    if any || !word.is_empty() {
        words.push(word);
    }
    words
}

fn kind(instruction: &str) -> Kind {
    let words = words(instruction);
    let has = |switch: &str| words.iter().any(|word| word.eq_ignore_ascii_case(switch));
    match words.first().map(|name| name.to_ascii_uppercase()).as_deref() {
        Some("TOC") => Kind::Contents,
        Some("HYPERLINK") => link(&words),
        Some("REF") if has("\\h") => {
            words.get(1).map_or(Kind::Other, |bookmark| Kind::Link(format!("#{bookmark}")))
        }
        _ => Kind::Other,
    }
}

fn link(words: &[String]) -> Kind {
    let (mut address, mut anchor) = (String::new(), String::new());
    let mut rest = words.iter().skip(1);
    while let Some(word) = rest.next() {
        match word.to_ascii_lowercase().as_str() {
            "\\l" => anchor = rest.next().cloned().unwrap_or_default(),
            // The tooltip, and the window to open it in.
            "\\o" | "\\t" => {
                rest.next();
            }
            switch if switch.starts_with('\\') && switch.len() == 2 => {}
            _ if address.is_empty() => address.clone_from(word),
            _ => {}
        }
    }
    match (address.is_empty(), anchor.is_empty()) {
        (true, true) => Kind::Other,
        (_, true) => Kind::Link(address),
        _ => Kind::Link(format!("{address}#{anchor}")),
    }
}

fn shown(instruction: &str) -> Shown {
    let words = words(instruction);
    match words.first().map(|name| name.to_ascii_uppercase()).as_deref() {
        Some("EQ") => equation(instruction),
        Some("MACROBUTTON") => Shown::Text(words.get(2..).unwrap_or_default().join(" ")),
        Some("QUOTE") => Shown::Text(words.get(1).cloned().unwrap_or_default()),
        _ => Shown::Nothing,
    }
}

/// The two kinds of `EQ` that Chinese Word writes for what is no formula: a number in a
/// circle, `\o\ac(○,11)`, and how a character is read, `\o\ad(\s\up 9(yín),银)`.
fn equation(instruction: &str) -> Shown {
    let rest = instruction.trim();
    let rest = rest.get(2..).unwrap_or("").trim_start();
    let compact: String = rest.chars().filter(|sign| !sign.is_whitespace()).collect();
    let lower = compact.to_lowercase();
    if let Some(at) = lower.find("\\o\\ac(").filter(|_| lower.len() == compact.len()) {
        let inside = compact[at + 6..].trim_end_matches(')');
        let (_, inner) = inside.split_once([',', ';', '，']).unwrap_or(("", inside));
        let circled = inner.parse().ok().and_then(super::numeral::circled);
        return Shown::Text(circled.unwrap_or_else(|| inner.trim_matches(['(', ')']).to_owned()));
    }
    if let Some(at) =
        lower.find("\\s\\up").filter(|_| lower.contains("\\o\\ad(") && lower.len() == compact.len())
    {
        let inside = compact[at..].split_once('(').map_or("", |found| found.1).trim_end_matches(')');
        if let Some((reading, base)) = inside.split_once(')') {
            return Shown::Ruby(base.trim_matches([',', ';', '，']).to_owned(), reading.to_owned());
        }
    }
    Shown::Equation(rest.to_owned())
}
