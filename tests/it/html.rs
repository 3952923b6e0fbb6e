//! What looks like HTML and is none, and raw HTML that is not whole: a reader gets all
//! words of it, and nothing reaches beyond where it stands.

use crate::support::{Project, ask};
use handbook::markdown::{Document, Image, MarkdownOptions, RawHtml, Resolve, Target, render};
use scraper::Html;
use std::time::Instant;

struct AsWritten;

impl Resolve for AsWritten {
    fn link(&self, destination: &str) -> Target {
        Target::Address(destination.to_owned())
    }

    fn image(&self, destination: &str) -> Image {
        Image::new(destination.to_owned(), None)
    }

    fn word(&self, key: &'static str) -> &str {
        key
    }
}

fn shown(markdown: &str, raw_html: RawHtml) -> String {
    let options = MarkdownOptions::with_raw_html(raw_html);
    render(&Document::new(markdown, &options), &options, &AsWritten, false).html
}

fn html(markdown: &str) -> String {
    shown(markdown, RawHtml::Sanitize)
}

/// Words as a reader sees them.
fn words(html: &str) -> String {
    let text: String = Html::parse_fragment(html).root_element().text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(markdown: &str, expected: &str) {
    assert_eq!(html(markdown).trim_end(), expected, "{markdown}");
}

#[test]
fn what_is_no_element_is_text() {
    check(
        "Run make <package name> and ssh <user>@<host>.",
        "<p>Run make &lt;package name&gt; and ssh &lt;user&gt;@&lt;host&gt;.</p>",
    );
    check("Map<String, Order>, List<String>", "<p>Map&lt;String, Order&gt;, List&lt;String&gt;</p>");
    check(
        "**<first><last>** *a<T>b* </T>",
        "<p><strong>&lt;first&gt;&lt;last&gt;</strong> <em>a&lt;T&gt;b</em> &lt;/T&gt;</p>",
    );
    check(
        "[see <T>](a.md) ![<alt>](b.png)",
        "<p><a href=\"a.md\">see &lt;T&gt;</a> <img src=\"b.png\" alt=\"&lt;alt&gt;\" loading=\"lazy\" decoding=\"async\"></p>",
    );
    check("请填<姓名>、<name>和<部门 名称>。", "<p>请填&lt;姓名&gt;、&lt;name&gt;和&lt;部门 名称&gt;。</p>");
    check("- <a1> one\n- x\n  <y>\n", "<ul>\n<li>&lt;a1&gt; one</li>\n<li>x\n&lt;y&gt;</li>\n</ul>");
    check("> <quoted>\n> *x*\n", "<blockquote>\n<p>&lt;quoted&gt;\n<em>x</em></p>\n</blockquote>");
    assert!(html("| <a b> | `<T>` |\n| - | - |\n| <cell> | x<y>z |\n").contains("<td>&lt;cell&gt;</td>"));
    // What stands alone in a line begins no block of raw HTML.
    check("<placeholder>\nNext *line*.\n", "<p>&lt;placeholder&gt;\nNext <em>line</em>.</p>");
    check(
        "</Order>\n\n[a]:\n<my file.md>\n\n[a]\n",
        "<p>&lt;/Order&gt;</p>\n<p><a href=\"my%20file.md\">a</a></p>",
    );
    check("```\n<T>\n```\n", "<pre class=\"code\" tabindex=\"0\"><code>&lt;T&gt;\n</code></pre>");
    check("<div>Dear <name>,</div>\n", "<div>Dear &lt;name&gt;,</div>");
    // Addresses and mail addresses are links as ever.
    assert!(html("<https://a.b/c> <d@e.f>\n\n<x@y.z>\n").matches("<a href").count() == 3);
}

#[test]
fn an_element_that_nothing_closes_is_text() {
    check("if a<b and c>d then stop\n\nNext.", "<p>if a&lt;b and c&gt;d then stop</p>\n<p>Next.</p>");
    check("a <i>b\n\nc", "<p>a &lt;i&gt;b</p>\n<p>c</p>");
    check("| <b>x | y</b> |\n| - | - |\n", html("| \\<b>x | y |\n| - | - |\n").trim_end());
    check(
        "Use <div>, <section>, <title>, <script>, <source> and <p>.",
        "<p>Use &lt;div&gt;, &lt;section&gt;, &lt;title&gt;, &lt;script&gt;, &lt;source&gt; and </p><p>.</p>",
    );
    check("run <source> <target>", "<p>run &lt;source&gt; &lt;target&gt;</p>");
    // A comparison is no tag, though something is closed later.
    check("a<b and c>d, <b>e</b>", "<p>a&lt;b and c&gt;d, <b>e</b></p>");
    check("a<b and c>d\n\n</b> e", "<p>a&lt;b and c&gt;d</p>\n<p> e</p>");
    // Those without an inside, and marks of places, are elements.
    check("a<br>b<BR/>c<wbr>", "<p>a<br>b<br>c<wbr></p>");
    check("<a name=\"x\">y <a id=z></a>", "<p><a name=\"x\"></a>y <a id=\"z\"></a></p>");
    // Closing tags of what is not open go.
    check("a</b> b</div> c</p> d", "<p>a b c d</p>");
    check("> a</blockquote> b\n\nc", "<blockquote>\n<p>a b</p>\n</blockquote>\n<p>c</p>");
}

#[test]
fn an_element_may_reach_over_blocks() {
    check("<b>one\n\ntwo</b> three", "<p><b>one</b></p>\n<p><b>two</b> three</p>");
    check(
        "a <B class=\"k\" id=\"k\">b\n\n- c\n- d\n\ne</B> f",
        "<p>a <b class=\"k\" id=\"k\">b</b></p>\n<ul>\n<li><b class=\"k\">c</b></li>\n<li><b class=\"k\">d</b></li>\n</ul>\n\
         <p><b class=\"k\">e</b> f</p>",
    );
    check("<b>a *b\n\nc* d</b>", "<p><b>a *b</b></p>\n<p><b>c* d</b></p>");
    check("<u>\n\na\n\n</u>\n\nb", "<u>\n</u>\n<p><u>a</u></p>\n\n<p>b</p>");
    check("> <b>a\n\nb</b>", "<blockquote>\n<p>&lt;b&gt;a</p>\n</blockquote>\n<p>b</p>");
    check("<b>a\n\n> b</b>\n\nc", "<p><b>a</b></p>\n<blockquote>\n<p><b>b</b></p>\n</blockquote>\n<p>c</p>");
}

#[test]
fn a_block_ends_with_its_container() {
    check(
        "- <div>\n\n  a\n- b\n\nc",
        "<ul>\n<li><div>\n<p>a</p>\n</div></li>\n<li>\n<p>b</p>\n</li>\n</ul>\n<p>c</p>",
    );
    check(
        "<details>\n<summary>a</summary>\n\n- b\n\n</details>\n\nc",
        "<details>\n<summary>a</summary>\n<ul>\n<li>b</li>\n</ul>\n</details>\n<p>c</p>",
    );
    check("> <section>\n\na</section>\n", "<blockquote>\n<section>\n</section>\n</blockquote>\n<p>a</p>");
    for swallows in
        ["title", "style", "textarea", "template", "script", "noscript", "xmp", "svg", "plaintext", "iframe"]
    {
        for text in [format!("<{swallows}>\n\nafter *it*\n"), format!("a <{swallows}> b\n\nafter *it*\n")] {
            let html = html(&text);
            assert!(html.contains("<p>after <em>it</em></p>"), "{text}: {html}");
            assert!(html.contains(&format!("&lt;{swallows}&gt;")), "{text}: {html}");
        }
        let html = html(&format!("- a\n\n  <{swallows}>\n- b\n\nafter *it*\n"));
        assert!(html.contains("<p>after <em>it</em></p>") && html.contains('b'), "{swallows}: {html}");
    }
    let html = html("- <!-- a\n\n  b\n- c\n\n<div title=\"d\n\ne *f*\n");
    assert_eq!(words(&html), "c <div title=\"d e f");
    assert!(!html.contains('b'), "{html}");
}

#[test]
fn declarations_and_instructions_go_whole() {
    for gone in ["<![CDATA[>&<]]>", "<?php echo '>' ?>", "<!DOCTYPE html>", "<!ELEMENT a b>"] {
        for raw_html in [RawHtml::Sanitize, RawHtml::Trust] {
            for text in
                [format!("a {gone} b"), format!("a\n\n{gone}\n\nb"), format!("<div>\na {gone} b\n</div>")]
            {
                assert_eq!(words(&shown(&text, raw_html)), "a b", "{text}");
            }
        }
    }
}

#[test]
fn trusted_authors_have_drawings_and_elements_of_their_own() {
    let trusted = |markdown: &str| shown(markdown, RawHtml::Trust);
    for kept in [
        "<svg viewBox=\"0 0 1 1\"><path d=\"x\"/><text>a</text></svg>",
        "<math><mi>x</mi></math>",
        "<my-card title=\"a\">b</my-card>",
    ] {
        assert_eq!(trusted(&format!("x {kept} y")).trim_end(), format!("<p>x {kept} y</p>"));
        let lines = kept.replace('>', ">\n");
        assert_eq!(trusted(&lines), lines, "{kept}");
        assert!(!html(&format!("x {kept} y")).contains(&kept[..8]));
    }
    assert_eq!(trusted("a <T> and <b>c").trim_end(), "<p>a &lt;T&gt; and &lt;b&gt;c</p>");
    // A drawing that is removed leaves nothing of its own behind.
    assert_eq!(words(&html("x <svg><path d=\"z\"/></svg> y")), "x y");
}

#[test]
fn what_is_lost_of_raw_html_is_told_once_for_each_kind() {
    let project = Project::new(
        "
//- content/a.md
# 甲

<p style=\"color:red\">红</p> <b style=\"x\">粗</b>

<script>a()</script>

<a href=\"a.md\" onclick=\"b()\">乙</a>

<template>丙</template>

<td background=\"d.png\">丁</td>

a <?php x ?> b

<!-- 忘了
//- content/b.md
# 乙

a <b>b</b> <!-- c --> [d](a.md)
",
    );
    let run = project.run(&["check"]).expect(0);
    let output = run.stderr();
    for (line, words) in [
        (3, "styles in raw HTML are removed"),
        (5, "would run a script is removed"),
        (9, "and what is in it"),
        (11, "an attribute that pages cannot have"),
        (13, "processing instruction"),
        (15, "nothing ends this comment"),
    ] {
        let notes: Vec<&str> = output.split("\n\n").filter(|note| note.contains(words)).collect();
        assert!(notes.len() == 1 && notes[0].contains(&format!("a.md:{line}:")), "{words}: {output}");
    }
    assert!(output.contains("and in one more place of this chapter") && !output.contains("b.md"), "{output}");
}

#[test]
fn placeholders_are_words_of_titles_outlines_and_search() {
    let project = Project::new(
        "
//- handbook.yaml
title: T
language: en
//- content/a.md
# Type <T> of things

First <placeholder> here.

## Using <Xyzzy> well

Text.
//- content/b.md
# B

See [[Type <T> of things]] and [that](a.md#using-xyzzy-well).
",
    );
    project.run(&["build"]).expect(0);
    let page = project.read("site/a.html");
    assert!(page.contains("<title>Type &lt;T&gt; of things"), "{page}");
    assert!(page.contains("content=\"First &lt;placeholder&gt; here.\""), "{page}");
    assert!(page.matches("Using &lt;Xyzzy&gt; well").count() >= 2, "{page}");
    assert!(project.read("site/b.html").contains(">Type &lt;T&gt; of things</a>"));
    let site = project.path().join("site");
    assert_eq!(ask(&site, &["xyzzy".to_owned(), "placeholder".to_owned()]), [1, 1]);
}

#[test]
fn schemes_of_links_do_not_depend_on_raw_html() {
    let links = "[a](msteams:/l/chat/0/0) [b](dingtalk://x/page) [c](tel:+8610) [d](ftp://e/f) [g](xmpp:h@i) \
                 <weixin://dl> [j](javascript:k) [l](data:text/html,m) [n](file:///o)";
    let destinations = |html: &str| -> Vec<String> {
        let page = Html::parse_fragment(html);
        let links = scraper::Selector::parse("a[href]").expect("a selector");
        page.select(&links).filter_map(|link| link.attr("href")).map(str::to_owned).collect()
    };
    struct Outside;
    impl Resolve for Outside {
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
    let options = MarkdownOptions::default();
    let shown = |text: &str| render(&Document::new(text, &options), &options, &Outside, false).html;
    let kept =
        ["msteams:/l/chat/0/0", "dingtalk://x/page", "tel:+8610", "ftp://e/f", "xmpp:h@i", "weixin://dl"];
    assert_eq!(destinations(&shown(links)), kept);
    assert_eq!(destinations(&shown(&format!("{links} <kbd>p</kbd>"))), kept);
    assert_eq!(
        destinations(&shown("<a href=\"msteams:q\">r</a> <a href=\"javascript:s\">t</a>")),
        ["msteams:q"]
    );
}

#[test]
fn addresses_that_no_page_holds_are_told() {
    let project = Project::new(
        "
//- content/a.md
# 甲

[a](javascript:b)

![c](data:image/png;base64,AAAA)

[d](file:///e/f.docx)

[g](C:\\h\\i.docx)

[j](\\\\k\\l\\m.docx)

[n](..\\o\\p.docx)

<a href=\"vbscript:q\">r</a>

[s](msteams:/t)
",
    );
    let output = project.run(&["check"]).expect(0).stderr();
    for line in [3, 5, 7, 9, 11, 13, 15] {
        assert_eq!(output.matches(&format!("a.md:{line}:")).count(), 1, "{line}: {output}");
    }
    assert_eq!(output.matches("warning[refused-address]").count(), 5, "{output}");
    assert!(!output.contains("a.md:17:") && !output.contains("AAAA\n"), "{output}");
    project.run(&["build"]).expect(0);
    let page = project.read("site/a.html");
    assert!(
        ["javascript:b", "base64", "file:///", "vbscript:"].iter().all(|word| !page.contains(word)),
        "{page}"
    );
    assert!(page.contains("href=\"msteams:/t\""), "{page}");
}

#[test]
fn links_with_full_width_brackets_are_told() {
    let project = Project::new(
        "
//- content/a.md
# 甲

见［差旅］(b.md)和[报销]（b.md#一）。

【通知】（https://example.com/a_b_c）

【通知】（2024年第3号）和`［x］（b.md）`。
//- content/b.md
# 乙

## 一
",
    );
    let output = project.run(&["check"]).expect(0).stderr();
    assert_eq!(output.matches("note[full-width-link]").count(), 3, "{output}");
    for right in ["`[差旅](b.md)`", "`[报销](b.md#一)`", "`[通知](https://example.com/a_b_c)`"] {
        assert!(output.contains(right), "{right}: {output}");
    }
}

#[test]
fn tags_without_end_cost_no_more_than_their_length() {
    let many = 50_000;
    let carried = |open: &str, close: &str| format!("{}\n\n{}", open.repeat(many), close.repeat(many));
    for text in [
        "<a".repeat(many),
        "<b>".repeat(many),
        "</b>".repeat(many),
        "<title>".repeat(many),
        format!("<div>{}", "<textarea>".repeat(many)),
        "<x>\n\n".repeat(many),
        "<script>\n\n".repeat(many),
        carried("<b>", "</b>"),
        carried("<b><i>", "</b></i>"),
        format!("<b>{}</b>", "a\n\n".repeat(many)),
        format!("{}a", "> ".repeat(200) + &"<b>".repeat(many)),
        "<a<a".repeat(many),
        "<? <!-- <![CDATA[".repeat(many),
        "<div title='".repeat(many),
    ] {
        let start = Instant::now();
        let document = Document::new(text.as_str(), &MarkdownOptions::default());
        assert!(start.elapsed().as_secs() < 60, "{}…: {:?}", &text[..20], start.elapsed());
        drop(document);
    }
}
