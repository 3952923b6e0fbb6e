//! What docsify adds to Markdown: ids behind headings, words for it in the titles of links,
//! files that links show in place, boxes and tabs.

use super::made::{alert, fence, tab};
use super::{Context, code, include, place};
use crate::import::report::{Kind, Report};

/// A text without what docsify adds.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut tabs: Option<Tabs> = None;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let bare = line.trim_end();
        if code::holds(&code, start + line.len() - line.trim_start().len()) {
            tabs.as_mut().map_or(&mut out, |tabs| &mut tabs.text).push_str(line);
            continue;
        }
        let shown = context.lines_above + number + 1;
        let tell = |report: &mut Report| report.add(Kind::Rewritten, context.path, Some(shown), bare.trim());
        match (bare.trim(), &mut tabs) {
            ("<!-- tabs:start -->", None) => tabs = Some(Tabs::default()),
            ("<!-- tabs:end -->", Some(_)) => {
                tell(report);
                out.push_str(&tabs.take().map(Tabs::finish).unwrap_or_default());
                continue;
            }
            (heading, Some(tabs)) if heading.starts_with('#') => {
                tell(report);
                tabs.begin(heading.trim_start_matches('#').trim().trim_matches('*').trim());
                continue;
            }
            _ => {
                let signs = place::signs(bare);
                let in_place = |report| shown_in_place(&bare[signs.len()..], shown, context, report);
                let new = boxed(bare).or_else(|| {
                    in_place(report).map(|new| signs.to_owned() + &place::put(new.trim_end(), signs))
                });
                let new = new.unwrap_or_else(|| links(&heading(bare)));
                if new != bare {
                    tell(report);
                }
                let out = tabs.as_mut().map_or(&mut out, |tabs| &mut tabs.text);
                out.push_str(new.trim_end());
                out.push_str(&line[bare.len()..]);
            }
        }
    }
    // Tabs that nothing ends are shown all the same.
    out.push_str(&tabs.map(Tabs::finish).unwrap_or_default());
    out
}

/// Tabs that are open.
#[derive(Default)]
struct Tabs {
    done: String,
    title: Option<String>,
    text: String,
}

impl Tabs {
    fn begin(&mut self, title: &str) {
        self.end();
        self.title = Some(title.to_owned());
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.text);
        match self.title.take() {
            Some(title) => self.done.push_str(&tab(&title, &text, "")),
            None => self.done.push_str(&text),
        }
    }

    fn finish(mut self) -> String {
        self.end();
        self.done
    }
}

/// `?> note` and `!> warning`.
fn boxed(line: &str) -> Option<String> {
    let (kind, rest) = line
        .strip_prefix("?> ")
        .map(|rest| ("tip", rest))
        .or_else(|| line.strip_prefix("!> ").map(|rest| ("warning", rest)))?;
    Some(alert(kind, None, &links(rest), ""))
}

/// `## Words :id=name` as `## Words {#name}`; what keeps a heading out of the sidebar goes.
fn heading(line: &str) -> String {
    if !line.starts_with('#') {
        return line.to_owned();
    }
    let mut line = line.to_owned();
    for word in [
        "<!-- {docsify-ignore} -->",
        "<!-- {docsify-ignore-all} -->",
        "{docsify-ignore}",
        "{docsify-ignore-all}",
    ] {
        line = line.replace(word, "").trim_end().to_owned();
    }
    let id = line.rsplit_once(":id=").map(|(words, id)| (words.trim_end(), id.trim_matches(['"', '\''])));
    match id.filter(|(_, id)| !id.is_empty() && !id.contains(char::is_whitespace)) {
        Some((words, id)) => format!("{words} {{#{id}}}"),
        None => line,
    }
}

/// A link `[words](destination 'title')`.
struct Link<'a> {
    /// Up to the destination.
    before: &'a str,
    words: &'a str,
    dest: &'a str,
    title: &'a str,
    behind: &'a str,
}

/// The next link of a line.
fn next(line: &str) -> Option<Link<'_>> {
    let mut from = 0;
    while let Some(at) = line[from..].find("](").map(|at| from + at) {
        let start = at + 2;
        let end = line[start..].find(')').map(|end| start + end)?;
        // A title may hold a bracket.
        let quote = line[start..end].find(['"', '\'']).map(|quote| start + quote);
        let close = quote.and_then(|open| {
            let sign = &line[open..=open];
            let close = open + 1 + line[open + 1..].find(sign)?;
            Some((open, close, close + line[close..].find(')')?))
        });
        let (dest, title, end) = match close {
            Some((open, close, end)) => (&line[start..open], &line[open + 1..close], end),
            None => (&line[start..end], "", end),
        };
        let words = line[..at].rfind('[').map_or("", |open| &line[open + 1..at]);
        let dest = dest.trim();
        if title.contains(':') || dest.contains("?id=") || dest.starts_with("#/") {
            return Some(Link { before: &line[..start], words, dest, title, behind: &line[end..] });
        }
        from = end;
    }
    None
}

/// A line whose links have addresses as everywhere: `?id=x` is `#x`, `#/x` is `/x`.
fn links(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(link) = next(rest) {
        out.push_str(link.before);
        out.push_str(&destination(link.dest));
        // Words that begin with a colon are for docsify.
        let title: Vec<&str> = link.title.split_whitespace().filter(|word| !word.starts_with(':')).collect();
        if !title.is_empty() {
            out.push_str(&format!(" \"{}\"", title.join(" ")));
        }
        rest = link.behind;
    }
    out.push_str(rest);
    out
}

fn destination(written: &str) -> String {
    let path = written.strip_prefix('#').filter(|rest| rest.starts_with('/')).unwrap_or(written);
    match path.split_once("?id=") {
        Some((path, id)) => format!("{path}#{}", id.split('&').next().unwrap_or(id)),
        None => path.to_owned(),
    }
}

/// A line with nothing but `[words](file ':include')`.
fn shown_in_place(line: &str, number: usize, context: &Context<'_>, report: &mut Report) -> Option<String> {
    let link = next(line).filter(|_| line.trim_start().starts_with('['))?;
    let mut options = link.title.split_whitespace();
    if !options.any(|word| word == ":include") || !matches!(link.behind.trim(), ")") {
        return None;
    }
    let said = |name: &str| link.title.split_whitespace().find_map(|word| word.strip_prefix(name));
    let kind = said(":type=");
    let (path, ending) = (link.dest, link.dest.rsplit('.').next().unwrap_or(""));
    let is_other = matches!(kind, Some("iframe" | "video" | "audio")) || path.contains("://");
    if is_other {
        return Some(super::made::link(link.words, path));
    }
    let root = [context.book.root.clone()];
    let text = include::included(
        path,
        said(":fragment=").unwrap_or(""),
        line.trim(),
        number,
        &root,
        context,
        report,
    )?;
    let is_text =
        kind == Some("markdown") || kind.is_none() && matches!(ending, "md" | "markdown" | "txt" | "html");
    match is_text {
        true => Some(convert(&text, context, report)),
        false => Some(fence(ending, &text)),
    }
}

#[cfg(test)]
mod tests {
    use super::{heading, links};

    #[test]
    fn links_and_headings_are_as_everywhere() {
        for (line, new) in [
            ("[a](b?id=c) [d](#/e?id=f&g) [h](?id=i)", "[a](b#c) [d](/e#f) [h](#i)"),
            (
                "[a](b ':ignore title') ![c](d ':size=5x6') [e](f \"g\")",
                "[a](b \"title\") ![c](d) [e](f \"g\")",
            ),
            ("[a](b ':x=(y)') c", "[a](b) c"),
            ("](", "]("),
            ("[a](b ':c", "[a](b ':c"),
        ] {
            assert_eq!(links(line), new, "{line}");
        }
        for (line, new) in [
            ("## A :id=b", "## A {#b}"),
            ("# 甲 {docsify-ignore}", "# 甲"),
            ("# A <!-- {docsify-ignore-all} -->", "# A"),
            ("# A: b", "# A: b"),
            ("a :id=b", "a :id=b"),
        ] {
            assert_eq!(heading(line), new, "{line}");
        }
    }
}
