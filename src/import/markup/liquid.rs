//! Tags between `{%` and `%}`: GitBook's blocks, and Liquid and Nunjucks as far as they
//! are plain data.

use super::tag::{Arguments, Call, Style, alert, fence, link, replace, tab};
use super::{Context, include};
use crate::import::Tool;
use crate::import::page::string;
use crate::import::report::{Kind, Report};
use crate::import::tree::{from_folder, within};
use crate::text::LineIndex;

const GITBOOK: Style =
    Style { marks: &[("{%", "%}")], closes: |name| name.strip_prefix("end"), raw: &["raw"], in_code: false };

const LIQUID: Style = Style {
    marks: &[("{%", "%}"), ("{{", "}}")],
    closes: |name| name.strip_prefix("end"),
    raw: &["raw", "comment", "highlight", "verbatim"],
    in_code: true,
};

/// A text with its tags resolved.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    if !text.contains("{%") && !text.contains("{{") {
        return text.to_owned();
    }
    let index = LineIndex::new(text);
    let is_gitbook = context.book.tool == Tool::Gitbook;
    let style = if is_gitbook { &GITBOOK } else { &LIQUID };
    replace(text, style, |call| {
        let line = context.lines_above + index.line_of(call.start);
        let new = match is_gitbook {
            true => block(call, context, line, report),
            false => data(call, context, line, report),
        }?;
        report.add(Kind::Rewritten, context.path, Some(line), format!("{} {}", call.name, call.rest).trim());
        Some(new)
    })
}

/// A block of GitBook.
fn block(call: &Call<'_>, context: &Context<'_>, line: usize, report: &mut Report) -> Option<String> {
    let own = Arguments::read(call.rest);
    match (call.name, call.inner) {
        ("hint", Some(inner)) => Some(alert(own.get("style").unwrap_or("info"), None, inner, call.indent)),
        ("tab", Some(inner)) => Some(tab(own.get("title")?, inner, call.indent)),
        ("code", Some(inner)) => Some(match own.get("title") {
            Some(title) => format!("**{title}**\n\n{}{}", call.indent, inner.trim()),
            None => inner.trim().to_owned(),
        }),
        ("tabs" | "content-ref" | "stepper" | "step" | "columns" | "column" | "raw", Some(inner)) => {
            Some(inner.trim_matches('\n').to_owned() + "\n")
        }
        ("embed", inner) => {
            let url = own.get("url")?;
            let words = inner.map(str::trim).filter(|words| !words.is_empty()).unwrap_or(url);
            Some(link(words, url))
        }
        ("file", inner) => {
            let src = own.get("src")?;
            let name = src.rsplit('/').next().unwrap_or(src);
            let words =
                own.get("name").or(inner.map(str::trim)).filter(|words| !words.is_empty()).unwrap_or(name);
            Some(link(words, src))
        }
        ("page-ref", None) => {
            let page = own.get("page")?;
            Some(link(page.trim_end_matches(".md"), page))
        }
        ("include", None) => {
            let path = own.plain(0)?;
            include::included(path, "", path, line, &context.book.snippets, context, report)
        }
        _ => None,
    }
}

/// A tag of Liquid whose meaning is plain.
fn data(call: &Call<'_>, context: &Context<'_>, line: usize, report: &mut Report) -> Option<String> {
    let own = Arguments::read(call.rest);
    match (call.name, call.inner) {
        ("{{", None) => value(call.rest, context),
        ("raw" | "verbatim", Some(inner)) => Some(inner.to_owned()),
        ("comment", Some(_)) => Some(String::new()),
        ("highlight", Some(inner)) => Some(fence(own.plain(0).unwrap_or(""), inner, call.indent)),
        ("link", None) => {
            let file = within(&context.book.root, own.plain(0)?.trim_start_matches('/'));
            context.tree.has(&file).then(|| path_to(&file, context))?
        }
        ("post_url", None) => {
            let name = own.plain(0)?;
            path_to(context.tree.only_chapter(&context.book.root, name)?, context)
        }
        ("youtube" | "youtubeEmbed", None) => {
            Some(format!("<https://www.youtube.com/watch?v={}>", own.plain(0)?))
        }
        ("callout", Some(inner)) => Some(alert(own.plain(0).unwrap_or("info"), None, inner, call.indent)),
        ("include" | "include_relative", None) if own.plain(1).is_none() && !call.rest.contains('=') => {
            let path = own.plain(0)?;
            let folders = if call.name == "include" { context.book.snippets.as_slice() } else { &[] };
            let is_text = path.ends_with(".md") || path.ends_with(".txt") || path.ends_with(".markdown");
            is_text.then(|| include::included(path, "", path, line, folders, context, report))?
        }
        _ => None,
    }
}

/// The path of a chapter from the top, behind which `site.baseurl` may stand.
fn path_to(file: &str, context: &Context<'_>) -> Option<String> {
    Some(format!("/{}", from_folder(&context.book.root, file)?.replace(' ', "%20")))
}

/// What `{{ … }}` stands for: a text, a value of the settings or of the front matter.
fn value(written: &str, context: &Context<'_>) -> Option<String> {
    let mut parts = written.split('|').map(str::trim);
    let first = parts.next()?;
    let quoted = first.strip_prefix(['"', '\'']).and_then(|rest| rest.strip_suffix(['"', '\'']));
    let known = match quoted {
        Some(text) => Some(text.to_owned()),
        None => match first.strip_prefix("page.").or_else(|| first.strip_prefix("$frontmatter.")) {
            Some("title") => Some(context.title.to_owned()),
            Some(key) => string(context.front, key),
            None if first == "title" => Some(context.title.to_owned()),
            None => context.book.values.get(first).cloned(),
        },
    };
    // Filters that only make an address whole leave the path.
    let is_plain = |filter: &str| {
        matches!(filter, "relative_url" | "absolute_url" | "url" | "escape" | "strip" | "safe")
    };
    if parts.clone().all(is_plain) { known } else { None }
}
