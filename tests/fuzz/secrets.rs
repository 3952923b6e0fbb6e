//! Slips of the hand: random bytes before, in and after the front matter of a
//! restricted chapter or of a folder's page, and in the settings, publish nothing.
//!
//! The project is built for an audience that may not see the secret, and every byte of
//! the site and of the messages is searched for it, packed files and escapes too.

use super::{seconds, text_of};
use flate2::read::GzDecoder;
use handbook::builder::{Build, Builder, Request};
use handbook::diagnostic::{Diagnostic, Level};
use handbook::locale::{Language, Message, Value};
use handbook::site::Output;
use handbook::source::{Source, Sources};
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

const SECRET: &str = "qzsecretzq";
const SETTINGS: &str = "title: T\nlanguage: en\naudiences:\n  everyone: Everyone\n  board: {name: Board, includes: [everyone]}\nchecks: {front-matter: off, unknown-audience: off}\n";
const PAGE: &str = "---\ntitle: Plans\nstatus: in_force\naudience: board\ntopics: [a, b]\n---\n\n";

/// What hands and programs put where it does not belong.
const SLIPS: &[&str] = &[
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    " ",
    "\t",
    "\u{FEFF}",
    "\u{200B}",
    "\u{3000}",
    "\u{A0}",
    "\u{2028}",
    "\u{85}",
    "\u{C}",
    "-",
    "--",
    "---",
    "---\n",
    "----\n",
    "－－－\n",
    "———\n",
    "...\n",
    "+++\n",
    "***\n",
    "```yaml\n",
    "```\n",
    "~~~\n",
    "<!-- x -->\n",
    "<!--",
    "-->",
    "<<<<<<< HEAD\n",
    "=======\n",
    ">>>>>>> x\n",
    "# A\n",
    "## B\n",
    "Text.\n",
    "note: x\n",
    "title: Other\n",
    "summary: |\n",
    "summary: >\n  ",
    "extra:\n  ",
    "x: [",
    "]",
    "{",
    "}",
    "\"",
    "'",
    ":",
    "：",
    ": ",
    "&a ",
    "*a",
    "!t ",
    "? ",
    "- ",
    "<<: ",
    "| ",
    "> ",
    "%",
    "@",
    "`",
    "\\",
    "a",
    "B",
    "ｅ",
    "е",
    "密",
    "。",
    "\u{202E}",
    "\u{1}",
    "\u{FFFD}",
    "/* */\n",
    "{% x %}\n",
    "[//]: # (x)\n",
    "<a name=x></a>\n",
    "import a\n",
];

/// A place in a text, at a character's boundary.
fn place(text: &str, at: u16) -> usize {
    let mut at = usize::from(at) % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// What one slip does to a text: puts something in, or loses a line.
fn slip(text: &mut String, (kind, at, words): &(u8, u16, Vec<u8>)) {
    let slips = text_of(&words[..words.len().min(4)], SLIPS);
    let at = match kind % 4 {
        0 => 0,
        1 => place(text, *at % 24),
        _ => place(text, *at),
    };
    if kind % 8 == 7 {
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1);
        if !text[start..end].contains("audience") && !text[start..end].contains(SECRET) {
            text.replace_range(start..end, "");
        }
        return;
    }
    text.insert_str(at, &slips);
}

/// Whether a person would still say that the page names its readers: a word torn apart
/// or put behind `#` is her own doing.
fn still_names_readers(text: &str) -> bool {
    let word = |line: &str| {
        let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"->#|`+*".contains(c));
        let rest = bare.strip_prefix("audience").map(|rest| rest.trim_start_matches([' ', '"', '\'']));
        // Indented it is code or a value, and longer it is a sentence.
        let sentence = line.contains(['|', '。', '.', '，', '?', '！']) || line.chars().nth(60).is_some();
        let plain = !line.starts_with(char::is_whitespace) && !sentence;
        let named = |rest: &str| rest.starts_with([':', '：', '=']) && rest.contains(char::is_alphanumeric);
        plain && rest.is_some_and(named)
    };
    let quoted =
        |line: &str| line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '#').starts_with('#');
    // Above text it is text: see `between_rules` for what is still withheld.
    let head: Vec<&str> = text.split(['\n', '\r']).collect();
    let at = head.iter().position(|line| word(line) && !quoted(line));
    // Code below anything else shows how front matter is written.
    let first = head.iter().position(|line| line.chars().any(|c| c.is_alphanumeric() || "`~".contains(c)));
    let shown = |at: usize| head[..at].iter().enumerate().any(|(at, line)| is_code(line) && first < Some(at));
    at.is_some_and(|at| {
        let text_between = is_cut_off(&head[..at]) || head[..at].iter().any(|line| is_prose(line));
        !text_between && !shown(at)
    })
}

/// Whether front matter with a key ends above, and something that is none follows it:
/// then the rest is text, as the example in a guide is.
fn is_cut_off(above: &[&str]) -> bool {
    let fence = |line: &&str| {
        let bare = line.trim();
        bare.len() > 1 && bare.chars().all(|c| matches!(c, '-' | '.' | '－' | '—'))
    };
    let Some(rest) = above.split_first().filter(|(first, _)| first.trim_end() == "---") else { return false };
    let Some(end) = rest.1.iter().position(fence) else { return false };
    let keyed = rest.1[..end].iter().any(|line| line.contains(':') || line.contains('：'));
    let keyed_line = |line: &str| line.starts_with(char::is_alphanumeric) && line.contains(':');
    let like = |line: &&str| {
        line.trim().is_empty() || keyed_line(line) || line.starts_with(['#', '<']) || fence(line)
    };
    keyed && !rest.1[end..].iter().all(like)
}

fn is_code(line: &str) -> bool {
    line.contains("```") || line.contains("~~~")
}

/// A line of text, which is no YAML and nothing that people put above front matter.
fn is_prose(line: &str) -> bool {
    line.contains("Text.") || line.contains("import") || line.contains('。')
}

fn unescaped(text: &str) -> [String; 2] {
    let entities = text.replace("&#x", "").replace("&#", "");
    [text.to_owned(), entities]
}

fn holds(bytes: &[u8]) -> bool {
    let mut packed = Vec::new();
    let bytes = match GzDecoder::new(bytes).read_to_end(&mut packed) {
        Ok(_) => &packed,
        Err(_) => bytes,
    };
    unescaped(&String::from_utf8_lossy(bytes)).iter().any(|text| text.contains(SECRET))
}

fn search(build: &Build, sources: &Sources, context: &str) {
    for address in build.site.addresses() {
        assert!(!address.contains(SECRET), "{address} in {context}");
        if let Some(Ok(Output::Bytes(bytes))) = build.site.render(address) {
            assert!(!holds(&bytes), "{address} tells the secret of {context}");
        }
    }
    for found in build.diagnostics.iter().filter(|found| found.level >= Level::Note) {
        let told: Vec<&Message> =
            [Some(&found.message), found.label.as_ref(), found.help.as_ref()].into_iter().flatten().collect();
        for message in told.into_iter().chain(found.related.iter().map(|one| &one.message)) {
            let text = Language::ENGLISH.text(message);
            assert!(
                !text.contains(SECRET) || quotes_its_line(message, found, sources),
                "{text} in {context}"
            );
        }
    }
}

/// Whether a message repeats no more than a name from the very line that is quoted below it.
fn quotes_its_line(message: &Message, found: &Diagnostic, sources: &Sources) -> bool {
    let text = found.path.as_deref().and_then(|path| sources.text(path));
    let Some((text, span)) = text.zip(found.span.clone()) else { return false };
    let start = text[..span.start].rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
    let line = text[start..].split(['\n', '\r']).next().unwrap_or("");
    let mut told = Vec::new();
    texts(message, &mut told);
    told.iter().filter(|text| text.contains(SECRET)).all(|text| line.contains(&**text))
}

/// Every text among a message's arguments.
fn texts(message: &Message, found: &mut Vec<Arc<str>>) {
    for (_, value) in message.arguments() {
        match value {
            Value::Text(text) => found.push(Arc::clone(text)),
            Value::List(list) => found.extend(list.iter().cloned()),
            Value::Message(inner) => texts(inner, found),
            Value::Lines(lines) => lines.iter().for_each(|line| texts(line, found)),
            Value::Number(_) | Value::Choices(_) => {}
        }
    }
}

type Slip = (u8, u16, Vec<u8>);

#[test]
fn secrets() {
    bolero::check!()
        .with_type::<(Vec<Slip>, Vec<Slip>, Slip)>()
        .with_test_time(seconds())
        .with_shrink_time(Duration::from_secs(2))
        .for_each(|(own, folder, settings): &(Vec<Slip>, Vec<Slip>, Slip)| {
            let body = format!("# Plans\n\n{SECRET} and more.\n");
            let mut chapter = format!("{PAGE}{body}");
            own.iter().take(1).for_each(|one| slip(&mut chapter, one));
            let mut page = format!("{PAGE}Folder.\n");
            folder.iter().take(1).for_each(|one| slip(&mut page, one));
            let mut config = SETTINGS.to_owned();
            if settings.0 % 8 == 0 {
                slip(&mut config, settings);
            }
            if !chapter.contains(SECRET) {
                return;
            }
            let mut sources = Sources::default();
            let mut add = |name: &str, text: &str| {
                sources.chapters.push(Source::new(format!("content/{name}"), name, text));
            };
            // A file that begins with a byte order mark is read without it.
            let read = |text: &str| text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned();
            if still_names_readers(&chapter) {
                add("a.md", &read(&chapter));
            }
            add("index.md", "# Home\n\n[x](a.md) [[Plans]] 《Plans》 [y](f/b.md)\n");
            if still_names_readers(&page) {
                add("f/b.md", &body);
                add("f/index.md", &read(&page));
            }
            sources.chapters.sort_by(|a, b| a.name.cmp(&b.name));
            sources.config = Some(Source::new("handbook.yaml", "handbook.yaml", config.as_str()));
            let mut request = Request::new("2026-11-24".parse().expect("a date"));
            request.audience = Some("everyone".to_owned());
            let build = Builder::new().build(&sources, &request);
            search(&build, &sources, &format!("{chapter:?}, {page:?}, {config:?}"));
        });
}
