//! Syntax highlighting at build time, as CSS classes.
//!
//! syntect knows hundreds of scopes; a style sheet needs a dozen classes. The
//! syntaxes are loaded once, when the first code block names a known language.

use super::escape;
use std::sync::OnceLock;
use syntect::easy::ScopeRegionIterator;
use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

/// Code longer than this is shown plain.
const MAX_CODE: usize = 64 * 1024;
/// So is code with a longer line than this: some syntaxes are slow on those.
const MAX_LINE: usize = 2_000;

/// Scope prefixes and their class, the more special first.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "comment"),
    ("constant.numeric", "number"),
    ("constant.character.escape", "constant"),
    ("constant", "constant"),
    ("string", "string"),
    ("punctuation.definition.string", "string"),
    ("punctuation.definition.comment", "comment"),
    ("punctuation", "punctuation"),
    ("keyword.operator", "operator"),
    ("keyword", "keyword"),
    ("storage.type.function", "keyword"),
    ("storage", "keyword"),
    ("entity.name.function", "function"),
    ("support.function", "function"),
    ("entity.name.tag", "tag"),
    ("entity.other.attribute-name", "attribute"),
    ("entity.name", "type"),
    ("support.type", "type"),
    ("support.class", "type"),
    ("variable.parameter", "variable"),
    ("variable", "variable"),
    ("markup.inserted", "inserted"),
    ("markup.deleted", "deleted"),
    ("markup.heading", "keyword"),
];

fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(SyntaxSet::load_defaults_newlines)
}

/// Names that need no syntax, so that nothing is loaded for them.
const PLAIN: &[&str] = &["", "text", "txt", "plain", "plaintext", "none", "mermaid", "console", "output"];

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let language = language.to_ascii_lowercase();
    if PLAIN.contains(&language.as_str()) {
        return None;
    }
    let name = match language.as_str() {
        "shell" | "sh" | "zsh" | "shellscript" => "bash",
        "ts" | "typescript" | "jsx" | "tsx" => "javascript",
        "yml" => "yaml",
        "md" => "markdown",
        "golang" => "go",
        "c#" => "cs",
        other => other,
    };
    syntaxes().find_syntax_by_token(name)
}

/// Code with its words in classes; `None` where it is too long or its language is unknown.
pub(super) fn html(language: &str, code: &str) -> Option<String> {
    let fits = code.len() <= MAX_CODE && code.lines().all(|line| line.len() <= MAX_LINE);
    fits.then(|| syntax(language)).flatten().and_then(|syntax| highlight(syntax, code))
}

fn highlight(syntax: &SyntaxReference, code: &str) -> Option<String> {
    let mut html = String::with_capacity(code.len() * 2);
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut open: Option<&'static str> = None;
    for line in LinesWithEndings::from(code) {
        let operations = state.parse_line(line, syntaxes()).ok()?;
        for (piece, operation) in ScopeRegionIterator::new(&operations, line) {
            stack.apply(operation).ok()?;
            if piece.is_empty() {
                continue;
            }
            let class = if piece.trim().is_empty() { open } else { class_of(&stack) };
            if class != open {
                if open.is_some() {
                    html.push_str("</span>");
                }
                if let Some(class) = class {
                    html.push_str("<span class=\"hl-");
                    html.push_str(class);
                    html.push_str("\">");
                }
                open = class;
            }
            escape::text(&mut html, piece);
        }
    }
    if open.is_some() {
        html.push_str("</span>");
    }
    Some(html)
}

/// The class of the innermost scope that has one.
fn class_of(stack: &ScopeStack) -> Option<&'static str> {
    stack.as_slice().iter().rev().find_map(|scope| {
        let name = scope.build_string();
        let fits = |prefix: &str| {
            name.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        CLASSES.iter().find(|(prefix, _)| fits(prefix)).map(|(_, class)| *class)
    })
}
