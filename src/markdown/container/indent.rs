//! What is indented in MDX, which knows no code by its indent: words stand at the edge of what they
//! are in.

use super::places::Instead;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// The indents that make code of a text.
pub(super) fn marks(text: &str) -> Vec<Instead> {
    if !text.contains("    ") && !text.contains('\t') {
        return Vec::new();
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
    let mut found: Vec<Instead> = Vec::new();
    let (mut is_open, mut done) = (false, 0);
    for (event, place) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => is_open = matches!(kind, CodeBlockKind::Indented),
            Event::Text(_) if is_open => {
                let mut at = place.start;
                for line in text[place].split_inclusive('\n') {
                    let before = &text[done.min(at)..at];
                    let blanks = before.len() - before.trim_end_matches(' ').len();
                    // A tab is four of them.
                    let length = if before.ends_with('\t') { 1 } else { blanks.min(4) };
                    let more = line.len() - line.trim_start_matches([' ', '\t']).len();
                    let place = at - length..at + more;
                    if !place.is_empty() && !line.trim().is_empty() {
                        found.push(Instead { place, new: String::new(), is_words: true });
                    }
                    at += line.len();
                    done = at;
                }
            }
            Event::End(_) => is_open = false,
            _ => done = done.max(place.start),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::marks;

    #[test]
    fn indents_of_words_are_found() {
        for (text, new) in [
            ("a\n\n    b\n      c\n\td\n", "a\n\nb\nc\nd\n"),
            ("- a\n\n      b\n\nc", "- a\n\n  b\n\nc"),
            ("```\n    x\n```\n", "```\n    x\n```\n"),
            (">     a\n", "> a\n"),
        ] {
            let (mut out, mut at) = (String::new(), 0);
            for instead in marks(text) {
                out.push_str(&text[at..instead.place.start]);
                at = instead.place.end;
            }
            assert_eq!(out + &text[at..], new, "{text}");
        }
    }
}
