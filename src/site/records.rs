//! What was done about a chapter, as its control block, the review desk and other programs
//! get it.

use super::Site;
use crate::chapter::Chapter;
use crate::chapter::approval::{Approval, Procedure};
use crate::chapter::field::Field;
use crate::chapter::record::ReviewRecord;
use crate::handbook::edition::{Edition, History, is_same};
use crate::id::ChapterId;
use crate::page::Label;
use serde_json::{Map, Value};

impl Site {
    /// A line for each record of a field, for the control block.
    pub(super) fn recorded(&self, chapter: ChapterId, field: Field) -> Vec<String> {
        let front = &self.handbook.chapters[chapter].front;
        match field {
            Field::Reviews => front.reviews.iter().map(|review| self.review_line(review, true)).collect(),
            Field::Approvals => {
                let text = &self.handbook.chapters[chapter];
                front.approvals.iter().map(|approval| self.approval_line(text, approval)).collect()
            }
            Field::Procedure => self.procedure_lines(chapter),
            _ => Vec::new(),
        }
    }

    /// The records of a field, for other programs; `None` where there are none.
    pub(super) fn records(&self, chapter: ChapterId, field: Field) -> Option<Value> {
        let front = &self.handbook.chapters[chapter].front;
        let records: Vec<Value> = match field {
            Field::Reviews => front.reviews.iter().map(review_data).collect(),
            Field::Approvals => front.approvals.iter().map(approval_data).collect(),
            Field::Procedure => front.procedure.iter().flat_map(procedure_data).collect(),
            _ => Vec::new(),
        };
        (!records.is_empty()).then_some(Value::Array(records))
    }

    /// The last review of a chapter up to the day of the build, or nothing.
    pub(super) fn last_review(&self, chapter: ChapterId) -> String {
        let review = self.handbook.chapters[chapter].front.last_review(self.handbook.today);
        review.map_or_else(String::new, |review| self.review_line(review, false))
    }

    fn review_line(&self, review: &ReviewRecord, with_note: bool) -> String {
        let outcome = review.outcome.map_or("", |outcome| self.translate_outcome(outcome.key()));
        let next = review.next.map_or_else(String::new, |next| {
            self.theme.translate_with("review_next", &[("date", &next.to_string())])
        });
        let note = if with_note { review.note.as_str() } else { "" };
        line(&[&written(review.date), &review.by, outcome, &next, note])
    }

    /// An approval, and whether the text is still the one that was approved.
    fn approval_line(&self, chapter: &Chapter, approval: &Approval) -> String {
        let version = &chapter.front.version;
        let of = if approval.version.is_empty() { version } else { &approval.version };
        let of = match of.is_empty() {
            true => String::new(),
            false => format!("{} {of}", self.translate("version")),
        };
        let is_shown = !self.handbook.histories.is_taken_back(&chapter.source.name, version);
        let known = is_shown && !approval.digest.is_empty() && approval.is_of(version, version);
        let state = match known.then(|| chapter.digest() == approval.digest) {
            Some(true) => self.translate("approval_holds"),
            Some(false) => self.translate("approval_stale"),
            None => "",
        };
        let digest = match approval.digest.is_empty() {
            true => String::new(),
            false => format!("SHA-256 {}", approval.digest),
        };
        line(&[&written(approval.date), &approval.by, &of, &approval.record, &digest, state])
    }

    /// The approvals of an edition, from its own front matter and that of the present text.
    pub(super) fn approvals_of(&self, history: &History, edition: &Edition) -> Vec<Approval> {
        let of = edition.version();
        let own = self.edition_front(edition);
        // Which version each is of was found among all editions, before readers were asked for.
        let named = own.approvals.iter().zip(&edition.front.approvals);
        let own = named.filter(|(_, named)| named.version == of).map(|(approval, _)| approval.clone());
        let mut approvals: Vec<Approval> = own.collect();
        let present =
            history.present.as_ref().map(|chapter| self.handbook.as_readers_see(chapter, &self.markdown));
        let recorded = present.iter().flat_map(|present| &present.front.approvals);
        for approval in recorded.filter(|approval| approval.version == of) {
            if !approvals.iter().any(|known| is_same(known, approval, of)) {
                approvals.push(approval.clone());
            }
        }
        approvals
    }

    /// The same, a line each.
    pub(super) fn approval_lines(&self, history: &History, edition: &Edition) -> Vec<String> {
        let said = |approval: &Approval| line(&[&written(approval.date), &approval.by, &approval.record]);
        self.approvals_of(history, edition).iter().map(said).collect()
    }

    /// A line for each step that has a record, and one for those that are missing.
    fn procedure_lines(&self, chapter: ChapterId) -> Vec<String> {
        let procedure = self.handbook.chapters[chapter].front.procedure.as_ref();
        let mut lines = Vec::new();
        for (step, records) in procedure.iter().flat_map(|procedure| procedure.records()) {
            for record in records {
                let word = self.labelled("procedure", step.key()).text;
                lines.push(line(&[&word, &written(record.date), &record.record, &record.note]));
            }
        }
        let missing = self.missing_steps(chapter);
        if !missing.is_empty() {
            let steps: Vec<&str> = missing.iter().map(|step| step.text.as_str()).collect();
            let steps = steps.join(self.translate("comma"));
            lines.push(self.theme.translate_with("procedure_missing", &[("steps", &steps)]));
        }
        lines
    }

    /// The steps of the democratic procedure that a chapter lacks, with their words.
    pub(super) fn missing_steps(&self, chapter: ChapterId) -> Vec<Label> {
        let missing = self.handbook.missing_steps(chapter);
        missing.into_iter().map(|step| self.labelled("procedure", step.key())).collect()
    }

    /// The digest of a chapter's text, where it is an edition or was approved; else nothing.
    pub(super) fn shown_digest(&self, chapter: ChapterId) -> Option<&str> {
        if self.is_taken_back(chapter) {
            return None;
        }
        let chapter = &self.handbook.chapters[chapter];
        let is_edition = !chapter.front.version.is_empty() && chapter.is_published();
        (is_edition || !chapter.front.approvals.is_empty()).then(|| chapter.digest())
    }

    fn translate_outcome(&self, key: &str) -> &str {
        match key {
            "unchanged" => self.translate("review_unchanged"),
            "revise" => self.translate("review_revise"),
            _ => self.translate("review_retire"),
        }
    }
}

/// What is there of these parts, with spaces between.
fn line(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

fn written(date: Option<jiff::civil::Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}

fn review_data(review: &ReviewRecord) -> Value {
    data(&[
        ("date", &written(review.date)),
        ("by", &review.by),
        ("outcome", review.outcome.map_or("", |outcome| outcome.key())),
        ("note", &review.note),
        ("next", &written(review.next)),
    ])
}

pub(super) fn approval_data(approval: &Approval) -> Value {
    data(&[
        ("by", &approval.by),
        ("date", &written(approval.date)),
        ("version", &approval.version),
        ("record", &approval.record),
        ("digest", &approval.digest),
    ])
}

fn procedure_data(procedure: &Procedure) -> Vec<Value> {
    let mut all = Vec::new();
    for (step, records) in procedure.records() {
        all.extend(records.iter().map(|record| {
            data(&[
                ("step", step.key()),
                ("date", &written(record.date)),
                ("record", &record.record),
                ("note", &record.note),
            ])
        }));
    }
    all
}

/// An object of what is there.
fn data(fields: &[(&str, &str)]) -> Value {
    let there = fields.iter().filter(|(_, value)| !value.is_empty());
    Value::Object(there.map(|(key, value)| ((*key).to_owned(), Value::from(*value))).collect::<Map<_, _>>())
}
