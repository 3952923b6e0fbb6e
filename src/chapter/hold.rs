//! What keeps a chapter back until it is finished, in whatever words its author knows.
//!
//! Hugo, Jekyll, Docusaurus, Obsidian and others each have a key of their own for it:
//! `draft: true`, `published: false`, `unlisted: true`, `publish: no`. A chapter that its
//! author holds back by one of them is a draft here too. As with `audience`, a mistake
//! must err on the side of showing less: a value that is neither yes nor no holds the
//! chapter back, and so does a line that YAML could not read.

mod key;

pub(super) use key::is_understood;

use super::foreign::{Meaning, meaning};
use super::head::{Line, is_unseen, lines};
use super::spelling::letters;
use super::vocabulary::{Choice, Status};
use crate::diagnostic::{Diagnostic, Level};
use crate::message;
use crate::rule;
use crate::text::Span;
use crate::yaml::{Document, Step, flag};
use jiff::civil::Date;
use key::{Key, retires};
use serde_yaml::{Mapping, Value};
use unicode_normalization::UnicodeNormalization;

/// Whether a chapter is held back, whatever its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Hold {
    /// It is not.
    #[default]
    Open,
    /// Until this day, on which it is published.
    Until(Date),
    /// It is a draft.
    Draft,
}

impl Hold {
    /// Whether the chapter is held back on a day.
    #[must_use]
    pub fn is_closed(self, today: Date) -> bool {
        match self {
            Self::Open => false,
            Self::Until(day) => today < day,
            Self::Draft => true,
        }
    }
}

/// Why a chapter is held back.
enum Reason {
    /// Its author says so.
    Stated,
    /// What stands there is neither yes nor no.
    Unclear,
}

/// What holds a chapter back, with a diagnostic for it.
pub(super) struct HoldReading {
    pub(super) hold: Hold,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl HoldReading {
    /// What lines say that YAML did not read.
    pub(super) fn read_lost_lines(
        &mut self,
        document: &Document,
        mapping: &Mapping,
        text: &str,
        place: &Span,
        broken: bool,
    ) {
        let all: Vec<Line<'_>> = lines(&text[..place.end], place.start).collect();
        for (at, line) in all.iter().enumerate() {
            let Some((key, mut rest)) = lost_entry(line, mapping, broken) else { continue };
            if broken && rest.is_empty() {
                rest = all.get(at + 1).map_or("", |next| next.text.trim_matches(|c| c == ' ' || c == '-'));
            }
            let value = Value::String(rest.to_owned());
            let held = Key::of(key).and_then(|kind| held_in_line(kind, key, &value));
            let held = held.map(|held| (key, held)).or_else(|| held_in_table(key, rest));
            if let Some((key, (hold, reason))) = held {
                self.add(document, line.start..line.start + line.text.len(), key, hold, &reason);
            }
        }
    }

    fn add(&mut self, document: &Document, span: Span, key: &str, hold: Hold, reason: &Reason) {
        self.hold = self.hold.max(hold);
        let (message, help, level) = match (reason, hold) {
            // The day may be past: that is for whoever knows the day of the build to say.
            (Reason::Stated, Hold::Until(day)) => (
                message!("foreign-value-day", key = key, day = day),
                message!("foreign-value-day.help"),
                Level::Note,
            ),
            (Reason::Stated, _) => {
                (message!("foreign-value-held", key = key), message!("foreign-value-held.help"), Level::Note)
            }
            (Reason::Unclear, _) => (
                message!("foreign-value-unclear", key = key),
                message!("foreign-value-unclear.help"),
                Level::Warning,
            ),
        };
        let diagnostic = Diagnostic::new(&rule::FOREIGN_VALUE, message).at(&document.path, span).help(help);
        self.diagnostics.push(diagnostic.at_level(level));
    }
}

/// Whether a line that YAML has not read holds its chapter back.
pub(super) fn holds(line: &Line<'_>) -> bool {
    let held = lost_entry(line, &Mapping::new(), true).and_then(|(key, rest)| {
        Key::of(key).and_then(|kind| held_in_line(kind, key, &Value::String(rest.to_owned())))
    });
    held.is_some_and(|(_, reason)| matches!(reason, Reason::Stated))
}

/// What the keys of a chapter's front matter say. `text` is its YAML as it stands in the
/// file, and `broken` says whether all of it could be read.
pub(super) fn read(
    document: &Document,
    mapping: &Mapping,
    yaml: &Span,
    text: &str,
    broken: bool,
) -> HoldReading {
    let mut reading = HoldReading { hold: Hold::Open, diagnostics: Vec::new() };
    for (key, value) in mapping {
        let Some(key) = key.as_str().filter(|key| !key.starts_with("x-")) else { continue };
        // A page of GitBook's for some visitors only.
        if key == "if" && value.as_str().is_some_and(|condition| condition.contains("visitor.")) {
            let span = document.locate(&[Step::Key(key.to_owned())]);
            reading.add(document, span, key, Hold::Draft, &Reason::Stated);
        } else if let Some((hold, reason)) = Key::of(key).and_then(|kind| held_by(kind, key, value)) {
            reading.add(document, document.locate(&[Step::Key(key.to_owned())]), key, hold, &reason);
        } else if !matches!(key, "extra" | "raci" | "terms" | "revisions" | "status")
            && let Some(inner) = held_within(key, value)
        {
            let span = document.locate(&[Step::Key(key.to_owned())]);
            reading.add(document, span, &inner, Hold::Draft, &Reason::Stated);
        }
    }
    reading.read_lost_lines(document, mapping, text, yaml, broken);
    reading
}

/// Key and value of a line that YAML did not read as an entry: all lines where it is not
/// valid, else those with a full-width colon.
fn lost_entry<'a>(line: &Line<'a>, mapping: &Mapping, broken: bool) -> Option<(&'a str, &'a str)> {
    let dressed = |c: char| {
        is_unseen(c) || matches!(c, '-' | '"' | '\'' | '{' | '}' | '[' | ']' | '?' | ',' | '*' | '`')
    };
    let (key, rest) = line.text.split_once([':', '：', '=', '＝'])?;
    let wide = line.text[key.len()..].starts_with(['：', '＝']);
    let key = key.trim_matches(dressed);
    let lost = broken || wide && !mapping.contains_key(key);
    let rest = rest.split(" #").next().unwrap_or("").trim_matches(|c| dressed(c) || matches!(c, ':' | '：'));
    (lost && !line.is_comment() && !key.is_empty()).then_some((key, rest))
}

/// What holds back in a line that was not read. `status` is no field there.
fn held_in_line(kind: Key, key: &str, value: &Value) -> Option<(Hold, Reason)> {
    if kind != Key::State {
        return held_by(kind, key, value);
    }
    let held = text(value).is_some_and(|text| meaning(&text) == Meaning::NotYet || is_draft(&text));
    held.then_some((Hold::Draft, Reason::Stated))
}

/// What holds back in a line of TOML about how a page is made: `build.render = "never"`, or
/// `build = {render = "never"}`. `rest` is without its brackets.
fn held_in_table<'a>(key: &'a str, rest: &'a str) -> Option<(&'a str, (Hold, Reason))> {
    let bare = |text: &'a str| text.trim_matches([' ', '"', '\'', '{', '}']);
    let held = |inner: &'a str, value: &str| {
        let value = Value::String(value.to_owned());
        Key::of(inner).and_then(|kind| held_in_line(kind, inner, &value)).map(|held| (inner, held))
    };
    if let Some((outer, inner)) = key.rsplit_once('.') {
        return held(bare(inner), rest).filter(|_| key::is_about_building(bare(outer)));
    }
    let mut parts = rest.split(',').filter_map(|part| part.split_once(['=', ':']));
    let found = parts.find_map(|(inner, value)| held(bare(inner), bare(value)));
    found.filter(|_| key::is_about_building(key))
}

/// Whether the value of a key holds back, and why.
fn held_by(kind: Key, key: &str, value: &Value) -> Option<(Hold, Reason)> {
    let stated = |held: bool| held.then_some((Hold::Draft, Reason::Stated));
    let unclear = Some((Hold::Draft, Reason::Unclear));
    match (kind, flag(value)) {
        (Key::Hides | Key::MayHide, Some(yes)) => stated(yes),
        (Key::Shows | Key::MayShow, Some(yes)) => stated(!yes),
        // An empty line of a template says of no day.
        (Key::Day, _) if value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()) => None,
        (Key::Day, Some(yes)) => stated(!yes),
        (Key::Day, None) => match day(value) {
            Some(day) => Some((Hold::Until(day), Reason::Stated)),
            None => unclear,
        },
        (Key::Shows, None) => match (day(value), text(value).map(|text| meaning(&text))) {
            (Some(day), _) => Some((Hold::Until(day), Reason::Stated)),
            (None, Some(Meaning::NotYet)) => stated(true),
            (None, Some(_)) if text(value).is_some_and(|text| is_shown(&text)) => None,
            _ => unclear,
        },
        (Key::Hides, None) => match text(value) {
            Some(text) if is_shown(&text) => None,
            Some(text) if meaning(&text) == Meaning::NotYet => stated(true),
            _ => unclear,
        },
        (Key::MayHide, None) => None,
        (Key::MayShow, None) => {
            // What Hugo only links to has no page of its own.
            let is_link = |text: &str| text == "link" && letters(key) == "render";
            stated(
                text(value).map(|text| letters(&text)).is_some_and(|text| text == "never" || is_link(&text)),
            )
        }
        (Key::State, _) if key == "status" => match value {
            // The words under it are read as those of a field.
            Value::Null => None,
            Value::Bool(_) => unclear,
            value => {
                if text(value).is_some() {
                    None
                } else {
                    unclear
                }
            }
        },
        (Key::State, _) => {
            stated(text(value).is_some_and(|text| meaning(&text) == Meaning::NotYet || is_draft(&text)))
        }
    }
}

/// Whether a text is one of our own words for a draft, or nearly.
fn is_draft(text: &str) -> bool {
    matches!(Choice::<Status>::of(text).value(), Some(Status::Draft))
}

/// Words that say of a chapter that it is published.
fn is_shown(text: &str) -> bool {
    matches!(
        letters(text).as_str(),
        "published"
            | "publish"
            | "public"
            | "live"
            | "released"
            | "everyone"
            | "all"
            | "已发布"
            | "发布"
            | "公开"
            | "已公开"
    )
}

/// A value inside another that holds back: Hugo has `build: {render: never}`. Of a part of
/// the page, as in GitBook's `layout: {tableOfContents: {visible: false}}`, it says nothing
/// of the chapter.
fn held_within(outer: &str, value: &Value) -> Option<String> {
    let inner = match value {
        Value::Mapping(mapping) if !key::is_part_of_page(outer) => mapping,
        Value::Tagged(tagged) => return held_within(outer, &tagged.value),
        _ => return None,
    };
    inner.iter().find_map(|(key, value)| {
        let key = key.as_str()?;
        match Key::of(key) {
            Some(Key::MayHide | Key::MayShow) if !key::is_about_building(outer) => held_within(key, value),
            Some(Key::State | Key::Day) | None => held_within(key, value),
            Some(kind) => matches!(held_by(kind, key, value), Some((Hold::Draft, Reason::Stated)))
                .then(|| key.to_owned()),
        }
    })
}

/// What a value says in words; of a list all of them.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Sequence(items) => {
            let texts: Option<Vec<String>> = items.iter().map(text).collect();
            texts.map(|texts| texts.join(", "))
        }
        Value::Tagged(tagged) => text(&tagged.value),
        Value::Null | Value::Mapping(_) => None,
    }
}

/// The day that a value names, as other programs write it: `2025-01-31 08:00:00 +0800`,
/// `2025/1/31`, `Jan 31, 2025`, `2025`. Of a month or a year it is the first.
pub fn day(value: &Value) -> Option<Date> {
    let text = text(value)?.nfkc().collect::<String>().to_lowercase();
    let numbers: Vec<i16> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).take(4).collect();
    let at = numbers.iter().position(|number| (1900..2200).contains(number))?;
    let part = |number: Option<&i16>| {
        number.and_then(|number| i8::try_from(*number).ok()).filter(|number| *number > 0)
    };
    let named = MONTHS.iter().position(|month| text.contains(month)).and_then(|at| i8::try_from(at + 1).ok());
    let (month, day) = match named {
        Some(month) => (month, part(numbers.iter().find(|number| (1..=31).contains(*number)))),
        None if at == 0 => (part(numbers.get(1)).unwrap_or(1), part(numbers.get(2))),
        // Day and month may stand in either order: the later day is the safe one.
        None => {
            let (a, b) = (part(numbers.first())?, part(numbers.get(1)).unwrap_or(1));
            let both = [Date::new(numbers[at], a, b), Date::new(numbers[at], b, a)];
            return both.into_iter().filter_map(Result::ok).max();
        }
    };
    Date::new(numbers[at], month, day.unwrap_or(1)).ok()
}

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The key by which front matter says that its chapter is no longer in force, as in
/// `deprecated: true`.
pub(super) fn retired_by(mapping: &Mapping) -> Option<&str> {
    let says = |value: &Value| flag(value).unwrap_or(false);
    mapping
        .iter()
        .filter_map(|(key, value)| Some((key.as_str()?, value)))
        .find_map(|(key, value)| (retires(key) && says(value)).then_some(key))
}

#[cfg(test)]
mod tests;
