//! Titles between 《 and 》 that neither a chapter nor an external reference has.
//!
//! One title gives one diagnostic, at its first mention, however often it comes.

use super::super::Handbook;
use super::super::title::title_key;
use super::{ChapterReferences, ResolvedReference};
use crate::chapter::Chapter;
use crate::diagnostic::Diagnostic;
use crate::id::{ChapterId, IdVec};
use crate::locale::Message;
use crate::markdown::MentionKind;
use crate::message;
use crate::rule;
use crate::text::Span;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A title that nothing has.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownTitle {
    /// As first written.
    pub title: String,
    /// Chapters that mention it, in reading order.
    pub chapters: Vec<ChapterId>,
    /// How often it is mentioned.
    pub times: usize,
    /// The first mention: chapter and place in its file.
    pub first: (ChapterId, Span),
}

/// A title that a chapter mentions and nothing has.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    key: String,
    title: String,
    times: usize,
    first: Span,
}

/// Those of one chapter, by title.
pub(super) fn unknown_in(
    handbook: &Handbook,
    chapter: &Chapter,
    resolved: &[ResolvedReference],
) -> Vec<Unknown> {
    let mut unknown: BTreeMap<String, Unknown> = BTreeMap::new();
    for (mention, reference) in chapter.document.mentions.iter().zip(resolved) {
        let MentionKind::Title(name) = &mention.kind else { continue };
        let known = *reference != ResolvedReference::Nothing || handbook.titles.find(name).is_some();
        if known || !chapter.document.shows(&mention.span) {
            continue;
        }
        let key = title_key(name);
        let first =
            || Unknown { key: key.clone(), title: name.clone(), times: 0, first: mention.span.clone() };
        unknown.entry(key.clone()).or_insert_with(first).times += 1;
    }
    unknown.into_values().collect()
}

impl Handbook {
    /// Those of all chapters, by title.
    pub(super) fn unknown_titles(
        &self,
        reads: &IdVec<ChapterId, Arc<ChapterReferences>>,
    ) -> Vec<UnknownTitle> {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut all: Vec<(&str, UnknownTitle)> = Vec::new();
        for chapter in &self.tree.order {
            for one in &reads[*chapter].unknown {
                let place = *places.entry(&one.key).or_insert(all.len());
                if place == all.len() {
                    let first = (*chapter, one.first.clone());
                    let new =
                        UnknownTitle { title: one.title.clone(), chapters: Vec::new(), times: 0, first };
                    all.push((&one.key, new));
                }
                all[place].1.times += one.times;
                all[place].1.chapters.push(*chapter);
            }
        }
        all.sort_unstable_by_key(|(key, _)| *key);
        all.into_iter().map(|(_, unknown)| unknown).collect()
    }

    /// The diagnostic for a reference to a draft.
    pub(in super::super) fn draft_diagnostic(&self, message: Message) -> Diagnostic {
        Diagnostic::new(&rule::DRAFT_TARGET, message).help(message!("draft-target.help"))
    }

    /// One note for each.
    pub(super) fn unknown_diagnostics(&self, unknown: &[UnknownTitle]) -> Vec<Diagnostic> {
        let note = |unknown: &UnknownTitle| {
            let UnknownTitle { title, times, first: (chapter, span), .. } = unknown;
            if self.hidden_titles.contains(&title_key(title)) {
                return self
                    .draft_diagnostic(message!("draft-target", title = title))
                    .at(&self.chapters[*chapter].source.path, span.clone());
            }
            let message = message!("unknown-title", title = title, times = *times);
            let near = self.registry.near_title(&self.chapters, title);
            Diagnostic::new(&rule::UNKNOWN_TITLE, message)
                .at(&self.chapters[*chapter].source.path, span.clone())
                .help(message!("unknown-title.help"))
                .nearest(near.as_deref())
        };
        unknown.par_iter().map(note).collect()
    }
}
