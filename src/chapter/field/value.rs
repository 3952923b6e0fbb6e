//! The types that a field of front matter may have: how each is read, and what it
//! says where all fields are shown alike.

use super::super::audience::Audience;
use super::super::front_matter::{RequiredReading, Responsibility, Revision};
use super::super::term::TermEntry;
use crate::yaml::{Reader, Spanned};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a field holds, for whoever treats all fields alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// One line.
    Text,
    /// A day.
    Date,
    /// One value of a vocabulary, by these keys.
    Choice(&'static [&'static str]),
    /// Free words.
    Words,
    /// Names of departments.
    Departments,
    /// Names of roles.
    Roles,
    /// Names of roles, departments or persons.
    Parties,
    /// Ids or titles of chapters.
    Documents,
    /// Who may see the chapter.
    Audience,
    /// What only code of its own understands.
    Other,
}

/// What a field says, as far as its own file tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said<'a> {
    /// Nothing, or what only code of its own understands.
    Nothing,
    /// A line.
    Text(&'a str),
    /// A day.
    Date(Date),
    /// Key of a value of a vocabulary.
    Choice(&'static str),
    /// A word where a value of a vocabulary is expected.
    Word(&'a str),
    /// Words or names, as written.
    Words(&'a [Spanned]),
}

/// A type that a field may have. Its default is what a field that is not there has.
pub trait FieldValue: Default + PartialEq {
    /// What it holds, unless the field's row says more.
    const HOLDS: Holds = Holds::Other;

    /// Reads the value of a key; what is wrong becomes a diagnostic, and the default.
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self;

    /// What it says.
    fn said(&self) -> Said<'_> {
        Said::Nothing
    }
}

impl FieldValue for String {
    const HOLDS: Holds = Holds::Text;

    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        reader.string(key).unwrap_or_default()
    }

    fn said(&self) -> Said<'_> {
        if self.is_empty() { Said::Nothing } else { Said::Text(self) }
    }
}

impl FieldValue for Option<String> {
    const HOLDS: Holds = Holds::Text;

    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        reader.string(key)
    }

    fn said(&self) -> Said<'_> {
        self.as_deref().map_or(Said::Nothing, Said::Text)
    }
}

impl FieldValue for Option<Spanned> {
    const HOLDS: Holds = Holds::Text;

    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        let text = reader.string(key)?;
        Some(Spanned { text, steps: reader.steps(key) })
    }

    fn said(&self) -> Said<'_> {
        self.as_ref().map_or(Said::Nothing, |value| Said::Text(&value.text))
    }
}

impl FieldValue for Vec<Spanned> {
    const HOLDS: Holds = Holds::Words;

    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        reader.strings(key)
    }

    fn said(&self) -> Said<'_> {
        if self.is_empty() { Said::Nothing } else { Said::Words(self) }
    }
}

impl FieldValue for Option<Date> {
    const HOLDS: Holds = Holds::Date;

    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        reader.date(key)
    }

    fn said(&self) -> Said<'_> {
        self.map_or(Said::Nothing, Said::Date)
    }
}

impl FieldValue for Option<bool> {
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        reader.boolean(key)
    }
}

impl FieldValue for Option<i64> {
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        reader.integer(key)
    }
}

impl FieldValue for Audience {
    const HOLDS: Holds = Holds::Audience;

    fn read(reader: &mut Reader<'_>, _: &'static str) -> Self {
        Self::read(reader)
    }
}

impl FieldValue for Vec<Responsibility> {
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        Responsibility::read_all(reader, key)
    }
}

impl FieldValue for Vec<Revision> {
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        Revision::read_all(reader, key)
    }
}

impl FieldValue for Option<RequiredReading> {
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        RequiredReading::read(reader, key)
    }
}

impl FieldValue for Vec<TermEntry> {
    fn read(reader: &mut Reader<'_>, _: &'static str) -> Self {
        super::super::term::read(reader)
    }
}

/// What is below the key, and all keys that begin with `x-`.
impl FieldValue for BTreeMap<String, serde_yaml::Value> {
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        let inside = reader.value(key).and_then(|extra| extra.as_mapping()).into_iter().flatten();
        let inside = inside.filter_map(|(key, value)| Some((key.as_str()?, value)));
        let own = reader.entries().filter(|(key, _)| key.starts_with("x-"));
        inside.chain(own).map(|(key, value)| (key.to_owned(), value.clone())).collect()
    }
}
