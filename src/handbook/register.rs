//! What an owner and an auditor ask of the handbook as a whole: which documents are
//! controlled, which are due for review, and what has changed.
//!
//! Each is a list of chapters in an order of its own, made from front matter and the day
//! alone. The pages, the tables and the calendars of `site` are cut from these lists.

use super::Handbook;
use crate::chapter::Chapter;
use crate::chapter::front_matter::{Revision, Status};
use crate::diagnostic::Diagnostic;
use crate::id::ChapterId;
use crate::message;
use crate::rule;
use crate::yaml::Step;
use jiff::civil::Date;
use std::cmp::Reverse;

/// When a chapter is due for review, as the review desk groups it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Due {
    /// The day has passed.
    Overdue,
    /// Within 30 days, the day itself included.
    Within30,
    /// Within 60 days.
    Within60,
    /// Within 90 days.
    Within90,
    /// After that.
    Later,
}

impl Due {
    /// All of them, the most pressing first.
    pub const ALL: [Self; 5] = [Self::Overdue, Self::Within30, Self::Within60, Self::Within90, Self::Later];

    /// How pressing a review is that is due in this many days.
    #[must_use]
    pub const fn in_days(days: i32) -> Self {
        match days {
            ..0 => Self::Overdue,
            0..=30 => Self::Within30,
            31..=60 => Self::Within60,
            61..=90 => Self::Within90,
            91.. => Self::Later,
        }
    }

    /// A stable key, such as `overdue`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Within30 => "30",
            Self::Within60 => "60",
            Self::Within90 => "90",
            Self::Later => "later",
        }
    }
}

/// A review that is to come, or late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Review {
    /// The chapter.
    pub chapter: ChapterId,
    /// The day by which it is to be reviewed.
    pub date: Date,
    /// Days from the day of the build until then; negative where it has passed.
    pub days: i32,
}

impl Review {
    /// How pressing it is.
    #[must_use]
    pub const fn due(self) -> Due {
        Due::in_days(self.days)
    }
}

/// A change of a chapter: a line of its revision history, or where its version has none, the day
/// on which it came into force. Readers learn of it on the day on which it takes effect, or on
/// which it was written down, if that is later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The chapter.
    pub chapter: ChapterId,
    /// The day.
    pub date: Date,
    /// The line of the revision history, by its place.
    pub revision: Option<usize>,
}

impl Handbook {
    /// The revision that a change is, where its chapter's history has it.
    #[must_use]
    pub fn revision(&self, change: Change) -> Option<&Revision> {
        self.chapters[change.chapter].front.revisions.get(change.revision?)
    }

    /// The controlled documents, in reading order: the listed chapters whose front matter
    /// says anything that a register records.
    pub fn controlled(&self) -> impl Iterator<Item = ChapterId> + '_ {
        self.listed().filter(|id| self.chapters[*id].front.is_controlled_document())
    }

    /// The reviews of what is in force or approved, the earliest first.
    #[must_use]
    pub fn reviews(&self) -> Vec<Review> {
        self.reviews_among(self.listed())
    }

    /// The same of some chapters, given in reading order.
    #[must_use]
    pub fn reviews_among(&self, chapters: impl Iterator<Item = ChapterId>) -> Vec<Review> {
        let open = |id: &ChapterId| {
            let lifecycle = &self.lifecycles[*id];
            lifecycle.may_be_in_force() || lifecycle.status == Some(Status::Approved)
        };
        let review = |chapter: ChapterId| {
            let date = self.lifecycles[chapter].review_by?;
            let days = self.today.until(date).map_or(i32::MAX, |span| span.get_days());
            Some(Review { chapter, date, days })
        };
        let mut reviews: Vec<Review> = chapters.filter(open).filter_map(review).collect();
        // Stable: what is due on one day stays in reading order.
        reviews.sort_by_key(|review| review.date);
        reviews
    }

    /// The reviews that are due within so many days, and those that are late.
    pub fn due(&self, days: i32) -> impl Iterator<Item = Review> {
        self.reviews().into_iter().filter(move |review| review.days <= days)
    }

    /// A diagnostic for each of them that is not told as late already.
    #[must_use]
    pub fn due_diagnostics(&self, days: i32) -> Vec<Diagnostic> {
        let untold = |review: &Review| !self.lifecycles[review.chapter].overdue;
        let diagnostic = |review: Review| {
            let message = match review.days {
                ..0 => message!("review-due-late", due = review.date),
                days => message!("review-due-by", due = review.date, days = days.unsigned_abs()),
            };
            let due = Diagnostic::new(&rule::REVIEW_DUE, message).help(message!("overdue-since.help"));
            self.at_review_date(review.chapter, due)
        };
        self.due(days).filter(untold).map(diagnostic).collect()
    }

    /// The diagnostics for late reviews of chapters of which an earlier text than that of `content/`
    /// is in force.
    #[must_use]
    pub fn late_diagnostics(&self) -> Vec<Diagnostic> {
        let is_earlier = |id: &ChapterId| self.latest.contains_key(&self.chapters[*id].source.name);
        let late = self.chapters.ids().filter(|id| self.lifecycles[*id].overdue && is_earlier(id));
        let told = late.filter_map(|id| {
            let message = message!("overdue-since", due = self.lifecycles[id].review_by?);
            let late = Diagnostic::new(&rule::OVERDUE, message).help(message!("overdue-since.help"));
            Some(self.at_review_date(id, late))
        });
        told.collect()
    }

    /// A diagnostic where the day of a chapter's review is written: in `content/`, whichever text is
    /// shown, since reviews are recorded there.
    fn at_review_date(&self, id: ChapterId, diagnostic: Diagnostic) -> Diagnostic {
        let shown = &self.chapters[id];
        let chapter = self.latest.get(&shown.source.name).unwrap_or(shown);
        chapter.front_diagnostic(&[Step::Key("review_by".to_owned())], diagnostic)
    }

    /// All changes up to the day of the build, the latest first.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        let mut changes: Vec<Change> = self.listed().flat_map(|chapter| self.changes_of(chapter)).collect();
        changes.retain(|change| change.date <= self.today);
        changes.sort_by_key(|change| (Reverse(change.date), self.tree.rank[change.chapter]));
        changes
    }

    fn changes_of(&self, chapter: ChapterId) -> Vec<Change> {
        let Chapter { front, source, .. } = &*self.chapters[chapter];
        let history = self.histories.of(&source.name).map(|(_, history)| history);
        let begins = |version: &str| {
            let edition = || history.and_then(|history| history.editions[history.find(version)?].begins);
            let own = front.effective.filter(|_| version == front.version);
            own.or_else(edition).filter(|_| !version.is_empty())
        };
        let dated = |(at, revision): (usize, &Revision)| {
            let date = revision.date.max(begins(&revision.version))?;
            Some(Change { chapter, date, revision: Some(at) })
        };
        let mut changes: Vec<Change> = front.revisions.iter().enumerate().filter_map(dated).collect();
        let is_told = changes.is_empty() || !front.version.is_empty() && front.lacks_revision();
        if let Some(date) = front.effective.filter(|_| is_told) {
            changes.push(Change { chapter, date, revision: None });
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_is_as_pressing_as_the_days_that_are_left() {
        let due = |days| Due::in_days(days).key();
        assert_eq!(
            [-1, 0, 30, 31, 60, 61, 90, 91].map(due),
            ["overdue", "30", "30", "60", "60", "90", "90", "later"]
        );
    }
}
