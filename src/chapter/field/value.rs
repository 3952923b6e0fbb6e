//! The types that a field of front matter may have: how each is read, and what it
//! says where all fields are shown alike.

use super::super::audience::Audience;
use super::super::front_matter::{RequiredReading, Responsibility, Revision};
use super::super::term::TermEntry;
use crate::yaml::{Reader, Spanned};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The type of a field, for code that treats all fields alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
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
    /// What only the field's own code understands.
    Other,
}

/// What a field says, as far as its own file tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldContent<'a> {
    /// Nothing, or what only the field's own code understands.
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
    const TYPE: FieldType = FieldType::Other;

    /// Reads the value of a key; what is wrong becomes a diagnostic, and the default.
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self;

    /// What it says.
    fn content(&self) -> FieldContent<'_> {
        FieldContent::Nothing
    }
}

impl FieldValue for String {
    const TYPE: FieldType = FieldType::Text;

    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        reader.string(key).unwrap_or_default()
    }

    fn content(&self) -> FieldContent<'_> {
        if self.is_empty() { FieldContent::Nothing } else { FieldContent::Text(self) }
    }
}

impl FieldValue for Option<String> {
    const TYPE: FieldType = FieldType::Text;

    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        reader.string(key)
    }

    fn content(&self) -> FieldContent<'_> {
        self.as_deref().map_or(FieldContent::Nothing, FieldContent::Text)
    }
}

impl FieldValue for Option<Spanned> {
    const TYPE: FieldType = FieldType::Text;

    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        let text = reader.string(key)?;
        Some(Spanned { text, steps: reader.steps(key) })
    }

    fn content(&self) -> FieldContent<'_> {
        self.as_ref().map_or(FieldContent::Nothing, |value| FieldContent::Text(&value.text))
    }
}

impl FieldValue for Vec<Spanned> {
    const TYPE: FieldType = FieldType::Words;

    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        reader.strings(key)
    }

    fn content(&self) -> FieldContent<'_> {
        if self.is_empty() { FieldContent::Nothing } else { FieldContent::Words(self) }
    }
}

impl FieldValue for Option<Date> {
    const TYPE: FieldType = FieldType::Date;

    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        reader.date(key)
    }

    fn content(&self) -> FieldContent<'_> {
        self.map_or(FieldContent::Nothing, FieldContent::Date)
    }
}

impl FieldValue for Option<bool> {
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        reader.boolean(key)
    }
}

/// Where a chapter stands among its siblings, in thousandths; none where nothing says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place(pub Option<i64>);

/// Other tools take fractions too, and Hugo's weight 0 for none.
impl FieldValue for Place {
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        if key == "order" {
            return Self(reader.integer(key).map(|place| place.saturating_mul(1_000)));
        }
        let place = reader.number(key).map(|place| (place * 1_000.0).round() as i64);
        Self(place.filter(|place| key != "weight" || *place != 0))
    }
}

/// The address at which another tool published a chapter, as it is written there; none where it
/// is a pattern (`/:title/`), no address of the same site, or says whether there is one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Permalink(Option<Box<str>>);

impl Permalink {
    /// The address.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

/// Other tools take code and mappings too, which are theirs to understand.
impl FieldValue for Permalink {
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        let written = reader.value(key).and_then(|value| value.as_str()).map(str::trim);
        let is_address = |text: &&str| {
            text.chars().any(char::is_alphanumeric)
                && !text.contains([':', '{', '[', '?', '#', '\\', '\n'])
                && !text.starts_with("//")
        };
        Self(written.filter(is_address).map(Box::from))
    }
}

impl FieldValue for Audience {
    const TYPE: FieldType = FieldType::Audience;

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
