//! Why words of a source may be missing on its page: each reason has a name and a test
//! of its own. What none of them explains is lost.

use super::book::Chapter;
use super::missing::Missing;
use super::page::{Page, decoded};
use super::word::{Part, words};

/// A reason.
pub(crate) struct Reason {
    pub(crate) name: &'static str,
    holds: fn(&Missing, &Chapter, &Page) -> bool,
}

/// The reasons, narrow ones first.
pub(crate) const REASONS: [Reason; 26] = [
    Reason { name: "front matter", holds: |missing, _, _| missing.part == Part::FrontMatter },
    Reason { name: "front matter without its first line, and told", holds: unopened },
    Reason { name: "comments of HTML", holds: |missing, _, _| missing.part == Part::Comment },
    Reason { name: "script and style, and told", holds: script },
    Reason { name: "definitions of links", holds: definition },
    Reason { name: "attributes of a heading, whose id the page has", holds: attributes },
    Reason { name: "attributes in braces", holds: list },
    Reason { name: "tags that are none of HTML, and told", holds: tag },
    Reason { name: "the colon of a definition", holds: colon },
    Reason { name: "brackets and kind of an alert", holds: alert },
    Reason { name: "signs and type of a box or tab", holds: fence },
    Reason { name: "signs and type of a box or tab that another tool's call makes", holds: box_call },
    Reason { name: "signs of marked text", holds: mark },
    Reason { name: "terms, which the glossary sorts", holds: term },
    Reason { name: "addresses, which end before Chinese", holds: address },
    Reason { name: "addresses that may run scripts, and told", holds: refused },
    Reason { name: "brackets and target of a wiki link", holds: wiki },
    Reason { name: "brackets and call of a link that another tool's call leads", holds: call },
    Reason { name: "brackets of a link with a footnote as its target", holds: brackets },
    Reason { name: "a first heading that is the title in other letters", holds: title },
    Reason { name: "a single tilde, which only GitHub reads", holds: tilde },
    Reason { name: "names of emoji and icons, whose signs stand there", holds: emoji },
    Reason { name: "signs that extensions of MkDocs read", holds: pymdown },
    Reason { name: "brackets of a link in an element that holds Markdown", holds: inside },
    Reason { name: "definitions of abbreviations, which MkDocs reads", holds: abbreviation },
    Reason { name: "cells beyond the columns of a table, and told", holds: excess },
];

/// The reason for which words are missing.
pub(crate) fn why(missing: &Missing, chapter: &Chapter, page: &Page) -> Option<&'static str> {
    REASONS.iter().find(|reason| (reason.holds)(missing, chapter, page)).map(|reason| reason.name)
}

/// Whether each of some words is among others, as often as it is there.
fn among<'a>(some: &[String], all: impl Iterator<Item = &'a str>) -> bool {
    let mut all: Vec<&str> = all.collect();
    some.iter().all(|word| match all.iter().position(|one| one == word) {
        Some(at) => {
            all.swap_remove(at);
            true
        }
        None => false,
    })
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    words(text).map(|(_, word)| word)
}

/// `title: x` and more before the only `---`.
fn unopened(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    let close = chapter.text.lines().position(|line| line.trim_end() == "---");
    missing.part == Part::Text
        && close.is_some_and(|close| 0 < close && missing.end <= close)
        && chapter.tells(&["front-matter"], 1, 1)
}

/// `{{<hint info>}}` and `{{</hint>}}`, which are read as a box; the words within are text.
fn box_call(missing: &Missing, _: &Chapter, _: &Page) -> bool {
    const KINDS: [&str; 8] = ["hint", "tabs", "tab", "info", "warning", "danger", "success", "tip"];
    let text = missing.text();
    missing.part == Part::Text
        && ["{{<", "{{%", ">}}", "%}}", "{%"].iter().any(|sign| text.contains(sign))
        && tokens(&text)
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .all(|word| KINDS.contains(&word))
}

fn script(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    // One note stands for all scripts of a chapter, at the first.
    missing.part == Part::Script && chapter.tells(&["raw-html"], 0, missing.end + 1)
}

/// `[name]: address`, or its address or title on the next line; text behind it is no definition.
fn definition(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    let is_definition = |line: usize| {
        let text = chapter.line(line).trim_start_matches(['>', ' ', '\t', '-', '*', '+']);
        let name = text.strip_prefix('[').filter(|name| !name.starts_with('^'));
        name.is_some_and(|name| name.contains("]:"))
    };
    let goes_on = |line: usize| {
        let (above, text) = (chapter.line(line - 1).trim_end(), chapter.line(line).trim());
        let is_title = text.starts_with(['"', '\'', '(']);
        is_definition(line - 1) && (is_title || above.ends_with("]:"))
    };
    missing.part == Part::NoBlock
        && (missing.line..=missing.end).all(|line| is_definition(line) || goes_on(line))
}

/// `# Heading {#id .class key=value}`
fn attributes(missing: &Missing, chapter: &Chapter, page: &Page) -> bool {
    let line = chapter.line(missing.line);
    let Some(open) = line.rfind('{').filter(|_| line.trim_start().starts_with('#')) else { return false };
    let inner = line[open + 1..].trim_end_matches([' ', '#', '\r']);
    let Some(inner) = inner.strip_suffix('}') else { return false };
    let mut ids = inner
        .split_whitespace()
        .filter_map(|one| one.strip_prefix('#').or_else(|| Some(one.strip_prefix("id=")?.trim_matches('"'))));
    missing.part == Part::Dialect && ids.all(|id| page.ids.contains(id))
}

/// `[words](address){: .button }`, and `{ .class key="value" }` alone on a line.
fn list(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    let around = missing.line.saturating_sub(1).max(1)..=missing.end + 1;
    let lines: Vec<&str> = around.map(|line| chapter.line(line)).collect();
    let lines = lines.join("\n");
    let is_list = |inner: &&str| {
        let inner = inner.trim_start_matches(':').trim_start();
        let first = inner.split_whitespace().next().unwrap_or_default();
        first.starts_with(['.', '#']) || first.contains('=')
    };
    let inner = lines.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    let hidden = inner.filter(is_list).flat_map(|inner| tokens(inner).chain(["{", "}"]));
    missing.part == Part::Text && among(&missing.words, hidden)
}

fn tag(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    missing.part == Part::ForeignTag
        && chapter.tells(&["raw-html", "foreign-markup"], missing.line, missing.end)
}

fn colon(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    let line = chapter.line(missing.line).trim_start_matches(['>', ' ']);
    missing.part == Part::Dialect && line.starts_with(": ")
}

/// `> [!kind]`, `> [!kind]+`
fn alert(missing: &Missing, _: &Chapter, _: &Page) -> bool {
    missing.part == Part::Dialect && missing.words.starts_with(&["[".to_owned(), "!".to_owned()])
}

/// `::: type Title` and `:::`, all but the title.
fn fence(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    let lines: Vec<&str> = (missing.line..=missing.end).map(|line| chapter.line(line).trim()).collect();
    let types: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.trim_start_matches([':', ' ']).split([' ', '[', '{']).next())
        .flat_map(words)
        .map(|(_, word)| word)
        .collect();
    let is_sign = |word: &String| !word.contains(char::is_alphanumeric);
    missing.part == Part::Text
        && lines.iter().all(|line| line.is_empty() || line.starts_with(":::"))
        && missing.words.iter().all(|word| is_sign(word) || types.contains(&word.as_str()))
}

fn mark(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    missing.words.iter().all(|word| word == "=") && chapter.line(missing.line).contains("==")
}

/// A definition, or a term with its short form: `Term（T）`, `别名：Term`.
fn term(missing: &Missing, _: &Chapter, page: &Page) -> bool {
    let parts = missing.words.split(|word| matches!(&**word, "（" | "）" | "："));
    let is_label = |part: &[String]| part.concat() == "别名";
    missing.part == Part::Text
        && !page.glossary.is_empty()
        && parts.filter(|part| !is_label(part)).all(|part| Page::holds(&page.glossary, part))
}

fn address(missing: &Missing, _: &Chapter, page: &Page) -> bool {
    missing.part == Part::Address
        && missing.words.iter().all(|address| {
            let end = address.find(|c: char| !c.is_ascii());
            end.is_some_and(|end| page.addresses.contains(&decoded(&address[..end])))
        })
}

fn refused(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    missing.part == Part::Address && chapter.tells(&["refused-address"], missing.line, missing.end)
}

/// `[[target]]` and `[[target|words]]`
fn wiki(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    let line = chapter.line(missing.line);
    let links = line.match_indices("[[").filter_map(|(open, _)| {
        let inner = &line[open + 2..];
        Some(&inner[..inner.find("]]")?])
    });
    let hidden: Vec<String> = links
        .flat_map(|inner| {
            let target = inner.split_once('|').map_or("", |(target, _)| target);
            tokens(target).chain(["[", "[", "]", "]", "|"]).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    missing.line == missing.end && among(&missing.words, hidden.iter().map(String::as_str))
}

/// `[words]({{< relref "x.md" >}})`, whose words are a link on the page. The other parser takes
/// it for text, and underscores in the address for emphasis, so that it is letters that are
/// compared.
fn call(missing: &Missing, chapter: &Chapter, page: &Page) -> bool {
    let lines: Vec<&str> = (missing.line..=missing.end + 1).map(|line| chapter.line(line)).collect();
    let lines = lines.join("\n");
    let links = lines.match_indices("]({").filter_map(|(close, _)| {
        let open = lines[..close].rfind('[')?;
        let end = close + 2 + lines[close + 2..].find("})").map(|at| at + 2)?;
        let shown: Vec<String> = tokens(&lines[open + 1..close]).map(str::to_owned).collect();
        Page::holds(&page.text, &shown).then_some(&lines[open..end])
    });
    let letters = |text: &str| -> Vec<String> {
        let kept = text.chars().filter(|c| !c.is_whitespace() && *c != '_');
        kept.map(String::from).collect()
    };
    let hidden: Vec<String> = links.flat_map(letters).collect();
    let words = letters(missing.words.concat().trim_end_matches(['.', ',']));
    missing.part == Part::Text && among(&words, hidden.iter().map(String::as_str))
}

/// `[words][^1]`
fn brackets(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    missing.words.iter().all(|word| word == "[" || word == "]") && chapter.line(missing.line).contains("][^")
}

fn title(missing: &Missing, chapter: &Chapter, page: &Page) -> bool {
    let fold = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let line = chapter.line(missing.line);
    let first = chapter.text.lines().find(|line| line.starts_with("# "));
    first == Some(line) && !page.title.is_empty() && fold(line) == fold(&page.title)
}

/// `H~2~O`
fn tilde(missing: &Missing, chapter: &Chapter, page: &Page) -> bool {
    let [word] = &missing.words[..] else { return false };
    let line = chapter.line(missing.line);
    let with_tildes = line.split_whitespace().find(|one| one.contains('~') && one.replace('~', "") == *word);
    with_tildes.is_some_and(|one| {
        let one: Vec<String> = tokens(one).map(str::to_owned).collect();
        Page::holds(&page.text, &one)
    })
}

/// `:tada:`, `:octicons-search-24:`, with a list of attributes behind it too. Of two colons near each other it is
/// not certain which one is missing.
fn emoji(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    let around = missing.line.saturating_sub(30).max(1)..=missing.end + 30;
    let lines = around.map(|line| chapter.line(line)).collect::<Vec<_>>().join("\n");
    let names = lines.match_indices(':').filter_map(|(open, _)| {
        let rest = &lines[open + 1..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "_-+".contains(c)))?;
        (end > 0 && rest[end..].starts_with(':')).then(|| &lines[open..open + end + 2])
    });
    let lists = lines.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    let is_list = |list: &&str| {
        let first = list.trim_start_matches([':', ' ']).split_whitespace().next().unwrap_or_default();
        first.starts_with('.') || first.contains('=')
    };
    let lists = lists.filter(is_list);
    let hidden = names.flat_map(tokens).chain(lists.flat_map(|list| tokens(list).chain(["{", "}"])));
    missing.part == Part::Text && among(&missing.words, hidden)
}

/// `10^th^`, `^^new^^` and `++ctrl+k++`, whose keys have other names on the page.
fn pymdown(missing: &Missing, chapter: &Chapter, page: &Page) -> bool {
    let lines = (missing.line..=missing.end).map(|line| chapter.line(line)).collect::<Vec<_>>().join("\n");
    let keys = lines.split("++").skip(1).step_by(2).filter(|keys| !keys.contains([' ', '\n']));
    let signs = lines.matches(['^', '+', '=', '~']);
    let raised: String = missing.words.concat().replace(['^', '~'], "");
    let raised: Vec<String> = tokens(&raised).map(str::to_owned).collect();
    let is_raised = missing.words.iter().any(|word| word == "^" || word == "~");
    missing.part == Part::Text
        && (among(&missing.words, keys.flat_map(tokens).chain(signs))
            || is_raised && Page::holds(&page.text, &raised))
}

/// `<figcaption markdown>Our [roadmap]</figcaption>`, which is raw HTML to the witness, as is what
/// follows right below such an element: definitions of links, which the text then has.
fn inside(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    let mut around = missing.line.saturating_sub(5).max(1)..=missing.end;
    let is_definition = |line: usize| {
        let written = chapter.line(line).trim();
        written.starts_with('[') && written.contains("]:")
    };
    let is_below_element = |mut line: usize| {
        while line > 1 && is_definition(line) {
            line -= 1;
        }
        chapter.line(line).trim().starts_with("</")
    };
    let defines = |line: usize| is_definition(line) && is_below_element(line);
    let is_brackets = missing.words.iter().all(|word| matches!(word.as_str(), "[" | "]" | "]:" | ":"));
    missing.part == Part::Text
        && chapter.text.contains(" markdown")
        && (is_brackets
            && (around.any(|line| chapter.line(line).contains(" markdown"))
                || (1..=chapter.text.lines().count()).any(defines))
            || (missing.line..=missing.end).all(defines))
}

/// `*[HTML]: Hyper Text Markup Language`
fn abbreviation(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    let mut lines = (missing.line..=missing.end).map(|line| chapter.line(line).trim());
    missing.part == Part::Text && lines.all(|line| line.is_empty() || line.starts_with("*["))
}

fn excess(missing: &Missing, chapter: &Chapter, _: &Page) -> bool {
    missing.part == Part::ExcessCell && chapter.tells(&["table", "foreign-markup"], missing.line, missing.end)
}
