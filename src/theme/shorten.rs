//! Makes our own scripts shorter for a browser: without comments and white space that say nothing to it,
//! and with short names for what is declared in them. A first search loads a quarter less.
//!
//! This is no parser of JavaScript. It knows the dialect that `tests/browser/check` holds our scripts
//! to, and needs little of it: what is the name of a property or a method, which stays, and what is
//! the name of a variable. Of scopes it knows only units, which are functions and methods that stand in no other
//! one: a name that is written nowhere outside of them is a variable of each unit that has it, and may be called
//! otherwise in each. Names of the browser stay; `tests/browser/bundles.test.mjs` shows
//! that no bundle has a name that nobody declares.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

/// Words that are no names of variables.
static KEYWORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "arguments as async await break case catch class const constructor continue debugger default delete do else export extends \
    false finally for from function get if import in instanceof let new null of return set static super switch this throw true try \
    typeof undefined var void while with yield"
    .split_whitespace()
    .collect()
});

/// Names of the browser that begin with a small letter. Those that begin with a capital stay unless a script
/// declares them.
static GLOBALS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "addEventListener alert atob btoa caches cancelAnimationFrame cancelIdleCallback clearInterval clearTimeout confirm \
    console crypto customElements decodeURI decodeURIComponent devicePixelRatio dispatchEvent document encodeURI encodeURIComponent fetch \
    getComputedStyle getSelection globalThis history indexedDB innerHeight innerWidth isFinite isNaN localStorage location matchMedia \
    navigator parseFloat parseInt performance postMessage print queueMicrotask removeEventListener requestAnimationFrame \
    requestIdleCallback screen scroll scrollBy scrollTo scrollX scrollY self sessionStorage setInterval setTimeout structuredClone window"
    .split_whitespace()
    .collect()
});

/// Signs of more than one character, the longest first.
const SIGNS: [&str; 32] = [
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=", "<=",
    ">=", "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "**", "<<",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Number,
    /// A string, a part of a template or a regular expression.
    Text,
    Sign,
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    kind: Kind,
    text: &'a str,
    /// Whether a line ends before it.
    begins_line: bool,
}

/// What an open bracket holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    Block,
    /// An object or a pattern of one.
    Object,
    Class,
    /// An expression of a template.
    Template,
    Other,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A keyword, or the name of a property or a method.
    Fixed,
    Variable,
    /// A property that is called as the variable that is its value.
    Shorthand,
}

/// The same script, shorter. Names that begin with `$` stay, since several scripts share them.
pub(super) fn shorten(script: &str) -> String {
    let tokens = tokens(script);
    let (roles, units) = analyze(&tokens);
    let names = names(&tokens, &roles, &units);
    let mut short = String::with_capacity(script.len() / 2);
    let mut before: Option<&Token<'_>> = None;
    for ((token, role), unit) in tokens.iter().zip(&roles).zip(&units) {
        if let Some(before) = before {
            if token.begins_line && may_end(before, token) {
                short.push('\n');
            } else if touches(before, token) {
                short.push(' ');
            }
        }
        let name = names.get(&(0, token.text)).or_else(|| names.get(&(*unit, token.text)));
        match name.filter(|_| *role != Role::Fixed) {
            Some(name) if *role == Role::Shorthand => short.extend([token.text, ":", name]),
            Some(name) => short.push_str(name),
            None => short.push_str(token.text),
        }
        before = Some(token);
    }
    short.push('\n');
    short
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|own| own == word)
}

/// Whether a statement may end between two lines without a semicolon.
fn may_end(before: &Token<'_>, token: &Token<'_>) -> bool {
    let opens = before.kind == Kind::Sign && !matches!(before.text, ")" | "]" | "}" | "++" | "--");
    let goes_on = token.kind == Kind::Sign
        && !matches!(token.text, "(" | "[" | "{" | "!" | "++" | "--" | "+" | "-" | "~" | "...");
    !opens && !goes_on
}

/// Whether two tokens would be one without a space between them.
fn touches(before: &Token<'_>, token: &Token<'_>) -> bool {
    let is_word = |token: &Token<'_>| matches!(token.kind, Kind::Word | Kind::Number);
    let (last, first) = (before.text.chars().last(), token.text.chars().next());
    if is_word(before) {
        return is_word(token) || before.kind == Kind::Number && first == Some('.');
    }
    // A flag of a regular expression, or two signs such as `+ +`.
    before.kind == Kind::Text && is_word(token) && last != Some('{')
        || last == first && matches!(first, Some('+' | '-' | '/'))
}

/// Whether what follows a token is the beginning of a value, so that a slash opens a regular expression.
fn awaits_value(before: Option<&Token<'_>>) -> bool {
    before.is_none_or(|token| match token.kind {
        Kind::Word => {
            is_in("return typeof case in of instanceof delete void throw new else do await yield", token.text)
        }
        Kind::Number => false,
        Kind::Text => token.text.ends_with("${"),
        Kind::Sign => !matches!(token.text, ")" | "]" | "}" | "++" | "--"),
    })
}

fn tokens(script: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    // For each open brace, whether it is that of a template.
    let mut braces: Vec<bool> = Vec::new();
    let (mut at, mut begins_line) = (0, false);
    while let Some(c) = script[at..].chars().next() {
        let rest = &script[at..];
        let (kind, length) = if c.is_whitespace() {
            begins_line |= c == '\n';
            at += c.len_utf8();
            continue;
        } else if rest.starts_with("//") || rest.starts_with("/*") {
            let end =
                if rest.starts_with("//") { rest.find('\n') } else { rest.find("*/").map(|end| end + 2) };
            at += end.unwrap_or(rest.len());
            continue;
        } else if c.is_alphabetic() || c == '_' || c == '$' {
            (Kind::Word, length_of(rest, |c| c.is_alphanumeric() || c == '_' || c == '$'))
        } else if c.is_ascii_digit() {
            (Kind::Number, number_length(rest))
        } else if c == '"' || c == '\'' {
            (Kind::Text, quoted_length(rest, c))
        } else if c == '`' || c == '}' && braces.last() == Some(&true) {
            if c == '}' {
                braces.pop();
            }
            let length = template_length(rest);
            if rest[..length].ends_with("${") {
                braces.push(true);
            }
            (Kind::Text, length)
        } else if c == '/' && awaits_value(tokens.last()) {
            (Kind::Text, expression_length(rest))
        } else {
            match c {
                '{' => braces.push(false),
                '}' => drop(braces.pop()),
                _ => {}
            }
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
            (Kind::Sign, sign.map_or(c.len_utf8(), |sign| sign.len()))
        };
        tokens.push(Token { kind, text: &rest[..length], begins_line });
        begins_line = false;
        at += length;
    }
    tokens
}

fn length_of(rest: &str, is_part: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !is_part(c)).unwrap_or(rest.len())
}

fn number_length(rest: &str) -> usize {
    let length = length_of(rest, |c| c.is_alphanumeric() || c == '.' || c == '_');
    let has_exponent = rest[..length].ends_with(['e', 'E']) && !rest.starts_with("0x");
    match rest[length..].chars().next() {
        Some('+' | '-') if has_exponent => {
            length + 1 + length_of(&rest[length + 1..], |c| c.is_ascii_digit())
        }
        _ => length,
    }
}

/// The length of a string.
fn quoted_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

/// The length of a template up to its end, or up to the next expression in it.
fn template_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if !escaped && c == '`' {
            return at + 1;
        }
        if !escaped && rest[at..].starts_with("${") {
            return at + 2;
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

/// The length of a regular expression with its flags.
fn expression_length(rest: &str) -> usize {
    let (mut escaped, mut in_class) = (false, false);
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '/' if !escaped && !in_class => return at + 1 + length_of(&rest[at + 1..], char::is_alphabetic),
            '[' if !escaped => in_class = true,
            ']' if !escaped => in_class = false,
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    rest.len()
}

/// What each token is, if it is a word, and in which unit it stands: from 1, and 0 outside of all.
fn analyze(tokens: &[Token<'_>]) -> (Vec<Role>, Vec<usize>) {
    let mut frames: Vec<Frame> = Vec::new();
    let mut opens_class = false;
    let (mut roles, mut units) = (Vec::with_capacity(tokens.len()), Vec::with_capacity(tokens.len()));
    // How many units there are, and how many brackets are open around the current one.
    let (mut count, mut depth) = (0, None);
    for (at, token) in tokens.iter().enumerate() {
        let earlier = |back: usize| at.checked_sub(back).map(|place| &tokens[place]);
        let before = earlier(1);
        let mut role_here = Role::Fixed;
        match (token.kind, token.text) {
            (Kind::Word, text) => {
                opens_class |= text == "class" && before.is_none_or(|before| before.text != ".");
                role_here = role(token, before, tokens.get(at + 1), frames.last().copied());
            }
            (Kind::Number, _) => {}
            (Kind::Text, text) => {
                if text.starts_with('}') {
                    frames.pop();
                }
                if text.ends_with("${") && text.starts_with(['`', '}']) {
                    frames.push(Frame::Template);
                }
            }
            (_, "{") if std::mem::take(&mut opens_class) => frames.push(Frame::Class),
            (_, "{") => frames.push(if opens_object(before) { Frame::Object } else { Frame::Block }),
            (_, text @ ("(" | "[")) => {
                let is_function = earlier(2).is_some_and(|word| matches!(word.text, "function" | "*"));
                let is_unit = frames.is_empty() && is_function || frames == [Frame::Class];
                if text == "(" && depth.is_none() && is_unit {
                    count += 1;
                    depth = Some(frames.len());
                }
                frames.push(Frame::Other);
            }
            (_, "}" | ")" | "]") => drop(frames.pop()),
            _ => {}
        }
        roles.push(role_here);
        units.push(if depth.is_some() { count } else { 0 });
        if token.text == "}" && depth == Some(frames.len()) {
            depth = None;
        }
    }
    (roles, units)
}

/// Whether a brace behind a token opens an object or a pattern.
fn opens_object(before: Option<&Token<'_>>) -> bool {
    before.is_some_and(|token| match token.kind {
        Kind::Word => is_in("return const let var in of typeof await yield", token.text),
        Kind::Number => false,
        Kind::Text => token.text.ends_with("${"),
        Kind::Sign => !matches!(token.text, ")" | "]" | "}" | "{" | ";" | "=>"),
    })
}

fn role(
    token: &Token<'_>,
    before: Option<&Token<'_>>,
    next: Option<&Token<'_>>,
    frame: Option<Frame>,
) -> Role {
    let (before, next) = (before.map_or("", |token| token.text), next.map_or("", |token| token.text));
    if matches!(before, "." | "?.") {
        return Role::Fixed;
    }
    let is_behind_word = matches!(before, "async" | "get" | "set" | "static" | "*");
    match frame {
        Some(Frame::Object) if matches!(before, "{" | ",") || is_behind_word && next == "(" => match next {
            "," | "}" | "=" if !KEYWORDS.contains(token.text) => Role::Shorthand,
            _ => Role::Fixed,
        },
        Some(Frame::Class) if matches!(before, "{" | "}" | ";") || is_behind_word => Role::Fixed,
        _ if KEYWORDS.contains(token.text) || GLOBALS.contains(token.text) || token.text.starts_with('$') => {
            Role::Fixed
        }
        _ => Role::Variable,
    }
}

/// A short name for each variable, by unit: the shortest ones for those that are written most.
fn names<'a>(tokens: &[Token<'a>], roles: &[Role], units: &[usize]) -> BTreeMap<(usize, &'a str), String> {
    let variables = || tokens.iter().zip(roles).zip(units).filter(|((_, role), _)| **role != Role::Fixed);
    let outside: BTreeSet<&str> =
        variables().filter(|(_, unit)| **unit == 0).map(|((token, _), _)| token.text).collect();
    let declares = |pair: &&[Token<'a>]| matches!(pair[0].text, "const" | "let" | "class" | "function");
    let declared: BTreeSet<&str> = tokens.windows(2).filter(declares).map(|pair| pair[1].text).collect();
    let mut counts: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut kept: BTreeSet<&str> = BTreeSet::new();
    for ((token, _), unit) in variables() {
        let is_ours = !token.text.starts_with(char::is_uppercase) || declared.contains(token.text);
        if !is_ours || GLOBALS.contains(token.text) {
            kept.insert(token.text);
            continue;
        }
        let unit = if outside.contains(token.text) { 0 } else { *unit };
        *counts.entry(unit).or_default().entry(token.text).or_default() += 1;
    }
    let mut names = BTreeMap::new();
    for (unit, counts) in counts {
        let mut words: Vec<(&str, usize)> = counts.into_iter().collect();
        words.sort_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
        // Names of units begin with a small letter, others with a capital, so that they are never the same.
        let is_free = |name: &String| {
            !KEYWORDS.contains(name.as_str())
                && !GLOBALS.contains(name.as_str())
                && !kept.contains(name.as_str())
        };
        let free = (0..).map(|number| name(number, unit > 0)).filter(is_free);
        names.extend(words.into_iter().map(|(word, _)| (unit, word)).zip(free));
    }
    names
}

/// Names in the order of their length, which begin with a small letter or with a capital.
fn name(mut number: usize, is_small: bool) -> String {
    const LETTERS: &[u8] = b"etnairsolcdpufmhgvbyxwkjqzETNAIRSOLCDPUFMHGVBYXWKJQZ";
    let (first, rest) = (if is_small { &LETTERS[..26] } else { &LETTERS[26..] }, LETTERS);
    let mut name = String::from(char::from(first[number % first.len()]));
    number /= first.len();
    while number > 0 {
        name.push(char::from(rest[(number - 1) % rest.len()]));
        number = (number - 1) / rest.len();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_variables_are_shortened_and_those_of_properties_stay() {
        for (script, short) in [
            ("let count = 1; // one\n/* two */\ncount.count += count;\n", "let E=1;E.count+=E;\n"),
            (
                "const { a, b: c, d = 1 } = window.e, f = { a, b: c, d() {}, async g() {} };\n",
                "const{a:E,b:T,d:N=1}=window.e,A={a:E,b:T,d(){},async g(){}};\n",
            ),
            (
                "class Own extends Map {\n  constructor(size) { super(size); this.size = size; }\n  get all() { return [...this]; }\n}\nnew Own(1);\n",
                "class E extends Map{constructor(e){super(e);this.size=e;}\nget all(){return[...this];}}\nnew E(1);\n",
            ),
            (
                "function one(left, right) { return left - -right; }\nfunction two(right) { return one(right, `a${right}b${{ right }.right}`); }\n",
                "function E(e,t){return e- -t;}\nfunction T(e){return E(e,`a${e}b${{right:e}.right}`);}\n",
            ),
            (
                "const half = 1 / 2, sign = /[/\"]\\/x/u.test(half) ? \"it's // \\\" half\" : half;\n",
                "const E=1/2,T=/[/\"]\\/x/u.test(E)?\"it's // \\\" half\":E;\n",
            ),
            ("let first\nlet second = first\n++second\n", "let E\nlet T=E\n++T\n"),
            (
                "for (const entry of list) if (entry in list) typeof entry;\n",
                "for(const E of T)if(E in T)typeof E;\n",
            ),
        ] {
            assert_eq!(shorten(script), short);
        }
    }

    #[test]
    fn what_is_no_script_is_shortened_without_a_fault() {
        for broken in ["`${", "\"", "/[", "}}}", "`a${`", "function (", "class {", "1e", "\u{4e00}`\u{4e00}"]
        {
            shorten(broken);
        }
    }
}
