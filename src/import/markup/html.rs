//! Elements of HTML whose content is Markdown: `<div markdown>` of Python-Markdown, and every
//! element of MDX that stands alone on its line. In CommonMark that needs a blank line behind
//! the opening tag and before the closing one, and no indent.

use super::code;

/// A comment that may stand in a line: a blank line would end the paragraph that it begins in, and
/// `<!-->` is a whole one.
pub(super) fn comment(words: &str) -> String {
    let lines: Vec<&str> = words.trim().lines().filter(|line| !line.trim().is_empty()).collect();
    let words = lines.join("\n").replace("--", "- -");
    format!("<!-- {} -->", words.trim_end_matches(['-', '>', ' ']))
}

/// Elements that may hold whole blocks of text.
const BLOCKS: [&str; 15] = [
    "div",
    "details",
    "section",
    "article",
    "aside",
    "center",
    "main",
    "figure",
    "figcaption",
    "header",
    "footer",
    "blockquote",
    "p",
    "summary",
    "nav",
];

/// Which elements are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Those with the attribute `markdown`.
    Marked,
    /// All that stand alone on their lines.
    Alone,
}

/// An element that is open.
struct Open<'a> {
    name: &'a str,
    /// Columns of indent that its content has.
    indent: Option<usize>,
}

/// A text whose elements of HTML hold Markdown as CommonMark reads it.
pub(super) fn with_markdown_inside(text: &str, which: Which) -> String {
    let may = match which {
        Which::Marked => text.contains(" markdown"),
        Which::Alone => text.contains("</"),
    };
    if !may {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len() + 64);
    let mut open: Vec<Open<'_>> = Vec::new();
    let (mut at, mut needs_blank) = (0, false);
    let mut indent_of_code = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim();
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let is_code = code::holds(&code, start + indent);
        if code.binary_search_by_key(&start, |range| range.start).is_ok() {
            indent_of_code = indent;
        }
        if std::mem::take(&mut needs_blank) && !bare.is_empty() {
            out.push('\n');
        }
        if let Some(last) = open.last_mut().filter(|_| !bare.is_empty()) {
            last.indent.get_or_insert(indent);
        }
        if !is_code && open.last().is_some_and(|last| closes(bare, last.name)) {
            if !out.ends_with("\n\n") {
                out.push('\n');
            }
            open.pop();
            out.push_str(bare);
            out.push('\n');
            needs_blank = which == Which::Alone;
            continue;
        }
        let inner = open.last().and_then(|last| last.indent).unwrap_or(0).min(indent);
        // What code is indented by beyond its fence belongs to it.
        let inner = if is_code { inner.min(indent_of_code) } else { inner };
        let line = if which == Which::Alone { &line[inner..] } else { line };
        let begun = if is_code { None } else { opening(bare, which) };
        match begun {
            Some(begun) if begun.is_whole => out.push_str(&format!(
                "{}{}\n\n{}\n\n</{}>\n\n",
                &line[..line.len() - line.trim_start().len()],
                begun.tag,
                begun.rest.trim(),
                begun.name
            )),
            Some(begun) => {
                out.push_str(&line[..line.len() - line.trim_start().len()]);
                out.push_str(&begun.tag);
                out.push_str(begun.rest);
                out.push('\n');
                needs_blank = true;
                open.push(Open { name: begun.name, indent: None });
            }
            None => {
                out.push_str(line);
                // What follows on the next line would be part of it.
                let is_summary = bare.starts_with("<summary") && bare.ends_with("</summary>");
                needs_blank = which == Which::Alone && !is_code && !open.is_empty() && is_summary;
            }
        }
    }
    out
}

/// A text with a blank line behind each element of HTML that stands in lines of its own: Markdown
/// goes on behind it for Python-Markdown and kramdown, and only behind a blank line in CommonMark.
pub(super) fn ended(text: &str) -> String {
    if !text.contains("</") {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len() + 64);
    // The element that began the lines, and how many of its name are open.
    let mut open: Option<(&str, usize)> = None;
    let mut at = 0;
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let start = at;
        at += line.len();
        out.push_str(line);
        let bare = line.trim();
        let indent = line.len() - line.trim_start().len();
        if bare.is_empty() || code::holds(&code, start + indent) {
            open = None;
            continue;
        }
        open = open.or_else(|| Some((block_name(bare).filter(|_| indent < 4)?, 0)));
        let Some((name, depth)) = &mut open else { continue };
        let close = format!("</{name}>");
        let closed = bare.matches(close.as_str()).count();
        *depth = (*depth + opened(bare, name)).saturating_sub(closed);
        if *depth == 0 && closed > 0 && bare.ends_with('>') {
            open = None;
            let next = lines.peek().map_or("", |next| next.trim());
            if !next.is_empty() && !next.starts_with("</") && block_name(next).is_none() {
                out.push('\n');
            }
        }
    }
    out
}

/// The element that may hold blocks and that a line begins.
fn block_name(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('<')?;
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let name = &inner[..length];
    (BLOCKS.contains(&name) || matches!(name, "table" | "ul" | "ol" | "dl" | "form" | "iframe"))
        .then_some(name)
}

/// How often a line begins an element of this name.
fn opened(line: &str, name: &str) -> usize {
    let begins = line.match_indices('<').filter(|(at, _)| {
        let rest = line[at + 1..].strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['>', ' ', '\t', '/']))
    });
    begins.count()
}

fn closes(line: &str, name: &str) -> bool {
    line.strip_prefix("</").and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| rest.trim() == ">")
}

/// An opening tag at the beginning of a line.
struct Begun<'a> {
    name: &'a str,
    /// The tag without the attribute `markdown`.
    tag: String,
    /// What stands behind it, without its closing tag.
    rest: &'a str,
    /// Whether its closing tag stands on the line too.
    is_whole: bool,
}

fn opening(line: &str, which: Which) -> Option<Begun<'_>> {
    let inner = line.strip_prefix('<')?;
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let name = &inner[..length];
    let end = inner.find('>')?;
    if !BLOCKS.contains(&name) || inner[..end].ends_with('/') {
        return None;
    }
    let (attributes, rest) = (&inner[length..end], &inner[end + 1..]);
    let tag = match which {
        Which::Marked => {
            let words: Vec<&str> = attributes.split_inclusive(' ').collect();
            let is_mark = |word: &&str| word.trim() == "markdown" || word.trim().starts_with("markdown=");
            words.iter().any(is_mark).then_some(())?;
            let kept: String = words.into_iter().filter(|word| !is_mark(word)).collect();
            format!("<{name}{}>", kept.trim_end())
        }
        Which::Alone => format!("<{name}{attributes}>"),
    };
    let close = format!("</{name}>");
    if let Some(rest) = rest.trim_end().strip_suffix(close.as_str()) {
        return (which == Which::Marked).then_some(Begun { name, tag, rest, is_whole: true });
    }
    // `<details><summary>…</summary>` goes on below.
    let fits = rest.is_empty() || name == "details" && rest.trim_end().ends_with("</summary>");
    (fits && !rest.contains(close.as_str())).then_some(Begun { name, tag, rest, is_whole: false })
}

#[cfg(test)]
mod tests {
    use super::{Which, ended, with_markdown_inside};

    #[test]
    fn markdown_goes_on_behind_an_element() {
        for (text, new) in [
            ("<div>a</div>\n*b*\n", "<div>a</div>\n\n*b*\n"),
            ("<div>\n<div>a</div>\n</div>\n*b*\n", "<div>\n<div>a</div>\n</div>\n\n*b*\n"),
            ("  <summary>\n    a\n  </summary>\n1. b\n", "  <summary>\n    a\n  </summary>\n\n1. b\n"),
            ("<div>a</div>\n\nb\n", "<div>a</div>\n\nb\n"),
            ("<p>a</p>\n<p>b</p>\n</div>\n", "<p>a</p>\n<p>b</p>\n</div>\n"),
            ("<b>a</b>\nc\n", "<b>a</b>\nc\n"),
            ("```\n<div>a</div>\nb\n```\n", "```\n<div>a</div>\nb\n```\n"),
        ] {
            assert_eq!(ended(text), new);
        }
    }

    #[test]
    fn markdown_in_elements_is_markdown() {
        for (text, new) in [
            ("<div class=\"a\" markdown>\n*b*\n</div>\nc\n", "<div class=\"a\">\n\n*b*\n\n</div>\nc\n"),
            ("<div markdown=\"1\">\n\n*b*\n\n</div>\n", "<div>\n\n*b*\n\n</div>\n"),
            ("<div markdown>*b*</div>\n", "<div>\n\n*b*\n\n</div>\n\n"),
            (
                "<details markdown><summary>a</summary>\n*b*\n</details>\n",
                "<details><summary>a</summary>\n\n*b*\n\n</details>\n",
            ),
            ("<div>\n*b* markdown\n</div>\n", "<div>\n*b* markdown\n</div>\n"),
            ("```\n<div markdown>\n```\n", "```\n<div markdown>\n```\n"),
        ] {
            assert_eq!(with_markdown_inside(text, Which::Marked), new);
        }
        for (text, new) in [
            (
                "<details>\n  <summary>a</summary>\n  *b*\n</details>\nc\n",
                "<details>\n\n<summary>a</summary>\n\n*b*\n\n</details>\n\nc\n",
            ),
            ("<div>\n    ```js\n    x\n    ```\n</div>\n", "<div>\n\n```js\nx\n```\n\n</div>\n"),
            ("<div>a</div>\n<img>\n</div>\n", "<div>a</div>\n<img>\n</div>\n"),
        ] {
            assert_eq!(with_markdown_inside(text, Which::Alone), new);
        }
    }
}
