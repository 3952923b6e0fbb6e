//! The page of the guide that lists every rule, so that the guide cannot tell of
//! others than the program has.

use super::{Level, RULES, Rule};
use crate::locale::{Language, Message};
use crate::message;
use std::fmt::Write as _;

/// The page as a chapter: front matter, a table of all rules, and each rule explained.
#[must_use]
pub fn page(language: Language) -> String {
    let say = |message: Message| language.text(&message);
    let mut out = say(message!("rules-page"));
    let _ = write!(out, "\n\n{}\n| --- | --- | --- |\n", say(message!("rules-page-columns")));
    for rule in RULES {
        let level = say(level(rule));
        let _ =
            writeln!(out, "| [`{0}`](#{0}) | {level} | {1} |", rule.code, escaped(&rule.summary(language)));
    }
    for rule in RULES {
        let _ = write!(
            out,
            "\n## {} {{#{}}}\n\n{}\n\n~~~~text\n{}\n~~~~\n",
            rule.code,
            rule.code,
            escaped(&rule.explanation(language)),
            rule.example(language)
        );
    }
    out
}

/// A text of a catalogue as Markdown: what stands between backticks is code, and no other
/// sign means anything.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split('`').enumerate() {
        let is_code = at % 2 == 1;
        if at > 0 {
            out.push('`');
        }
        for c in part.chars() {
            if !is_code && matches!(c, '[' | ']' | '*' | '_' | '<' | '~' | '{' | '!' | '\\' | '|') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// What a rule's level is called.
#[must_use]
pub fn level(rule: &Rule) -> Message {
    match (rule.level, rule.is_fixed) {
        (Level::Off, _) => message!("level-off"),
        (Level::Note, _) => message!("level-note"),
        (Level::Warning, _) => message!("level-warning"),
        (Level::Error, false) => message!("level-error"),
        (Level::Error, true) => message!("level-error-fixed"),
    }
}
