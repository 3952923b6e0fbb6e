//! Words under `status`, `kind` and `template` that are not ours.
//!
//! A book from elsewhere has words of its own. They are shown as they are, and each is
//! reported; what is nearly one of our words is a mistake.

use super::Handbook;
use crate::chapter::Chapter;
use crate::chapter::field::Field;
use crate::chapter::front_matter::{Kind, Status, Vocabulary};
use crate::chapter::vocabulary::Foreign;
use crate::diagnostic::{Diagnostic, Suggestion};
use crate::locale::{Message, Value};
use crate::message;
use crate::rule;
use crate::text::fold;
use crate::yaml::Step;
use std::collections::BTreeMap;

/// If more chapters have one word, a single diagnostic counts the rest.
const EACH: usize = 30;

impl Handbook {
    /// What readers see of a kind that is not ours: what handbook.yaml calls it, else the
    /// word itself.
    #[must_use]
    pub fn kind_label<'a>(&'a self, word: &'a str) -> &'a str {
        self.declared_kind(word).unwrap_or(word)
    }

    fn declared_kind(&self, word: &str) -> Option<&str> {
        let key = fold(word);
        let is = |(known, label): &&(String, String)| fold(known) == key || fold(label) == key;
        self.config.kinds.iter().find(is).map(|(_, label)| label.as_str())
    }

    /// A warning for each word under `status` or `kind` that nobody declared, and an error
    /// for those that are nearly one of ours.
    pub(super) fn foreign_words(&self) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut words: BTreeMap<(Field, String), Vec<Diagnostic>> = BTreeMap::new();
        for chapter in self.chapters.iter().chain(self.drafts.iter()) {
            let status = chapter.front.status.foreign().map(|word| of_status(chapter, word));
            let kind = chapter.front.kind.foreign();
            let kind = kind.filter(|kind| self.declared_kind(&kind.word).is_none());
            let kind =
                kind.map(|word| near(chapter, Field::Kind, word).unwrap_or_else(|| of_kind(chapter, word)));
            for (field, diagnostic) in [(Field::Status, status), (Field::Kind, kind)] {
                let Some(diagnostic) = diagnostic else { continue };
                let word = match field {
                    Field::Status => chapter.front.status.foreign().map(|foreign| fold(&foreign.word)),
                    _ => chapter.front.kind.foreign().map(|foreign| fold(&foreign.word)),
                };
                words.entry((field, word.unwrap_or_default())).or_default().push(diagnostic);
            }
        }
        for ((field, word), each) in words {
            tell(field, &word, each, &mut diagnostics);
        }
        diagnostics
    }

    /// A warning for each chapter whose `template` the project cannot have made, since it has
    /// no templates: the key is another tool's.
    pub(crate) fn foreign_templates(&self) -> Vec<Diagnostic> {
        let mut words: BTreeMap<&str, Vec<Diagnostic>> = BTreeMap::new();
        for chapter in self.chapters.iter() {
            let Some(name) = chapter.front.template_name() else { continue };
            let message = message!("foreign-value-template", word = name);
            let help = message!("foreign-value-template.help");
            words.entry(name).or_default().push(foreign_value(chapter, Field::Template, message, help));
        }
        let mut diagnostics = Vec::new();
        for (word, each) in words {
            tell(Field::Template, word, each, &mut diagnostics);
        }
        diagnostics
    }
}

/// Adds what is told of a word, and how many chapters more have it.
fn tell(field: Field, word: &str, mut each: Vec<Diagnostic>, diagnostics: &mut Vec<Diagnostic>) {
    let more = each.len().saturating_sub(EACH);
    each.truncate(EACH);
    diagnostics.append(&mut each);
    if more > 0 {
        let message = message!("foreign-value-more", number = more, word = word, key = field.row().key);
        diagnostics.push(Diagnostic::new(&rule::FOREIGN_VALUE, message));
    }
}

fn of_status(chapter: &Chapter, foreign: &Foreign<Status>) -> Diagnostic {
    if let Some(near) = near(chapter, Field::Status, foreign) {
        return near;
    }
    let word = &foreign.word;
    let (message, help) = match foreign.counts_as {
        Some(Status::Draft) => {
            (message!("foreign-value-not-yet", word = word), message!("foreign-value-not-yet.help"))
        }
        Some(_) => (message!("foreign-value-no-more", word = word), message!("foreign-value-no-more.help")),
        None => (
            message!("foreign-value-status", word = word),
            message!("foreign-value-status.help", all = all::<Status>()),
        ),
    };
    foreign_value(chapter, Field::Status, message, help)
}

fn of_kind(chapter: &Chapter, foreign: &Foreign<Kind>) -> Diagnostic {
    let message = message!("foreign-value-kind", word = &foreign.word);
    foreign_value(chapter, Field::Kind, message, message!("foreign-value-kind.help", all = all::<Kind>()))
}

/// The error for a word that is nearly one of ours.
fn near<V: Vocabulary>(chapter: &Chapter, field: Field, foreign: &Foreign<V>) -> Option<Diagnostic> {
    let near = foreign.near?;
    let message = message!("invalid-value-choice", written = &foreign.word, key = field.row().key);
    let diagnostic = Diagnostic::new(&rule::INVALID_VALUE, message).suggest(Suggestion::guess(near));
    let help = message!("invalid-value-choice-near.help", near = near, all = all::<V>());
    Some(chapter.front_diagnostic(&[Step::Key(field.row().key.to_owned())], diagnostic.help(help)))
}

fn foreign_value(chapter: &Chapter, field: Field, message: Message, help: Message) -> Diagnostic {
    let diagnostic = Diagnostic::new(&rule::FOREIGN_VALUE, message).help(help);
    chapter.front_diagnostic(&[Step::Key(field.row().key.to_owned())], diagnostic)
}

fn all<V: Vocabulary>() -> Value {
    Value::Choices(V::ROWS.iter().map(|row| (row.0, row.1)).collect())
}
