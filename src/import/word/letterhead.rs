//! Official letters (红头文件) that issue a rule: 某某公司文件, 某公司〔2026〕12号,
//! 关于印发《…》的通知, and then the rule itself.
//!
//! The letterhead is nobody's title. The rule has the title where it stands on a line of its
//! own below the letter, else the letter has its own; the letter's number is the document's.

use super::control::Fields;
use super::head::{is_blank, line};
use super::model::{Block, Paragraph};
use serde_yaml::Value;

/// Lines at the top among which the letterhead, its number and its title stand.
const FIRST: usize = 12;
/// Lines below in which the rule that a letter issues begins.
const FURTHER: usize = 80;

/// Takes title and number of a letter; false where the document is none.
pub(super) fn take(blocks: &mut Vec<Block>, fields: &mut Fields) -> bool {
    let lines = lines(blocks);
    let top = &lines[..lines.len().min(FIRST)];
    let Some(head) = top.iter().position(|(_, text)| is_letterhead(text)) else { return false };
    let is_number = |at: &usize| number(&top[*at].1).is_some();
    let Some(number_at) = (head + 1..top.len()).find(is_number) else { return false };
    let Some(title) = (number_at + 1..top.len()).find(|at| is_title(&top[*at].1)) else { return false };
    if let Some(number) = number(&top[number_at].1) {
        fields.insert("id", Value::String(number));
    }
    let issued = issued(&top[title].1);
    let own = issued.and_then(|name| {
        lines.iter().skip(title + 1).take(FURTHER).find(|(_, text)| bare(text) == bare(name))
    });
    // The letter's title is told by the chapter's where it is the chapter's.
    let (at, text) = own.unwrap_or(&top[title]);
    fields.insert("title", Value::String(text.clone()));
    let mut gone = vec![*at, top[head].0];
    // A line that has a signer beside the number (签发人：…) stays.
    let is_number_alone = number(&top[number_at].1).is_some_and(|own| bare(&own) == bare(&top[number_at].1));
    gone.extend(is_number_alone.then_some(top[number_at].0));
    gone.sort_unstable();
    for at in gone.into_iter().rev() {
        blocks.remove(at);
    }
    true
}

/// The lines of text with their places.
fn lines(blocks: &[Block]) -> Vec<(usize, String)> {
    let text = |block: &Block| match block {
        Block::Paragraph(paragraph) if !is_blank(block) && is_line(paragraph) => Some(line(paragraph)),
        _ => None,
    };
    blocks.iter().enumerate().filter_map(|(at, block)| Some((at, text(block)?))).collect()
}

fn is_line(paragraph: &Paragraph) -> bool {
    paragraph.is_plain() && paragraph.label.is_none() && paragraph.words().chars().count() <= 100
}

/// Whether a line is the name of who issues, and 文件 behind it.
fn is_letterhead(text: &str) -> bool {
    let bare = bare(text);
    let name = bare.strip_suffix("文件").unwrap_or("");
    let is_body = name.ends_with([
        '司', '团', '校', '院', '会', '局', '厅', '部', '室', '处', '厂', '行', '社', '所', '府', '委', '中',
        '心',
    ]);
    (3..=30).contains(&name.chars().count()) && is_body
}

/// The number of a letter in a line: 某公司〔2026〕12号, also with a signer beside it.
fn number(text: &str) -> Option<String> {
    let end = text.find('号')? + '号'.len_utf8();
    let own = text[..end].trim();
    let open = own.find(['〔', '[', '［', '（', '(', '【'])?;
    let year: String = own[open..].chars().skip(1).take_while(char::is_ascii_digit).collect();
    let name = own[..open].trim();
    let is_number = year.len() == 4
        && (1..=12).contains(&name.chars().count())
        && name.chars().all(char::is_alphanumeric)
        && own.trim_end_matches('号').ends_with(|sign: char| sign.is_ascii_digit());
    is_number.then(|| own.to_owned())
}

/// Whether a line is the title of a letter: 关于…的通知.
fn is_title(text: &str) -> bool {
    let bare = bare(text);
    const KINDS: [&str; 8] = ["通知", "决定", "公告", "通报", "意见", "办法", "规定", "函"];
    bare.contains("关于") && KINDS.iter().any(|kind| bare.ends_with(kind))
}

/// What a letter issues: the name in 《》.
fn issued(title: &str) -> Option<&str> {
    let (_, rest) = title.split_once('《')?;
    let (name, behind) = rest.rsplit_once('》')?;
    let is_issued = ["印发", "发布", "颁布", "下发", "施行", "公布"];
    let around = [title.split('《').next().unwrap_or(""), behind];
    is_issued.iter().any(|word| around.iter().any(|text| text.contains(word))).then_some(name)
}

fn bare(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}
