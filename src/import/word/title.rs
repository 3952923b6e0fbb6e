//! The title of a document, and with it the number and the company's name that stand around it.

use super::control::Fields;
use super::letterhead::{self, is_aside};
use super::model::{Block, Inline, Paragraph};
use serde_yaml::Value;

/// How many blocks before the text are looked at.
const FIRST: usize = 60;
/// Lines above a title that are none themselves.
const ASIDES: usize = 8;

/// What the title of a rule ends with.
const KINDS: [&str; 28] = [
    "制度", "办法", "规定", "细则", "规范", "规程", "章程", "准则", "守则", "条例", "标准", "流程", "手册",
    "指南", "方案", "预案", "规则", "程序", "须知", "指引", "意见", "通知", "要求", "计划", "政策", "公约",
    "协议", "汇编",
];

/// The lines of a document that its title was made of.
struct Title {
    text: String,
    company: Option<String>,
    gone: Vec<usize>,
}

/// Takes the title into its field, with the number of a letter and the name that others mention
/// the document by. Gives the place below which annexes begin.
pub(super) fn take(blocks: &mut Vec<Block>, fields: &mut Fields) -> usize {
    let Some(top) = find(blocks) else { return 0 };
    let lines = lines(blocks);
    let own = lines.partition_point(|(at, _)| *at < top);
    let below = lines.get(own + 1..).unwrap_or_default();
    let mut gone = Vec::new();
    // The number stands above the title, or below it.
    let mut around = lines[..own].iter().chain(below.iter().take(2));
    let number = around.find_map(|(at, text)| Some((*at, letterhead::number(text)?)));
    if let Some((at, (number, is_alone))) = &number {
        fields.insert("id", Value::String(number.clone()));
        gone.extend(is_alone.then_some(*at));
        // With its number a letterhead is one, and nobody's title.
        gone.extend(lines[..own].iter().find(|(_, text)| letterhead::is_letterhead(text)).map(|line| line.0));
    }
    let is_above = |(_, text): &&(usize, String)| letterhead::number(text).is_none();
    let above = lines[..own].iter().rev().find(is_above).filter(|(_, text)| letterhead::is_body(text));
    gone.extend(above.map(|(at, _)| *at));
    let shown = paragraph(blocks, top).map(line).unwrap_or_default();
    let at = letterhead::issued(&shown, below).unwrap_or(top);
    let mut title = Title { text: String::new(), company: above.map(|(_, text)| text.clone()), gone };
    title.read(blocks, at, fields);
    let Title { text, company, mut gone } = title;
    if let Some(company) = company.filter(|company| !text.starts_with(company.as_str())) {
        fields.insert("aliases", vec![company + &text].into());
    }
    fields.insert("title", Value::String(text));
    gone.sort_unstable();
    gone.dedup();
    let before = gone.iter().filter(|gone| **gone < at).count();
    for at in gone.into_iter().rev() {
        blocks.remove(at);
    }
    at - before
}

impl Title {
    /// Reads the line of the title, and those below that belong to it.
    fn read(&mut self, blocks: &[Block], at: usize, fields: &mut Fields) {
        let Some(own) = paragraph(blocks, at) else { return };
        self.text = line(own);
        if let Some((company, rest)) = divided(own) {
            (self.company, self.text) = (Some(company), rest);
        }
        if let Some((id, title)) = letterhead::numbered(&self.text) {
            fields.entry("id").or_insert(Value::String(id));
            self.text = title;
        }
        if own.is_plain() {
            self.gone.push(at);
        }
        let mut last = at;
        for _ in 0..2 {
            let next = blocks.iter().enumerate().skip(last + 1).find(|(_, block)| !is_blank(block));
            let Some((next, Block::Paragraph(paragraph))) = next else { break };
            let more = line(paragraph);
            let is_line = (paragraph.centered || paragraph.is_title) && paragraph.is_plain();
            let is_state = more.starts_with(['（', '(']) && more.chars().count() <= 8 && !more.contains('年');
            let goes_on = is_alike(own, paragraph) && is_continued(&self.text, &more);
            if !is_line || outline_begins(paragraph) || !(is_state || goes_on) {
                break;
            }
            self.text.push_str(&more);
            self.gone.push(next);
            last = next;
        }
    }
}

/// The company's name and the title, where they are lines of one paragraph.
fn divided(paragraph: &Paragraph) -> Option<(String, String)> {
    let at = paragraph.content.iter().position(|inline| *inline == Inline::Break)?;
    let part = |content: &[Inline]| line(&Paragraph { content: content.to_vec(), ..Paragraph::default() });
    let (company, title) = (part(&paragraph.content[..at]), part(&paragraph.content[at + 1..]));
    (letterhead::is_body(&company) && !title.is_empty() && !title.starts_with(['（', '(']))
        .then_some((company, title))
}

fn is_alike(one: &Paragraph, other: &Paragraph) -> bool {
    one.size == other.size && one.centered == other.centered && is_bold(one) == is_bold(other)
}

fn is_bold(paragraph: &Paragraph) -> bool {
    let mut texts = paragraph.content.iter().filter_map(|inline| match inline {
        Inline::Text(text, look) if !text.trim().is_empty() => Some(look.bold),
        _ => None,
    });
    texts.next().is_some_and(|first| first && texts.all(|bold| bold))
}

/// Whether a title goes on in a line: only there does it end as titles end.
fn is_continued(text: &str, more: &str) -> bool {
    let joins = text.chars().last().is_some_and(is_wide) && more.chars().next().is_some_and(is_wide);
    joins && !is_whole(text) && is_whole(more) && !is_aside(more) && text.chars().count() <= 30
}

/// Whether a line ends as the titles of rules do.
fn is_whole(text: &str) -> bool {
    let bare = letterhead::bare(text);
    let bare = bare.split(['（', '(']).next().unwrap_or("");
    KINDS.iter().any(|kind| bare.ends_with(kind))
}

/// The lines of text with their places.
fn lines(blocks: &[Block]) -> Vec<(usize, String)> {
    let is_line = |paragraph: &Paragraph| {
        paragraph.is_plain() && paragraph.label.is_none() && paragraph.words().chars().count() <= 100
    };
    let text = |block: &Block| match block {
        Block::Paragraph(paragraph) if !is_blank(block) && is_line(paragraph) => Some(line(paragraph)),
        _ => None,
    };
    blocks.iter().enumerate().filter_map(|(at, block)| Some((at, text(block)?))).collect()
}

fn paragraph(blocks: &[Block], at: usize) -> Option<&Paragraph> {
    match blocks.get(at) {
        Some(Block::Paragraph(paragraph)) if !paragraph.words().is_empty() => Some(paragraph),
        _ => None,
    }
}

fn outline_begins(paragraph: &Paragraph) -> bool {
    paragraph.label.is_some() || crate::markdown::parse_clause(&paragraph.words()).is_some()
}

/// The line of the title: what has the style of one, else the first line that is centred or large,
/// else the only heading of the first level. A letterhead, a day and the like are passed over;
/// where nothing else is a title, they are.
fn find(blocks: &[Block]) -> Option<usize> {
    candidate(blocks, true).or_else(|| candidate(blocks, false))
}

fn candidate(blocks: &[Block], passes: bool) -> Option<usize> {
    let is_passed = |paragraph: &Paragraph| passes && is_aside(&line(paragraph));
    let first = 0..blocks.len().min(FIRST);
    let of_style = |at: &usize| paragraph(blocks, *at).is_some_and(|own| own.is_title && !is_passed(own));
    if let Some(at) = first.clone().find(of_style) {
        return Some(at);
    }
    let is_top = |block: &&Block| matches!(block, Block::Paragraph(p) if p.outline == Some(0) && !p.words().is_empty() && !is_passed(p));
    let is_only_top = blocks.iter().filter(is_top).count() == 1;
    let (mut others, mut asides) = (0, 0);
    // How large the company's name is above, and whether a letter begins.
    let (mut company, mut is_letter) = (0, false);
    for at in first {
        let Some(own) = paragraph(blocks, at) else { continue };
        let text = line(own);
        if own.label.is_none() && is_passed(own) && asides < ASIDES {
            asides += 1;
            is_letter |= letterhead::is_letterhead(&text) || letterhead::number(&text).is_some();
            company = if letterhead::is_body(&text) { own.size } else { company };
            continue;
        }
        if outline_begins(own) {
            return None;
        }
        let is_short = text.chars().count() <= 60;
        let is_large = others == 0 && own.size >= 30 && own.outline.is_none();
        let stands_out = own.centered || own.outline == Some(0) && is_only_top || is_large;
        let is_below = own.size >= company || is_bold(own) || is_whole(&text);
        if is_short && (stands_out && is_below || is_letter && letterhead::is_notice(&text)) {
            return Some(at);
        }
        others += 1;
        if others > 4 || !is_short || own.outline.is_some() {
            return None;
        }
    }
    None
}

/// A title in one line. Spaces that only stretch it (采　购　制　度) go.
pub(super) fn line(paragraph: &Paragraph) -> String {
    let words = paragraph.words();
    let parts: Vec<&str> = words.split_whitespace().collect();
    let is_stretched =
        parts.len() > 1 && parts.iter().all(|part| part.chars().count() == 1 && !part.is_ascii());
    if is_stretched {
        return parts.concat();
    }
    let is_broken = paragraph.content.contains(&Inline::Break);
    let mut text = String::new();
    for part in parts {
        let joins =
            is_broken && text.chars().last().is_some_and(is_wide) && part.chars().next().is_some_and(is_wide);
        if !text.is_empty() && !joins {
            text.push(' ');
        }
        text.push_str(part);
    }
    text
}

fn is_wide(sign: char) -> bool {
    matches!(u32::from(sign), 0x2e80..=0xffef)
}

pub(super) fn is_blank(block: &Block) -> bool {
    match block {
        Block::Paragraph(paragraph) => paragraph.is_empty(),
        Block::Notes(_) => true,
        Block::Table(_) | Block::Rule => false,
    }
}
