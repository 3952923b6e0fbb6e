//! The review desk: what is due, for whom and when, as a page and as calendars.

use super::Site;
use super::cards::slice;
use crate::chapter::field::Field;
use crate::handbook::register::{Due, Review};
use crate::handbook::routes::{INDEX_LINES, PER_PAGE, Page};
use crate::handbook::taxonomy::Taxonomy;
use crate::id::{ChapterId, PageNumber, TaxonomyTermId};
use crate::page::{DueCount, Label, Link, MissingSteps, OwnerReviews, ReviewGroup, ReviewsPage};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

/// Months that the summary counts, from that of the build on.
const MONTHS: usize = 24;

/// The owners of chapters, and where their pages and calendars are.
const OWNERS: Taxonomy = Taxonomy::of(Field::Owner).expect("a row");

impl Site {
    pub(super) fn reviews_page(&self, number: PageNumber) -> ReviewsPage {
        let reviews = self.handbook.reviews();
        let address = self.handbook.routes.address(Page::Reviews(number));
        let counts = counts(&reviews);
        let mut groups: Vec<ReviewGroup> = Vec::new();
        for review in slice(&reviews, number, PER_PAGE) {
            let key = review.due().key();
            if groups.last().is_none_or(|group| group.key != key) {
                groups.push(ReviewGroup { key, rows: Vec::new() });
            }
            if let Some(group) = groups.last_mut() {
                group.rows.push(self.register_row(review.chapter));
            }
        }
        let first = number == PageNumber::FIRST;
        let (procedures, procedures_more) = if first { self.procedures() } else { (Vec::new(), 0) };
        let due = |(due, count): (Due, usize)| DueCount { key: due.key().to_owned(), count };
        ReviewsPage {
            context: self.index_context(address, self.translate("index_reviews")),
            calendar: self.url(Page::ReviewCalendar),
            counts: Due::ALL.into_iter().zip(counts).map(due).collect(),
            owners: if first { self.owners_of(&reviews) } else { Vec::new() },
            months: if first { months(&reviews) } else { Vec::new() },
            procedures,
            procedures_more,
            groups,
            pagination: self.pagination(number, reviews.len(), PER_PAGE, Page::Reviews),
        }
    }

    /// The documents that lack steps of the democratic procedure, in reading order, and how
    /// many more there are than a page has room for.
    fn procedures(&self) -> (Vec<MissingSteps>, usize) {
        let lacking = self.handbook.listed().filter_map(|id| {
            let steps = self.missing_steps(id);
            (!steps.is_empty()).then_some((id, steps))
        });
        let mut lacking: Vec<_> = lacking.collect();
        let more = lacking.len().saturating_sub(INDEX_LINES);
        lacking.truncate(INDEX_LINES);
        let row = |(id, steps): (ChapterId, Vec<Label>)| {
            let owner = self.handbook.metadata[id].parties(Field::Owner).iter();
            let owner = owner.map(|party| self.party_of(Field::Owner, party)).collect();
            MissingSteps { chapter: self.chapter_link(id), owner, steps }
        };
        (lacking.into_iter().map(row).collect(), more)
    }

    /// Who has how many reviews, in the order of the owners; those of nobody last.
    fn owners_of(&self, reviews: &[Review]) -> Vec<OwnerReviews> {
        let by_chapter: HashMap<ChapterId, Review> =
            reviews.iter().map(|review| (review.chapter, *review)).collect();
        let terms = self.handbook.taxonomies.terms(OWNERS);
        let mut owners = Vec::new();
        for (id, term) in terms.iter_enumerated() {
            let own: Vec<Review> =
                term.chapters.iter().filter_map(|chapter| by_chapter.get(chapter).copied()).collect();
            if !own.is_empty() {
                let url = self.url(Page::Term(OWNERS, id, PageNumber::FIRST));
                owners.push(OwnerReviews {
                    owner: Link { title: term.name.clone(), url },
                    calendar: self.url(Page::OwnerCalendar(id)),
                    counts: counts(&own).to_vec(),
                });
            }
        }
        owners.truncate(INDEX_LINES);
        let nobody =
            |review: &&Review| self.handbook.metadata[review.chapter].parties(Field::Owner).is_empty();
        let free: Vec<Review> = reviews.iter().filter(nobody).copied().collect();
        if !free.is_empty() && !owners.is_empty() {
            owners.push(OwnerReviews { counts: counts(&free).to_vec(), ..OwnerReviews::default() });
        }
        owners
    }

    /// `reviews.ics`: every review as an event of a day.
    pub(super) fn review_calendar(&self) -> String {
        self.calendar(&self.handbook.reviews())
    }

    /// `reviews/<id>.ics`: the reviews of an owner.
    pub(super) fn owner_calendar(&self, owner: TaxonomyTermId) -> String {
        let owned = self.handbook.taxonomies.terms(OWNERS).get(owner);
        let chapters = owned.into_iter().flat_map(|term| term.chapters.iter().copied());
        self.calendar(&self.handbook.reviews_among(chapters))
    }

    /// Reviews as iCalendar (RFC 5545). Equal inputs give equal bytes, so the time stamp is
    /// the day of the build.
    fn calendar(&self, reviews: &[Review]) -> String {
        let today = self.handbook.today.strftime("%Y%m%d").to_string();
        let mut calendar = String::new();
        let mut line = |name: &str, value: &str| fold_line(&mut calendar, &format!("{name}:{value}"));
        line("BEGIN", "VCALENDAR");
        line("VERSION", "2.0");
        line("PRODID", "-//handbook//reviews//EN");
        line("X-WR-CALNAME", &escaped(&format!("{} · {}", self.title(), self.translate("index_reviews"))));
        for review in reviews {
            let chapter = &self.handbook.chapters[review.chapter];
            let name = chapter.front.id.as_ref().map_or(&*chapter.source.name, |id| id.text.as_str());
            let title = self.translate("reviews_event").replace("{title}", &chapter.title);
            let url = self.absolute(&self.chapter_url(review.chapter));
            line("BEGIN", "VEVENT");
            line("UID", &escaped(&format!("{name}/{}@handbook", review.date)));
            line("DTSTAMP", &format!("{today}T000000Z"));
            line("DTSTART;VALUE=DATE", &review.date.strftime("%Y%m%d").to_string());
            line("SUMMARY", &escaped(&title));
            if !url.is_empty() {
                line("URL", &url);
            }
            line("TRANSP", "TRANSPARENT");
            line("END", "VEVENT");
        }
        line("END", "VCALENDAR");
        calendar
    }
}

/// How many reviews are of each pressure, in the order of [`Due::ALL`].
fn counts(reviews: &[Review]) -> [usize; 5] {
    Due::ALL.map(|due| reviews.iter().filter(|review| review.due() == due).count())
}

/// How many reviews fall into each month that has any.
fn months(reviews: &[Review]) -> Vec<DueCount> {
    let mut months: BTreeMap<String, usize> = BTreeMap::new();
    for review in reviews {
        *months.entry(review.date.strftime("%Y-%m").to_string()).or_default() += 1;
    }
    months.into_iter().take(MONTHS).map(|(key, count)| DueCount { key, count }).collect()
}

/// A text as a value of iCalendar.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => value.extend(['\\', c]),
            '\n' => value.push_str("\\n"),
            c if c.is_control() => value.push(' '),
            c => value.push(c),
        }
    }
    value
}

/// Writes a content line, folded to 75 bytes without cutting a character (RFC 5545, 3.1).
fn fold_line(calendar: &mut String, line: &str) {
    let mut room = 75;
    for c in line.chars() {
        if c.len_utf8() > room {
            calendar.push_str("\r\n ");
            room = 74;
        }
        room -= c.len_utf8();
        let _ = write!(calendar, "{c}");
    }
    calendar.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_of_a_calendar_are_folded_between_characters() {
        let mut calendar = String::new();
        fold_line(&mut calendar, &format!("SUMMARY:{}", "复审".repeat(20)));
        let lines: Vec<&str> = calendar.trim_end().split("\r\n").collect();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| line.len() <= 75) && lines[1].starts_with(' '));
        assert_eq!(escaped("a;b,c\\d\ne\r"), "a\\;b\\,c\\\\d\\ne ");
    }
}
