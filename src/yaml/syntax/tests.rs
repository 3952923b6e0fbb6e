//! Every slip is named in both languages, at its line.

use super::*;
use crate::locale::{Language, Value};
use std::sync::Arc;

fn fail(text: &str) -> (Document, Diagnostic) {
    let text: Arc<str> = text.into();
    let document = Document::new(&"x.yaml".into(), &text, 0..text.len());
    let diagnostic = document.parse(&rule::YAML).expect_err(&text);
    (document, *diagnostic)
}

/// The message within `yaml-invalid`.
fn problem(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.message.arguments() {
        [("problem", Value::Message(problem))] => problem.id(),
        _ => diagnostic.message.id(),
    }
}

#[test]
fn every_slip_is_named() {
    for (yaml, id) in [
        ("a: [b\nc: d\n", "yaml-problem-list"),
        ("a: {b: c\nd: e\n", "yaml-problem-map"),
        ("a: b\n c: d\n  e: f\n", "yaml-problem-value-here"),
        ("a:\n  b: c\n d: e\n", "yaml-problem-key"),
        ("a: ? b\n", "yaml-problem-key-here"),
        ("a: - b\n", "yaml-problem-item-here"),
        ("a:\n  - b\n  c: d\n", "yaml-problem-dash"),
        ("a: [,]\n", "yaml-problem-no-value"),
        ("a: b\nc\nd: e\n", "yaml-problem-colon"),
        ("a: \u{1}\n", "yaml-problem-control"),
        ("a: @b\n", "yaml-problem-start"),
        ("a: `b`\n", "yaml-problem-start"),
        ("a: *b\n", "yaml-problem-alias"),
        ("a: **粗体**\n", "yaml-problem-anchor"),
        ("a: &\n", "yaml-problem-anchor"),
        ("{a: b}\nc: d\n", "yaml-problem-documents"),
        ("a: b\n---\nc: d\n", "yaml-problem-documents"),
        ("a: 'b' c\n", "yaml-problem-behind"),
        ("a: [b]]\n", "yaml-problem-behind"),
        ("a: |\n\tb\n", "yaml-problem-tab"),
        ("%YAML 1.2\na: b\n", "yaml-problem-directive"),
        ("a:\n\tb: c\n", "yaml-problem-start"),
        ("a: \"b\nc: d\n", "yaml-problem-quote"),
        ("a: 'b\nc: d\n", "yaml-problem-quote"),
        ("a: \"C:\\xyz\"\n", "yaml-problem-escape"),
        ("a: \"\\q\"\n", "yaml-problem-escape"),
        ("a: > b\n", "yaml-problem-block"),
        ("a: |0\n  b\n", "yaml-problem-block"),
        ("a: !x!y z\n", "yaml-problem-tag"),
        ("a: !<\n", "yaml-problem-tag"),
        ("a: !!int b\n", "yaml-problem-typed"),
        ("%a\n", "yaml-problem-directive"),
        ("%YAML x\n", "yaml-problem-directive"),
        ("a: b\na: c\n", "yaml-repeated"),
        ("a：b\nc: d\n", "yaml-wide-colon"),
        ("a:b\nc: d\n", "yaml-tight-colon"),
    ] {
        let (_, diagnostic) = fail(yaml);
        assert_eq!(problem(&diagnostic), id, "{yaml}: {}", Language::ENGLISH.text(&diagnostic.message));
    }
}

#[test]
fn the_line_that_is_wrong_is_named() {
    for (yaml, marked) in [
        ("title：采购\nid: A-1\n", "："),
        ("id: A-1\ntitle：采购\nsummary：说明\nowner: 采购部\n", "："),
        ("- id: a\n  name：财务部\n  head: b\n", "："),
        ("id: A-1\nowner:采购部\nsummary: 说明\n", ":"),
        ("id: A-1\nsummary\nowner: B\n", "summary"),
        ("id: A\ntitle: \"采购\nowner: B\nstatus: draft\n", "\"采购"),
        ("id: A\nversion: \"1.0\nby: 甲\nnote: \"首次\"\n", "\"1.0"),
        ("id: A\n---\nowner: B\n", "---"),
        ("id: A\nowner: B\nid: C\n", "id"),
    ] {
        let (document, diagnostic) = fail(yaml);
        let span = diagnostic.span.expect("a place");
        assert_eq!(&document.text[span.clone()], marked, "{yaml}");
        let line = yaml[..span.start].matches('\n').count() + 1;
        let wanted = match yaml {
            _ if yaml.starts_with("title：") => 1,
            _ if yaml.ends_with("id: C\n") => 3,
            _ => 2,
        };
        assert_eq!(line, wanted, "{yaml}");
    }
}

#[test]
fn what_was_opened_or_stood_first_is_shown_too() {
    let (document, diagnostic) = fail("a: A\nroles: [甲\nid: B\n");
    assert_eq!(document.text[diagnostic.related[0].span.clone().unwrap()].trim(), "[甲");
    let (_, diagnostic) = fail("a: A\nb: B\na: C\n");
    assert_eq!(diagnostic.related[0].span, Some(0..1));
}

#[test]
fn a_full_width_colon_is_explained() {
    for yaml in ["title：采购\nid: A-1\n", "title：采购\n"] {
        let (_, diagnostic) = fail(yaml);
        assert!(Language::ENGLISH.text(diagnostic.help.as_ref().expect("help")).contains("half-width"));
    }
    assert_eq!(problem(&fail("title: 采购：第一版\n id: A-1\n").1), "yaml-problem-value-here");
}
