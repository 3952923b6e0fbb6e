//! `explain`: prints what a rule means, for people who are not programmers.

use super::{Common, Failure, output};
use handbook::diagnostic::{Level, nearest};
use handbook::locale::{Language, Message};
use handbook::message;
use handbook::rule::{RULES, Rule};
use std::fmt::Write as _;
use std::process::ExitCode;
use unicode_width::UnicodeWidthStr;

pub(super) fn run(code: Option<&str>, common: &Common) -> Result<ExitCode, Failure> {
    let language = common.language();
    let text = match code {
        None => list(language),
        Some(code) => explanation(Rule::find(code).ok_or_else(|| unknown(code))?, language),
    };
    output::print(&text)
}

fn unknown(code: &str) -> Failure {
    let wrong = message!("cli-explain-unknown", written = code);
    let help = match nearest(code, RULES.iter().map(|rule| rule.code)) {
        Some(name) => message!("did-you-mean", name = name),
        None => message!("cli-explain-all"),
    };
    message!("cli-with-help", wrong = wrong, help = help)
}

/// All rules, one per line.
fn list(language: Language) -> String {
    let codes = RULES.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    let levels: Vec<String> = RULES.iter().map(|rule| language.text(&level(rule.level))).collect();
    let width = levels.iter().map(|level| level.width()).max().unwrap_or_default();
    let mut text = String::new();
    for (rule, level) in RULES.iter().zip(&levels) {
        let space = " ".repeat(width - level.width());
        let _ = writeln!(text, "{:codes$}  {level}{space}  {}", rule.code, rule.summary(language));
    }
    text
}

fn explanation(rule: &Rule, language: Language) -> String {
    let bold = anstyle::Style::new().bold();
    let say = |message: Message| language.text(&message);
    let changes = match rule.is_fixed {
        true => message!("cli-explain-fixed"),
        false => message!("cli-explain-changes", code = rule.code),
    };
    let example: String = rule.example(language).lines().fold(String::new(), |all, line| {
        let indent = if line.is_empty() { "" } else { "    " };
        all + indent + line + "\n"
    });
    format!(
        "{bold}{}{bold:#} ({})\n{}\n\n{}\n\n{}\n{example}\n{}\n",
        rule.code,
        say(level(rule.level)),
        rule.summary(language),
        rule.explanation(language),
        say(message!("cli-explain-example")),
        say(changes),
    )
}

fn level(level: Level) -> Message {
    match level {
        Level::Error => message!("level-error"),
        Level::Warning => message!("level-warning"),
        Level::Note => message!("level-note"),
        Level::Off => message!("cli-explain-off"),
    }
}
