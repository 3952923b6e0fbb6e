//! Front matter as an audience gets it: without addresses of what it may not see; and that of
//! a text that is taken back.

use super::Chapter;
use super::front_matter::FrontMatter;
use crate::markdown::Visibility;

/// Front matter without addresses of what `sight` hides.
pub(super) fn front(front: &FrontMatter, sight: &dyn Visibility) -> FrontMatter {
    let mut front = front.clone();
    let veil = |text: &mut String| *text = veiled(text, sight);
    veil(&mut front.summary);
    for revision in &mut front.revisions {
        veil(&mut revision.by);
        veil(&mut revision.note);
    }
    for review in &mut front.reviews {
        veil(&mut review.by);
        veil(&mut review.note);
    }
    for approval in &mut front.approvals {
        veil(&mut approval.by);
        veil(&mut approval.record);
    }
    for record in front.procedure.iter_mut().flat_map(|procedure| procedure.steps.iter_mut().flatten()) {
        veil(&mut record.record);
        veil(&mut record.note);
    }
    front
}

impl Chapter {
    /// The same without what its front matter says of its text, for a text that is taken back.
    #[must_use]
    pub(crate) fn without_words(mut self) -> Self {
        self.front.summary.clear();
        self.front.terms.clear();
        self.front.extra.clear();
        self.terms.clear();
        self
    }
}

/// A text without addresses of what is withheld.
fn veiled(text: &str, sight: &dyn Visibility) -> String {
    let (mut kept, mut done) = (String::new(), 0);
    for address in sight.addresses(text) {
        kept.push_str(&text[done..address.start]);
        kept.push_str(sight.word());
        done = address.end;
    }
    kept.push_str(&text[done..]);
    kept
}
