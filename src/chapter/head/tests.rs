//! Heads as people write them: what is read, what is told, and who may see it.

use super::*;
use crate::chapter::audience::Audience;
use crate::chapter::{Chapter, Fault};
use crate::markdown::MarkdownOptions;

fn parse(text: &str) -> Chapter {
    Chapter::parse(&Source::new("content/a.md", "a.md", text), &MarkdownOptions::default())
}

fn kinds(chapter: &Chapter) -> Vec<FaultKind> {
    chapter.faults.iter().map(|fault| fault.kind.clone()).collect()
}

/// The front matter is read, is told as `kind`, and nobody may see the chapter.
#[track_caller]
fn misplaced(text: &str, kind: FaultKind, line: usize) {
    let chapter = parse(text);
    let Some(Fault { span, .. }) = chapter.faults.iter().find(|fault| fault.kind == kind) else {
        panic!("{text:?} gives {:?}", chapter.faults);
    };
    let breaks = text[..span.start].matches('\n').count();
    assert_eq!(breaks + 1, line, "{text:?}");
    assert_eq!(chapter.front.title.as_deref(), Some("T"), "{text:?}");
    assert_eq!(chapter.front.audience, Audience::Unreadable, "{text:?}");
    let body = &chapter.source.text[chapter.document.body..];
    // Code may be an example, which is shown.
    assert!(body.contains("title") == (kind == FaultKind::Fenced) && body.contains("SECRET"), "{body:?}");
}

/// The chapter has no front matter, and all of it is text.
#[track_caller]
fn text_only(text: &str) {
    let chapter = parse(text);
    assert!(chapter.front_yaml.is_none() && chapter.faults.is_empty(), "{text:?}: {:?}", chapter.faults);
    assert_eq!((chapter.document.body, &*chapter.source.text), (0, text));
    assert_eq!(chapter.front.audience, Audience::Inherited);
}

#[test]
fn front_matter_stands_in_its_place() {
    for text in [
        "---\ntitle: T\naudience: board\n---\nSECRET\n",
        "---\r\ntitle: T\r\naudience: board\r\n---\r\nSECRET\r\n",
        "---\n\n# who\ntitle: T\n\naudience: [board]\n---\n\n---\nsummary: x\n---\nSECRET\n",
        "--- \naudience:\n  - board\ntitle: T # the title\n--- \t\nSECRET",
        "---\n{title: T, audience: board}\n...\nSECRET",
        "---\n\"title\": T\n? audience\n: board\n---\nSECRET",
    ] {
        let chapter = parse(text);
        assert!(chapter.faults.is_empty() && chapter.diagnostics.is_empty(), "{text:?}: {chapter:?}");
        assert_eq!(chapter.front.title.as_deref(), Some("T"), "{text:?}");
        assert!(
            matches!(&chapter.front.audience, Audience::Named(names) if names[0].text == "board"),
            "{text:?}"
        );
        assert!(
            chapter.source.text[chapter.document.body..].trim_start().starts_with(['S', '-']),
            "{text:?}"
        );
    }
    assert_eq!(parse("---\n---\n# A\n").document.headings[0].text, "A");
    assert_eq!(parse("---\n---\n# A\n").faults, []);
}

#[test]
fn what_stands_above_front_matter_is_told() {
    let block = "---\ntitle: T\naudience: board\n---\nSECRET\n";
    let above = [
        ("<!-- license -->\n", Above::Comment),
        ("<!--\n license\n\n-->\n\n", Above::Comment),
        ("[//]: # (x)\n", Above::Comment),
        ("# Title\n\n", Above::Heading),
        ("Title\n=====\n", Above::Heading),
        ("\n", Above::Blank),
        (" ", Above::Blank),
        ("\u{FEFF}", Above::Unseen),
        ("\u{200B}\n", Above::Unseen),
        ("\u{3000}\n", Above::Unseen),
        ("\u{A0}", Above::Unseen),
        ("<<<<<<< HEAD\n", Above::Conflict),
        ("<a name=\"top\"></a>\n", Above::Html),
        ("\n\n<!-- a -->\n# B\n", Above::Blank),
    ];
    for (text, what) in above {
        misplaced(&format!("{text}{block}"), FaultKind::Above(what), 1);
    }
    let text = format!("Read this first.\n\nAnd this.\n\n{block}");
    let chapter = parse(&text);
    assert_eq!(kinds(&chapter), [FaultKind::Elsewhere]);
    assert_eq!((chapter.front.audience, &*chapter.source.text), (Audience::Unreadable, text.as_str()));
}

#[test]
fn wrong_fences_are_told() {
    let inner = "title: T\naudience: board\n";
    for dashes in ["----", "--", "－－－", "———", "–––", "−−−", "- - -", "—", "---\u{200B}", "-\u{AD}--"]
    {
        if dashes.chars().count() < 2 {
            continue;
        }
        misplaced(&format!("{dashes}\n{inner}{dashes}\nSECRET\n"), FaultKind::Opening, 1);
        misplaced(&format!("{dashes}\n{inner}---\nSECRET\n"), FaultKind::Opening, 1);
        misplaced(&format!("---\n{inner}{dashes}\nSECRET\n"), FaultKind::Closing, 4);
    }
    for odd in ["***", "___", "---yaml", "--- # top", "=====", "--- yaml"] {
        misplaced(&format!("{odd}\n{inner}---\nSECRET\n"), FaultKind::Opening, 1);
    }
    misplaced(&format!("{inner}---\nSECRET\n"), FaultKind::NoOpening, 1);
    assert_eq!(parse("---\ntitle；T\naudience；board\n---\nSECRET\n").front.audience, Audience::Unreadable);
    misplaced(&format!("\n{inner}\n---\nSECRET\n"), FaultKind::NoOpening, 2);
    misplaced(&format!("---\n{inner}\nSECRET\n"), FaultKind::NoEnd, 1);
    misplaced(&format!("---\n{inner}\n# Heading\n\nSECRET\n\n---\n\nEnd.\n"), FaultKind::NoEnd, 1);
    misplaced("+++\ntitle = \"T\"\naudience = \"board\"\n[x]\ny = 1\n+++\nSECRET\n", FaultKind::Toml, 1);
    misplaced(";;;\n\"title\": \"T\",\n\"audience\": \"board\"\n;;;\nSECRET\n", FaultKind::Opening, 1);
    misplaced(
        ";;;\n{\n  \"title\": \"T\",\n  \"audience\": \"board\"\n}\n;;;\nSECRET\n",
        FaultKind::Opening,
        1,
    );
    misplaced(&format!("```yaml\n{inner}```\nSECRET\n"), FaultKind::Fenced, 1);
    misplaced(&format!("~~~\n---\n{inner}---\n~~~\nSECRET\n"), FaultKind::Fenced, 1);
    misplaced(
        &format!("---\n<<<<<<< HEAD\n{inner}=======\n>>>>>>> b\n---\nSECRET\n"),
        FaultKind::Conflict,
        2,
    );
    misplaced(&format!("---\r{inner}---\rSECRET\r").replace('\n', "\r"), FaultKind::LineEnds, 1);
    misplaced("---\u{2028}title: T\u{2028}audience: board\u{2029}---\nSECRET\n", FaultKind::LineEnds, 1);
    for end in ["\u{85}", "\u{B}", "\u{C}"] {
        let text = "---\ntitle: T\naudience: board\n---\nSECRET\n".replace('\n', end);
        misplaced(&text, FaultKind::LineEnds, 1);
    }
    misplaced("---\ntitle: T\nsummary: a\u{2028}audience: board\n---\nSECRET\n", FaultKind::LineEnds, 3);
}

#[test]
fn an_audience_in_a_list_or_a_quotation_on_top_is_told() {
    for begin in [
        "- audience: board\n",
        "* title: T\n* audience: board\n",
        "> 知悉范围：董事会\n",
        "#+AUDIENCE: board\n",
        "【知悉范围】董事会\n",
        "〔知悉范围〕 董事会\n",
        "[知悉范围] 董事会\n",
        "「知悉范围」：董事会\n",
        "1. 知悉范围：董事会\n",
        "一、知悉范围：董事会\n",
        "知悉范围—董事会\n",
        "<p>知悉范围：董事会</p>\n",
    ] {
        let text = format!("{begin}\nSECRET\n");
        let chapter = parse(&text);
        assert_eq!(kinds(&chapter), [FaultKind::Elsewhere], "{text:?}");
        assert_eq!(chapter.front.audience, Audience::Unreadable, "{text:?}");
    }
    text_only("- Know your audience: they read on phones.\n- title\n");
    text_only("【知悉范围】这一栏写明谁可以阅读本文件，由起草人填写。\n");
    text_only("1. 目的：规范采购。\n");
    text_only("[知悉范围](a.md)\n");
    text_only("Text.\n\n- Audience: developers\n");
}

#[test]
fn text_between_rules_is_text() {
    for text in [
        "---\n\nA paragraph.\n\n---\n\nAnother.\n",
        "---\nA sentence.\n---\n",
        "---\n# Heading\n---\n\nText.\n",
        "Text.\n\n---\nnote: a word\n---\n\nEnd.\n",
        "# A\n\n---\n备注：看起来像字段\nnote: 也是正文\n---\n",
        "Example:\n\n```\n---\ntitle: x\naudience: board\n---\n```\n",
        "```yaml\napiVersion: v1\nkind2: Pod\n```\n",
        "Note: this is text.\n\n---\n\nMore.\n",
        "----------\n\nA table of dashes\n\n----------\n",
        "注意：以下内容\n\n---\n",
        "",
        "---",
        "***\n\nText\n",
        "# 制度\n\n第一章 总则\n\nKnow your audience: write plainly.\n\n- Audience: who reads this\n",
        "# Audience: everyone\n\nText\n\n## Audience: all\n",
        "# A\n\nText.\n\nWrite `audience: board` in the front matter.\n",
        "# A\n\nText.\n\n````md\n```\n---\naudience: board\n---\n```\n````\n\n    audience: board\n\n> audience: board\n",
        "# Office\n\nAccess: use your badge.\n",
        "# 制度\n\n| 密级：内部 | 版本：1.0 |\n| --- | --- |\n| a | b |\n",
        "Date: x\nOwner: y\n\n---\n\nBODY\n",
        "# X\n\n密级：指涉密事项的等级。\n\n知悉范围：由部门负责人确定。\n",
        "# X\n\n正文。\n\n受众：全体员工\n\n---\n\n密级：内部\n---\n",
        "# X\n\nText.\n\nOwner: HR\nAudience: all staff\nVersion: 2\n\nWrite for the\naudience: those who read.\n",
        "密级：内部 | 版本：1\n--- | ---\na | b\n",
        "<!-- c -->\n\nNote: x\nTwo: y\n\n---\n\nBODY\n",
        "---\n\n---\n\nA: x\nB: y\n---\nBODY\n",
    ] {
        text_only(text);
    }
    for body in [
        "We know our audience: staff.",
        "密级：内部　版本：1.0",
        "| 密级：内部 |",
        "`audience: board`",
        "Access: x",
    ] {
        let chapter = parse(&format!(
            "---\ntitle: \"Audience: research\"\nsummary: >\n  Access: by badge\nrevisions:\n  - note: \"audience: x\"\n---\n\n{body}\n"
        ));
        assert_eq!(
            (chapter.faults.as_slice(), chapter.front.audience),
            (&[][..], Audience::Inherited),
            "{body}"
        );
    }
    for front in [
        "topics:\n  - audience research",
        "aliases:\n  - 密级（三级）",
        "redirect_from:\n  - audience/index.html",
        "summary: >\n  Write for the\n  audience you have",
        "x-audience: y",
        "audience: everyone\nsummary: |\n  audience: board",
    ] {
        let chapter = parse(&format!(
            "---\ntitle: T\n{front}\n---\n\n# X\n\n---\n\n文件编号：X-1\n密级：内部\n\n---\n"
        ));
        assert!(
            chapter.faults.is_empty() && chapter.front.audience != Audience::Unreadable,
            "{front}: {chapter:?}"
        );
    }
    // What stands behind front matter is text as well.
    let text = "---\ntitle: T\n---\n\nSo:\n\n---\ntitle: x\naudience: board\n---\n";
    let chapter = parse(text);
    assert_eq!((chapter.faults.len(), chapter.front.audience), (0, Audience::Inherited));
}

#[test]
fn foreign_keys_without_a_first_line_are_told_and_stay() {
    let text = "name: Policy\nacronym: CP\nsatisfies:\n  TSC:\n    - C1.1\n---\n\nText.\n";
    let chapter = parse(text);
    assert_eq!(kinds(&chapter), [FaultKind::NoOpening]);
    assert_eq!((&*chapter.source.text, chapter.front.audience), (text, Audience::Unreadable));
}

#[test]
fn what_may_name_an_audience_withholds() {
    for block in [
        "ａｕｄｉｅｎｃｅ: board",
        "Audience: board",
        "audience : board\naudience: x",
        "知悉范围: 董事会",
        "可见範圍: 董事会",
        "visibility: private",
        "access: board",
        "restricted: true",
        "密级: 机密",
        "<<: {audience: board}",
        "x: {<<: {a: b}}",
        "params: {audience: board}",
        "revisions:\n  - version: 1\n    audience: board",
        "summary: |\n  A\n  audience: board",
        "summary: A\n  audience=board",
        "summary: A\n  audience：board",
        "audience:board",
        "restrictedTo: board",
        "可见人群: board",
        "权限: board",
        "读者: board",
        "reader: board",
        "allowed_roles: [board]",
        "security_level: board",
        "audience；board",
        "查阅范围: 董事会",
        "  audience board",
        "summary: >\n  audience board",
        "aud\u{200B}ience: board",
        "audience: ",
        "audience: {a: b}",
        "audience: board\n\tx: y",
    ] {
        let text = format!("---\ntitle: T\n{block}\n---\nText.\n");
        assert_eq!(parse(&text).front.audience, Audience::Unreadable, "{text:?}");
    }
    for text in [
        "---\ntitle: T\n---\n---\naudience: board\n---\nText.\n",
        "---\ntitle: T\n---\n\n<!-- x -->\naudience: board\n\nText.\n",
        "audience: board\n\nText.\n",
        "# T\n\n**密级**：机密\n\nText.\n",
        "---\naudience board\n---\n\n# A\n\nText.\n",
        "---\naudience\n  board\n---\n\nText.\n",
        "---\n知悉范围　董事会\n---\n\nText.\n",
        "<!-- audience: board -->\nText.\n",
    ] {
        let chapter = parse(text);
        assert_eq!(chapter.front.audience, Audience::Unreadable, "{text:?}");
        assert!(chapter.source.text.contains("Text.") && !chapter.faults.is_empty());
        assert_eq!(
            chapter.front_diagnostics(false).count(),
            0,
            "only a handbook with audiences is concerned"
        );
        assert!(chapter.front_diagnostics(true).count() > 0);
    }
}

#[test]
fn a_doubt_beside_an_audience_is_an_error_in_every_handbook() {
    for text in [
        "---\ntitle: T\naudience: x\n密级: 机密\n---\nText.\n",
        "---\ntitle: T\naudience: x\n---\n---\naudience: board\n---\nText.\n",
        "---\ntitle: T\naudience: x\n---\naudience: board\n\nText.\n",
    ] {
        let chapter = parse(text);
        let levels: Vec<_> = chapter.front_diagnostics(false).map(|diagnostic| diagnostic.level).collect();
        assert_eq!(levels, [crate::diagnostic::Level::Error], "{text}");
    }
    let twice = parse("---\ntitle: T\naudience: x\n---\n---\naudience: x\n---\nText.\n");
    assert_eq!(twice.front_diagnostics(true).count(), 0);
}

#[test]
fn entries_that_can_be_read_are_used() {
    let chapter = parse("---\nsummary: a: b\ntitle: T\nowner: [x\ntitle: U\nid: A-1\n---\nText.\n");
    assert_eq!(chapter.front.title.as_deref(), Some("T"));
    assert_eq!(chapter.front.id.as_ref().map(|id| id.text.as_str()), Some("A-1"));
    assert_eq!((chapter.front.audience, chapter.diagnostics.len()), (Audience::Unreadable, 1));
}

#[test]
fn a_heading_among_the_keys_is_told() {
    for text in
        ["---\ntitle: x\n\n# LOST\n\n---\n\nBODY\n", "---\nowner: A\n\n## LOST\n\nversion: 3\n---\nBODY\n"]
    {
        let chapter = parse(text);
        let places: Vec<&str> =
            chapter.diagnostics.iter().map(|diagnostic| &text[diagnostic.span.clone().unwrap()]).collect();
        assert!(places.len() == 1 && places[0].ends_with("LOST"), "{places:?}");
        assert_eq!(
            (chapter.diagnostics[0].level, chapter.faults.len()),
            (crate::diagnostic::Level::Warning, 0)
        );
    }
    for text in
        ["---\n\n# who\ntitle: x\n---\n", "---\ntitle: x\n# end\n---\n", "---\ntitle: x\n\n#tag\n\n---\n"]
    {
        assert!(parse(text).diagnostics.is_empty(), "{text:?}");
    }
}

#[test]
fn a_chapter_is_broken_where_its_page_may_lack_something() {
    let broken = |text: &str| parse(text).is_broken;
    for text in [
        "---\nid: [A\n---\n# A\n",
        "---\neffective: soon\n---\n# A\n",
        "---\neffective: 2026-02-01\nreview_by: 2026-01-01\n---\n# A\n",
        "---\nraci: {甲: {responsible: {b: c}}}\n---\n# A\n",
        "---\nterms: [{definition: 甲}]\n---\n# A\n",
        &format!("# {}\n", "甲".repeat(301)),
    ] {
        assert!(broken(text), "{text:?}");
    }
    // These are diagnostics too, but nothing is missing.
    for text in
        ["---\ncolour: red\n---\n# A\n", "---\nstatus: 现行版\n---\n# A\n", "# A\n\n<script>b</script>\n"]
    {
        let chapter = parse(text);
        assert!(!chapter.is_broken, "{:?}", chapter.diagnostics);
    }
}

fn is_draft(text: &str) -> bool {
    parse(text).is_draft(jiff::civil::date(2026, 1, 1))
}

#[test]
fn a_draft_is_one_in_whatever_language_and_place_it_says_so() {
    for text in [
        "+++\ntitle=\"A\"\ndraft=true\n+++\n\nSECRET\n",
        "+++\ntitle = \"A\"\ndraft=true\n+++\n\nSECRET\n",
        "+++\ntitle: A\nstatus: draft\n+++\nSECRET\n",
        "---json\n{\"title\":\"A\",\"draft\":true}\n---\nSECRET\n",
        "---js\n{draft:true}\n---\nSECRET\n",
        "---toml\ndraft = true\n---\nSECRET\n",
        "---\ntitle: Sec\nsummary: |\n  first\n  ---\n  second\nstatus: draft\n---\nSECRET\n",
        "[toc]\n\n---\ntitle: A\nstatus: draft\n---\nSECRET\n",
        "import X from 'x'\n\n---\nstatus: draft\n---\nSECRET\n",
        "---\ntitle: x\n---\n---\nstatus: draft\n---\nSECRET\n",
        "---\ntitle: x\n---\n\n---\nstatus: draft\n---\nSECRET\n",
        "---\n---\nstatus: draft\n\nSECRET\n",
        "---\ndraft=true\n---\nSECRET\n",
    ] {
        assert!(is_draft(text), "{text}");
    }
    for text in [
        "---\ntitle: x\n---\n\nText.\n\n---\n\nStatus: draft is a word.\n\n---\n",
        "# T\n\nText.\n\n---\n\nA rule: the text goes on.\n\n---\n",
        "+++\ntitle=\"A\"\ndraft=false\n+++\n\nText\n",
        "---json\n{\"title\":\"A\"}\n---\nText\n",
        "---\ntitle: x\nsummary: a\n ---\n\nText draft: true\n",
    ] {
        assert!(!is_draft(text), "{text}");
    }
}

#[test]
fn tight_toml_is_read() {
    let chapter = parse("+++\ntitle=\"差旅 Rules\"\nweight=3\n+++\n\nText\n");
    assert_eq!(chapter.title, "差旅 Rules");
}
