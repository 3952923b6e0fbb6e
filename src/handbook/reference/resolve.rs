//! What one mention means: the chapter, and the place in it.
//!
//! Asked once for each mention of a chapter, for all chapters in parallel. A
//! clause's first paragraph is where the clause itself stands. Where a text names
//! a part that the clause does not have, the clause is as near as it gets; only
//! if its items are numbered is the reference said to be wrong.

use super::super::Handbook;
use super::super::link::{LinkMemo, LinkTarget};
use super::super::registry::PathTarget;
use super::super::title::DocumentRef;
use super::{ClauseIndex, ClauseIndexes, EditionReference, EditionReferences, ResolvedReference};
use crate::chapter::{Chapter, folder};
use crate::diagnostic::Diagnostic;
use crate::id::{AttachmentId, ChapterId, ClauseId, IdVec};
use crate::locale::Message;
use crate::markdown::{
    AppendixNumber, Clause, ClauseNumber, Document, Heading, Mention, MentionKind, MentionedDocument, Unit,
    appendix_number,
};
use crate::message;
use crate::rule;
use crate::source::Attachment;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Works out the mentions of one chapter.
pub(super) struct ReferenceResolver<'a> {
    handbook: &'a Handbook,
    index: &'a ClauseIndexes<'a>,
    id: ChapterId,
    chapter: &'a Chapter,
    /// The clauses of the text itself, where it is not the chapter's but an edition of it.
    own: Option<ClauseIndex>,
    links: &'a LinkMemo<'a>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Chapters whose anchors were looked at.
    pub(super) seen: BTreeSet<ChapterId>,
}

/// What a mention of a clause names.
#[derive(Clone, Copy)]
struct Wanted {
    number: ClauseNumber,
    within: u32,
    paragraph: u32,
    item: u32,
    /// Whether the clause is not named, so that its parts must be there.
    guess: bool,
}

/// Why a reference leads to nothing.
struct Missing {
    help: Message,
}

impl<'a> ReferenceResolver<'a> {
    pub(super) fn new(
        handbook: &'a Handbook,
        index: &'a ClauseIndexes<'a>,
        id: ChapterId,
        links: &'a LinkMemo<'a>,
    ) -> Self {
        let chapter = &handbook.chapters[id];
        Self {
            handbook,
            index,
            id,
            chapter,
            own: None,
            links,
            diagnostics: Vec::new(),
            seen: BTreeSet::new(),
        }
    }

    /// The same for an edition of a chapter; `id` is that of the chapter, or of none.
    fn of_edition(
        handbook: &'a Handbook,
        index: &'a ClauseIndexes<'a>,
        id: ChapterId,
        links: &'a LinkMemo<'a>,
    ) -> Self {
        let chapter = links.chapter();
        let own = Some(ClauseIndex::new(&chapter.document.clauses));
        Self { handbook, index, id, chapter, own, links, diagnostics: Vec::new(), seen: BTreeSet::new() }
    }

    /// The text that references to a chapter are looked up in.
    fn document(&self, target: ChapterId) -> &'a Document {
        if target == self.id { &self.chapter.document } else { &self.handbook.chapters[target].document }
    }

    /// The clause of a number.
    fn clause(&self, target: ChapterId, number: ClauseNumber, start: usize) -> Option<ClauseId> {
        let offset = (target == self.id).then_some(start);
        match &self.own {
            Some(own) if target == self.id => own.clause(number, offset, &self.chapter.document.clauses),
            _ => self.index.clause(target, number, offset),
        }
    }

    pub(super) fn resolve(&mut self, mention: &Mention) -> ResolvedReference {
        match &mention.kind {
            MentionKind::Title(name) => match self.handbook.titles.find(name) {
                Some(DocumentRef::Chapter(other)) if other == self.id => ResolvedReference::Nothing,
                Some(DocumentRef::Chapter(other)) => ResolvedReference::Chapter(other, String::new()),
                Some(DocumentRef::External(at)) => ResolvedReference::External(at),
                // 《关于修改〈章程〉的决定》 is another document than 章程.
                None => ResolvedReference::Nothing,
            },
            MentionKind::Clause { document, number, within, paragraph, item, certain } => {
                // 增加一项，作为第八项 may mean an item of another text.
                let guess = *document == MentionedDocument::Own && !certain;
                let [paragraph, item] = [*paragraph, *item];
                let wanted = Wanted { number: *number, within: *within, paragraph, item, guess };
                match self.target(document, mention.span.start) {
                    None => ResolvedReference::Nothing,
                    Some(DocumentRef::External(at)) => ResolvedReference::External(at),
                    Some(DocumentRef::Chapter(target)) => {
                        self.seen.insert(target);
                        self.resolve_clause(mention, target, wanted).unwrap_or_else(|missing| {
                            if *certain {
                                self.dangling(mention, target, &missing);
                            }
                            ResolvedReference::Nothing
                        })
                    }
                }
            }
            MentionKind::Appendix { document, appendix } => match self.target(document, mention.span.start) {
                Some(DocumentRef::Chapter(target)) => {
                    self.seen.insert(target);
                    self.appendix(target, *appendix)
                }
                _ => ResolvedReference::Nothing,
            },
            MentionKind::Section { document, number, certain } => {
                match self.target(document, mention.span.start) {
                    Some(DocumentRef::Chapter(target)) => {
                        self.seen.insert(target);
                        self.section(mention, target, number, *certain)
                    }
                    _ => ResolvedReference::Nothing,
                }
            }
        }
    }

    /// The document of a number that stands at a place.
    fn target(&self, document: &MentionedDocument, at: usize) -> Option<DocumentRef> {
        match document {
            // What is an id only the handbook knows: P-1第四条.
            MentionedDocument::Own => {
                let named = self.handbook.chapter_before(&self.chapter.source.text, at);
                Some(DocumentRef::Chapter(named.unwrap_or(self.id)))
            }
            MentionedDocument::Titled(name) => self.handbook.titles.find(name),
            MentionedDocument::Bare(text) => self.handbook.titles.at_end(text),
            MentionedDocument::Linked(at) => {
                let link = self.chapter.document.links.get(*at)?;
                match self.links.resolve(link.wiki, &link.dest).target {
                    LinkTarget::Inside(PathTarget::Chapter(target), _) => Some(DocumentRef::Chapter(target)),
                    LinkTarget::Here(_) => Some(DocumentRef::Chapter(self.id)),
                    _ => None,
                }
            }
        }
    }

    fn resolve_clause(
        &self,
        mention: &Mention,
        target: ChapterId,
        wanted: Wanted,
    ) -> Result<ResolvedReference, Missing> {
        let document = self.document(target);
        if wanted.number.unit != Unit::Article {
            return self.resolve_heading(mention, target, wanted);
        }
        if document.clauses.is_empty() {
            return Ok(ResolvedReference::Nothing);
        }
        let Some(id) = self.clause(target, wanted.number, mention.span.start) else {
            let last = document.clauses.last().map_or("", |clause| &*clause.anchor);
            return Err(Missing { help: message!("dangling-clause-last.help", clause = last) });
        };
        self.resolve_clause_part(target, id, &document.clauses[id.index()], wanted)
    }

    /// The paragraph or item of a clause.
    fn resolve_clause_part(
        &self,
        target: ChapterId,
        id: ClauseId,
        clause: &Clause,
        wanted: Wanted,
    ) -> Result<ResolvedReference, Missing> {
        let anchor = &clause.anchor;
        let whole = || Ok(ResolvedReference::Chapter(target, anchor.to_string()));
        let Wanted { paragraph, item, .. } = wanted;
        if paragraph > clause.paragraphs.max(1) {
            return Err(Missing { help: message!("dangling-clause-paragraph.help", clause = &**anchor) });
        }
        let places = self.document(target).parts_of(id.index());
        let within = |place: &&crate::markdown::ClausePart| paragraph == 0 || place.paragraph == paragraph;
        if item > 0 {
            let is_item = |place: &&crate::markdown::ClausePart| place.item == item && place.sub == 0;
            let exact = places.iter().filter(within).find(is_item);
            let part = exact.or_else(|| places.iter().filter(|_| wanted.guess).find(is_item));
            return match part {
                Some(place) => Ok(ResolvedReference::Chapter(target, place.anchor(anchor))),
                None if wanted.guess => Ok(ResolvedReference::Nothing),
                None if places.iter().filter(within).all(|place| place.item == 0) => whole(),
                None => Err(Missing { help: message!("dangling-clause-item.help", clause = &**anchor) }),
            };
        }
        match places.iter().filter(within).find(|place| place.item == 0 && place.paragraph == paragraph) {
            Some(place) => Ok(ResolvedReference::Chapter(target, place.anchor(anchor))),
            None => whole(),
        }
    }

    /// 第二章, 第三节, 第一部分: headings.
    fn resolve_heading(
        &self,
        mention: &Mention,
        target: ChapterId,
        wanted: Wanted,
    ) -> Result<ResolvedReference, Missing> {
        let headings = &self.document(target).headings;
        let mut alike = headings
            .iter()
            .filter(|heading| heading.clause.is_some_and(|clause| clause.unit == wanted.number.unit))
            .peekable();
        if alike.peek().is_none() {
            return Ok(ResolvedReference::Nothing);
        }
        let heading = if wanted.number.unit == Unit::Section {
            self.section_heading(mention, target, wanted)
        } else {
            alike.find(|heading| heading.clause == Some(wanted.number))
        };
        match heading {
            Some(heading) => Ok(ResolvedReference::Chapter(target, address_of(heading))),
            None => Err(Missing { help: message!("dangling-clause-heading.help") }),
        }
    }

    /// A section (节) counts within its chapter (章): the one that is named, else the
    /// one that the text stands in; elsewhere only if no other has the number.
    fn section_heading(&self, mention: &Mention, target: ChapterId, wanted: Wanted) -> Option<&'a Heading> {
        let headings = &self.document(target).headings;
        let is_chapter =
            |heading: &Heading| heading.clause.is_some_and(|clause| clause.unit == Unit::Chapter);
        let start = if wanted.within > 0 {
            let named = |heading: &Heading| {
                heading.clause.is_some_and(|clause| {
                    clause.unit == Unit::Chapter && clause.number == wanted.within && clause.sub == 0
                })
            };
            Some(headings.iter().position(named)? + 1)
        } else if target == self.id {
            let before = headings.partition_point(|heading| heading.span.start < mention.span.start);
            headings[..before].iter().rposition(is_chapter).map(|at| at + 1)
        } else {
            None
        };
        let wanted = |heading: &&Heading| heading.clause == Some(wanted.number);
        match start {
            Some(start) => headings[start..].iter().take_while(|heading| !is_chapter(heading)).find(wanted),
            None => {
                let mut all = headings.iter().filter(wanted);
                let first = all.next()?;
                all.next().is_none().then_some(first)
            }
        }
    }

    /// 附件一: a heading of the chapter, else a chapter or file beside it that is
    /// named so.
    fn appendix(&self, target: ChapterId, number: AppendixNumber) -> ResolvedReference {
        let heading = self
            .document(target)
            .headings
            .iter()
            .find(|heading| appendix_number(&heading.text) == Some(number));
        if let Some(heading) = heading {
            return ResolvedReference::Chapter(target, heading.anchor.clone());
        }
        let folder =
            if target == self.id { self.chapter.folder() } else { self.handbook.chapters[target].folder() };
        let beside = |appendix: &&Appendix| appendix.number == number && appendix.folder == folder;
        let beside = self.handbook.appendices.iter().find(beside);
        beside.map_or(ResolvedReference::Nothing, |appendix| appendix.reference.clone())
    }

    fn section(
        &mut self,
        mention: &Mention,
        target: ChapterId,
        number: &str,
        certain: bool,
    ) -> ResolvedReference {
        let headings = &self.document(target).headings;
        if let Some(heading) = headings.iter().find(|heading| heading.number.as_deref() == Some(number)) {
            return ResolvedReference::Chapter(target, address_of(heading));
        }
        let numbered = headings.iter().filter(|heading| heading.number.is_some()).count();
        if certain && numbered > 1 {
            let help = message!("dangling-clause-section.help");
            self.dangling(mention, target, &Missing { help });
        }
        ResolvedReference::Nothing
    }

    fn dangling(&mut self, mention: &Mention, target: ChapterId, missing: &Missing) {
        let words = &self.chapter.source.text[mention.span.clone()];
        let message = match target == self.id {
            true => message!("dangling-clause-own", reference = words),
            false => {
                let title = &self.handbook.chapters[target].title;
                message!("dangling-clause", reference = words, title = title)
            }
        };
        let diagnostic = Diagnostic::new(&rule::DANGLING_CLAUSE, message)
            .at(&self.chapter.source.path, mention.span.clone())
            .help(missing.help.clone());
        self.diagnostics.push(diagnostic);
    }
}

impl Handbook {
    /// What an edition of a chapter refers to; clauses that it names of its own are its own.
    #[must_use]
    pub fn edition_references(&self, edition: &Chapter) -> EditionReferences {
        let chapters = self.chapters.as_slice();
        let found = chapters.binary_search_by(|chapter| chapter.source.name.cmp(&edition.source.name));
        // A chapter that is gone has the id of none.
        let id = ChapterId::new(found.unwrap_or(chapters.len()));
        let (links, index) = (LinkMemo::new(self, edition), ClauseIndexes::for_one(&self.chapters));
        let mut resolver = ReferenceResolver::of_edition(self, &index, id, &links);
        let mentions = edition.document.mentions.iter();
        let resolved: Vec<ResolvedReference> = mentions
            .map(|mention| match edition.document.shows(&mention.span) {
                true => resolver.resolve(mention),
                false => ResolvedReference::Nothing,
            })
            .collect();
        let marks = self.edition_marks(id, edition, &resolved);
        let reference = |reference| match reference {
            ResolvedReference::Chapter(to, anchor) if to == id => EditionReference::Own(anchor),
            other => EditionReference::Other(other),
        };
        EditionReferences { mentions: resolved.into_iter().map(reference).collect(), marks }
    }
}

/// The short anchor of a numbered heading, 第三章, else its own.
fn address_of(heading: &Heading) -> String {
    heading.aliases.first().unwrap_or(&heading.anchor).clone()
}

/// A chapter or file that is called 附件一 or the like.
#[derive(Debug)]
pub(in super::super) struct Appendix {
    pub(in super::super) folder: String,
    pub(in super::super) number: AppendixNumber,
    pub(in super::super) reference: ResolvedReference,
}

/// All of them.
pub(in super::super) fn appendices_of(
    chapters: &IdVec<ChapterId, Arc<Chapter>>,
    attachments: &IdVec<AttachmentId, Attachment>,
) -> Vec<Appendix> {
    let chapters = chapters.iter_enumerated().filter_map(|(id, chapter)| {
        let number = appendix_number(&chapter.title)?;
        Some(Appendix {
            folder: chapter.folder().to_owned(),
            number,
            reference: ResolvedReference::Chapter(id, String::new()),
        })
    });
    let files = attachments.iter_enumerated().filter_map(|(id, file)| {
        let number = appendix_number(file.name.rsplit('/').next().unwrap_or(""))?;
        Some(Appendix {
            folder: folder(&file.name).to_owned(),
            number,
            reference: ResolvedReference::Attachment(id),
        })
    });
    chapters.chain(files).collect()
}
