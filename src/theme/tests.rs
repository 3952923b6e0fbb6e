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
    let context = PageContext { title: "费用报销".into(), root: "../".into(), ..PageContext::default() };
    ChapterPage { context, body: "<p>正文</p>".into(), ..ChapterPage::default() }
}

/// A page of this template with nothing to show.
fn empty(theme: &Theme, template: &str) -> Result<String, Diagnostic> {
    match template {
        "chapter.html" => html_of(theme, template, &ChapterPage::default()),
        "section.html" => html_of(theme, template, &SectionPage::default()),
        "home.html" => html_of(theme, template, &HomePage::default()),
        "departments.html" => html_of(theme, template, &DepartmentsPage::default()),
        "department.html" => html_of(theme, template, &DepartmentPage::default()),
        "roles.html" => html_of(theme, template, &RolesPage::default()),
        "role.html" => html_of(theme, template, &RolePage::default()),
        "terms.html" => html_of(theme, template, &TermsPage::default()),
        "term.html" => html_of(theme, template, &TermPage::default()),
        "alphabet.html" => html_of(theme, template, &AlphabetPage::default()),
        "glossary.html" => html_of(theme, template, &GlossaryPage::default()),
        "tree.html" => html_of(theme, template, &TreePage::default()),
        "map.html" => html_of(theme, template, &MapPage::default()),
        "references.html" => html_of(theme, template, &ReferencesPage::default()),
        "register.html" => html_of(theme, template, &RegisterPage::default()),
        "reviews.html" => html_of(theme, template, &ReviewsPage::default()),
        "changes.html" => html_of(theme, template, &ChangesPage::default()),
        "timeline.html" => html_of(theme, template, &TimelinePage::default()),
        "edition.html" => html_of(
            theme,
            template,
            &EditionPage {
                edition: EditionRow { when: "past", ..EditionRow::default() },
                ..EditionPage::default()
            },
        ),
        "audit.html" => html_of(theme, template, &AuditText::default()),
        "redline.html" => html_of(theme, template, &RedlinePage::default()),
        "search.html" => html_of(theme, template, &SearchPage::default()),
        "404.html" => html_of(theme, template, &NotFoundPage::default()),
        "redirect.html" => html_of(theme, template, &RedirectPage::default()),
        // What the others extend, with the context that all pages have.
        "base.html" => html_of(theme, template, &NotFoundPage::default()),
        _ => panic!("what page is {template} for?"),
    }
}

#[test]
fn embedded_theme_renders_every_template_even_with_nothing_to_show() {
    let templates = embedded_below("templates").into_iter().map(|(name, _)| name);
    let templates: Vec<_> = templates.filter(|name| !name.contains('/')).collect();
    assert!(templates.len() > 15, "{templates:?}");
    for language in ["zh-CN", "en"] {
        let made = Theme::new(&[], language);
        assert_eq!(made.diagnostics, []);
        let theme = ready(made.value);
        for template in &templates {
            let html = empty(&theme, template).unwrap_or_else(|error| panic!("{error:?}"));
            assert!(html.contains("<html"), "{template}");
            assert!(!html.contains("style="), "inline style in {html}");
            let context = ["map.html"].contains(&template.as_str());
            assert!(context || !html.contains("<h2"), "an empty section with a heading in {html}");
        }
    }
}

#[test]
fn text_is_escaped_and_body_is_not() {
    let mut page = chapter();
    page.context.title = "<script>".into();
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
    assert_eq!(theme.translate("chapters"), "条目");
    assert_eq!(theme.translate("home"), "首页");
    assert_eq!(theme.translate("no_such_word"), "no_such_word");
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
        let [diagnostic] = made.diagnostics.as_slice() else { panic!("{:?}", made.diagnostics) };
        assert_eq!(diagnostic.rule.code, "theme");
        assert_eq!(diagnostic.path.as_deref(), Some("themes/acme/templates/404.html"));
        let start = diagnostic.span.clone().expect("a place").start;
        assert_eq!(LineIndex::new(text).position(start).line, line, "{diagnostic:?}");
        let theme = ready(made.value);
        assert!(html_of(&theme, "404.html", &NotFoundPage::default()).unwrap().contains("<main"));
        assert_eq!(html_of(&theme, "term.html", &TermPage::default()).unwrap(), "");
    }
}

#[test]
fn a_base_without_the_blocks_that_others_fill_is_left_out() {
    let made = Theme::new(&[file("templates/base.html", "<html></html>")], "zh");
    let paths: Vec<_> = made.diagnostics.iter().map(|diagnostic| diagnostic.path.as_deref()).collect();
    assert_eq!(paths, [Some("themes/acme/templates/base.html")]);
    assert!(html_of(&ready(made.value), "chapter.html", &chapter()).unwrap().contains("<main"));
}

#[test]
fn a_template_that_fails_while_rendering_says_where() {
    let text = "<p>\n{{ t.no_such_word }}</p>";
    let made = Theme::new(&[file("templates/chapter.html", text)], "zh");
    assert_eq!(made.diagnostics, []);
    let theme = ready(made.value);
    let diagnostic = html_of(&theme, "chapter.html", &chapter()).unwrap_err();
    assert_eq!(diagnostic.path.as_deref(), Some("themes/acme/templates/chapter.html"));
    assert_eq!(LineIndex::new(text).position(diagnostic.span.unwrap().start).line, 2);
    assert_eq!(html_of(&theme, "no_such.html", &chapter()).unwrap_err().rule.code, "theme");
}

#[test]
fn a_broken_locale_is_a_finding() {
    for text in ["chapters: [1, 2]\n", "chapters: \"x\n", "- 1\n"] {
        let made = Theme::new(&[file("locales/zh.yaml", text)], "zh");
        let [diagnostic] = made.diagnostics.as_slice() else { panic!("{text}: {:?}", made.diagnostics) };
        assert_eq!(diagnostic.path.as_deref(), Some("themes/acme/locales/zh.yaml"));
        assert_eq!(made.value.translate("chapters"), "章节");
    }
}

#[test]
fn the_more_exact_locale_wins() {
    let files = [file("locales/zh-HK.yaml", "home: 主頁\n"), file("locales/zh.yaml", "home: 首\nnext: 下\n")];
    let theme = Theme::new(&files, "zh-HK").value;
    assert_eq!((theme.translate("home"), theme.translate("next")), ("主頁", "下"));
    assert_eq!(Theme::new(&files, "en").value.translate("home"), "Home");
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
    let keys = |language| -> BTreeSet<String> {
        Theme::new(&[], language).value.messages().keys().cloned().collect()
    };
    let (chinese, english) = (keys("zh"), keys("en"));
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
        page.context.url = url.into();
        page.context.navigation = Arc::new(items.clone());
        let slow = html_of(&theme, "chapter.html", &page).unwrap();
        page.context.navigation = Arc::default();
        page.context.navigation_html = theme.navigation("../", &items).unwrap().into();
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

/// Our style sheets, as they are written.
fn sheets() -> Vec<(String, &'static str)> {
    let assets = embedded_below("assets").into_iter().filter(|(name, _)| styles::is_style(name));
    assets.map(|(name, bytes)| (name, std::str::from_utf8(bytes).expect("UTF-8"))).collect()
}

#[test]
fn style_sheets_say_what_they_are_for_stay_short_and_close_their_blocks() {
    let sheets = sheets();
    assert!(sheets.len() > 30, "{}", sheets.len());
    for (name, text) in sheets {
        let depth = text.chars().fold(0_i32, |depth, c| match c {
            '{' => depth + 1,
            '}' => depth - 1,
            _ => depth,
        });
        assert_eq!(depth, 0, "{name}");
        assert!(text.starts_with("/* ") && text.lines().count() <= 400, "{name}");
        // Code behind a comment would go with it.
        for line in text.lines().map(str::trim).filter(|line| line.starts_with("/*")) {
            assert!(line.split_once("*/").is_none_or(|(_, behind)| behind.is_empty()), "{name}: {line}");
        }
    }
}

#[test]
fn the_dark_palette_stands_once() {
    for (name, text) in sheets() {
        assert!(!text.contains("prefers-color-scheme"), "{name}");
        assert_eq!(text.contains("data-theme"), name == "styles/palette.css", "{name}");
    }
    let palette = published(&Theme::new(&[], "zh").value, "handbook.css");
    assert!(palette.contains("color-scheme: light dark;") && palette.contains("--bg: light-dark("));
}

/// What a theme publishes for an asset.
fn published(theme: &Theme, name: &str) -> String {
    let url = &theme.asset_urls()[name];
    let (_, bytes) = theme.assets().find(|(address, _)| address == url).expect(name);
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn a_style_sheet_takes_in_its_parts_and_a_project_may_replace_each() {
    let ours = Theme::new(&[], "zh").value;
    let sheet = published(&ours, "parts.css");
    assert!(sheet.contains("\n.pill {\n--tone: 258;") && !sheet.contains("@import") && !sheet.contains("/*"));
    assert!(!ours.asset_urls().contains_key("styles/pill.css"));
    // A part, the whole, and the whole with what ours takes in and more.
    let part = file("assets/styles/pill.css", ".pill { background: url(\"../mark.svg\") }\n");
    let theme = Theme::new(&[part, file("assets/mark.svg", "<svg/>")], "zh").value;
    let mark = theme.asset_urls()["mark.svg"].trim_start_matches("assets/").to_owned();
    let sheet = published(&theme, "parts.css");
    assert!(
        sheet.contains(&format!(".pill {{ background: url(\"{mark}\") }}\n")) && sheet.contains("\n.card {")
    );
    let theme = Theme::new(&[file("assets/parts.css", "/* ours */\n.card { color: red }\n")], "zh").value;
    assert_eq!(published(&theme, "parts.css"), "/* ours */\n.card { color: red }\n");
    assert!(!theme.asset_urls().contains_key("styles/pill.css"));
    let own =
        "@import \"styles/pill.css\";\n@import \"styles/own.css\";\n@import \"styles/none.css\";\nb {}\n";
    let files = [file("assets/parts.css", own), file("assets/styles/own.css", "a {}\n")];
    let made = Theme::new(&files, "zh");
    assert_eq!(made.diagnostics, []);
    let sheet = published(&made.value, "parts.css");
    assert!(
        sheet.starts_with(".pill {") && sheet.ends_with("a {}\n@import \"styles/none.css\";\nb {}\n"),
        "{sheet}"
    );
}

#[test]
fn style_sheets_that_take_in_each_other_end() {
    let files = [
        file("assets/parts.css", "@import \"a.css\";\n@import \"a.css\";\n"),
        file("assets/a.css", "@import \"b.css\";\n@import \"b.css\";\na {}\n"),
        file("assets/b.css", "@import \"parts.css\";\nb {}\n"),
    ];
    let made = Theme::new(&files, "zh");
    let messages: Vec<_> = made.diagnostics.iter().map(|diagnostic| diagnostic.message.id()).collect();
    assert_eq!(messages, ["theme-import"]);
    // What ours publishes stays published, whoever takes it in.
    let files = [
        file("assets/own.css", "@import \"handbook.css\";\n"),
        file("assets/own.js", "import { a } from \"./handbook.js\";\n"),
    ];
    let made = Theme::new(&files, "zh").value;
    assert!(
        ["handbook.css", "handbook.js", "own.css", "own.js"]
            .iter()
            .all(|name| made.asset_urls().contains_key(*name))
    );
    // However deep, and however often: neither a deep stack nor a sheet without end.
    let deep = |number: usize, kind: &str| match kind {
        "css" => format!("@import \"a{}.css\";\n@import \"./a{}.css\";\n", number + 1, number + 1),
        _ => format!("import {{ a }} from \"./a{}.js\";\nexport const b = a;\n", number + 1),
    };
    let mut files: Vec<_> = (0..2_000)
        .flat_map(|number| ["css", "js"].map(|kind| (number, kind)))
        .map(|(number, kind)| file(&format!("assets/a{number}.{kind}"), &deep(number, kind)))
        .collect();
    files.push(file("assets/handbook.css", "@import \"a0.css\";\n"));
    files.push(file("assets/term.js", "import { b } from \"./a0.js\";\nb();\n"));
    let made = Theme::new(&files, "zh");
    assert!(made.diagnostics.iter().any(|diagnostic| diagnostic.message.id() == "theme-import-depth"));
}
