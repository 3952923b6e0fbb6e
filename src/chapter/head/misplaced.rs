//! Front matter that is not where it belongs.
//!
//! A head is looked through line by line, past what people put above front matter
//! (comments, headings, empty lines), until something begins that could be meant as
//! front matter, or text begins. What stands between rules further down is text.

use super::dressed::names_audience_dressed;
use super::fault::Above;
use super::line::{Line, lines};
use super::{Block, Fault, FaultKind, Head, MOST_LINES, blank, held, language};
use crate::chapter::audience::{
    is_audience_misspelt, is_sentence, lacks_colon, names_audience, names_audience_in_text,
};
use crate::chapter::field::Field;

/// The head of a text that does not begin with front matter.
pub(super) fn find(text: &str) -> Head {
    let mut above = None;
    let mut at = 0;
    while let Some(line) = lines(text, at).next() {
        if let Some(head) = block_at(text, line, above).or_else(|| without_colon(text, line)) {
            return head;
        }
        match passed_over(text, line) {
            Some((end, what)) => {
                above = above.or(Some((what, line)));
                at = end;
            }
            None => break,
        }
    }
    if let Some(head) = held::below_text(text, at) {
        return head;
    }
    let fault = stray(text, 0, at).or_else(|| beside_keys(text, at));
    Head { faults: fault.into_iter().collect(), ..Head::default() }
}

/// A second block directly below the front matter, or lines without one, that names an
/// audience: one which the first does not name, or another than it does.
pub(super) fn second(text: &str, head: &Head) -> Option<Fault> {
    let yaml = head.yaml.clone()?;
    let first = lines(&text[..yaml.end], yaml.start).find(names_audience);
    let names_other = |line: &Line<'_>| {
        is_audience_line(line) && first.is_none_or(|first| first.text.trim() != line.text.trim())
    };
    let mut at = yaml.end.max(head.body);
    if head.body == 0 {
        at = lines(text, at).next().map_or(at, |closing| closing.end);
    }
    if lines(&text[..yaml.end], yaml.start).all(|line| line.key().is_none()) {
        // Nothing stood between the two fences: what should have may follow.
        return beside_keys(text, at);
    }
    let start = at;
    while let Some(line) = lines(text, at).next() {
        if line.is_fence() || line.is_false_fence() {
            let block = Block::near(text, line);
            let named = block.significant().find(names_other);
            return named.filter(|_| block.begins_with_key()).map(|line| line.fault(FaultKind::Elsewhere));
        }
        match passed_over(text, line) {
            Some((end, _)) => at = end,
            None => break,
        }
    }
    // What stands there may be text: only our own key cannot be a word of a sentence.
    // Where a line `...` cut it short, its rest goes on below.
    let is_head = |line: &Line<'_>| line.is_yaml() || line.text.trim_end() == "...";
    let keyed = lines(text, at).take_while(is_head).last().map_or(at, |line| line.end);
    let is_text = |line: &Line<'_>| !line.is_blank() && code_marks(line).is_none();
    let paragraph = lines(text, at).take_while(is_text).last().map_or(at, |line| line.end);
    let end = if keyed > at { keyed } else { paragraph };
    let named = lines(&text[..end], start).find(names_other);
    named.map(|line| line.fault(FaultKind::Elsewhere))
}

/// What people put above front matter: where it ends, and what it is.
fn passed_over(text: &str, line: Line<'_>) -> Option<(usize, Above)> {
    let bare = line.text.trim_matches(super::is_unseen);
    if bare.is_empty() {
        let usual = line.text.chars().all(|c| matches!(c, ' ' | '\t'));
        return Some((line.end, if usual { Above::Blank } else { Above::Unseen }));
    }
    for (open, close) in [("<!--", "-->"), ("{/*", "*/}"), ("{#", "#}"), ("/*", "*/")] {
        if bare.starts_with(open) {
            let end = text[line.start..].find(close).map(|at| line.start + at + close.len())?;
            return Some((lines(text, end).next().map_or(end, |rest| rest.end), Above::Comment));
        }
    }
    if line.is_conflict() {
        return Some((line.end, Above::Conflict));
    }
    if ["[//]: #", "[comment]:", "//", "{%", "{{"].iter().any(|mark| bare.starts_with(mark)) {
        return Some((line.end, Above::Comment));
    }
    let marks = bare.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&marks) && matches!(bare.as_bytes().get(marks), None | Some(b' ' | b'\t')) {
        return Some((line.end, Above::Heading));
    }
    if bare.starts_with('<') && bare.ends_with('>') {
        return Some((line.end, Above::Html));
    }
    let next = lines(text, line.end).next()?;
    let underlined = !next.text.is_empty() && next.text.trim_end().chars().all(|c| c == '=');
    if underlined {
        return Some((next.end, Above::Heading));
    }
    // A rule that opens nothing, or signs typed there by mistake.
    let code = bare.starts_with("```") || bare.starts_with("~~~");
    let signs = !code && !bare.chars().any(char::is_alphanumeric);
    signs.then_some((line.end, Above::Signs))
}

/// Front matter that begins with this line, which stands below `above`.
fn block_at(text: &str, line: Line<'_>, above: Option<(Above, Line<'_>)>) -> Option<Head> {
    let bare = line.text.trim_matches(super::is_unseen);
    // Below a heading or a rule, what only looks like metadata may be meant to be read.
    let light = above.is_none_or(|(what, _)| !matches!(what, Above::Heading | Above::Html | Above::Signs));
    let fault = |kind: FaultKind| match above {
        Some((what, line)) => line.fault(FaultKind::Above(what)),
        None => line.fault(kind),
    };
    if bare == "---" {
        let block = Block::near(text, line);
        let keyed = light && block.begins_with_key() && block.closing.is_some();
        let meant = keyed || block.is_known(light);
        let kind = match line.text.chars().next() {
            Some('-') => FaultKind::Opening,
            Some(' ' | '\t') => FaultKind::Above(Above::Blank),
            _ => FaultKind::Above(Above::Unseen),
        };
        return (meant && block.all_yaml()).then(|| Head::cut_out(text, &block, fault(kind)));
    }
    if let Some(language) = bare.strip_prefix("---").map(str::trim)
        && matches!(language, "json" | "js" | "toml")
    {
        return language::in_language(text, line, language);
    }
    if line.is_false_fence() || is_odd_fence(bare) {
        let block = Block::near(text, line);
        let plain = line.is_false_fence() && block.closing.is_some() && above.is_none();
        let meant = block.begins_with_key() && (plain || block.is_known(light));
        return meant.then(|| Head::cut_out(text, &block, line.fault(FaultKind::Opening)));
    }
    if bare == "+++" {
        let block = Block::until(text, line, |line| line.text.trim_end() == "+++");
        let is_yaml = || block.closing.is_some() && block.begins_with_key() && block.is_known(light);
        return language::toml(text, &block, FaultKind::Toml)
            .or_else(|| is_yaml().then(|| Head::cut_out(text, &block, fault(FaultKind::Opening))));
    }
    if bare == ";;;" {
        return language::json(text, line);
    }
    if above.is_none_or(|(what, _)| !matches!(what, Above::Heading | Above::Html))
        && let Some(head) = fenced(text, line)
    {
        return Some(head);
    }
    let beside =
        || above.is_none_or(|(what, _)| what == Above::Blank).then(|| without_fences(text, line)).flatten();
    line.key().and_then(|_| without_opening(text, line, light)).or_else(beside)
}

/// A first line with more than `---`: `---yaml`, `--- # comment`, or another rule.
fn is_odd_fence(bare: &str) -> bool {
    let rest = bare.strip_prefix("---").map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with('#') || rest.chars().all(|c| c.is_ascii_alphabetic()))
        || bare.len() > 2 && ['*', '_', '='].iter().any(|mark| bare.chars().all(|c| c == *mark))
}

/// Text between fences of which a line names an audience and has no colon.
fn without_colon(text: &str, line: Line<'_>) -> Option<Head> {
    let block = line.is_fence().then(|| Block::near(text, line))?;
    let named = block.significant().find(lacks_colon)?;
    Some(Head { faults: vec![named.fault(FaultKind::Elsewhere)], ..Head::default() })
}

/// A block of code in YAML on top of the file that has our keys.
fn fenced(text: &str, line: Line<'_>) -> Option<Head> {
    let bare = line.text.trim();
    let (kind, _) = code_marks(&line)?;
    let language = bare.trim_start_matches(&MARKS[kind][..1]).trim().to_lowercase();
    let is_yaml =
        ["", "yaml", "yml", "toml", "front-matter", "frontmatter", "metadata"].contains(&language.as_str());
    let mut block = Block::until(text, line, |closing| ends_code(closing, &line));
    if !is_yaml || !block.has_known_key() {
        return None;
    }
    let whole = block.clone();
    // Inside the code the usual fences may stand.
    if let Some(inner) = block.lines().next().filter(Line::is_fence) {
        let end = block.closing.map_or(text.len(), |line| line.start);
        let inner = Block::near(&text[..end], inner);
        block.content = inner.content;
    }
    let mut head = Head::cut_out(text, &whole, line.fault(FaultKind::Fenced));
    head.yaml = Some(block.content);
    // It may be an example, which its readers are to see.
    head.blanked = None;
    Some(head)
}

/// Lines `key: value` that end with `---` but do not begin with it.
fn without_opening(text: &str, line: Line<'_>, light: bool) -> Option<Head> {
    let top = Line { end: line.start, text: "", ..line };
    let block = Block::near(text, top);
    block.closing.filter(|_| block.all_yaml())?;
    let fault = line.fault(FaultKind::NoOpening);
    if block.is_known(light) {
        return Some(Head::cut_out(text, &block, fault));
    }
    // Keys of another tool are reported, but stay where their readers see them.
    let foreign =
        |line: &Line<'_>| line.key().is_some_and(|key| key.starts_with(|c: char| c.is_ascii_lowercase()));
    (light && block.significant().filter(foreign).count() > 1)
        .then(|| Head { faults: vec![fault], ..Head::default() })
}

/// A first paragraph of nothing but our own keys, one of which says what the chapter is: front
/// matter without any `---`, as people write it who come from a word processor.
fn without_fences(text: &str, line: Line<'_>) -> Option<Head> {
    // Bytes of a line: what is longer is a sentence.
    const LONGEST: usize = 200;
    let paragraph: Vec<Line<'_>> =
        lines(text, line.start).take(MOST_LINES).take_while(|line| !line.is_blank()).collect();
    let is_ours = |key: &str| Field::is_key(key) || Field::meant_by(key, None).is_some();
    let is_entry = |line: &Line<'_>| line.key().is_some_and(is_ours) && line.text.len() <= LONGEST;
    let tells = |line: &Line<'_>| line.key().is_some_and(Field::is_of_control);
    let last = paragraph.last().filter(|_| paragraph.len() > 1)?;
    if !paragraph.iter().all(is_entry) || !paragraph.iter().any(tells) {
        return None;
    }
    let opening = Line { end: line.start, text: "", ..line };
    let block = Block { text, opening, content: line.start..last.end, closing: None };
    Some(Head::cut_out(text, &block, line.fault(FaultKind::NoFences)))
}

/// The first line of some that names an audience, dressed as text.
fn stray(text: &str, start: usize, below: usize) -> Option<Fault> {
    // Lines below that look like YAML, else the first paragraph, are looked at as well.
    let end = |last: Option<Line<'_>>| last.map_or(below, |line| line.end);
    let keyed = end(lines(text, below).take_while(Line::is_yaml).last());
    let is_text = |line: &Line<'_>| !line.is_blank() && code_marks(line).is_none();
    let paragraph = if keyed > below { keyed } else { end(lines(text, below).take_while(is_text).last()) };
    let comment = |line: &Line<'_>| line.text.trim_start_matches(super::is_unseen).starts_with("<!--");
    let named = lines(&text[..paragraph], start)
        .find(|line| names_audience_dressed(line) || comment(line) && names_audience(line));
    named.map(|line| line.fault(FaultKind::Elsewhere))
}

/// A line that begins with our own key, and has a name or two behind it.
fn is_audience_line(line: &Line<'_>) -> bool {
    if line.text.starts_with([' ', '\t']) {
        return false;
    }
    let dressed = |c: char| !c.is_alphanumeric() && !"->#|`+*".contains(c);
    let begin = line.text.trim_start_matches(dressed);
    let rest = begin.strip_prefix("audience").map(|rest| rest.trim_start_matches(super::is_unseen));
    rest.is_some_and(|rest| rest.starts_with([':', '：', '=']) && !is_sentence(rest))
}

/// A line below text that names an audience, and has that very word for a key or stands
/// beside another key or a fence: text came to stand above front matter, or inside it.
fn beside_keys(text: &str, from: usize) -> Option<Fault> {
    let mut code = Code { ends: from, unclosed: [usize::MAX; 2] };
    let mut last: Option<Line<'_>> = None;
    let mut named: Option<Line<'_>> = None;
    for line in lines(text, from).filter(|line| !line.is_blank()) {
        let seen = line.start >= code.ends;
        if let Some(named) = named.filter(|named| seen && belong(named, &line)) {
            return Some(named.fault(FaultKind::Elsewhere));
        }
        // Four spaces make a block of code.
        let plain = seen && !line.text.starts_with(['\t', '>']) && !line.text.starts_with("    ");
        let names = plain && names_audience_in_text(&line);
        if plain && is_audience_line(&line) || names && last.is_some_and(|last| belong(&line, &last)) {
            return Some(line.fault(FaultKind::Elsewhere));
        }
        named = names.then_some(line);
        last = Some(line);
        if seen {
            code.open(text, &line);
        }
    }
    None
}

/// Whether a line that names an audience and its neighbour look like front matter. In a
/// text `Audience: …` and 密级：… may stand beside much.
fn belong(named: &Line<'_>, beside: &Line<'_>) -> bool {
    let ours = named.labels().next().is_some_and(|label| {
        is_audience_misspelt(label) && !label.starts_with(|c: char| c.is_ascii_uppercase())
    });
    let fence = beside.is_end() || beside.is_false_fence();
    beside.has_own_key() || ours && (fence || beside.key().is_some())
}

/// Blocks of code that have been met.
struct Code {
    /// Where the last one ends.
    ends: usize,
    /// As many backquotes, and tildes, as nothing closes: a stray mark hides nothing, and
    /// is looked for once.
    unclosed: [usize; 2],
}

impl Code {
    fn open(&mut self, text: &str, line: &Line<'_>) {
        let Some((kind, count)) = code_marks(line) else { return };
        if count >= self.unclosed[kind] {
            return;
        }
        match end_of_code(text, line) {
            Some(end) => self.ends = end,
            None => self.unclosed[kind] = count,
        }
    }
}

const MARKS: [&str; 2] = ["```", "~~~"];

/// Which marks of code a line begins with, and how many.
fn code_marks(line: &Line<'_>) -> Option<(usize, usize)> {
    let bare = line.text.trim();
    let kind = MARKS.iter().position(|mark| bare.starts_with(mark))?;
    Some((kind, bare.len() - bare.trim_start_matches(&MARKS[kind][..1]).len()))
}

/// Where the block of code ends that this line opens; `None` where nothing closes it.
fn end_of_code(text: &str, line: &Line<'_>) -> Option<usize> {
    code_marks(line)?;
    lines(text, line.end).find(|closing| ends_code(closing, line)).map(|line| line.end)
}

/// Whether a line closes the block of code that another opened: as many marks, and
/// nothing behind them.
fn ends_code(closing: &Line<'_>, opening: &Line<'_>) -> bool {
    let Some(((kind, count), (closed, marks))) = code_marks(opening).zip(code_marks(closing)) else {
        return false;
    };
    closed == kind && marks >= count && closing.text.trim().len() == marks
}

impl Block<'_> {
    /// Whether it has a key by which front matter is known: one of ours where it is not
    /// sure that metadata is meant.
    fn is_known(&self, light: bool) -> bool {
        self.significant().any(|line| if light { line.has_known_key() } else { line.has_own_key() })
    }

    pub(super) fn all_yaml(&self) -> bool {
        self.closing.is_none() || self.lines().all(|line| line.is_yaml() || line.is_conflict())
    }
}

impl Head {
    /// A head whose front matter is cut out of the text that it stands in.
    pub(super) fn cut_out(text: &str, block: &Block<'_>, fault: Fault) -> Self {
        let (content, end) = match block.closing {
            Some(closing) => (block.content.clone(), closing.end),
            None => (block.content.start..block.likely_end(), block.likely_end()),
        };
        let block = Block { content, ..block.clone() };
        let mut head = Self { body: 0, ..Self::new(text, &block, end, vec![fault]) };
        head.blanked = Some(blank(text, std::iter::once(block.opening.start..end)));
        head
    }
}
