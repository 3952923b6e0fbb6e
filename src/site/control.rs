//! What the fields of a chapter's front matter say, for its control block and for
//! other programs: by the tables of fields and taxonomies, so that a further field
//! needs no line here.

use super::Site;
use crate::chapter::field::{Field, FieldContent, FieldType};
use crate::handbook::people::Party;
use crate::handbook::routes::Page;
use crate::handbook::taxonomy::{Subject, Taxonomy};
use crate::id::{ChapterId, PageNumber};
use crate::page::{ControlRow, Link};
use serde_json::Value;

fn plain(title: &str) -> Link {
    Link { title: title.to_owned(), url: String::new() }
}

impl Site {
    /// The rows of a chapter's control block that hold something.
    pub(super) fn control(&self, chapter: ChapterId) -> Vec<ControlRow> {
        let row = |key: &'static str, values: Vec<Link>, is_long: bool| {
            let label = || self.labelled("control", key).text;
            (!values.is_empty()).then(|| ControlRow { key, label: label(), values, is_long })
        };
        let mut rows = Vec::new();
        for field in Field::ALL.iter().filter(|field| field.row().control) {
            let is_long = field.row().field_type == FieldType::Other;
            rows.extend(row(field.row().key, self.field_links(chapter, *field), is_long));
            if *field == Field::Approvals {
                let digest = self.shown_digest(chapter).map(plain);
                rows.extend(row("digest", digest.into_iter().collect(), true));
            }
            // The other side of it, which no front matter says.
            if *field == Field::Supersedes {
                let newer = &self.handbook.lifecycles[chapter].superseded_by;
                let newer = newer.iter().map(|id| self.chapter_link(*id));
                rows.extend(row("superseded_by", newer.collect(), false));
            }
        }
        rows
    }

    /// The values of a field, each with the page that it leads to, if there is one.
    fn field_links(&self, chapter: ChapterId, field: Field) -> Vec<Link> {
        let (handbook, metadata) = (&self.handbook, &self.handbook.metadata[chapter]);
        match field.row().field_type {
            FieldType::Departments => {
                metadata.departments.iter().map(|id| self.department_link(*id)).collect()
            }
            FieldType::Roles => metadata.roles.iter().map(|id| self.role_link(*id)).collect(),
            FieldType::Parties => {
                metadata.parties(field).iter().map(|party| self.party_of(field, party)).collect()
            }
            FieldType::Documents => {
                metadata.documents(field).iter().map(|id| self.chapter_link(*id)).collect()
            }
            FieldType::Audience => handbook.readers_of(chapter).into_iter().map(plain).collect(),
            FieldType::Text | FieldType::Date | FieldType::Choice(_) | FieldType::Words => {
                self.said_links(chapter, field)
            }
            FieldType::Other => self.recorded(chapter, field).iter().map(|line| plain(line)).collect(),
        }
    }

    fn said_links(&self, chapter: ChapterId, field: Field) -> Vec<Link> {
        match self.handbook.field_content(chapter, field) {
            FieldContent::Nothing => Vec::new(),
            FieldContent::Text(text) => vec![plain(text)],
            FieldContent::Date(date) => vec![plain(&date.to_string())],
            FieldContent::Choice(key) => {
                let title = self.labelled(field.row().key, key).text;
                let subjects = self.handbook.subjects(chapter, field);
                let url = subjects.first().and_then(|(subject, _)| self.subject_url(field, subject));
                vec![Link { title, url: url.unwrap_or_default() }]
            }
            FieldContent::Word(word) => {
                let url = self.subject_url(field, &Subject::Word(crate::text::fold(word)));
                vec![Link { title: word.to_owned(), url: url.unwrap_or_default() }]
            }
            FieldContent::Words(words) => {
                let url = |word: &str| self.subject_url(field, &Subject::Word(crate::text::fold(word)));
                let link = |word: &str| Link { title: word.to_owned(), url: url(word).unwrap_or_default() };
                words.iter().map(|word| link(&word.text)).collect()
            }
        }
    }

    /// Whom a field names. A person has no page except that of the chapters they own.
    pub(super) fn party_of(&self, field: Field, party: &Party) -> Link {
        let link = self.party_link(party);
        if !link.url.is_empty() {
            return link;
        }
        let url = self.subject_url(field, &party.subject().0).unwrap_or_default();
        Link { url, ..link }
    }

    /// The address of the page of a term, if its field has such pages.
    fn subject_url(&self, field: Field, subject: &Subject) -> Option<String> {
        let taxonomy = Taxonomy::of(field)?;
        let term = self.handbook.taxonomies.find(taxonomy, subject)?;
        Some(self.url(Page::Term(taxonomy, term, PageNumber::FIRST))).filter(|url| !url.is_empty())
    }

    /// What a field of a chapter says, for other programs; `None` where that is nothing.
    pub(super) fn field_data(&self, chapter: ChapterId, field: Field) -> Option<Value> {
        let (organization, metadata) = (&self.handbook.organization, &self.handbook.metadata[chapter]);
        let texts = |texts: Vec<&str>| Value::from(texts);
        let value = match (field.row().field_type, self.handbook.field_content(chapter, field)) {
            // Without any it applies to everyone, which is worth saying.
            (FieldType::Departments, _) => {
                let ids = metadata.departments.iter().map(|id| organization.departments[*id].id.as_str());
                return Some(texts(ids.collect()));
            }
            (FieldType::Roles, _) => {
                let ids = metadata.roles.iter().map(|id| organization.roles[*id].id.as_str());
                return Some(texts(ids.collect()));
            }
            (FieldType::Parties, _) => {
                let names = metadata.parties(field).iter().map(|party| self.party_link(party).title);
                Value::from(names.collect::<Vec<_>>())
            }
            (FieldType::Documents, _) => {
                let urls = metadata.documents(field).iter().map(|id| self.chapter_url(*id));
                Value::from(urls.collect::<Vec<_>>())
            }
            (FieldType::Other, _) => self.records(chapter, field)?,
            (_, FieldContent::Text(text)) => Value::from(text),
            (_, FieldContent::Date(date)) => Value::from(date.to_string()),
            (_, FieldContent::Choice(key)) => Value::from(key),
            (_, FieldContent::Word(word)) => Value::from(word),
            (_, FieldContent::Words(words)) => texts(words.iter().map(|word| word.text.as_str()).collect()),
            (_, FieldContent::Nothing) => return None,
        };
        let is_empty = value.as_array().is_some_and(Vec::is_empty);
        (!is_empty).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chapter::approval::ProcedureStep;
    use crate::chapter::record::Outcome;
    use crate::handbook::register::Due;
    use crate::theme::Theme;

    #[test]
    fn every_word_that_the_tables_name_is_in_both_locales() {
        for language in ["zh", "en"] {
            let theme = Theme::new(&[], language).value;
            // A word that is not there is its own key.
            let known = |key: &str| assert_ne!(theme.translate(key), key, "{language}");
            for field in Field::ALL {
                let key = field.row().key;
                if field.row().control {
                    known(&format!("control_{key}"));
                }
                field.choices().iter().for_each(|choice| known(&format!("{key}_{choice}")));
            }
            Taxonomy::all().for_each(|taxonomy| known(taxonomy.row().label));
            ["control_digest", "control_superseded_by"].into_iter().for_each(known);
            Outcome::ALL.iter().for_each(|outcome| known(&format!("review_{}", outcome.key())));
            ProcedureStep::ALL.iter().for_each(|step| known(&format!("procedure_{}", step.key())));
            Due::ALL.iter().for_each(|due| known(&format!("reviews_due_{}", due.key())));
            Page::generated().map(|page| page.kind().listed).filter(|key| !key.is_empty()).for_each(known);
        }
    }
}
