//! What of a text is meant for another tool: it is shown as it is written, and told once
//! for each kind.
//!
//! Code is left alone, and so is what only looks alike: a brace that nothing closes in
//! its line, `<String>` behind a word, a placeholder `<Name>`.

use super::component::{COMMENT, WITHIN};
use super::document::{Kind, NodeId, Tree};
use super::{Document, container, module};
use crate::text::floor_boundary;
use std::ops::Range;

/// Markup of another tool.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ForeignMarkup {
    /// Which.
    pub kind: ForeignKind,
    /// Where the first of its kind stands in the file.
    pub span: Range<usize>,
}

/// Kinds of markup of other tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignKind {
    /// `{{< name >}}`, `{{% name %}}`.
    Shortcode,
    /// `{% tag %}`.
    TemplateTag,
    /// `{{ value }}`.
    TemplateValue,
    /// `<% code %>`.
    ServerCode,
    /// `--8<-- "file"`.
    Snippet,
    /// `<Component>`.
    Component,
    /// The same, or a shortcode that stands for a look, whose tags are not shown.
    Tag,
    /// `import … from "…"`, `export …`.
    Module,
    /// The same in a file of MDX, where it is left out.
    LeftOut,
    /// A box of a type that is not known; it is shown all the same.
    Box,
    /// A comment or a link that brings in another file in its tool: `<!--@include: ./a.md-->`.
    Include,
}

/// How far the end of something is looked for.
const NEAR: usize = 2000;

/// Names of HTML that people write with a capital.
const HTML: [&str; 24] = [
    "a", "b", "br", "button", "center", "code", "details", "div", "font", "form", "hr", "i", "img", "input",
    "li", "ol", "p", "span", "summary", "table", "td", "tr", "u", "ul",
];

/// Notes what a node holds of another tool's, if it is no code or link.
pub(super) fn note(tree: &Tree, id: NodeId, is_opaque: bool, found: &mut Document) {
    if is_opaque {
        return;
    }
    let span = tree.span(id);
    match tree.kind(id) {
        // What something else stands for is not shown.
        Kind::Words(_) if tree.words(id).is_some_and(|words| !words.contains(['{', '<'])) => {}
        Kind::Text | Kind::Words(_) => {
            // Tags that say how the text between them is read are not shown.
            let is_hidden = tree.words(id).is_some_and(|words| !words.contains("{%"));
            in_text(tree.source(), &span, is_hidden, found);
        }
        Kind::Html(index) | Kind::InlineHtml(index)
            if holds_a_tag(tree.html(id, index).0, tree.written(id)) =>
        {
            let line = source_line(tree.source(), span.start);
            let kind = match () {
                () if module::begins(line) => ForeignKind::LeftOut,
                () if BRING_IN.iter().any(|name| line.contains(name)) => ForeignKind::Include,
                () => ForeignKind::Tag,
            };
            add(found, kind, span.start..span.start + line.len());
        }
        Kind::Html(_) | Kind::InlineHtml(_) => {
            if let Some(place) = include(tree.written(id)) {
                add(found, ForeignKind::Include, span.start + place.start..span.start + place.end);
            }
            let elements = memchr::memchr_iter(b'<', tree.written(id).as_bytes()).map(|at| span.start + at);
            for at in elements.take(NEAR) {
                if let Some(end) = component(tree.source(), at) {
                    add(found, ForeignKind::Component, at..end);
                }
            }
        }
        // `@[code js](./a.js)` of VuePress.
        Kind::Link(_) if is_code_link(&tree.source()[..span.start], tree.written(id)) => {
            add(found, ForeignKind::Include, span.start - 1..span.end);
        }
        Kind::Paragraph if module::begins(first_line(tree.written(id))) => {
            let line = first_line(tree.written(id));
            add(found, ForeignKind::Module, span.start..span.start + line.len());
        }
        Kind::Alert(_) if !tree.written(id).starts_with('>') => {
            let line = tree.written(id).lines().next().unwrap_or("").trim_end();
            if container::opening(line).is_some_and(|opening| opening.is_foreign()) {
                add(found, ForeignKind::Box, span.start..span.start + line.len());
            }
        }
        _ => {}
    }
}

/// Whether raw HTML took the place of a tag that is written otherwise, and is not shown.
fn stands_for_a_tag(html: &str, written: &str) -> bool {
    [COMMENT, WITHIN].iter().any(|mark| html.starts_with(mark) && !written.starts_with(mark))
}

/// Whether it does so anywhere, as in a block of several lines.
fn holds_a_tag(html: &str, written: &str) -> bool {
    let is_within = |mark: &str| html.contains(mark) && !written.contains(mark);
    stands_for_a_tag(html, written) || [COMMENT, WITHIN].iter().any(|mark| is_within(mark))
}

/// Where a comment stands that brings in another file: `<!--@include: ./a.md-->`.
fn include(html: &str) -> Option<Range<usize>> {
    let begin = memchr::memmem::find(html.as_bytes(), b"@include:")?;
    let start = html[..begin].trim_end().strip_suffix("<!--")?.len();
    let end = begin + html[begin..].find("-->")? + "-->".len();
    Some(start..end)
}

fn is_code_link(before: &str, written: &str) -> bool {
    let line = before.strip_suffix('@').filter(|line| line.is_empty() || line.ends_with(['\n', ' ', '\t']));
    let words = written.strip_prefix("[code").filter(|rest| rest.starts_with([' ', ']', '{']));
    line.is_some() && words.is_some_and(|rest| rest.contains("]("))
}

/// Whether an author's comment has its end, or is no author's.
pub(super) fn is_whole(html: &str, written: &str) -> bool {
    written.contains("-->") || stands_for_a_tag(html, written)
}

/// Directives of MyST, and snippets, that bring in other files.
const BRING_IN: [&str; 4] = ["8<-", "{include}", "{literalinclude}", "{toctree}"];

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

/// A line from a place of it on.
fn source_line(source: &str, at: usize) -> &str {
    near(&source[at..]).lines().next().unwrap_or("").trim_end()
}

fn add(found: &mut Document, kind: ForeignKind, span: Range<usize>) {
    if found.foreign.iter().all(|other| other.kind != kind) {
        found.foreign.push(ForeignMarkup { kind, span });
    }
}

fn in_text(source: &str, span: &Range<usize>, hides_tags: bool, found: &mut Document) {
    let text = source.get(span.clone()).unwrap_or("");
    for at in memchr::memchr3_iter(b'{', b'<', b'-', text.as_bytes()) {
        let at = span.start + at;
        // The sign of an earlier one.
        if source[..at].ends_with('{') || is_raw(source, at) {
            continue;
        }
        let markup = markup(source, at);
        let is_shown = |kind: ForeignKind| !(hides_tags && kind == ForeignKind::TemplateTag);
        if let Some((kind, end)) = markup.filter(|(kind, _)| is_shown(*kind)) {
            add(found, kind, at..end);
        }
    }
}

/// Whether a tag before a place says that all is shown as it is written up to its end.
fn is_raw(source: &str, at: usize) -> bool {
    let before = &source[floor_boundary(source, at.saturating_sub(NEAR))..at];
    let open = before.rfind("{% raw").or_else(|| before.rfind("{%- raw"));
    open.is_some_and(|open| before[open..].contains("%}") && !before[open..].contains("endraw"))
}

/// What begins at a place, and where it ends.
fn markup(source: &str, at: usize) -> Option<(ForeignKind, usize)> {
    let rest = &source[at..];
    let pairs = [
        ("{{<", ">}}", ForeignKind::Shortcode),
        ("{{%", "%}}", ForeignKind::Shortcode),
        ("{%", "%}", ForeignKind::TemplateTag),
        ("{{", "}}", ForeignKind::TemplateValue),
        ("<%", "%>", ForeignKind::ServerCode),
    ];
    for (begin, end, kind) in pairs {
        if rest.starts_with(begin) {
            let line = near(rest).lines().next().unwrap_or("");
            return line[begin.len()..].find(end).map(|found| (kind, at + begin.len() + found + end.len()));
        }
    }
    // `<<< @/a.js` of VitePress, in a line of its own.
    let path = rest.strip_prefix("<<<").map_or("", str::trim_start);
    if path.starts_with(['@', '.', '/']) && source[..at].ends_with(['\n', ' ', '\t']) {
        return Some((ForeignKind::Snippet, at + near(rest).lines().next().map_or(0, str::len)));
    }
    if rest.starts_with("--8<--") && !source[..at].ends_with('-') {
        return Some((ForeignKind::Snippet, at + near(rest).lines().next().map_or(0, str::len)));
    }
    component(source, at).map(|end| (ForeignKind::Component, end))
}

fn near(text: &str) -> &str {
    &text[..floor_boundary(text, NEAR)]
}

/// Whether a name is one of HTML, however it is written.
pub(super) fn is_html_name(name: &str) -> bool {
    HTML.contains(&name.to_ascii_lowercase().as_str())
}

/// Where the tag of a component ends that begins at a place: one with a capital letter
/// that has attributes, ends itself or is ended further on.
pub(super) fn component(source: &str, at: usize) -> Option<usize> {
    let rest = near(source[at..].strip_prefix('<')?);
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
    let name = &rest[..length];
    let behind_word = source[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
    let is_name =
        name.starts_with(|c: char| c.is_ascii_uppercase()) && name.contains(|c: char| c.is_ascii_lowercase());
    if !is_name || behind_word || is_html_name(name) {
        return None;
    }
    let end = rest.find('>')?;
    let inside = &rest[length..end];
    let is_ended = inside.ends_with('/') || inside.contains('=') || rest.contains(&format!("</{name}>"));
    is_ended.then_some(at + 1 + end + 1)
}

/// Whether a text imports a component and uses it.
pub fn uses_import(text: &str) -> bool {
    let imports =
        text.lines().take(MDX_LINES).filter_map(|line| line.strip_prefix("import ")?.split_once(" from "));
    let mut names = imports.filter(|(name, path)| {
        let is_name = name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_name && path.starts_with(['"', '\''])
    });
    names
        .next()
        .is_some_and(|(name, _)| text.contains(&format!("<{name}")) || text.contains(&format!("{{{name}}}")))
}

/// Lines among which imports are looked for.
const MDX_LINES: usize = 60;
