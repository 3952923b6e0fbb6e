//! The redline (修订对照表): what differs between two editions of a chapter, as a page.

use super::Site;
use super::comparison::Side;
use crate::chapter::Chapter;
use crate::chapter::field::{Field, FieldContent};
use crate::chapter::front_matter::Responsibility;
use crate::handbook::edition::Edition;
use crate::handbook::routes::Page;
use crate::id::{EditionNumber, HistoryId};
use crate::page::{FieldChange, KindCount, RedlineLine, RedlinePage, RedlineRow, RedlineRun};
use crate::redline::{Change, Kind, Part, Redline, Row, Run, Unit};
use crate::yaml::Spanned;

/// What a reader of an amendment wants to know of the front matter.
const FIELDS: [Field; 12] = [
    Field::Title,
    Field::Status,
    Field::Effective,
    Field::Retired,
    Field::ReviewBy,
    Field::Owner,
    Field::Approver,
    Field::Departments,
    Field::Roles,
    Field::Kind,
    Field::Confidentiality,
    Field::Supersedes,
];

impl Site {
    /// What differs between an edition and the one before it.
    pub(super) fn redline_page(&self, id: HistoryId, number: EditionNumber) -> RedlinePage {
        let before = EditionNumber::new(number.index().saturating_sub(1));
        let address = self.handbook.routes.address(Page::Redline(id, number));
        self.redline_between(id, before, Side::Edition(number), address)
    }

    /// What differs between an edition and another text, as a page at an address.
    pub(super) fn redline_between(
        &self,
        id: HistoryId,
        before: EditionNumber,
        after: Side,
        address: &str,
    ) -> RedlinePage {
        let (Some((history, from)), Some(to)) = (self.edition(id, before), self.side_row(id, after)) else {
            return RedlinePage::default();
        };
        let versions = [("title", &*self.title_of(history)), ("from", from.version()), ("to", &to.version)];
        let title = self.theme.translate_with("redline_of", &versions);
        let (mut context, _) = self.edition_context(id, address, &title);
        context.breadcrumbs.push(self.timeline_link(id));
        let (redline, fields) = self.compare_sides(id, before, after);
        let count = |kind: &Kind| KindCount { kind: kind.key(), count: redline.count(*kind) };
        RedlinePage {
            context,
            is_taken_back: from.is_taken_back || to.is_taken_back,
            from: self.edition_row(id, before),
            to,
            timeline: self.timeline_link(id),
            counts: Kind::DIFFERENT.iter().map(count).filter(|count| count.count > 0).collect(),
            fields,
            same: redline.count(Kind::Same),
            rows: redline.changes().map(row).collect(),
        }
    }

    /// What differs between two editions: texts, and front matter.
    pub(super) fn compare(&self, from: &Edition, to: &Edition) -> (Redline, Vec<FieldChange>) {
        if from.is_taken_back || to.is_taken_back {
            return (Redline::default(), Vec::new());
        }
        self.compare_chapters(&self.edition_text(from), &self.edition_text(to))
    }

    /// What differs between two texts of a chapter.
    pub(super) fn compare_chapters(&self, before: &Chapter, after: &Chapter) -> (Redline, Vec<FieldChange>) {
        let titles = [before.repeats_title, after.repeats_title];
        let redline = Redline::between(&before.document, &after.document, titles);
        let changed = |field: &Field| {
            let (from, to) = (self.said(before, *field), self.said(after, *field));
            let key = field.row().key;
            let label = match field {
                Field::Title => self.translate("register_title").to_owned(),
                Field::Departments => self.translate("index_departments").to_owned(),
                Field::Roles => self.translate("index_roles").to_owned(),
                _ => self.labelled("control", key).text,
            };
            (from != to).then_some(FieldChange { field: key, label, from, to })
        };
        let mut fields: Vec<FieldChange> = FIELDS.iter().filter_map(changed).collect();
        let (from, to) = (duties(before), duties(after));
        if from != to {
            fields.push(FieldChange { field: "raci", label: self.translate("raci").to_owned(), from, to });
        }
        (redline, fields)
    }

    /// What a field of a text says, as its author wrote it.
    fn said(&self, chapter: &Chapter, field: Field) -> String {
        let front = &chapter.front;
        match front.content(field) {
            FieldContent::Choice(key) => self.labelled(field.row().key, key).text,
            FieldContent::Word(word) => word.to_owned(),
            FieldContent::Text(text) => text.to_owned(),
            FieldContent::Date(date) => date.to_string(),
            FieldContent::Words(words) => {
                // To a chapter that is withheld not even an id may lead.
                let may_tell = |word: &str| {
                    field != Field::Supersedes
                        || self.handbook.withheld.groups.is_none()
                        || self.handbook.registry.document(word).is_some()
                };
                let words: Vec<&str> =
                    words.iter().map(|word| word.text.as_str()).filter(|word| may_tell(word)).collect();
                words.join(self.translate("comma"))
            }
            FieldContent::Nothing if field == Field::Title => chapter.title.clone(),
            FieldContent::Nothing => String::new(),
        }
    }
}

/// Who does, answers for, is asked about and is told of each activity, in one line.
fn duties(chapter: &Chapter) -> String {
    let names = |names: &[Spanned]| {
        let names: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
        names.join(", ")
    };
    let duty = |duty: &Responsibility| {
        let parts = &duty.parts;
        let of = [
            ("R", &parts.responsible),
            ("A", &parts.accountable),
            ("C", &parts.consulted),
            ("I", &parts.informed),
        ];
        let parts: Vec<String> = of
            .iter()
            .filter(|(_, people)| !people.is_empty())
            .map(|(letter, people)| format!("{letter} {}", names(people)))
            .collect();
        format!("{}: {}", duty.activity, parts.join("; "))
    };
    chapter.front.raci.iter().map(duty).collect::<Vec<_>>().join(" / ")
}

fn row(row: &Row) -> RedlineRow {
    let label = |unit: &Option<Unit>| unit.as_ref().map_or_else(String::new, |unit| unit.label.clone());
    RedlineRow {
        kind: row.kind.key(),
        from_label: label(&row.from),
        to_label: label(&row.to),
        lines: row.parts.iter().map(line).collect(),
    }
}

fn line(part: &Part) -> RedlineLine {
    RedlineLine {
        kind: part.kind.key(),
        from: side(&part.runs, Change::Deleted),
        to: side(&part.runs, Change::Added),
    }
}

/// The runs of one side.
fn side(runs: &[Run], own: Change) -> Vec<RedlineRun> {
    let change = |change: Change| match change {
        Change::Same => "same",
        Change::Deleted => "deleted",
        Change::Added => "added",
    };
    let own = runs.iter().filter(|run| run.change == Change::Same || run.change == own);
    own.map(|run| RedlineRun { change: change(run.change), text: run.text.clone() }).collect()
}
