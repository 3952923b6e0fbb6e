//! Front matter: the control data of a chapter, as its author wrote it.
//!
//! Names of roles, departments and documents stay as written here, each with
//! the way to its place; `handbook` resolves them once all files are known.

pub use super::field::FrontMatter;
use super::field::{Field, of_entry};
use super::hold;
use super::version::compare_versions;
use super::vocabulary::{Choice, Foreign};
pub use super::vocabulary::{Kind, Status, Vocabulary};
use crate::diagnostic::{Diagnostic, Level, Suggestion};
use crate::message;
use crate::rule;
use crate::yaml::{Reader, Spanned};
use jiff::civil::Date;
use serde_yaml::Mapping;
use std::cmp::Ordering;

/// One line of the revision history.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Revision {
    /// Version reached.
    pub version: String,
    /// Day of the change.
    pub date: Option<Date>,
    /// Who made it.
    pub by: String,
    /// What changed.
    pub note: String,
    /// Digest of the text at this version, where `release` has noted it.
    pub digest: String,
    /// Whether only the wording changed (`kind: editorial`): nobody need read it again.
    pub editorial: bool,
}

/// Who does, answers for, is asked about and is told of an activity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Responsibility {
    /// The activity.
    pub activity: String,
    /// Names under each part.
    pub parts: Raci<Vec<Spanned>>,
}

/// The four parts of a responsibility matrix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Raci<T> {
    /// Who does the work.
    pub responsible: T,
    /// Who answers for it.
    pub accountable: T,
    /// Who is asked before.
    pub consulted: T,
    /// Who is told after.
    pub informed: T,
}

/// The keys of the parts, in the order of the matrix's columns.
pub const RACI: [&str; 4] = ["responsible", "accountable", "consulted", "informed"];

impl<T> Raci<T> {
    /// The parts with their keys, in the order of [`RACI`].
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, &T)> {
        RACI.into_iter().zip([&self.responsible, &self.accountable, &self.consulted, &self.informed])
    }

    /// The same matrix with other values.
    pub fn map<U>(&self, mut make: impl FnMut(&T) -> U) -> Raci<U> {
        Raci {
            responsible: make(&self.responsible),
            accountable: make(&self.accountable),
            consulted: make(&self.consulted),
            informed: make(&self.informed),
        }
    }
}

/// Who must read a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct RequiredReading {
    /// Everyone.
    pub all: bool,
    /// Roles by name.
    pub roles: Vec<Spanned>,
    /// Days after joining; 0 where no term is set.
    pub within_days: u32,
}

impl Revision {
    /// The day of the change.
    #[must_use]
    pub const fn date(&self) -> Option<Date> {
        self.date
    }
}

impl FrontMatter {
    /// The template that it names, without its suffix, where that is not the usual one.
    #[must_use]
    pub fn template_name(&self) -> Option<&str> {
        let name = self.template.as_ref()?.text.trim_end_matches(".html");
        (name != "chapter").then_some(name)
    }

    /// The line of the revision history that tells of its own version.
    #[must_use]
    pub fn own_revision(&self) -> Option<&Revision> {
        self.revisions.iter().find(|revision| revision.version == self.version)
    }

    /// Whether its revision history tells of versions, and not of its own.
    #[must_use]
    pub fn lacks_revision(&self) -> bool {
        let is_own = |version: &str| {
            version == self.version || compare_versions(version, &self.version) == Some(Ordering::Equal)
        };
        let mut told = self.revisions.iter().map(|revision| revision.version.as_str());
        let named = self.revisions.iter().any(|revision| !revision.version.is_empty());
        named && !told.any(is_own)
    }

    /// Whether a line of the revision history says that what changed of its own version was a matter
    /// of words.
    #[must_use]
    pub fn is_editorial(&self) -> bool {
        self.revisions.iter().any(|revision| revision.version == self.version && revision.editorial)
    }

    /// The day from which it says that it is in force: `effective`, else the day of its revision.
    #[must_use]
    pub fn stated_beginning(&self) -> Option<Date> {
        self.effective.or_else(|| self.own_revision()?.date)
    }

    /// Reads the keys and values between the `---` lines; what is wrong is left empty.
    /// `mapping` is what `reader` reads.
    pub(super) fn read(reader: &mut Reader<'_>, mapping: &Mapping) -> Self {
        let keys: Vec<&str> = Field::keys().collect();
        reader.unknown_keys_but(&keys, hold::is_understood, |word| Field::meant_by(word, mapping.get(word)));
        let mut front = Self::of(reader);
        let foreign = Field::Order.row().also.iter().filter(|key| mapping.contains_key(**key));
        let foreign: Vec<&str> = foreign.filter(|_| front.order.0.is_some()).copied().collect();
        for key in &foreign {
            let message = message!("unknown-key-order", name = *key, key = "order");
            let diagnostic = Diagnostic::new(&rule::UNKNOWN_KEY, message)
                .help(message!("unknown-key-order.help", key = "order"));
            let is_whole = mapping.get(*key).is_some_and(serde_yaml::Value::is_i64);
            let suggestion = match is_whole && foreign.len() == 1 {
                true => reader.rename_key(key, "order"),
                false => Suggestion::likely("order"),
            };
            reader.report_key(key, diagnostic.suggest(suggestion).at_level(Level::Note));
        }
        if let (Choice::Nothing, Some(key)) = (&front.status, hold::retired_by(mapping)) {
            let (word, counts_as) = (key.to_owned(), Some(Status::Retired));
            front.status = Choice::Foreign(Foreign { word, counts_as, near: None });
        }
        front.check_id(reader);
        front.check_dates(reader);
        front
    }

    fn check_id(&mut self, reader: &mut Reader<'_>) {
        let Some(id) = &self.id else { return };
        let bad = |c: char| {
            c.is_control() || matches!(c, '/' | '\\' | '#' | '?' | '<' | '>' | '"' | '|' | '*' | ':')
        };
        if id.text.contains(bad) || id.text.starts_with('.') || id.text.len() > 128 {
            let message = message!("invalid-value-id", id = &id.text);
            let diagnostic =
                Diagnostic::new(&rule::INVALID_VALUE, message).help(message!("invalid-value-id.help"));
            reader.report(&id.steps.clone(), diagnostic);
            self.id = None;
        }
    }

    fn check_dates(&self, reader: &mut Reader<'_>) {
        let pairs = [
            ("effective", self.effective, "review_by", self.review_by),
            ("effective", self.effective, "retired", self.retired),
        ];
        for (early, first, late, second) in pairs {
            if let (Some(first), Some(second)) = (first, second)
                && second < first
            {
                let message =
                    message!("date-order", late = late, second = second, early = early, first = first);
                let other = reader.place(&reader.steps(early));
                let diagnostic = Diagnostic::new(&rule::DATE_ORDER, message)
                    .help(message!("date-order.help"))
                    .related(reader.path(), other, message!("date-order-other", key = early));
                reader.report(&reader.steps(late), diagnostic);
            }
        }
    }
}

impl Responsibility {
    pub(super) fn read_all(reader: &mut Reader<'_>, key: &str) -> Vec<Self> {
        let Some(mut matrix) = reader.mapping(key) else { return Vec::new() };
        let mut rows = Vec::new();
        for activity in matrix.keys() {
            let Some(mut row) = matrix.mapping(&activity) else { continue };
            row.unknown_keys(&RACI);
            let [responsible, accountable, consulted, informed] = RACI.map(|part| row.strings(part));
            matrix.absorb(&mut row);
            let parts = Raci { responsible, accountable, consulted, informed };
            rows.push(Self { activity, parts });
        }
        reader.absorb(&mut matrix);
        rows
    }
}

impl Revision {
    pub(super) fn read_all(reader: &mut Reader<'_>, key: &str) -> Vec<Self> {
        let mut revisions: Vec<Self> = Vec::new();
        for mut entry in reader.mappings(key) {
            let keys = ["version", "date", "by", "note", "kind", "digest"];
            entry.unknown_keys_but(&keys, |_| false, |word| of_entry(word, &keys));
            let kinds = [("editorial", "文字更正", true), ("substantive", "实质修订", false)];
            let revision = Self {
                version: entry.string("version").unwrap_or_default(),
                date: entry.date("date"),
                by: entry.string("by").unwrap_or_default(),
                note: entry.string("note").unwrap_or_default(),
                digest: entry.string("digest").unwrap_or_default(),
                editorial: entry.choice("kind", &kinds).unwrap_or_default(),
            };
            reader.absorb(&mut entry);
            revisions.push(revision);
        }
        revisions
    }
}

impl RequiredReading {
    pub(super) fn read(reader: &mut Reader<'_>, key: &str) -> Option<Self> {
        let mut required = Self::default();
        let names = match reader.value(key)? {
            serde_yaml::Value::Mapping(_) => {
                let mut entry = reader.mapping(key)?;
                entry.unknown_keys(&["roles", "within"]);
                if entry.value("roles").is_none() {
                    let steps = entry.base().to_vec();
                    let diagnostic =
                        Diagnostic::new(&rule::INVALID_VALUE, message!("invalid-value-required-reading"))
                            .help(message!("invalid-value-required-reading.help"));
                    entry.report(&steps, diagnostic);
                }
                let names = entry.strings("roles");
                required.within_days = read_term(&mut entry);
                reader.absorb(&mut entry);
                names
            }
            _ => reader.strings(key),
        };
        let is_all = |name: &Spanned| {
            matches!(name.text.as_str(), "all" | "全体" | "全员" | "所有人" | "全体员工" | "全体人员")
        };
        required.all = names.iter().any(is_all);
        required.roles = names.into_iter().filter(|name| !is_all(name)).collect();
        (required.all || !required.roles.is_empty()).then_some(required)
    }
}

/// Days of a term such as `14d`, `2w`, `3m`, `14` or `14天`; a month has 30, and there are at
/// most 9,999 of the unit.
#[must_use]
pub fn read_days(written: &str) -> Option<u32> {
    let digits = written.trim_end_matches(|c: char| !c.is_ascii_digit());
    let factor = match written[digits.len()..].trim() {
        "" | "d" | "day" | "days" | "天" | "日" => 1,
        "w" | "week" | "weeks" | "周" => 7,
        "m" | "month" | "months" | "月" | "个月" => 30,
        _ => return None,
    };
    let number: u32 = digits.trim().parse().ok()?;
    (number < 10_000).then_some(number * factor)
}

/// Days of a term; one that cannot be read is reported.
fn read_term(entry: &mut Reader<'_>) -> u32 {
    let Some(written) = entry.string("within") else { return 0 };
    read_days(&written).unwrap_or_else(|| {
        let steps = entry.steps("within");
        let diagnostic =
            Diagnostic::new(&rule::INVALID_VALUE, message!("invalid-value-days", written = written))
                .help(message!("invalid-value-days.help"));
        entry.report(&steps, diagnostic);
        0
    })
}
