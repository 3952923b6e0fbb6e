//! What VitePress and VuePress add to Markdown.

use super::made::tab;
use super::tag::{Arguments, Call, Style, replace};
use super::{Context, code, home, hope, include, mdx, place};
use crate::chapter::folder;
use crate::handbook::link::{is_external, join, relative};
use crate::import::Tool;
use crate::import::page::string;
use crate::import::report::{Kind, Report};
use crate::import::tree::within;
use crate::markdown::{Tags, slug};
use crate::text::LineIndex;

const STYLE: Style =
    Style { marks: &[("<", ">")], closes: |name| name.strip_prefix('/'), raw: &[], in_code: false };

/// A text with its includes, values and components resolved.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    let text = hope::tabs(&lines(text, context, report), context, report);
    let text = home::text(context.front) + &values(&text, context, report);
    if !["<Badge", "<Code", "<ClientOnly"].iter().any(|open| text.contains(open)) {
        return mdx::without_components(&text, Tags::Components, context, report);
    }
    let text = with_ids(&text);
    let index = LineIndex::new(&text);
    let text = replace(&text, &STYLE, |call| {
        let new = component(call)?;
        context.rewritten(index.line_of(call.start), format!("<{} {}", call.name, call.rest).trim(), report);
        Some(new)
    });
    mdx::without_components(&text, Tags::Components, context, report)
}

/// The components that every site has.
fn component(call: &Call<'_>) -> Option<String> {
    let own = Arguments::read(call.rest);
    match (call.name, call.inner) {
        ("Badge", inner) => {
            let words = inner.map(str::trim).filter(|words| !words.is_empty()).or_else(|| own.get("text"))?;
            Some(format!("=={}==", words.trim()))
        }
        ("ClientOnly", Some(inner)) => Some(inner.to_owned()),
        ("CodeGroup", Some(inner)) if inner.contains("===") => Some(inner.to_owned()),
        ("CodeGroupItem", Some(inner)) => {
            Some(tab(own.get("title").or_else(|| own.plain(0))?, inner, call.indent))
        }
        _ => None,
    }
}

/// Headings keep the id that they have without their badges.
fn with_ids(text: &str) -> String {
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_end();
        let words = bare.trim_start_matches('#');
        let is_heading = words.len() < bare.len() && words.starts_with(' ');
        let badge =
            bare.find("<Badge").filter(|_| is_heading && !bare.contains("{#") && !code::holds(&code, start));
        out.push_str(bare);
        if let Some(badge) = badge {
            let id = slug(&bare[bare.len() - words.len()..badge]);
            if !id.is_empty() {
                out.push_str(&format!(" {{#{id}}}"));
            }
        }
        out.push_str(&line[bare.len()..]);
    }
    out
}

fn lines(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let signs = place::signs(line);
        let bare = line[signs.len()..].trim();
        let shown = context.lines_above + number + 1;
        if code::holds(&code, start + signs.len()) {
            out.push_str(line);
            continue;
        }
        let new = match bare {
            "[[toc]]" | "[[TOC]]" => Some("[TOC]".to_owned()),
            _ => included(bare, shown, context, report),
        };
        match new {
            Some(new) => {
                report.add(Kind::Rewritten, context.path, Some(shown), bare);
                out.push_str(signs);
                out.push_str(&place::put(new.trim_end(), signs));
                out.push('\n');
            }
            None => out.push_str(line),
        }
    }
    out
}

/// `<!--@include: ./a.md{2,5}-->`, `<<< @/a.js#part{2 js}[title]`, `@[code{3-5} js](./a.js)`.
fn included(line: &str, number: usize, context: &Context<'_>, report: &mut Report) -> Option<String> {
    let root = &context.book.root;
    let comment = line.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).map(str::trim);
    if let Some(path) = comment.and_then(|inner| inner.strip_prefix("@include:")) {
        let (path, part) = part_of(path.trim());
        // `@part.md`: settings say in code where that lies, so it is the only file of the name.
        let named = path.strip_prefix('@').filter(|name| !name.is_empty() && !name.contains('/'));
        let only =
            named.and_then(|name| context.tree.only_chapter("", crate::chapter::without_suffix(name)?));
        let place = only.map_or_else(|| rooted(path, root), |file| format!("/{file}"));
        let text = include::included(&place, &part, line, number, &[], context, report)?;
        let file = match place.strip_prefix('/') {
            Some(file) => Some(file.to_owned()),
            None => join(folder(context.path), &place),
        };
        // In VuePress, links of an included text count from its own file.
        return Some(match file.filter(|_| context.book.tool == Tool::Vuepress) {
            Some(file) => counted_from(&file, &text, context.path),
            None => text,
        });
    }
    let code = match line.strip_prefix("<<<") {
        Some(rest) => Snippet::of_vitepress(rest.trim()),
        None => Snippet::of_vuepress(line.strip_prefix("@[code")?)?,
    };
    let text = include::included(&rooted(code.path, root), &code.part, line, number, &[], context, report)?;
    Some(super::made::fence(&code.info, &text))
}

/// A text of one file with its links as they are written in another.
fn counted_from(file: &str, text: &str, here: &str) -> String {
    if folder(file) == folder(here) {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (found, _) in text.match_indices("](") {
        let start = found + 2;
        let length = text[start..].find([')', '#', '?', ' ', '\n']).unwrap_or(text.len() - start);
        let path = &text[start..start + length];
        let is_here = path.is_empty() || path.starts_with(['/', '#', '@', '<']) || is_external(path);
        if is_here || code::holds(&code, found) {
            continue;
        }
        if let Some(whole) = join(folder(file), path) {
            out.push_str(&text[at..start]);
            out.push_str(&relative(folder(here), &whole));
            at = start + length;
        }
    }
    out.push_str(&text[at..]);
    out
}

/// A file that is shown as code.
struct Snippet<'a> {
    path: &'a str,
    /// The lines or the region that is shown.
    part: String,
    /// What stands behind the opening fence.
    info: String,
}

impl<'a> Snippet<'a> {
    /// `@/a.js#part{1,3 js:line-numbers}[title]`; numbers are the lines to mark.
    fn of_vitepress(written: &'a str) -> Self {
        let (rest, title) = match written.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
            Some((rest, title)) => (rest.trim_end(), format!(" [{title}]")),
            None => (written, String::new()),
        };
        let (rest, braces) = match rest.strip_suffix('}').and_then(|rest| rest.rsplit_once('{')) {
            Some((rest, braces)) => (rest.trim_end(), braces),
            None => (rest, ""),
        };
        let (path, part) = rest.split_once('#').unwrap_or((rest, ""));
        let is_lines = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        let lines =
            braces.split_whitespace().find(is_lines).map_or(String::new(), |lines| format!("{{{lines}}}"));
        let language = braces.split_whitespace().find(|word| !is_lines(word));
        let info = format!("{}{lines}{title}", language.unwrap_or_else(|| ending(path)));
        Self { path, part: part.to_owned(), info }
    }

    /// `{3-5} js{2}](./a.js)`; the first numbers are the lines that are shown.
    fn of_vuepress(written: &'a str) -> Option<Self> {
        let (words, path) = written.strip_suffix(')')?.split_once("](")?;
        let (part, words) = match words.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            Some((part, words)) => (part.replace([',', '-'], ":"), words),
            None => (String::new(), words),
        };
        let words = words.split_once(' ').map_or("", |(_, words)| words).trim();
        let info = if words.is_empty() { ending(path) } else { words };
        Some(Self { path, part, info: info.to_owned() })
    }
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// A path from the folder of the chapters.
fn rooted(path: &str, root: &str) -> String {
    path.strip_prefix("@/").map_or_else(|| path.to_owned(), |rest| format!("/{}", within(root, rest)))
}

/// A path and the part of it that is meant: `a.md{2,5}`, `a.md#part`.
fn part_of(written: &str) -> (&str, String) {
    if let Some((path, rest)) = written.split_once('{') {
        let lines = rest.split([' ', '}']).next().unwrap_or("");
        let is_lines = lines.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'-'));
        let part = if is_lines { lines.replace([',', '-'], ":") } else { String::new() };
        return (path.trim(), part);
    }
    written.split_once('#').map_or((written, String::new()), |(path, part)| (path, part.to_owned()))
}

/// `{{ $frontmatter.title }}` and the like.
fn values(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !text.contains("{{") {
        return text.to_owned();
    }
    let style = Style { marks: &[("{{", "}}")], closes: |_| None, raw: &[], in_code: false };
    let index = LineIndex::new(text);
    replace(text, &style, |call| {
        let known = |names: &[&str]| names.iter().find_map(|name| call.rest.strip_prefix(name));
        let new = match known(&["$frontmatter.", "$page.frontmatter.", "frontmatter."]) {
            Some("title") => Some(context.title.to_owned()),
            Some(key) => string(context.front, key),
            None if matches!(call.rest, "$page.title" | "page.title") => Some(context.title.to_owned()),
            None if matches!(call.rest, "$site.title" | "site.title" | "$title") => {
                context.book.title.clone()
            }
            None => None,
        }?;
        context.rewritten(index.line_of(call.start), call.rest, report);
        Some(new)
    })
}
