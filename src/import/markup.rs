//! Markup that only the old tool understands: resolved where it is plain data.
//!
//! Includes are replaced by the text they include, calls that make a link or a picture by
//! Markdown for it, boxes by alerts. What only running the tool would tell is left as it is
//! written, and told with its line.

mod abbreviation;
pub(super) mod adaptive;
mod admonish;
mod attributes;
pub(super) mod blocks;
mod callout;
mod docsify;
pub(super) mod emoji;
mod erb;
pub(super) mod expression;
mod highlight;
pub(super) mod home;
mod hope;
mod html;
mod hugo;
mod include;
mod indent;
mod jsx;
pub(super) mod left;
mod liquid;
mod made;
pub(super) mod mathjax;
mod mdx;
mod obsidian;
mod place;
pub(super) mod pymdownx;
mod python;
mod tag;
mod vue;

use crate::markdown::Tags;
pub(super) use crate::markdown::verbatim as code;
pub(super) use made::fence;

use super::Tool;
use super::book::Book;
use super::report::{Kind, Report};
use super::tree::SourceTree;
use serde_yaml::Mapping;
use std::cell::Cell;

/// Where a text stands.
pub(super) struct Context<'a> {
    pub(super) tree: &'a SourceTree,
    pub(super) book: &'a Book,
    /// Its file.
    pub(super) path: &'a str,
    pub(super) front: &'a Mapping,
    pub(super) title: &'a str,
    /// Lines of the file above it.
    pub(super) lines_above: usize,
    /// Bytes that includes may still add.
    pub(super) budget: Cell<usize>,
}

impl Context<'_> {
    /// Tells what of a text was rewritten, by its line there.
    fn rewritten(&self, line: usize, what: impl Into<String>, report: &mut Report) {
        report.add(Kind::Rewritten, self.path, Some(self.lines_above + line), what);
    }
}

/// A text without the markup of its tool, as far as that goes.
pub(super) fn convert(text: &str, context: &Context<'_>, report: &mut Report) -> String {
    let mut text = text.to_owned();
    match context.book.tool {
        Tool::Mkdocs => {
            text = include::snippets(&text, context, 0, report);
            text = indent::with_items(&text);
            let more = python::appended(context);
            text = abbreviation::convert(&text, &more, context, report);
            text = python::with_definitions_below(text, &more);
            text = html::with_markdown_inside(&text, html::Which::Marked);
            text = python::with_values(&text, context, report);
            text = python::with_last_definitions(&text);
            text = python::without_definition_lists(&text, context, report);
            text = python::without_icons(&text, context, report);
            text = pymdownx::convert(&text, context, report);
            text = blocks::convert(&text, context, report);
            text = html::ended(&text);
            text = mdx::without_components(&text, Tags::Custom, context, report);
        }
        Tool::Mdbook => {
            text = include::mdbook(&text, context, 0, report);
            text = include::without_hidden_lines(&text, context, report);
            text = admonish::convert(&text, context, report);
            text = mathjax::convert(&text, context, report);
        }
        Tool::Hugo => text = hugo::convert(&text, context, report),
        Tool::Gitbook | Tool::Eleventy => {
            text = liquid::convert(&liquid::without_comments(&text), context, report);
            if context.book.tool == Tool::Gitbook {
                text = expression::of_gitbook(&text, context, report);
            }
        }
        Tool::Jekyll => {
            text = liquid::convert(&text, context, report);
            text = attributes::without_words_for_kramdown(&text);
            text = callout::convert(&text, context, report);
            text = abbreviation::convert(&text, "", context, report);
            text = html::with_markdown_inside(&text, html::Which::Marked);
            text = html::ended(&text);
        }
        Tool::Docusaurus | Tool::Nextra | Tool::Fumadocs => {
            text = highlight::convert(&text, context, report);
            text = mdx::convert(&text, context, report);
        }
        Tool::Starlight => text = home::of_starlight(context.front) + &mdx::convert(&text, context, report),
        Tool::Middleman => text = erb::convert(&text, context, report),
        Tool::Vitepress | Tool::Vuepress => text = vue::convert(&text, context, report),
        Tool::Docsify => {
            text = docsify::convert(&text, context, report);
            text = mdx::without_components(&text, Tags::Custom, context, report);
        }
        Tool::Obsidian => text = obsidian::convert(&text, context, report),
        Tool::Confluence | Tool::Word | Tool::Folder => {}
    }
    if matches!(context.book.tool, Tool::Mkdocs | Tool::Jekyll | Tool::Middleman) {
        text = attributes::convert(&text);
    }
    // What was included may have some too.
    text = adaptive::without_parts(context.path, context.book.tool, text.into(), report).to_string();
    text = emoji::convert(&text, context, report);
    left::tell(&text, context, report);
    text
}
