//! The embedded theme holds together, and a project shadows it file by file.

use super::*;
use crate::page::*;
use crate::text::LineIndex;
use std::collections::BTreeSet;

fn file(name: &str, text: &str) -> ThemeFile {
    ThemeFile { path: format!("themes/acme/{name}").into(), name: name.into(), bytes: text.as_bytes().into() }
}

/// A site whose assets are the theme's, as the builder makes it.
fn ready(theme: Theme) -> Theme {
    let site = SiteView {
        title: "手册".into(),
        language: "zh-CN".into(),
        assets: theme.asset_urls().clone(),
        ..SiteView::default()
    };
    theme.with_site(&site)
}

fn chapter() -> ChapterPage {
    let frame = Frame { title: "费用报销".into(), root: "../".into(), ..Frame::default() };
    ChapterPage { frame, body: "<p>正文</p>".into(), ..ChapterPage::default() }
}

#[test]
fn embedded_theme_renders_every_template_even_with_nothing_to_show() {
    for language in ["zh-CN", "en"] {
        let made = Theme::new(&[], language);
        assert_eq!(made.diagnostics, []);
        let theme = ready(made.value);
        let pages = [
            html_of(&theme, "chapter.html", &ChapterPage::default()),
            html_of(&theme, "section.html", &SectionPage::default()),
            html_of(&theme, "home.html", &HomePage::default()),
            html_of(&theme, "departments.html", &DepartmentsPage::default()),
            html_of(&theme, "department.html", &DepartmentPage::default()),
            html_of(&theme, "roles.html", &RolesPage::default()),
            html_of(&theme, "role.html", &RolePage::default()),
            html_of(&theme, "terms.html", &TermsPage::default()),
            html_of(&theme, "term.html", &TermPage::default()),
            html_of(&theme, "alphabet.html", &AlphabetPage::default()),
            html_of(&theme, "glossary.html", &GlossaryPage::default()),
            html_of(&theme, "tree.html", &TreePage::default()),
            html_of(&theme, "search.html", &SearchPage::default()),
            html_of(&theme, "404.html", &NotFoundPage::default()),
            html_of(&theme, "redirect.html", &RedirectPage::default()),
        ];
        for page in pages {
            let html = page.unwrap_or_else(|error| panic!("{error:?}"));
            assert!(!html.contains("style="), "inline style in {html}");
            assert!(!html.contains("<h2"), "an empty section with a heading in {html}");
        }
    }
}

#[test]
fn text_is_escaped_and_body_is_not() {
    let mut page = chapter();
    page.frame.title = "<script>".into();
    let html = html_of(&ready(Theme::new(&[], "zh").value), "chapter.html", &page).unwrap();
    assert!(html.contains("<h1>&lt;script&gt;</h1>") && html.contains("<p>正文</p>"));
}

#[test]
fn a_project_shadows_a_template_an_asset_and_a_word() {
    let files = [
        file("templates/404.html", "{% extends \"base.html\" %}{% block content %}无此页{% endblock %}"),
        file(
            "templates/base.html",
            "{% extends \"default/base.html\" %}{% block footer %}脚注{% endblock %}",
        ),
        file("assets/theme.js", "/* ours */"),
        file("locales/zh.yaml", "chapters: 条目\n"),
    ];
    let made = Theme::new(&files, "zh-CN");
    assert_eq!(made.diagnostics, []);
    let theme = ready(made.value);
    let html = html_of(&theme, "404.html", &NotFoundPage::default()).unwrap();
    assert!(html.contains("无此页") && html.contains("脚注"), "{html}");
    assert!(html_of(&theme, "chapter.html", &chapter()).unwrap().contains("脚注"));
    assert!(theme.assets().any(|(_, bytes)| bytes == b"/* ours */"));
    assert_eq!(theme.label("chapters"), "条目");
    assert_eq!(theme.label("home"), "首页");
    assert_eq!(theme.label("no_such_word"), "no_such_word");
    assert_ne!(theme.fingerprint(), ready(Theme::new(&[], "zh-CN").value).fingerprint());
}

#[test]
fn a_broken_template_is_a_finding_and_the_embedded_one_takes_its_place() {
    let broken = "{% extends \"base.html\" %}\n{% block content %}\n{{ title | no_such }}\n{% endblock %}";
    for (name, text, line) in [
        ("templates/404.html", "<p>\n{% if %}</p>", 2),
        ("templates/404.html", broken, 3),
        ("templates/404.html", "{% extends \"base.html\" %}\n{% block nowhere %}{% endblock %}", 2),
    ] {
        let files = [file(name, text), file("templates/term.html", "{{ title }}")];
        let made = Theme::new(&files, "zh");
        let [finding] = made.diagnostics.as_slice() else { panic!("{:?}", made.diagnostics) };
        assert_eq!(finding.rule.code, "theme");
        assert_eq!(finding.path.as_deref(), Some("themes/acme/templates/404.html"));
        let start = finding.span.clone().expect("a place").start;
        assert_eq!(LineIndex::new(text).position(start).line, line, "{finding:?}");
        let theme = ready(made.value);
        assert!(html_of(&theme, "404.html", &NotFoundPage::default()).unwrap().contains("<main"));
        assert_eq!(html_of(&theme, "term.html", &TermPage::default()).unwrap(), "");
    }
}

#[test]
fn a_base_without_the_blocks_that_others_fill_is_left_out() {
    let made = Theme::new(&[file("templates/base.html", "<html></html>")], "zh");
    let paths: Vec<_> = made.diagnostics.iter().map(|finding| finding.path.as_deref()).collect();
    assert_eq!(paths, [Some("themes/acme/templates/base.html")]);
    assert!(html_of(&ready(made.value), "chapter.html", &chapter()).unwrap().contains("<main"));
}

#[test]
fn a_template_that_fails_while_rendering_says_where() {
    let text = "<p>\n{{ t.no_such_word }}</p>";
    let made = Theme::new(&[file("templates/chapter.html", text)], "zh");
    assert_eq!(made.diagnostics, []);
    let theme = ready(made.value);
    let finding = html_of(&theme, "chapter.html", &chapter()).unwrap_err();
    assert_eq!(finding.path.as_deref(), Some("themes/acme/templates/chapter.html"));
    assert_eq!(LineIndex::new(text).position(finding.span.unwrap().start).line, 2);
    assert_eq!(html_of(&theme, "no_such.html", &chapter()).unwrap_err().rule.code, "theme");
}

#[test]
fn a_broken_locale_is_a_finding() {
    for text in ["chapters: [1, 2]\n", "chapters: \"x\n", "- 1\n"] {
        let made = Theme::new(&[file("locales/zh.yaml", text)], "zh");
        let [finding] = made.diagnostics.as_slice() else { panic!("{text}: {:?}", made.diagnostics) };
        assert_eq!(finding.path.as_deref(), Some("themes/acme/locales/zh.yaml"));
        assert_eq!(made.value.label("chapters"), "章节");
    }
}

#[test]
fn the_more_exact_locale_wins() {
    let files = [file("locales/zh-HK.yaml", "home: 主頁\n"), file("locales/zh.yaml", "home: 首\nnext: 下\n")];
    let theme = Theme::new(&files, "zh-HK").value;
    assert_eq!((theme.label("home"), theme.label("next")), ("主頁", "下"));
    assert_eq!(Theme::new(&files, "en").value.label("home"), "Home");
}

#[test]
fn assets_refer_to_each_other_by_their_published_names() {
    let files = [
        file(
            "assets/css/own.css",
            "@import url(\"more.css\"); a { background: url(../mark.svg#x) url(http://e/x) }",
        ),
        file("assets/css/more.css", "@import url(own.css);"),
        file("assets/mark.svg", "<svg/>"),
    ];
    let made = Theme::new(&files, "zh");
    assert_eq!(made.diagnostics.len(), 1, "a circle of imports is said once: {:?}", made.diagnostics);
    let theme = made.value;
    let urls = theme.asset_urls();
    let own = theme.assets().find(|(url, _)| *url == urls["css/own.css"]).unwrap().1;
    let text = String::from_utf8(own.to_vec()).unwrap();
    let mark = urls["mark.svg"].trim_start_matches("assets/");
    let outer = theme.assets().find(|(url, _)| *url == urls["css/more.css"]).unwrap().1;
    assert!(text.contains(&format!("url(\"../{mark}#x\") url(http://e/x)")), "{text}");
    let outer = String::from_utf8(outer.to_vec()).unwrap();
    let own = urls["css/own.css"].trim_start_matches("assets/");
    assert!(outer.contains(&format!("url(\"../{own}\")")), "{outer}");
}

#[test]
fn every_word_that_a_template_uses_is_in_both_locales() {
    let words =
        |language| -> BTreeSet<String> { Theme::new(&[], language).value.labels().keys().cloned().collect() };
    let (chinese, english) = (words("zh"), words("en"));
    assert_eq!(chinese, english);
    for (name, bytes) in embedded_below("templates") {
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        for part in text.split(|c: char| !(c.is_ascii_alphanumeric() || "._".contains(c))) {
            if let Some(word) = part.strip_prefix("t.").filter(|word| !word.is_empty()) {
                assert!(chinese.contains(word), "{name} uses t.{word}, which no locale has");
            }
        }
    }
}

#[test]
fn a_tree_of_any_depth_is_drawn_with_balanced_lists() {
    let mut node = TreeNode { title: "底".into(), ..TreeNode::default() };
    for _ in 0..60 {
        let beside = TreeNode { title: "旁".into(), ..TreeNode::default() };
        node = TreeNode { title: "层".into(), children: vec![node, beside], ..TreeNode::default() };
    }
    let page = TreePage { tree: vec![node.clone(), node], ..TreePage::default() };
    let html = html_of(&ready(Theme::new(&[], "zh").value), "tree.html", &page).unwrap();
    assert_eq!(html.matches("<ul").count(), html.matches("</ul>").count());
    assert_eq!(html.matches("<li>").count(), html.matches("</li>").count());
    assert_eq!(html.matches("class=\"node-title\"").count(), 242);
    assert!(scraper::Html::parse_document(&html).errors.is_empty());
}

#[test]
fn navigation_rendered_once_equals_navigation_rendered_with_the_page() {
    let item = |title: &str, url: &str| NavigationItem {
        title: title.into(),
        url: url.into(),
        kind: "chapter",
        ..NavigationItem::default()
    };
    let mut folder = item("甲", "a/index.html");
    folder.open = true;
    folder.children = vec![item("乙", "a/b%20&c.html"), item("丙", "a/c.html")];
    let items = vec![folder, item("丁", "d.html")];
    let theme = ready(Theme::new(&[], "zh").value);
    for url in ["a/index.html", "a/b%20&c.html", "a/c.html", "d.html", "else.html"] {
        let mut page = chapter();
        page.frame.url = url.into();
        page.frame.navigation = Arc::new(items.clone());
        let slow = html_of(&theme, "chapter.html", &page).unwrap();
        page.frame.navigation = Arc::default();
        page.frame.navigation_html = theme.navigation("../", &items).unwrap().into();
        let fast = html_of(&theme, "chapter.html", &page).unwrap();
        let lines = |html: &str| html.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        assert_eq!(lines(&slow), lines(&fast), "{url}");
        assert_eq!(fast.matches("aria-current").count(), usize::from(url != "else.html"));
    }
}

/// A page as text.
fn html_of<P: Serialize>(theme: &Theme, template: &str, page: &P) -> Result<String, Diagnostic> {
    theme.render(template, page).map(|bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn every_block_of_a_style_sheet_is_closed() {
    let sheets = EMBEDDED.get_dir("assets").expect("assets").files();
    let mut count = 0;
    for sheet in sheets.filter(|file| file.path().extension().is_some_and(|end| end == "css")) {
        let text = sheet.contents_utf8().expect("UTF-8");
        let depth = text.chars().fold(0_i32, |depth, c| match c {
            '{' => depth + 1,
            '}' => depth - 1,
            _ => depth,
        });
        assert_eq!(depth, 0, "{}", sheet.path().display());
        count += 1;
    }
    assert!(count > 3);
}
