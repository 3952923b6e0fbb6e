//! What stands in a line, as Markdown or, in tables with merged cells, as HTML.

use super::body::is_blank;
use super::model::{Inline, Look};
use crate::import::escape::{self, Around};
use std::collections::BTreeMap;

/// How a line is written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Writing {
    pub(super) around: Around,
    /// Whether it is HTML.
    pub(super) html: bool,
    /// Whether emphasis is left out, as in headings, which are bold anyway.
    pub(super) plain: bool,
    /// Whether something of the line stands before what is being written.
    pub(super) begun: bool,
}

/// Where bookmarks lead: to `#` and a name on this page.
pub(super) type Anchors = BTreeMap<String, Anchor>;

/// The place of a bookmark.
#[derive(Debug, Clone)]
pub(super) struct Anchor {
    /// The name of the place.
    pub(super) name: String,
    /// The clause's own name, if it is one: text that says it needs no link.
    pub(super) clause: Option<String>,
}

/// Writes a line behind what begins it.
pub(super) fn write(begin: String, content: &[Inline], writing: Writing, anchors: &Anchors) -> String {
    let mut out = begin;
    group(&trimmed(content), Look::default(), writing, anchors, &mut out);
    out
}

/// The content without the space around it; an indent of spaces is none of the text's.
fn trimmed(content: &[Inline]) -> Vec<Inline> {
    let mut content: Vec<Inline> = content.iter().map(blanks).collect();
    let start = content.iter().position(|inline| !is_blank(inline)).unwrap_or(content.len());
    let end = content.iter().rposition(|inline| !is_blank(inline)).map_or(start, |at| at + 1);
    content.truncate(end);
    content.drain(..start);
    if let Some(Inline::Text(text, _)) = content.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Inline::Text(text, _)) = content.last_mut() {
        *text = text.trim_end().to_owned();
    }
    content
}

/// Underlined space is a line to write on; space has no other look.
fn blanks(inline: &Inline) -> Inline {
    match inline {
        Inline::Text(text, look) if text.trim().is_empty() => {
            let text = if look.underline {
                let wide = text.chars().filter(|sign| *sign == '\u{3000}').count();
                "_".repeat((text.chars().count() + wide).clamp(2, 60))
            } else {
                text.clone()
            };
            Inline::Text(text, Look::default())
        }
        inline => inline.clone(),
    }
}

/// The looks, from the outermost.
const LOOKS: [fn(&mut Look) -> &mut bool; 6] = [
    |look| &mut look.bold,
    |look| &mut look.italic,
    |look| &mut look.strike,
    |look| &mut look.underline,
    |look| &mut look.raised,
    |look| &mut look.lowered,
];

fn has(look: Look, which: usize) -> bool {
    let mut look = look;
    LOOKS.get(which).is_some_and(|field| *field(&mut look))
}

fn look_of(inline: &Inline) -> Option<Look> {
    match inline {
        Inline::Text(_, look) => Some(*look),
        // A link looks as its first text does.
        Inline::Link(_, content) => content.iter().find_map(look_of),
        Inline::Break
        | Inline::Picture { .. }
        | Inline::Footnote(_)
        | Inline::Formula { .. }
        | Inline::Ruby(..) => None,
    }
}

fn group(content: &[Inline], active: Look, writing: Writing, anchors: &Anchors, out: &mut String) {
    let mut at = 0;
    while let Some(inline) = content.get(at) {
        let look = look_of(inline).filter(|_| !writing.plain).unwrap_or(active);
        // The look that goes on longest is the outer one.
        let length = |which: usize| {
            let goes_on = |inline: &&Inline| look_of(inline).is_some_and(|look| has(look, which));
            content[at..].iter().take_while(goes_on).count()
        };
        let fresh = (0..LOOKS.len()).filter(|which| has(look, *which) && !has(active, *which));
        let Some(which) = fresh.max_by_key(|which| (length(*which), LOOKS.len() - which)) else {
            single(inline, active, writing, anchors, out);
            at += 1;
            continue;
        };
        let end = at + length(which).max(1);
        let mut inner = String::new();
        let mut within = active;
        *LOOKS[which](&mut within) = true;
        let begun = writing.begun || !out.is_empty();
        group(&content[at..end], within, Writing { begun, ..writing }, anchors, &mut inner);
        let after = content.get(end).and_then(first_sign);
        wrap(which, &inner, after, writing, out);
        at = end;
    }
}

fn first_sign(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text, _) | Inline::Ruby(text, _) => text.chars().next(),
        Inline::Link(_, content) => content.first().and_then(first_sign),
        Inline::Break => Some('\n'),
        Inline::Picture { .. } => Some('!'),
        Inline::Footnote(_) => Some('['),
        Inline::Formula { .. } => Some('$'),
    }
}

/// Puts a text between the marks of a look. Space stays outside, where Markdown wants it.
fn wrap(which: usize, inner: &str, after: Option<char>, writing: Writing, out: &mut String) {
    let bare = inner.trim();
    let start = inner.len() - inner.trim_start().len();
    let (before, behind) = (&inner[..start], &inner[inner.trim_end().len().max(start)..]);
    out.push_str(before);
    if bare.is_empty() {
        return;
    }
    let (mark, tag) = match which {
        0 => (Some("**"), "strong"),
        1 => (Some("*"), "em"),
        2 => (Some("~~"), "del"),
        3 => (None, "u"),
        4 => (None, "sup"),
        _ => (None, "sub"),
    };
    let after = behind.chars().next().or(after);
    let fits = |mark: &&str| !writing.html && stands(mark, bare, out.chars().last(), after);
    match mark.filter(fits) {
        Some(mark) => {
            out.push_str(mark);
            out.push_str(bare);
            out.push_str(mark);
        }
        None => {
            let _ = std::fmt::Write::write_fmt(out, format_args!("<{tag}>{bare}</{tag}>"));
        }
    }
    out.push_str(behind);
}

/// Whether Markdown reads marks here as marks.
fn stands(mark: &str, inner: &str, before: Option<char>, after: Option<char>) -> bool {
    let sign = mark.chars().next();
    let (first, last) = (inner.chars().next(), inner.chars().last());
    let is_word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let collides = [before, after, first, last].contains(&sign);
    let multiline = inner.contains('\n');
    let open = is_word(first) || !is_word(before);
    let close = is_word(last) || !is_word(after);
    !collides && !multiline && open && close
}

fn single(inline: &Inline, active: Look, writing: Writing, anchors: &Anchors, out: &mut String) {
    match inline {
        Inline::Text(text, _) => text_into(text, writing, out),
        Inline::Break => out.push_str(match (writing.html || writing.around.cell, writing.around.heading) {
            (true, _) => "<br>",
            (_, true) => " ",
            _ => "\\\n",
        }),
        Inline::Link(target, content) => link(target, content, active, writing, anchors, out),
        Inline::Picture { path, alt, shown } => picture(path, alt, *shown, writing, out),
        Inline::Footnote(at) => {
            let _ = std::fmt::Write::write_fmt(out, format_args!("[^{}]", at + 1));
        }
        Inline::Formula { tex, display } => {
            // Between two dollar signs on one line; a bar would end a cell.
            let tex = if writing.around.cell { tex.replace('|', "\\vert ") } else { tex.clone() };
            let mark = if *display && !writing.around.cell { "$$" } else { "$" };
            out.push_str(&format!("{mark}{tex}{mark}"));
        }
        Inline::Ruby(base, reading) => {
            out.push_str(&format!("<ruby>{}<rt>{}</rt></ruby>", escape::html(base), escape::html(reading)));
        }
    }
}

fn text_into(text: &str, writing: Writing, out: &mut String) {
    if writing.html {
        out.push_str(&escape::html(text));
        return;
    }
    let at_start = out.is_empty() && !writing.begun || out.ends_with('\n');
    let text = if at_start { text.trim_start() } else { text };
    let at_start = at_start && !writing.around.cell && !writing.around.heading && !writing.around.link;
    out.push_str(&escape::escape(text, at_start, out.chars().last(), writing.around));
}

fn link(
    target: &str,
    content: &[Inline],
    active: Look,
    writing: Writing,
    anchors: &Anchors,
    out: &mut String,
) {
    let mut inner = String::new();
    let around = Around { link: true, ..writing.around };
    group(content, active, Writing { around, ..writing }, anchors, &mut inner);
    let anchor = target.strip_prefix('#').map(|bookmark| anchors.get(bookmark));
    let address = match anchor {
        // A bookmark that went: the words stay.
        Some(None) => None,
        Some(Some(anchor)) => {
            // What says the number of a clause becomes a link by itself.
            let names_clause = anchor.clause.as_ref().is_some_and(|clause| inner.contains(clause.as_str()));
            (!names_clause).then(|| format!("#{}", anchor.name))
        }
        None => Some(target.to_owned()),
    };
    match address {
        None => out.push_str(&inner),
        Some(_) if inner.trim().is_empty() => out.push_str(&inner),
        Some(address) if writing.html => {
            out.push_str(&format!("<a href=\"{}\">{inner}</a>", escape::html(&escape::target(&address))));
        }
        Some(address) => out.push_str(&format!("[{}]({})", inner.trim(), escape::target(&address))),
    }
}

fn picture(path: &str, alt: &str, shown: bool, writing: Writing, out: &mut String) {
    // A picture that lies elsewhere has an address already.
    let target =
        if path.contains("://") { escape::target(path) } else { escape::target(&escape::file(path)) };
    let name = path.rsplit('/').next().unwrap_or(path);
    if writing.html {
        out.push_str(&match shown {
            true => format!("<img src=\"{}\" alt=\"{}\">", escape::html(&target), escape::html(alt)),
            false => format!("<a href=\"{}\">{}</a>", escape::html(&target), escape::html(name)),
        });
        return;
    }
    let around = Around { link: true, ..writing.around };
    let words = |text: &str| escape::escape(text, false, None, around);
    out.push_str(&match shown {
        true => format!("![{}]({target})", words(alt)),
        // A browser cannot show it; whoever wants to see it can open the file.
        false => format!("[{}]({target})", words(if alt.is_empty() { name } else { alt })),
    });
}
