//! Mentions: references as Chinese rules are written, without Markdown links.
//!
//! 《title》, 第十五条第二款第（三）项, 第三章, 本制度第五条, 前条, 前款, 附件一, lists (第三、五条;
//! 第三条、第五条) and ranges (第三条至第五条); in English `Section 4.2` and `§4.2`. What a
//! mention means is for the handbook to say; here it is only found, with the
//! document it belongs to. A number behind another document's bare name
//! (刑法第三条) belongs to that document, not to this chapter.

mod appendix;
mod context;
mod document;
mod governed;
mod number;
mod part;
mod section;
#[cfg(test)]
mod tests;

use super::clause::{self, ClauseNumber, Unit, numeral};
use super::document::{Document, Run};
use appendix::appendix;
pub use appendix::{AppendixKind, AppendixNumber, appendix_number};
use context::{Before, Context, is_unseen};
pub(crate) use document::behind_name as document_before;
use document::{names_former_text, names_that_document, names_this_document, other_document, short_name};
use number::{chapter_before, is_end_of_range, unit_ahead};
use part::PartNumbers;
pub use part::parse_clause_part;
pub(super) use section::heading_number;
use std::ops::Range;

/// Something a text refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mention {
    /// Place in the file; what becomes the link.
    pub span: Range<usize>,
    /// What it names.
    pub kind: MentionKind,
}

/// The document that a number belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MentionedDocument {
    /// The chapter that the text is of.
    Own,
    /// One whose title was mentioned just before.
    Titled(String),
    /// One whose bare name (刑法) is the end of this text, which stands just before.
    Bare(String),
    /// The one that a link leads to which stands just before, by its index in the document.
    Linked(usize),
}

/// What a mention names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MentionKind {
    /// A document by its title, which stands between 《 and 》.
    Title(String),
    /// A clause.
    Clause {
        /// The document that it is a clause of.
        document: MentionedDocument,
        /// The clause.
        number: ClauseNumber,
        /// The chapter (章) in front of a section (节); 0 where none is named.
        within: u32,
        /// 款: paragraph, 0 where none is named.
        paragraph: u32,
        /// 项: item, 0 where none is named.
        item: u32,
        /// Whether the text leaves no doubt of the document: a bare number
        /// behind another document's name may be meant as that one's.
        certain: bool,
    },
    /// 附件, 附录, 附表 or 附图 with its number.
    Appendix {
        /// As for a clause.
        document: MentionedDocument,
        /// Which one.
        appendix: AppendixNumber,
    },
    /// A heading by its number, `4.2`.
    Section {
        /// As for a clause.
        document: MentionedDocument,
        /// The number.
        number: String,
        /// Whether the text leaves no doubt that it is one of this chapter.
        certain: bool,
    },
}

/// How far a title may reach, in characters.
const MAX_TITLE: usize = 80;

/// Finds the mentions of a chapter, in the order of its text.
pub(super) fn find(text: &str, document: &Document) -> Vec<Mention> {
    let numbered = document.headings.iter().any(|heading| heading.number.is_some());
    let mut finder = Finder {
        source: text,
        before: Before::default(),
        named: MentionedDocument::Own,
        text: "",
        offset: 0,
        document,
        run: None,
        found: Vec::new(),
        context: Context::new(MentionedDocument::Own, 0, None),
        others: false,
        short: Vec::new(),
        numbered,
    };
    for run in &document.runs {
        if let Some(piece) = text.get(run.span()) {
            finder.run(piece, run);
        }
    }
    let mut found = finder.found;
    governed::assign(document, &mut found);
    found
}

struct Finder<'a> {
    source: &'a str,
    /// What stands before the piece, where the piece goes on with it.
    before: Before,
    /// The document that was named last in the pieces that go on with one another.
    named: MentionedDocument,
    /// The piece of running text that is looked at, and where it begins.
    text: &'a str,
    offset: usize,
    document: &'a Document,
    run: Option<&'a Run>,
    found: Vec<Mention>,
    context: Context,
    /// Whether another document was named so far in this piece.
    others: bool,
    /// Short titles that the chapter has introduced: 以下简称《办法》.
    short: Vec<(String, String)>,
    /// Whether the chapter has headings with numbers such as 4.2.
    numbered: bool,
}

impl<'a> Finder<'a> {
    fn run(&mut self, text: &'a str, run: &'a Run) {
        let start = run.span().start;
        let gap = self.source.get(self.offset + self.text.len()..start);
        let goes_on = self.run.is_some() && gap.is_some_and(is_unseen);
        let last = std::mem::replace(&mut self.context, Context::new(MentionedDocument::Own, 0, None));
        if goes_on {
            self.before.push(self.text);
            self.context = last.carried(self.text);
        } else {
            self.before.clear();
            self.others = false;
            self.named = MentionedDocument::Own;
        }
        self.text = text;
        self.offset = start;
        self.run = Some(run);
        let linked = self.linked();
        if linked != MentionedDocument::Own {
            self.named = linked.clone();
            self.context = Context::new(linked, 0, None);
        }
        // Most runs of an English text hold none of these, which is seen at a glance.
        let mut at = if text.is_ascii() { text.len() } else { 0 };
        while let Some(step) = text[at..].find(['《', '〈', '第', '前', '附']) {
            let start = at + step;
            at = match &text[start..] {
                rest if rest.starts_with('《') => self.title(start, '》'),
                rest if rest.starts_with('〈') => self.title(start, '〉'),
                rest if rest.starts_with('第') => self.ordinal(start),
                rest if rest.starts_with('前') => self.previous(start),
                _ => self.appendix(start),
            };
        }
        if self.numbered || !self.document.links.is_empty() {
            self.sections();
        }
    }

    /// The document of a link that ends where the piece of text begins: [采购制度](b.md)第五条.
    fn linked(&self) -> MentionedDocument {
        let links = &self.document.links;
        // Links that hold a picture end behind it, so the last that begins before is the one.
        let next = links.partition_point(|link| link.span.start < self.offset);
        let ends_here = |at: &usize| self.source.get(links[*at].span.end..self.offset).is_some_and(is_unseen);
        match next.checked_sub(1).filter(ends_here) {
            Some(at) => MentionedDocument::Linked(at),
            None => MentionedDocument::Own,
        }
    }

    fn push(&mut self, span: Range<usize>, kind: MentionKind) {
        self.found.push(Mention { span: self.offset + span.start..self.offset + span.end, kind });
    }

    /// A title from 《 to its own 》; nested ones belong to it. Titles between 〈 and 〉, which stand
    /// within others, are one where a clause of theirs follows: 〈采购制度〉第五条.
    fn title(&mut self, start: usize, closing: char) -> usize {
        let mut depth = 0;
        for (at, c) in self.text[start..].char_indices().take(MAX_TITLE) {
            match c {
                '\n' => break,
                _ if c == closing => depth -= 1,
                '《' | '〈' if at == 0 || c == '《' => depth += 1,
                _ => {}
            }
            if depth == 0 {
                let end = start + at + c.len_utf8();
                let name = self.text[start + '《'.len_utf8()..start + at].trim().to_owned();
                // 《…》 stands for any title, and is one only where a clause of it follows.
                let is_title = closing == '》' && name.contains(char::is_alphanumeric);
                if !name.is_empty() && (is_title || self.text[end..].starts_with('第')) {
                    self.titled(name, start..end);
                    if let (Some(short), MentionedDocument::Titled(full)) =
                        (short_name(&self.text[end..]), &self.context.document)
                    {
                        self.short.push((short.to_owned(), full.clone()));
                    }
                }
                return end;
            }
        }
        start + '《'.len_utf8()
    }

    fn titled(&mut self, written: String, span: Range<usize>) {
        let before = &self.text[..span.start];
        let introduces = ["以下简称", "以下统称", "下称", "简称", "以下简称：", "以下简称为"]
            .iter()
            .any(|words| before.trim_end_matches(['“', '"']).ends_with(words));
        let end = span.end;
        let known = self.short.iter().find(|(short, _)| *short == written).map(|(_, full)| full.clone());
        let name = match &self.context.document {
            MentionedDocument::Titled(full) if introduces => {
                let full = full.clone();
                self.short.push((written, full.clone()));
                full
            }
            _ => known.unwrap_or(written),
        };
        self.named_behind(&span, &name);
        self.push(span, MentionKind::Title(name.clone()));
        self.named = MentionedDocument::Titled(name.clone());
        self.context = Context::new(MentionedDocument::Titled(name), end, None);
        self.others = true;
    }

    /// 第 with a number: of a clause, of a part of one, or of a heading such as 4.2.
    fn ordinal(&mut self, start: usize) -> usize {
        let mut at = start + '第'.len_utf8();
        if self.text[at..].starts_with(['（', '(']) {
            return self.part(start);
        }
        let spaces = |at: usize| {
            let rest = &self.text[at..];
            rest.len() - rest.trim_start_matches(clause::is_space).len()
        };
        at += spaces(at);
        let Some((first, used)) = numeral(&self.text[at..]) else { return at };
        if self.numbered
            && let Some(end) = self.dotted(start, at)
        {
            return end;
        }
        let mut numbers = vec![(start, first)];
        at += used;
        // 第三、五条; 第三至五条; 第3-5条.
        while let Some(rest) =
            self.text[at..].strip_prefix(['、', '至', '到', '～', '~', '-', '－', '–', '—'])
        {
            let Some((number, used)) = numeral(rest) else { break };
            if !self.text[at..].starts_with(['、', '至', '到', '～', '~'])
                && !is_end_of_range(number, &rest[used..], numbers[0].1)
            {
                break;
            }
            at = self.text.len() - rest.len();
            numbers.push((at, number));
            at += used;
        }
        // 第 7 条; 第7-1條 has its second number in front of the unit.
        let within = clause::sub(&self.text[at..]).filter(|(_, used)| {
            clause::unit(&self.text[at + used..]).is_some_and(|unit| unit.0 == Unit::Article)
        });
        at += within.map_or(0, |found| found.1);
        at += spaces(at);
        match clause::unit(&self.text[at..]) {
            Some((unit, length)) => {
                self.clause(&numbers, at + length, unit, within.map_or(0, |found| found.0))
            }
            None if self.text[at..].starts_with(['款', '项', '項']) => self.part(start),
            None => at,
        }
    }

    /// 第X条 with what follows it, or a list 第三、五条; `at` is behind the unit.
    fn clause(&mut self, numbers: &[(usize, u32)], mut at: usize, unit: Unit, mut sub: u32) -> usize {
        let start = numbers[0].0;
        let rest = &self.text[at..];
        if unit != Unit::Article && unit_ahead(rest).is_some_and(|next| next > unit) {
            // 第九章第三百条 is one place: the article says it.
            if self.continues(start) {
                self.context.end = at;
            }
            return at;
        }
        if let Some((number, used)) = clause::sub(rest).filter(|(_, used)| {
            // 第3条-5条 is a range.
            sub == 0 && clause::unit(&rest[*used..]).is_none()
        }) {
            sub = number;
            at += used;
        }
        let is_appendix = self.context.is_appendix && self.continues(start);
        let is_counted = unit == Unit::Article && clause::is_counted(&self.text[at..]);
        if is_appendix || is_counted || names_former_text(&self.text[..start]) {
            if is_appendix {
                self.context.end = at;
            }
            return at;
        }
        let part =
            if unit == Unit::Article { part::parts(self.text, &mut at) } else { PartNumbers::default() };
        let last = numbers.len() - 1;
        let number = ClauseNumber { unit, number: numbers[last].1, sub };
        let within = match chapter_before(&self.text[..start]) {
            _ if unit != Unit::Section => 0,
            0 if self.continues(start) => self.context.within,
            within => within,
        };
        let document = self.document(start, at);
        self.context.clause = Some((number, part.paragraph));
        self.context.within = within;
        let certain = match document {
            MentionedDocument::Own => !self.others || names_this_document(&self.text[..start]),
            MentionedDocument::Titled(_) | MentionedDocument::Linked(_) => true,
            MentionedDocument::Bare(_) => false,
        };
        for (place, (from, number)) in numbers.iter().enumerate() {
            let join = |at: usize| self.text[..at].chars().next_back().map_or(0, char::len_utf8);
            let to = numbers.get(place + 1).map_or(at, |next| next.0 - join(next.0));
            let (sub, part) = if place == last { (sub, part) } else { (0, PartNumbers::default()) };
            let kind = MentionKind::Clause {
                document: document.clone(),
                number: ClauseNumber { unit, number: *number, sub },
                within,
                paragraph: part.paragraph,
                item: part.item,
                certain,
            };
            self.push(*from..to, kind);
        }
        at
    }

    /// The document that the reference at `start..end` belongs to.
    fn document(&mut self, start: usize, end: usize) -> MentionedDocument {
        if self.context.document != MentionedDocument::Own && self.continues(start) {
            self.context.end = end;
            return self.context.document.clone();
        }
        let before = self.before.at(self.text, start);
        // 本制度 is this one, whatever else is called 制度 for short.
        let is_meant = |short: &str| before.strip_suffix(short).is_some_and(|rest| !rest.ends_with('本'));
        let short = self.short.iter().find(|(short, _)| is_meant(short));
        if let Some(document) = short.map(|(_, full)| MentionedDocument::Titled(full.clone())) {
            self.others = true;
            self.context = Context::new(document.clone(), end, None);
            return document;
        }
        let document = match other_document(&before) {
            // 《…》施行后，其第三条另行公布.
            None if before.ends_with('其') => self.named.clone(),
            Some(name) if names_that_document(name) && self.named != MentionedDocument::Own => {
                self.named.clone()
            }
            Some(name) => {
                self.others = true;
                MentionedDocument::Bare(name.to_owned())
            }
            None => MentionedDocument::Own,
        };
        self.context = Context::new(document.clone(), end, None);
        document
    }

    /// Whether what stands at `start` continues what was referred to last.
    fn continues(&self, start: usize) -> bool {
        self.context.is_continued(self.text, start)
    }

    /// 附件一, 附录A: `start` is the place of 附.
    fn appendix(&mut self, start: usize) -> usize {
        let next = start + '附'.len_utf8();
        let Some((appendix, used)) = appendix(&self.text[start..]) else { return next };
        let end = start + used;
        // 附件一式三份, 附表一并报送.
        if self.text[end..].starts_with(['式', '份', '同', '并', '起', '般', '致', '律', '些', '样'])
        {
            return end;
        }
        let document = self.document(start, end);
        self.push(start..end, MentionKind::Appendix { document, appendix });
        self.context.is_appendix = true;
        end
    }
}
