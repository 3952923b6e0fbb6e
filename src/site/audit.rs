//! What an auditor gets of a day: the register, the texts in force, and the evidence, as
//! files by path. `disk::audit` puts them into one archive.
//!
//! Equal inputs give equal files. The sources of texts are left out of what an audience
//! gets: they may name what it may not see, and are not redacted as pages are.

use super::Site;
use super::records::approval_data;
use crate::chapter::field::Field;
use crate::diagnostic::Diagnostic;
use crate::handbook::edition::{Edition, History};
use crate::id::ChapterId;
use crate::page::AuditText;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

/// The files of a bundle.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct AuditFiles {
    /// Files that were made, by path.
    pub made: BTreeMap<String, Vec<u8>>,
    /// Pictures of the texts: names below the content folder, by path.
    pub pictures: BTreeMap<String, Arc<str>>,
}

impl Site {
    /// The files for an auditor; `for_all` where the site is for no audience.
    ///
    /// # Errors
    /// A diagnostic where a template fails.
    pub fn audit_files(&self, for_all: bool) -> Result<AuditFiles, Diagnostic> {
        let mut files = AuditFiles::default();
        let controlled: Vec<ChapterId> = self.handbook.controlled().collect();
        files.made.insert("register.csv".to_owned(), self.list_csv(&controlled));
        files.made.insert("register.json".to_owned(), self.list_json(&controlled).into_bytes());
        let texts: Vec<ChapterId> =
            self.handbook.listed().filter(|id| self.handbook.lifecycles[*id].may_be_in_force()).collect();
        let mut digests = String::new();
        for id in &texts {
            let chapter = &self.handbook.chapters[*id];
            let html = self.audit_text(*id)?;
            self.add_pictures(*id, &html, &mut files);
            files.made.insert(format!("texts/{}", chapter.url), html.into_bytes());
            if for_all {
                let text = chapter.source.text.as_bytes().to_vec();
                files.made.insert(format!("texts/{}", chapter.source.name), text);
            }
            let name = chapter.front.id.as_ref().map_or("-", |id| id.text.as_str());
            let version = if chapter.front.version.is_empty() { "-" } else { &chapter.front.version };
            let digest = if self.is_taken_back(*id) { "-" } else { chapter.digest() };
            let _ = writeln!(digests, "{digest}\t{name}\t{version}\t{}", chapter.source.name);
        }
        files.made.insert("digests.txt".to_owned(), digests.into_bytes());
        let mut add = |name: &str, value: &Value| {
            let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
            text.push('\n');
            files.made.insert(name.to_owned(), text.into_bytes());
        };
        add("timelines.json", &self.timelines_data());
        let listed: Vec<ChapterId> = self.handbook.listed().collect();
        for (name, field) in [
            ("approvals.json", Field::Approvals),
            ("reviews.json", Field::Reviews),
            ("procedures.json", Field::Procedure),
        ] {
            let records = listed
                .iter()
                .filter_map(|id| Some(self.named_data(*id, field.row().key, self.records(*id, field)?)));
            add(name, &records.collect());
        }
        add("required-reading.json", &listed.iter().filter_map(|id| self.required_data(*id)).collect());
        Ok(files)
    }

    /// A text as a page that stands alone.
    fn audit_text(&self, id: ChapterId) -> Result<String, Diagnostic> {
        let chapter = &self.handbook.chapters[id];
        let page = AuditText {
            title: chapter.title.clone(),
            language: chapter.front.language.clone().unwrap_or_else(|| self.handbook.language.clone()),
            date: self.handbook.today.to_string(),
            card: self.card(id),
            control: self.control(id),
            digest: if self.is_taken_back(id) { String::new() } else { chapter.digest().to_owned() },
            body: self.body(id, &chapter.url).html,
        };
        let bytes = self.theme.render("audit.html", &page)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The pictures that a text shows, as far as the site has them.
    fn add_pictures(&self, id: ChapterId, html: &str, files: &mut AuditFiles) {
        let url = &self.handbook.chapters[id].url;
        let shown: BTreeSet<&str> = html
            .split(" src=\"")
            .skip(1)
            .filter_map(|rest| rest.split_once('"').map(|(src, _)| src))
            .collect();
        for src in shown {
            let src = src.split(['?', '#']).next().unwrap_or(src).replace("&amp;", "&");
            let decoded = percent_encoding::percent_decode_str(&src).decode_utf8_lossy().into_owned();
            let mut parts: Vec<&str> = url.split('/').collect();
            parts.pop();
            for part in decoded.split('/') {
                match part {
                    ".." => drop(parts.pop()),
                    "." => {}
                    part => parts.push(part),
                }
            }
            let name = parts.join("/");
            let path = format!("texts/{name}");
            match self.others.get(&name) {
                Some(super::Other::Attachment(at)) => {
                    files.pictures.insert(path, Arc::clone(&self.handbook.attachments[*at].name));
                }
                Some(super::Other::Kept(id, number, picture)) => {
                    let bytes = self.kept_bytes(*id, *number, *picture).unwrap_or_default();
                    files.made.insert(path, bytes.to_vec());
                }
                _ => {}
            }
        }
    }

    /// What is said of a chapter, with what it is called.
    fn named_data(&self, id: ChapterId, key: &str, said: Value) -> Value {
        let chapter = &self.handbook.chapters[id];
        let own = chapter.front.id.as_ref().map(|id| id.text.as_str());
        let mut data = json!({ "id": own, "title": chapter.title, "source": &*chapter.source.name });
        data[key] = said;
        data
    }

    fn required_data(&self, id: ChapterId) -> Option<Value> {
        let metadata = &self.handbook.metadata[id];
        if !metadata.required_all && metadata.required.is_empty() {
            return None;
        }
        let roles: Vec<&str> = metadata
            .required
            .iter()
            .map(|role| self.handbook.organization.roles[*role].name.as_str())
            .collect();
        let front = &self.handbook.chapters[id].front.required_reading;
        let within = front.as_ref().map_or(0, |required| required.within_days);
        let said = json!({ "all": metadata.required_all, "roles": roles, "within_days": within });
        Some(self.named_data(id, "required_reading", said))
    }

    fn timelines_data(&self) -> Value {
        let timeline = |history: &History| {
            let editions: Vec<Value> =
                history.editions.iter().map(|edition| self.edition_data(history, edition)).collect();
            json!({ "id": history.id(), "source": &*history.name, "editions": editions })
        };
        self.handbook.histories.list.iter().map(timeline).collect()
    }

    fn edition_data(&self, history: &History, edition: &Edition) -> Value {
        let date = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        let front = self.edition_front(edition);
        let revision = front.own_revision();
        let approvals = self.approvals_of(history, edition);
        let approvals: Vec<Value> = approvals.iter().map(approval_data).collect();
        let approver: Vec<&str> = edition.front.approver.iter().map(|name| name.text.as_str()).collect();
        json!({
            "version": edition.version(),
            "from": date(edition.begins),
            "until": date(edition.ends),
            "approver": approver,
            "approvals": approvals,
            "by": revision.map(|revision| revision.by.as_str()),
            "note": revision.map(|revision| revision.note.as_str()),
            "digest": (!edition.is_taken_back).then(|| edition.digest()),
            "withheld": edition.is_taken_back,
            "commit": edition.commit.as_ref().map(|commit| &*commit.id),
        })
    }
}
