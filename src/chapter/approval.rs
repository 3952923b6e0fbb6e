//! How a chapter came to be approved: who approved which text, and the steps by which a rule
//! that touches staff is made.
//!
//! Article 4 of China's Labour Contract Law wants such rules discussed with the staff's
//! congress or all staff, who make proposals and comments; agreed in negotiation with the
//! union or the staff's representatives; and published or told to the staff. A rule that did
//! not go through this may not bind anybody in court, so its records are worth keeping.

use super::field::{FieldValue, of_entry};
use crate::diagnostic::Diagnostic;
use crate::message;
use crate::rule;
use crate::yaml::{Reader, flag};
use jiff::civil::Date;
use serde_yaml::Value;

/// An approval of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Approval {
    /// Who approved it.
    pub by: String,
    /// The day.
    pub date: Option<Date>,
    /// The version that was approved; empty for the present one.
    pub version: String,
    /// What there is to prove it: a number, a name, an address.
    pub record: String,
    /// Digest of the text that was approved, in lower-case hexadecimal digits; empty where it
    /// was not noted.
    pub digest: String,
}

impl Approval {
    /// Whether it is of a version of its chapter, whose present version is given.
    #[must_use]
    pub fn is_of(&self, version: &str, present: &str) -> bool {
        if self.version.is_empty() { version == present } else { self.version == version }
    }
}

impl FieldValue for Vec<Approval> {
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        let mut approvals = Self::new();
        for mut entry in reader.mappings(key) {
            let keys = ["by", "date", "version", "record", "digest"];
            entry.unknown_keys_but(&keys, |_| false, |word| of_entry(word, &keys));
            let approval = Approval {
                by: entry.string("by").unwrap_or_default(),
                date: entry.date("date"),
                version: entry.string("version").unwrap_or_default(),
                record: entry.string("record").unwrap_or_default(),
                digest: read_digest(&mut entry),
            };
            if entry.value("by").is_none() {
                let steps = entry.base().to_vec();
                let wrong = Diagnostic::new(&rule::INVALID_VALUE, message!("invalid-value-approval"))
                    .help(message!("invalid-value-approval.help"));
                entry.report(&steps, wrong);
            }
            reader.absorb(&mut entry);
            approvals.push(approval);
        }
        approvals
    }
}

/// A digest as `handbook digest` prints it; `sha256:` may stand before it.
fn read_digest(entry: &mut Reader<'_>) -> String {
    let Some(written) = entry.string("digest") else { return String::new() };
    let folded = written.to_ascii_lowercase();
    let digest = folded.strip_prefix("sha256:").unwrap_or(&folded).trim();
    if digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return digest.to_owned();
    }
    let steps = entry.steps("digest");
    let wrong = Diagnostic::new(&rule::INVALID_VALUE, message!("invalid-value-digest"))
        .help(message!("invalid-value-digest.help"));
    entry.report(&steps, wrong);
    String::new()
}

/// A step of the democratic procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProcedureStep {
    /// 讨论: by the staff's congress or all staff.
    Discussion,
    /// 征求意见: their proposals and comments.
    Comments,
    /// 协商: with the union or the staff's representatives.
    Negotiation,
    /// 公示: made known to the staff.
    Publication,
}

impl ProcedureStep {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Discussion, Self::Comments, Self::Negotiation, Self::Publication];

    /// A stable key, as front matter has it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.names()[0]
    }

    /// Its key, and the Chinese word that front matter may have in its place.
    const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Discussion => ["discussion", "讨论"],
            Self::Comments => ["comments", "征求意见"],
            Self::Negotiation => ["negotiation", "协商"],
            Self::Publication => ["publication", "公示"],
        }
    }
}

/// What was done of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct StepRecord {
    /// The day.
    pub date: Option<Date>,
    /// What there is to prove it: minutes, a number, an address.
    pub record: String,
    /// What there is to say about it.
    pub note: String,
}

/// The democratic procedure of a chapter, as far as front matter tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Procedure {
    /// Whether its author says that it needs none.
    pub is_waived: bool,
    /// What was done of each step, in the order of [`ProcedureStep::ALL`].
    pub steps: [Vec<StepRecord>; 4],
}

impl Procedure {
    /// The steps with what was done of each.
    pub fn records(&self) -> impl Iterator<Item = (ProcedureStep, &Vec<StepRecord>)> {
        ProcedureStep::ALL.into_iter().zip(&self.steps)
    }

    /// The steps of which no dated record is up to a day.
    #[must_use]
    pub fn missing(&self, today: Date) -> Vec<ProcedureStep> {
        let done = |record: &StepRecord| record.date.is_some_and(|date| date <= today);
        let missing = self.records().filter(|(_, records)| !records.iter().any(done));
        missing.map(|(step, _)| step).collect()
    }
}

impl FieldValue for Option<Procedure> {
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        let value = reader.value(key)?;
        let says = match value {
            Value::String(word) if matches!(word.trim(), "required" | "须履行") => Some(true),
            Value::String(word) if matches!(word.trim(), "none" | "不适用") => Some(false),
            value => flag(value),
        };
        if let Some(needed) = says {
            return Some(Procedure { is_waived: !needed, ..Procedure::default() });
        }
        let mut entry = reader.mapping(key)?;
        let names: Vec<&str> = ProcedureStep::ALL.iter().flat_map(|step| step.names()).collect();
        entry.unknown_keys(&names);
        let steps = ProcedureStep::ALL.map(|step| {
            let given = step.names().into_iter().find(|name| entry.value(name).is_some());
            given.map_or_else(Vec::new, |name| read_step(&mut entry, name))
        });
        reader.absorb(&mut entry);
        Some(Procedure { is_waived: false, steps })
    }
}

/// A step: a day, a day with its record, or several of these.
fn read_step<'a>(procedure: &mut Reader<'a>, key: &'static str) -> Vec<StepRecord> {
    let entries: Vec<Reader<'a>> = match procedure.value(key) {
        Some(Value::Mapping(_)) => procedure.mapping(key).into_iter().collect(),
        Some(Value::Sequence(_)) => procedure.mappings(key),
        _ => {
            let date = procedure.date(key);
            return vec![StepRecord { date, ..StepRecord::default() }];
        }
    };
    let mut records = Vec::with_capacity(entries.len());
    for mut entry in entries {
        entry.unknown_keys(&["date", "record", "note"]);
        records.push(StepRecord {
            date: entry.date("date"),
            record: entry.string("record").unwrap_or_default(),
            note: entry.string("note").unwrap_or_default(),
        });
        procedure.absorb(&mut entry);
    }
    records
}
