//! Records of what was done about a chapter besides changing it.
//!
//! A review says on which day somebody looked at the text and found that it still holds, or
//! that it must be revised or retired. One that finds nothing to change moves the day of the
//! next review without a new version.

use super::field::{FieldValue, of_entry};
use super::front_matter::FrontMatter;
use crate::diagnostic::Diagnostic;
use crate::message;
use crate::rule;
use crate::yaml::Reader;
use jiff::civil::Date;
use jiff::{Span, ToSpan as _, Unit};

/// What a review has found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The text holds as it is.
    Unchanged,
    /// It must be revised.
    Revise,
    /// It must be retired.
    Retire,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Unchanged, Self::Revise, Self::Retire];

    /// A stable key, as front matter has it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Revise => "revise",
            Self::Retire => "retire",
        }
    }
}

/// A review that has taken place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct ReviewRecord {
    /// The day.
    pub date: Option<Date>,
    /// Who reviewed it.
    pub by: String,
    /// What was found.
    pub outcome: Option<Outcome>,
    /// What there is to say about it.
    pub note: String,
    /// When it is to be reviewed next, where that is not reckoned.
    pub next: Option<Date>,
}

impl FieldValue for Vec<ReviewRecord> {
    fn read(reader: &mut Reader<'_>, key: &'static str) -> Self {
        let mut reviews = Self::new();
        for mut entry in reader.mappings(key) {
            let keys = ["date", "by", "outcome", "note", "next"];
            entry.unknown_keys_but(&keys, |_| false, |word| of_entry(word, &keys));
            let outcomes = [
                ("unchanged", "继续有效", Outcome::Unchanged),
                ("revise", "需要修订", Outcome::Revise),
                ("retire", "应当废止", Outcome::Retire),
            ];
            let review = ReviewRecord {
                date: entry.date("date"),
                by: entry.string("by").unwrap_or_default(),
                outcome: entry.choice("outcome", &outcomes),
                note: entry.string("note").unwrap_or_default(),
                next: entry.date("next"),
            };
            review.check(&mut entry);
            reader.absorb(&mut entry);
            reviews.push(review);
        }
        reviews
    }
}

impl ReviewRecord {
    /// Tells what is missing, without which the review counts for nothing.
    fn check(&self, entry: &mut Reader<'_>) {
        let place = entry.base().to_vec();
        if entry.value("date").is_none() {
            let wrong = Diagnostic::new(&rule::INVALID_VALUE, message!("invalid-value-review-date"))
                .help(message!("invalid-value-review-date.help"));
            entry.report(&place, wrong);
        }
        if entry.value("outcome").is_none() {
            let wrong = Diagnostic::new(&rule::INVALID_VALUE, message!("invalid-value-review-outcome"))
                .help(message!("invalid-value-review-outcome.help"));
            entry.report(&place, wrong);
        }
        if let (Some(next), Some(date)) = (self.next, self.date)
            && next <= date
        {
            let message = message!("invalid-value-review-next", next = next, date = date);
            let steps = entry.steps("next");
            entry.report(&steps, Diagnostic::new(&rule::INVALID_VALUE, message));
        }
    }
}

impl FrontMatter {
    /// The reviews of the present version up to a day, the earliest first. What was found of
    /// the text before it came into force is no longer about it.
    fn reviews_until(&self, today: Date) -> Vec<(Date, &ReviewRecord)> {
        let begun = self.effective.unwrap_or(Date::MIN);
        let counted = |review: &'_ ReviewRecord| review.date.filter(|date| begun <= *date && *date <= today);
        let mut reviews: Vec<(Date, &ReviewRecord)> =
            self.reviews.iter().filter_map(|review| Some((counted(review)?, review))).collect();
        // Stable: of two on one day the later written counts.
        reviews.sort_by_key(|(date, _)| *date);
        reviews
    }

    /// The last review of the present version up to a day.
    #[must_use]
    pub fn last_review(&self, today: Date) -> Option<&ReviewRecord> {
        self.reviews_until(today).last().map(|(_, review)| *review)
    }

    /// The day by which it is to be reviewed next, as of a day: `review_by`, moved by each
    /// review that found nothing to change. The next one is then as long after the review as
    /// `review_by` is after the day on which the version came into force, a year where nothing
    /// says that day; `next` of the review goes first. What must be revised or retired stays
    /// due until it is.
    #[must_use]
    pub fn next_review(&self, today: Date) -> Option<Date> {
        let mut next = self.review_by;
        for (date, review) in self.reviews_until(today) {
            if let Some(given) = review.next.filter(|given| *given > date) {
                next = Some(given);
            } else if review.outcome == Some(Outcome::Unchanged)
                && let Some(written) = self.review_by
            {
                let reckoned = date.checked_add(self.review_cycle(written)).unwrap_or(Date::MAX);
                next = next.max(Some(reckoned));
            }
        }
        next
    }

    /// How long after a review the next is due.
    fn review_cycle(&self, review_by: Date) -> Span {
        let begun = self.stated_beginning();
        let span = begun.filter(|begun| *begun < review_by);
        span.and_then(|begun| begun.until((Unit::Year, review_by)).ok()).unwrap_or_else(|| 1.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(written: &str) -> Date {
        written.parse().unwrap()
    }

    fn review(on: &str, outcome: Outcome) -> ReviewRecord {
        ReviewRecord { date: Some(date(on)), outcome: Some(outcome), ..ReviewRecord::default() }
    }

    #[test]
    fn a_review_that_changes_nothing_moves_the_next() {
        let mut front = FrontMatter::default();
        (front.effective, front.review_by) = (Some(date("2025-01-31")), Some(date("2026-01-31")));
        let next = |front: &FrontMatter, today: &str| front.next_review(date(today)).unwrap().to_string();
        assert_eq!(next(&front, "2026-11-28"), "2026-01-31");
        front.reviews =
            vec![review("2026-02-10", Outcome::Unchanged), review("2024-12-01", Outcome::Unchanged)];
        assert_eq!(next(&front, "2026-02-09"), "2026-01-31", "it has not taken place yet");
        assert_eq!(next(&front, "2026-02-10"), "2027-02-10");
        front.reviews.push(review("2027-01-01", Outcome::Revise));
        assert_eq!(next(&front, "2027-11-28"), "2027-02-10", "what must be revised stays due");
        front.reviews.push(ReviewRecord {
            next: Some(date("2029-01-01")),
            ..review("2027-03-01", Outcome::Unchanged)
        });
        assert_eq!(next(&front, "2027-11-28"), "2029-01-01");
        assert_eq!(front.last_review(date("2027-02-01")).unwrap().outcome, Some(Outcome::Revise));
    }

    #[test]
    fn without_a_beginning_the_next_review_is_a_year_later() {
        let mut front = FrontMatter::default();
        (front.review_by, front.reviews) =
            (Some(date("2026-06-30")), vec![review("2026-05-01", Outcome::Unchanged)]);
        assert_eq!(front.next_review(date("2026-11-28")), Some(date("2027-05-01")));
        front.reviews = vec![review("9999-05-01", Outcome::Unchanged)];
        assert_eq!(front.next_review(Date::MAX), Some(Date::MAX), "no later day there is");
        front.review_by = None;
        assert_eq!(front.next_review(Date::MAX), None);
    }
}
