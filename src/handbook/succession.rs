//! Whether one rule applies at every moment between a chapter and those that replace it:
//! neither none, nor two of them. Told of past and future days alike, since an auditor asks
//! about the one and an author can still mend the other.

use super::lifecycle::Lifecycle;
use crate::chapter::Chapter;
use crate::chapter::front_matter::Status;
use crate::diagnostic::Diagnostic;
use crate::id::{ChapterId, IdVec};
use crate::locale::Message;
use crate::message;
use crate::rule::{self, Rule};
use crate::yaml::Step;
use jiff::civil::Date;
use std::sync::Arc;

/// Tells gaps and overlaps between each chapter and the first that replaces it.
pub(super) fn check(
    chapters: &IdVec<ChapterId, Arc<Chapter>>,
    lifecycles: &IdVec<ChapterId, Lifecycle>,
    today: Date,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (chapter, lifecycle) in chapters.iter().zip(lifecycles) {
        if !is_agreed(chapter) {
            continue;
        }
        let successors: Vec<&Chapter> =
            lifecycle.superseded_by.iter().map(|id| &*chapters[*id]).filter(|next| is_agreed(next)).collect();
        // One that says no day has been there for ever: it leaves no gap, and nobody can say when
        // it overlaps.
        let first = successors.iter().map(|next| next.front.effective.map(|begins| (begins, *next)));
        let first = first.collect::<Option<Vec<_>>>().unwrap_or_default();
        let first = first.into_iter().min_by_key(|(begins, next)| (*begins, &next.source.name));
        if let Some((begins, next)) = first {
            diagnostics.extend(gap(chapter, next, begins, today));
            diagnostics.extend(overlap(chapter, next, begins));
        }
    }
}

/// Whether it is in force one day or was, for all that its front matter says.
fn is_agreed(chapter: &Chapter) -> bool {
    !matches!(chapter.front.status.value(), Some(Status::Draft | Status::Consultation))
        && chapter.is_published()
}

/// The diagnostic for days on which a chapter is no longer in force and its successor not yet.
fn gap(chapter: &Chapter, next: &Chapter, begins: Date, today: Date) -> Option<Diagnostic> {
    let front = &chapter.front;
    let is_gone = matches!(front.status.value(), Some(Status::Superseded | Status::Retired));
    // Who only says that it is gone does not say since when: at the latest since today.
    let ends = front.retired.into_iter().chain(is_gone.then_some(today)).min()?;
    let key = if front.retired == Some(ends) { "retired" } else { "status" };
    (ends < begins).then(|| {
        let message = message!("successor-gap", title = &next.title, date = begins);
        let help = message!("successor-gap.help", date = begins);
        told(&rule::SUCCESSOR_GAP, chapter, key, next, message, help)
    })
}

/// The diagnostic for days on which a chapter says that it is in force, and so does its successor.
fn overlap(chapter: &Chapter, next: &Chapter, begins: Date) -> Option<Diagnostic> {
    let front = &chapter.front;
    let help = message!("successor-overlap.help", date = begins);
    if let Some(ends) = front.retired.filter(|ends| begins < *ends) {
        let message = message!("successor-overlap", title = &next.title, date = begins, ends = ends);
        return Some(told(&rule::SUCCESSOR_OVERLAP, chapter, "retired", next, message, help));
    }
    let late = front.effective.filter(|day| begins < *day)?;
    let message = message!("successor-overlap-never", title = &next.title, date = begins, begins = late);
    let help = message!("successor-overlap-never.help");
    Some(told(&rule::SUCCESSOR_OVERLAP, chapter, "effective", next, message, help))
}

fn told(
    rule: &'static Rule,
    chapter: &Chapter,
    key: &str,
    next: &Chapter,
    message: Message,
    help: Message,
) -> Diagnostic {
    let step = |key: &str| [Step::Key(key.to_owned())];
    let other = next.front_place(&step("effective"));
    let told = Diagnostic::new(rule, message).help(help).related(
        &next.source.path,
        other,
        message!("successor-begins"),
    );
    chapter.front_diagnostic(&step(key), told)
}
