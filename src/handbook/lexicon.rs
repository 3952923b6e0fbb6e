//! Terms and bare ids in running text, found by one automaton over all of them.
//!
//! The longest name that begins first wins. A name that begins or ends in a Latin
//! letter or digit must stand free there; a Chinese one is taken as it stands.
//! Upper and lower case are one, but for abbreviations (SLA) and ids.

use super::Handbook;
use super::glossary::Glossary;
use super::reference::ResolvedReference;
use crate::chapter::Chapter;
use crate::chapter::term::{Origin, is_usable};
use crate::id::{ChapterId, GlossaryTermId, HeadingId, IdVec};
use crate::markdown::{AutoLink, AutoLinkKind, Document, document_before};
use crate::text::{floor_boundary, is_cjk};
use aho_corasick::{AhoCorasick, Input, MatchKind};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Bytes of an id that is looked for before a clause.
const MAX_ID: usize = 80;

/// A name among those of the lexicon: its pattern's index in the automaton.
type NameId = usize;

/// One name that is looked for.
#[derive(Debug)]
struct Name {
    text: String,
    kind: AutoLinkKind,
    /// Whether case counts.
    exact: bool,
    /// Names that this one begins with, longest first: they are tried where this
    /// one does not stand free.
    shorter: Vec<NameId>,
}

/// All names.
#[derive(Debug)]
pub(super) struct Lexicon {
    automaton: AhoCorasick,
    names: Vec<Name>,
}

/// Ids before terms, so that an id that is a term too leads to its chapter.
fn names(chapters: &IdVec<ChapterId, Arc<Chapter>>, glossary: &Glossary) -> Vec<(String, AutoLinkKind)> {
    let id = |(chapter_id, chapter): (ChapterId, &Arc<Chapter>)| {
        let id = &chapter.front.id.as_ref()?.text;
        is_telling(id).then(|| (id.clone(), AutoLinkKind::Chapter(chapter_id)))
    };
    let ids = chapters.iter_enumerated().filter_map(id);
    let terms = glossary.entries.iter_enumerated().flat_map(|(term, entry)| {
        let definition = entry.definition(chapters);
        let names = definition.names().filter(|name| is_usable(name));
        names.map(move |name| (name.to_owned(), AutoLinkKind::Term(term)))
    });
    ids.chain(terms).collect()
}

impl Handbook {
    /// Finds the terms and bare ids of a chapter. `resolved` says which mentions are
    /// links already.
    pub(super) fn find_marks(&self, chapter: ChapterId, resolved: &[ResolvedReference]) -> Vec<AutoLink> {
        let lexicon = self.lexicon.as_ref().as_ref();
        let text = &self.chapters[chapter];
        lexicon.map_or_else(Vec::new, |lexicon| self.chapter_marks(chapter, text, lexicon, resolved))
    }

    /// Bare ids in an edition of a chapter. Terms are left out, since what they are said to
    /// mean is what they mean today.
    pub(super) fn edition_marks(
        &self,
        id: ChapterId,
        edition: &Chapter,
        resolved: &[ResolvedReference],
    ) -> Vec<AutoLink> {
        let Some(lexicon) = self.lexicon.as_ref().as_ref() else { return Vec::new() };
        let mut marks = self.chapter_marks(id, edition, lexicon, resolved);
        marks.retain(|mark| matches!(mark.kind, AutoLinkKind::Chapter(_)));
        marks
    }

    /// The chapter whose id stands right before a place of a text, as in P-1第四条 and P-1 的第四条.
    pub(super) fn chapter_before(&self, text: &str, at: usize) -> Option<ChapterId> {
        let lexicon = self.lexicon.as_ref().as_ref()?;
        let before = document_before(text.get(..at)?);
        if text[before.len()..at].contains("\n\n") {
            return None;
        }
        let from = floor_boundary(before, before.len().saturating_sub(MAX_ID));
        let (_, name) = lexicon.find(text, from..before.len()).find(|(span, _)| span.end == before.len())?;
        match name.kind {
            AutoLinkKind::Chapter(id) => Some(id),
            AutoLinkKind::Term(_) => None,
        }
    }

    fn chapter_marks(
        &self,
        id: ChapterId,
        chapter: &Chapter,
        lexicon: &Lexicon,
        resolved: &[ResolvedReference],
    ) -> Vec<AutoLink> {
        let (text, document) = (&*chapter.source.text, &chapter.document);
        let links = links(chapter, resolved);
        let mut closed = links.iter().peekable();
        let with_terms = chapter.front.glossary != Some(false);
        let mut section = Section::new(IdVec::for_each_of(&self.glossary.entries, 0));
        let mut marks = Vec::new();
        for run in document.running_text() {
            for (span, name) in lexicon.find(text, run.clone()) {
                while closed.peek().is_some_and(|link| link.end <= span.start) {
                    closed.next();
                }
                let taken = closed.peek().is_some_and(|link| link.start < span.end);
                section.move_to(document, span.start);
                let wanted = match name.kind {
                    AutoLinkKind::Chapter(to) => to != id,
                    AutoLinkKind::Term(term) => {
                        with_terms
                            && !taken
                            && !self.defines(id, term, section.heading)
                            && section.first(term)
                    }
                };
                if wanted && !taken {
                    marks.push(AutoLink { span, kind: name.kind });
                }
            }
        }
        marks
    }

    /// Whether the section is where the term is defined.
    fn defines(&self, chapter: ChapterId, term: GlossaryTermId, heading: Option<HeadingId>) -> bool {
        Some(chapter) == self.glossary.chapter
            && heading.and_then(|heading| self.glossary.at_heading(heading)) == Some(term)
    }
}

/// The section that is read, with the terms it has used so far.
struct Section {
    /// How many headings stand above.
    above: usize,
    /// The last of them.
    heading: Option<HeadingId>,
    /// For each term the section it was last used in: the number of headings
    /// above it and one more; 0 for a term that was not used yet.
    used: IdVec<GlossaryTermId, usize>,
}

impl Section {
    const fn new(used: IdVec<GlossaryTermId, usize>) -> Self {
        Self { above: 0, heading: None, used }
    }

    fn move_to(&mut self, document: &Document, place: usize) {
        let before = self.above;
        while document.headings.get(self.above).is_some_and(|heading| heading.span.start <= place) {
            self.above += 1;
        }
        if self.above != before {
            self.heading = Some(HeadingId::new(self.above - 1));
        }
    }

    fn first(&mut self, term: GlossaryTermId) -> bool {
        let here = self.above + 1;
        self.used.get_mut(term).is_some_and(|last| std::mem::replace(last, here) != here)
    }
}

/// Places of a chapter in which nothing is marked, in order: mentions that lead
/// somewhere, links written as HTML, and lines of other names in the glossary.
fn links(chapter: &Chapter, resolved: &[ResolvedReference]) -> Vec<Range<usize>> {
    let mentions = chapter.document.mentions.iter().zip(resolved);
    let mut links: Vec<Range<usize>> = mentions
        .filter(|(_, reference)| **reference != ResolvedReference::Nothing)
        .map(|(mention, _)| mention.span.clone())
        .collect();
    links.extend(chapter.terms.iter().filter_map(|term| match &term.origin {
        Origin::Heading { names, .. } if !names.is_empty() => Some(names.clone()),
        _ => None,
    }));
    if chapter.document.has_raw_html {
        links.extend(html_links(&chapter.source.text));
    }
    links.sort_by_key(|link| link.start);
    links
}

/// From each `<a …>` to its `</a>`.
fn html_links(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut links = Vec::new();
    let mut from = 0;
    while let Some(start) = lower[from..].find("<a").map(|at| from + at) {
        from = start + 2;
        let tag = lower[from..].starts_with(|c: char| c.is_whitespace() || c == '>');
        if let Some(length) = lower[from..].find("</a>").filter(|_| tag) {
            from += length;
            links.push(start..from);
        }
    }
    links
}

impl Lexicon {
    /// That of a handbook.
    pub(super) fn of(chapters: &IdVec<ChapterId, Arc<Chapter>>, glossary: &Glossary) -> Option<Self> {
        Self::new(names(chapters, glossary))
    }

    /// The first of two equal names counts. `None` where there is none at all.
    fn new(wanted: Vec<(String, AutoLinkKind)>) -> Option<Self> {
        let mut places: HashMap<String, NameId> = HashMap::new();
        let mut names: Vec<Name> = Vec::new();
        for (text, kind) in wanted {
            let key = text.to_ascii_lowercase();
            if let std::collections::hash_map::Entry::Vacant(free) = places.entry(key) {
                free.insert(names.len());
                let exact = matches!(kind, AutoLinkKind::Chapter(_)) || is_abbreviation(&text);
                names.push(Name { text, kind, exact, shorter: Vec::new() });
            }
        }
        for name in &mut names {
            let key = name.text.to_ascii_lowercase();
            let starts = key.char_indices().skip(1).map(|(end, _)| &key[..end]);
            name.shorter = starts.filter_map(|start| places.get(start).copied()).collect();
            name.shorter.reverse();
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.iter().map(|name| &name.text))
            .ok()
            .filter(|_| !names.is_empty())?;
        Some(Self { automaton, names })
    }

    /// The names in a piece of a text, in order, none within another.
    fn find<'a>(
        &'a self,
        text: &'a str,
        run: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, &'a Name)> {
        let mut from = run.start;
        std::iter::from_fn(move || {
            loop {
                let hit = self.automaton.find(Input::new(text).range(from..run.end))?;
                let start = hit.start();
                let name = self.names.get(hit.pattern().as_usize())?;
                let tried = std::iter::once(name)
                    .chain(name.shorter.iter().filter_map(|index| self.names.get(*index)));
                let fitting = tried
                    .map(|name| (start..start + name.text.len(), name))
                    .find(|(span, name)| name.fits(text, span));
                if let Some((span, name)) = fitting {
                    from = span.end;
                    return Some((span, name));
                }
                // The next name may begin inside of this one.
                from = start + text[start..].chars().next().map_or(1, char::len_utf8);
            }
        })
    }
}

impl Name {
    /// Whether the name stands free at a place.
    fn fits(&self, text: &str, span: &Range<usize>) -> bool {
        let (Some(before), Some(words), Some(after)) =
            (text.get(..span.start), text.get(span.clone()), text.get(span.end..))
        else {
            return false;
        };
        if self.exact && words != self.text {
            return false;
        }
        let latin = |c: char| (c.is_alphanumeric() && !is_cjk(c)) || c == '_';
        let opens = words.chars().next().is_some_and(latin);
        let closes = words.chars().next_back().is_some_and(latin);
        if (opens && before.chars().next_back().is_some_and(latin))
            || (closes && after.chars().next().is_some_and(latin))
        {
            return false;
        }
        // OPS-001 does not occur in OPS-001-A, OPS-001.2 or X-OPS-001.
        let part = |mut letters: Box<dyn Iterator<Item = char> + '_>| {
            letters.next().is_some_and(|c| matches!(c, '-' | '.' | '/')) && letters.next().is_some_and(latin)
        };
        matches!(self.kind, AutoLinkKind::Term(_))
            || !(part(Box::new(before.chars().rev())) || part(Box::new(after.chars())))
    }
}

/// Whether an id can be told from a word: it has letters and digits.
fn is_telling(id: &str) -> bool {
    id.chars().any(char::is_alphabetic) && id.chars().any(|c| c.is_ascii_digit())
}

/// Whether a name is written in capitals only, such as SLA.
fn is_abbreviation(name: &str) -> bool {
    let capitals = name.chars().filter(char::is_ascii_uppercase).count();
    capitals >= 2 && !name.chars().any(|c| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(names: &[&str], text: &str) -> Vec<String> {
        let wanted = names.iter().enumerate();
        let kind = |at: usize, name: &str| match name.contains('-') {
            true => AutoLinkKind::Chapter(ChapterId::new(at)),
            false => AutoLinkKind::Term(GlossaryTermId::new(at)),
        };
        let lexicon =
            Lexicon::new(wanted.map(|(at, name)| ((*name).to_owned(), kind(at, name))).collect()).unwrap();
        lexicon.find(text, 0..text.len()).map(|(span, _)| text[span].to_owned()).collect()
    }

    #[test]
    fn latin_names_stand_free_and_chinese_ones_anywhere() {
        let names = ["SLA", "service level", "net", "network", "转化率", "支付转化率"];
        assert_eq!(marked(&names, "本SLA与 SLA、SLAs、xSLA、sla"), ["SLA", "SLA"]);
        assert_eq!(
            marked(&names, "Service Level; net networks network"),
            ["Service Level", "net", "network"]
        );
        assert_eq!(marked(&names, "支付转化率和访客转化率"), ["支付转化率", "转化率"]);
    }

    #[test]
    fn a_shorter_name_is_tried_where_the_longest_does_not_stand_free() {
        assert_eq!(marked(&["A1", "A1 级"], "A1 级, A1 x"), ["A1 级", "A1"]);
        assert_eq!(marked(&["on", "on call"], "on calls"), ["on"]);
        assert_eq!(marked(&["值班SLA", "SLA值"], "值班SLAs SLA值"), ["SLA值"]);
    }

    #[test]
    fn ids_are_whole_and_exact() {
        let text = "OPS-001、OPS-0012、OPS-001-A、X-OPS-001、ops-001、见OPS-001。OPS-001.2";
        assert_eq!(marked(&["OPS-001"], text), ["OPS-001", "OPS-001"]);
        assert!(
            is_telling("OPS-001") && is_telling("运营-1") && !is_telling("travel") && !is_telling("2024")
        );
    }

    #[test]
    fn links_in_html_are_found() {
        let text = "<a href=x>SLA</a> <abbr>SLA</abbr> <A>y</A><a";
        let words: Vec<&str> = html_links(text).into_iter().map(|span| &text[span]).collect();
        assert_eq!(words, ["<a href=x>SLA", "<A>y"]);
    }
}
