//! What an owner and an auditor ask of the handbook as a whole: which documents are
//! controlled, which are due for review, and what has changed.
//!
//! Each is a list of chapters in an order of its own, made from front matter and the day
//! alone. The pages, the tables and the calendars of `site` are cut from these lists.

use super::Handbook;
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

/// A change of a chapter: a dated line of its revision history, or where it has none, the
/// day on which it came into force.
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
            let steps = [Step::Key("review_by".to_owned())];
            let due = Diagnostic::new(&rule::REVIEW_DUE, message).help(message!("overdue-since.help"));
            self.chapters[review.chapter].front_diagnostic(&steps, due)
        };
        self.due(days).filter(untold).map(diagnostic).collect()
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
        let front = &self.chapters[chapter].front;
        let dated = |(at, revision): (usize, &Revision)| {
            Some(Change { chapter, date: revision.date?, revision: Some(at) })
        };
        let revisions: Vec<Change> = front.revisions.iter().enumerate().filter_map(dated).collect();
        match front.effective {
            Some(date) if revisions.is_empty() => vec![Change { chapter, date, revision: None }],
            _ => revisions,
        }
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
