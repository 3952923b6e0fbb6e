//! Which document a number belongs to, read from the words before it.

use super::super::clause::is_space;

/// Whether a line ends in 本制度, 本办法 and the like.
pub(super) fn names_this_document(before: &str) -> bool {
    before.chars().rev().take(5).take_while(|c| *c != '\n').any(|c| c == '本')
}

/// Whether a text ends in words for a document that was named before: 按该办法, 上述采购规定.
pub(super) fn names_that_document(name: &str) -> bool {
    let behind = ["该", "上述", "前述"].iter().filter_map(|word| Some(name.rsplit_once(word)?.1));
    behind.map(|kind| kind.chars().count()).any(|length| (1..=4).contains(&length))
}

/// `（2024年修订）` or `（以下简称《办法》）` between a title and its clause, perhaps both.
pub(super) fn is_bracket(between: &str) -> bool {
    let mut rest = between;
    while let Some(inside) = rest.strip_prefix(['（', '(']) {
        let Some(end) = inside.find(['）', ')']).filter(|end| inside[..*end].chars().count() < 30) else {
            return false;
        };
        rest = inside[end..].trim_start_matches(['）', ')']);
        if rest.is_empty() {
            return true;
        }
    }
    false
}

/// The short name that a bracket behind a title introduces: `（以下简称“采购办法”）`.
pub(super) fn short_name(behind: &str) -> Option<&str> {
    let inside = behind.strip_prefix(['（', '('])?;
    let inside = &inside[..inside.find(['）', ')'])?];
    let named = &inside[inside.find("称").map(|at| at + '称'.len_utf8())?..];
    let quoted = named.trim_start_matches(['为', '：', ':', ' ']).strip_prefix(['“', '"', '「', '『'])?;
    let name = quoted[..quoted.find(['”', '"', '」', '』'])?].trim();
    (name.chars().nth(1).is_some() && name.chars().count() < 20 && !name.starts_with('《')).then_some(name)
}

/// How far back the bare name of a document may begin, in characters.
const MAX_NAME: usize = 30;

/// The end of a text that ends in the bare name of another document, back to the
/// nearest punctuation: 依照刑法, but nothing for 本办法.
pub(super) fn other_document(before: &str) -> Option<&str> {
    // The longer of two that end alike first.
    const ENDS: [&str; 51] = [
        "办法",
        "典",
        "分则",
        "法",
        "条例",
        "规定",
        "细则",
        "解释",
        "制度",
        "决定",
        "规则",
        "公约",
        "协定",
        "准则",
        "通则",
        "章程",
        "规程",
        "规范",
        "守则",
        "合同",
        "协议",
        "手册",
        "指引",
        "指南",
        "标准",
        "意见",
        "纲要",
        "方案",
        "流程",
        "预案",
        "措施",
        "协议书",
        "合同书",
        "通知",
        "公告",
        "决议",
        "纪要",
        "批复",
        "文件",
        "书",
        "报告",
        "计划",
        "合约",
        "契约",
        "备忘录",
        "须知",
        "规约",
        "保单",
        "函",
        "清单",
        "表",
    ];
    let before = without_chapter(behind_name(before));
    if let Some(name) = latin_name(before).or_else(|| numbered(before)) {
        return Some(name);
    }
    let end = ENDS.iter().find(|end| before.ends_with(**end))?;
    let name = &before[..before.len() - end.len()];
    // 本法, 本办法, 本实施细则: the nearest 本 says that it is this one; 依法, 违法 are no names.
    let near: String = name.chars().rev().take(6).collect();
    let own = is_of_this(name);
    let verb = *end == "法" && near.starts_with(['依', '违', '非', '合', '执', '守', '方']);
    // 办法 by itself names nothing.
    const PLAIN: [&str; 17] = [
        "办法", "方案", "流程", "预案", "措施", "文件", "书", "报告", "计划", "须知", "函", "清单", "表",
        "合约", "契约", "规约", "保单",
    ];
    let bare = PLAIN.contains(end) && name.chars().next_back().is_none_or(is_stop);
    // 第三条规定的: what a clause of some document says.
    let of_clause = name.ends_with(['条', '條', '款', '项']);
    if own || verb || bare || of_clause {
        return None;
    }
    let from = before.char_indices().rev().take(MAX_NAME).take_while(|(_, c)| !is_stop(*c)).last();
    from.map(|(at, _)| &before[at..])
}

/// Whether words before the kind of a document say that it is this one: 本, 本实施. 本公司章程 is
/// another: the company is this one, not its articles.
fn is_of_this(name: &str) -> bool {
    const HOLDERS: [&str; 16] = [
        "公司", "单位", "集团", "企业", "部门", "厂", "院", "校", "所", "店", "机构", "组织", "行", "协会",
        "中心", "市",
    ];
    let from = name.char_indices().rev().take(6).take_while(|(_, c)| !is_stop(*c)).last();
    let near = from.map_or("", |(at, _)| &name[at..]);
    near.rsplit_once('本').is_some_and(|(_, rest)| !HOLDERS.iter().any(|holder| rest.starts_with(holder)))
}

/// A text without what may stand between the name of a document and its clause, at its end:
/// 采购办法（2024）的, PUR-001 V2, 采购办法——.
pub(crate) fn behind_name(mut text: &str) -> &str {
    loop {
        let mut bare = text.trim_end_matches(|c| {
            is_space(c)
                || is_opening(c)
                || is_closing_quote(c)
                || matches!(c, '’' | '·' | '#' | '-' | '－' | '–' | '—')
        });
        bare = ["中的", "里的", "的", "中", "里", "内", "之"]
            .iter()
            .find_map(|word| bare.strip_suffix(word))
            .unwrap_or(bare);
        if bare.ends_with(['）', ')'])
            && let Some(open) = bare.rfind(['（', '('])
            && is_bracket(&bare[open..])
        {
            bare = &bare[..open];
        }
        let version = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        if version.len() < bare.len()
            && let Some(name) = version.strip_suffix(['V', 'v']).filter(|name| name.ends_with(is_space))
        {
            bare = name;
        }
        if bare.len() == text.len() {
            return text;
        }
        text = bare;
    }
}

/// The name of a standard or a foreign law that a text ends in: GDPR, ISO 27001, GB/T
/// 22239-2019. It has two capitals at least, so that a plain word or a letter is none.
pub(super) fn latin_name(before: &str) -> Option<&str> {
    let bare = before.trim_end_matches([' ', '\u{a0}', '§']);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | ':' | '_');
    let token = |text: &str| text.len() - text.trim_end_matches(is_part).len();
    let capitals = |name: &str| name.chars().filter(char::is_ascii_uppercase).count() >= 2;
    let last = token(bare);
    let mut from = bare.len() - last;
    if !capitals(&bare[from..]) && bare[from..].starts_with(|c: char| c.is_ascii_digit()) {
        // The number of a standard stands behind its name, or behind what it is a series of.
        for _ in 0..2 {
            let rest = bare[..from].trim_end_matches([' ', '\u{a0}']);
            let length = token(rest);
            if length == 0 || !rest.ends_with(|c: char| c.is_ascii_alphanumeric()) {
                break;
            }
            from = rest.len() - length;
            if capitals(&rest[from..]) {
                break;
            }
        }
    }
    let name = &bare[from..];
    (capitals(name) && name.starts_with(|c: char| c.is_ascii_alphanumeric())).then_some(name)
}

/// The number of a document that a text ends in: 国务院令第718号.
fn numbered(before: &str) -> Option<&str> {
    let bare = before.strip_suffix('号')?.trim_end_matches(is_space);
    let digits = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let named = digits.trim_end_matches(is_space);
    let is_one = digits.len() < bare.len() && named.ends_with(['第', '〕', '］', ']']);
    is_one.then(|| &before[named.char_indices().next_back().map_or(0, |(at, _)| at)..])
}

/// Whether a text ends in words for a former text of the chapter: 旧版第三条, 修订前的第三条.
pub(super) fn names_former_text(before: &str) -> bool {
    let bare = before.trim_end_matches(is_space).trim_end_matches('的');
    ["旧版", "原", "原版", "旧", "修订前", "修改前", "修正前", "上一版"]
        .iter()
        .any(|word| bare.ends_with(word))
}

fn is_stop(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '》' | '《' | '（' | '）' | '“' | '「' | '【' | '\n')
}

/// A text without the 第九章 or 第二节 at its end, which belongs to the document before.
fn without_chapter(before: &str) -> &str {
    let Some(bare) = before.strip_suffix(['编', '章', '节']) else { return before };
    let digits =
        bare.trim_end_matches(|c: char| c.is_ascii_digit() || "零〇一二三四五六七八九十百".contains(c));
    digits.strip_suffix('第').filter(|_| digits.len() < bare.len()).unwrap_or(before)
}

/// Whether what stands between two references, or between a document and its clause, joins them:
/// 第三条和第五条, 《…》（2024 年修订）第三条, 《…》 V2.0（第三条）, 《…》，其第三条; 第三条（采购）、第五条,
/// 第三条“采购”、第五条, 第三条规定的程序和第五条; 第三条，以及第五条.
pub(super) fn joins(between: &str) -> bool {
    const JOINS: [&str; 32] = [
        "",
        "）",
        "’",
        "～",
        "~",
        "-",
        "－",
        "–",
        "—",
        "、",
        "，",
        "；",
        "/",
        "和",
        "与",
        "及",
        "以及",
        "或",
        "或者",
        "至",
        "到",
        "起至",
        "起到",
        "的",
        "中",
        "中的",
        "里",
        "内",
        "规定的",
        "之",
        "并",
        "及其",
    ];
    // What clauses are about may stand behind them, and joints one behind the other; whoever goes
    // into each by a call would come to the end of the stack in a text of commas.
    let mut rest = between;
    loop {
        // Marks that open in front of the number, or close behind the name.
        let near = rest.trim_end_matches(|c| is_space(c) || is_opening(c));
        let near = without_version(near.trim_start_matches(|c| is_space(c) || is_closing_quote(c)));
        let near = near.trim_matches(is_space);
        if JOINS.contains(&near) || is_topic(near) {
            return true;
        }
        let behind = without_aside(near).or_else(|| near.strip_prefix(['、', '，', '；', ',', ';']));
        match behind {
            Some(behind) => rest = behind,
            None => return is_what_is_said(near),
        }
    }
}

/// A text without the bracket or quotation that it begins with.
fn without_aside(text: &str) -> Option<&str> {
    const LONGEST: usize = 30;
    let open = text.chars().next()?;
    let close = match open {
        '（' | '(' => ['）', ')'],
        '“' => ['”', '”'],
        '「' => ['」', '」'],
        '【' => ['】', '】'],
        _ => return None,
    };
    let inside = &text[open.len_utf8()..];
    let end = inside.find(close).filter(|end| inside[..*end].chars().count() < LONGEST)?;
    Some(inside[end..].trim_start_matches(close))
}

/// 规定的程序和, between two clauses.
fn is_what_is_said(between: &str) -> bool {
    const LONGEST: usize = 10;
    let words = ["以及", "和", "与", "及", "或", "、"].iter().find_map(|word| between.strip_suffix(word));
    let said = words.and_then(|words| {
        let rest =
            ["规定的", "所列的", "所列", "约定的", "的"].iter().find_map(|word| words.strip_prefix(word));
        rest.filter(|rest| !rest.is_empty())
    });
    said.is_some_and(|said| said.chars().count() < LONGEST && !said.contains(is_stop) && !said.contains('第'))
}

/// Whether what stands between the name of a document and a number says where in it that is:
/// 《采购办法》自第三条起, 除第三条外, 总则第三条.
pub(super) fn leads(between: &str) -> bool {
    const WORDS: [&str; 8] = ["自", "从", "除", "除了", "总则", "分则", "附则", "正文"];
    WORDS.contains(&between.trim_matches(is_space))
}

/// Where a bracket begins that is no more than the name of a document: `before` ends in front of
/// the name, `behind` begins behind it.
pub(super) fn opens_aside(before: &str, behind: &str) -> Option<usize> {
    const WORDS: [&str; 10] = ["均指", "都指", "均见", "是指", "指", "见", "即", "均为", "系", "载于"];
    behind.trim_start_matches(is_space).strip_prefix(['）', ')'])?;
    let bare = before.trim_end_matches(is_space);
    let bare = WORDS.iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
    let open = bare.trim_end_matches(is_space).strip_suffix(['（', '('])?;
    Some(open.trim_end_matches(is_space).len())
}

/// Marks that open, and the colon, between a name and a number that belongs to it.
fn is_opening(c: char) -> bool {
    matches!(c, '（' | '(' | '“' | '"' | '「' | '『' | '【' | '：' | ':')
}

fn is_closing_quote(c: char) -> bool {
    matches!(c, '”' | '"' | '」' | '』' | '】' | '》')
}

/// A text without the version or number of a document that it begins with: V2.0, 2025版,
/// [2025]3号.
fn without_version(text: &str) -> &str {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    if let Some(rest) = text.strip_prefix(['V', 'v']) {
        let used = digits(rest);
        return if used > 0 { rest[used..].trim_start_matches(['版', ' ']) } else { text };
    }
    let year = ['[', '〔', '［', '【'].iter().find_map(|open| text.strip_prefix(*open));
    let behind = year.and_then(|rest| rest.find([']', '〕', '］', '】']).map(|end| &rest[end..]));
    let behind = behind.map_or(text, |rest| rest.trim_start_matches([']', '〕', '］', '】', '第', ' ']));
    let used = digits(behind);
    let rest = behind[used..].trim_start_matches(is_space);
    let words = ["年版", "年修订版", "年修订", "年修正", "修订版", "版", "号"];
    match words.iter().find_map(|word| rest.strip_prefix(word)).filter(|_| used > 0) {
        Some(rest) => rest,
        None => text,
    }
}

/// 关于付款的, between a document and its clause.
fn is_topic(between: &str) -> bool {
    const LONGEST: usize = 16;
    let inside = between
        .trim_start_matches(['中', '里'])
        .strip_prefix("关于")
        .and_then(|rest| rest.strip_suffix('的'));
    inside.is_some_and(|words| words.chars().count() < LONGEST && !words.contains(is_stop))
}

/// Whether the word behind 第二款 or 第一项 lets it be a part of a clause: 第一项任务 and
/// 第二款产品 are none.
pub(super) fn may_follow_part(after: &str) -> bool {
    const WORDS: [&str; 9] = ["规定", "所", "情形", "的", "中", "行为", "之", "第", "除外"];
    const JOINS: [&str; 6] = ["和", "与", "或", "至", "到", "及"];
    match after.chars().next() {
        None => true,
        Some(c) if !c.is_alphanumeric() => true,
        Some(_) => WORDS.iter().chain(&JOINS).any(|word| after.starts_with(word)),
    }
}
