//! What stands around a title and is none: the letterhead of an official letter (某某公司文件),
//! its number (某公司〔2026〕12号), the company's name, 附件1, a day, 内部文件.
//!
//! A letter that issues a rule (关于印发《…》的通知) names it, so that the rule's own title is found
//! below the letter.

use super::date;
use super::label::{field, is_taken, line_pairs, split_label};

/// Lines below a letter's title in which the rule that it issues begins.
const FURTHER: usize = 80;

/// Whether a line is none that a document is called by, where it has another.
pub(super) fn is_aside(text: &str) -> bool {
    let pairs = line_pairs(text);
    let is_labels = !pairs.is_empty() && pairs.iter().all(|pair| is_taken(&pair.label));
    is_letterhead(text)
        || is_body(text)
        || number(text).is_some()
        || is_annex(text)
        || is_day(text)
        || is_mark(text)
        || is_labels && numbered(text).is_none()
}

/// Whether a line is the name of who issues, and 文件 behind it.
pub(super) fn is_letterhead(text: &str) -> bool {
    let bare = bare(text);
    let name = bare.strip_suffix("文件").unwrap_or("");
    let is_office = name.ends_with(['部', '室', '处', '厂', '行', '社', '所', '府', '委', '中', '心']);
    (3..=30).contains(&name.chars().count()) && (is_office || is_body(name))
}

/// Whether a line is the name of a company or an authority and nothing else.
pub(super) fn is_body(text: &str) -> bool {
    const OTHERS: [&str; 5] = ["关于", "适用", "本公司", "我公司", "大会"];
    let bare = bare(text);
    let is_name = |sign: char| sign.is_alphanumeric() || matches!(sign, '（' | '）' | '(' | ')' | '·');
    (3..=30).contains(&bare.chars().count())
        && bare.ends_with(['司', '团', '校', '院', '会', '局', '厅'])
        && bare.chars().all(is_name)
        && !OTHERS.iter().any(|other| bare.contains(other))
}

/// The number of a letter in a line, 某公司〔2026〕12号, and whether it stands there alone: a signer
/// may stand beside it.
pub(super) fn number(text: &str) -> Option<(String, bool)> {
    let end = text.find('号')? + '号'.len_utf8();
    let rest = text[end..].trim();
    let own = bare(&text[..end]);
    let open = own.find(['〔', '[', '［', '（', '(', '【'])?;
    let year: String = own[open..].chars().skip(1).take_while(char::is_ascii_digit).collect();
    let name = &own[..open];
    let is_number = year.len() == 4
        && (1..=12).contains(&name.chars().count())
        && name.chars().all(char::is_alphanumeric)
        && own.trim_end_matches('号').ends_with(|sign: char| sign.is_ascii_digit());
    (is_number && (rest.is_empty() || rest.starts_with("签发"))).then_some((own, rest.is_empty()))
}

/// A title with the document's number in the same line: 编号：HR-009　考勤管理制度.
pub(super) fn numbered(text: &str) -> Option<(String, String)> {
    let (before, behind) = text.split_once(['：', ':'])?;
    let (title, name) = split_label(before);
    name.filter(|name| field(name) == Some("id"))?;
    let behind = behind.trim();
    let (id, title) = match title.trim() {
        "" => behind.split_once(char::is_whitespace)?,
        title => (behind, title),
    };
    let is_id = id.chars().any(|sign| sign.is_ascii_digit()) && !id.contains(char::is_whitespace);
    let title = title.trim();
    let is_title = title.chars().count() > 1 && !title.contains(['：', ':']);
    (is_id && is_title).then(|| (id.to_owned(), title.to_owned()))
}

/// Whether a line says only that an annex begins: 附件1, 附表二：.
pub(super) fn is_annex(text: &str) -> bool {
    let bare = bare(text);
    let number = annex(&bare).unwrap_or("-");
    let is_number = |sign: char| sign.is_ascii_digit() || "一二三四五六七八九十：:".contains(sign);
    number.chars().all(is_number)
}

/// Whether an annex begins with a line, whatever it is called.
pub(super) fn begins_annex(text: &str) -> bool {
    let bare = bare(text);
    let is_name =
        |rest: &str| !rest.starts_with(['的', '中', '所', '应', '是', '为', '由', '与', '和', '及']);
    annex(&bare).is_some_and(is_name) && bare.chars().count() <= 40 && !bare.ends_with(['。', '；'])
}

/// What stands behind 附件, 附录 or 附表 at the beginning of a line.
fn annex(bare: &str) -> Option<&str> {
    ["附件", "附录", "附表"].iter().find_map(|word| bare.strip_prefix(word))
}

/// Whether a line is a day or a month, with what happened on it: 2024年3月1日发布.
fn is_day(text: &str) -> bool {
    let mut bare = bare(text);
    for word in ["发布", "实施", "施行", "生效", "印发", "起", "自"] {
        bare = bare.replace(word, "");
    }
    let is_part = |sign: char| sign.is_ascii_digit() || "〇○零一二三四五六七八九十年月日号.-/".contains(sign);
    let is_dated = date::find(&bare).is_some() || bare.contains('年') && bare.ends_with(['年', '月']);
    is_dated && bare.chars().all(is_part)
}

/// Whether a line only says that others are not to have the document.
fn is_mark(text: &str) -> bool {
    const WORDS: [&str; 12] = [
        "内部文件",
        "内部资料",
        "内部使用",
        "内部公开",
        "受控文件",
        "非受控",
        "受控",
        "注意保管",
        "注意保密",
        "妥善保管",
        "请勿外传",
        "严禁外传",
    ];
    let mut bare: String = text.chars().filter(|sign| sign.is_alphanumeric()).collect();
    let is_empty = bare.is_empty();
    for word in WORDS {
        bare = bare.replace(word, "");
    }
    bare.is_empty() && !is_empty
}

/// Whether a line is the title of a letter: 关于…的通知.
pub(super) fn is_notice(text: &str) -> bool {
    let bare = bare(text);
    const KINDS: [&str; 8] = ["通知", "决定", "公告", "通报", "意见", "办法", "规定", "函"];
    bare.contains("关于") && KINDS.iter().any(|kind| bare.ends_with(kind))
}

/// Where the rule has its own title that a letter issues: among the lines below the letter's, the
/// one that says what stands in 《》, but for 某某公司 before it and （试行） behind it.
pub(super) fn issued(letter: &str, below: &[(usize, String)]) -> Option<usize> {
    let name = core(&bare(name_of_issued(letter).filter(|_| is_notice(letter))?)).to_owned();
    let is_it = |text: &str| {
        let text = bare(text);
        let before = core(&text).strip_suffix(name.as_str());
        before.is_some_and(|before| before.is_empty() || is_body(before))
    };
    let found = below.iter().take(FURTHER).find(|(_, text)| !name.is_empty() && is_it(text));
    found.map(|(at, _)| *at)
}

/// What a letter issues: the name in 《》.
fn name_of_issued(title: &str) -> Option<&str> {
    let (before, rest) = title.split_once('《')?;
    let (name, behind) = rest.rsplit_once('》')?;
    const WORDS: [&str; 11] =
        ["印发", "发布", "颁布", "下发", "施行", "公布", "修订", "修改", "实施", "执行", "试行"];
    WORDS.iter().any(|word| before.contains(word) || behind.contains(word)).then_some(name)
}

/// A title without （试行） and the like behind it.
fn core(bare: &str) -> &str {
    let inside = bare.strip_suffix(['）', ')']).and_then(|text| text.rfind(['（', '(']));
    inside.filter(|at| bare[*at..].chars().count() <= 12).map_or(bare, |at| &bare[..at])
}

pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}
