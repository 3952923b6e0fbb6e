//! Where each chapter stands in its life on the day the site is built for.
//!
//! Dates and `supersedes` outweigh the word under `status`: a chapter whose
//! successor is in force is superseded even if nobody changed its own file.

use super::Facts;
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
    /// Chapters that replaced it.
    pub superseded_by: Vec<ChapterId>,
    /// Whether its review date has passed while it is in force.
    pub overdue: bool,
}

/// Works out the state of every chapter.
pub(super) fn follow(
    chapters: &IdVec<ChapterId, Arc<Chapter>>,
    facts: &IdVec<ChapterId, Facts>,
    today: Date,
    found: &mut Vec<Diagnostic>,
) -> IdVec<ChapterId, Lifecycle> {
    let mut lifecycles: IdVec<ChapterId, Lifecycle> = chapters
        .iter()
        .map(|chapter| Lifecycle { status: own_status(chapter, today), ..Lifecycle::default() })
        .collect();
    let circles = circles(facts);
    for (newer, fact) in facts.iter_enumerated() {
        for older in fact.documents(Field::Supersedes) {
            if circles.contains(&newer) && circles.contains(older) {
                found.push(report_circle(&chapters[newer], &chapters[*older]));
                continue;
            }
            lifecycles[*older].superseded_by.push(newer);
            let counts = matches!(own_status(&chapters[newer], today), Some(Status::InForce) | None);
            let status = &mut lifecycles[*older].status;
            if counts && matches!(status, Some(Status::InForce) | None) {
                *status = Some(Status::Superseded);
            }
        }
    }
    for (chapter, lifecycle) in chapters.iter().zip(&mut lifecycles) {
        let due = chapter.front.review_by.filter(|due| *due < today);
        lifecycle.overdue = due.is_some() && matches!(lifecycle.status, Some(Status::InForce) | None);
        if let (true, Some(due)) = (lifecycle.overdue, due) {
            let late = Diagnostic::new(&rule::OVERDUE, message!("overdue-since", due = due))
                .help(message!("overdue-since.help"));
            found.push(chapter.front_finding(&[Step::Key("review_by".to_owned())], late));
        }
        check_revisions(chapter, today, found);
    }
    lifecycles
}

fn own_status(chapter: &Chapter, today: Date) -> Option<Status> {
    let front = &chapter.front;
    if front.retired.is_some_and(|date| date <= today) {
        return Some(Status::Retired);
    }
    let begun = front.effective.is_none_or(|date| date <= today);
    match front.status {
        Some(Status::Approved) if begun && front.effective.is_some() => Some(Status::InForce),
        Some(Status::InForce) if !begun => Some(Status::Approved),
        status => status,
    }
}

/// Chapters that replace each other in a circle: what remains when those that
/// replace nothing are taken away again and again.
fn circles(facts: &IdVec<ChapterId, Facts>) -> BTreeSet<ChapterId> {
    let older = |facts: &Facts| facts.documents(Field::Supersedes).len();
    let mut waiting: IdVec<ChapterId, usize> = facts.iter().map(older).collect();
    let mut successors: IdVec<ChapterId, Vec<ChapterId>> = IdVec::for_each_of(facts, Vec::new());
    for (newer, fact) in facts.iter_enumerated() {
        for older in fact.documents(Field::Supersedes) {
            successors[*older].push(newer);
        }
    }
    let mut ready: Vec<ChapterId> = facts.ids().filter(|chapter| waiting[*chapter] == 0).collect();
    while let Some(chapter) = ready.pop() {
        for newer in &successors[chapter] {
            waiting[*newer] -= 1;
            if waiting[*newer] == 0 {
                ready.push(*newer);
            }
        }
    }
    facts.ids().filter(|chapter| waiting[*chapter] > 0).collect()
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

fn check_revisions(chapter: &Chapter, today: Date, found: &mut Vec<Diagnostic>) {
    for (at, revision) in chapter.front.revisions.iter().enumerate() {
        let Some(date) = revision.date.filter(|date| *date > today) else { continue };
        let steps = [Step::Key("revisions".to_owned()), Step::Item(at), Step::Key("date".to_owned())];
        let message = message!("future-revision-dated", date = date, today = today);
        let future = Diagnostic::new(&rule::FUTURE_REVISION, message);
        found.push(chapter.front_finding(&steps, future));
    }
}
