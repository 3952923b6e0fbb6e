//! The catalogues of all languages hold the same messages, and the code asks for no other.

use super::*;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Every message of a language, `name` or `name.attribute`, with the arguments it uses.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    let folder = FOLDERS.get_dir(language.tag()).expect("a folder of the language");
    for file in folder.files().filter(|file| file.path().extension().is_some_and(|kind| kind == "ftl")) {
        let name = file.path().display();
        let text = file.contents_utf8().expect("UTF-8");
        let resource = parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let id = message.id.name.to_owned();
            let patterns =
                message.attributes.iter().map(|item| (format!("{id}.{}", item.id.name), &item.value));
            for (id, pattern) in message.value.iter().map(|value| (id.clone(), value)).chain(patterns) {
                let mut arguments = BTreeSet::new();
                of_pattern(pattern, &mut arguments);
                assert!(all.insert(id.clone(), arguments).is_none(), "{name}: {id} stands twice");
            }
        }
    }
    all
}

fn of_pattern(pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => of_inline(inline, arguments),
            Expression::Select { selector, variants } => {
                of_inline(selector, arguments);
                variants.iter().for_each(|variant| of_pattern(&variant.value, arguments));
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, arguments: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            arguments.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inline) = &**expression {
                of_inline(inline, arguments);
            }
        }
        _ => {}
    }
}

/// Every `message!("id", name = …)` of the source, with the names of its arguments.
fn asked() -> Vec<(String, String, BTreeSet<String>)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    for entry in walkdir::WalkDir::new(source).into_iter().filter_map(Result::ok) {
        if entry.path().extension().is_none_or(|kind| kind != "rs")
            || entry.path().ends_with("locale/tests.rs")
        {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).expect("readable");
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .fold(String::new(), |all, line| all + line + "\n");
        for (start, call) in code.match_indices("message!(") {
            let inside = balanced(&code[start + call.len()..]);
            let Some(id) = inside.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next())
            else {
                continue;
            };
            let names = arguments(inside);
            all.push((entry.path().display().to_string(), id.to_owned(), names));
        }
    }
    assert!(all.len() > 20, "the messages of the source were not found");
    all
}

/// What stands before the bracket that closes.
fn balanced(text: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (1, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    text
}

/// The names before ` = ` behind each comma of the outermost level.
fn arguments(inside: &str) -> BTreeSet<String> {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    let mut parts = vec![String::new()];
    for c in inside.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("one").push(c);
    }
    parts.iter().skip(1).filter_map(|part| Some(part.split_once('=')?.0.trim().to_owned())).collect()
}

#[test]
fn every_language_has_every_message_with_the_same_arguments() {
    let english = messages(Language::ENGLISH);
    for language in Language::all() {
        let own = messages(language);
        let lacking: Vec<_> = english.keys().filter(|id| !own.contains_key(*id)).collect();
        let foreign: Vec<_> = own.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(
            lacking.is_empty() && foreign.is_empty(),
            "{language:?} lacks {lacking:?}, and has {foreign:?}"
        );
        for (id, arguments) in &own {
            assert_eq!(arguments, &english[id], "{language:?}: {id}");
        }
    }
}

#[test]
fn the_code_asks_for_messages_that_exist_with_their_arguments() {
    let english = messages(Language::ENGLISH);
    let mut wrong = Vec::new();
    for (file, id, given) in asked() {
        match english.get(&id) {
            None => wrong.push(format!("{file} asks for {id}, which no catalogue has")),
            Some(wanted) if *wanted != given => {
                wrong.push(format!("{file}: {id} takes {wanted:?}, not {given:?}"))
            }
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Fluent drops what indents a placeable, and does not count a line that begins with
/// one when it looks for what all lines have in common.
#[test]
fn indentation_is_written_as_text_where_fluent_would_drop_it() {
    let files = Language::all().into_iter().filter_map(|language| FOLDERS.get_dir(language.tag()));
    for file in
        files.flat_map(Dir::files).filter(|file| file.path().extension().is_some_and(|end| end == "ftl"))
    {
        let (mut first, mut depth): (Option<(&str, usize)>, isize) = (None, 0);
        for line in file.contents_utf8().expect("UTF-8").lines() {
            let text = line.trim_start();
            let indent = line.len() - text.len();
            if indent == 0 || text.starts_with('.') {
                (first, depth) = (None, 0);
            } else if depth == 0 && !text.is_empty() {
                let (begin, common) = *first.get_or_insert((text, indent));
                let lost = indent > common && (begin.starts_with('{') || text.starts_with('{'));
                assert!(!lost, "{}: write the spaces as {{\"  \"}}: {line}", file.path().display());
            }
            let count = |brace| isize::try_from(line.matches(brace).count()).expect("few");
            depth += count('{') - count('}');
        }
    }
}

#[test]
fn languages_are_found_by_tag_and_by_locale() {
    for tag in ["zh", "zh-CN", "ZH_TW", "zh_CN.UTF-8", "zh-Hant-HK"] {
        assert_eq!(Language::from_tag(tag), Some(Language::CHINESE), "{tag}");
    }
    assert_eq!(Language::from_tag("en_US.UTF-8"), Some(Language::ENGLISH));
    assert_eq!(Language::from_tag("C"), None);
    assert_eq!(Language::from_tag(""), None);
}

#[test]
fn lists_and_messages_within_messages_speak_the_same_language() {
    let names: Value = ["采购部", "财务部"].into_iter().collect();
    let nested = Message::new("lines").with("lines", vec![Message::new("level-error")]);
    assert_eq!(
        Language::CHINESE.text(&Message::new("lines").with("lines", names.clone())),
        "「采购部」、「财务部」"
    );
    assert_eq!(Language::ENGLISH.text(&Message::new("lines").with("lines", names)), "`采购部`, `财务部`");
    assert_eq!(Language::CHINESE.text(&nested), "错误");
}

/// Every message of a language with `X` for each argument, by id, without examples and
/// the page of the guide, which is Markdown of the guide's.
fn samples(language: Language) -> Vec<(String, String)> {
    let text = |(id, arguments): (String, BTreeSet<String>)| {
        let message = arguments
            .into_iter()
            .fold(Message::new(id.clone().leak()), |message, name| message.with(name.leak(), "X"));
        (id, language.text(&message))
    };
    let is_said = |entry: &(String, _)| !entry.0.ends_with(".example") && entry.0 != "rules-page";
    messages(language).into_iter().filter(is_said).map(text).collect()
}

/// A text without what stands between two marks, in place of which a space is left.
fn without(text: &str, open: char, close: char) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((_, behind)) = after.split_once(close) else { break };
        kept.push_str(before);
        kept.push_str(" · ");
        rest = behind;
    }
    kept + rest
}

/// Programs whose command lines stand in texts of every language.
const PROGRAMS: [&str; 13] = [
    "a2enmod",
    "a2ensite",
    "caddy",
    "export",
    "git",
    "handbook",
    "install",
    "nginx",
    "openssl",
    "podman",
    "sudo",
    "systemctl",
    "useradd",
];

/// Three English words and more that follow each other: a sentence, and no name or code.
fn english_words(text: &str) -> Option<String> {
    let is_word = |word: &&str| {
        let bare = word.trim_end_matches([',', '.', ';', ':', '?', '!']);
        bare != "X"
            && !PROGRAMS.contains(&bare)
            && !bare.is_empty()
            && bare.chars().all(|c| c.is_ascii_alphabetic() || c == '\'')
    };
    let is_command =
        |line: &&str| line.split_whitespace().next().is_some_and(|word| PROGRAMS.contains(&word));
    let prose = text.lines().filter(|line| !is_command(line)).collect::<Vec<_>>().join(" · ");
    let spaced = prose.replace(|c: char| !c.is_ascii(), " · ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    words.windows(3).find(|three| three.iter().all(is_word)).map(|three| three.join(" "))
}

#[test]
fn no_language_speaks_another() {
    for (id, text) in samples(Language::CHINESE) {
        let english = english_words(&without(&text, '「', '」'));
        assert_eq!(english, None, "{id}: {text}");
        assert!(!text.contains('`'), "{id}: a backtick in {text}");
    }
    for (id, text) in samples(Language::ENGLISH) {
        let bare = without(&without(&text, '`', '`'), '"', '"');
        assert!(!bare.contains(|c: char| matches!(c, '\u{3400}'..='\u{9FFF}')), "{id}: {text}");
    }
    assert_eq!(english_words("请用 did you mean 这样").as_deref(), Some("did you mean"));
    assert_eq!(english_words("请写 status: 现行，用 --lang en 选择 systemctl reload nginx"), None);
}
