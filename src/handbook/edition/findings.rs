//! What is wrong with editions: a text or a fact that was changed in silence, an order that
//! leaves a text unseen, days with no or two texts, a version that no file can be called by.

use super::{Edition, EditionCache, Histories, History, KnownEdition, is_same};
use crate::chapter::Chapter;
use crate::chapter::approval::Approval;
use crate::chapter::field::{Field, FieldContent};
use crate::chapter::front_matter::FrontMatter;
use crate::chapter::version::compare_versions;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, nearest};
use crate::locale::Message;
use crate::markdown::MarkdownOptions;
use crate::message;
use crate::rule::{self, Rule};
use crate::text::fold;
use crate::yaml::{Document, Step};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

impl Histories {
    /// The diagnostics about editions that handbook.yaml takes back and that are not there.
    #[must_use]
    pub fn withheld_diagnostics(&self, config: &Config, settings: &Document) -> Vec<Diagnostic> {
        if config.editions.withhold.is_empty() {
            return Vec::new();
        }
        let known: Vec<String> = self
            .list
            .iter()
            .flat_map(|history| {
                history.editions.iter().map(|edition| format!("{}@{}", history.slug, edition.version()))
            })
            .collect();
        let folded: HashSet<String> = known.iter().map(|name| fold(name)).collect();
        let wrong = config.editions.withhold.iter().filter(|name| !folded.contains(&fold(&name.text)));
        wrong
            .map(|name| {
                let told =
                    Diagnostic::new(&rule::UNKNOWN_EDITION, message!("unknown-edition", name = &name.text));
                let told = match nearest(&name.text, known.iter().map(String::as_str)) {
                    Some(near) => told.nearest(Some(near)),
                    None => told.help(message!("unknown-edition.help")),
                };
                told.at(&settings.path, Some(settings.locate(&name.steps)))
            })
            .collect()
    }

    /// The diagnostics about files of `editions/` that are shown nowhere, or under another version
    /// than their names say; `cache` is the one that the histories were made with.
    #[must_use]
    pub fn file_diagnostics(cache: &EditionCache) -> Vec<Diagnostic> {
        let files = cache.0.iter().filter(|known| known.source.commit.is_none());
        let told = files.filter_map(|KnownEdition { source, edition, .. }| {
            let name = source.path.rsplit('/').next().unwrap_or(&source.path);
            let stem = crate::chapter::without_suffix(name).unwrap_or(name);
            let wrong = match edition.as_ref().map(|edition| edition.version()) {
                None => {
                    let message = message!("unread-edition", path = &source.path);
                    Diagnostic::new(&rule::UNREAD_EDITION, message).help(message!("unread-edition.help"))
                }
                Some(version) if version != stem => {
                    let message = message!("unread-edition-version", version = version, name = stem);
                    Diagnostic::new(&rule::UNREAD_EDITION, message)
                        .help(message!("unread-edition-version.help"))
                }
                Some(_) => return None,
            };
            Some(wrong.at(&source.path, None))
        });
        told.collect()
    }

    /// The diagnostics about files of `editions/` whose chapter is gone, while another has its title:
    /// its id was changed, and its history was left behind.
    #[must_use]
    pub fn stray_diagnostics(&self, chapters: &[Arc<Chapter>]) -> Vec<Diagnostic> {
        let gone = self.list.iter().filter(|history| history.removed.is_some());
        let gone = gone.filter_map(|history| {
            let last = history.editions.last().filter(|edition| edition.commit.is_none())?;
            Some((history, last))
        });
        let mut gone = gone.peekable();
        // A handbook of which nothing is gone pays nothing.
        let mut by_title: HashMap<&str, &Arc<Chapter>> = HashMap::new();
        if gone.peek().is_some() {
            let is_new =
                |chapter: &&Arc<Chapter>| self.of(&chapter.source.name).is_none_or(|(_, own)| own.is_new());
            for chapter in chapters.iter().filter(is_new) {
                by_title.entry(&chapter.title).or_insert(chapter);
            }
        }
        let gone = gone.filter_map(|(history, last)| {
            let title = Chapter::structure(&last.source, &MarkdownOptions::default()).title;
            Some((history, last, *by_title.get(title.as_str())?))
        });
        let told = gone.map(|(history, last, chapter)| {
            let slug = chapter.history_slug();
            let message =
                message!("unread-edition-stray", slug = &history.slug, title = &chapter.title, id = slug);
            Diagnostic::new(&rule::UNREAD_EDITION, message)
                .help(message!("unread-edition-stray.help", slug = &history.slug, id = slug))
                .at(&last.source.path, None)
        });
        told.collect()
    }

    /// The diagnostics about the chapters' present texts, for a handbook that has editions.
    #[must_use]
    pub fn diagnostics(&self, chapters: &[Arc<Chapter>]) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for chapter in chapters {
            let version = &chapter.front.version;
            if !version.is_empty() && !is_file_name(version) {
                let message = message!("invalid-value-version", version = version);
                let wrong = Diagnostic::new(&rule::INVALID_VALUE, message)
                    .help(message!("invalid-value-version.help"));
                diagnostics.push(chapter.front_diagnostic(&[Step::Key("version".to_owned())], wrong));
            }
            let front = &chapter.front;
            // Most chapters have no history, and need not be looked for.
            if version.is_empty() && front.approvals.is_empty() && front.reviews.is_empty() {
                continue;
            }
            let Some((_, history)) = self.of(&chapter.source.name) else { continue };
            silent_changes(history, chapter, &mut diagnostics);
            diagnostics.extend(unread_records(history, chapter));
            let Some(own) = history.editions.iter().position(|edition| edition.is_present) else { continue };
            diagnostics.extend(out_of_order(history, own, chapter));
            for pair in [own.checked_sub(1).map(|before| (before, own)), Some((own, own + 1))] {
                let Some((before, after)) = pair else { continue };
                let Some(after) = history.editions.get(after) else { continue };
                diagnostics.extend(succession(&history.editions[before], after, chapter));
            }
        }
        diagnostics
    }
}

/// The diagnostic for records of what is in force that stand in a draft, of which nothing is
/// published.
fn unread_records(history: &History, chapter: &Chapter) -> Option<Diagnostic> {
    if chapter.is_published() {
        return None;
    }
    let is_kept = |review| history.editions.iter().any(|edition| edition.front.reviews.contains(review));
    let is_unread = |approval: &Approval| {
        let edition = history.find(&approval.version).map(|at| &history.editions[at]);
        edition.is_some_and(|edition| {
            !edition.front.approvals.iter().any(|own| is_same(own, approval, edition.version()))
        })
    };
    let front = &chapter.front;
    let key = if front.approvals.iter().any(is_unread) {
        "approvals"
    } else if !front.reviews.iter().all(is_kept) {
        "reviews"
    } else {
        return None;
    };
    let told = Diagnostic::new(&rule::UNREAD_EDITION, message!("unread-edition-records", key = key))
        .help(message!("unread-edition-records.help", slug = &history.slug));
    Some(chapter.front_diagnostic(&[Step::Key(key.to_owned())], told))
}

/// Facts that are approved together with a text.
const FACTS: [Field; 9] = [
    Field::Title,
    Field::Departments,
    Field::Roles,
    Field::Owner,
    Field::Approver,
    Field::Effective,
    Field::Supersedes,
    Field::Kind,
    Field::Confidentiality,
];

/// The diagnostics for a present text, and its facts, that are not what was published under
/// its version.
fn silent_changes(history: &History, chapter: &Chapter, diagnostics: &mut Vec<Diagnostic>) {
    let version = &chapter.front.version;
    let Some(edition) = history.find(version).map(|at| &history.editions[at]) else { return };
    let Some(first) = edition.first.as_ref().filter(|_| edition.is_present) else { return };
    if *first.text == *chapter.source.text && edition.pictures.is_empty() {
        return;
    }
    let first = first.head();
    // What a cache says of a history is not believed.
    if !first.is_published {
        return;
    }
    let is_released = edition.source.path != chapter.source.path;
    let is_other_text = first.text() != chapter.text_fingerprint();
    if edition.front.is_editorial() || chapter.front.is_editorial() {
        return;
    }
    let mut tell = |rule: &'static Rule, key: &str, message: Message, help: Message| {
        let told = Diagnostic::new(rule, message).help(help);
        let told = match is_released {
            true => told.related(&edition.source.path, None, message!("silent-change-released")),
            false => told,
        };
        diagnostics.push(chapter.front_diagnostic(&[Step::Key(key.to_owned())], told));
    };
    if is_other_text {
        let help = message!("silent-change.help", version = version);
        tell(&rule::SILENT_CHANGE, "version", message!("silent-change", version = version), help);
    }
    for picture in edition.pictures.iter() {
        let message = message!("silent-change-picture", name = &picture.name, version = version);
        let help = message!("silent-change.help", version = version);
        tell(&rule::SILENT_CHANGE, "version", message, help);
    }
    for field in FACTS {
        let (before, after) = (said(&first.front, field), said(&chapter.front, field));
        // What was added later was not changed; but a day on which it begins moves it.
        let before = match (field, before) {
            (_, Some(before)) => before,
            (Field::Effective, None) => match first.front.stated_beginning() {
                Some(day) => day.to_string(),
                None => continue,
            },
            _ => continue,
        };
        if after.as_ref() == Some(&before) {
            continue;
        }
        let key = field.row().key;
        let message = match after {
            Some(after) => {
                message!("silent-field", key = key, version = version, before = before, after = after)
            }
            None if field == Field::Effective
                && chapter.front.stated_beginning() == first.front.effective =>
            {
                continue;
            }
            None => message!("silent-field-gone", key = key, version = version, before = before),
        };
        tell(&rule::SILENT_FIELD, key, message, message!("silent-field.help", version = version));
    }
}

/// What a field says, in one line.
fn said(front: &FrontMatter, field: Field) -> Option<String> {
    match front.content(field) {
        FieldContent::Nothing => None,
        FieldContent::Text(text) | FieldContent::Word(text) => Some(text.to_owned()),
        FieldContent::Choice(key) => Some(key.to_owned()),
        FieldContent::Date(date) => Some(date.to_string()),
        FieldContent::Words(words) => {
            let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
            Some(words.join(", "))
        }
    }
}

/// The diagnostic for a present text that comes into force after a higher version, or before
/// one that was written earlier and so takes its place.
fn out_of_order(history: &History, own: usize, chapter: &Chapter) -> Option<Diagnostic> {
    let version = &chapter.front.version;
    let than = |edition: &Edition| compare_versions(edition.version(), version);
    let (before, behind) = (&history.editions[..own], &history.editions[own + 1..]);
    if let Some(left) = behind.iter().rev().find(|edition| edition.left.is_some()) {
        let message = message!("revision-order-back", version = version, other = left.version());
        let wrong = Diagnostic::new(&rule::REVISION_ORDER, message)
            .help(message!("revision-order-back.help", other = left.version()));
        return Some(chapter.front_diagnostic(&[Step::Key("version".to_owned())], wrong));
    }
    if let Some(higher) = before.iter().find(|edition| than(edition) == Some(Ordering::Greater)) {
        let message = message!("revision-order-lower", version = version, other = higher.version());
        let wrong = Diagnostic::new(&rule::REVISION_ORDER, message)
            .help(message!("revision-order-lower.help", other = higher.version()));
        return Some(chapter.front_diagnostic(&[Step::Key("version".to_owned())], wrong));
    }
    let begins = history.editions[own].begins?;
    // Where the versions do not say which was written first, the repository does: what lies in
    // `content/` is later than all that it holds.
    let is_earlier = |edition: &&Edition| match than(edition) {
        Some(order) => order == Ordering::Less,
        None => edition.commit.is_some(),
    };
    let later = behind.iter().find(|edition| is_earlier(edition) && edition.begins != Some(begins))?;
    let message = message!(
        "revision-order-earlier",
        version = version,
        date = begins,
        other = later.version(),
        later = later.begins?
    );
    let wrong = Diagnostic::new(&rule::REVISION_ORDER, message)
        .help(message!("revision-order-earlier.help", other = later.version()));
    Some(chapter.front_diagnostic(&[Step::Key("effective".to_owned())], wrong))
}

/// The diagnostic for days between two neighbouring editions, of which one is the present text,
/// on which neither or both are in force.
fn succession(before: &Edition, after: &Edition, chapter: &Chapter) -> Option<Diagnostic> {
    let begins = after.begins?;
    let effective = [Step::Key("effective".to_owned())];
    if let Some(ends) = before.front.retired.filter(|ends| *ends < begins) {
        let message = message!(
            "successor-gap-edition",
            version = before.version(),
            ends = ends,
            next = after.version(),
            begins = begins
        );
        let told = Diagnostic::new(&rule::SUCCESSOR_GAP, message)
            .help(message!("successor-gap-edition.help", version = before.version()));
        return Some(chapter.front_diagnostic(&effective, told));
    }
    let stated = |edition: &Edition| edition.front.stated_beginning() == Some(begins);
    let is_editorial = after.revision().is_some_and(|revision| revision.editorial);
    (stated(before) && stated(after) && !is_editorial).then(|| {
        let message = message!(
            "successor-overlap-edition",
            version = before.version(),
            next = after.version(),
            date = begins
        );
        let told = Diagnostic::new(&rule::SUCCESSOR_OVERLAP, message)
            .help(message!("successor-overlap-edition.help", next = after.version()));
        chapter.front_diagnostic(&effective, told)
    })
}

impl Edition {
    /// Whether its version can be the name of a file on every system.
    #[must_use]
    pub fn has_a_name(&self) -> bool {
        is_file_name(self.version())
    }
}

/// Whether a version may stand in a URL path and be the name of a file.
#[must_use]
pub fn is_file_name(version: &str) -> bool {
    let bad = |c: char| {
        c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#' | '%')
    };
    let edge = |c: char| c == '.' || c.is_whitespace();
    !version.is_empty()
        && version.len() <= 100
        && !version.contains(bad)
        && !version.contains("..")
        && !version.starts_with(edge)
        && !version.ends_with(edge)
        && version != "index"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_must_be_able_to_name_a_file() {
        for good in ["1.0", "2026年版", "v2 (rev A)", "2.1-beta"] {
            assert!(is_file_name(good), "{good}");
        }
        for bad in ["", ".1", "1.", "1..2", "../../etc", "a/b", "a\\b", "1:2", "a\nb", " 1", "index"] {
            assert!(!is_file_name(bad), "{bad}");
        }
    }
}
