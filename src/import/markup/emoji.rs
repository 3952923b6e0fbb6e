//! Emoji by name, `:tada:`, which many tools and GitHub show as the sign.

use super::{Context, code};
use crate::import::Tool;
use crate::import::report::Report;
use crate::markdown::attributes_at;
use crate::markdown::emoji::{FONT_ICON, font_icon, named};
use crate::text::LineIndex;

/// The value of a book whose settings switch names of emoji on.
pub(in crate::import) const SETTING: &str = "emoji";

/// Whether a book's tool shows a name as its sign.
fn is_read_by(context: &Context<'_>) -> bool {
    let always =
        [Tool::Gitbook, Tool::Docusaurus, Tool::Vitepress, Tool::Vuepress, Tool::Docsify, Tool::Folder];
    always.contains(&context.book.tool) || context.book.values.contains_key(SETTING)
}

/// A text with the signs instead of their names, outside of code.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !is_read_by(context) || text.matches(':').nth(1).is_none() {
        return text.to_owned();
    }
    let text = &without_font_icons(text, context, report);
    let code = code::ranges(text);
    let index = LineIndex::new(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(open) = text[at..].find(':').map(|found| at + found) {
        out.push_str(&text[at..open]);
        at = open;
        let begins = text[..open].chars().next_back().is_none_or(|c| !c.is_ascii_alphanumeric());
        match named(&text[open..]).filter(|_| begins && !code::holds(&code, open)) {
            Some((length, sign)) => {
                out.push_str(sign);
                context.rewritten(index.line_of(open), &text[open..open + length], report);
                at += length;
                if context.book.tool == Tool::Mkdocs {
                    at += attributes_at(&text[at..]);
                }
            }
            None => {
                out.push(':');
                at += 1;
            }
        }
    }
    out.push_str(&text[at..]);
    out
}

/// A text without the icons that GitBook writes beside their names.
fn without_font_icons(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !text.contains(FONT_ICON) {
        return text.to_owned();
    }
    let (code, index) = (code::ranges(text), LineIndex::new(text));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, _) in text.match_indices(FONT_ICON) {
        let Some(length) = font_icon(&text[start..]).filter(|_| !code::holds(&code, start)) else { continue };
        out.push_str(&text[at..start]);
        context.rewritten(index.line_of(start), &text[start..start + length], report);
        at = start + length;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use crate::markdown::emoji::named;

    #[test]
    fn names_are_signs() {
        assert_eq!(named(":tada: x"), Some((6, "🎉")));
        assert_eq!(named(":white\\_check\\_mark:"), Some((20, "✅")));
        for none in [":", "::", ":30:45", ":no such:", ":unknownname:", ":tada"] {
            assert_eq!(named(none), None, "{none}");
        }
    }
}
