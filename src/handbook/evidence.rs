//! What is missing or no longer true among the evidence that a rule is in force: its version,
//! approver and date, the order of its revisions, approvals of a text that has changed, and
//! the steps of its making.

use super::Handbook;
use super::edition::Histories;
use super::lifecycle::Lifecycle;
use crate::chapter::Chapter;
use crate::chapter::approval::{Approval, Procedure, ProcedureStep};
use crate::chapter::front_matter::{FrontMatter, Revision, Status};
use crate::chapter::version::compare_versions;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level};
use crate::id::{ChapterId, IdVec};
use crate::locale::Message;
use crate::message;
use crate::rule::{self, Rule};
use crate::yaml::Step;
use jiff::civil::Date;
use std::cmp::Ordering;
use std::sync::Arc;

/// What front matter lacks or says in a wrong order.
pub(super) fn check(
    chapters: &IdVec<ChapterId, Arc<Chapter>>,
    lifecycles: &IdVec<ChapterId, Lifecycle>,
    config: &Config,
    today: Date,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (chapter, lifecycle) in chapters.iter().zip(lifecycles) {
        diagnostics.extend(revision_order(chapter));
        diagnostics.extend(missing_revision(chapter, today));
        missing_control(chapter, lifecycle, config, diagnostics);
        diagnostics.extend(missing_procedure(chapter, lifecycle, config, today));
    }
}

/// A diagnostic for the first revision whose date and version contradict the one before it.
fn revision_order(chapter: &Chapter) -> Option<Diagnostic> {
    let dated = |(at, revision)| Some((at, revision, Revision::date(revision)?));
    let dated: Vec<(usize, &Revision, Date)> =
        chapter.front.revisions.iter().enumerate().filter_map(dated).collect();
    // The newest may stand first or last.
    let mut direction = Ordering::Equal;
    for pair in dated.windows(2) {
        let [(before, first, earlier), (at, second, later)] = pair else { continue };
        let dates = later.cmp(earlier);
        let versions = compare_versions(&second.version, &first.version).unwrap_or(Ordering::Equal);
        let contradicts = versions.is_ne() && dates.is_ne() && versions != dates;
        let turns = direction.is_ne() && dates.is_ne() && direction != dates;
        if contradicts || turns {
            let message = message!(
                "revision-order",
                version = &second.version,
                date = *later,
                other = &first.version,
                before = *earlier
            );
            let place =
                |at: usize| [Step::Key("revisions".to_owned()), Step::Item(at), Step::Key("date".to_owned())];
            let other = chapter.front_place(&place(*before));
            let wrong = Diagnostic::new(&rule::REVISION_ORDER, message)
                .help(message!("revision-order.help"))
                .related(&chapter.source.path, other, message!("revision-order-other"));
            return Some(chapter.front_diagnostic(&place(*at), wrong));
        }
        if dates.is_ne() {
            direction = dates;
        }
    }
    None
}

/// The diagnostic for a version of which the revision history says nothing.
fn missing_revision(chapter: &Chapter, today: Date) -> Option<Diagnostic> {
    let front = &chapter.front;
    // Of a draft it is written last.
    if front.version.is_empty() || chapter.is_draft(today) || !front.lacks_revision() {
        return None;
    }
    let versions = front.revisions.iter().filter(|revision| !revision.version.is_empty());
    let last = versions.max_by_key(|revision| revision.date)?;
    let message = message!("revision-order-missing", version = &front.version, last = &last.version);
    let wrong = Diagnostic::new(&rule::REVISION_ORDER, message).help(message!("revision-order-missing.help"));
    Some(chapter.front_diagnostic(&[Step::Key("version".to_owned())], wrong))
}

/// Diagnostics for what a controlled document in force must say and does not.
fn missing_control(
    chapter: &Chapter,
    lifecycle: &Lifecycle,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let front = &chapter.front;
    let is_in_force = lifecycle.status == Some(Status::InForce)
        || lifecycle.may_be_in_force() && front.is_controlled_document();
    if !is_in_force {
        return;
    }
    let is_controlled = front.controlled.unwrap_or_else(|| config.controlled.holds(&chapter.source.name));
    let is_approved =
        || front.approvals.iter().any(|approval| approval.is_of(&front.version, &front.version));
    let lacks: [(&'static Rule, bool, Message, &str); 3] = [
        (&rule::MISSING_VERSION, front.version.is_empty(), message!("missing-version"), "version"),
        (
            &rule::MISSING_APPROVER,
            front.approver.is_empty() && !is_approved(),
            message!("missing-approver"),
            "approver",
        ),
        (&rule::MISSING_EFFECTIVE, front.effective.is_none(), message!("missing-effective"), "effective"),
    ];
    for (rule, is_lacking, message, key) in lacks {
        let path = Some(&*chapter.source.path);
        let is_asked = is_controlled || config.checks.level_in(rule, path).is_some();
        if !is_lacking || !is_asked {
            continue;
        }
        let level = if is_controlled { Level::Warning } else { rule.level };
        let missing = Diagnostic::new(rule, message).help(message!("missing-control.help", key = key));
        let status = [Step::Key("status".to_owned())];
        diagnostics.push(chapter.front_diagnostic(&status, missing.at_level(level)));
    }
}

/// The steps that the law wants of a chapter and that have no record; none for one that does
/// not touch staff, as far as its author or handbook.yaml says.
pub(super) fn missing_steps(
    chapter: &Chapter,
    lifecycle: &Lifecycle,
    config: &Config,
    today: Date,
) -> Vec<ProcedureStep> {
    let open = lifecycle.may_be_in_force() || lifecycle.status == Some(Status::Approved);
    let is_asked = || config.procedure.holds(&chapter.source.name) && chapter.front.is_controlled_document();
    match &chapter.front.procedure {
        _ if !open => Vec::new(),
        Some(procedure) if procedure.is_waived => Vec::new(),
        Some(procedure) => procedure.missing(today),
        None if is_asked() => Procedure::default().missing(today),
        None => Vec::new(),
    }
}

fn missing_procedure(
    chapter: &Chapter,
    lifecycle: &Lifecycle,
    config: &Config,
    today: Date,
) -> Option<Diagnostic> {
    let steps = missing_steps(chapter, lifecycle, config, today);
    if steps.is_empty() {
        return None;
    }
    let steps: Vec<Message> = steps.into_iter().map(step_word).collect();
    let words = steps
        .into_iter()
        .reduce(|first, next| message!("missing-procedure-also", first = first, next = next))?;
    let missing = Diagnostic::new(&rule::MISSING_PROCEDURE, message!("missing-procedure", steps = words))
        .help(message!("missing-procedure.help"));
    Some(chapter.front_diagnostic(&[Step::Key("procedure".to_owned())], missing))
}

fn step_word(step: ProcedureStep) -> Message {
    match step {
        ProcedureStep::Discussion => message!("procedure-discussion"),
        ProcedureStep::Comments => message!("procedure-comments"),
        ProcedureStep::Negotiation => message!("procedure-negotiation"),
        ProcedureStep::Publication => message!("procedure-publication"),
    }
}

/// Diagnostics for approvals of a text that is no longer there: that of the present version,
/// and those of editions.
#[must_use]
pub fn stale_approvals(chapters: &[Arc<Chapter>], histories: &Histories) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for chapter in chapters {
        let front = &chapter.front;
        for (at, approval) in front.approvals.iter().enumerate() {
            if text_of(chapter, histories, approval).is_none_or(|digest| *digest == *approval.digest) {
                continue;
            }
            let version = if approval.version.is_empty() { &front.version } else { &approval.version };
            let message = match version.is_empty() {
                true => message!("approval-stale-unversioned"),
                false => message!("approval-stale", version = version),
            };
            let stale = Diagnostic::new(&rule::APPROVAL_STALE, message).help(message!("approval-stale.help"));
            let steps = [Step::Key("approvals".to_owned()), Step::Item(at), Step::Key("digest".to_owned())];
            diagnostics.push(chapter.front_diagnostic(&steps, stale));
        }
    }
    diagnostics
}

/// The digest of the text that an approval is of; `None` where the approval has none, or no
/// text of its version is known.
fn text_of<'a>(
    chapter: &'a Chapter,
    histories: &'a Histories,
    approval: &Approval,
) -> Option<std::borrow::Cow<'a, str>> {
    if approval.digest.is_empty() {
        return None;
    }
    let history = histories.of(&chapter.source.name).map(|(_, history)| history);
    if approval.is_of(&chapter.front.version, &chapter.front.version) {
        // One that names no version may be of an earlier text.
        let is_unnamed = approval.version.is_empty() && chapter.digest() != approval.digest;
        let other = history.filter(|_| is_unnamed);
        let other = other.and_then(|history| history.with_digest(&approval.digest, &chapter.front.version));
        return Some(other.map_or_else(|| chapter.digest().into(), |other| other.digest().into()));
    }
    let history = history?;
    let edition = &history.editions[history.find(&approval.version)?];
    Some(edition.digest().into())
}

impl Handbook {
    /// Whether any listed chapter lacks one of them.
    #[must_use]
    pub fn lacks_steps(&self) -> bool {
        self.listed().any(|chapter| !self.missing_steps(chapter).is_empty())
    }

    /// The steps of the democratic procedure that a chapter lacks.
    #[must_use]
    pub fn missing_steps(&self, chapter: ChapterId) -> Vec<ProcedureStep> {
        missing_steps(&self.chapters[chapter], &self.lifecycles[chapter], &self.config, self.today)
    }
}

impl FrontMatter {
    /// Whether it says what only controlled documents have.
    #[must_use]
    pub fn is_controlled_document(&self) -> bool {
        self.controlled.unwrap_or_else(|| {
            self.id.is_some()
                || !self.version.is_empty()
                || self.status != crate::chapter::vocabulary::Choice::Nothing
                || self.effective.is_some()
                || self.review_by.is_some()
                || !self.reviews.is_empty()
                || self.retired.is_some()
                || !self.approver.is_empty()
                || !self.approvals.is_empty()
                || !self.supersedes.is_empty()
        })
    }
}
