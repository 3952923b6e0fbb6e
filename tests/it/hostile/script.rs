//! Nothing that an author writes runs in a reader's browser.
//!
//! One site holds hostile texts in every place that a page shows. A parser that
//! knows nothing of `handbook` looks for what a browser would run. The same site
//! is opened in Chromium by `tests/browser/hostile.test.mjs`.

use super::bounded;
use crate::support::{Project, repository};
use scraper::{Html, Selector};

struct Hostile {
    texts: Vec<String>,
    links: Vec<String>,
}

fn hostile() -> Hostile {
    let text =
        std::fs::read_to_string(repository().join("tests/fixtures/hostile.json")).expect("the fixture");
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let list = |key: &str| {
        let list = value[key].as_array().expect("a list").iter();
        list.map(|text| text.as_str().expect("a text").to_owned()).collect()
    };
    Hostile { texts: list("texts"), links: list("links") }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("JSON is YAML")
}

/// A chapter with a hostile text wherever one can stand.
fn chapter(number: usize, text: &str, links: &[String]) -> String {
    let q = quoted(text);
    let mut chapter = format!(
        "---\ntitle: {}\nsummary: {q}\naliases: [{}]\ndepartments: [{q}]\nroles: [{q}]\nowner: {q}\napprover: {q}\n\
         version: {q}\ntopics: [{q}]\naudience: [a{number}]\nlanguage: {q}\nrequired_reading: [{q}]\n\
         raci: {{{q}: {{responsible: [{q}]}}}}\nrevisions: [{{version: {q}, date: 2026-01-01, by: {q}, note: {q}}}]\n\
         terms: [{{term: {}, definition: {q}}}]\nextra: {{x: {q}}}\n---\n\n",
        quoted(&format!("甲{number}{text}")),
        quoted(&format!("乙{number}{text}")),
        quoted(&format!("术语{number}{text}")),
    );
    chapter += &format!("## {text}\n\n第一条 {text} 术语{number}{text}\n\n（一）{text}\n\n");
    chapter += &format!("![{text}](x.svg \"{}\")\n\n", text.replace('"', "\\\""));
    chapter +=
        &format!("```{}\n{text}\n```\n\n`{}`\n\n", text.replace(['`', '\n'], " "), text.replace('`', " "));
    chapter += &format!(
        "《{text}》 [[{text}]] ![[{text}]] [^1]\n\n[^1]: {text}\n\n| {text} |\n| --- |\n| {text} |\n\n"
    );
    for link in links {
        chapter += &format!(
            "[链接]({link})\n\n[链接](<{link}>)\n\n![图](<{link}>)\n\n<{link}>\n\n[{link}]\n\n[{link}]: <{link}>\n\n"
        );
        chapter += &format!(
            "<a href=\"{link}\">原文</a> <img src='{link}'> <form action=\"{link}\"><button formaction=\"{link}\">b</button></form>\n\n"
        );
    }
    chapter + &format!("原文 {text}\n\n<div>\n{text}\n</div>\n")
}

fn project() -> Project {
    let Hostile { texts, links } = hostile();
    let all = texts.iter().map(|text| quoted(text));
    let (mut departments, mut roles) = (String::new(), String::new());
    let (mut laws, mut audiences) = (String::new(), String::new());
    for (at, q) in all.enumerate() {
        departments += &format!("  - {{id: d{at}, name: {q}, summary: {q}, aliases: [{q}]}}\n");
        roles += &format!("  - {{id: r{at}, name: {q}, summary: {q}, department: d{at}}}\n");
        let url = quoted(&links[at % links.len()]);
        laws += &format!("  - {{title: {q}, url: {url}, note: {q}}}\n");
        audiences += &format!("  a{at}: {{name: {q}}}\n");
    }
    let project = Project::new("");
    project.write("organization.yaml", format!("departments:\n{departments}roles:\n{roles}"));
    let title = quoted(&texts.concat());
    let settings = format!(
        "title: {title}\ndescription: {title}\nbase_url: https://example.com/\nexternal_references:\n{laws}audiences:\n{audiences}"
    );
    project.write("handbook.yaml", settings);
    for (at, text) in texts.iter().enumerate() {
        project.write(&format!("content/{at}.md"), chapter(at, text, &links));
        let name = text.replace('/', "∕");
        project.write(&format!("content/附件/{name}.txt"), "x");
        project.write(
            &format!("content/{name}/index.md"),
            format!("# {text}\n\n[附件](<../附件/{name}.txt>)\n"),
        );
    }
    let svg =
        "<svg xmlns='http://www.w3.org/2000/svg' onload='window.pwned=1'><script>alert(1)</script></svg>";
    project.write("content/x.svg", svg);
    project.write("content/index.md", "# 首页\n\n![图](x.svg)\n");
    project
}

/// What of a page a browser would run, or load from elsewhere as a program.
fn that_runs(page: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let mut found = Vec::new();
    for element in html.select(&Selector::parse("*").expect("a selector")) {
        let value = element.value();
        match value.name() {
            "script" => {
                let source = value.attr("src").unwrap_or("");
                // 404.html names its files from the server's root.
                let own = source.trim_start_matches("../").trim_start_matches('/');
                if !own.starts_with("assets/") || element.inner_html().trim() != "" {
                    found.push(element.html());
                }
            }
            "iframe" | "object" | "embed" | "base" | "style" | "applet" | "portal" => {
                found.push(element.html().chars().take(200).collect());
            }
            // That of search asks the site's own page.
            "form" if !value.attr("action").unwrap_or("search.html").ends_with("search.html") => {
                found.push(element.html().chars().take(200).collect())
            }
            "meta" if value.attr("http-equiv").is_some() => found.push(element.html()),
            _ => {}
        }
        for (name, text) in value.attrs() {
            let runs = name.starts_with("on") || matches!(name, "style" | "srcdoc" | "ping");
            let leads =
                matches!(name, "href" | "src" | "action" | "formaction" | "data" | "poster" | "xlink:href");
            let bare: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let scheme =
                bare.split(['/', '?', '#']).next().unwrap_or("").split_once(':').map(|(scheme, _)| scheme);
            let scheme = scheme.unwrap_or("").to_ascii_lowercase();
            let foreign = leads && !matches!(scheme.as_str(), "" | "http" | "https" | "mailto");
            if runs || foreign {
                found.push(format!("<{} {name}={text:?}>", value.name()));
            }
        }
    }
    found
}

#[test]
fn nothing_of_an_authors_runs() {
    let project = project();
    let run = bounded(&project, &["build", "-q", "--color", "never"]);
    assert_eq!(run.status(), 0, "{:.6000}", run.stderr());
    let mut pages = 0;
    for (name, bytes) in project.tree("site").iter().filter(|(name, _)| name.ends_with(".html")) {
        pages += 1;
        let page = String::from_utf8(bytes.clone()).expect("UTF-8");
        let found = that_runs(&page);
        assert!(found.is_empty(), "{name}: {found:#?}");
        // Template syntax stays what it is.
        assert!(!page.contains("1337"), "{name}");
    }
    assert!(pages > 50, "{pages} pages");
    let page = project.read("site/6.html");
    assert!(
        page.contains("{{ 7 * 191 }}{% include &#x27;base.html&#x27; %}{# x #}")
            || page.contains("{{ 7 * 191 }}{% include 'base.html' %}{# x #}")
    );
}

#[test]
fn the_check_finds_what_runs() {
    for bad in [
        "<script>1</script>",
        "<script src=x.js></script>",
        "<p onclick=x>",
        "<a href=' java\tscript:x'>",
        "<img src='data:x'>",
        "<iframe src=x>",
        "<svg><a xlink:href='javascript:x'></a></svg>",
        "<p style='x'>",
        "<meta http-equiv=refresh content='0;url=x'>",
    ] {
        assert!(!that_runs(bad).is_empty(), "{bad}");
    }
    assert!(
        that_runs("<a href='https://a.b'>x</a><script src='../assets/a.js'></script><a href='a%3Ab'>")
            .is_empty()
    );
}

/// Old addresses become files, which must lie in the site.
#[test]
fn redirects_lead_only_into_the_site() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- content/a.md\n---\nredirect_from: [/../../x, //evil.example/x, /a?b, 'C:\\x', /assets/../../x.html, '/\"><script>x.html']\nid: '../../x'\n---\n\n文\n",
    );
    let run = bounded(&project, &["check", "--color", "never"]).expect(1);
    let said = run.stderr();
    assert!(said.contains("error[invalid-value]: `../../x` cannot be an id"), "{said}");
    assert!(said.matches("is not an address of this site").count() >= 3, "{said}");
}
