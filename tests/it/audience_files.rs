//! Which files of the content folder are published: those that a page of the site
//! links to or shows.

use crate::support::Project;
use handbook::builder::{Builder, Request};
use std::path::Path;

/// Files of a site that are no pages, below a folder.
fn files(project: &Project, site: &str, folder: &str) -> Vec<String> {
    let names = project.tree(site).into_keys();
    let names = names.filter_map(|name| name.strip_prefix(folder).map(str::to_owned));
    names.filter(|name| !name.ends_with(".html")).collect()
}

const AUDIENCES: &str = "
//- handbook.yaml
title: 手册
language: zh-CN
base_url: https://intra.example.com/hb/
audiences: {everyone: 全体, managers: {includes: everyone}}
//- content/index.md
# 首页
";

/// The case of `shared/cases/safety.toml`, and more of its kind.
#[test]
fn only_what_the_page_links_to_or_shows_is_published() {
    let project = Project::new(AUDIENCES);
    project.write("content/sec/index.md", "---\naudience: managers\n---\n# S\n");
    let hidden = [
        "<!--\n<a href=\"sec/comment.pdf\">x</a>\n-->",
        "甲 <!-- <img src=\"sec/inline.pdf\"> --> 乙",
        "<iframe src=\"sec/frame.pdf\"></iframe>",
        "<object data=\"sec/object.pdf\"></object>\n<embed src=\"sec/embed.pdf\">",
        "<template><a href=\"sec/template.pdf\">x</a></template>",
        "<template>\n\n[x](sec/markdown.pdf)\n\n</template>",
        "<script>var a = '<a href=\"sec/script.pdf\">'</script>",
        "<style>a { background: url(sec/style.pdf) }</style>",
        "<img srcset=\"sec/srcset.pdf 2x\">",
        "<blockquote cite=\"sec/cite.pdf\">x</blockquote>",
        "<p data-file=\"sec/data.pdf\">x</p>",
        "`[x](sec/code.pdf)`\n\n    [x](sec/indented.pdf)\n\n```\n<a href=\"sec/fenced.pdf\">\n```",
        "[^unused]: [x](sec/footnote.pdf)",
        "![a ![b](sec/nested.pdf) c](sec/outer.svg)",
        "[unused]: sec/definition.pdf",
        "<a href=\"sec/a.svg\" href=\"sec/second.pdf\">x</a>",
    ];
    let shown = [
        "[x](sec/link.svg)",
        "<a href=\"sec&#47;entity.svg\">x</a>",
        "<IMG SRC=./sec//upper.svg>",
        "<video poster=\"sec/poster.svg\"><source src='sec/source.svg'></video>",
        "甲[^used]\n\n[^used]: [x](sec/used.svg)",
        "[x][ref]\n\n[ref]: sec/reference.svg",
    ];
    for text in hidden.iter().chain(&shown) {
        for (at, _) in text.match_indices("sec/") {
            let name: String =
                text[at..].chars().take_while(|c| c.is_alphanumeric() || "./".contains(*c)).collect();
            project.write(&format!("content/{name}"), "SECRETFILE");
        }
    }
    for name in ["entity", "upper"] {
        project.write(&format!("content/sec/{name}.svg"), "x");
    }
    for (at, text) in hidden.iter().chain(&shown).enumerate() {
        project.write(&format!("content/x{at}.md"), format!("# 页\n\n{text}\n"));
    }
    project.run(&["build", "--audience", "everyone"]).expect(0);
    let wanted = [
        "a.svg",
        "entity.svg",
        "link.svg",
        "outer.svg",
        "poster.svg",
        "reference.svg",
        "source.svg",
        "upper.svg",
        "used.svg",
    ];
    assert_eq!(files(&project, "site", "sec/"), wanted);
}

/// The case of `shared/cases/safety.toml`.
#[test]
fn bare_words_publish_no_file_of_a_withheld_chapter() {
    let project = Project::new(AUDIENCES);
    project.write("content/x/a.md", "# 请假办法\n\n第一条 请假填写附件一和附件二、附表三。\n");
    project.write("content/x/b.md", "---\naudience: managers\n---\n# 名单\n\n[名单](附件一：名单.xlsx)\n");
    for name in ["附件一：名单.xlsx", "附件二.docx", "附件三.docx"] {
        project.write(&format!("content/x/{name}"), "张三三");
    }
    project.run(&["build", "--audience", "everyone"]).expect(0);
    assert_eq!(files(&project, "site", "x/"), ["附件二.docx"], "附表三 is not 附件三");
    let page = project.read("site/x/a.html");
    assert!(!page.contains("名单") && page.matches("class=\"mention\"").count() == 1, "{page}");
    // Where the author links to it, she means it.
    // Wherever the withheld chapter names it, or where its text cannot be known.
    let settings = project.read("handbook.yaml") + "checks: {encoding: off}\n";
    project.write("handbook.yaml", settings);
    for other in [
        "---\naudience: managers\nsummary: 见附件一\n---\n# 名单\n".as_bytes(),
        "---\naudience: managers\nterms:\n  - {term: 名单, definition: 见附件一}\n---\n# 名单\n".as_bytes(),
        b"---\naudience: managers\n---\n\xb8\xbd\xbc\xfe\xd2\xbb\n",
    ] {
        project.write("content/x/b.md", other);
        project.run(&["build", "--audience", "everyone"]).expect(0);
        assert!(!project.tree("site").contains_key("x/附件一：名单.xlsx"));
    }
    project.write("content/x/b.md", "---\naudience: managers\n---\n# 名单\n");
    project.write("content/x/c.md", "# 丙\n\n[名单](附件一：名单.xlsx)\n");
    project.run(&["build", "--audience", "everyone"]).expect(0);
    assert_eq!(files(&project, "site", "x/"), ["附件一：名单.xlsx", "附件二.docx"]);
}

#[test]
fn files_of_drafts_stay_back() {
    let project = Project::new(
        "//- content/index.md\n# 首页\n\n见[共](f/shared.pdf)<!-- <a href=\"f/comment.pdf\"> -->与附件一。\n",
    );
    let draft = "---\nstatus: draft\n---\n# 草案\n\n[a](f/draft.pdf) [b](f/shared.pdf) [c](f/comment.pdf) [d](附件一.docx)\n";
    project.write("content/draft.md", draft);
    for name in ["f/draft.pdf", "f/shared.pdf", "f/comment.pdf", "f/unused.pdf", "附件一.docx"] {
        project.write(&format!("content/{name}"), "x");
    }
    project.run(&["build"]).expect(0);
    assert_eq!(files(&project, "site", "f/"), ["shared.pdf", "unused.pdf"]);
    assert!(!project.tree("site").contains_key("附件一.docx"));
    assert!(!project.read("site/index.html").contains("docx"), "no link to what is not there");
    project.run(&["build", "--drafts"]).expect(0);
    assert_eq!(files(&project, "site", "f/").len(), 4);
    assert!(project.read("site/index.html").contains("docx"));
}

#[test]
fn a_bare_folder_publishes_what_its_chapters_show() {
    let project = Project::new(
        "
//- a.md
# 甲

[文](files/linked.pdf) ![图](图.svg) <img src='raw.svg'> 见附件一。

<!-- <a href=\"private/deploy.env\"> -->
//- b/README.md
# 乙

[[../files/wiki.pdf|丙]]
",
    );
    for name in [
        "private/deploy.env",
        "files/linked.pdf",
        "files/other.pdf",
        "files/wiki.pdf",
        "图.svg",
        "raw.svg",
        "附件一.docx",
        "Makefile",
    ] {
        project.write(name, "KEY=1");
    }
    project.run(&["build", "-o", "site"]).expect(0);
    let tree = project.tree("site");
    for name in ["files/linked.pdf", "files/wiki.pdf", "图.svg", "raw.svg", "附件一.docx"] {
        assert!(tree.contains_key(name), "{name}");
    }
    for name in ["private/deploy.env", "files/other.pdf", "Makefile"] {
        assert!(!tree.contains_key(name), "{name}");
    }
    // With content/ all that lies there is meant to be published.
    let project = Project::new("//- content/a.md\n# 甲\n//- content/other.pdf\nx\n");
    project.run(&["build"]).expect(0);
    assert!(project.tree("site").contains_key("other.pdf"));
}

/// The case of `shared/cases/safety.toml`.
#[test]
fn an_address_in_raw_html_is_read_as_a_browser_reads_it() {
    let project = Project::new(AUDIENCES);
    let text = "# Home\n\n<a href=\"R&amp;D/layoffs.md\">a</a> <a href=\"R&#38;D/layoffs.md\">b</a> \
                <a href=\"https://Intra.example.com/hb/R%26D/layoffs.html\">c</a> \
                [d](https://intra.example.com:443/hb/R%26D/layoffs.html) \
                <a href=\"https://me@intra.example.com/hb/./R&amp;D//layoffs.html\">e</a> \
                <a href=\"https:\\\\intra.example.com\\hb\\R&amp;D\\lay&#10;offs.html\">f</a>\n\n\
                <div>\n<a\n  class=\"x\"\n  href=\"R&amp;D/layoffs.html\">g</a>\n<!-- x --!><a href=\"R&amp;D/layoffs.html\">h</a>\n</div>\n\n\
                <img src=\"R&amp;D/pub.svg\" alt=\"p\">\n";
    project.write("content/index.md", text);
    project.write("content/R&D/layoffs.md", "---\naudience: managers\ntitle: Topsecret\n---\nbody\n");
    project.write("content/R&D/pub.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    project.run(&["build", "--audience", "everyone"]).expect(0);
    assert!(project.tree("site").contains_key("R&D/pub.svg"));
    let page = project.read("site/index.html");
    assert_eq!(page.matches("withheld-note").count(), 8, "{page}");
    for (name, bytes) in project.tree("site") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(
            !text.contains("layoffs") && !text.contains("Topsecret") && !text.contains("offs.html"),
            "{name}"
        );
    }
}

/// What is kept from run to run knows of files too.
#[test]
fn a_kept_builder_follows_what_chapters_and_drafts_use() {
    let project = Project::new("//- content/index.md\n# 首页\n\n见附件一。\n");
    project.write("content/附件一.docx", "x");
    project.write("content/draft.md", "");
    project.write("bare/a.md", "# 甲\n");
    project.write("bare/附件一.docx", "x");
    let request = Request::new("2026-11-24".parse().expect("a date"));
    let mut kept = [Builder::new(), Builder::new()];
    let mut published = |folder: &str, at: usize| {
        let root = project.path().join(folder);
        let sources = handbook::disk::Project::open(Path::new(&root)).expect("a folder").read();
        let site = kept[at].build(&sources, &request).site;
        let fresh = Builder::new().build(&sources, &request).site;
        assert_eq!(site.addresses(), fresh.addresses());
        for page in site.addresses().into_iter().filter(|address| address.ends_with(".html")) {
            assert_eq!(site.render(page), fresh.render(page), "{page}");
        }
        site.addresses().iter().any(|address| address.ends_with(".docx"))
    };
    for (draft, page, wanted) in [
        ("# 草案\n", "见附件一。", true),
        ("---\nstatus: draft\n---\n# 草案\n\n[x](附件一.docx)\n", "见附件一。", false),
        ("---\nstatus: draft\n---\n# 草案\n\n[x](附件一.docx)\n", "见[它](附件一.docx)。", true),
        ("---\nstatus: draft\n---\n# 草案\n", "见附件一。", true),
    ] {
        project.write("content/draft.md", draft);
        project.write("content/index.md", format!("# 首页\n\n{page}\n"));
        assert_eq!(published("", 0), wanted, "{draft} {page}");
    }
    for (text, wanted) in [
        ("# 甲\n", false),
        ("# 甲\n\n见附件一。\n", true),
        ("# 甲\n\n[x](附件一.docx)\n", true),
        ("# 甲\n", false),
    ] {
        project.write("bare/a.md", text);
        assert_eq!(published("bare", 1), wanted, "{text}");
    }
}
