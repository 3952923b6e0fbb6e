//! Ways to hold a chapter back, and what only looks like one.

use super::super::Chapter;
use super::*;
use crate::markdown::MarkdownOptions;
use crate::source::Source;

fn hold(text: &str) -> (bool, Vec<&'static str>) {
    let chapter = Chapter::parse(&Source::new("a.md", "a.md", text), &MarkdownOptions::default());
    let today = Date::constant(2026, 11, 24);
    let ids = chapter.diagnostics.iter().map(|diagnostic| diagnostic.message.id()).collect();
    (chapter.is_draft(today), ids)
}

#[track_caller]
fn holds(front: &str) {
    assert!(hold(&format!("---\ntitle: A\n{front}\n---\n\nText.\n")).0, "{front}");
}

#[track_caller]
fn opens(front: &str) {
    let (held, ids) = hold(&format!("---\ntitle: A\n{front}\n---\n\nText.\n"));
    assert!(!held, "{front}: {ids:?}");
}

#[test]
fn keys_of_other_programs_hold_back_in_every_spelling() {
    for front in [
        "draft: true",
        "Draft: True",
        "DRAFT: yes",
        "draft: \"true\"",
        "draft: 'yes'",
        "draft: 1",
        "draft: on",
        "draft: 是",
        "draft: [true]",
        "isDraft: true",
        "is_draft: true",
        "ｄｒａｆｔ: true",
        "dra\u{200B}ft: true",
        "darft: true",
        "published: false",
        "Published: False",
        "published: no",
        "published: \"false\"",
        "published: 0",
        "publish: false",
        "publish: 否",
        "dg-publish: false",
        "unlisted: true",
        "hidden: true",
        "private: true",
        "public: false",
        "visible: false",
        "hide: true",
        "unpublished: true",
        "草稿: 是",
        "发布: 否",
        "是否发布: false",
        "发布：否",
        "draft：true",
        "build: {render: never}",
        "build: {render: link}",
        "if: visitor.claims.isBoard",
        "_build: {render: never}",
        "params: {draft: true}",
        "meta:\n  published: false",
        "_build: {render: false}",
        "params: {draft: true}",
        "permalink: false",
        "wip: true",
        "draft: !!bool true",
        "published: draft",
        "published: 待定",
    ] {
        holds(front);
    }
}

#[test]
fn what_is_neither_yes_nor_no_holds_back() {
    for front in [
        "draft: maybe",
        "draft:",
        "draft: ~",
        "draft: {}",
        "draft: []",
        "draft: [true, false]",
        "draft: TODO",
        "published: maybe",
        "published:",
        "publish: [web, wiki]",
        "unlisted: sometimes",
        "publishDate: soon",
        "status: {a: b}",
        "status: true",
        "status: false",
        "status: [{a: b}]",
    ] {
        let (held, ids) = hold(&format!("---\ntitle: A\n{front}\n---\n\nText.\n"));
        assert!(held, "{front}");
        assert!(
            ids.iter().any(|id| id.starts_with("foreign-value") || id.starts_with("invalid-value")),
            "{front}: {ids:?}"
        );
    }
}

#[test]
fn a_line_that_yaml_cannot_read_holds_back() {
    for text in [
        "---\ntitle: A\ndraft: [true\n---\n\nText.\n",
        "---\ntitle: A\ndraft: : true\n---\n\nText.\n",
        "---\ntitle: \"A\ndraft: true\n---\n\nText.\n",
        "---\ntitle: A\ndraft: false\ndraft: true\n---\n\nText.\n",
        "---\ntitle: A\n draft: true\n---\n\nText.\n",
        "---\ntitle: A\n\tdraft: true\n---\n\nText.\n",
        "---\ntitle: A: B\nstatus: @wip\n---\n\nText.\n",
        "---\ntitle: A: B\nstatus: [draft\n---\n\nText.\n",
        "---\ntitle: A\n draft：true\n---\n\nText.\n",
        "---\ntitle: A\npublished: `false`\n---\n\nText.\n",
        "---\ntitle: A\nstatus:\n  - draft\n - x\n---\n\nText.\n",
        "+++\ntitle = \"A\"\ndraft = true\n+++\n\nText.\n",
        "---\ntitle: A\n<<<<<<< HEAD\ndraft: true\n=======\ndraft: false\n>>>>>>> x\n---\n\nText.\n",
        "---\ntitle: A\ndraft = true\n---\n\nText.\n",
        "<<<<<<< HEAD\n---\ntitle: A\ndraft: true\n=======\n---\ntitle: A\ndraft: false\n>>>>>>> x\n---\n\nText.\n",
    ] {
        assert!(hold(text).0, "{text}");
    }
}

#[test]
fn words_under_status_hold_back_however_the_key_is_written() {
    for front in [
        "status: draft",
        "STATUS: WIP",
        "Status: Draft",
        "status: ＤＲＡＦＴ",
        "status: [active, draft]",
        "status: 草稿",
        "status: 待审",
        "状态: 草稿",
        "文档状态: 未发布",
        "state: draft",
        "staus: draft",
        "doc_status: pending",
        "visibility: private",
        "status: daft",
        "status: \"work in progress\"",
        "status: active\nSTATUS: draft",
        "status: !x draft",
        "status: in_review",
        "stage: 待发布",
    ] {
        holds(front);
    }
}

#[test]
fn what_does_not_hold_back_is_published() {
    for front in [
        "draft: false",
        "Draft: No",
        "draft: \"false\"",
        "draft: 0",
        "draft: 否",
        "published: true",
        "published: yes",
        "publish: 是",
        "published: 2019-03-01",
        "published: 2019-03-01 10:00:00 +0800",
        "published: Mar 5, 2019",
        "published: 2019",
        "published: Published",
        "unlisted: false",
        "hidden: false",
        "private: no",
        "hide: [toc]",
        "status: active",
        "status: final",
        "状态: 现行",
        "publishDate: 2024-01-31T00:00:00Z",
        "publishDate:",
        "发布日期:",
        "发布日期: 2024年1月31日",
        "extra: {draft: true}",
        "x-draft: true",
        "summary: |\n  draft: true",
        "craft: great",
        "release: v1.0",
        "public: everyone",
        "status:",
        "render: always",
        "deprecated: true",
        "published_by: 王五",
        "topics: [draft]",
        "# draft: true",
    ] {
        opens(front);
    }
}

#[test]
fn a_day_to_come_holds_back_until_then() {
    for front in [
        "publishDate: 2027-01-31",
        "published: 2027/1/31",
        "embargo: Jan 31, 2027",
        "发布日期: 2027年1月31日",
    ] {
        holds(front);
        let text = format!("---\n{front}\n---\n\nText.\n");
        let chapter = Chapter::parse(&Source::new("a.md", "a.md", text), &MarkdownOptions::default());
        assert_eq!(chapter.hold, Hold::Until(Date::constant(2027, 1, 31)), "{front}");
        assert!(!chapter.is_draft(Date::constant(2027, 1, 31)));
    }
}

#[test]
fn parts_of_a_page_that_are_hidden_hide_no_chapter() {
    for front in [
        "layout:\n  title: {visible: true}\n  tableOfContents: {visible: false}",
        "search: {exclude: true}",
        "sitemap: {exclude: true}",
        "sidebar: {hidden: true}",
        "toc: {hidden: true}",
        "theme: {banner: {visible: false}}",
        "options: {exclude: true}",
    ] {
        opens(front);
    }
}

#[test]
fn json_at_the_top_is_front_matter() {
    for (text, held) in [
        ("{\n  \"title\": \"A\",\n  \"draft\": true\n}\n\nText.\n", true),
        ("{\"title\": \"A\", \"draft\": true}\nText.\n", true),
        ("{\"title\": \"A\"}\nText.\n", false),
    ] {
        assert_eq!(hold(text).0, held, "{text}");
        let chapter = Chapter::parse(&Source::new("a.md", "a.md", text), &MarkdownOptions::default());
        assert_eq!(chapter.title, "A");
    }
    let text = "{\"x\": 1}\nText.\n";
    assert!(
        Chapter::parse(&Source::new("a.md", "a.md", text), &MarkdownOptions::default())
            .document
            .source()
            .starts_with('{')
    );
    assert!(
        Chapter::parse(&Source::new("_drafts/a.md", "_drafts/a.md", "# A\n"), &MarkdownOptions::default())
            .is_draft(Date::constant(2026, 11, 24))
    );
}

#[test]
fn toml_says_it_in_every_form_of_a_table() {
    for front in [
        "build.render = \"never\"",
        "build = {render = \"never\"}",
        "build = {list = \"always\", render = \"link\"}",
        "_build={render=false}",
        "[build]\nrender = \"never\"",
    ] {
        assert!(hold(&format!("+++\ntitle = \"A\"\n{front}\n+++\n\nText.\n")).0, "{front}");
    }
    for front in ["build.render = \"always\"", "build = {render = \"always\"}", "menu.render = \"never\""] {
        assert!(!hold(&format!("+++\ntitle = \"A\"\n{front}\n+++\n\nText.\n")).0, "{front}");
    }
}
