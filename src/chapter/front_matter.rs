//! Front matter: the control data of a chapter, as its author wrote it.
//!
//! Names of roles, departments and documents stay as written here, each with
//! the way to its place; `handbook` resolves them once all files are known.

use super::audience::Audience;
use super::term::{self, TermEntry};
use super::words;
use crate::diagnostic::{Checked, Diagnostic};
use crate::message;
use crate::rule;
use crate::yaml::{Document, Reader, Spanned};
use jiff::civil::Date;
use serde_yaml::Mapping;
use std::collections::BTreeMap;

/// Where a chapter stands in its life (ISO 9001 document control).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// 现行: in force.
    InForce,
    /// 已批准: approved, not yet in force.
    Approved,
    /// 征求意见: out for comment.
    Consultation,
    /// 草案: being written; left out of a build unless asked for.
    Draft,
    /// 被取代: another chapter took its place.
    Superseded,
    /// 废止: no longer in force.
    Retired,
}

impl Status {
    /// All of them, in the order lists show them, with their key and Chinese word.
    pub const ALL: [(&'static str, &'static str, Self); 6] = [
        ("in_force", "现行", Self::InForce),
        ("approved", "已批准", Self::Approved),
        ("consultation", "征求意见", Self::Consultation),
        ("draft", "草案", Self::Draft),
        ("superseded", "被取代", Self::Superseded),
        ("retired", "废止", Self::Retired),
    ];

    /// Stable key, e.g. `in_force`.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|row| row.2 == self).map_or("", |row| row.0)
    }
}

/// What kind of document a chapter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 制度.
    Policy,
    /// 流程.
    Procedure,
    /// 标准.
    Standard,
    /// 指引.
    Guide,
    /// 表单.
    Form,
    /// 记录.
    Record,
}

impl Kind {
    /// All of them, in the order lists show them, with their key and Chinese word.
    pub const ALL: [(&'static str, &'static str, Self); 6] = [
        ("policy", "制度", Self::Policy),
        ("procedure", "流程", Self::Procedure),
        ("standard", "标准", Self::Standard),
        ("guide", "指引", Self::Guide),
        ("form", "表单", Self::Form),
        ("record", "记录", Self::Record),
    ];

    /// Stable key, e.g. `policy`.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|row| row.2 == self).map_or("", |row| row.0)
    }
}

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
}

/// Who does, answers for, is asked about and is told of an activity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Responsibility {
    /// The activity.
    pub activity: String,
    /// Names under `responsible`, `accountable`, `consulted`, `informed`.
    pub parts: [Vec<Spanned>; 4],
}

/// The four parts of a responsibility matrix, in the order of its columns.
pub const RACI: [&str; 4] = ["responsible", "accountable", "consulted", "informed"];

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

/// The control data of a chapter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct FrontMatter {
    /// Title, where given.
    pub title: Option<String>,
    /// Unique, stable id.
    pub id: Option<Spanned>,
    /// Other titles.
    pub aliases: Vec<Spanned>,
    /// Addresses that lead here.
    pub redirect_from: Vec<Spanned>,
    /// One sentence.
    pub summary: String,
    /// Language of the text where it is not the handbook's (BCP 47).
    pub language: Option<String>,
    /// Departments it applies to, by name.
    pub departments: Vec<Spanned>,
    /// Roles it applies to, by name.
    pub roles: Vec<Spanned>,
    /// Who looks after it.
    pub owner: Vec<Spanned>,
    /// Who wrote it.
    pub author: Vec<Spanned>,
    /// Who examined it.
    pub reviewer: Vec<Spanned>,
    /// Who put it in force.
    pub approver: Vec<Spanned>,
    /// Responsibility matrix.
    pub raci: Vec<Responsibility>,
    /// Where it stands in its life.
    pub status: Option<Status>,
    /// Version as written.
    pub version: String,
    /// In force from.
    pub effective: Option<Date>,
    /// To be reviewed by.
    pub review_by: Option<Date>,
    /// No longer in force from.
    pub retired: Option<Date>,
    /// What it replaced, by id or title.
    pub supersedes: Vec<Spanned>,
    /// What it has to do with, by id or title.
    pub related: Vec<Spanned>,
    /// Revision history as written.
    pub revisions: Vec<Revision>,
    /// What kind of document it is.
    pub kind: Option<Kind>,
    /// Free topics.
    pub topics: Vec<Spanned>,
    /// Who may see it.
    pub audience: Audience,
    /// Who must read it.
    pub required_reading: Option<RequiredReading>,
    /// Place among its siblings; those without come after, by name.
    pub order: Option<i64>,
    /// Whether a table of contents is shown.
    pub toc: Option<bool>,
    /// Terms it defines.
    pub terms: Vec<TermEntry>,
    /// Whether terms are marked in its text.
    pub glossary: Option<bool>,
    /// Template other than `chapter.html`.
    pub template: Option<Spanned>,
    /// `x-` keys and those under `extra:`, for the project's own templates.
    pub extra: BTreeMap<String, serde_yaml::Value>,
}

pub(super) const KEYS: &[&str] = &[
    "title",
    "id",
    "aliases",
    "redirect_from",
    "summary",
    "language",
    "departments",
    "roles",
    "owner",
    "author",
    "reviewer",
    "approver",
    "raci",
    "status",
    "version",
    "effective",
    "review_by",
    "retired",
    "supersedes",
    "related",
    "revisions",
    "kind",
    "topics",
    "audience",
    "required_reading",
    "order",
    "toc",
    "terms",
    "glossary",
    "template",
    "extra",
    "description",
];

impl FrontMatter {
    /// Reads the keys and values between the `---` lines; what is wrong is left empty.
    #[must_use]
    pub(super) fn read(document: &Document, mapping: &Mapping) -> Checked<Self> {
        let mut reader = Reader::new(document, mapping, Vec::new());
        reader.unknown_keys_but(KEYS, words::key_meant_by);
        let reader = &mut reader;
        let mut front = Self {
            title: reader.string("title"),
            id: single(reader, "id"),
            aliases: reader.strings("aliases"),
            redirect_from: reader.strings("redirect_from"),
            summary: reader.string("summary").or_else(|| reader.string("description")).unwrap_or_default(),
            language: reader.string("language"),
            departments: reader.strings("departments"),
            roles: reader.strings("roles"),
            owner: reader.strings("owner"),
            author: reader.strings("author"),
            reviewer: reader.strings("reviewer"),
            approver: reader.strings("approver"),
            raci: read_raci(reader),
            status: reader.choice("status", &Status::ALL),
            version: reader.string("version").unwrap_or_default(),
            effective: reader.date("effective"),
            review_by: reader.date("review_by"),
            retired: reader.date("retired"),
            supersedes: reader.strings("supersedes"),
            related: reader.strings("related"),
            revisions: read_revisions(reader),
            kind: reader.choice("kind", &Kind::ALL),
            topics: reader.strings("topics"),
            audience: Audience::read(reader),
            required_reading: read_required(reader),
            order: reader.integer("order"),
            toc: reader.boolean("toc"),
            terms: term::read(reader),
            glossary: reader.boolean("glossary"),
            template: single(reader, "template"),
            extra: read_extra(mapping),
        };
        front.check_id(reader);
        front.check_dates(reader);
        Checked::new(front, std::mem::take(&mut reader.diagnostics))
    }

    fn check_id(&mut self, reader: &mut Reader<'_>) {
        let Some(id) = &self.id else { return };
        let bad = |c: char| {
            c.is_control() || matches!(c, '/' | '\\' | '#' | '?' | '<' | '>' | '"' | '|' | '*' | ':')
        };
        if id.text.contains(bad) || id.text.starts_with('.') || id.text.len() > 128 {
            let message = message!("invalid-value-id", id = &id.text);
            let found =
                Diagnostic::new(&rule::INVALID_VALUE, message).help(message!("invalid-value-id.help"));
            reader.report(&id.steps.clone(), found);
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
                let found = Diagnostic::new(&rule::DATE_ORDER, message)
                    .help(message!("date-order.help"))
                    .related(reader.path(), other, message!("date-order-other", key = early));
                reader.report(&reader.steps(late), found);
            }
        }
    }
}

fn read_extra(mapping: &Mapping) -> BTreeMap<String, serde_yaml::Value> {
    let inside = mapping.get("extra").and_then(|extra| extra.as_mapping()).into_iter().flatten();
    let own = mapping.iter().filter(|(key, _)| key.as_str().is_some_and(|key| key.starts_with("x-")));
    inside.chain(own).filter_map(|(key, value)| Some((key.as_str()?.to_owned(), value.clone()))).collect()
}

fn single(reader: &mut Reader<'_>, key: &str) -> Option<Spanned> {
    let text = reader.string(key)?;
    Some(Spanned { text, steps: reader.steps(key) })
}

fn read_raci(reader: &mut Reader<'_>) -> Vec<Responsibility> {
    let Some(mut matrix) = reader.mapping("raci") else { return Vec::new() };
    let mut rows = Vec::new();
    for activity in matrix.keys() {
        let Some(mut row) = matrix.mapping(&activity) else { continue };
        row.unknown_keys(&RACI);
        let parts = RACI.map(|part| row.strings(part));
        matrix.diagnostics.append(&mut row.diagnostics);
        rows.push(Responsibility { activity, parts });
    }
    reader.diagnostics.append(&mut matrix.diagnostics);
    rows
}

fn read_revisions(reader: &mut Reader<'_>) -> Vec<Revision> {
    let mut revisions: Vec<Revision> = Vec::new();
    for mut entry in reader.mappings("revisions") {
        entry.unknown_keys(&["version", "date", "by", "note"]);
        let revision = Revision {
            version: entry.string("version").unwrap_or_default(),
            date: entry.date("date"),
            by: entry.string("by").unwrap_or_default(),
            note: entry.string("note").unwrap_or_default(),
        };
        reader.diagnostics.append(&mut entry.diagnostics);
        revisions.push(revision);
    }
    revisions
}

fn read_required(reader: &mut Reader<'_>) -> Option<RequiredReading> {
    let mut required = RequiredReading::default();
    let names = match reader.value("required_reading")? {
        serde_yaml::Value::Mapping(_) => {
            let mut entry = reader.mapping("required_reading")?;
            entry.unknown_keys(&["roles", "within"]);
            if entry.value("roles").is_none() {
                let steps = entry.base().to_vec();
                let found = Diagnostic::new(&rule::INVALID_VALUE, message!("invalid-value-required-reading"))
                    .help(message!("invalid-value-required-reading.help"));
                entry.report(&steps, found);
            }
            let names = entry.strings("roles");
            required.within_days = read_term(&mut entry);
            reader.diagnostics.append(&mut entry.diagnostics);
            names
        }
        _ => reader.strings("required_reading"),
    };
    let is_all = |name: &Spanned| matches!(name.text.as_str(), "all" | "全员" | "所有人" | "全体员工");
    required.all = names.iter().any(is_all);
    required.roles = names.into_iter().filter(|name| !is_all(name)).collect();
    (required.all || !required.roles.is_empty()).then_some(required)
}

/// Days of a term such as `14d`, `2w`, `14` or `14天`.
fn read_term(entry: &mut Reader<'_>) -> u32 {
    let Some(written) = entry.string("within") else { return 0 };
    let digits = written.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = written[digits.len()..].trim();
    let factor = match unit {
        "" | "d" | "day" | "days" | "天" | "日" => 1,
        "w" | "week" | "weeks" | "周" => 7,
        _ => 0,
    };
    match digits.trim().parse::<u32>() {
        Ok(number) if factor > 0 && number < 10_000 => number * factor,
        _ => {
            let steps = entry.steps("within");
            let found =
                Diagnostic::new(&rule::INVALID_VALUE, message!("invalid-value-days", written = written))
                    .help(message!("invalid-value-days.help"));
            entry.report(&steps, found);
            0
        }
    }
}
