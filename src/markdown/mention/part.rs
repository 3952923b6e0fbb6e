//! Parts of clauses: 第二款, 第（三）项, 前款, 前条.

use super::document::{may_follow_part, other_document};
use super::{Context, Finder, MentionKind, MentionedDocument};
use crate::markdown::clause::{self, ClauseNumber, numeral};

/// 款 and 项 behind a clause; 0 where none is named.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PartNumbers {
    pub(super) paragraph: u32,
    pub(super) item: u32,
}

/// 第二款 at the beginning of a text: its number, its unit and its bytes.
fn read(text: &str) -> Option<(u32, char, usize)> {
    let rest = text.strip_prefix('第')?;
    let bare = rest.strip_prefix(['（', '(']).unwrap_or(rest);
    let (number, used) = numeral(bare)?;
    let after = bare[used..].trim_start_matches(['）', ')']);
    let unit = after.chars().next().filter(|c| matches!(c, '款' | '项' | '項'))?;
    Some((number, unit, text.len() - after.len() + unit.len_utf8()))
}

/// 第二款 and 第（三）项 behind a clause; moves `at` past them.
pub(super) fn parts(text: &str, at: &mut usize) -> PartNumbers {
    let mut part = PartNumbers::default();
    while let Some((number, unit, length)) = text.get(*at..).and_then(read) {
        match unit {
            '款' if part == PartNumbers::default() => part.paragraph = number,
            '项' | '項' if part.item == 0 => part.item = number,
            _ => break,
        }
        *at += length;
    }
    part
}

/// A place of a clause that is written out, and nothing else: 第十五条第二款第（三）项. Gives
/// the clause, the paragraph and the item, 0 where none is named.
#[must_use]
pub fn parse_clause_part(text: &str) -> Option<(ClauseNumber, u32, u32)> {
    let (number, mut at) = clause::number(text)?;
    let part = parts(text, &mut at);
    (at == text.len()).then_some((number, part.paragraph, part.item))
}

impl Finder<'_> {
    /// 第二款 or 第（三）项 without its clause: one named just before, else that in
    /// which the text stands.
    pub(super) fn part(&mut self, start: usize) -> usize {
        let Some((_, first, length)) = read(&self.text[start..]) else { return start + '第'.len_utf8() };
        let mut at = start;
        let mut part = parts(self.text, &mut at);
        let before = &self.text[..start];
        let continues = self.continues(start);
        let listed = continues && self.context.clause.is_some();
        if at == start || !(listed || may_follow_part(&self.text[at..])) {
            return start + length;
        }
        let (document, number, certain) = match (&self.context, self.standing()) {
            (Context { document, clause: Some((number, paragraph)), .. }, _) if continues => {
                if first != '款' {
                    part.paragraph = *paragraph;
                }
                (
                    document.clone(),
                    *number,
                    self.context.certain && !matches!(document, MentionedDocument::Bare(_)),
                )
            }
            (Context { document, clause: None, .. }, _)
                if continues && *document != MentionedDocument::Own =>
            {
                return at;
            }
            (_, Some(own)) if other_document(before).is_none() => {
                if first != '款' {
                    part.paragraph = own.1.paragraph;
                }
                let certain = before.ends_with("本条") || before.ends_with("本款");
                self.context = Context { certain, ..Context::new(MentionedDocument::Own, at, None) };
                (MentionedDocument::Own, own.0, certain)
            }
            _ => return at,
        };
        self.context.end = at;
        self.context.clause = Some((number, part.paragraph));
        self.clause_mention(start..at, document, number, part, certain);
        at
    }

    /// 前条, 前款, 前两款, 前项: what stands before the text's own place.
    pub(super) fn previous(&mut self, start: usize) -> usize {
        let end = start + '前'.len_utf8();
        // 此前, 以前, 目前, 提前.
        let word = self.text[..start].ends_with(['此', '以', '目', '提', '事', '之', '年', '日', '月', '天']);
        let Some((clause, own)) = self.standing().filter(|_| !word) else { return end };
        let rest = &self.text[end..];
        let (back, rest) = match rest.chars().next() {
            Some('两' | '二') => (2, &rest['两'.len_utf8()..]),
            Some('三') => (3, &rest['三'.len_utf8()..]),
            _ => (1, rest),
        };
        let unit = rest.chars().next().unwrap_or(' ');
        let after = rest.get(unit.len_utf8()..).unwrap_or("");
        let mut at = self.text.len() - after.len();
        let target = match unit {
            '条' | '條' if !after.starts_with(['件', '例', '款', '约', '文', '目']) => {
                let Some(number) = self.clause_before(back) else { return at };
                let part = parts(self.text, &mut at);
                Some((number, part))
            }
            '款' if !after.starts_with(['项', '式']) && own.paragraph > back => {
                let mut part = parts(self.text, &mut at);
                part.paragraph = own.paragraph - back;
                Some((clause, part))
            }
            '项' | '項' if own.item > back && may_follow_part(after) => {
                Some((clause, PartNumbers { paragraph: own.paragraph, item: own.item - back }))
            }
            _ => None,
        };
        let Some((number, part)) = target else { return end };
        self.context = Context::new(MentionedDocument::Own, at, Some((number, part.paragraph)));
        self.clause_mention(start..at, MentionedDocument::Own, number, part, true);
        at
    }

    fn clause_mention(
        &mut self,
        span: std::ops::Range<usize>,
        document: MentionedDocument,
        number: ClauseNumber,
        part: PartNumbers,
        certain: bool,
    ) {
        let PartNumbers { paragraph, item } = part;
        self.push(span, MentionKind::Clause { document, number, within: 0, paragraph, item, certain });
    }

    /// The clause that the text stands in, and where in it.
    fn standing(&self) -> Option<(ClauseNumber, PartNumbers)> {
        let run = self.run?;
        let clause = self.document.clauses.get(run.clause()?)?;
        Some((clause.number, PartNumbers { paragraph: run.paragraph(), item: run.item() }))
    }

    /// The clause that stands `back` clauses before the text's own.
    fn clause_before(&self, back: u32) -> Option<ClauseNumber> {
        let at = self.run?.clause()?.checked_sub(back as usize)?;
        self.document.clauses.get(at).map(|clause| clause.number)
    }
}
