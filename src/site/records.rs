//! What was done about a chapter, as its control block, the review desk and other programs
//! get it.

use super::Site;
use crate::chapter::field::Field;
use crate::chapter::record::ReviewRecord;
use crate::id::ChapterId;
use serde_json::{Map, Value};

impl Site {
    /// A line for each record of a field, for the control block.
    pub(super) fn recorded(&self, chapter: ChapterId, field: Field) -> Vec<String> {
        let front = &self.handbook.chapters[chapter].front;
        match field {
            Field::Reviews => front.reviews.iter().map(|review| self.review_line(review, true)).collect(),
            _ => Vec::new(),
        }
    }

    /// The records of a field, for other programs; `None` where there are none.
    pub(super) fn records(&self, chapter: ChapterId, field: Field) -> Option<Value> {
        let front = &self.handbook.chapters[chapter].front;
        let records: Vec<Value> = match field {
            Field::Reviews => front.reviews.iter().map(review_data).collect(),
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

/// An object of what is there.
fn data(fields: &[(&str, &str)]) -> Value {
    let there = fields.iter().filter(|(_, value)| !value.is_empty());
    Value::Object(there.map(|(key, value)| ((*key).to_owned(), Value::from(*value))).collect::<Map<_, _>>())
}
