//! Front matter and `organization.yaml`: whatever stands there, a chapter has a
//! title, and every finding has a place in its file.

use super::{seconds, text_of};
use handbook::builder::{Builder, Request};
use handbook::chapter::Chapter;
use handbook::diagnostic::Diagnostic;
use handbook::locale::Language;
use handbook::markdown::MarkdownOptions;
use handbook::source::{Source, Sources};

const WORDS: &[&str] = &[
    "title",
    "id",
    "aliases",
    "departments",
    "roles",
    "owner",
    "raci",
    "revisions",
    "date",
    "status",
    "effective",
    "review_by",
    "supersedes",
    "redirect_from",
    "topics",
    "terms",
    "term",
    "definition",
    "required_reading",
    "within",
    "order",
    "toc",
    "language",
    "extra",
    "x-y",
    "summary",
    "parent",
    "reports_to",
    "name",
    ": ",
    ":",
    "\n",
    "\n",
    "\n  ",
    "\n    ",
    "\n- ",
    "\n  - ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "? ",
    "| \n",
    "> \n",
    "&a ",
    "*a",
    "*b",
    "&b ",
    "!t ",
    "<<: ",
    "'",
    "\"",
    "\\",
    "# ",
    "---\n",
    "...\n",
    "%TAG ! x\n",
    "\t",
    "~",
    "null",
    "true",
    "1",
    "-1.5e999",
    "0x1F",
    ".inf",
    "2026-02-30",
    "2026-11-24",
    "in_force",
    "all",
    "14d",
    "甲",
    "乙制度",
    "A-1",
    "../x",
    "/a/",
    "：",
    "é",
    "e\u{301}",
    "\u{202E}",
    "\u{FEFF}",
    "\u{1}",
    "\u{FFFD}",
    "😀",
    "\r\n",
    "\r",
];

fn places_are_in_the_text(found: &[Diagnostic], text: &str) {
    for one in found {
        if let Some(span) = &one.span {
            assert!(text.get(span.clone()).is_some(), "{one:?} in {text:?}");
        }
        assert!(!Language::ENGLISH.text(&one.message).is_empty());
    }
}

#[test]
fn front_matter() {
    bolero::check!().with_type::<(Vec<u8>, Vec<u8>)>().with_test_time(seconds()).for_each(
        |(front, organization): &(Vec<u8>, Vec<u8>)| {
            let text = format!("---\n{}\n---\n\n# 甲\n\n正文\n", text_of(front, WORDS));
            let source = Source::new("content/a.md", "a.md", text.as_str());
            let chapter = Chapter::parse(&source, &MarkdownOptions::default());
            assert!(!chapter.title.is_empty() && chapter.title.chars().count() < 4_000, "{text:?}");
            places_are_in_the_text(&chapter.diagnostics, &text);

            let organization = text_of(organization, WORDS);
            let mut sources = Sources::default();
            sources.chapters.push(source);
            sources.organization =
                Some(Source::new("organization.yaml", "organization.yaml", organization.as_str()));
            let build = Builder::new().build(&sources, &Request::new("2026-11-24".parse().expect("a date")));
            for found in &build.diagnostics {
                let text =
                    if found.path.as_deref() == Some("organization.yaml") { &organization } else { &text };
                places_are_in_the_text(std::slice::from_ref(found), text);
            }
            for address in ["index.html", "a.html", "departments/index.html", "index.json"] {
                assert!(!matches!(build.site.render(address), Some(Err(_))), "{address} of {text:?}");
            }
        },
    );
}
