//! A message before it is translated: an id and arguments.

use std::borrow::Cow;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// A message to a person, not yet translated; made by [`message!`](crate::message).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message {
    id: &'static str,
    arguments: Vec<(&'static str, Value)>,
}

/// An argument of a message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Text that is the same in every language: a name, a path, what was written.
    Text(Arc<str>),
    /// A number; catalogues choose the plural by it.
    Number(u64),
    /// Several texts, joined with the language's separator, each in its quotation marks.
    List(Vec<Arc<str>>),
    /// Accepted values, each with its key and the Chinese word that may be written instead, which may
    /// be empty. Chinese messages show the words.
    Choices(Vec<(&'static str, &'static str)>),
    /// A message of the same language.
    Message(Box<Message>),
    /// Messages in the same language, one per line.
    Lines(Vec<Message>),
}

impl Message {
    /// The message with this id, `name` or `name.attribute`, without arguments.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        Self { id, arguments: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }

    /// Its id in the catalogues.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// Its arguments by name, in the order in which they were given.
    #[must_use]
    pub fn arguments(&self) -> &[(&'static str, Value)] {
        &self.arguments
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.as_str().into())
    }
}

impl From<Cow<'_, str>> for Value {
    fn from(text: Cow<'_, str>) -> Self {
        Self::Text(text.into())
    }
}

impl From<&Arc<str>> for Value {
    fn from(text: &Arc<str>) -> Self {
        Self::Text(Arc::clone(text))
    }
}

impl From<&Path> for Value {
    fn from(path: &Path) -> Self {
        Self::Text(path.display().to_string().into())
    }
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<jiff::civil::Date> for Value {
    fn from(date: jiff::civil::Date) -> Self {
        Self::Text(date.to_string().into())
    }
}

impl From<Message> for Value {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

impl From<&Message> for Value {
    fn from(message: &Message) -> Self {
        Self::Message(Box::new(message.clone()))
    }
}

impl From<&io::Error> for Value {
    /// An error of the system: our own message if its kind is known, else the text of the system, which
    /// is in the system's language.
    fn from(error: &io::Error) -> Self {
        let known = match error.kind() {
            io::ErrorKind::NotFound => Message::new("io-not-found"),
            io::ErrorKind::PermissionDenied => Message::new("io-permission-denied"),
            io::ErrorKind::AlreadyExists => Message::new("io-already-exists"),
            io::ErrorKind::NotADirectory => Message::new("io-not-a-directory"),
            io::ErrorKind::IsADirectory => Message::new("io-is-a-directory"),
            io::ErrorKind::StorageFull => Message::new("io-storage-full"),
            io::ErrorKind::QuotaExceeded => Message::new("io-quota-exceeded"),
            io::ErrorKind::FileTooLarge => Message::new("io-file-too-large"),
            io::ErrorKind::ReadOnlyFilesystem => Message::new("io-read-only"),
            io::ErrorKind::InvalidFilename => Message::new("io-invalid-name"),
            io::ErrorKind::TooManyLinks => Message::new("io-loop"),
            io::ErrorKind::AddrInUse => Message::new("io-address-in-use"),
            io::ErrorKind::AddrNotAvailable => Message::new("io-address-not-available"),
            io::ErrorKind::TimedOut => Message::new("io-timed-out"),
            io::ErrorKind::ConnectionRefused => Message::new("io-connection-refused"),
            _ => Message::new("io-other").with("detail", error.to_string()),
        };
        known.into()
    }
}

impl From<Vec<Message>> for Value {
    fn from(messages: Vec<Message>) -> Self {
        Self::Lines(messages)
    }
}

impl<T: AsRef<str>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        Self::List(texts.into_iter().map(|text| text.as_ref().into()).collect())
    }
}
