//! Clauses: how a paragraph or heading of a Chinese rule begins.
//!
//! 第X编, 章, 节 and 条 as people write and paste them: numbers in Chinese or Arabic of
//! either width, spaces within, brackets around, bold, marked, 第十五条之一, 第15-1條. A label
//! that is set apart (by a space, a bracket, a colon, bold) is certain. One that runs
//! into its text may be the beginning of a sentence as well (第三条生产线已经投产); then
//! only the numbers around it can tell, see `rule_lines`.

mod item;
mod marks;
mod numeral;

pub(super) use item::{ItemStyle, item};
use marks::Wrapper;
pub(super) use marks::{is_look, spaces};
pub(super) use numeral::numeral;
pub(crate) use numeral::written as written_numeral;
use std::ops::Range;

/// What a clause number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 编: part.
    Part,
    /// 章: chapter.
    Chapter,
    /// 节: section.
    Section,
    /// 条: article.
    Article,
    /// 部分: division.
    Division,
}

/// The number of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct ClauseNumber {
    /// What it counts.
    pub unit: Unit,
    /// The number, from 1.
    pub number: u32,
    /// The number after 之, else 0.
    pub sub: u32,
}

impl ClauseNumber {
    /// 第十五条之一, as most rules write it.
    #[must_use]
    pub fn label(&self) -> String {
        let unit = match self.unit {
            Unit::Part => "编",
            Unit::Chapter => "章",
            Unit::Section => "节",
            Unit::Article => "条",
            Unit::Division => "部分",
        };
        let mut label = format!("第{}{unit}", numeral::written(self.number));
        if self.sub > 0 {
            label.push('之');
            label.push_str(&numeral::written(self.sub));
        }
        label
    }
}

/// A clause's beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClauseLabel {
    /// The number.
    pub number: ClauseNumber,
    /// Where its label (第十五条之一) stands, in bytes of the text given.
    pub label: Range<usize>,
    /// The same with the brackets around it: 【第四条】.
    pub shown: Range<usize>,
    /// The mark that parts it from its text, which is shown with it: 第三条：
    pub separator: Range<usize>,
    /// Where the text after all these and the space behind them begins.
    pub rest: usize,
    /// Whether the bold or the mark that it is set in goes on behind it.
    pub goes_on: bool,
    /// Whether it is set apart from its text; else it may begin a sentence.
    pub certain: bool,
}

/// Space as it comes out of a word processor, and marks that are not seen at all.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{3000}' | '\u{feff}')
}

/// Reads how `text` begins; `None` where that is no clause.
#[must_use]
pub fn parse(text: &str) -> Option<ClauseLabel> {
    let indent = marks::lead(text);
    let (wrapper, opens) = Wrapper::open(&text[indent..]).unzip();
    let start = indent + opens.unwrap_or(0);
    let bracket = text[start..].chars().next().and_then(closing);
    let from = start + bracket.map_or(0, char::len_utf8);
    let (number, used) = number(&text[from..])?;
    let label = from..from + used;
    let mut end = label.end;
    if let Some(closing) = bracket {
        end += text[end..].starts_with(closing).then(|| closing.len_utf8())?;
    }
    let shown = start..end;
    let closes = |at: usize| wrapper.map_or(0, |wrapper| wrapper.close(&text[at..]));
    let mut closed = closes(end);
    let at = end + closed;
    let separator = at..at + separator(&text[at..]);
    end = separator.end;
    if closed == 0 {
        closed = closes(end);
        end += closed;
    }
    let behind = &text[end..];
    let rest = end + spaces(behind);
    let apart = bracket.is_some() || closed > 0;
    let certain = apart
        || match text[separator.clone()].chars().next() {
            Some('，') => false,
            Some(_) => true,
            None => behind
                .chars()
                .next()
                .is_none_or(|c| rest > end || c.is_whitespace() || "（(【〔—".contains(c)),
        };
    let spaced = rest > end || !separator.is_empty();
    let refers = (number.unit == Unit::Article || !spaced) && goes_on(&text[rest..], rest > end);
    if !apart && (refers || !spaced && is_a_phrase(number.unit, behind)) {
        return None;
    }
    let goes_on = wrapper.is_some() && closed == 0;
    Some(ClauseLabel { number, label, shown, separator, rest, goes_on, certain })
}

/// The bracket that closes one that a label may stand in.
const fn closing(open: char) -> Option<char> {
    Some(match open {
        '【' => '】',
        '〖' => '〗',
        '〔' => '〕',
        '［' => '］',
        '[' => ']',
        _ => return None,
    })
}

/// The bytes of the mark between a label and its text, if there is one.
fn separator(text: &str) -> usize {
    let mark = text.chars().next().filter(|c| matches!(c, '、' | '：' | ':' | '．' | '.' | '。' | '，'));
    mark.map_or(0, char::len_utf8)
}

/// Whether what follows a label makes it a reference: 第三条和第五条, 第三条第二款, 第三条、第五条,
/// 第三条的. Behind a space 第二款 may begin the clause's own text.
fn goes_on(rest: &str, spaced: bool) -> bool {
    if !rest.starts_with(|c| "第的之、，和与及以或至到－-~～—".contains(c)) {
        return false;
    }
    if rest.starts_with('的') || rest.starts_with("之规定") {
        return true;
    }
    let join = ["、", "，", "和", "与", "及", "以及", "或", "或者", "至", "到", "－", "-", "~", "～", "—"]
        .iter()
        .find_map(|join| rest.strip_prefix(join));
    let Some(number) = join.unwrap_or(rest).strip_prefix('第') else { return false };
    let number = number.trim_start_matches(|c| is_space(c) || matches!(c, '（' | '('));
    let Some((_, used)) = numeral(number) else { return false };
    let behind = number[used..].trim_start_matches(|c| is_space(c) || matches!(c, '）' | ')'));
    let Some(unit) = behind.chars().next().filter(|c| "条條款项項章节節编".contains(*c)) else {
        return false;
    };
    // Behind a space and without a word that joins them, another article is what the clause
    // speaks of: 第二条 第一条所称…
    if spaced && join.is_none() && matches!(unit, '条' | '條') {
        return false;
    }
    let words = ["规定", "所", "的", "、", "和", "与", "及", "或", "至", "到", "中", "第"];
    let after = behind[unit.len_utf8()..].trim_start_matches(is_space);
    !spaced || join.is_some() || words.iter().any(|word| after.starts_with(word))
}

/// Whether what stands right behind 第三条 is something that 条 counts, so that no clause is meant.
pub(super) fn is_counted(behind: &str) -> bool {
    const WORDS: [&str; 22] = [
        "建议",
        "意见",
        "消息",
        "短信",
        "微博",
        "评论",
        "新闻",
        "信息",
        "理由",
        "原因",
        "规律",
        "经验",
        "生产线",
        "线路",
        "线索",
        "路",
        "街",
        "河",
        "船",
        "鱼",
        "裤",
        "记录",
    ];
    WORDS.iter().any(|word| behind.starts_with(word))
}

/// Whether a label and what stands right behind it are words of a sentence.
fn is_a_phrase(unit: Unit, behind: &str) -> bool {
    // 第一条件 and 第三条例 are other words.
    const ARTICLE: [&str; 22] = [
        "规定",
        "所称",
        "所列",
        "所指",
        "所述",
        "所规定",
        "中的",
        "中所",
        "中规定",
        "中，",
        "款",
        "项",
        "件",
        "例外",
        "例的",
        "例是",
        "约",
        "修改为",
        "增加一",
        "删去",
        "删除",
        "要求",
    ];
    const OTHER: [&str; 16] = [
        "规定", "所称", "所列", "所述", "中", "程", "节课", "课", "日", "号", "讲", "介绍", "里", "说", "完",
        "结束",
    ];
    let words: &[&str] = if unit == Unit::Article { &ARTICLE } else { &OTHER };
    // 第一条路是, 第二条也就是, 第三条已经.
    let verb = behind.chars().take(4).take_while(|c| !"，。；：、".contains(*c)).any(|c| c == '是')
        || behind.starts_with(['已', '也', '都', '就']);
    let counted = unit == Unit::Article && (is_counted(behind) || behind.starts_with("明确"));
    verb || counted || words.iter().any(|word| behind.starts_with(word))
}

/// 第十五条之一 at the beginning of a text, and its bytes.
pub(super) fn number(text: &str) -> Option<(ClauseNumber, usize)> {
    text.strip_prefix('第')?;
    let mut at = '第'.len_utf8();
    at += spaces(&text[at..]);
    let (number, used) = numeral(&text[at..]).filter(|found| found.0 > 0)?;
    at += used;
    // 第15-1條, 第十五之一条.
    let unit_at = |at: usize| unit(text[at..].trim_start_matches(is_space)).is_some();
    let within = sub(&text[at..]).filter(|(_, used)| unit_at(at + used));
    at += within.map_or(0, |(_, used)| used);
    at += spaces(&text[at..]);
    let (unit, length) = unit(&text[at..])?;
    at += length;
    // 第3条-5条 is a range.
    let behind = sub(&text[at..]).filter(|(_, used)| within.is_none() && !unit_at(at + used));
    at += behind.map_or(0, |(_, used)| used);
    let sub = within.or(behind).map_or(0, |found| found.0);
    Some((ClauseNumber { unit, number, sub }, at))
}

/// 之一 or -1 behind the number of a clause, and its bytes.
pub(super) fn sub(text: &str) -> Option<(u32, usize)> {
    if let Some(rest) = text.strip_prefix('之') {
        let (number, used) = numeral(rest)?;
        return (number > 0).then_some((number, '之'.len_utf8() + used));
    }
    let rest = text.strip_prefix(['-', '－', '‐', '–'])?;
    let (number, used) = numeral(rest).filter(|_| numeral::starts_arabic(rest))?;
    let behind = &rest[used..];
    let word = behind.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    (number > 0 && !word).then(|| (number, text.len() - behind.len()))
}

/// The unit that a text begins with, and its bytes.
pub(super) fn unit(text: &str) -> Option<(Unit, usize)> {
    let unit = match text.chars().next()? {
        '编' | '編' => Unit::Part,
        '章' => Unit::Chapter,
        '节' | '節' => Unit::Section,
        '条' | '條' => Unit::Article,
        '部' if text.starts_with("部分") => return Some((Unit::Division, "部分".len())),
        _ => return None,
    };
    Some((unit, '条'.len_utf8()))
}

/// The number of a heading that counts without 第: `三、` is the third division.
pub(super) fn heading_number(text: &str) -> Option<ClauseNumber> {
    match (parse(text), item(text)) {
        (Some(found), _) => Some(found.number),
        (None, Some((ItemStyle::Bare, number))) => {
            Some(ClauseNumber { unit: Unit::Division, number, sub: 0 })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
