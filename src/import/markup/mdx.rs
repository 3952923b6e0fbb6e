//! MDX as Docusaurus and Starlight have it: imports, tabs, boxes, parts of other files.

use super::made::{alert, fence, link, tab};
use super::tag::{Arguments, Call, Style, replace};
use super::{Context, code, expression, html, include, indent, jsx, place};
use crate::import::Tool;
use crate::import::report::{Kind, Report};
use crate::markdown::{Tags, component, module};
use crate::text::LineIndex;
use std::collections::HashMap;

const STYLE: Style =
    Style { marks: &[("<", ">")], closes: |name| name.strip_prefix('/'), raw: &[], in_code: false };

/// A text without what MDX adds, as far as it is plain data.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    let constants = text.lines().filter_map(expression::constants).collect();
    // Imports may stand in them.
    let text = indent::settled(&without_wrappers(text));
    let (text, imports) = without_imports(&text, context, report);
    let text = addresses(&text);
    let text = jsx::with_plain_attributes(&text, &imports);
    let text = comments(&text, context, report);
    let text = html::with_markdown_inside(&text, html::Which::Alone);
    let index = LineIndex::new(&text);
    let text = replace(&text, &STYLE, |call| {
        let line = context.lines_above + index.line_of(call.start);
        let new = make(call, &imports, context, line, report)?;
        report.add(Kind::Rewritten, context.path, Some(line), format!("<{} {}", call.name, call.rest).trim());
        Some(new)
    });
    let text = expression::of_mdx(&text, &constants, context, report);
    without_components(&text, Tags::Mdx, context, report)
}

/// A text without the tags of components that are left: what they hold stays. Each is told.
pub(super) fn without_components(
    text: &str,
    read: Tags,
    context: &Context<'_>,
    report: &mut Report,
) -> String {
    let (new, tags) = component::without(text, read);
    let index = LineIndex::new(text);
    for tag in tags {
        let line = context.lines_above + index.line_of(tag.start);
        let written: String = text[tag].chars().take(120).collect();
        report.add(Kind::Markup, context.path, Some(line), written);
    }
    new
}

/// The text with lines of `import` and `export` blanked, so that lines keep their numbers, and what
/// they import.
fn without_imports(
    text: &str,
    context: &Context<'_>,
    report: &mut Report,
) -> (String, HashMap<String, String>) {
    let mut imports = HashMap::new();
    let mut out = String::with_capacity(text.len());
    let (mut at, mut number) = (0, 0);
    for place in module::ranges(text) {
        number += text[at..place.start].matches('\n').count();
        out.push_str(&text[at..place.start]);
        at = place.end;
        for line in text[place].split_inclusive('\n') {
            number += 1;
            let bare = line.trim();
            imports.extend(imported(bare));
            if !bare.is_empty() {
                context.rewritten(number, bare, report);
            }
            out.push('\n');
        }
    }
    out.push_str(&text[at..]);
    (out, imports)
}

/// `## Words {/* #id */}` gives the heading an id; any other comment becomes one of HTML.
fn comments(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !text.contains("{/*") {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let index = LineIndex::new(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = text[at..].find("{/*").map(|found| at + found) {
        let Some(end) = text[start..].find("*/}").map(|found| start + found) else { break };
        let (inside, behind) = (text[start + 3..end].trim(), end + 3);
        out.push_str(&text[at..start]);
        at = behind;
        if code::holds(&code, start) {
            out.push_str(&text[start..behind]);
            continue;
        }
        let line = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let is_last = text[behind..].lines().next().unwrap_or("").trim().is_empty();
        let id = inside.strip_prefix('#').filter(|id| !id.is_empty() && !id.contains(char::is_whitespace));
        match id.filter(|_| is_last && text[line..].starts_with('#')) {
            Some(id) => out.push_str(&format!("{{#{id}}}")),
            None => out.push_str(&html::comment(inside)),
        }
        let number = context.lines_above + index.line_of(start);
        report.add(Kind::Rewritten, context.path, Some(number), format!("{{/* {inside} */}}"));
    }
    out.push_str(&text[at..]);
    out
}

/// Blocks of `mdx-code-block` are text for MDX that other tools shall not read.
fn without_wrappers(text: &str) -> String {
    if !text.contains("mdx-code-block") {
        return text.to_owned();
    }
    let mut open: Option<&str> = None;
    let lines = text.split_inclusive('\n').map(|line| {
        let bare = line.trim();
        let mark = &bare[..bare.len() - bare.trim_start_matches('`').len()];
        match open {
            None if mark.len() >= 3 && &bare[mark.len()..] == "mdx-code-block" => open = Some(mark),
            Some(opening) if bare == opening => open = None,
            _ => return line,
        }
        "\n"
    });
    lines.collect()
}

/// `import Name from 'path';`
fn imported(line: &str) -> Option<(String, String)> {
    let (name, path) = line.strip_prefix("import ")?.split_once(" from ")?;
    let path = path.trim().trim_end_matches(';').trim_matches(['"', '\'']);
    Some((name.trim().to_owned(), path.to_owned()))
}

/// `src={require('./a.png').default}` and `{useBaseUrl('/a.png')}` are the paths in them.
fn addresses(text: &str) -> String {
    let mut out = text.to_owned();
    for (open, close) in [("{require(", ").default}"), ("{useBaseUrl(", ")}"), ("{require(", ")}")] {
        let mut from = 0;
        while let Some(start) = out[from..].find(open).map(|at| from + at) {
            let rest = &out[start + open.len()..];
            let Some(end) = rest.find(close).filter(|end| !rest[..*end].contains('\n')) else {
                from = start + open.len();
                continue;
            };
            let path = rest[..end].trim().trim_matches(['"', '\'', '`']).to_owned();
            let end = start + open.len() + end + close.len();
            let new = format!("\"{path}\"");
            out.replace_range(start..end, &new);
            from = start + new.len();
        }
    }
    out
}

/// `@site/x` is a path from the folder of the book.
fn at_top(path: &str) -> String {
    path.strip_prefix("@site/").map_or_else(|| path.to_owned(), |rest| format!("/{rest}"))
}

fn make(
    call: &Call<'_>,
    imports: &HashMap<String, String>,
    context: &Context<'_>,
    line: usize,
    report: &mut Report,
) -> Option<String> {
    let own = Arguments::read(call.rest);
    match (call.name, call.inner) {
        ("Tabs", Some(inner)) if inner.contains("===") => Some(inner.to_owned()),
        ("TabItem", Some(inner)) => {
            let label = own.any(&["label", "value"])?;
            // Of elements in a label their words.
            let words: String =
                label.split('<').map(|part| part.rsplit('>').next().unwrap_or(part)).collect();
            let (inner, indent) = place::settled(inner, call.indent);
            Some(tab(words.trim(), &inner, indent))
        }
        ("Admonition" | "Aside" | "Callout", Some(inner)) => {
            let (inner, indent) = place::settled(inner, call.indent);
            let alert = alert(own.get("type").unwrap_or("note"), own.get("title"), &inner, indent);
            // Its first line has the indent of the tag.
            Some(if indent.len() < call.indent.len() { format!("\n{indent}{alert}") } else { alert })
        }
        ("Details", Some(inner)) => {
            let title = own.any(&["summary", "title"]).unwrap_or("…");
            Some(format!("<details>\n<summary>{title}</summary>\n\n{}\n\n</details>", inner.trim()))
        }
        ("Link" | "LinkButton", Some(inner)) => Some(link(inner, own.any(&["to", "href"])?)),
        ("LinkCard", None) if context.book.tool == Tool::Starlight => {
            let title = link(own.get("title")?, own.get("href")?);
            let about = own.get("description").map_or(String::new(), |about| format!(" {about}"));
            Some(format!("**{title}**{about}\n"))
        }
        ("Steps" | "FileTree" | "CardGrid", Some(inner)) if context.book.tool == Tool::Starlight => {
            Some(inner.to_owned())
        }
        ("Card", Some(inner)) if context.book.tool == Tool::Starlight => {
            let (inner, _) = place::settled(inner, "");
            Some(format!("**{}**\n\n{}\n", own.get("title")?.trim(), inner.trim()))
        }
        ("Badge", None) if context.book.tool == Tool::Starlight => {
            Some(format!("=={}==", own.get("text")?.trim()))
        }
        ("CodeBlock", inner) => {
            let title = own.any(&["title"]).map_or(String::new(), |title| format!(" title=\"{title}\""));
            let info = format!("{}{title}", own.any(&["language"]).unwrap_or(""));
            let value = inner.or_else(|| own.get("children")).unwrap_or("").trim();
            let name = value.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
            let text = match name.map(str::trim) {
                Some(name) if name.starts_with(['"', '\'', '`']) => {
                    name.trim_matches(['"', '\'', '`']).to_owned()
                }
                Some(name) => {
                    let path = imports.get(name)?;
                    let path = path.rsplit('!').next().unwrap_or(path);
                    include::included(&at_top(path), "", name, line, &[], context, report)?
                }
                None => value.to_owned(),
            };
            Some(place::block(&fence(&info, &text), call.place))
        }
        ("TOCInline", None) => Some("[TOC]".to_owned()),
        // What a folder holds is listed on its page here too.
        ("DocCardList", None) => Some(String::new()),
        // It says something to browsers and search engines only.
        ("Head", Some(_)) => Some(String::new()),
        (name, None) => {
            let path = imports.get(name)?;
            crate::chapter::without_suffix(path)?;
            let part = include::included(&at_top(path), "", name, line, &[], context, report)?;
            Some(place::block(without_imports(&part, context, report).0.trim(), call.place))
        }
        _ => None,
    }
}
