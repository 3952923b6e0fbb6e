//! Tags between `{%` and `%}`: GitBook's blocks, and Liquid and Nunjucks as far as they
//! are plain data.

mod assign;

use super::made::{alert_for, fence_for, link, tab};
use super::tag::{Arguments, Call, Style, replace};
use super::{Context, code, html, include};
use crate::chapter::folder;
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
    let code = code::ranges(text);
    let has_template = matches!(context.book.tool, Tool::Jekyll | Tool::Eleventy);
    let set = assign::read(text, |written| value(written, &assign::Set::default(), usize::MAX, context));
    replace(text, style, |call| {
        let line = context.lines_above + index.line_of(call.start);
        let new = match is_gitbook {
            true => block(call, context, line, report),
            false => data(call, &set, context, line, report).or_else(|| {
                let is_destination =
                    text[..call.start].ends_with("](") || text[..call.start].ends_with("=\"");
                is_destination.then(|| path_of(call)).flatten()
            }),
        };
        if new.is_none() && has_template && !code::holds(&code, call.start) {
            report.add(Kind::Dropped, context.path, Some(line), kind_of(call));
            return Some(what_stays(call));
        }
        let new = new?;
        report.add(Kind::Rewritten, context.path, Some(line), format!("{} {}", call.name, call.rest).trim());
        Some(new)
    })
}

/// What a tag of a template is, in the report: its name, and the file that it brings in.
fn kind_of(call: &Call<'_>) -> String {
    let file = || call.rest.split_whitespace().next().filter(|file| !file.contains(['{', '|']));
    match call.name {
        "{{" => format!("{{{{ {} }}}}", call.rest.split('|').next().unwrap_or("").trim()),
        "include" | "include_relative" | "include_cached" | "render" => {
            format!("{{% {} {} %}}", call.name, file().unwrap_or("…"))
        }
        name => format!("{{% {name} %}}"),
    }
}

/// What is left of a tag that only the tool could run: the words that it holds.
fn what_stays(call: &Call<'_>) -> String {
    let inner = call.inner.filter(|inner| inner.chars().any(char::is_alphanumeric));
    inner.unwrap_or("").to_owned()
}

/// A block of GitBook.
fn block(call: &Call<'_>, context: &Context<'_>, line: usize, report: &mut Report) -> Option<String> {
    let own = Arguments::read(call.rest);
    match (call.name, call.inner) {
        ("comment", Some(_)) | ("#", None) => Some(String::new()),
        ("hint", Some(inner)) => Some(alert_for(call, own.get("style").unwrap_or("info"), None, inner)),
        ("tab", Some(inner)) => Some(tab(own.get("title")?, inner, call.indent)),
        ("code", Some(inner)) => Some(titled_code(inner.trim(), own.get("title"))),
        ("content-ref", Some(inner)) => {
            let dest = own.get("url")?;
            let title = title_of(dest, context);
            Some(title.map_or_else(|| inner.trim_matches('\n').to_owned() + "\n", |title| link(&title, dest)))
        }
        ("tabs" | "stepper" | "step" | "columns" | "column" | "raw", Some(inner)) => {
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

/// A text whose comments `{# … #}` are those of HTML.
pub(super) fn without_comments(text: &str) -> String {
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = text[at..].find("{#").map(|found| at + found) {
        // `{#id}` is an anchor.
        let is_open = text[start + 2..].starts_with(char::is_whitespace) && !code::holds(&code, start);
        let end = text[start..].find("#}").map(|found| start + found).filter(|_| is_open);
        let Some(end) = end else {
            out.push_str(&text[at..start + 2]);
            at = start + 2;
            continue;
        };
        out.push_str(&text[at..start]);
        out.push_str(&html::comment(&text[start + 2..end]));
        at = end + 2;
    }
    out.push_str(&text[at..]);
    out
}

/// A block of code with a title behind its language.
fn titled_code(code: &str, title: Option<&str>) -> String {
    let (first, rest) = code.split_once('\n').unwrap_or((code, ""));
    match title.filter(|_| first.starts_with("```") || first.starts_with("~~~")) {
        Some(title) => format!("{} title=\"{}\"\n{rest}", first.trim_end(), title.replace('"', "'")),
        None => code.to_owned(),
    }
}

/// What a chapter is called, as its text says it.
fn title_of(dest: &str, context: &Context<'_>) -> Option<String> {
    let file = crate::handbook::link::join(folder(context.path), dest.split('#').next()?)?;
    let text = context.tree.text(&file).filter(|_| crate::chapter::without_suffix(&file).is_some())?;
    let heading = text.lines().find_map(|line| line.strip_prefix("# "))?;
    let words = heading.split(" <a").next().unwrap_or(heading).trim();
    (!words.is_empty() && !words.contains(['[', '<', '*', '`'])).then(|| words.to_owned())
}

/// A tag of Liquid whose meaning is plain.
fn data(
    call: &Call<'_>,
    set: &assign::Set,
    context: &Context<'_>,
    line: usize,
    report: &mut Report,
) -> Option<String> {
    let own = Arguments::read(call.rest);
    match (call.name, call.inner) {
        ("{{", None) => value(call.rest, set, call.start, context),
        ("assign", None) if set.has_at(call.start) => Some(String::new()),
        ("raw" | "verbatim", Some(inner)) => Some(inner.to_owned()),
        ("comment", Some(_)) | ("#", None) => Some(String::new()),
        ("highlight", Some(inner)) => Some(fence_for(call, own.plain(0).unwrap_or(""), inner)),
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
        ("callout", Some(inner)) => Some(alert_for(call, own.plain(0).unwrap_or("info"), None, inner)),
        ("include" | "include_relative", None) if own.plain(1).is_none() && !call.rest.contains('=') => {
            let path = own.plain(0)?;
            let folders = if call.name == "include" { context.book.snippets.as_slice() } else { &[] };
            let is_text = path.ends_with(".md") || path.ends_with(".txt") || path.ends_with(".markdown");
            is_text.then(|| include::included(path, "", path, line, folders, context, report))?
        }
        ("include", None) => {
            let path = own.plain(0)?;
            let place = within(context.book.snippets.first()?, path);
            let named: Vec<(&str, &str)> = own.named().collect();
            // Only where nothing but its arguments is to be filled in.
            let filled = with_arguments(context.tree.text(&place)?, &named)?;
            include::included(path, "", path, line, &context.book.snippets, context, report).map(|_| filled)
        }
        _ => None,
    }
}

/// A text that is included, with the arguments of the call: `{{ include.title }}`. `None`
/// where it asks for anything else.
fn with_arguments(text: &str, named: &[(&str, &str)]) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let end = at + rest[at..].find("}}")?;
        let mut parts = rest[at + 2..end].trim().trim_matches('-').trim().split('|').map(str::trim);
        let name = parts.next()?.strip_prefix("include.")?;
        if !parts.all(|filter| {
            matches!(filter, "markdownify" | "escape" | "strip" | "relative_url" | "absolute_url")
        }) {
            return None;
        }
        out.push_str(&rest[..at]);
        out.push_str(named.iter().find(|(own, _)| *own == name).map_or("", |(_, value)| value));
        rest = &rest[end + 2..];
    }
    out.push_str(rest);
    (!out.contains("{%")).then(|| out.trim_matches('\n').to_owned())
}

/// The only argument of a tag of the book's own that stands for a destination:
/// `[words]({% page "/leave/" %})`.
fn path_of(call: &Call<'_>) -> Option<String> {
    let own = Arguments::read(call.rest);
    let path = own.plain(0).filter(|path| path.contains('/') || path.starts_with('#'))?.replace(' ', "%20");
    // Without anything before it, a path is one from the top.
    let path = if path.starts_with(['/', '.', '#']) { path } else { format!("/{path}") };
    (call.name != "{{" && call.inner.is_none() && own.plain(1).is_none()).then_some(path)
}

/// The path of a chapter from the top, behind which `site.baseurl` may stand.
fn path_to(file: &str, context: &Context<'_>) -> Option<String> {
    Some(format!("/{}", from_folder(&context.book.root, file)?.replace(' ', "%20")))
}

/// How names end of the folder in which a site lies.
const BASES: [&str; 5] = [".baseurl", ".baseUrl", ".base_url", ".basepath", ".pathPrefix"];

/// What `{{ … }}` stands for: a text, a value of the settings or of the front matter.
fn value(written: &str, set: &assign::Set, at: usize, context: &Context<'_>) -> Option<String> {
    let mut parts = written.split('|').map(str::trim);
    let first = parts.next()?;
    let quoted = first.strip_prefix(['"', '\'']).and_then(|rest| rest.strip_suffix(['"', '\'']));
    let known = match quoted {
        Some(text) => Some(text.to_owned()),
        None => match first.strip_prefix("page.").or_else(|| first.strip_prefix("$frontmatter.")) {
            Some("title") => Some(context.title.to_owned()),
            Some(key) => string(context.front, key),
            None if first == "title" => Some(context.title.to_owned()),
            // Where the site lies is the same everywhere here.
            None if BASES.iter().any(|base| first.ends_with(base))
                && !context.book.values.contains_key(first) =>
            {
                Some(String::new())
            }
            None => set.get(first, at).or_else(|| context.book.values.get(first).cloned()),
        },
    };
    // Filters that only make an address whole leave the path.
    let is_plain = |filter: &str| {
        matches!(filter, "relative_url" | "absolute_url" | "url" | "escape" | "strip" | "safe")
    };
    if parts.clone().all(is_plain) { known } else { None }
}
