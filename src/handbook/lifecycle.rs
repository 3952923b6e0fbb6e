//! Where each chapter stands in its life on the day the site is built for.
//!
//! Dates and `supersedes` override the value under `status`: a chapter whose
//! successor is in force is superseded even if nobody changed its own file.

use super::{ResolvedMetadata, succession};
use crate::chapter::Chapter;
use crate::chapter::field::Field;
use crate::chapter::front_matter::Status;
use crate::diagnostic::Diagnostic;
use crate::id::{ChapterId, IdVec};
use crate::message;
use crate::rule;
use crate::yaml::Step;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The state of a chapter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lifecycle {
    /// Status on the day; `None` where front matter gives none.
    pub status: Option<Status>,
    /// The word that its author has for it, where that is not ours.
    pub word: Option<String>,
    /// Chapters that replaced it.
    pub superseded_by: Vec<ChapterId>,
    /// The day by which it is to be reviewed next, which reviews have moved.
    pub review_by: Option<Date>,
    /// Whether its review date has passed while it is in force.
    pub overdue: bool,
}

/// Works out the state of every chapter.
pub(super) fn follow(
    chapters: &IdVec<ChapterId, Arc<Chapter>>,
    metadata: &IdVec<ChapterId, ResolvedMetadata>,
    today: Date,
    diagnostics: &mut Vec<Diagnostic>,
) -> IdVec<ChapterId, Lifecycle> {
    let mut lifecycles: IdVec<ChapterId, Lifecycle> =
        chapters.iter().map(|chapter| Lifecycle::of(chapter, today)).collect();
    let circles = circles(metadata);
    for (newer, metadata) in metadata.iter_enumerated() {
        for older in metadata.documents(Field::Supersedes) {
            if circles.contains(&newer) && circles.contains(older) {
                diagnostics.push(report_circle(&chapters[newer], &chapters[*older]));
                continue;
            }
            lifecycles[*older].superseded_by.push(newer);
            let begun = chapters[newer].front.effective.is_none_or(|begins| begins <= today);
            let counts = begun && Lifecycle::of(&chapters[newer], today).may_be_in_force();
            let older = &mut lifecycles[*older];
            if counts && matches!(older.status, Some(Status::InForce) | None) {
                (older.status, older.word) = (Some(Status::Superseded), None);
            }
        }
    }
    for (chapter, lifecycle) in chapters.iter().zip(&mut lifecycles) {
        let due = lifecycle.review_by.filter(|due| *due < today);
        lifecycle.overdue = due.is_some() && lifecycle.may_be_in_force();
        if let (true, Some(due)) = (lifecycle.overdue, due) {
            let late = Diagnostic::new(&rule::OVERDUE, message!("overdue-since", due = due))
                .help(message!("overdue-since.help"));
            diagnostics.push(chapter.front_diagnostic(&[Step::Key("review_by".to_owned())], late));
        }
        check_revisions(chapter, today, diagnostics);
    }
    succession::check(chapters, &lifecycles, today, diagnostics);
    lifecycles
}

impl Lifecycle {
    /// What the front matter of a chapter alone says of it.
    fn of(chapter: &Chapter, today: Date) -> Self {
        let status = own_status(chapter, today);
        let word = chapter.front.status.foreign().filter(|foreign| foreign.counts_as == status);
        let word = word.map(|foreign| foreign.word.clone());
        Self { status, word, review_by: chapter.front.next_review(today), ..Self::default() }
    }

    /// Whether it is in force as far as its front matter says. A word that is not ours
    /// does not say so.
    #[must_use]
    pub fn may_be_in_force(&self) -> bool {
        self.status == Some(Status::InForce) || self.status.is_none() && self.word.is_none()
    }
}

fn own_status(chapter: &Chapter, today: Date) -> Option<Status> {
    let front = &chapter.front;
    if front.retired.is_some_and(|date| date <= today) {
        return Some(Status::Retired);
    }
    if chapter.is_draft(today) {
        return Some(Status::Draft);
    }
    let begun = front.effective.is_none_or(|date| date <= today);
    // What ends it has a day of its own, which has not come.
    let is_yet_to_end = front.retired.is_some();
    match front.status.value() {
        Some(Status::Retired | Status::Superseded) if is_yet_to_end && begun => Some(Status::InForce),
        Some(Status::Retired | Status::Superseded) if is_yet_to_end => Some(Status::Approved),
        Some(Status::Approved) if begun && front.effective.is_some() => Some(Status::InForce),
        Some(Status::InForce) if !begun => Some(Status::Approved),
        None if !begun && front.status.foreign().is_none() => Some(Status::Approved),
        status => status,
    }
}

/// Chapters that replace each other in a circle: what remains when those that
/// replace nothing are taken away again and again.
fn circles(metadata: &IdVec<ChapterId, ResolvedMetadata>) -> BTreeSet<ChapterId> {
    let older = |metadata: &ResolvedMetadata| metadata.documents(Field::Supersedes).len();
    let mut waiting: IdVec<ChapterId, usize> = metadata.iter().map(older).collect();
    let mut successors: IdVec<ChapterId, Vec<ChapterId>> = IdVec::for_each_of(metadata, Vec::new());
    for (newer, metadata) in metadata.iter_enumerated() {
        for older in metadata.documents(Field::Supersedes) {
            successors[*older].push(newer);
        }
    }
    let mut ready: Vec<ChapterId> = metadata.ids().filter(|chapter| waiting[*chapter] == 0).collect();
    while let Some(chapter) = ready.pop() {
        for newer in &successors[chapter] {
            waiting[*newer] -= 1;
            if waiting[*newer] == 0 {
                ready.push(*newer);
            }
        }
    }
    metadata.ids().filter(|chapter| waiting[*chapter] > 0).collect()
}

fn report_circle(chapter: &Chapter, older: &Chapter) -> Diagnostic {
    let message = message!("cycle-supersedes", path = &older.source.path);
    let place = |chapter: &Chapter| {
        let steps = chapter.front.supersedes.first().map(|name| name.steps.clone()).unwrap_or_default();
        chapter.front_place(&steps)
    };
    Diagnostic::new(&rule::CYCLE, message)
        .at(&chapter.source.path, place(chapter))
        .help(message!("cycle-supersedes.help"))
        .related(&older.source.path, place(older), message!("cycle-supersedes-other"))
}

fn check_revisions(chapter: &Chapter, today: Date, diagnostics: &mut Vec<Diagnostic>) {
    for (at, revision) in chapter.front.revisions.iter().enumerate() {
        let Some(date) = revision.date.filter(|date| *date > today) else { continue };
        let steps = [Step::Key("revisions".to_owned()), Step::Item(at), Step::Key("date".to_owned())];
        let message = message!("future-revision-dated", date = date, today = today);
        let future = Diagnostic::new(&rule::FUTURE_REVISION, message);
        diagnostics.push(chapter.front_diagnostic(&steps, future));
    }
    for (at, review) in chapter.front.reviews.iter().enumerate() {
        let Some(date) = review.date.filter(|date| *date > today) else { continue };
        let steps = [Step::Key("reviews".to_owned()), Step::Item(at), Step::Key("date".to_owned())];
        let message = message!("future-revision-review", date = date, today = today);
        let future = Diagnostic::new(&rule::FUTURE_REVISION, message);
        diagnostics.push(chapter.front_diagnostic(&steps, future));
    }
}
