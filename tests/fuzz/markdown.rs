//! Markdown and raw HTML: places are places, pages are bounded, nothing runs.

use super::{seconds, text_of};
use handbook::markdown::{self, Dialect, Document, Image, MarkdownOptions, Resolve, Target, Visibility};
use scraper::{Html, Selector};
use std::ops::Range;

/// All that MkDocs may read besides.
const EXTENSIONS: &str = "- abbr\n- pymdownx.caret\n- pymdownx.tilde\n- pymdownx.keys\n- pymdownx.critic\n- pymdownx.emoji\n- pymdownx.blocks.tab\n- pymdownx.snippets\n";

const WORDS: &[&str] = &[
    "{ref}`a`",
    "(a)=\n",
    "```{list-table}\n* - a\n  - b\n",
    "```{figure} a\n---\nname: b\n---\n",
    ":::{note}\n",
    "{% raw %}",
    "{% endraw %}",
    "--8<-- \"a\"\n",
    "export const a = {\n",
    "a\tb\n",
    "# ",
    "## ",
    "\n",
    "\n\n",
    "\n---\n",
    "\n===\n",
    "> ",
    ">",
    "- ",
    "* ",
    "1. ",
    "    ",
    "\t",
    "  ",
    "`",
    "```",
    "~~~",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "[[",
    "]]",
    "![[",
    "[^1]",
    "\n[^1]: ",
    "[a]",
    "\n[a]: ",
    "javascript:",
    "data:",
    "java\tscript:",
    "https://a.b/",
    "mailto:a@b",
    "www.a.b",
    "//c.d",
    "x.md",
    "#",
    "?",
    "%",
    "%2e",
    "&",
    "&#9;",
    "&Tab;",
    "&colon;",
    "&lt;",
    "<",
    ">",
    "</",
    "/>",
    "<!--",
    "-->",
    "<?",
    "<![CDATA[",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<select>",
    "<textarea>",
    "<title>",
    "<svg>",
    "<math>",
    "<style>",
    "<script>",
    "</script>",
    "<a href=",
    "<img src=",
    "<iframe srcdoc=",
    " onerror=",
    " onclick=",
    " style=",
    "\"",
    "'",
    "=",
    "|",
    "| a | b |\n| - | - |\n",
    "\\",
    "{#x}",
    "{.y onclick=z}",
    "\n: ",
    "[!NOTE]",
    "[ ] ",
    "第一条 ",
    "第二款",
    "（一）",
    "《甲》",
    "字",
    "。",
    "😀",
    "e\u{301}",
    "^",
    "~",
    "++",
    "{++",
    "++}",
    "{~~",
    "~>",
    "~~}",
    "\n*[字]: ",
    "\n/// note | ",
    "\n/// tab | 字\n    open: true\n",
    "\n///\n",
    "\n```admonish tip \"",
    "<Card title=\"字\" href=\"x.md\" />",
    "<Card title=\"",
    "</Card>",
    "<p style={{",
    "}}",
    "{{< card title=\"字\" >}}",
    "{{< filetree/file name=\"",
    " >}}",
    ":tada:",
    ":material-x:",
    "\u{202E}",
    "\u{FFFD}",
    "\u{2028}",
    "{{ x }}",
    "{% y %}",
    "\u{1}",
    "\r\n",
    "rust\n",
    "fn main() {}",
    "math$x$",
];

struct Answer;

impl Resolve for Answer {
    fn link(&self, destination: &str) -> Target {
        if destination.contains(':') { Target::External } else { Target::Address("b.html".to_owned()) }
    }
    fn image(&self, destination: &str) -> Image {
        Image::new(destination.to_owned(), None)
    }
    fn word(&self, key: &'static str) -> &str {
        key
    }
}

#[test]
fn markdown() {
    bolero::check!().with_type::<Vec<u8>>().with_test_time(seconds()).for_each(|bytes: &Vec<u8>| {
        let text = text_of(bytes, WORDS);
        let mut options = MarkdownOptions::default();
        read(&text, &options);
        options.dialect = Dialect::of_mkdocs(EXTENSIONS).and(Dialect::of_mdx());
        options.dialect = options.dialect.and(Dialect::of_settings("myst.yml", ""));
        options.dialect = options.dialect.and(Dialect::of_settings("_config.yml", ""));
        read(&text, &options);
    });
}

/// A text, read as one that is written for no other tool, and as one for all of them.
fn read(text: &str, options: &MarkdownOptions) {
    let document = Document::new(text, options);
    for span in document
        .headings
        .iter()
        .map(|heading| heading.span.clone())
        .chain(document.links.iter().map(|link| link.span.clone()))
        .chain(document.images.iter().map(|image| image.span.clone()))
        .chain(document.clauses.iter().map(markdown::Clause::span))
        .chain(document.unsafe_html.iter().map(|(span, _)| span.clone()))
    {
        assert!(text.get(span.clone()).is_some(), "{span:?} of {text:?}");
    }
    let html = markdown::render(&document, options, &Answer, false).html;
    assert!(html.len() <= 4_000 + text.len() * 120, "{} of {text:?}", html.len());
    nothing_runs(&html, text);
    let pieces = markdown::pieces(&document, false);
    assert!(pieces.iter().all(|piece| !piece.text.is_empty()), "{text:?}");
    let links = document.links.iter().map(|link| link.span.clone());
    for span in links.chain(document.mentions.iter().map(|mention| mention.span.clone())) {
        let _ = (document.sentence(&span), document.excerpt(span.start..text.len(), 40));
    }
    veiled(text, options);
    for part in document.headings.iter().map(|heading| heading.span.start..text.len()) {
        let _ = markdown::render_part(&document, options, &Answer, part);
    }
}

/// Hides every other destination, and addresses in the text.
struct Blind;

impl Visibility for Blind {
    fn hides(&self, destination: &str, wiki: bool) -> bool {
        destination.len().is_multiple_of(2) != wiki
    }
    fn names(&self, words: &str) -> bool {
        words.len() % 3 == 1
    }
    fn bracketed(&self, text: &str) -> Vec<Range<usize>> {
        text.match_indices("[[").map(|(at, mark)| at..at + mark.len()).collect()
    }
    fn addresses(&self, text: &str) -> Vec<Range<usize>> {
        text.match_indices("http").map(|(at, scheme)| at..at + scheme.len()).collect()
    }
    fn word(&self) -> &str {
        "另"
    }
}

/// A text behind a veil is one like any other.
fn veiled(text: &str, options: &MarkdownOptions) {
    let document = Document::new(text, options);
    let Some(document) = document.redacted(options, &Blind) else { return };
    assert!(document.links.iter().all(|link| !link.dest.contains('\0')), "{text:?}");
    for span in document.links.iter().map(|link| link.span.clone()).chain(document.running_text()) {
        assert!(text.get(span.clone()).is_some(), "{span:?} of {text:?}");
        let _ = document.sentence(&span);
    }
    let html = markdown::render(&document, options, &Answer, false).html;
    assert!(!html.contains('\0'), "{text:?}");
    nothing_runs(&html, text);
    let _ = (markdown::pieces(&document, true), markdown::shown_addresses(&html));
}

fn nothing_runs(html: &str, text: &str) {
    let page = Html::parse_fragment(html);
    for element in page.select(&Selector::parse("*").expect("a selector")) {
        let name = element.value().name();
        let bad = ["script", "style", "iframe", "object", "embed", "svg", "form", "base", "meta", "link"];
        // A formula of ours says its TeX; an author's own `math` is cleaned away.
        let is_foreign = name == "math" && element.attr("alttext").is_none();
        assert!(!bad.contains(&name) && !is_foreign, "<{name}> of {text:?}");
        for (attribute, value) in element.value().attrs() {
            assert!(!attribute.starts_with("on") && attribute != "style", "{attribute} of {text:?}");
            if matches!(attribute, "href" | "src") {
                // What a browser leaves out of an address (WHATWG URL, 4.4); U+2028 it keeps.
                let bare = value.trim_start_matches(|c: char| c <= ' ').replace(['\t', '\n', '\r'], "");
                let bare = bare.to_ascii_lowercase();
                let runs =
                    ["javascript:", "data:", "vbscript:"].iter().any(|scheme| bare.starts_with(scheme));
                assert!(!runs, "{value} of {text:?}");
            }
        }
    }
}
