//! Syntax highlighting at build time, as CSS classes.
//!
//! syntect knows hundreds of scopes; a style sheet needs a dozen classes. The
//! syntaxes are loaded once, when the first code block names a known language.
//!
//! What is cached are the lengths of the pieces and their classes, not the code: so
//! nothing but colours can come out of a cache.

use super::escape;
use crate::cache::Cache;
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

/// What syntect may call a language; `None` for one that needs no syntax.
fn token(language: &str) -> Option<String> {
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
        _ => return Some(language),
    };
    Some(name.to_owned())
}

/// A piece of code: its class, as a place in `CLASSES` counted from 1 (0 for none), and
/// its length in bytes.
type Piece = (u8, usize);

/// Code with its words in classes; `None` where it is too long or its language is unknown.
pub(super) fn html(language: &str, code: &str, cache: &Cache) -> Option<String> {
    let fits = code.len() <= MAX_CODE && code.lines().all(|line| line.len() <= MAX_LINE);
    let token = Some(language).filter(|_| fits).and_then(token)?;
    let make = || syntaxes().find_syntax_by_token(&token).and_then(|syntax| pieces(syntax, code));
    let read = |value: &[u8]| decode(value, code);
    let found = cache.get_or_make("code", (&token, code), read, make, |found| Some(encode(found.as_deref())));
    found.map(|pieces| write(code, &pieces))
}

/// The pieces of a code, each as long as its class stays the same.
fn pieces(syntax: &SyntaxReference, code: &str) -> Option<Vec<Piece>> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    for line in LinesWithEndings::from(code) {
        let operations = state.parse_line(line, syntaxes()).ok()?;
        for (piece, operation) in ScopeRegionIterator::new(&operations, line) {
            stack.apply(operation).ok()?;
            if piece.is_empty() {
                continue;
            }
            // Blanks have no colour of their own.
            let open = || pieces.last().map_or(0, |(class, _)| *class);
            let class = if piece.trim().is_empty() { open() } else { class_of(&stack) };
            match pieces.last_mut() {
                Some((last, length)) if *last == class => *length += piece.len(),
                _ => pieces.push((class, piece.len())),
            }
        }
    }
    Some(pieces)
}

fn write(code: &str, pieces: &[Piece]) -> String {
    let mut html = String::with_capacity(code.len() + pieces.len() * 32);
    let mut rest = code;
    for (class, length) in pieces {
        let (piece, behind) = rest.split_at(*length);
        rest = behind;
        match usize::from(*class).checked_sub(1).and_then(|at| CLASSES.get(at)) {
            Some((_, class)) => {
                html.push_str("<span class=\"hl-");
                html.push_str(class);
                html.push_str("\">");
                escape::text(&mut html, piece);
                html.push_str("</span>");
            }
            None => escape::text(&mut html, piece),
        }
    }
    html
}

/// The place in `CLASSES`, counted from 1, of the innermost scope that has one; the first
/// place that has its class, so that equal classes are equal numbers.
fn class_of(stack: &ScopeStack) -> u8 {
    let place = stack.as_slice().iter().rev().find_map(|scope| {
        let name = scope.build_string();
        let fits = |prefix: &str| {
            name.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let (_, class) = CLASSES.iter().find(|(prefix, _)| fits(prefix))?;
        CLASSES.iter().position(|(_, first)| first == class)
    });
    place.and_then(|place| u8::try_from(place + 1).ok()).unwrap_or(0)
}

/// The pieces as a cache keeps them: of each the class, and the length by seven bits a
/// byte. Nothing where the code has no colours.
fn encode(pieces: Option<&[Piece]>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (class, length) in pieces.unwrap_or_default() {
        bytes.push(*class);
        let mut rest = *length;
        while rest > 0x7F {
            bytes.push(0x80 | (rest & 0x7F) as u8);
            rest >>= 7;
        }
        bytes.push(rest as u8);
    }
    bytes
}

/// The pieces that a cache has kept, if they are pieces of this code.
#[expect(clippy::option_option, reason = "the outer one says whether the value is in order")]
fn decode(bytes: &[u8], code: &str) -> Option<Option<Vec<Piece>>> {
    if bytes.is_empty() {
        return Some(None);
    }
    let mut pieces = Vec::new();
    let (mut bytes, mut end) = (bytes.iter(), 0_usize);
    while let Some(class) = bytes.next() {
        let (mut length, mut shift) = (0_usize, 0);
        loop {
            let byte = *bytes.next().filter(|_| shift < 28)?;
            length |= usize::from(byte & 0x7F) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        end += length;
        let is_known = usize::from(*class) <= CLASSES.len();
        if !is_known || length == 0 || !code.is_char_boundary(end) {
            return None;
        }
        pieces.push((*class, length));
    }
    (end == code.len()).then_some(Some(pieces))
}

#[cfg(test)]
mod tests {
    use super::{decode, encode, pieces, syntaxes, write};

    #[test]
    fn what_a_cache_keeps_gives_the_same_html() {
        let code = "// 注释 <b>\nfn main() {\n    let 甲 = \"x\";\n}\n";
        let syntax = syntaxes().find_syntax_by_token("rust").unwrap();
        let found = pieces(syntax, code);
        let html = write(code, found.as_deref().unwrap());
        assert!(html.starts_with("<span class=\"hl-comment\">// 注释 &lt;b&gt;\n</span>"), "{html}");
        assert_eq!(decode(&encode(found.as_deref()), code), Some(found));
        assert_eq!(decode(&encode(None), code), Some(None));
    }

    #[test]
    fn what_is_no_division_of_the_code_is_refused() {
        let code = "let 甲 = 1;\n";
        let all = code.len() as u8;
        assert!(decode(&[1, all], code).is_some());
        for bad in [
            &[1, all - 1][..],
            &[1, all, 1],
            &[1, all, 1, 1],
            &[200, all],
            &[1, 5, 1, all - 5],
            &[1, 0, 1, all],
            &[1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        ] {
            assert_eq!(decode(bad, code), None, "{bad:?}");
        }
    }
}
