//! What attributes of a block mean in kramdown and its themes: `{: .warning }` before or behind a
//! paragraph or quotation makes a box of it, `{: .note-title }` one whose first line is its title;
//! `{:toc}` behind a list puts a table of contents in its place.

use super::made::alert;
use super::{Context, code};
use crate::import::report::Report;
use crate::markdown::box_class;

/// A line as it stands, and whether it is code.
struct Line<'a> {
    text: &'a str,
    is_code: bool,
}

impl Line<'_> {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The kind of the box that the line asks for, and whether it has a title.
    fn kind(&self) -> Option<(&'static str, bool)> {
        let inner = self.attributes()?;
        box_class(inner).map(|class| (class.name, class.is_titled))
    }

    fn attributes(&self) -> Option<&str> {
        let inner = self.text.trim_end().strip_prefix("{:")?.strip_suffix('}')?;
        (!self.is_code).then_some(inner)
    }

    /// Whether it is one of a paragraph or of a quotation.
    fn is_text(&self) -> bool {
        let digits = self.text.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_number = digits.len() < self.text.len() && digits.starts_with(". ");
        let is_other = ["#", "|", "- ", "* ", "+ ", "{:", " ", "\t", "<"];
        !self.is_code
            && !self.is_blank()
            && !is_number
            && !is_other.iter().any(|sign| self.text.starts_with(sign))
    }

    fn is_item(&self) -> bool {
        let bare = self.text.trim_start();
        let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        !self.is_code
            && (["- ", "* ", "+ "].iter().any(|sign| bare.starts_with(sign))
                || digits.len() < bare.len() && digits.starts_with(". "))
    }
}

/// A text whose boxes are alerts and whose tables of contents are ours.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !text.contains("{:") {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|text| {
        let is_code = code::holds(&code, start);
        start += text.len();
        Line { text, is_code }
    });
    let lines: Vec<Line<'_>> = lines.collect();
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    // Where the block begins that the last lines make.
    let mut block = 0;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let has_block = out.len() > block;
        let number = at;
        if line.attributes().is_some_and(|inner| inner.trim().starts_with("toc"))
            && has_block
            && lines[at - 1].is_item()
        {
            context.rewritten(number + 1, line.text.trim(), report);
            out.truncate(block);
            out.push("[TOC]\n".to_owned());
        } else if let Some((kind, is_titled)) = line.kind() {
            let above = || at > 0 && has_block && lines[at + block - out.len()..at].iter().all(Line::is_text);
            let below = lines[at + 1..].iter().take_while(|line| line.is_text()).count();
            if above() {
                let inner: String = out.drain(block..).collect();
                out.push(boxed(kind, is_titled, &inner));
            } else if !has_block && below > 0 {
                let inner: String = lines[at + 1..=at + below].iter().map(|line| line.text).collect();
                out.push(boxed(kind, is_titled, &inner));
                at += below;
            } else {
                out.push(line.text.to_owned());
                at += 1;
                continue;
            }
            context.rewritten(number + 1, line.text.trim(), report);
            block = out.len();
        } else {
            out.push(line.text.to_owned());
            if line.is_blank() {
                block = out.len();
            }
        }
        at += 1;
    }
    out.concat()
}

/// A box of the lines of a paragraph or quotation.
fn boxed(kind: &str, is_titled: bool, inner: &str) -> String {
    let lines: Vec<&str> = inner.lines().collect();
    let is_quotation = lines.first().is_some_and(|line| line.starts_with('>'));
    let bare = |line: &&str| -> String {
        let rest = line.strip_prefix('>').filter(|_| is_quotation).unwrap_or(line);
        rest.strip_prefix(' ').unwrap_or(rest).to_owned()
    };
    let lines: Vec<String> = lines.iter().map(bare).collect();
    let title = lines.first().filter(|_| is_titled).map(|title| title.trim().to_owned());
    let rest = lines[usize::from(title.is_some())..].join("\n");
    alert(kind, title.as_deref(), &rest, "")
}
