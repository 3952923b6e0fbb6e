//! Messages about wrong arguments, in the user's language.
//!
//! clap finds what is wrong, but its own messages are English. The exit status is 2, as with clap.

use super::output;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use handbook::locale::{Language, Message, Value};
use handbook::message;
#[cfg(feature = "serve")]
use handbook::serve::Editor;
use jiff::civil::Date;
use std::fmt;
#[cfg(feature = "serve")]
use std::net::IpAddr;
use std::process::ExitCode;

/// What is wrong with the value of an option.
#[derive(Debug)]
pub(super) struct UsageError(pub(super) Message);

impl fmt::Display for UsageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::ENGLISH.text(&self.0))
    }
}

impl std::error::Error for UsageError {}

/// A day.
pub(super) fn date(written: &str) -> Result<Date, UsageError> {
    handbook::yaml::parse_date(written).map_err(|wrong| UsageError(wrong.help))
}

/// How a file is opened.
#[cfg(feature = "serve")]
pub(super) fn editor(written: &str) -> Result<Editor, UsageError> {
    Editor::parse(written).map_err(UsageError)
}

/// A number of things.
pub(super) fn count(written: &str) -> Result<usize, UsageError> {
    written.parse().map_err(|_| UsageError(message!("cli-usage-count")))
}

/// Days, such as `60d` or `8w`.
pub(super) fn days(written: &str) -> Result<i32, UsageError> {
    let wrong = || UsageError(message!("cli-usage-days"));
    let days = handbook::chapter::front_matter::read_days(written).ok_or_else(wrong)?;
    i32::try_from(days).map_err(|_| wrong())
}

/// A port of this machine.
pub(super) fn port(written: &str) -> Result<u16, UsageError> {
    written.parse().map_err(|_| UsageError(message!("cli-usage-port")))
}

/// An address in numbers.
#[cfg(feature = "serve")]
pub(super) fn address(written: &str) -> Result<IpAddr, UsageError> {
    written.parse().map_err(|_| UsageError(message!("cli-usage-address")))
}

/// Prints what clap returns instead of arguments: the text of `--help` or `--version`, or an error.
pub(super) fn print_error(error: &clap::Error, language: Language) -> ExitCode {
    let code = ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    ) {
        // A closed pipe is not an error.
        let _ = error.print();
        return code;
    }
    output::print_failure(language, &describe(error));
    if let Some(usage) = usage(error) {
        let verb = usage.split(' ').nth(1).filter(|word| !word.starts_with(['[', '<']));
        let help =
            verb.map_or_else(|| "handbook --help".to_owned(), |verb| format!("handbook {verb} --help"));
        output::print_message(language, &message!("cli-usage-see", usage = usage, help = help));
    }
    code
}

/// The usage of the command, as far as it was recognized.
fn usage(error: &clap::Error) -> Option<String> {
    let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) else { return None };
    let usage = usage.to_string();
    Some(usage.strip_prefix("Usage: ").unwrap_or(&usage).trim().to_owned())
}

fn describe(error: &clap::Error) -> Message {
    let argument = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let wrong = text(error, ContextKind::InvalidSubcommand);
            with_suggestion(error, message!("cli-usage-unknown-command", written = wrong))
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            with_suggestion(error, message!("cli-usage-unknown-option", written = argument))
        }
        ErrorKind::UnknownArgument => message!("cli-usage-one-too-many", written = argument),
        ErrorKind::InvalidValue if value.is_empty() => {
            let wrong = message!("cli-usage-no-value", option = argument);
            with_values(error, wrong)
        }
        ErrorKind::InvalidValue => {
            let wrong = message!("cli-usage-unknown-value", option = argument, written = value);
            with_values(error, wrong)
        }
        ErrorKind::ValueValidation => {
            let reason =
                std::error::Error::source(error).and_then(|source| source.downcast_ref::<UsageError>());
            match reason {
                Some(UsageError(reason)) => {
                    message!("cli-usage-wrong-value", option = argument, written = value, reason = reason)
                }
                None => message!("cli-usage-unknown-value", option = argument, written = value),
            }
        }
        ErrorKind::NoEquals => message!("cli-usage-no-equals", option = argument),
        ErrorKind::TooManyValues => message!("cli-usage-too-many-values", option = argument, written = value),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            message!("cli-usage-no-value", option = argument)
        }
        ErrorKind::ArgumentConflict => conflict(error, &argument),
        ErrorKind::MissingRequiredArgument => {
            message!("cli-usage-missing", arguments = list(error, ContextKind::InvalidArg))
        }
        ErrorKind::MissingSubcommand => message!("cli-usage-no-command"),
        ErrorKind::InvalidUtf8 => message!("cli-usage-not-utf8"),
        _ => message!("cli-usage-unclear"),
    }
}

fn conflict(error: &clap::Error, argument: &str) -> Message {
    let others = match error.get(ContextKind::PriorArg) {
        Some(ContextValue::String(other)) if other == argument => {
            return message!("cli-usage-twice", option = argument);
        }
        Some(ContextValue::String(other)) => std::iter::once(other.as_str()).collect(),
        _ => list(error, ContextKind::PriorArg),
    };
    message!("cli-usage-conflict", option = argument, others = others)
}

/// Adds what was probably meant, if a name is similar.
fn with_suggestion(error: &clap::Error, wrong: Message) -> Message {
    let names = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg];
    let name = names.iter().find_map(|kind| match error.get(*kind)? {
        ContextValue::String(name) => Some(name),
        ContextValue::Strings(names) => names.first(),
        _ => None,
    });
    match name {
        Some(name) => message!("cli-with-help", wrong = wrong, help = message!("did-you-mean", name = name)),
        None => wrong,
    }
}

/// Adds the possible values, if there is a list of them.
fn with_values(error: &clap::Error, wrong: Message) -> Message {
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => {
            let values: Value = values.iter().collect();
            message!("cli-with-help", wrong = wrong, help = message!("cli-usage-possible", values = values))
        }
        _ => wrong,
    }
}

fn text(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    }
}

fn list(error: &clap::Error, kind: ContextKind) -> Value {
    match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.iter().collect(),
        Some(ContextValue::String(text)) => std::iter::once(text).collect(),
        _ => Value::List(Vec::new()),
    }
}
