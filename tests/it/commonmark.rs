//! Rendering held against the examples of CommonMark 0.31.2 and GFM.
//!
//! The texts are under CC-BY-SA and not part of this project; they are read from
//! the test suite that pulldown-cmark's package carries, which Cargo has at hand
//! wherever this test can be built.

use handbook::markdown::{Document, Image, MarkdownOptions, RawHtml, Resolve, Target, render};
use scraper::{ElementRef, Html, Node};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// File of the package's suite, and the specification its examples are from.
const SPECS: [(&str, &str); 4] = [
    ("spec.rs", "CommonMark"),
    ("gfm_table.rs", "GFM tables"),
    ("gfm_strikethrough.rs", "GFM strikethrough"),
    ("gfm_tasklist.rs", "GFM task lists"),
];

/// CommonMark 0.31.2 has 652 examples; a parser of ours that loses some is broken.
const FEWEST: usize = 645;

struct Example {
    number: u32,
    markdown: String,
    html: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    spec: String,
    examples: Vec<u32>,
    reason: String,
}

/// Every link leads out and every image stays where it is, as in the specification.
struct AsWritten;

impl Resolve for AsWritten {
    fn link(&self, _destination: &str) -> Target {
        Target::External
    }

    fn image(&self, destination: &str) -> Image {
        Image::new(destination.to_owned(), None)
    }

    fn word(&self, key: &'static str) -> &str {
        key
    }
}

/// As the specifications have it: nothing of the dialect.
fn plain(markdown: &str) -> String {
    let mut options = MarkdownOptions::default();
    options.raw_html = RawHtml::Trust;
    options.extensions = false;
    shown(markdown, &options)
}

/// As chapters are shown unless `handbook.yaml` says otherwise.
fn dialect(markdown: &str) -> String {
    shown(markdown, &MarkdownOptions::default())
}

fn shown(markdown: &str, options: &MarkdownOptions) -> String {
    render(&Document::new(markdown, options), options, &AsWritten, false).html
}

/// The folder of pulldown-cmark as this project locks it.
fn suite() -> PathBuf {
    let cargo = |arguments: &[&str]| {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| env!("CARGO").to_owned());
        let output = Command::new(cargo).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output();
        let output = output.expect("cargo");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    // Other platforms' packages were never downloaded, and offline they cannot be.
    let version = String::from_utf8(cargo(&["-vV"])).expect("UTF-8");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host");
    let metadata =
        cargo(&["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host]);
    let metadata: serde_json::Value = serde_json::from_slice(&metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let package =
        packages.iter().find(|package| package["name"] == "pulldown-cmark").expect("pulldown-cmark");
    let manifest = Path::new(package["manifest_path"].as_str().expect("manifest_path"));
    manifest.parent().expect("a folder").join("tests/suite")
}

/// The value of `let name = r##"…"##;` and what follows it.
fn raw_string<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let start = format!("let {name} = r");
    let text = &text[text.find(&start)? + start.len()..];
    let hashes = &text[..text.find('"')?];
    let end = format!("\"{hashes};");
    text[hashes.len() + 1..].split_once(&end)
}

fn examples(source: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find("\nfn ") {
        let name = rest[at + 4..].split_once('(').expect("a function").0;
        let number = name.rsplit('_').next().and_then(|number| number.parse().ok()).expect("a number");
        let (markdown, after) = raw_string(&rest[at..], "original").expect("an original");
        let (html, after) = raw_string(after, "expected").expect("an expectation");
        found.push(Example { number, markdown: markdown.to_owned(), html: html.to_owned() });
        rest = after;
    }
    found
}

/// Blocks of HTML, around which white space means nothing (the list of the
/// specification's own `normalize.py`).
const BLOCKS: &[&str] = &[
    "article",
    "header",
    "aside",
    "hgroup",
    "blockquote",
    "hr",
    "iframe",
    "body",
    "li",
    "map",
    "button",
    "object",
    "canvas",
    "ol",
    "caption",
    "output",
    "col",
    "p",
    "colgroup",
    "pre",
    "dd",
    "progress",
    "div",
    "section",
    "dl",
    "table",
    "td",
    "dt",
    "tbody",
    "embed",
    "textarea",
    "fieldset",
    "tfoot",
    "figcaption",
    "th",
    "figure",
    "thead",
    "footer",
    "tr",
    "form",
    "ul",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "video",
    "script",
    "style",
];

/// HTML in one form whatever its white space between blocks, the order of its
/// attributes, its entities and its closing slashes.
fn canonical(html: &str) -> String {
    let fragment = Html::parse_fragment(html);
    let mut canonical = Canonical { out: String::new(), pre: 0, behind: Behind::Start };
    canonical.children(fragment.root_element());
    canonical.trim_end();
    canonical.out
}

#[derive(Clone, Copy, PartialEq)]
enum Behind {
    /// A block's tag: leading white space means nothing.
    Start,
    Break,
    Other,
}

struct Canonical {
    out: String,
    pre: usize,
    behind: Behind,
}

impl Canonical {
    fn trim_end(&mut self) {
        if self.pre == 0 {
            self.out.truncate(self.out.trim_end().len());
        }
    }

    fn children(&mut self, parent: ElementRef<'_>) {
        for child in parent.children() {
            match child.value() {
                Node::Text(text) => self.text(text),
                Node::Comment(comment) => {
                    self.out.push_str(&format!("<!--{}-->", &**comment));
                    self.behind = Behind::Other;
                }
                _ => {
                    if let Some(element) = ElementRef::wrap(child) {
                        self.element(element);
                    }
                }
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        let class = element.attr("class").unwrap_or_default();
        // What the dialect adds and no word of the text is in.
        if class == "anchor" {
            return;
        }
        if class.starts_with("hl-") || matches!(class, "table" | "table-scroll") {
            return self.children(element);
        }
        let block = BLOCKS.contains(&name);
        if block {
            self.trim_end();
        }
        self.tag(element);
        self.behind = match name {
            _ if block => Behind::Start,
            "br" => Behind::Break,
            _ => Behind::Other,
        };
        self.pre += usize::from(name == "pre");
        self.children(element);
        if block {
            self.trim_end();
        }
        self.pre -= usize::from(name == "pre");
        self.out.push_str(&format!("</{name}>"));
        if !matches!(name, "br" | "hr" | "img" | "input") {
            self.behind = if block { Behind::Start } else { Behind::Other };
        }
    }

    fn tag(&mut self, element: ElementRef<'_>) {
        let attributes: BTreeMap<&str, &str> = element.value().attrs().collect();
        self.out.push('<');
        self.out.push_str(element.value().name());
        let element = element.value().name();
        for (name, value) in attributes {
            // What the dialect adds and CommonMark leaves open; alignment is a class, since
            // no page has inline styles.
            let (name, value) = match (element, name) {
                ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", "id")
                | ("pre", "class" | "tabindex" | "data-language")
                | ("img", "loading" | "decoding")
                | ("input", "aria-label")
                | ("li", "class")
                | ("th", "scope") => continue,
                ("a", "class") if value == "external" => continue,
                ("a", "rel") if value == "noopener" => continue,
                ("th" | "td", "class") => ("align", value.trim_start_matches("align-")),
                kept => (kept.1, value),
            };
            self.out.push_str(&format!(" {name}={value:?}"));
        }
        self.out.push('>');
    }

    fn text(&mut self, text: &str) {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        if self.pre > 0 {
            self.out.push_str(&escaped);
            self.behind = Behind::Other;
            return;
        }
        let mut collapsed = String::with_capacity(escaped.len());
        for c in escaped.chars() {
            // HTML's white space only: a no-break space is text.
            let c = if c.is_ascii_whitespace() { ' ' } else { c };
            if c != ' ' || !collapsed.ends_with(' ') {
                collapsed.push(c);
            }
        }
        let text = match self.behind {
            Behind::Start => collapsed.trim_start_matches(' '),
            Behind::Break => {
                collapsed.strip_prefix(' ').filter(|_| text.starts_with('\n')).unwrap_or(&collapsed)
            }
            Behind::Other => &collapsed,
        };
        if !text.is_empty() {
            self.out.push_str(text);
            self.behind = Behind::Other;
        }
    }
}

/// The same but for closing slashes, entities and lines between tags: what is
/// left differs in more than spelling, and only the parser can tell how much.
fn nearly(html: &str) -> String {
    html.replace(" />", ">").replace("&#x27;", "'").replace(">\n<", "><")
}

/// FieldType all examples against what `show` makes of them; those that `file` lists, and
/// no others, must differ.
fn hold(file: &str, show: fn(&str) -> String, adapt: fn(String) -> String) {
    let file = format!("{}/tests/fixtures/{file}", env!("CARGO_MANIFEST_DIR"));
    let exceptions: Vec<Exception> =
        serde_yaml::from_str(&fs::read_to_string(&file).expect("the exceptions"))
            .expect("a list of exceptions");
    let mut expected = BTreeSet::new();
    for exception in &exceptions {
        assert!(!exception.reason.trim().is_empty(), "{} {:?}", exception.spec, exception.examples);
        for example in &exception.examples {
            let is_new = expected.insert((exception.spec.as_str(), *example));
            assert!(is_new, "{} {example} is listed twice", exception.spec);
        }
    }
    let suite = suite();
    let mut failed = BTreeSet::new();
    let mut report = String::new();
    for (file, spec) in SPECS {
        let path = suite.join(file);
        let source = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let examples = examples(&source);
        assert!(!examples.is_empty(), "no examples in {file}");
        assert!(spec != "CommonMark" || examples.len() >= FEWEST, "{} examples", examples.len());
        let (mut passed, mut close) = (0, 0);
        for example in &examples {
            // GFM has `align="…"` here; pulldown-cmark's copy of it has a style.
            let html = match file {
                "gfm_table.rs" => example
                    .html
                    .replace("style=\"text-align: center\"", "align=\"center\"")
                    .replace("style=\"text-align: right\"", "align=\"right\"")
                    .replace("style=\"text-align: left\"", "align=\"left\""),
                _ => example.html.clone(),
            };
            let html = adapt(html);
            let got = show(&example.markdown);
            close += usize::from(nearly(&got) == nearly(&html));
            if canonical(&got) == canonical(&html) {
                passed += 1;
                continue;
            }
            failed.insert((spec, example.number));
            if !expected.contains(&(spec, example.number)) {
                report.push_str(&format!(
                    "{spec} {}\n{}--- expected\n{html}--- got\n{got}\n",
                    example.number, example.markdown
                ));
            }
        }
        println!("{spec}: {passed}/{} ({close} to the letter)", examples.len());
    }
    assert!(report.is_empty(), "examples that fail and are not in {file}:\n{report}");
    let passing: Vec<_> = expected.difference(&failed).collect();
    assert!(passing.is_empty(), "listed in {file}, but they pass or do not exist: {passing:?}");
}

#[test]
fn the_examples_of_the_specifications_hold() {
    hold("commonmark-exceptions.yaml", plain, |html| html);
}

#[test]
fn the_dialect_differs_where_it_says() {
    // The page's title is its only heading of the first level.
    let below_the_title = |html: String| html.replace("<h1>", "<h2>").replace("</h1>", "</h2>");
    hold("commonmark-dialect.yaml", dialect, below_the_title);
}

#[test]
fn the_canonical_form_keeps_what_differs() {
    for (a, b) in [
        ("<p>a</p>", "a"),
        ("<p>a</p>", "<p>b</p>"),
        ("<p><em>a</em></p>", "<p><strong>a</strong></p>"),
        ("<a href=\"x\">a</a>", "<a href=\"y\">a</a>"),
        ("<a href=\"x\">a</a>", "<a href=\"x\" title=\"x\">a</a>"),
        ("<a href=\"a%20b\">a</a>", "<a href=\"a b\">a</a>"),
        ("<pre><code>a\n</code></pre>", "<pre><code>a</code></pre>"),
        ("<pre><code>a  b</code></pre>", "<pre><code>a b</code></pre>"),
        ("<p>a b</p>", "<p>ab</p>"),
        ("<p>a <em>b</em></p>", "<p>a<em>b</em></p>"),
        ("<p>a\u{a0}b</p>", "<p>a b</p>"),
        ("<p>&lt;b&gt;</p>", "<p><b></p>"),
        ("<p>&amp;lt;</p>", "<p>&lt;</p>"),
        ("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>"),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
        ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("<p>a<br>b</p>", "<p>a b</p>"),
        ("<p>a</p><!-- x -->", "<p>a</p>"),
        ("<input type=checkbox disabled>", "<input type=checkbox disabled checked>"),
    ] {
        assert_ne!(canonical(a), canonical(b));
    }
    for (a, b) in [
        ("<p>a</p>\n<p>b</p>\n", "<p>a</p><p>b</p>"),
        ("<li>\n<p>a</p>\n</li>", "<li><p>a</p></li>"),
        ("<img src='x' alt=\"y\" />", "<img alt=\"y\" src=\"x\">"),
        ("<p>a<br />\nb</p>", "<p>a<br>b</p>"),
        ("<p>&quot;a&quot; &#39;</p>", "<p>\"a\" '</p>"),
        ("<p>a\nb</p>", "<p>a b</p>"),
    ] {
        assert_eq!(canonical(a), canonical(b));
    }
}

#[test]
fn raw_strings_are_read() {
    let source =
        "#[test]\nfn a_test_7() {\n    let original = r##\"x\"#\n\"##;\n    let expected = r##\"\"##;\n}\n";
    let found = examples(source);
    assert_eq!((found.len(), found[0].number), (1, 7));
    assert_eq!((found[0].markdown.as_str(), found[0].html.as_str()), ("x\"#\n", ""));
}
