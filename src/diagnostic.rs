//! Diagnostics as data: what is wrong, where, how bad it is, what to write instead.
//!
//! Stages return a [`Checked`] value: the best they could make, together with
//! everything they found wrong. Nothing here prints; `report` does, once.

use crate::locale::{Message, Value};
use crate::message;
pub use crate::rule::Level;
use crate::rule::Rule;
use crate::text::Span;
use std::sync::Arc;

/// A diagnostic: something wrong with the sources, at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule that it comes from.
    pub rule: &'static Rule,
    /// How bad it is, before `checks:` of handbook.yaml has its say.
    pub level: Level,
    /// File it is about, relative to the project folder, with `/`.
    pub path: Option<Arc<str>>,
    /// Place in that file, in bytes.
    pub span: Option<Span>,
    /// What is wrong, in one sentence.
    pub message: Message,
    /// What stands beside the marks under the quoted line.
    pub label: Option<Message>,
    /// What to write or do instead.
    pub help: Option<Message>,
    /// The audiences in whose sites it is found, by key; empty for what is found in
    /// every site.
    pub audiences: Vec<Arc<str>>,
    /// Other places that it is about, e.g. the other file that has this id.
    pub related: Vec<Related>,
    /// What can be written in a place instead, where that is known for certain enough
    /// to be proposed.
    pub suggestion: Option<Suggestion>,
}

/// A place besides the one that a diagnostic is at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Related {
    /// File, relative to the project folder, with `/`.
    pub path: Arc<str>,
    /// Place in that file, in bytes; `None` for the whole file.
    pub span: Option<Span>,
    /// What is there.
    pub message: Message,
}

/// A change of text that would mend what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// What the diagnostic's span is to be replaced by.
    pub text: String,
}

impl Suggestion {
    /// The change that puts `text` in the diagnostic's place.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }
}

impl Diagnostic {
    /// A diagnostic of a rule, at that rule's level.
    #[must_use]
    pub fn new(rule: &'static Rule, message: Message) -> Self {
        Self {
            rule,
            level: rule.level,
            path: None,
            span: None,
            message,
            label: None,
            help: None,
            audiences: Vec::new(),
            related: Vec::new(),
            suggestion: None,
        }
    }

    /// The same diagnostic, at a place.
    #[must_use]
    pub fn at(mut self, path: &Arc<str>, span: impl Into<Option<Span>>) -> Self {
        self.path = Some(Arc::clone(path));
        self.span = span.into();
        self
    }

    /// The same diagnostic with words beside the marks.
    #[must_use]
    pub fn label(mut self, label: Message) -> Self {
        self.label = Some(label);
        self
    }

    /// The same diagnostic with advice.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// The same diagnostic, of the site for an audience.
    #[must_use]
    pub fn of_audience(mut self, audience: &str) -> Self {
        self.audiences = vec![audience.into()];
        self
    }

    /// What stands beside the marks: the label, or for whom the place is withheld.
    #[must_use]
    pub fn shown_label(&self) -> Option<Message> {
        let audiences = || self.audiences.iter().collect::<Value>();
        let withheld = || message!("not-for-audiences", audiences = audiences());
        self.label.clone().or_else(|| (!self.audiences.is_empty()).then(withheld))
    }

    /// The same diagnostic with one place more that it is about.
    #[must_use]
    pub fn related(mut self, path: &Arc<str>, span: impl Into<Option<Span>>, message: Message) -> Self {
        self.related.push(Related { path: Arc::clone(path), span: span.into(), message });
        self
    }

    /// The same diagnostic with the name that was probably meant, where one is known.
    #[must_use]
    pub fn nearest(mut self, name: Option<&str>) -> Self {
        let Some(name) = name else { return self };
        self.suggestion = Some(Suggestion { text: name.to_owned() });
        self.help(message!("did-you-mean", name = name))
    }
}

/// A value and what is wrong with the input it came from.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Checked<T> {
    /// The best value that could be made.
    pub value: T,
    /// What is wrong, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// Joins a value with its diagnostics.
    pub const fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value, diagnostics }
    }

    /// Gives back the value and adds its diagnostics to `all`.
    pub fn take(self, all: &mut Vec<Diagnostic>) -> T {
        all.extend(self.diagnostics);
        self.value
    }
}

/// Characters of a name that is compared with others; longer ones are no
/// mistyped names, and comparing takes the product of both lengths.
const MAX_NAME: usize = 100;

/// The name nearest to `name`, if one is near enough to be worth proposing.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.trim().to_lowercase();
    let length = wanted.chars().count();
    if length > MAX_NAME {
        return None;
    }
    let letters = Letters::of(&wanted);
    let near = |candidate: &'a str| {
        let other = candidate.chars().count();
        let allowed = (length.max(other) / 3).max(1);
        // The distance is never less than the difference of the lengths.
        if length.abs_diff(other) > allowed {
            return None;
        }
        let candidate_folded = candidate.to_lowercase();
        // Nor less than the number of letters that the other does not have.
        if letters.differing(&Letters::of(&candidate_folded)) > allowed {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&wanted, &candidate_folded);
        (distance <= allowed && distance < length.max(2)).then_some((distance, candidate))
    };
    let nearest = known.into_iter().filter_map(near).min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)));
    nearest.map(|(_, candidate)| candidate)
}

/// How many of each letter a word has; letters that are alike in their last six bits are
/// counted as one.
struct Letters([u8; 64]);

impl Letters {
    fn of(word: &str) -> Self {
        let mut counts = [0_u8; 64];
        for c in word.chars() {
            let count = &mut counts[(u32::from(c) % 64) as usize];
            *count = count.saturating_add(1);
        }
        Self(counts)
    }

    /// How many letters of one the other lacks, whichever are more: each takes an edit.
    fn differing(&self, other: &Self) -> usize {
        let (mut here, mut there) = (0, 0);
        for (one, two) in self.0.iter().zip(other.0) {
            here += usize::from(one.saturating_sub(two));
            there += usize::from(two.saturating_sub(*one));
        }
        here.max(there)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_a_distance_that_is_never_too_great() {
        let words =
            ["title", "titel", "topics", "运营经理", "运营经里", "经理", "", "aab", "aba", "请假制度2024"];
        for one in words {
            for two in words {
                let least = Letters::of(one).differing(&Letters::of(two));
                assert!(least <= strsim::damerau_levenshtein(one, two), "{one} {two}");
            }
        }
        assert_eq!(Letters::of("title").differing(&Letters::of("topics")), 4);
    }

    #[test]
    fn nearest_proposes_only_what_is_near() {
        assert_eq!(nearest("运营经里", ["运营总监", "运营经理", "客服"]), Some("运营经理"));
        assert_eq!(nearest("titel", ["title", "topics"]), Some("title"));
        assert_eq!(nearest("财务", ["客服", "美工"]), None);
    }
}
