//! Mentions: references as Chinese rules are written, without Markdown links.
//!
//! 《title》, 第十五条第二款, 第三章, 本制度第五条, 前条, lists (第三、五条; 第三条、第五条) and
//! ranges (第三条至第五条). What a mention means is for the handbook to say; here it
//! is only found, with the document it belongs to. A number behind another
//! document's bare name (刑法第三条) belongs to that document, not to this chapter.

use super::clause::{ClauseNumber, Unit, numeral};
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

/// What a mention names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MentionKind {
    /// A document by its title, which stands between 《 and 》.
    Title(String),
    /// A clause.
    Clause {
        /// The title mentioned just before, to which it belongs; `None` is the chapter itself.
        document: Option<String>,
        /// The clause.
        number: ClauseNumber,
        /// 款: paragraph, 0 where none is named.
        paragraph: u32,
        /// Whether the text leaves no doubt of the document: a bare number
        /// behind another document's name may be meant as that one's.
        certain: bool,
    },
}

/// How far a title may reach, in characters.
const MAX_TITLE: usize = 80;

/// Which document a number would belong to at a place of the text.
#[derive(Debug, Clone)]
enum Context {
    /// This chapter.
    Own,
    /// The titled document whose mention, or whose last clause, ends at this place.
    Titled(String, usize),
    /// A document named without 《》: its clauses are not ours.
    Foreign(usize),
}

/// Finds the mentions of a piece of running text that begins at `offset` of the
/// file. `current` is the clause it stands in, for 前条.
pub(super) fn find(text: &str, offset: usize, current: Option<ClauseNumber>, found: &mut Vec<Mention>) {
    if !text.contains(['《', '条', '章', '编']) {
        return;
    }
    let mut finder = Finder { text, offset, found, context: Context::Own, others: false };
    let mut at = 0;
    while let Some(step) = text[at..].find(['《', '第', '前']) {
        let start = at + step;
        at = match &text[start..] {
            rest if rest.starts_with('《') => finder.title(start),
            rest if rest.starts_with('第') => finder.clause(start),
            rest => finder.previous(start, rest, current),
        };
    }
}

struct Finder<'a> {
    text: &'a str,
    offset: usize,
    found: &'a mut Vec<Mention>,
    context: Context,
    /// Whether another document was named so far.
    others: bool,
}

impl Finder<'_> {
    fn push(&mut self, span: Range<usize>, kind: MentionKind) {
        self.found.push(Mention { span: self.offset + span.start..self.offset + span.end, kind });
    }

    /// A title from 《 to its own 》; nested ones belong to it.
    fn title(&mut self, start: usize) -> usize {
        let mut depth = 0;
        for (at, c) in self.text[start..].char_indices().take(MAX_TITLE) {
            match c {
                '《' => depth += 1,
                '》' => depth -= 1,
                '\n' => break,
                _ => {}
            }
            if depth == 0 {
                let end = start + at + c.len_utf8();
                let name = self.text[start + '《'.len_utf8()..start + at].trim().to_owned();
                if !name.is_empty() {
                    self.push(start..end, MentionKind::Title(name.clone()));
                    self.context = Context::Titled(name, end);
                    self.others = true;
                }
                return end;
            }
        }
        start + '《'.len_utf8()
    }

    /// 第X条 with what follows it, or a list 第三、五条.
    fn clause(&mut self, start: usize) -> usize {
        let mut at = start + '第'.len_utf8();
        let Some((first, used)) = numeral(&self.text[at..]) else { return at };
        let mut numbers = vec![(start, first)];
        at += used;
        while let Some(rest) = self.text[at..].strip_prefix('、') {
            let Some((number, used)) = numeral(rest) else { break };
            at += '、'.len_utf8();
            numbers.push((at, number));
            at += used;
        }
        let (unit, rest) = match self.text[at..].chars().next() {
            Some('条') => (Unit::Article, &self.text[at + '条'.len_utf8()..]),
            Some('章') => (Unit::Chapter, &self.text[at + '章'.len_utf8()..]),
            Some('编') => (Unit::Part, &self.text[at + '编'.len_utf8()..]),
            _ => return at,
        };
        at = self.text.len() - rest.len();
        if unit != Unit::Article && Self::followed_by_article(rest) {
            // 第九章第三百条 is one place: the article says it.
            return at;
        }
        let mut sub = 0;
        if let Some(rest) = rest.strip_prefix('之')
            && let Some((number, used)) = numeral(rest)
        {
            sub = number;
            at += '之'.len_utf8() + used;
        }
        let paragraph = if unit == Unit::Article { self.paragraph(&mut at) } else { 0 };
        let Some(document) = self.document(start, at) else { return at };
        let certain = document.is_some() || !self.others || names_this_document(&self.text[..start]);
        let last = numbers.len() - 1;
        for (place, (from, number)) in numbers.iter().enumerate() {
            let to = numbers.get(place + 1).map_or(at, |next| next.0 - '、'.len_utf8());
            let (sub, paragraph) = if place == last { (sub, paragraph) } else { (0, 0) };
            let number = ClauseNumber { unit, number: *number, sub };
            self.push(
                *from..to,
                MentionKind::Clause { document: document.clone(), number, paragraph, certain },
            );
        }
        at
    }

    fn followed_by_article(rest: &str) -> bool {
        rest.strip_prefix('第').and_then(numeral).is_some()
    }

    /// 第二款 and 第（三）项 behind a clause; moves `at` past them.
    fn paragraph(&self, at: &mut usize) -> u32 {
        let mut paragraph = 0;
        for unit in ['款', '项'] {
            let Some(rest) = self.text[*at..].strip_prefix('第') else { break };
            let bare = rest.strip_prefix(['（', '(']).unwrap_or(rest);
            let Some((number, used)) = numeral(bare) else { break };
            let mut end = *at + '第'.len_utf8() + (rest.len() - bare.len()) + used;
            if let Some(close) = self.text[end..].chars().next().filter(|c| matches!(c, '）' | ')')) {
                end += close.len_utf8();
            }
            if let Some(after) = self.text[end..].strip_prefix(unit) {
                *at = self.text.len() - after.len();
                if unit == '款' {
                    paragraph = number;
                }
            }
        }
        paragraph
    }

    /// The document that the clause at `start..end` belongs to: `Some(None)` is
    /// this chapter, `None` one that we do not know.
    fn document(&mut self, start: usize, end: usize) -> Option<Option<String>> {
        let before = &self.text[..start];
        let continues = |from: usize| {
            let between = &self.text[from.min(start)..start];
            let joins = [
                "",
                "、",
                "，",
                "和",
                "与",
                "及",
                "以及",
                "或",
                "或者",
                "至",
                "到",
                "的",
                "中",
                "中的",
                "规定的",
                "之",
            ];
            joins.contains(&between) || is_bracket(between)
        };
        match &mut self.context {
            Context::Titled(name, at) if continues(*at) => {
                *at = end;
                return Some(Some(name.clone()));
            }
            Context::Foreign(at) if continues(*at) => {
                *at = end;
                return None;
            }
            _ => {}
        }
        if names_other_document(before) {
            self.context = Context::Foreign(end);
            self.others = true;
            return None;
        }
        self.context = Context::Own;
        Some(None)
    }

    /// 前条: the clause before the one that the text stands in.
    fn previous(&mut self, start: usize, rest: &str, current: Option<ClauseNumber>) -> usize {
        let end = start + '前'.len_utf8();
        let Some(current) = current.filter(|current| current.number > 1 && rest.starts_with("前条")) else {
            return end;
        };
        let number = ClauseNumber { number: current.number - 1, sub: 0, ..current };
        let end = end + '条'.len_utf8();
        self.push(start..end, MentionKind::Clause { document: None, number, paragraph: 0, certain: true });
        end
    }
}

/// Whether a text ends in 本制度, 本办法 and the like.
fn names_this_document(before: &str) -> bool {
    let near: String = before.chars().rev().take(5).collect();
    near.contains('本')
}

/// `（2024年修订）` or `（以下简称《办法》）` between a title and its clause.
fn is_bracket(between: &str) -> bool {
    let inside = between.strip_prefix('（').and_then(|rest| rest.strip_suffix('）'));
    inside.is_some_and(|inside| !inside.contains('）') && inside.chars().count() < 30)
}

/// Whether a text ends in the bare name of another document: 刑法, 实施细则, but
/// not 本办法.
fn names_other_document(before: &str) -> bool {
    const ENDS: [&str; 16] = [
        "典", "分则", "法", "条例", "规定", "办法", "细则", "解释", "制度", "决定", "规则", "公约", "协定",
        "准则", "章程", "规程",
    ];
    let before = without_chapter(before);
    let Some(end) = ENDS.iter().find(|end| before.ends_with(**end)) else { return false };
    let name = &before[..before.len() - end.len()];
    // 本法, 本办法, 本实施细则: the nearest 本 says that it is this one; 依法, 违法 are no names.
    let near: String = name.chars().rev().take(6).collect();
    let own = near.chars().take_while(|c| !matches!(c, '，' | '。' | '、' | '；' | '》')).any(|c| c == '本');
    let verb = *end == "法" && near.starts_with(['依', '违', '非', '合', '执', '守', '方', '办']);
    !own && !verb
}

/// A text without the 第九章 or 第二节 at its end, which belongs to the document before.
fn without_chapter(before: &str) -> &str {
    let Some(bare) = before.strip_suffix(['编', '章', '节']) else { return before };
    let digits =
        bare.trim_end_matches(|c: char| c.is_ascii_digit() || "零〇一二三四五六七八九十百".contains(c));
    digits.strip_suffix('第').filter(|_| digits.len() < bare.len()).unwrap_or(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        let current = Some(ClauseNumber { unit: Unit::Article, number: 8, sub: 0 });
        find(text, 0, current, &mut found);
        let shown: Vec<String> = found
            .iter()
            .map(|mention| {
                let words = &text[mention.span.clone()];
                match &mention.kind {
                    MentionKind::Title(name) => format!("{words} = {name}"),
                    MentionKind::Clause { document, number, paragraph, .. } => {
                        let document = document.as_deref().unwrap_or("own");
                        format!("{words} = {document} {}-{} {paragraph}", number.number, number.sub)
                    }
                }
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn titles_and_their_clauses() {
        check(
            "依照《采购制度》第十五条第二款办理",
            &["《采购制度》 = 采购制度", "第十五条第二款 = 采购制度 15-0 2"],
        );
        check("《关于修改〈章程〉的决定》", &["《关于修改〈章程〉的决定》 = 关于修改〈章程〉的决定"]);
        check(
            "《甲》第三条、第五条和第七条之一",
            &["《甲》 = 甲", "第三条 = 甲 3-0 0", "第五条 = 甲 5-0 0", "第七条之一 = 甲 7-1 0"],
        );
        check("《办法》（2024年修订）第二条", &["《办法》 = 办法", "第二条 = 办法 2-0 0"]);
        check("《甲》另见第二条", &["《甲》 = 甲", "第二条 = own 2-0 0"]);
    }

    #[test]
    fn lists_and_ranges() {
        check("按第三、五条办理", &["第三 = own 3-0 0", "五条 = own 5-0 0"]);
        check("第三条至第五条", &["第三条 = own 3-0 0", "第五条 = own 5-0 0"]);
        check("本制度第十条第（三）项", &["第十条第（三）项 = own 10-0 0"]);
        check("第12条第一款第（二）项", &["第12条第一款第（二）项 = own 12-0 1"]);
    }

    #[test]
    fn own_and_foreign_numbers() {
        check("前条规定", &["前条 = own 7-0 0"]);
        check("依照刑法第二十条、第二十一条处罚", &[]);
        check("触犯刑法分则第九章第三百九十八条", &[]);
        check("适用民法典第五条", &[]);
        check("本办法第二条，本实施细则第三条", &["第二条 = own 2-0 0", "第三条 = own 3-0 0"]);
        check("依法第二条", &["第二条 = own 2-0 0"]);
        check("第一款、第三次、第条、第二节", &[]);
        check("见第二章和《甲》第一章", &["第二章 = own 2-0 0", "《甲》 = 甲", "第一章 = 甲 1-0 0"]);
        check("《没有完", &[]);
    }
}
