//! What `content/` records of a chapter counts whichever of its texts is shown: approvals of
//! each version, reviews, and the day of the next.
//!
//! A release is never written to again, and a commit cannot be; so who approves or reviews a
//! text later can only say it in `content/`. A draft says nothing of it: it is published in no part.

use super::{Edition, History};
use crate::chapter::Chapter;
use crate::chapter::approval::Approval;
use crate::chapter::front_matter::FrontMatter;
use jiff::civil::Date;
use std::sync::Arc;

/// A chapter that is shown, with what its history records of it: the chapter itself where that is
/// nothing more.
#[must_use]
pub fn with_records(chapter: &Arc<Chapter>, history: &History, today: Date) -> Arc<Chapter> {
    let Some(present) = history.present.as_ref().filter(|own| own.source.path != chapter.source.path) else {
        return Arc::clone(chapter);
    };
    let front = history.recorded(&chapter.front, &present.front, today);
    if front == chapter.front {
        return Arc::clone(chapter);
    }
    let mut chapter = Chapter::clone(chapter);
    chapter.front = front;
    Arc::new(chapter)
}

impl History {
    /// The front matter of a text that is shown, with what the present one records.
    fn recorded(&self, shown: &FrontMatter, present: &FrontMatter, today: Date) -> FrontMatter {
        let mut front = shown.clone();
        let version = shown.version.as_str();
        for approval in present.approvals.iter().filter(|approval| approval.version == version) {
            if !front.approvals.iter().any(|own| is_same(own, approval, version)) {
                front.approvals.push(approval.clone());
            }
        }
        let is_past = |date: Option<Date>| date.is_none_or(|date| date <= today);
        for review in present.reviews.iter().filter(|review| is_past(review.date)) {
            if !front.reviews.contains(review) {
                front.reviews.push(review.clone());
            }
        }
        let is_same_version = present.version == version;
        // A later version may have another day; on the days before it was written nobody knew it.
        let is_known = is_same_version || self.is_written(present, today);
        front.review_by = match is_known {
            true => present.review_by.or(front.review_by),
            false => front.review_by.or(present.review_by),
        };
        if is_same_version && front.procedure.is_none() {
            front.procedure.clone_from(&present.procedure);
        }
        front
    }

    /// Whether the present version was there on a day.
    fn is_written(&self, present: &FrontMatter, today: Date) -> bool {
        let committed = || {
            let edition = &self.editions[self.find(&present.version)?];
            Some(edition.commit.as_ref()?.day)
        };
        let written = present.own_revision().and_then(|revision| revision.date).or_else(committed);
        written.is_some_and(|day| day <= today)
    }

    /// Writes into each approval which version it is of.
    pub(super) fn name_versions(&mut self) {
        let needs = |front: &FrontMatter| front.approvals.iter().any(|approval| approval.version.is_empty());
        if let Some(present) = self.present.clone().filter(|present| needs(&present.front)) {
            let mut named = Chapter::clone(&present);
            self.name_versions_in(&mut named.front);
            self.present = Some(Arc::new(named));
        }
        for at in 0..self.editions.len() {
            if needs(&self.editions[at].front) {
                let mut front = std::mem::take(&mut self.editions[at].front);
                self.name_versions_in(&mut front);
                self.editions[at].front = front;
            }
        }
    }

    /// An approval that names no version is of the text that has its digest, else of the text that
    /// it stands with.
    fn name_versions_in(&self, front: &mut FrontMatter) {
        let own = front.version.clone();
        for approval in front.approvals.iter_mut().filter(|approval| approval.version.is_empty()) {
            let other = self.with_digest(&approval.digest, &own);
            approval.version = other.map_or_else(|| own.clone(), |other| other.version().to_owned());
        }
    }

    /// The edition of another version whose text has a digest, where that of this version has
    /// another one.
    #[must_use]
    pub fn with_digest(&self, digest: &str, version: &str) -> Option<&Edition> {
        if digest.is_empty() {
            return None;
        }
        let has_it = |edition: &&Edition| edition.digest() == digest;
        let own = self.editions.iter().filter(|edition| edition.version() == version).any(|own| has_it(&own));
        let mut others = self.editions.iter().filter(|edition| edition.version() != version);
        if own { None } else { others.find(has_it) }
    }
}

/// Whether two records tell of one approval.
#[must_use]
pub fn is_same(one: &Approval, other: &Approval, version: &str) -> bool {
    let named = |approval: &Approval| {
        let mut approval = approval.clone();
        if approval.version.is_empty() {
            version.clone_into(&mut approval.version);
        }
        approval
    };
    named(one) == named(other)
}
