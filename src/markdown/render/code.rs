//! Blocks of code, with the title and the marked lines that other tools write behind the
//! language: `title="a.rs"` (Docusaurus, MkDocs), `{filename="a.rs"}` (Hextra), `{1,3-4}`
//! (Docusaurus, VitePress), `hl_lines="2 3"` (MkDocs, Hugo).

#[cfg(feature = "highlight")]
use super::super::highlight;
use super::super::{container, escape};
use super::{NodeId, Writer};
use std::ops::RangeInclusive;

/// Ranges of marked lines that are looked at.
const MOST_RANGES: usize = 200;

impl Writer<'_, '_> {
    pub(super) fn code(&mut self, id: NodeId, info: &str) {
        self.line();
        let tree = &self.document.tree;
        let language = language(info);
        let code: String = tree.inside(id).filter_map(|line| tree.words(line)).collect();
        if self.options.extensions && self.is_figure(info, &code) {
            return;
        }
        let title = title(info).filter(|title| self.options.extensions && !title.trim().is_empty());
        if let Some(title) = title {
            self.out.push_str("<figure class=\"listing\"><figcaption>");
            escape::text(&mut self.out, title.trim());
            self.out.push_str("</figcaption>\n");
        }
        self.out.push_str("<pre");
        if self.options.extensions {
            self.out.push_str(" class=\"code\" tabindex=\"0\"");
            if !language.is_empty() {
                self.out.push_str(" data-language=\"");
                escape::text(&mut self.out, language);
                self.out.push('"');
            }
        }
        self.out.push_str("><code");
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape::text(&mut self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
        let html = self.highlighted(language, &code).unwrap_or_else(|| {
            let mut html = String::with_capacity(code.len());
            escape::text(&mut html, &code);
            html
        });
        match looks(info).as_slice() {
            marked if self.options.extensions && !marked.is_empty() => {
                self.out.push_str(&mark(&html, marked))
            }
            _ => self.out.push_str(&html),
        }
        self.out.push_str("</code></pre>\n");
        if title.is_some() {
            self.out.push_str("</figure>\n");
        }
    }

    /// Code with its words in classes, where they are wanted and the language is known.
    #[cfg(feature = "highlight")]
    fn highlighted(&self, language: &str, code: &str) -> Option<String> {
        self.options.extensions.then(|| highlight::html(language, code, &self.options.cache)).flatten()
    }

    #[cfg(not(feature = "highlight"))]
    #[expect(clippy::unused_self, reason = "as where the feature is on")]
    fn highlighted(&self, _language: &str, _code: &str) -> Option<String> {
        None
    }
}

/// The language that a block of code names first. VitePress writes options behind a colon
/// (`ts:line-numbers`), Pandoc a dot before it (`{.python}`).
fn language(info: &str) -> &str {
    let info = info.strip_prefix("{.").unwrap_or(info);
    let word = info.split([' ', ',', '{', '}']).next().unwrap_or("");
    let word = word
        .split_once(":line-numbers")
        .or_else(|| word.split_once(":no-line-numbers"))
        .map_or(word, |(word, _)| word);
    // `title="…"` and the like may stand without a language.
    if word.contains('=') { "" } else { word }
}

/// The title of a block of code.
fn title(info: &str) -> Option<&str> {
    ["title", "filename", "file"].iter().find_map(|name| quoted(info, name))
}

/// The value of an attribute that stands in quotes.
fn quoted<'a>(info: &'a str, name: &str) -> Option<&'a str> {
    let place = container::attribute(info, 0..info.len(), name)?;
    info[..place.start].ends_with(['"', '\'']).then(|| &info[place])
}

/// An element, and the lines that it is around, counted from 1.
type Look = (&'static str, Vec<RangeInclusive<usize>>);

/// How a block of code has some of its lines shown: added, removed (`ins={2}`, `del={3}`) or
/// marked.
fn looks(info: &str) -> Vec<Look> {
    let named = |sign: &str| info.split_once(sign).and_then(|(_, rest)| rest.split_once('}'));
    let edited = |sign: &str| named(sign).map_or_else(Vec::new, |(inside, _)| ranges(inside));
    let all = [("ins", edited("ins={")), ("del", edited("del={")), ("mark", marked_lines(info))];
    all.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

/// The lines that a block of code marks, counted from 1.
fn marked_lines(info: &str) -> Vec<RangeInclusive<usize>> {
    let braces = || {
        let own = info
            .match_indices('{')
            .filter(|(at, _)| !["ins=", "del="].iter().any(|sign| info[..*at].ends_with(sign)));
        let mut inside = own.filter_map(|(at, _)| info[at + 1..].split_once('}')).map(|(inside, _)| inside);
        inside.find(|inside| {
            inside.starts_with(|c: char| c.is_ascii_digit())
                && inside.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | ' '))
        })
    };
    let named = || {
        let rest = &info[info.find("hl_lines=")? + "hl_lines=".len()..];
        let close = match rest.chars().next()? {
            '[' => ']',
            quote @ ('"' | '\'') => quote,
            _ => return Some(rest.split([' ', ',', '}']).next().unwrap_or("")),
        };
        rest[1..].split(close).next()
    };
    ranges(braces().or_else(named).unwrap_or(""))
}

/// Ranges of lines: `1,3-4`.
fn ranges(written: &str) -> Vec<RangeInclusive<usize>> {
    let numbers = |part: &str| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        Some(from.trim().parse().ok()?..=to.trim().parse().ok()?)
    };
    let parts = written.split([',', ' ']).map(|part| part.trim_matches(['"', '\'']));
    parts.filter_map(numbers).take(MOST_RANGES).collect()
}

/// The HTML of code with some of its lines marked. A piece that goes on over a line's end is
/// ended there and begun again.
fn mark(html: &str, looks: &[Look]) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut open = "";
    for (number, line) in html.split_inclusive('\n').enumerate() {
        let is_in = |lines: &RangeInclusive<usize>| lines.contains(&(number + 1));
        let look = looks.iter().find(|(_, lines)| lines.iter().any(is_in)).map(|(element, _)| *element);
        let (words, end) = line.strip_suffix('\n').map_or((line, ""), |words| (words, "\n"));
        let before = open;
        // Of tags there are only those of pieces, one at a time.
        for tag in words.split('<').skip(1) {
            let tag = tag.split_inclusive('>').next().unwrap_or("");
            open = if tag.starts_with('/') { "" } else { tag };
        }
        let Some(element) = look else {
            out.push_str(line);
            continue;
        };
        let begin = |out: &mut String, tag: &str| {
            if !tag.is_empty() {
                out.push('<');
                out.push_str(tag);
            }
        };
        let close = |tag: &str| if tag.is_empty() { "" } else { "</span>" };
        out.push_str(close(before));
        out.push_str(&format!("<{element} class=\"line\">"));
        begin(&mut out, before);
        out.push_str(words);
        out.push_str(close(open));
        out.push_str(&format!("</{element}>"));
        begin(&mut out, open);
        out.push_str(end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{language, looks, mark, marked_lines, title};

    #[test]
    fn what_stands_behind_the_language_is_read() {
        for (info, named, titled, lines) in [
            ("rust", "rust", None, vec![]),
            (
                "jsx title=\"src/a b.js\" {1,3-4} showLineNumbers",
                "jsx",
                Some("src/a b.js"),
                vec![1..=1, 3..=4],
            ),
            ("py title='甲' hl_lines=\"2 3-5\"", "py", Some("甲"), vec![2..=2, 3..=5]),
            (
                "go {linenos=table,hl_lines=[2,\"4-5\"],filename=\"main.go\"}",
                "go",
                Some("main.go"),
                vec![2..=2, 4..=5],
            ),
            ("yaml {filename=\"a.yaml\"}", "yaml", Some("a.yaml"), vec![]),
            ("ts:line-numbers=2 {1}", "ts", None, vec![1..=1]),
            ("js{2}", "js", None, vec![2..=2]),
            ("js ins={1} {2}", "js", None, vec![2..=2]),
            ("{.python title=\"x\"}", "python", Some("x"), vec![]),
            ("title=\"x\"", "", Some("x"), vec![]),
            ("js {a} title=x subtitle=\"y\"", "js", None, vec![]),
            ("", "", None, vec![]),
            ("a{1-} {99999999999999999999}", "a", None, vec![]),
        ] {
            assert_eq!((language(info), title(info), marked_lines(info)), (named, titled, lines), "{info}");
        }
    }

    #[test]
    fn a_marked_line_holds_its_pieces_whole() {
        let html = "a <span class=\"b\">c\nd\ne</span> f\ng";
        assert_eq!(
            mark(html, &[("mark", vec![2..=2, 9..=9])]),
            "a <span class=\"b\">c\n</span><mark class=\"line\"><span class=\"b\">d</span></mark><span class=\"b\">\ne</span> f\ng"
        );
        assert_eq!(
            mark("a\nb\n", &looks("js del={1} ins={2} {3}")),
            "<del class=\"line\">a</del>\n<ins class=\"line\">b</ins>\n"
        );
        assert_eq!(mark("", &[("mark", vec![1..=1])]), "");
    }
}
