//! Links never change what a reader reads: a chapter whose references became
//! links shows the same text as one whose references did not.

use super::{seconds, text_of, visible};
use handbook::builder::{Builder, Request};
use handbook::markdown::{self, Document, Image, MarkdownOptions, Resolve, Target};
use handbook::source::{Source, Sources};
use scraper::{ElementRef, Html, Selector};

const WORDS: &[&str] = &[
    "《",
    "》",
    "〈",
    "〉",
    "甲",
    "乙制度",
    "本制度",
    "第",
    "一",
    "二",
    "三",
    "十",
    "五",
    "条",
    "款",
    "项",
    "章",
    "节",
    "编",
    "之",
    "（",
    "）",
    "(",
    ")",
    "前",
    "两",
    "附件",
    "附录A",
    "、",
    "至",
    "和",
    "，",
    "。",
    "：",
    "\n",
    "\n\n",
    " ",
    "　",
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "|",
    "| a |\n| --- |\n| ",
    "**",
    "*",
    "`",
    "[",
    "](",
    "b.md)",
    "[[",
    "]]",
    "![[",
    "#",
    "第一条 ",
    "\n\n第二条 ",
    "\n\n（一）",
    "刑法",
    "以下简称",
    "Section 4.2",
    "§4.2",
    "## 4.2 x\n\n",
    "https://x.y",
    "&amp;",
    "\\",
    "😀",
    "\u{301}",
    "A-1",
    "SLA",
    "依照",
    "規定",
    "第三條",
    "[^1]",
    "\n\n[^1]: 注\n\n",
];

struct Answer(bool);

impl Resolve for Answer {
    fn link(&self, _: &str) -> Target {
        Target::Address("b.html".to_owned())
    }
    fn image(&self, _: &str) -> Image {
        Image::default()
    }
    fn mention(&self, _: usize) -> Option<String> {
        self.0.then(|| "b.html#第一条".to_owned())
    }
    fn word(&self, key: &'static str) -> &str {
        key
    }
}

fn rendered(text: &str, linked: bool) -> String {
    let options = MarkdownOptions::default();
    markdown::render(&Document::new(text, &options), &options, &Answer(linked), false).html
}

/// The same without links, and without a first heading that repeats the title, which
/// stands above the text.
fn without_title(text: &str, title: &str) -> String {
    let options = MarkdownOptions::default();
    let document = Document::new(text, &options);
    let repeats =
        document.headings.first().is_some_and(|heading| heading.level == 1 && heading.text.trim() == title);
    markdown::render(&document, &options, &Answer(false), repeats).html
}

#[test]
fn links() {
    bolero::check!().with_type::<Vec<u8>>().with_test_time(seconds()).for_each(|bytes: &Vec<u8>| {
        let text = text_of(bytes, WORDS);
        assert_eq!(visible(&rendered(&text, true)), visible(&rendered(&text, false)), "{text:?}");
        mentions_are_places_in_order(&text);
    });
}

fn mentions_are_places_in_order(text: &str) {
    let document = Document::new(text, &MarkdownOptions::default());
    let mut end = 0;
    for mention in &document.mentions {
        assert!(text.get(mention.span.clone()).is_some_and(|words| !words.is_empty()), "{text:?}");
        assert!(mention.span.start >= end, "{text:?}: {mention:?} overlaps the one before");
        end = mention.span.end;
    }
}

#[test]
fn whole_pages() {
    bolero::check!().with_type::<(Vec<u8>, Vec<u8>)>().with_test_time(seconds()).for_each(
        |(first, second): &(Vec<u8>, Vec<u8>)| {
            let [a, b] = [first, second].map(|bytes| text_of(bytes, WORDS).replace("![[", "[["));
            let terms = "terms: [{term: SLA, aliases: [乙制, 十五, 刑法第], definition: 甲}]";
            let head = |title: &str, id: &str| format!("---\ntitle: {title}\nid: {id}\n{terms}\n---\n\n");
            let texts = [head("乙制度", "A-1") + "正文\n\n" + &a, head("甲", "A-2") + "正文\n\n" + &b];
            let mut sources = Sources::default();
            for (name, text) in ["a.md", "b.md"].iter().zip(&texts) {
                sources.chapters.push(Source::new(format!("content/{name}"), *name, text.as_str()));
            }
            let build = Builder::new().build(&sources, &Request::new("2026-11-24".parse().expect("a date")));
            for ((url, title), text) in [("a.html", "乙制度"), ("b.html", "甲")].iter().zip(&texts) {
                let output = build.site.render(url).expect("a page").expect("no failing template");
                let handbook::site::Output::Bytes(page) = output else { panic!("{url} is a file") };
                let page = String::from_utf8(page).expect("UTF-8");
                let body_of = text.split_once("---\n\n").map_or("", |(_, body)| body);
                let plain = Html::parse_fragment(&without_title(body_of, title));
                assert_eq!(body(&page), words(plain.root_element()), "{text:?}");
            }
        },
    );
}

/// The words of a page's chapter, without what the site adds to it.
fn body(page: &str) -> String {
    let page = Html::parse_document(page);
    let selector = Selector::parse(".text").expect("a selector");
    let text = page.select(&selector).next().expect("a text");
    words(text)
}

fn words(root: ElementRef<'_>) -> String {
    let added = |node: &scraper::Node| {
        node.as_element().is_some_and(|element| element.attr("class") == Some("cited-by"))
    };
    let own = root.descendants().filter(|node| !node.ancestors().any(|above| added(above.value())));
    let text: String = own.filter_map(|node| node.value().as_text().map(|text| &**text)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
