//! What blocks of code say to their tool alone: comments that mark lines, `// highlight-next-line`
//! of Docusaurus and `// [!code focus]` of VitePress. They go, and the lines that they mark are
//! named behind the language. A diagram between the tags of VuePress is a block of code.

use super::line::{begins_line, is_blank_to_end};
use super::{Instead, Reader};
use crate::markdown::dialect::Tags;
use std::ops::Range;

/// How comments begin and end, in several languages.
const COMMENTS: [(&str, &str); 8] =
    [("//", ""), ("#", ""), ("{/*", "*/}"), ("/*", "*/"), ("<!--", "-->"), ("--", ""), (";", ""), ("%", "")];

const BEGINS_DIAGRAM: &str = "<mermaid>";
const ENDS_DIAGRAM: &str = "</mermaid>";

impl Reader<'_> {
    /// Reads a diagram between tags; says where it ends.
    pub(super) fn diagram(&mut self, at: usize) -> Option<usize> {
        let text = self.text;
        let rest = text[at..].strip_prefix(BEGINS_DIAGRAM).filter(|_| self.tags >= Tags::Components)?;
        begins_line(text, at, |c| c == ' ')?;
        let start = text.len() - rest.len();
        // Up to the next such tag, which must be its end.
        let close = start + rest[..rest.find(&BEGINS_DIAGRAM[1..])?].strip_suffix("</")?.len();
        let end = close + ENDS_DIAGRAM.len();
        let inner = &text[start..close];
        if inner.contains("```") || !is_blank_to_end(&text[end..]) {
            return None;
        }
        self.put(at..start, if is_blank_to_end(inner) { "```mermaid" } else { "```mermaid\n" });
        for (at, _) in inner.match_indices('&') {
            let signs = [("&gt;", ">"), ("&lt;", "<"), ("&amp;", "&")];
            if let Some((written, sign)) = signs.into_iter().find(|(sign, _)| inner[at..].starts_with(sign)) {
                self.put(start + at..start + at + written.len(), sign);
            }
        }
        let begins = inner.rsplit('\n').next().unwrap_or("").trim().is_empty();
        self.put(close..end, if begins { "```" } else { "\n```" });
        Some(end)
    }
}

/// What a comment says of lines.
enum Says {
    /// This many lines look so, from its own on, or from the next where nothing else stands in it.
    Lines(Look, usize),
    Starts,
    Ends,
}

/// How lines look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Marked,
    Added,
    Removed,
}

const LOOKS: [(Look, &str); 3] = [(Look::Marked, ""), (Look::Added, "ins="), (Look::Removed, "del=")];

/// Finds such comments in the blocks of code of a text.
pub(super) fn marks(text: &str, tags: Tags, code: &[Range<usize>], found: &mut Vec<Instead>) {
    if tags < Tags::Components || !(text.contains("[!code ") || text.contains("highlight-")) {
        return;
    }
    for block in code {
        let written = &text[block.clone()];
        if written.contains('\n') && (written.contains("[!code ") || written.contains("highlight-")) {
            in_block(text, block, found);
        }
    }
}

fn in_block(text: &str, block: &Range<usize>, found: &mut Vec<Instead>) {
    let mut put = |place: Range<usize>, new: String| found.push(Instead { place, new, is_words: true });
    let mut lines = text[block.clone()].split_inclusive('\n');
    let head = lines.next().unwrap_or("");
    let mut at = block.start + head.len();
    let (mut count, mut is_open) = (0, false);
    let mut looks: Vec<(Look, usize)> = Vec::new();
    // How many lines more each look goes on for.
    let mut ahead = [0_usize; LOOKS.len()];
    for line in lines {
        let said = said(line);
        let is_gone = said.as_ref().is_some_and(|(place, _)| line[..place.start].trim().is_empty());
        match said.as_ref().map(|(_, says)| says) {
            Some(Says::Starts) => is_open = true,
            Some(Says::Ends) => is_open = false,
            Some(Says::Lines(look, lines)) => {
                let left = &mut ahead[*look as usize];
                *left = (*left).max(*lines);
            }
            None => {}
        }
        if !is_gone {
            count += 1;
            for ((look, _), left) in LOOKS.into_iter().zip(&mut ahead) {
                let is_so = *left > 0 || is_open && look == Look::Marked;
                looks.extend(is_so.then_some((look, count)));
                *left = left.saturating_sub(1);
            }
        }
        if let Some((place, _)) = said {
            let place = if is_gone { 0..line.len() } else { place };
            put(at + place.start..at + place.end, String::new());
        }
        at += line.len();
    }
    let named = if head.contains('{') { String::new() } else { named(&looks) };
    let end = block.start + head.trim_end().len();
    if !named.is_empty() {
        put(end..end, named);
    }
}

/// The lines as they are named behind a language.
fn named(looks: &[(Look, usize)]) -> String {
    let mut out = String::new();
    for (look, name) in LOOKS {
        let lines: Vec<String> =
            looks.iter().filter(|(own, _)| *own == look).map(|(_, line)| line.to_string()).collect();
        if !lines.is_empty() {
            out.push_str(&format!(" {name}{{{}}}", lines.join(",")));
        }
    }
    out
}

/// The comment for its tool that a line ends with, and what it says.
fn said(line: &str) -> Option<(Range<usize>, Says)> {
    let bare = line.trim_end();
    let words = bare.find("[!code ").or_else(|| bare.find("highlight-"))?;
    let before = bare[..words].trim_end();
    let (begin, end) = COMMENTS.into_iter().find(|(begin, _)| before.ends_with(begin))?;
    let start = before.len() - begin.len();
    let said = bare[words..].strip_suffix(end)?.trim_end();
    let says = match said {
        "highlight-next-line" => Says::Lines(Look::Marked, 1),
        "highlight-start" => Says::Starts,
        "highlight-end" => Says::Ends,
        _ => {
            let inner = said.strip_prefix("[!code ")?.strip_suffix(']')?.trim();
            let (name, lines) = inner.split_once(':').unwrap_or((inner, "1"));
            let look = match name {
                "++" => Look::Added,
                "--" => Look::Removed,
                "highlight" | "hl" | "focus" | "warning" | "error" => Look::Marked,
                _ => return None,
            };
            Says::Lines(look, lines.parse().ok().filter(|lines| (1..1_000).contains(lines))?)
        }
    };
    // `highlight-…` stands in a line of its own.
    let is_alone = before[..start].trim().is_empty();
    let start = before[..start].trim_end().len();
    (is_alone || said.starts_with('[')).then_some((start..bare.len(), says))
}
