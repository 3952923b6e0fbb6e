//! Bare addresses held against comrak's, a port of cmark-gfm.
//!
//! comrak joins what stands before, in and behind an address in every way that people
//! write. Beyond ASCII the two differ on purpose: ours end before Chinese.

use handbook::markdown::{Document, Image, MarkdownOptions, Resolve, Target, render};
use percent_encoding::percent_decode_str;
use scraper::{Html, Selector};

const BEFORE: [&str; 10] = ["", "x ", "(", "see: ", "*", "**", "~~", "; ", "a", "\""];

const ADDRESSES: [&str; 34] = [
    "http://example.com",
    "HTTPS://Example.COM/A",
    "ftp://f.example.com/x_y_z/~u",
    "https://en.wikipedia.org/wiki/Leave_(military)",
    "https://example.com/_layouts/15/start.aspx#/SitePages/Home_Page.aspx",
    "https://example.com/?q=a_b&c=_d_e",
    "https://example.com/a*b*c",
    "https://example.com/%E4%B8%AD?x=1;y=2",
    "https://example.com/a@b/c",
    "https://user:pass@example.com:8443/x",
    "http://localhost:8080/x",
    "https://a-b.example/x,y,z",
    "https://example.com/(a)b)",
    "https://a_b.example.com/x",
    "https://example_a.com/x",
    "www.example.com",
    "www.example.com/a_b_(c)?d#e",
    "www.example",
    "WWW.example.com",
    "xhttp://example.com",
    "javascript://example.com",
    "mailto:a@example.com",
    "xmpp:a@example.com/b",
    "a.b-c_d+e@f-g.example.com",
    "a@example",
    "a@example.com-",
    "a@example.com_",
    "a@example.c1",
    "@example.com",
    "a@b@example.com",
    "http:///x",
    "https:// example.com",
    "http:example.com",
    "https://example.com/a'b\"c",
];

const BEHIND: [&str; 21] = [
    "", " y", ".", ",", ", y", ")", ").", "*", "_", "**", "~~", "?!", ":", ";", "'", "\"", "/", "/.", "~",
    "\n", ")) (y)",
];

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

fn links(html: &str) -> Vec<(String, String)> {
    let html = Html::parse_fragment(html);
    let links = Selector::parse("a[href]").expect("a selector");
    let link = |link: scraper::ElementRef<'_>| {
        let href = percent_decode_str(link.attr("href").unwrap_or_default()).decode_utf8_lossy().into_owned();
        (href, link.text().collect())
    };
    html.select(&links).map(link).collect()
}

#[test]
fn bare_addresses_are_those_of_gfm() {
    let mut theirs_on = comrak::Options::default();
    theirs_on.extension.autolink = true;
    theirs_on.extension.strikethrough = true;
    theirs_on.render.r#unsafe = true;
    let options = MarkdownOptions::default();
    let mut found = 0;
    for before in BEFORE {
        for address in ADDRESSES {
            for behind in BEHIND {
                let text = format!("{before}{address}{behind}");
                let ours =
                    links(&render(&Document::new(text.as_str(), &options), &options, &AsWritten, false).html);
                assert_eq!(ours, links(&comrak::markdown_to_html(&text, &theirs_on)), "{text:?}");
                found += ours.len();
            }
        }
    }
    assert!(found > 3_900, "{found}");
}
