//! The texts of `--help` and of completions, in the user's language.
//!
//! clap knows the commands and options, but not their help texts. Each text has an id made of the
//! path to it: `help-build` for a verb, `help-build-precompress` for
//! its option, `help-program-…` for what all verbs take. What stands for a value, such as
//! `<DIR>`, has one too: `help-value-dir`.

use super::{Failure, output};
use clap::{Arg, ArgAction, Command};
use handbook::locale::{Language, Message};
use handbook::message;
use std::fmt::Write as _;
use std::process::ExitCode;

/// Display order of options that all commands have: after a command's own.
const COMMON: usize = 100;
/// Display order of `--help` and `--version`.
const BUILTIN: usize = 1_000;

/// A command and its subcommands with their help texts.
pub(super) fn localize(command: Command, language: Language) -> Command {
    let verbs: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
    let program = command.get_name().to_owned();
    let mut command = localize_command(command, "program", &program, language)
        .mut_args(|arg| if arg.is_global_set() { after_own(arg) } else { arg })
        .arg(builtin_flag("version", 'V', ArgAction::Version, language));
    for verb in verbs {
        let path = format!("{program} {verb}");
        command = command.mut_subcommand(&verb, |own| localize_command(own, &verb, &path, language));
    }
    command
}

/// `handbook help`, and `handbook help VERB`.
pub(super) fn run(mut command: Command, verb: Option<&str>) -> Result<ExitCode, Failure> {
    command.build();
    let text = match verb {
        None => command.render_help(),
        Some(verb) => command
            .find_subcommand_mut(verb)
            .map(Command::render_help)
            .ok_or_else(|| message!("cli-usage-unknown-command", written = verb))?,
    };
    output::print(&text.ansi().to_string())
}

fn after_own(arg: Arg) -> Arg {
    let order = COMMON + arg.get_display_order();
    arg.display_order(order)
}

/// `--help` or `--version`, which clap would describe in English.
fn builtin_flag(name: &'static str, letter: char, action: ArgAction, language: Language) -> Arg {
    let help = text(language, &format!("help-program-{name}"));
    Arg::new(name).short(letter).long(name).action(action).help(help).display_order(BUILTIN)
}

fn localize_command(command: Command, id: &str, path: &str, language: Language) -> Command {
    let command = command.mut_args(|arg| localize_argument(arg, id, language));
    let usage = usage(&command, path, language);
    let template = template(&command, language);
    command
        .about(text(language, &format!("help-{id}")))
        .arg(builtin_flag("help", 'h', ArgAction::Help, language))
        .override_usage(usage)
        .help_template(template)
}

/// An argument with its help text, which names its default and possible values, since clap's own
/// texts for these are English.
fn localize_argument(arg: Arg, id: &str, language: Language) -> Arg {
    let mut help = text(language, &id_of(&arg, id));
    if !arg.get_action().takes_values() {
        return arg.help(help);
    }
    let placeholder = text(language, &value_id(&arg));
    let arg = arg.value_name(placeholder);
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() {
        let words = message!("help-default", value = defaults.join(" "));
        let _ = write!(help, " {}", language.text(&words));
    }
    let values: Vec<_> = arg.get_possible_values().into_iter().filter(|value| !value.is_hide_set()).collect();
    if !values.is_empty() {
        let separator = language.text(&message!("list-separator"));
        let names: Vec<&str> = values.iter().map(clap::builder::PossibleValue::get_name).collect();
        let words = message!("help-possible-values", values = names.join(&separator));
        let _ = write!(help, " {}", language.text(&words));
    }
    arg.help(help).hide_default_value(true).hide_possible_values(true)
}

fn id_of(arg: &Arg, id: &str) -> String {
    format!("help-{id}-{}", arg.get_long().unwrap_or(arg.get_id().as_str()))
}

/// The id of what stands for a value of the argument.
fn value_id(arg: &Arg) -> String {
    let given = arg.get_value_names().and_then(<[_]>::first).map(|name| name.as_str());
    let name = given.unwrap_or_else(|| arg.get_id().as_str()).to_ascii_lowercase();
    let words: Vec<&str> =
        name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!("help-value-{}", words.join("-"))
}

/// A text, or its id if no language has it; a test checks that all have.
fn text(language: Language, id: &str) -> String {
    language.find(id).or_else(|| Language::ENGLISH.find(id)).unwrap_or_else(|| id.to_owned())
}

fn usage(command: &Command, path: &str, language: Language) -> String {
    let mut usage = format!("{path} {}", language.text(&message!("help-usage-options")));
    for argument in command.get_positionals() {
        let _ = write!(usage, " {argument}");
    }
    if command.has_subcommands() {
        let _ = write!(usage, " {}", language.text(&message!("help-usage-command")));
    }
    usage
}

fn template(command: &Command, language: Language) -> String {
    let style = command.get_styles().get_header();
    let heading = |words: Message| {
        let text = language.text(&words);
        let bare = text.trim_end();
        format!("{style}{bare}{style:#}{}", &text[bare.len()..])
    };
    let mut template = format!("{{about}}\n\n{}{{usage}}\n", heading(message!("help-heading-usage")));
    let mut section = |words: Message, tag: &str| {
        let _ = write!(template, "\n{}\n{tag}\n", heading(words));
    };
    if command.has_subcommands() {
        section(message!("help-heading-commands"), "{subcommands}");
    }
    if command.get_positionals().next().is_some() {
        section(message!("help-heading-arguments"), "{positionals}");
    }
    section(message!("help-heading-options"), "{options}");
    template.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::Cli;
    use super::*;
    use clap::CommandFactory;

    /// Ids of all that is said of a command, its verbs and their arguments.
    fn ids() -> Vec<String> {
        let command = Cli::command();
        let mut ids: Vec<String> =
            ["help-program", "help-program-help", "help-program-version"].map(str::to_owned).into();
        let values = |command: &Command| {
            let takes_values = command.get_arguments().filter(|arg| arg.get_action().takes_values());
            takes_values.map(value_id).collect::<Vec<_>>()
        };
        ids.extend(command.get_arguments().map(|arg| id_of(arg, "program")));
        ids.extend(values(&command));
        for verb in command.get_subcommands() {
            ids.push(format!("help-{}", verb.get_name()));
            ids.extend(verb.get_arguments().map(|arg| id_of(arg, verb.get_name())));
            ids.extend(values(verb));
        }
        ids
    }

    #[test]
    fn every_verb_and_argument_is_described_in_every_language() {
        let ids = ids();
        assert!(ids.len() > 50, "{ids:?}");
        for language in Language::all() {
            let lacking: Vec<_> =
                ids.iter().filter(|id| language.find(id).is_none_or(|text| text.is_empty())).collect();
            assert!(lacking.is_empty(), "{language:?} lacks {lacking:?}");
        }
    }

    #[cfg(all(feature = "serve", feature = "publish", feature = "external"))]
    #[test]
    fn no_text_is_left_of_an_argument_that_went() {
        let ids = ids();
        let own = ["help-default", "help-possible-values"];
        let texts = Language::ENGLISH.file("help.ftl").expect("help.ftl");
        let written = texts.lines().filter_map(|line| line.split_once(" =")).map(|(id, _)| id.trim_end());
        for id in written.filter(|id| id.starts_with("help-")) {
            let known = ids.iter().any(|known| known == id) || own.contains(&id);
            assert!(known || id.starts_with("help-heading-") || id.starts_with("help-usage-"), "{id}");
        }
    }

    #[test]
    fn a_chinese_usage_names_values_in_chinese() {
        let mut command = localize(Cli::command(), Language::CHINESE);
        let verbs: Vec<String> = command.get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
        let mut texts = vec![command.render_help().to_string()];
        for verb in verbs {
            let verb = command.find_subcommand_mut(&verb).expect("a verb");
            texts.push(verb.render_help().to_string());
        }
        for text in texts {
            let mut values =
                text.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(value, _)| value);
            let english = values.find(|value| value.bytes().any(|byte| byte.is_ascii_alphabetic()));
            assert_eq!(english, None, "{text}");
        }
    }

    #[test]
    fn the_command_is_sound_in_every_language() {
        for language in Language::all() {
            localize(Cli::command(), language).debug_assert();
        }
    }
}
