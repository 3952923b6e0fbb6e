//! What the anchors of a chapter are looked up in.
//!
//! Each index is made when a link first needs it, since most chapters are linked to as a
//! whole. A chapter with few anchors needs none: to walk over them is as fast.

use super::Chapter;
use crate::diagnostic::NearNames;
use crate::lean::Memo;
use crate::markdown::LooseAnchors;
use std::collections::HashSet;
use std::sync::Arc;

/// Anchors that are looked through one by one.
const FEW: usize = 64;

/// The indexes that have been made so far.
#[derive(Debug, Clone, Default)]
pub(super) struct AnchorIndexes {
    exact: Memo<HashSet<Box<str>>>,
    loose: Memo<LooseAnchors>,
    near: Memo<NearNames>,
}

impl Chapter {
    /// Whether a place of it answers to an anchor, as that is written.
    #[must_use]
    pub fn has_anchor(&self, anchor: &str) -> bool {
        let document = &self.document;
        let places = document.headings.len()
            + document.clauses.len()
            + document.html_anchors.len()
            + document.clause_parts.len();
        if places <= FEW {
            return document.has_anchor(anchor);
        }
        let index = self.anchor_indexes.exact.get(|| {
            let parts = document
                .clause_parts
                .iter()
                .filter_map(|part| Some(part.anchor(&document.clauses.get(part.clause as usize)?.anchor)));
            let anchors = document.anchors().map(|anchor| Box::from(&*anchor));
            anchors.chain(parts.map(String::into_boxed_str)).collect()
        });
        index.contains(anchor)
    }

    /// Frees what its anchors and the values of its front matter are looked up in, once all
    /// links are resolved and nobody will point at a place again.
    pub(crate) fn forget_lookups(&self) {
        let AnchorIndexes { exact, loose, near } = &self.anchor_indexes;
        exact.forget();
        loose.forget();
        near.forget();
        if let Some(yaml) = &self.front_yaml {
            yaml.forget_places();
        }
    }

    /// Its anchors as other tools may write them.
    #[must_use]
    pub fn loose_anchors(&self) -> Arc<LooseAnchors> {
        self.anchor_indexes.loose.get(|| LooseAnchors::new(&self.document))
    }

    /// Its anchors, by which of them resembles another.
    pub(crate) fn near_anchors(&self) -> Arc<NearNames> {
        self.anchor_indexes.near.get(|| {
            let anchors: Vec<_> = self.document.anchors().collect();
            NearNames::new(anchors.iter().map(|anchor| &**anchor))
        })
    }

    /// What looking for anchors that resemble another has cost.
    pub(crate) fn near_anchors_work(&self) -> usize {
        self.anchor_indexes.near.known().map_or(0, |near| near.work())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::MarkdownOptions;
    use crate::source::Source;

    #[test]
    fn an_index_knows_what_a_walk_finds() {
        let text: String = (1..=40)
            .map(|at| format!("## 标题 {at}\n\n第{at}条 甲。\n\n（一）乙；\n\n（二）丙。\n\n"))
            .collect();
        let source = Source::new(Arc::from("content/a.md"), Arc::from("a.md"), Arc::from(text.as_str()));
        let chapter = Chapter::parse(&source, &MarkdownOptions::default());
        let document = &chapter.document;
        assert!(document.headings.len() > 30 && document.clause_parts.len() > FEW);
        let parts = document.clause_parts.iter();
        let parts = parts.map(|part| part.anchor(&document.clauses[part.clause as usize].anchor));
        let known: Vec<String> = document.anchors().map(|anchor| anchor.into_owned()).chain(parts).collect();
        for anchor in known.iter().map(String::as_str).chain(["", "第41条", "第四十条第3项", "标题-41", "x"])
        {
            assert_eq!(chapter.has_anchor(anchor), document.has_anchor(anchor), "{anchor}");
        }
        chapter.forget_lookups();
        assert!(chapter.anchor_indexes.exact.known().is_none() && chapter.has_anchor("标题-40"));
    }
}
