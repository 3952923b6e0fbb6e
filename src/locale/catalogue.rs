//! The Fluent files of one language, parsed once.

use super::{Language, Message, Value};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use include_dir::Dir;
use std::borrow::Cow;
use std::fmt;

pub(super) struct Catalogue(FluentBundle<FluentResource>);

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Catalogue").field(&self.0.locales).finish()
    }
}

impl Catalogue {
    /// Parses all `.ftl` files of the language's folder. A test checks that they are valid and have no
    /// id twice.
    pub(super) fn read(language: Language, folders: &'static Dir<'_>) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.tag().parse().unwrap_or_default()]);
        // Isolation marks for bidirectional text would be in every copied message.
        bundle.set_use_isolating(false);
        let files = folders.get_dir(language.tag()).into_iter().flat_map(Dir::files);
        for file in files.filter(|file| file.path().extension().is_some_and(|kind| kind == "ftl")) {
            let text = file.contents_utf8().unwrap_or_default().to_owned();
            let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, _)| resource);
            // Of two messages with one id the first is used.
            drop(bundle.add_resource(resource));
        }
        Self(bundle)
    }

    /// The text of a message; nested messages and lists are in `language`.
    pub(super) fn format(&self, language: Language, message: &Message) -> Option<String> {
        let mut arguments = FluentArgs::with_capacity(message.arguments().len());
        for (name, value) in message.arguments() {
            arguments.set(*name, fluent(language, value));
        }
        self.pattern(message.id(), &arguments)
    }

    /// The text of a message without arguments.
    pub(super) fn find(&self, id: &str) -> Option<String> {
        self.pattern(id, &FluentArgs::new())
    }

    fn pattern(&self, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let (name, attribute) = id.split_once('.').map_or((id, None), |(name, rest)| (name, Some(rest)));
        let message = self.0.get_message(name)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        Some(self.0.format_pattern(pattern, Some(arguments), &mut errors).into_owned())
    }
}

fn fluent(language: Language, value: &Value) -> FluentValue<'_> {
    match value {
        Value::Text(text) => FluentValue::String(Cow::Borrowed(text)),
        Value::Number(number) => FluentValue::from(*number),
        Value::Message(message) => FluentValue::from(language.text(message)),
        Value::Lines(messages) => {
            FluentValue::from(messages.iter().map(|item| language.text(item)).collect::<Vec<_>>().join("\n"))
        }
        Value::List(texts) => list(language, texts.iter().map(AsRef::as_ref)),
        Value::Choices(rows) => {
            let has_words = language == Language::CHINESE;
            let word = |row: &(&'static str, &'static str)| match row {
                (_, word) if has_words && !word.is_empty() => *word,
                (key, _) => *key,
            };
            list(language, rows.iter().map(word))
        }
    }
}

/// Texts in the language's quotation marks, with its separator between them.
fn list<'a>(language: Language, texts: impl Iterator<Item = &'a str>) -> FluentValue<'static> {
    let quoted = |text: &str| language.text(&Message::new("list-item").with("item", text));
    let separator = language.text(&Message::new("list-separator"));
    FluentValue::from(texts.map(quoted).collect::<Vec<_>>().join(&separator))
}
